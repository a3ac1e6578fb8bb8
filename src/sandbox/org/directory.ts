import type { MadeUpNames } from './madeUpNames.js';
import type { Population } from './population.js';
import type { Person } from './types.js';

/** How a wanted text compares with a person's: the whole of it, a part, the beginning of a word, a word. */
export type Match = 'whole' | 'part' | 'start' | 'word';

/** The fields by which people are found most often. What a field says of everybody is kept, so there is one of each. */
export const NAME = (p: Person): string => p.name;
export const EMAIL = (p: Person): string => p.email;

/** Letter case aside, accents told apart; the same on every machine. */
const { compare } = new Intl.Collator('en');

/** The texts of one field of everybody, in lower case, one a line in the order of their names. */
interface Column {
  readonly text: string;
  /** Where each line begins; one more for the end. */
  readonly starts: Uint32Array;
}

/**
 * The people of an org in the order of their names, and what is searched of them. Sorted and put into lower case once, when
 * somebody first asks; a search is then a search of one long text. Whoever adds or removes people says `forget`.
 */
export class Directory {
  /** Who is where: a place of the made-up people, or below zero one of `#own`. */
  #order: Int32Array | undefined;
  #own: readonly Person[] = [];
  /** Made-up people among them may have other names than they were made with. */
  readonly #changed = new Set<Person>();
  readonly #columns = new Map<(p: Person) => string | undefined, Column>();

  constructor(
    private readonly people: Population<Person>,
    private readonly names: MadeUpNames | undefined,
  ) {}

  get length(): number {
    return this.#sorted().length;
  }

  /** Whoever stands from one place to before another. */
  slice(from: number, to: number): Person[] {
    const order = this.#sorted();
    return [...order.subarray(Math.max(0, from), Math.max(0, to))].flatMap((code) => (code < 0 ? this.#own[~code] : this.people.inSeries(code)) ?? []);
  }

  /** Whoever stands at these places. */
  pick(places: Iterable<number>): Person[] {
    return [...places].flatMap((place) => this.slice(place, place + 1));
  }

  /**
   * Marks with 1, in the order of names, everybody of whom `field` matches one of the texts.
   * @param field a constant function: what it says of everybody is kept @param wanted in lower case
   */
  mark(field: (p: Person) => string | undefined, match: Match, wanted: string, marks: Uint8Array): void {
    const column = this.#column(field);
    scan(column, wanted.replaceAll('\n', ' '), match, marks);
  }

  /** Marks with 1 everybody of whom the test holds. Slower than `mark`. */
  test(holds: (p: Person) => boolean, marks: Uint8Array): void {
    const order = this.#sorted();
    for (let i = 0; i < order.length; i++) {
      const person = this.#glance(order[i] as number);
      if (person && holds(person)) marks[i] = 1;
    }
  }

  /** Somebody has come, gone, or changed. */
  forget(id: string): void {
    const person = this.people.get(id);
    if (person) this.#changed.add(person);
    this.#order = undefined;
    this.#columns.clear();
  }

  #glance(code: number): Person | undefined {
    return code < 0 ? this.#own[~code] : this.people.glance(code);
  }

  #sorted(): Int32Array {
    this.#order ??= this.#sort();
    return this.#order;
  }

  #sort(): Int32Array {
    this.#own = [...new Set([...this.people.own(), ...this.#changed])].filter((p) => this.people.has(p.id)).sort((a, b) => compare(a.name, b.name));
    const made = this.names?.inOrder(compare) ?? new Uint32Array(0);
    const order = new Int32Array(this.people.size);
    let filled = 0;
    let next = 0;
    const upTo = (end: number): void => {
      for (; next < end; next++) {
        const place = made[next] as number;
        if (this.people.isThere(place) && !this.#isChanged(place)) order[filled++] = place;
      }
    };
    this.#own.forEach((person, i) => {
      upTo(this.#placeAmong(made, person.name, next));
      order[filled++] = ~i;
    });
    upTo(made.length);
    return order;
  }

  #isChanged(place: number): boolean {
    const person = this.#changed.size === 0 ? undefined : this.people.glance(place);
    return person !== undefined && this.#changed.has(person);
  }

  /** How many of the made-up people, from `from` on, stand before a name. */
  #placeAmong(made: Uint32Array, name: string, from: number): number {
    let [low, high] = [from, made.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.names?.name(made[middle] as number) ?? '', name) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #column(field: (p: Person) => string | undefined): Column {
    const known = this.#columns.get(field);
    if (known) return known;
    const order = this.#sorted();
    const lines: string[] = [];
    const starts = new Uint32Array(order.length + 1);
    for (let i = 0; i < order.length; i++) {
      const person = this.#glance(order[i] as number);
      const value = (person && field(person)?.toLowerCase()) ?? '';
      const line = value.includes('\n') ? value.replaceAll('\n', ' ') : value;
      lines.push(line);
      starts[i + 1] = (starts[i] as number) + line.length + 1;
    }
    const column = { text: `${lines.join('\n')}\n`, starts };
    this.#columns.set(field, column);
    return column;
  }
}

/** Marks the lines of a column that match. */
function scan({ text, starts }: Column, wanted: string, match: Match, marks: Uint8Array): void {
  const lines = starts.length - 1;
  let line = 0;
  let at = wanted === '' ? (starts[0] as number) : text.indexOf(wanted);
  while (at !== -1 && line < lines) {
    while ((starts[line + 1] as number) <= at) line++;
    const [start, end] = [starts[line] as number, (starts[line + 1] as number) - 1];
    const fits = accepts(text, wanted, match, at, start, end);
    if (fits) marks[line] = 1;
    if (wanted === '') at = starts[++line] as number;
    else at = text.indexOf(wanted, fits ? end + 1 : at + 1);
  }
}

const SPACE = 0x20;
const isSpace = (code: number): boolean => code === SPACE || (code >= 0x09 && code <= 0x0d) || code === 0xa0;
const AT = 0x40;
const DOT = 0x2e;
const SEVERAL_WORDS = /[\s@.]/;
const separates = (code: number): boolean => isSpace(code) || code === AT || code === DOT;

/** Whether the wanted text at `at`, of the line from `start` to `end`, stands where the match wants it. */
function accepts(text: string, wanted: string, match: Match, at: number, start: number, end: number): boolean {
  const whole = at === start && at + wanted.length === end;
  switch (match) {
    case 'part':
      return true;
    case 'whole':
      return whole;
    case 'start':
      return at === start || isSpace(text.charCodeAt(at - 1));
    case 'word':
      return (
        whole ||
        (!SEVERAL_WORDS.test(wanted) &&
          (at === start || separates(text.charCodeAt(at - 1))) &&
          (at + wanted.length === end || separates(text.charCodeAt(at + wanted.length))))
      );
  }
}
