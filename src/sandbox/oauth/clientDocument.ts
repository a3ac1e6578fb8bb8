import { optional } from '../../platform/json.js';
import type { Client } from '../org/oauthClients.js';
import type { World } from '../org/world.js';

// The platform's entities as JSON. Names of fields: types of purecloud-platform-client-v2 262.0.0.

/** What OAuthClient and OrgOAuthClient have in common; never the secret. */
export function clientDocument(world: World, c: Client): Record<string, unknown> {
  return {
    id: c.id,
    name: c.name,
    dateCreated: c.created.at.toISOString(),
    dateModified: c.modified.at.toISOString(),
    ...optional('createdBy', c.created.by),
    ...optional('modifiedBy', c.modified.by),
    authorizedGrantType: c.grant,
    scope: c.scopes,
    roleDivisions: world.grantsOf(c.id).map((g) => ({ roleId: g.role.id, divisionId: g.division === '*' ? '*' : g.division.id })),
    state: c.state,
  };
}

/** OAuthClient, without its secret. */
export const fullClientDocument = (world: World, c: Client): Record<string, unknown> => ({
  ...clientDocument(world, c),
  accessTokenValiditySeconds: c.validitySeconds,
  ...optional('description', c.description),
  registeredRedirectUri: c.redirectUris,
  selfUri: `/api/v2/oauth/clients/${c.id}`,
});

/** OAuthAuthorization: the org's consent to a client that acts for users. */
export function authorizationDocument(world: World, c: Client): Record<string, unknown> {
  const { id, name } = world.organization;
  return {
    client: fullClientDocument(world, c),
    scope: c.scopes,
    resourceOwner: { id, name },
    dateCreated: c.created.at.toISOString(),
    dateModified: c.modified.at.toISOString(),
    ...optional('createdBy', c.created.by),
    ...optional('modifiedBy', c.modified.by),
    pending: false,
    selfUri: `/api/v2/oauth/authorizations/${c.id}`,
  };
}

/** OAuthScope. */
export function scopeDocument(id: string): Record<string, unknown> {
  const [what = '', only] = id.split(':');
  return { id, description: `${only === undefined ? 'Read and write' : 'Read'}: ${what.replaceAll('-', ' ')}`, selfUri: `/api/v2/oauth/scopes/${id}` };
}
