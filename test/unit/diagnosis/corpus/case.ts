import type { GrantKind } from '../../../../src/diagnosis/case.js';
import type { Cause, Verdict } from '../../../../src/diagnosis/model.js';
import type { OrgFacts } from '../../../../src/diagnosis/orgFacts.js';

/** One verdict, or those between which FACTS and DESIGN §1 do not decide. */
export type Verdicts = Verdict | readonly Verdict[];

/** Strong enough to act on; the documents do not decide whether it is proof. */
export const STRONG: Verdicts = ['confirmed', 'likely'];
/** One reason among several, said without proof. */
export const OPEN: Verdicts = ['likely', 'possible'];
/** Any word against the requirement. */
export const SAID: Verdicts = ['confirmed', 'likely', 'possible'];

/** What FACTS and the issue say about a case. Nothing here is taken from the program's output. */
export interface Expectation {
  /** The first finding, or `nothing`: no finding is confirmed or likely. Several causes: the documents leave open which comes first. */
  readonly top?: readonly [Cause | readonly Cause[], Verdicts] | 'nothing';
  /** Confirmed besides the top one. All that are confirmed have to be expected: a wrong `confirmed` is the worst error there is. */
  readonly confirmed?: readonly Cause[];
  /** May be confirmed too, or not. */
  readonly mayConfirm?: readonly Cause[];
  /** Other causes that have a finding with one of these verdicts. */
  readonly atLeast?: Partial<Record<Cause, Verdicts>>;
  /** Causes without a confirmed or likely finding. */
  readonly never?: readonly Cause[];
  /** Causes that are not ruled out: nothing proves that they hold. */
  readonly notRuledOut?: readonly Cause[];
  /** Said in what to do about the top finding, whatever the case of the letters. */
  readonly fixMentions?: readonly string[];
  /** Said in any finding: title, evidence or what to do. */
  readonly says?: readonly string[];
  /** Said in no advice at all. */
  readonly neverAdvises?: readonly string[];
  /** Where the top finding points. */
  readonly place?: { readonly document: 'request' | 'response'; readonly part?: 'body' | 'url' | 'headers'; readonly pointer?: string | readonly string[] };
  /** `METHOD /path/{template}`, or null where the request is for no operation that the facts know. */
  readonly operation?: string | null;
}

/** One exchange as text, what is known about it, and what is true of it. */
export interface CorpusCase {
  readonly name: string;
  /** The section of FACTS or DESIGN, or the sentence of the issue, that the expectation follows from. */
  readonly source: string;
  /** In any form that `--request` reads; a HAR, a Pact file or a pair brings its response with it. */
  readonly request?: string;
  /** In any form that `--response` reads. */
  readonly response?: string;
  readonly status?: number;
  readonly grant?: GrantKind;
  readonly org?: OrgFacts;
  readonly expect: Expectation;
}
