import type { Operations } from '../platform/operations.js';
import type { FillValues, Fix } from './fix.js';
import { missingField, needsAnother, noDestination, severalDestinations, superfluous, unknownField } from './fixes/fields.js';
import type { Broken, Fixer } from './fixes/fixer.js';
import { foreign } from './fixes/foreignField.js';
import { foreignHeader, noToken, wrongContentType } from './fixes/headers.js';
import { callsOneself, wrongId } from './fixes/ids.js';
import { noSuchGrant, noSuchScope } from './fixes/names.js';
import { badNumber } from './fixes/numbers.js';
import { noSuchOperation, notThePlatform, wrongMethod } from './fixes/operations.js';
import { placeholder } from './fixes/placeholders.js';
import { secret } from './fixes/secrets.js';
import { jsonExtras, misreadByShell, noBody, notSentAsJson, unneededBody } from './fixes/sending.js';
import { badValue, wrongType } from './fixes/values.js';
import type { Problem, ProblemCode } from './problem.js';
import type { WrittenText } from './writtenCall.js';

/** What mends a problem of a call, by its code. Nothing mends what only its author knows: JSON that is broken, a number that is never dialled. */
const IN_CALL: Readonly<Partial<Record<ProblemCode, Fixer>>> = {
  'json-extras': jsonExtras,
  'no-body': noBody,
  'unneeded-body': unneededBody,
  'unknown-field': unknownField,
  'foreign-field': foreign,
  'answer-only-field': superfluous,
  'duplicate-field': superfluous,
  'wrong-type': wrongType,
  'missing-field': missingField,
  'no-destination': noDestination,
  'several-destinations': severalDestinations,
  'needs-another-field': needsAnother,
  placeholder,
  'bad-number': badNumber,
  'bad-id': wrongId,
  'wrong-id-kind': wrongId,
  'bad-value': badValue,
  'calls-oneself': callsOneself,
  'no-such-operation': noSuchOperation,
  'wrong-method': wrongMethod,
  'not-the-platform': notThePlatform,
  'no-token': noToken,
  'foreign-header': foreignHeader,
  'wrong-content-type': wrongContentType,
  'body-not-sent-as-json': notSentAsJson,
  'misread-by-shell': misreadByShell,
};

/** What mends a problem wherever it stands. */
const ANYWHERE: Readonly<Partial<Record<ProblemCode, (broken: Broken) => Iterable<Fix | undefined>>>> = {
  'no-such-scope': noSuchScope,
  'no-such-grant': noSuchGrant,
  secret,
};

/**
 * What mends a problem, best first; at most one is the preferred. Everything outside of what it is about stays as it is. A record (HAR) is
 * not rewritten, but for a secret in it. Never throws.
 */
export function fixesFor(written: WrittenText, problem: Problem, operations: Operations, values: FillValues): Fix[] {
  const broken = { written, problem, operations, values };
  const { call, code } = problem;
  const found = call && IN_CALL[code] ? IN_CALL[code]({ ...broken, call }) : (ANYWHERE[code]?.(broken) ?? []);
  const fixes: Fix[] = [];
  for (const fix of found) if (fix && !fixes.some((f) => f.title === fix.title)) fixes.push(fix);
  return fixes;
}
