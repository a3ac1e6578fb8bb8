import { MappedText } from '../exchange/mappedText.js';
import { METHODS } from '../platform/operationIndex.js';
import type { Operations } from '../platform/operations.js';
import { type Completion, sortKey } from './completion.js';
import type { FillValues } from './fix.js';
import { completeUrl } from './urlCompletions.js';
import type { WrittenText } from './writtenCall.js';

const METHOD = [...METHODS].join('|');
const REQUEST_LINE = new RegExp(`^[ \\t]*(?:${METHOD})[ \\t]+\\S`, 'i');
const NO_URL = new RegExp(`^[ \\t]*(${METHOD})[ \\t]+$`, 'i');
/** Lines of a .http file that are looked at above one: as many as a request has before its body. */
const MOST_LINES = 100;

/** What fits in a line of a .http file that is no request or header yet: a method, the URL behind it, the name of a header. */
export function completeHttpLine({ text, hint }: WrittenText, offset: number, operations: Operations, values: FillValues): Completion[] {
  if (!/^(?:http|rest)$/.test(hint.languageId ?? '') && !/\.(?:http|rest)$/i.test(hint.fileName ?? '')) return [];
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(start, offset);
  const rest = /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? '';
  if (rest.trim() !== '') return [];
  const method = NO_URL.exec(line)?.[1];
  if (method !== undefined) {
    const api = values.api ?? '{{api}}';
    const paths = completeUrl({ source: '/', url: MappedText.plain('/', 0, 1), at: 1, offset: 1, method: method.toUpperCase() }, operations, values);
    return paths.map((path) => {
      const newText = api + path.edit.newText;
      return { ...path, edit: { start: offset, end: offset, newText }, filter: newText };
    });
  }
  const word = /^[ \t]*([\w-]*)$/.exec(line)?.[1];
  if (word === undefined) return [];
  const from = offset - word.length;
  const inHeaders = isBelowRequestLine(text, start);
  const offered = inHeaders ? HEADERS : [...METHODS].map((name): [string, string] => [`${name} `, 'method']);
  return offered.map(([newText, detail], index) => ({
    label: newText.trim(),
    kind: inHeaders ? 'header' : 'operation',
    from: 'model',
    edit: { start: from, end: offset, newText },
    filter: newText,
    detail,
    documentation: [],
    sort: sortKey(1, index),
  }));
}

const HEADERS: readonly (readonly [text: string, detail: string])[] = [
  ['Authorization: Bearer {{token}}', 'a token from a variable'],
  ['Content-Type: application/json', 'the type of the body'],
];

/** Whether a line stands among the headers of a request. */
function isBelowRequestLine(text: string, start: number): boolean {
  let end = start - 1;
  for (let n = 0; n < MOST_LINES && end > 0; n++) {
    const begin = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(begin, end);
    if (line.trim() === '' || line.startsWith('###')) return false;
    if (REQUEST_LINE.test(line)) return true;
    end = begin - 1;
  }
  return false;
}
