import type { Node } from 'jsonc-parser';
import type { SourceEdit, SourceRange } from '../../exchange/mappedText.js';
import { quoteWord } from '../../exchange/quoting.js';
import type { RegionHeader } from '../../exchange/region.js';
import { pathOf } from '../../platform/operations.js';
import type { WrittenCall, WrittenText } from '../writtenCall.js';
import { nameOfMember } from './bodyPlace.js';
import { type Fixer, fixOf } from './fixer.js';
import { endOf } from './jsonLayout.js';
import { rebuildObject } from './rebuildObject.js';
import { documentEdit, optionAdded } from './requestEdits.js';
import { tokenValue } from './tokenValue.js';

/** The platform takes JSON: the header says so. */
export const wrongContentType: Fixer = function* ({ written, call }) {
  if (/^\/oauth\//.test(pathOf(call.region.request.url))) return;
  const there = headerOf(call, 'content-type')?.value;
  const edit = there ? there.edit(0, there.text.length, 'application/json') : headerAdded(written, call, 'Content-Type', 'application/json');
  yield fixOf(there ? 'Change the Content-Type to application/json' : 'Add the header Content-Type: application/json', [edit], { preferred: true });
};

/** The token as a variable: none is in the text. */
export const noToken: Fixer = function* ({ written, call }) {
  const token = tokenValue(call);
  if (!token) return;
  const there = headerOf(call, 'authorization')?.value;
  const value = `Bearer ${token.text}`;
  const edit = there ? there.edit(0, there.text.length, value, token.variables) : headerAdded(written, call, 'Authorization', value, new Set(token.variables));
  yield fixOf(`${there ? 'Send' : 'Add'} the token as the variable ${token.name}`, [edit], { preferred: true });
};

/** A header that the platform does not have. */
export const foreignHeader: Fixer = function* ({ written, call, problem }) {
  const header = call.region.headers.find(({ name }) => name.span.start <= problem.range.start && problem.range.start < name.span.end);
  if (header) yield fixOf(`Remove the header ${header.name.text.trim()}`, [headerRemoved(written, call, header)], { preferred: true });
};

const headerOf = ({ region }: WrittenCall, name: string): RegionHeader | undefined => region.headers.find((h) => h.name.text.trim().toLowerCase() === name);

/** The edit that adds a header as the form writes one, below the last. @param variables what of the value the shell is to fill in */
function headerAdded(written: WrittenText, call: WrittenCall, name: string, value: string, variables: ReadonlySet<string> = new Set()): SourceEdit | undefined {
  const { form, headers, url, shell } = call.region;
  if (form === 'curl') {
    const quoted = quoteWord(shell ?? 'posix', false, `${name}: ${value}`, variables);
    return quoted === undefined ? undefined : optionBehind(written, call, `-H ${quoted}`);
  }
  if (form === 'http') {
    const last = headers.at(-1)?.value.span.end ?? url?.span.end;
    return last === undefined ? undefined : lineBehind(written.text, last, `${name}: ${value}`);
  }
  return form === 'har' ? undefined : documentEdit(written, call, (request, source) => withHeader(request, source, name, value));
}

/** Below the last header, or behind the URL, in a line of its own where the command has several. */
export function optionBehind(written: WrittenText, call: WrittenCall, option: string): SourceEdit {
  const { text } = written;
  const { headers, url, span } = call.region;
  const header = headers.at(-1)?.value.word;
  if (header) {
    const before = text.slice(span.start, header.start);
    const gap = /([ \t]*[\\^`]?[ \t]*\r?\n[ \t>]*|[ \t]+)(?:(?:-H|--header)[ \t=]*)?$/.exec(before)?.[1] ?? ' ';
    return { start: header.end, end: header.end, newText: gap + option };
  }
  const word = url?.word;
  // In a sentence the mark at its end stands in the same word.
  if (!url || !word || !/^["'^]{0,2}$/.test(text.slice(url.span.end, word.end))) return optionAdded(written, call, option);
  const gap = /^[ \t]*[\\^`][ \t]*\r?\n[ \t>]*/.exec(text.slice(word.end, word.end + 200))?.[0] ?? ' ';
  return { start: word.end, end: word.end, newText: gap + option };
}

/** The edit that adds a line, or some, below the one that an offset is in. */
export function lineBehind(text: string, offset: number, line: string): SourceEdit {
  const next = text.indexOf('\n', offset);
  const end = next === -1 ? text.length : text[next - 1] === '\r' ? next - 1 : next;
  return { start: end, end, newText: `${text.includes('\r\n') ? '\r\n' : '\n'}${line}` };
}

/** The members of a request with one more header, in the form that the others have. */
function withHeader(request: Node, source: string, name: string, value: string) {
  const members = request.children ?? [];
  const member = members.find((m) => nameOfMember(m) === 'headers');
  const headers = member?.children?.[1];
  if (!member || !headers) return [...members, { name: 'headers', value: { [name]: value } }];
  const first = headers.children?.[0];
  if (headers.type === 'object') {
    const isList = first?.children?.[1]?.type === 'array';
    const inside = rebuildObject(source, headers, [...(headers.children ?? []), { name, value: isList ? [value] : value }]);
    const end = inside.length - (source.length - endOf(headers));
    return members.map((m) => (m === member ? { name: 'headers', value: undefined, source: inside.slice(headers.offset, end) } : m));
  }
  if (headers.type !== 'array') return undefined;
  const key = first?.children?.some((m) => nameOfMember(m) === 'key') ? 'key' : 'name';
  const item = JSON.stringify(first?.type === 'array' ? [name, value] : { [key]: name, value });
  const items = [...(headers.children ?? []).map((h) => source.slice(h.offset, endOf(h))), item];
  return members.map((m) => (m === member ? { name: 'headers', value: undefined, source: `[${items.join(', ')}]` } : m));
}

function headerRemoved(written: WrittenText, call: WrittenCall, header: RegionHeader): SourceEdit | undefined {
  const { text } = written;
  const { form } = call.region;
  if (form === 'curl') return header.value.word && optionRemoved(text, call, header.value.word, /(?:-H|--header)/);
  if (form === 'http') {
    const start = text.lastIndexOf('\n', header.name.span.start - 1) + 1;
    const next = text.indexOf('\n', header.value.span.end);
    return { start, end: next === -1 ? text.length : next + 1, newText: '' };
  }
  if (form === 'har') return undefined;
  return documentEdit(written, call, (request, source) => {
    const members = request.children ?? [];
    const member = members.find((m) => nameOfMember(m) === 'headers');
    const headers = member?.children?.[1];
    if (!member || headers?.type !== 'object') return undefined;
    const inside = rebuildObject(
      source,
      headers,
      (headers.children ?? []).filter((m) => nameOfMember(m) !== header.name.text),
    );
    return members.map((m) =>
      m === member ? { name: 'headers', value: undefined, source: inside.slice(headers.offset, inside.length - (source.length - endOf(headers))) } : m,
    );
  });
}

/** The edit that takes an option and its value out of a command, with the blanks or the line break before it. */
export function optionRemoved(text: string, { region }: WrittenCall, word: SourceRange, option: RegExp): SourceEdit | undefined {
  const before = text.slice(region.span.start, word.start);
  const glued = option.test(text.slice(word.start, word.start + 3));
  const found = new RegExp(`(?:[ \\t]*[\\\\^\`]?[ \\t]*\\r?\\n[ \\t>]*|[ \\t]+)${glued ? '' : `${option.source}[ \\t=]*`}$`).exec(before);
  return found ? { start: region.span.start + found.index, end: word.end, newText: '' } : undefined;
}
