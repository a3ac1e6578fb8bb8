import { randomUUID } from 'node:crypto';
import type { Exchange } from '../exchange/exchange.js';
import type { BuiltCall } from '../platform/callRequest.js';
import { isRecord, text } from '../platform/json.js';
import type { Attempt, Attempts } from './attempts.js';
import type { Client } from './client.js';
import type { Outcome } from './http.js';

/** Who calls whom, for the history and the confirmation: words, not ids. */
export interface CallWords {
  readonly agent: string;
  readonly to: string;
  readonly org: string;
}

/** How placing ended. Only `not-sent` proves that nothing happened; `unknown` may have rung. */
export type PlaceOutcome =
  | { readonly kind: 'placed'; readonly attempt: Attempt; readonly conversationId: string }
  | { readonly kind: 'refused'; readonly attempt: Attempt; readonly exchange: Exchange }
  | { readonly kind: 'unknown'; readonly attempt: Attempt; readonly why: string }
  | { readonly kind: 'not-sent'; readonly attempt: Attempt; readonly why: string };

/** The platform answers a call within seconds; after this it is not known what became of it. */
const TIMEOUT = 30_000;

/**
 * Places a call: writes the attempt down, sends the request once, and settles the attempt. Never repeats, whatever comes back,
 * and takes no cancellation: a request that has left cannot be called back (DESIGN §7). Where the attempt cannot be written down,
 * nothing is sent. Never rejects: whoever waits has to learn whether a phone may ring.
 */
export async function placeCall(client: Client, attempts: Attempts, call: BuiltCall, words: CallWords): Promise<PlaceOutcome> {
  const request = client.describe(call.method, call.path, call.body);
  const begun: Attempt = { id: randomUUID(), at: new Date().toISOString(), ...words, region: client.region.name, state: 'sending', exchange: { request } };
  try {
    await attempts.begin(begun);
  } catch (e) {
    const why = `the attempt could not be written down first (${wordsOf(e)}), and a call is not sent without`;
    return { kind: 'not-sent', why, attempt: { ...begun, state: 'not-sent', note: why } };
  }
  const { outcome, exchange } = await client
    .exchange(call.method, call.path, { body: call.body, timeout: TIMEOUT })
    .catch((e: unknown): { outcome: Outcome; exchange: Exchange } => ({
      outcome: { kind: 'no-answer', code: 'FAULT', why: `a fault of Call Doctor: ${wordsOf(e)}` },
      exchange: { request },
    }));
  const settle = async (change: Partial<Attempt> & Pick<Attempt, 'state'>): Promise<Attempt> => {
    const attempt = { ...begun, exchange, ...change };
    await attempts.settle(attempt);
    return attempt;
  };
  if (outcome.kind === 'not-sent') return { kind: 'not-sent', why: outcome.why, attempt: await settle({ state: 'not-sent', note: outcome.why }) };
  if (outcome.kind !== 'answered') {
    const why = outcome.kind === 'no-answer' ? outcome.why : 'it was cancelled';
    return { kind: 'unknown', why, attempt: await settle({ state: 'unknown', note: why }) };
  }
  const { status } = outcome;
  if (status >= 200 && status < 300) {
    const conversationId = idOf(outcome.body);
    if (conversationId !== undefined) return { kind: 'placed', conversationId, attempt: await settle({ state: 'placed', status, conversationId }) };
    const why = `accepted with status ${status}, but the answer names no conversation`;
    return { kind: 'unknown', why, attempt: await settle({ state: 'unknown', status, note: why }) };
  }
  // 500, 502, 503 and 504 may come after the work was done (FACTS §9), except those that name a telephony reason. So may the 408
  // of a gateway that waited too long for the platform.
  if ((status >= 500 || status === 408) && !/"code"\s*:\s*"providerapi\.error\./.test(outcome.body)) {
    const why = `answered ${status}, which does not say whether the call was made`;
    return { kind: 'unknown', why, attempt: await settle({ state: 'unknown', status, note: why }) };
  }
  return { kind: 'refused', exchange, attempt: await settle({ state: 'refused', status }) };
}

const wordsOf = (e: unknown): string => (e instanceof Error ? e.message : String(e));

function idOf(body: string): string | undefined {
  try {
    const json: unknown = JSON.parse(body);
    return isRecord(json) ? text(json['id']) || undefined : undefined;
  } catch {
    return undefined;
  }
}
