import { edits } from '../edits.js';
import { isGuid } from '../guid.js';
import { isRecord } from '../json.js';
import { pointerTo } from '../pointer.js';
import type { BodyModel, Field, ObjectModel } from './bodyModel.js';

/**
 * One thing in a body that its model does not allow. `pointer` is a JSON pointer into the body, of what is there or of the
 * object in which something is not. A `value` may be a placeholder: that is another problem, and told by whoever looks for them.
 */
export type BodyProblem = { readonly pointer: string } & (
  | { readonly kind: 'not-an-object' }
  /** The operation takes no body. */
  | { readonly kind: 'no-body' }
  | { readonly kind: 'unknown-field'; readonly name: string; readonly nearest?: string }
  /** The type has it, but no source says that a request may. */
  | { readonly kind: 'answer-only'; readonly name: string }
  | { readonly kind: 'wrong-type'; readonly field: Field }
  | { readonly kind: 'no-destination' }
  | { readonly kind: 'several-destinations'; readonly names: readonly string[] }
  | { readonly kind: 'none-of'; readonly names: readonly string[] }
  | { readonly kind: 'missing'; readonly field: Field }
  | { readonly kind: 'without-queue'; readonly field: Field }
  | { readonly kind: 'not-an-id'; readonly field: Field; readonly value: string }
  | { readonly kind: 'not-a-value'; readonly field: Field; readonly value: string }
  | { readonly kind: 'not-a-time'; readonly field: Field; readonly value: string }
  | { readonly kind: 'empty-list'; readonly field: Field }
);

/** How many problems are told: enough for any call, bounded for any input. */
const MOST_PROBLEMS = 50;

/** What an object may have, looked up by name. */
interface Table {
  readonly fields: ReadonlyMap<string, Field>;
  readonly required: readonly Field[];
  readonly answerOnly: ReadonlySet<string>;
  /** Names in small letters, with the fields that have them. */
  readonly lower: readonly (readonly [string, string])[];
  /** What was asked of `nearestField` before: the same names are written again and again. */
  readonly nearest: Map<string, string | undefined>;
}
const TABLES = /* @__PURE__ */ new WeakMap<ObjectModel, Table>();

function tableOf(model: ObjectModel): Table {
  let table = TABLES.get(model);
  if (!table) {
    const { fields } = model;
    table = {
      fields: new Map(fields.map((f) => [f.name, f])),
      required: fields.filter((f) => f.required),
      answerOnly: new Set(model.answerOnly),
      lower: fields.map((f) => [f.name.toLowerCase(), f.name]),
      nearest: new Map(),
    };
    TABLES.set(model, table);
  }
  return table;
}

/** The field of an object that has this name. */
export const fieldNamed = (model: ObjectModel, name: string): Field | undefined => tableOf(model).fields.get(name);

/** Compares a body with its model. In the order of the body, then what is missing, object by object. */
export function checkBody(body: unknown, model: BodyModel): BodyProblem[] {
  if (model.fields.length === 0) return body === undefined || (isRecord(body) && Object.keys(body).length === 0) ? [] : [{ kind: 'no-body', pointer: '' }];
  if (!isRecord(body)) return [{ kind: 'not-an-object', pointer: '' }];
  const problems: BodyProblem[] = [];
  checkObject(body, model, undefined, problems);
  return problems;
}

/** Where a value is: written out only where there is something to say about it. */
interface Path {
  readonly key: string | number;
  readonly within: Path | undefined;
}
const pointerOf = (at: Path | undefined): string => (at === undefined ? '' : pointerOf(at.within) + pointerTo(at.key));

function checkObject(object: Readonly<Record<string, unknown>>, model: ObjectModel, at: Path | undefined, problems: BodyProblem[]): void {
  const { fields, required, answerOnly } = tableOf(model);
  for (const name of Object.keys(object)) {
    if (problems.length >= MOST_PROBLEMS) return;
    const field = fields.get(name);
    if (field) checkField(field, object[name], object, { key: name, within: at }, problems);
    else if (answerOnly.has(name)) problems.push({ kind: 'answer-only', pointer: pointerOf(at) + pointerTo(name), name });
    else {
      const nearest = nearestField(name, model);
      problems.push({ kind: 'unknown-field', pointer: pointerOf(at) + pointerTo(name), name, ...(nearest ? { nearest } : {}) });
    }
  }
  for (const field of required)
    if (object[field.name] === undefined || object[field.name] === null) problems.push({ kind: 'missing', pointer: pointerOf(at), field });
  const { oneOf } = model;
  if (!oneOf) return;
  const names = oneOf.names.filter((name) => isGiven(object[name]));
  if (names.length > 1 && oneOf.only) problems.push({ kind: 'several-destinations', pointer: pointerOf(at) + pointerTo(names[1] as string), names });
  if (names.length === 0 && !oneOf.orElse?.some((name) => isGiven(object[name])))
    problems.push(oneOf.only ? { kind: 'no-destination', pointer: pointerOf(at) } : { kind: 'none-of', pointer: pointerOf(at), names: oneOf.names });
}

function checkField(field: Field, value: unknown, beside: Readonly<Record<string, unknown>>, at: Path, problems: BodyProblem[]): void {
  if (value === null) return;
  if (!fits(field, value)) {
    problems.push({ kind: 'wrong-type', pointer: pointerOf(at), field });
    return;
  }
  if (Array.isArray(value)) {
    // A list of destinations that is empty is told as the destination that is not there.
    if (value.length === 0 && !field.destination) problems.push({ kind: 'empty-list', pointer: pointerOf(at), field });
    for (let i = 0; i < value.length && problems.length < MOST_PROBLEMS; i++) {
      if (field.object) checkObject(value[i], field.object, { key: i, within: at }, problems);
      else if (field.format === 'guid') checkText(field, value[i], { key: i, within: at }, problems);
    }
  } else if (field.object) checkObject(value as Record<string, unknown>, field.object, at, problems);
  else if (typeof value === 'string') checkText(field, value, at, problems);
  if (field.onlyWith !== undefined && isGiven(value) && !isGiven(beside[field.onlyWith]))
    problems.push({ kind: 'without-queue', pointer: pointerOf(at), field });
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/i;

function checkText(field: Field, value: string, at: Path, problems: BodyProblem[]): void {
  if (value === '') return;
  if (field.format === 'guid') {
    if (!isGuid(value)) problems.push({ kind: 'not-an-id', pointer: pointerOf(at), field, value });
  } else if (field.type === 'date-time') {
    if (!TIME.test(value) || Number.isNaN(Date.parse(value))) problems.push({ kind: 'not-a-time', pointer: pointerOf(at), field, value });
  } else if (field.values && !field.values.some((v) => v.toLowerCase() === value.toLowerCase()))
    problems.push({ kind: 'not-a-value', pointer: pointerOf(at), field, value });
}

/** Whether a value says anything: null, an empty text and an empty list do not. */
export const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** Whether a value has the type of a field; what an object or a list of objects has inside is not looked at. */
function fits({ type, object }: Field, value: unknown): boolean {
  if (object) return type.endsWith('[]') ? Array.isArray(value) && value.every(isRecord) : isRecord(value);
  switch (type) {
    case 'string':
    case 'date-time':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'int32':
      return typeof value === 'number' && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31;
    case 'string[]':
      return Array.isArray(value) && value.every((v) => typeof v === 'string');
    case 'map<string,string>':
      return isRecord(value) && Object.values(value).every((v) => typeof v === 'string');
    default:
      return true;
  }
}

/** How many names are remembered for each object. */
const MOST_REMEMBERED = 500;

/** What other objects call the number of a party. */
const OTHER_NAMES: Readonly<Record<string, string>> = { phonenumber: 'address', number: 'address' };

/** The field of an object whose name is at most two edits away, or which means the same under another name. */
export function nearestField(name: string, model: ObjectModel): string | undefined {
  const { fields, lower, nearest } = tableOf(model);
  if (nearest.has(name)) return nearest.get(name);
  const written = name.toLowerCase();
  const same = Object.hasOwn(OTHER_NAMES, written) ? OTHER_NAMES[written] : undefined;
  let best = same !== undefined && fields.has(same) ? same : undefined;
  let least = 3;
  for (const [candidate, field] of lower) {
    const distance = edits(written, candidate, least);
    if (distance < least) {
      least = distance;
      best = field;
    }
  }
  if (nearest.size < MOST_REMEMBERED) nearest.set(name, best);
  return best;
}
