import type { TokenSource } from '../org/client.js';
import type { TokenAnswer } from '../org/oauth/tokens.js';
import type { Region } from '../platform/regions.js';
import type { Account, Secret } from './account.js';

/** A token is renewed this long before it ends, in milliseconds. */
const EARLY = 60_000;
/** How long another window may need to write down what it got for a refresh token that it was faster with, in milliseconds. */
const GRACE = 1_000;

type Failed = { readonly kind: 'failed'; readonly why: string };
type NewToken = { readonly kind: 'ok'; readonly token: string; readonly expiresAt?: number } | Failed;
type CodeSecret = Extract<Secret, { how: 'code' }>;

/** What the keeper needs from its surroundings; no `vscode` here, so that it can be tested without one. */
export interface TokenPorts {
  secret(id: string): Promise<Secret | undefined>;
  keepSecret(id: string, secret: Secret): Promise<void>;
  /** The region of an account, or why there is none. */
  region(account: Account): Promise<Region | string>;
  /** What the window's sandbox has for an account, or why it has nothing. */
  sandbox(account: Account): Promise<{ readonly clientId: string; readonly clientSecret: string } | { readonly token: string } | string>;
  /** Asks the login host; loads the code for it. */
  ask(region: Region, secret: Extract<Secret, { how: 'client-credentials' }>): Promise<TokenAnswer>;
  refresh(region: Region, secret: CodeSecret & { readonly refreshToken: string }): Promise<TokenAnswer>;
  /** Whether the platform still takes a token; undefined where it could not be asked. */
  isGood(region: Region, token: string): Promise<boolean | undefined>;
  /** Does something while no other window does it for the same account. */
  alone<T>(id: string, work: () => Promise<T>): Promise<T>;
  /** A sign-in has ended for good: its token was revoked, or ended and cannot be renewed. `why` is a sentence. */
  ended(account: Account, why: string): Promise<void>;
  now(): number;
  pause(milliseconds: number): Promise<void>;
}

/** Tokens that are still good: one request at a time for an account, however many wait for it. */
export class TokenKeeper {
  readonly #tokens = new Map<string, { readonly token: string; readonly expiresAt: number }>();
  readonly #asking = new Map<string, ReturnType<TokenSource>>();
  /** Tokens that the platform has refused, the last of each account: not to be taken out of the store again. */
  readonly #spent = new Map<string, string>();
  /** Refusals that are being dealt with: of several requests at once, one is enough. */
  readonly #refused = new Map<string, Promise<void>>();

  constructor(private readonly ports: TokenPorts) {}

  /** A token that is still good. Several callers wait for one request. */
  token(account: Account, signal?: AbortSignal): ReturnType<TokenSource> {
    const held = this.#held(account.id, EARLY);
    if (held !== undefined) return Promise.resolve({ kind: 'ok', token: held });
    // The request is everybody's who waits for it: whoever gives up leaves it to the others.
    const asking = this.#asking.get(account.id) ?? this.#ask(account);
    if (!signal) return asking;
    const cancelled = new Promise<Failed>((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'failed', why: 'cancelled' }), { once: true }));
    return Promise.race([asking, cancelled]);
  }

  /** A token that is at hand without a request. */
  async tokenAtHand(account: Account): Promise<string | undefined> {
    const held = this.#held(account.id, 0);
    if (held !== undefined) return held;
    if (account.how === 'sandbox' || account.how === 'client-credentials') return undefined;
    const secret = await this.ports.secret(account.id);
    if (secret?.how !== 'token' && secret?.how !== 'code') return undefined;
    return this.#isOver(secret.expiresAt, 0) || secret.token === this.#spent.get(account.id) ? undefined : secret.token;
  }

  /** A token that was just got, so that it is not asked for again. */
  give(id: string, token: string, expiresAt: number): void {
    this.#tokens.set(id, { token, expiresAt });
  }

  /** Nothing that was got with an earlier secret is used again. */
  forget(id: string): void {
    this.#tokens.delete(id);
    this.#asking.delete(id);
    this.#spent.delete(id);
  }

  clear(): void {
    this.#tokens.clear();
    this.#asking.clear();
    this.#spent.clear();
  }

  /**
   * The platform answered 401 to a token. It is not used again; what can be renewed is, once, for whoever asks next; and where the
   * token was all that there was and the platform does not know it any more, the sign-in has ended.
   */
  refused(account: Account, token: string): Promise<void> {
    const key = `${account.id} ${token}`;
    const before = this.#refused.get(key);
    if (before) return before;
    const handled = this.#handleRefusal(account, token).finally(() => this.#refused.delete(key));
    this.#refused.set(key, handled);
    return handled;
  }

  /** Settles when what was refused so far has been dealt with. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#refused.values());
  }

  async #handleRefusal(account: Account, token: string): Promise<void> {
    const held = this.#tokens.get(account.id);
    // Of before a renewal, or told already.
    if ((held !== undefined && held.token !== token) || this.#spent.get(account.id) === token) return;
    this.#tokens.delete(account.id);
    const secret = await this.ports.secret(account.id);
    // A client asks for the next one when it needs it; the sandbox has another one when it starts again.
    if (secret?.how !== 'code' && secret?.how !== 'token') return;
    if (secret.token !== token) return;
    if (secret.how === 'code' && secret.refreshToken !== undefined) {
      this.#spent.set(account.id, token);
      await this.token(account);
      return;
    }
    const region = await this.ports.region(account);
    if (typeof region === 'string' || (await this.ports.isGood(region, token)) !== false) return;
    this.#spent.set(account.id, token);
    await this.ports.ended(
      account,
      this.#isOver(secret.expiresAt, 0) ? 'The token has ended.' : `${region.api} does not accept the token any more: it was revoked, or it has ended.`,
    );
  }

  #held(id: string, early: number): string | undefined {
    const held = this.#tokens.get(id);
    return held && !this.#isOver(held.expiresAt, early) ? held.token : undefined;
  }

  #isOver(expiresAt: number | undefined, early: number): boolean {
    return expiresAt !== undefined && expiresAt - early <= this.ports.now();
  }

  #ask(account: Account): ReturnType<TokenSource> {
    const asking: ReturnType<TokenSource> = this.#newToken(account)
      .then((answer) => {
        // Signed out, or in again, while the answer was on its way.
        if (this.#asking.get(account.id) !== asking) return failed(CHANGED);
        if (answer.kind === 'ok' && answer.expiresAt !== undefined) this.#tokens.set(account.id, { token: answer.token, expiresAt: answer.expiresAt });
        return answer;
      })
      .finally(() => {
        if (this.#asking.get(account.id) === asking) this.#asking.delete(account.id);
      });
    this.#asking.set(account.id, asking);
    return asking;
  }

  async #newToken(account: Account): Promise<NewToken> {
    const secret = await this.ports.secret(account.id);
    if (!secret) return failed(`the sign-in of ${account.name} is gone: sign in again`);
    switch (secret.how) {
      case 'token':
        return this.#stored(account, secret.token, secret.expiresAt);
      case 'code':
        return this.#byCode(account, secret);
      case 'client-credentials': {
        const region = await this.ports.region(account);
        return typeof region === 'string' ? failed(region) : asNewToken(region, await this.ports.ask(region, secret));
      }
      case 'sandbox': {
        const credentials = await this.ports.sandbox(account);
        if (typeof credentials === 'string') return failed(credentials);
        if ('token' in credentials) return { kind: 'ok', token: credentials.token };
        const region = await this.ports.region(account);
        return typeof region === 'string' ? failed(region) : asNewToken(region, await this.ports.ask(region, { how: 'client-credentials', ...credentials }));
      }
    }
  }

  #stored(account: Account, token: string, expiresAt: number | undefined): NewToken {
    if (token === this.#spent.get(account.id)) return failed(`the token of ${account.name} is not accepted any more: sign in again`);
    if (this.#isOver(expiresAt, 0)) return failed(`the token of ${account.name} has ended: sign in again`);
    return { kind: 'ok', token, ...(expiresAt === undefined ? {} : { expiresAt }) };
  }

  /** The token in the store, which another window may have renewed, or a new one for the refresh token. */
  async #byCode(account: Account, secret: CodeSecret): Promise<NewToken> {
    if (secret.refreshToken === undefined) return this.#stored(account, secret.token, secret.expiresAt);
    if (this.#isFresh(account, secret)) return this.#stored(account, secret.token, secret.expiresAt);
    return this.ports.alone(account.id, async () => {
      const now = await this.#codeSecret(account);
      if (!now) return failed(`the sign-in of ${account.name} is gone: sign in again`);
      if (this.#isFresh(account, now) || now.refreshToken === undefined) return this.#stored(account, now.token, now.expiresAt);
      return this.#renew(account, { ...now, refreshToken: now.refreshToken });
    });
  }

  async #renew(account: Account, secret: CodeSecret & { readonly refreshToken: string }): Promise<NewToken> {
    const region = await this.ports.region(account);
    if (typeof region === 'string') return failed(region);
    const answer = await this.ports.refresh(region, secret);
    if (answer.kind === 'ok') {
      if (await this.#isReplaced(account, secret.refreshToken)) return failed(CHANGED);
      const { token, expiresAt, refreshToken = secret.refreshToken } = answer;
      await this.ports.keepSecret(account.id, { ...secret, token, expiresAt, refreshToken });
      return { kind: 'ok', token, expiresAt };
    }
    if (answer.kind === 'refused' && answer.error === 'invalid_grant') {
      const renewed = await this.#renewedElsewhere(account, secret.refreshToken);
      if (renewed) return { kind: 'ok', token: renewed.token, expiresAt: renewed.expiresAt };
      if (await this.#isReplaced(account, secret.refreshToken)) return failed(CHANGED);
      await this.ports.ended(account, `${region.login} does not renew the token any more: it was revoked, or the sign-in is too old.`);
      return failed(`the sign-in of ${account.name} has ended: sign in again`);
    }
    // Renewing begins before the token ends: until then it is good.
    if (!this.#isOver(secret.expiresAt, 0) && secret.token !== this.#spent.get(account.id)) return { kind: 'ok', token: secret.token };
    return asNewToken(region, answer);
  }

  /** A refresh token is good once: another window, on a machine where windows cannot wait for each other, may have used it. */
  async #renewedElsewhere(account: Account, used: string): Promise<CodeSecret | undefined> {
    for (const wait of [0, GRACE]) {
      if (wait > 0) await this.ports.pause(wait);
      const again = await this.#codeSecret(account);
      if (again && again.refreshToken !== used && this.#isFresh(account, again)) return again;
    }
    return undefined;
  }

  /** Whether somebody signed in again meanwhile: what comes of the earlier sign-in says nothing about that one, and must not take its place. */
  async #isReplaced(account: Account, used: string): Promise<boolean> {
    const secret = await this.ports.secret(account.id);
    return secret !== undefined && !(secret.how === 'code' && secret.refreshToken === used);
  }

  async #codeSecret(account: Account): Promise<CodeSecret | undefined> {
    const secret = await this.ports.secret(account.id);
    return secret?.how === 'code' ? secret : undefined;
  }

  #isFresh(account: Account, secret: CodeSecret): boolean {
    return !this.#isOver(secret.expiresAt, EARLY) && secret.token !== this.#spent.get(account.id);
  }
}

const CHANGED = 'the sign-in has changed: try again';

const failed = (why: string): Failed => ({ kind: 'failed', why });

function asNewToken(region: Region, answer: TokenAnswer): NewToken {
  switch (answer.kind) {
    case 'ok':
      return answer;
    case 'refused':
      return failed(`${region.login} does not accept the client any more (${answer.why}): sign in again`);
    case 'unreachable':
      return failed(`${region.login} cannot be reached: ${answer.why}`);
    case 'cancelled':
      return failed('cancelled');
  }
}
