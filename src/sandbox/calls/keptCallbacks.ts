import { aGuid, aList, aMap, anInteger, anObject, aString } from '../org/shape.js';
import { aText, aTime, find, findAll, nullable, type Part, part } from '../org/statePart.js';
import { addressUri, type CallRecord, isLive, NO_TERMS, newLeg, newParticipant, newRecord } from './conversation.js';
import { schedule } from './placing.js';

/**
 * Callbacks that wait, for their time or for somebody: a promise outlives the sandbox where its state is kept. Who was offered
 * one is offered it anew. Calls do not outlive it, and nor does a callback that is being worked on.
 */
export const CALLBACKS: Part = part(
  anObject(
    {
      startedAt: aTime,
      participant: aGuid,
      leg: aGuid,
      numbers: aList(aText),
      attributes: aMap(aText),
      queue: aGuid,
      priority: anInteger(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
      skills: aList(aGuid),
      language: nullable(aGuid),
      owners: aList(aGuid),
    },
    { scheduledAt: aTime, userName: aText, scriptId: aText, callerId: aText, callerIdName: aText, skillExpression: aString },
  ),
  {
    name: 'callbacks',
    concernedBy: (c) => (c.kind === 'call' && c.call.callback ? [c.call.id] : []),
    save: (world, id) => waiting(world.calls.get(id)),
    restore: (world, id, saved, wrong) => {
      const queue = find(world.queues, saved.queue, 'queue', wrong, 'queue');
      const language = saved.language === null ? undefined : find(world.languages, saved.language, 'language', wrong, 'language');
      const skills = findAll(world.skills, saved.skills, 'skill', wrong, 'skills');
      const owners = findAll(world.people, saved.owners, 'user', wrong, 'owners');
      if (!queue) return;
      const { priority, skillExpression, numbers, userName, scriptId, scheduledAt, callerId, callerIdName } = saved;
      const startedAt = new Date(saved.startedAt);
      const attributes = Object.fromEntries(saved.attributes);
      const leg = { ...newLeg('callback', 'inbound', 'scheduled', startedAt), id: saved.leg };
      const who = {
        purpose: 'customer',
        name: userName,
        address: addressUri(numbers[0] ?? ''),
        routing: { queue, priority, skills, language, skillExpression, owners },
      } as const;
      const customer = { ...newParticipant(who, leg, attributes), id: saved.participant };
      const callback = { numbers, userName, scriptId, scheduledAt: scheduledAt === undefined ? undefined : new Date(scheduledAt) };
      const call = { ...newRecord({ ...NO_TERMS, fromQueue: queue, callerId, callerIdName, attributes }, [customer], { id, callback }), startedAt };
      world.calls.open(call);
      schedule(world, call);
    },
  },
);

function waiting(call: CallRecord | undefined): object | undefined {
  const customer = call?.participants.find((p) => p.purpose === 'customer');
  const { routing, callback: leg } = customer ?? {};
  if (!call?.callback || !customer || !routing || !leg || !isLive(leg)) return undefined;
  // Somebody has it: their leg is connected.
  if (call.participants.some((p) => p.purpose === 'agent' && p.callback?.connectedAt !== undefined)) return undefined;
  return {
    startedAt: call.startedAt,
    participant: customer.id,
    leg: leg.id,
    ...call.callback,
    callerId: call.callerId,
    callerIdName: call.callerIdName,
    attributes: customer.attributes,
    queue: routing.queue.id,
    priority: routing.priority,
    skills: routing.skills.map((s) => s.id),
    language: routing.language?.id ?? null,
    skillExpression: routing.skillExpression,
    owners: routing.owners.map((p) => p.id),
  };
}
