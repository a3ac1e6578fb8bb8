import { uptime } from 'node:os';
import { type Aim, isSameAddress } from './aim.js';
import type { Attempt } from './attempt.js';
import type { Conversation, Party } from './conversation.js';

/** A span of time by the platform's clock, in epoch milliseconds: no clock is exact. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** When a request left. */
export interface Sent {
  /** One; two where this machine's clocks do not agree, because one was set or the machine was started anew meanwhile. */
  readonly spans: readonly Span[];
  readonly sure: boolean;
  /** The least time since, in milliseconds. */
  readonly ago: number;
}

/** What this machine's clocks say: epoch milliseconds, and seconds since it was started. */
export interface MachineTime {
  readonly now: number;
  readonly uptime: number;
}
export const machineTime = (): MachineTime => ({ now: Date.now(), uptime: uptime() });

/** How far the two clocks of a machine may differ before one of them is disbelieved, in milliseconds. */
const DRIFT = 3000;
/** The platform tells its time to the second, and the answer takes a while. */
const INEXACT = 3000;
/** A request is given up after 30 seconds; the platform may have taken it up until then, and may take a while itself. */
const TAKEN_UP = 65_000;

/** When an attempt was sent: the time since is what counts, for the machine's clock may be wrong, or be set meanwhile. */
export function whenSent(attempt: Pick<Attempt, 'at' | 'uptime'>, platformNow: number, machine: MachineTime): Sent {
  const byClock = machine.now - Date.parse(attempt.at);
  const byUptime = attempt.uptime === undefined ? Number.NaN : (machine.uptime - attempt.uptime) * 1000;
  const agree = Math.abs(byClock - byUptime) <= DRIFT;
  const since = (agree ? [byUptime] : [byClock, byUptime]).map((ms) => (ms > -INEXACT ? Math.max(0, ms) : Number.NaN)).filter((ms) => !Number.isNaN(ms));
  const spans = since.map((ms) => ({ from: platformNow - ms - INEXACT, to: platformNow - ms + TAKEN_UP }));
  return { spans, sure: agree, ago: Math.min(...since) };
}

/** `certain`: this agent called this destination then. `possible`: this agent called somebody then, and whom is not to be seen yet. */
export type Fit = 'certain' | 'possible' | 'none';

export function fitOf(conversation: Conversation, aim: Aim, agentId: string, sent: Sent): Fit {
  const { startedAt, parties } = conversation;
  const isCaller = (p: Party): boolean => p.userId === agentId && p.direction !== 'inbound';
  const caller = parties.find(isCaller);
  if (!caller || (startedAt !== undefined && !sent.spans.some(({ from, to }) => startedAt >= from && startedAt <= to))) return 'none';
  const others = parties.filter((p) => p.userId !== agentId);
  const reached = others.some((p) => reaches(p, aim)) || caller.dialled.some((d) => aim.addresses.some((a) => isSameAddress(a, d)));
  if (!reached) return others.length === 0 && caller.dialled.length === 0 ? 'possible' : 'none';
  if (others.some((p) => contradicts(p.attributes, aim.attributes))) return 'none';
  return startedAt === undefined ? 'possible' : 'certain';
}

const reaches = (p: Party, aim: Aim): boolean =>
  [...p.dialled, ...(p.address === undefined ? [] : [p.address])].some((has) => aim.addresses.some((a) => isSameAddress(a, has))) ||
  (p.userId !== undefined && aim.userIds.includes(p.userId)) ||
  (p.queueId !== undefined && aim.queueIds.includes(p.queueId));

/** Attributes that say otherwise; that there are none says nothing: not every source has them. */
const contradicts = (has: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).some(([name, value]) => has[name] !== undefined && has[name] !== value);
