import { stationDocument, userStationsDocument } from '../documents.js';
import { admitIn } from '../http/gate.js';
import { NOT_A_USER, type Refusal, STATION_TAKEN } from '../http/refusals.js';
import { type Answer, done, listing, ok, type Route, type Visit, withNamed } from '../http/route.js';
import type { Person } from '../org/world.js';

const SELF: Refusal = { ...NOT_A_USER, assumption: 'user context of users/stations/me' };
const EMPTY = 'status of a success without a body';

export const STATIONS: readonly Route[] = [
  {
    operation: 'GET /api/v2/stations',
    answer: (v) => {
      const { id, name, userId, webRtcUserId } = Object.fromEntries(v.query);
      const stations = [...v.world.stations.values()].filter(
        (s) =>
          (!id || s.id === id) &&
          (!name || s.name.toLowerCase() === name.toLowerCase()) &&
          (!webRtcUserId || s.owner?.id === webRtcUserId) &&
          (!userId || v.world.userOf(s)?.id === userId),
      );
      return listing(v, stations, (s) => stationDocument(v.world, s));
    },
  },
  { operation: 'GET /api/v2/stations/{stationId}', answer: (v) => withNamed(v, 'stationId', v.world.stations, (s) => ok(stationDocument(v.world, s))) },
  { operation: 'GET /api/v2/users/{userId}/station', answer: (v) => ofOther(v, (p) => ok(userStationsDocument(p))) },
  { operation: 'GET /api/v2/users/stations/me', answer: (v) => ofSelf(v, (p) => ok(userStationsDocument(p))) },
  { operation: 'PUT /api/v2/users/{userId}/station/associatedstation/{stationId}', answer: (v) => ofOther(v, (p) => associate(v, p)) },
  { operation: 'PUT /api/v2/users/stations/me/associatedstation/{stationId}', answer: (v) => ofSelf(v, (p) => associate(v, p)) },
  { operation: 'DELETE /api/v2/users/{userId}/station/associatedstation', answer: (v) => ofOther(v, (p) => dissociate(v, p)) },
  { operation: 'DELETE /api/v2/users/stations/me/associatedstation', answer: (v) => ofSelf(v, (p) => dissociate(v, p)) },
];

const ofSelf = (v: Visit, use: (p: Person) => Answer): Answer => (v.caller.user ? use(v.caller.user) : SELF);

const ofOther = (v: Visit, use: (p: Person) => Answer): Answer =>
  withNamed(v, 'userId', v.world.people, (p) => admitIn(v.world, v.operation, v.caller, p.division.id) ?? use(p));

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
