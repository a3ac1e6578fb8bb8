import type { Outcome } from '../org/outcomes.js';
import { routeFor } from '../org/telephony.js';
import type { Station } from '../org/types.js';
import type { World } from '../org/world.js';
import { type CallRecord, type Ending, isLive, type Leg, type Participant } from './conversation.js';
import { agentTimeout, BUSY, DROPPED, INVALID_NUMBER, NO_ANSWER, notReachable, REJECTED } from './endings.js';
import { answer, finish } from './progress.js';

/** The longest that a phone or a line takes to react, in milliseconds like all of these. */
const REACTION = 300;
/** How long an agent's phone is tried (community sources). */
const AGENT_TIMEOUT = 60_000;
/** How long a member of a queue is tried (`alertingTimeoutMs` as it was seen on the wire). */
const MEMBER_TIMEOUT = 8000;
/** How long somebody outside is tried (assumed). */
const OUTSIDE_TIMEOUT = 30_000;
/** After how long a call drops that drops. */
const DROP = 2000;

const WEBRTC = 'inin_webrtc_softphone';

interface Step {
  readonly after: number;
  readonly act: () => void;
}

/** Goes through steps, one after the other, as long as the leg lives and nobody else moves it. */
function run(world: World, leg: Leg, [next, ...rest]: readonly Step[]): void {
  if (!next || !isLive(leg)) return;
  world.calls.later(leg, next.after, () => {
    next.act();
    run(world, leg, rest);
  });
}

/** A WebRTC phone without a persistent connection does not take a call that another program places (community sources). */
const isShut = (station: Station): boolean => station.type === WEBRTC && station.webRtcPersistentEnabled === false;
const SHUT: Outcome = { kind: 'no-answer', milliseconds: undefined };

/** Tries the phone of an agent who calls: a WebRTC phone answers by itself, any other rings. */
export function contact(world: World, call: CallRecord, agent: Participant, leg: Leg): void {
  const station = agent.user?.station;
  const outcome = station && (world.outcomes.ofStation(station) ?? (isShut(station) ? SHUT : undefined));
  const reaction = Math.min(world.ringMilliseconds, REACTION);
  const isManual = station?.type !== WEBRTC;
  const alerting: Step = {
    after: reaction,
    act: () => {
      world.calls.move(call, leg, 'alerting');
      world.calls.tell(call);
    },
  };
  const wait = isManual ? world.ringMilliseconds : reaction;
  const last: Step =
    outcome?.kind === 'no-answer'
      ? { after: outcome.milliseconds ?? AGENT_TIMEOUT, act: () => finish(world, call, leg, agentTimeout(leg.id)) }
      : outcome?.kind === 'rejected'
        ? { after: wait, act: () => finish(world, call, leg, { type: 'client' }) }
        : { after: wait, act: () => answer(world, call, agent, leg) };
  run(world, leg, isManual ? [alerting, last] : [last]);
}

const NO_ROUTE: Outcome = { kind: 'no-route', milliseconds: undefined };

/** Whether the site of the phone that calls has a route for the number. */
function isRouted(world: World, call: CallRecord, address: string): boolean {
  const agent = call.participants.find((p) => p.user && p.call?.direction === 'outbound')?.user;
  return agent === undefined || routeFor(world, agent, address.replace(/^tel:/, '')).route !== undefined;
}

/** Dials a number. */
export function ringOutside(world: World, call: CallRecord, leg: Leg, address: string): void {
  const outcome = world.outcomes.ofNumber(address) ?? (isRouted(world, call, address) ? undefined : NO_ROUTE);
  const connect = {
    after: world.ringMilliseconds,
    act: () => {
      world.calls.move(call, leg, 'connected');
      world.calls.tell(call);
    },
  };
  const failure = outcome && failureOf(outcome, address, world.ringMilliseconds);
  const end = failure && { after: failure.after, act: () => finish(world, call, leg, failure.ending) };
  run(world, leg, [...(failure?.connectsFirst === false ? [] : [connect]), ...(end ? [end] : [])]);
}

interface Failure {
  readonly after: number;
  readonly ending: Ending;
  readonly connectsFirst: boolean;
}

/** How, and when, an outcome ends a call; undefined where it does not. */
function failureOf({ kind, milliseconds }: Outcome, address: string, ringMilliseconds: number): Failure | undefined {
  const failure = (after: number, ending: Ending): Failure => ({ after: milliseconds ?? after, ending, connectsFirst: kind === 'drops' });
  const reaction = Math.min(ringMilliseconds, REACTION);
  switch (kind) {
    case 'answers':
      return undefined;
    case 'no-route':
      return failure(0, notReachable(address));
    case 'invalid-number':
      return failure(reaction, INVALID_NUMBER);
    case 'busy':
      return failure(reaction, BUSY);
    case 'rejected':
      return failure(ringMilliseconds, REJECTED);
    case 'no-answer':
      return failure(OUTSIDE_TIMEOUT, NO_ANSWER);
    case 'drops':
      return failure(DROP, DROPPED);
  }
}

/** Rings the phone of somebody of the org who is called, or to whom a queue offers a call. */
export function ring(world: World, call: CallRecord, participant: Participant, leg: Leg): void {
  const station = participant.user?.station;
  if (!station?.edge?.online) {
    finish(world, call, leg, { type: 'transfer.notavailable' });
    return;
  }
  const outcome = world.outcomes.ofStation(station);
  const after = world.ringMilliseconds;
  if (outcome?.kind === 'no-answer') run(world, leg, [{ after: outcome.milliseconds ?? MEMBER_TIMEOUT, act: () => miss(world, call, participant, leg) }]);
  else if (outcome?.kind === 'rejected') run(world, leg, [{ after, act: () => finish(world, call, leg, { type: 'client' }) }]);
  else run(world, leg, [{ after, act: () => answer(world, call, participant, leg) }]);
}

/** Nobody picks up; a member of a queue gets no more of its conversations. */
function miss(world: World, call: CallRecord, { queue, user }: Participant, leg: Leg): void {
  if (queue && user) world.setRouting(user, 'NOT_RESPONDING');
  finish(world, call, leg, { type: 'transfer.noanswer' });
}
