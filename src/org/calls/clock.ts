/** Time that only goes forward, in milliseconds, whatever is done to the machine's clock. */
export interface Clock {
  now(): number;
  /** Calls once, later. @returns what takes it back */
  after(milliseconds: number, act: () => void): () => void;
}

/** Keeps no process alive. */
export const realClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
