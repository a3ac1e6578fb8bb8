import { readFile } from 'node:fs/promises';
import { Operations } from './platform/operations.js';

/** The facts that ship with the extension, read when something first asks. */
export class Facts {
  #operations: Promise<Operations> | undefined;

  /** @param folder absolute path of dist/data */
  constructor(private readonly folder: string) {}

  operations(): Promise<Operations> {
    this.#operations ??= readFile(`${this.folder}/operations.json`, 'utf8').then((json) => Operations.parse(json));
    return this.#operations;
  }
}
