import { optional } from '../platform/json.js';
import { curlTransfers, headerParts, transferRequest } from './curlRequest.js';
import { type Argument, type Data, LINE_BREAKS, type Transfer } from './curlTransfer.js';
import { type CurlCommand, type FindOptions, findCurl, type Shell } from './findCurl.js';
import { type Change, changedPieces, FIXED, MappedText, type SourceEdit, type Whole, type Writing, type WrittenPiece } from './mappedText.js';
import { cmdWriting, POSIX, powershellWriting, quoteWord } from './quoting.js';
import { type Ignored, pathIn, type Region, type RegionHeader } from './region.js';
import type { Quoting, Word } from './shellWords.js';

export interface CurlOptions {
  readonly shellAt?: (offset: number) => Shell | undefined;
  /** Whether commands in the middle of a sentence count. */
  readonly inSentences: boolean;
}

/** The transfers of the cURL commands in a text, comments left out. A command that swallows the next one was left open: it ends before. */
export function* curlRegions(text: string, { shellAt, inSentences }: CurlOptions): Generator<Region> {
  const options: FindOptions = { map: true, ...optional('shellAt', shellAt) };
  const pending: string[] = [];
  for (const command of findCurl(text, false, (sentence) => pending.push(sentence), options)) {
    const notes = pending.splice(0);
    if (command.ownLine || inSentences) yield* new CommandReader(text, command, notes, shellAt?.(command.start) !== undefined).regions();
  }
}

/** One command, its words mapped to the text. */
class CommandReader {
  private readonly left: { readonly sentence: string; readonly argument: Argument }[] = [];
  private readonly transfers: readonly Transfer[];
  private readonly words = new Map<Word, MappedText>();
  private readonly indices: ReadonlyMap<Word, number>;
  private readonly notes: readonly string[];

  constructor(
    private readonly text: string,
    private readonly command: CurlCommand,
    found: readonly string[],
    private readonly shellIsTold: boolean,
  ) {
    const notes = new Set(found);
    this.indices = new Map(command.words.map((word, i) => [word, i]));
    this.transfers = curlTransfers(command, (sentence, argument) => {
      if (argument) this.left.push({ sentence, argument });
      else notes.add(sentence);
    });
    this.notes = [...notes];
  }

  *regions(): Generator<Region> {
    const left = this.left.sort((a, b) => a.argument.option.start - b.argument.option.start);
    let next = 0;
    for (const [index, transfer] of this.transfers.entries()) {
      const end = transfer.last?.end ?? 0;
      const ignored: Ignored[] = [];
      for (let own = left[next]; own && own.argument.option.start < end; own = left[++next]) ignored.push(this.ignored(own.argument, own.sentence));
      if (transfer.urls.length > 0 || transfer.guess !== undefined || transfer.hasData) yield this.region(transfer, index, ignored);
    }
  }

  private ignored({ option, word }: Argument, reason: string): Ignored {
    const start = this.command.at + option.start;
    const end = this.command.at + word.end;
    return { start, end, text: this.text.slice(start, end), reason };
  }

  private region(t: Transfer, index: number, ignored: Ignored[]): Region {
    const { command, text } = this;
    const { at } = command;
    const written = t.urls[0] ?? t.guess;
    const notes = [...this.notes];
    const request = transferRequest(t, written?.text ?? '', (sentence, argument) => {
      if (argument) ignored.push(this.ignored(argument, sentence));
      else if (written || !sentence.startsWith('The URL')) notes.push(sentence);
    });
    if (t.urls.length > 1) notes.push(`curl sends the same to ${t.urls.length - 1} more ${t.urls.length === 2 ? 'URL' : 'URLs'}.`);
    const url = written && this.argument(written);
    const stdin = t.data.find((d) => d.argument && d.argument.word === command.stdin)?.argument?.word;
    const start = index === 0 ? command.start : at + (t.first?.start ?? 0);
    const end = at + Math.max(t.last?.end ?? 0, stdin?.end ?? 0);
    const sends = t.hasData && !t.get && !t.multipart && !t.upload && t.data.length > 0;
    const [file] = t.files;
    return {
      form: 'curl',
      span: { start, end: Math.min(end, text.length) },
      request,
      ...optional('method', t.method && this.argument(t.method)),
      ...optional('url', url),
      ...optional('path', url && pathIn(url)),
      headers: t.headers.flatMap((h) => this.header(h)),
      ...optional('body', sends ? this.body(t.data, index) : undefined),
      joined: sends && t.data.some((d) => !d.argument),
      ...optional('file', file && file.text !== '-' ? this.argument(file) : undefined),
      ignored,
      notes,
      shell: command.shell,
      ...optional('quoting', sends ? quotingOf(t.data[0]) : undefined),
    };
  }

  private header(argument: Argument): RegionHeader[] {
    const parts = headerParts(argument.text);
    if (!parts || parts.name.end > argument.text.length) return [];
    const line = this.argument(argument);
    return [{ name: line.slice(parts.name.start, parts.name.end), value: line.slice(parts.value.start, parts.value.end) }];
  }

  private argument({ word, from, text }: Argument): MappedText {
    const whole = this.word(word);
    return from === 0 && text.length === word.text.length ? whole : whole.slice(from, from + text.length);
  }

  private word(word: Word): MappedText {
    let mapped = this.words.get(word);
    if (!mapped) {
      const index = this.indexOf(word);
      mapped = MappedText.of(word.text, this.pieces(word), {
        ...this.options(),
        check: (edit, expected) => this.rereads(edit, (words) => words[index]?.text === expected, new Set([index])),
      });
      this.words.set(word, mapped);
    }
    return mapped;
  }

  private indexOf(word: Word): number {
    return this.indices.get(word) ?? -1;
  }

  private options(): { readonly source: string; readonly linePrefix?: string } {
    return { source: this.text, ...optional('linePrefix', this.command.linePrefix) };
  }

  private pieces(word: Word): WrittenPiece[] {
    const { at, shell } = this.command;
    const isStdin = word === this.command.stdin;
    const start = at + word.start;
    const end = at + word.end;
    const source = this.text.slice(start, end);
    const whole: Whole = { start, end, text: word.text, quote: (text, variables) => quoteWord(shell, word.old === true, text, variables) };
    const writings = new Map<Quoting, Writing>();
    const writing = (quoting: Quoting): Writing => {
      let found = writings.get(quoting);
      if (!found) {
        found = shell === 'cmd' ? cmdWriting(source) : shell === 'powershell' ? powershellWriting(quoting, word.old === true) : POSIX[quoting];
        writings.set(quoting, found ?? FIXED);
      }
      return found ?? FIXED;
    };
    return (word.pieces ?? []).map(({ start: s, end: e, from, to, exact, quoting }) => ({
      start: s,
      end: e,
      from: at + from,
      to: at + to,
      exact,
      writing: from === to && e > s ? FIXED : writing(quoting),
      ...(isStdin ? {} : { whole }),
    }));
  }

  private body(data: readonly Data[], index: number): MappedText {
    const [only] = data;
    if (data.length === 1 && only?.argument && only.how === 'as-is' && only.argument.word !== this.command.stdin) return this.argument(only.argument);
    const pieces: WrittenPiece[] = [];
    const involved = new Set<number>();
    let length = 0;
    let unbroken = false;
    for (const part of data) {
      let own: WrittenPiece[];
      if (!part.argument) {
        const at = pieces.at(-1)?.to ?? 0;
        own = [{ start: 0, end: part.text.length, from: at, to: at, exact: false, writing: FIXED }];
      } else {
        const { word, from, text } = part.argument;
        involved.add(this.indexOf(word));
        own = cutFrom(this.pieces(word), from);
        if (part.how === 'unbroken') {
          unbroken = true;
          own = changedPieces(own, breaksIn(text));
        } else if (part.how === 'encoded') {
          own = own.slice(0, 1).map((p) => ({ ...p, start: 0, end: part.text.length, to: own.at(-1)?.to ?? p.to, exact: false, writing: FIXED }));
        }
      }
      for (const p of own) pieces.push({ ...p, start: p.start + length, end: p.end + length });
      length += part.text.length;
    }
    const text = data.map((d) => d.text).join('');
    const stdin = data.some((d) => d.argument?.word === this.command.stdin);
    const normal = (t: string): string => (unbroken ? t.replace(LINE_BREAKS, '') : stdin ? t.replace(/\n\t+/g, '\n') : t);
    return MappedText.of(text, pieces, {
      ...this.options(),
      fixedEnd: stdin && !unbroken && text.endsWith('\n') ? 1 : 0,
      check: (edit, expected) =>
        this.rereads(edit, (_, transfers) => normal(transfers[index]?.data.map((d) => d.text).join('') ?? '') === normal(expected), involved),
    });
  }

  /** Whether the command with an edit is as before, apart from the words that are edited and what `isWanted` looks at. */
  private rereads(
    { start, end, newText }: SourceEdit,
    isWanted: (words: readonly Word[], transfers: readonly Transfer[]) => boolean,
    edited: ReadonlySet<number>,
  ): boolean {
    const { command, text } = this;
    const lineStart = Math.max(text.lastIndexOf('\n', command.start - 1) + 1, command.start - 1000);
    const after = text.indexOf('\n', command.at + command.end);
    const snippet = text.slice(lineStart, start) + newText + text.slice(end, after === -1 ? text.length : after + 1);
    const options: FindOptions = this.shellIsTold ? { shellAt: () => command.shell } : {};
    for (const again of findCurl(snippet, false, () => {}, options)) {
      if (again.at !== command.at - lineStart) continue;
      if ((again.unclosed === undefined) !== (command.unclosed === undefined)) return false;
      if (again.words.length !== command.words.length) return false;
      if (again.words.some((w, i) => !edited.has(i) && w.text !== command.words[i]?.text)) return false;
      const transfers = curlTransfers(again, () => {});
      return shape(transfers) === shape(this.transfers) && isWanted(again.words, transfers);
    }
    return false;
  }
}

/** What an edit of a value must not change. */
const shape = (transfers: readonly Transfer[]): string =>
  JSON.stringify(
    transfers.map((t) => [
      t.urls.length,
      t.guess === undefined,
      t.headers.map((h) => headerParts(h.text) !== undefined && /:\s*\S|;/.test(h.text)),
      t.data.map((d) => [d.how, d.argument === undefined]),
      t.files.length,
      t.method === undefined,
    ]),
  );

function cutFrom(pieces: readonly WrittenPiece[], from: number): WrittenPiece[] {
  if (from === 0) return [...pieces];
  return pieces.flatMap((p) => {
    if (p.end < from) return [];
    const start = Math.max(p.start, from);
    return [{ ...p, from: p.exact ? p.from + start - p.start : p.from, start: start - from, end: p.end - from }];
  });
}

const breaksIn = (text: string): Change[] => Array.from(text.matchAll(LINE_BREAKS), (m) => ({ start: m.index, end: m.index + m[0].length, text: '' }));

/** The quoting where the text begins. */
function quotingOf(data: Data | undefined): Quoting | undefined {
  const argument = data?.argument;
  return argument?.word.pieces?.find((p) => p.end > argument.from || argument.text === '')?.quoting;
}
