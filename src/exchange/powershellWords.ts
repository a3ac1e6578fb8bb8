import { type Change, changed, changedPieces } from './mappedText.js';
import { ANGLE_PLACEHOLDER, type Command, lengthAt, lineBreak, lineContinues, type Word, WordBuilder, type WordsOptions } from './shellWords.js';

const PLAIN = /[^\s`'"‘’‚‛“”„;|&<>#@]+/y;
const PLAIN_IN_DOUBLE = /[^"“”„`]+/y;
const SINGLE = /['‘’‚‛]/g;
const HERE_STRING = /@(['"‘’“”])[ \t]*\r?\n/y;
const LETTERS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', e: '\x1b', f: '\f', v: '\v', '0': '\0' };

/**
 * The words of one command as PowerShell makes them (about_Quoting_Rules, about_Special_Characters; typographic quotes are quotes
 * there). Variables stay as text.
 * @param note is told what was read differently from what the shell does
 */
export function powershellWords(text: string, note: (sentence: string) => void, { map = false, standard = false }: WordsOptions = {}): Command {
  const limit = text.length;
  const word = new WordBuilder(text, map);
  let i = 0;
  let unclosed: number | undefined;

  const single = (): void => {
    const open = i++;
    word.quote('single', open, i);
    for (;;) {
      SINGLE.lastIndex = i;
      const end = SINGLE.exec(text)?.index ?? limit;
      word.take(i, end);
      if (end >= limit) {
        unclosed = open;
        i = limit;
        return;
      }
      i = end + 1;
      if (i >= limit || !/['‘’‚‛]/.test(text[i] ?? '')) {
        word.unquote();
        return;
      }
      word.takeEscaped(end, i, ++i);
    }
  };

  const double = (): void => {
    const open = i++;
    word.quote('double', open, i);
    while (i < limit) {
      const plain = lengthAt(PLAIN_IN_DOUBLE, text, i);
      if (plain > 0) {
        word.take(i, i + plain);
        i += plain;
      } else if (text[i] === '`') backtick();
      else if (/["“”„]/.test(text[i + 1] ?? '') && i + 1 < limit) {
        word.takeEscaped(i, i + 1, i + 2);
        i += 2;
      } else {
        i++;
        word.unquote();
        return;
      }
    }
    unclosed = open;
  };

  const backtick = (): void => {
    const newline = lineBreak(text, i + 1);
    const c = text[i + 1] ?? '';
    if (newline > 0) i += 1 + newline;
    else if (i + 1 >= limit) i++;
    else {
      word.put(LETTERS[c] ?? c, i, i + 2);
      i += 2;
    }
  };

  /** Backticks are read in a here-string in double quotes, and quotes are letters. */
  const expand = (from: number, to: number): void => {
    for (let at = from; at < to; ) {
      const tick = text.indexOf('`', at);
      const end = tick === -1 || tick >= to ? to : tick;
      word.take(at, end);
      if (end === to) return;
      const c = text[end + 1] ?? '';
      const newline = lineBreak(text, end + 1);
      if (newline === 0 && end + 1 < to) word.put(LETTERS[c] ?? c, end, end + 2);
      at = end + Math.max(2, 1 + newline);
    }
  };

  const hereString = (open: RegExpExecArray): void => {
    const from = i + open[0].length;
    const end = new RegExp(`\\r?\\n[${/['‘’]/.test(open[1] ?? '') ? "'‘’" : '"“”'}]@`, 'g');
    // The closing line may be the first one: the break before it belongs to the opening.
    end.lastIndex = from - 1;
    const found = end.exec(text);
    const to = found ? Math.max(found.index, from) : limit;
    const expands = /["“”]/.test(open[1] ?? '');
    word.quote(expands ? 'expandingHereString' : 'hereString', i, from);
    if (expands) expand(from, to);
    else word.take(from, to);
    word.unquote();
    if (!found) unclosed = i;
    i = found ? found.index + found[0].length : limit;
  };

  while (i < limit && unclosed === undefined) {
    const plain = lengthAt(PLAIN, text, i);
    if (plain > 0) {
      word.take(i, i + plain);
      i += plain;
      continue;
    }
    const c = text[i] ?? '';
    if ("'‘’‚‛".includes(c)) single();
    else if ('"“”„'.includes(c)) double();
    else if (c === '`') {
      const slip = lineBreak(text, i + 1) > 0 ? -1 : lineContinues(text, i + 1);
      if (slip === -1) backtick();
      else {
        note('A backtick followed by a blank does not continue the line in PowerShell; it was read as if it did.');
        i = slip;
      }
    } else if (c === '@') {
      HERE_STRING.lastIndex = i;
      const open = word.isOpen ? null : HERE_STRING.exec(text);
      if (open) hereString(open);
      else word.take(i, ++i);
    } else if (c === '#' && !word.isOpen) {
      while (i < limit && text[i] !== '\n') i++;
    } else if (c === '<' || c === '>') {
      const angle = lengthAt(ANGLE_PLACEHOLDER, text, i);
      if (angle > 0 || c === '<') {
        word.take(i, i + Math.max(angle, 1));
        i += Math.max(angle, 1);
      } else {
        word.dropFileNumber();
        word.close(i);
        word.next = 'redirection';
        while (i < limit && '>&'.includes(text[i] ?? ' ')) i++;
      }
    } else if (c === '#') word.take(i, ++i);
    else if (c === ';' || c === '|' || c === '&' || lineBreak(text, i) > 0) break;
    else word.close(i++);
  }
  word.close(Math.min(i, limit));
  const words = word.words.map((w) => asOldPowerShell(w, standard, note));
  return { words, end: Math.min(i, limit), ...(unclosed === undefined ? {} : { unclosed }) };
}

/**
 * Windows PowerShell and PowerShell before 7.3 hand an argument on without its double quotes, unless each is written `\"`; later ones
 * hand on both characters. Who writes `\"` for every one means the former. Backslashes before a quote count in pairs there.
 * @param standard whether `$PSNativeCommandArgumentPassing` says that it is a later one
 */
function asOldPowerShell(word: Word, standard: boolean, note: (sentence: string) => void): Word {
  if (standard || !word.text.includes('"')) return word;
  if (!isForOldPowerShell(word.text)) {
    note('PowerShell before 7.3 takes the double quotes out of arguments of curl.exe unless each is written \\".');
    return word;
  }
  note('\\" was read as ", as PowerShell before 7.3 does; later ones send the backslash too.');
  const changes = Array.from(word.text.matchAll(/(?<!\\)\\+"/g), (m) => pairsOf(m.index, m[0].length)).flat();
  return { ...word, old: true, text: changed(word.text, changes), ...(word.pieces ? { pieces: changedPieces(word.pieces, changes) } : {}) };
}

/** Backslashes in pairs, the last one with its quote: of each two, the second stays. */
const pairsOf = (start: number, length: number): Change[] =>
  Array.from({ length: length >> 1 }, (_, i) => ({ start: start + 2 * i, end: start + 2 * i + 2, text: 2 * i + 2 === length ? '"' : '\\' }));

/** True where a value is read as one for PowerShell before 7.3: it has double quotes, and each is written `\"`. */
export const isForOldPowerShell = (text: string): boolean => text.includes('"') && !/(?<!\\)(?:\\\\)*"/.test(text);
