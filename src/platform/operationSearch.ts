import { edits } from './edits.js';
import type { Operation, Operations } from './operations.js';

/** What people say for what a method does. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  POST: ['place', 'make', 'start', 'dial', 'create', 'add', 'new', 'send'],
  GET: ['get', 'read', 'list', 'show', 'view', 'find', 'look'],
  PATCH: ['change', 'update', 'edit', 'modify', 'set', 'end'],
  PUT: ['change', 'update', 'edit', 'replace', 'set'],
  DELETE: ['delete', 'remove', 'end'],
};
const MEANT = new Map<string, ReadonlySet<string>>();
for (const [method, verbs] of Object.entries(VERBS)) for (const verb of verbs) MEANT.set(verb, new Set([...(MEANT.get(verb) ?? []), method]));
const METHOD = /^(?:get|post|put|patch|delete|head)$/;
/** Other words of people than the API's. */
const ALSO: Readonly<Record<string, string>> = { agent: 'user', agents: 'user', hang: 'disconnect', hangup: 'disconnect' };
/** Words that say nothing about an operation. */
const FILLERS: ReadonlySet<string> = new Set(['a', 'an', 'and', 'api', 'by', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to', 'up', 'v2', 'with']);
/** Where an operation says that it is done on behalf of a user. */
const ON_BEHALF = /\/user\/\{userId\}$/;

/** How much a word counts by where it stands. */
const IN_PATH = 1;
const IN_PERMISSION = 0.7;
const IN_PARAMETER = 0.6;
const VERB = 0.7;
/** A word that is found nowhere. */
const MISSED = -0.5;

interface Entry {
  readonly operation: Operation;
  readonly path: readonly number[];
  readonly parameters: readonly number[];
  readonly permissions: readonly number[];
}

export interface Hits {
  /** Best first, as many as were asked for; all of those that require the permission where the words are the name of one. */
  readonly operations: readonly Operation[];
  readonly total: number;
  /** The permission that was asked for, spelt as the platform does. */
  readonly permission?: string;
}

/**
 * Finds operations by words of their path, their permissions and what they do: "place call", "callss", "POST conversations calls",
 * "conversation:call:add". Letter case, plural and a letter or two do not matter; nothing finds all. A search takes milliseconds.
 */
export class OperationSearch {
  readonly #words: string[] = [];
  readonly #entries: readonly Entry[];

  constructor(private readonly operations: Operations) {
    const numbers = new Map<string, number>();
    const number = (word: string): number => {
      const known = numbers.get(word);
      if (known !== undefined) return known;
      numbers.set(word, this.#words.length);
      return this.#words.push(word) - 1;
    };
    this.#entries = [...operations.all()].map((operation) => {
      const segments = operation.path.split('/').slice(3);
      const all = (texts: readonly string[]): number[] => [...new Set(texts.flatMap(wordsOf))].map(number);
      return {
        operation,
        path: all(segments.filter((s) => !s.startsWith('{'))),
        parameters: all(segments.filter((s) => s.startsWith('{'))),
        permissions: all(operation.permissions),
      };
    });
  }

  find(text: string, most = 20): Hits {
    const query = text.slice(0, 200);
    const exact = this.#permission(query);
    if (exact) return exact;
    const words = [...new Set(wordsOf(query))].filter((w) => !FILLERS.has(w)).slice(0, 10);
    const methods = new Set(words.filter((w) => METHOD.test(w)).map((w) => w.toUpperCase()));
    const wanted = words.filter((w) => !METHOD.test(w));
    if (words.length === 0 && query.trim() !== '') return { operations: [], total: 0 };
    const likeness = wanted.map((w) => this.#words.map((known) => Math.max(alike(w, known), ALSO[w] === undefined ? 0 : 0.8 * alike(ALSO[w], known))));
    const scored: { readonly operation: Operation; readonly score: number }[] = [];
    for (const entry of this.#entries) {
      if (methods.size > 0 && !methods.has(entry.operation.method)) continue;
      const score = scoreOf(entry, wanted, likeness);
      if (score !== undefined) scored.push({ operation: entry.operation, score });
    }
    scored.sort((a, b) => b.score - a.score || a.operation.path.length - b.operation.path.length);
    return { operations: scored.slice(0, most).map((s) => s.operation), total: scored.length };
  }

  /** All that require a permission, where `text` is its name; a `*` as the last part stands for any. */
  #permission(text: string): Hits | undefined {
    const name = text.trim().toLowerCase();
    if (!/^[\w-]+:[\w-]+(?::[\w*-]+)?$/.test(name)) return undefined;
    const matches = name.endsWith(':*') ? (p: string) => p.toLowerCase().startsWith(name.slice(0, -1)) : (p: string) => p.toLowerCase() === name;
    const permission = [...this.operations.permissions].find(matches);
    if (permission === undefined) return undefined;
    const operations = this.#entries.map((e) => e.operation).filter((o) => o.permissions.some(matches));
    // Where fewer others would do as well, the permission matters more.
    operations.sort((a, b) => a.permissions.length - b.permissions.length || a.path.length - b.path.length);
    return { operations, total: operations.length, ...(name.endsWith('*') ? {} : { permission }) };
  }
}

/** Undefined where too little of what is wanted is there. */
function scoreOf(entry: Entry, wanted: readonly string[], likeness: readonly (readonly number[])[]): number | undefined {
  const { operation } = entry;
  let sum = 0;
  let missed = 0;
  const used = new Set<number>();
  for (const [i, word] of wanted.entries()) {
    const like = likeness[i] as readonly number[];
    let best = 0;
    const look = (numbers: readonly number[], weight: number, inPath: boolean): void => {
      for (const n of numbers) {
        const found = (like[n] as number) * weight;
        if (found > 0 && inPath) used.add(n);
        if (found > best) best = found;
      }
    };
    look(entry.path, IN_PATH, true);
    look(entry.permissions, IN_PERMISSION, false);
    look(entry.parameters, IN_PARAMETER, false);
    if (best < VERB && MEANT.get(word)?.has(operation.method)) best = VERB;
    if (word === 'behalf' && ON_BEHALF.test(operation.path)) best = IN_PATH;
    if (best === 0) missed += 1;
    sum += best === 0 ? MISSED : best;
  }
  if (missed > 0 && missed * 2 >= wanted.length) return undefined;
  const rest = entry.path.length === 0 ? 0 : 1 - used.size / entry.path.length;
  return sum / Math.max(1, wanted.length) - 0.2 * rest - 0.03 * entry.parameters.length - (operation.deprecated ? 0.1 : 0);
}

/** How much a word of a question is like one of the API: 1 the same, 0 another. */
function alike(wanted: string, known: string): number {
  if (wanted === known) return 1;
  if (stem(wanted) === stem(known)) return 0.98;
  if (known.startsWith(wanted)) return 0.7 + (0.2 * wanted.length) / known.length;
  // "place" is not meant where "replace" is said.
  if (MEANT.has(wanted)) return 0;
  if (wanted.length > 2 && known.includes(wanted)) return 0.5 + (0.2 * wanted.length) / known.length;
  const allowed = wanted.length < 4 ? 0 : wanted.length < 8 ? 1 : 2;
  if (allowed === 0) return 0;
  const distance = edits(wanted, known, allowed + 1);
  return distance > allowed ? 0 : 0.75 - 0.1 * distance;
}

/** Without a plural's ending. */
const stem = (word: string): string => (word.length > 4 && word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.replace(/(?<=..[^s])s$/, ''));

/** `agentlessCall` → agentless, call. Ids and placeholders are no words. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((w) => w !== '');
