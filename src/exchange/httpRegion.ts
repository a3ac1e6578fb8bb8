import { optional } from '../platform/json.js';
import { type Fill, type HttpBlock, httpBlocks, requestOfBlock, variablesOf } from './httpFile.js';
import { changed, changedPieces, MappedText, PLAIN, type SourceEdit, type SourceRange, type WrittenPiece } from './mappedText.js';
import { readRawResponse } from './rawResponse.js';
import { pathIn, type Region } from './region.js';

/**
 * The requests of a .http file, or of one in a Markdown fence. What the file defines (`@x = value`) is filled in; a filled `{{x}}` is one
 * escape of the text.
 * @param limit where the fence ends
 */
export function* httpRegions(text: string, start = 0, limit = text.length): Generator<Region> {
  const source = start === 0 && limit === text.length ? text : text.slice(start, limit);
  const said: string[] = [];
  const fill = variablesOf(source, { add: () => {} });
  for (const block of httpBlocks(source, { add: (sentence) => said.push(sentence) })) {
    yield region(text, source, start, block, fill, [...new Set(said.splice(0))]);
  }
}

function region(text: string, source: string, offset: number, block: HttpBlock, fill: Fill, notes: readonly string[]): Region {
  const mapped = (ranges: readonly SourceRange[]): MappedText => {
    let length = 0;
    const pieces = ranges.map(({ start, end }): WrittenPiece => {
      const piece = { start: length, end: length + end - start, from: offset + start, to: offset + end, exact: true, writing: PLAIN };
      length = piece.end;
      return piece;
    });
    const raw = ranges.map(({ start, end }) => source.slice(start, end)).join('');
    const changes = fill(raw);
    const own = changedPieces(pieces, changes);
    const filled = changes.length === 0 ? raw : changed(raw, changes);
    return MappedText.of(filled, own, { source: text, check: (edit, expected) => rereads(edit, ranges, expected) });
  };
  /** Whether the block with an edit is one block whose edited part is what was wanted. */
  const rereads = (edit: SourceEdit, ranges: readonly SourceRange[], expected: string): boolean => {
    const first = block.method ?? block.url[0];
    const from = first?.start ?? 0;
    const last = extentOf(block);
    const snippet = source.slice(from, edit.start - offset) + edit.newText + source.slice(edit.end - offset, last);
    const again = [...httpBlocks(snippet, { add: () => {} })];
    const [other] = again;
    if (again.length !== 1 || !other || shape(other) !== shape(block) || other.response) return false;
    const slice = (r: SourceRange): string => snippet.slice(r.start, r.end);
    const index = parts(block).findIndex((p) => p.every((r, i) => r === ranges[i]) && p.length === ranges.length);
    return parts(other).every((p, i) => {
      const raw = p.map(slice).join('');
      const before =
        parts(block)
          [i]?.map((r) => source.slice(r.start, r.end))
          .join('') ?? '';
      return i === index ? changed(raw, fill(raw)).trim() === expected.trim() : raw === before;
    });
  };
  const one = (range: SourceRange | undefined): MappedText | undefined => range && mapped([range]);
  const url = mapped(block.url);
  const { response } = block;
  return {
    form: 'http',
    span: { start: offset + ((block.method ?? block.url[0])?.start ?? 0), end: offset + extentOf(block) },
    request: requestOfBlock(source, block, fill),
    ...optional('method', one(block.method)),
    url,
    ...optional('path', pathIn(url)),
    headers: block.headers.map(({ name, value }) => ({ name: mapped([name]), value: mapped([value]) })),
    ...optional('body', one(block.body)),
    joined: false,
    ...optional('file', one(block.file)),
    ...(response
      ? {
          response: {
            span: { start: offset + response.start, end: offset + response.end },
            get response() {
              return readRawResponse(source.slice(response.start, response.end), () => {});
            },
          },
        }
      : {}),
    ignored: [],
    notes,
  };
}

/** The parts of a block, each in its pieces. */
const parts = (b: HttpBlock): readonly (readonly SourceRange[])[] => [
  b.method ? [b.method] : [],
  b.url,
  ...b.headers.flatMap(({ name, value }) => [[name], [value]]),
  b.body ? [b.body] : [],
  b.file ? [b.file] : [],
];

const shape = (b: HttpBlock): string => [b.method === undefined, b.headers.length, b.body === undefined, b.file === undefined].join();

/** Where the request ends. */
function extentOf(b: HttpBlock): number {
  return Math.max(...parts(b).flatMap((p) => p.map((r) => r.end)));
}
