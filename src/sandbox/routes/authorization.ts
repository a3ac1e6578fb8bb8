import { isGuid } from '../../platform/guid.js';
import { divisionDocument, roleDocument, subjectDocument } from '../documents.js';
import { BAD_REQUEST, invalidId, isRefusal, NOT_FOUND } from '../http/refusals.js';
import { type Answer, done, listing, named, ok, type Route, type Visit, valuesOf, withNamed } from '../http/route.js';
import type { Division, Named, Role } from '../org/world.js';

export const AUTHORIZATION: readonly Route[] = [
  {
    operation: 'GET /api/v2/authorization/subjects/me',
    answer: (v) => ok(subjectDocument(v.world, v.caller.user ?? v.caller.client)),
  },
  { operation: 'GET /api/v2/authorization/subjects/{subjectId}', answer: (v) => withSubject(v, (s) => ok(subjectDocument(v.world, s))) },
  {
    operation: 'GET /api/v2/authorization/divisionspermitted/paged/me',
    answer: (v) => divisionsPermitted(v, v.caller.subjectId),
  },
  {
    operation: 'GET /api/v2/authorization/divisionspermitted/paged/{subjectId}',
    answer: (v) => withSubject(v, (s) => divisionsPermitted(v, s.id)),
  },
  { operation: 'GET /api/v2/authorization/permissions', answer: permissions },
  {
    operation: 'GET /api/v2/authorization/roles',
    answer: (v) => {
      const wanted = valuesOf(v.query, 'permission');
      const name = v.query.get('name')?.toLowerCase().replaceAll('*', '');
      const ids = valuesOf(v.query, 'id');
      const roles = [...v.world.roles.values()].filter(
        (r) =>
          wanted.every((p) => v.world.grantsPermission(r, p)) && (!name || r.name.toLowerCase().includes(name)) && (ids.length === 0 || ids.includes(r.id)),
      );
      return listing(v, roles, (r) => roleDocument(v.world, r));
    },
  },
  { operation: 'GET /api/v2/authorization/roles/{roleId}', answer: (v) => withNamed(v, 'roleId', v.world.roles, (r) => ok(roleDocument(v.world, r))) },
  { operation: 'GET /api/v2/authorization/divisions', answer: divisions },
  { operation: 'GET /api/v2/authorization/divisions/home', answer: (v) => ok(divisionDocument(v.world.home)) },
  {
    operation: 'GET /api/v2/authorization/divisions/{divisionId}',
    answer: (v) => withNamed(v, 'divisionId', v.world.divisions, (d) => ok(divisionDocument(d))),
  },
  {
    operation: 'POST /api/v2/authorization/subjects/{subjectId}/divisions/{divisionId}/roles/{roleId}',
    answer: (v) => changeGrant(v, (s, r, d) => v.world.grant(s.id, r, d)),
  },
  {
    operation: 'DELETE /api/v2/authorization/subjects/{subjectId}/divisions/{divisionId}/roles/{roleId}',
    answer: (v) => changeGrant(v, (s, r, d) => v.world.revoke(s.id, r, d)),
  },
];

function withSubject(v: Visit, use: (subject: Named) => Answer): Answer {
  const id = v.params['subjectId'] ?? '';
  if (!isGuid(id)) return invalidId(id);
  const subject = v.world.subject(id.toLowerCase());
  return subject ? use(subject) : NOT_FOUND;
}

function divisions(v: Visit): Answer {
  const name = v.query.get('name')?.toLowerCase().replaceAll('*', '');
  const ids = valuesOf(v.query, 'id');
  const found = [...v.world.divisions.values()].filter((d) => (!name || d.name.toLowerCase().includes(name)) && (ids.length === 0 || ids.includes(d.id)));
  return listing(v, found, divisionDocument);
}

/** In which divisions somebody holds a permission. The list is complete even where all are permitted (assumed). */
function divisionsPermitted(v: Visit, subjectId: string): Answer {
  const permission = v.query.get('permission');
  if (!permission) return BAD_REQUEST;
  const where = v.world.divisionsHolding(subjectId, permission);
  const found = [...v.world.divisions.values()].filter((d) => where === 'all' || where.has(d.id));
  return listing(v, found, divisionDocument, 100, { allDivsPermitted: where === 'all' });
}

/** The org's permission catalogue, one entity per domain. */
function permissions(v: Visit): Answer {
  const domains = new Map<string, Record<string, object[]>>();
  for (const permission of v.world.catalogue.all()) {
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
  const wanted = v.query.get('domain');
  const found = [...domains].filter(([domain]) => !wanted || domain === wanted);
  return listing(v, found, ([domain, permissionMap]) => ({ id: domain, name: domain, domain, permissionMap }));
}

/** A division of the path may be `*`: every division (FACTS §4.3). */
function changeGrant(v: Visit, change: (subject: Named, role: Role, division: Division | '*') => void): Answer {
  return withSubject(v, (subject) =>
    withNamed(v, 'roleId', v.world.roles, (role) => {
      const id = v.params['divisionId'] ?? '';
      const division = id === '*' ? '*' : named(v.world.divisions, id);
      if (division !== '*' && isRefusal(division)) return division;
      change(subject, role, division);
      return done('status of a success without a body, and that a grant takes effect at once');
    }),
  );
}
