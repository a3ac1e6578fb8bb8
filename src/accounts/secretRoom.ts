import type * as vscode from 'vscode';

/**
 * VS Code's secret store, or memory where the store cannot be used: no keyring, or one that is locked. What could not be written
 * is held in memory until the window closes, and that is told once.
 */
export class SecretRoom {
  /** What the store did not take; undefined for what it did not delete. */
  readonly #memory = new Map<string, string | undefined>();
  #told = false;

  /** @param tell called once, with why the store cannot be used */
  constructor(
    private readonly store: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>,
    private readonly tell: (why: string) => void,
  ) {}

  /** False once the store has failed. */
  get isStored(): boolean {
    return !this.#told;
  }

  async get(key: string): Promise<string | undefined> {
    if (this.#memory.has(key)) return this.#memory.get(key);
    try {
      return await this.store.get(key);
    } catch (e) {
      this.#fail(e);
      return undefined;
    }
  }

  async set(key: string, value: string): Promise<void> {
    try {
      await this.store.store(key, value);
      this.#memory.delete(key);
    } catch (e) {
      this.#memory.set(key, value);
      this.#fail(e);
    }
  }

  async delete(key: string): Promise<void> {
    try {
      await this.store.delete(key);
      this.#memory.delete(key);
    } catch (e) {
      this.#memory.set(key, undefined);
      this.#fail(e);
    }
  }

  #fail(e: unknown): void {
    if (this.#told) return;
    this.#told = true;
    this.tell(e instanceof Error ? e.message : String(e));
  }
}
