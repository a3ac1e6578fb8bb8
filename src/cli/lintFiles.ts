import type { Dirent, Stats } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { LONGEST_TEXT, textKind } from '../exchange/regions.js';
import { decode, readInput } from './input.js';

/** A text to look at. */
export interface TextFile {
  /** As it is told: the argument, or the file below the folder that was named. */
  readonly name: string;
  readonly text: string;
}

/** What became of an argument. `unusable`: it was named and cannot be looked at. `skipped`: it was met in a folder. */
export type Found = { readonly kind: 'file'; readonly file: TextFile } | { readonly kind: 'unusable' | 'skipped'; readonly why: string };

/** Folders that hold what nobody there writes. */
const NOT_ENTERED: ReadonlySet<string> = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  'dist',
  'out',
  'build',
  'target',
  'coverage',
  'vendor',
  '.venv',
  '.tox',
]);
/** UTF-16 has two bytes a character: what is longer has more than `LONGEST_TEXT` of them in any case. */
const MOST_BYTES = LONGEST_TEXT * 4;
/** So much is looked at to tell a binary file. */
const BEGINNING = 8000;

/** The texts of files, of the files below folders, and of standard input (`-`, called `stdinName`). Each file once. */
export async function* filesOf(words: readonly string[], stdinName: string | undefined): AsyncGenerator<Found> {
  const seen = new Set<string>();
  for (const word of words) {
    if (word === '-') yield { kind: 'file', file: { name: stdinName ?? '-', text: await readInput('-') } };
    else yield* below(word, seen, true);
  }
}

async function* below(name: string, seen: Set<string>, isNamed: boolean): AsyncGenerator<Found> {
  const kind = isNamed ? 'unusable' : 'skipped';
  let real: string;
  let info: Stats;
  try {
    real = await realpath(name);
    info = await stat(real);
  } catch (e) {
    yield { kind, why: wordsFor(name, e) };
    return;
  }
  // A link that leads back, and a file that is named twice.
  if (seen.has(real)) return;
  seen.add(real);
  if (info.isDirectory()) yield* inFolder(name, seen, kind);
  else if (!info.isFile()) yield { kind, why: `${name} is no file.` };
  else if (isNamed || textKind('', { fileName: name }) !== 'program') yield* read(name, info, kind);
}

async function* inFolder(folder: string, seen: Set<string>, kind: 'unusable' | 'skipped'): AsyncGenerator<Found> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (e) {
    yield { kind, why: wordsFor(folder, e) };
    return;
  }
  for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const at = path.join(folder, name);
    if (NOT_ENTERED.has(name)) yield { kind: 'skipped', why: `${at} was left out.` };
    else yield* below(at, seen, false);
  }
}

async function* read(name: string, info: Stats, kind: 'unusable' | 'skipped'): AsyncGenerator<Found> {
  if (info.size > MOST_BYTES) {
    yield { kind, why: `${name} has ${Math.round(info.size / 1e6)} MB, more than is looked at.` };
    return;
  }
  let bytes: Buffer;
  try {
    bytes = await readFile(name);
  } catch (e) {
    yield { kind, why: wordsFor(name, e) };
    return;
  }
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!isUtf16 && bytes.subarray(0, BEGINNING).includes(0)) {
    yield { kind, why: `${name} is no text.` };
    return;
  }
  const text = decode(bytes);
  if (text.length > LONGEST_TEXT) yield { kind, why: `${name} has more than ${LONGEST_TEXT / 1e6} million characters: no calls are looked for in it.` };
  else yield { kind: 'file', file: { name, text } };
}

function wordsFor(name: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return `there is no file ${name}.`;
  return code === 'ELOOP' ? `${name} is a link to itself.` : `${name} cannot be read (${code ?? String(error)}).`;
}
