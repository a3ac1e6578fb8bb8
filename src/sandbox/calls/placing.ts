import type { Person } from '../org/types.js';
import type { World } from '../org/world.js';
import {
  addressOf,
  addressUri,
  type CallbackTerms,
  type CallRecord,
  type CallTerms,
  caller,
  type Destination,
  isLive,
  type Leg,
  newLeg,
  newParticipant,
  newRecord,
  type Participant,
  type Routing,
} from './conversation.js';
import { offer } from './distribution.js';
import { contact, ring, ringOutside } from './ringing.js';

/** Places a call: the agent's phone first, then whoever is called. @param id of an org file */
export function placeCall(world: World, agent: Person, terms: CallTerms, destinations: readonly Destination[], id?: string): CallRecord {
  const leg = newLeg('call', 'outbound', 'contacting');
  const participant = caller(agent, terms.fromQueue, leg);
  const call = newRecord(terms, [participant], { pending: [...destinations], ...(id === undefined ? {} : { id }) });
  world.calls.open(call);
  world.calls.tell(call);
  contact(world, call, participant, leg);
  return call;
}

/** Calls somebody for a conversation that is already there; the agent's phone first where it is not on it. */
export function callFrom(world: World, call: CallRecord, agent: Participant, destinations: readonly Destination[]): void {
  call.pending.push(...destinations);
  if (isLive(agent.call)) {
    if (agent.call.state === 'connected') callPending(world, call);
    return;
  }
  const leg = newLeg('call', 'outbound', 'contacting');
  agent.call = leg;
  world.calls.join(call, agent);
  world.calls.tell(call);
  contact(world, call, agent, leg);
}

/** Makes a callback wait until it is due, and then for a member of its queue. */
export function placeCallback(world: World, terms: CallTerms, callback: CallbackTerms, routing: Routing): CallRecord {
  const leg = newLeg('callback', 'inbound', 'scheduled');
  const customer = newParticipant(
    { purpose: 'customer', name: callback.userName, address: addressUri(callback.numbers[0] ?? ''), routing },
    leg,
    terms.attributes,
  );
  const call = newRecord(terms, [customer], { callback });
  world.calls.open(call);
  world.calls.tell(call);
  schedule(world, call);
  return call;
}

/** Waits, perhaps once more, for the time of a callback. */
export function schedule(world: World, call: CallRecord): void {
  const customer = call.participants[0];
  const leg = customer?.callback;
  const routing = customer?.routing;
  if (leg?.state !== 'scheduled' || !routing) return;
  const due = (call.callback?.scheduledAt ?? call.startedAt).getTime() - Date.now();
  const act = (): void => {
    world.calls.move(call, leg, 'connected');
    const queue = queueParticipant(routing, newLeg('callback', 'inbound', 'connected'));
    world.calls.join(call, queue);
    world.calls.tell(call);
    offer(world, call, queue);
  };
  world.calls.later(leg, due, act);
}

/** Calls everybody who is still to be called. */
export function callPending(world: World, call: CallRecord): void {
  const starts = call.pending.splice(0).map((d) => join(world, call, d));
  world.calls.tell(call);
  for (const start of starts) start();
}

/** Adds the participant who is called. @returns what makes it ring */
function join(world: World, call: CallRecord, destination: Destination): () => void {
  switch (destination.kind) {
    case 'number': {
      const leg = newLeg('call', 'outbound', 'dialing');
      const address = addressUri(destination.address);
      const customer = call.callback && call.participants.find((p) => p.purpose === 'customer' && !isLive(p.call));
      if (customer) customer.call = leg;
      world.calls.join(call, customer ?? newParticipant({ purpose: 'customer', name: destination.name, address }, leg, call.attributes));
      return () => ringOutside(world, call, leg, address);
    }
    case 'user': {
      const { user } = destination;
      const leg = newLeg('call', 'inbound', 'alerting');
      const participant = newParticipant({ purpose: 'user', name: user.name, address: addressOf(user), user }, leg);
      world.calls.join(call, participant);
      return () => ring(world, call, participant, leg);
    }
    case 'queue': {
      const participant = queueParticipant(destination.routing, newLeg('call', 'inbound', 'connected'));
      world.calls.join(call, participant);
      return () => offer(world, call, participant);
    }
  }
}

const queueParticipant = (routing: Routing, leg: Leg): Participant =>
  newParticipant({ purpose: 'acd', name: routing.queue.name, address: `sip:${routing.queue.id}@localhost;user=acd`, queue: routing.queue, routing }, leg);
