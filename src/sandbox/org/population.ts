/** Things that are only made when somebody asks for one: `count` of them, each known by its place and found by its id. */
export interface Series<T> {
  readonly count: number;
  at(index: number): T;
  /** The place of what has this id. */
  indexOf(id: string): number | undefined;
}

/**
 * Ids for the things of a series, the same for the same seed and kind. The first eight digits are the thing's place, spread
 * over all numbers by an odd factor (which modulo 2³² has an inverse), so that the place is read off the id.
 */
export class Ids {
  readonly #shift: number;
  readonly #salt: number;

  constructor(seed: number, kind: number) {
    this.#shift = mixed(seed, kind);
    this.#salt = mixed(kind, seed);
  }

  at(index: number): string {
    const first = (Math.imul(index, FACTOR) + this.#shift) >>> 0;
    const second = mixed(first, this.#salt);
    const third = mixed(second, this.#salt);
    const fourth = mixed(third, this.#salt);
    const rest = hex(second) + hex(third) + hex(fourth);
    // Version 4, variant 10 (RFC 9562).
    return `${hex(first)}-${rest.slice(0, 4)}-4${rest.slice(4, 7)}-${'89ab'[fourth & 3]}${rest.slice(7, 10)}-${rest.slice(10, 22)}`;
  }

  /** The place of an id among the first `count`. */
  indexOf(id: string, count: number): number | undefined {
    const first = Number.parseInt(id.slice(0, 8), 16);
    const index = Math.imul((first - this.#shift) | 0, INVERSE) >>> 0;
    return index < count && this.at(index) === id ? index : undefined;
  }
}

const FACTOR = 0x9e3779b1;
const INVERSE = inverse(FACTOR);

/** The number that `factor` has to be multiplied with to be 1, modulo 2³² (Newton's iteration: each step doubles the bits that are right). */
function inverse(factor: number): number {
  let x = factor;
  for (let n = 0; n < 4; n++) x = Math.imul(x, 2 - Math.imul(factor, x));
  return x;
}

const hex = (word: number): string => word.toString(16).padStart(8, '0');

/** 32 bits that depend on every bit of both (the finalizer of MurmurHash3). */
export function mixed(a: number, b: number): number {
  let h = Math.imul(a ^ 0x85ebca6b, 0xcc9e2d51) ^ Math.imul(b, 0x1b873593);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const NONE: Series<never> = {
  count: 0,
  at: () => {
    throw new RangeError('an empty series');
  },
  indexOf: () => undefined,
};

/** Things by their ids: some that are there, and a series of others that come after them. What was made once stays the same object. */
export class Population<T extends { readonly id: string }> extends Map<string, T> {
  readonly #series: Series<T>;
  readonly #made: (T | undefined)[];
  /** Places of the series that have been deleted. */
  readonly #gone = new Set<number>();

  constructor(own: ReadonlyMap<string, T> = new Map(), series: Series<T> = NONE) {
    super();
    this.#series = series;
    this.#made = new Array<T | undefined>(series.count);
    for (const [id, thing] of own) super.set(id, thing);
  }

  override get size(): number {
    return super.size + this.#series.count - this.#gone.size;
  }

  /** Those that are not of the series. */
  own(): MapIterator<T> {
    return super.values();
  }

  get seriesCount(): number {
    return this.#series.count;
  }

  /** Whether a thing of the series has not been deleted. */
  isThere(index: number): boolean {
    return !this.#gone.has(index);
  }

  /** What is at a place of the series; undefined where it was deleted. */
  inSeries(index: number): T | undefined {
    if (this.#gone.has(index)) return undefined;
    this.#made[index] ??= this.#series.at(index);
    return this.#made[index];
  }

  /** Like `inSeries`, but what nobody has asked for yet is made for this once: to look at it, not to keep it. */
  glance(index: number): T | undefined {
    return this.#gone.has(index) ? undefined : (this.#made[index] ?? this.#series.at(index));
  }

  override get(id: string): T | undefined {
    const own = super.get(id);
    if (own) return own;
    const index = this.#series.indexOf(id);
    return index === undefined ? undefined : this.inSeries(index);
  }

  override has(id: string): boolean {
    if (super.has(id)) return true;
    const index = this.#series.indexOf(id);
    return index !== undefined && !this.#gone.has(index);
  }

  override delete(id: string): boolean {
    if (super.delete(id)) return true;
    const index = this.#series.indexOf(id);
    if (index === undefined || this.#gone.has(index)) return false;
    this.#gone.add(index);
    this.#made[index] = undefined;
    return true;
  }

  override clear(): void {
    super.clear();
    for (let i = 0; i < this.#series.count; i++) this.#gone.add(i);
    this.#made.fill(undefined);
  }

  override *values(): MapIterator<T> {
    yield* super.values();
    for (let i = 0; i < this.#series.count; i++) {
      const thing = this.inSeries(i);
      if (thing) yield thing;
    }
  }

  override *keys(): MapIterator<string> {
    for (const { id } of this.values()) yield id;
  }

  override *entries(): MapIterator<[string, T]> {
    for (const thing of this.values()) yield [thing.id, thing];
  }

  override [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries();
  }

  override forEach(use: (thing: T, id: string, map: Map<string, T>) => void): void {
    for (const thing of this.values()) use(thing, thing.id, this);
  }
}
