import fs from 'node:fs';
import { type FileHandle, mkdir, open, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Attempt, readAttempt } from './attempt.js';

/** What came of reading the file: all of it, what is new since it was read last, or nothing. */
export type Reading =
  | { readonly kind: 'whole'; readonly content: string }
  | { readonly kind: 'more'; readonly content: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly why: string };

/** How often a line is written anew whose file was replaced in that moment. */
const MOST_TRIES = 5;

/**
 * A file of lines that all windows append to and any may replace. A window that dies at any moment leaves whole lines, and half a
 * line at most, which hides no other.
 */
export class AttemptFile {
  #work = Promise.resolve();
  /** Where the last reading ended, and of which file. */
  #read: { readonly ino: number; readonly dev: number; readonly end: number } | undefined;

  /** @param file absolute path; its folder is made when the first line is written */
  constructor(readonly file: string) {}

  /**
   * Rejects where the line is not in the file. It begins on a new one, whatever another window left unfinished.
   * @param lasting whether to wait until it is on the disk, where it survives a loss of power too; the end of this process it
   *   survives either way
   */
  append(attempt: Attempt, lasting: boolean): Promise<void> {
    const line = Buffer.from(`\n${JSON.stringify(attempt)}\n`);
    return this.#queue(async () => {
      for (let tries = 0; tries < MOST_TRIES; tries++) if (await this.#write(line, lasting)) return;
      throw new Error(`${this.file} is being replaced all the time`);
    });
  }

  /**
   * A call waits for this: what takes microseconds is done at once, and only the disk is waited for.
   * @returns false where the file was replaced meanwhile
   */
  async #write(line: Uint8Array, lasting: boolean): Promise<boolean> {
    const descriptor = this.#openForAppending();
    let synchronized: Promise<void> | undefined;
    try {
      const isNew = fs.fstatSync(descriptor).size === 0;
      for (let done = 0; done < line.length; ) done += fs.writeSync(descriptor, line, done);
      synchronized = synchronize(descriptor);
      if (lasting) await synchronized;
      if (isNew) await syncFolder(path.dirname(this.file));
      return isAt(descriptor, this.file);
    } finally {
      void Promise.resolve(synchronized)
        .catch(() => {})
        .then(() => fs.closeSync(descriptor));
    }
  }

  #openForAppending(): number {
    const { O_APPEND, O_CREAT, O_WRONLY } = fs.constants;
    const openNow = (): number => fs.openSync(this.file, O_APPEND | O_CREAT | O_WRONLY, 0o600);
    try {
      return openNow();
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'ENOENT') throw e;
      fs.mkdirSync(path.dirname(this.file), { recursive: true });
      return openNow();
    }
  }

  /** What is there since the last reading. Half a line at the end counts when the rest of it is there. */
  read(): Promise<Reading> {
    return this.#queue(() => this.#readNow());
  }

  async #readNow(): Promise<Reading> {
    try {
      const found = await stat(this.file);
      // A device or a pipe may never end.
      if (!found.isFile()) return { kind: 'unreadable', why: `${this.file} is not a file` };
      const { ino, dev, size } = found;
      const last = this.#read;
      const grown = last !== undefined && last.ino === ino && last.dev === dev && size >= last.end;
      if (grown && size === last.end) return { kind: 'unchanged' };
      const file = await open(this.file, 'r');
      try {
        const from = grown ? last.end : 0;
        const bytes = await readFrom(file, from);
        const end = bytes.lastIndexOf(0x0a) + 1;
        const opened = await file.stat();
        // Replaced between the two looks: the next reading sees the new one whole.
        if (grown && opened.ino !== ino) return { kind: 'unchanged' };
        this.#read = { ino: opened.ino, dev: opened.dev, end: from + end };
        return grown ? { kind: 'more', content: bytes.toString('utf8', 0, end) } : { kind: 'whole', content: bytes.toString('utf8') };
      } finally {
        await file.close();
      }
    } catch (e) {
      return (e as NodeJS.ErrnoException).code === 'ENOENT' ? { kind: 'missing' } : { kind: 'unreadable', why: String(e) };
    }
  }

  /**
   * Puts other lines in the place of all: what a window that dies meanwhile leaves is the old file or the new one. Other windows
   * write meanwhile: what they wrote until the file was replaced is taken over, and what they write after that they find misplaced
   * themselves (`append`).
   * @param keep which lines stay, of what the file has
   * @param before what is done with the file's content first
   */
  async replace(keep: (lines: string) => readonly Attempt[], before: (content: string) => Promise<void> = async () => {}): Promise<void> {
    const late = await this.#queue(async () => {
      await mkdir(path.dirname(this.file), { recursive: true });
      const old = await open(this.file, fs.constants.O_RDONLY | fs.constants.O_CREAT, 0o600);
      try {
        const known = await readFrom(old, 0);
        const content = known.toString('utf8');
        await before(content);
        const next = `${this.file}.${process.pid}.new`;
        await writeFile(
          next,
          keep(content)
            .map((a) => `${JSON.stringify(a)}\n`)
            .join(''),
          { mode: 0o600, flush: true },
        );
        await rename(next, this.file);
        return readLines((await readFrom(old, known.length)).toString('utf8')).attempts;
      } finally {
        await old.close();
      }
    });
    for (const attempt of late) await this.append(attempt, true);
  }

  /** Sets a copy aside. @returns its path */
  async setAside(content: string): Promise<string> {
    const aside = `${this.file}.damaged-${Date.now()}`;
    await writeFile(aside, content, { mode: 0o600 });
    return aside;
  }

  /** One after the other; what fails, fails its own caller only. */
  #queue<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work);
    this.#work = done.then(
      () => {},
      () => {},
    );
    return done;
  }
}

/** The attempts of lines, as they come, and how many lines are none. */
export function readLines(content: string): { readonly attempts: readonly Attempt[]; readonly broken: number } {
  const attempts: Attempt[] = [];
  let broken = 0;
  for (const line of content.split('\n')) {
    if (line === '') continue;
    const attempt = readAttempt(line);
    if (attempt) attempts.push(attempt);
    else broken += 1;
  }
  return { attempts, broken };
}

async function readFrom(file: FileHandle, position: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let at = position; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(64 * 1024), 0, 64 * 1024, at);
    if (bytesRead === 0) return Buffer.concat(chunks);
    chunks.push(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}

/** A new file survives a loss of power when its folder is on the disk too. Not every system can: those do it by themselves. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows opens no folders.
  }
}

/** True where `path` still names the open file. */
function isAt(descriptor: number, path: string): boolean {
  try {
    const [here, there] = [fs.fstatSync(descriptor), fs.statSync(path)];
    return here.ino === there.ino && here.dev === there.dev;
  } catch {
    return false;
  }
}

const synchronize = (descriptor: number): Promise<void> =>
  new Promise((resolve, reject) => {
    fs.fsync(descriptor, (e) => (e ? reject(e) : resolve()));
  });
