import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Exchange } from '../exchange/exchange.js';
import { isRecord, text } from '../platform/json.js';

/** How an attempt to place a call ended. `sending` is what a crash leaves behind: the phone may have rung. */
export type AttemptState = 'sending' | 'placed' | 'refused' | 'unknown' | 'not-sent';

/** One decision to place a call. Holds no token: the exchange carries a placeholder in its place. */
export interface Attempt {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly agent: string;
  readonly to: string;
  readonly org: string;
  readonly region: string;
  readonly state: AttemptState;
  readonly status?: number;
  readonly conversationId?: string;
  /** What there is to say beyond the state: why nothing was sent, why it is unknown. */
  readonly note?: string;
  readonly exchange: Exchange;
}

/** How many attempts are kept. */
const MOST = 200;
/** How much of an answer is kept, in characters: a refusal has a few hundred. */
const MOST_BODY = 32 * 1024;
/** A file that is longer is rewritten when it is read next, in characters. */
const MOST_FILE = 4_000_000;

/**
 * The attempts of this machine, in a file of one JSON object a line, which all windows append to. An attempt is on disk before
 * its request leaves (DESIGN §7); what became of it is a second line. A line that cannot be read is left out and the file set
 * aside, never deleted.
 */
export class Attempts {
  #lines = Promise.resolve();
  #loaded: Promise<Map<string, Attempt>> | undefined;
  /** Ids that this process is sending: those are under way, not lost. */
  readonly #sending = new Set<string>();

  /** @param file absolute path; its folder is made when the first attempt is written */
  constructor(
    private readonly file: string,
    private readonly report: (problem: string) => void = () => {},
    /** Told when an attempt began or was settled. */
    private readonly changed: () => void = () => {},
  ) {}

  /** Newest first. An attempt that was never settled and is not under way here is `unknown`. */
  async list(): Promise<readonly Attempt[]> {
    const all = [...(await this.#load()).values()].reverse().slice(0, MOST);
    return all.map((a) =>
      a.state === 'sending' && !this.#sending.has(a.id)
        ? { ...a, state: 'unknown', note: 'No answer was recorded: its window closed, or is still waiting. It may have rung.' }
        : a,
    );
  }

  /** Resolves when the attempt is on disk, and rejects when it cannot be written. */
  async begin(attempt: Attempt): Promise<void> {
    const attempts = await this.#load();
    this.#sending.add(attempt.id);
    try {
      await this.#append(attempt);
    } catch (e) {
      this.#sending.delete(attempt.id);
      throw e;
    }
    attempts.set(attempt.id, attempt);
    this.changed();
  }

  /** Never rejects: a file that cannot be written must not hide what became of a call. */
  async settle(attempt: Attempt): Promise<void> {
    const kept = bounded(attempt);
    (await this.#load()).set(attempt.id, kept);
    this.#sending.delete(attempt.id);
    this.changed();
    try {
      await this.#append(kept);
    } catch (e) {
      this.report(`What became of the call ${attempt.agent} → ${attempt.to} (${attempt.state}) could not be written into the history: ${String(e)}`);
    }
  }

  /** Forgets all but what is being sent, here or, as far as the file tells, in another window. */
  async clear(): Promise<void> {
    const attempts = await this.#load();
    for (const id of [...attempts.keys()]) if (!this.#sending.has(id)) attempts.delete(id);
    await this.#queue(async () => {
      await mkdir(path.dirname(this.file), { recursive: true });
      const kept = new Map(attempts);
      for (const [id, a] of readLines(await readFile(this.file, 'utf8').catch(() => '')).attempts) if (isUnderWay(a)) kept.set(id, a);
      await writeFile(this.file, toLines(kept), { mode: 0o600 });
    });
  }

  /** The line begins on a new one, whatever another window left unfinished. */
  #append(attempt: Attempt): Promise<void> {
    return this.#queue(async () => {
      await mkdir(path.dirname(this.file), { recursive: true });
      for (let tries = 0; tries < 5; tries++) {
        const file = await open(this.file, constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY, 0o600);
        try {
          await file.appendFile(`\n${JSON.stringify(attempt)}\n`);
          await file.sync();
          if (await isAt(file, this.file)) return;
        } finally {
          await file.close();
        }
      }
    });
  }

  /** Writes one after the other; a failed write fails its own caller only. */
  #queue(work: () => Promise<void>): Promise<void> {
    const done = this.#lines.then(work);
    this.#lines = done.catch(() => {});
    return done;
  }

  #load(): Promise<Map<string, Attempt>> {
    this.#loaded ??= this.#read();
    return this.#loaded;
  }

  async #read(): Promise<Map<string, Attempt>> {
    let file: FileHandle;
    try {
      file = await open(this.file, 'r');
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'ENOENT') this.report(`The history cannot be read: ${String(e)}`);
      return new Map();
    }
    try {
      const content = await file.readFile('utf8');
      const { attempts, broken } = readLines(content);
      if (broken > 0 || content.length > MOST_FILE || attempts.size > MOST) await this.#rewrite(file, content, attempts, broken);
      return attempts;
    } catch (e) {
      this.report(`The history cannot be read: ${String(e)}`);
      return new Map();
    } finally {
      await file.close();
    }
  }

  /**
   * Keeps the file bounded; one with unreadable lines is set aside first. Other windows write meanwhile: what they wrote until the
   * file was replaced is taken over, and what they write after that they find misplaced themselves (`#append`).
   */
  async #rewrite(old: FileHandle, content: string, attempts: Map<string, Attempt>, broken: number): Promise<void> {
    for (const id of [...attempts.keys()].slice(0, Math.max(0, attempts.size - MOST))) attempts.delete(id);
    try {
      if (broken > 0) {
        const aside = `${this.file}.damaged-${Date.now()}`;
        await writeFile(aside, content, { mode: 0o600 });
        this.report(
          `${broken} ${broken === 1 ? 'entry' : 'entries'} of the history could not be read and ${broken === 1 ? 'was' : 'were'} set aside in ${aside}.`,
        );
      }
      const next = `${this.file}.${process.pid}.new`;
      await writeFile(next, toLines(attempts), { mode: 0o600, flush: true });
      await rename(next, this.file);
      const late = readLines(await old.readFile('utf8')).attempts;
      for (const attempt of late.values()) {
        attempts.set(attempt.id, attempt);
        await this.#append(attempt);
      }
    } catch (e) {
      this.report(`The history cannot be rewritten: ${String(e)}`);
    }
  }
}

const toLines = (attempts: ReadonlyMap<string, Attempt>): string => [...attempts.values()].map((a) => `${JSON.stringify(a)}\n`).join('');

/** True where `path` still names the open file. */
async function isAt(file: FileHandle, path: string): Promise<boolean> {
  try {
    const [here, there] = await Promise.all([file.stat(), stat(path)]);
    return here.ino === there.ino && here.dev === there.dev;
  } catch {
    return false;
  }
}

function bounded(attempt: Attempt): Attempt {
  const { request, response } = attempt.exchange;
  if (response?.body === undefined || response.body.length <= MOST_BODY) return attempt;
  return { ...attempt, exchange: { ...(request ? { request } : {}), response: { ...response, body: response.body.slice(0, MOST_BODY), cut: true } } };
}

/** In the order of their first lines. What was settled stays so: a line that was taken over may come late. */
function readLines(content: string): { readonly attempts: Map<string, Attempt>; readonly broken: number } {
  const attempts = new Map<string, Attempt>();
  let broken = 0;
  for (const line of content.split('\n')) {
    if (line === '') continue;
    const attempt = readAttempt(line);
    if (!attempt) broken += 1;
    else if (attempt.state !== 'sending' || !attempts.has(attempt.id)) attempts.set(attempt.id, attempt);
  }
  return { attempts, broken };
}

/** A call is answered or given up within half a minute; one that began longer ago is not under way any more. */
const isUnderWay = (a: Attempt): boolean => a.state === 'sending' && Date.now() - Date.parse(a.at) < 120_000;

const STATES: ReadonlySet<string> = new Set(['sending', 'placed', 'refused', 'unknown', 'not-sent']);

function readAttempt(line: string): Attempt | undefined {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(json)) return undefined;
  const at = (key: string): string => text(json[key]) ?? '';
  const state = at('state');
  if (at('id') === '' || !STATES.has(state) || !isRecord(json['exchange'])) return undefined;
  return {
    id: at('id'),
    at: at('at'),
    agent: at('agent'),
    to: at('to'),
    org: at('org'),
    region: at('region'),
    state: state as AttemptState,
    ...(typeof json['status'] === 'number' ? { status: json['status'] } : {}),
    ...(at('conversationId') ? { conversationId: at('conversationId') } : {}),
    ...(at('note') ? { note: at('note') } : {}),
    exchange: readExchange(json['exchange']),
  };
}

function readExchange(json: Record<string, unknown>): Exchange {
  const { request, response } = json;
  const headers = (value: unknown): [string, string][] =>
    Array.isArray(value) ? value.flatMap((h): [string, string][] => (Array.isArray(h) ? [[String(h[0]), String(h[1])]] : [])) : [];
  const body = (of: Record<string, unknown>) => (typeof of['body'] === 'string' ? { body: of['body'] } : {});
  return {
    ...(isRecord(request)
      ? { request: { method: text(request['method']) ?? 'POST', url: text(request['url']) ?? '', headers: headers(request['headers']), ...body(request) } }
      : {}),
    ...(isRecord(response)
      ? {
          response: {
            ...(typeof response['status'] === 'number' ? { status: response['status'] } : {}),
            headers: headers(response['headers']),
            ...body(response),
            ...(response['cut'] === true ? { cut: true } : {}),
          },
        }
      : {}),
  };
}
