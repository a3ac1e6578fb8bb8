import { isGuid } from '../../platform/guid.js';
import { isRecord } from '../../platform/json.js';
import { BAD_REQUEST, type Refusal } from './refusals.js';

/** The value of a field of a request's body as a `T`; undefined where it is of another type. */
export type Field<T> = (value: unknown) => T | undefined;
type Fields = Readonly<Record<string, Field<unknown>>>;
type Read<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** FACTS §3.2: the message of this code is whatever was violated. */
export const violated = (what: string): Refusal => ({
  status: 400,
  code: 'constraint.validation',
  message: what,
  assumption: 'text of constraint.validation',
});

/** FACTS §3.2. @param what why it conflicts with what is there */
export const conflict = (what: string): Refusal => ({ status: 409, code: 'general.conflict', message: what, assumption: 'text of general.conflict' });

const LONGEST_TEXT = 20_000;

export const aText: Field<string> = (value) => (typeof value === 'string' && value.length <= LONGEST_TEXT ? value : undefined);
export const aName: Field<string> = (value) => (typeof value === 'string' && value.trim() !== '' && value.length <= 200 ? value.trim() : undefined);
export const aFlag: Field<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
export const aNumber =
  (least: number, most: number): Field<number> =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most ? value : undefined;
export const anId: Field<string> = (value) => (typeof value === 'string' && isGuid(value) ? value.toLowerCase() : undefined);
/** `{"id": …}`, as entities point at each other. */
export const aReference: Field<string> = (value) => (isRecord(value) ? anId(value['id']) : undefined);
export const listOf =
  <T>(item: Field<T>, most = 1000): Field<readonly T[]> =>
  (value) => {
    if (!Array.isArray(value) || value.length > most) return undefined;
    const read = value.map(item);
    return read.every((x) => x !== undefined) ? (read as T[]) : undefined;
  };

/**
 * Reads the body of a write. A field that is null counts as absent, and one that the model does not have is ignored (assumed).
 * @returns the fields that are there; 400 for a body that is no object, a required field that is missing, or one of another type
 */
export function readFields<R extends Fields, O extends Fields>(body: unknown, required: R, optional: O): (Read<R> & Partial<Read<O>>) | Refusal {
  if (!isRecord(body)) return BAD_REQUEST;
  const read: Record<string, unknown> = {};
  for (const [name, field] of Object.entries({ ...required, ...optional })) {
    const given = Object.hasOwn(body, name) ? body[name] : undefined;
    if (given === undefined || given === null) {
      if (Object.hasOwn(required, name)) return violated(`${name}: may not be null`);
      continue;
    }
    const value = field(given);
    if (value === undefined) return BAD_REQUEST;
    read[name] = value;
  }
  // Every field has been read by its own reader: what is there has the type that the reader promises.
  return read as Read<R> & Partial<Read<O>>;
}
