import { header } from '../../exchange/exchange.js';
import { withoutFormula, writeCsv } from '../../platform/csv.js';
import { isRecord, optional, text } from '../../platform/json.js';
import { maskNumbers } from '../../platform/maskNumbers.js';
import { pathOf } from '../../platform/operations.js';
import type { Attempt } from './attempt.js';
import { kindOf, parse, stateWords } from './attemptWords.js';

export interface ExportOptions {
  readonly format: 'json' | 'csv';
  /** Whether numbers are written whole. */
  readonly numbers: boolean;
}

/** Stands where a value was that tells of a person, or that this product does not know. */
const DUMMY = '…';
/** Fields of bodies that say which call was wanted and of nobody outside the org what they are: ids of the org, and settings. */
const KEPT = new Set([
  'callUserId',
  'callQueueId',
  'callFromQueueId',
  'userId',
  'queueId',
  'id',
  'priority',
  'languageId',
  'routingSkillsIds',
  'routingFlags',
  'score',
  'skillIds',
  'preferredAgentIds',
  'callbackScheduledTime',
  'countryCode',
  'validateCallbackNumbers',
  'scriptId',
  'conversationIds',
]);
const NUMBERS = new Set(['phoneNumber', 'address', 'callerId', 'callbackNumbers']);
const OBJECTS = new Set(['participants', 'routingData', 'scoredAgents', 'agent']);

/** The history as a file. No header of a request is in it, so no token; attributes and other words of the caller are dummies. */
export function exportHistory(attempts: readonly Attempt[], { format, numbers }: ExportOptions): string {
  const shown = numbers ? (words: string) => words : maskNumbers;
  return format === 'json' ? `${JSON.stringify({ calls: attempts.map((a) => entryOf(a, shown)) }, null, 2)}\n` : csvOf(attempts, shown);
}

function entryOf(attempt: Attempt, shown: (text: string) => string): object {
  const { request, response } = attempt.exchange;
  return {
    at: attempt.at,
    kind: kindOf(attempt),
    agent: attempt.agent,
    to: shown(attempt.to),
    org: attempt.org,
    region: attempt.region,
    state: attempt.state,
    outcome: stateWords(attempt),
    ...optional('status', attempt.status),
    ...optional('conversationId', attempt.conversationId),
    ...optional('note', attempt.note === undefined ? undefined : shown(attempt.note)),
    ...optional('request', request && { method: request.method, path: pathOf(request.url), ...optional('body', bodyOf(parse(request.body), shown)) }),
    ...optional('answer', response && answerOf(attempt, shown)),
  };
}

function answerOf({ exchange: { response } }: Attempt, shown: (text: string) => string): object {
  const body = parse(response?.body);
  const at = (key: string): string | undefined => (isRecord(body) ? text(body[key]) : undefined);
  const message = at('message');
  return {
    ...optional('status', response?.status),
    ...optional('correlationId', response && header(response.headers, 'ININ-Correlation-Id')),
    ...optional('code', at('code')),
    ...optional('message', message === undefined ? undefined : shown(message)),
  };
}

/** A body with its names, and of its values those that say what was asked of the platform. */
function bodyOf(body: unknown, shown: (text: string) => string): object | undefined {
  if (!isRecord(body)) return undefined;
  const value = (name: string, of: unknown): unknown => {
    if (KEPT.has(name) && !isRecord(of)) return of;
    if (NUMBERS.has(name)) return Array.isArray(of) ? of.map((n) => value(name, n)) : typeof of === 'string' ? shown(of) : DUMMY;
    if (OBJECTS.has(name)) return Array.isArray(of) ? of.map((o) => bodyOf(o, shown) ?? DUMMY) : (bodyOf(of, shown) ?? DUMMY);
    return isRecord(of) ? Object.fromEntries(Object.keys(of).map((key) => [key, DUMMY])) : DUMMY;
  };
  return Object.fromEntries(Object.entries(body).map(([name, of]) => [name, value(name, of)]));
}

const COLUMNS = ['at', 'kind', 'agent', 'to', 'org', 'region', 'state', 'outcome', 'status', 'code', 'correlationId', 'conversationId', 'note'] as const;

function csvOf(attempts: readonly Attempt[], shown: (text: string) => string): string {
  const rows = attempts.map((a) => {
    const all: Readonly<Record<string, unknown>> = { ...answerOf(a, shown), ...entryOf(a, shown) };
    return COLUMNS.map((name) => withoutFormula(String(all[name] ?? '')));
  });
  return writeCsv([COLUMNS, ...rows]);
}
