import { clientDocument } from '../documents.js';
import { ok, type Route, type Visit } from '../http/route.js';

export const TOKENS: readonly Route[] = [
  { operation: 'GET /api/v2/tokens/me', answer: (v) => ok(tokenDocument(v)) },
  { operation: 'HEAD /api/v2/tokens/me', answer: () => ({ status: 200 }) },
  {
    operation: 'DELETE /api/v2/tokens/me',
    answer: (v) => {
      v.tokens.revoke(v.caller.value);
      return { status: 200, assumption: 'status of a success without a body' };
    },
  },
];

/** TokenInfo, and `authenticatedUser` as it was seen on the wire: null where the token has no user (FACTS §4.4). */
export function tokenDocument(v: Visit): object {
  const { client, user } = v.caller;
  const { id, name } = v.world.organization;
  const organization = { id, name };
  return {
    organization,
    homeOrganization: organization,
    authorizedScope: client.scopes,
    authenticatedUser: user ? { id: user.id, name: user.name } : null,
    OAuthClient: { ...clientDocument(v.world, client), organization },
  };
}
