import type { Node } from 'jsonc-parser';

/** How the members of an object are laid out. */
export interface JsonLayout {
  /** Each on a line of its own. */
  readonly lines: boolean;
  readonly eol: string;
  /** Before a member, and before the closing brace. */
  readonly indent: string;
  readonly outdent: string;
  /** Between a name and its value. */
  readonly colon: string;
  /** Behind a comma and inside the braces, where all are on one line. */
  readonly gap: string;
  readonly pad: string;
}

/** How an object is laid out, by its first member; one without any as the lines around it. */
export function layoutOf(text: string, object: Node): JsonLayout {
  const members = object.children ?? [];
  const [first, second] = members;
  const head = text.slice(object.offset + 1, first?.offset ?? object.offset + object.length - 1);
  const lines = /\n/.test(head);
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  const outdent = indentAt(text, endOf(object) - 1) ?? indentAt(text, object.offset) ?? '';
  const indent = (first && lines ? indentAt(text, first.offset) : undefined) ?? `${outdent}  `;
  const [name, value] = first?.children ?? [];
  const between = name && value ? text.slice(endOf(name), value.offset) : ': ';
  return {
    lines,
    eol,
    indent,
    outdent,
    colon: /^[ \t]*:[ \t]*$/.test(between) ? between : ': ',
    gap: !lines && first && second && /^,\S/.test(text.slice(endOf(first), second.offset + 1)) ? '' : ' ',
    pad: !lines && /^ /.test(head) ? ' ' : '',
  };
}

/** A value written as the members of its object are. */
export function jsonIn(value: unknown, layout: JsonLayout): string {
  if (!layout.lines) return onOneLine(value, layout);
  const unit = layout.indent.startsWith(layout.outdent) ? layout.indent.slice(layout.outdent.length) || '  ' : '  ';
  return JSON.stringify(value, null, unit).replaceAll('\n', layout.eol + layout.indent);
}

function onOneLine(value: unknown, layout: JsonLayout): string {
  if (Array.isArray(value)) return `[${value.map((v) => onOneLine(v, layout)).join(`,${layout.gap}`)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, v]) => JSON.stringify(name) + layout.colon + onOneLine(v, layout));
  return members.length === 0 ? '{}' : `{${layout.pad}${members.join(`,${layout.gap}`)}${layout.pad}}`;
}

export const endOf = ({ offset, length }: Node): number => offset + length;

/** The blanks before an offset, where nothing else stands before it in its line. */
function indentAt(text: string, offset: number): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*$/.test(line) ? line : undefined;
}
