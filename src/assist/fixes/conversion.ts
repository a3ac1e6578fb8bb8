import { getNodeValue, type Node, parseTree } from 'jsonc-parser';
import { shellVariables } from '../../exchange/shellVariables.js';
import { type ConvertedCall, convertCall } from '../../platform/conversion/convertCall.js';
import type { ConversionNote } from '../../platform/conversion/wishes.js';
import { isRecord } from '../../platform/json.js';
import { pointerSegments } from '../../platform/pointer.js';
import type { Fix } from '../fix.js';
import type { WrittenCall, WrittenText } from '../writtenCall.js';
import { nameOfMember } from './bodyPlace.js';
import { fixOf } from './fixer.js';
import { endOf } from './jsonLayout.js';
import { rebuildObject, type WantedMember } from './rebuildObject.js';
import { requestEdits } from './requestEdits.js';

/** A call whose body can be read, and what the platform's own request for it is. */
export interface Conversion {
  readonly root: Node;
  readonly converted: ConvertedCall;
}

/** What a call converts to; nothing where it places none, or where its body is no JSON. */
export function conversionOf(call: WrittenCall): Conversion | undefined {
  const { method, url } = call.region.request;
  const root = call.tree;
  if (root?.type !== 'object' || call.errors.length > 0 || call.region.joined) return undefined;
  const body: unknown = getNodeValue(root);
  const converted = isRecord(body) ? convertCall({ method, url, body }) : undefined;
  return converted && { root, converted };
}

const MOST_NOTES = 30;

/** The whole request as the platform knows it; nothing where it is one already. */
export function convertWhole(written: WrittenText, call: WrittenCall): Fix | undefined {
  const conversion = conversionOf(call);
  if (!conversion?.converted.notes.some((n) => n.kind !== 'missing')) return undefined;
  const { root, converted } = conversion;
  const text = call.region.body?.text ?? '';
  const names = Object.keys(converted.body);
  const members = names.map((name) => memberFor(text, root, name, converted.body[name]));
  const body = rebuildObject(text, root, keptInOrder(root, members));
  const edits = requestEdits(written, call, { method: converted.method, path: converted.path, body, variables: shellVariables(call.region) });
  const told = converted.notes.flatMap(noteOf);
  const more = told.length > MOST_NOTES ? [`${told.length - MOST_NOTES} more fields are left out.`] : [];
  const notes = [...told.slice(0, MOST_NOTES), ...more, ...matchingRules(written, call, converted)];
  return fixOf('Convert to the valid request', edits, { notes, preferred: true });
}

/** What a member of the new body is: the one that is there, where it says the same, or a new one with the value as it was written. */
export function memberFor(text: string, root: Node, name: string, value: unknown): WantedMember {
  const old = root.children?.findLast((m) => nameOfMember(m) === name && m.children?.length === 2);
  if (old && same(getNodeValue(old.children?.[1] as Node), value)) return old;
  const source = typeof value === 'string' || typeof value === 'number' ? sourceOf(text, root, value) : undefined;
  return source === undefined ? { name, value } : { name, value, source };
}

/** Members that are there stay in their order, where the new ones are put between. */
function keptInOrder(root: Node, members: readonly WantedMember[]): WantedMember[] {
  const wanted = new Set(members);
  const kept = (root.children ?? []).filter((m) => wanted.has(m));
  let next = 0;
  return members.map((m) => ('type' in m ? (kept[next++] as Node) : m));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** How a value is written where it stands: a placeholder outside of quotes stays there, a number keeps its digits. */
function sourceOf(text: string, node: Node, value: string | number): string | undefined {
  if (node.type === 'property') return node.children?.[1] && sourceOf(text, node.children[1], value);
  if (node.type !== 'object' && node.type !== 'array') return node.value === value ? text.slice(node.offset, endOf(node)) : undefined;
  for (const child of node.children ?? []) {
    const found = sourceOf(text, child, value);
    if (found !== undefined) return found;
  }
  return undefined;
}

const dotted = (pointer: string): string => `“${pointerSegments(pointer).join('.')}”`;

/** What had no counterpart, and what somebody may have meant otherwise. */
export function noteOf({ kind, pointer, to, text }: ConversionNote): string[] {
  if (kind === 'missing') return [text];
  if (kind === 'left-out') return [`${dotted(pointer)} is left out. ${text}`];
  if (to === 'path') return [`${dotted(pointer)} moves into the path. ${text}`];
  return to === '/callUserId' || to === '/callQueueId' ? [`${dotted(pointer)} becomes ${to.slice(1)}. ${text}`] : [];
}

/** Rules of a Pact file are left as they are, also those for what is gone. */
function matchingRules({ text }: WrittenText, { region }: WrittenCall, converted: ConvertedCall): string[] {
  if (region.form !== 'pact') return [];
  const request = parseTree(text.slice(region.span.start, region.span.end), [], { allowTrailingComma: true });
  const rules = request?.children?.find((m) => nameOfMember(m) === 'matchingRules')?.children?.[1];
  if (!rules) return [];
  const said = JSON.stringify(getNodeValue(rules));
  const gone = [...new Set(converted.notes.map((n) => pointerSegments(n.pointer)[0] ?? ''))].filter((name) => name !== '' && said.includes(name));
  const notes = gone.length > 0 ? [`The matching rules stay as they are: those for ${gone.join(', ')} match nothing now.`] : [];
  if (converted.path !== region.path?.text && /"path"|\$\.path/.test(said))
    notes.push('The matching rule for the path stays as it is: see whether it allows the new one.');
  return notes;
}
