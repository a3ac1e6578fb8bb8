import type { SourceEdit } from '../../exchange/mappedText.js';
import type { Operations } from '../../platform/operations.js';
import type { FillValues, Fix } from '../fix.js';
import type { Problem } from '../problem.js';
import type { WrittenCall, WrittenText } from '../writtenCall.js';

/** A problem that is to be mended, and what there is to do it with. */
export interface Broken {
  readonly written: WrittenText;
  readonly problem: Problem;
  readonly operations: Operations;
  readonly values: FillValues;
}

/** The same with the call that the problem is in. */
export interface BrokenCall extends Broken {
  readonly call: WrittenCall;
}

/** Proposes fixes; what cannot be written where it would have to stand is left out. */
export type Fixer = (broken: BrokenCall) => Iterable<Fix | undefined>;

interface More {
  readonly notes?: readonly string[];
  readonly preferred?: boolean;
}

/** A fix of these edits; nothing where one of them is not possible, or where nothing would change. */
export function fixOf(title: string, edits: readonly (SourceEdit | undefined)[], { notes = [], preferred = false }: More = {}): Fix | undefined {
  const made: SourceEdit[] = [];
  for (const edit of edits) {
    if (!edit) return undefined;
    if (edit.start !== edit.end || edit.newText !== '') made.push(edit);
  }
  return made.length === 0 ? undefined : { title, edits: made.sort((a, b) => a.start - b.start), notes, preferred };
}

/** A value as a title shows it: short, on one line. */
export const short = (text: string, most = 40): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
};
