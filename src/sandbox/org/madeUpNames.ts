import { FIRST_NAMES, LAST_NAMES } from './names.js';
import { mixed } from './population.js';
import type { Person } from './types.js';

/** Area codes of North America. With 555-01xx each has a hundred numbers that are nobody's. */
const AREA_CODES = [
  202, 206, 212, 213, 214, 215, 216, 303, 305, 312, 313, 314, 404, 408, 410, 412, 414, 415, 416, 502, 503, 504, 512, 513, 514, 602, 604, 612, 614, 615, 617,
  619, 702, 713, 716, 718, 801, 803, 804, 808, 816, 901, 904, 913, 919, 972,
];
const NUMBERS = AREA_CODES.length * 100;

const slug = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
const FIRST_SLUGS = FIRST_NAMES.map(slug);
const LAST_SLUGS = LAST_NAMES.map(slug);

/** Names, addresses and numbers of made-up people, each unlike those of the others and of the people whom the org has already. */
export class MadeUpNames {
  /** The pairs of a first and a last name that nobody of the org has: `first * LAST_NAMES.length + last`. */
  readonly #pairs: Uint32Array;
  readonly #stride: number;
  readonly #shift: number;
  readonly #phoneEvery: number;
  readonly #takenPhones: ReadonlySet<string>;

  constructor(
    seed: number,
    readonly count: number,
    others: Iterable<Person>,
  ) {
    const taken = new Set<number>();
    const phones = new Set<string>();
    for (const { name, email, phone } of others) {
      taken.add(pairOf(/^(\S+) (\S+?)(?: \d+)?$/.exec(name)));
      taken.add(pairOf(/^([a-z]+)\.([a-z]+)(?:\.\d+)?@example\.com$/i.exec(email)));
      if (phone !== undefined) phones.add(phone);
    }
    const all = Array.from({ length: FIRST_NAMES.length * LAST_NAMES.length }, (_, pair) => pair);
    this.#pairs = Uint32Array.from(taken.size > 1 ? all.filter((pair) => !taken.has(pair)) : all);
    const { length } = this.#pairs;
    let stride = 1 + (mixed(seed, 21) % (length - 1));
    while (divisor(stride, length) !== 1) stride++;
    this.#stride = stride;
    this.#shift = mixed(seed, 22) % length;
    this.#phoneEvery = Math.max(1, Math.ceil(count / NUMBERS));
    this.#takenPhones = phones;
  }

  name(index: number): string {
    const [first, last, number] = this.#parts(index);
    return `${FIRST_NAMES[first]} ${LAST_NAMES[last]}${number === 1 ? '' : ` ${number}`}`;
  }

  email(index: number): string {
    const [first, last, number] = this.#parts(index);
    return `${FIRST_SLUGS[first]}.${LAST_SLUGS[last]}${number === 1 ? '' : `.${number}`}@example.com`;
  }

  /** There are fewer numbers for fiction than people in a large org: then every so many people have one. */
  phone(index: number): string | undefined {
    if (index % this.#phoneEvery !== 0) return undefined;
    const n = index / this.#phoneEvery;
    const phone = `+1${AREA_CODES[Math.floor(n / 100)]}55501${String(n % 100).padStart(2, '0')}`;
    return this.#takenPhones.has(phone) ? undefined : phone;
  }

  /** The places of everybody in the order of their names, without a comparison of names: the lists are in order. */
  inOrder(compare: (a: string, b: string) => number): Uint32Array {
    const { length } = this.#pairs;
    const rank = (names: readonly string[]): number[] => {
      const sorted = [...names].sort(compare);
      return names.map((name) => sorted.indexOf(name));
    };
    const [firsts, lasts] = [rank(FIRST_NAMES), rank(LAST_NAMES)];
    const order = Uint32Array.from(this.#pairs, (_, at) => at).sort((a, b) => {
      const [x, y] = [this.#pairs[a] as number, this.#pairs[b] as number];
      const byFirst = (firsts[Math.floor(x / LAST_NAMES.length)] as number) - (firsts[Math.floor(y / LAST_NAMES.length)] as number);
      return byFirst !== 0 ? byFirst : (lasts[x % LAST_NAMES.length] as number) - (lasts[y % LAST_NAMES.length] as number);
    });
    // Where in a round of all pairs each of them stands.
    const turn = new Uint32Array(length);
    for (let n = 0; n < length; n++) turn[(n * this.#stride + this.#shift) % length] = n;
    const rounds = Array.from({ length: Math.ceil(this.count / length) }, (_, round) => round).sort((a, b) => compare(suffix(a), suffix(b)));
    const places = new Uint32Array(this.count);
    let filled = 0;
    for (const at of order)
      for (const round of rounds) {
        const index = round * length + (turn[at] as number);
        if (index < this.count) places[filled++] = index;
      }
    return places;
  }

  #parts(index: number): readonly [first: number, last: number, number: number] {
    const { length } = this.#pairs;
    const pair = this.#pairs[((index % length) * this.#stride + this.#shift) % length] as number;
    return [Math.floor(pair / LAST_NAMES.length), pair % LAST_NAMES.length, Math.floor(index / length) + 1];
  }
}

const suffix = (round: number): string => (round === 0 ? '' : ` ${round + 1}`);

function pairOf(found: RegExpExecArray | null): number {
  const [first, last] = [FIRST_SLUGS.indexOf(slug(found?.[1] ?? '')), LAST_SLUGS.indexOf(slug(found?.[2] ?? ''))];
  return first < 0 || last < 0 ? -1 : first * LAST_NAMES.length + last;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
