import type { Client, GrantType } from '../org/oauthClients.js';
import type { World } from '../org/world.js';
import { readAssertion } from './assertion.js';
import { activeClient, authenticate } from './clientSecret.js';
import type { Codes } from './codes.js';
import { Form } from './form.js';
import { userByEmail } from './people.js';
import type { Issued, Tokens } from './tokens.js';

/** An answer of `/oauth/token`, or its refusal. */
export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly assumption?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is asked for tokens. */
export interface Login {
  readonly world: () => World;
  readonly tokens: Tokens;
  readonly codes: Codes;
  readonly now: () => number;
}

export interface TokenRequest {
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  /** The form as text. */
  readonly body: string;
}

/** FACTS §3.1: what the platform says to a wrong id or secret, and in the wrong region. */
const INVALID_CLIENT: TokenAnswer = {
  status: 401,
  body: { error: 'invalid_client', description: 'authentication failed', error_description: 'authentication failed' },
};

const refused = (error: string, description: string): TokenAnswer => ({
  status: 400,
  body: { error, description, error_description: description },
  assumption: `answer to ${error} (after RFC 6749, section 5.2)`,
});

const granted = ({ value, seconds, refresh }: Issued, assumption?: string): TokenAnswer => ({
  status: 200,
  body: { access_token: value, token_type: 'bearer', expires_in: seconds, ...(refresh === undefined ? {} : { refresh_token: refresh }) },
  ...(assumption === undefined ? {} : { assumption }),
});

interface Asked {
  readonly login: Login;
  readonly client: Client;
  readonly form: Form;
  /** Whether the client has shown its secret. */
  readonly withSecret: boolean;
}
interface Grant {
  /** The kind of client that it is for (FACTS §4.1). */
  readonly of: GrantType;
  readonly answer: (asked: Asked) => TokenAnswer;
}

const SAML2_BEARER = 'urn:ietf:params:oauth:grant-type:saml2-bearer';
const GRANTS: Readonly<Record<string, Grant>> = {
  client_credentials: { of: 'CLIENT-CREDENTIALS', answer: ({ login, client }) => granted(login.tokens.issue(client)) },
  authorization_code: { of: 'CODE', answer: byCode },
  refresh_token: { of: 'CODE', answer: byRefreshToken },
  [SAML2_BEARER]: { of: 'SAML2-BEARER', answer: byAssertion },
};
const PARAMETERS = ['grant_type', 'client_id', 'code', 'code_verifier', 'redirect_uri', 'refresh_token', 'orgName', 'assertion'];
const LONGEST_ASSERTION = 512 * 1024;

/**
 * Answers `POST /oauth/token`. The client's id and secret come in a Basic header; a client that signs in with PKCE sends its id
 * and the code verifier in the form, and no header (FACTS §4.1). No source says that a secret may come in the form.
 */
export function answerTokenRequest(login: Login, { authorization, contentType, body }: TokenRequest): TokenAnswer {
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType ?? '')) return refused('invalid_request', 'the request is not a form');
  const form = new Form(new URLSearchParams(body), PARAMETERS, LONGEST_ASSERTION);
  const name = form.get('grant_type');
  const withSecret = authorization !== undefined && authorization !== '';
  const isPublic = !withSecret && name === 'authorization_code' && form.get('code_verifier') !== undefined;
  const client = isPublic ? activeClient(login.world(), form.get('client_id') ?? '') : authenticate(login.world(), authorization);
  // RFC 6749, section 5.2: who has tried with a header is told so.
  if (!client)
    return withSecret ? { ...INVALID_CLIENT, headers: { 'WWW-Authenticate': 'Basic realm="sandbox"' }, assumption: 'WWW-Authenticate' } : INVALID_CLIENT;
  if (form.problem) return refused('invalid_request', form.problem.why);
  if (name === undefined) return refused('invalid_request', 'grant_type is missing');
  const grant = Object.hasOwn(GRANTS, name) ? GRANTS[name] : undefined;
  if (!grant) return refused('unsupported_grant_type', `the sandbox does not know the grant ${name.slice(0, 100)}`);
  if (grant.of !== client.grant) return refused('unauthorized_client', 'the client is not allowed to use this grant');
  if ((form.get('client_id') ?? client.id) !== client.id) return refused('invalid_request', 'client_id is not the client of the Authorization header');
  return grant.answer({ login, client, form, withSecret });
}

function byCode({ login, client, form, withSecret }: Asked): TokenAnswer {
  const [code, redirectUri] = [form.get('code'), form.get('redirect_uri')];
  if (code === undefined) return refused('invalid_request', 'code is missing');
  if (redirectUri === undefined) return refused('invalid_request', 'redirect_uri is missing');
  const redeemed = login.codes.redeem(code, { client, redirectUri, verifier: form.get('code_verifier') });
  if (!redeemed.ok) {
    if (redeemed.ends) login.tokens.end(redeemed.ends);
    return refused('invalid_grant', redeemed.why);
  }
  const user = login.world().people.get(redeemed.userId);
  if (!user) return refused('invalid_grant', 'the user is not in the org any more');
  const issued = login.tokens.issue(client, user, withSecret);
  redeemed.became(issued.session);
  return granted(issued, withSecret ? undefined : 'no refresh token with PKCE alone');
}

function byRefreshToken({ login, client, form }: Asked): TokenAnswer {
  const refresh = form.get('refresh_token');
  if (refresh === undefined) return refused('invalid_request', 'refresh_token is missing');
  const issued = login.tokens.renew(client, refresh);
  return issued ? granted(issued, 'a new refresh token with each token') : refused('invalid_grant', 'the refresh token is not valid any more');
}

function byAssertion({ login, client, form }: Asked): TokenAnswer {
  const [orgName, assertion] = [form.get('orgName'), form.get('assertion')];
  if (orgName === undefined) return refused('invalid_request', 'orgName is missing');
  if (assertion === undefined) return refused('invalid_request', 'assertion is missing');
  const world = login.world();
  const { name, domain } = world.organization;
  if (![name, domain].some((n) => n?.toLowerCase() === orgName.toLowerCase())) return refused('invalid_grant', 'orgName is not this org');
  const read = readAssertion(assertion, login.now());
  if (!read.ok) return refused('invalid_grant', read.why);
  const user = userByEmail(world, read.nameId);
  if (!user) return refused('invalid_grant', 'nobody in the org has the e-mail address that the assertion names');
  return granted(login.tokens.issue(client, user), 'the signature, issuer and audience of the assertion are not checked');
}
