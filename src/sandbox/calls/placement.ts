import { FIELDS } from '../../platform/callRequest.js';
import { isRecord } from '../../platform/json.js';
import { BAD_REQUEST, isRefusal, NOT_FOUND, notImplemented, type Refusal, TOO_MANY_DESTINATIONS } from '../http/refusals.js';
import { named } from '../http/route.js';
import type { World } from '../org/world.js';
import type { Party } from './calls.js';

type Body = Readonly<Record<string, unknown>>;
type NewParty = Omit<Party, 'participantId' | 'callId'>;

const DESTINATIONS = FIELDS.filter((f) => f.destination).map((f) => f.name);
const NO_DESTINATION: Refusal = { ...BAD_REQUEST, assumption: 'answer to a call without destination' };
const WRONG_TYPE: Refusal = { ...BAD_REQUEST, assumption: 'answer to a field of another type' };
export const UNKNOWN_ID: Refusal = { ...NOT_FOUND, assumption: 'answer to an id in the body that nothing has' };

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** Who is to be called. Exactly one kind of destination is allowed (FACTS §1.1). */
export function readDestination(world: World, body: Body): { readonly parties: readonly NewParty[] } | Refusal {
  const given = DESTINATIONS.filter((name) => isGiven(body[name]));
  if (given.length > 1) return TOO_MANY_DESTINATIONS;
  switch (given[0]) {
    case undefined:
      return isGiven(body['conversationIds']) ? notImplemented('merging calls by conversationIds') : NO_DESTINATION;
    case 'participants':
      return readConference(world, body['participants']);
    default: {
      const party = readParty(world, { address: body['phoneNumber'], userId: body['callUserId'], queueId: body['callQueueId'], name: undefined });
      return isRefusal(party) ? party : { parties: [party] };
    }
  }
}

function readConference(world: World, participants: unknown): { readonly parties: readonly NewParty[] } | Refusal {
  if (!Array.isArray(participants)) return WRONG_TYPE;
  const parties: NewParty[] = [];
  for (const participant of participants as readonly unknown[]) {
    if (!isRecord(participant)) return WRONG_TYPE;
    const party = readParty(world, participant);
    if (isRefusal(party)) return party;
    parties.push(party);
  }
  return { parties };
}

function readParty(world: World, d: Body): NewParty | Refusal {
  const [address, userId, queueId, name] = [d['address'], d['userId'], d['queueId'], d['name']];
  if (isGiven(userId)) {
    if (typeof userId !== 'string') return WRONG_TYPE;
    const user = named(world.people, userId, UNKNOWN_ID);
    return isRefusal(user) ? user : { purpose: 'user', name: user.name, address: user.phone ?? user.email, user, queue: undefined };
  }
  if (isGiven(queueId)) {
    if (typeof queueId !== 'string') return WRONG_TYPE;
    const queue = named(world.queues, queueId, UNKNOWN_ID);
    return isRefusal(queue) ? queue : { purpose: 'acd', name: queue.name, address: queue.name, user: undefined, queue };
  }
  if (!isGiven(address)) return NO_DESTINATION;
  if (typeof address !== 'string') return WRONG_TYPE;
  return { purpose: 'customer', name: typeof name === 'string' ? name : undefined, address, user: undefined, queue: undefined };
}

interface CallTexts {
  readonly callFromQueueId: string | undefined;
  readonly callerId: string | undefined;
  readonly callerIdName: string | undefined;
  readonly uuiData: string | undefined;
  readonly label: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The fields of a call that are not its destination, each of the type that the model gives it. */
export function readTexts(body: Body): CallTexts | Refusal {
  for (const { name, type } of FIELDS) if (isGiven(body[name]) && !fits(type, body[name])) return WRONG_TYPE;
  const text = (name: string): string | undefined => (typeof body[name] === 'string' && body[name] !== '' ? body[name] : undefined);
  const attributes = isRecord(body['attributes']) ? Object.entries(body['attributes']) : [];
  return {
    callFromQueueId: text('callFromQueueId'),
    callerId: text('callerId'),
    callerIdName: text('callerIdName'),
    uuiData: text('uuiData'),
    label: text('label'),
    attributes: Object.fromEntries(attributes.map(([name, value]) => [name, String(value)])),
  };
}

function fits(type: (typeof FIELDS)[number]['type'], value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'int32':
      return Number.isInteger(value);
    case 'string[]':
      return Array.isArray(value) && value.every((v) => typeof v === 'string');
    case 'map<string,string>':
      return isRecord(value) && Object.values(value).every((v) => typeof v === 'string');
    case 'Destination[]':
      return Array.isArray(value) && value.every(isRecord);
  }
}
