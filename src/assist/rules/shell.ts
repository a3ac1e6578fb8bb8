import type { SourceRange } from '../../exchange/mappedText.js';
import { errorIfSent, problem, type Rule, startOf } from './rule.js';

interface Slip {
  /** How the note begins that says so. */
  readonly note: RegExp;
  /** Where it is in the source of the command; its first group is what is underlined. */
  readonly at: RegExp;
  readonly message: string;
}

const blank = (mark: string, pattern: string, shell: string): Slip => ({
  note: new RegExp(`^A ${mark} followed by a blank`),
  at: new RegExp(`(${pattern}[ \\t]{1,100})\\r?\\n`),
  message: `A blank stands behind the ${mark}: ${shell} ends the command here, and what follows is not sent.`,
});
/** What the reader of commands took as it is meant (exchange/posixWords.ts and its siblings), though a shell does not. */
const SLIPS: readonly Slip[] = [
  blank('backslash', '\\\\', 'the shell'),
  blank('caret', '\\^', 'cmd'),
  blank('backtick', '`', 'PowerShell'),
  {
    note: /^Typographic quotes/,
    at: /[\s=]([‘’“”])/,
    message: 'Typographic quotes quote nothing in a shell: they are sent with the value, which ends at the next blank. Write \' or ".',
  },
  { note: /^Typographic dashes/, at: /\s([–—])/, message: 'A typographic dash begins no option: curl takes the word as a URL. Write - or --.' },
];

/** misread-by-shell: what is meant can be told, and the shell reads it otherwise. Bash manual §2.2, §3.1.2.1. */
export const shellSlips: Rule = function* (subject) {
  const { call, text } = subject;
  const { form, notes, span } = call.region;
  if (form !== 'curl' || notes.length === 0) return;
  for (const { note, at, message } of SLIPS) {
    if (!notes.some((sentence) => note.test(sentence))) continue;
    const found = at.exec(text.slice(span.start, span.end));
    const start = span.start + (found?.index ?? 0) + (found ? found[0].indexOf(found[1] as string) : 0);
    const range: SourceRange = found ? { start, end: start + (found[1] as string).length } : startOf(call);
    yield problem('misread-by-shell', errorIfSent(subject), message, range, { call });
  }
};
