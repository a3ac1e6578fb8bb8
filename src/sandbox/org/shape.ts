import { isRecord } from '../../platform/json.js';

/** What is wrong in a document, and where. `pointer` is a JSON pointer. */
export interface ShapeProblem {
  readonly pointer: string;
  readonly why: string;
}

/** Reads a value of JSON as a `T`; what it cannot read goes to `problems` and the answer is undefined. */
export type Reader<T> = (value: unknown, pointer: string, problems: ShapeProblem[]) => T | undefined;

type Readers = Readonly<Record<string, Reader<unknown>>>;
type Read<R extends Readers> = { readonly [K in keyof R]: R[K] extends Reader<infer T> ? T : never };

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;

/** A reader for values that pass a test. */
function checked<T>(expected: string, fits: (value: unknown) => value is T): Reader<T> {
  return (value, pointer, problems) => {
    if (fits(value)) return value;
    const shown = typeof value === 'string' ? `"${value.slice(0, 60)}"` : kindOf(value);
    problems.push({ pointer, why: `expected ${expected}, found ${shown}` });
    return undefined;
  };
}

export const aString = checked('a text that is not empty', (v): v is string => typeof v === 'string' && v.trim() !== '');
export const aGuid = checked('a GUID in lower case', (v): v is string => typeof v === 'string' && GUID.test(v));
export const aBoolean = checked('true or false', (v): v is boolean => typeof v === 'boolean');

export const anInteger = (least: number, most: number): Reader<number> =>
  checked(`a whole number from ${least} to ${most}`, (v): v is number => Number.isInteger(v) && (v as number) >= least && (v as number) <= most);

export const oneOf = <const T extends string>(...allowed: readonly T[]): Reader<T> =>
  checked(`one of ${allowed.join(', ')}`, (v): v is T => typeof v === 'string' && (allowed as readonly string[]).includes(v));

export function aList<T>(item: Reader<T>): Reader<readonly T[]> {
  return (value, pointer, problems) => {
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
  };
}

/** A reader for objects with exactly these fields. A field of another name is a problem: it is most likely a typing error. */
export function anObject<R extends Readers, O extends Readers>(required: R, optional: O): Reader<Read<R> & Partial<Read<O>>> {
  const known: Readers = { ...required, ...optional };
  return (value, pointer, problems) => {
    if (!isRecord(value)) {
      problems.push({ pointer, why: `expected an object, found ${kindOf(value)}` });
      return undefined;
    }
    const before = problems.length;
    const read: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      const reader = Object.hasOwn(known, name) ? known[name] : undefined;
      const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (reader) read[name] = reader(value[name], at, problems);
      else problems.push({ pointer: at, why: `unknown field; the fields here are ${Object.keys(known).join(', ')}` });
    }
    for (const name of Object.keys(required)) {
      if (!Object.hasOwn(value, name)) problems.push({ pointer: `${pointer}/${name}`, why: 'is missing' });
    }
    // Every reader has had its say: what is there has the type that its reader promises.
    return problems.length === before ? (read as Read<R> & Partial<Read<O>>) : undefined;
  };
}
