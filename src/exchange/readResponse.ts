import { isRecord, optional } from '../platform/json.js';
import { readCurl } from './curl.js';
import type { HttpRequest, HttpResponse, ReadResult, TextForm } from './exchange.js';
import { readJsonDocument } from './jsonDocument.js';
import { responseOf, statusOf } from './jsonMessages.js';
import { Notes } from './notes.js';
import { endsInsideJson, parseJson } from './parseJson.js';
import { findStatusLine, readRawResponse } from './rawResponse.js';
import { readLog, readLogEntry, readLogMessage, type Told } from './readLog.js';
import { readTranscript } from './readLogTranscript.js';

/** JSON that is not strict is read again to say where, or to tolerate comments, only up to this length: a longer one is a body. */
const LONGEST_HAND_WRITTEN = 1_000_000;

/**
 * Reads responses: raw HTTP text (also of `curl -i` and `curl -v`), HAR, Pact, `{"status","headers","body"}`, a log or an exception that
 * tells of one, or a bare body of any kind; the request with it, where the text has both. A bare body says nothing about its status, even
 * where it has a field of that name. Never throws; linear.
 */
export function readResponse(source: string): ReadResult {
  const text = source.replace(/^\ufeff/, '');
  const statusLine = findStatusLine(text);
  if (statusLine !== -1) {
    const notes = new Notes();
    const request =
      (text[statusLine] === '<' ? readTranscript(text.slice(0, text.lastIndexOf('\n< HTTP/'))) : undefined) ?? commandIn(text.slice(0, statusLine));
    if (!request && text.slice(0, statusLine).trim() !== '') notes.add('The text before the status line was left out.');
    const response = readRawResponse(text.slice(statusLine), (n) => notes.add(n));
    return one('http', response, notes, request);
  }
  const start = /\S/.exec(text)?.[0];
  if (start === '{' || start === '[' || start === '/') return readJson(text);
  if (/^\s{0,100}(?:\$ )?curl(?:\.exe)?\s+(?:-|['"]?https?:)/.test(text)) {
    return logOf(text, 'by a tool') ?? { ok: false, problem: 'This is a curl command: a request, not a response.', line: 1, column: 1 };
  }
  return (start === '<' ? undefined : logOf(text)) ?? bare(text);
}

/** A log, with the command in the text where the log does not name its request. */
function logOf(text: string, least: Told = 'in words'): ReadResult | undefined {
  const log = readLog(text, least);
  const [exchange, ...others] = log?.exchanges ?? [];
  const request = exchange && !exchange.request && others.length === 0 ? commandIn(text) : undefined;
  return log && request ? { ...log, exchanges: [{ request, ...exchange }] } : log;
}

/** The request of the only curl command in a text. */
function commandIn(text: string): HttpRequest | undefined {
  const curl = text.includes('curl') ? readCurl(text) : undefined;
  return curl?.ok && curl.exchanges.length === 1 ? curl.exchanges[0]?.request : undefined;
}

function readJson(text: string): ReadResult {
  const isDocument = /^\s{0,1000}\{\s{0,1000}"(?:log|interactions|consumer|provider)"\s{0,100}:\s{0,100}[{[]/.test(text);
  // Cheaper than parsing up to the end to find that it is missing. A comment may hold a bracket, hence not for what is written by hand.
  if (!isDocument && text.length > LONGEST_HAND_WRITTEN && endsInsideJson(text)) return bare(text);
  const parsed = parseJson(text, isDocument ? Number.POSITIVE_INFINITY : LONGEST_HAND_WRITTEN);
  if (!parsed.ok) return isDocument ? { ok: false, problem: parsed.problem, line: parsed.line, column: parsed.column } : (logOf(text) ?? bare(text));
  const json = parsed.value;
  const notes = new Notes();
  const entry = isRecord(json) ? readLogEntry(json, notes) : undefined;
  if (entry?.response) return { ok: true, form: 'log', exchanges: [entry], notes: notes.list() };
  const document = readJsonDocument(json);
  if (document) {
    if (!document.ok || document.exchanges.some((e) => e.response)) return document;
    return { ok: false, problem: 'This holds requests only, no response.' };
  }
  if (!isRecord(json)) return bare(text);
  if (isRequestOnly(json)) return { ok: false, problem: 'This is a request, not a response.', line: 1, column: 1 };
  if (!isResponse(json)) return readLogMessage(json) ?? bare(text);
  const response = responseOf(json, notes);
  const cut = response.body !== undefined && endsInsideJson(response.body);
  return one('json', cut ? { ...response, cut } : response, notes);
}

const RESPONSE_FIELDS = new Set(['status', 'statusCode', 'statusText', 'headers', 'body', 'data', 'ok', 'url', 'config', 'request', 'redirected', 'type']);

/** `{"status","headers","body"}`, also as fetch and axios print it. The platform's error bodies have a status too, but with a message or code. */
function isResponse(json: Record<string, unknown>): boolean {
  if (!Object.keys(json).every((k) => RESPONSE_FIELDS.has(k))) return isRecord(json['headers']) && json['body'] !== undefined;
  return statusOf(json['status'] ?? json['statusCode']) !== undefined || (json['headers'] !== undefined && (json['body'] ?? json['data']) !== undefined);
}

const REQUEST_FIELDS = new Set(['method', 'url', 'path', 'query', 'headers', 'body', 'data']);

const isRequestOnly = (json: Record<string, unknown>): boolean =>
  typeof json['method'] === 'string' && (json['url'] ?? json['path']) !== undefined && Object.keys(json).every((k) => REQUEST_FIELDS.has(k));

function bare(text: string): ReadResult {
  const notes = new Notes();
  const cut = endsInsideJson(text);
  notes.add('No status line was given: the text was read as the body of the response.');
  return one('body', { headers: [], body: text, ...(cut ? { cut } : {}) }, notes);
}

function one(form: TextForm, response: HttpResponse, notes: Notes, request?: HttpRequest): ReadResult {
  if (response.cut) notes.add('The body is cut off: only its beginning is here.');
  return { ok: true, form, exchanges: [{ ...optional('request', request), response }], notes: notes.list() };
}
