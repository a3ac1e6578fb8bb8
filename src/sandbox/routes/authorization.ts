import { isGuid } from '../../platform/guid.js';
import { divisionDocument, subjectDocument } from '../documents/authorization.js';
import { divisionReference } from '../documents/references.js';
import { nameFilter } from '../http/filters.js';
import { BAD_REQUEST, invalidId, NOT_FOUND } from '../http/refusals.js';
import { type Answer, listing, ok, type Route, type Visit, withNamed } from '../http/route.js';
import type { Division, Named } from '../org/types.js';
import type { World } from '../org/world.js';

/** Who may do what where, as it is read. */
export const AUTHORIZATION: readonly Route[] = [
  {
    operation: 'GET /api/v2/authorization/subjects/me',
    answer: (v) => ok(subjectDocument(v.world, v.caller.user ?? v.caller.client)),
  },
  { operation: 'GET /api/v2/authorization/subjects/{subjectId}', answer: (v) => withSubject(v, (s) => ok(subjectDocument(v.world, s))) },
  { operation: 'GET /api/v2/authorization/divisionspermitted/me', answer: permittedToMe },
  { operation: 'GET /api/v2/authorization/divisionspermitted/paged/me', answer: (v) => permittedPaged(v, v.caller.subjectId) },
  {
    operation: 'GET /api/v2/authorization/divisionspermitted/paged/{subjectId}',
    answer: (v) => withSubject(v, (s) => permittedPaged(v, s.id)),
  },
  { operation: 'GET /api/v2/authorization/permissions', answer: permissions },
  {
    operation: 'GET /api/v2/authorization/products',
    answer: ({ world: { products } }) =>
      ok({ entities: products.map((id) => ({ id })), pageSize: products.length, pageNumber: 1, total: products.length, pageCount: 1 }),
  },
  { operation: 'GET /api/v2/authorization/policies', answer: (v) => ok({ entities: [], selfUri: v.path }) },
  { operation: 'GET /api/v2/authorization/policies/subject/{subjectId}', answer: (v) => withSubject(v, () => ok({ entities: [], selfUri: v.path })) },
  { operation: 'GET /api/v2/authorization/settings', answer: () => ok({ analysisEnabled: false, analysisDays: 90 }, 'the settings of an org') },
  {
    operation: 'GET /api/v2/license/users/{userId}',
    answer: (v) => withNamed(v, 'userId', v.world.people, (p) => ok({ id: p.id, licenses: [LICENSE], selfUri: `/api/v2/license/users/${p.id}` })),
  },
  { operation: 'GET /api/v2/license/definitions', answer: () => ok([LICENSE]) },
  { operation: 'GET /api/v2/license/definitions/{licenseId}', answer: (v) => (v.params['licenseId'] === LICENSE.id ? ok(LICENSE) : NOT_FOUND) },
];

/** The one licence, which everybody has. What an org cannot grant is in its catalogue (FACTS §3.4), not here. */
const LICENSE = {
  id: 'cloudCX3',
  description: 'CX 3',
  permissions: { ids: ['*:*:*'] },
  prerequisites: [],
  comprises: [],
  selfUri: '/api/v2/license/definitions/cloudCX3',
};

/** Goes on with the user, client or group that the path names. */
export function withSubject(v: Visit, use: (subject: Named) => Answer): Answer {
  const id = v.params['subjectId'] ?? '';
  if (!isGuid(id)) return invalidId(id);
  const subject = v.world.subject(id.toLowerCase());
  return subject ? use(subject) : NOT_FOUND;
}

function permittedDivisions(world: World, subjectId: string, permission: string): { readonly all: boolean; readonly divisions: readonly Division[] } {
  const where = world.divisionsHolding(subjectId, permission);
  return { all: where === 'all', divisions: [...world.divisions.values()].filter((d) => where === 'all' || where.has(d.id)) };
}

/** In which divisions somebody holds a permission. The list is complete even where all are permitted (assumed). */
function permittedPaged(v: Visit, subjectId: string): Answer {
  const permission = v.query.get('permission');
  if (!permission) return BAD_REQUEST;
  const { all, divisions } = permittedDivisions(v.world, subjectId, permission);
  return listing(v, divisions, divisionDocument, 100, { allDivsPermitted: all });
}

function permittedToMe(v: Visit): Answer {
  const permission = v.query.get('permission');
  if (!permission) return BAD_REQUEST;
  const named = nameFilter(v.query);
  const { divisions } = permittedDivisions(v.world, v.caller.subjectId, permission);
  return ok(divisions.filter((d) => named(d.name)).map((d) => ({ ...divisionDocument(d), ...divisionReference(d) })));
}

/** The org's permission catalogue: DomainPermissionCollection, one entity per domain. `query` is looked for in the permissions. */
function permissions(v: Visit): Answer {
  const wanted = v.query.get('query')?.toLowerCase() ?? '';
  const domains = new Map<string, Record<string, object[]>>();
  for (const permission of v.world.catalogue.all()) {
    if (!permission.toLowerCase().includes(wanted)) continue;
    const [domain = '', entityType = '', action = ''] = permission.split(':');
    const entities = domains.get(domain) ?? {};
    domains.set(domain, entities);
    entities[entityType] ??= [];
    entities[entityType].push({
      domain,
      entityType,
      action,
      label: `${entityType} ${action}`,
      allowsConditions: false,
      divisionAware: v.world.catalogue.divisionAware(permission),
    });
  }
  return listing(v, [...domains], ([domain, permissionMap]) => ({ id: domain, name: domain, domain, permissionMap }));
}
