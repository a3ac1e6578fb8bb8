import { getNodeValue, type Node } from 'jsonc-parser';
import type { MappedText } from '../../exchange/mappedText.js';
import { placeholdersInValue } from '../../exchange/placeholders.js';
import type { Field } from '../../platform/bodies/bodyModel.js';
import { type BodyProblem, checkBody } from '../../platform/bodies/checkBody.js';
import { typeInWords } from '../../platform/bodies/fieldHelp.js';
import { foreignField } from '../../platform/foreignFields.js';
import { isGuid } from '../../platform/guid.js';
import { pointerSegments } from '../../platform/pointer.js';
import type { Problem } from '../problem.js';
import { pointerOf } from '../writtenCall.js';
import { idProblem } from './ids.js';
import { bodyStart, problem, type Rule, type Subject } from './rule.js';
import { shown } from './shown.js';

const NOT_VERIFIED = 'What the platform does with fields that it does not know is not verified.';
/** Examples of Pact that are matchers, not values. */
const MATCHERS = /"(?:pact:matcher:type|json_class|Pact::\w+)"/;

/** What the model of the operation says of the body. */
export const fields: Rule = function* (subject) {
  const { call, body } = subject;
  const { model, tree } = call;
  const written = call.region.body;
  if (!model || body !== 'json' || !tree || !written || MATCHERS.test(written.text)) return;
  const source = `${model.source}, ${model.asOf}`;
  const value: unknown = getNodeValue(tree);
  for (const found of checkBody(value, model)) {
    const mapped = mapOne(subject, found, tree, written);
    if (mapped) yield { ...mapped, pointer: found.pointer, source };
  }
  yield* callsOneself(subject, tree, source);
};

function mapOne(subject: Subject, found: BodyProblem, tree: Node, written: MappedText): Problem | undefined {
  const { call } = subject;
  const model = call.model as NonNullable<typeof call.model>;
  const segments = pointerSegments(found.pointer);
  const member = memberAt(tree, segments);
  const value = member?.value ?? tree;
  // What a placeholder stands for is not known; that it is one is told by itself.
  if (segments.length > 0 && typeof value.value === 'string' && found.kind !== 'unknown-field' && placeholdersInValue(value.value).length > 0) return undefined;
  const atName = call.rangeOf(member?.name ?? value);
  const atValue = call.rangeOf(value);
  const isHalf = call.errors.length > 0;
  switch (found.kind) {
    case 'not-an-object':
      return tree.type === 'object' ? undefined : problem('not-an-object', 'error', `${model.name} is a JSON object: {…}.`, bodyStart(written), { call });
    case 'no-body':
      return problem('unneeded-body', 'warning', `${call.operation?.method} ${call.operation?.path} takes no body.`, bodyStart(written), { call });
    case 'unknown-field':
      return unknownField(subject, found, segments.length === 1, atName);
    case 'answer-only':
      return problem('answer-only-field', 'information', `${shown(found.name)} is in answers. No source says that this request reads it.`, atName, { call });
    case 'wrong-type':
      return wrongType(subject, found.field, value);
    case 'no-destination':
    case 'none-of':
    case 'missing':
      return isHalf ? undefined : missing(subject, found, value);
    case 'several-destinations':
      return problem(
        'several-destinations',
        'error',
        `A call has one destination, and here are ${found.names.length}: ${found.names.join(', ')}. Keep one.`,
        atName,
        { call, related: others(subject, tree, found.names) },
      );
    case 'without-queue':
      if (isHalf) return undefined;
      return problem('needs-another-field', 'warning', `${found.field.name} does nothing without ${found.field.onlyWith}, which is not there.`, atName, {
        call,
      });
    case 'not-an-id':
      return idProblem(found.value, found.field.name, found.field.idOf, atValue, call);
    case 'not-a-value':
      return problem('bad-value', 'error', `${shown(found.value)} is no value of ${found.field.name}: ${found.field.values?.join(', ')}.`, atValue, { call });
    case 'not-a-time':
      return problem('bad-value', 'error', `${shown(found.value)} is no time: write it as in 2026-11-22T14:30:00.000Z.`, atValue, { call });
    case 'empty-list':
      return problem('bad-value', 'information', `${found.field.name} is empty: it says nothing.`, atValue, { call });
  }
}

function unknownField({ call }: Subject, { name, nearest }: Extract<BodyProblem, { kind: 'unknown-field' }>, isTop: boolean, range: Problem['range']): Problem {
  const model = call.model as NonNullable<typeof call.model>;
  const foreign = isTop ? foreignField(model, name) : undefined;
  if (foreign)
    return problem(
      'foreign-field',
      'warning',
      `“${name}” is not a field of this operation. Those who write it mean ${foreign.meant}. ${foreign.instead}`,
      range,
      { call },
    );
  if (placeholdersInValue(name).length > 0) return problem('unknown-field', 'warning', `${shown(name)} is not the name of a field.`, range, { call });
  const nearer = nearest === undefined ? '' : ` Is ${nearest} meant?`;
  return problem('unknown-field', 'warning', `${shown(name)} is not a field of ${isTop ? model.name : 'this object'}.${nearer} ${NOT_VERIFIED}`, range, {
    call,
  });
}

/** A number or truth value may be read as the text that it is; an object or a list may not. */
function wrongType({ call }: Subject, field: Field, value: Node): Problem {
  const inside = value.type === 'object' || value.type === 'array' ? offender(field, value) : undefined;
  const at = inside ?? value;
  const isScalar = (node: Node): boolean => node.type === 'string' || node.type === 'number' || node.type === 'boolean';
  const wantsScalar = inside !== undefined || /^(?:string|int32|boolean|date-time)$/.test(field.type);
  const wanted = inside ? (field.object ? 'an object' : 'a string') : typeInWords(field);
  const where = inside ? `${value.type === 'array' ? 'Each item' : 'Each value'} of ${field.name}` : field.name;
  const lenient = isScalar(at) && wantsScalar && mayBeRead(field.type, at.value);
  return problem(
    'wrong-type',
    lenient ? 'warning' : 'error',
    `${where} is ${wanted}.${lenient ? ' Whether the platform takes this one is not verified.' : ''}`,
    call.rangeOf(at),
    {
      call,
    },
  );
}

/** Whether a scalar of another type says what the field takes: `"5"` is a whole number, `"high"` is none. */
function mayBeRead(type: string, value: unknown): boolean {
  if (type === 'int32') return /^\s*-?\d+(?:\.0+)?\s*$/.test(String(value)) || isUnfilled(value);
  if (type === 'boolean') return /^(?:true|false|0|1)$/i.test(String(value)) || isUnfilled(value);
  return true;
}

/** A placeholder may become anything. */
const isUnfilled = (value: unknown): boolean => typeof value === 'string' && placeholdersInValue(value).length > 0;

/** The first item or value that is not what the field has inside. */
function offender({ type, object }: Field, value: Node): Node | undefined {
  if (value.type === 'array' && type.endsWith('[]')) return value.children?.find((item) => item.type !== (object ? 'object' : 'string'));
  if (value.type === 'object' && type.startsWith('map')) return value.children?.map((p) => p.children?.[1]).find((v) => v !== undefined && v.type !== 'string');
  return undefined;
}

function missing({ call }: Subject, found: Extract<BodyProblem, { kind: 'no-destination' | 'none-of' | 'missing' }>, object: Node): Problem {
  const range = call.range(object.offset, object.offset + 1);
  if (found.kind === 'missing') return problem('missing-field', 'error', `${found.field.name} is missing, and has to be there.`, range, { call });
  if (found.kind === 'none-of') return problem('missing-field', 'warning', `One of ${list(found.names)} is needed, and none is there.`, range, { call });
  return problem('no-destination', 'error', `Nobody is called: name one destination, ${list(call.model?.oneOf?.names ?? [])}.`, range, { call });
}

const list = (names: readonly string[]): string => (names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`);

const others = ({ call }: Subject, tree: Node, names: readonly string[]): NonNullable<Problem['related']> =>
  names
    .filter((_, i) => i !== 1)
    .flatMap((name) => {
      const member = memberAt(tree, [name]);
      return member?.name ? [{ range: call.rangeOf(member.name), message: 'Another destination.' }] : [];
    });

/** calls-oneself: callUserId is who is called, not who calls (FACTS §1.1). */
function* callsOneself({ call }: Subject, tree: Node, source: string): Generator<Problem> {
  const caller = call.params['userId'];
  const member = memberAt(tree, ['callUserId']);
  if (caller === undefined || !member || typeof member.value.value !== 'string' || !isGuid(caller)) return;
  if (member.value.value.toLowerCase() !== caller.toLowerCase()) return;
  yield problem(
    'calls-oneself',
    'warning',
    'The agent in the path would call themselves: callUserId is the user who is called. For a number, use phoneNumber.',
    call.rangeOf(member.value),
    { call, pointer: '/callUserId', source },
  );
}

/** duplicate-field: readers of JSON keep one of both, mostly the last (RFC 8259 §4). */
export const duplicates: Rule = function* ({ call, body }) {
  if (body !== 'json' || !call.tree) return;
  const rest = [call.tree];
  for (let node = rest.pop(); node; node = rest.pop()) {
    const children = node.children ?? [];
    for (const child of children) {
      const value = child.type === 'property' ? child.children?.[1] : child;
      if (value?.children) rest.push(value);
    }
    if (node.type !== 'object' || children.length < 2) continue;
    for (const [name, before] of twice(children))
      yield problem(
        'duplicate-field',
        'warning',
        `${shown(String(name.value))} is there twice: which one counts depends on who reads it.`,
        call.rangeOf(name),
        {
          call,
          pointer: pointerOf(name.parent?.children?.[1] ?? name),
          related: [{ range: call.rangeOf(before), message: 'The first one.' }],
          source: 'RFC 8259 §4',
        },
      );
  }
};

/** The names that an object has already, each with the first one. */
function* twice(members: readonly Node[]): Generator<readonly [name: Node, before: Node]> {
  const seen = new Set<unknown>();
  for (const { children } of members) {
    const name = children?.[0];
    if (!name || seen.size < seen.add(name.value).size) continue;
    const first = members.find((m) => m.children?.[0]?.value === name.value)?.children?.[0];
    if (first) yield [name, first];
  }
}

/** The value at the names and indices of a pointer, and its name; of two with one name the last, which is what a reader keeps. */
export function memberAt(root: Node, segments: readonly string[]): { readonly name?: Node; readonly value: Node } | undefined {
  let found: { readonly name?: Node; readonly value: Node } | undefined;
  let node: Node | undefined = root;
  for (const segment of segments) {
    if (node?.type === 'array') {
      const item: Node | undefined = node.children?.[Number(segment)];
      found = item && { value: item };
    } else {
      const member: Node | undefined = node?.children?.findLast((p) => p.children?.[0]?.value === segment);
      const [name, value] = member?.children ?? [];
      found = name && { name, value: value ?? name };
    }
    if (!found) return undefined;
    node = found.value;
  }
  return found;
}
