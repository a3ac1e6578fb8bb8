import { randomBytes, randomUUID } from 'node:crypto';
import type { Caller } from '../oauth/tokens.js';
import type { World } from '../org/world.js';
import { eventsOf } from './events.js';

/** The most channels of one user, or client, through one app; the next one takes the place of another (FACTS §8). */
const CHANNELS = 20;
/** The most topics of a channel (community sources). */
export const TOPICS_OF_CHANNEL = 1000;
/** How long a channel lives (community sources). */
const LIFETIME = 24 * 3_600_000;

/** What is at the other end of a channel. */
export interface Listener {
  send(text: string): void;
  close(code: number, reason: string): void;
}

export interface Channel {
  readonly id: string;
  readonly ownerId: string;
  readonly clientId: string;
  readonly token: string;
  readonly expiresAt: number;
  /** Counts up with every use of any channel. */
  usedAt: number;
  topics: ReadonlySet<string>;
  listener: Listener | undefined;
}

const REPLACED = 1000;
const RESTART = 1012;

/** The notification channels of a running org. What happens while nobody is connected to a channel is not told later. */
export class Channels {
  readonly #byId = new Map<string, Channel>();
  readonly #byTopic = new Map<string, Set<Channel>>();
  readonly #summaries = new Map<string, string>();
  #uses = 0;

  constructor(private readonly world: World) {
    world.onChange((change) => {
      if (this.#byTopic.size === 0) return;
      for (const event of eventsOf(world, change)) if (this.#byTopic.has(event.topic)) this.#publish(event.topic, event.body());
    });
  }

  get heartbeatMilliseconds(): number {
    return this.world.heartbeatMilliseconds;
  }

  create(caller: Caller): Channel {
    this.#expire();
    const own = this.ofApp(caller);
    if (own.length >= CHANNELS) {
      const [oldest] = own.sort((a, b) => Number(a.listener !== undefined) - Number(b.listener !== undefined) || a.usedAt - b.usedAt);
      if (oldest) this.#remove(oldest);
    }
    const channel: Channel = {
      id: `streaming-0-${BigInt(`0x${randomBytes(17).toString('hex')}`)
        .toString(36)
        .padStart(26, '0')
        .slice(-26)}`,
      ownerId: caller.subjectId,
      clientId: caller.client.id,
      token: caller.value,
      expiresAt: Date.now() + LIFETIME,
      usedAt: ++this.#uses,
      topics: new Set(),
      listener: undefined,
    };
    this.#byId.set(channel.id, channel);
    return channel;
  }

  /** The channels of the caller's user, or client, and app. */
  ofApp(caller: Caller): Channel[] {
    return [...this.#byId.values()].filter((c) => c.ownerId === caller.subjectId && c.clientId === caller.client.id && c.expiresAt > Date.now());
  }

  /** A channel of the caller's; nobody else's. */
  find(id: string, caller: Caller): Channel | undefined {
    const channel = this.#byId.get(id);
    return channel?.ownerId === caller.subjectId && channel.clientId === caller.client.id && channel.expiresAt > Date.now() ? channel : undefined;
  }

  setTopics(channel: Channel, topics: Iterable<string>): void {
    this.#unlist(channel);
    channel.topics = new Set(topics);
    channel.usedAt = ++this.#uses;
    for (const topic of channel.topics) {
      const listeners = this.#byTopic.get(topic) ?? new Set();
      this.#byTopic.set(topic, listeners.add(channel));
    }
  }

  /** Ends the channels that were opened with certain tokens. */
  removeOf(isTheirs: (token: string) => boolean): void {
    for (const channel of this.#byId.values()) if (isTheirs(channel.token)) this.#remove(channel);
  }

  isOpen(id: string): boolean {
    return (this.#byId.get(id)?.expiresAt ?? 0) > Date.now();
  }

  /** Connects a channel; a former connection of it ends. @returns what to call when the connection ends */
  attach(id: string, listener: Listener): () => void {
    const channel = this.#byId.get(id);
    if (!channel) {
      listener.close(REPLACED, 'no such channel');
      return () => {};
    }
    channel.listener?.close(REPLACED, 'connected anew');
    channel.listener = listener;
    channel.usedAt = ++this.#uses;
    return () => {
      if (channel.listener === listener) channel.listener = undefined;
    };
  }

  stop(): void {
    for (const channel of this.#byId.values()) channel.listener?.close(RESTART, 'the org is gone');
    this.#byId.clear();
    this.#byTopic.clear();
  }

  #publish(topic: string, eventBody: object): void {
    if (topic.endsWith('.conversationsummary') && !this.#isNewSummary(topic, JSON.stringify(eventBody))) return;
    const text = JSON.stringify({ topicName: topic, version: '2', eventBody, metadata: { CorrelationId: randomUUID() } });
    for (const channel of this.#byTopic.get(topic) ?? []) channel.listener?.send(text);
  }

  /** A summary is told when a number in it has changed. */
  #isNewSummary(topic: string, body: string): boolean {
    if (this.#summaries.get(topic) === body) return false;
    this.#summaries.set(topic, body);
    return true;
  }

  #expire(): void {
    for (const channel of this.#byId.values()) if (channel.expiresAt <= Date.now()) this.#remove(channel);
  }

  #remove(channel: Channel): void {
    this.#unlist(channel);
    this.#byId.delete(channel.id);
    channel.listener?.close(REPLACED, 'the channel is gone');
  }

  #unlist(channel: Channel): void {
    for (const topic of channel.topics) {
      const listeners = this.#byTopic.get(topic);
      listeners?.delete(channel);
      if (listeners?.size === 0) {
        this.#byTopic.delete(topic);
        this.#summaries.delete(topic);
      }
    }
  }
}
