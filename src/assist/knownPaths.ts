import { edits } from '../platform/edits.js';
import { isGuid } from '../platform/guid.js';
import { OperationSearch } from '../platform/operationSearch.js';
import type { Operation, Operations } from '../platform/operations.js';

/** The paths of the API as a tree, for what an index by whole paths does not answer. Made when something first asks: some milliseconds. */
export interface KnownPaths {
  /** Whether a path begins with a resource of the API: `/api/v2/users…`. */
  hasResource(path: string): boolean;
  /** Whether some operation's path goes on from this one. */
  isBeginning(path: string): boolean;
  /** The operation that was probably meant by one that does not exist. @param wide whether its words are searched for, which takes milliseconds */
  meant(method: string, path: string, wide?: boolean): Meant | undefined;
}

/** `spelling`: the path is nearly that of the operation, and `path` is it with the same ids. `words`: the nearest by its words. */
export type Meant =
  | { readonly kind: 'spelling'; readonly method: string; readonly path: string; readonly operation: Operation }
  | { readonly kind: 'words'; readonly operation: Operation };

interface Branch {
  readonly literals: Map<string, Branch>;
  parameter?: Branch;
  readonly operations: Map<string, Operation>;
}

const KNOWN = /* @__PURE__ */ new WeakMap<Operations, KnownPaths>();

export function knownPaths(operations: Operations): KnownPaths {
  let known = KNOWN.get(operations);
  if (!known) {
    known = build(operations);
    KNOWN.set(operations, known);
  }
  return known;
}

/** How many answers are remembered: the same wrong path is asked for at each letter that is typed elsewhere. */
const MOST_REMEMBERED = 200;
const MOST_SEGMENTS = 40;

function build(operations: Operations): KnownPaths {
  const root = branch();
  for (const operation of operations.all()) {
    let at = root;
    for (const segment of operation.path.split('/').slice(1)) {
      if (segment.startsWith('{')) at = at.parameter ??= branch();
      else {
        const next = at.literals.get(segment) ?? branch();
        at.literals.set(segment, next);
        at = next;
      }
    }
    at.operations.set(operation.method, operation);
  }
  const resources = root.literals.get('api')?.literals.get('v2')?.literals;
  const remembered = new Map<string, Meant | undefined>();
  let search: OperationSearch | undefined;
  return {
    hasResource: (path) => resources?.has(path.split('/', 4)[3]?.split(/[?#]/)[0] ?? '') === true,
    isBeginning: (path) => {
      const segments = segmentsOf(path);
      return segments.length <= MOST_SEGMENTS && leads(root, segments, 0);
    },
    meant: (method, path, wide = true) => {
      const key = `${method} ${path}`;
      if (remembered.has(key)) return remembered.get(key);
      let found = nearest(root, method, path);
      if (!found && !wide) return undefined;
      if (!found) {
        search ??= new OperationSearch(operations);
        found = byWords(search, method, path);
      }
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(key, found);
      return found;
    },
  };
}

const branch = (): Branch => ({ literals: new Map(), operations: new Map() });
const segmentsOf = (path: string): string[] => path.split('/').filter((s) => s !== '');

function leads(at: Branch, segments: readonly string[], i: number): boolean {
  if (i === segments.length) return true;
  const literal = at.literals.get(segments[i] as string);
  if (literal && leads(literal, segments, i + 1)) return true;
  return at.parameter !== undefined && leads(at.parameter, segments, i + 1);
}

/** A path is nearly another one up to this many letters. */
const MOST_EDITS = 3;
/** An id where a resource has a name. */
const WORD_AS_ID = 1;

function nearest(root: Branch, method: string, path: string): Meant | undefined {
  const bare = segmentsOf(path).slice(0, MOST_SEGMENTS);
  while (bare[0] === 'platform' || bare[0] === 'api' || /^v\d$/.test(bare[0] ?? '')) bare.shift();
  const segments = ['api', 'v2', ...bare];
  let best: { readonly cost: number; readonly path: readonly string[]; readonly operation: Operation } | undefined;
  let steps = 20_000;
  const walk = (at: Branch, i: number, cost: number, taken: readonly string[]): void => {
    if (cost >= (best?.cost ?? MOST_EDITS + 1) || --steps < 0) return;
    const segment = segments[i];
    if (segment === undefined) {
      const operation = at.operations.get(method);
      if (operation) best = { cost, path: taken, operation };
      return;
    }
    const exact = at.literals.get(segment);
    if (exact) walk(exact, i + 1, cost, [...taken, segment]);
    const isId = isIdLike(segment);
    if (at.parameter) walk(at.parameter, i + 1, cost + (isId ? 0 : WORD_AS_ID), [...taken, segment]);
    if (isId || segment.length < 3) return;
    const most = Math.min(MOST_EDITS, segment.length < 5 ? 1 : 2) + 1;
    for (const [name, next] of at.literals) {
      if (name === segment) continue;
      const distance = edits(segment.toLowerCase(), name, most);
      if (distance < most) walk(next, i + 1, cost + distance, [...taken, name]);
    }
  };
  walk(root, 0, 0, []);
  return best && { kind: 'spelling', method, path: `/${best.path.join('/')}`, operation: best.operation };
}

function byWords(search: OperationSearch, method: string, path: string): Meant | undefined {
  const words = segmentsOf(path)
    .filter((s) => !isIdLike(s))
    .join(' ');
  const [operation] = search.find(`${method} ${words}`, 1).operations;
  return operation && { kind: 'words', operation };
}

/** Whether a segment of a path stands for a thing rather than naming a resource. */
const isIdLike = (segment: string): boolean => isGuid(segment) || /^\d+$|[{}<>$%:]|%7B/i.test(segment) || (/\d/.test(segment) && segment.length >= 12);
