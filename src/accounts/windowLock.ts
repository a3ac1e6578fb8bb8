import { createHash } from 'node:crypto';
import { mkdir, open, rm, stat } from 'node:fs/promises';

/** A lock that is older than this was left by a window that is gone, in milliseconds: longer than a request may take. */
const STALE = 30_000;
const STEP = 100;

/**
 * Does something while no other window of this machine does it under the same name: a file that only one can make. Where no file
 * can be made, it is done without waiting.
 * @param folder absolute path, made where it is missing
 */
export async function aloneAmongWindows<T>(folder: string, name: string, work: () => Promise<T>): Promise<T> {
  // Ids of accounts hold slashes, and are nobody's business in a folder.
  const file = `${folder}/${createHash('sha256').update(name).digest('hex').slice(0, 32)}.lock`;
  const made = await take(folder, file);
  try {
    return await work();
  } finally {
    if (made) await rm(file, { force: true }).catch(() => {});
  }
}

/** @returns whether the file is this window's to remove */
async function take(folder: string, file: string): Promise<boolean> {
  const end = Date.now() + STALE;
  try {
    await mkdir(folder, { recursive: true });
    while (Date.now() < end) {
      try {
        await (await open(file, 'wx')).close();
        return true;
      } catch (e) {
        if (!isCode(e, 'EEXIST')) return false;
      }
      const age = await stat(file).then(
        (s) => Date.now() - s.mtimeMs,
        () => 0,
      );
      if (age > STALE) await rm(file, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, STEP));
    }
  } catch {
    return false;
  }
  return false;
}

const isCode = (e: unknown, code: string): boolean => e instanceof Error && 'code' in e && e.code === code;
