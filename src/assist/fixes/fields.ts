import { getNodeValue, type Node } from 'jsonc-parser';
import type { Field, ObjectModel } from '../../platform/bodies/bodyModel.js';
import { isGiven, nearestField } from '../../platform/bodies/checkBody.js';
import type { Fix } from '../fix.js';
import { type MemberPlace, memberOf, membersEdit, nameOfMember, objectAt, withMember, withoutMembers } from './bodyPlace.js';
import { conversionOf, convertWhole } from './conversion.js';
import { valueFor } from './fillValue.js';
import { type BrokenCall, type Fixer, fixOf, short } from './fixer.js';
import { endOf } from './jsonLayout.js';

/** Leaves the member out that a problem is about. */
export const removeMember = ({ call }: BrokenCall, { object, member, name }: MemberPlace, preferred = false): Fix | undefined =>
  fixOf(`Remove “${short(name)}”`, [withoutMembers(call, object, (m) => m === member)], { preferred });

/** A misspelt field is renamed; any other is left out. */
export const unknownField: Fixer = function* (broken) {
  const place = memberOf(broken.call, broken.problem);
  if (!place) return;
  const nearest = place.model && nearestField(place.name, place.model);
  const isFree = nearest !== undefined && !(place.object.children ?? []).some((m) => nameOfMember(m) === nearest);
  const renamed = isFree ? fixOf(`Rename “${short(place.name)}” to ${nearest}`, [renameEdit(broken, place, nearest)], { preferred: true }) : undefined;
  yield renamed;
  yield removeMember(broken, place, !renamed);
};

/** Gives a member another name; its value stays as it is written. */
export function renameEdit({ call }: BrokenCall, { object, member, value }: MemberPlace, name: string) {
  const source = (call.region.body?.text ?? '').slice(value.offset, endOf(value));
  return membersEdit(
    call,
    object,
    (object.children ?? []).map((m) => (m === member ? { name, value: undefined, source } : m)),
  );
}

/** Leaves out what has no place there. */
export const superfluous: Fixer = function* (broken) {
  const place = memberOf(broken.call, broken.problem);
  if (place) yield removeMember(broken, place, true);
};

/** A call goes to one destination: the one that a field of another name means, the number that is picked, or one to be written over. */
export const noDestination: Fixer = function* ({ written, call, problem, values }) {
  const place = objectAt(call, problem.pointer ?? '');
  if (!place) return;
  const { phoneNumber, queue } = values;
  const field = place.model?.fields.find((f) => f.name === 'phoneNumber');
  if (!field) return;
  const meant = conversionOf(call)?.converted.body ?? {};
  const converted = place.model?.oneOf?.names.some((name) => isGiven(meant[name])) ? convertWhole(written, call) : undefined;
  yield converted;
  const notes = phoneNumber === undefined ? [EXAMPLE] : [];
  const number = phoneNumber ?? String(field.example);
  const preferred = !converted && (phoneNumber !== undefined || !queue);
  yield fixOf(`Add phoneNumber: ${number}`, [withMember(call, place.object, 'phoneNumber', number)], { notes, preferred });
  if (queue) yield fixOf(`Call the queue ${short(queue.name)}: add callQueueId`, [withMember(call, place.object, 'callQueueId', queue.id)]);
};

const EXAMPLE = 'The value is an example: write the one that is meant.';

/** Of several destinations one stays; which, nobody but the author knows. */
export const severalDestinations: Fixer = function* ({ call, problem }) {
  const place = memberOf(call, problem);
  const found = place ?? objectAt(call, problem.pointer ?? '');
  const only = found?.model?.oneOf?.names ?? [];
  const given = (found?.object.children ?? []).filter((m) => only.includes(nameOfMember(m)) && isGiven(m.children?.[1] && getNodeValue(m.children[1])));
  const names = [...new Set(given.map(nameOfMember))];
  if (!found || names.length < 2) return;
  for (const name of names) {
    const others = names.filter((n) => n !== name);
    const gone = (m: Node): boolean => others.includes(nameOfMember(m));
    yield fixOf(`Keep ${name}, remove ${others.join(', ')}`, [withoutMembers(call, found.object, gone)]);
  }
};

/** A field that does nothing alone: it goes, or what it needs is added. */
export const needsAnother: Fixer = function* (broken) {
  const place = memberOf(broken.call, broken.problem);
  const needed = place?.field?.onlyWith;
  if (!place || needed === undefined) {
    yield* missingField(broken);
    return;
  }
  const { call, values } = broken;
  const beside = (place.object.children ?? []).filter((m) => isGiven(m.children?.[1] && getNodeValue(m.children[1]))).map(nameOfMember);
  const isTaken = place.model?.oneOf?.only === true && place.model.oneOf.names.some((name) => beside.includes(name));
  const field = place.model?.fields.find((f) => f.name === needed);
  const value = field && valueFor(field, values);
  const added =
    value && !isTaken ? fixOf(`Add ${needed}: ${short(value.shown)}`, [withMember(call, place.object, needed, value.text)], { preferred: true }) : undefined;
  yield added;
  yield removeMember(broken, place, !added);
};

/** Adds what an object cannot do without. */
export const missingField: Fixer = function* ({ call, problem, values }) {
  const place = objectAt(call, problem.pointer ?? '');
  if (!place?.model) return;
  const fields = missingIn(place.object, place.model);
  const named = fields.filter((f) => new RegExp(`(?<!\\w)${f.name}(?!\\w)`).test(problem.message));
  const wanted = named.length > 0 ? named : fields;
  for (const field of wanted) {
    const found = valueFor(field, values);
    const isList = field.type.endsWith('[]');
    const value = found ? (isList ? [found.text] : found.text) : field.example;
    const title = `Add ${field.name}${found ? `: ${short(found.shown)}` : ''}`;
    yield fixOf(title, [withMember(call, place.object, field.name, value)], { notes: found ? [] : [EXAMPLE], preferred: wanted.length === 1 });
  }
};

/** The fields of which an object needs each, or one. */
function missingIn(object: Node, model: ObjectModel): Field[] {
  const given = new Set((object.children ?? []).filter((m) => isGiven(m.children?.[1] && getNodeValue(m.children[1]))).map(nameOfMember));
  const { oneOf } = model;
  const none = oneOf && ![...oneOf.names, ...(oneOf.orElse ?? [])].some((name) => given.has(name));
  return model.fields.filter((f) => !given.has(f.name) && (f.required || (none && oneOf.names.includes(f.name))));
}
