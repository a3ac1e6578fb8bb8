import type { Population } from './population.js';

/** What can give a part of itself as a list. */
interface Sliced<T> {
  readonly length: number;
  slice(from: number, to: number): readonly T[];
}

/** The things of a population in their order, and by parts of their names, which never change. Nothing is kept of a thing but its name. */
export class NameIndex<T extends { readonly id: string; readonly name: string }> implements Sliced<T> {
  /** Names in lower case, one a line. */
  #text: string | undefined;
  #starts: Uint32Array = new Uint32Array(0);

  constructor(private readonly things: Population<T>) {}

  get length(): number {
    return this.things.size;
  }

  slice(from: number, to: number): readonly T[] {
    const own = [...this.things.own()];
    const places = Array.from({ length: Math.max(0, Math.min(to, this.length) - Math.max(from, own.length)) }, (_, i) => Math.max(from, own.length) + i);
    return [...own.slice(from, to), ...places.flatMap((place) => this.things.inSeries(place - own.length) ?? [])];
  }

  /** Those that have `wanted` in their names, letter case aside. */
  find(wanted: string): Sliced<T> {
    const places = this.#search(wanted.toLowerCase());
    return { length: places.length, slice: (from, to) => places.slice(from, to).flatMap((place) => this.slice(place, place + 1)) };
  }

  /** One search of one long text, which is made when somebody first asks. */
  #search(wanted: string): number[] {
    this.#text ??= this.#write();
    const places: number[] = [];
    let line = 0;
    for (let at = this.#text.indexOf(wanted); at !== -1; at = this.#text.indexOf(wanted, this.#starts[line] as number)) {
      while ((this.#starts[line + 1] as number) <= at) line++;
      places.push(line++);
      if (line >= this.#starts.length - 1) break;
    }
    return places;
  }

  #write(): string {
    const lines = [...this.things.own()].map((t) => t.name.toLowerCase());
    for (let i = 0; i < this.things.seriesCount; i++) lines.push(this.things.glance(i)?.name.toLowerCase() ?? '');
    this.#starts = new Uint32Array(lines.length + 1);
    lines.forEach((line, i) => {
      this.#starts[i + 1] = (this.#starts[i] as number) + line.length + 1;
    });
    return `${lines.join('\n')}\n`;
  }
}
