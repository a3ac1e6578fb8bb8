import type { Account } from '../accounts/account.js';
import type { Ear } from '../org/calls/ear.js';
import type { CallFollower, Followed } from '../org/calls/follow.js';
import type { HangUp, Line } from '../org/calls/hangUp.js';
import type { Client } from '../org/client.js';
import type { CallWords } from '../org/place.js';

/** What came of hanging up: whether the call is over, and how to say it. */
export interface HungUp {
  readonly isOver: boolean;
  readonly words: string;
}

/** A call that was placed, and through whom. */
export interface PlacedCall {
  readonly conversationId: string;
  readonly account: Account;
  readonly client: Client;
  /** The user whose phone rings first, where that is known. */
  readonly agentId?: string;
  /** Whether the sign-in is that user's own. */
  readonly self: boolean;
  readonly words: Pick<CallWords, 'agent' | 'to'>;
  /** By how much the platform's clock is ahead of this machine's, in milliseconds, where an answer told it. */
  readonly ahead?: number;
}

/** What is known of a call of this window. */
export interface WatchedCall extends Pick<PlacedCall, 'conversationId' | 'words' | 'account'> {
  readonly followed: Followed;
  /** Whether nothing more will be told: it has ended, or is not followed any more. */
  readonly isOver: boolean;
  /** Whether the platform told of it by notifications before: asking again and again is second best then. */
  readonly wasTold: boolean;
  /** For how long both sides have talked, in milliseconds, by the platform's clock. */
  readonly talked: number | undefined;
  /** `sent`: the platform has taken it. `over`: the call had ended by itself before. */
  readonly hangUp: 'none' | 'sending' | 'sent' | 'over';
  /** What came of hanging up, as sentences; empty where there is nothing to say. */
  readonly hangUpSaid: string;
}

/** What follows calls and ends them, which is loaded with the first call. */
export interface LiveMeans {
  follower(client: Client): Pick<CallFollower, 'follow' | 'hear' | 'dispose'>;
  hangUp(client: Client, line: Line): Promise<HangUp>;
}

interface Entry {
  readonly call: PlacedCall;
  followed: Followed;
  isOver: boolean;
  wasTold: boolean;
  /** By our own clock, when both sides began to talk. */
  talkBegan: number | undefined;
  hangUp: WatchedCall['hangUp'];
  hangUpSaid: string;
  stop: () => void;
}

interface Shared {
  readonly follower: Pick<CallFollower, 'follow' | 'hear' | 'dispose'>;
  users: number;
}

/** How many calls are remembered; the oldest that are over go first. */
const MOST = 20;

const load = async (): Promise<LiveMeans> => {
  const [{ CallFollower }, { hangUp }] = await Promise.all([import('../org/calls/follow.js'), import('../org/calls/hangUp.js')]);
  return { follower: (client) => new CallFollower(client), hangUp };
};

/** The one owner of what follows calls in a window: calls of one sign-in share a connection, which ends with the last of them. */
export class LiveCalls {
  /** In the order in which they were placed. */
  readonly #entries = new Map<string, Entry>();
  readonly #shared = new Map<string, Shared>();
  readonly #listeners = new Set<() => void>();
  #means: Promise<LiveMeans> | undefined;
  #isDisposed = false;

  constructor(
    private readonly means: () => Promise<LiveMeans> = load,
    /** Milliseconds by a clock that only goes forward. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @returns what ends the telling */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The calls that go on, as far as is known, newest first. */
  get going(): readonly WatchedCall[] {
    return this.#all().filter((c) => !c.isOver);
  }

  /** The call that was placed last, unless it was dismissed. */
  get newest(): WatchedCall | undefined {
    return this.#all()[0];
  }

  /** Listens to the calls of an agent from now on, so that one whose answer gets lost can be found. Nothing where that cannot be. */
  async hear(account: Account, client: Client, agentId: string): Promise<Pick<Ear, 'calls' | 'stop'> | undefined> {
    const shared = await this.#share(account, client).catch(() => undefined);
    if (!shared) return undefined;
    const ear = shared.follower.hear(agentId);
    let isOpen = true;
    return {
      calls: ear.calls,
      stop: () => {
        if (!isOpen) return;
        isOpen = false;
        ear.stop();
        this.#release(account, client);
      },
    };
  }

  /** Follows a call until it ends, the sign-in ends, or the window does. Each call once. */
  async follow(call: PlacedCall): Promise<void> {
    const { conversationId, account, client, agentId } = call;
    if (this.#isDisposed || this.#entries.has(conversationId)) return;
    const entry: Entry = {
      call,
      followed: { by: 'polling' },
      isOver: false,
      wasTold: false,
      talkBegan: undefined,
      hangUp: 'none',
      hangUpSaid: '',
      stop: () => {},
    };
    this.#entries.set(conversationId, entry);
    this.#bound();
    this.#changed();
    try {
      const shared = await this.#share(account, client);
      // It may have been stopped meanwhile.
      if (entry.isOver || this.#isDisposed) return this.#release(account, client);
      let isReleased = false;
      const release = (): void => {
        if (!isReleased) this.#release(account, client);
        isReleased = true;
      };
      const stop = shared.follower.follow({ conversationId, ...(agentId === undefined ? {} : { agentId }) }, (followed) => {
        this.#take(entry, followed);
        // The follower is still at it: what is shared ends after.
        if (entry.isOver) queueMicrotask(release);
      });
      entry.stop = () => {
        stop();
        release();
      };
      if (entry.isOver) entry.stop();
    } catch (e) {
      this.#end(entry, e instanceof Error ? e.message : String(e));
    }
  }

  /** Hangs up, once for each press; a press while one is under way is none. */
  async hangUp(conversationId: string): Promise<HungUp> {
    const entry = this.#entries.get(conversationId);
    if (!entry) return { isOver: false, words: 'This window does not follow that call.' };
    if (entry.hangUp === 'sending') return { isOver: false, words: 'It is being hung up already.' };
    if (entry.followed.call?.phase === 'ended') return { isOver: true, words: 'It has ended already.' };
    entry.hangUp = 'sending';
    entry.hangUpSaid = '';
    this.#changed();
    const { client, agentId, self } = entry.call;
    const participantId = entry.followed.call?.participantId;
    const line: Line = { conversationId, self, ...(participantId === undefined ? {} : { participantId }), ...(agentId === undefined ? {} : { agentId }) };
    const came = await this.#load()
      .then(({ hangUp }) => hangUp(client, line))
      .catch((e: unknown): HangUp => ({ kind: 'unknown', why: e instanceof Error ? e.message : String(e) }));
    entry.hangUp = came.kind === 'ended' ? 'sent' : came.kind === 'over' ? 'over' : 'none';
    entry.hangUpSaid = hangUpWords(came);
    this.#changed();
    return { isOver: entry.hangUp !== 'none', words: entry.hangUpSaid };
  }

  /** Takes a call that is over out of sight. */
  dismiss(conversationId: string): void {
    if (!this.#entries.get(conversationId)?.isOver) return;
    this.#entries.delete(conversationId);
    this.#changed();
  }

  /** Stops following: the sign-in has ended, or where it went to has. */
  stop(why: string, concerns: (call: PlacedCall) => boolean): void {
    for (const entry of this.#entries.values()) if (!entry.isOver && concerns(entry.call)) this.#end(entry, why);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listeners.clear();
    for (const entry of this.#entries.values()) entry.stop();
    this.#entries.clear();
    for (const { follower } of this.#shared.values()) follower.dispose();
    this.#shared.clear();
  }

  #take(entry: Entry, followed: Followed): void {
    entry.followed = followed;
    if (followed.by === 'notifications') entry.wasTold = true;
    const { call } = followed;
    if (call?.connectedAt !== undefined && entry.talkBegan === undefined) {
      const sofar = Date.now() + (entry.call.ahead ?? 0) - call.connectedAt;
      entry.talkBegan = this.now() - Math.max(0, sofar);
    }
    if (call?.phase === 'ended' || followed.by === 'nothing') entry.isOver = true;
    this.#changed();
  }

  #end(entry: Entry, why: string): void {
    entry.isOver = true;
    entry.followed = { ...(entry.followed.call ? { call: entry.followed.call } : {}), by: 'nothing', problem: why };
    entry.stop();
    this.#changed();
  }

  #all(): readonly WatchedCall[] {
    return [...this.#entries.values()].reverse().map(({ call, followed, isOver, wasTold, talkBegan, hangUp, hangUpSaid }) => ({
      conversationId: call.conversationId,
      words: call.words,
      account: call.account,
      ...{ followed, isOver, wasTold, hangUp, hangUpSaid },
      talked: followed.call?.phase === 'ended' ? followed.call.talked : talkBegan === undefined ? undefined : this.now() - talkBegan,
    }));
  }

  #bound(): void {
    for (const [id, { isOver }] of this.#entries) {
      if (this.#entries.size <= MOST) return;
      if (isOver) this.#entries.delete(id);
    }
  }

  #load(): Promise<LiveMeans> {
    this.#means ??= this.means();
    return this.#means;
  }

  async #share(account: Account, client: Client): Promise<Shared> {
    const { follower } = await this.#load();
    const key = keyOf(account, client);
    const shared = this.#shared.get(key) ?? { follower: follower(client), users: 0 };
    shared.users += 1;
    this.#shared.set(key, shared);
    return shared;
  }

  #release(account: Account, client: Client): void {
    const key = keyOf(account, client);
    const shared = this.#shared.get(key);
    if (!shared) return;
    shared.users -= 1;
    if (shared.users > 0) return;
    this.#shared.delete(key);
    shared.follower.dispose();
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

const keyOf = (account: Account, client: Client): string => `${account.id} ${client.region.api}`;

function hangUpWords(came: HangUp): string {
  switch (came.kind) {
    case 'ended':
      return 'Hung up.';
    case 'over':
      return 'It had ended before.';
    case 'refused':
      return `It was not hung up: ${came.why}. Ask the agent to hang up.`;
    case 'unknown':
      return `Whether it was hung up is not known: ${came.why}. Hanging up again does no harm.`;
  }
}
