import * as vscode from 'vscode';
import type { Client, LogEntry, TokenSource } from '../org/client.js';
import { findRegion, type Region, sandboxRegion } from '../platform/regions.js';
import type { Account, Secret } from './account.js';
import { AccountStore, INDEX } from './accountStore.js';
import type { SandboxHost } from './sandboxHost.js';
import { SecretRoom } from './secretRoom.js';
import type { TokenKeeper, TokenPorts } from './tokenKeeper.js';

const ACTIVE = 'callDoctor.activeAccount';
/** What a browser needs to tell one window what another one has stored, in milliseconds. */
const LATER = 3_000;

export interface AccountsChange {
  readonly added: readonly Account[];
  readonly removed: readonly Account[];
  readonly changed: readonly Account[];
  /** Another window did it. */
  readonly elsewhere: boolean;
}

/** What a person is told by a notice, and nowhere else. */
export type Notice =
  /** The secret store cannot be used. */
  | { readonly kind: 'memory-only'; readonly why: string }
  /** A sign-in has ended by itself; `why` is a sentence. */
  | { readonly kind: 'ended'; readonly account: Account; readonly why: string }
  | { readonly kind: 'signed-out-elsewhere'; readonly account: Account };

export interface AccountsContext {
  readonly secrets: vscode.SecretStorage;
  /** Of this window: whom it works as. */
  readonly workspaceState: vscode.Memento;
  /** Of all windows. */
  readonly globalState: vscode.Memento;
  /** Absolute path of a folder of this extension on this machine; made when it is first needed. */
  readonly folder: string;
  readonly sandbox: SandboxHost;
  readonly log: (entry: LogEntry) => void;
  readonly tell: (notice: Notice) => void;
}

/** Everybody who is signed in, in the secret store, which all windows share. Reads nothing until somebody asks. */
export class Accounts implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<AccountsChange>();
  /** Fires when somebody signed in or out here or in another window, or another account became the active one. */
  readonly onDidChange = this.#changed.event;
  readonly #found = new vscode.EventEmitter<void>();
  /** Fires when somebody is found to be signed in, each time the list is read. */
  readonly onDidFind = this.#found.event;
  readonly #room: SecretRoom;
  readonly #store: AccountStore;
  /** Loaded when somebody first wants a token. What is asked of it is done in the order in which it was asked. */
  #keeper: Promise<TokenKeeper> | undefined;
  readonly #subscription: vscode.Disposable;
  /** The list when it was last read, to tell what another window did. */
  #known: readonly Account[] | undefined;
  /** Changes of this window that are under way: what they write is no other window's. */
  #changing = 0;

  #later: NodeJS.Timeout | undefined;

  constructor(private readonly context: AccountsContext) {
    const { secrets, globalState, sandbox, tell } = context;
    this.#room = new SecretRoom(secrets, (why) => tell({ kind: 'memory-only', why }));
    this.#store = new AccountStore(this.#room, globalState);
    this.#subscription = vscode.Disposable.from(
      secrets.onDidChange(({ key }) => {
        if (key === INDEX && this.#changing === 0 && this.#known !== undefined) void this.list();
      }),
      sandbox.onDidChange(() => void this.#forgetSandbox()),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused && this.#known !== undefined && vscode.env.uiKind === vscode.UIKind.Web) this.#lookAgain();
      }),
    );
  }

  /** False once the secret store could not be used: then who signs in stays so until this window closes. */
  get isStored(): boolean {
    return this.#room.isStored;
  }

  get isSandboxRunning(): boolean {
    return this.context.sandbox.isRunning;
  }

  /** Everybody, the newest last. Tells what another window has done since the last time. */
  async list(): Promise<readonly Account[]> {
    const all = await this.#store.list();
    this.#compare(all);
    if (all.length > 0) this.#found.fire();
    return all;
  }

  /** The account that this window works as: the one chosen here, else the newest. */
  async active(): Promise<Account | undefined> {
    const all = await this.list();
    const chosen = this.context.workspaceState.get<string>(ACTIVE);
    return all.find((a) => a.id === chosen) ?? all.at(-1);
  }

  async choose(account: Account): Promise<void> {
    await this.context.workspaceState.update(ACTIVE, account.id);
    this.#changed.fire({ added: [], removed: [], changed: [account], elsewhere: false });
  }

  /** Something about an account is another now that is not stored: its token has ended. */
  tellChanged(account: Account): void {
    this.#forget(account.id);
    this.#changed.fire({ added: [], removed: [], changed: [account], elsewhere: false });
  }

  /** Adds an account, or replaces the same caller, and makes it the active one. @param token of it, where there is one already */
  async add(account: Account, secret: Secret, token?: { readonly token: string; readonly expiresAt: number }): Promise<void> {
    this.#forget(account.id);
    await this.context.workspaceState.update(ACTIVE, account.id);
    const { account: added, replaced } = await this.#change(() => this.#store.add(account, secret));
    for (const { id } of replaced) this.#forget(id);
    if (token) (await this.#tokens()).give(account.id, token.token, token.expiresAt);
    this.#changed.fire({ added: [added], removed: replaced.filter((a) => a.id !== account.id), changed: [], elsewhere: false });
  }

  /** What became known of an account. */
  async complete(account: Account, more: Parameters<AccountStore['complete']>[1]): Promise<void> {
    await this.#change(() => this.#store.complete(account.id, more));
  }

  async remove(id: string): Promise<void> {
    this.#forget(id);
    const removed = await this.#change(() => this.#store.remove(id));
    if (removed) this.#changed.fire({ added: [], removed: [removed], changed: [], elsewhere: false });
  }

  /** Changes what is stored, and takes the list as it is then for what this window knows. */
  async #change<T>(work: () => Promise<T>): Promise<T> {
    this.#changing++;
    try {
      const done = await work();
      const now = await this.#store.list();
      this.#known = now;
      if (now.length > 0) this.#found.fire();
      return done;
    } finally {
      this.#changing--;
    }
  }

  /** The way to the account's org. Loads the HTTP client; starts the sandbox for a sandbox account. */
  async client(account: Account): Promise<{ readonly kind: 'ok'; readonly client: Client } | { readonly kind: 'failed'; readonly why: string }> {
    const region = await this.region(account);
    if (typeof region === 'string') return { kind: 'failed', why: region };
    const [{ Client }, { send }] = await Promise.all([import('../org/client.js'), import('../org/http.js')]);
    const refused = (token: string): void =>
      void this.#tokens()
        .then((tokens) => tokens.refused(account, token))
        .catch(() => {});
    return { kind: 'ok', client: new Client(region, (signal) => this.token(account, signal), send, this.context.log, refused) };
  }

  /** A token that is still good. Several callers wait for one request. */
  async token(account: Account, signal?: AbortSignal): ReturnType<TokenSource> {
    return (await this.#tokens()).token(account, signal);
  }

  /** A token that is at hand without a request, for VS Code's own account list. */
  async tokenAtHand(account: Account): Promise<string | undefined> {
    return (await this.#tokens()).tokenAtHand(account);
  }

  /** Whether somebody is still signed in, once what the platform refused so far has been dealt with. */
  async isSignedIn(account: Account): Promise<boolean> {
    await (await this.#tokens()).settled();
    return (await this.list()).some((a) => a.id === account.id);
  }

  /** The region of an account, or why there is none. */
  async region(account: Account): Promise<Region | string> {
    if (account.how === 'sandbox') {
      const running = await this.context.sandbox.start();
      return running.kind === 'failed' ? running.why : sandboxRegion(running.sandbox.origin);
    }
    return findRegion(account.region) ?? `${account.region} is no region of Genesys Cloud`;
  }

  #tokens(): Promise<TokenKeeper> {
    this.#keeper ??= this.#load();
    return this.#keeper;
  }

  async #load(): Promise<TokenKeeper> {
    const [{ TokenKeeper }, { aloneAmongWindows }] = await Promise.all([import('./tokenKeeper.js'), import('./windowLock.js')]);
    // What sends requests is loaded with the first one: a token is most often at hand.
    const requests = async (): Promise<Pick<TokenPorts, 'ask' | 'refresh' | 'isGood'>> => (await import('./tokenRequests.js')).tokenRequests(this.context.log);
    return new TokenKeeper({
      ask: async (...asked) => (await requests()).ask(...asked),
      refresh: async (...asked) => (await requests()).refresh(...asked),
      isGood: async (...asked) => (await requests()).isGood(...asked),
      secret: (id) => this.#store.secret(id),
      keepSecret: (id, secret) => this.#store.keepSecret(id, secret),
      region: (account) => this.region(account),
      sandbox: (account) => this.#sandboxCredentials(account),
      alone: (id, work) => aloneAmongWindows(this.context.folder, id, work),
      ended: (account, why) => this.#end(account, why),
      now: Date.now,
      pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    });
  }

  /** Nothing that was got with an earlier secret is used again. */
  #forget(id: string): void {
    void this.#keeper?.then((tokens) => tokens.forget(id));
  }

  /** The token of a user or the secret of a client of the running sandbox: never stored, it changes with every start. */
  async #sandboxCredentials(account: Account): Promise<{ clientId: string; clientSecret: string } | { token: string } | string> {
    const running = await this.context.sandbox.start();
    if (running.kind === 'failed') return running.why;
    const user = running.sandbox.users.find((u) => u.id === account.principal);
    if (user) return { token: user.token };
    const client = running.sandbox.clients.find((c) => c.id === account.principal);
    return client ? { clientId: client.id, clientSecret: client.secret } : `the sandbox has no ${account.name}: sign in again`;
  }

  /** A token is worth nothing any more: who had it is signed out, with the reason. */
  async #end(account: Account, why: string): Promise<void> {
    await this.remove(account.id);
    this.context.tell({ kind: 'ended', account, why });
  }

  async #forgetSandbox(): Promise<void> {
    if (this.#known === undefined) return;
    const changed = (await this.list()).filter((a) => a.how === 'sandbox');
    for (const { id } of changed) this.#forget(id);
    if (changed.length > 0) this.#changed.fire({ added: [], removed: [], changed, elsewhere: false });
  }

  /** In a browser, no event tells what another window did, and word of it takes a moment: looks when this one gets the focus, and again. */
  #lookAgain(): void {
    clearTimeout(this.#later);
    void this.list();
    this.#later = setTimeout(() => void this.list(), LATER);
    this.#later.unref();
  }

  /** What another window did since the list was last read. */
  #compare(now: readonly Account[]): void {
    const before = this.#known;
    if (this.#changing > 0) return;
    this.#known = now;
    if (before === undefined) return;
    const at = (list: readonly Account[], { id }: Account): Account | undefined => list.find((a) => a.id === id);
    const removed = before.filter((a) => !at(now, a));
    const added = now.filter((a) => !at(before, a));
    const changed = now.filter((a) => {
      const was = at(before, a);
      return was !== undefined && was.signedInAt !== a.signedInAt;
    });
    if (removed.length + added.length + changed.length === 0) return;
    for (const { id } of [...removed, ...changed]) this.#forget(id);
    for (const account of removed) {
      void this.#store.clean(account.id);
      this.context.tell({ kind: 'signed-out-elsewhere', account });
    }
    this.#changed.fire({ added, removed, changed, elsewhere: true });
  }

  dispose(): void {
    clearTimeout(this.#later);
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#found.dispose();
    void this.#keeper?.then((tokens) => tokens.clear());
  }
}
