import type { Attempt } from '../org/calls/attempt.js';

/** What a person is told before they confirm: of attempts for the same agent that may have rung. */
export interface Caution {
  /** Sentences; empty where there is nothing to say. */
  readonly text: string;
  /** The ids of the attempts that the text tells of: `CallWords.toldOf`. */
  readonly toldOf: ReadonlySet<string>;
}

export const NO_CAUTION: Caution = { text: '', toldOf: new Set() };

/** @param attempts of any window, newest first, of which nobody knows whether they rang */
export function cautionOf(attempts: readonly Attempt[], agent: string, now: Date): Caution {
  const [last] = attempts;
  if (!last) return NO_CAUTION;
  const { at, state } = last;
  const ago = Math.round((now.getTime() - Date.parse(at)) / 60_000);
  const when = `${new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}${ago >= 1 ? ` (${ago} min ago)` : ''}`;
  const more = attempts.length > 1 ? `, and ${attempts.length - 1} more before,` : '';
  const what = state === 'sending' ? 'is under way, or was cut off, and may have rung' : 'may have rung';
  return { text: `An attempt at ${when} to ${last.to}${more} ${what}: ask ${agent} first.`, toldOf: new Set(attempts.map((a) => a.id)) };
}
