import { type FSWatcher, mkdirSync, watch } from 'node:fs';
import path from 'node:path';
import { type Attempt, bounded } from './calls/attempt.js';
import { AttemptFile, readLines } from './calls/attemptFile.js';
import { kindOf } from './calls/attemptWords.js';

/** How many attempts are kept. */
const MOST = 200;
/** A file that is longer is rewritten when it is opened next, in characters. */
const MOST_FILE = 4_000_000;
/** For how long an attempt of which nobody knows whether it rang is recalled before the next one, in milliseconds. */
const RECENT = 30 * 60_000;
/** A call is answered or given up within half a minute; one that began longer ago is not under way any more. */
const UNDER_WAY = 120_000;
/** Changes of the file that come together are told once. */
const TOGETHER = 50;

/** For whom a call is to be placed, as attempts name them. */
export type Whom = Pick<Attempt, 'agent' | 'org' | 'region'>;

/**
 * The attempts of this machine, in a file of one JSON object a line, which all windows append to. An attempt is on disk before
 * its request leaves (DESIGN §7); what became of it is a second line. A line that cannot be read is left out and the file set
 * aside, never deleted. What other windows write is seen with the next question.
 */
export class Attempts {
  readonly #file: AttemptFile;
  #loaded: Promise<void> | undefined;
  /** In the order of their first lines. */
  #known = new Map<string, Attempt>();
  /** Ids that this process is sending: those are under way, not lost. */
  readonly #sending = new Set<string>();
  /** What is not in the file yet: it counts more than what is. */
  readonly #unsaved = new Map<string, Attempt>();
  /** What could not be written, of that: it is tried again with the next line. */
  readonly #failed = new Set<Attempt>();

  /** @param file absolute path; its folder is made when the first attempt is written */
  constructor(
    file: string,
    private readonly report: (problem: string) => void = () => {},
    /** Told when an attempt began or was settled, and by `watch`. */
    private readonly changed: () => void = () => {},
  ) {
    this.#file = new AttemptFile(file);
  }

  /** Newest first. An attempt that was never settled and is not under way here is `unknown`. */
  async list(): Promise<readonly Attempt[]> {
    await this.#refresh();
    const all = [...this.#known.values()].reverse().slice(0, MOST);
    return all.map((a) =>
      a.state === 'sending' && !this.#sending.has(a.id)
        ? { ...a, state: 'unknown', note: 'No answer was recorded: its window closed, or is still waiting. It may have rung.' }
        : a,
    );
  }

  /**
   * The attempts of any window, newest first, that may have rung for this agent a short while ago, and of which nobody knows it:
   * what to say before a next one. @param except the id of that next one
   */
  async mayHaveRung({ agent, org, region }: Whom, except?: string): Promise<readonly Attempt[]> {
    const all = await this.list();
    return all.filter(
      (a) =>
        a.id !== except &&
        (a.state === 'unknown' || a.state === 'sending') &&
        kindOf(a) === 'call' &&
        a.agent === agent &&
        a.org === org &&
        a.region === region &&
        isRecent(a),
    );
  }

  /** Resolves when the attempt is on disk, and rejects when it cannot be written. */
  async begin(attempt: Attempt): Promise<void> {
    await this.#load();
    this.#sending.add(attempt.id);
    try {
      await this.#save(attempt);
    } catch (e) {
      this.#sending.delete(attempt.id);
      throw e;
    }
    this.changed();
  }

  /** Never rejects: a file that cannot be written must not hide what became of a call. It is written with the next one then. */
  async settle(attempt: Attempt): Promise<void> {
    const kept = bounded(attempt);
    await this.#load();
    this.#unsaved.set(kept.id, kept);
    this.#sending.delete(kept.id);
    this.changed();
    await this.#save(kept).catch((e: unknown) => {
      this.report(`What became of the call ${kept.agent} → ${kept.to} (${kept.state}) could not be written into the history: ${String(e)}`);
    });
  }

  /** Writes what could not be written before, and then this. */
  async #save(attempt: Attempt): Promise<void> {
    for (const failed of [...this.#failed]) {
      this.#failed.delete(failed);
      await this.#append(failed).catch(() => {});
    }
    await this.#append(attempt);
  }

  async #append(attempt: Attempt): Promise<void> {
    try {
      // The beginning of an attempt has to last: its request leaves only then. Without its end it may have rung, which is no lie.
      await this.#file.append(attempt, attempt.state === 'sending');
      if (this.#unsaved.get(attempt.id) === attempt) this.#unsaved.delete(attempt.id);
    } catch (e) {
      if (this.#unsaved.get(attempt.id) === attempt) this.#failed.add(attempt);
      throw e;
    }
  }

  /** Forgets all but what is being sent, here or, as far as the file tells, in another window, and what may have rung a short while ago. */
  async clear(): Promise<void> {
    await this.#load();
    await this.#file.replace((lines) =>
      [...merge(readLines(lines).attempts).values()].filter(
        (a) => this.#sending.has(a.id) || isUnderWay(a) || ((a.state === 'unknown' || a.state === 'sending') && isRecent(a)),
      ),
    );
    this.#unsaved.clear();
    this.#failed.clear();
    await this.#refresh();
  }

  /** Tells `changed` when another window writes. @returns what ends it */
  watch(): () => void {
    let timer: NodeJS.Timeout | undefined;
    let watcher: FSWatcher | undefined;
    try {
      const name = path.basename(this.#file.file);
      const folder = path.dirname(this.#file.file);
      mkdirSync(folder, { recursive: true });
      watcher = watch(folder, { persistent: false }, (_, of) => {
        if (of !== null && of !== name) return;
        clearTimeout(timer);
        timer = setTimeout(this.changed, TOGETHER);
      });
      watcher.on('error', () => {});
    } catch {
      // It cannot be made or watched: the next question finds out.
    }
    return () => {
      clearTimeout(timer);
      watcher?.close();
    };
  }

  /** Takes over what is new in the file. What this window has not written yet counts more. */
  async #refresh(): Promise<void> {
    await this.#load();
    const reading = await this.#file.read();
    if (reading.kind === 'whole') this.#known = merge(readLines(reading.content).attempts);
    if (reading.kind === 'more') for (const a of readLines(reading.content).attempts) add(this.#known, a);
    for (const a of this.#unsaved.values()) add(this.#known, a);
  }

  #load(): Promise<void> {
    this.#loaded ??= this.#open();
    return this.#loaded;
  }

  /** Keeps the file bounded; one with unreadable lines is set aside first. */
  async #open(): Promise<void> {
    const reading = await this.#file.read();
    if (reading.kind === 'unreadable') this.report(`The history cannot be read: ${reading.why}`);
    if (reading.kind !== 'whole') return;
    const { attempts, broken } = readLines(reading.content);
    this.#known = merge(attempts);
    if (broken === 0 && reading.content.length <= MOST_FILE && this.#known.size <= MOST) return;
    try {
      await this.#file.replace(
        (lines) => [...merge(readLines(lines).attempts).values()].slice(-MOST),
        async (content) => {
          const damaged = readLines(content).broken;
          if (damaged === 0) return;
          const aside = await this.#file.setAside(content);
          this.report(
            `${damaged} ${damaged === 1 ? 'entry' : 'entries'} of the history could not be read and ${damaged === 1 ? 'was' : 'were'} set aside in ${aside}.`,
          );
        },
      );
    } catch (e) {
      this.report(`The history cannot be rewritten: ${String(e)}`);
    }
  }
}

/** What is known stays so: the line of a beginning that was taken over may come late, and so may that of a window that gave up waiting. */
function add(attempts: Map<string, Attempt>, attempt: Attempt): void {
  const known = attempts.get(attempt.id);
  if (known && (attempt.state === 'sending' || (attempt.state === 'unknown' && known.state !== 'sending' && known.state !== 'unknown'))) return;
  attempts.set(attempt.id, attempt);
}

/** In the order of their first lines. */
function merge(lines: readonly Attempt[]): Map<string, Attempt> {
  const attempts = new Map<string, Attempt>();
  for (const attempt of lines) add(attempts, attempt);
  return attempts;
}

/** A clock that was set back meanwhile makes an attempt come from the future: that one is recent too. */
const isRecent = (a: Attempt): boolean => !(Date.now() - Date.parse(a.at) > RECENT);

/** A clock that was set meanwhile does not keep an attempt under way for ever. */
const isUnderWay = (a: Attempt): boolean => a.state === 'sending' && Math.abs(Date.now() - Date.parse(a.at)) < UNDER_WAY;
