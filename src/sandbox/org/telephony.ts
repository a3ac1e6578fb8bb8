import { createHash } from 'node:crypto';
import { readDialable } from '../../platform/dialable.js';
import { aBoolean, aGuid, aList, anObject, aPattern, aSet, aString, described, oneOf, type ShapeProblem } from './shape.js';
import type { Edge, Named, Person } from './types.js';
import type { World } from './world.js';

/** The classifications of the default number plans of a site. */
export const CLASSIFICATIONS = ['Emergency', 'Extension', 'International', 'National', 'Network', 'Suicide Prevention'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

export interface OutboundRoute extends Named {
  readonly site: Site;
  readonly description: string | undefined;
  readonly classificationTypes: readonly string[];
  readonly enabled: boolean;
}
export interface Site extends Named {
  readonly edges: readonly Edge[];
  readonly callerId: string | undefined;
  readonly callerName: string | undefined;
}
/** Consecutive numbers, of which some are assigned. Both ends are E.164 and belong to it. */
export interface DidPool {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly comments: string;
}
export interface Did {
  readonly id: string;
  /** E.164. */
  readonly number: string;
  readonly pool: DidPool;
  readonly owner: (Named & { readonly type: 'USER' | 'GROUP' }) | undefined;
}
export interface Telephony {
  readonly sites: ReadonlyMap<string, Site>;
  readonly routes: ReadonlyMap<string, OutboundRoute>;
  readonly didPools: ReadonlyMap<string, DidPool>;
  readonly dids: ReadonlyMap<string, Did>;
}

const anE164 = aPattern('^\\+[1-9]\\d{6,14}$', 'a number such as +13175550100');
const LARGEST_POOL = 1000;

export const aTelephony = anObject(
  {},
  {
    sites: described(
      'Where edges are, and which numbers can be called from there. One site with every edge and every number where it is absent.',
      aList(
        anObject(
          { id: aGuid, name: aString },
          {
            edges: described('Names or ids of edges. An edge that no site names belongs to the first.', aSet(aString)),
            callerId: anE164,
            callerName: aString,
            outboundRoutes: aList(
              anObject({ id: aGuid, name: aString, classificationTypes: aSet(oneOf(...CLASSIFICATIONS)) }, { description: aString, enabled: aBoolean }),
            ),
          },
        ),
      ),
    ),
    didPools: described(
      'Ranges of numbers that the org has; at most 1,000 in each.',
      aList(anObject({ id: aGuid, start: anE164, end: anE164 }, { comments: aString })),
    ),
    dids: described(
      'Numbers of the pools that are assigned.',
      aList(anObject({ id: aGuid, number: anE164 }, { owner: described('The name or the id of a user or group.', aString) })),
    ),
  },
);
type TelephonySection = NonNullable<ReturnType<typeof aTelephony>>;

interface Finders {
  readonly edge: (idOrName: string, pointer: string) => Edge | undefined;
  readonly edges: readonly Edge[];
  readonly owner: (idOrName: string) => Did['owner'];
}

/** @param organizationId of which the ids of what the file leaves out are made */
export function linkTelephony(section: TelephonySection, organizationId: string, find: Finders, problems: ShapeProblem[]): Telephony {
  const sites = new Map<string, Site>();
  const routes = new Map<string, OutboundRoute>();
  const placed = new Set<Edge>();
  const entries = section.sites?.length ? section.sites : [everywhere(organizationId)];
  const edgesOf = entries.map((site, i) =>
    (site.edges ?? []).flatMap((name, n) => {
      const edge = find.edge(name, `/telephony/sites/${i}/edges/${n}`);
      if (edge && placed.has(edge)) problems.push({ pointer: `/telephony/sites/${i}/edges/${n}`, why: `${edge.name} is at another site` });
      if (edge) placed.add(edge);
      return edge ?? [];
    }),
  );
  entries.forEach(({ id, name, callerId, callerName, outboundRoutes = [] }, i) => {
    const rest = i === 0 ? find.edges.filter((e) => !placed.has(e)) : [];
    const site: Site = { id, name, edges: [...(edgesOf[i] ?? []), ...rest], callerId, callerName };
    sites.set(id, site);
    for (const r of outboundRoutes)
      routes.set(r.id, { id: r.id, name: r.name, site, description: r.description, classificationTypes: r.classificationTypes, enabled: r.enabled ?? true });
  });

  const didPools = new Map<string, DidPool>();
  (section.didPools ?? []).forEach(({ id, start, end, comments = '' }, i) => {
    const size = end.length === start.length ? Number(end) - Number(start) + 1 : 0;
    if (size < 1 || size > LARGEST_POOL)
      problems.push({ pointer: `/telephony/didPools/${i}/end`, why: `expected a number at or after ${start}, with at most ${LARGEST_POOL} in the pool` });
    else didPools.set(id, { id, start, end, comments });
  });
  const dids = new Map<string, Did>();
  (section.dids ?? []).forEach(({ id, number, owner }, i) => {
    const pool = [...didPools.values()].find((p) => inPool(p, number));
    const found = owner === undefined ? undefined : find.owner(owner);
    if (!pool) problems.push({ pointer: `/telephony/dids/${i}/number`, why: 'no DID pool has that number' });
    else if (owner !== undefined && !found) problems.push({ pointer: `/telephony/dids/${i}/owner`, why: `no user or group "${owner}"` });
    else dids.set(id, { id, number, pool, owner: found });
  });
  return { sites, routes, didPools, dids };
}

const everywhere = (organizationId: string): NonNullable<TelephonySection['sites']>[number] => ({
  id: derivedId(`${organizationId} site`),
  name: 'Main Site',
  outboundRoutes: [{ id: derivedId(`${organizationId} route`), name: 'Default Outbound Route', classificationTypes: CLASSIFICATIONS, enabled: true }],
});

/** A GUID that is always the same for the same text. */
export function derivedId(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const poolSize = (pool: DidPool): number => Number(pool.end) - Number(pool.start) + 1;
/** The number at a place of a pool, counted from 0. */
export const numberAt = (pool: DidPool, index: number): string => `+${Number(pool.start) + index}`;
const inPool = (pool: DidPool, number: string): boolean => number.length === pool.start.length && number >= pool.start && number <= pool.end;

/**
 * What a number is, seen from an org's country. The platform decides by the number plans of the site; this is what its default
 * ones come to (assumed).
 */
export function classificationOf(number: string, country = 'US'): Classification {
  const text = number.trim();
  if (text.includes('@') || /^(?:sips?|tel):/i.test(text)) return 'Network';
  const digits = text.replace(/\D/g, '');
  if (!text.startsWith('+')) {
    if (digits === '988') return 'Suicide Prevention';
    if (/^(?:911|933|112|999)$/.test(digits)) return 'Emergency';
    if (digits.length <= 6) return 'Extension';
  }
  const read = readDialable(text, country);
  return read.kind === 'number' && read.country !== country ? 'International' : 'National';
}

/** The site of an agent's phone: the one with its edge, or else the org's first. */
export function siteOf(world: World, agent: Person): Site | undefined {
  const edge = agent.station?.edge;
  const sites = [...world.sites.values()];
  return sites.find((s) => edge !== undefined && s.edges.includes(edge)) ?? sites[0];
}

/** By which route a number leaves the org from an agent's phone; none where the site has no enabled one for such numbers. */
export function routeFor(world: World, agent: Person, number: string): { readonly classification: Classification; readonly route: OutboundRoute | undefined } {
  const classification = classificationOf(number, world.organization.defaultCountryCode);
  const site = siteOf(world, agent);
  const route = [...world.outboundRoutes.values()].find((r) => r.site === site && r.enabled && r.classificationTypes.includes(classification));
  return { classification, route };
}
