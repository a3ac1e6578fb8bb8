import type { Exchange } from '../../exchange/exchange.js';
import { isRecord } from '../../platform/json.js';
import { type Client, refusal } from '../client.js';
import { ask } from './ask.js';
import { readConversation } from './conversation.js';
import { liveCall } from './liveCall.js';

/** What became of a wish to hang up. `over`: it had ended before. `unknown`: no answer; hanging up again does no harm. */
export type HangUp =
  | { readonly kind: 'ended' }
  | { readonly kind: 'over' }
  | { readonly kind: 'refused'; readonly why: string; readonly exchange: Exchange }
  | { readonly kind: 'unknown'; readonly why: string };

/** Which call is to end, and as whom. */
export interface Line {
  readonly conversationId: string;
  /** The agent's participant, where it is known: `LiveCall.participantId`. */
  readonly participantId?: string;
  readonly agentId?: string;
  /** Whether the sign-in is the agent's own. */
  readonly self: boolean;
}

/** The platform answers a command within seconds. */
const TIMEOUT = 15_000;

/**
 * Ends a call, because a person wants it: the agent's leg, as when they put the phone down (PATCH of the participant, on behalf with
 * its sibling for users, FACTS §1.6). Where the participant is not known, the whole conversation ends. Sent once.
 */
export async function hangUp(client: Client, line: Line): Promise<HangUp> {
  const { method, path, body } = operationFor(line);
  const { outcome, exchange } = await client.exchange(method, path, { ...(body ? { body } : {}), timeout: TIMEOUT });
  if (outcome.kind === 'not-sent') return { kind: 'unknown', why: `nothing was sent: ${outcome.why}` };
  if (outcome.kind !== 'answered') return { kind: 'unknown', why: outcome.kind === 'no-answer' ? outcome.why : 'it was cancelled' };
  const { status, body: answer } = outcome;
  if (status >= 200 && status < 300) return { kind: 'ended' };
  if (status >= 500 || status === 408) return { kind: 'unknown', why: refusal(status, answer) };
  // That somebody is not in the call any more is said in several ways, and by some that mean another thing: the call itself knows.
  if (
    (status === 403 || status === 404 || status === 400 || status === 409) &&
    (/not\.active\.participant/.test(codeOf(answer)) || (await isOver(client, line)))
  )
    return { kind: 'over' };
  return { kind: 'refused', why: refusal(status, answer), exchange };
}

function operationFor({ conversationId, participantId, agentId, self }: Line): { readonly method: string; readonly path: string; readonly body?: object } {
  const id = encodeURIComponent(conversationId);
  const disconnected = { state: 'disconnected' };
  const participant = participantId === undefined ? undefined : `/api/v2/conversations/calls/${id}/participants/${encodeURIComponent(participantId)}`;
  if (participant !== undefined && self) return { method: 'PATCH', path: participant, body: disconnected };
  if (participant !== undefined && agentId !== undefined)
    return { method: 'PATCH', path: `${participant}/user/${encodeURIComponent(agentId)}`, body: disconnected };
  if (self) return { method: 'PATCH', path: `/api/v2/conversations/calls/${id}`, body: disconnected };
  return { method: 'POST', path: `/api/v2/conversations/${id}/disconnect` };
}

async function isOver(client: Client, { conversationId, agentId }: Line): Promise<boolean> {
  const id = encodeURIComponent(conversationId);
  for (const path of [`/api/v2/conversations/calls/${id}`, `/api/v2/conversations/${id}`]) {
    const { answer } = await ask(client, 'GET', path, readConversation);
    if (answer.kind === 'ok') return liveCall(answer.value, agentId).phase === 'ended';
  }
  return false;
}

function codeOf(body: string): string {
  try {
    const json: unknown = JSON.parse(body);
    return isRecord(json) && typeof json['code'] === 'string' ? json['code'] : '';
  } catch {
    return '';
  }
}
