import type { Clock } from '../../../../src/org/calls/clock.js';

/** Time that goes only when it is told to. */
export class FakeClock implements Clock {
  #now = 0;
  #next = 0;
  readonly #timers = new Map<number, { readonly at: number; readonly act: () => void }>();

  now = (): number => this.#now;

  after = (milliseconds: number, act: () => void): (() => void) => {
    const id = ++this.#next;
    this.#timers.set(id, { at: this.#now + milliseconds, act });
    return () => void this.#timers.delete(id);
  };

  /** How much is planned. */
  get size(): number {
    return this.#timers.size;
  }

  /** Lets time go by; what is due is done, and what follows from it gets its turn. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settled();
    for (;;) {
      const due = [...this.#timers].filter(([, t]) => t.at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.#now = Math.max(this.#now, due[1].at);
      due[1].act();
      await settled();
    }
    this.#now = end;
  }
}

/** Lets everything happen that waits for nothing but its turn. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => void setImmediate(resolve));
}
