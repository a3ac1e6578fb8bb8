import type { Node } from 'jsonc-parser';
import type { MappedText, SourceRange } from '../exchange/mappedText.js';
import { placeholdersInValue } from '../exchange/placeholders.js';
import type { BodyModel, Field } from '../platform/bodies/bodyModel.js';
import { belongsIn, type FieldHelp, fieldAt, fieldHelp, type HelpLine } from '../platform/bodies/fieldHelp.js';
import { isGuid } from '../platform/guid.js';
import { optional } from '../platform/json.js';
import { correctNumber } from '../platform/numbers.js';
import type { Operations } from '../platform/operations.js';
import { pointerTo } from '../platform/pointer.js';
import type { Help } from './help.js';
import { type JsonPlace, jsonAt } from './jsonNode.js';
import { operationSource, requirementLines } from './operationHelp.js';
import { placeholderLines } from './placeholderHelp.js';
import type { WrittenCall } from './writtenCall.js';

/** What stands at an offset of a body whose model is known: a field, a value, a placeholder, or the whole of it at its braces. */
export function helpInBody(call: WrittenCall, body: MappedText, at: number, operations: Operations): Help | undefined {
  const { model, tree } = call;
  if (!model || !tree) return undefined;
  const place = jsonAt(tree, at);
  if (!place) return undefined;
  const range = rangeOf(call, place, at);
  const help = fieldHelp(model, pointerTo(...place.path)) ?? helpInForeign(model, place.path);
  if (place.path.length === 0) return help && { range, title: help.title, lines: [...help.lines, ...requirementsOf(call, operations)] };
  const field = help?.field;
  const value = valueAt(place);
  const left = place.isName ? undefined : placeholderIn(call, body, place, at, model);
  if (left) return { range: left.range, title: left.text, lines: [...left.lines, ...(help?.lines ?? [])] };
  if (!help) return undefined;
  return {
    range,
    title: help.title,
    lines: [...help.lines.slice(0, 1), ...(place.isName ? [] : numberLines(field, value)), ...help.lines.slice(1)],
    ...optional('id', field?.idOf && typeof value === 'string' && isGuid(value) ? { kind: field.idOf, id: value } : undefined),
  };
}

/** What stands inside of a field that the model does not have: `routing.skill` is what `skill` would be beside it. */
function helpInForeign(model: BodyModel, path: JsonPlace['path']): FieldHelp | undefined {
  const outer = fieldHelp(model, pointerTo(...path.slice(0, 1)));
  if (!outer || outer.field || path.length < 2) return undefined;
  const own = path.findLast((segment) => typeof segment === 'string');
  const help = own === undefined ? undefined : fieldHelp(model, pointerTo(own));
  return help && !help.field ? help : outer;
}

/** The name or value; of an object or list the bracket that is pointed at. */
function rangeOf(call: WrittenCall, { node }: JsonPlace, at: number): SourceRange {
  const { offset, length, type } = node;
  if (type !== 'object' && type !== 'array') return call.rangeOf(node);
  const bracket = at === offset ? offset : offset + length - 1;
  return call.range(bracket, bracket + 1);
}

/** The value itself, also where its name is pointed at. */
function valueAt({ node, isName }: JsonPlace): unknown {
  const value: Node | undefined = isName ? node.parent?.children?.[1] : node;
  return value?.value;
}

function requirementsOf({ operation, region }: WrittenCall, operations: Operations): readonly HelpLine[] {
  if (!operation) return [];
  const sent: HelpLine = { kind: 'note', text: ['Sent with ', { code: `${operation.method} ${operation.path}` }, '.'] };
  return [...(region.form === 'payload' ? [] : [sent]), ...requirementLines(operation), operationSource(operation, operations)];
}

/** How a phone number is read, or why it is none. */
function numberLines(field: Field | undefined, value: unknown): HelpLine[] {
  if (field?.format !== 'phone' || typeof value !== 'string' || value === '') return [];
  const read = correctNumber(value);
  if (read.kind === 'problem') return [{ kind: 'note', text: [read.problem] }];
  const where = read.country === '' ? '' : `, ${COUNTRIES.of(read.country) ?? read.country}`;
  const correct: HelpLine[] = read.e164 === value ? [] : [{ kind: 'note', text: ['In E.164: ', { code: read.e164 }, '.'] }];
  return [{ kind: 'note', text: [`${read.international}${where}.`] }, ...correct];
}

const COUNTRIES = /* @__PURE__ */ new Intl.DisplayNames(['en'], { type: 'region' });

/** The placeholder that an offset of a string value stands in. */
function placeholderIn(
  call: WrittenCall,
  body: MappedText,
  { node, path }: JsonPlace,
  at: number,
  model: BodyModel,
): { readonly text: string; readonly range: SourceRange; readonly lines: readonly HelpLine[] } | undefined {
  if (node.type !== 'string') return undefined;
  const value = String(node.value);
  // Behind escapes the offsets in the value are not those of the body: such a value is taken as one.
  const plain = node.length === value.length + 2;
  const inside = at - node.offset - 1;
  const found = placeholdersInValue(value).find((p) => !plain || (p.start <= inside && inside <= p.end) || (p.end - p.start === value.length && p.start === 0));
  if (!found) return undefined;
  const start = node.offset + 1 + found.start;
  const whole = !plain || found.end - found.start === value.length;
  const range = whole ? call.rangeOf(node) : call.range(start, start + found.end - found.start);
  const pointer = pointerTo(...path);
  const field = fieldAt(model, pointer);
  const isItem = field !== undefined && path.at(-1) !== field.name;
  const wanted = field && (whole || field.type !== 'string') ? belongsIn(field, isItem) : undefined;
  return { text: found.text, range, lines: placeholderLines(found, { region: call.region, text: body, at: plain ? start : node.offset + 1 }, wanted) };
}
