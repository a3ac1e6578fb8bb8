import * as vscode from 'vscode';
import type { Client, LogEntry, TokenSource } from '../org/client.js';
import { findRegion, type Region, sandboxRegion } from '../platform/regions.js';
import { type Account, readAccounts, readSecret, type Secret } from './account.js';
import type { SandboxHost } from './sandboxHost.js';

const INDEX = 'callDoctor.accounts';
const ACTIVE = 'callDoctor.activeAccount';
const secretKey = (id: string): string => `callDoctor.secret/${id}`;

/** A token is asked for again this long before it ends, in milliseconds. */
const EARLY = 60_000;

type NewToken = { readonly kind: 'ok'; readonly token: string; readonly expiresAt?: number } | { readonly kind: 'failed'; readonly why: string };

/** Everybody who is signed in, in the secret store, which all windows share. */
export class Accounts implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<{
    readonly added: readonly Account[];
    readonly removed: readonly Account[];
    readonly changed: readonly Account[];
  }>();
  /** Fires when somebody signed in or out here or in another window, or another account became the active one. */
  readonly onDidChange = this.#changed.event;
  readonly #tokens = new Map<string, { readonly token: string; readonly expiresAt: number }>();
  readonly #asking = new Map<string, ReturnType<TokenSource>>();
  readonly #subscription: vscode.Disposable;
  /** The list when it last changed, to tell what another window did. */
  #known: readonly Account[] | undefined;

  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly state: vscode.Memento,
    private readonly sandbox: SandboxHost,
    private readonly log: (entry: LogEntry) => void,
  ) {
    this.#subscription = vscode.Disposable.from(
      secrets.onDidChange((e) => {
        if (e.key === INDEX) void this.#reread();
      }),
      sandbox.onDidChange(() => this.#forgetSandbox()),
    );
  }

  async list(): Promise<readonly Account[]> {
    const all = readAccounts(await this.secrets.get(INDEX));
    this.#known ??= all;
    return all;
  }

  /** The account that this window works as: the one chosen here, else the newest. */
  async active(): Promise<Account | undefined> {
    const all = await this.list();
    const chosen = this.state.get<string>(ACTIVE);
    return all.find((a) => a.id === chosen) ?? all.at(-1);
  }

  async choose(account: Account): Promise<void> {
    await this.state.update(ACTIVE, account.id);
    this.#changed.fire({ added: [], removed: [], changed: [account] });
  }

  /** Adds an account, or replaces the one with the same id, and makes it the active one. */
  async add(account: Account, secret: Secret): Promise<void> {
    const rest = (await this.list()).filter((a) => a.id !== account.id);
    this.#forget(account.id);
    await this.secrets.store(secretKey(account.id), JSON.stringify(secret));
    await this.state.update(ACTIVE, account.id);
    this.#known = [...rest, account];
    await this.secrets.store(INDEX, JSON.stringify(this.#known));
    this.#changed.fire({ added: [account], removed: [], changed: [] });
  }

  async remove(id: string): Promise<void> {
    const all = await this.list();
    const removed = all.filter((a) => a.id === id);
    this.#forget(id);
    this.#known = all.filter((a) => a.id !== id);
    await this.secrets.delete(secretKey(id));
    await this.secrets.store(INDEX, JSON.stringify(this.#known));
    this.#changed.fire({ added: [], removed, changed: [] });
  }

  /** The way to the account's org. Loads the HTTP client; starts the sandbox for a sandbox account. */
  async client(account: Account): Promise<{ readonly kind: 'ok'; readonly client: Client } | { readonly kind: 'failed'; readonly why: string }> {
    const region = await this.#region(account);
    if (typeof region === 'string') return { kind: 'failed', why: region };
    const [{ Client }, { send }] = await Promise.all([import('../org/client.js'), import('../org/http.js')]);
    return { kind: 'ok', client: new Client(region, (signal) => this.token(account, signal), send, this.log) };
  }

  /** A token that is still good. Several callers wait for one request. */
  token(account: Account, signal?: AbortSignal): ReturnType<TokenSource> {
    const held = this.#tokens.get(account.id);
    if (held && held.expiresAt - EARLY > Date.now()) return Promise.resolve({ kind: 'ok', token: held.token });
    // The request is everybody's who waits for it: whoever gives up leaves it to the others.
    const asking = this.#asking.get(account.id) ?? this.#ask(account);
    if (!signal) return asking;
    const cancelled = new Promise<{ kind: 'failed'; why: string }>((resolve) =>
      signal.addEventListener('abort', () => resolve({ kind: 'failed', why: 'cancelled' }), { once: true }),
    );
    return Promise.race([asking, cancelled]);
  }

  #ask(account: Account): ReturnType<TokenSource> {
    const asking: ReturnType<TokenSource> = this.#newToken(account)
      .then((answer) => {
        // Signed out, or in again, while the answer was on its way.
        if (this.#asking.get(account.id) !== asking) return { kind: 'failed', why: 'the sign-in has changed: try again' } as const;
        if (answer.kind === 'ok' && answer.expiresAt !== undefined) this.#tokens.set(account.id, { token: answer.token, expiresAt: answer.expiresAt });
        return answer;
      })
      .finally(() => {
        if (this.#asking.get(account.id) === asking) this.#asking.delete(account.id);
      });
    this.#asking.set(account.id, asking);
    return asking;
  }

  /** Nothing that was got with an earlier secret is used again. */
  #forget(id: string): void {
    this.#tokens.delete(id);
    this.#asking.delete(id);
  }

  /** A token that is at hand without a request, for VS Code's own account list. */
  async tokenAtHand(account: Account): Promise<string | undefined> {
    const held = this.#tokens.get(account.id);
    if (held && held.expiresAt > Date.now()) return held.token;
    const secret = account.how === 'token' ? readSecret(await this.secrets.get(secretKey(account.id))) : undefined;
    return secret?.how === 'token' ? secret.token : undefined;
  }

  async #newToken(account: Account): Promise<NewToken> {
    const secret = readSecret(await this.secrets.get(secretKey(account.id)));
    if (!secret) return { kind: 'failed', why: `the sign-in of ${account.name} is gone: sign in again` };
    if (secret.how === 'token') return { kind: 'ok', token: secret.token };
    const region = await this.#region(account);
    if (typeof region === 'string') return { kind: 'failed', why: region };
    const credentials = secret.how === 'sandbox' ? await this.#sandboxCredentials(account) : secret;
    if (typeof credentials === 'string') return { kind: 'failed', why: credentials };
    if ('token' in credentials) return { kind: 'ok', token: credentials.token };
    const [{ clientCredentialsToken }, { send }] = await Promise.all([import('../org/signIn.js'), import('../org/http.js')]);
    const answer = await clientCredentialsToken(region, credentials, send);
    if (answer.kind === 'ok') return answer;
    if (answer.kind === 'refused') return { kind: 'failed', why: `${region.login} does not accept the client any more (${answer.why}): sign in again` };
    return { kind: 'failed', why: answer.kind === 'unreachable' ? `${region.login} cannot be reached: ${answer.why}` : 'cancelled' };
  }

  /** The token of a user or the secret of a client of the running sandbox: never stored, it changes with every start. */
  async #sandboxCredentials(account: Account): Promise<{ clientId: string; clientSecret: string } | { token: string } | string> {
    const running = await this.sandbox.start();
    if (running.kind === 'failed') return running.why;
    const user = running.sandbox.users.find((u) => u.id === account.principal);
    if (user) return { token: user.token };
    const client = running.sandbox.clients.find((c) => c.id === account.principal);
    return client ? { clientId: client.id, clientSecret: client.secret } : `the sandbox has no ${account.name}: sign in again`;
  }

  /** The region of an account, or why there is none. */
  async #region(account: Account): Promise<Region | string> {
    if (account.how === 'sandbox') {
      const running = await this.sandbox.start();
      return running.kind === 'failed' ? running.why : sandboxRegion(running.sandbox.origin);
    }
    return findRegion(account.region) ?? `${account.region} is no region of Genesys Cloud`;
  }

  async #forgetSandbox(): Promise<void> {
    const changed = (await this.list()).filter((a) => a.how === 'sandbox');
    for (const { id } of changed) this.#forget(id);
    if (changed.length > 0) this.#changed.fire({ added: [], removed: [], changed });
  }

  /** Another window signed in or out. */
  async #reread(): Promise<void> {
    const before = this.#known ?? [];
    const now = await this.list();
    const ids = new Set(now.map((a) => a.id));
    const had = new Set(before.map((a) => a.id));
    const added = now.filter((a) => !had.has(a.id));
    const removed = before.filter((a) => !ids.has(a.id));
    this.#known = now;
    for (const { id } of removed) this.#forget(id);
    if (added.length + removed.length > 0) this.#changed.fire({ added, removed, changed: [] });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#tokens.clear();
  }
}
