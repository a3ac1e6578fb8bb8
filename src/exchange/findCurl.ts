import { cmdWords } from './cmdWords.js';
import { cut } from './mappedText.js';
import { posixWords } from './posixWords.js';
import { powershellWords } from './powershellWords.js';
import type { Command, Word, WordsOptions } from './shellWords.js';

export type Shell = 'posix' | 'cmd' | 'powershell';

/** A curl command in a text: its words without `curl` itself. Offsets of words are relative to `at`. */
export interface CurlCommand extends Command {
  /** Offset of the word `curl`, without its directory. */
  readonly start: number;
  /** Offset after it. */
  readonly at: number;
  readonly shell: Shell;
  /** False in the middle of a sentence, where words after the URL are prose. */
  readonly ownLine: boolean;
  /** What the following lines begin with that is no part of the command: `> `. */
  readonly linePrefix: string | undefined;
}

export interface FindOptions {
  /** Keep where each character of a word stands, and end a command with an open quote where the next one begins. */
  readonly map?: boolean;
  /** The shell of what stands at an offset, where something other than the command tells. */
  readonly shellAt?: (offset: number) => Shell | undefined;
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

/** PowerShell 7.3 and later are told here how they hand arguments on. */
const STANDARD = /\$PSNativeCommandArgumentPassing[ \t]{0,9}=[ \t]{0,9}['"]?(?:Windows|Standard)['"]?[ \t]{0,9};/i;

/** More places than this are not looked at. */
const MOST_CANDIDATES = 20_000;

/**
 * The curl commands of a text, in order: on lines of their own, after prompts, in Markdown, in scripts and in sentences. Lazy and linear.
 * @param comments whether the commands are those behind `#` (also the prompt of root) and other comment marks, or all others
 * @param note is told what was read differently from what the shell does
 */
export function* findCurl(text: string, comments: boolean, note: (sentence: string) => void, options: FindOptions = {}): Generator<CurlCommand> {
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
    if ((prefix !== '' && COMMENT.test(prefix)) !== comments) continue;
    const ownLine = comments || prefix === '' || PROMPT.test(prefix) || AFTER_OPERATOR.test(prefix);
    if (!ownLine && !/^curl/.test(found[0])) continue;
    if (!goesOn(text, at, ownLine)) continue;
    const inCode = text[found.index - 1] === '`' && text[found.index - 2] !== '`';
    const codeEnd = inCode ? text.indexOf('`', at) : -1;
    const region = text.slice(at, codeEnd === -1 ? fence(at) : codeEnd);
    const shell = options.shellAt?.(found.index) ?? (inCode ? 'posix' : shellOf(region, prefix, found[0]));
    const noted: string[] = [];
    const words = { map: options.map === true, standard: prefix.includes('$PS') && STANDARD.test(prefix) };
    const line = ownLine ? undefined : lineEnd(at) - at;
    let read = readWords(region, shell, prefix, line, (n) => noted.push(n), words);
    const cutAt = options.map ? endOfOpenQuote(region, read) : -1;
    if (cutAt !== -1) read = readWords(region.slice(0, cutAt), shell, prefix, line, () => {}, words);
    const { command, end, linePrefix } = read;
    after = at + end;
    if (!ownLine && !command.words.some((w) => looksLikeUrl(w.text))) continue;
    for (const n of noted) note(n);
    yield { ...command, start: found.index, at, shell, ownLine, linePrefix };
  }
}

/** The line of another command, inside of a quote: a quote before it was left open. */
const NEXT_COMMAND = /\n[ \t]{0,20}(?:\$ )?curl(?:\.exe)?[ \t]+(?:[-'"$\\^`]|https?:)/;

/** Where a command ends that has a quote left open, as while it is being typed: before the next command, or else a blank line. -1 for others. */
function endOfOpenQuote(region: string, { command, end }: { readonly command: Command; readonly end: number }): number {
  const own = region.slice(0, end);
  const next = own.search(NEXT_COMMAND);
  if (next !== -1) return next;
  return command.unclosed === undefined ? -1 : own.search(/\n[ \t]{0,20}\r?\n/);
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
  const line = near.slice(near.lastIndexOf('\n') + 1);
  return line === '' ? line : line.replace(DIRECTORY, '');
}

function goesOn(text: string, at: number, ownLine: boolean): boolean {
  GAP.lastIndex = at;
  if (!GAP.test(text)) return false;
  const next = text.slice(GAP.lastIndex, GAP.lastIndex + 300);
  GOES_ON.lastIndex = 0;
  GOES_ON_ALONE.lastIndex = 0;
  return GOES_ON.test(next) || (ownLine && GOES_ON_ALONE.test(next));
}

/** Without any of these a line is none of the other shells. */
const NOT_POSIX = /[\^`]|\$e|\{""/i;

/** Which shell a command is written for: by its continuation character, its prompt, or what only that shell has outside of quotes. */
function shellOf(region: string, prefix: string, name: string): Shell {
  const line = /^[^\n]*/.exec(region.slice(0, 2000))?.[0].trimEnd() ?? '';
  const last = line.at(-1);
  const isProgram = /\.exe$/i.test(name);
  if (last === '\\' && !(isProgram && outsideSingleQuotes(line).open)) return 'posix';
  if (/@['"]$/.test(line) && outsideSingleQuotes(line).open) return 'powershell';
  if (!NOT_POSIX.test(line) && !/[A-Z]:\\|PS /i.test(prefix) && !isProgram) return 'posix';
  const { outside, open } = outsideSingleQuotes(line);
  if (last === '^' && !open) return 'cmd';
  if (last === '`' && !open) return 'powershell';
  if (/^[ \t]*PS [^>]*>/.test(prefix) || /\$env:|`"/.test(outside)) return 'powershell';
  if (/^[ \t]*[A-Za-z]:\\[^>]*>/.test(prefix) || /\^"|"\{""/.test(outside)) return 'cmd';
  if (!isProgram) return 'posix';
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
  options: WordsOptions,
): { readonly command: Command; readonly end: number; readonly linePrefix: string | undefined } {
  const read = WORDS[shell];
  if (line !== undefined && !/[\\^`][ \t\r]*$/.test(region.slice(Math.max(0, line - 10), line))) {
    const command = read(region.slice(0, line), note, options);
    const whole = command.unclosed === undefined || !command.words.some((w) => looksLikeUrl(w.text));
    if (whole) return { command, end: command.unclosed === undefined ? command.end : Math.min(line, region.length), linePrefix: undefined };
  }
  const quoted = prefix !== '' && /[>$%#❯➜]\s?$/.test(prefix) ? withoutPrompts(region) : undefined;
  const command = read(quoted?.text ?? region, note, options);
  if (!quoted) return { command, end: command.end, linePrefix: undefined };
  const end = quoted.toSource(command.end);
  return { command: options.map ? inSource(command, quoted) : command, end, linePrefix: quoted.linePrefix };
}

/** The command with the offsets of the quoted text in place of those without prompts. */
function inSource(command: Command, { toSource, removed }: Unquoted): Command {
  const word = (w: Word): Word => {
    const pieces = w.pieces?.flatMap((p) => {
      if (!p.exact) return [{ ...p, from: toSource(p.from), to: toSource(p.to) }];
      const breaks = removed.filter((r) => r.at > p.from && r.at < p.to).map((r) => p.start + r.at - p.from);
      return [p.start, ...breaks].map((start, i) => {
        const [part] = cut([p], start, breaks[i] ?? p.end);
        const { from, to } = part ?? p;
        return { ...p, start, end: breaks[i] ?? p.end, from: toSource(from), to: toSource(from) + to - from };
      });
    });
    return { ...w, start: toSource(w.start), end: toSource(w.end), ...(pieces ? { pieces } : {}) };
  };
  const { words, stdin, unclosed, end } = command;
  return {
    words: words.map(word),
    end: toSource(end),
    ...(stdin ? { stdin: word(stdin) } : {}),
    ...(unclosed === undefined ? {} : { unclosed: toSource(unclosed) }),
  };
}

/** A quotation is followed for so many lines: each command in it looks at the lines that follow. */
const MOST_QUOTED_LINES = 500;

interface Unquoted {
  readonly text: string;
  /** Where a prompt was, and its length. */
  readonly removed: readonly { readonly at: number; readonly length: number }[];
  readonly linePrefix: string;
  toSource(offset: number): number;
}

/** Takes `> ` off the following lines: the second prompt of a shell, or a Markdown or mail quotation. Nothing where the next line has none. */
function withoutPrompts(region: string): Unquoted | undefined {
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
    removed,
    linePrefix: (removed[0]?.length ?? 0) > 1 ? '> ' : '>',
    toSource: (offset) => removed.reduce((sum, r) => (r.at <= offset ? sum + r.length : sum), offset),
  };
}
