import type { World } from '../org/world.js';
import { type CallRecord, type Ending, isLive, type Leg, legsOf, type Participant } from './conversation.js';
import { offer } from './distribution.js';
import { callPending } from './placing.js';

/** The longest that legs stay `disconnected` when their conversation is over, in milliseconds. */
const SETTLING = 1000;

/** Somebody of the org picks up. */
export function answer(world: World, call: CallRecord, participant: Participant, leg: Leg): void {
  if (!world.calls.move(call, leg, 'connected')) return;
  const queue = isOffer(participant, leg) ? queueOf(call, participant, leg) : undefined;
  const waiting = queue?.[leg.media];
  if (waiting) world.calls.move(call, waiting, 'disconnected', { type: 'transfer' });
  if (leg.media === 'call' && call.pending.length > 0) callPending(world, call);
  else world.calls.tell(call);
}

/** Ends one leg, and what cannot go on without it. */
export function finish(world: World, call: CallRecord, leg: Leg, ending: Ending): void {
  const participant = call.participants.find((p) => legsOf(p).includes(leg));
  const wasOffered = participant !== undefined && leg.connectedAt === undefined && isOffer(participant, leg);
  if (!world.calls.move(call, leg, 'disconnected', ending)) return;
  settle(world, call);
  world.calls.tell(call);
  const queue = wasOffered ? queueOf(call, participant, leg) : undefined;
  if (queue) offer(world, call, queue);
}

/** Ends every leg of a conversation. */
export function finishAll(world: World, call: CallRecord, endingOf: (participant: Participant) => Ending): void {
  call.pending.length = 0;
  for (const participant of call.participants)
    for (const leg of legsOf(participant)) if (isLive(leg)) world.calls.move(call, leg, 'disconnected', endingOf(participant));
  settle(world, call);
  world.calls.tell(call);
}

const isOffer = (participant: Participant, leg: Leg): boolean =>
  participant.purpose === 'agent' && participant.queue !== undefined && leg.direction === 'inbound';

/** The queue that offers a leg to one of its members, as long as it is there. */
const queueOf = (call: CallRecord, member: Participant, leg: Leg): Participant | undefined =>
  call.participants.find((p) => p.purpose === 'acd' && p.queue === member.queue && isLive(p[leg.media]));

/** Nobody talks alone: where one side is left, it ends too. Offers of a queue are on the queue's side. */
function settle(world: World, call: CallRecord): void {
  for (const media of ['call', 'callback'] as const) {
    const live = call.participants.filter((p) => isLive(p[media]));
    const isAboutToCall = media === 'call' && call.pending.length > 0 && live.length > 0;
    if (isAboutToCall || live.some((p) => p[media]?.state === 'scheduled')) continue;
    if (media === 'call') call.pending.length = 0;
    const sides = live.filter((p) => !(p[media]?.state === 'alerting' && isOffer(p, p[media]) && queueOf(call, p, p[media])));
    if (sides.length > 1) continue;
    for (const leg of live.map((p) => p[media])) if (leg) world.calls.move(call, leg, 'disconnected', { type: 'peer' });
  }
  if (call.endedAt || call.participants.some((p) => legsOf(p).some(isLive))) return;
  call.endedAt = new Date();
  world.calls.later(call, Math.max(1, Math.min(world.ringMilliseconds, SETTLING)), () => {
    for (const leg of call.participants.flatMap(legsOf)) world.calls.move(call, leg, 'terminated');
    world.calls.tell(call);
  });
}
