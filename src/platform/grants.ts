/** A grant that is asked for and that the platform does not have, or will not have. */
export interface GrantProblem {
  readonly kind: 'no-such-grant' | 'undocumented' | 'ending';
  readonly title: string;
  readonly text: string;
  /** What does what is meant. */
  readonly instead: string;
  readonly source: string;
}

/** `grant_type` of a token request, as the platform has them (FACTS §4.1). */
const GRANTS: ReadonlySet<string> = new Set(['authorization_code', 'client_credentials', 'refresh_token', 'urn:ietf:params:oauth:grant-type:saml2-bearer']);

const SDK = 'OAuthClientRequest of .NET SDK 270.0.0, 2026-08-15';
const SIGN_IN = 'For a user token: authorization code with PKCE. For an application: client credentials.';

const PROBLEMS: readonly { readonly pattern: RegExp; readonly problem: GrantProblem }[] = [
  {
    pattern: /^(?:urn:ietf:params:oauth:grant-type:)?jwt[-_]bearer$/i,
    problem: {
      kind: 'no-such-grant',
      title: 'The platform has no jwt-bearer grant',
      text: 'No SDK, tool or document of Genesys has a jwt-bearer grant; the only extension grant is saml2-bearer. Nothing there impersonates an agent.',
      instead:
        'To call on behalf of an agent: POST /api/v2/conversations/calls/user/{userId}. To act as one: sign in as that user with authorization code and PKCE.',
      source: SDK,
    },
  },
  {
    pattern: /^(?:urn:ietf:params:oauth:grant-type:)?token[-_]exchange$/i,
    problem: {
      kind: 'no-such-grant',
      title: 'The platform has no token exchange',
      text: 'No token is exchanged for that of another user.',
      instead: `To call on behalf of an agent: POST /api/v2/conversations/calls/user/{userId}. ${SIGN_IN}`,
      source: SDK,
    },
  },
  {
    pattern: /^password$/i,
    problem: {
      kind: 'undocumented',
      title: 'The password grant is not documented',
      text: 'PASSWORD is a value of the type of OAuth clients and nothing else: no document says how to use it.',
      instead: SIGN_IN,
      source: SDK,
    },
  },
  {
    pattern: /^(?:implicit|token)$/i,
    problem: {
      kind: 'ending',
      title: 'The implicit grant is being removed',
      text: 'There are no new implicit clients since 2026, and in 2027 the existing ones end. Sources differ on the month: March (a Genesys employee) or May.',
      instead: 'Authorization code with PKCE gives a user token without a secret.',
      source: 'Genesys community, migrating from the implicit grant, 2026, not confirmed by a document',
    },
  },
];

/**
 * What is wrong with a grant; nothing where the platform has it.
 * @param grant the `grant_type` of a token request, or `token` or `implicit` for the `response_type` of a sign-in
 */
export function grantProblem(grant: string): GrantProblem | undefined {
  const name = grant.trim();
  if (GRANTS.has(name)) return undefined;
  const known = PROBLEMS.find(({ pattern }) => pattern.test(name));
  if (known) return known.problem;
  return {
    kind: 'no-such-grant',
    title: `The platform has no grant “${name}”`,
    text: `The grants are ${[...GRANTS].join(', ')}.`,
    instead: SIGN_IN,
    source: SDK,
  };
}
