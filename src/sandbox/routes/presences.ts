import { isRecord } from '../../platform/json.js';
import { presenceDocument, presenceReference, routingStatusDocument } from '../documents/users.js';
import { BAD_REQUEST, forbidden, invalidValue, isRefusal, NOT_FOUND, type Refusal } from '../http/refusals.js';
import { type Answer, listing, named, ok, type Route, type Visit, valuesOf, withNamed } from '../http/route.js';
import { isRoutingStatus } from '../org/orgFile.js';
import type { Person, PresenceDefinition } from '../org/types.js';

const ROUTING_STATUSES = ['OFF_QUEUE', 'IDLE', 'INTERACTING', 'NOT_RESPONDING', 'COMMUNICATING'];
const MOST_AT_ONCE = 500;

export const PRESENCES: readonly Route[] = [
  { operation: 'GET /api/v2/users/{userId}/presences/purecloud', answer: (v) => withNamed(v, 'userId', v.world.people, (p) => ok(presenceDocument(p))) },
  { operation: 'PATCH /api/v2/users/{userId}/presences/purecloud', answer: (v) => withNamed(v, 'userId', v.world.people, (p) => changeOwn(v, p)) },
  {
    operation: 'GET /api/v2/users/{userId}/presences/{sourceId}',
    answer: (v) => fromPureCloud(v, () => withNamed(v, 'userId', v.world.people, (p) => ok(presenceDocument(p)))),
  },
  {
    operation: 'PATCH /api/v2/users/{userId}/presences/{sourceId}',
    answer: (v) => fromPureCloud(v, () => withNamed(v, 'userId', v.world.people, (p) => changeOwn(v, p))),
  },
  { operation: 'GET /api/v2/users/presences/purecloud/bulk', answer: ofSeveral },
  { operation: 'GET /api/v2/users/presences/{sourceId}/bulk', answer: (v) => fromPureCloud(v, () => ofSeveral(v)) },
  { operation: 'PUT /api/v2/users/presences/bulk', answer: changeSeveral },
  {
    operation: 'GET /api/v2/presencedefinitions',
    answer: (v) => listing(v, v.world.presences, presenceDefinitionDocument),
  },
  { operation: 'GET /api/v2/presencedefinitions/{presenceId}', answer: (v) => withDefinition(v, 'presenceId', (d) => ok(presenceDefinitionDocument(d))) },
  {
    operation: 'GET /api/v2/presence/definitions',
    answer: (v) => ok({ total: v.world.presences.length, entities: v.world.presences.map(newDefinitionDocument), selfUri: '/api/v2/presence/definitions' }),
  },
  { operation: 'GET /api/v2/presence/definitions/{definitionId}', answer: (v) => withDefinition(v, 'definitionId', (d) => ok(newDefinitionDocument(d))) },
  { operation: 'GET /api/v2/systempresences', answer: (v) => ok(v.world.presences.map((d) => ({ id: d.id, name: d.systemPresence }))) },
  { operation: 'GET /api/v2/users/{userId}/routingstatus', answer: (v) => withNamed(v, 'userId', v.world.people, (p) => ok(routingStatusDocument(p))) },
  {
    operation: 'PUT /api/v2/users/{userId}/routingstatus',
    answer: (v) =>
      withNamed(v, 'userId', v.world.people, (p) => {
        if (v.caller.user !== p) return notTheirs(p);
        const status = isRecord(v.body) ? v.body['status'] : undefined;
        if (!isRoutingStatus(status)) return typeof status === 'string' ? invalidValue(status, 'RoutingStatus', ROUTING_STATUSES) : BAD_REQUEST;
        v.world.setRouting(p, status);
        return ok(routingStatusDocument(p));
      }),
  },
];

/** OrganizationPresence. */
export const presenceDefinitionDocument = (d: PresenceDefinition): object => ({
  id: d.id,
  name: d.systemPresence,
  languageLabels: { en: d.systemPresence },
  systemPresence: d.systemPresence,
  deactivated: false,
  primary: true,
  selfUri: `/api/v2/presencedefinitions/${d.id}`,
});

/** The newer operations spell what the older ones call `On Queue` without its space; both are understood. */
const withoutSpaces = (name: string): string => name.replaceAll(' ', '');
export const isCalled = (d: PresenceDefinition, name: string): boolean => withoutSpaces(d.systemPresence) === withoutSpaces(name);

/** OrganizationPresenceDefinition. */
const newDefinitionDocument = (d: PresenceDefinition): object => ({
  id: d.id,
  name: d.systemPresence,
  type: 'System',
  languageLabels: { en: d.systemPresence },
  systemPresence: withoutSpaces(d.systemPresence),
  divisionId: '*',
  deactivated: false,
  selfUri: `/api/v2/presence/definitions/${d.id}`,
});

const notTheirs = (p: Person): Refusal => ({ ...forbidden('User', p.id), assumption: 'only the user may change their own status' });

/** Presences come from one source here. */
const fromPureCloud = (v: Visit, use: () => Answer): Answer => (v.params['sourceId']?.toLowerCase() === 'purecloud' ? use() : NOT_FOUND);

function withDefinition(v: Visit, param: string, use: (definition: PresenceDefinition) => Answer): Answer {
  const definition = named(new Map(v.world.presences.map((d) => [d.id, d])), v.params[param] ?? '');
  return isRefusal(definition) ? definition : use(definition);
}

function changeOwn(v: Visit, p: Person): Answer {
  if (v.caller.user !== p) return notTheirs(p);
  const wanted = wantedPresence(v, v.body);
  if (isRefusal(wanted)) return wanted;
  v.world.setPresence(p, wanted.definition, wanted.message);
  return ok(presenceDocument(p));
}

function wantedPresence(v: Visit, body: unknown): { readonly definition: PresenceDefinition; readonly message: string } | Refusal {
  const wanted = isRecord(body) ? body['presenceDefinition'] : undefined;
  if (!isRecord(body) || !isRecord(wanted)) return BAD_REQUEST;
  const { id, systemPresence } = wanted;
  const definition = v.world.presences.find((d) => d.id === id || (typeof systemPresence === 'string' && isCalled(d, systemPresence)));
  if (definition) return { definition, message: typeof body['message'] === 'string' ? body['message'] : '' };
  const allowed = v.world.presences.map((d) => d.systemPresence);
  return invalidValue(String(id ?? systemPresence), 'PresenceDefinition', allowed);
}

/** Those of the people whom the query names; ids that are nobody's are left out (assumed). */
function ofSeveral(v: Visit): Answer {
  const ids = valuesOf(v.query, 'id');
  if (ids.length === 0 || ids.length > MOST_AT_ONCE) return BAD_REQUEST;
  const people = ids.flatMap((id) => v.world.people.get(id.toLowerCase()) ?? []);
  return ok(
    people.map((p) => ({
      id: p.id,
      userId: p.id,
      source: 'PURECLOUD',
      presenceDefinition: presenceReference(p.presence.definition),
      message: p.presence.message,
      modifiedDate: p.presence.since.toISOString(),
    })),
  );
}

/** All or none: what cannot be changed refuses the whole. `id` of an entry is the user's. */
function changeSeveral(v: Visit): Answer {
  if (!Array.isArray(v.body) || v.body.length > MOST_AT_ONCE) return BAD_REQUEST;
  const changes: (readonly [Person, PresenceDefinition, string])[] = [];
  for (const entry of v.body as readonly unknown[]) {
    if (!isRecord(entry) || typeof entry['id'] !== 'string') return BAD_REQUEST;
    const person = named(v.world.people, entry['id']);
    if (isRefusal(person)) return person;
    const wanted = wantedPresence(v, entry);
    if (isRefusal(wanted)) return wanted;
    changes.push([person, wanted.definition, wanted.message]);
  }
  for (const [person, definition, message] of changes) v.world.setPresence(person, definition, message);
  return ok(changes.map(([person]) => presenceDocument(person)));
}
