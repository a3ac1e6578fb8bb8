/** How the permissions of an operation combine. `none`: nothing declared. `unknown`: newer than our permission facts. */
export type PermissionRule = 'any' | 'all' | 'none' | 'unknown';
export type UserContext = 'required' | 'not-required' | 'unknown';

/** One operation of the platform API and what it declares to require. Source: FACTS §2. */
export interface Operation {
  readonly method: string;
  /** Path template, `/api/v2/users/{userId}`. */
  readonly path: string;
  readonly rule: PermissionRule;
  readonly permissions: readonly string[];
  readonly userContext: UserContext;
  /** OAuth scopes, any of which suffices; empty where no source names them. */
  readonly scopes: readonly string[];
  readonly scopesFrom: 'official' | 'likely' | 'unknown';
  readonly deprecated: boolean;
  readonly preview: boolean;
  /** Date of the source, YYYY-MM-DD. */
  readonly asOf: string;
}

export type Lookup =
  | { readonly kind: 'found'; readonly operation: Operation; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown-path' };

type Row = readonly [rule: string, permissions: readonly number[], names: readonly string[], flags: string, scopes?: readonly string[], official?: number];
interface Node {
  readonly [segment: string]: Node;
}
interface Facts {
  readonly source: string;
  readonly asOf: string;
  readonly asOfUndocumented: string;
  readonly count: number;
  readonly scopes: readonly string[];
  readonly permissions: readonly string[];
  readonly tree: Node;
}

const RULES: Readonly<Record<string, PermissionRule>> = { y: 'any', l: 'all', n: 'none', '?': 'unknown' };
/** The own child of a node, in one look: what objects inherit is functions, but for `__proto__`. */
const child = (node: Node, key: string): Node | undefined => {
  const found: unknown = node[key];
  return typeof found === 'object' && key !== '__proto__' ? (found as Node) : undefined;
};

/**
 * All operations of the platform API, found by method and concrete path in time that depends on the path's length only.
 * The facts are a tree of path segments (scripts/generate-facts.mjs), so making an index costs the reading of the file.
 */
export class Operations {
  readonly source: string;
  readonly asOf: string;
  readonly count: number;
  readonly scopes: ReadonlySet<string>;
  readonly permissions: ReadonlySet<string>;

  /** What was looked up before: there are as many as operations at most. */
  readonly #made = new Map<Row, Operation>();

  private constructor(private readonly facts: Facts) {
    this.source = facts.source;
    this.asOf = facts.asOf;
    this.count = facts.count;
    this.scopes = new Set(facts.scopes);
    this.permissions = new Set(facts.permissions);
  }

  /** @param json the text of data/operations.json, which this project generates and ships: it is trusted to have its shape. */
  static parse(json: string): Operations {
    return new Operations(JSON.parse(json) as Facts);
  }

  /** Finds the operation that `method` on `url` (a URL, a path, or either with placeholders in it) would call. */
  find(method: string, url: string): Lookup {
    const verb = method.toUpperCase();
    const segments = pathOf(url).split('/');
    // The first is what stands before the leading slash: nothing. Every walk begins at the second.
    if (segments[segments.length - 1] === '') segments.pop();
    const positions: number[] = [];
    const leaf = descend(this.facts.tree, segments, 1, verb, positions);
    if (leaf) {
      const row = rowOf(leaf, verb);
      const params: Record<string, string> = {};
      for (let n = 0; n < positions.length; n++) params[row[2][n] as string] = segments[positions[n] as number] as string;
      let operation = this.#made.get(row);
      if (!operation) {
        const names = [...row[2]];
        operation = this.#operation(verb, segments.map((s, i) => (positions.includes(i) ? `{${names.shift()}}` : s)).join('/'), row);
        this.#made.set(row, operation);
      }
      return { kind: 'found', operation, params };
    }
    const allowed = new Set<string>();
    methodsAt(this.facts.tree, segments, 1, allowed);
    return allowed.size > 0 ? { kind: 'wrong-method', allowed: [...allowed] } : { kind: 'unknown-path' };
  }

  /** The operation with exactly this method and template. Throws where there is none: our own code asked for it. */
  get(method: string, template: string): Operation {
    const found = this.find(method, template);
    if (found.kind !== 'found') throw new Error(`no operation ${method} ${template}`);
    return found.operation;
  }

  /** Every operation, in the order of the file. */
  *all(): Generator<Operation> {
    const facts = this.facts;
    const walk = function* (this: Operations, node: Node, segments: readonly string[]): Generator<Operation> {
      for (const key of Object.keys(node)) {
        const child = node[key];
        if (child === undefined) continue;
        if (key !== '/') yield* walk.call(this, child, [...segments, key]);
        else
          for (const method of Object.keys(child)) {
            const row = rowOf(child, method);
            const names = [...row[2]];
            yield this.#operation(method, `/${segments.map((s) => (s === '*' ? `{${names.shift()}}` : s)).join('/')}`, row);
          }
      }
    };
    yield* walk.call(this, facts.tree, []);
  }

  #operation(method: string, path: string, row: Row): Operation {
    const [rule, permissions, , flags, scopes, official] = row;
    const declared = RULES[rule] ?? 'unknown';
    // GET /userrecordings/{recordingId}/transcoding is documented as "any of" an empty list: that declares nothing.
    const named = permissions.length === 0 && declared !== 'unknown' ? 'none' : declared;
    return {
      method,
      path,
      rule: named,
      permissions: permissions.map((n) => this.facts.permissions[n] ?? ''),
      userContext: flags.includes('u') ? 'required' : flags.includes('c') ? 'not-required' : 'unknown',
      scopes: scopes ?? [],
      scopesFrom: scopes ? (official ? 'official' : 'likely') : 'unknown',
      deprecated: flags.includes('d'),
      preview: flags.includes('p'),
      asOf: named === 'unknown' ? this.facts.asOfUndocumented : this.facts.asOf,
    };
  }
}

/**
 * The leaf at the end of `segments` that has `method`. Literal segments win over parameters, and a dead end is left again.
 * `positions` collects which segments were parameters.
 */
function descend(node: Node, segments: readonly string[], i: number, method: string, positions: number[]): Node | undefined {
  if (i === segments.length) {
    const leaf = node['/'];
    return leaf && child(leaf, method) ? leaf : undefined;
  }
  const segment = segments[i] as string;
  const literal = segment === '*' || segment === '' ? undefined : child(node, segment);
  if (literal) {
    const found = descend(literal, segments, i + 1, method, positions);
    if (found) return found;
  }
  const parameter = segment === '' ? undefined : node['*'];
  if (!parameter) return undefined;
  positions.push(i);
  const found = descend(parameter, segments, i + 1, method, positions);
  if (!found) positions.pop();
  return found;
}

/** Every method that some operation at the end of `segments` takes: `/users/me` is that path and a `/users/{userId}` too. */
function methodsAt(node: Node, segments: readonly string[], i: number, into: Set<string>): void {
  if (i === segments.length) {
    for (const method of Object.keys(node['/'] ?? {})) into.add(method);
    return;
  }
  const segment = segments[i] as string;
  if (segment === '') return;
  for (const next of new Set([child(node, segment), node['*']])) if (next) methodsAt(next, segments, i + 1, into);
}

/** A leaf's value is a row, though a tree's type says node: JSON has one shape for both. */
function rowOf(leaf: Node, method: string): Row {
  return leaf[method] as unknown as Row;
}

/** The path of a URL in which anything may be a placeholder: `{{base}}/api/v2/x?y` and `https://h/api/v2/x` → `/api/v2/x`. */
export function pathOf(url: string): string {
  if (url.startsWith('/') && !url.includes('?') && !url.includes('#')) return url;
  const start = url.startsWith('/') ? 0 : url.indexOf('/', url.indexOf('://') < 0 ? 0 : url.indexOf('://') + 3);
  if (start < 0) return '/';
  const end = url.slice(start).search(/[?#]/);
  return end < 0 ? url.slice(start) : url.slice(start, start + end);
}
