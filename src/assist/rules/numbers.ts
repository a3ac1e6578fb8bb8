import type { Node } from 'jsonc-parser';
import { placeholdersInValue } from '../../exchange/placeholders.js';
import type { Field, ObjectModel } from '../../platform/bodies/bodyModel.js';
import { fieldNamed } from '../../platform/bodies/checkBody.js';
import { readDialable } from '../../platform/dialable.js';
import { isGuid } from '../../platform/guid.js';
import { correctNumber } from '../../platform/numbers.js';
import type { Problem } from '../problem.js';
import { pointerOf } from '../writtenCall.js';
import { problem, type Rule, type Subject } from './rule.js';
import { shown } from './shown.js';

const SOURCE = 'ITU-T E.164 and the numbering plans of libphonenumber';
/** So many numbers are looked at: more than any call has, and few enough for each letter that is typed. */
const MOST_NUMBERS = 500;

/** bad-number, not-dialled, and ids where a number is wanted. Also numbers in fields that the operation does not have. */
export const numbers: Rule = function* (subject) {
  const { call, body } = subject;
  const { tree, model } = call;
  if (body !== 'json' || !tree || !model) return;
  let left = MOST_NUMBERS;
  for (const { value, field } of phonesIn(tree, model)) {
    if (--left < 0) return;
    const found = judged(subject, value, field);
    if (found) yield found;
  }
};

interface Phone {
  readonly value: Node;
  /** Absent where it stands in a field that is not known. */
  readonly field?: Field;
}

function* phonesIn(node: Node, model: ObjectModel): Generator<Phone> {
  if (node.type !== 'object') return;
  for (const member of node.children ?? []) {
    const [name, value] = member.children ?? [];
    if (!name || !value) continue;
    const field = fieldNamed(model, String(name.value));
    if (!field) yield* inForeign(value);
    else if (field.format === 'phone') {
      for (const item of value.type === 'array' ? (value.children ?? []) : [value]) if (item.type === 'string') yield { value: item, field };
    } else if (field.object) {
      for (const item of value.type === 'array' ? (value.children ?? []) : [value]) yield* phonesIn(item, field.object);
    }
  }
}

const LIKE_NUMBER = /^\+[\d ().-]{4,30}$/;

function* inForeign(root: Node): Generator<Phone> {
  const rest = [root];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (node.type === 'string' && LIKE_NUMBER.test(node.value as string)) yield { value: node };
    for (const child of node.children ?? []) rest.push(child);
  }
}

function judged({ call }: Subject, node: Node, field: Field | undefined): Problem | undefined {
  const value = node.value as string;
  if (value === '' || /^sips?:|@/i.test(value) || verdictOf(value) === 'fine' || placeholdersInValue(value).length > 0) return undefined;
  const more = { call, pointer: pointerOf(node), source: SOURCE };
  const range = call.rangeOf(node);
  if (field && isGuid(value.trim())) {
    const instead = field.name === 'phoneNumber' ? ' The id of a user goes into callUserId, that of a queue into callQueueId.' : '';
    return problem('wrong-id-kind', 'error', `${field.name} takes a phone number, not an id.${instead}`, range, more);
  }
  const isShown = field?.name === 'callerId';
  const dialable = readDialable(value);
  // What is shown to the person called is not dialled.
  if (dialable.kind === 'refused') return isShown ? undefined : problem('not-dialled', 'error', dialable.problem, range, more);
  if (isShown && /[a-z]/i.test(value)) return undefined;
  const corrected = correctNumber(value);
  if (corrected.kind === 'number') {
    const message = `${shown(value)} is not in E.164: write ${corrected.e164}. Whether the platform takes it as it stands is not verified.`;
    return corrected.e164 === value ? undefined : problem('bad-number', 'warning', message, range, more);
  }
  const isNational = /^[\d\s().-]+$/.test(value);
  const hint = isNational ? ' Whether the platform can dial it without is not verified.' : '';
  return problem('bad-number', isNational ? 'warning' : 'error', corrected.problem + hint, range, more);
}

/** Numbers that were fine before: the same ones are looked at for each letter that is typed. */
const FINE = /* @__PURE__ */ new Set<string>();
const MOST_REMEMBERED = 2000;

function verdictOf(value: string): 'fine' | 'unknown' {
  if (FINE.has(value)) return 'fine';
  if (!/^\+[1-9]\d{6,14}$/.test(value) || readDialable(value).kind !== 'number') return 'unknown';
  if (FINE.size >= MOST_REMEMBERED) FINE.clear();
  FINE.add(value);
  return 'fine';
}
