import { optional } from '../platform/json.js';
import type { Exchange, HttpRequest, ReadResult } from './exchange.js';
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
  let block = 0;
  while (block < text.length) {
    const end = nextSeparator(text, block);
    const exchange = readBlock(text.slice(block, end), fill, notes);
    if (exchange && exchanges.length === MOST_EXCHANGES) {
      notes.add(`Only the first ${MOST_EXCHANGES} requests were read.`);
      break;
    }
    if (exchange) exchanges.push(exchange);
    block = lineAt(text, end).next;
  }
  if (exchanges.length === 0) return { ok: false, problem: 'No request line (METHOD url) was found.', line: 1, column: 1 };
  return { ok: true, form: 'http', exchanges, notes: notes.list() };
}

/** Offset of the next `###` line at or after an offset. */
function nextSeparator(text: string, from: number): number {
  if (text.startsWith('###', from)) return from;
  const found = text.indexOf('\n###', from);
  return found === -1 ? text.length : found + 1;
}

function readBlock(block: string, fill: (text: string) => string, notes: Notes): Exchange | undefined {
  let line = lineAt(block, 0);
  while (!isRequestLine(line.text)) {
    const skipped = line.text.trim();
    if (skipped !== '' && !COMMENT.test(skipped) && !VARIABLE.test(skipped)) notes.add('Lines before a request line were left out.');
    if (line.next >= block.length) return undefined;
    line = lineAt(block, line.next);
  }
  const withMethod = REQUEST_LINE.exec(line.text);
  const urlParts = [withMethod?.[2] ?? URL_LINE.exec(line.text)?.[1] ?? ''];
  let at = line.next;
  for (; at < block.length; at = line.next) {
    line = lineAt(block, at);
    if (!/^[ \t]+[?&]/.test(line.text)) break;
    urlParts.push(line.text.trim().replace(/[ \t]{1,9}HTTP\/\d(?:\.\d)?$/, ''));
  }
  const headers: [string, string][] = [];
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
    if (colon > 0) headers.push([line.text.slice(0, colon).trim(), fill(line.text.slice(colon + 1).trim())]);
    else notes.add('A line among the headers has no colon; it was left out.');
  }
  const { body, response } = hasBody ? readBody(block.slice(at), notes) : {};
  const request: HttpRequest = {
    method: (withMethod?.[1] ?? 'GET').toUpperCase(),
    url: fill(urlParts.join('')),
    headers,
    ...optional('body', body === undefined ? undefined : fill(body)),
  };
  return { request, ...optional('response', response) };
}

/** The body without the blank lines around it, up to a saved response, a response handler (`> {%`) or the end of a Markdown fence. */
function readBody(rest: string, notes: Notes): { readonly body?: string; readonly response?: Exchange['response'] } {
  const end = /^(?:```|> ?\{%|<> )/m.exec(rest)?.index ?? rest.length;
  const statusLine = /(?:^|\n)(?=HTTP\/\d(?:\.\d)?[ \t]+\d{3}(?:[ \t\r\n]|$))/.exec(rest);
  const answered = statusLine && statusLine.index < end ? statusLine.index + statusLine[0].length : -1;
  const body = withoutBlankLines(rest.slice(0, answered === -1 ? end : answered));
  const response = answered === -1 || findStatusLine(rest.slice(answered)) === -1 ? undefined : readRawResponse(rest.slice(answered), (n) => notes.add(n));
  if (/^<(?:@\S*)?[ \t]+\S/.test(body) && !/^<[ \t]*[A-Za-z!?/][^\n]*>/.test(body)) {
    notes.add('The body comes from a file (<), which was not read.');
    return { ...optional('response', response) };
  }
  return { ...(body === '' ? {} : { body }), ...optional('response', response) };
}

/** Without the blank lines at the start and any blanks at the end. */
function withoutBlankLines(text: string): string {
  const first = /\S/.exec(text)?.index;
  if (first === undefined) return '';
  return text.slice(text.lastIndexOf('\n', first) + 1).trimEnd();
}

/** Collects `@x = value` (a value may use the ones before it) and returns what fills `{{x}}`. */
function variablesOf(text: string, notes: Notes): (text: string) => string {
  const values = new Map<string, string>();
  let left = MOST_FILLED;
  const fill = (target: string): string =>
    values.size === 0
      ? target
      : target.replace(/\{\{[ \t]{0,9}([\w.-]{1,100})[ \t]{0,9}\}\}/g, (slot, name: string) => {
          const value = values.get(name);
          if (value === undefined) return slot;
          left -= value.length;
          if (left < 0) {
            notes.add('The variables of this file grow too long when they are filled; some were left as they are.');
            return slot;
          }
          notes.add('Variables that the file defines (@name = value) were filled in.');
          return value;
        });
  for (let at = text.startsWith('@') ? 0 : text.indexOf('\n@') + 1; at < text.length; ) {
    if (text[at] !== '@') break;
    const line = lineAt(text, at);
    const found = VARIABLE.exec(line.text);
    if (found?.[1] !== undefined) values.set(found[1], fill(found[2]?.trim() ?? ''));
    if (text[line.next] === '@') at = line.next;
    else {
      const next = text.indexOf('\n@', line.next);
      at = next === -1 ? text.length : next + 1;
    }
  }
  return fill;
}
