import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { indexOf } from '../org/apiFacts.js';
import { readIndex } from '../platform/operationIndex.js';
import { Operations } from '../platform/operations.js';
import { SpecificationReader } from '../platform/specification.js';
import { loadOperations, nameOf, note, readInput, Unusable } from './input.js';

/**
 * The operations of a file: an API description (Swagger 2.0 as the platform serves it, or OpenAPI 3), or an index as Refresh API
 * Facts stores it. Without a file, those that ship.
 */
export async function operationsOf(file: string | undefined): Promise<Operations> {
  const shipped = loadOperations();
  if (file === undefined) return shipped;
  const reader = new SpecificationReader();
  let start = '';
  try {
    for await (const chunk of (file === '-' ? process.stdin : createReadStream(file)) as AsyncIterable<Uint8Array>) {
      if (start === '') start = Buffer.from(chunk.subarray(0, 200)).toString('latin1');
      if (isIndex(start) || !reader.write(chunk)) break;
    }
  } catch (e) {
    // The words for a file that cannot be read are there already.
    if (file !== '-') await readInput(file);
    throw e;
  }
  if (isIndex(start)) return stored(file);
  const description = reader.end();
  if (!description.ok) throw new Unusable(`--facts: ${nameOf(file)} cannot be used: ${description.problem}.`);
  if (description.leftOut > 0)
    note(`${nameOf(file)}: ${description.leftOut} ${description.leftOut === 1 ? 'path is' : 'paths are'} none of the platform’s API and left out.`);
  const date = (file === '-' ? new Date() : (await stat(file)).mtime).toISOString().slice(0, 10);
  return Operations.parse(indexOf(description.operations, shipped, `API description in ${printable(nameOf(file))}, file of ${date}.`, date));
}

/** An index begins with its source. */
const isIndex = (start: string): boolean => /^\s*\{\s*"source"/.test(start);

async function stored(file: string): Promise<Operations> {
  if (file === '-') throw new Unusable('--facts: an index is read from a file, not from standard input.');
  const read = readIndex(await readInput(file));
  if (!read.ok) throw new Unusable(`--facts: ${file} cannot be used: ${read.problem}.`);
  return read.operations;
}

const printable = (name: string): string => name.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?').slice(-150);
