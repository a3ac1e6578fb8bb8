import { randomBytes } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** How long a change waits for others before the file is written, in milliseconds. */
const QUIET = 200;

type Read = { readonly ok: true; readonly text: string | undefined } | { readonly ok: false; readonly problem: string };

/**
 * A file that is written as a whole or not at all: into another one of its folder, which then takes its name. What somebody
 * else has written meanwhile is not overwritten.
 */
export class StateFile {
  #file: string;
  /** The file as it was read, or written last. */
  #known: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #content: (() => string) | undefined;

  /** @param file path @param onProblem is told, as a sentence, why the state is not saved */
  constructor(
    private readonly shown: string,
    private readonly onProblem: (sentence: string) => void,
  ) {
    this.#file = path.resolve(shown);
  }

  /** The text of the file, undefined where there is none yet. Tries whether it can be written, before anything is at stake. */
  async read(): Promise<Read> {
    const refused = (why: string): Read => ({ ok: false, problem: `The state cannot be kept in ${this.shown}: ${why}.` });
    try {
      // The name of a link stays one: what it points at is replaced.
      this.#file = await realpath(this.#file).catch(() => this.#file);
      const found = await stat(this.#file).catch((e: unknown) => {
        if (codeOf(e) === 'ENOENT') return undefined;
        throw e;
      });
      if (found?.isDirectory()) return refused('it is a folder, not a file');
      if (found && !found.isFile()) return refused('it is no regular file');
      const text = found ? await readFile(this.#file, 'utf8') : undefined;
      this.#known = await this.#stamp();
      await rm(await this.#writeBeside(''));
      return { ok: true, text };
    } catch (e) {
      return refused(reasonOf(e, path.dirname(this.shown)));
    }
  }

  /** Writes what `content` says a little later, together with the changes until then. */
  later(content: () => string): void {
    this.#content = content;
    this.#timer ??= setTimeout(() => this.#write(), QUIET);
    this.#timer.unref();
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    this.#write();
    await this.#writing;
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const content = this.#content;
    this.#content = undefined;
    if (!content) return;
    const text = content();
    this.#writing = this.#writing.then(() => this.#replace(text));
  }

  async #replace(text: string): Promise<void> {
    const refused = (why: string): void => this.onProblem(`The state was not saved in ${this.shown}: ${why}.`);
    let beside: string | undefined;
    try {
      if ((await this.#stamp()) !== this.#known) return refused('something else has changed that file, and it is not overwritten');
      beside = await this.#writeBeside(text);
      await rename(beside, this.#file);
      this.#known = await this.#stamp();
    } catch (e) {
      if (beside !== undefined) await rm(beside, { force: true });
      refused(reasonOf(e, path.dirname(this.shown)));
    }
  }

  /** Writes a file beside it, down to the disk. @returns its path */
  async #writeBeside(text: string): Promise<string> {
    const beside = path.join(path.dirname(this.#file), `.${path.basename(this.#file)}.${randomBytes(6).toString('hex')}.tmp`);
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } catch (e) {
      await rm(beside, { force: true });
      throw e;
    } finally {
      await handle.close();
    }
    return beside;
  }

  /** Which file it is and when it was last written; undefined where there is none. */
  async #stamp(): Promise<string | undefined> {
    try {
      const { ino, mtimeMs, size } = await stat(this.#file);
      return `${ino} ${mtimeMs} ${size}`;
    } catch (e) {
      if (codeOf(e) === 'ENOENT') return undefined;
      throw e;
    }
  }
}

const codeOf = (e: unknown): string | undefined => (e as NodeJS.ErrnoException).code;

function reasonOf(e: unknown, folder: string): string {
  switch (codeOf(e)) {
    case 'ENOENT':
      return `there is no folder ${folder}`;
    case 'ENOTDIR':
      return `${folder} is no folder`;
    case 'EACCES':
    case 'EPERM':
      return 'this account may not write there';
    case 'EROFS':
      return 'the file system is read-only';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return codeOf(e) ?? String(e);
  }
}
