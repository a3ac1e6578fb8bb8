import { isRecord, records } from '../platform/json.js';
import { userDocument } from './documents/users.js';
import { BAD_REQUEST, invalidValue, type Refusal } from './http/refusals.js';
import { type Answer, ok, type Visit } from './http/route.js';
import { type Directory, EMAIL, type Match, NAME } from './org/directory.js';
import type { Person } from './org/types.js';

type Field = (person: Person) => string | undefined;

const FIELDS: Readonly<Record<string, Field>> = {
  id: (p) => p.id,
  name: NAME,
  email: EMAIL,
  username: EMAIL,
  title: (p) => p.title,
  department: (p) => p.department,
  state: () => 'active',
  divisionId: (p) => p.division.id,
  'division.id': (p) => p.division.id,
  'primaryContactInfo.address': (p) => p.phone,
};
const DEFAULT_FIELDS = ['name', 'email', 'title', 'department'];

/** How each type of criterion compares a wanted text with a person's, letter case aside (assumed). */
const TYPES: Readonly<Record<string, Match>> = {
  EXACT: 'whole',
  TERM: 'word',
  TERMS: 'word',
  CONTAINS: 'part',
  STARTS_WITH: 'start',
  QUERY_STRING: 'part',
};

/** Everybody in the order of names: 1 for those who are found. */
type Marks = Uint8Array;

/** `POST /users/search`: every criterion must hold. What each type compares is assumed. */
export function searchUsers(v: Visit): Answer {
  if (!isRecord(v.body)) return BAD_REQUEST;
  const pageSize = v.body['pageSize'] ?? 25;
  const pageNumber = v.body['pageNumber'] ?? 1;
  const expand = v.body['expand'];
  if (!isCount(pageSize) || pageSize > 100 || !isCount(pageNumber)) return BAD_REQUEST;
  const { directory } = v.world;
  const marks = all(directory, v.body['query']);
  if (!(marks instanceof Uint8Array)) return marks;
  if (v.body['enforcePermissions'] === true) keepVisible(v, marks);
  let total = 0;
  for (let i = 0; i < marks.length; i++) total += marks[i] as number;
  const pageCount = Math.ceil(total / pageSize);
  const descending = v.body['sortOrder'] === 'DESC' || v.body['sortOrder'] === 'DESCENDING';
  const places = page(marks, descending, (pageNumber - 1) * pageSize, pageSize);
  const expands = Array.isArray(expand) ? expand.filter((e): e is string => typeof e === 'string') : [];
  return ok({
    total,
    pageCount,
    pageSize,
    pageNumber,
    ...(pageNumber > 1 ? { previousPage: `${v.path}?pageNumber=${pageNumber - 1}` } : {}),
    currentPage: `${v.path}?pageNumber=${pageNumber}`,
    ...(pageNumber < pageCount ? { nextPage: `${v.path}?pageNumber=${pageNumber + 1}` } : {}),
    types: ['users'],
    results: directory.pick(places).map((p) => userDocument(v.world, p, expands)),
  });
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 1;

/** The places of a page of those who are marked. */
function page(marks: Marks, descending: boolean, skip: number, size: number): number[] {
  const places: number[] = [];
  let seen = 0;
  const step = descending ? -1 : 1;
  for (let i = descending ? marks.length - 1 : 0; i >= 0 && i < marks.length && places.length < size; i += step) if (marks[i] && seen++ >= skip) places.push(i);
  return places;
}

/** Takes away whom the caller may not see. */
function keepVisible(v: Visit, marks: Marks): void {
  const where = v.world.divisionsHolding(v.caller.subjectId, 'directory:user:view');
  if (where === 'all') return;
  const visible = new Uint8Array(marks.length);
  v.world.directory.test((p) => where.has(p.division.id), visible);
  combine(marks, visible, 'AND');
}

function combine(marks: Marks, others: Marks, operator: 'AND' | 'OR' | 'NOT'): void {
  for (let i = 0; i < marks.length; i++) {
    if (operator === 'OR') marks[i] = (marks[i] as number) | (others[i] as number);
    else if ((others[i] === 1) === (operator === 'NOT')) marks[i] = 0;
  }
}

function all(directory: Directory, query: unknown): Marks | Refusal {
  const marks = new Uint8Array(directory.length).fill(1);
  if (query === undefined || query === null) return marks;
  if (!Array.isArray(query)) return BAD_REQUEST;
  for (const criterion of records(query)) {
    const found = one(directory, criterion);
    if (!(found instanceof Uint8Array)) return found;
    const { operator } = criterion;
    combine(marks, found, operator === 'NOT' || (operator === 'OR' && criterion !== query[0]) ? operator : 'AND');
  }
  return marks;
}

function one(directory: Directory, criterion: Record<string, unknown>): Marks | Refusal {
  if (Array.isArray(criterion['group'])) return all(directory, criterion['group']);
  const type = String(criterion['type'] ?? '');
  const marks = new Uint8Array(directory.length);
  if (type === 'MATCH_ALL') return marks.fill(1);
  const match = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!match) return { ...invalidValue(type, 'UserSearchType', [...Object.keys(TYPES), 'MATCH_ALL']), assumption: 'search types that the sandbox knows' };
  const names = Array.isArray(criterion['fields']) ? criterion['fields'].map(String) : DEFAULT_FIELDS;
  const unknown = names.find((f) => !Object.hasOwn(FIELDS, f));
  if (unknown !== undefined) return { ...invalidValue(unknown, 'field', Object.keys(FIELDS)), assumption: 'search fields that the sandbox knows' };
  const fields = names.flatMap((f) => FIELDS[f] ?? []);
  const wanted = [criterion['value'], ...(Array.isArray(criterion['values']) ? criterion['values'] : [])]
    .filter((x): x is string => typeof x === 'string')
    .map((x) => x.toLowerCase());
  for (const text of wanted)
    for (const field of fields) {
      if (type === 'QUERY_STRING') markWords(directory, field, text, marks);
      else directory.mark(field, match, text, marks);
    }
  return marks;
}

/** Marks those of whom a field has every word of a text; `*` stands for anything. */
function markWords(directory: Directory, field: Field, text: string, marks: Marks): void {
  const words = text
    .split(/\s+/)
    .map((word) => word.replaceAll('*', ''))
    .filter(Boolean);
  const found = new Uint8Array(marks.length).fill(1);
  for (const word of words) {
    const withWord = new Uint8Array(marks.length);
    directory.mark(field, 'part', word, withWord);
    combine(found, withWord, 'AND');
  }
  combine(marks, found, 'OR');
}
