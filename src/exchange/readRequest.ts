import { isRecord } from '../platform/json.js';
import { readCurl } from './curl.js';
import type { Exchange, HttpRequest, ReadResult } from './exchange.js';
import { findRequestLine, firstLineKind, readHttpFile } from './httpFile.js';
import { readJsonDocument } from './jsonDocument.js';
import { requestOf } from './jsonMessages.js';
import { Notes } from './notes.js';
import { parseJson } from './parseJson.js';
import { findStatusLine, readRawResponse } from './rawResponse.js';
import { readLog, readLogEntry } from './readLog.js';
import { readTranscript } from './readLogTranscript.js';

/** The operation that a body without method and URL is taken to be for. */
export const BARE_PAYLOAD_URL = '/api/v2/conversations/calls';

/**
 * Reads requests: cURL commands (in any text around them), a .http file, a Pact file, HAR, `{"method","url","headers","body"}`, or the
 * bare body of a call request, each JSON form also with comments and trailing commas. Never throws; linear.
 */
export function readRequest(source: string): ReadResult {
  const text = unfenced(source.replace(/^\ufeff/, ''));
  const start = /\S/.exec(text)?.index;
  if (start === undefined) return { ok: false, problem: 'There is no text.', line: 1, column: 1 };
  if (looksLikeJson(text, start)) return readJson(text);
  const firstLine = firstLineKind(text);
  if (firstLine === 'request') return (isConsole(text) ? readLogged(text) : undefined) ?? readHttpFile(text);
  const curl = readCurl(text);
  // A URL above a command says where the text is from.
  if (firstLine === 'url' && !curl?.ok) return readHttpFile(text);
  if (curl) return curl.ok ? withAnswer(curl, text) : curl;
  const transcript = readTranscript(text);
  if (transcript) return withAnswer({ ok: true, form: 'http', exchanges: [{ request: transcript }], notes: [] }, text);
  if (findStatusLine(text) === start) return { ok: false, problem: 'This is a response, not a request.', line: 1, column: 1 };
  const requestLine = findRequestLine(text);
  if (requestLine !== -1) return readHttpFile(text.slice(requestLine));
  return (
    readLogged(text) ?? {
      ok: false,
      problem: 'No request was found: expected a curl command, a .http request, a Pact file, a HAR file, a log that names one, or JSON.',
      line: 1,
      column: 1,
    }
  );
}

/** A log that names the request whose answer it tells: text, a value as Node or Python print it, or one entry on each line. */
function readLogged(text: string): ReadResult | undefined {
  const log = readLog(text, 'by a tool');
  return log?.exchanges.some((e) => e.request) ? log : undefined;
}

/** Postman's console copies a request line first, and titles below it. */
const isConsole = (text: string): boolean => text.includes('Response Headers') || text.includes('Response Body');

/** The answer below a command, as a terminal shows both. */
function withAnswer(read: Extract<ReadResult, { ok: true }>, text: string): ReadResult {
  const [exchange, ...others] = read.exchanges;
  const at = exchange?.request && !exchange.response && others.length === 0 && text.includes('HTTP/') ? findStatusLine(text) : -1;
  if (!exchange || at === -1) return read;
  const notes = new Notes();
  const response = readRawResponse(text.slice(at), (n) => notes.add(n));
  return { ...read, exchanges: [{ ...exchange, response }], notes: [...read.notes, ...notes.list()] };
}

/** Cheap: the first character. `{{x}}` begins a URL, not JSON; comments may stand before JSON, and before a .http request too. */
export function looksLikeJson(text: string, start: number): boolean {
  if (text[start] === '[') return /^\[\s{0,100}(?:\{|\]|$)/.test(text.slice(start, start + 200));
  if (text[start] === '{') return text[start + 1] !== '{';
  let at = start;
  while (text[at] === '/' || /\s/.test(text[at] ?? '')) {
    const end = text.startsWith('//', at) ? text.indexOf('\n', at) : text.startsWith('/*', at) ? text.indexOf('*/', at + 2) + 1 : text[at] === '/' ? -1 : at;
    if (end <= 0) return false;
    at = end + 1;
  }
  return at > start && text[at] === '{' && text[at + 1] !== '{';
}

/** A text that is one Markdown fence: what is in it. Lines are counted as in the text, so the first line is emptied, not removed. */
function unfenced(text: string): string {
  const open = /^\s{0,100}```[\w+-]{0,30}[ \t]*\r?\n/.exec(text);
  if (!open) return text;
  const end = text.indexOf('\n```', open[0].length - 1);
  return end === -1 || text.slice(end + 4).trim() === ''
    ? open[0].replace(/[^\r\n]/g, '') + text.slice(open[0].length, end === -1 ? text.length : end + 1)
    : text;
}

function readJson(text: string): ReadResult {
  const parsed = parseJson(text);
  if (!parsed.ok) return readCurlAround(text) ?? readLogged(text) ?? { ok: false, problem: parsed.problem, line: parsed.line, column: parsed.column };
  const json = parsed.value;
  const notes = new Notes();
  const entry: Exchange | undefined = isRecord(json) ? readLogEntry(json, notes) : undefined;
  if (entry && !entry.request) return { ok: false, problem: 'This is a response, not a request.', line: 1, column: 1 };
  if (entry) return { ok: true, form: 'log', exchanges: [entry], notes: notes.list() };
  const document = readJsonDocument(json);
  if (document) {
    if (!document.ok || document.exchanges.some((e) => e.request)) return document;
    return { ok: false, problem: 'This holds responses only, no request.' };
  }
  if (!isRecord(json)) return { ok: false, problem: 'This JSON is a list, not a request or the body of one.', line: 1, column: 1 };
  if (isErrorBody(json)) return { ok: false, problem: 'This is a response, not a request.', line: 1, column: 1 };
  if (['method', 'url', 'uri', 'path'].some((k) => k in json)) {
    const request = requestOf(json, notes);
    if (!request) return { ok: false, problem: 'This JSON names a method but no "url" or "path".', line: 1, column: 1 };
    return one('json', request, notes);
  }
  notes.add(`No method and URL are given: the text was read as the body of POST ${BARE_PAYLOAD_URL}.`);
  if (parsed.tolerated) notes.add('Comments and trailing commas were tolerated here; the platform refuses them.');
  return one('body', { method: 'POST', url: BARE_PAYLOAD_URL, headers: [], body: text }, notes);
}

/** Text that begins like JSON may still be a note with a curl command below. */
function readCurlAround(text: string): ReadResult | undefined {
  const curl = /^[ \t]{0,20}(?:\$ )?curl(?:\.exe)? /m.test(text) ? readCurl(text) : undefined;
  return curl?.ok ? curl : undefined;
}

/** An error body, or `{"status","headers","body"}`: no call request has such fields. */
const isErrorBody = (json: Record<string, unknown>): boolean =>
  typeof json['status'] === 'number' &&
  json['method'] === undefined &&
  ['code', 'message', 'contextId', 'errors', 'error', 'headers', 'body'].some((k) => k in json);

function one(form: 'json' | 'body', request: HttpRequest, notes: Notes): ReadResult {
  return { ok: true, form, exchanges: [{ request }], notes: notes.list() };
}
