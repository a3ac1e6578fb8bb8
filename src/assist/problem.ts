import type { SourceRange } from '../exchange/mappedText.js';
import type { WrittenCall } from './writtenCall.js';

/** What can be wrong with a call as it is written. A public contract (command line, docs/lint.md): add, never rename. */
export const PROBLEM_CODES = [
  'not-json',
  'json-extras',
  'not-an-object',
  'no-body',
  'unneeded-body',
  'unknown-field',
  'foreign-field',
  'answer-only-field',
  'duplicate-field',
  'wrong-type',
  'missing-field',
  'no-destination',
  'several-destinations',
  'needs-another-field',
  'placeholder',
  'bad-number',
  'not-dialled',
  'bad-id',
  'wrong-id-kind',
  'bad-value',
  'calls-oneself',
  'no-such-operation',
  'wrong-method',
  'not-the-platform',
  'no-such-scope',
  'no-such-grant',
  'no-token',
  'foreign-header',
  'wrong-content-type',
  'body-not-sent-as-json',
  'misread-by-shell',
  'secret',
  'too-large',
  'more-problems',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** `error`: the platform refuses it, or what is meant does not happen. `warning`: probably so. `information`: good to know. */
export type Severity = 'error' | 'warning' | 'information';

/** One thing that is wrong with a text, at its place. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** Sentences; no secret and no markup in them. */
  readonly message: string;
  /** In the whole text; never empty where there is a character to underline. */
  readonly range: SourceRange;
  /** The call that it is in; absent for what stands beside all of them. */
  readonly call?: WrittenCall;
  /** Where it is in the body. */
  readonly pointer?: string;
  /** Other places that belong to it: the second destination. */
  readonly related?: readonly { readonly range: SourceRange; readonly message: string }[];
  /** What the platform or a document says of it, with its date. */
  readonly source?: string;
}
