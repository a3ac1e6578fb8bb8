/** One argument as the program gets it, and where it stands in the text. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The words of one command, up to where its shell would end it. */
export interface Command {
  readonly words: readonly Word[];
  /** Offset after the command. */
  readonly end: number;
  /** Offset of a quote that is never closed; its word then reaches to the end. */
  readonly unclosed?: number;
  /** What a here-document or here-string gives to standard input. */
  readonly stdin?: string;
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
 * Builds words out of a source text. Every character of a word comes through `take` or `put` with its place in the source, so a map
 * from a word's offsets to the text's needs a change here only.
 */
export class WordBuilder {
  readonly words: Word[] = [];
  stdin: string | undefined;
  /** What becomes of the next word: an argument, the target of a redirection, or a here-string. */
  next: 'argument' | 'redirection' | 'stdin' = 'argument';
  private pieces: Pieces | undefined;
  private start = 0;

  constructor(private readonly source: string) {}

  get isOpen(): boolean {
    return this.pieces !== undefined;
  }

  /** A word begins here, even if nothing is added to it (`''`). */
  open(at: number): Pieces {
    if (!this.pieces) {
      this.pieces = new Pieces();
      this.start = at;
    }
    return this.pieces;
  }

  /** Adds the source between two offsets as it is. */
  take(from: number, to: number): void {
    this.open(from).add(this.source.slice(from, to));
  }

  /** Adds what the source at `from` stands for. */
  put(text: string, from: number): void {
    this.open(from).add(text);
  }

  close(at: number): void {
    if (!this.pieces) return;
    const text = this.pieces.text();
    this.pieces = undefined;
    if (this.next === 'argument') this.words.push({ text, start: this.start, end: at });
    else if (this.next === 'stdin') this.stdin = `${text}\n`;
    this.next = 'argument';
  }

  /** Forgets the open word where it is the number of a file to redirect (`2>`). */
  dropFileNumber(): void {
    if (this.pieces && /^\d{1,2}$/.test(this.pieces.text())) this.pieces = undefined;
  }
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
