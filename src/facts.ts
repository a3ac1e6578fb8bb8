import { readFile, rename } from 'node:fs/promises';
import type { Operations } from './platform/operations.js';

/** Facts that a refresh has stored on this machine, a file a region. */
export interface StoredFacts {
  /** Absolute path. */
  readonly folder: string;
  /** The name of the region whose facts matter now; undefined where nobody is signed in. */
  readonly region: () => Promise<string | undefined>;
  /** Told once when a file cannot be used. */
  readonly report: (problem: string) => void;
}

/** What is known of the API: as it was read from the region of who is signed in, else as it ships. Read when something first asks. */
export class Facts {
  #shipped: Promise<Operations> | undefined;
  #current: Promise<Operations> | undefined;

  /** @param folder absolute path of dist/data */
  constructor(
    private readonly folder: string,
    private readonly stored: StoredFacts,
  ) {}

  operations(): Promise<Operations> {
    this.#current ??= this.#read();
    return this.#current;
  }

  /** What ships with the extension, whoever is signed in. */
  shipped(): Promise<Operations> {
    this.#shipped ??= Promise.all([readFile(`${this.folder}/operations.json`, 'utf8'), import('./platform/operations.js')]).then(([json, { Operations }]) =>
      Operations.parse(json),
    );
    return this.#shipped;
  }

  /** Where the facts of a region are stored. */
  file(region: string): string {
    return `${this.stored.folder}/${region.replaceAll(/[^a-z0-9-]/g, '_')}.json`;
  }

  /** Somebody else is signed in, or the facts were stored anew: whoever asks next gets those. */
  forget(): void {
    this.#current = undefined;
  }

  async #read(): Promise<Operations> {
    const region = await this.stored.region();
    const [shipped, stored] = await Promise.all([this.shipped(), region === undefined ? undefined : this.#readStored(region)]);
    // An extension that is newer than what was read ships the newer facts.
    return stored && stored.listedAsOf >= shipped.listedAsOf ? stored : shipped;
  }

  async #readStored(region: string): Promise<Operations | undefined> {
    const file = this.file(region);
    let json: string;
    try {
      json = await readFile(file, 'utf8');
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'ENOENT')
        this.stored.report(`The API facts of ${region} cannot be read, so those that ship are used: ${String(e)}`);
      return undefined;
    }
    const { readIndex } = await import('./platform/operationIndex.js');
    const read = readIndex(json);
    if (read.ok) return read.operations;
    const aside = `${file}.damaged-${Date.now()}`;
    const where = await rename(file, aside).then(
      () => ` It was set aside as ${aside}.`,
      () => '',
    );
    this.stored.report(
      `The stored API facts of ${region} cannot be used (${read.problem}), so those that ship are.${where} Refresh API Facts reads them again.`,
    );
    return undefined;
  }
}
