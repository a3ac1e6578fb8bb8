import { optional } from '../../platform/json.js';
import { type CallEnd, callEnd } from './callEnd.js';
import type { Conversation, Party } from './conversation.js';

/**
 * Where a call is. `dialing`: nothing rings yet. `agent`: the agent's phone rings. `outside`: whoever is called is dialled and
 * rings, or waits in a queue. `held`: connected, and one side waits.
 */
export type CallPhase = 'dialing' | 'agent' | 'outside' | 'connected' | 'held' | 'ended';

/** A call as it is now. */
export interface LiveCall {
  readonly conversationId: string;
  readonly phase: CallPhase;
  /** The agent's participant: whose leg ends when they hang up. */
  readonly participantId?: string;
  /** Since when both sides talk, epoch milliseconds by the platform's clock. */
  readonly connectedAt?: number;
  readonly endedAt?: number;
  /** How long they talked, in milliseconds, by the platform's clock alone; only where they did and it is over. */
  readonly talked?: number;
  /** Only where it has ended. */
  readonly end?: CallEnd;
}

export const PHASE_WORDS: Readonly<Record<CallPhase, string>> = {
  dialing: 'dialing',
  agent: 'ringing at the agent',
  outside: 'ringing outside',
  connected: 'connected',
  held: 'on hold',
  ended: 'ended',
};

const OVER: ReadonlySet<string> = new Set(['disconnected', 'terminated']);
const isOver = (p: Party): boolean => OVER.has(p.state) || (p.state === '' && p.endedAt !== undefined);

/** @param agentId the user whose phone rings first; where it is not known, the first user who calls */
export function liveCall(conversation: Conversation, agentId: string | undefined): LiveCall {
  const { parties } = conversation;
  const caller = agentId ?? parties.find((p) => p.userId !== undefined && p.direction !== 'inbound')?.userId;
  const own = parties.filter((p) => p.userId !== undefined && p.userId === caller);
  const agent = own.find((p) => !isOver(p)) ?? own.at(-1);
  const others = parties.filter((p) => !own.includes(p));
  const connectedAt = talkBegan(agent, others);
  const phase = phaseOf(conversation, agent, others);
  const endedAt = phase === 'ended' ? latest([conversation.endedAt, ...parties.map((p) => p.endedAt)]) : undefined;
  return {
    conversationId: conversation.id,
    phase,
    ...optional('participantId', agent?.id),
    ...optional('connectedAt', connectedAt),
    ...optional('endedAt', endedAt),
    ...optional('talked', connectedAt !== undefined && endedAt !== undefined ? Math.max(0, endedAt - connectedAt) : undefined),
    ...optional('end', phase === 'ended' ? callEnd(conversation, caller) : undefined),
  };
}

function phaseOf(conversation: Conversation, agent: Party | undefined, others: readonly Party[]): CallPhase {
  const { parties } = conversation;
  if (conversation.endedAt !== undefined || (parties.length > 0 && parties.every(isOver)) || (agent !== undefined && isOver(agent))) return 'ended';
  if (agent?.state === 'alerting') return 'agent';
  if (agent && agent.state !== 'connected') return 'dialing';
  const called = others.filter((p) => !isOver(p));
  if (called.some((p) => p.state === 'connected' && p.purpose !== 'acd')) return agent?.held || called.every((p) => p.held) ? 'held' : 'connected';
  return called.length > 0 ? 'outside' : 'dialing';
}

/** Both sides talk from when the later of the agent and the first who answered was connected. */
function talkBegan(agent: Party | undefined, others: readonly Party[]): number | undefined {
  const answered = others.filter((p) => p.purpose !== 'acd').flatMap((p) => p.connectedAt ?? []);
  if (agent?.connectedAt === undefined || answered.length === 0) return undefined;
  return Math.max(agent.connectedAt, Math.min(...answered));
}

function latest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((t) => t !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}
