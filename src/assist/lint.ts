import type { SourceRange } from '../exchange/mappedText.js';
import { textKind } from '../exchange/regions.js';
import type { Operations } from '../platform/operations.js';
import { isAboutPlatform, proseOf } from './comments.js';
import type { Problem, Severity } from './problem.js';
import { duplicates, fields } from './rules/body.js';
import { pathIds } from './rules/ids.js';
import { numbers } from './rules/numbers.js';
import { host, operation } from './rules/operation.js';
import { placeholders } from './rules/placeholders.js';
import { endpointsIn, grantsIn, scopesIn } from './rules/prose.js';
import { problem, type Rule, type Subject } from './rules/rule.js';
import { secrets } from './rules/secrets.js';
import { bodyKindOf, contentType, json, presence, token } from './rules/sending.js';
import { shellSlips } from './rules/shell.js';
import { targetOf } from './rules/target.js';
import { tokenRequest } from './rules/tokenRequest.js';
import type { WrittenCall, WrittenText } from './writtenCall.js';

/** More problems of one text are not told. */
export const MOST_PROBLEMS = 500;
/** Each takes milliseconds. */
const MOST_SEARCHES = 10;

/** What the rules look at in a request that somebody writes. */
const RULES: readonly Rule[] = [
  host,
  operation,
  pathIds,
  token,
  contentType,
  presence,
  json,
  fields,
  duplicates,
  numbers,
  placeholders,
  shellSlips,
  tokenRequest,
];
/** A HAR is a record of what was sent, by a browser, also to parts of the platform that are not public: only its bodies can teach. */
const RULES_OF_RECORDS: readonly Rule[] = [json, fields, numbers];

/**
 * What is wrong with the calls that are written in a text, and with what is said of them beside: sorted by place, at most
 * `MOST_PROBLEMS`. Calls to other services are left alone. Never throws; linear.
 */
export function lint(written: WrittenText, operations: Operations): Problem[] {
  const { text, calls, hint, declined } = written;
  if (declined !== undefined) return [problem('too-large', 'information', declined, firstLine(text))];
  const kind = textKind(text, hint);
  if (kind === 'program' || (calls.length === 0 && !isAboutPlatform(text))) return [];
  const found = new Found(text);
  const isTemplate = /^(?:yaml|dockercompose)$/.test(hint.languageId ?? '') || /\.(?:ya?ml|j2|tpl)$/i.test(hint.fileName ?? '');
  const searches = { left: MOST_SEARCHES };
  let isPlatform = calls.length === 0;
  for (const call of calls) {
    if (found.isFull) break;
    const target = targetOf(call, operations);
    if (target.kind === 'other') continue;
    isPlatform = true;
    found.addAll(ofCall({ call, operations, target, text, kind, isTemplate, body: bodyKindOf(call, target), searches }));
  }
  if (isPlatform || isAboutPlatform(text)) {
    found.addAll(secrets(written));
    for (const { start, end } of proseOf(text, kind)) {
      const prose = start === 0 && end === text.length ? text : text.slice(start, end);
      found.addAll(scopesIn(prose, start, operations));
      found.addAll(grantsIn(prose, start));
      found.addAll(outside(calls, endpointsIn(prose, start, operations)));
    }
  }
  return found.sorted();
}

function* ofCall(subject: Subject): Generator<Problem> {
  const { call } = subject;
  const isRecord = call.region.form === 'har';
  try {
    for (const rule of isRecord ? RULES_OF_RECORDS : RULES) for (const p of rule(subject)) yield isRecord ? { ...p, severity: 'information' } : p;
  } catch (error) {
    // The nesting exceeds the stack: a rule goes deeper than the reading of the JSON did.
    if (!(error instanceof RangeError)) throw error;
    yield problem(
      'not-json',
      'error',
      'The JSON is nested too deeply to be read.',
      { start: call.region.span.start, end: call.region.span.start + 1 },
      { call },
    );
  }
}

/** Paths that are those of calls are judged with their calls. */
function* outside(calls: readonly WrittenCall[], problems: Iterable<Problem>): Generator<Problem> {
  const urls = calls.flatMap(({ region }) => (region.url ? [region.url.span] : []));
  let next = 0;
  for (const p of problems) {
    while (next < urls.length && (urls[next] as SourceRange).end <= p.range.start) next++;
    const url = urls[next];
    if (!url || p.range.end <= url.start) yield p;
  }
}

function firstLine(text: string): SourceRange {
  const end = text.slice(0, 200).search(/[\r\n]/);
  return { start: 0, end: Math.max(1, end === -1 ? Math.min(200, text.length) : end) };
}

/** Gathers problems: each once, each with a character to underline, and no more than are told. */
class Found {
  readonly #problems: Problem[] = [];
  readonly #seen = new Set<string>();
  #isCut = false;

  constructor(private readonly text: string) {}

  get isFull(): boolean {
    return this.#problems.length >= MOST_PROBLEMS;
  }

  addAll(problems: Iterable<Problem>): void {
    for (const p of problems) {
      const range = this.#visible(p.range);
      const key = `${p.code} ${range.start} ${range.end}`;
      if (this.#seen.has(key)) continue;
      if (this.isFull) {
        this.#isCut = true;
        return;
      }
      this.#seen.add(key);
      this.#problems.push(range === p.range ? p : { ...p, range });
    }
  }

  #visible(range: SourceRange): SourceRange {
    const { length } = this.text;
    const from = Math.max(0, Math.min(range.start, length));
    const to = Math.max(from, Math.min(range.end, length));
    if (from === range.start && to === range.end && (to > from || length === 0)) return range;
    if (to > from) return { start: from, end: to };
    return from < length && this.text[from] !== '\n' ? { start: from, end: from + 1 } : { start: Math.max(0, from - 1), end: Math.max(1, from) };
  }

  sorted(): Problem[] {
    const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };
    const sorted = this.#problems.sort(
      (a, b) => a.range.start - b.range.start || order[a.severity] - order[b.severity] || a.range.end - b.range.end || (a.code < b.code ? -1 : 1),
    );
    const last = sorted.at(-1);
    if (!this.#isCut || !last) return sorted;
    return [...sorted, problem('more-problems', 'information', `Only ${MOST_PROBLEMS} problems are told; there are more.`, last.range)];
  }
}
