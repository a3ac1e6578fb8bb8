/** A part of a source, in UTF-16 code units: `end` is after it. */
export interface SourceRange {
  readonly start: number;
  readonly end: number;
}

export interface SourceEdit extends SourceRange {
  readonly newText: string;
}

/** A run of text and the part of the source that stands for it. */
export interface Piece {
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
  /** Offsets in the source. */
  readonly from: number;
  readonly to: number;
  /** Character for character. Otherwise the source stands for the text as a whole: an escape, or a variable that was filled. */
  readonly exact: boolean;
}

/** How text is written at a place. */
export interface Writing {
  /** What begins and ends a part that is written like this. */
  readonly open: string;
  readonly close: string;
  /** The text as it has to be written; nothing where it cannot be said there. */
  encode(text: string): string | undefined;
  /** The end of a source that would take what follows for its own: a `$` before a name. */
  readonly takesNext?: RegExp;
  /** What the shell fills in where it is written like this: variables and substitutions. */
  readonly filled?: RegExp;
  /** A variable so that the shell fills it in, quotes closed and opened again where they have to be; nothing where it cannot be filled there. */
  fill?(variable: string, next: string): string | undefined;
}

/** Text that is written as it is. */
export const PLAIN: Writing = { open: '', close: '', encode: (text) => text };

/** A word of a command, which can be quoted anew as a whole. */
export interface Whole extends SourceRange {
  readonly text: string;
  /** @param variables what of the text the shell is to fill in */
  quote(text: string, variables: ReadonlySet<string>): string | undefined;
}

export interface WrittenPiece extends Piece {
  readonly writing: Writing;
  readonly whole?: Whole;
}

interface Options {
  readonly source: string;
  /** Whether the source with the edit is read as the text that is wanted, and as before in everything else. Without it every edit is. */
  readonly check?: (edit: SourceEdit, text: string) => boolean;
  /** Characters at the end that the form itself puts there: the line break of a here-document. */
  readonly fixedEnd?: number;
  /** What goes after each line break of the source: the second prompt of a shell, a quotation mark of Markdown. */
  readonly linePrefix?: string;
}

/** A text that is written in a source under some quoting, with its offsets mapped both ways. */
export class MappedText {
  /** Where it stands, from its first character to after its last: without the quotes around it. */
  readonly span: SourceRange;

  private constructor(
    readonly text: string,
    private readonly pieces: readonly WrittenPiece[],
    private readonly options: Options,
    private readonly parent?: { readonly of: MappedText; readonly at: number },
  ) {
    this.span = { start: pieces[0]?.from ?? 0, end: pieces.at(-1)?.to ?? 0 };
  }

  /** @param pieces in order, covering the text, at least one (of no length where there is no text) */
  static of(text: string, pieces: readonly WrittenPiece[], options: Options): MappedText {
    return new MappedText(text, pieces, options);
  }

  /** Source that is the text. */
  static plain(source: string, start: number, end: number): MappedText {
    const piece = { start: 0, end: end - start, from: start, to: end, exact: true, writing: PLAIN };
    return new MappedText(source.slice(start, end), [piece], { source });
  }

  /** A part of the text, mapped like the whole. */
  slice(start: number, end: number): MappedText {
    const pieces = cut(this.pieces, start, end);
    return new MappedText(this.text.slice(start, end), pieces, this.options, { of: this, at: start });
  }

  /** Where the character at an offset of the text stands (of an escape: where it begins); at the end of the text, the end of its source. */
  sourceOffset(offset: number): number {
    if (offset >= this.text.length) return this.span.end;
    const piece = this.pieceOf(Math.max(0, offset));
    return piece.exact ? piece.from + Math.max(0, offset) - piece.start : piece.from;
  }

  /** The offset of the text for a place in the source: inside an escape where the escape begins; nothing between pieces or outside. */
  textOffset(offset: number): number | undefined {
    const { pieces } = this;
    let low = 0;
    let high = pieces.length - 1;
    // The last piece that begins at or before the place; one that ends there counts too.
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((pieces[middle] as Piece).from <= offset) low = middle;
      else high = middle - 1;
    }
    const piece = pieces[low];
    if (!piece || offset < piece.from || offset > piece.to) return undefined;
    if (offset === piece.to) return piece.end;
    return piece.exact ? piece.start + offset - piece.from : piece.start;
  }

  /** The source of the characters from `start` up to `end`. */
  sourceRange(start: number, end: number): SourceRange {
    const from = this.sourceOffset(start);
    if (end <= start) return { start: from, end: from };
    const piece = this.pieceOf(Math.min(end, this.text.length) - 1);
    return { start: from, end: Math.max(from, piece.exact ? piece.from + Math.min(end, piece.end) - piece.start : piece.to) };
  }

  /** `text` as it is written at an offset; nothing where it cannot be said there. What stands beside it is not looked at: see `edit`. */
  encode(text: string, at: number): string | undefined {
    const encoded = this.anchorOf(at).writing.encode(text);
    return encoded === undefined ? undefined : this.withLinePrefix(encoded);
  }

  /**
   * The edit of the source that puts `replacement` in the place of the characters from `start` up to `end`. Reading the edited source
   * again gives exactly the edited text and everything else as before, apart from white space that the form itself drops or demands
   * (line breaks in `-d @-`, blank lines around the body of a .http request, the last line break of a here-document). Nothing where no
   * such edit exists: NUL in a command, a value for `-d` that begins with `@`.
   * @param variables what of the replacement the shell is to fill in, as it fills in what it did before: `$TO`
   */
  edit(start: number, end: number, replacement: string, variables: Iterable<string> = []): SourceEdit | undefined {
    if (this.parent) return this.parent.of.edit(start + this.parent.at, end + this.parent.at, replacement, variables);
    const { fixedEnd = 0, check } = this.options;
    const most = this.text.length - fixedEnd;
    const asked = fixedEnd > 0 && end > most && replacement.endsWith('\n') ? replacement.slice(0, -1) : replacement;
    const own = this.variables();
    const live = new Set([...own, ...variables]);
    const whole = { start: Math.min(start, most), end: Math.min(end, most), text: asked };
    const smallest = aroundVariables(this.text, trimmed(this.text, whole.start, whole.end, asked), live);
    const isSame = smallest.start === smallest.end && smallest.text === '';
    if (isSame && live.size === own.size) {
      const at = this.sourceOffset(smallest.start);
      return { start: at, end: at, newText: '' };
    }
    // The same text may be filled in from now on.
    const change = isSame ? whole : smallest;
    const expected = this.text.slice(0, change.start) + change.text + this.text.slice(change.end);
    for (const candidate of this.candidates(change.start, change.end, change.text, live)) {
      if (!candidate) continue;
      for (const newText of this.withDefinitions(candidate, change)) {
        const edit = { ...candidate, newText: this.withLinePrefix(newText) };
        if (!check || check(edit, expected)) return edit;
      }
    }
    return undefined;
  }

  /** What is written in the place of a change; first with the variables of the file that stood there (`{{to}}`), where their values stay. */
  private *withDefinitions({ newText }: SourceEdit, change: Change): Generator<string> {
    const definitions = new Map<string, string>();
    for (const { start, end, from, to, exact, writing } of this.pieces)
      if (writing === PLAIN && !exact && end - start > 2 && start < change.end && end > change.start)
        definitions.set(this.text.slice(start, end), this.options.source.slice(from, to));
    if (definitions.size > 0) {
      const parts = variableParts(newText, new Set(definitions.keys()));
      yield parts.map((p) => (p.variable ? (definitions.get(p.text) ?? p.text) : p.text)).join('');
    }
    yield newText;
  }

  /** The variables and substitutions in the text that the shell fills in: those in double quotes or in none. */
  variables(): ReadonlySet<string> {
    if (this.parent) return this.parent.of.variables();
    const found = new Set<string>();
    for (const { exact, writing, from, to } of this.pieces)
      if (exact && writing.filled) for (const [variable] of this.options.source.slice(from, to).matchAll(writing.filled)) found.add(variable);
    return found;
  }

  /** The word of a command that the text stands in, with its quotes; nothing where it stands in none, or in several. */
  get word(): SourceRange | undefined {
    const [first] = this.pieces;
    return first?.whole && this.pieces.every((p) => p.whole === first.whole) ? { start: first.whole.start, end: first.whole.end } : undefined;
  }

  /** Ways to write it, the smallest first. */
  private *candidates(start: number, end: number, text: string, live: ReadonlySet<string>): Generator<SourceEdit | undefined> {
    const before = start > 0 ? this.pieceOf(start - 1) : undefined;
    const taken = before?.writing.takesNext?.test(this.options.source.slice(before.from, before.exact ? before.from + start - before.start : before.to));
    if (!taken) yield* this.local(start, end, text, live);
    if (before) {
      const from = before.exact ? start - (isLow(this.text.charCodeAt(start - 1)) && start - 1 > before.start ? 2 : 1) : before.start;
      yield* this.local(from, end, this.text.slice(from, start) + text, live);
    }
    yield this.requoted(start, end, text, live);
  }

  private *local(start: number, end: number, text: string, live: ReadonlySet<string>): Generator<SourceEdit> {
    const first = start < end ? this.pieceOf(start) : this.anchorOf(start);
    const last = start < end ? this.pieceOf(end - 1) : first;
    const inside = start === end && !first.exact && (start === first.end || start === first.start);
    const head = first.exact || inside ? '' : this.text.slice(first.start, start);
    const tail = last.exact || inside ? '' : this.text.slice(end, last.end);
    const { writing } = first;
    const encoded = written(head + text + tail, writing, live, this.text[last.exact || inside ? end : last.end] ?? '');
    if (encoded === undefined) return;
    const from = inside ? (start === first.end ? first.to : first.from) : first.exact ? first.from + start - first.start : first.from;
    const to = inside ? from : last.exact ? last.from + end - last.start : last.to;
    if (writing === last.writing && first.whole === last.whole) {
      const edit = { start: from, end: to, newText: encoded };
      if (live.size > 0) yield this.withoutEmptyQuotes(edit, writing);
      yield edit;
      return;
    }
    if (live.size > 0 && end === last.end && this.options.source.startsWith(last.writing.close, to)) {
      // All of the last piece goes, and its quotes with it.
      const { open, close } = writing;
      const rest = open !== '' && encoded.endsWith(open) ? encoded.slice(0, -open.length) : encoded + close;
      yield { start: from, end: to + last.writing.close.length, newText: rest };
    }
    const between = first.whole && last.whole && first.whole !== last.whole ? this.options.source.slice(first.whole.end, last.whole.start) : '';
    yield { start: from, end: to, newText: encoded + writing.close + between + last.writing.open };
  }

  /** A variable at the end of quotes leaves a pair of them empty. */
  private withoutEmptyQuotes({ start, end, newText }: SourceEdit, { open, close }: Writing): SourceEdit {
    const { source } = this.options;
    const opens = close !== '' && newText.startsWith(close) && source.slice(start - open.length, start) === open;
    const closes = open !== '' && newText.length > open.length && newText.endsWith(open) && source.startsWith(close, end);
    return {
      start: opens ? start - open.length : start,
      end: closes ? end + close.length : end,
      newText: newText.slice(opens ? close.length : 0, closes ? -open.length : undefined),
    };
  }

  /** The whole word written anew. */
  private requoted(start: number, end: number, text: string, live: ReadonlySet<string>): SourceEdit | undefined {
    const first = this.anchorOf(start);
    const { whole } = first;
    if (!whole || (end > start && this.pieceOf(end - 1).whole !== whole)) return undefined;
    const own = this.pieces.filter((p) => p.whole === whole);
    const begin = own[0]?.start ?? 0;
    const finish = own.at(-1)?.end ?? 0;
    // The text may be a part of its word: -d{…}, name=…
    const at = whole.text.indexOf(this.text.slice(begin, finish));
    if (at === -1) return undefined;
    const value = whole.text.slice(0, at + start - begin) + text + whole.text.slice(at + end - begin);
    const quoted = whole.quote(value, live);
    return quoted === undefined ? undefined : { start: whole.start, end: whole.end, newText: quoted };
  }

  private withLinePrefix(written: string): string {
    const { linePrefix } = this.options;
    return linePrefix === undefined ? written : written.replace(/\n/g, `\n${linePrefix}`);
  }

  /** The piece that holds the character at an offset. */
  private pieceOf(offset: number): WrittenPiece {
    const { pieces } = this;
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pieces[middle] as Piece).end <= offset) low = middle + 1;
      else high = middle;
    }
    return pieces[low] as WrittenPiece;
  }

  /** The piece that text at an offset is added to: one in quotes rather than one without, one of characters rather than an escape. */
  private anchorOf(offset: number): WrittenPiece {
    let index = this.pieces.indexOf(this.pieceOf(Math.max(0, offset - 1)));
    let best = this.pieces[index] as WrittenPiece;
    const worth = (p: WrittenPiece): number => (p.exact ? 1 : 0) + (p.writing.open !== '' ? 2 : 0) + (p.writing === FIXED ? -4 : 0);
    while (index > 0 && (this.pieces[index - 1] as Piece).end >= offset) index--;
    for (; index < this.pieces.length && (this.pieces[index] as Piece).start <= offset; index++) {
      const piece = this.pieces[index] as WrittenPiece;
      if (piece.end >= offset && worth(piece) > worth(best)) best = piece;
    }
    return best;
  }
}

/** What no one wrote and no one can change: the `&` between several `-d`. */
export const FIXED: Writing = { open: '', close: '', encode: () => undefined };

/** The change without what stays the same at its ends; never between the halves of a surrogate pair. */
function trimmed(text: string, start: number, end: number, replacement: string): { readonly start: number; readonly end: number; readonly text: string } {
  const most = Math.min(end - start, replacement.length);
  let head = 0;
  while (head < most && text.charCodeAt(start + head) === replacement.charCodeAt(head)) head++;
  if (head > 0 && isHigh(text.charCodeAt(start + head - 1))) head--;
  let tail = 0;
  while (tail < most - head && text.charCodeAt(end - tail - 1) === replacement.charCodeAt(replacement.length - tail - 1)) tail++;
  if (tail > 0 && isLow(text.charCodeAt(end - tail))) tail--;
  return { start: start + head, end: end - tail, text: replacement.slice(head, replacement.length - tail) };
}

/** The change made larger until it cuts no variable in two: half of one is written as text. */
function aroundVariables(text: string, change: Change, variables: ReadonlySet<string>): Change {
  if (variables.size === 0) return change;
  const expected = text.slice(0, change.start) + change.text + text.slice(change.end);
  let head = change.start;
  let tail = text.length - change.end;
  for (const whole of [text, expected])
    for (const found of variableParts(whole, variables)) {
      if (!found.variable) continue;
      if (found.start < head && found.end > head) head = found.start;
      if (found.start < whole.length - tail && found.end > whole.length - tail) tail = whole.length - found.end;
    }
  return { start: head, end: text.length - tail, text: expected.slice(head, expected.length - tail) };
}

/** A part of a text; `variable` where it is one that the shell fills in. */
export interface TextPart {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly variable?: true;
}

/** The text in order, the variables in it by themselves; a longer one wins over its beginning. */
export function variableParts(text: string, variables: ReadonlySet<string>): TextPart[] {
  if (variables.size === 0 || text === '') return [{ start: 0, end: text.length, text }];
  const names = [...variables].sort((a, b) => b.length - a.length).map((v) => v.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const parts: TextPart[] = [];
  let at = 0;
  const add = (end: number): void => void (end > at && parts.push({ start: at, end, text: text.slice(at, end) }));
  for (const m of text.matchAll(new RegExp(names.join('|'), 'g'))) {
    add(m.index);
    at = m.index + m[0].length;
    parts.push({ start: m.index, end: at, text: m[0], variable: true });
  }
  add(text.length);
  return parts;
}

/** The text as it is written at a place before `next`, its variables so that the shell fills them in; nothing where it cannot be. */
function written(text: string, writing: Writing, variables: ReadonlySet<string>, next: string): string | undefined {
  const { fill } = writing;
  if (!fill || variables.size === 0) return writing.encode(text);
  const parts = variableParts(text, variables).map((p) => (p.variable ? fill(p.text, text[p.end] ?? next) : writing.encode(p.text)));
  return parts.includes(undefined) ? undefined : parts.join('');
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** The pieces of a part of a text, with offsets of that part. An escape that is cut through stays whole in the source. */
export function cut<P extends Piece>(pieces: readonly P[], start: number, end: number): P[] {
  const found: P[] = [];
  for (const p of pieces) {
    if (p.end < start || p.start > end || (p.start < p.end && (p.end === start || p.start === end) && start < end)) continue;
    const from = Math.max(p.start, start);
    const to = Math.min(p.end, end);
    const source = p.exact ? { from: p.from + from - p.start, to: p.from + to - p.start } : from === to && start === end ? pointAt(p, from) : {};
    found.push({ ...p, ...source, start: from - start, end: to - start });
  }
  return found;
}

const pointAt = (p: Piece, offset: number): { readonly from: number; readonly to: number } =>
  offset === p.start ? { from: p.from, to: p.from } : { from: p.to, to: p.to };

/** A range of a text and what stands there instead. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with its changes, which are in order and apart. */
export function changed(text: string, changes: readonly Change[]): string {
  if (changes.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const change of changes) {
    parts.push(text.slice(at, change.start), change.text);
    at = change.end;
  }
  return parts.join('') + text.slice(at);
}

/** The pieces of the text with its changes: what is put in is one escape, whatever it stands for. Linear. */
export function changedPieces<P extends Piece>(pieces: readonly P[], changes: readonly Change[]): P[] {
  const [anchor] = pieces;
  if (changes.length === 0 || !anchor) return [...pieces];
  const found: P[] = [];
  let length = 0;
  let index = 0;
  const push = (piece: P, size: number): void => {
    found.push({ ...piece, start: length, end: length + size });
    length += size;
  };
  /** What the source has for a range that does not begin before the one asked for last. */
  const part = (start: number, end: number): P[] => {
    while (index < pieces.length - 1 && (pieces[index] as P).end <= start) index++;
    let after = index;
    while (after < pieces.length && (pieces[after] as P).start < end) after++;
    return start < end ? cut(pieces.slice(index, after), start, end) : [];
  };
  let at = 0;
  for (const change of changes) {
    for (const p of part(at, change.start)) push(p, p.end - p.start);
    const replaced = part(change.start, change.end);
    const [first] = replaced;
    if (first && change.text !== '') push({ ...first, to: replaced.at(-1)?.to ?? first.to, exact: false }, change.text.length);
    at = change.end;
  }
  for (const p of part(at, pieces.at(-1)?.end ?? 0)) push(p, p.end - p.start);
  if (found.length === 0) push({ ...anchor, to: anchor.from, exact: true }, 0);
  return found;
}
