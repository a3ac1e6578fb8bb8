import { isRecord, text } from '../platform/json.js';

/** One signed-in caller. Holds no secret: those are in the secret store under `secretKey`. */
export interface Account {
  /** Unique: how, region, org and principal. */
  readonly id: string;
  readonly how: 'client-credentials' | 'token' | 'sandbox';
  /** Region name; `sandbox` for the sandbox org, whose origin changes with every start. */
  readonly region: string;
  readonly org: string;
  readonly kind: 'user' | 'client';
  /** The user's or client's name. */
  readonly name: string;
  /** The user's or client's id in the org; empty where the platform does not tell it. */
  readonly principal: string;
}

/** What an account signs in with. Lives in the secret store and in memory, nowhere else. */
export type Secret =
  | { readonly how: 'client-credentials'; readonly clientId: string; readonly clientSecret: string }
  | { readonly how: 'token'; readonly token: string }
  | { readonly how: 'sandbox' };

export const accountId = (how: Account['how'], region: string, org: string, principal: string): string => [how, region, org, principal].join('/');

/** "wfm-tool · Sandbox org": for menus. */
export const accountLabel = (a: Account): string => `${a.name}${a.org ? ` · ${a.org}` : ''}`;

export const grantWords = (a: Account): string => (a.kind === 'client' ? 'client credentials' : a.how === 'token' ? 'access token' : 'user');

/** What the secret store held. Anything damaged is dropped: the person signs in again. */
export function readAccounts(stored: string | undefined): Account[] {
  const json = parse(stored);
  if (!Array.isArray(json)) return [];
  return json.flatMap((a): Account[] => {
    if (!isRecord(a)) return [];
    const at = (key: string): string => text(a[key]) ?? '';
    const how = at('how');
    const kind = at('kind');
    if (at('id') === '' || !(how === 'client-credentials' || how === 'token' || how === 'sandbox') || !(kind === 'user' || kind === 'client')) return [];
    return [{ id: at('id'), how, region: at('region'), org: at('org'), kind, name: at('name'), principal: at('principal') }];
  });
}

export function readSecret(stored: string | undefined): Secret | undefined {
  const json = parse(stored);
  if (!isRecord(json)) return undefined;
  const at = (key: string): string => text(json[key]) ?? '';
  if (at('how') === 'client-credentials' && at('clientId') && at('clientSecret'))
    return { how: 'client-credentials', clientId: at('clientId'), clientSecret: at('clientSecret') };
  if (at('how') === 'token' && at('token')) return { how: 'token', token: at('token') };
  return at('how') === 'sandbox' ? { how: 'sandbox' } : undefined;
}

function parse(stored: string | undefined): unknown {
  try {
    return stored === undefined ? undefined : JSON.parse(stored);
  } catch {
    return undefined;
  }
}
