import { foreignField } from '../foreignFields.js';
import { pointerSegments } from '../pointer.js';
import type { BodyModel, Field, IdKind, ObjectModel } from './bodyModel.js';
import { fieldNamed } from './checkBody.js';

/** Text of which some is code: a name, a value. Nothing in it is markup. */
export type HelpText = readonly (string | { readonly code: string })[];

export interface HelpLine {
  readonly kind: 'meaning' | 'note' | 'with' | 'requires' | 'type' | 'example' | 'source';
  readonly text: HelpText;
}

/** What a field is, for people, in the order to be read. */
export interface FieldHelp {
  readonly title: string;
  readonly lines: readonly HelpLine[];
  /** The field, where the model has it. */
  readonly field?: Field;
}

const code = (text: string): { readonly code: string } => ({ code: text });

/**
 * Explains what stands at a JSON pointer of a body: a field of the model or of an object in it, an item of a list as its field,
 * the whole body at the empty pointer, and fields that the model does not have but people write.
 */
export function fieldHelp(model: BodyModel, pointer: string): FieldHelp | undefined {
  const at = locate(model, pointer);
  if (!at) return undefined;
  if (at.other !== undefined) return otherHelp(model, at.object, at.other);
  return at.field ? { title: at.field.name, lines: fieldLines(at.field, model), field: at.field } : bodyHelp(model);
}

/** The field that stands at a JSON pointer of a body, or in whose list or map it stands. */
export const fieldAt = (model: BodyModel, pointer: string): Field | undefined => locate(model, pointer)?.field;

/** The object that a JSON pointer leads into, and its field there; `other` is a name that the object does not have. */
function locate(
  model: ObjectModel,
  pointer: string,
):
  | { readonly object: ObjectModel; readonly field?: Field; readonly other?: undefined }
  | { readonly object: ObjectModel; readonly field?: undefined; readonly other: string }
  | undefined {
  let object = model;
  let field: Field | undefined;
  const segments = pointerSegments(pointer);
  for (const [i, segment] of segments.entries()) {
    const isLast = i === segments.length - 1;
    if (field?.type.endsWith('[]') && /^\d+$/.test(segment)) continue;
    if (field?.type === 'map<string,string>' && isLast) break;
    if (field && !field.object) return undefined;
    object = field?.object ?? object;
    field = fieldNamed(object, segment);
    if (!field) return isLast ? { object, other: segment } : undefined;
  }
  return field ? { object, field } : { object };
}

function bodyHelp(model: BodyModel): FieldHelp {
  const lines: HelpLine[] = [{ kind: 'meaning', text: [model.meaning] }];
  if (model.oneOf?.only) lines.push({ kind: 'with', text: ['Exactly one of ', ...listOf(model.oneOf.names), '.'] });
  else if (model.oneOf) lines.push({ kind: 'with', text: ['At least one of ', ...listOf(model.oneOf.names), '.'] });
  if (model.example !== undefined) lines.push({ kind: 'example', text: ['Example: ', code(JSON.stringify(model.example))] });
  return { title: model.name, lines: [...lines, sourceLine(model)] };
}

function otherHelp(model: BodyModel, object: ObjectModel, name: string): FieldHelp | undefined {
  const foreign = foreignField(object, name);
  if (foreign)
    return {
      title: name,
      lines: [
        { kind: 'meaning', text: [`“${name}” is not a field of this operation. Those who write it mean ${foreign.meant}.`] },
        { kind: 'note', text: [foreign.instead] },
        ...(foreign.becomes ? [{ kind: 'note' as const, text: [`When converted: ${lowered(foreign.becomes)}`] }] : []),
        sourceLine(model),
      ],
    };
  if (!object.answerOnly?.includes(name)) return undefined;
  return {
    title: name,
    lines: [{ kind: 'meaning', text: [`${object.name} has it in answers. No source says that this request reads it.`] }, sourceLine(model)],
  };
}

function fieldLines(field: Field, model: BodyModel): HelpLine[] {
  const lines: HelpLine[] = [{ kind: 'meaning', text: [field.meaning] }];
  if (field.note) lines.push({ kind: 'note', text: [field.note] });
  if (field.required) lines.push({ kind: 'with', text: ['It has to be there.'] });
  if (field.destination) lines.push({ kind: 'with', text: ['One of the destinations: a request has exactly one.'] });
  if (field.onlyWith) lines.push({ kind: 'with', text: ['Only matters together with ', code(field.onlyWith), '.'] });
  if (field.goesWith) lines.push({ kind: 'with', text: ['Goes with ', ...listOf(field.goesWith), '.'] });
  if (field.requires) lines.push({ kind: 'requires', text: [field.requires] });
  lines.push({ kind: 'type', text: ['Type ', code(field.type), ...details(field), '.'] });
  lines.push({ kind: 'example', text: ['Example: ', code(JSON.stringify(field.example))] });
  return [...lines, sourceLine(model, field.since)];
}

function details({ format, idOf, unit, values, type }: Field): HelpText {
  const text: (string | { readonly code: string })[] = [];
  const each = type.endsWith('[]') ? 'each ' : '';
  if (format === 'guid') text.push(`, ${each}the id of a ${idOf ? ID_WORDS[idOf] : 'thing'} (a GUID)`);
  if (format === 'phone') text.push(`, ${each}a phone number in E.164`);
  if (format === 'country') text.push(', a country in two letters (ISO 3166-1)');
  if (type === 'date-time') text.push(', a time in ISO 8601 with its zone');
  if (type === 'int32') text.push(', a whole number from -2147483648 to 2147483647');
  if (unit) text.push(`, in ${unit}`);
  if (values) text.push(': ', ...listOf(values));
  return text;
}

/** What somebody has to fill in at a field. @param inside whether at an item of its list or a value of its map */
export function belongsIn(field: Field, inside: boolean): string {
  const { format, idOf, values } = field;
  if (format === 'guid') return `the id of a ${idOf ? ID_WORDS[idOf] : 'thing'} (a GUID)`;
  if (format === 'phone') return 'a phone number in E.164, as in +13175550142';
  if (format === 'country') return 'a country in two letters (ISO 3166-1)';
  if (values) return plainText(listOf(values));
  return inside && !field.object ? 'a string' : typeInWords(field);
}

/** How ids are spoken of. */
export const ID_WORDS: Readonly<Record<IdKind, string>> = {
  user: 'user',
  queue: 'queue',
  skill: 'skill',
  language: 'language skill',
  'external-contact': 'contact',
  conversation: 'conversation',
  participant: 'participant',
  'wrap-up-code': 'wrap-up code',
  script: 'script',
};

const sourceLine = (model: BodyModel, since?: string): HelpLine => ({
  kind: 'source',
  text: [`${since ? `Since ${since}. ` : ''}Source: ${model.source}, ${model.asOf}`],
});

/** "a", "a or b", "a, b or c". */
export const listOf = (names: readonly string[]): HelpText =>
  names.flatMap((name, i) => (i === 0 ? [code(name)] : [i === names.length - 1 ? ' or ' : ', ', code(name)]));

const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

/** The text of a line, without telling what of it is code. */
export const plainText = (text: HelpText): string => text.map((part) => (typeof part === 'string' ? part : part.code)).join('');

/** What a value of a field has to be, in words. */
export function typeInWords({ type, object }: Field): string {
  if (object) return type.endsWith('[]') ? 'a list of objects' : 'an object';
  return TYPES[type] ?? type;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  boolean: 'true or false',
  int32: 'a whole number',
  'date-time': 'a string with a time',
  'string[]': 'a list of strings',
  'map<string,string>': 'an object whose values are strings',
};
