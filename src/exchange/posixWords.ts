import { ansiEscapes } from './ansiEscapes.js';
import { type Change, changed, changedPieces } from './mappedText.js';
import {
  ANGLE_PLACEHOLDER,
  type Command,
  lengthAt,
  lineBreak,
  lineContinues,
  type Word,
  WordBuilder,
  type WordPiece,
  type WordsOptions,
} from './shellWords.js';

const PLAIN = /[^\s\\'"$`;&|()<>#‘’“”]+/y;
const PLAIN_IN_DOUBLE = /[^"\\$`]+/y;
const HERE_DOCUMENT = /<<(-?)[ \t]*(?:(['"])([A-Za-z_]\w*)\2|(\\?)([A-Za-z_]\w*))/y;
/** Tabs at the beginning of a line, and what a backslash protects from being expanded. */
const IN_HERE_DOCUMENT = /^\t+|\\(?:([\\$`])|\r?\n)/gm;

/**
 * The words of one command as bash, zsh and sh make them (bash manual §3.1.2). Variables and `$(…)` stay as text. Ends at the line,
 * `;`, `&`, `|` or a closing parenthesis.
 * @param note is told what was read differently from what a shell does
 */
export function posixWords(text: string, note: (sentence: string) => void, { map = false }: WordsOptions = {}): Command {
  const limit = text.length;
  const word = new WordBuilder(text, map);
  let i = 0;
  let unclosed: number | undefined;
  let heredoc: HereDocument | undefined;
  /** Set when a substitution was not closed: the next ones are not searched again, which keeps this linear. */
  let noSubstitution = false;

  const substitution = (): void => {
    const end = noSubstitution ? -1 : endOfSubstitution(text, i);
    if (end === -1) {
      noSubstitution = true;
      word.take(i, ++i);
    } else {
      word.take(i, end);
      i = end;
    }
  };

  /** At the opening quote: the text up to the closing one, as it is. */
  const verbatim = (quoting: 'single' | 'typographic', closing: number): void => {
    const open = i;
    const end = closing === -1 ? limit : closing;
    word.quote(quoting, open, open + 1);
    word.take(open + 1, end);
    word.unquote();
    if (closing === -1) unclosed = open;
    i = end + 1;
  };

  const double = (): void => {
    const open = i++;
    word.quote('double', open, i);
    while (i < limit) {
      const plain = lengthAt(PLAIN_IN_DOUBLE, text, i);
      if (plain > 0) {
        word.take(i, i + plain);
        i += plain;
        continue;
      }
      if (text[i] === '"') {
        i++;
        word.unquote();
        return;
      }
      if (text[i] === '\\') {
        const newline = lineBreak(text, i + 1);
        if (newline > 0) i += 1 + newline;
        else {
          // The escaped character and what is plain after it are one piece.
          const at = i;
          const escaped = '$`"\\'.includes(text[i + 1] ?? ' ');
          const from = escaped ? i + 1 : i;
          i = from + 1 + lengthAt(PLAIN_IN_DOUBLE, text, from + 1);
          if (escaped) word.takeEscaped(at, from, i);
          else word.take(from, i);
        }
      } else substitution();
    }
    unclosed = open;
  };

  scan: while (i < limit && unclosed === undefined) {
    const plain = lengthAt(PLAIN, text, i);
    if (plain > 0) {
      word.take(i, i + plain);
      i += plain;
      continue;
    }
    switch (text[i]) {
      case '\\': {
        const newline = lineBreak(text, i + 1);
        const slip = newline > 0 ? -1 : lineContinues(text, i + 1);
        if (newline > 0) i += 1 + newline;
        else if (slip !== -1) {
          note('A backslash followed by a blank does not continue the line in a shell; it was read as if it did.');
          i = slip;
        } else {
          if (i + 1 < limit) word.takeEscaped(i, i + 1, i + 2);
          i += 2;
        }
        break;
      }
      case "'":
        verbatim('single', text.indexOf("'", i + 1));
        break;
      case '‘':
      case '’':
      case '“':
      case '”':
        if (word.isOpen) word.take(i, ++i);
        else {
          note('Typographic quotes were read as straight ones; a shell takes them as letters and sends something else.');
          const closing = text[i] === '‘' || text[i] === '’' ? /[‘’]/g : /[“”]/g;
          closing.lastIndex = i + 1;
          verbatim('typographic', closing.exec(text)?.index ?? -1);
        }
        break;
      case '"':
        double();
        break;
      case '$':
        if (text[i + 1] === "'") {
          word.quote('ansi', i, i + 2);
          const read = ansiEscapes(text, i + 2, (piece, from, to) => word.put(piece, from, to));
          word.unquote();
          if (read.unclosed) unclosed = i + 1;
          i = read.end;
        } else if (text[i + 1] === '"') i++;
        else substitution();
        break;
      case '`':
        substitution();
        break;
      case '#':
        if (word.isOpen) word.take(i, ++i);
        else while (i < limit && text[i] !== '\n') i++;
        break;
      case '<':
      case '>': {
        const angle = lengthAt(ANGLE_PLACEHOLDER, text, i);
        if (angle > 0) {
          word.take(i, i + angle);
          i += angle;
          break;
        }
        word.dropFileNumber();
        word.close(i);
        HERE_DOCUMENT.lastIndex = i;
        const here = HERE_DOCUMENT.exec(text);
        if (here) {
          heredoc = { delimiter: here[3] ?? here[5] ?? '', tabs: here[1] === '-', expands: here[4] === '' };
          i += here[0].length;
        } else {
          word.next = text.startsWith('<<<', i) ? 'stdin' : 'redirection';
          while (i < limit && '<>&|'.includes(text[i] ?? ' ')) i++;
        }
        break;
      }
      case '&':
        if (text[i + 1] === '>') {
          i++;
          break;
        }
        if (word.isOpen && /[\w%{$<]/.test(text[i + 1] ?? '')) {
          note('An & outside of quotes ends the command in a shell: what follows it is not part of the request. Put the URL in quotes.');
        }
        break scan;
      case ';':
      case '|':
      case '(':
      case ')':
      case '\n':
        break scan;
      default:
        if (lineBreak(text, i) === 2) break scan;
        word.close(i++);
    }
  }
  word.close(Math.min(i, limit));
  if (heredoc && unclosed === undefined) {
    const read = readHeredoc(text, i, heredoc, map);
    word.stdin = read.body;
    i = read.end;
  }
  return {
    words: word.words,
    end: Math.min(i, limit),
    ...(unclosed === undefined ? {} : { unclosed }),
    ...(word.stdin === undefined ? {} : { stdin: word.stdin }),
  };
}

interface HereDocument {
  readonly delimiter: string;
  /** `<<-`: the tabs at the beginning of each line are no part of it. */
  readonly tabs: boolean;
  /** Its delimiter is not quoted: a backslash protects what would be expanded. */
  readonly expands: boolean;
}

/** The lines after the command up to the delimiter, or to the end where it is missing. */
function readHeredoc(text: string, from: number, { delimiter, tabs, expands }: HereDocument, map: boolean): { readonly body: Word; readonly end: number } {
  const line = text.indexOf('\n', from);
  const start = line === -1 ? from : line + 1;
  const ending = new RegExp(`^${tabs ? '\\t{0,20}' : ''}${delimiter}\\r?$`, 'gm');
  ending.lastIndex = start;
  const found = line === -1 ? null : ending.exec(text);
  const end = line === -1 ? from : (found?.index ?? text.length);
  const raw = text.slice(start, end);
  const changes: Change[] = [];
  if (tabs || expands) {
    for (const m of raw.matchAll(IN_HERE_DOCUMENT)) {
      const isTabs = m[0].startsWith('\t');
      if (isTabs ? tabs : expands) changes.push({ start: m.index, end: m.index + m[0].length, text: isTabs ? '' : (m[1] ?? '') });
    }
  }
  const pieces: WordPiece[] = [{ start: 0, end: raw.length, from: start, to: end, exact: true, quoting: expands ? 'expandingHereDocument' : 'hereDocument' }];
  const body: Word = { text: changed(raw, changes), start, end, ...(map ? { pieces: changedPieces(pieces, changes) } : {}) };
  return { body, end: found ? found.index + found[0].length : line === -1 ? from : text.length };
}

/** A substitution longer than this is read as plain text: it bounds the search for its end. */
const LONGEST_SUBSTITUTION = 2000;

/**
 * Where the substitution at `at` ends: `$(…)` with what is nested and quoted in it, `${…}`, `` `…` ``. A `$` that opens none ends after
 * itself; -1 where it is not closed.
 */
function endOfSubstitution(source: string, at: number): number {
  const text = source.slice(at, at + LONGEST_SUBSTITUTION);
  if (text[0] === '`') {
    const end = text.indexOf('`', 1);
    return end === -1 ? -1 : at + end + 1;
  }
  if (text[1] !== '(' && text[1] !== '{') return at + 1;
  /** What closes each open level, innermost last. */
  const closers = [text[1] === '(' ? ')' : '}'];
  const special = /['"\\(){}]/g;
  special.lastIndex = 2;
  for (let found = special.exec(text); found; found = special.exec(text)) {
    const inQuotes = closers.at(-1) === '"';
    const c = found[0];
    if (c === '\\') special.lastIndex++;
    else if (c === closers.at(-1)) {
      closers.pop();
      if (closers.length === 0) return at + special.lastIndex;
    } else if (c === '"') closers.push('"');
    else if (c === '(' && (!inQuotes || text[found.index - 1] === '$')) closers.push(')');
    else if (c === '{' && text[found.index - 1] === '$') closers.push('}');
    else if (c === "'" && !inQuotes) {
      const end = text.indexOf("'", special.lastIndex);
      if (end === -1) return -1;
      special.lastIndex = end + 1;
    }
  }
  return -1;
}
