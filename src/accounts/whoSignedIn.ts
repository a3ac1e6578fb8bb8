import type { Session } from '../org/oauth/session.js';
import { type Account, accountId, type Grant, type How, readGrant } from './account.js';
import { placeOf } from './regionStep.js';

/** What is known of a sign-in beside what the org tells. */
export interface SignInFacts {
  readonly how: How;
  /** Empty where nobody knows it, as with a pasted token. */
  readonly clientId: string;
  /** `unknown` where only the org can tell. */
  readonly grant: Grant;
  readonly expiresAt?: number;
}

const UNKNOWN_ORG = 'Unknown org';

/** The account of somebody who has just signed in, by what the org tells of the token. */
export function accountOf(session: Session, { how, clientId, grant, expiresAt }: SignInFacts): Account {
  const { organization, caller, client, scopes } = session;
  const told = session.grant.kind === 'known' ? readGrant(session.grant.value) : 'unknown';
  const who = caller.kind === 'known' ? caller.value : { kind: grant === 'client-credentials' ? ('client' as const) : ('user' as const), id: '', name: '' };
  const identity = {
    region: how === 'sandbox' ? 'sandbox' : placeOf(session.region),
    orgId: organization.kind === 'known' ? organization.value.id : '',
    clientId: clientId || (client.kind === 'known' ? client.value.id : ''),
    principal: who.id,
  };
  return {
    ...identity,
    // Without an id, a name is the best there is to tell people apart.
    id: accountId({ ...identity, principal: who.id || who.name }),
    how,
    ...(client.kind === 'known' && client.value.name !== '' ? { client: client.value.name } : {}),
    org: (organization.kind === 'known' && organization.value.name) || UNKNOWN_ORG,
    kind: who.kind,
    name: who.name || (client.kind === 'known' && client.value.name) || 'Unnamed',
    grant: grant === 'unknown' ? told : grant,
    // They say nothing about client credentials (FACTS §4.3).
    ...(who.kind === 'user' && scopes.kind === 'known' ? { scopes: scopes.value } : {}),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}
