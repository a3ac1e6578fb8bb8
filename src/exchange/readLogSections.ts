import { optional } from '../platform/json.js';
import { statusOf } from './jsonMessages.js';
import { readLiteral } from './readLogLiteral.js';
import type { Logged } from './readLogParts.js';

/** A line that begins a part: of the official SDKs (log format text), or of what Postman's console and browsers copy. */
const MARK = /^[ \t]{0,9}(?:=== (REQUEST|RESPONSE) ===|(Request|Response) (Headers|Body):?)[ \t]*$/i;
const FIELD = /^[ \t]{0,2}(URL|Method|Status|Headers|Body|CorrelationId):[ \t]?(.*)$/;
const HEADER = /^[ \t]{0,9}([\w-]{1,100}):[ \t]?(.*)$/;
const MOST_HEADERS = 1000;

type Side = 'request' | 'response';

/** One record as its lines are read. */
interface Entry {
  method?: string;
  url?: string;
  status?: number | undefined;
  correlationId?: string;
  /** Of the request and of the response; absent where the log has no such part. */
  readonly headers: Map<Side, [string, string][]>;
  readonly body: Map<Side, string[]>;
}

/** The records of a log whose parts have titles: `=== REQUEST ===`, `Response Body`. None where it has no such titles. */
export function readSections(text: string): readonly Logged[] {
  if (!/^[ \t]{0,9}(?:=== RESPONSE ===|Response (?:Headers|Body):?)[ \t]*\r?$/im.test(text)) return [];
  const records: Entry[] = [];
  let record: Entry | undefined;
  let side: Side = 'request';
  let part: 'headers' | 'body' | undefined;
  for (const line of lines(text)) {
    const mark = MARK.exec(line);
    if (mark) {
      const next = (mark[1] ?? mark[2] ?? '').toLowerCase() === 'request' ? 'request' : 'response';
      // A request after an answer is the next exchange.
      if (!record || (next === 'request' && side === 'response')) {
        record = { headers: new Map(), body: new Map() };
        records.push(record);
      }
      side = next;
      part = mark[3] === undefined ? undefined : mark[3].toLowerCase() === 'body' ? 'body' : 'headers';
      if (part === 'headers') headersOf(record, side);
      if (part === 'body') record.body.set(side, []);
      continue;
    }
    if (!record) continue;
    const field = part === 'body' && !/^CorrelationId:/.test(line) ? undefined : FIELD.exec(line);
    if (field) part = read(record, side, field[1] as string, field[2] as string);
    else if (part === 'body') record.body.get(side)?.push(line);
    else if (part === 'headers') {
      const header = HEADER.exec(line);
      const headers = headersOf(record, side);
      if (header && headers.length < MOST_HEADERS) headers.push([header[1] as string, (header[2] as string).trim()]);
    }
  }
  return records.map(loggedOf);
}

/** Reads `Name: value` of a record. @returns what the following lines belong to */
function read(record: Entry, side: Side, name: string, value: string): 'headers' | 'body' | undefined {
  switch (name) {
    case 'URL':
      record.url = value.trim();
      return undefined;
    case 'Method':
      record.method = value.trim();
      return undefined;
    case 'Status':
      record.status = statusOf(/^\d{3}/.exec(value.trim())?.[0]);
      return undefined;
    case 'CorrelationId':
      if (value.trim() !== '') record.correlationId = value.trim();
      return undefined;
    case 'Headers':
      headersOf(record, side);
      return 'headers';
    default:
      record.body.set(side, [value]);
      return 'body';
  }
}

function headersOf(record: Entry, side: Side): [string, string][] {
  const headers = record.headers.get(side) ?? [];
  record.headers.set(side, headers);
  return headers;
}

function loggedOf({ method, url, status, correlationId, headers, body }: Entry): Logged {
  return {
    ...optional('method', method || undefined),
    ...optional('url', url || undefined),
    ...optional('requestHeaders', headers.get('request')),
    ...optional('requestBody', bodyOf(body.get('request'))),
    ...optional('status', status),
    ...optional('responseHeaders', headers.get('response')),
    ...optional('responseBody', bodyOf(body.get('response'))),
    ...optional('correlationId', correlationId),
  };
}

/** Of what follows a body that is JSON, the next line of the log is no part. */
function bodyOf(lines: readonly string[] | undefined): string | undefined {
  const text = lines?.join('\n').trim();
  const literal = text ? readLiteral(text, 0) : undefined;
  return literal && !literal.cut ? literal.json : text || undefined;
}

function* lines(text: string): Iterable<string> {
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    yield text.slice(at, text[end - 1] === '\r' ? end - 1 : end);
    at = end + 1;
  }
}
