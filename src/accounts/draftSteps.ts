/** One step of several: what is chosen goes into a draft that they share. `skip`: there is nothing to ask. */
export type DraftStep = (back: boolean) => Promise<'next' | 'back' | 'stop' | 'skip'>;

/** Walks through steps, forth and back. @param back whether Back leads out of the first one that asks */
export async function walk(back: boolean, steps: readonly DraftStep[]): Promise<'done' | 'back' | 'stop'> {
  /** Those that asked something: only to them does Back lead. */
  const asked: number[] = [];
  for (let at = 0; at < steps.length; ) {
    const result = await (steps[at] as DraftStep)(back || asked.length > 0);
    if (result === 'stop') return 'stop';
    if (result === 'back') {
      const before = asked.pop();
      if (before === undefined) return 'back';
      at = before;
      continue;
    }
    if (result === 'next') asked.push(at);
    at++;
  }
  return 'done';
}
