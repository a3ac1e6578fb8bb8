import type { Help } from '../../assist/help.js';
import { escapeMarkdown } from '../../diagnosis/report.js';
import { type HelpLine, type HelpText, plainText } from '../../platform/bodies/fieldHelp.js';

/** Signs before lines that say more than what a thing is: names of codicons. */
const SIGNS: Readonly<Partial<Record<HelpLine['kind'], string>>> = { with: 'link', requires: 'key', note: 'info' };

/**
 * Help as Markdown that VS Code renders with its theme icons. Texts may come from a file: what is not ours is escaped.
 * @param said texts that are shown beside it: problems of the same place; what they say is not said again
 * @param first a line of Markdown that is read first
 * @returns nothing where everything is said
 */
export function helpMarkdown({ title, lines }: Pick<Help, 'title' | 'lines'>, said: readonly string[] = [], first?: string): string | undefined {
  const left = lines.filter(({ text }) => !said.some((s) => s.includes(plainText(text))));
  if (first === undefined && left.every(({ kind }) => kind === 'source')) return undefined;
  return [`**${escapeMarkdown(title)}**`, ...(first === undefined ? [] : [first]), ...left.map(lineMarkdown)].join('\n\n');
}

/** Lines without a title, for the documentation of a completion. */
export const textsMarkdown = (texts: readonly HelpText[]): string => texts.map(textMarkdown).join('\n\n');

function lineMarkdown({ kind, text }: HelpLine): string {
  const sign = SIGNS[kind];
  const line = `${sign ? `$(${sign}) ` : ''}${textMarkdown(text)}`;
  return kind === 'source' ? `*${line}*` : line;
}

const textMarkdown = (text: HelpText): string => text.map((part) => (typeof part === 'string' ? escapeMarkdown(part) : codeSpan(part.code))).join('');

/** A code span that its content cannot leave (CommonMark §6.1): fenced by more backquotes than follow each other inside. */
export function codeSpan(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim();
  if (line === '') return '';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}
