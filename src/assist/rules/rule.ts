import type { MappedText, SourceRange } from '../../exchange/mappedText.js';
import type { TextKind } from '../../exchange/regions.js';
import type { Operations } from '../../platform/operations.js';
import type { Problem, ProblemCode, Severity } from '../problem.js';
import type { WrittenCall } from '../writtenCall.js';
import type { Target } from './target.js';

/** A call that is looked at, and what the rules ask again and again. */
export interface Subject {
  readonly call: WrittenCall;
  readonly operations: Operations;
  readonly target: Target;
  /** The whole text, and what kind of text it is. */
  readonly text: string;
  readonly kind: TextKind;
  /** True for VS Code's language `yaml` and the like, whose `{{x}}` a tool fills in. */
  readonly isTemplate: boolean;
  readonly body: BodyKind;
  /** How many searches for an operation by its words are left in this text. */
  readonly searches: { left: number };
}

/**
 * What the body of a call is read as. `unread`: nothing can be said of it: a variable as a whole, a file, a type that is no JSON.
 * `several`: curl joins several `-d` with `&`.
 */
export type BodyKind = 'none' | 'json' | 'form' | 'several' | 'unread';

export type Rule = (subject: Subject) => Iterable<Problem>;

interface More {
  readonly call?: WrittenCall;
  readonly pointer?: string;
  readonly related?: NonNullable<Problem['related']>;
  readonly source?: string;
}

export const problem = (code: ProblemCode, severity: Severity, message: string, range: SourceRange, more: More = {}): Problem => ({
  code,
  severity,
  message,
  range,
  ...more,
});

/** Text that people read is for reading: in it, nothing is sent as it stands. */
export const isForReading = ({ kind }: Subject): boolean => kind === 'markdown' || kind === 'text';

/** `error` where something is sent as it stands, `warning` in a text for reading. */
export const errorIfSent = (subject: Subject): Severity => (isForReading(subject) ? 'warning' : 'error');

/** Where the request begins: the word `curl`, the method or the URL. */
export function startOf({ region }: WrittenCall): SourceRange {
  const { start, end } = region.span;
  return region.form === 'curl'
    ? { start, end: Math.min(end, start + 'curl'.length) }
    : ((region.method ?? region.path ?? region.url)?.span ?? { start, end: start + 1 });
}

/** The first character of the body that says something. */
export function bodyStart(body: MappedText): SourceRange {
  const at = Math.max(0, body.text.search(/\S/));
  return body.sourceRange(at, at + 1);
}

/** The value of a header that is written, with its place. */
export function writtenHeader({ region }: WrittenCall, name: string): MappedText | undefined {
  return region.headers.find((h) => h.name.text.trim().toLowerCase() === name)?.value;
}
