import type { Client } from '../client.js';
import { type Clock, realClock } from './clock.js';
import { Ear } from './ear.js';
import type { LiveCall } from './liveCall.js';
import { Notifications } from './notifications.js';
import { Poller } from './poller.js';
import { Watch } from './watch.js';
import type { Connect } from './webSocket.js';

/** What is known of a call that is followed. */
export interface Followed {
  /** Undefined until something is known. */
  readonly call?: LiveCall;
  /** How it is known: told by the platform, asked for again and again, or not at all any more. */
  readonly by: 'notifications' | 'polling' | 'nothing';
  /** Why it is not followed, or not now. */
  readonly problem?: string;
}

/** Which call, and whose. */
export interface Followable {
  readonly conversationId: string;
  /** The user whose phone rings first. Without it there are no notifications. */
  readonly agentId?: string;
}

/** Follows the calls of one sign-in. Everything that it opens is closed when nothing is followed. */
export class CallFollower {
  readonly #notifications: Notifications;
  readonly #poller: Poller;
  readonly #clock: Clock;
  readonly #open = new Set<{ stop(): void }>();

  constructor(client: Client, options: { readonly connect?: Connect; readonly clock?: Clock } = {}) {
    this.#clock = options.clock ?? realClock;
    this.#notifications = new Notifications(client, options.connect, this.#clock);
    this.#poller = new Poller(client, this.#clock);
  }

  /**
   * @param changed told of every change, and that there is nothing more to come: when the call has ended, or `by` is `nothing`
   * @returns what ends the following before
   */
  follow(call: Followable, changed: (followed: Followed) => void): () => void {
    const watch = new Watch(call, { notifications: this.#notifications, poller: this.#poller, clock: this.#clock }, changed, () => this.#open.delete(watch));
    this.#open.add(watch);
    watch.start();
    return () => watch.stop();
  }

  /** Listens to the calls of a user from now on, so that one whose answer gets lost can be found: open it before the call is placed. */
  hear(agentId: string): Ear {
    const ear = new Ear(agentId, this.#notifications, this.#clock, () => this.#open.delete(ear));
    this.#open.add(ear);
    return ear;
  }

  dispose(): void {
    for (const each of [...this.#open]) each.stop();
    this.#notifications.dispose();
    this.#poller.dispose();
  }
}
