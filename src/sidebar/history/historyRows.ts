import type { Attempt, AttemptState } from '../../org/calls/attempt.js';
import { kindOf, stateWords } from '../../org/calls/attemptWords.js';
import { maskNumbers } from '../../platform/maskNumbers.js';
import { dayOf, shortDay, timeOf, wholeTime } from './days.js';
import { historyFilter } from './historyFilter.js';

/** One attempt, as the tree shows it. */
export interface EntryRow {
  readonly kind: 'entry';
  /** Of the attempt. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** A codicon and the colour it has. */
  readonly icon: readonly [name: string, color: string];
  /** What a screen reader says. */
  readonly spoken: string;
  /** Words that menus look for: `call` or `callback`, `state:…`, `repeatable`, `live`. */
  readonly context: string;
  readonly conversationId?: string;
}

export interface DayRow {
  readonly kind: 'day';
  readonly key: string;
  readonly label: string;
  readonly entries: readonly EntryRow[];
  readonly expanded: boolean;
}

export type HistoryRow = EntryRow | DayRow;

export interface HistoryLook {
  /** Whether numbers are shown whole. */
  readonly numbers: boolean;
  readonly filter: string;
  readonly now: Date;
  /** The conversations that are under way, as far as this window follows them. */
  readonly live?: ReadonlySet<string>;
}

/** The rows, and the attempts that they are of, in the same order. */
export interface HistoryView {
  readonly rows: readonly HistoryRow[];
  readonly listed: readonly Attempt[];
}

/** So many stand in one list; more are put under their days. */
const FEW = 8;
/** Days that are open at first. */
const OPEN_DAYS = 2;

const ICONS: Readonly<Record<AttemptState, readonly [name: string, color: string]>> = {
  placed: ['pass', 'testing.iconPassed'],
  refused: ['error', 'problemsErrorIcon.foreground'],
  unknown: ['question', 'problemsWarningIcon.foreground'],
  sending: ['sync', 'progressBar.background'],
  'not-sent': ['circle-slash', 'disabledForeground'],
  'not-placed': ['circle-slash', 'disabledForeground'],
};

/** @param attempts newest first */
export function historyRows(attempts: readonly Attempt[], look: HistoryLook): HistoryView {
  const filter = historyFilter(look.filter, look.now);
  const listed = filter ? attempts.filter(filter) : attempts;
  const days = new Map<string, { readonly label: string; readonly of: Attempt[] }>();
  for (const attempt of listed) {
    const at = new Date(attempt.at);
    const { key, label } = Number.isNaN(at.getTime()) ? { key: '', label: 'Without a date' } : dayOf(at, look.now);
    const day = days.get(key) ?? { label, of: [] };
    days.set(key, day);
    day.of.push(attempt);
  }
  if (listed.length <= FEW || days.size < 2) return { listed, rows: listed.map((a) => entry(a, look, true)) };
  const rows = [...days].map(
    ([key, { label, of }], n): DayRow => ({
      kind: 'day',
      key,
      label,
      entries: of.map((a) => entry(a, look, false)),
      expanded: n < OPEN_DAYS || filter !== undefined,
    }),
  );
  return { listed, rows };
}

function entry(attempt: Attempt, { numbers, now, live }: HistoryLook, withDay: boolean): EntryRow {
  const shown = numbers ? (text: string) => text : maskNumbers;
  const { agent, org, region, status, conversationId } = attempt;
  const words = stateWords(attempt);
  const kind = kindOf(attempt);
  const to = shown(attempt.to);
  const at = new Date(attempt.at);
  const isDated = !Number.isNaN(at.getTime());
  const day = isDated ? dayOf(at, now) : undefined;
  const when = isDated ? `${withDay && day?.label !== 'Today' ? `${day?.label === 'Yesterday' ? 'yesterday' : shortDay(at)} ` : ''}${timeOf(at)}` : '';
  const isLive = conversationId !== undefined && live?.has(conversationId) === true;
  const outcome = isLive ? 'under way' : attempt.state === 'refused' && status !== undefined && kind === 'call' ? String(status) : words;
  const label = kind === 'callback' ? `${agent} ↩ ${to}` : `${agent} → ${to}`;
  return {
    kind: 'entry',
    id: attempt.id,
    label,
    // In a narrow sidebar the end is cut off.
    description: [outcome, when].filter(Boolean).join(' · '),
    tooltip: [
      label,
      [isDated ? `${day?.label}, ${wholeTime(at)}` : '', org, region].filter(Boolean).join(' · '),
      `${words}${status === undefined ? '' : ` (${status})`}${attempt.note ? `: ${shown(attempt.note)}` : ''}`,
      ...(conversationId ? [`conversation ${conversationId}`] : []),
    ].join('\n'),
    icon: isLive ? ['call-outgoing', 'testing.iconPassed'] : ICONS[attempt.state],
    spoken: `${agent} to ${heard(to)}, ${[when, outcome === words ? words : `${words}, ${outcome}`].filter(Boolean).join(', ')}`,
    context: [kind, `state:${attempt.state}`, ...(attempt.exchange.request ? ['repeatable'] : []), ...(isLive ? ['live'] : [])].join(' '),
    ...(conversationId === undefined ? {} : { conversationId }),
  };
}

/** A screen reader says "+1 number ending in 42". */
const heard = (text: string): string => text.replace(/••(\d\d)/g, 'number ending in $1');
