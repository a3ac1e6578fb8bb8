import { constants } from 'node:fs';
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
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

/**
 * The attempts of this machine, in a file of one JSON object a line. An attempt is on disk before its request leaves (DESIGN
 * §7); what became of it is a second line. A line that cannot be read is left out and the file set aside, never deleted.
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
  ) {}

  /** Newest first. An attempt of an earlier process that was never settled is `unknown`. */
  async list(): Promise<readonly Attempt[]> {
    const all = [...(await this.#load()).values()].reverse();
    return all.map((a) =>
      a.state === 'sending' && !this.#sending.has(a.id) ? { ...a, state: 'unknown', note: 'The window closed before an answer came: it may have rung.' } : a,
    );
  }

  /** Resolves when the attempt is on disk. */
  async begin(attempt: Attempt): Promise<void> {
    this.#sending.add(attempt.id);
    await this.#write(attempt);
  }

  async settle(attempt: Attempt): Promise<void> {
    this.#sending.delete(attempt.id);
    await this.#write(attempt);
  }

  async clear(): Promise<void> {
    (await this.#load()).clear();
    await this.#queue(() => writeFile(this.file, ''));
  }

  async #write(attempt: Attempt): Promise<void> {
    (await this.#load()).set(attempt.id, attempt);
    await this.#queue(async () => {
      await mkdir(path.dirname(this.file), { recursive: true });
      const file = await open(this.file, constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY, 0o600);
      try {
        await file.appendFile(`${JSON.stringify(attempt)}\n`);
        await file.sync();
      } finally {
        await file.close();
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
    const attempts = new Map<string, Attempt>();
    let content: string;
    try {
      content = await readFile(this.file, 'utf8');
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'ENOENT') this.report(`The history cannot be read: ${String(e)}`);
      return attempts;
    }
    let broken = 0;
    for (const line of content.split('\n')) {
      if (line === '') continue;
      const attempt = readAttempt(line);
      if (attempt) attempts.set(attempt.id, attempt);
      else broken += 1;
    }
    if (broken === 0 && content.length < 4_000_000 && attempts.size <= MOST) return attempts;
    for (const id of [...attempts.keys()].slice(0, Math.max(0, attempts.size - MOST))) attempts.delete(id);
    await this.#rewrite(attempts, broken);
    return attempts;
  }

  /** Keeps the file bounded; one with unreadable lines is set aside first. */
  async #rewrite(attempts: Map<string, Attempt>, broken: number): Promise<void> {
    try {
      if (broken > 0) {
        const aside = `${this.file}.damaged-${Date.now()}`;
        await writeFile(aside, await readFile(this.file), { mode: 0o600 });
        this.report(
          `${broken} ${broken === 1 ? 'entry' : 'entries'} of the history could not be read and ${broken === 1 ? 'was' : 'were'} set aside in ${aside}.`,
        );
      }
      const next = `${this.file}.${process.pid}.new`;
      await writeFile(next, [...attempts.values()].map((a) => `${JSON.stringify(a)}\n`).join(''), { mode: 0o600 });
      await rename(next, this.file);
    } catch (e) {
      this.report(`The history cannot be rewritten: ${String(e)}`);
    }
  }
}

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
