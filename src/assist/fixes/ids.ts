import { fieldAt } from '../../platform/bodies/fieldHelp.js';
import { isGuid } from '../../platform/guid.js';
import { correctNumber } from '../../platform/numbers.js';
import type { Fix } from '../fix.js';
import { type MemberPlace, memberOf, membersEdit, nameOfMember, nodeAt, valueEdit } from './bodyPlace.js';
import { removeMember } from './fields.js';
import { kindOfPicked, valueFor } from './fillValue.js';
import { type BrokenCall, type Fixer, fixOf, short } from './fixer.js';
import { fillParameter } from './placeholders.js';

/** Where a number goes that stands for an id, and an id that stands for a number. */
const FOR_NUMBER: Readonly<Record<string, string>> = {
  callUserId: 'phoneNumber',
  callQueueId: 'phoneNumber',
  callFromQueueId: 'callerId',
  userId: 'address',
  queueId: 'address',
};
const FOR_ID: Readonly<Record<string, readonly string[]>> = { phoneNumber: ['callUserId', 'callQueueId'], address: ['userId', 'queueId'] };

/** What is no id, or one of another kind: moved to the field that takes it, or what is picked in its place. */
export const wrongId: Fixer = function* (broken) {
  const { call, problem, values } = broken;
  const { pointer } = problem;
  if (pointer === undefined) {
    yield* fillParameter(broken);
    return;
  }
  const node = nodeAt(call.tree, pointer);
  const field = call.model && fieldAt(call.model, pointer);
  if (node?.type !== 'string' || !field) return;
  const value = (node.value as string).trim();
  const place = memberOf(call, problem);
  const moves = place ? [...movesOf(broken, place, value)] : [];
  yield* moves;
  const picked = valueFor(field, values);
  if (picked && picked.text !== value && !isGuid(value))
    yield fixOf(`Put the id of ${short(picked.shown)} there`, [valueEdit(call, node, picked.text)], { preferred: moves.length === 0 });
};

function* movesOf(broken: BrokenCall, place: MemberPlace, value: string): Generator<Fix> {
  const { name, model, object } = place;
  const isFree = (target: string): boolean =>
    model?.fields.some((f) => f.name === target) === true && !(object.children ?? []).some((m) => nameOfMember(m) === target);
  const { values } = broken;
  if (isGuid(value)) {
    const kind = kindOfPicked(value, values);
    for (const target of (FOR_ID[name] ?? []).filter(isFree)) {
      const of = model?.fields.find((f) => f.name === target)?.idOf;
      const fix = kind !== undefined && kind !== of ? undefined : moved(broken, place, target, value, kind === of);
      if (fix) yield fix;
    }
    return;
  }
  const target = FOR_NUMBER[name];
  if (target === undefined || !isFree(target) || !/^(?:tel:)?\+?[\d\s().-]{5,40}$/i.test(value)) return;
  const read = correctNumber(value, values.country);
  const fix = moved(broken, place, target, read.kind === 'number' ? read.e164 : value, true);
  if (fix) yield fix;
}

const moved = ({ call }: BrokenCall, { object, member, name }: MemberPlace, target: string, value: string, preferred: boolean): Fix | undefined =>
  fixOf(
    `Move it from ${name} to ${target}`,
    [
      membersEdit(
        call,
        object,
        (object.children ?? []).map((m) => (m === member ? { name: target, value } : m)),
      ),
    ],
    { preferred },
  );

/** callUserId is who is called: the agent in the path goes out of it. */
export const callsOneself: Fixer = function* (broken) {
  const place = memberOf(broken.call, broken.problem);
  if (!place) return;
  const { phoneNumber } = broken.values;
  const isCalled = (place.object.children ?? []).some((m) => nameOfMember(m) === 'phoneNumber');
  const number = phoneNumber === undefined || isCalled ? undefined : moved(broken, place, 'phoneNumber', phoneNumber, true);
  if (number) yield { ...number, title: `Call ${phoneNumber} instead: phoneNumber` };
  yield removeMember(broken, place, !number);
};
