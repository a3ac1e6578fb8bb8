import assert from 'node:assert/strict';
import { lint } from '../../../src/assist/lint.js';
import type { Problem, ProblemCode, Severity } from '../../../src/assist/problem.js';
import { readWritten } from '../../../src/assist/writtenCall.js';
import type { RegionHint } from '../../../src/exchange/regions.js';
import { operations } from '../platform/facts.js';

export const payload: RegionHint = { fileName: 'place.call.json', languageId: 'json' };
export const script: RegionHint = { languageId: 'shellscript' };
export const http: RegionHint = { languageId: 'http' };
export const markdown: RegionHint = { languageId: 'markdown' };
export const json: RegionHint = { languageId: 'json' };
export const note: RegionHint = { languageId: 'plaintext' };

export const CALLS = 'https://api.mypurecloud.com/api/v2/conversations/calls';
/** A token as the platform's look; nobody's. */
export const SECRET = 'kq83jfYx7dLm20sPqT5vWz9bN4cR6aHgUeKjQ1xM3oI';

export const problemsIn = (text: string, hint: RegionHint): Problem[] => lint(readWritten(text, hint, operations), operations);

/** A cURL command that places a call with a body; nothing else is wrong with it. */
export const curl = (body: string, url = CALLS): string =>
  `curl -X POST '${url}' -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '${body}'\n`;

/** The parts of a text between « and », and the text without the marks. */
export function marked(text: string): { readonly text: string; readonly parts: readonly string[]; readonly ranges: readonly (readonly [number, number])[] } {
  const ranges: [number, number][] = [];
  let plain = '';
  let start = 0;
  for (const piece of text.split(/(«|»)/)) {
    if (piece === '«') start = plain.length;
    else if (piece === '»') ranges.push([start, plain.length]);
    else plain += piece;
  }
  return { text: plain, parts: ranges.map(([s, e]) => plain.slice(s, e)), ranges };
}

/** Asserts that a problem of this code and severity stands at each mark, and nowhere else. Returns the first. */
export function isTold(code: ProblemCode, severity: Severity, withMarks: string, hint: RegionHint): Problem {
  const { text, ranges } = marked(withMarks);
  const all = problemsIn(text, hint);
  const found = all.filter((p) => p.code === code);
  const shown = (p: Problem): string => `${p.code} ${p.severity} [${text.slice(p.range.start, p.range.end)}]`;
  assert.deepEqual(
    found.map((p) => [p.range.start, p.range.end]),
    ranges,
    all.map(shown).join('\n'),
  );
  for (const p of found) assert.equal(p.severity, severity, shown(p));
  return found[0] as Problem;
}

/** Asserts that nothing of this code is told. */
export function isNotTold(code: ProblemCode, text: string, hint: RegionHint): void {
  assert.deepEqual(
    problemsIn(text, hint).filter((p) => p.code === code),
    [],
  );
}

/** Asserts that a text is right: nothing that counts is told. */
export function isGood(text: string, hint: RegionHint): void {
  assert.deepEqual(
    problemsIn(text, hint)
      .filter((p) => p.severity !== 'information')
      .map((p) => `${p.code}: ${p.message}`),
    [],
  );
}
