import { isRecord, optional, text } from '../platform/json.js';
import { decodeBase64 } from './base64.js';
import type { Exchange, HttpRequest, HttpResponse, ReadResult } from './exchange.js';
import { headersOf, statusOf } from './jsonMessages.js';
import { Notes } from './notes.js';
import { encodeQueryPart } from './urlEncode.js';

/** A recording of days has fewer. */
const MOST_ENTRIES = 1_000_000;

export const isHar = (json: Record<string, unknown>): boolean => isRecord(json['log']) && Array.isArray(json['log']['entries']);

/** The entries of a HAR file (HTTP Archive 1.2), in the order of the file. */
export function readHar(json: Record<string, unknown>): ReadResult {
  const notes = new Notes();
  const log = isRecord(json['log']) ? json['log'] : {};
  const entries: unknown[] = Array.isArray(log['entries']) ? log['entries'] : [];
  const exchanges = entries.slice(0, MOST_ENTRIES).flatMap((entry): Exchange[] => {
    if (!isRecord(entry)) return [];
    const request = isRecord(entry['request']) ? harRequest(entry['request']) : undefined;
    const response = isRecord(entry['response']) ? harResponse(entry['response'], notes) : undefined;
    return request || response ? [{ ...optional('request', request), ...optional('response', response) }] : [];
  });
  if (entries.length > MOST_ENTRIES) {
    const denied = entries.slice(MOST_ENTRIES).filter((e) => isRecord(e) && isRecord(e['response']) && (statusOf(e['response']['status']) ?? 0) >= 400).length;
    notes.add(`Only the first ${MOST_ENTRIES} of ${entries.length} entries were read; of the others ${denied} were denied.`);
  }
  if (exchanges.length === 0) return { ok: false, problem: 'This HAR file holds no request.' };
  return { ok: true, form: 'har', exchanges, notes: notes.list() };
}

export function harRequest(json: Record<string, unknown>): HttpRequest | undefined {
  const url = text(json['url']);
  if (url === undefined) return undefined;
  const post = isRecord(json['postData']) ? json['postData'] : {};
  return {
    method: text(json['method']) ?? 'GET',
    url,
    headers: headersOf(json['headers']),
    ...optional('body', text(post['text']) ?? formOf(post['params'])),
    exported: true,
  };
}

/** Browsers that keep a form as `params` do not keep its text. */
function formOf(params: unknown): string | undefined {
  if (!Array.isArray(params) || params.length === 0) return undefined;
  return params
    .flatMap((p: unknown) => (isRecord(p) ? [`${encodeQueryPart(text(p['name']) ?? '')}=${encodeQueryPart(text(p['value']) ?? '')}`] : []))
    .join('&');
}

/** Status 0 is a request that got no answer: blocked, aborted, offline. */
export function harResponse(json: Record<string, unknown>, notes: Notes): HttpResponse | undefined {
  if (json['status'] === 0) {
    notes.add('An entry has status 0: the browser got no answer (blocked, aborted or offline).');
    return undefined;
  }
  const content = isRecord(json['content']) ? json['content'] : {};
  const written = text(content['text']);
  const base64 = written !== undefined && content['encoding'] === 'base64';
  const decoded = base64 ? decodeBase64(written) : undefined;
  if (base64 && decoded === undefined) notes.add('A body says that it is base64 and is not; it was kept as written.');
  if (written === undefined && typeof content['size'] === 'number' && content['size'] > 0) {
    notes.add('The body of a response was not recorded in the HAR file.');
  }
  return { ...optional('status', statusOf(json['status'])), headers: headersOf(json['headers']), ...optional('body', decoded ?? written) };
}
