import type { Client } from '../client.js';
import { type Asked, ask } from './ask.js';
import type { Clock } from './clock.js';
import { type Conversation, readConversation } from './conversation.js';

/** The least time between two requests of one sign-in, in milliseconds: 120 a minute of the 300 that it has (FACTS §8). */
const GAP = 500;

interface Wish {
  readonly path: string;
  readonly done: (asked: Asked<Conversation>) => void;
}

/** Reads conversations for all who follow calls with one sign-in: one request at a time, and none while the platform wants to be left alone. */
export class Poller {
  readonly #wishes: Wish[] = [];
  #freeAt = 0;
  #isBusy = false;
  #cancel: (() => void) | undefined;

  constructor(
    private readonly client: Client,
    private readonly clock: Clock,
  ) {}

  /** @param done told once, unless the wish is taken back by what is returned */
  read(path: string, done: (asked: Asked<Conversation>) => void): () => void {
    const wish: Wish = { path, done };
    this.#wishes.push(wish);
    this.#next();
    return () => {
      const at = this.#wishes.indexOf(wish);
      if (at >= 0) this.#wishes.splice(at, 1);
    };
  }

  dispose(): void {
    this.#wishes.length = 0;
    this.#cancel?.();
  }

  #next(): void {
    if (this.#isBusy || this.#wishes.length === 0) return;
    this.#isBusy = true;
    const wait = this.#freeAt - this.clock.now();
    if (wait > 0) this.#cancel = this.clock.after(wait, () => void this.#ask());
    else void this.#ask();
  }

  async #ask(): Promise<void> {
    const wish = this.#wishes.shift();
    if (wish) {
      this.#freeAt = this.clock.now() + GAP;
      const asked = await ask(this.client, 'GET', wish.path, readConversation).catch(
        (e: unknown): Asked<Conversation> => ({ answer: { kind: 'failed', why: String(e) } }),
      );
      if (asked.retryAfter !== undefined) this.#freeAt = this.clock.now() + Math.max(GAP, asked.retryAfter);
      wish.done(asked);
    }
    this.#isBusy = false;
    this.#next();
  }
}
