import * as oauth from 'oauth4webapi';
import { type Exchange, type Headers, REDACTED } from '../../exchange/exchange.js';
import { redactExchange } from '../../exchange/redact.js';
import { readAnswerBody } from '../../platform/errorBody.js';
import { isRecord, optional } from '../../platform/json.js';
import type { Region } from '../../platform/regions.js';
import { Client, refusal as refusalWords } from '../client.js';
import { hide } from '../hide.js';
import type { Answered, Http, Outcome } from '../http.js';
import type { Excluded, GrantName, SignInProblem } from './problems.js';
import { doubtsAbout, problemOfAnswer, problemOfSilence } from './refusals.js';

/** An OAuth client as it shows itself: with its secret, or as a public client, which has none and signs in with PKCE. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret?: string;
}

export interface ClientCredentials extends OAuthClient {
  readonly clientSecret: string;
}

export interface GrantedToken {
  readonly kind: 'ok';
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly refreshToken?: string;
  readonly scope?: string;
}

/** A token, or what became of the request. Nothing but `token` and `refreshToken` ever holds a secret. */
export type TokenAnswer =
  | GrantedToken
  | {
      readonly kind: 'refused';
      /** In a few words; the error code, where there is one. */
      readonly why: string;
      /** The OAuth error code, where there is one. */
      readonly error?: string;
      /** Absent where no token was asked for, because the browser brought the refusal or nobody came. */
      readonly exchange?: Exchange;
      readonly problem: SignInProblem;
    }
  | { readonly kind: 'unreachable'; readonly why: string; readonly problem: SignInProblem }
  | { readonly kind: 'cancelled' };

/** Gets a token with client credentials (FACTS §4.1, RFC 6749 §4.4). */
export function clientCredentialsToken(region: Region, client: ClientCredentials, http: Http, signal?: AbortSignal): Promise<TokenAnswer> {
  return askForToken({ region, client, grant: 'client-credentials', excluded: [], http, signal }, (server, as, auth, options) =>
    oauth.clientCredentialsGrantRequest(server, as, auth, {}, options),
  );
}

/**
 * Exchanges a refresh token for a new token and, where one comes with it, a new refresh token: the old one is then worth nothing
 * (FACTS §4.1, RFC 6749 §6). A public client has none that is known of (FACTS §10).
 */
export function refreshedToken(region: Region, client: OAuthClient, refreshToken: string, http: Http, signal?: AbortSignal): Promise<TokenAnswer> {
  // Whoever has a refresh token has signed in here before.
  return askForToken({ region, client, grant: 'refresh-token', excluded: ['region', 'client-id'], http, signal }, (server, as, auth, options) =>
    oauth.refreshTokenGrantRequest(server, as, auth, refreshToken, options),
  );
}

/** Exchanges a SAML 2 assertion for a token of the user that it names (FACTS §4.1, RFC 7522). @param assertion base64 of the XML */
export function samlToken(
  region: Region,
  { orgName, ...client }: ClientCredentials & { readonly orgName: string },
  assertion: string,
  http: Http,
  signal?: AbortSignal,
): Promise<TokenAnswer> {
  return askForToken({ region, client, grant: 'saml2-bearer', excluded: [], http, signal }, (server, as, auth, options) =>
    oauth.genericTokenEndpointRequest(server, as, auth, 'urn:ietf:params:oauth:grant-type:saml2-bearer', { orgName, assertion }, options),
  );
}

/** Exchanges the code of a callback that was checked already. */
export function codeToken(
  region: Region,
  client: OAuthClient,
  callback: URLSearchParams,
  redirectUri: string,
  verifier: string,
  http: Http,
  signal?: AbortSignal,
): Promise<TokenAnswer> {
  // The login page of this region has just sent somebody back for this client.
  const excluded = ['region', 'client-id', 'client-state'] as const;
  return askForToken({ region, client, grant: 'authorization-code', excluded, redirectUri, http, signal }, (server, as, auth, options) =>
    oauth.authorizationCodeGrantRequest(server, as, auth, callback, redirectUri, verifier, options),
  );
}

/** Ends a token, and with it the sign-in that it came from (FACTS §4.4). One that has ended already counts as ended. */
export async function revoke(region: Region, token: string, http: Http, signal?: AbortSignal): Promise<Revoked> {
  const client = new Client(region, async () => ({ kind: 'ok', token }), http);
  const { outcome } = await client.exchange('DELETE', '/api/v2/tokens/me', signal ? { signal } : {});
  if (outcome.kind === 'cancelled') return outcome;
  if (outcome.kind !== 'answered') return { kind: 'failed', why: outcome.why };
  const { status, body } = outcome;
  const hasEnded = status === 401 && readAnswerBody(body).kind === 'platform';
  return hasEnded || (status >= 200 && status < 300) ? { kind: 'revoked' } : { kind: 'failed', why: refusalWords(status, body) };
}

export type Revoked = { readonly kind: 'revoked' } | { readonly kind: 'failed'; readonly why: string } | { readonly kind: 'cancelled' };

interface Asked {
  readonly region: Region;
  readonly client: OAuthClient;
  readonly grant: GrantName;
  /** What `invalid_client` cannot mean, since something before has proved otherwise. */
  readonly excluded: readonly Excluded[];
  readonly redirectUri?: string;
  readonly http: Http;
  readonly signal: AbortSignal | undefined;
}

type Send = (server: oauth.AuthorizationServer, as: oauth.Client, auth: oauth.ClientAuth, options: oauth.TokenEndpointRequestOptions) => Promise<Response>;

async function askForToken(asked: Asked, send: Send): Promise<TokenAnswer> {
  const { region, client, http, signal } = asked;
  const url = `${region.login}/oauth/token`;
  const server: oauth.AuthorizationServer = { issuer: region.login, token_endpoint: url };
  const as: oauth.Client = { client_id: client.clientId };
  let form = new URLSearchParams();
  let last: Outcome | undefined;
  try {
    const response = await send(server, as, authentication(client), {
      [oauth.allowInsecureRequests]: region.sandbox,
      [oauth.customFetch]: async (to, init) => {
        form = new URLSearchParams(String(init.body));
        last = await http({ method: init.method, url: to, headers: init.headers, body: form.toString(), ...optional('signal', signal) });
        if (last.kind !== 'answered') throw new NoAnswer();
        const { status, headers, body } = last;
        return new Response([204, 205, 304].includes(status) ? null : withoutAbsent(body), { status, headers: headers.map(([n, v]) => [n, v]) });
      },
    });
    const token = await oauth.processGenericTokenEndpointResponse(server, as, response);
    if (!SENDABLE.test(token.access_token)) throw new NoAnswer();
    return {
      kind: 'ok',
      token: token.access_token,
      expiresAt: Date.now() + Math.min(token.expires_in ?? SHORTEST_LIFE, LONGEST_LIFE) * 1000,
      ...optional('refreshToken', token.refresh_token),
      ...optional('scope', token.scope),
    };
  } catch (error) {
    if (last?.kind === 'cancelled') return { kind: 'cancelled' };
    if (last && last.kind !== 'answered') return { kind: 'unreachable', why: last.why, problem: problemOfSilence(new URL(url).host, last) };
    if (last?.kind !== 'answered') throw error;
    return refusal(asked, url, form, last);
  }
}

/** Lifetimes of tokens in seconds (FACTS §4.1): the shortest is assumed where the answer does not say. */
const SHORTEST_LIFE = 300;
const LONGEST_LIFE = 38_880_000;

/** What a header can carry. */
const SENDABLE = /^[\x21-\x7e]+$/;

class NoAnswer extends Error {}

/**
 * An answer without members that say nothing: the library takes a null for a malformed value. Nor is an id token looked at, which
 * nobody asked for.
 */
function withoutAbsent(body: string): string {
  try {
    const json: unknown = JSON.parse(body);
    if (!isRecord(json)) return body;
    return JSON.stringify(Object.fromEntries(Object.entries(json).filter(([name, value]) => value !== null && value !== '' && name !== 'id_token')));
  } catch {
    return body;
  }
}

function refusal({ region, client, grant, excluded, redirectUri }: Asked, url: string, form: URLSearchParams, answered: Answered): TokenAnswer {
  // The answer may hold a token and be refused for another reason: it is a secret like those that were sent, by value and by name.
  const tokens = [...answered.body.matchAll(/"(?:access|refresh|id)_token"\s*:\s*"([^"\\]+)"/g)].map(([, token]) => token);
  const sent = SECRET_PARAMETERS.map((name) => form.get(name) ?? undefined);
  const secrets = [client.clientSecret, basicOf(client), ...sent, ...tokens].filter((secret) => secret !== undefined);
  const shown = hide(answered, secrets.flatMap(spellings));
  const headers: Headers = [
    ...(client.clientSecret === undefined ? [] : [['Authorization', `Basic ${REDACTED}`] as const]),
    ['Content-Type', 'application/x-www-form-urlencoded'],
  ];
  const body = [...form].map(([name, value]) => `${name}=${SECRET_PARAMETERS.includes(name) ? REDACTED : encodeURIComponent(value)}`).join('&');
  const exchange = redactExchange({
    request: { method: 'POST', url, headers, body },
    response: {
      status: shown.status,
      headers: shown.headers.filter(([n]) => !/^set-cookie$/i.test(n)).map(([n, v]) => [n, /^location$/i.test(n) ? (/^[^?#]*/.exec(v)?.[0] ?? '') : v]),
      body: shown.body,
      ...(shown.cut ? { cut: true } : {}),
    },
  });
  const asked = { region, client, grant, excluded, doubts: doubtsAbout(client), redirectUri };
  return { kind: 'refused', exchange, ...problemOfAnswer({ ...shown, body: exchange.response?.body ?? '' }, asked) };
}

const SECRET_PARAMETERS: readonly string[] = ['code', 'code_verifier', 'refresh_token', 'assertion'];

/** A secret as it stands in headers and JSON, in forms and URLs, and in what was written by another hand. */
const spellings = (secret: string): readonly string[] => [
  ...new Set([secret, encodeURIComponent(secret), new URLSearchParams([['', secret]]).toString().slice(1), JSON.stringify(secret).slice(1, -1)]),
];

const basicOf = ({ clientId, clientSecret }: OAuthClient): string | undefined =>
  clientSecret === undefined ? undefined : Buffer.from(`${clientId}:${clientSecret}`, 'utf8').toString('base64');

/**
 * Basic with id and secret as they are, which is what the platform's own SDKs send (FACTS §4.1). RFC 6749 §2.3.1 would have them
 * percent-encoded, and the library would even write every hyphen as %2D. A public client puts its id into the form.
 */
function authentication(client: OAuthClient): oauth.ClientAuth {
  const basic = basicOf(client);
  return basic === undefined ? oauth.None() : (_server, _client, _body, headers) => headers.set('authorization', `Basic ${basic}`);
}
