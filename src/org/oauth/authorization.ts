import { createHash, timingSafeEqual } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { optional } from '../../platform/json.js';
import type { Region } from '../../platform/regions.js';
import type { Http } from '../http.js';
import { plain, problemOfError } from './refusals.js';
import { codeToken, type OAuthClient, type TokenAnswer } from './tokens.js';

/** How long a sign-in in the browser is waited for, in milliseconds (DESIGN §8). */
export const PATIENCE = 300_000;

export interface AuthorizationOptions {
  readonly client: OAuthClient;
  /** Exactly as it is registered for the client, including a query (FACTS §4.2). */
  readonly redirectUri: string;
  /** The org and its identity provider, which skips the choice of it (FACTS §4.1: only together). */
  readonly provider?: { readonly org: string; readonly name: string };
  /** An e-mail address. */
  readonly loginHint?: string;
  /** Has the person sign in anew where the browser remembers somebody: to come as somebody else. */
  readonly anew?: boolean;
}

/** A callback that is not taken. Where `reason` is a state that does not fit, the sign-in is still waited for. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly reason: 'no-state' | 'wrong-state' | 'used' | 'late' | 'malformed' | 'wrong-issuer';
  /** A sentence. */
  readonly why: string;
}

/** A sign-in that waits for the browser. It is in memory only, and writing it out shows nothing that is secret. */
export class Pending {
  readonly #client: OAuthClient;
  readonly #state: string;
  readonly #url: string;
  readonly #verifier: string;
  #used = false;

  constructor(
    readonly region: Region,
    readonly redirectUri: string,
    /** Milliseconds since 1970. */
    readonly expiresAt: number,
    secret: { readonly client: OAuthClient; readonly state: string; readonly url: string; readonly verifier: string },
  ) {
    this.#client = secret.client;
    this.#state = secret.state;
    this.#url = secret.url;
    this.#verifier = secret.verifier;
  }

  get clientId(): string {
    return this.#client.clientId;
  }

  /** What the browser opens. */
  get url(): string {
    return this.#url;
  }

  get state(): string {
    return this.#state;
  }

  /** Why a callback does not belong to this sign-in, or comes too late for it; undefined where it is the one. Uses nothing up. */
  reject(callback: URL, now = Date.now()): Rejected | undefined {
    const [state, another] = callback.searchParams.getAll('state');
    if (state === undefined) return rejected('no-state');
    if (another !== undefined) return rejected('malformed');
    if (!same(state, this.#state)) return rejected('wrong-state');
    if (this.#used) return rejected('used');
    return now >= this.expiresAt ? rejected('late') : undefined;
  }

  /** What is needed to redeem the code: once. */
  use(): { readonly client: OAuthClient; readonly state: string; readonly verifier: string } {
    this.#used = true;
    return { client: this.#client, state: this.#state, verifier: this.#verifier };
  }
}

/**
 * Begins an authorization code sign-in with PKCE S256 (FACTS §4.1, RFC 7636), for a client with a secret, too (RFC 9700 §2.1.1;
 * that the platform takes both together is not verified). Scopes are not asked for: they live on the client.
 */
export async function beginAuthorization(region: Region, options: AuthorizationOptions, now = Date.now()): Promise<Pending> {
  const { client, redirectUri, provider, loginHint, anew } = options;
  if (new URL(region.login).protocol !== 'https:' && !region.sandbox) throw new Error(`not a login host: ${region.login}`);
  // 256 random bits each.
  const [state, verifier] = [oauth.generateRandomState(), oauth.generateRandomCodeVerifier()];
  const query = new URLSearchParams({
    client_id: client.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    ...(provider ? { org: provider.org, provider: provider.name } : {}),
    ...optional('login_hint', loginHint),
    ...(anew ? { prompt: 'login' } : {}),
  });
  return new Pending(region, redirectUri, now + PATIENCE, { client, state, url: `${region.login}/oauth/authorize?${query}`, verifier });
}

/**
 * Takes the callback that the browser was sent to, and exchanges its code for a token. Parameters that nobody knows are ignored
 * (RFC 6749 §4.1.2); known ones that are there twice, an issuer that is another one (RFC 9207), and answers of another flow are not.
 */
export async function finishAuthorization(
  pending: Pending,
  callback: URL,
  http: Http,
  signal?: AbortSignal,
  now = Date.now(),
): Promise<TokenAnswer | Rejected> {
  const why = pending.reject(callback, now);
  if (why) return why;
  // From here on the state is known to somebody: whatever comes of it, it is not taken again.
  const { client, state, verifier } = pending.use();
  const { region, redirectUri } = pending;
  const parameters = callback.searchParams;
  if (OF_OTHER_FLOWS.some((name) => parameters.has(name)) || /access_token|id_token/.test(callback.hash)) return rejected('malformed');
  let checked: URLSearchParams;
  try {
    checked = oauth.validateAuthResponse({ issuer: region.login }, { client_id: client.clientId }, parameters, state);
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) return turnedDown(pending, client, parameters);
    const isIssuer = parameters.getAll('iss').length === 1 && parameters.get('iss') !== region.login;
    return rejected(isIssuer ? 'wrong-issuer' : 'malformed');
  }
  if (checked.getAll('code').length !== 1 || checked.get('code') === '') return rejected('malformed');
  return codeToken(region, client, checked, redirectUri, verifier, http, signal);
}

/** Parameters of answers that were not asked for: tokens in the query are somebody else's (RFC 9700 §2.1.2). */
const OF_OTHER_FLOWS = ['access_token', 'token', 'id_token', 'response'];

/** The login page sends somebody back with an error (RFC 6749 §4.1.2.1). */
function turnedDown({ region, redirectUri }: Pending, client: OAuthClient, parameters: URLSearchParams): TokenAnswer {
  const error = plain(parameters.get('error') ?? '', 60);
  const description = parameters.get('error_description') ?? undefined;
  const asked = { region, client, grant: 'authorization-code', excluded: [], doubts: [], redirectUri } as const;
  return { kind: 'refused', why: error, error, problem: problemOfError(error, description, asked) };
}

const WHY: Readonly<Record<Rejected['reason'], string>> = {
  'no-state': 'The page came back without the state that this sign-in began with.',
  'wrong-state': 'The page came back from another sign-in than the one that is waited for.',
  used: 'This sign-in was finished already.',
  late: 'The sign-in took longer than five minutes: begin again.',
  malformed: 'The page came back with parameters that no login page sends: begin again.',
  'wrong-issuer': 'The page came back from another login host than the one that was asked: begin again, and look at the address of the login page.',
};

const rejected = (reason: Rejected['reason']): Rejected => ({ kind: 'rejected', reason, why: WHY[reason] });

/** Whether two texts are the same, in a time that tells nothing about where they differ. */
function same(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
