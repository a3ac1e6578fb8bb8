import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { BAD_CREDENTIALS, CREDENTIALS_EXPIRED, type Refusal } from '../http/refusals.js';
import type { Client, Person, World } from '../org/world.js';

/** Requests of a token in the running minute. */
export interface Window {
  startedAt: number;
  count: number;
}

interface Token {
  readonly value: string;
  readonly client: Client;
  readonly user: Person | undefined;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly window: Window;
}

/** Whose token a request bears: a client's own, or a user's through a client. Rights come from the `subjectId`. */
export type Caller = Token & { readonly subjectId: string };

/** The tokens of a running org. They are random and die with it. */
export class Tokens {
  readonly #tokens = new Map<string, Token>();

  constructor(private readonly world: World) {}

  /** @returns the token's value and how many seconds it lives */
  issue(client: Client, user?: Person): { readonly value: string; readonly seconds: number } {
    const value = `sandbox-${randomBytes(30).toString('base64url')}`;
    const expired = this.world.expired.has(user?.id ?? client.id);
    const expiresAt = expired ? 0 : Date.now() + client.validitySeconds * 1000;
    this.#tokens.set(value, { value, client, user, expiresAt, window: { startedAt: 0, count: 0 } });
    return { value, seconds: client.validitySeconds };
  }

  /** Who bears `value`. The tokens of a disabled client are invalid (FACTS §4.1). */
  find(value: string): Caller | Refusal {
    const token = this.#tokens.get(value);
    if (!token?.client.active) return BAD_CREDENTIALS;
    if (token.expiresAt <= Date.now()) return CREDENTIALS_EXPIRED;
    return { ...token, subjectId: token.user?.id ?? token.client.id };
  }

  revoke(value: string): void {
    this.#tokens.delete(value);
  }
}

/** An answer of `/oauth/token` or its refusal. */
interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly assumption?: string;
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

/**
 * Answers `POST /oauth/token`. The client's id and secret come in a Basic header (FACTS §4.1); no source says that they may
 * come in the body. @param body the form as text
 */
export function answerTokenRequest(
  world: World,
  tokens: Tokens,
  authorization: string | undefined,
  contentType: string | undefined,
  body: string,
): TokenAnswer {
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType ?? '')) return refused('invalid_request', 'the request is not a form');
  const client = authenticate(world, authorization);
  if (!client) return INVALID_CLIENT;
  const form = new URLSearchParams(body);
  const grant = form.get('grant_type');
  if (!grant) return refused('invalid_request', 'grant_type is missing');
  if (grant !== 'client_credentials') return refused('unsupported_grant_type', `the sandbox does not know the grant ${grant.slice(0, 100)}`);
  if (client.grant !== 'CLIENT-CREDENTIALS') return refused('unauthorized_client', 'the client is not allowed to use this grant');
  const token = tokens.issue(client);
  return { status: 200, body: { access_token: token.value, token_type: 'bearer', expires_in: token.seconds } };
}

function authenticate(world: World, authorization: string | undefined): Client | undefined {
  const basic = /^Basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined) return undefined;
  const pair = Buffer.from(basic, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  const client = colon < 0 ? undefined : world.clients.get(pair.slice(0, colon));
  if (!client?.active) return undefined;
  return same(client.secret, pair.slice(colon + 1)) ? client : undefined;
}

function same(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
