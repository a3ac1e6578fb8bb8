import type * as vscode from 'vscode';
import { isRecord } from '../platform/json.js';
import { type Account, isSameCaller, readAccounts, readSecret, type Secret } from './account.js';
import type { SecretRoom } from './secretRoom.js';

/** The key of the list of accounts in the secret store. */
export const INDEX = 'callDoctor.accounts';
/** Of the memento that all windows share: when which account was signed out, by id, in milliseconds since 1970. */
const SIGNED_OUT = 'callDoctor.signedOut';
/** Sign-outs that are remembered: enough to reach every window that is open. */
const MOST_SIGNED_OUT = 50;

export const secretKey = (id: string): string => `callDoctor.secret/${id}`;

/**
 * The list of accounts and the secret of each, which all windows share. A sign-out is noted beside the secret store too: in a
 * browser, each window reads that store once and writes all of it again, and would bring back who was signed out elsewhere.
 */
export class AccountStore {
  /** Changes of this window, one after another: each reads the list before it writes it. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly room: SecretRoom,
    private readonly shared: Pick<vscode.Memento, 'get' | 'update'>,
    private readonly now: () => number = Date.now,
  ) {}

  async list(): Promise<readonly Account[]> {
    const signedOut = this.#signedOut();
    return readAccounts(await this.room.get(INDEX)).filter((a) => (a.signedInAt ?? 0) > (signedOut[a.id] ?? -1));
  }

  async secret(id: string): Promise<Secret | undefined> {
    return readSecret(await this.room.get(secretKey(id)));
  }

  /** Replaces the secret of an account that is there: a renewed token. */
  async keepSecret(id: string, secret: Secret): Promise<void> {
    await this.#change(async () => {
      if ((await this.list()).some((a) => a.id === id)) await this.room.set(secretKey(id), JSON.stringify(secret));
    });
  }

  /** Adds an account, in place of those of the same caller. @returns it, and the ids of others that it replaces */
  add(account: Account, secret: Secret): Promise<{ readonly account: Account; readonly replaced: readonly Account[] }> {
    return this.#change(async () => {
      const all = await this.list();
      const replaced = all.filter((a) => isSameCaller(a, account));
      // Later than its own sign-out, even within one millisecond.
      const added: Account = { ...account, signedInAt: Math.max(this.now(), (this.#signedOut()[account.id] ?? 0) + 1) };
      await this.room.set(secretKey(account.id), JSON.stringify(secret));
      await this.#write([...all.filter((a) => !replaced.includes(a)), added]);
      for (const { id } of replaced) if (id !== account.id) await this.room.delete(secretKey(id));
      return { account: added, replaced };
    });
  }

  /** What became known of an account that is there, such as the org's id. */
  async complete(id: string, more: Partial<Omit<Account, 'id' | 'how' | 'region'>>): Promise<Account | undefined> {
    return this.#change(async () => {
      const all = await this.list();
      const before = all.find((a) => a.id === id);
      if (!before) return undefined;
      const completed: Account = { ...before, ...more };
      await this.#write(all.map((a) => (a.id === id ? completed : a)));
      return completed;
    });
  }

  /** Deletes the secret first: what is not told any more must not be left. @returns the account, where it was there */
  remove(id: string): Promise<Account | undefined> {
    return this.#change(async () => {
      const all = await this.list();
      const gone = all.find((a) => a.id === id);
      await this.room.delete(secretKey(id));
      await this.#write(all.filter((a) => a.id !== id));
      const signedOut = { ...this.#signedOut(), [id]: Math.max(this.now(), gone?.signedInAt ?? 0) };
      const latest = Object.entries(signedOut).sort(([, a], [, b]) => b - a);
      await this.shared.update(SIGNED_OUT, Object.fromEntries(latest.slice(0, MOST_SIGNED_OUT)));
      return gone;
    });
  }

  /** Deletes what this window still holds of an account that another window has signed out. */
  async clean(id: string): Promise<void> {
    await this.#change(async () => {
      if ((await this.list()).some((a) => a.id === id)) return;
      await this.room.delete(secretKey(id));
    });
  }

  #write(accounts: readonly Account[]): Promise<void> {
    return this.room.set(INDEX, JSON.stringify(accounts));
  }

  #signedOut(): Readonly<Record<string, number>> {
    const stored: unknown = this.shared.get(SIGNED_OUT);
    return isRecord(stored) ? Object.fromEntries(Object.entries(stored).filter((e): e is [string, number] => typeof e[1] === 'number')) : {};
  }

  #change<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#changing.then(work, work);
    this.#changing = done.catch(() => {});
    return done;
  }
}
