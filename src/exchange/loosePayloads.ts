import { parseTree } from 'jsonc-parser';
import { CREATE_CALL } from '../platform/bodies/createCallRequest.js';
import { FOREIGN_FIELDS } from '../platform/foreignFields.js';
import type { SourceRange } from './mappedText.js';

/** Names of which one says that somebody calls or is called. */
const PARTIES: ReadonlySet<string> = new Set([
  'phoneNumber',
  'callUserId',
  'callQueueId',
  'participants',
  'conversationIds',
  'to',
  'from',
  'ownerId',
  'agentId',
]);
const KNOWN: ReadonlySet<string> = new Set([...CREATE_CALL.fields.map((f) => f.name), ...FOREIGN_FIELDS.keys()]);

/** Whether a text speaks of placing calls on the platform: only then a body without a request is one of a call. */
export const speaksOfCalls = (text: string): boolean => text.includes('/conversations/calls');

/** Whether a JSON object reads as the body of a call request: it names a party, and most of its names are those of the model or of folklore. */
export function isCallBody(json: string): boolean {
  const tree = parseTree(json, [], { allowTrailingComma: true });
  if (tree?.type !== 'object') return false;
  const names = (tree.children ?? []).map((member) => String(member.children?.[0]?.value ?? ''));
  return names.some((name) => PARTIES.has(name)) && names.filter((name) => KNOWN.has(name)).length * 2 > names.length;
}

const OBJECT = /^[ \t]{0,40}\{/gm;

/**
 * Where bodies of call requests stand alone in a note, as in the answers of a forum: objects that begin a line. What is inside of
 * `taken` is left alone. One pass: where an object never ends, nothing after it is looked at.
 * @param taken in order, apart from each other
 */
export function* loosePayloads(text: string, taken: readonly SourceRange[]): Generator<SourceRange> {
  if (!speaksOfCalls(text)) return;
  let next = 0;
  OBJECT.lastIndex = 0;
  for (let match = OBJECT.exec(text); match; match = OBJECT.exec(text)) {
    const start = match.index + match[0].length - 1;
    while (next < taken.length && (taken[next] as SourceRange).end <= start) next++;
    const around = taken[next];
    if (around && around.start <= start) {
      OBJECT.lastIndex = around.end;
      continue;
    }
    const end = endOfObject(text, start, around?.start ?? text.length);
    if (end === undefined) {
      if (!around) return;
      OBJECT.lastIndex = around.end;
      continue;
    }
    if (isCallBody(text.slice(start, end))) yield { start, end };
    OBJECT.lastIndex = end;
  }
}

/** After the brace that closes the object; nothing where it is not closed before `limit`. */
function endOfObject(text: string, start: number, limit: number): number | undefined {
  const token = /["{}]/g;
  token.lastIndex = start;
  let depth = 0;
  for (let m = token.exec(text); m && m.index < limit; m = token.exec(text)) {
    if (m[0] === '{') depth++;
    else if (m[0] === '}' && --depth === 0) return m.index + 1;
    else if (m[0] === '"') {
      const string = /"(?:[^"\\\n]|\\.)*"?/y;
      string.lastIndex = m.index;
      token.lastIndex = m.index + (string.exec(text)?.[0].length ?? 1);
    }
  }
  return undefined;
}
