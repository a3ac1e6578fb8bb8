import type { MappedText, SourceEdit } from '../exchange/mappedText.js';
import type { Region, RegionHeader } from '../exchange/region.js';
import { TOKEN_VARIABLE } from '../exchange/writeCurl.js';
import type { Operations } from '../platform/operations.js';
import { type Completion, sortKey } from './completion.js';
import type { Place } from './place.js';
import { isForPlatform, isTokenRequest } from './urlHelp.js';
import { writeAt } from './writeAt.js';
import type { WrittenCall } from './writtenCall.js';

const NAMES: Readonly<Record<string, string>> = { Authorization: 'Bearer and a token', 'Content-Type': 'the type of the body' };

/** Names and values of headers that the API wants and that are not there yet. */
export function completeHeader(
  source: string,
  call: WrittenCall,
  place: Extract<Place, { part: 'header-name' | 'header-value' }>,
  offset: number,
  operations: Operations,
): Completion[] {
  if (!isForPlatform(call, operations)) return [];
  const { header, text } = place;
  if (place.part === 'header-name') {
    return Object.entries(NAMES).flatMap(([name, detail], index) => {
      const isThere = call.region.headers.some((h) => h !== header && h.name.text.toLowerCase() === name.toLowerCase());
      const edit = isThere ? undefined : writeAt(source, text, 0, text.text.length, name);
      return edit ? [completion(name, edit, detail, index)] : [];
    });
  }
  switch (header.name.text.toLowerCase()) {
    case 'content-type': {
      const type = isTokenRequest(call, operations) ? 'application/x-www-form-urlencoded' : 'application/json';
      const edit = writeValue(source, text, offset, type);
      return edit ? [completion(type, edit, 'the type of the body', 0)] : [];
    }
    case 'authorization': {
      const token = isTokenRequest(call, operations) ? undefined : bearer(source, call.region, header, offset);
      return token
        ? [
            {
              ...completion(token.label, token.edit, 'a token from a variable', 0),
              filter: source.slice(token.edit.start, Math.max(token.edit.start, offset)) + token.label,
            },
          ]
        : [];
    }
    default:
      return [];
  }
}

const completion = (label: string, edit: SourceEdit, detail: string, index: number): Completion => ({
  label,
  kind: 'header',
  from: 'model',
  edit,
  filter: edit.newText,
  detail,
  documentation: [],
  sort: sortKey(1, index),
});

/** The variable of a shell that holds the token, as it is named in double quotes there. */
const VARIABLES = { posix: `$${TOKEN_VARIABLE}`, powershell: `$env:${TOKEN_VARIABLE}`, cmd: `%${TOKEN_VARIABLE}%` } as const;

/** Instead of the whole value; of one that is empty, where the cursor is. */
const writeValue = (source: string, value: MappedText, offset: number, text: string): SourceEdit | undefined =>
  offset > value.span.end ? { start: offset, end: offset, newText: text } : writeAt(source, value, 0, value.text.length, text);

/** `Bearer` with what the form fills in when it is run; single quotes, in which nothing is filled, become double ones. */
function bearer(
  source: string,
  region: Region,
  { name, value }: RegionHeader,
  offset: number,
): { readonly label: string; readonly edit: SourceEdit } | undefined {
  if (region.form !== 'curl') {
    const label = 'Bearer {{token}}';
    const edit = writeValue(source, value, offset, label);
    return edit && { label, edit };
  }
  const { shell = 'posix' } = region;
  const label = `Bearer ${VARIABLES[shell]}`;
  const { start } = name.span;
  const { end } = value.span;
  const quote = source[start - 1];
  if (quote === '"' && source[start - 2] !== '$') {
    const at = offset > end ? { start: offset, end: offset } : value.span;
    return { label, edit: { start: at.start, end: at.end, newText: label } };
  }
  if (quote !== "'" || shell === 'cmd' || !/^[\w-]+$/.test(name.text)) return undefined;
  const from = start - (source[start - 2] === '$' && shell === 'posix' ? 2 : 1);
  const close = /^[ \t]*'/.exec(source.slice(end, end + 20))?.[0].length ?? 0;
  return { label, edit: { start: from, end: end + close, newText: `"${name.text}: ${label}"` } };
}
