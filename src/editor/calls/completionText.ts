import type { SourceEdit } from '../../exchange/mappedText.js';

/** A completion as an editor takes it: what it replaces reaches to the cursor, and what was typed is looked for in `filterText`. */
export interface CompletionText extends SourceEdit {
  readonly filterText: string;
}

/**
 * Widens an edit so that it holds the cursor, and what was typed since `start`: an editor takes no other.
 * @param word what is looked for: what was typed has to be in it
 * @returns nothing where it would span lines, which an editor does not take either
 */
export function completionText(text: string, { start, end, newText }: SourceEdit, cursor: number, word: string, begin = start): CompletionText | undefined {
  const from = Math.min(start, begin, cursor);
  const to = Math.max(end, cursor);
  if (/[\r\n]/.test(text.slice(from, to))) return undefined;
  const typed = text.slice(from, cursor);
  // Quotes and the like in front of what was typed are no part of the word.
  const lead = /^[^\p{L}\p{N}]*/u.exec(typed)?.[0] ?? '';
  return { start: from, end: to, newText: text.slice(from, start) + newText + text.slice(end, to), filterText: word.startsWith(lead) ? word : lead + word };
}
