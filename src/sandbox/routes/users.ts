import { authorizationDocument, roleDocument } from '../documents/authorization.js';
import { abilityDocument } from '../documents/routing.js';
import { groupDocument, userDocument } from '../documents/users.js';
import { aFlag, aName, aNumber, aText, conflict, type Field, listOf, readFields, violated } from '../http/fields.js';
import { byName, isDescending } from '../http/filters.js';
import { isRefusal, NOT_A_USER } from '../http/refusals.js';
import { type Answer, listing, ok, type Pages, type Route, type Visit, valuesOf, withNamed } from '../http/route.js';
import type { Directory } from '../org/directory.js';
import type { Group } from '../org/groups.js';
import type { Entities, Person } from '../org/types.js';
import { searchUsers } from '../userSearch.js';
import { organizationDocument } from './organization.js';
import { presenceDefinitionDocument } from './presences.js';
import { tokenDocument } from './tokens.js';

const DIRECTORY = 500;

export const USERS: readonly Route[] = [
  { operation: 'GET /api/v2/users/me', answer: (v) => (v.caller.user ? ok(meDocument(v, v.caller.user)) : NOT_A_USER) },
  {
    operation: 'GET /api/v2/users/{userId}',
    answer: (v) => withNamed(v, 'userId', v.world.people, (p) => ok(userDocument(v.world, p, valuesOf(v.query, 'expand')))),
  },
  { operation: 'PATCH /api/v2/users/{userId}', answer: (v) => withNamed(v, 'userId', v.world.people, (p) => changeUser(v, p)) },
  { operation: 'GET /api/v2/users', answer: (v) => listing(v, peopleOf(v), (p) => userDocument(v.world, p, valuesOf(v.query, 'expand')), DIRECTORY) },
  { operation: 'POST /api/v2/users/search', answer: searchUsers },
  {
    operation: 'GET /api/v2/users/{subjectId}/roles',
    answer: (v) => withNamed(v, 'subjectId', v.world.people, (p) => ok(authorizationDocument(v.world, p.id))),
  },
  { operation: 'GET /api/v2/groups', answer: groups },
  { operation: 'GET /api/v2/groups/{groupId}', answer: (v) => withNamed(v, 'groupId', v.world.groups, (g) => ok(groupDocument(g))) },
  { operation: 'GET /api/v2/groups/{groupId}/members', answer: (v) => withNamed(v, 'groupId', v.world.groups, (g) => members(v, g)) },
  { operation: 'GET /api/v2/groups/{groupId}/individuals', answer: (v) => withNamed(v, 'groupId', v.world.groups, (g) => members(v, g)) },
];

/** Everybody here is active: another state has nobody. */
function peopleOf(v: Visit): Pages<Person> {
  const state = v.query.get('state') ?? 'active';
  if (state !== 'active' && state !== 'any') return [];
  const ids = [...new Set(valuesOf(v.query, 'id').map((id) => id.toLowerCase()))];
  if (ids.length > 0) return ids.flatMap((id) => v.world.people.get(id) ?? []);
  return isDescending(v.query) ? backwards(v.world.directory) : v.world.directory;
}

const backwards = (directory: Directory): Pages<Person> => ({
  length: directory.length,
  slice: (from, to) => directory.slice(directory.length - to, directory.length - from).reverse(),
});

function groups(v: Visit): Answer {
  const ids = valuesOf(v.query, 'id');
  const found = [...v.world.groups.values()].filter((g) => ids.length === 0 || ids.includes(g.id));
  return listing(v, byName(v.query, found), groupDocument);
}

const members = (v: Visit, group: Group): Answer => listing(v, [...group.members], (p) => userDocument(v.world, p, valuesOf(v.query, 'expand')));

/** The PHONE of a list of Contact; the others are not held. */
const phoneIn: Field<string> = (value) => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { mediaType, address } = value as { readonly mediaType?: unknown; readonly address?: unknown };
  return typeof address === 'string' ? (mediaType === 'PHONE' ? address : '') : undefined;
};

/** `PATCH users/{userId}`: what is not among these fields is ignored (assumed). */
function changeUser(v: Visit, p: Person): Answer {
  const fields = readFields(
    v.body,
    { version: aNumber(0, Number.MAX_SAFE_INTEGER) },
    { name: aName, email: aName, title: aText, department: aText, acdAutoAnswer: aFlag, primaryContactInfo: listOf(phoneIn, 20) },
  );
  if (isRefusal(fields)) return fields;
  const { version, primaryContactInfo, ...rest } = fields;
  if (version !== (p.version ?? 1)) return conflict(`version mismatch: the user has version ${p.version ?? 1}`);
  if (rest.email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(rest.email)) return violated('email: is no e-mail address');
  const phone = primaryContactInfo?.find((address) => address !== '');
  const changed: Partial<Entities['person']> = { ...rest, ...(phone === undefined ? {} : { phone }), version: version + 1 };
  v.world.change('person', p, changed);
  return ok(userDocument(v.world, p, []));
}

/** What only `users/me` can expand (FACTS §6). */
const OF_ME: Readonly<Record<string, (v: Visit, me: Person) => unknown>> = {
  adjacents: () => ({ superiors: [], siblings: [], directReports: [] }),
  date: () => ({ currentDate: new Date().toISOString() }),
  dateLastLogin: (v) => new Date(v.caller.expiresAt - v.caller.client.validitySeconds * 1000).toISOString(),
  directReports: () => [],
  favorites: () => [],
  orgAuthorization: (v) => [...v.world.roles.values()].map((r) => roleDocument(v.world, r, false)),
  organization: (v) => organizationDocument(v.world),
  orgProducts: (v) => v.world.products.map((id) => ({ id })),
  presenceDefinitions: (v) => v.world.presences.map(presenceDefinitionDocument),
  routingSkills: (v) => [...v.world.skills.values()].map((s) => abilityDocument('skills', s)),
  superiors: () => [],
  token: (v) => tokenDocument(v),
  trustors: () => [],
};

function meDocument(v: Visit, me: Person): object {
  const expand = valuesOf(v.query, 'expand');
  const own = expand.filter((e) => Object.hasOwn(OF_ME, e)).map((e) => [e, OF_ME[e]?.(v, me)]);
  return { ...userDocument(v.world, me, expand), ...Object.fromEntries(own) };
}
