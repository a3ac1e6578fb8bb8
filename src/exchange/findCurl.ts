import { cmdWords } from './cmdWords.js';
import { posixWords } from './posixWords.js';
import { powershellWords } from './powershellWords.js';
import type { Command } from './shellWords.js';

export type Shell = 'posix' | 'cmd' | 'powershell';

/** A curl command in a text: its words without `curl` itself. Offsets of words are relative to `at`. */
export interface CurlCommand extends Command {
  /** Offset after the word `curl`. */
  readonly at: number;
  readonly shell: Shell;
  /** False in the middle of a sentence, where words after the URL are prose. */
  readonly ownLine: boolean;
}

const CURL = /(?<![\w.@$-])curl(?:\.exe)?(?=[ \t\r\n^\\`])/gi;
/** Blanks and continued lines between `curl` and what comes next. */
const GAP = /(?:[ \t]|[\\^`][ \t]{0,9}\r?\n)+/y;
/** What a command goes on with: an option, a URL, a variable or placeholder, a host; on a line of its own also anything quoted. */
const GOES_ON = /[-–—]{1,2}[A-Za-z#:0-9]|--[ \t]|[$^'"‘“]{0,2}https?:|\$|\^?["'‘“]?(?:\{\{|\$|<\w|%\w+%)/iy;
const GOES_ON_ALONE = /\^?["'‘“]|localhost\b|\[?[\w-]+(?:[.:][\w-]+)+[/:\s]|[\w.-]+\/|[\w-]+(?:\.[\w-]+)+$/iy;
/** Before a command: list marks, quote marks and the prompts of the usual shells. */
const PROMPT =
  /^[ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?(?:>[ \t]?){0,5}(?:PS [^>]{0,200}>|[A-Za-z]:\\[^>]{0,200}>|\[?[\w.-]{1,60}@[^$#%]{0,200}[$#%]|[$%❯➜])?[ \t]*$/;
const AFTER_OPERATOR = /[|;&({!`][ \t]*$|\b(?:sudo|time|exec|then|do|else|command)[ \t]+$|(?:^|[\s;])\w+=\S{0,200}[ \t]+$/;
const DIRECTORY = /(?:[A-Za-z]:|\.{1,2})?[\\/](?:[\w.()-]+[\\/])*$/;
const COMMENT = /^[ \t]*(?:#|\/\/|::|rem[ \t])/i;

/** More places than this are not looked at. */
const MOST_CANDIDATES = 20_000;

/**
 * The curl commands of a text, in order: on lines of their own, after prompts, in Markdown, in scripts and in sentences. Lazy and linear.
 * @param comments whether the commands are those behind `#` (also the prompt of root) and other comment marks, or all others
 * @param note is told what was read differently from what the shell does
 */
export function* findCurl(text: string, comments: boolean, note: (sentence: string) => void): Generator<CurlCommand> {
  const lineEnd = nextOf(text, '\n');
  const fence = nextOf(text, '\n```');
  CURL.lastIndex = 0;
  const candidates = text.matchAll(CURL);
  let after = 0;
  let seen = 0;
  for (const found of candidates) {
    if (found.index < after) continue;
    if (++seen > MOST_CANDIDATES) return;
    const at = found.index + found[0].length;
    const prefix = beforeOnLine(text, found.index);
    if (COMMENT.test(prefix) !== comments) continue;
    const ownLine = comments || PROMPT.test(prefix) || AFTER_OPERATOR.test(prefix);
    if (!ownLine && !/^curl/.test(found[0])) continue;
    if (!goesOn(text, at, ownLine)) continue;
    const inCode = text[found.index - 1] === '`' && text[found.index - 2] !== '`';
    const codeEnd = inCode ? text.indexOf('`', at) : -1;
    const region = text.slice(at, codeEnd === -1 ? fence(at) : codeEnd);
    const shell = inCode ? 'posix' : shellOf(region, prefix, found[0]);
    const noted: string[] = [];
    const { command, end } = readWords(region, shell, prefix, ownLine ? undefined : lineEnd(at) - at, (n) => noted.push(n));
    after = at + end;
    if (!ownLine && !command.words.some((w) => looksLikeUrl(w.text))) continue;
    for (const n of noted) note(n);
    yield { ...command, at, shell, ownLine };
  }
}

/** True for a word that is meant as a URL, or as a placeholder for one. */
export function looksLikeUrl(word: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]{0,20}:\/\/|\{\{|\$|<\w|%\w|\{\w|\/|localhost\b)|^[\w-]+(?:\.[\w-]+)*(?:\.[a-z]{2,}|:\d+)(?:[/?:]|$)/i.test(word.slice(0, 2000));
}

/** Offsets of the next `wanted` at or after an offset, the end of the text where there is none. Remembers, for offsets that only grow. */
function nextOf(text: string, wanted: string): (from: number) => number {
  let next = -1;
  return (from) => {
    if (next < from) {
      const found = text.indexOf(wanted, from);
      next = found === -1 ? text.length : found;
    }
    return next;
  };
}

/** What stands before an offset on its line, at most 300 characters of it, without the directory of the program. */
function beforeOnLine(text: string, at: number): string {
  const near = text.slice(Math.max(0, at - 300), at);
  return near.slice(near.lastIndexOf('\n') + 1).replace(DIRECTORY, '');
}

function goesOn(text: string, at: number, ownLine: boolean): boolean {
  GAP.lastIndex = at;
  if (!GAP.test(text)) return false;
  const next = text.slice(GAP.lastIndex, GAP.lastIndex + 300);
  GOES_ON.lastIndex = 0;
  GOES_ON_ALONE.lastIndex = 0;
  return GOES_ON.test(next) || (ownLine && GOES_ON_ALONE.test(next));
}

/** Which shell a command is written for: by its continuation character, its prompt, or what only that shell has outside of quotes. */
function shellOf(region: string, prefix: string, name: string): Shell {
  const line = /^[^\n]*/.exec(region.slice(0, 2000))?.[0].trimEnd() ?? '';
  const last = line.at(-1);
  if (last === '\\') return 'posix';
  if (/@['"]$/.test(line)) return 'powershell';
  const { outside, open } = outsideSingleQuotes(line);
  if (last === '^' && !open) return 'cmd';
  if (last === '`' && !open) return 'powershell';
  if (/^[ \t]*PS [^>]*>/.test(prefix) || /\$env:|`"/.test(outside)) return 'powershell';
  if (/^[ \t]*[A-Za-z]:\\[^>]*>/.test(prefix) || /\^"|"\{""/.test(outside)) return 'cmd';
  if (!/\.exe$/i.test(name)) return 'posix';
  return line.includes("'") ? 'powershell' : 'cmd';
}

/** What of a line a POSIX shell does not see in single quotes, and whether it ends within quotes. */
function outsideSingleQuotes(line: string): { readonly outside: string; readonly open: boolean } {
  const part = /'[^']*('|$)|"(?:[^"\\]|\\.?)*("|$)|\\.?|[^'"\\]+/gs;
  let outside = '';
  let open = false;
  for (const [text, single, double] of line.matchAll(part)) {
    if (!text.startsWith("'")) outside += text;
    open = single === '' || double === '';
  }
  return { outside, open };
}

const WORDS = { posix: posixWords, cmd: cmdWords, powershell: powershellWords };

/** @param line length of the line, where the command stands in a sentence and so ends with it unless a quote or the line goes on */
function readWords(
  region: string,
  shell: Shell,
  prefix: string,
  line: number | undefined,
  note: (sentence: string) => void,
): { readonly command: Command; readonly end: number } {
  const read = WORDS[shell];
  if (line !== undefined && !/[\\^`][ \t\r]*$/.test(region.slice(Math.max(0, line - 10), line))) {
    const command = read(region.slice(0, line), note);
    const whole = command.unclosed === undefined || !command.words.some((w) => looksLikeUrl(w.text));
    if (whole) return { command, end: command.unclosed === undefined ? command.end : Math.min(line, region.length) };
  }
  const quoted = /[>$%#❯➜]\s?$/.test(prefix) ? withoutPrompts(region) : undefined;
  const command = read(quoted?.text ?? region, note);
  return { command, end: quoted?.toSource(command.end) ?? command.end };
}

/** A quotation is followed for so many lines: each command in it looks at the lines that follow. */
const MOST_QUOTED_LINES = 500;

/** Takes `> ` off the following lines: the second prompt of a shell, or a Markdown or mail quotation. Nothing where the next line has none. */
function withoutPrompts(region: string): { readonly text: string; readonly toSource: (offset: number) => number } | undefined {
  const lines: string[] = [];
  const removed: { readonly at: number; readonly length: number }[] = [];
  let length = 0;
  for (let start = 0; ; ) {
    const newline = region.indexOf('\n', start);
    const end = newline === -1 ? region.length : newline + 1;
    lines.push(region.slice(start, end));
    length += end - start;
    if (newline === -1 || region[end] !== '>' || lines.length === MOST_QUOTED_LINES) break;
    const prompt = region[end + 1] === ' ' ? 2 : 1;
    removed.push({ at: length, length: prompt });
    start = end + prompt;
  }
  if (removed.length === 0) return undefined;
  return {
    text: lines.join(''),
    toSource: (offset) => removed.reduce((sum, r) => (r.at <= offset ? sum + r.length : sum), offset),
  };
}
