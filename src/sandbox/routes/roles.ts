import { randomUUID } from 'node:crypto';
import { isRecord } from '../../platform/json.js';
import { authorizationDocument, holderDocument, roleDocument } from '../documents/authorization.js';
import { aName, anId, aText, type Field, listOf, readFields, violated } from '../http/fields.js';
import { thingFilter } from '../http/filters.js';
import { BAD_REQUEST, isRefusal, NOT_FOUND, type Refusal } from '../http/refusals.js';
import { type Answer, done, listing, named, ok, type Pages, type Route, type Visit, valuesOf, withNamed, without } from '../http/route.js';
import type { Division, Policy, Role } from '../org/types.js';

const ROLE = '/api/v2/authorization/roles/{roleId}';
const EMPTY = 'status of a success without a body';

export const ROLES: readonly Route[] = [
  { operation: 'GET /api/v2/authorization/roles', answer: roles },
  { operation: 'POST /api/v2/authorization/roles', answer: makeRole },
  { operation: `GET ${ROLE}`, answer: (v) => withRole(v, (r) => ok(roleDocument(v.world, r, counted(v)))) },
  { operation: `PUT ${ROLE}`, answer: (v) => withRole(v, (r) => changeRole(v, r, true)) },
  { operation: `PATCH ${ROLE}`, answer: (v) => withRole(v, (r) => changeRole(v, r, false)) },
  { operation: `DELETE ${ROLE}`, answer: (v) => withRole(v, (r) => deleteRole(v, r)) },
  { operation: `GET ${ROLE}/users`, answer: (v) => withRole(v, (r) => usersWith(v, r)) },
  {
    operation: `GET ${ROLE}/subjectgrants`,
    answer: (v) =>
      withRole(v, (r) =>
        listing(
          v,
          holdersOf(v, r, v.world.grants.countOf(r), () => true),
          (id) => holderDocument(v.world, r, id),
        ),
      ),
  },
  { operation: `POST ${ROLE}`, answer: (v) => withRole(v, (r) => grantToSeveral(v, r)) },
  { operation: `PUT ${ROLE}/users/add`, answer: (v) => withRole(v, (r) => changeUsers(v, r, 'add')) },
  { operation: `PUT ${ROLE}/users/remove`, answer: (v) => withRole(v, (r) => changeUsers(v, r, 'remove')) },
  { operation: 'PUT /api/v2/users/{subjectId}/roles', answer: replaceRoles },
];

const withRole = (v: Visit, use: (role: Role) => Answer): Answer => withNamed(v, 'roleId', v.world.roles, use);
const counted = (v: Visit): boolean => v.query.get('userCount') !== 'false';

function roles(v: Visit): Answer {
  const permissions = valuesOf(v.query, 'permission');
  const wanted = thingFilter(v.query);
  const found = [...v.world.roles.values()].filter((r) => wanted(r) && permissions.every((p) => v.world.grantsPermission(r, p)));
  return listing(v, found, (r) => roleDocument(v.world, r, counted(v)));
}

const aPolicy: Field<Policy> = (value) => {
  if (!isRecord(value)) return undefined;
  const { domain, entityName, actionSet } = value;
  const actions = listOf(aName, 200)(actionSet);
  return typeof domain === 'string' && typeof entityName === 'string' && actions ? { domain, entityName, actions } : undefined;
};
const OPTIONAL = { description: aText, permissionPolicies: listOf(aPolicy, 500) };

/** A policy about what this org's catalogue does not have cannot be made: nobody could be granted it (FACTS §3.4). */
function unknownIn(v: Visit, policies: readonly Policy[]): Refusal | undefined {
  for (const { domain, entityName, actions } of policies)
    for (const action of actions) {
      const permission = `${domain}:${entityName}:${action}`;
      if (!permission.split(':').includes('*') && !v.world.catalogue.knows(permission))
        return violated(`permissionPolicies: there is no ${permission} in this org`);
    }
  return undefined;
}

const taken = (v: Visit, name: string, except?: Role): boolean =>
  [...v.world.roles.values()].some((r) => r !== except && r.name.toLowerCase() === name.toLowerCase());

function makeRole(v: Visit): Answer {
  const fields = readFields(v.body, { name: aName }, OPTIONAL);
  if (isRefusal(fields)) return fields;
  const { name, description = '', permissionPolicies: policies = [] } = fields;
  if (taken(v, name)) return violated(`name: there is a role "${name}"`);
  const refusal = unknownIn(v, policies);
  if (refusal) return refusal;
  const role: Role = { id: randomUUID(), name, description, policies };
  v.world.add('role', role);
  return ok(roleDocument(v.world, role));
}

/** @param whole whether policies that the body does not mention go away: PUT, not PATCH */
function changeRole(v: Visit, role: Role, whole: boolean): Answer {
  const fields = whole ? readFields(v.body, { name: aName }, OPTIONAL) : readFields(v.body, {}, { name: aName, ...OPTIONAL });
  if (isRefusal(fields)) return fields;
  const { name = role.name, description = role.description, permissionPolicies: policies = whole ? [] : role.policies } = fields;
  if (taken(v, name, role)) return violated(`name: there is a role "${name}"`);
  const refusal = unknownIn(v, policies);
  if (refusal) return refusal;
  v.world.change('role', role, { name, description, policies });
  return ok(roleDocument(v.world, role));
}

function deleteRole(v: Visit, role: Role): Answer {
  v.world.remove('role', role);
  return done(EMPTY);
}

/** Those who have a role, made into a list as far as a page of it reaches. */
const holdersOf = (v: Visit, role: Role, length: number, which: (id: string) => boolean): Pages<string> => ({
  length,
  slice: (from, to) => {
    const found: string[] = [];
    let place = 0;
    for (const id of v.world.grants.holdersOf(role)) {
      if (!which(id)) continue;
      if (place >= to) break;
      if (place++ >= from) found.push(id);
    }
    return found;
  },
});

/** UserReferenceEntityListing, which has no addresses of pages. */
function usersWith(v: Visit, role: Role): Answer {
  const { world } = v;
  const others = [...world.clients.keys(), ...world.groups.keys()].filter((id) => world.grantsOf(id).some((g) => g.role === role)).length;
  const users = holdersOf(v, role, world.grants.countOf(role) - others, (id) => world.people.has(id));
  return without(
    listing(v, users, (id) => ({ id, selfUri: `/api/v2/users/${id}` })),
    'firstUri',
    'selfUri',
    'nextUri',
    'previousUri',
    'lastUri',
  );
}

/** `subjectIds` and `divisionIds`: everybody named gets the role in every division named. All or none. */
function grantToSeveral(v: Visit, role: Role): Answer {
  const fields = readFields(v.body, { subjectIds: listOf(anId), divisionIds: listOf((d) => (d === '*' ? d : anId(d))) }, {});
  if (isRefusal(fields)) return fields;
  if (!fields.subjectIds.every((id) => v.world.subject(id))) return NOT_FOUND;
  const divisions: (Division | '*')[] = [];
  for (const id of fields.divisionIds) {
    const division = id === '*' ? '*' : v.world.divisions.get(id);
    if (!division) return NOT_FOUND;
    divisions.push(division);
  }
  for (const subjectId of fields.subjectIds) for (const division of divisions) v.world.grant(subjectId, role, division);
  return done(EMPTY);
}

/** Users by id, for the home division or, to remove, wherever they have it (assumed). */
function changeUsers(v: Visit, role: Role, what: 'add' | 'remove'): Answer {
  const ids = listOf(anId)(v.body);
  if (!ids) return BAD_REQUEST;
  if (!ids.every((id) => v.world.people.has(id))) return NOT_FOUND;
  for (const id of ids)
    if (what === 'add') v.world.grant(id, role, v.world.home);
    else for (const g of v.world.grantsOf(id)) if (g.role === role) v.world.revoke(id, role, g.division);
  return ok(ids, 'users/add grants in the home division, users/remove revokes in every one');
}

/** The roles that a user is to have: what they have keeps its divisions, what is new is granted in the home division (assumed). */
function replaceRoles(v: Visit): Answer {
  return withNamed(v, 'subjectId', v.world.people, (p) => {
    const ids = listOf(anId, 100)(v.body);
    if (!ids) return BAD_REQUEST;
    const wanted: Role[] = [];
    for (const id of ids) {
      const role = named(v.world.roles, id);
      if (isRefusal(role)) return role;
      wanted.push(role);
    }
    const had = v.world.grantsOf(p.id);
    for (const g of had) if (!wanted.includes(g.role)) v.world.revoke(p.id, g.role, g.division);
    for (const role of wanted) if (!had.some((g) => g.role === role)) v.world.grant(p.id, role, v.world.home);
    return ok(authorizationDocument(v.world, p.id), 'PUT users/{subjectId}/roles grants in the home division');
  });
}
