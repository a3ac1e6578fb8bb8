import { isRecord } from './json.js';
import { type Node, type Operation, type OperationIndex, Operations, type PermissionRule, type Row, RULES } from './operations.js';

/** An operation on its way into an index; with a date where its source has another one than the index. */
export type IndexEntry = Omit<Operation, 'asOf'> & { readonly asOf?: string };
/** What an index says about itself. */
export type IndexHead = Omit<OperationIndex, 'count' | 'permissions' | 'tree'>;

/** The methods that operations of the API have. */
export const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);
const LETTERS = new Map<PermissionRule, string>(Object.entries(RULES).map(([letter, rule]) => [rule, letter]));
const PARAMETER = /^\{(\w{1,100})\}$/;
const LITERAL = /^[A-Za-z0-9._~@$-]{1,100}$/;
const PERMISSION = /^[A-Za-z0-9_*.-]{1,100}(?::[A-Za-z0-9_*.-]{1,100}){0,3}$/;
const SCOPE = /^[A-Za-z0-9_.:-]{1,100}$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
/** Segments of a path, at most: the longest of the platform's has half as many. */
const MOST_SEGMENTS = 40;

/** Names become keys, arguments and Markdown: from outside, only those of the platform's own shape are let in. */
export const isPermission = (name: unknown): name is string => typeof name === 'string' && PERMISSION.test(name);
export const isScope = (name: unknown): name is string => typeof name === 'string' && SCOPE.test(name);
const isLiteral = (segment: string): boolean => LITERAL.test(segment) && segment !== '__proto__';
/** True for a path template as the platform has them: `/api/v2/users/{userId}`. */
export function isTemplate(path: string): boolean {
  const segments = path.split('/').slice(1);
  return path.startsWith('/api/v2/') && segments.length <= MOST_SEGMENTS && segments.every((s) => PARAMETER.test(s) || isLiteral(s));
}

interface Growing {
  [segment: string]: Growing;
}
const empty = (): Growing => Object.create(null);

/**
 * The text of an index: the one format that the extension ships and stores. A line a resource, so that a change of facts is a
 * readable diff. Paths are templates (`isTemplate`); of two that differ in the names of parameters only, the later one stays.
 */
export function writeIndex(head: IndexHead, entries: Iterable<IndexEntry>): string {
  const all = [...entries];
  const permissions = [...new Set(all.flatMap((e) => e.permissions))].sort();
  const numbers = new Map(permissions.map((p, i) => [p, i]));
  const tree = empty();
  let count = 0;
  for (const entry of all) {
    let at = tree;
    const names: string[] = [];
    for (const segment of entry.path.split('/').slice(3)) {
      const name = PARAMETER.exec(segment)?.[1];
      if (name !== undefined) names.push(name);
      at = at[name === undefined ? segment : '*'] ??= empty();
    }
    at['/'] ??= empty();
    const leaf: Record<string, unknown> = at['/'];
    if (leaf[entry.method] === undefined) count += 1;
    leaf[entry.method] = rowOf(entry, names, numbers);
  }
  const { source, asOf, asOfUndocumented, scopes } = head;
  const top = Object.entries({ source, asOf, asOfUndocumented, count, scopes, permissions });
  const resources = Object.entries(sorted(tree));
  return `{\n${lines(top)},\n"tree":{"api":{"v2":{\n${lines(resources)}\n}}}\n}\n`;
}

const lines = (members: readonly [string, unknown][]): string => members.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',\n');

function rowOf(entry: IndexEntry, names: readonly string[], numbers: ReadonlyMap<string, number>): Row {
  const context = entry.userContext === 'required' ? 'u' : entry.userContext === 'not-required' ? 'c' : '';
  const row = [
    LETTERS.get(entry.rule) ?? '?',
    entry.permissions.map((p) => numbers.get(p) as number),
    names,
    context + (entry.deprecated ? 'd' : '') + (entry.preview ? 'p' : ''),
  ] as const;
  const official = entry.scopesFrom === 'official' ? 1 : 0;
  if (entry.asOf !== undefined) return [...row, entry.scopes, official, entry.asOf];
  return entry.scopes.length > 0 ? [...row, entry.scopes, official] : row;
}

const sorted = (node: Growing): Growing => {
  const result = empty();
  for (const key of Object.keys(node).sort()) result[key] = key === '/' ? (node[key] as Growing) : sorted(node[key] as Growing);
  return result;
};

/** Reads an index that comes from a disk. `problem` says what is wrong with it, without its own words. */
export function readIndex(json: string): { readonly ok: true; readonly operations: Operations } | { readonly ok: false; readonly problem: string } {
  let index: unknown;
  try {
    index = JSON.parse(json);
  } catch {
    return { ok: false, problem: 'it is not JSON' };
  }
  if (!isIndex(index)) return { ok: false, problem: 'it is no index of operations' };
  const problem = problemIn(index.tree, index.permissions.length, [], { count: index.count });
  return problem === undefined ? { ok: true, operations: new Operations(index) } : { ok: false, problem };
}

function isIndex(value: unknown): value is OperationIndex {
  if (!isRecord(value)) return false;
  const { source, asOf, asOfUndocumented, count, scopes, permissions, tree } = value;
  return (
    typeof source === 'string' &&
    /^[\p{L}\p{N}\p{P}\p{S} ]{1,300}$/u.test(source) &&
    isDate(asOf) &&
    isDate(asOfUndocumented) &&
    typeof count === 'number' &&
    isListOf(scopes, isScope) &&
    isListOf(permissions, isPermission) &&
    isRecord(tree)
  );
}

/** Walks the tree; `left` counts the operations down. */
function problemIn(node: Node, permissions: number, segments: readonly string[], left: { count: number }): string | undefined {
  const at = `/${segments.join('/')}`;
  for (const [key, value] of Object.entries(node)) {
    if (!isRecord(value)) return `${at} leads to no part of a tree`;
    if (key !== '/') {
      if (key !== '*' && !isLiteral(key)) return `a segment below ${at} is none`;
      if (segments.length >= MOST_SEGMENTS) return 'it is nested too deep';
      const below = problemIn(value, permissions, [...segments, key], left);
      if (below !== undefined) return below;
      continue;
    }
    for (const [method, row] of Object.entries<unknown>(value)) {
      if (!METHODS.has(method) || !isRow(row, permissions, segments.filter((s) => s === '*').length)) return `an operation at ${at} has another shape`;
      left.count -= 1;
    }
  }
  return segments.length === 0 && left.count !== 0 ? 'it holds more or fewer operations than it says' : undefined;
}

function isRow(row: unknown, permissions: number, parameters: number): row is Row {
  if (!Array.isArray(row)) return false;
  const [rule, numbers, names, flags, scopes, official, asOf]: readonly unknown[] = row;
  return (
    typeof rule === 'string' &&
    Object.hasOwn(RULES, rule) &&
    isListOf(numbers, (n) => Number.isInteger(n) && (n as number) >= 0 && (n as number) < permissions) &&
    isListOf(names, (n) => typeof n === 'string' && /^\w{1,100}$/.test(n)) &&
    (names as readonly unknown[]).length === parameters &&
    typeof flags === 'string' &&
    /^[ucdp]*$/.test(flags) &&
    (scopes === undefined || isListOf(scopes, isScope)) &&
    (official === undefined || typeof official === 'number') &&
    (asOf === undefined || isDate(asOf))
  );
}

const isDate = (value: unknown): boolean => typeof value === 'string' && DATE.test(value);
const isListOf = (value: unknown, is: (item: unknown) => boolean): boolean => Array.isArray(value) && value.every(is);
