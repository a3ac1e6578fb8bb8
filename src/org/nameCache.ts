import type { Answer, Client } from './client.js';
import { type IdName, type NamedKind, readName } from './names.js';

/** What is known of an id. `absent`: the platform says that there is no such thing, or none that this caller may see. */
export type Told =
  | { readonly kind: 'named'; readonly name: IdName }
  | { readonly kind: 'absent' }
  /** Refused: `permissions` are those that the answer names. */
  | { readonly kind: 'forbidden'; readonly permissions: readonly string[] }
  | { readonly kind: 'unknown'; readonly why: string }
  | { readonly kind: 'cancelled' };

/** The way to the org of an account. */
export type ClientSource = () => Promise<{ readonly kind: 'ok'; readonly client: Client } | { readonly kind: 'failed'; readonly why: string }>;

const MINUTE = 60_000;
/** For how long an answer is good, in milliseconds: people, roles and divisions change, and a fault passes. */
const GOOD_FOR: Readonly<Record<Told['kind'], number>> = { named: 5 * MINUTE, absent: MINUTE, forbidden: MINUTE, unknown: 10_000, cancelled: 0 };
const MOST_KEPT = 500;

interface Asking {
  readonly told: Promise<Told>;
  readonly controller: AbortController;
  waiting: number;
}

/** Names of ids, per account: one request an id, shared by all who wait for it and kept for minutes. */
export class NameCache {
  readonly #kept = new Map<string, { readonly told: Told; readonly until: number }>();
  readonly #asking = new Map<string, Asking>();

  /** @param now milliseconds, as of Date.now */
  constructor(private readonly now: () => number = Date.now) {}

  /** What an id names for an account. The request ends when all who wait for it have given up. */
  async tell(account: string, client: ClientSource, kind: NamedKind, id: string, signal?: AbortSignal): Promise<Told> {
    if (signal?.aborted) return { kind: 'cancelled' };
    const key = `${account}\n${kind}\n${id.toLowerCase()}`;
    const kept = this.#kept.get(key);
    if (kept && kept.until > this.now()) return kept.told;
    const asking = this.#asking.get(key) ?? this.#ask(key, client, kind, id);
    asking.waiting++;
    if (!signal) return asking.told;
    const given = new Promise<Told>((resolve) => {
      const giveUp = (): void => {
        if (--asking.waiting === 0 && this.#asking.get(key) === asking) {
          this.#asking.delete(key);
          asking.controller.abort();
        }
        resolve({ kind: 'cancelled' });
      };
      signal.addEventListener('abort', giveUp, { once: true });
      void asking.told.finally(() => signal.removeEventListener('abort', giveUp)).catch(() => {});
    });
    return Promise.race([asking.told, given]);
  }

  /** Somebody signed in or out, or a sandbox ended: what was known may be of another org. */
  forget(): void {
    this.#kept.clear();
    this.#asking.clear();
  }

  #ask(key: string, client: ClientSource, kind: NamedKind, id: string): Asking {
    const controller = new AbortController();
    const told = ask(client, kind, id, controller.signal)
      .catch((e: unknown): Told => ({ kind: 'unknown', why: e instanceof Error ? e.message : String(e) }))
      .then((answer) => {
        if (this.#asking.get(key) !== asking) return answer;
        this.#asking.delete(key);
        this.#keep(key, answer);
        return answer;
      });
    const asking: Asking = { told, controller, waiting: 0 };
    this.#asking.set(key, asking);
    return asking;
  }

  #keep(key: string, told: Told): void {
    this.#kept.delete(key);
    this.#kept.set(key, { told, until: this.now() + GOOD_FOR[told.kind] });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
  }
}

async function ask(source: ClientSource, kind: NamedKind, id: string, signal: AbortSignal): Promise<Told> {
  const way = await source();
  if (way.kind === 'failed') return { kind: 'unknown', why: way.why };
  return toldBy(await readName(way.client, kind, id, signal));
}

function toldBy(answer: Answer<IdName>): Told {
  if (answer.kind === 'cancelled') return answer;
  if (answer.kind === 'ok') return { kind: 'named', name: answer.value };
  // Only a 404 of the platform itself says that there is no such thing.
  if (answer.status === 404 && answer.code !== undefined) return { kind: 'absent' };
  if (answer.status === 403 && answer.code !== undefined) return { kind: 'forbidden', permissions: answer.permissions ?? [] };
  return { kind: 'unknown', why: answer.why };
}
