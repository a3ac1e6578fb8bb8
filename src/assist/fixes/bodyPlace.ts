import type { Node } from 'jsonc-parser';
import type { SourceEdit } from '../../exchange/mappedText.js';
import type { Field, ObjectModel } from '../../platform/bodies/bodyModel.js';
import { fieldNamed } from '../../platform/bodies/checkBody.js';
import { fieldAt } from '../../platform/bodies/fieldHelp.js';
import { pointerSegments, pointerTo } from '../../platform/pointer.js';
import type { Problem } from '../problem.js';
import { parseBody, type WrittenCall } from '../writtenCall.js';
import { endOf } from './jsonLayout.js';
import { rebuildObject, type WantedMember } from './rebuildObject.js';

/** A member of an object in a body, and what the model knows of it. */
export interface MemberPlace {
  readonly object: Node;
  readonly member: Node;
  readonly name: string;
  readonly value: Node;
  /** Of the object. */
  readonly model: ObjectModel | undefined;
  readonly field: Field | undefined;
}

/** The node at a JSON pointer of a body. */
export function nodeAt(root: Node | undefined, pointer: string): Node | undefined {
  let node = root;
  for (const segment of pointerSegments(pointer)) {
    if (node?.type === 'array') node = node.children?.[Number(segment)];
    else if (node?.type === 'object') node = node.children?.findLast((m) => m.children?.[0]?.value === segment)?.children?.[1];
    else return undefined;
  }
  return node;
}

/** The object at a JSON pointer, and its model. */
export function objectAt(call: WrittenCall, pointer: string): { readonly object: Node; readonly model: ObjectModel | undefined } | undefined {
  const object = nodeAt(call.tree, pointer);
  if (object?.type !== 'object') return undefined;
  return { object, model: call.model && (pointer === '' ? call.model : fieldAt(call.model, pointer)?.object) };
}

/** The member that a problem is about: of several with its name, the one that is underlined. */
export function memberOf(call: WrittenCall, { pointer, range }: Pick<Problem, 'pointer' | 'range'>): MemberPlace | undefined {
  const name = pointer === undefined ? undefined : pointerSegments(pointer).at(-1);
  if (pointer === undefined || name === undefined) return undefined;
  const parent = objectAt(call, pointerTo(...pointerSegments(pointer).slice(0, -1)));
  const named = parent?.object.children?.filter((m) => m.children?.[0]?.value === name && m.children.length === 2) ?? [];
  const underlined = (m: Node): boolean => {
    const { start, end } = call.rangeOf(m);
    return start <= range.start && range.start < end;
  };
  const member = named.find(underlined) ?? named.at(-1);
  const value = member?.children?.[1];
  if (!parent || !member || !value) return undefined;
  return { ...parent, member, name, value, field: parent.model && fieldNamed(parent.model, name) };
}

export const nameOfMember = (member: Node): string => String(member.children?.[0]?.value);

/** The edit that makes a text of the body; nothing where it would read worse than before, or where it cannot be written. A record stays. */
export function bodyEdit(call: WrittenCall, text: string, variables: Iterable<string> = []): SourceEdit | undefined {
  const { body, form } = call.region;
  if (!body || form === 'har' || parseBody(text).errors.length > call.errors.length) return undefined;
  return body.edit(0, body.text.length, text, variables);
}

/** The edit that gives an object of the body other members. */
export function membersEdit(call: WrittenCall, object: Node, members: readonly WantedMember[]): SourceEdit | undefined {
  const text = call.region.body?.text;
  return text === undefined || text[endOf(object) - 1] !== '}' ? undefined : bodyEdit(call, rebuildObject(text, object, members));
}

/** The edit that leaves members out. */
export const withoutMembers = (call: WrittenCall, object: Node, gone: (member: Node) => boolean): SourceEdit | undefined =>
  membersEdit(
    call,
    object,
    (object.children ?? []).filter((m) => !gone(m)),
  );

/** The edit that sets a member: in the place of one with its name, or as the last. */
export function withMember(call: WrittenCall, object: Node, name: string, value: unknown): SourceEdit | undefined {
  const old: readonly WantedMember[] = object.children ?? [];
  const index = old.findLastIndex((m) => 'type' in m && nameOfMember(m) === name);
  const member = { name, value };
  return membersEdit(call, object, index < 0 ? [...old, member] : old.with(index, member));
}

/** The edit that writes JSON in the place of a node. */
export function valueEdit(call: WrittenCall, node: Node, value: unknown): SourceEdit | undefined {
  const text = call.region.body?.text ?? '';
  return bodyEdit(call, text.slice(0, node.offset) + JSON.stringify(value) + text.slice(endOf(node)));
}
