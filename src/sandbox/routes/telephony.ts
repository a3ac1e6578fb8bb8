import { randomUUID } from 'node:crypto';
import {
  didDocument,
  didNumberDocument,
  didPoolDocument,
  edgeDocument,
  lineDocument,
  outboundRouteDocument,
  phoneDocument,
  routeOfSiteDocument,
  siteDocument,
} from '../documents/telephony.js';
import { aFlag, aName, aText, listOf, readFields } from '../http/fields.js';
import { byName, nameFilter } from '../http/filters.js';
import { invalidValue, isRefusal, NOT_FOUND, type Refusal } from '../http/refusals.js';
import { type Answer, done, listing, ok, type Pages, type Route, type Visit, valuesOf, withNamed } from '../http/route.js';
import { CLASSIFICATIONS, type Did, type DidPool, numberAt, type OutboundRoute, poolSize, type Site } from '../org/telephony.js';
import type { Edge } from '../org/types.js';
import { stationsOf } from './stations.js';

const EDGES = '/api/v2/telephony/providers/edges';
const ROUTES_OF_SITE = `${EDGES}/sites/{siteId}/outboundroutes`;
const EMPTY = 'status of a success without a body';
const ONE_ID = 'a station, its phone and its line have one id';

export const TELEPHONY: readonly Route[] = [
  {
    operation: `GET ${EDGES}`,
    answer: (v) =>
      listing(
        v,
        byName(
          v.query,
          edgesOf(v).filter((e) => nameFilter(v.query)(e.name)),
        ),
        (e) => edgeDocument(v.world, e),
      ),
  },
  {
    operation: `GET ${EDGES}/{edgeId}`,
    answer: (v) => withNamed(v, 'edgeId', new Map(edgesOf(v).map((e) => [e.id, e])), (e) => ok(edgeDocument(v.world, e))),
  },
  {
    operation: `GET ${EDGES}/sites`,
    answer: (v) =>
      listing(
        v,
        byName(
          v.query,
          [...v.world.sites.values()].filter((s) => nameFilter(v.query)(s.name)),
        ),
        siteDocument,
      ),
  },
  { operation: `GET ${EDGES}/sites/{siteId}`, answer: (v) => withSite(v, (s) => ok(siteDocument(s))) },
  { operation: `GET ${EDGES}/sites/{siteId}/numberplans/classifications`, answer: (v) => withSite(v, () => ok(CLASSIFICATIONS)) },
  { operation: `GET ${EDGES}/outboundroutes`, answer: (v) => listing(v, routesOf(v), routeOfSiteDocument) },
  { operation: `GET ${ROUTES_OF_SITE}`, answer: (v) => withSite(v, (s) => listing(v, routesOf(v, s), outboundRouteDocument)) },
  { operation: `POST ${ROUTES_OF_SITE}`, answer: (v) => withSite(v, (s) => makeRoute(v, s)) },
  { operation: `GET ${ROUTES_OF_SITE}/{outboundRouteId}`, answer: (v) => withRoute(v, (r) => ok(outboundRouteDocument(r))) },
  { operation: `PUT ${ROUTES_OF_SITE}/{outboundRouteId}`, answer: (v) => withRoute(v, (r) => changeRoute(v, r)) },
  { operation: `DELETE ${ROUTES_OF_SITE}/{outboundRouteId}`, answer: (v) => withRoute(v, (r) => deleteRoute(v, r)) },
  { operation: `GET ${EDGES}/dids`, answer: dids },
  { operation: `GET ${EDGES}/dids/{didId}`, answer: (v) => withNamed(v, 'didId', v.world.dids, (d) => ok(didDocument(d))) },
  {
    operation: `GET ${EDGES}/didpools`,
    answer: (v) => {
      const ids = valuesOf(v.query, 'id');
      return listing(
        v,
        [...v.world.didPools.values()].filter((p) => ids.length === 0 || ids.includes(p.id)),
        didPoolDocument,
      );
    },
  },
  { operation: `GET ${EDGES}/didpools/{didPoolId}`, answer: (v) => withNamed(v, 'didPoolId', v.world.didPools, (p) => ok(didPoolDocument(p))) },
  { operation: `GET ${EDGES}/didpools/dids`, answer: numbers },
  {
    operation: `GET ${EDGES}/phones`,
    answer: (v) =>
      withAssumption(
        listing(v, stationsOf(v), (s) => phoneDocument(v.world, s)),
        ONE_ID,
      ),
  },
  { operation: `GET ${EDGES}/phones/{phoneId}`, answer: (v) => withNamed(v, 'phoneId', v.world.stations, (s) => ok(phoneDocument(v.world, s), ONE_ID)) },
  {
    operation: `GET ${EDGES}/lines`,
    answer: (v) =>
      withAssumption(
        listing(v, stationsOf(v), (s) => lineDocument(v.world, s)),
        ONE_ID,
      ),
  },
  { operation: `GET ${EDGES}/lines/{lineId}`, answer: (v) => withNamed(v, 'lineId', v.world.stations, (s) => ok(lineDocument(v.world, s), ONE_ID)) },
];

const withAssumption = (answer: Answer, assumption: string): Answer => (isRefusal(answer) ? answer : { ...answer, assumption });

/** Each is at exactly one site. */
const edgesOf = (v: Visit): Edge[] => [...v.world.sites.values()].flatMap((s) => s.edges);
const withSite = (v: Visit, use: (site: Site) => Answer): Answer => withNamed(v, 'siteId', v.world.sites, use);

function routesOf(v: Visit, site?: Site): OutboundRoute[] {
  const named = nameFilter(v.query);
  return byName(
    v.query,
    [...v.world.outboundRoutes.values()].filter((r) => (!site || r.site === site) && named(r.name)),
  );
}

const withRoute = (v: Visit, use: (route: OutboundRoute) => Answer): Answer =>
  withSite(v, (site) => withNamed(v, 'outboundRouteId', v.world.outboundRoutes, (route) => (route.site === site ? use(route) : NOT_FOUND)));

const OPTIONAL = { description: aText, enabled: aFlag };

function routeFields(
  v: Visit,
): { readonly name: string; readonly classificationTypes: readonly string[]; readonly description?: string; readonly enabled?: boolean } | Refusal {
  const fields = readFields(v.body, { name: aName, classificationTypes: listOf(aName, 50) }, OPTIONAL);
  if (isRefusal(fields)) return fields;
  const wrong = fields.classificationTypes.find((c) => !(CLASSIFICATIONS as readonly string[]).includes(c));
  return wrong === undefined ? fields : { ...invalidValue(wrong, 'classificationTypes', CLASSIFICATIONS), assumption: 'names of the classifications' };
}

function makeRoute(v: Visit, site: Site): Answer {
  const fields = routeFields(v);
  if (isRefusal(fields)) return fields;
  const { name, classificationTypes, description, enabled = true } = fields;
  const route: OutboundRoute = { id: randomUUID(), name, site, description, classificationTypes, enabled };
  v.world.add('outboundRoute', route);
  return ok(outboundRouteDocument(route));
}

function changeRoute(v: Visit, route: OutboundRoute): Answer {
  const fields = routeFields(v);
  if (isRefusal(fields)) return fields;
  v.world.change('outboundRoute', route, fields);
  return ok(outboundRouteDocument(route));
}

function deleteRoute(v: Visit, route: OutboundRoute): Answer {
  v.world.remove('outboundRoute', route);
  return done(EMPTY);
}

function dids(v: Visit): Answer {
  const ids = valuesOf(v.query, 'id');
  const number = v.query.get('phoneNumber')?.replace(/[^\d]/g, '') ?? '';
  const owner = v.query.get('ownerId')?.toLowerCase();
  const found = [...v.world.dids.values()]
    .filter((d) => (ids.length === 0 || ids.includes(d.id)) && d.number.includes(number) && (!owner || d.owner?.id === owner))
    .sort((a, b) => (a.number < b.number ? -1 : 1));
  return listing(v, found, didDocument);
}

const TYPES = ['ASSIGNED_AND_UNASSIGNED', 'UNASSIGNED'];
interface Numbered {
  readonly number: string;
  readonly pool: DidPool;
  readonly did: Did | undefined;
}

/** Every number of the pools, assigned or not. */
function numbers(v: Visit): Answer {
  const type = v.query.get('type') ?? '';
  if (!TYPES.includes(type)) return invalidValue(type, 'type', TYPES);
  const pools = valuesOf(v.query, 'id');
  const part = v.query.get('numberMatch')?.replace(/[^\d]/g, '') ?? '';
  const assigned = new Map([...v.world.dids.values()].map((d) => [d.number, d]));
  const chosen = [...v.world.didPools.values()].filter((p) => pools.length === 0 || pools.includes(p.id));
  const all = chosen.flatMap((pool) =>
    Array.from({ length: poolSize(pool) }, (_, i) => numberAt(pool, i)).map((number) => ({ number, pool, did: assigned.get(number) })),
  );
  const found: Pages<Numbered> = all.filter((n) => n.number.includes(part) && (type !== 'UNASSIGNED' || !n.did));
  return listing(v, found, (n) => didNumberDocument(n.number, n.pool, n.did));
}
