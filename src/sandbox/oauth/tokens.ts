import { randomBytes } from 'node:crypto';
import { BAD_CREDENTIALS, CREDENTIALS_EXPIRED, type Refusal } from '../http/refusals.js';
import type { Client } from '../org/oauthClients.js';
import type { Person } from '../org/types.js';
import type { World } from '../org/world.js';

/** Requests in the running minute. */
export interface Window {
  startedAt: number;
  count: number;
}

/** What one sign-in gave. Its tokens are revoked together (RFC 7009, section 2.1; RFC 6749, section 4.1.2). */
export interface Session {
  readonly clientId: string;
  readonly userId: string | undefined;
  alive: boolean;
  /** The refresh token that is good for one more token. */
  refresh: string | undefined;
}

interface Token {
  readonly session: Session;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  usedAt: number;
  readonly window: Window;
}

/** Whose token a request bears: a client's own, or a user's through a client. Rights come from the `subjectId`. */
export interface Caller {
  readonly value: string;
  readonly client: Client;
  readonly user: Person | undefined;
  readonly subjectId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** Milliseconds since 1970 at which the token dies if nobody uses it before; undefined where the org has no idle timeout. */
  readonly idlesAt: number | undefined;
  /** Requests with this token (FACTS §8, `token.rate.per.minute`). */
  readonly window: Window;
  /** Requests of this user, or of no user, through this client (FACTS §8, `org.app.user.rate.per.minute`). */
  readonly clientWindow: Window;
}

export interface Issued {
  readonly value: string;
  /** How long it lives. */
  readonly seconds: number;
  readonly refresh: string | undefined;
  readonly session: Session;
}

const secret = (kind: string): string => `sandbox-${kind}${randomBytes(30).toString('base64url')}`;

/**
 * The tokens of a running org. They are random and die with it. They name users and clients by id, so that they outlive an
 * exchange of the world under them.
 */
export class Tokens {
  readonly #tokens = new Map<string, Token>();
  readonly #refresh = new Map<string, Session>();
  readonly #clientWindows = new Map<string, Window>();

  constructor(
    private readonly world: () => World,
    private readonly now: () => number = Date.now,
  ) {}

  /** @param refreshable whether a refresh token comes with it */
  issue(client: Client, user?: Person, refreshable = false): Issued {
    return this.#issue({ clientId: client.id, userId: user?.id, alive: true, refresh: undefined }, client, refreshable);
  }

  /**
   * Exchanges a refresh token of `client` for a new token and a new refresh token. One that was exchanged before is in the
   * wrong hands: it ends the session (RFC 9700, section 4.14.2).
   */
  renew(client: Client, refresh: string): Issued | undefined {
    const session = this.#refresh.get(refresh);
    if (!session?.alive || session.clientId !== client.id) return undefined;
    if (session.userId !== undefined && !this.world().people.has(session.userId)) return undefined;
    if (session.refresh === refresh) return this.#issue(session, client, true);
    this.end(session);
    return undefined;
  }

  #issue(session: Session, client: Client, refreshable: boolean): Issued {
    const now = this.now();
    const expiresAt = now + client.validitySeconds * 1000;
    const value = secret('');
    this.#tokens.set(value, { session, expiresAt, usedAt: now, window: { startedAt: 0, count: 0 } });
    if (refreshable) {
      session.refresh = secret('refresh-');
      this.#refresh.set(session.refresh, session);
    }
    const world = this.world();
    const person = session.userId === undefined ? undefined : world.people.get(session.userId);
    if (person) world.changed({ kind: 'token', person, clientId: client.id, expiresAt });
    return { value, seconds: client.validitySeconds, refresh: session.refresh, session };
  }

  /** Who bears `value`, in the org as it is now. The tokens of a client that is not active are invalid (FACTS §4.1). */
  find(value: string): Caller | Refusal {
    const token = this.#tokens.get(value);
    if (!token?.session.alive) return BAD_CREDENTIALS;
    const { clientId, userId } = token.session;
    const world = this.world();
    const client = world.clients.get(clientId);
    const user = userId === undefined ? undefined : world.people.get(userId);
    if (client?.state !== 'active' || (userId !== undefined && !user)) return BAD_CREDENTIALS;
    const subjectId = userId ?? clientId;
    const now = this.now();
    if (token.expiresAt <= now || world.expired.has(subjectId)) return CREDENTIALS_EXPIRED;
    const idles = world.idleTokenTimeoutSeconds;
    if (idles !== undefined && token.usedAt + idles * 1000 <= now) return IDLE;
    token.usedAt = now;
    return {
      value,
      client,
      user,
      subjectId,
      expiresAt: token.expiresAt,
      idlesAt: idles === undefined ? undefined : now + idles * 1000,
      window: token.window,
      clientWindow: this.#clientWindow(`${clientId} ${userId ?? ''}`),
    };
  }

  /** Ends the session of a token: itself, its refresh token, and what was made from that. */
  revoke(value: string): void {
    const token = this.#tokens.get(value);
    if (token) this.end(token.session);
  }

  /** Ends every session of a user. */
  revokeUser(userId: string): void {
    for (const { session } of this.#tokens.values()) if (session.userId === userId && session.alive) this.end(session);
  }

  /** Its tokens are worth nothing any more, and the notification channels that they opened are gone (assumed). */
  end(session: Session): void {
    session.alive = false;
    this.world().channels.removeOf((token) => this.#tokens.get(token)?.session === session);
  }

  #clientWindow(key: string): Window {
    const known = this.#clientWindows.get(key) ?? { startedAt: 0, count: 0 };
    this.#clientWindows.set(key, known);
    return known;
  }
}

const IDLE: Refusal = { ...CREDENTIALS_EXPIRED, assumption: 'code of a token that nobody used for the idle timeout' };
