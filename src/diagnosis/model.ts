/** Requirement ids (DESIGN §5): a public contract. Add, never rename. The order is the platform's: what is checked first comes first. */
export const CAUSES = [
  'not-genesys',
  'token-missing',
  'token-invalid',
  'wrong-region',
  'client-rejected',
  'grant-not-allowed',
  'token-request-malformed',
  'rate-limited',
  'no-such-operation',
  'no-user-context',
  'feature-not-enabled',
  'missing-permission',
  'missing-division',
  'missing-scope',
  'access-rule',
  'stale-grant',
  'org-trust',
  'not-participant',
  'unresolved-placeholder',
  'wrong-id',
  'invalid-payload',
  'no-station',
  'station-unreachable',
  'invalid-number',
  'no-route',
  'invalid-state',
  'platform-fault',
  'remote-credentials',
] as const;
export type Cause = (typeof CAUSES)[number];

/** What is true where the requirement of a cause holds, in a few words: the ids name what fails. */
export const HOLDS: Readonly<Record<Cause, string>> = {
  'not-genesys': 'answered by Genesys Cloud',
  'token-missing': 'a token was sent',
  'token-invalid': 'the token was accepted',
  'wrong-region': 'the region is right',
  'client-rejected': 'the client was accepted',
  'grant-not-allowed': 'the grant is allowed',
  'token-request-malformed': 'the token request is well formed',
  'rate-limited': 'no limit was reached',
  'no-such-operation': 'the operation exists',
  'no-user-context': 'the token belongs to a user',
  'feature-not-enabled': 'the org has the permission',
  'missing-permission': 'the permission is held',
  'missing-division': 'the grant covers the division',
  'missing-scope': 'scopes do not stand in the way',
  'access-rule': 'no other rule forbids it',
  'stale-grant': 'the grant is in effect',
  'org-trust': 'the other org trusts it',
  'not-participant': 'the caller is a party',
  'unresolved-placeholder': 'nothing is left to fill in',
  'wrong-id': 'the ids exist',
  'invalid-payload': 'the body fits the operation',
  'no-station': 'there is a station',
  'station-unreachable': 'the station can be reached',
  'invalid-number': 'the number can be dialled',
  'no-route': 'there is a route',
  'invalid-state': 'the state allows it',
  'platform-fault': 'the platform works',
  'remote-credentials': 'the remote system took the credentials',
};

/** `confirmed`: proved failing. `ruled-out`: proved holding. `unchecked`: not checked, and the evidence says why. */
export const VERDICTS = ['confirmed', 'likely', 'possible', 'unchecked', 'ruled-out'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Evidence {
  readonly source: 'response' | 'request' | 'token' | 'org' | 'facts';
  readonly fact: string;
}

/** Where a finding belongs: a JSON pointer into the body, or a part of the request that is no JSON. */
export interface Place {
  readonly document: 'request' | 'response';
  readonly part: 'body' | 'url' | 'headers';
  /** Into the body; "" is all of it. */
  readonly pointer: string;
  /** The words inside that value, where only they are meant. */
  readonly words?: string;
}

/** A role that would mend a finding, in a division where the caller does not have it yet. Ids and names. */
export interface Remedy {
  readonly kind: 'grant';
  readonly subjectId: string;
  readonly subjectName: string;
  readonly subjectKind: 'user' | 'client';
  readonly roleId: string;
  readonly roleName: string;
  readonly divisionId: string;
  readonly divisionName: string;
}

/** One requirement, whether it holds, how that is known, and what to do about it. Texts are plain, never markup. */
export interface Finding {
  readonly cause: Cause;
  readonly verdict: Verdict;
  readonly title: string;
  readonly because: readonly Evidence[];
  readonly fix: readonly string[];
  readonly remedy?: Remedy;
  readonly place?: Place;
}

/** For places that come back through a command's arguments. */
export function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null) return false;
  const { document, part, pointer } = value as Partial<Record<keyof Place, unknown>>;
  return (document === 'request' || document === 'response') && (part === 'body' || part === 'url' || part === 'headers') && typeof pointer === 'string';
}

export function isEvidence(value: unknown): value is Evidence {
  return (
    typeof value === 'object' && value !== null && 'source' in value && typeof value.source === 'string' && 'fact' in value && typeof value.fact === 'string'
  );
}

export function isRemedy(value: unknown): value is Remedy {
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'grant') return false;
  return (['subjectId', 'subjectName', 'roleId', 'roleName', 'divisionId', 'divisionName'] as const).every(
    (key) => typeof (value as Partial<Remedy>)[key] === 'string',
  );
}
