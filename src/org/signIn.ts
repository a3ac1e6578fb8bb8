import * as oauth from 'oauth4webapi';
import { type Exchange, REDACTED } from '../exchange/exchange.js';
import { readAnswerBody } from '../platform/errorBody.js';
import type { Region } from '../platform/regions.js';
import { hide } from './hide.js';
import type { Http, Outcome } from './http.js';

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A token, when it ends (epoch milliseconds), or what became of the request. `exchange` never holds a secret. */
export type TokenAnswer =
  | { readonly kind: 'ok'; readonly token: string; readonly expiresAt: number }
  | { readonly kind: 'refused'; readonly exchange: Exchange; readonly why: string }
  | { readonly kind: 'unreachable'; readonly why: string }
  | { readonly kind: 'cancelled' };

/** Gets a token with client credentials: Basic authentication at the region's login host (FACTS §4.1, RFC 6749 §4.4). */
export async function clientCredentialsToken(region: Region, credentials: ClientCredentials, http: Http, signal?: AbortSignal): Promise<TokenAnswer> {
  const url = `${region.login}/oauth/token`;
  let last: Outcome | undefined;
  const server: oauth.AuthorizationServer = { issuer: region.login, token_endpoint: url };
  const client: oauth.Client = { client_id: credentials.clientId };
  try {
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      basic(credentials),
      {},
      {
        [oauth.allowInsecureRequests]: region.sandbox,
        [oauth.customFetch]: async (to, init) => {
          last = await http({ method: init.method, url: to, headers: init.headers, body: String(init.body), ...(signal ? { signal } : {}) });
          if (last.kind !== 'answered') throw new NoAnswer();
          return new Response(last.body, { status: last.status, headers: last.headers.map(([n, v]) => [n, v]) });
        },
      },
    );
    const token = await oauth.processClientCredentialsResponse(server, client, response);
    return { kind: 'ok', token: token.access_token, expiresAt: Date.now() + (token.expires_in ?? 300) * 1000 };
  } catch (error) {
    if (last?.kind === 'cancelled') return { kind: 'cancelled' };
    if (last && last.kind !== 'answered') return { kind: 'unreachable', why: last.why };
    if (last?.kind !== 'answered') throw error;
    const { status, headers, body, cut } = hide(last, [credentials.clientSecret, base64(credentials)]);
    const exchange: Exchange = {
      request: {
        method: 'POST',
        url,
        headers: [
          ['Authorization', `Basic ${REDACTED}`],
          ['Content-Type', 'application/x-www-form-urlencoded'],
        ],
        body: 'grant_type=client_credentials',
      },
      response: {
        status,
        headers: headers.filter(([n]) => !/^set-cookie$/i.test(n)),
        body: body.replace(TOKEN, `$1${REDACTED}`),
        ...(cut ? { cut } : {}),
      },
    };
    const answer = readAnswerBody(body);
    return { kind: 'refused', exchange, why: answer.kind === 'oauth' ? answer.error : `the answer of ${region.login} is not one of a token endpoint` };
  }
}

class NoAnswer extends Error {}

/** The token in an answer that is refused for another reason, such as a missing token_type. */
const TOKEN = /("(?:access|refresh|id)_token"\s*:\s*")[^"]*/g;

const base64 = ({ clientId, clientSecret }: ClientCredentials): string => Buffer.from(`${clientId}:${clientSecret}`, 'utf8').toString('base64');

/**
 * Basic with id and secret as they are, which is what the platform's own SDKs send (FACTS §4.1). RFC 6749 §2.3.1 would have them
 * percent-encoded, and the library would even write every hyphen as %2D.
 */
const basic =
  (credentials: ClientCredentials): oauth.ClientAuth =>
  (_server, _client, _body, headers) => {
    headers.set('authorization', `Basic ${base64(credentials)}`);
  };
