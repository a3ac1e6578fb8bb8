/** A value as a program printed it, as JSON. */
export interface Literal {
  /** The value; as much of it as there is where the text is cut off. */
  readonly json: string;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
  /** True where the text is that JSON, letter for letter. */
  readonly exact: boolean;
  /** True where parts are null: the print shortened them, or they are objects of its program. */
  readonly gaps: boolean;
  /** True where the text ends inside the value. */
  readonly cut: boolean;
}

/** Deeper values become null: nothing that a person pastes is nested like that. */
const DEEPEST = 100;
/** A name that `util.inspect` or `repr` writes before a value: `AxiosHeaders {`, `Object [AxiosHeaders] {`, `<ref *1> ClientRequest {`. */
const CLASS = /(?:<ref \*\d{1,9}> ?)?(?:[A-Za-z_$][\w$.]{0,80}(?:\(\d{1,9}\))?(?: \[[\w$. :]{1,80}\])?|\[[A-Z]\w{0,40}: null prototype\])? ?(?=[{[])/y;
const CALL = /[A-Za-z_][\w.]{0,80}\(/y;
/** What `util.inspect` writes for what it does not show. */
const SHORTENED = /\[(?:Object|Array|Circular|Getter|Setter|(?:Async)?(?:Generator)?Function|class|Symbol|Module|native code)\b[^\]\n]{0,200}\]/y;
const WORD = /[A-Za-z_$][\w$]{0,40}/y;
const NUMBER = /-?(?:0|[1-9]\d{0,40})(?:\.\d{1,40})?(?:[eE][+-]?\d{1,4})?(?![\w.:+-])/y;
const NAME = /[\w$][\w$.-]{0,100}|\[[^\]\n]{1,100}\]/y;
const BLANKS = /\s+/y;
const WORDS: Readonly<Record<string, string>> = { true: 'true', false: 'false', null: 'null', None: 'null', True: 'true', False: 'false', undefined: 'null' };
/** A name, its quote and its colon, as far as the text goes. */
const QUOTED_NAMES: Readonly<Record<string, RegExp>> = {
  '"': /^(?:[^"\\\n]|\\.)*(?:"\s*(?::|=>|$)|\\?$)/,
  "'": /^(?:[^'\\\n]|\\.)*(?:'\s*(?::|=>|$)|\\?$)/,
};
const CURLED_NAME = /^[^”“’‘`\n]*(?:[”“’‘`]\s*(?::|=>|$)|$)/;
const LONGEST_NAME = 300;
/** Which quotes close a string, by the one that opens it. Word processors curl them, and not always in pairs. */
const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '“': '”“', '”': '”“', '„': '”“', '‘': '’‘' };
const ESCAPES: Readonly<Record<string, string>> = { a: '\\u0007', v: '\\u000b', 0: '\\u0000', "'": "'", '`': '`', '\n': '', '\r': '' };

/**
 * Reads the object or list at an offset: JSON, or what Node (`console.log`), Python (`repr`) and word processors (curled quotes) make of
 * it. One pass. Nothing where no value with a name begins there: braces stand in sentences, too.
 */
export function readLiteral(text: string, start: number): Literal | undefined {
  const reader = new Reader(text, start);
  return reader.begins() ? reader.read() : undefined;
}

class Reader {
  private readonly out: string[] = [];
  private exact = true;
  private gaps = false;
  private cut = false;
  private i: number;

  constructor(
    private readonly text: string,
    private readonly start: number,
  ) {
    this.i = start;
  }

  /** `{name:`, `{}`, or a list of such. */
  begins(): boolean {
    let at = this.start;
    for (let open = 0; this.text[at] === '['; open++) {
      if (open === 3) return false;
      at = this.after(BLANKS, at + 1);
    }
    if (this.text[at] !== '{') return false;
    at = this.after(BLANKS, at + 1);
    if (this.text[at] === '}' || at >= this.text.length) return true;
    const quote = CLOSING[this.text[at] ?? ''];
    if (quote === undefined) {
      const end = this.after(NAME, at);
      return end > at && /^\s{0,9}:(?!\/\/)/.test(this.text.slice(end, end + 10));
    }
    return (QUOTED_NAMES[this.text[at] as string] ?? CURLED_NAME).test(this.text.slice(at + 1, at + LONGEST_NAME));
  }

  read(): Literal {
    this.value(0);
    const { exact, gaps, cut } = this;
    const json = exact && !cut ? this.text.slice(this.start, this.i) : this.out.join('');
    return { json, start: this.start, end: this.i, exact, gaps, cut };
  }

  private after(sticky: RegExp, at: number): number {
    sticky.lastIndex = at;
    return sticky.test(this.text) ? sticky.lastIndex : at;
  }

  private skipBlanks(): void {
    for (; this.i < this.text.length; this.i++) {
      const c = this.text[this.i] as string;
      if (' \n\r\t'.includes(c)) continue;
      if (!/\s/.test(c)) return;
      this.exact = false;
    }
    this.cut = true;
  }

  private value(depth: number): void {
    this.skipBlanks();
    if (this.cut) return;
    const c = this.text[this.i] as string;
    const number = this.after(NUMBER, this.i);
    if (depth > DEEPEST) this.leaveOut();
    else if (c === '{') this.container('}', depth);
    else if (c in CLOSING) this.string();
    else if (number > this.i) this.copyTo(number);
    else if (c !== '[' || this.after(CLASS, this.i) > this.i) this.word(c, depth);
    else if (this.after(SHORTENED, this.i) > this.i) this.leaveOut();
    else this.container(']', depth);
  }

  /** `None`, `b'…'`, `Name {…}`, `Name(…)`, a tuple, or what nobody can read. */
  private word(c: string, depth: number): void {
    const end = this.after(WORD, this.i);
    const word = this.text.slice(this.i, end);
    const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
    if (known !== word) this.exact = false;
    const call = this.after(CALL, this.i);
    const named = this.after(CLASS, this.i);
    if (known !== undefined) {
      this.out.push(known);
      this.i = end;
    } else if (/^[bur]$/i.test(word) && /["']/.test(this.text[end] ?? '')) {
      this.i = end;
      this.string();
    } else if (c === '(') this.container(')', depth);
    else if (named > this.i) {
      this.i = named;
      this.container(this.text[named] === '{' ? '}' : ']', depth);
    } else if (call > this.i) this.call(call, depth);
    else this.leaveOut();
  }

  /** `Name(value)`. */
  private call(start: number, depth: number): void {
    this.i = this.after(BLANKS, start);
    if (this.text[this.i] === ')') this.out.push('null');
    else this.value(depth + 1);
    this.closeCall();
  }

  /** The end of `Name(value)`; further arguments are left out. */
  private closeCall(): void {
    for (this.skipBlanks(); !this.cut && this.text[this.i] === ','; this.skipBlanks()) {
      this.i++;
      this.passOver();
    }
    if (this.text[this.i] === ')') this.i++;
  }

  private container(close: '}' | ']' | ')', depth: number): void {
    const named = close === '}';
    this.out.push(named ? '{' : '[');
    if (close === ')') this.exact = false;
    this.i++;
    let first = true;
    for (;;) {
      this.skipBlanks();
      if (this.cut) return;
      const c = this.text[this.i] as string;
      if (c === close) {
        this.i++;
        break;
      }
      if (c === ',') {
        // A comma too many, or one that a shortened entry left behind.
        this.i++;
        this.exact = false;
        continue;
      }
      if ('}])'.includes(c)) {
        // Closed by another bracket: whoever printed it lost one.
        this.exact = false;
        break;
      }
      if (!first) this.out.push(',');
      if (named && !this.name()) {
        if (!first) this.out.pop();
        if (this.cut) return;
        this.exact = false;
        this.gaps = true;
        this.passOver();
        continue;
      }
      first = false;
      this.value(depth + 1);
      if (this.cut) return;
      this.skipBlanks();
      if (this.cut) return;
      if (this.text[this.i] === ',') {
        this.i++;
        this.skipBlanks();
        if (this.text[this.i] === close) this.exact = false;
      } else if (this.text[this.i] !== close) this.exact = false;
    }
    this.out.push(named ? '}' : ']');
  }

  /** A name and its colon; false, and nothing written, where there is none. */
  private name(): boolean {
    const written = this.out.length;
    const c = this.text[this.i] as string;
    if (c in CLOSING) this.string(true);
    else {
      const end = this.after(NAME, this.i);
      if (end === this.i) return false;
      this.exact = false;
      this.out.push(JSON.stringify(this.text.slice(this.i, end)));
      this.i = end;
    }
    this.skipBlanks();
    if (!this.cut && this.text[this.i] === ':') {
      this.i++;
      this.out.push(':');
      return true;
    }
    if (!this.cut && this.text.startsWith('=>', this.i)) {
      this.exact = false;
      this.i += 2;
      this.out.push(':');
      return true;
    }
    this.out.length = written;
    return false;
  }

  /** A string; several that follow each other, or are added up, are one. */
  private string(isName = false): void {
    this.out.push('"');
    for (;;) {
      this.content();
      if (this.cut || isName) break;
      const next = this.after(/\s*(?:\+\s*)?(?=["'`])/y, this.i);
      if (next === this.i || !/["'`]/.test(this.text[next] ?? '')) break;
      this.exact = false;
      this.i = next;
    }
    this.out.push('"');
  }

  private content(): void {
    const open = this.text[this.i] as string;
    const closing = CLOSING[open] ?? '';
    if (open !== '"') this.exact = false;
    let from = ++this.i;
    const copy = (): void => {
      if (this.i > from) this.out.push(this.text.slice(from, this.i));
    };
    for (; this.i < this.text.length; this.i++) {
      const c = this.text[this.i] as string;
      if (closing.includes(c)) {
        copy();
        this.i++;
        return;
      }
      if (c !== '\\' && c !== '"' && c >= ' ') continue;
      copy();
      if (c === '\\') this.escape();
      else {
        this.exact = false;
        // A line break here is one that a console wrapped the line with.
        if (c === '"') this.out.push('\\"');
        else if (c === '\n') this.out.push(' ');
        else if (c !== '\r') this.out.push(`\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
      }
      from = this.i + 1;
    }
    copy();
    this.cut = true;
  }

  /** At a backslash; leaves the offset on the last character of the escape. */
  private escape(): void {
    const c = this.text[this.i + 1] ?? '';
    const rest = this.text.slice(this.i + 2, this.i + 10);
    if ('"\\/bfnrt'.includes(c) || (c === 'u' && /^[0-9A-Fa-f]{4}/.test(rest))) {
      if (c !== '') this.out.push(`\\${c}`);
      this.i++;
      return;
    }
    this.exact = false;
    const hex = c === 'x' ? /^[0-9A-Fa-f]{2}/.exec(rest)?.[0] : c === 'U' ? /^[0-9A-Fa-f]{8}/.exec(rest)?.[0] : undefined;
    const point = hex === undefined ? Number.NaN : Number.parseInt(hex, 16);
    if (hex !== undefined && point <= 0x10ffff) {
      this.out.push(JSON.stringify(String.fromCodePoint(point)).slice(1, -1));
      this.i += 1 + hex.length;
      return;
    }
    this.out.push(ESCAPES[c] ?? `\\\\${c < ' ' ? '' : c}`);
    this.i++;
  }

  private copyTo(end: number): void {
    this.out.push(this.text.slice(this.i, end));
    this.i = end;
  }

  private leaveOut(): void {
    this.out.push('null');
    this.exact = false;
    this.gaps = true;
    this.passOver();
  }

  /** Up to the comma or the bracket that ends the entry. Quotes protect what is in them, on their line. */
  private passOver(): void {
    let depth = 0;
    for (; this.i < this.text.length; this.i++) {
      const c = this.text[this.i] as string;
      if ('{[('.includes(c)) depth++;
      else if ('}])'.includes(c)) {
        if (depth === 0) return;
        depth--;
      } else if (c === ',' && depth === 0) return;
      else if ((c === '"' || c === "'") && /[\s:,=[({]/.test(this.text[this.i - 1] ?? ' ')) {
        const line = this.text.slice(this.i + 1, this.i + 2000);
        const end = line.search(c === '"' ? /["\n]/ : /['\n]/);
        if (end > 0) this.i += end + 1;
      }
    }
    this.cut = true;
  }
}
