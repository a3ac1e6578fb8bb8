import { randomUUID } from 'node:crypto';
import { uptime } from 'node:os';
import type { Exchange } from '../exchange/exchange.js';
import type { BuiltCall } from '../platform/callRequest.js';
import { isGuid } from '../platform/guid.js';
import { isRecord, optional, text } from '../platform/json.js';
import type { Attempts } from './attempts.js';
import type { Attempt, Sender } from './calls/attempt.js';
import { type AttemptKind, kindOf } from './calls/attemptWords.js';
import type { Client } from './client.js';
import type { Outcome } from './http.js';

/** Who calls whom, for the history and the confirmation: words, not ids. */
export interface CallWords {
  readonly agent: string;
  readonly to: string;
  readonly org: string;
  /** Whose sign-in it is, so that what became of the call can be found out later with the same one. */
  readonly sender?: Sender;
  /**
   * The ids of the attempts that the person was told of before they confirmed. Where it is given, and another attempt for the same
   * agent began meanwhile in another window, nothing is sent: that was not what was confirmed.
   */
  readonly toldOf?: ReadonlySet<string>;
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
  const { agent, to, org, sender, toldOf } = words;
  const begun: Attempt = {
    id: randomUUID(),
    at: new Date().toISOString(),
    uptime: uptime(),
    ...{ agent, to, org, region: client.region.name },
    ...optional('sender', sender),
    state: 'sending',
    exchange: { request },
  };
  try {
    await attempts.begin(begun);
  } catch (e) {
    const why = `the attempt could not be written down first (${wordsOf(e)}), and a call is not sent without`;
    return { kind: 'not-sent', why, attempt: { ...begun, state: 'not-sent', note: why } };
  }
  const other = toldOf && (await begunBefore(attempts, begun)).find((a) => !toldOf.has(a.id));
  if (other) {
    const why = `another window began a call for ${agent} to ${other.to} meanwhile`;
    const attempt: Attempt = { ...begun, state: 'not-sent', note: why };
    await attempts.settle(attempt);
    return { kind: 'not-sent', why, attempt };
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
    const conversationId = idOf(outcome.body, kindOf({ exchange: { request } }));
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

/** The attempts that may have rung for the same agent and that began before this one, by the order of the file: of two at once one goes first. */
async function begunBefore(attempts: Attempts, begun: Attempt): Promise<readonly Attempt[]> {
  const all = await attempts.mayHaveRung(begun);
  return all.slice(all.findIndex((a) => a.id === begun.id) + 1);
}

const wordsOf = (e: unknown): string => (e instanceof Error ? e.message : String(e));

/**
 * The id of the conversation: a GUID, as all ids of conversations are. What else calls itself an id proves no call. The answer to a
 * callback names it one level deeper (FACTS §7).
 */
function idOf(body: string, kind: AttemptKind): string | undefined {
  try {
    const json: unknown = JSON.parse(body);
    const named = kind === 'callback' && isRecord(json) ? json['conversation'] : json;
    const id = isRecord(named) ? text(named['id']) : undefined;
    return id !== undefined && isGuid(id) ? id : undefined;
  } catch {
    return undefined;
  }
}
