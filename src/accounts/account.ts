import { isRecord, optional, text } from '../platform/json.js';

/** How an account gets its tokens. `sandbox`: from the sandbox org of the window, which makes new ones with every start. */
export const HOWS = ['client-credentials', 'code', 'saml2', 'token', 'sandbox'] as const;
export type How = (typeof HOWS)[number];

/** The grant that the token was made with; the names of FACTS §4.1. `unknown` where nobody tells, as for a pasted token. */
export const GRANTS = ['client-credentials', 'authorization-code', 'saml2-bearer', 'implicit', 'unknown'] as const;
export type Grant = (typeof GRANTS)[number];

/** One signed-in caller. Holds no secret: those are in the secret store, by the account's id. */
export interface Account {
  /** Unique: region, org, client and principal; how it signs in, region, name of the org and principal where an earlier version made it. */
  readonly id: string;
  readonly how: How;
  /** Region name, or the origin of a sandbox; `sandbox` for the sandbox org of the window, whose origin changes with every start. */
  readonly region: string;
  /** The org's name. */
  readonly org: string;
  /** Empty where an earlier version signed in, until the org is asked again. Names are not unique: two orgs of a region may share one. */
  readonly orgId: string;
  /** The OAuth client that the token comes through; empty where nobody tells. Not a secret. */
  readonly clientId: string;
  /** The OAuth client's name, where the org tells it. */
  readonly client?: string;
  readonly kind: 'user' | 'client';
  /** The user's or client's name. */
  readonly name: string;
  /** The user's or client's id in the org; empty where the platform does not tell it. */
  readonly principal: string;
  readonly grant: Grant;
  /** Of the token as the platform tells them; absent where it does not, or where they do not apply (client credentials). */
  readonly scopes?: readonly string[];
  /** Milliseconds since 1970 at which the sign-in ends, where it is known and cannot renew itself. */
  readonly expiresAt?: number;
  /** Milliseconds since 1970; absent where an earlier version signed in. */
  readonly signedInAt?: number;
}

/** What an account signs in with. Lives in the secret store and in memory, nowhere else. Times are milliseconds since 1970. */
export type Secret =
  | { readonly how: 'client-credentials'; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly how: 'code';
      readonly clientId: string;
      /** Absent for a client without a secret (PKCE), which gets no refresh token either, as far as is known (FACTS §4.1). */
      readonly clientSecret?: string;
      readonly token: string;
      readonly expiresAt: number;
      readonly refreshToken?: string;
    }
  | { readonly how: 'token'; readonly token: string; readonly expiresAt?: number }
  | { readonly how: 'sandbox' };

/** What makes a caller another one (issue 6): one org's name says nothing. */
export type Identity = Pick<Account, 'region' | 'orgId' | 'clientId' | 'principal'>;

export const accountId = ({ region, orgId, clientId, principal }: Identity): string => [region, orgId, clientId, principal].join('/');

/** Whether two are the same caller of the same org. Where an earlier version made one, the principal's id decides, which is unique. */
export function isSameCaller(a: Account, b: Account): boolean {
  if (a.id === b.id) return true;
  if (a.region !== b.region || a.principal === '' || a.principal !== b.principal) return false;
  return a.orgId === '' || b.orgId === '' ? a.org === b.org && a.how === b.how : a.orgId === b.orgId && a.clientId === b.clientId;
}

/** Whether two accounts see the same people and queues. */
export const isSameOrg = (a: Account | undefined, b: Account | undefined): boolean =>
  a?.region === b?.region && (a?.orgId && b?.orgId ? a.orgId === b.orgId : a?.org === b?.org);

/** "wfm-tool · Sandbox org": for menus. */
export const accountLabel = (a: Account): string => `${a.name}${a.org ? ` · ${a.org}` : ''}`;

/** The region, or the host and port of a sandbox. */
export const placeWords = ({ region }: Account): string => region.replace(/^http:\/\//, '');

/** What tells an account from others of the same name in the same org: "through call-desk"; empty where there are none. */
export function apartWords(account: Account, all: readonly Account[]): string {
  const alike = all.some((a) => a.id !== account.id && accountLabel(a) === accountLabel(account));
  return alike && account.clientId !== '' ? `through ${account.client ?? account.clientId}` : '';
}

const GRANT_WORDS: Readonly<Record<Grant, string>> = {
  'client-credentials': 'client credentials',
  'authorization-code': 'authorization code',
  'saml2-bearer': 'SAML2 bearer',
  implicit: 'implicit grant',
  unknown: '',
};

/** "client credentials", "access token (authorization code)": how the caller came to the token. */
export function grantWords(a: Account): string {
  if (a.how === 'token') return GRANT_WORDS[a.grant] ? `access token (${GRANT_WORDS[a.grant]})` : 'access token';
  return GRANT_WORDS[a.grant] || (a.kind === 'client' ? 'client credentials' : 'user');
}

/** The platform's word for a grant (FACTS §4.1: `CODE`, `CLIENT-CREDENTIALS`, …) as one of ours. */
export function readGrant(word: string): Grant {
  const name = word.toLowerCase().replaceAll('_', '-');
  if (name === 'code' || name === 'authorization-code') return 'authorization-code';
  if (name === 'token') return 'implicit';
  return GRANTS.find((g) => g === name) ?? 'unknown';
}

/** What the secret store held. Anything damaged is dropped: the person signs in again. What an earlier version stored is read. */
export function readAccounts(stored: string | undefined): Account[] {
  const json = parse(stored);
  if (!Array.isArray(json)) return [];
  return json.flatMap((a): Account[] => {
    if (!isRecord(a)) return [];
    const at = (key: string): string => text(a[key]) ?? '';
    const how = HOWS.find((h) => h === at('how'));
    const kind = at('kind');
    if (at('id') === '' || !how || !(kind === 'user' || kind === 'client')) return [];
    const scopes = a['scopes'];
    return [
      {
        id: at('id'),
        how,
        region: at('region'),
        org: at('org'),
        orgId: at('orgId'),
        clientId: at('clientId'),
        ...optional('client', at('client') || undefined),
        kind,
        name: at('name'),
        principal: at('principal'),
        grant: GRANTS.find((g) => g === at('grant')) ?? (how === 'client-credentials' || kind === 'client' ? 'client-credentials' : 'unknown'),
        ...(Array.isArray(scopes) ? { scopes: scopes.filter((s) => typeof s === 'string') } : {}),
        ...optional('expiresAt', time(a['expiresAt'])),
        ...optional('signedInAt', time(a['signedInAt'])),
      },
    ];
  });
}

export function readSecret(stored: string | undefined): Secret | undefined {
  const json = parse(stored);
  if (!isRecord(json)) return undefined;
  const at = (key: string): string => text(json[key]) ?? '';
  const [clientId, clientSecret, token] = [at('clientId'), at('clientSecret'), at('token')];
  const expiresAt = time(json['expiresAt']);
  switch (at('how')) {
    case 'client-credentials':
      return clientId && clientSecret ? { how: 'client-credentials', clientId, clientSecret } : undefined;
    case 'code': {
      if (!clientId || !token || expiresAt === undefined) return undefined;
      const secret = optional('clientSecret', clientSecret || undefined);
      return { how: 'code', clientId, ...secret, token, expiresAt, ...optional('refreshToken', at('refreshToken') || undefined) };
    }
    case 'token':
      return token ? { how: 'token', token, ...optional('expiresAt', expiresAt) } : undefined;
    case 'sandbox':
      return { how: 'sandbox' };
    default:
      return undefined;
  }
}

const time = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

function parse(stored: string | undefined): unknown {
  try {
    return stored === undefined ? undefined : JSON.parse(stored);
  } catch {
    return undefined;
  }
}
