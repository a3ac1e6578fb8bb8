/** When something is due, as somebody typed it: a moment, and how it was read; or what is wrong with it. */
export type DueTime =
  | { readonly kind: 'time'; readonly at: Date /** "Monday, 23 November 2026, 14:30 Europe/Berlin". */; readonly words: string }
  | { readonly kind: 'problem'; readonly problem: string };

const FORM = 'Write 14:30, tomorrow 9:00, or 2026-11-23 14:30. A time zone may follow: Z, +01:00.';
const TYPED = /^(?:(today|tomorrow)|(\d{4})-(\d{1,2})-(\d{1,2}))?[\sT,]*(\d{1,2}):(\d\d)(?::00(?:\.0+)?)?\s*(am|pm)?\s*(Z|UTC|[+-]\d{1,2}:?\d\d)?$/i;

/**
 * Reads a moment to come. Without an offset it is meant in this machine's time zone, as `words` says. A time alone is the next such
 * time; a time that the clocks leave out that day is none.
 */
export function readDue(typed: string, now: Date): DueTime {
  const match = TYPED.exec(typed.trim());
  if (!match) return problem(FORM);
  const [, day, year, month, date, hourText, minuteText, half, offset] = match;
  const minutes = Number(minuteText);
  const hours = half === undefined ? Number(hourText) : (Number(hourText) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (hours > 23 || minutes > 59 || (half !== undefined && (Number(hourText) < 1 || Number(hourText) > 12)))
    return problem(`There is no time ${hourText}:${minuteText}.`);
  const shift = offset === undefined ? undefined : offsetOf(offset);
  if (shift !== undefined && Math.abs(shift) > 14 * 60) return problem(`There is no time zone ${offset}.`);
  const today = shift === undefined ? [now.getFullYear(), now.getMonth(), now.getDate()] : dateAt(now, shift);
  const [y, m, d] = (year === undefined ? today : [Number(year), Number(month) - 1, Number(date)]) as [number, number, number];
  const calendar = new Date(Date.UTC(y, m, d));
  if (calendar.getUTCMonth() !== m || calendar.getUTCDate() !== d) return problem(`There is no day ${year}-${month}-${date}.`);
  const on = (days: number): Date =>
    shift === undefined ? new Date(y, m, d + days, hours, minutes) : new Date(Date.UTC(y, m, d + days, hours, minutes) - shift * 60_000);
  const isNext = day === undefined && year === undefined;
  let at = on(day?.toLowerCase() === 'tomorrow' ? 1 : 0);
  if (isNext && at.getTime() <= now.getTime()) at = on(1);
  if (shift === undefined && (at.getHours() !== hours || at.getMinutes() !== minutes))
    return problem(`The clocks leave out ${hourText}:${minuteText} that day in ${zone()}.`);
  if (at.getTime() <= now.getTime()) return problem(`${dueWords(at)} is over.`);
  return { kind: 'time', at, words: dueWords(at) };
}

/** A moment in the time zone of this machine, and which that is. */
export const dueWords = (at: Date): string =>
  `${at.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })}, ${at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })} ${zone()}`;

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Minutes east of Greenwich. */
function offsetOf(text: string): number {
  const match = /^([+-])(\d{1,2}):?(\d\d)$/.exec(text);
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0;
}

function dateAt(now: Date, shift: number): [number, number, number] {
  const there = new Date(now.getTime() + shift * 60_000);
  return [there.getUTCFullYear(), there.getUTCMonth(), there.getUTCDate()];
}

const problem = (text: string): DueTime => ({ kind: 'problem', problem: text });
