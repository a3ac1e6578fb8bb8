/** Text that is markup already. */
export class Markup {
  constructor(readonly markup: string) {}
}

type Content = string | number | Markup | undefined | readonly Content[];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const rendered = (content: Content): string => {
  if (content === undefined) return '';
  if (content instanceof Markup) return content.markup;
  return typeof content === 'object' ? content.map(rendered).join('') : String(content).replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);
};

/** Markup with everything escaped that is put into it, but for what is markup itself. Attributes need their quotes. */
export const html = (parts: TemplateStringsArray, ...contents: readonly Content[]): Markup =>
  new Markup(parts.reduce((text, part, i) => text + rendered(contents[i - 1]) + part));

/** Text from a request, with what nobody would see (controls, changes of the writing direction) written out. */
export const visible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
