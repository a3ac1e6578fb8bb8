import { isRecord, optional, records, text } from '../../platform/json.js';
import { isStreamingUri } from '../../platform/streaming.js';
import type { Client } from '../client.js';
import { ask } from './ask.js';
import { type Clock, realClock } from './clock.js';
import { type Connect, connectWebSocket, type Wire } from './webSocket.js';

/**
 * What becomes of a topic. `live`: events come from now on; what happened before has to be read. `down`: not now, and it is being
 * tried again. `refused`: this sign-in may not have it.
 */
export type TopicState = { readonly kind: 'live' } | { readonly kind: 'down'; readonly why: string } | { readonly kind: 'refused'; readonly why: string };

export interface TopicListener {
  event(body: unknown): void;
  state(state: TopicState): void;
}

interface Channel {
  readonly id: string;
  readonly uri: string;
  /** By our own clock. */
  readonly until: number;
}

/** How a session ended. `again` is not the fault of anybody: go on at once. */
type Ended = { readonly kind: 'again' } | { readonly kind: 'down'; readonly why: string; readonly retryAfter?: number };

const CHANNELS = '/api/v2/notifications/channels';
/** How long a channel lives (community sources), and how long before its end it is given up, in milliseconds like all of these. */
const LIFE = 24 * 3_600_000;
const EARLY = 5 * 60_000;
/** A heartbeat comes every 30 seconds (community sources). After so long without one we ask, and give up when there is no answer. */
const SILENCE = 75_000;
const PATIENCE = 10_000;
const FIRST_BACKOFF = 1000;
const LONGEST_BACKOFF = 30_000;
/** A connection that held so long was a good one. */
const GOOD = 30_000;
/** Topics that change together are sent once. */
const TOGETHER = 10;

/**
 * The notification channel of one sign-in: one WebSocket, whoever listens. It is opened with the first topic and closed with the
 * last, comes back by itself when it breaks, and moves to another channel before the platform ends it. Topics: FACTS §9.
 */
export class Notifications {
  readonly #topics = new Map<string, { readonly listeners: Set<TopicListener>; state: TopicState | undefined }>();
  #channel: Channel | undefined;
  #isRunning = false;
  /** Ends the session that there is, or the pause between two. */
  #interrupt: ((ended: Ended) => void) | undefined;
  #topicsChanged: (() => void) | undefined;

  constructor(
    private readonly client: Client,
    private readonly connect: Connect = connectWebSocket,
    private readonly clock: Clock = realClock,
  ) {}

  /** @param topic with its id: `v2.users.3f25….conversations` @returns what ends the listening */
  listen(topic: string, listener: TopicListener): () => void {
    const known = this.#topics.get(topic);
    if (known) {
      known.listeners.add(listener);
      if (known.state) listener.state(known.state);
    } else {
      this.#topics.set(topic, { listeners: new Set([listener]), state: undefined });
      this.#topicsChanged?.();
    }
    if (!this.#isRunning) void this.#run();
    return () => {
      const entry = this.#topics.get(topic);
      if (!entry?.listeners.delete(listener) || entry.listeners.size > 0) return;
      this.#topics.delete(topic);
      if (this.#topics.size === 0) this.#interrupt?.({ kind: 'again' });
      else this.#topicsChanged?.();
    };
  }

  dispose(): void {
    this.#topics.clear();
    this.#interrupt?.({ kind: 'again' });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    let failures = 0;
    while (this.#topics.size > 0) {
      const began = this.clock.now();
      const ended = await this.#session().catch((e: unknown): Ended => ({ kind: 'down', why: String(e) }));
      if (this.clock.now() - began >= GOOD) failures = 0;
      else if (ended.kind === 'down') this.#channel = undefined;
      if (ended.kind === 'again' || this.#topics.size === 0) continue;
      for (const topic of this.#topics.keys()) this.#tell(topic, { kind: 'down', why: ended.why });
      const backoff = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** failures++);
      // Not all windows at the same moment.
      await this.#pause(Math.max(ended.retryAfter ?? 0, backoff * (0.5 + Math.random() / 2)));
    }
    this.#isRunning = false;
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.clock.after(milliseconds, () => this.#interrupt?.({ kind: 'again' }));
      this.#interrupt = () => {
        this.#interrupt = undefined;
        cancel();
        resolve();
      };
    });
  }

  /** One connection, from its beginning to its end. */
  async #session(): Promise<Ended> {
    const opened = await this.#open();
    if ('kind' in opened) return opened;
    const channel = opened;
    let wire: Wire | undefined;
    let isOver = false;
    const timers = new Map<string, () => void>();
    const plan = (name: string, milliseconds: number, act: () => void): void => {
      timers.get(name)?.();
      timers.set(name, this.clock.after(milliseconds, act));
    };
    try {
      return await new Promise<Ended>((resolve, reject) => {
        this.#interrupt = resolve;
        const beQuiet = (): void =>
          plan('silence', SILENCE, () => {
            wire?.send(JSON.stringify({ message: 'ping' }));
            plan('silence', PATIENCE, () => resolve({ kind: 'down', why: 'the notification channel is silent' }));
          });
        const subscribe = (): void => {
          this.#subscribe(channel).then((failed) => failed && resolve(failed), reject);
        };
        const events = {
          message: (message: string): void => {
            beQuiet();
            if (this.#receive(message) === 'closing') resolve({ kind: 'again' });
          },
          closed: (why: string): void => resolve({ kind: 'down', why: `the notification channel: ${why}` }),
        };
        this.connect(channel.uri, events).then(
          (open) => {
            wire = open;
            // Nobody may be there any more.
            if (isOver) return open.close();
            if (this.#topics.size === 0) return resolve({ kind: 'again' });
            this.#topicsChanged = () => plan('topics', TOGETHER, subscribe);
            plan('end', Math.max(0, channel.until - this.clock.now()), () => {
              this.#channel = undefined;
              resolve({ kind: 'again' });
            });
            beQuiet();
            subscribe();
          },
          (e: unknown) => {
            resolve({ kind: 'down', why: `the notification channel cannot be reached: ${e instanceof Error ? e.message : String(e)}` });
          },
        );
      });
    } finally {
      isOver = true;
      this.#interrupt = undefined;
      this.#topicsChanged = undefined;
      // Whoever listens is told when it is live again: something may be missed until then.
      for (const entry of this.#topics.values()) if (entry.state?.kind === 'live') entry.state = undefined;
      for (const cancel of timers.values()) cancel();
      wire?.close();
    }
  }

  /** The channel that there is, or a new one. The token goes into this request, and nowhere else. */
  async #open(): Promise<Channel | Ended> {
    if (this.#channel && this.#channel.until > this.clock.now()) return this.#channel;
    const { answer, retryAfter } = await ask(this.client, 'POST', CHANNELS, (json) => {
      const id = isRecord(json) ? text(json['id']) : undefined;
      const uri = isRecord(json) ? text(json['connectUri']) : undefined;
      return id === undefined || uri === undefined ? undefined : { id, uri };
    });
    if (answer.kind !== 'ok')
      return {
        kind: 'down',
        why: `there is no notification channel: ${answer.kind === 'failed' ? answer.why : 'cancelled'}`,
        ...optional('retryAfter', retryAfter),
      };
    const { id, uri } = answer.value;
    if (!isStreamingUri(this.client.region, uri)) return { kind: 'down', why: 'the notification channel is at a host that does not belong to the region' };
    this.#channel = { id, uri, until: this.clock.now() + LIFE - EARLY };
    return this.#channel;
  }

  /** Puts all topics on the channel. @returns why the channel is of no use, where it is */
  async #subscribe(channel: Channel): Promise<Ended | undefined> {
    const wanted = [...this.#topics.keys()];
    if (wanted.length === 0) return undefined;
    const put = await this.#send(channel, 'PUT', wanted);
    if (put.kind === 'told') this.#tellAll(wanted, put.states);
    else if (!put.isOfTopics) {
      if (put.isOfChannel) this.#channel = undefined;
      return { kind: 'down', why: put.why, ...optional('retryAfter', put.retryAfter) };
    } else if (wanted.length === 1) this.#tellAll(wanted, new Map(wanted.map((topic) => [topic, { kind: 'refused', why: put.why }])));
    // One of them is refused, and with it all: which one shows when each is asked for alone.
    else
      for (const topic of wanted) {
        const one = await this.#send(channel, 'POST', [topic]);
        this.#tellAll([topic], one.kind === 'told' ? one.states : new Map([[topic, { kind: 'refused', why: one.why }]]));
      }
    return undefined;
  }

  async #send(channel: Channel, method: 'PUT' | 'POST', topics: readonly string[]): Promise<Subscribed> {
    const path = `${CHANNELS}/${encodeURIComponent(channel.id)}/subscriptions?ignoreErrors=true`;
    const { answer, retryAfter } = await ask(this.client, method, path, readStates, { body: topics.map((id) => ({ id })) });
    if (answer.kind === 'ok') return { kind: 'told', states: answer.value };
    const status = answer.kind === 'failed' ? (answer.status ?? 0) : 0;
    return {
      kind: 'failed',
      why: `the notification topic: ${answer.kind === 'failed' ? answer.why : 'cancelled'}`,
      isOfTopics: status === 400 || status === 403,
      isOfChannel: status === 404,
      ...optional('retryAfter', retryAfter),
    };
  }

  /** A topic of which nothing is said is taken for granted: it was accepted with the others. */
  #tellAll(topics: readonly string[], states: ReadonlyMap<string, TopicState>): void {
    for (const topic of topics) this.#tell(topic, states.get(topic) ?? { kind: 'live' });
  }

  #tell(topic: string, state: TopicState): void {
    const entry = this.#topics.get(topic);
    if (!entry) return;
    const isKnown = entry.state?.kind === state.kind && state.kind !== 'down';
    entry.state = state;
    if (isKnown) return;
    for (const listener of [...entry.listeners]) listener.state(state);
  }

  #receive(message: string): 'closing' | undefined {
    let json: unknown;
    try {
      json = JSON.parse(message);
    } catch {
      return undefined;
    }
    const topic = isRecord(json) ? text(json['topicName']) : undefined;
    if (topic === 'v2.system.socket_closing') return 'closing';
    for (const listener of [...(this.#topics.get(topic ?? '')?.listeners ?? [])]) listener.event(isRecord(json) ? json['eventBody'] : undefined);
    return undefined;
  }
}

type Subscribed =
  | { readonly kind: 'told'; readonly states: ReadonlyMap<string, TopicState> }
  | {
      readonly kind: 'failed';
      readonly why: string;
      /** Whether the topics are what is refused. */
      readonly isOfTopics: boolean;
      readonly isOfChannel: boolean;
      readonly retryAfter?: number;
    };

/** A ChannelTopicEntityListing: SDK 262.0.0. */
function readStates(json: unknown): ReadonlyMap<string, TopicState> | undefined {
  if (!isRecord(json) || !Array.isArray(json['entities'])) return undefined;
  return new Map(
    records(json['entities'], 1000).flatMap((e): [string, TopicState][] => {
      const id = text(e['id']);
      if (id === undefined) return [];
      const isRefused = text(e['state'])?.toLowerCase() === 'rejected';
      const missing = Array.isArray(e['missingPermissions']) ? e['missingPermissions'].filter((p) => typeof p === 'string') : [];
      const why = text(e['rejectionReason']) ?? (missing.length > 0 ? `needs ${missing.join(' or ')}` : 'it was rejected');
      return [[id, isRefused ? { kind: 'refused', why } : { kind: 'live' }]];
    }),
  );
}
