import type { SourceRange } from '../../exchange/mappedText.js';
import { findPlaceholdersInUrl } from '../../exchange/placeholders.js';
import type { IdKind } from '../../platform/bodies/bodyModel.js';
import { ID_WORDS } from '../../platform/bodies/fieldHelp.js';
import { isGuid } from '../../platform/guid.js';
import { pathParameters } from '../pathParameters.js';
import type { Problem } from '../problem.js';
import type { WrittenCall } from '../writtenCall.js';
import { errorIfSent, problem, type Rule } from './rule.js';
import { shown } from './shown.js';

/** The operation that finds an id by a name (FACTS §6). */
const FINDS: Readonly<Partial<Record<IdKind, string>>> = {
  user: 'POST /api/v2/users/search',
  queue: 'GET /api/v2/routing/queues',
  skill: 'GET /api/v2/routing/skills',
  language: 'GET /api/v2/routing/languages',
  'wrap-up-code': 'GET /api/v2/routing/wrapupcodes',
  'external-contact': 'GET /api/v2/externalcontacts/contacts',
  script: 'GET /api/v2/scripts',
};
/** Where the number goes that stands for an id. */
const NUMBER_GOES: Readonly<Record<string, string>> = {
  callUserId: 'A number to call goes into phoneNumber.',
  callQueueId: 'A number to call goes into phoneNumber.',
  callFromQueueId: 'A number to show goes into callerId.',
  userId: 'A number to call goes into address.',
  queueId: 'A number to call goes into address.',
};

/** FACTS §3.2: `invalid.id`, a non-UUID in an id field. */
const SOURCE = 'Error 400 invalid.id of the platform’s CLI 166.0.0, 2026-07-13';

/** bad-id, wrong-id-kind: why a value is no id. Nothing for the codes of the platform itself. */
export function idProblem(value: string, field: string, kind: IdKind | undefined, range: SourceRange, call: WrittenCall): Problem | undefined {
  if (kind === 'wrap-up-code' && /^ININ-/.test(value)) return undefined;
  const what = `${field} takes the id of a ${kind ? ID_WORDS[kind] : 'thing'}, a GUID`;
  const finds = kind && FINDS[kind] ? ` ${FINDS[kind]} finds it.` : '';
  const wrong = (message: string): Problem => problem('wrong-id-kind', 'error', message, range, { call, source: SOURCE });
  const text = value.trim();
  if (/^(?:tel:)?\+?[\d\s().-]{5,40}$/i.test(text)) return wrong(`${what}, not a number. ${NUMBER_GOES[field] ?? ''}`.trim());
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return wrong(`${what}, not an e-mail address.${finds}`);
  if (/^[\p{L}][\p{L}' -]*$/u.test(text) && !/^[0-9a-f-]+$/i.test(text)) return wrong(`${what}, not a name.${finds}`);
  const length = text.length === 36 ? '' : ` It has ${text.length} characters, a GUID has 36.`;
  return problem('bad-id', 'error', `${shown(value)} is no id: ${what} such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301.${length}`, range, {
    call,
    source: SOURCE,
  });
}

/** The ids in the path. */
export const pathIds: Rule = function* (subject) {
  const { call, target } = subject;
  const { path } = call.region;
  if (target.kind !== 'operation' || !call.operation || !path) return;
  for (const { name, start, end, kind } of pathParameters(path.text, call.operation)) {
    const value = path.text.slice(start, end);
    if (kind === undefined || value === '' || isGuid(value) || /\$|`/.test(value) || findPlaceholdersInUrl(`/${value}`).length > 0) continue;
    // A parameter of another kind of documentation: `:userId`, `*`.
    if (/^[:*]/.test(value)) continue;
    const found = idProblem(decoded(value), `{${name}}`, kind, path.sourceRange(start, end), call);
    if (found) yield { ...found, severity: errorIfSent(subject) };
  }
};

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
