import { ANGLE_PLACEHOLDER, type Command, lengthAt, lineBreak, lineContinues, WordBuilder, type WordsOptions } from './shellWords.js';

const PLAIN = /[^\s"\\^&|<>]+/y;

/**
 * The words of one command as Windows makes them: cmd takes carets away and ends the command, then the program's C runtime splits
 * what is left at blanks and reads `\"` and `""` (Microsoft, "Parsing C command-line arguments"). `%X%` stays as text.
 * @param note is told what was read differently from what the shell does
 */
export function cmdWords(text: string, note: (sentence: string) => void, { map = false }: WordsOptions = {}): Command {
  const limit = text.length;
  const word = new WordBuilder(text, map);
  let i = 0;
  /** In quotes to cmd: a caret is a letter there. In quotes to the program: a blank is. The two can differ (`^"`). */
  let cmdQuoted = false;
  let quoted = false;
  let opened = 0;

  /** The source length of the character at `at` and whether a caret protects it from cmd. */
  const caretAt = (at: number): 0 | 1 => (text[at] === '^' && !cmdQuoted ? 1 : 0);

  const quote = (at: number, caret: 0 | 1): void => {
    if (caret === 0) cmdQuoted = !cmdQuoted;
    i = at + 1;
    const nextCaret = caretAt(i);
    if (quoted && text[i + nextCaret] === '"' && i + nextCaret < limit) {
      if (nextCaret === 0) cmdQuoted = !cmdQuoted;
      i += nextCaret + 1;
      word.put('"', at - caret, i);
      return;
    }
    quoted = !quoted;
    if (quoted) opened = at;
    if (quoted) word.quote('double', at - caret, i);
    else word.unquote();
  };

  /** Backslashes are letters unless a quote follows them: then two make one, and an odd one protects the quote. */
  const backslashes = (at: number): void => {
    let count = 0;
    let j = at;
    const places: number[] = [];
    for (let caret = caretAt(j); text[j + caret] === '\\' && j < limit; caret = caretAt(j)) {
      count++;
      if (map) places.push(j);
      j += caret + 1;
    }
    const caret = caretAt(j);
    const beforeQuote = text[j + caret] === '"' && j + caret < limit;
    const odd = beforeQuote && count % 2 === 1;
    i = j;
    const each = beforeQuote ? 2 : 1;
    if (!map) word.put('\\'.repeat(Math.floor(count / each)), at, j);
    else for (let k = 0; k + each <= count; k += each) word.put('\\', places[k] ?? at, places[k + each] ?? j);
    if (!odd) return;
    if (caret === 0) cmdQuoted = !cmdQuoted;
    i = j + caret + 1;
    word.put('"', places.at(-1) ?? j, i);
  };

  while (i < limit) {
    const plain = lengthAt(PLAIN, text, i);
    if (plain > 0) {
      word.take(i, i + plain);
      i += plain;
      continue;
    }
    const caret = caretAt(i);
    const at = i + caret;
    const newline = lineBreak(text, at);
    if (caret === 1 && (newline > 0 || lineContinues(text, at) !== -1)) {
      if (newline === 0) note('A caret followed by a blank does not continue the line in cmd; it was read as if it did.');
      i = newline > 0 ? at + newline : lineContinues(text, at);
      // The character after the line break is protected: a second break is text.
      const second = lineBreak(text, i);
      if (second > 0 && quoted) {
        word.put('\n', at - 1, i + second);
        i += second;
      }
      continue;
    }
    if (at >= limit) break;
    const c = text[at] ?? '';
    if (newline > 0) break;
    if (c === '"') quote(at, caret);
    else if (c === '\\') backslashes(i);
    else if ((c === ' ' || c === '\t') && !quoted) {
      word.close(i);
      i = at + 1;
    } else if (caret === 0 && !cmdQuoted && '&|<>'.includes(c)) {
      const angle = lengthAt(ANGLE_PLACEHOLDER, text, i);
      if (angle > 0) {
        word.take(i, i + angle);
        i += angle;
      } else if (c === '<' || c === '>') {
        word.dropFileNumber();
        word.close(i);
        word.next = 'redirection';
        while (i < limit && '<>&'.includes(text[i] ?? ' ')) i++;
      } else break;
    } else {
      if (caret === 1) word.takeEscaped(i, at, at + 1);
      else word.take(at, at + 1);
      i = at + 1;
    }
  }
  word.close(Math.min(i, limit));
  return { words: word.words, end: Math.min(i, limit), ...(quoted ? { unclosed: opened } : {}) };
}
