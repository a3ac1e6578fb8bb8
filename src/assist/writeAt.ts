import type { MappedText, SourceEdit } from '../exchange/mappedText.js';

/**
 * The edit that puts a replacement in the place of a part of a text, over all of the source of that part: what is the same at its ends
 * is replaced too, so that an editor knows what of it was typed. Nothing where no edit writes it.
 */
export function writeAt(source: string, text: MappedText, start: number, end: number, replacement: string): SourceEdit | undefined {
  const edit = text.edit(start, end, replacement);
  if (!edit) return undefined;
  const part = text.sourceRange(start, end);
  if (edit.start < part.start || edit.end > part.end) return edit;
  return { start: part.start, end: part.end, newText: source.slice(part.start, edit.start) + edit.newText + source.slice(edit.end, part.end) };
}

/**
 * `writeAt` for many replacements of one part. An edit of a command is checked by reading the command again; of replacements that differ
 * in letters and digits only, the first alone is.
 */
export function writingAt(source: string, text: MappedText, start: number, end: number): (replacement: string) => SourceEdit | undefined {
  const isLocal = new Map<string, boolean>();
  const part = text.sourceRange(start, end);
  return (replacement) => {
    const shape = shapeOf(replacement);
    const newText = isLocal.get(shape) ? text.encode(replacement, start) : undefined;
    if (newText !== undefined) return { ...part, newText };
    const edit = writeAt(source, text, start, end, replacement);
    if (!isLocal.has(shape)) isLocal.set(shape, edit?.start === part.start && edit.end === part.end && edit.newText === text.encode(replacement, start));
    return edit;
  };
}

/** How it begins and ends, and what is in it beside letters and digits: no quoting is about those. */
const shapeOf = (text: string): string => {
  const plain = text.replace(/[A-Za-z0-9]+/g, 'a');
  return [plain[0], plain.at(-1), ...new Set(plain)].join('');
};
