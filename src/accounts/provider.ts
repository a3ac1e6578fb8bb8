import * as vscode from 'vscode';
import { type Account, accountLabel } from './account.js';
import type { Accounts } from './accounts.js';

export const PROVIDER_ID = 'genesys-cloud';

/** Genesys Cloud accounts for VS Code and other extensions. Listing them sends no request. */
export class GenesysAuthenticationProvider implements vscode.AuthenticationProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly onDidChangeSessions = this.#changed.event;
  readonly #subscription: vscode.Disposable;

  constructor(
    private readonly accounts: Accounts,
    private readonly signIn: () => Promise<Account | undefined>,
  ) {
    this.#subscription = accounts.onDidChange((change) => void this.#tell(change).catch(() => {}));
  }

  /** A secret store that fails here fails again, with a message, when somebody asks for a session. */
  async #tell({
    added,
    removed,
    changed,
  }: {
    readonly added: readonly Account[];
    readonly removed: readonly Account[];
    readonly changed: readonly Account[];
  }): Promise<void> {
    const sessions = (list: readonly Account[]) => Promise.all(list.map((a) => this.#session(a)));
    this.#changed.fire({ added: await sessions(added), removed: await sessions(removed), changed: await sessions(changed) });
  }

  /**
   * @param scopes absent when VS Code only lists accounts: nothing is sent. Present when somebody wants to use one: then every token
   * works, and one is asked for where none is at hand; but no sandbox is started for it
   */
  async getSessions(scopes: readonly string[] | undefined, options: vscode.AuthenticationProviderSessionOptions): Promise<vscode.AuthenticationSession[]> {
    const all = await this.accounts.list();
    const named = options.account ? all.filter((a) => a.id === options.account?.id) : all;
    if (scopes === undefined) return Promise.all(named.map((a) => this.#session(a)));
    const wanted = named.filter((a) => a.how !== 'sandbox' || this.accounts.isSandboxRunning);
    const usable = await Promise.all(
      wanted.map(async (account) => {
        const token = await this.accounts.token(account);
        return token.kind === 'ok' ? [{ ...(await this.#session(account)), accessToken: token.token }] : [];
      }),
    );
    return usable.flat();
  }

  async createSession(): Promise<vscode.AuthenticationSession> {
    const account = await this.signIn();
    if (!account) throw new vscode.CancellationError();
    const token = await this.accounts.token(account);
    if (token.kind === 'failed') throw new Error(token.why);
    return { ...(await this.#session(account)), accessToken: token.token };
  }

  removeSession(id: string): Promise<void> {
    return this.accounts.remove(id);
  }

  async #session(account: Account): Promise<vscode.AuthenticationSession> {
    return {
      id: account.id,
      accessToken: (await this.accounts.tokenAtHand(account)) ?? '',
      account: { id: account.id, label: accountLabel(account) },
      scopes: account.scopes ?? [],
    };
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
