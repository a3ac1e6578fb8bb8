import { createReadStream, readFileSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { isRecord, text } from '../platform/json.js';
import { Operations } from '../platform/operations.js';

/** Input that cannot be used; the message says what and where. Ends the command with exit code 2. */
export class Unusable extends Error {}

/** Says what went wrong on standard error and returns the exit code. */
export function fail(code: number, message: string): number {
  process.stderr.write(`call-doctor: ${message}\n`);
  return code;
}

export const note = (message: string): void => void process.stderr.write(`call-doctor: note: ${message}\n`);

/** The largest file that is read, in bytes: a HAR of a long session fits. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Reads a file, or standard input for "-". */
export async function readInput(file: string): Promise<string> {
  try {
    const bytes = file === '-' ? await readStdin() : await readFile(file);
    if (bytes.length > MOST_BYTES) throw new Unusable(`${nameOf(file)} has more than ${MOST_BYTES / 1024 / 1024} MB, which is the limit.`);
    return decode(bytes);
  } catch (e) {
    throw e instanceof Unusable ? e : unreadable(file, e);
  }
}

function unreadable(file: string, e: unknown): Unusable {
  const code = (e as NodeJS.ErrnoException).code;
  if (file === '-') return new Unusable(`standard input cannot be read (${code ?? String(e)}).`);
  if (code === 'ENOENT') return new Unusable(`there is no file ${file}.`);
  return new Unusable(code === 'EISDIR' ? `${file} is a folder, not a file.` : `${file} cannot be read (${code ?? String(e)}).`);
}

/** The longest line that is read, in characters: longer than any exchange of an API. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** The lines of a file, or of standard input for "-", one at a time. A line that is too long ends it. */
export async function* readLines(file: string): AsyncGenerator<string> {
  const chunks = file === '-' ? process.stdin.setEncoding('utf8') : createReadStream(file, 'utf8');
  let rest = '';
  let n = 0;
  try {
    for await (const chunk of chunks as AsyncIterable<string>) {
      const lines = chunk.split('\n');
      lines[0] = rest + lines[0];
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE)
        throw new Unusable(`${nameOf(file)}:${n + lines.length + 1}: the line has more than ${LONGEST_LINE / 1024 / 1024} MB, which is the limit.`);
      n += lines.length;
      yield* lines;
    }
  } catch (e) {
    throw e instanceof Unusable ? e : unreadable(file, e);
  }
  if (rest !== '') yield rest;
}

/** "-" in words. */
export const nameOf = (file: string): string => (file === '-' ? 'standard input' : file);

async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES) break;
  }
  return Buffer.concat(chunks);
}

/** Text of UTF-8, or of UTF-16 with a byte order mark, which PowerShell's `>` writes. */
export function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0) return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

export function readArgs<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T, usage: string) {
  return parsed(usage, () => {
    const { values, tokens } = parseArgs({ args: [...args], options, allowPositionals: false, strict: true, tokens: true });
    refuseTwice(tokens);
    return values;
  });
}

/** Options, and the words between them. */
export function readWords<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T, usage: string) {
  return parsed(usage, () => {
    const { values, positionals, tokens } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true, tokens: true });
    refuseTwice(tokens);
    return { values, words: positionals };
  });
}

/** The last of two would win without a word. */
function refuseTwice(tokens: readonly { readonly kind: string; readonly name?: string }[]): void {
  const names = tokens.flatMap((t) => (t.kind === 'option' && t.name !== undefined ? [t.name] : []));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`--${twice} is given twice: once is all it takes.`);
}

function parsed<T>(usage: string, parse: () => T): T {
  try {
    return parse();
  } catch (e) {
    throw new Unusable(`${e instanceof Error ? e.message.replace(/\. To specify a positional.*$/s, '') : String(e)}\nUsage: call-doctor ${usage}`);
  }
}

export function oneOf<T extends string>(option: string, value: string | undefined, allowed: readonly T[], fallback: T): T {
  if (value === undefined) return fallback;
  const found = allowed.find((a) => a === value);
  if (!found) throw new Unusable(`--${option} takes ${allowed.join(', ')}, not “${value}”.`);
  return found;
}

/** The operations of the API, from the file beside the program (which is a chunk's parent, or reached by npm's link). */
export const loadOperations = (): Operations => Operations.parse(readFileSync(path.join(folder(), 'data', 'operations.json'), 'utf8'));

/** The version of the package that the program belongs to: its description is one folder up. */
export function packageVersion(): string {
  const json: unknown = JSON.parse(readFileSync(path.join(folder(), '..', 'package.json'), 'utf8'));
  return (isRecord(json) ? text(json['version']) : undefined) ?? 'unknown';
}

const folder = (): string => path.dirname(realpathSync(process.argv[1] ?? ''));
