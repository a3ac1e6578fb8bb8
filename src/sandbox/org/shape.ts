import { isRecord } from '../../platform/json.js';
import { suggestion } from './nearest.js';

/** What is wrong in a document, and where. `pointer` is a JSON pointer. */
export interface ShapeProblem {
  readonly pointer: string;
  readonly why: string;
}

/** A JSON schema (draft 7, with VS Code's extensions). */
export type Schema = Readonly<Record<string, unknown>>;

/**
 * Reads a value of JSON as a `T`; what it cannot read goes to `problems` and the answer is undefined. `schema` says the same
 * to an editor, as far as a schema can.
 */
export interface Reader<T> {
  (value: unknown, pointer: string, problems: ShapeProblem[]): T | undefined;
  readonly schema: Schema;
}

type Readers = Readonly<Record<string, Reader<unknown>>>;
type Read<R extends Readers> = { readonly [K in keyof R]: R[K] extends Reader<infer T> ? T : never };

const GUID = '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
const shown = (value: unknown): string => (typeof value === 'string' ? `"${value.slice(0, 60)}"` : typeof value === 'number' ? String(value) : kindOf(value));

const reader = <T>(schema: Schema, read: (value: unknown, pointer: string, problems: ShapeProblem[]) => T | undefined): Reader<T> =>
  Object.assign(read, { schema });

/** A reader for values that pass a test. */
export const checked = <T>(schema: Schema, expected: string, fits: (value: unknown) => value is T, hint?: (value: unknown) => string): Reader<T> =>
  reader(schema, (value, pointer, problems) => {
    if (fits(value)) return value;
    problems.push({ pointer, why: `expected ${expected}, found ${shown(value)}${hint?.(value) ?? ''}` });
    return undefined;
  });

/** The same reader with words for its schema: what a person sees who points at the field. */
export const described = <T>(description: string, of: Reader<T>): Reader<T> =>
  reader({ description, ...of.schema }, (value, pointer, problems) => of(value, pointer, problems));

export const aString = checked({ type: 'string', pattern: '\\S' }, 'a text that is not empty', (v): v is string => typeof v === 'string' && v.trim() !== '');
export const aBoolean = checked({ type: 'boolean' }, 'true or false', (v): v is boolean => typeof v === 'boolean');

/** A text that a regular expression matches. @param pattern of ECMA 262 without flags, as in JSON schema */
export function aPattern(pattern: string, expected: string): Reader<string> {
  const regex = new RegExp(pattern);
  return checked(
    { type: 'string', pattern, patternErrorMessage: `Expected ${expected}.` },
    expected,
    (v): v is string => typeof v === 'string' && regex.test(v),
  );
}
export const aGuid = aPattern(GUID, 'a GUID in lower case');

const REDIRECT_URI = '^[A-Za-z][A-Za-z0-9+.-]*:/[!-"$-~]*$';
const isRedirectUri = new RegExp(REDIRECT_URI);
/** An absolute URI without a fragment (RFC 6749, section 3.1.2). */
export const aRedirectUri = checked(
  { type: 'string', format: 'uri', pattern: REDIRECT_URI, patternErrorMessage: 'Expected an absolute URL without a fragment.' },
  'an absolute URL without a fragment',
  (v): v is string => typeof v === 'string' && isRedirectUri.test(v) && !/^(?:javascript|data|vbscript|blob|file):/i.test(v) && URL.canParse(v),
);

export const anInteger = (least: number, most: number): Reader<number> =>
  checked(
    { type: 'integer', minimum: least, maximum: most },
    `a whole number from ${least} to ${most}`,
    (v): v is number => Number.isInteger(v) && (v as number) >= least && (v as number) <= most,
  );

export const oneOf = <const T extends string>(...allowed: readonly T[]): Reader<T> =>
  checked(
    { enum: allowed },
    `one of ${allowed.join(', ')}`,
    (v): v is T => typeof v === 'string' && (allowed as readonly string[]).includes(v),
    (v) => (typeof v === 'string' ? suggestion(v, allowed) : ''),
  );

export const aList = <T>(item: Reader<T>): Reader<readonly T[]> =>
  reader({ type: 'array', items: item.schema }, (value, pointer, problems) => {
    if (!Array.isArray(value)) {
      problems.push({ pointer, why: `expected a list, found ${kindOf(value)}` });
      return undefined;
    }
    const items: T[] = [];
    value.forEach((v: unknown, i) => {
      const read = item(v, `${pointer}/${i}`, problems);
      if (read !== undefined) items.push(read);
    });
    return items;
  });

/** A list in which nothing is there twice. For texts: things have ids and names of their own. */
export function aSet<T extends string>(item: Reader<T>): Reader<readonly T[]> {
  const list = aList(item);
  return reader({ ...list.schema, uniqueItems: true }, (value, pointer, problems) => {
    if (Array.isArray(value)) {
      const first = new Map<unknown, number>();
      value.forEach((v: unknown, i) => {
        const at = first.get(v);
        if (at === undefined) first.set(v, i);
        else if (typeof v === 'string') problems.push({ pointer: `${pointer}/${i}`, why: `${shown(v)} is already at ${pointer}/${at}` });
      });
    }
    return list(value, pointer, problems);
  });
}

/** A name as a part of a JSON pointer (RFC 6901). */
export const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** An object whose fields are named by who writes it. */
export const aMap = <T>(item: Reader<T>): Reader<ReadonlyMap<string, T>> =>
  reader({ type: 'object', additionalProperties: item.schema }, (value, pointer, problems) => {
    if (!isRecord(value)) {
      problems.push({ pointer, why: `expected an object, found ${kindOf(value)}` });
      return undefined;
    }
    const read = new Map<string, T>();
    for (const name of Object.keys(value)) {
      const one = item(value[name], `${pointer}/${escaped(name)}`, problems);
      if (one !== undefined) read.set(name, one);
    }
    return read;
  });

/** A reader for objects with exactly these fields. A field of another name is a problem: it is most likely a typing error. */
export function anObject<R extends Readers, O extends Readers>(required: R, optional: O): Reader<Read<R> & Partial<Read<O>>> {
  const known: Readers = { ...required, ...optional };
  const names = Object.keys(required);
  const schema = {
    type: 'object',
    properties: Object.fromEntries(Object.entries(known).map(([name, field]) => [name, field.schema])),
    ...(names.length === 0 ? {} : { required: names }),
    additionalProperties: false,
  };
  return reader(schema, (value, pointer, problems) => {
    if (!isRecord(value)) {
      problems.push({ pointer, why: `expected an object, found ${kindOf(value)}` });
      return undefined;
    }
    const before = problems.length;
    const read: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      const field = Object.hasOwn(known, name) ? known[name] : undefined;
      const at = `${pointer}/${escaped(name)}`;
      if (field) read[name] = field(value[name], at, problems);
      else {
        const fields = Object.keys(known);
        problems.push({ pointer: at, why: `unknown field${suggestion(name, fields)}; the fields here are ${fields.join(', ')}` });
      }
    }
    for (const name of names) {
      if (!Object.hasOwn(value, name)) problems.push({ pointer: `${pointer}/${name}`, why: 'is missing' });
    }
    // Every reader has had its say: what is there has the type that its reader promises.
    return problems.length === before ? (read as Read<R> & Partial<Read<O>>) : undefined;
  });
}
