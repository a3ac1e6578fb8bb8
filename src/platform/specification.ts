import { Tokenizer, TokenParser, TokenType } from '@streamparser/json';
import { isRecord } from './json.js';
import { isPermission, isScope, isTemplate, METHODS } from './operationIndex.js';
import type { PermissionRule } from './operations.js';

/** What the API description says about one operation. */
export interface SpecifiedOperation {
  readonly method: string;
  readonly path: string;
  /** `unknown` where it says something that has another shape than documented. */
  readonly rule: PermissionRule;
  readonly permissions: readonly string[];
  /** Empty where it names none, or `all`, which says nothing. */
  readonly scopes: readonly string[];
  /** `not.a.user` is among its errors. That it is not proves nothing. */
  readonly needsUser: boolean;
  readonly deprecated: boolean;
  readonly preview: boolean;
}

export type Specification =
  /** `leftOut` counts paths that are none of the API's. */
  | { readonly ok: true; readonly operations: readonly SpecifiedOperation[]; readonly leftOut: number }
  /** `problem` is a sentence about "it", without a capital, and without words of the input. */
  | { readonly ok: false; readonly problem: string };

/** The deepest nesting, the largest operation (in bytes) and the most operations that a description can have. The platform's has a tenth. */
const DEEPEST = 200;
const LARGEST = 2 * 1024 * 1024;
const MOST = 50_000;

class Stop extends Error {
  constructor(readonly problem?: string) {
    super(problem);
  }
}

/**
 * Reads the platform's API description (Swagger 2.0, or OpenAPI 3 with the same extensions; FACTS §2) as its bytes arrive, up to
 * the end of its `paths`. Keeps what the operations require and nothing else, whatever the size.
 */
export class SpecificationReader {
  readonly #tokenizer = new Tokenizer();
  readonly #values = new TokenParser({ paths: ['$.paths.*.*'], keepStack: false });
  readonly #operations = new Map<string, SpecifiedOperation>();
  readonly #leftOut = new Set<string>();
  #declares = false;
  #problem: string | undefined;
  #state: 'start' | 'reading' | 'stopped' = 'start';
  #sawPaths = false;
  #depth = 0;
  /** The last text at the top, and the key that a colon made of it. */
  #topText = '';
  #topKey = '';
  #bytes = 0;
  /** Where the last token began, and the last one outside of any operation. */
  #token = -1;
  #outside = 0;

  constructor() {
    this.#tokenizer.onToken = (token) => {
      this.#watch(token.token, token.value, token.offset);
      this.#values.write(token);
    };
    this.#tokenizer.onError = (error) => {
      this.#state = 'stopped';
      this.#problem = error instanceof Stop ? error.problem : `it is not JSON: what follows byte ${Math.max(0, this.#token)} cannot be read`;
    };
    this.#values.onValue = ({ value, key, stack }) => this.#take(String(stack[2]?.key), String(key), value);
  }

  /** Takes the next bytes. Returns false when it wants no more: all is read, or it cannot be. */
  write(chunk: Uint8Array): boolean {
    if (this.#state === 'start') this.#begin(chunk);
    if (!this.#wantsMore) return false;
    this.#tokenizer.write(chunk);
    this.#bytes += chunk.length;
    if (this.#wantsMore && this.#bytes - this.#outside > LARGEST) this.#stop('it holds something that is larger than any operation of the API');
    return this.#wantsMore;
  }

  /** What was read, when all bytes were written. */
  end(): Specification {
    // A number ends where the input does.
    if (this.#state === 'reading' && this.#token < 0) this.#tokenizer.end();
    const problem = this.#problem ?? this.#lack();
    if (problem !== undefined) return { ok: false, problem };
    return { ok: true, operations: [...this.#operations.values()], leftOut: this.#leftOut.size };
  }

  #lack(): string | undefined {
    if (this.#token < 0) return 'it is empty';
    if (this.#state === 'reading' && this.#depth > 0) return `it ends in the middle, after ${this.#bytes} bytes`;
    if (!this.#sawPaths) return 'it is JSON and no API description: it has no paths';
    if (this.#operations.size === 0) return 'its paths hold no operation of the API';
    if (!this.#declares) return `none of its ${this.#operations.size} operations says which permissions it requires`;
    return undefined;
  }

  #begin(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#state = 'reading';
    const [first, second] = chunk;
    if (first === 0x1f && second === 0x8b) this.#stop('it is packed with gzip: unpack it first');
    else if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) this.#stop('it is UTF-16, and JSON is UTF-8');
    else if (/^\s*</.test(String.fromCharCode(...chunk.subarray(0, 200)))) this.#stop('it is an HTML or XML page, not JSON');
  }

  #stop(problem: string): void {
    this.#state = 'stopped';
    this.#problem = problem;
  }

  /** The tokenizer changes the state behind the compiler's back. */
  get #wantsMore(): boolean {
    return this.#state === 'reading';
  }

  /** Follows how deep it is, and stops at the end of the paths or where no description goes. */
  #watch(token: TokenType, value: unknown, offset: number): void {
    this.#token = offset;
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) {
      this.#depth += 1;
      if (this.#depth > DEEPEST) throw new Stop('it is nested deeper than any API description');
    } else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) {
      this.#depth -= 1;
      if (this.#depth === 1 && this.#topKey === 'paths') {
        this.#sawPaths = true;
        throw new Stop();
      }
    } else if (this.#depth === 1) {
      if (token === TokenType.STRING) this.#topText = value as string;
      else if (token === TokenType.COLON) this.#topKey = this.#topText;
    }
    if (this.#depth <= 3) this.#outside = offset;
  }

  #take(path: string, key: string, value: unknown): void {
    const method = key.toUpperCase();
    if (!METHODS.has(method) || key !== key.toLowerCase() || !isRecord(value)) return;
    if (!isTemplate(path)) {
      if (this.#leftOut.size < MOST) this.#leftOut.add(path);
      return;
    }
    if (this.#operations.size >= MOST) throw new Stop(`it holds more than ${MOST} operations`);
    this.#declares ||= Object.hasOwn(value, REQUIRED);
    this.#operations.set(`${method} ${path}`, {
      method,
      path,
      ...required(value[REQUIRED]),
      scopes: scopesIn(value['security']),
      needsUser: namesError(value['responses'], 'not.a.user'),
      deprecated: value['deprecated'] === true,
      preview: value['x-genesys-preview'] === true,
    });
  }
}

const REQUIRED = 'x-inin-requires-permissions';

/** `{"type": "ANY" | "ALL", "permissions": […]}`. None declared is one thing; one that cannot be read is another. */
function required(value: unknown): Pick<SpecifiedOperation, 'rule' | 'permissions'> {
  if (value === undefined) return { rule: 'none', permissions: [] };
  const unknown = { rule: 'unknown', permissions: [] } as const;
  if (!isRecord(value)) return unknown;
  const { type, permissions } = value;
  if (!Array.isArray(permissions) || permissions.length > 1000 || !permissions.every(isPermission)) return unknown;
  if (permissions.length === 0) return { rule: 'none', permissions: [] };
  const rule = String(type).toLowerCase();
  return rule === 'any' || rule === 'all' ? { rule, permissions } : unknown;
}

/** `[{"PureCloud OAuth": […]}]`. A token of another kind (`Guest Chat JWT`) has no scopes. */
function scopesIn(value: unknown): readonly string[] {
  const schemes = Array.isArray(value) ? value.slice(0, 20).filter(isRecord) : [];
  const lists = schemes.flatMap((s) => Object.entries(s)).flatMap(([scheme, names]) => (scheme.startsWith('PureCloud') && Array.isArray(names) ? names : []));
  return [...new Set(lists.filter(isScope).filter((s) => s !== 'all'))].slice(0, 100);
}

/** Whether the 400s of `responses` name this code. */
function namesError(responses: unknown, code: string): boolean {
  const bad = isRecord(responses) ? responses['400'] : undefined;
  const codes = isRecord(bad) ? bad['x-inin-error-codes'] : undefined;
  return isRecord(codes) && Object.hasOwn(codes, code);
}
