import { isRecord, optional } from '../platform/json.js';
import type { Exchange, ReadResult } from './exchange.js';
import { isHar, readHar } from './har.js';
import { requestOf, responseOf } from './jsonMessages.js';
import { MOST_EXCHANGES, Notes } from './notes.js';
import { isPact, readPact } from './pact.js';

/**
 * A JSON document that holds whole exchanges, the same for requests and responses: HAR, Pact, `{"request","response"}`, or a list of
 * such pairs or requests. Nothing where it is another.
 */
export function readJsonDocument(json: unknown): ReadResult | undefined {
  if (Array.isArray(json)) return readList(json);
  if (!isRecord(json)) return undefined;
  if (isHar(json)) return readHar(json);
  if (isPact(json)) return readPact(json);
  if (!isRecord(json['response']) && (!isRecord(json['request']) || ['status', 'statusCode', 'code', 'message', 'error', 'errors'].some((k) => k in json)))
    return undefined;
  const notes = new Notes();
  const exchange = pairOf(json, notes);
  if (!exchange) return { ok: false, problem: 'The "request" of this JSON names no "url" or "path".' };
  return { ok: true, form: 'json', exchanges: [exchange], notes: notes.list() };
}

function pairOf(json: Record<string, unknown>, notes: Notes): Exchange | undefined {
  const request = isRecord(json['request']) ? requestOf(json['request'], notes) : undefined;
  const response = isRecord(json['response']) ? responseOf(json['response'], notes) : undefined;
  return request || response ? { ...optional('request', request), ...optional('response', response) } : undefined;
}

function readList(json: readonly unknown[]): ReadResult | undefined {
  const notes = new Notes();
  const exchanges: Exchange[] = [];
  for (const item of json.slice(0, MOST_EXCHANGES)) {
    if (!isRecord(item)) return undefined;
    const request = typeof item['method'] === 'string' ? requestOf(item, notes) : undefined;
    const exchange = request ? { request } : pairOf(item, notes);
    if (!exchange) return undefined;
    exchanges.push(exchange);
  }
  if (exchanges.length === 0) return undefined;
  if (json.length > MOST_EXCHANGES) notes.add(`Only the first ${MOST_EXCHANGES} exchanges were read.`);
  return { ok: true, form: 'json', exchanges, notes: notes.list() };
}
