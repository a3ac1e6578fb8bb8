import { findNodeAtLocation, getLocation, type Node } from 'jsonc-parser';
import type { MappedText, SourceEdit } from '../exchange/mappedText.js';
import type { BodyModel, Field, ObjectModel } from '../platform/bodies/bodyModel.js';
import { isGiven, nearestField } from '../platform/bodies/checkBody.js';
import { fieldAt, fieldHelp, type HelpText, typeInWords } from '../platform/bodies/fieldHelp.js';
import { foreignField } from '../platform/foreignFields.js';
import { optional } from '../platform/json.js';
import { pointerTo } from '../platform/pointer.js';
import { type Completion, sortKey } from './completion.js';
import { type Value, valuesFor } from './fieldValues.js';
import type { FillValues } from './fix.js';
import { writeAt, writingAt } from './writeAt.js';
import type { WrittenCall } from './writtenCall.js';

type Path = readonly (string | number)[];

/** Where in a body something is being written. Offsets are those of the body's text. */
interface Spot {
  readonly path: Path;
  /** What was typed of it, up to its end: a name or value, in quotes or not. */
  readonly start: number;
  readonly end: number;
  /** The end of a value before it, where a comma is missing between. */
  readonly comma?: number;
  readonly isName: boolean;
}

/** The names and values that fit at an offset of a body whose model is known. */
export function completeBody(source: string, call: WrittenCall, body: MappedText, at: number, offset: number, values: FillValues): Completion[] {
  const { model } = call;
  if (!model || model.fields.length === 0 || call.isTooDeep) return [];
  const spot = spotAt(body.text, at);
  if (!spot) return [];
  const place: Here = { source, call, body, offset, model, spot, write: writingAt(source, body, spot.start, spot.end) };
  if (spot.isName) return names(place);
  return spot.path.length === 0 ? wholeBody(place) : fieldValues(place, values);
}

interface Here {
  readonly source: string;
  readonly call: WrittenCall;
  readonly body: MappedText;
  readonly offset: number;
  readonly model: BodyModel;
  readonly spot: Spot;
  /** Writes what takes the place of what was typed. */
  readonly write: (text: string) => SourceEdit | undefined;
}

const WORD = /[\w$+.-]/;

function spotAt(text: string, at: number): Spot | undefined {
  const { path, previousNode: token } = getLocation(text, at);
  const isIn = token !== undefined && token.offset < at && at <= token.offset + token.length && !isBehind(text, token, at);
  let start = isIn ? token.offset : at;
  let end = isIn ? token.offset + token.length : at;
  if (!isIn) while (WORD.test(text[start - 1] ?? '')) start--;
  // What is behind an open quote is not all of the name.
  const isOpen = isIn && text[start] === '"' && (text[end - 1] !== '"' || end - start === 1);
  if (isOpen) end = at;
  if (isOpen || !isIn) while (WORD.test(text[end] ?? '')) end++;
  const before = text.slice(0, start).trimEnd();
  const last = before.at(-1);
  if (last === undefined) return { path: [], start, end, isName: false };
  const inList = typeof path.at(-1) === 'number';
  if (last === ':') return { path, start, end, isName: false };
  if (last === '[' || (last === ',' && inList)) return { path, start, end, isName: false };
  if (inList || path.length === 0) return undefined;
  const comma = last === '{' || last === ',' ? undefined : before.length;
  return { path: path.slice(0, -1), start, end, isName: true, ...optional('comma', comma) };
}

/** Behind the closing quote of a value, the next thing is written. */
const isBehind = (text: string, { type, offset, length }: Node, at: number): boolean =>
  type === 'string' && length > 1 && at === offset + length && text[at - 1] === '"';

/** What stands after the part that is written: nothing, a colon, or something that needs a comma before it. */
function after(text: string, end: number): 'end' | 'colon' | 'more' {
  const next = /\S/.exec(text.slice(end, end + 10_000))?.[0];
  if (next === ':') return 'colon';
  return next === undefined || next === ',' || next === '}' || next === ']' ? 'end' : 'more';
}

function objectAt(model: BodyModel, path: Path): ObjectModel | undefined {
  if (path.length === 0) return model;
  const field = fieldAt(model, pointerTo(...path));
  return field?.type.endsWith('[]') === (typeof path.at(-1) === 'number') ? field?.object : undefined;
}

/** The names that an object does not have yet. */
function names(here: Here): Completion[] {
  const { model, spot, call, body } = here;
  const object = objectAt(model, spot.path);
  if (!object) return [];
  const typed = /[\w$.-]+/.exec(body.text.slice(spot.start, spot.end))?.[0] ?? '';
  const node = call.tree && findNodeAtLocation(call.tree, [...spot.path]);
  const there = new Map<string, unknown>();
  for (const member of node?.type === 'object' ? (node.children ?? []) : []) {
    const [name, value] = member.children ?? [];
    if (name && name.offset !== spot.start) there.set(String(name.value), value?.value ?? (value?.children?.length ? true : undefined));
  }
  const found: Completion[] = [];
  for (const [index, field] of object.fields.entries()) {
    if (there.has(field.name)) continue;
    const [rank, remark] = rankOf(field, object, there);
    push(found, nameCompletion(here, field, { sort: sortKey(rank, index), remark }));
  }
  const foreign = foreignField(object, typed)?.field ?? (typed.length > 3 ? nearestField(typed, object) : undefined);
  const instead = object.fields.find((f) => f.name === foreign && f.name !== typed && !there.has(f.name));
  if (instead) push(found, nameCompletion(here, instead, { sort: sortKey(0, 0), remark: `instead of “${typed}”`, isInstead: true }));
  return found;
}

/** How much a field fits beside those that are there: the smaller, the more. */
function rankOf(field: Field, object: ObjectModel, there: ReadonlyMap<string, unknown>): readonly [rank: number, remark: string] {
  const { oneOf } = object;
  if (field.required) return [0, 'has to be there'];
  if (field.onlyWith !== undefined) return isGiven(there.get(field.onlyWith)) ? [1, ''] : [8, `only with ${field.onlyWith}`];
  if (oneOf?.names.includes(field.name)) {
    const other = oneOf.names.find((name) => there.has(name));
    if (other === undefined) return [2, ''];
    return oneOf.only ? [9, `not beside ${other}: one destination only`] : [8, `there is ${other} already`];
  }
  return field.goesWith?.some((name) => there.has(name)) ? [3, ''] : [4, ''];
}

interface Naming {
  readonly sort: string;
  readonly remark: string;
  /** Whether it replaces a name that is no part of it. */
  readonly isInstead?: true;
}

function nameCompletion(here: Here, field: Field, { sort, remark, isInstead }: Naming): Completion | undefined {
  const { spot, body, source, model } = here;
  const follows = after(body.text, spot.end);
  const value = follows === 'colon' ? '' : `: ${emptyValue(field)}${follows === 'more' ? ',' : ''}`;
  const edits = withComma(here, JSON.stringify(field.name) + value);
  if (!edits) return undefined;
  const { edit, also } = edits;
  return {
    label: field.name,
    kind: 'field',
    from: 'model',
    edit,
    ...optional('also', also),
    filter: isInstead ? source.slice(edit.start, Math.max(edit.start, here.offset)) : edit.newText,
    detail: remark === '' ? typeInWords(field) : `${typeInWords(field)}, ${remark}`,
    get documentation() {
      return documentationOf(model, [...spot.path, field.name]);
    },
    sort,
  };
}

/** The edit, and that for the comma before it; both in one where they are not apart. */
function withComma({ source, body, spot, write }: Here, text: string): Pick<Completion, 'edit' | 'also'> | undefined {
  const edit = write(text);
  const { comma } = spot;
  if (comma === undefined || !edit) return edit && { edit };
  const also = body.edit(comma, comma, ',');
  if (also && also.end <= edit.start && also.end - also.start === 0) return { edit, also };
  const both = writeAt(source, body, comma, spot.end, `,${body.text.slice(comma, spot.start)}${text}`);
  return both && { edit: both };
}

/** What stands at a field until somebody writes its value. */
function emptyValue({ type, object, values }: Field): string {
  if (values?.length === 1) return JSON.stringify(values[0]);
  if (type === 'boolean') return 'true';
  if (type === 'int32') return '0';
  if (type.endsWith('[]')) return '[]';
  return object || type === 'map<string,string>' ? '{}' : '""';
}

/** The values of a field, or of an item of its list. */
function fieldValues(here: Here, picked: FillValues): Completion[] {
  const { model, spot, body } = here;
  const field = fieldAt(model, pointerTo(...spot.path));
  const isItem = typeof spot.path.at(-1) === 'number';
  if (!field || (!isItem && spot.path.at(-1) !== field.name)) return [];
  const follows = after(body.text, spot.end);
  // A value follows already: another one would stand beside it.
  if (follows === 'more' && !/^\s*"(?:[^"\\\n]|\\.)*"\s*:/.test(body.text.slice(spot.end, spot.end + 10_000)) && !isItem) return [];
  const space = spot.start === spot.end && body.text[spot.start - 1] === ':' ? ' ' : '';
  const comma = follows === 'more' ? ',' : '';
  return valuesFor(field, isItem, picked).flatMap((value, index) => {
    const found = valueCompletion(here, value, `${space}${value.json}${comma}`, index);
    return found ? [found] : [];
  });
}

function valueCompletion({ source, spot, offset, model, write }: Here, value: Value, text: string, index: number): Completion | undefined {
  const edit = write(text);
  if (!edit) return undefined;
  const typed = source.slice(edit.start, Math.max(edit.start, offset));
  return {
    label: value.label,
    kind: 'value',
    from: value.from,
    edit,
    // What is picked replaces a placeholder too, which is no part of it.
    filter: value.from === 'picked' ? `${typed}${value.label}` : edit.newText,
    detail: value.detail,
    get documentation() {
      return documentationOf(model, spot.path);
    },
    sort: sortKey(value.from === 'picked' ? 0 : 1, index),
  };
}

/** A body where there is none. */
function wholeBody({ body, spot, model, write }: Here): Completion[] {
  if (spot.end < body.text.trimEnd().length || model.example === undefined) return [];
  const json = JSON.stringify(model.example);
  const edit = write(json);
  if (!edit) return [];
  return [
    {
      label: json,
      kind: 'value',
      from: 'model',
      edit,
      filter: edit.newText,
      detail: model.name,
      documentation: documentationOf(model, []),
      sort: sortKey(1, 0),
    },
  ];
}

const documentationOf = (model: BodyModel, path: Path): readonly HelpText[] => (fieldHelp(model, pointerTo(...path))?.lines ?? []).map((l) => l.text);

function push(list: Completion[], item: Completion | undefined): void {
  if (item) list.push(item);
}
