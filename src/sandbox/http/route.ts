import { isGuid } from '../../platform/guid.js';
import { isRecord } from '../../platform/json.js';
import type { Operation, Operations } from '../../platform/operations.js';
import type { Caller, Tokens } from '../oauth/tokens.js';
import type { World } from '../org/world.js';
import { invalidId, invalidQuery, isRefusal, NOT_FOUND, type Refusal } from './refusals.js';

/** A request that the gate has let through. */
export interface Visit {
  readonly world: World;
  readonly tokens: Tokens;
  readonly caller: Caller;
  readonly operation: Operation;
  /** Every operation of the platform. */
  readonly operations: Operations;
  /** Of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly path: string;
  /** As the Host header has it: `127.0.0.1:PORT`. */
  readonly host: string;
  readonly query: URLSearchParams;
  /** Parsed JSON, or undefined where the request has no body. */
  readonly body: unknown;
}

export interface Success {
  readonly status: number;
  /** What goes into the answer as JSON; nothing for an empty one. */
  readonly body?: unknown;
  readonly assumption?: string;
}
export type Answer = Success | Refusal;

/** What an operation does. `operation` is its method and template as the index has them. */
export interface Route {
  readonly operation: string;
  readonly answer: (visit: Visit) => Answer;
}

export const ok = (body: unknown, assumption?: string): Success => (assumption === undefined ? { status: 200, body } : { status: 200, body, assumption });
export const done = (assumption: string): Success => ({ status: 204, assumption });

/** The thing that `id` names. @returns it, or a 400 for what is no id, or a 404 for what is nobody's */
export function named<T extends object>(things: ReadonlyMap<string, T>, id: string, absent: Refusal = NOT_FOUND): T | Refusal {
  return isGuid(id) ? (things.get(id.toLowerCase()) ?? absent) : invalidId(id);
}

/** Like `named`, for a parameter of the path; goes on with `use` where there is such a thing. */
export function withNamed<T extends object>(visit: Visit, param: string, things: ReadonlyMap<string, T>, use: (thing: T) => Answer): Answer {
  const thing = named(things, visit.params[param] ?? '');
  return isRefusal(thing) ? thing : use(thing);
}

/** A whole number of the query string. */
function numberIn(query: URLSearchParams, name: string, fallback: number, most: number): number | Refusal {
  const text = query.get(name);
  if (text === null || text === '') return fallback;
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= most ? value : invalidQuery(name, text);
}

/** What a listing is a page of: a list, or what can give a part of itself as one. */
export interface Pages<T> {
  readonly length: number;
  slice(from: number, to: number): readonly T[];
}

/** Answers with one page of `items`: the platform's listing (FACTS §8). @param most the largest pageSize that is allowed */
export function listing<T>(visit: Visit, items: Pages<T>, show: (item: T) => unknown, most = 100, more: Readonly<Record<string, unknown>> = {}): Answer {
  const pageSize = numberIn(visit.query, 'pageSize', 25, most);
  if (typeof pageSize !== 'number') return pageSize;
  const pageNumber = numberIn(visit.query, 'pageNumber', 1, 1_000_000);
  if (typeof pageNumber !== 'number') return pageNumber;
  const pageCount = Math.max(1, Math.ceil(items.length / pageSize));
  const uri = (page: number): string => {
    const query = new URLSearchParams(visit.query);
    query.set('pageSize', String(pageSize));
    query.set('pageNumber', String(page));
    return `${visit.path}?${query}`;
  };
  return ok({
    entities: items.slice((pageNumber - 1) * pageSize, pageNumber * pageSize).map(show),
    pageSize,
    pageNumber,
    total: items.length,
    ...more,
    firstUri: uri(1),
    selfUri: uri(pageNumber),
    ...(pageNumber < pageCount ? { nextUri: uri(pageNumber + 1) } : {}),
    ...(pageNumber > 1 ? { previousUri: uri(pageNumber - 1) } : {}),
    lastUri: uri(pageCount),
    pageCount,
  });
}

/** A listing whose type has fewer fields than most: without those. */
export function without(answer: Answer, ...fields: readonly string[]): Answer {
  if (isRefusal(answer) || !isRecord(answer.body)) return answer;
  return { ...answer, body: Object.fromEntries(Object.entries(answer.body).filter(([name]) => !fields.includes(name))) };
}

/** The values of a comma-separated parameter that may also be repeated: `expand=a,b&expand=c`. */
export const valuesOf = (query: URLSearchParams, name: string): readonly string[] =>
  query
    .getAll(name)
    .flatMap((v) => v.split(','))
    .map((v) => v.trim())
    .filter(Boolean);
