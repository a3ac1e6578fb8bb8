import { FIELDS } from '../../platform/callRequest.js';
import { isGuid } from '../../platform/guid.js';
import { isRecord } from '../../platform/json.js';
import { BAD_REQUEST, forbidden, invalidId, isRefusal, NOT_FOUND, type Refusal, TOO_MANY_DESTINATIONS } from '../http/refusals.js';
import { named } from '../http/route.js';
import type { Named, Person } from '../org/types.js';
import type { World } from '../org/world.js';
import { activeParticipant, type CallRecord, type CallTerms, type Destination, type Routing } from './conversation.js';

type Body = Readonly<Record<string, unknown>>;

const DESTINATIONS = FIELDS.filter((f) => f.destination).map((f) => f.name);
const MODEL = new Set(FIELDS.map((f) => f.name));
const NO_DESTINATION: Refusal = { ...BAD_REQUEST, assumption: 'answer to a call without destination' };
const WRONG_TYPE: Refusal = { ...BAD_REQUEST, assumption: 'answer to a field of another type' };
const UNKNOWN_ID: Refusal = { ...NOT_FOUND, assumption: 'answer to an id in the body that nothing has' };
const NOT_MERGEABLE = (call: CallRecord): Refusal => ({ ...forbidden('Conversation', call.id), assumption: 'that one can merge only calls that one is on' });

export const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** A call as a body asks for it. */
export interface Placement {
  readonly terms: CallTerms;
  readonly destinations: readonly Destination[];
  /** The calls that become one; empty for a new call. */
  readonly merged: readonly CallRecord[];
  /** Whether the body has fields that the model does not have. */
  readonly hasUnknown: boolean;
}

/** Reads a CreateCallRequest (FACTS §1.1). @param agent whose calls may be merged */
export function readPlacement(world: World, body: unknown, agent: Person): Placement | Refusal {
  if (!isRecord(body)) return BAD_REQUEST;
  const given = DESTINATIONS.filter((name) => isGiven(body[name]));
  if (given.length > 1) return TOO_MANY_DESTINATIONS;
  for (const { name, type } of FIELDS) if (isGiven(body[name]) && !fits(type, body[name])) return WRONG_TYPE;
  const terms = readTerms(world, body);
  if (isRefusal(terms)) return terms;
  const merged = readMerged(world, body['conversationIds'], agent);
  if (isRefusal(merged)) return merged;
  const destinations = readDestinations(world, body, given[0]);
  if (isRefusal(destinations)) return destinations;
  if (destinations.length === 0 && merged.length === 0) return NO_DESTINATION;
  return { terms, destinations, merged, hasUnknown: Object.keys(body).some((name) => !MODEL.has(name)) };
}

function readDestinations(world: World, body: Body, kind: string | undefined): readonly Destination[] | Refusal {
  switch (kind) {
    case undefined:
      return [];
    case 'participants':
      return readParties(world, body['participants']);
    default: {
      const routing = kind === 'callQueueId' ? readRouting(world, body, body['callQueueId']) : undefined;
      if (routing) return isRefusal(routing) ? routing : [{ kind: 'queue', routing }];
      return readParties(world, [{ address: body['phoneNumber'], userId: body['callUserId'] }]);
    }
  }
}

/** The parties of a conference, or those who are to join a call. */
export function readParties(world: World, participants: unknown): readonly Destination[] | Refusal {
  if (!Array.isArray(participants)) return WRONG_TYPE;
  const parties: Destination[] = [];
  for (const participant of participants as readonly unknown[]) {
    const party = isRecord(participant) ? readParty(world, participant) : WRONG_TYPE;
    if (isRefusal(party)) return party;
    parties.push(party);
  }
  return parties;
}

function readParty(world: World, d: Body): Destination | Refusal {
  const [address, userId, queueId, name] = [d['address'], d['userId'], d['queueId'], d['name']];
  if (isGiven(userId)) {
    if (typeof userId !== 'string') return WRONG_TYPE;
    const user = named(world.people, userId, UNKNOWN_ID);
    return isRefusal(user) ? user : { kind: 'user', user };
  }
  if (isGiven(queueId)) {
    const routing = readRouting(world, {}, queueId);
    return isRefusal(routing) ? routing : { kind: 'queue', routing };
  }
  if (!isGiven(address)) return NO_DESTINATION;
  return typeof address === 'string' ? { kind: 'number', address, name: typeof name === 'string' ? name : undefined } : WRONG_TYPE;
}

/** How something gets to a member of a queue. @param fields `priority`, `languageId`, `routingSkillsIds` or `skillIds`, … */
export function readRouting(world: World, fields: Body, queueId: unknown): Routing | Refusal {
  if (typeof queueId !== 'string') return WRONG_TYPE;
  const queue = named(world.queues, queueId, UNKNOWN_ID);
  if (isRefusal(queue)) return queue;
  const { priority = 0, languageId, routingSkillExpression, skillExpression = routingSkillExpression } = fields;
  const skillIds = fields['routingSkillsIds'] ?? fields['skillIds'] ?? [];
  if (!Number.isInteger(priority) || !Array.isArray(skillIds)) return WRONG_TYPE;
  const skills: Named[] = [];
  for (const id of skillIds as readonly unknown[]) {
    const skill = typeof id === 'string' ? named(world.skills, id, UNKNOWN_ID) : WRONG_TYPE;
    if (isRefusal(skill)) return skill;
    skills.push(skill);
  }
  const language = typeof languageId === 'string' && languageId !== '' ? named(world.languages, languageId, UNKNOWN_ID) : undefined;
  if (language && isRefusal(language)) return language;
  return { queue, priority: priority as number, skills, language, skillExpression: textOf(skillExpression), owners: [] };
}

/** The conversation that `id` names. */
export const callNamed = (world: World, id: string, absent: Refusal): CallRecord | Refusal =>
  isGuid(id) ? (world.calls.get(id.toLowerCase()) ?? absent) : invalidId(id);

function readMerged(world: World, ids: unknown, agent: Person): readonly CallRecord[] | Refusal {
  const calls: CallRecord[] = [];
  for (const id of Array.isArray(ids) ? (ids as readonly unknown[]) : []) {
    const call = typeof id === 'string' ? callNamed(world, id, UNKNOWN_ID) : WRONG_TYPE;
    if (isRefusal(call)) return call;
    if (!activeParticipant(call, agent)) return NOT_MERGEABLE(call);
    if (!calls.includes(call)) calls.push(call);
  }
  return calls;
}

function readTerms(world: World, body: Body): CallTerms | Refusal {
  const queueId = textOf(body['callFromQueueId']);
  const fromQueue = queueId === undefined ? undefined : named(world.queues, queueId, UNKNOWN_ID);
  if (fromQueue && isRefusal(fromQueue)) return fromQueue;
  return {
    fromQueue,
    callerId: textOf(body['callerId']) ?? fromQueue?.callingPartyNumber,
    callerIdName: textOf(body['callerIdName']) ?? fromQueue?.callingPartyName,
    attributes: attributesOf(body['attributes']),
    uuiData: textOf(body['uuiData']),
    externalContactId: textOf(body['externalContactId']),
    label: textOf(body['label']),
  };
}

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A map of texts; what else is in it becomes a text. */
export const attributesOf = (value: unknown): Record<string, string> =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)])) : {};

export const isMapOfTexts = (value: unknown): value is Record<string, string> => isRecord(value) && Object.values(value).every((v) => typeof v === 'string');

function fits(type: (typeof FIELDS)[number]['type'], value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'int32':
      return Number.isInteger(value);
    case 'string[]':
      return Array.isArray(value) && value.every((v) => typeof v === 'string');
    case 'map<string,string>':
      return isMapOfTexts(value);
    case 'Destination[]':
      return Array.isArray(value) && value.every(isRecord);
  }
}
