/** A day as the history names it. */
export interface Day {
  /** `2026-11-22`, by this machine's time zone. */
  readonly key: string;
  /** "Today", "Yesterday", or the date. */
  readonly label: string;
  /** By what words it may be looked for. */
  readonly words: readonly string[];
}

/** The day of a time, as seen at another. */
export function dayOf(at: Date, now: Date): Day {
  const key = keyOf(at);
  const near = key === keyOf(now) ? 'Today' : key === keyOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)) ? 'Yesterday' : undefined;
  const sameYear = at.getFullYear() === now.getFullYear();
  const date = at.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) });
  return { key, label: near ?? date, words: [key, date, at.toLocaleDateString('en-GB', { month: 'short' }), ...(near ? [near] : [])] };
}

const two = (n: number): string => String(n).padStart(2, '0');
const keyOf = (d: Date): string => `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;

/** "14:02". */
export const timeOf = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}`;
