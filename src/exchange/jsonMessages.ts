import { isRecord, optional, text } from '../platform/json.js';
import type { Headers, HttpRequest, HttpResponse } from './exchange.js';
import type { Notes } from './notes.js';
import { sourceOf } from './parseJson.js';
import { encodeQueryPart } from './urlEncode.js';

/** A body as it would be sent, and its type where the form keeps that beside it (Pact v4). */
export interface Body {
  readonly text?: string;
  readonly contentType?: string;
}

/**
 * A JSON value as the text of a body: a string is the text itself, anything else is written with two blanks. What holds an integer
 * beyond 2^53 stays as it was written, or digits would be lost.
 */
export function bodyOf(value: unknown, notes: Notes): Body {
  if (value === undefined) return {};
  if (typeof value === 'string') return { text: value };
  const source = typeof value === 'object' && value !== null ? sourceOf(value) : undefined;
  if (source !== undefined) return { text: source };
  for (const indent of [2, 0]) {
    try {
      return { text: JSON.stringify(value, null, indent) };
    } catch {
      // Too deep for the stack, or too long with its indentation.
    }
  }
  notes.add('A body is nested too deeply and was left out.');
  return {};
}

/** Where a request names its URL and its body. */
export const URL_NAMES = ['url', 'uri', 'path'] as const;
export const BODY_NAMES = ['body', 'data'] as const;

/** The first of several spellings of a field. */
function first(json: Record<string, unknown>, names: readonly string[]): unknown {
  const name = names.find((n) => json[n] !== undefined);
  return name === undefined ? undefined : json[name];
}

/**
 * `{"method","url"|"path","query","headers","body"|"data"}` as a request; nothing where it names no URL. GET is assumed, or POST where
 * there is a body.
 */
export function requestOf(json: Record<string, unknown>, notes: Notes, readBody = bodyOf): HttpRequest | undefined {
  const url = text(first(json, URL_NAMES));
  if (url === undefined) return undefined;
  const body = readBody(first(json, BODY_NAMES), notes);
  const method = text(json['method']);
  if (method === undefined) notes.add(`No method is given: ${body.text === undefined ? 'GET' : 'POST'} was assumed.`);
  const query = queryOf(json['query']);
  return {
    method: method === undefined ? (body.text === undefined ? 'GET' : 'POST') : method.toUpperCase(),
    url: query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`,
    headers: withType(headersOf(json['headers']), body),
    ...optional('body', body.text),
  };
}

/** `{"status"|"statusCode","headers","body"|"data"}` as a response. */
export function responseOf(json: Record<string, unknown>, notes: Notes, readBody = bodyOf): HttpResponse {
  const body = readBody(first(json, BODY_NAMES), notes);
  return {
    ...optional('status', statusOf(first(json, ['status', 'statusCode']))),
    headers: withType(headersOf(json['headers']), body),
    ...optional('body', body.text),
  };
}

export function statusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 999 ? status : undefined;
}

/** Headers from `{name: value | values}`, `[{name, value}]` or `[[name, value]]`. HTTP/2's `:names` are no headers. */
export function headersOf(value: unknown): Headers {
  const pairs: [unknown, unknown][] = Array.isArray(value)
    ? value.map((h: unknown): [unknown, unknown] =>
        Array.isArray(h) ? [h[0], h[1]] : isRecord(h) ? [h['name'] ?? h['key'], h['value']] : [undefined, undefined],
      )
    : Object.entries(isRecord(value) ? value : {});
  return pairs.flatMap(([name, v]) => {
    if (typeof name !== 'string' || name === '' || name.startsWith(':')) return [];
    const values: unknown[] = Array.isArray(v) ? v : [v];
    return values.filter((one) => ['string', 'number', 'boolean'].includes(typeof one)).map((one): [string, string] => [name, String(one)]);
  });
}

function withType(headers: Headers, body: Body): Headers {
  if (body.contentType === undefined || headers.some(([n]) => n.toLowerCase() === 'content-type')) return headers;
  return [...headers, ['Content-Type', body.contentType]];
}

/** A query string as it is, or `{name: value | values}` encoded. */
function queryOf(value: unknown): string {
  if (typeof value === 'string') return value.replace(/^\?/, '');
  if (!isRecord(value)) return '';
  return Object.entries(value)
    .flatMap(([name, v]) => (Array.isArray(v) ? (v as unknown[]) : [v]).map((one) => [name, one] as const))
    .filter(([, one]) => ['string', 'number', 'boolean'].includes(typeof one))
    .map(([name, one]) => `${encodeQueryPart(name)}=${encodeQueryPart(String(one))}`)
    .join('&');
}
