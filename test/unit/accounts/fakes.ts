import type * as vscode from 'vscode';
import type { Account } from '../../../src/accounts/account.js';

/** A secret store that several windows share. `broken`: throws, as without a keyring. */
export class FakeSecrets {
  readonly kept = new Map<string, string>();
  broken = false;
  readonly #listeners = new Set<(e: vscode.SecretStorageChangeEvent) => unknown>();

  readonly onDidChange = (listener: (e: vscode.SecretStorageChangeEvent) => unknown): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  async get(key: string): Promise<string | undefined> {
    this.#check();
    return this.kept.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    this.#check();
    this.kept.set(key, value);
    for (const listener of this.#listeners) listener({ key });
  }

  async delete(key: string): Promise<void> {
    this.#check();
    this.kept.delete(key);
    for (const listener of this.#listeners) listener({ key });
  }

  #check(): void {
    if (this.broken) throw new Error('no keyring');
  }
}

export class FakeMemento {
  readonly kept = new Map<string, unknown>();

  get(key: string): unknown {
    return this.kept.get(key);
  }

  async update(key: string, value: unknown): Promise<void> {
    this.kept.set(key, value);
  }
}

export const account = (more: Partial<Account> = {}): Account => ({
  id: 'us-east-1/o1/c1/u1',
  how: 'token',
  region: 'us-east-1',
  org: 'Acme',
  orgId: 'o1',
  clientId: 'c1',
  kind: 'user',
  name: 'Max',
  principal: 'u1',
  grant: 'unknown',
  ...more,
});
