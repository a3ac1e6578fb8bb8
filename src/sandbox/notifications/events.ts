import { isRecord } from '../../platform/json.js';
import { type CallRecord, type Leg, peopleOf, queuesOf } from '../calls/conversation.js';
import { callbackConversationDocument, callConversationDocument, conversationDocument } from '../calls/documents.js';
import { conversationSummaryDocument } from '../documents/users.js';
import type { Change, Person } from '../org/types.js';
import type { World } from '../org/world.js';

/** Something to tell on one topic. The body is made where somebody listens. */
export interface Event {
  readonly topic: string;
  readonly body: () => object;
}

/** What a change of the org means to those who listen. Bodies are complete, as the SDK's types of the topics have them. */
export function eventsOf(world: World, change: Change): readonly Event[] {
  switch (change.kind) {
    case 'call':
      return eventsOfCall(world, change.call);
    case 'presence':
      return [{ topic: `v2.users.${change.person.id}.presence`, body: () => presence(change.person) }];
    case 'routing':
      return [{ topic: `v2.users.${change.person.id}.routingStatus`, body: () => routingStatus(change.person) }];
    case 'station':
      return [{ topic: `v2.users.${change.person.id}.station`, body: () => station(change.person) }];
    case 'token':
      return [{ topic: `v2.users.${change.person.id}.tokens`, body: () => token(change.person, change.clientId, change.expiresAt) }];
    case 'member': {
      const { queue, person, joined } = change;
      return [
        { topic: `v2.routing.queues.${queue.id}.users`, body: () => ({ id: person.id, user: { id: person.id }, queueId: queue.id, joined: joined ?? false }) },
      ];
    }
    default:
      return [];
  }
}

function eventsOfCall(world: World, call: CallRecord): readonly Event[] {
  const has = (media: Leg['media']): boolean => call.participants.some((p) => p[media]);
  const subjects = [...peopleOf(call).map((p) => `v2.users.${p.id}`), ...queuesOf(call).map((q) => `v2.routing.queues.${q.id}`)];
  return [
    ...subjects.flatMap((subject) => [
      { topic: `${subject}.conversations`, body: () => conversation(call) },
      ...(has('call') ? [{ topic: `${subject}.conversations.calls`, body: () => without(callConversationDocument(call), NOT_IN_CALLS) }] : []),
      ...(has('callback') ? [{ topic: `${subject}.conversations.callbacks`, body: () => without(callbackConversationDocument(call), NOT_IN_CALLS) }] : []),
    ]),
    ...peopleOf(call).map((p) => ({ topic: `v2.users.${p.id}.conversationsummary`, body: () => conversationSummaryDocument(world, p) })),
  ];
}

/** Fields of the documents that the types of the topics do not have. */
const NOT_IN_CALLS: ReadonlySet<string> = new Set(['selfUri', 'startAlertingTime', 'uuiData']);
const NOT_IN_CONVERSATIONS: ReadonlySet<string> = new Set(['selfUri', 'startAlertingTime', 'startTime', 'queueName', 'ani', 'aniName', 'dnis']);

function conversation(call: CallRecord): object {
  const { endTime: _, ...document } = conversationDocument(call);
  return without(document, NOT_IN_CONVERSATIONS);
}

/** A copy of a document without some fields, at any depth. Divisions have no names there. */
const without = (document: object, names: ReadonlySet<string>): object =>
  JSON.parse(
    JSON.stringify(document, (name, value: unknown) => {
      if (names.has(name)) return undefined;
      return name === 'division' && isRecord(value) ? { id: value['id'] } : value;
    }),
  ) as object;

const presence = (p: Person): object => ({
  source: 'PURECLOUD',
  presenceDefinition: { id: p.presence.definition.id, systemPresence: p.presence.definition.systemPresence },
  primary: true,
  message: p.presence.message,
  modifiedDate: p.presence.since,
});

const routingStatus = (p: Person): object => ({ id: p.id, routingStatus: { status: p.routing.status, startTime: p.routing.since } });

const station = (p: Person): object => (p.station ? { associatedStation: { id: p.station.id, name: p.station.name, associatedUser: { id: p.id } } } : {});

const token = (p: Person, clientId: string, expiresAt: number): object => ({
  user: { id: p.id, name: p.name },
  dateCreated: new Date(),
  tokenExpirationDate: new Date(expiresAt),
  clientId,
});
