/** A fact that was asked of the org: its value and where it came from, or why it is not known. */
export type Known<T> =
  | { readonly kind: 'known'; readonly value: T /** `GET /api/v2/tokens/me` */; readonly from: string }
  | { readonly kind: 'unchecked'; readonly from: string; readonly why: string };

/** Who holds the token. Under client credentials the caller is the client. */
export interface Caller {
  readonly kind: 'user' | 'client';
  readonly id: string;
  readonly name: string;
  readonly org: string;
  /** The grant as the platform names it, `CLIENT-CREDENTIALS`; empty where it does not say. */
  readonly grant: string;
  readonly scopes: readonly string[];
}

/** One role in one division. */
export interface Grant {
  readonly role: string;
  readonly roleId: string;
  /** `*` is every division. */
  readonly divisionId: string;
  readonly divisionName: string;
  readonly policies: readonly { readonly domain: string; readonly entity: string; readonly actions: readonly string[]; readonly conditional: boolean }[];
}

export interface CataloguePermission {
  readonly permission: string;
  readonly divisionAware: boolean;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly divisionId: string;
  readonly divisionName: string;
}

/** A station, or `undefined` where the person has none. */
export type StationFact = { readonly name: string; readonly status: string } | undefined;

/**
 * What an org says about a request's requirements. Each fact stands or fails on its own; a fact that the request does not
 * need is absent. Grants are the complete list of the caller's own: what is not in them is not held.
 */
export interface OrgFacts {
  /** When it was asked, ISO 8601. */
  readonly at: string;
  readonly caller: Known<Caller>;
  readonly grants: Known<readonly Grant[]>;
  /** The permissions that this org knows at all. */
  readonly catalogue: Known<readonly CataloguePermission[]>;
  /** The user whose phone is to ring first: the one in the path, or the caller. `undefined` value: there is no such user. */
  readonly agent?: Known<Person | undefined>;
  readonly station?: Known<StationFact>;
  /** The queue in `callFromQueueId`. */
  readonly queue?: Known<Person | undefined>;
}

/** The grants that give `permission`; a `*` in a policy stands for everything. Source: FACTS §6, subjects. */
export function grantsOf(grants: readonly Grant[], permission: string): readonly Grant[] {
  return grants.filter((g) => g.policies.some((p) => gives(p, permission)));
}

/** True where a grant gives `permission` under a condition only: whether it holds then depends on the object. */
export const onlyConditionally = (grant: Grant, permission: string): boolean => grant.policies.every((p) => p.conditional || !gives(p, permission));

function gives(policy: Grant['policies'][number], permission: string): boolean {
  const [domain, entity, action] = permission.toLowerCase().split(':');
  const fits = (word: string, wanted: string | undefined): boolean => word === '*' || word.toLowerCase() === wanted;
  return fits(policy.domain, domain) && fits(policy.entity, entity) && policy.actions.some((a) => fits(a, action));
}
