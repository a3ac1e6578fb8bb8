import { ANGLE_PLACEHOLDER, type Command, lengthAt, lineBreak, lineContinues, type Word, WordBuilder } from './shellWords.js';

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
export function powershellWords(text: string, note: (sentence: string) => void): Command {
  const limit = text.length;
  const word = new WordBuilder(text);
  let i = 0;
  let unclosed: number | undefined;

  const single = (): void => {
    const open = i++;
    word.open(open);
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
      if (i >= limit || !/['‘’‚‛]/.test(text[i] ?? '')) return;
      word.take(i, ++i);
    }
  };

  const double = (): void => {
    const open = i++;
    word.open(open);
    while (i < limit) {
      const plain = lengthAt(PLAIN_IN_DOUBLE, text, i);
      if (plain > 0) {
        word.take(i, i + plain);
        i += plain;
      } else if (text[i] === '`') backtick();
      else if (/["“”„]/.test(text[i + 1] ?? '') && i + 1 < limit) {
        word.take(i + 1, i + 2);
        i += 2;
      } else {
        i++;
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
      word.put(LETTERS[c] ?? c, i);
      i += 2;
    }
  };

  const hereString = (open: RegExpExecArray): void => {
    const from = i + open[0].length;
    const end = new RegExp(`\\r?\\n[${/['‘’]/.test(open[1] ?? '') ? "'‘’" : '"“”'}]@`, 'g');
    // The closing line may be the first one: the break before it belongs to the opening.
    end.lastIndex = from - 1;
    const found = end.exec(text);
    word.open(i);
    word.take(from, found ? Math.max(found.index, from) : limit);
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
  const words = word.words.map((w) => asOldPowerShell(w, note));
  return { words, end: Math.min(i, limit), ...(unclosed === undefined ? {} : { unclosed }) };
}

/**
 * Windows PowerShell and PowerShell before 7.3 hand an argument on without its double quotes, unless they are written `\"`; later ones
 * hand on both characters. Who writes `\"` means the former.
 */
function asOldPowerShell(word: Word, note: (sentence: string) => void): Word {
  if (!word.text.includes('"')) return word;
  if (!word.text.includes('\\"')) {
    note('PowerShell before 7.3 takes the double quotes out of arguments of curl.exe unless each is written \\".');
    return word;
  }
  note('\\" was read as ", as PowerShell before 7.3 does; later ones send the backslash too.');
  return { ...word, text: word.text.replaceAll('\\"', '"') };
}
