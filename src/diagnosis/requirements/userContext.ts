import { PLACE_AS_SELF, PLACE_ON_BEHALF } from '../../platform/callRequest.js';
import type { Case } from '../case.js';
import type { Evidence, Finding } from '../model.js';
import { SOURCES } from '../sources.js';
import { atCode, declaredBy, facts, holds, inUrl, org, permissionList, type Requirement, request, said, unchecked } from './requirement.js';

/** no-user-context: some operations act as the user who owns the token; client credentials have none (FACTS §0, §2). */
export const userContext: Requirement = (c) => {
  if (c.tokenRequest) return [];
  const refused = c.code === 'not.a.user';
  const required = c.operation?.userContext === 'required';
  if (!refused && !required) return onBehalf(c);
  const declared = required
    ? [facts(`${c.operation?.method} ${c.operation?.path} needs a user: it acts as the owner of the token (error not.a.user; ${SOURCES.codes}).`)]
    : [];
  if (!refused && (c.accepted || STATION_OF_USER.test(c.code ?? ''))) return [holds('no-user-context', 'The token belongs to a user', said(c))];
  if (refused || c.grant?.kind === 'client-credentials') {
    const token = c.grant?.kind === 'client-credentials' && c.grant.source !== 'response' ? [{ source: c.grant.source, fact: c.grant.fact } as const] : [];
    return [
      {
        cause: 'no-user-context',
        verdict: 'confirmed',
        title: 'A client-credentials token has no user, and this operation needs one',
        because: [...(refused ? [...said(c), ...contradiction(c)] : []), ...token, ...declared, ...otherStatus(c), SCOPES],
        fix: remedies(c),
        place: refused ? atCode(c) : inUrl(c.operation?.path),
      },
    ];
  }
  if (c.grant?.kind === 'user') return [holds('no-user-context', 'The token belongs to a user', [{ source: c.grant.source, fact: c.grant.fact }])];
  const asked = c.facts?.caller.kind === 'unchecked' ? [org(`${c.facts.caller.from}: ${c.facts.caller.why}`)] : [];
  const ask = 'How the token was made is not known. Say it with --grant client-credentials or --grant user, or sign in so that GET /api/v2/tokens/me can tell.';
  if (!c.denied || c.status === 401) return [unchecked('no-user-context', 'Whether the token has a user', ...asked, facts(ask))];
  return [
    {
      cause: 'no-user-context',
      verdict: 'possible',
      title: 'If the token comes from client credentials, this operation cannot serve it',
      because: [...declared, ...asked, facts(ask), ...otherStatus(c), SCOPES],
      fix: remedies(c),
      place: inUrl(c.operation?.path),
    },
  ];
};

/** The answer says that the token has no user, and somebody else says that it has one. */
function contradiction(c: Case): Evidence[] {
  if (c.grant?.source === 'token' && c.grant.kind === 'user')
    return [{ source: 'token', fact: `${c.grant.fact} The refused request was sent with another one.` }];
  return c.toldGrant === 'user'
    ? [request('You said that the token belongs to a user. The answer says that it does not: another one was sent, or it was made in another way.')]
    : [];
}

/** Whoever is told about the station of the token's user has one. */
const STATION_OF_USER = /^(?:conversation\.error\.no\.user\.station|providerapi\.error\.(?:station\.no\.active\.edge|no\.station\.for\.edge))$/;

const SCOPES = facts(
  `Scopes do not apply to client credentials: such a token is judged by the roles and divisions of its client, and no scope adds a user to it (${SOURCES.oauthClient}).`,
);

/** On this operation the platform is known to answer 400, so a 403 needs a reason of its own. */
const otherStatus = (c: Case): Evidence[] =>
  c.status !== undefined && c.status !== 400 && c.denied
    ? [facts(`The platform's own answer to it is 400 not.a.user, not ${c.status} (${SOURCES.blog}).`)]
    : [];

function remedies(c: Case): string[] {
  const whose = c.operation === undefined || /^\/api\/v2\/conversations\b/.test(c.operation.path) ? 'the user whose phone it is' : 'a user';
  const asUser = `Call it with a token of ${whose}: authorization code, with PKCE for a public client.`;
  if (c.operation?.path === '/api/v2/users/me') return [asUser, 'What a client is, GET /api/v2/tokens/me says to every token.'];
  if (c.operation?.path !== PLACE_AS_SELF.path || c.operation.method !== PLACE_AS_SELF.method) return [asUser];
  const other = c.operations.get(PLACE_ON_BEHALF.method, PLACE_ON_BEHALF.path);
  return [
    `To call for an agent without the agent's token, use POST ${other.path} with the agent's id in the path and the same body. It needs ${permissionList(other.rule, other.permissions)} (${declaredBy(c.operations)}, ${other.asOf}). That it takes client credentials is likely and not stated officially.`,
    asUser,
  ];
}

/** Which grants the on-behalf operation takes is not published: said, never guessed. */
function onBehalf(c: Case): Finding[] {
  if (c.operation?.path !== PLACE_ON_BEHALF.path || c.accepted || c.grant?.kind !== 'client-credentials') return [];
  if (c.answeredByPlatform && c.denied && c.status !== 401) return [];
  return [
    unchecked(
      'no-user-context',
      'Whether this operation takes client credentials',
      facts(`It was made for calls without the user's token, and no official source says which grants it takes (not verified).`),
    ),
  ];
}
