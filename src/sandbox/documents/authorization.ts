import type { Division, Grant, Named, Policy, Role } from '../org/types.js';
import type { World } from '../org/world.js';
import { divisionReference, reference } from './references.js';

export const divisionDocument = (d: Division): object => ({
  id: d.id,
  name: d.name,
  description: d.description,
  homeDivision: d.home,
  selfUri: `/api/v2/authorization/divisions/${d.id}`,
});

/** What a grant in every division shows as its division: the star that grants of clients are given with (FACTS §4.3). */
const EVERY_DIVISION = { id: '*', name: '*' };

/** The policies of a role that this org can grant: a permission outside the catalogue is not among them. */
function grantable(world: World, role: Role): readonly Policy[] {
  return role.policies.flatMap((p) => {
    const actions = p.actions.filter((a) => [p.domain, p.entityName, a].includes('*') || world.catalogue.knows(`${p.domain}:${p.entityName}:${a}`));
    return actions.length === 0 ? [] : [{ ...p, actions }];
  });
}

const permissionsOf = (policies: readonly Policy[]): string[] => policies.flatMap((p) => p.actions.map((a) => `${p.domain}:${p.entityName}:${a}`));

/** @param counted whether to count the subjects that have the role */
export function roleDocument(world: World, role: Role, counted = true): object {
  const policies = grantable(world, role);
  return {
    id: role.id,
    name: role.name,
    description: role.description,
    permissions: permissionsOf(policies),
    permissionPolicies: policies.map((p) => ({ domain: p.domain, entityName: p.entityName, policyName: '', actionSet: p.actions, allowConditions: false })),
    ...(counted ? { userCount: world.grants.countOf(role) } : {}),
    default: false,
    base: false,
    selfUri: `/api/v2/authorization/roles/${role.id}`,
  };
}

const grantDocument = (world: World, subjectId: string, g: Grant): object => ({
  subjectId,
  division: g.division === '*' ? { ...EVERY_DIVISION, description: '', homeDivision: false } : divisionDocument(g.division),
  role: {
    ...reference(g.role, 'authorization/roles'),
    description: g.role.description,
    policies: grantable(world, g.role).map((p) => ({ domain: p.domain, entityName: p.entityName, actions: p.actions })),
    default: false,
  },
  grantMadeAt: g.madeAt.toISOString(),
});

/** AuthzSubject: who was granted which role where. What comes by a group bears the group's id (FACTS §6). */
export function subjectDocument(world: World, subject: Named): object {
  const subjects = [subject, ...world.groupsOfSubject(subject.id)];
  return {
    id: subject.id,
    name: subject.name,
    grants: subjects.flatMap(({ id }) => world.grantsOf(id).map((g) => grantDocument(world, id, g))),
    version: 1,
    selfUri: `/api/v2/authorization/subjects/${subject.id}`,
  };
}

/** UserAuthorization: the union over all divisions. Wildcards stay wildcards (assumed). */
export function authorizationDocument(world: World, subjectId: string): object {
  const subjects = [subjectId, ...world.groupsOfSubject(subjectId).map((g) => g.id)];
  const roles = [...new Set(subjects.flatMap((id) => world.grantsOf(id).map((g) => g.role)))];
  const policies = roles.flatMap((r) => grantable(world, r));
  return {
    roles: roles.map(({ id, name }) => ({ id, name })),
    unusedRoles: [],
    permissions: [...new Set(permissionsOf(policies))],
    permissionPolicies: policies.map((p) => ({ domain: p.domain, entityName: p.entityName, actionSet: p.actions, allowConditions: false })),
  };
}

/** SubjectDivisionGrants: somebody who has a role, and where. */
export function holderDocument(world: World, role: Role, subjectId: string): object {
  const name = world.subject(subjectId)?.name ?? '';
  const divisions = world.grantsOf(subjectId).flatMap((g) => (g.role === role ? [g.division === '*' ? EVERY_DIVISION : divisionReference(g.division)] : []));
  const type = world.people.has(subjectId) ? 'PC_USER' : world.groups.has(subjectId) ? 'PC_GROUP' : 'PC_OAUTH_CLIENT';
  return { id: subjectId, name, divisions, type, selfUri: `/api/v2/authorization/subjects/${subjectId}` };
}
