import { divisionsOf, takesPart } from '../calls/conversation.js';
import type { Caller } from '../oauth/tokens.js';
import type { Division } from '../org/types.js';
import type { World } from '../org/world.js';

/** The divisions that an object is in; undefined where there is no such object, or division does not matter for it. */
type DivisionsOf = (world: World, id: string, caller: Caller) => readonly Division[] | undefined;

const ofUser: DivisionsOf = (world, id) => one(world.people.get(id)?.division);
const ofQueue: DivisionsOf = (world, id) => one(world.queues.get(id)?.division);

/** A call is in the divisions of its agent and of its queues. Whoever takes part in it needs no division (assumed). */
const ofConversation: DivisionsOf = (world, id, caller) => {
  const call = world.calls.get(id);
  return !call || takesPart(call, caller.user) ? undefined : divisionsOf(call);
};

/**
 * The objects that operations name in their paths, by parameter. What is not here has no division of its own (roles, clients,
 * stations, skills, groups), or is nothing that the sandbox has.
 */
const BY_PARAMETER: ReadonlyMap<string, DivisionsOf> = new Map<string, DivisionsOf>([
  ['userId', ofUser],
  ['memberId', ofUser],
  ['agentId', ofUser],
  ['subjectId', ofUser],
  ['queueId', ofQueue],
  ['conversationId', ofConversation],
  ['divisionId', (world, id) => one(world.divisions.get(id))],
  ['contactId', (world, id) => one(world.contacts.get(id)?.division)],
  ['externalOrganizationId', (world, id) => one(world.externalOrganizations.get(id)?.division)],
  ['codeId', (world, id) => one(world.wrapUpCodes.get(id)?.division)],
]);

/** The divisions of each object that the path of a request names: one list an object. */
export function divisionsNamed(world: World, params: Readonly<Record<string, string>>, caller: Caller): readonly (readonly Division[])[] {
  const named: (readonly Division[])[] = [];
  for (const name in params) {
    const divisions = BY_PARAMETER.get(name)?.(world, (params[name] as string).toLowerCase(), caller);
    if (divisions) named.push(divisions);
  }
  return named;
}

const one = (division: Division | undefined): readonly Division[] | undefined => division && [division];
