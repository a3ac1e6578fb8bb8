import { stationDocument } from '../documents/telephony.js';
import { userStationsDocument } from '../documents/users.js';
import { nameFilter } from '../http/filters.js';
import { NOT_A_USER, NOT_FOUND, type Refusal, STATION_TAKEN } from '../http/refusals.js';
import { type Answer, done, listing, ok, type Pages, type Route, type Visit, valuesOf, withNamed } from '../http/route.js';
import type { Person, Station } from '../org/types.js';
import type { World } from '../org/world.js';

const SELF: Refusal = { ...NOT_A_USER, assumption: 'user context of users/stations/me' };
const EMPTY = 'status of a success without a body';
const OF_USER = '/api/v2/users/{userId}/station';
const OF_ME = '/api/v2/users/stations/me';

export const STATIONS: readonly Route[] = [
  { operation: 'GET /api/v2/stations', answer: (v) => listing(v, stationsOf(v), (s) => stationDocument(v.world, s)) },
  { operation: 'GET /api/v2/stations/{stationId}', answer: (v) => withNamed(v, 'stationId', v.world.stations, (s) => ok(stationDocument(v.world, s))) },
  {
    operation: 'DELETE /api/v2/stations/{stationId}/associateduser',
    answer: (v) =>
      withNamed(v, 'stationId', v.world.stations, (s) => {
        const user = v.world.userOf(s);
        return user ? dissociate(v, user) : NOT_FOUND;
      }),
  },
  { operation: `GET ${OF_USER}`, answer: (v) => ofOther(v, (p) => ok(userStationsDocument(p))) },
  { operation: `GET ${OF_ME}`, answer: (v) => ofSelf(v, (p) => ok(userStationsDocument(p))) },
  { operation: `PUT ${OF_USER}/associatedstation/{stationId}`, answer: (v) => ofOther(v, (p) => associate(v, p)) },
  { operation: `PUT ${OF_ME}/associatedstation/{stationId}`, answer: (v) => ofSelf(v, (p) => associate(v, p)) },
  { operation: `DELETE ${OF_USER}/associatedstation`, answer: (v) => ofOther(v, (p) => dissociate(v, p)) },
  { operation: `DELETE ${OF_ME}/associatedstation`, answer: (v) => ofSelf(v, (p) => dissociate(v, p)) },
  {
    operation: `PUT ${OF_USER}/defaultstation/{stationId}`,
    answer: (v) => ofOther(v, (p) => withNamed(v, 'stationId', v.world.stations, (s) => setDefault(v, p, s))),
  },
  { operation: `DELETE ${OF_USER}/defaultstation`, answer: (v) => ofOther(v, (p) => setDefault(v, p, undefined)) },
];

const ofSelf = (v: Visit, use: (p: Person) => Answer): Answer => (v.caller.user ? use(v.caller.user) : SELF);
const ofOther = (v: Visit, use: (p: Person) => Answer): Answer => withNamed(v, 'userId', v.world.people, use);

/** Every station that the query asks for: by id, line, owner, user and part of the name. */
export function stationsOf({ world, query }: Visit): Pages<Station> {
  const ids = [...valuesOf(query, 'id'), ...valuesOf(query, 'lineAppearanceId')].map((id) => id.toLowerCase());
  const owner = query.get('webRtcUserId')?.toLowerCase();
  const user = query.get('userId')?.toLowerCase();
  const name = query.get('name')?.replaceAll('*', '') ?? '';
  const some = ids.length > 0 ? ids.flatMap((id) => world.stations.get(id) ?? []) : owner ? ownedBy(world, owner) : user ? usedBy(world, user) : undefined;
  if (!some) return name === '' ? world.stationNames : world.stationNames.find(name);
  const named = nameFilter(query);
  return some.filter((s) => named(s.name) && (!owner || s.owner?.id === owner) && (!user || world.userOf(s)?.id === user));
}

function ownedBy(world: World, userId: string): readonly Station[] {
  const person = world.people.get(userId);
  return person ? world.stationsOf(person) : [];
}

function usedBy(world: World, userId: string): readonly Station[] {
  const station = world.people.get(userId)?.station;
  return station ? [station] : [];
}

function associate(v: Visit, person: Person): Answer {
  return withNamed(v, 'stationId', v.world.stations, (station) => {
    const user = v.world.userOf(station);
    if (user && user !== person) return STATION_TAKEN;
    if (!user) v.world.associate(person, station);
    return { status: 202, assumption: EMPTY };
  });
}

function dissociate(v: Visit, person: Person): Answer {
  v.world.associate(person, undefined);
  return done(EMPTY);
}

function setDefault(v: Visit, person: Person, defaultStation: Station | undefined): Answer {
  v.world.change('person', person, { defaultStation });
  return { status: 202, assumption: EMPTY };
}
