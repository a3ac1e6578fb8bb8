import { isRecord } from '../../platform/json.js';
import { authorizationDocument, presenceDocument, queueDocument, routingStatusDocument, userDocument } from '../documents.js';
import { BAD_REQUEST, forbidden, invalidValue, NOT_A_USER } from '../http/refusals.js';
import { type Answer, listing, ok, type Route, type Visit, valuesOf, withNamed } from '../http/route.js';
import { isRoutingStatus } from '../org/orgFile.js';
import type { Person } from '../org/world.js';
import { searchUsers } from '../userSearch.js';
import { tokenDocument } from './tokens.js';

const DIRECTORY = 500;

export const USERS: readonly Route[] = [
  { operation: 'GET /api/v2/users/me', answer: (v) => (v.caller.user ? ok(meDocument(v, v.caller.user)) : NOT_A_USER) },
  {
    operation: 'GET /api/v2/users/{userId}',
    answer: (v) => withNamed(v, 'userId', v.world.people, (p) => ok(userDocument(v.world, p, valuesOf(v.query, 'expand')))),
  },
  {
    operation: 'GET /api/v2/users',
    answer: (v) => {
      const ids = new Set(valuesOf(v.query, 'id'));
      const state = v.query.get('state') ?? 'active';
      const people = [...v.world.people.values()].filter((p) => (ids.size === 0 || ids.has(p.id)) && (state === 'active' || state === 'any'));
      if (v.query.get('sortOrder')?.toUpperCase() === 'DESC') people.sort((a, b) => b.name.localeCompare(a.name));
      else people.sort((a, b) => a.name.localeCompare(b.name));
      return listing(v, people, (p) => userDocument(v.world, p, valuesOf(v.query, 'expand')), DIRECTORY);
    },
  },
  { operation: 'POST /api/v2/users/search', answer: searchUsers },
  {
    operation: 'GET /api/v2/users/{subjectId}/roles',
    answer: (v) => withNamed(v, 'subjectId', v.world.people, (p) => ok(authorizationDocument(v.world, p.id))),
  },
  {
    operation: 'GET /api/v2/users/{userId}/queues',
    answer: (v) =>
      withNamed(v, 'userId', v.world.people, (p) => {
        const queues = [...v.world.queues.values()].filter((q) => q.members.has(p));
        return listing(v, queues, (q) => ({ ...queueDocument(q), joined: q.members.get(p) ?? false }));
      }),
  },
  {
    operation: 'GET /api/v2/users/{userId}/routingskills',
    answer: (v) =>
      withNamed(v, 'userId', v.world.people, (p) =>
        listing(v, p.skills, (s) => ({ ...s, proficiency: 5, state: 'active', selfUri: `/api/v2/users/${p.id}/routingskills/${s.id}` })),
      ),
  },
  { operation: 'GET /api/v2/users/{userId}/routingstatus', answer: (v) => withNamed(v, 'userId', v.world.people, (p) => ok(routingStatusDocument(p))) },
  {
    operation: 'PUT /api/v2/users/{userId}/routingstatus',
    answer: (v) =>
      withNamed(v, 'userId', v.world.people, (p) => {
        if (!isOwn(v, p)) return OTHER_STATUS(p);
        const status = isRecord(v.body) ? v.body['status'] : undefined;
        if (!isRoutingStatus(status))
          return typeof status === 'string'
            ? invalidValue(status, 'RoutingStatus', ['OFF_QUEUE', 'IDLE', 'INTERACTING', 'NOT_RESPONDING', 'COMMUNICATING'])
            : BAD_REQUEST;
        v.world.setRouting(p, status);
        return ok(routingStatusDocument(p));
      }),
  },
  { operation: 'GET /api/v2/users/{userId}/presences/purecloud', answer: (v) => withNamed(v, 'userId', v.world.people, (p) => ok(presenceDocument(p))) },
  { operation: 'PATCH /api/v2/users/{userId}/presences/purecloud', answer: changePresence },
  {
    operation: 'GET /api/v2/presencedefinitions',
    answer: (v) => listing(v, v.world.presences, (d) => ({ ...d, selfUri: `/api/v2/presencedefinitions/${d.id}` })),
  },
  { operation: 'GET /api/v2/systempresences', answer: (v) => ok(v.world.presences.map((d) => ({ id: d.id, name: d.systemPresence }))) },
];

const isOwn = (v: Visit, person: Person): boolean => v.caller.user === person;
const OTHER_STATUS = (p: Person): Answer => ({ ...forbidden('User', p.id), assumption: 'only the user may change their own status' });

function changePresence(v: Visit): Answer {
  return withNamed(v, 'userId', v.world.people, (p) => {
    if (!isOwn(v, p)) return OTHER_STATUS(p);
    const wanted = isRecord(v.body) ? v.body['presenceDefinition'] : undefined;
    if (!isRecord(v.body) || !isRecord(wanted)) return BAD_REQUEST;
    const definition = v.world.presences.find((d) => d.id === wanted['id'] || d.systemPresence === wanted['systemPresence']);
    if (!definition)
      return invalidValue(
        String(wanted['id'] ?? wanted['systemPresence']),
        'PresenceDefinition',
        v.world.presences.map((d) => d.systemPresence),
      );
    v.world.setPresence(p, definition, typeof v.body['message'] === 'string' ? v.body['message'] : '');
    return ok(presenceDocument(p));
  });
}

/** UserMe: the user, and what only `users/me` can expand (FACTS §6). */
function meDocument(v: Visit, me: Person): object {
  const expand = valuesOf(v.query, 'expand');
  return {
    ...userDocument(v.world, me, expand),
    ...(expand.includes('organization') ? { organization: v.world.organization } : {}),
    ...(expand.includes('token') ? { token: tokenDocument(v) } : {}),
    ...(expand.includes('presenceDefinitions') ? { presenceDefinitions: v.world.presences } : {}),
  };
}
