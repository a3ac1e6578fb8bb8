import { CALLBACKS } from '../calls/keptCallbacks.js';
import { CLIENT_STATES, GRANT_TYPES } from './oauthClients.js';
import { ROUTING_STATUSES } from './orgFile.js';
import { aBoolean, aGuid, aList, anInteger, anObject, aString, oneOf } from './shape.js';
import {
  CONTACTS,
  DIVISIONS,
  EXTERNAL_ORGANIZATIONS,
  GROUPS,
  LANGUAGES,
  OUTBOUND_ROUTES,
  PEOPLE,
  QUEUES,
  ROLES,
  SKILLS,
  WRAP_UP_CODES,
} from './stateEntities.js';
import { aText, aTime, find, nullable, type Part, part } from './statePart.js';
import type { Grant } from './types.js';

const PRESENCE = part(anObject({ definition: aGuid, message: aText, since: aTime }, {}), {
  name: 'presence',
  concernedBy: (c) => (c.kind === 'presence' ? [c.person.id] : []),
  save: (world, id) => {
    const presence = world.people.get(id)?.presence;
    return presence && { definition: presence.definition.id, message: presence.message, since: presence.since.toISOString() };
  },
  restore: (world, id, saved, wrong) => {
    const person = find(world.people, id, 'user', wrong);
    const definition = world.presences.find((d) => d.id === saved.definition);
    if (!definition) wrong(`the org has no presence with the id ${saved.definition}`, 'definition');
    else if (person) person.presence = { definition, message: saved.message, since: new Date(saved.since) };
  },
});

const ROUTING = part(anObject({ status: oneOf(...ROUTING_STATUSES), since: aTime }, {}), {
  name: 'routingStatus',
  concernedBy: (c) => (c.kind === 'routing' ? [c.person.id] : []),
  save: (world, id) => {
    const routing = world.people.get(id)?.routing;
    return routing && { status: routing.status, since: routing.since.toISOString() };
  },
  restore: (world, id, { status, since }, wrong) => {
    const person = find(world.people, id, 'user', wrong);
    if (person) person.routing = { status, since: new Date(since) };
  },
});

const STATIONS = part(anObject({ station: nullable(aGuid), last: nullable(aGuid), since: aTime }, {}), {
  name: 'station',
  concernedBy: (c) => (c.kind === 'station' ? [c.person.id] : []),
  save: (world, id) => {
    const person = world.people.get(id);
    return person && { station: person.station?.id ?? null, last: person.lastStation?.id ?? null, since: person.stationSince.toISOString() };
  },
  restore: (world, id, saved, wrong) => {
    const person = find(world.people, id, 'user', wrong);
    const station = saved.station === null ? undefined : find(world.stations, saved.station, 'station', wrong, 'station');
    const last = saved.last === null ? undefined : find(world.stations, saved.last, 'station', wrong, 'last');
    if (!person) return;
    world.associate(person, station);
    person.lastStation = last;
    person.stationSince = new Date(saved.since);
  },
});

const GRANTS = part(aList(anObject({ role: aGuid, division: aString, madeAt: aTime }, {})), {
  name: 'grants',
  concernedBy: (c) => (c.kind === 'grants' ? [c.subjectId] : []),
  save: (world, id) => world.grantsOf(id).map((g) => ({ role: g.role.id, division: g.division === '*' ? '*' : g.division.id, madeAt: g.madeAt.toISOString() })),
  restore: (world, id, saved, wrong) => {
    const grants = saved.flatMap(({ role, division, madeAt }, i): Grant[] => {
      const granted = find(world.roles, role, 'role', wrong, `${i}/role`);
      const where = division === '*' ? '*' : find(world.divisions, division, 'division', wrong, `${i}/division`);
      return granted && where ? [{ role: granted, division: where, madeAt: new Date(madeAt) }] : [];
    });
    world.grants.replace(id, grants);
  },
});

const touch = anObject({ at: aTime }, { by: anObject({ id: aGuid, name: aString, selfUri: aString }, {}) });
const CLIENTS = part(
  anObject(
    {
      name: aString,
      secret: aString,
      grant: oneOf(...GRANT_TYPES),
      state: oneOf(...CLIENT_STATES),
      scopes: aList(aString),
      redirectUris: aList(aString),
      validitySeconds: anInteger(1, Number.MAX_SAFE_INTEGER),
      requiresPkce: aBoolean,
      created: touch,
      modified: touch,
    },
    { description: aText },
  ),
  {
    name: 'clients',
    concernedBy: (c) => (c.kind === 'client' ? [c.clientId] : []),
    save: (world, id) => {
      const client = world.clients.get(id);
      if (!client) return undefined;
      const { name, description, secret, grant, state, scopes, redirectUris, validitySeconds, requiresPkce, created, modified } = client;
      const touched = ({ at, by }: typeof created) => ({ at: at.toISOString(), ...(by ? { by } : {}) });
      return {
        name,
        ...(description === undefined ? {} : { description }),
        ...{ secret, grant, state, scopes, redirectUris, validitySeconds, requiresPkce, created: touched(created), modified: touched(modified) },
      };
    },
    restore: (world, id, saved) => {
      const touched = ({ at, by }: NonNullable<ReturnType<typeof touch>>) => ({ at: new Date(at), by });
      world.saveClient({ ...saved, id, description: saved.description, created: touched(saved.created), modified: touched(saved.modified) });
    },
    remove: (world, id) => {
      const client = world.clients.get(id);
      if (client) world.deleteClient(client);
    },
  },
);

/** Everything that is kept, in the order in which it is put back: what others point at comes first. */
export const PARTS: readonly Part[] = [
  DIVISIONS,
  ROLES,
  SKILLS,
  LANGUAGES,
  WRAP_UP_CODES,
  PEOPLE,
  QUEUES,
  GROUPS,
  EXTERNAL_ORGANIZATIONS,
  CONTACTS,
  OUTBOUND_ROUTES,
  CLIENTS,
  GRANTS,
  PRESENCE,
  ROUTING,
  STATIONS,
  CALLBACKS,
];
