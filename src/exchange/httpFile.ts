import type { Exchange, HttpRequest, ReadResult } from './exchange.js';
import { type Change, changed, type SourceRange } from './mappedText.js';
import { MOST_EXCHANGES, Notes } from './notes.js';
import { findStatusLine, readRawResponse } from './rawResponse.js';

const METHODS = 'GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|CONNECT';
/** Without blanks in the URL, except in `{{ x }}`: a sentence that begins with POST is no request. No text matches in two ways. */
const URL_PATTERN = String.raw`(?:[^\s{]|\{\{[ \t]{1,9}[^\s{}]{1,100}[ \t]{0,9}\}\}|\{(?!\{[ \t]))+`;
const REQUEST_LINE = new RegExp(String.raw`^[ \t]{0,9}(${METHODS})[ \t]+(${URL_PATTERN})(?:[ \t]+HTTP\/\d(?:\.\d)?)?[ \t]*\r?$`, 'i');
const URL_LINE = new RegExp(String.raw`^[ \t]{0,9}((?:https?:\/\/|\{\{)${URL_PATTERN})(?:[ \t]+HTTP\/\d(?:\.\d)?)?[ \t]*\r?$`, 'i');
const SOMEWHERE = new RegExp(String.raw`^[ \t]{0,9}(?:${METHODS})[ \t]+(?:https?:\/\/|\/|\{\{)\S{1,2000}(?:[ \t]+HTTP\/\d(?:\.\d)?)?[ \t]*\r?$`, 'm');
const VARIABLE = /^[ \t]{0,9}@([\w.-]{1,100})[ \t]{0,9}=([\s\S]*)$/;
const COMMENT = /^[ \t]*(?:#|\/\/)/;
/** A line longer than this is no request line, header or definition. */
const LONGEST_LINE = 100_000;
/** Characters that `{{x}}` may grow by in all: a definition can name another one twice, and that one another. */
const MOST_FILLED = 1_000_000;

interface Line {
  readonly text: string;
  readonly start: number;
  readonly next: number;
}

/** The line at an offset, without its break; a very long one shortened. */
function lineAt(text: string, start: number): Line {
  const newline = text.indexOf('\n', start);
  const end = newline === -1 ? text.length : newline;
  const whole = text.slice(start, Math.min(end, start + LONGEST_LINE));
  return { text: whole.endsWith('\r') ? whole.slice(0, -1) : whole, start, next: newline === -1 ? text.length : newline + 1 };
}

const isRequestLine = (line: string): boolean => REQUEST_LINE.test(line) || URL_LINE.test(line);

/** What the first line that says something is: a request line (`POST url`, `POST url HTTP/1.1`), a URL alone, or neither. */
export function firstLineKind(text: string): 'request' | 'url' | 'other' {
  for (let at = 0; at < text.length; ) {
    const line = lineAt(text, at);
    if (line.text.trim() !== '' && !COMMENT.test(line.text) && !VARIABLE.test(line.text)) {
      return REQUEST_LINE.test(line.text) ? 'request' : URL_LINE.test(line.text) ? 'url' : 'other';
    }
    at = line.next;
  }
  return 'other';
}

/** Offset of the first request line in a text that begins with something else, -1 where there is none. */
export const findRequestLine = (text: string): number => text.search(SOMEWHERE);

/**
 * The requests of a .http or .rest file (VS Code REST Client, JetBrains), or a request as it goes over the wire. `{{x}}` is filled where
 * the file defines `@x`, and stays otherwise. A response below its request (`HTTP/1.1 403 …`) belongs to the exchange.
 */
export function readHttpFile(text: string): ReadResult {
  const notes = new Notes();
  const fill = variablesOf(text, notes);
  const exchanges: Exchange[] = [];
  for (const block of httpBlocks(text, notes)) {
    if (exchanges.length === MOST_EXCHANGES) {
      notes.add(`Only the first ${MOST_EXCHANGES} requests were read.`);
      break;
    }
    exchanges.push(exchangeOf(text, block, fill, notes));
  }
  if (exchanges.length === 0) return { ok: false, problem: 'No request line (METHOD url) was found.', line: 1, column: 1 };
  return { ok: true, form: 'http', exchanges, notes: notes.list() };
}

/** Where the parts of one request stand. */
export interface HttpBlock extends HttpRest {
  readonly method: SourceRange | undefined;
  /** In pieces where it goes on in the next lines. */
  readonly url: readonly SourceRange[];
  readonly headers: readonly { readonly name: SourceRange; readonly value: SourceRange }[];
}

/** What stands below the headers. */
interface HttpRest {
  readonly body: SourceRange | undefined;
  /** The name of the file that the body comes from. */
  readonly file: SourceRange | undefined;
  /** From the status line on. */
  readonly response: SourceRange | undefined;
}

const NOTHING: HttpRest = { body: undefined, file: undefined, response: undefined };

/** Is told what was assumed or left out. */
type Sayings = Pick<Notes, 'add'>;

const UNCHANGED: readonly Change[] = [];

/** What fills `{{x}}` in a text. */
export type Fill = (text: string) => readonly Change[];

/** The requests of a .http file, in order. Lazy and linear. */
export function* httpBlocks(text: string, notes: Sayings): Generator<HttpBlock> {
  for (let block = 0; block < text.length; ) {
    const end = nextSeparator(text, block);
    const found = readBlock(text.slice(block, end), block, notes);
    if (found) yield found;
    block = lineAt(text, end).next;
  }
}

/** The request of a block as it would be sent. */
export function requestOfBlock(text: string, block: HttpBlock, fill: Fill): HttpRequest {
  const slice = ({ start, end }: SourceRange): string => text.slice(start, end);
  const filled = (part: string): string => changed(part, fill(part));
  const [first, ...rest] = block.url;
  const method = block.method ? slice(block.method).toUpperCase() : 'GET';
  const url = filled((first ? slice(first) : '') + (rest.length === 0 ? '' : rest.map(slice).join('')));
  const headers = block.headers.map(({ name, value }): [string, string] => [slice(name), filled(slice(value))]);
  return block.body ? { method, url, headers, body: filled(slice(block.body)) } : { method, url, headers };
}

function exchangeOf(text: string, block: HttpBlock, fill: Fill, notes: Notes): Exchange {
  const request = requestOfBlock(text, block, fill);
  return block.response ? { request, response: readRawResponse(text.slice(block.response.start, block.response.end), (n) => notes.add(n)) } : { request };
}

/** Offset of the next `###` line at or after an offset. */
function nextSeparator(text: string, from: number): number {
  if (text.startsWith('###', from)) return from;
  const found = text.indexOf('\n###', from);
  return found === -1 ? text.length : found + 1;
}

/** @param from where the block begins in its text */
function readBlock(block: string, from: number, notes: Sayings): HttpBlock | undefined {
  let line = lineAt(block, 0);
  while (!isRequestLine(line.text)) {
    const skipped = line.text.trim();
    if (skipped !== '' && !COMMENT.test(skipped) && !VARIABLE.test(skipped)) notes.add('Lines before a request line were left out.');
    if (line.next >= block.length) return undefined;
    line = lineAt(block, line.next);
  }
  const request = REQUEST_LINE.exec(line.text);
  const target = request?.[2] ?? URL_LINE.exec(line.text)?.[1] ?? '';
  const first = line.text.search(/\S/);
  const afterMethod = request ? first + (request[1] ?? '').length : first;
  const urlAt = line.text.indexOf(target, afterMethod);
  const begin = from + line.start;
  const url = [{ start: begin + urlAt, end: begin + urlAt + target.length }];
  const method = request ? { start: begin + first, end: begin + afterMethod } : undefined;
  let at = line.next;
  for (; at < block.length; at = line.next) {
    line = lineAt(block, at);
    if (!/^[ \t]+[?&]/.test(line.text)) break;
    url.push(part(from, line, 0, line.text.trimEnd().replace(/[ \t]{1,9}HTTP\/\d(?:\.\d)?$/, '').length));
  }
  const headers: { readonly name: SourceRange; readonly value: SourceRange }[] = [];
  let hasBody = false;
  for (; at < block.length; at = line.next) {
    line = lineAt(block, at);
    if (line.text.trim() === '') {
      hasBody = true;
      at = line.next;
      break;
    }
    if (/^[ \t]*[{[]/.test(line.text) && !line.text.trimStart().startsWith('{{')) {
      notes.add('No blank line stands between the headers and the body.');
      hasBody = true;
      break;
    }
    if (COMMENT.test(line.text)) continue;
    const colon = line.text.indexOf(':');
    if (colon > 0) headers.push({ name: part(from, line, 0, colon), value: part(from, line, colon + 1, line.text.length) });
    else notes.add('A line among the headers has no colon; it was left out.');
  }
  const { body, file, response } = hasBody ? readBody(block.slice(at), from + at, notes) : NOTHING;
  return { method, url, headers, body, file, response };
}

/** The trimmed part of a line between two offsets of it. */
function part(from: number, { text, start }: Line, first: number, last: number): SourceRange {
  const inside = text.slice(first, last).trimEnd();
  const trimmed = inside.trimStart();
  const begin = from + start + first + inside.length - trimmed.length;
  return { start: begin, end: begin + trimmed.length };
}

/** The body without the blank lines around it, up to a saved response, a response handler (`> {%`) or the end of a Markdown fence. */
function readBody(rest: string, from: number, notes: Sayings): HttpRest {
  const end = /^(?:```|> ?\{%|<> )/m.exec(rest)?.index ?? rest.length;
  const statusLine = /(?:^|\n)(?=HTTP\/\d(?:\.\d)?[ \t]+\d{3}(?:[ \t\r\n]|$))/.exec(rest);
  const answered = statusLine && statusLine.index < end ? statusLine.index + statusLine[0].length : -1;
  const written = withoutBlankLines(rest.slice(0, answered === -1 ? end : answered));
  const body = rest.slice(written.start, written.end);
  const response = answered === -1 || findStatusLine(rest.slice(answered)) === -1 ? undefined : { start: from + answered, end: from + rest.length };
  const range = { start: from + written.start, end: from + written.end };
  if (/^<(?:@\S*)?[ \t]+\S/.test(body) && !/^<[ \t]*[A-Za-z!?/][^\n]*>/.test(body)) {
    notes.add('The body comes from a file (<), which was not read.');
    const name = /^<(?:@\S*)?[ \t]+/.exec(body)?.[0].length ?? 0;
    const length = body.slice(name).search(/[ \t]*(?:\r?\n|$)/);
    return { body: undefined, file: { start: range.start + name, end: range.start + name + length }, response };
  }
  return { body: body === '' ? undefined : range, file: undefined, response };
}

/** Without the blank lines at the start and any blanks at the end. */
function withoutBlankLines(text: string): SourceRange {
  const first = /\S/.exec(text)?.index;
  if (first === undefined) return { start: 0, end: 0 };
  return { start: text.lastIndexOf('\n', first) + 1, end: text.trimEnd().length };
}

/** Collects `@x = value` (a value may use the ones before it) and returns what fills `{{x}}`. */
export function variablesOf(text: string, notes: Sayings): Fill {
  const values = new Map<string, string>();
  let left = MOST_FILLED;
  const fill: Fill = (target) => {
    if (values.size === 0) return UNCHANGED;
    const changes: Change[] = [];
    for (const m of target.matchAll(/\{\{[ \t]{0,9}([\w.-]{1,100})[ \t]{0,9}\}\}/g)) {
      const value = values.get(m[1] ?? '');
      if (value === undefined) continue;
      left -= value.length;
      if (left < 0) {
        notes.add('The variables of this file grow too long when they are filled; some were left as they are.');
        break;
      }
      notes.add('Variables that the file defines (@name = value) were filled in.');
      changes.push({ start: m.index, end: m.index + m[0].length, text: value });
    }
    return changes;
  };
  for (let at = text.startsWith('@') ? 0 : text.indexOf('\n@') + 1; at < text.length; ) {
    if (text[at] !== '@') break;
    const line = lineAt(text, at);
    const found = VARIABLE.exec(line.text);
    if (found?.[1] !== undefined) {
      const value = found[2]?.trim() ?? '';
      values.set(found[1], changed(value, fill(value)));
    }
    if (text[line.next] === '@') at = line.next;
    else {
      const next = text.indexOf('\n@', line.next);
      at = next === -1 ? text.length : next + 1;
    }
  }
  return fill;
}
