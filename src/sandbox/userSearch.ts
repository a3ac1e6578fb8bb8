import { isRecord, records } from '../platform/json.js';
import { userDocument } from './documents.js';
import { BAD_REQUEST, invalidValue, type Refusal } from './http/refusals.js';
import { type Answer, ok, type Visit } from './http/route.js';
import type { Person } from './org/world.js';

type Test = (person: Person) => boolean;

const FIELDS: Readonly<Record<string, (p: Person) => string | undefined>> = {
  id: (p) => p.id,
  name: (p) => p.name,
  email: (p) => p.email,
  username: (p) => p.email,
  title: (p) => p.title,
  department: (p) => p.department,
  state: () => 'active',
  divisionId: (p) => p.division.id,
  'division.id': (p) => p.division.id,
  'primaryContactInfo.address': (p) => p.phone,
};
const DEFAULT_FIELDS = ['name', 'email', 'title', 'department'];

/** How a wanted text (lower case) compares with a person's. */
const TYPES: Readonly<Record<string, (has: string, wanted: string) => boolean>> = {
  EXACT: (has, wanted) => has === wanted,
  TERM: (has, wanted) => has === wanted || has.split(/[\s@.]+/).includes(wanted),
  TERMS: (has, wanted) => has === wanted || has.split(/[\s@.]+/).includes(wanted),
  CONTAINS: (has, wanted) => has.includes(wanted),
  STARTS_WITH: (has, wanted) => has.startsWith(wanted) || has.split(/\s+/).some((word) => word.startsWith(wanted)),
  QUERY_STRING: (has, wanted) => wanted.split(/\s+/).every((word) => has.includes(word.replaceAll('*', ''))),
};

/** `POST /users/search`: every criterion must hold. What each type compares, letter case aside, is assumed. */
export function searchUsers(v: Visit): Answer {
  if (!isRecord(v.body)) return BAD_REQUEST;
  const pageSize = v.body['pageSize'] ?? 25;
  const pageNumber = v.body['pageNumber'] ?? 1;
  const expand = v.body['expand'];
  const enforced = v.body['enforcePermissions'] === true;
  if (!isCount(pageSize) || pageSize > 100 || !isCount(pageNumber)) return BAD_REQUEST;
  const test = all(v.body['query']);
  if (typeof test !== 'function') return test;
  const descending = v.body['sortOrder'] === 'DESC' || v.body['sortOrder'] === 'DESCENDING';
  const found = [...v.world.people.values()]
    .filter((p) => test(p) && (!enforced || v.world.holds(v.caller.subjectId, 'directory:user:view', p.division.id)))
    .sort((a, b) => (descending ? b : a).name.localeCompare((descending ? a : b).name));
  const pageCount = Math.ceil(found.length / pageSize);
  const expands = Array.isArray(expand) ? expand.filter((e): e is string => typeof e === 'string') : [];
  return ok({
    total: found.length,
    pageCount,
    pageSize,
    pageNumber,
    ...(pageNumber > 1 ? { previousPage: `${v.path}?pageNumber=${pageNumber - 1}` } : {}),
    currentPage: `${v.path}?pageNumber=${pageNumber}`,
    ...(pageNumber < pageCount ? { nextPage: `${v.path}?pageNumber=${pageNumber + 1}` } : {}),
    types: ['users'],
    results: found.slice((pageNumber - 1) * pageSize, pageNumber * pageSize).map((p) => userDocument(v.world, p, expands)),
  });
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 1;

function all(query: unknown): Test | Refusal {
  if (query === undefined || query === null) return () => true;
  if (!Array.isArray(query)) return BAD_REQUEST;
  let test: Test = () => true;
  for (const criterion of records(query)) {
    const next = one(criterion);
    if (typeof next !== 'function') return next;
    const soFar = test;
    if (criterion['operator'] === 'NOT') test = (p) => soFar(p) && !next(p);
    else if (criterion['operator'] === 'OR' && criterion !== query[0]) test = (p) => soFar(p) || next(p);
    else test = (p) => soFar(p) && next(p);
  }
  return test;
}

function one(criterion: Record<string, unknown>): Test | Refusal {
  if (Array.isArray(criterion['group'])) return all(criterion['group']);
  const type = String(criterion['type'] ?? '');
  if (type === 'MATCH_ALL') return () => true;
  const compare = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!compare) return { ...invalidValue(type, 'UserSearchType', [...Object.keys(TYPES), 'MATCH_ALL']), assumption: 'search types that the sandbox knows' };
  const wanted = [criterion['value'], ...(Array.isArray(criterion['values']) ? criterion['values'] : [])]
    .filter((x): x is string => typeof x === 'string')
    .map((x) => x.toLowerCase());
  const fields = Array.isArray(criterion['fields']) ? criterion['fields'].map(String) : DEFAULT_FIELDS;
  const unknown = fields.find((f) => !Object.hasOwn(FIELDS, f));
  if (unknown !== undefined) return { ...invalidValue(unknown, 'field', Object.keys(FIELDS)), assumption: 'search fields that the sandbox knows' };
  return (p) => fields.some((f) => wanted.some((w) => compare(FIELDS[f]?.(p)?.toLowerCase() ?? '', w)));
}
