import { type Diagnosis, diagnose } from '../diagnosis/diagnose.js';
import type { OrgFacts } from '../diagnosis/orgFacts.js';
import type { Exchange, HttpRequest } from '../exchange/exchange.js';
import { type BuiltCall, buildCallRequest, type CallIntent } from '../platform/callRequest.js';
import type { Operations } from '../platform/operations.js';
import type { Attempts } from './attempts.js';
import type { Client } from './client.js';
import { gatherFacts } from './evidence.js';
import { type CallWords, type PlaceOutcome, placeCall } from './place.js';

/** A diagnosis with what it was made from. */
export interface Explained {
  readonly exchange: Exchange;
  readonly diagnosis: Diagnosis;
  /** What the org said, where it was asked. */
  readonly facts?: OrgFacts;
}

/** Places a call and, when it is refused, asks the org why (DESIGN §4). What was accepted needs no asking. */
export const placeAndExplain = (
  client: Client,
  attempts: Attempts,
  operations: Operations,
  intent: CallIntent,
  words: CallWords,
): Promise<{ readonly outcome: PlaceOutcome; readonly explained?: Explained }> => placeBuilt(client, attempts, operations, buildCallRequest(intent), words);

/** The same with a request that somebody wrote. */
export async function placeBuilt(
  client: Client,
  attempts: Attempts,
  operations: Operations,
  call: BuiltCall,
  words: CallWords,
): Promise<{ readonly outcome: PlaceOutcome; readonly explained?: Explained }> {
  const outcome = await placeCall(client, attempts, call, words);
  if (outcome.kind === 'refused') return { outcome, explained: await judge(client, operations, outcome.exchange) };
  const { exchange } = outcome.attempt;
  return outcome.kind === 'placed' ? { outcome, explained: { exchange, diagnosis: diagnose({ exchange, operations }) } } : { outcome };
}

/** The same evaluation before anything is dialled: only reads are sent. */
export async function checkCall(client: Client, operations: Operations, intent: CallIntent, signal?: AbortSignal): Promise<Explained> {
  const call = buildCallRequest(intent);
  return judge(client, operations, { request: client.describe(call.method, call.path, call.body) }, signal);
}

/** The same for a request that somebody wrote, as if this caller sent it. */
export const checkRequest = (client: Client, operations: Operations, request: HttpRequest, signal?: AbortSignal): Promise<Explained> =>
  judge(client, operations, { request }, signal);

/** Explains an exchange of anybody with what the org says to this caller: that the caller sent it is assumed, and said. */
export const explain = (client: Client, operations: Operations, exchange: Exchange, signal?: AbortSignal): Promise<Explained> =>
  judge(client, operations, exchange, signal, { senderAssumed: true });

async function judge(
  client: Client,
  operations: Operations,
  exchange: Exchange,
  signal?: AbortSignal,
  sender: Pick<OrgFacts, 'senderAssumed'> = {},
): Promise<Explained> {
  const facts: OrgFacts = { ...(await gatherFacts(client, exchange, operations, signal)), ...sender };
  return { exchange, facts, diagnosis: diagnose({ exchange, operations, facts }) };
}
