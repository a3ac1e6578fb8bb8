/** A day as the history names it. */
export interface Day {
  /** `2026-11-22`, by this machine's time zone. */
  readonly key: string;
  /** "Today", "Yesterday", or the date. */
  readonly label: string;
  /** By what words it may be looked for. */
  readonly words: readonly string[];
}

// Making one takes longer than using it a hundred times.
const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => new Intl.DateTimeFormat('en-GB', options);
const DATE = format({ weekday: 'long', day: 'numeric', month: 'long' });
const DATE_AND_YEAR = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const MONTH = format({ month: 'short' });
const SHORT = format({ day: 'numeric', month: 'short' });
const WHOLE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** The day of a time, as seen at another. */
export function dayOf(at: Date, now: Date): Day {
  const key = keyOf(at);
  const near = key === keyOf(now) ? 'Today' : key === keyOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)) ? 'Yesterday' : undefined;
  const date = (at.getFullYear() === now.getFullYear() ? DATE : DATE_AND_YEAR).format(at);
  return { key, label: near ?? date, words: [key, date, MONTH.format(at), ...(near ? [near] : [])] };
}

const two = (n: number): string => String(n).padStart(2, '0');
const keyOf = (d: Date): string => `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;

/** "14:02". */
export const timeOf = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}`;

/** "3 Nov". */
export const shortDay = (at: Date): string => SHORT.format(at);

/** Date and time to the second, as this machine writes them. */
export const wholeTime = (at: Date): string => WHOLE.format(at);
