import type { Asked } from './ask.js';
import type { Clock } from './clock.js';
import { type Conversation, readConversation } from './conversation.js';
import type { Followable, Followed } from './follow.js';
import { type LiveCall, liveCall } from './liveCall.js';
import type { Notifications } from './notifications.js';
import type { Poller } from './poller.js';

/** When to ask again, in milliseconds: soon while things happen, seldom when nothing does. */
const INTERVALS: readonly number[] = [1000, 1000, 2000, 3000, 5000, 8000, 10_000];
/** How often is asked while the platform tells: what it told may have got lost. */
const BESIDE = 60_000;
/** A call is followed so long. */
const LONGEST = 4 * 3_600_000;
/** How often an answer may say that there is no such call, or that it may not be read, before that is believed: it may be too new. */
const DOUBTS = 3;

interface Means {
  readonly notifications: Notifications;
  readonly poller: Poller;
  readonly clock: Clock;
}

/** Where a conversation can be read: the first says most, and needs a permission; the others need that the caller takes part (FACTS §2, §6). */
const PLACES: readonly ((id: string) => string)[] = [(id) => `/api/v2/conversations/${id}`, (id) => `/api/v2/conversations/calls/${id}`];

/** One call that is followed. */
export class Watch {
  #call: LiveCall | undefined;
  #said = '';
  #topic: 'live' | 'down' | 'refused' | 'none' = 'none';
  #topicWhy = '';
  #readWhy = '';
  #place = 0;
  #doubts = 0;
  #step = 0;
  /** Counts what was told: an answer that was asked for before may be older. */
  #events = 0;
  #isAsking = false;
  #isOver = false;
  readonly #until: number;
  /** Whether to ask again as soon as this is answered: the answer may be older than what it is to make good. */
  #isStale = false;
  #deaf: (() => void) | undefined;
  #takeBack: (() => void) | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(
    private readonly target: Followable,
    private readonly means: Means,
    private readonly changed: (followed: Followed) => void,
    private readonly ended: () => void,
  ) {
    this.#until = means.clock.now() + LONGEST;
  }

  start(): void {
    const { agentId, conversationId } = this.target;
    this.#ask();
    if (agentId === undefined) return;
    this.#topic = 'down';
    this.#deaf = this.means.notifications.listen(`v2.users.${agentId}.conversations`, {
      event: (body) => {
        const conversation = readConversation(body);
        if (conversation?.id !== conversationId) return;
        this.#events += 1;
        this.#take(conversation);
      },
      state: (state) => {
        if (this.#isOver) return;
        const before = this.#topic;
        this.#topic = state.kind;
        this.#topicWhy = state.kind === 'live' ? '' : state.why;
        if (before === 'live') this.#step = 0;
        if (state.kind === 'live') this.#ask();
        else if (before !== state.kind) this.#plan();
        this.#say();
      },
    });
    // It may have ended while it was told.
    if (this.#isOver) this.#deaf();
  }

  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancelTimer?.();
    this.#deaf?.();
    this.#takeBack?.();
    this.ended();
  }

  #ask(): void {
    const path = PLACES[this.#place]?.(encodeURIComponent(this.target.conversationId));
    if (this.#isAsking) this.#isStale = true;
    if (this.#isOver || this.#isAsking || path === undefined) return;
    this.#cancelTimer?.();
    this.#isStale = false;
    this.#isAsking = true;
    const events = this.#events;
    this.#takeBack = this.means.poller.read(path, (asked) => {
      this.#isAsking = false;
      if (this.#isOver) return;
      this.#answered(asked, events);
    });
  }

  #answered({ answer }: Asked<Conversation>, events: number): void {
    if (answer.kind === 'ok') {
      this.#doubts = 0;
      this.#readWhy = '';
      // What was told meanwhile is newer.
      if (events === this.#events) this.#take(answer.value);
    } else if (answer.kind === 'failed') {
      this.#readWhy = answer.why;
      const { status } = answer;
      if (status === 401 || status === 403 || status === 400 || status === 404 || status === 501) {
        this.#doubts += 1;
        if (status !== 404 || this.#doubts >= DOUBTS) {
          this.#place += 1;
          this.#doubts = 0;
          if (this.#place < PLACES.length) {
            this.#ask();
            return;
          }
        }
      }
    }
    if (this.#isStale) this.#ask();
    else this.#plan();
    this.#say();
  }

  /** Asks again in a while, or gives up where neither asking nor listening is allowed. */
  #plan(): void {
    this.#cancelTimer?.();
    if (this.#isOver || this.#isAsking) return;
    const mayAsk = this.#place < PLACES.length;
    const mayListen = this.#topic === 'live' || this.#topic === 'down';
    if (this.means.clock.now() > this.#until) this.#giveUp('it has gone on for hours');
    else if (!mayAsk && !mayListen)
      this.#giveUp(`this sign-in may not see the call: ${this.#readWhy}${this.#topic === 'refused' ? `; ${this.#topicWhy}` : ''}`);
    if (this.#isOver || !mayAsk) return;
    const interval = INTERVALS[Math.min(this.#step, INTERVALS.length - 1)] ?? BESIDE;
    this.#step += 1;
    this.#cancelTimer = this.means.clock.after(this.#topic === 'live' && this.#call ? BESIDE : interval, () => this.#ask());
  }

  #take(conversation: Conversation): void {
    if (this.#isOver || this.#call?.phase === 'ended') return;
    const call = liveCall(conversation, this.target.agentId);
    if (call.phase !== this.#call?.phase) this.#step = 0;
    this.#call = call;
    this.#say();
    if (call.phase === 'ended') this.stop();
  }

  #giveUp(why: string): void {
    this.#tell({ ...this.#known(), by: 'nothing', problem: why });
    this.stop();
  }

  #say(): void {
    if (this.#isOver) return;
    const by = this.#topic === 'live' ? 'notifications' : this.#place < PLACES.length ? 'polling' : 'notifications';
    const problem = this.#topic === 'live' ? '' : this.#readWhy || (this.#place >= PLACES.length ? this.#topicWhy : '');
    this.#tell({ ...this.#known(), by, ...(problem === '' ? {} : { problem }) });
  }

  #known(): Pick<Followed, 'call'> {
    return this.#call ? { call: this.#call } : {};
  }

  /** Each thing once. */
  #tell(followed: Followed): void {
    const said = JSON.stringify(followed);
    if (said === this.#said) return;
    this.#said = said;
    this.changed(followed);
  }
}
