import { getNodeValue, type Node } from 'jsonc-parser';
import type { Field } from '../../platform/bodies/bodyModel.js';
import { fieldAt } from '../../platform/bodies/fieldHelp.js';
import { edits } from '../../platform/edits.js';
import { isGuid } from '../../platform/guid.js';
import { isRecord } from '../../platform/json.js';
import { memberOf, nodeAt, valueEdit } from './bodyPlace.js';
import { removeMember } from './fields.js';
import { type Fixer, fixOf, short } from './fixer.js';
import { endOf } from './jsonLayout.js';

/** A value of another type that says the same: "5" and 5, "x" and ["x"], true and "true". */
export const wrongType: Fixer = function* ({ call, problem }) {
  const node = nodeAt(call.tree, problem.pointer ?? '');
  const field = call.model && fieldAt(call.model, problem.pointer ?? '');
  if (!node || !field) return;
  const source = (call.region.body?.text ?? '').slice(node.offset, endOf(node));
  const value = asType(getNodeValue(node), field, source);
  if (value === undefined) return;
  yield fixOf(`Write ${short(JSON.stringify(value))}`, [valueEdit(call, node, value)], { preferred: true });
};

function asType(value: unknown, field: Field, source: string): unknown {
  const { type, object } = field;
  if (object && type.endsWith('[]')) return isRecord(value) ? [value] : parties(value, field);
  if (object) return Array.isArray(value) && value.length === 1 && isRecord(value[0]) ? value[0] : undefined;
  switch (type) {
    case 'int32':
      return typeof value === 'string' && /^\s*-?\d{1,10}\s*$/.test(value) && Math.abs(Number(value)) < 2 ** 31 ? Number(value) : undefined;
    case 'boolean':
      return typeof value === 'string' && /^(?:true|false)$/i.test(value.trim()) ? /true/i.test(value) : undefined;
    case 'string':
    case 'date-time':
      return textOf(value, source) ?? (Array.isArray(value) && value.length === 1 ? textOf(value[0]) : undefined);
    case 'string[]':
      return Array.isArray(value) ? texts(value) : typeof value === 'string' ? itemsOf(value) : texts([value]);
    case 'map<string,string>':
      return isRecord(value) && Object.values(value).every(isScalar) ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, String(v)])) : undefined;
    default:
      return undefined;
  }
}

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** The text that a value is, or an id alone in an object. @param source keeps the digits of a long number */
function textOf(value: unknown, source?: string): string | undefined {
  if (isScalar(value)) return typeof value === 'number' && source !== undefined && /^\d+$/.test(source) ? source : String(value);
  return isRecord(value) && Object.keys(value).length === 1 && typeof value['id'] === 'string' ? value['id'] : undefined;
}

function texts(values: readonly unknown[]): string[] | undefined {
  const found = values.map((v) => textOf(v));
  return found.includes(undefined) ? undefined : (found as string[]);
}

/** Ids that stand in one text, with commas between. */
function itemsOf(text: string): string[] {
  const items = text.split(/[\s,;]+/);
  return items.length > 1 && items.every(isGuid) ? items : [text];
}

/** Numbers in the place of the parties that they are of. */
function parties(value: unknown, { object }: Field): unknown {
  const numbers: readonly unknown[] = Array.isArray(value) ? value : [value];
  const takes = object?.fields.some((f) => f.name === 'address');
  const isNumber = (v: unknown): boolean => typeof v === 'string' && /^\+?[\d\s().-]{5,}$/.test(v);
  if (!takes || numbers.length === 0 || !numbers.every((v) => isNumber(v) || isRecord(v))) return undefined;
  return numbers.map((v) => (isRecord(v) ? v : { address: v }));
}

/** One of the values that there are, the nearest first; a time without its zone. */
export const badValue: Fixer = function* (broken) {
  const { call, problem } = broken;
  const node = nodeAt(call.tree, problem.pointer ?? '');
  const field = call.model && fieldAt(call.model, problem.pointer ?? '');
  if (!node || !field) return;
  if (node.type === 'array') {
    const place = memberOf(call, problem);
    if (place) yield removeMember(broken, place, true);
    return;
  }
  const value = String(node.value);
  if (field.type === 'date-time') yield* asTime(broken, node, value);
  const far = (allowed: string): number => edits(value.toLowerCase(), allowed.toLowerCase(), 10);
  const nearest = [...(field.values ?? [])].sort((a, b) => far(a) - far(b));
  for (const [i, allowed] of nearest.entries())
    yield fixOf(`Write “${allowed}”`, [valueEdit(call, node, allowed)], { preferred: i === 0 && (far(allowed) < 3 || nearest.length === 1) });
};

function* asTime({ call }: Parameters<Fixer>[0], node: Node, value: string): ReturnType<typeof badValue> {
  const local = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)$/.exec(value.trim());
  const written = local && `${local[1]}T${local[2]}Z`;
  if (!written || Number.isNaN(Date.parse(written))) return;
  yield fixOf(`Write it as UTC: ${written}`, [valueEdit(call, node, written)], { notes: ['No zone was given: UTC is assumed.'], preferred: true });
}
