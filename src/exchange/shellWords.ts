import type { Piece } from './mappedText.js';

/** How a piece of a word is quoted: a name of the writings in quoting.ts. */
export type Quoting = 'bare' | 'single' | 'double' | 'ansi' | 'typographic' | 'hereDocument' | 'expandingHereDocument' | 'hereString' | 'expandingHereString';

/** A piece of a word: offsets in the word and in the text. */
export interface WordPiece extends Piece {
  readonly quoting: Quoting;
}

/** One argument as the program gets it, and where it stands in the text. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Where each character stands, if that was asked for. */
  readonly pieces?: readonly WordPiece[];
  /** Written for PowerShell before 7.3, with `\"` for each double quote. */
  readonly old?: boolean;
}

export interface WordsOptions {
  /** Keep where each character stands. */
  readonly map?: boolean;
  /** PowerShell is told to hand arguments on as they are. */
  readonly standard?: boolean;
}

/** The words of one command, up to where its shell would end it. */
export interface Command {
  readonly words: readonly Word[];
  /** Offset after the command. */
  readonly end: number;
  /** Offset of a quote that is never closed; its word then reaches to the end. */
  readonly unclosed?: number;
  /** What a here-document or here-string gives to standard input. */
  readonly stdin?: Word;
}

/** Slices that are joined when somebody asks: adding a character at a time to one string keeps a tree of 20 million nodes. */
class Pieces {
  private some: string[] = [];
  private readonly all: string[] = [];

  add(piece: string): void {
    if (this.some.push(piece) < 4096) return;
    this.all.push(this.some.join(''));
    this.some = [];
  }

  text(): string {
    return this.all.join('') + this.some.join('');
  }
}

/**
 * Builds words out of a source text. Every character of a word comes through `take`, `takeEscaped` or `put` with its place in the
 * source, which is kept where a map is asked for.
 */
export class WordBuilder {
  readonly words: Word[] = [];
  stdin: Word | undefined;
  /** What becomes of the next word: an argument, the target of a redirection, or a here-string. */
  next: 'argument' | 'redirection' | 'stdin' = 'argument';
  private pieces: Pieces | undefined;
  private start = 0;
  private map: WordPiece[] = [];
  private length = 0;
  private quoting: Quoting = 'bare';

  constructor(
    private readonly source: string,
    private readonly mapped = false,
  ) {}

  get isOpen(): boolean {
    return this.pieces !== undefined;
  }

  /** A word begins here, even if nothing is added to it. */
  private open(at: number): Pieces {
    if (!this.pieces) {
      this.pieces = new Pieces();
      this.start = at;
      if (this.mapped) {
        this.map = [];
        this.length = 0;
      }
    }
    return this.pieces;
  }

  /** A quotation begins at `at`, a word too if none is open; its content follows at `from`. */
  quote(quoting: Quoting, at: number, from: number): void {
    this.open(at);
    this.quoting = quoting;
    // An anchor for text that is added where there is none.
    if (this.mapped) this.map.push({ start: this.length, end: this.length, from, to: from, exact: true, quoting });
  }

  unquote(): void {
    this.quoting = 'bare';
  }

  /** Adds the source between two offsets as it is. */
  take(from: number, to: number): void {
    this.open(from).add(this.source.slice(from, to));
    if (this.mapped) this.track(from, to, to - from, true);
  }

  /** Adds the source between two offsets; its first character is written as an escape that begins at `at`. */
  takeEscaped(at: number, from: number, to: number): void {
    this.open(at).add(this.source.slice(from, to));
    if (!this.mapped || to <= from) return;
    this.track(at, from + 1, 1, false);
    if (to > from + 1) this.track(from + 1, to, to - from - 1, true);
  }

  /** Adds what the source between two offsets stands for. */
  put(text: string, from: number, to: number): void {
    this.open(from).add(text);
    if (this.mapped) this.track(from, to, text.length, text.length === to - from && this.source.startsWith(text, from));
  }

  private track(from: number, to: number, length: number, exact: boolean): void {
    if (length === 0) return;
    const { quoting } = this;
    const last = this.map.at(-1);
    const start = this.length;
    this.length += length;
    if (exact && last?.exact && last.to === from && last.quoting === quoting) this.map[this.map.length - 1] = { ...last, end: this.length, to };
    else this.map.push({ start, end: this.length, from, to, exact, quoting });
  }

  close(at: number): void {
    if (!this.pieces) return;
    const text = this.pieces.text();
    const word: Word = this.mapped ? { text, start: this.start, end: at, pieces: this.map } : { text, start: this.start, end: at };
    this.pieces = undefined;
    if (this.next === 'argument') this.words.push(word);
    else if (this.next === 'stdin') this.stdin = withBreak(word);
    this.next = 'argument';
  }

  /** Forgets the open word where it is the number of a file to redirect (`2>`). */
  dropFileNumber(): void {
    if (this.pieces && /^\d{1,2}$/.test(this.pieces.text())) this.pieces = undefined;
  }
}

/** A here-string ends with a line break that nobody wrote. */
function withBreak(word: Word): Word {
  const { pieces, text } = word;
  const at = pieces?.at(-1)?.to ?? word.end;
  const end: WordPiece = { start: text.length, end: text.length + 1, from: at, to: at, exact: false, quoting: pieces?.at(-1)?.quoting ?? 'bare' };
  return { ...word, text: `${text}\n`, ...(pieces ? { pieces: [...pieces, end] } : {}) };
}

/** `<NAME>` left in by the author: text to us, although a shell would redirect. Sticky. */
export const ANGLE_PLACEHOLDER = /<[A-Za-z][\w.-]{0,80}>/y;

/** Length of the line break at an offset: 2, 1 or 0. */
export function lineBreak(text: string, at: number): 0 | 1 | 2 {
  if (text[at] === '\n') return 1;
  return text[at] === '\r' && text[at + 1] === '\n' ? 2 : 0;
}

/** Where the next line starts if only blanks follow `at` on its line, else -1. Blanks after a continuation character are a slip of copying. */
export function lineContinues(text: string, at: number): number {
  let i = at;
  while (i < at + 20 && (text[i] === ' ' || text[i] === '\t')) i++;
  const length = lineBreak(text, i);
  return length === 0 ? -1 : i + length;
}

/** Matches a sticky expression at an offset. @returns the length, 0 for none */
export function lengthAt(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at;
  return sticky.test(text) ? sticky.lastIndex - at : 0;
}
