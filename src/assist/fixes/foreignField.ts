import { getNodeValue } from 'jsonc-parser';
import { shellVariables } from '../../exchange/shellVariables.js';
import type { Field, ObjectModel } from '../../platform/bodies/bodyModel.js';
import { checkBody, fieldNamed } from '../../platform/bodies/checkBody.js';
import { CREATE_CALL } from '../../platform/bodies/createCallRequest.js';
import { foreignField } from '../../platform/foreignFields.js';
import { isRecord } from '../../platform/json.js';
import { pointerSegments } from '../../platform/pointer.js';
import type { Fix } from '../fix.js';
import { type MemberPlace, memberOf, membersEdit, nameOfMember } from './bodyPlace.js';
import { conversionOf, convertWhole, memberFor, noteOf } from './conversion.js';
import { removeMember, renameEdit } from './fields.js';
import { type BrokenCall, type Fixer, fixOf } from './fixer.js';
import { endOf } from './jsonLayout.js';
import { rebuildObject, type WantedMember } from './rebuildObject.js';
import { requestEdits } from './requestEdits.js';

/** A field of forum answers or of another platform: converted with all of the request, or alone, or left out. */
export const foreign: Fixer = function* (broken) {
  const { written, call, problem } = broken;
  const place = memberOf(call, problem);
  if (!place) return;
  const whole = convertWhole(written, call);
  const alone = call.model === CREATE_CALL ? convertAlone(broken, place) : becomesAnother(broken, place);
  yield whole;
  yield alone && (whole ? alone : { ...alone, preferred: true });
  yield removeMember(broken, place, !whole && !alone);
};

/** What the whole conversion does with one field, and nothing else of it. */
function convertAlone({ written, call }: BrokenCall, { name, member, object }: MemberPlace): Fix | undefined {
  const conversion = conversionOf(call);
  if (!conversion || object !== conversion.root) return undefined;
  const { converted, root } = conversion;
  const own = converted.notes.filter((n) => pointerSegments(n.pointer)[0] === name);
  const targets = [...new Set(own.flatMap((n) => (n.kind === 'moved' && n.to !== undefined ? [n.to] : [])))];
  if (targets.length === 0) return undefined;
  const text = call.region.body?.text ?? '';
  const fields = [...new Set(targets.filter((t) => t !== 'path').map((t) => pointerSegments(t)[0] ?? ''))];
  const taken = new Set((root.children ?? []).map(nameOfMember));
  const wanted = (field: string): WantedMember => memberFor(text, root, field, converted.body[field]);
  const members = (root.children ?? []).flatMap((m): WantedMember[] => {
    if (m === member) return fields.filter((f) => !taken.has(f)).map(wanted);
    const old = nameOfMember(m);
    return [fields.includes(old) ? wanted(old) : m];
  });
  const change = {
    ...(targets.includes('path') ? { path: converted.path, method: converted.method } : {}),
    body: rebuildObject(text, root, members),
    variables: shellVariables(call.region),
  };
  const into = [...fields, ...(targets.includes('path') ? ['the path: POST …/calls/user/{userId}'] : [])].join(' and ');
  return fixOf(`Move “${name}” into ${into}`, requestEdits(written, call, change), { notes: own.flatMap(noteOf) });
}

/** The field of another body that takes its value, where it takes it as it is or in a list or object around it. */
function becomesAnother(broken: BrokenCall, place: MemberPlace): Fix | undefined {
  const { call } = broken;
  const { model, object, member, name } = place;
  const target = model && foreignField(model, name)?.field;
  const field = target === undefined ? undefined : fieldNamed(model as ObjectModel, target);
  if (!field || (object.children ?? []).some((m) => nameOfMember(m) === field.name)) return undefined;
  const value: unknown = getNodeValue(place.value);
  const shaped = shapes(name, value, field).find((v) => fitsIn(model as ObjectModel, field, v));
  if (shaped === undefined) return undefined;
  const title = `Move “${name}” into ${field.name}`;
  if (shaped === value) return fixOf(title, [renameEdit(broken, place, field.name)]);
  const text = call.region.body?.text ?? '';
  const list = Array.isArray(shaped) && shaped[0] === value ? { source: `[${text.slice(place.value.offset, endOf(place.value))}]` } : {};
  const members = (object.children ?? []).map((m) => (m === member ? { name: field.name, value: shaped, ...list } : m));
  return fixOf(title, [membersEdit(call, object, members)]);
}

/** What a value may look like in a field: as it is, in a list, as the id or address of what the field holds. */
function shapes(name: string, value: unknown, field: Field): unknown[] {
  const id = isRecord(value) ? value['id'] : value;
  const own = field.object?.fields.map((f) => f.name) ?? [];
  const inside = own.includes(name) ? name : own.includes('address') ? 'address' : own[0];
  const object = inside === undefined ? [] : [{ [inside]: id }];
  return [value, [value], ...object, ...object.map((o) => [o])];
}

/** Whether a field takes a value, apart from what stands beside it and from placeholders. */
function fitsIn({ name }: ObjectModel, field: Field, value: unknown): boolean {
  const alone = { name, fields: [field], operations: [], meaning: '', source: '', asOf: '' };
  return checkBody({ [field.name]: value }, alone).every((p) => p.kind === 'without-queue' || p.kind === 'not-an-id');
}
