import { isRecord, optional, text } from '../platform/json.js';
import { decodeBase64 } from './base64.js';
import type { Exchange, ReadResult } from './exchange.js';
import { type Body, bodyOf, requestOf, responseOf } from './jsonMessages.js';
import { MOST_EXCHANGES, Notes } from './notes.js';

/** True for the contents of a Pact file, also one that holds messages only. */
export const isPact = (json: Record<string, unknown>): boolean =>
  Array.isArray(json['interactions']) || (Array.isArray(json['messages']) && isRecord(json['consumer']));

/** The HTTP interactions of a Pact file (specification 1 to 4). Matchers and generators are not applied: the examples are what is read. */
export function readPact(json: Record<string, unknown>): ReadResult {
  const notes = new Notes();
  const exchanges: Exchange[] = [];
  const interactions: unknown[] = Array.isArray(json['interactions']) ? json['interactions'] : [];
  let messages = Array.isArray(json['messages']) ? json['messages'].length : 0;
  for (const interaction of interactions) {
    if (exchanges.length === MOST_EXCHANGES) {
      notes.add(`Only the first ${MOST_EXCHANGES} interactions were read.`);
      break;
    }
    if (!isRecord(interaction) || isMessage(interaction)) {
      messages++;
      continue;
    }
    const request = isRecord(interaction['request']) ? requestOf(interaction['request'], notes, pactBody) : undefined;
    const response = isRecord(interaction['response']) ? responseOf(interaction['response'], notes, pactBody) : undefined;
    if (request || response) exchanges.push({ ...optional('request', request), ...optional('response', response) });
    else notes.add('An interaction has no path and no response; it was left out.');
  }
  if (messages > 0)
    notes.add(`${messages} ${messages === 1 ? 'interaction is no HTTP exchange and was' : 'interactions are no HTTP exchanges and were'} left out.`);
  if (exchanges.length === 0) return { ok: false, problem: 'This Pact file holds no HTTP interaction.' };
  return { ok: true, form: 'pact', exchanges, notes: notes.list() };
}

export function isMessage(interaction: Record<string, unknown>): boolean {
  const type = text(interaction['type']);
  return (type !== undefined && type !== 'Synchronous/HTTP') || (interaction['request'] === undefined && interaction['response'] === undefined);
}

/** True for a body of version 4. */
export const isWrapped = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && 'content' in value && Object.keys(value).every((k) => ['content', 'contentType', 'encoded', 'contentTypeHint'].includes(k));

export const isBase64 = (wrapped: Record<string, unknown>): boolean => /^(?:true|base64)$/i.test(String(wrapped['encoded']));

/** Version 4 wraps a body: `{content, contentType, encoded}`; `null` is an empty one before. */
export function pactBody(value: unknown, notes: Notes): Body {
  if (value === null) return { text: '' };
  if (!isWrapped(value)) return bodyOf(value, notes);
  const contentType = optional('contentType', text(value['contentType']));
  const content = value['content'];
  if (typeof content !== 'string' || !isBase64(value)) return { ...bodyOf(content, notes), ...contentType };
  const decoded = decodeBase64(content);
  if (decoded === undefined) notes.add('A body says that it is base64 and is not; it was kept as written.');
  return { text: decoded ?? content, ...contentType };
}
