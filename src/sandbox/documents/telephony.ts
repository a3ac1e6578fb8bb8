import type { Did, DidPool, OutboundRoute, Site } from '../org/telephony.js';
import type { Edge, Person, Station } from '../org/types.js';
import type { World } from '../org/world.js';
import { reference } from './references.js';

const EDGES = 'telephony/providers/edges';
const BASE = `/api/v2/${EDGES}`;

/** Station. A station whose edge is offline keeps its user: its status says no more than that (assumed). */
export function stationDocument(world: World, s: Station): object {
  const user = world.userOf(s);
  return {
    id: s.id,
    name: s.name,
    status: user ? 'ASSOCIATED' : 'AVAILABLE',
    ...(user ? { userId: user.id } : {}),
    ...(s.owner ? { webRtcUserId: s.owner.id } : {}),
    ...(s.edge ? { primaryEdge: reference(s.edge, EDGES) } : {}),
    type: s.type,
    lineAppearanceId: s.id,
    webRtcPersistentEnabled: s.webRtcPersistentEnabled ?? s.type === 'inin_webrtc_softphone',
    webRtcRequireMediaHelper: s.webRtcRequireMediaHelper ?? false,
    selfUri: `/api/v2/stations/${s.id}`,
  };
}

const siteReference = (s: Site): object => reference(s, `${EDGES}/sites`);
const siteOfEdge = (world: World, edge: Edge | undefined): Site | undefined =>
  [...world.sites.values()].find((s) => edge !== undefined && s.edges.includes(edge));

export const edgeDocument = (world: World, e: Edge): object => {
  const site = siteOfEdge(world, e);
  return {
    id: e.id,
    name: e.name,
    version: 1,
    state: 'active',
    statusCode: e.online ? 'ACTIVE' : 'INACTIVE',
    onlineStatus: e.online ? 'ONLINE' : 'OFFLINE',
    ...(site ? { site: siteReference(site) } : {}),
    physicalEdge: false,
    managed: false,
    edgeDeploymentType: 'CDM',
    selfUri: `${BASE}/${e.id}`,
  };
};

export const siteDocument = (s: Site): object => ({
  id: s.id,
  name: s.name,
  version: 1,
  state: 'active',
  edges: s.edges.map((e) => reference(e, EDGES)),
  managed: false,
  mediaModel: 'Cloud',
  ...(s.callerId === undefined ? {} : { callerId: s.callerId }),
  ...(s.callerName === undefined ? {} : { callerName: s.callerName }),
  selfUri: `${BASE}/sites/${s.id}`,
});

/** OutboundRouteBase. */
export const outboundRouteDocument = (r: OutboundRoute): Record<string, unknown> => ({
  id: r.id,
  name: r.name,
  ...(r.description === undefined ? {} : { description: r.description }),
  version: 1,
  state: 'active',
  classificationTypes: r.classificationTypes,
  enabled: r.enabled,
  distribution: 'SEQUENTIAL',
  externalTrunkBases: [],
  selfUri: `${BASE}/sites/${r.site.id}/outboundroutes/${r.id}`,
});

/** OutboundRoute: with the site that it is of. */
export const routeOfSiteDocument = (r: OutboundRoute): object => ({ ...outboundRouteDocument(r), site: siteReference(r.site), managed: false });

export const didPoolDocument = (p: DidPool): object => ({
  id: p.id,
  name: p.start,
  version: 1,
  state: 'active',
  startPhoneNumber: p.start,
  endPhoneNumber: p.end,
  comments: p.comments,
  provider: 'PURE_CLOUD_VOICE',
  selfUri: `${BASE}/didpools/${p.id}`,
});

const poolReference = (p: DidPool): object => ({ id: p.id, selfUri: `${BASE}/didpools/${p.id}` });
const ownerFields = ({ owner }: Did): object => {
  if (!owner) return {};
  return { owner: reference(owner, owner.type === 'USER' ? 'users' : 'groups'), ownerType: owner.type };
};

export const didDocument = (d: Did): object => ({
  id: d.id,
  name: d.number,
  version: 1,
  state: 'active',
  phoneNumber: d.number,
  didPool: poolReference(d.pool),
  ...ownerFields(d),
  selfUri: `${BASE}/dids/${d.id}`,
});

/** DIDNumber: a number of a pool, with its DID where it is assigned. */
export const didNumberDocument = (number: string, pool: DidPool, did: Did | undefined): object => ({
  ...(did ? { id: did.id } : {}),
  name: number,
  number,
  assigned: did !== undefined,
  didPool: poolReference(pool),
  ...(did ? { ...ownerFields(did), selfUri: `${BASE}/dids/${did.id}` } : {}),
});

/** The line of a station. A station, its phone and the phone's line have one id here (assumed). */
export function lineDocument(world: World, s: Station): object {
  const user = world.userOf(s);
  return {
    id: s.id,
    name: s.name,
    state: 'active',
    ...siteOfStation(world, s),
    ...(s.edge ? { primaryEdge: reference(s.edge, EDGES) } : {}),
    ...(user ? { loggedInUser: reference(user, 'users') } : {}),
    ...(s.owner ? { defaultForUser: reference(s.owner, 'users') } : {}),
    selfUri: `${BASE}/lines/${s.id}`,
  };
}

/** Phone, with the one line that it has. */
export const phoneDocument = (world: World, s: Station): object => ({
  id: s.id,
  name: s.name,
  version: 1,
  state: 'active',
  ...siteOfStation(world, s),
  lines: [lineDocument(world, s)],
  status: phoneStatus(s),
  ...(s.owner ? { webRtcUser: userOfPhone(s.owner) } : {}),
  standAlone: s.type === 'inin_standalone',
  ...(s.edge ? { primaryEdge: reference(s.edge, EDGES) } : {}),
  selfUri: `${BASE}/phones/${s.id}`,
});

const userOfPhone = (p: Person): object => reference(p, 'users');

function siteOfStation(world: World, s: Station): object {
  const site = siteOfEdge(world, s.edge);
  return site ? { site: siteReference(site) } : {};
}

const phoneStatus = (s: Station): object => ({
  id: s.id,
  operationalStatus: s.edge?.online ? 'OPERATIONAL' : 'OFFLINE',
  edgesStatus: s.edge ? (s.edge.online ? 'IN_SERVICE' : 'OUT_OF_SERVICE') : 'NO_EDGES',
  lineStatuses: [{ id: s.id, reachable: s.edge?.online ?? false }],
  ...(s.edge ? { edge: reference(s.edge, EDGES) } : {}),
});
