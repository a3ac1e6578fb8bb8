import { CALLBACKS } from '../../platform/bodies/callbackBodies.js';
import { isRecord } from '../../platform/json.js';
import { pathOf } from '../../platform/operations.js';
import type { Attempt, AttemptState } from './attempt.js';

/** What an attempt was to make. A callback rings nobody: the agent is offered it, and dials (FACTS §7). */
export type AttemptKind = 'call' | 'callback';

export const kindOf = ({ exchange: { request } }: Pick<Attempt, 'exchange'>): AttemptKind =>
  request && pathOf(request.url).replace(/\/$/, '') === CALLBACKS ? 'callback' : 'call';

const CALL: Readonly<Record<AttemptState, string>> = {
  placed: 'placed',
  refused: 'refused',
  unknown: 'may have rung',
  sending: 'sending',
  'not-sent': 'not sent',
  'not-placed': 'did not ring',
};
const CALLBACK: Readonly<Record<AttemptState, string>> = {
  placed: 'callback created',
  refused: 'callback refused',
  unknown: 'callback may be created',
  sending: 'sending a callback',
  'not-sent': 'callback not sent',
  'not-placed': 'callback not created',
};

/** What became of an attempt, in two or three words. */
export function stateWords(attempt: Attempt): string {
  const words = (kindOf(attempt) === 'callback' ? CALLBACK : CALL)[attempt.state];
  // An answer that names the conversation needs no note: with one, the call was found in what the platform shows.
  return attempt.state === 'placed' && attempt.note !== undefined ? `${words}, found later` : words;
}

/** The telephone numbers and addresses that an attempt was to reach, as its request has them. */
export function addressesOf({ exchange: { request } }: Pick<Attempt, 'exchange'>): readonly string[] {
  const body = parse(request?.body);
  if (!isRecord(body)) return [];
  const parties: unknown[] = Array.isArray(body['participants']) ? body['participants'] : [];
  const callbacks: unknown[] = Array.isArray(body['callbackNumbers']) ? body['callbackNumbers'] : [];
  return [body['phoneNumber'], ...callbacks, ...parties.map((p) => (isRecord(p) ? p['address'] : undefined))].filter((a) => typeof a === 'string');
}

/** The JSON of a body; undefined for what is none. */
export function parse(body: string | undefined): unknown {
  try {
    return body === undefined ? undefined : JSON.parse(body);
  } catch {
    return undefined;
  }
}
