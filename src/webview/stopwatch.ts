import type { LiveView } from '../sidebar/callForm/protocol.js';

/** How long a call lasts, between two messages of the host: by a clock that nobody can set. Draws once a second, and only while it ticks. */
export class Stopwatch {
  #at = 0;
  #elapsed = 0;
  #ticks = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly draw: () => void) {}

  /** Milliseconds. */
  get elapsed(): number {
    return this.#elapsed + (this.#ticks ? performance.now() - this.#at : 0);
  }

  /** Takes over what the host says. */
  set(live: LiveView | undefined): void {
    clearTimeout(this.#timer);
    this.#at = performance.now();
    this.#elapsed = Math.max(0, live?.talked ?? 0);
    this.#ticks = live?.ticks === true && live.talked >= 0;
    this.#plan();
  }

  #plan(): void {
    if (!this.#ticks) return;
    this.#timer = setTimeout(
      () => {
        this.draw();
        this.#plan();
      },
      1000 - (this.elapsed % 1000),
    );
  }
}
