import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from '../../diagnosis/orgFacts.js';
import type { Attempts } from '../attempts.js';
import type { Client } from '../client.js';
import { type Aim, aimOf, isSameAim } from './aim.js';
import type { Attempt } from './attempt.js';
import type { Conversation } from './conversation.js';
import { activeCalls, endedCalls, recordedCalls, summaryOf, type Testimony, whoAsks } from './evidence.js';
import { fitOf, type MachineTime, machineTime, type Sent, whenSent } from './match.js';

/**
 * What the platform shows of an attempt that nobody knew the outcome of. `placed` and `not-placed` are proved; `unknown` says why
 * not, and may name a conversation that it may be.
 */
export type Settlement =
  | { readonly kind: 'placed'; readonly conversationId: string; readonly how: string }
  | { readonly kind: 'not-placed'; readonly how: string }
  | { readonly kind: 'unknown'; readonly why: string; readonly perhaps?: string };

export interface SettleOptions {
  /** Calls of the agent that were heard of since before the attempt, where somebody listened. */
  readonly heard?: () => readonly Conversation[];
  readonly signal?: AbortSignal;
  /** Told before each look, and how many milliseconds from now it is. */
  readonly waiting?: (look: number, of: number, milliseconds: number) => void;
  /** For tests. */
  readonly wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly looks?: readonly number[];
  readonly safe?: number;
  readonly machine?: () => MachineTime;
}

/** When to look, in milliseconds after the attempt; what is older is looked for once. At most 11 requests in all. */
const LOOKS: readonly number[] = [1000, 3000, 8000, 20_000, 60_000];
/** How long after an attempt a list without its call proves that there is none: the request is given up after half of it. */
const SAFE = 60_000;

/**
 * Looks for the call of an attempt in what the platform shows to this sign-in, a few times, and stops. Places nothing and changes
 * nothing. Never rejects for what the platform answers.
 * @param others the other attempts of this machine as they are now: what they have is not taken for this one's
 */
export async function settle(client: Client, attempt: Attempt, others: () => Promise<readonly Attempt[]>, options: SettleOptions = {}): Promise<Settlement> {
  const aim = aimOf(attempt);
  if (!aim) return unknown('the request names nobody whose call could be looked for');
  const api = new URL(client.region.api).origin;
  if (aim.origin !== api) return unknown(`it was sent to ${aim.origin}, and this sign-in is for ${api}`);
  const who = await whoAsks(client, options.signal);
  if (typeof who === 'string') return unknown(`the sign-in cannot be read: ${who}`);
  if (attempt.org !== '' && who.org !== '' && attempt.org !== who.org)
    return unknown(`it was sent to the org ${attempt.org}, and this sign-in is for ${who.org}`);
  const agentId = aim.agentId ?? (aim.as === 'self' && who.kind === 'user' ? who.id : undefined);
  if (agentId === undefined) return unknown('it was sent as the user who had signed in, and who that was is not known');

  const { looks = LOOKS, machine = machineTime, wait = pause, signal } = options;
  const age = Math.max(0, machine().now - Date.parse(attempt.at)) || 0;
  const ahead = looks.filter((at) => at > age);
  const waits = ahead.length > 0 ? ahead.map((at, i) => at - (ahead[i - 1] ?? age)) : [0];
  let last: Settlement = unknown('nobody has looked');
  for (const [i, milliseconds] of waits.entries()) {
    options.waiting?.(i + 1, waits.length, milliseconds);
    await wait(milliseconds, signal);
    if (signal?.aborted) return unknown('the search was cancelled');
    last = await look(client, attempt, { ...aim, agentId }, who, others, options, i === waits.length - 1);
    if (last.kind !== 'unknown') return last;
  }
  return last;
}

/** Settles an attempt in the list of attempts, where the platform shows what became of it. What another window found meanwhile stays. */
export async function settleAttempt(client: Client, attempts: Attempts, attempt: Attempt, options: SettleOptions = {}): Promise<Settlement> {
  const settlement = await settle(client, attempt, () => attempts.list(), options);
  const now = (await attempts.list()).find((a) => a.id === attempt.id) ?? attempt;
  if (now.state === 'placed' && now.conversationId !== undefined) return { kind: 'placed', conversationId: now.conversationId, how: now.note ?? '' };
  if (now.state !== 'unknown') return settlement;
  if (settlement.kind === 'placed')
    await attempts.settle({ ...now, state: 'placed', conversationId: settlement.conversationId, note: `found ${settlement.how}` });
  if (settlement.kind === 'not-placed') await attempts.settle({ ...now, state: 'not-placed', note: settlement.how });
  return settlement;
}

type Sought = Aim & { readonly agentId: string };

async function look(
  client: Client,
  attempt: Attempt,
  aim: Sought,
  who: Caller,
  others: () => Promise<readonly Attempt[]>,
  { heard, safe = SAFE, machine = machineTime, signal }: SettleOptions,
  isLast: boolean,
): Promise<Settlement> {
  const own = who.kind === 'user' && who.id === aim.agentId;
  const testimonies: Testimony[] = own
    ? await Promise.all([activeCalls(client, signal), endedCalls(client, signal)])
    : [await recordedCalls(client, aim.agentId, attempt.at, signal)];
  const told = testimonies.flatMap((t) => (t.kind === 'calls' ? t : []));
  const time = machine();
  const platformNow = Math.max(...testimonies.map((t) => t.platformTime ?? 0)) || time.now;
  const isClockSure = testimonies.some((t) => t.platformTime !== undefined);
  const sent = whenSent(attempt, platformNow, time);
  const sources = [...told, { conversations: heard?.() ?? [], where: 'among what the platform told of the agent’s calls' }];

  const list = (await others()).filter((a) => a.id !== attempt.id);
  const claimed = new Set(list.flatMap((a) => a.conversationId ?? []));
  const rivals = list
    .filter((a) => (a.state === 'unknown' || a.state === 'sending') && isRival(a, aim))
    .map((a) => ({ attempt: a, sent: whenSent(a, platformNow, time) }));
  const spans = [{ attempt, sent }, ...rivals.filter((r) => overlap(r.sent, sent))];
  const found = candidates(
    sources,
    claimed,
    aim,
    spans.map((s) => s.sent),
  );

  const verdict = assign(attempt, spans, found);
  if (verdict) return verdict;
  const mute = testimonies.flatMap((t) => (t.kind === 'mute' ? [t.why] : []));
  const whole = own && told.length === testimonies.length && told.every((t) => t.whole || oldestOf(t.conversations) < earliest(sent));
  if (whole && isClockSure && sent.sure && sent.ago >= safe)
    return {
      kind: 'not-placed',
      how: `${Math.round(sent.ago / 1000)} seconds after it was sent it is ${told.map((t) => `not ${t.where}`).join(' and ')}; how soon the platform lists a call there is not verified`,
    };
  if (!isLast) return unknown('nothing is to be seen of it yet');
  if (own)
    return unknown(
      mute.length > 0
        ? `the calls of the agent cannot be read: ${mute[0]}`
        : `it is ${told.map((t) => `not ${t.where}`).join(' and ')}, which proves too little`,
    );
  return unknown(`${mute[0] ?? `it is not ${told[0]?.where ?? 'recorded'}, where calls appear late`}. ${await summaryOf(client, aim.agentId, signal)}`);
}

/** Whether the call of another attempt would look the same as the one that is sought. */
function isRival(attempt: Attempt, aim: Sought): boolean {
  const other = aimOf(attempt);
  if (other?.origin !== aim.origin) return false;
  return isSameAim(other.agentId === undefined ? { ...other, agentId: aim.agentId } : other, aim);
}

const overlap = (a: Sent, b: Sent): boolean => a.spans.some((x) => b.spans.some((y) => x.from <= y.to && y.from <= x.to));

interface Candidate {
  readonly conversation: Conversation;
  readonly where: string;
  readonly certain: boolean;
}

/** What may be the call of any of the attempts, the oldest first; each conversation once, as the source that says most has it. */
function candidates(
  sources: readonly { readonly conversations: readonly Conversation[]; readonly where: string }[],
  claimed: ReadonlySet<string>,
  aim: Sought,
  spans: readonly Sent[],
): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const { conversations, where } of sources)
    for (const conversation of conversations) {
      if (claimed.has(conversation.id) || found.get(conversation.id)?.certain) continue;
      const fits = spans.map((sent) => fitOf(conversation, aim, aim.agentId, sent));
      const certain = fits.includes('certain');
      if (certain || fits.includes('possible')) found.set(conversation.id, { conversation, where, certain });
    }
  return [...found.values()].sort((a, b) => (a.conversation.startedAt ?? 0) - (b.conversation.startedAt ?? 0));
}

/** As many calls as attempts: each has its own, in their order. Fewer or more prove nothing of one of them. */
function assign(attempt: Attempt, spans: readonly { readonly attempt: Attempt; readonly sent: Sent }[], found: readonly Candidate[]): Settlement | undefined {
  if (found.length === 0) return undefined;
  const [first] = found as readonly [Candidate];
  const certain = found.filter((c) => c.certain);
  if (certain.length === 0)
    return unknown('a call of the agent began then, and whom it calls is not to be seen yet', found.length === 1 ? first.conversation.id : undefined);
  if (certain.length === spans.length) {
    // The same order in every window that looks, whatever the clocks say.
    const order = [...spans].sort((a, b) => Date.parse(a.attempt.at) - Date.parse(b.attempt.at) || (a.attempt.id < b.attempt.id ? -1 : 1));
    const mine = certain[order.findIndex((s) => s.attempt.id === attempt.id)] as Candidate;
    return { kind: 'placed', conversationId: mine.conversation.id, how: mine.where };
  }
  return spans.length === 1
    ? unknown(
        `${certain.length} calls of the agent to this destination began then: ${certain.map((c) => c.conversation.id).join(', ')}`,
        certain[0]?.conversation.id,
      )
    : unknown(`${certain.length} of ${spans.length} calls of the agent to this destination began, and which is not to be told`, certain[0]?.conversation.id);
}

const oldestOf = (conversations: readonly Conversation[]): number => Math.min(...conversations.map((c) => c.startedAt ?? Number.POSITIVE_INFINITY));

const earliest = ({ spans }: Sent): number => Math.min(...spans.map((s) => s.from));

const unknown = (why: string, perhaps?: string): Settlement => ({ kind: 'unknown', why, ...(perhaps === undefined ? {} : { perhaps }) });

const pause = async (milliseconds: number, signal: AbortSignal | undefined): Promise<void> => {
  await sleep(milliseconds, undefined, { ref: false, ...(signal ? { signal } : {}) }).catch(() => {});
};
