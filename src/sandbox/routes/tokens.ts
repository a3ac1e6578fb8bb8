import { ok, type Route, type Visit, withNamed } from '../http/route.js';
import { clientDocument } from '../oauth/clientDocument.js';

const STATUS = 'status of a success without a body';

export const TOKENS: readonly Route[] = [
  { operation: 'GET /api/v2/tokens/me', answer: (v) => ok(tokenDocument(v)) },
  { operation: 'HEAD /api/v2/tokens/me', answer: () => ({ status: 200 }) },
  {
    operation: 'DELETE /api/v2/tokens/me',
    answer: (v) => {
      v.tokens.revoke(v.caller.value);
      return { status: 200, assumption: STATUS };
    },
  },
  {
    operation: 'DELETE /api/v2/tokens/{userId}',
    answer: (v) =>
      withNamed(v, 'userId', v.world.people, (person) => {
        v.tokens.revokeUser(person.id);
        return { status: 200, assumption: STATUS };
      }),
  },
  {
    operation: 'GET /api/v2/tokens/timeout',
    answer: ({ world: { idleTokenTimeoutSeconds: seconds } }) =>
      ok({ enableIdleTokenTimeout: seconds !== undefined, ...(seconds === undefined ? {} : { idleTokenTimeoutSeconds: seconds }) }),
  },
];

/** TokenInfo, and `authenticatedUser` as it was seen on the wire: null where the token has no user (FACTS §4.4). */
export function tokenDocument({ world, caller: { client, user, subjectId, idlesAt } }: Visit): object {
  const { id, name } = world.organization;
  const organization = { id, name };
  return {
    organization,
    homeOrganization: world.access.homes.get(subjectId) ?? organization,
    authorizedScope: client.scopes,
    ...(idlesAt === undefined ? {} : { dateTokenIdles: new Date(idlesAt).toISOString() }),
    authenticatedUser: user ? { id: user.id, name: user.name } : null,
    OAuthClient: { ...clientDocument(world, client), organization },
  };
}
