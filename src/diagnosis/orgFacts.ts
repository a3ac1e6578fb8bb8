/** A fact that was asked of the org: its value and where it came from, or why it is not known. */
export type Known<T> =
  | { readonly kind: 'known'; readonly value: T /** `GET /api/v2/tokens/me` */; readonly from: string }
  | {
      readonly kind: 'unchecked';
      readonly from: string;
      readonly why: string;
      /** The status of the refusal, where there was an answer, and the code, where the platform gave it. */
      readonly status?: number;
      readonly code?: string;
    };

/** Who holds the token. Under client credentials the caller is the client. */
export interface Caller {
  readonly kind: 'user' | 'client';
  readonly id: string;
  readonly name: string;
  readonly org: string;
  /** The OAuth client that the token came through: for a client its own. */
  readonly client: { readonly id: string; readonly name: string };
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
  /** When it was made, ISO 8601, where the platform says. */
  readonly madeAt?: string;
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

/** A role of the org that would grant what is missing. */
export interface RoleFact {
  readonly id: string;
  readonly name: string;
  /** Those of the permissions asked for that it grants. */
  readonly grants: readonly string[];
  /** How much it gives away, for comparing: see `breadthOf`. */
  readonly size: number;
}

/** From this size on a role allows everything: it has a policy with a wildcard for the domain. */
const EVERYTHING = 1e12;

/**
 * How much policies give away, as one number that compares: a wildcard for the domain outweighs all wildcards for entities, those outweigh
 * all wildcards for actions, and those all actions that are named.
 */
export const breadthOf = (policies: readonly { readonly domain: string; readonly entity: string; readonly actions: readonly string[] }[]): number =>
  policies.reduce((sum, p) => {
    const { domain, entity, actions } = p;
    return sum + (domain === '*' ? EVERYTHING : entity === '*' ? 1e8 : actions.includes('*') ? 1e4 : actions.length);
  }, 0);

export const allowsEverything = ({ size }: RoleFact): boolean => size >= EVERYTHING;

/** Where a subject may use a permission: every division, or those with these ids (FACTS §6, divisionspermitted). */
export interface Permitted {
  readonly permission: string;
  readonly everywhere: boolean;
  readonly divisions: readonly { readonly id: string; readonly name: string }[];
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
  /** Where it was asked: the domain of a region, or nothing for a sandbox. */
  readonly domain?: string;
  /** True where the request was sent by somebody else, perhaps with another token: that it was the caller asked about is assumed. */
  readonly senderAssumed?: boolean;
  readonly caller: Known<Caller>;
  readonly grants: Known<readonly Grant[]>;
  /** Where the grants cannot be read: what the org permits the caller, for each permission that is needed. */
  readonly permitted?: Known<readonly Permitted[]>;
  /** The permissions that this org knows at all. */
  readonly catalogue: Known<readonly CataloguePermission[]>;
  /** The roles of this org that grant what the caller lacks. */
  readonly roles?: Known<readonly RoleFact[]>;
  /** Names of the divisions that the answer names by id. */
  readonly divisionNames?: Known<ReadonlyMap<string, string>>;
  /** The user in the path or, for a call of one's own, the caller: whose phone is to ring first. `undefined` value: there is no such user. */
  readonly agent?: Known<Person | undefined>;
  readonly station?: Known<StationFact>;
  /** Presence and routing status of the agent, `Available`, `IDLE`; empty where the answer does not show it. */
  readonly availability?: Known<{ readonly presence: string; readonly routing: string }>;
  /** The queue in the path, or in `callFromQueueId`. */
  readonly queue?: Known<Person | undefined>;
  /** Whose number `callerId` is. `undefined` value: none of the org's. */
  readonly callerNumber?: Known<{ readonly owner: string } | undefined>;
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
