import assert from 'node:assert/strict';
import { NotificationsApi } from 'purecloud-platform-client-v2';
import { WebSocket } from 'ws';
import type { Client } from './program.js';

const PATIENCE = 5000;

export interface Notification<Body> {
  readonly topicName: string;
  readonly eventBody: Body;
}

/** What arrives on a notification channel, for somebody who waits for something in particular. */
export class Follower<Body> {
  readonly notifications: Notification<Body>[] = [];
  #look = (): void => undefined;

  private constructor(
    private readonly socket: WebSocket,
    topics: ReadonlySet<string>,
  ) {
    socket.on('message', (data) => {
      const notification = JSON.parse(String(data)) as Notification<Body>;
      if (!topics.has(notification.topicName)) return; // heartbeats
      this.notifications.push(notification);
      this.#look();
    });
  }

  /** Opens a channel and subscribes to topics, with the SDK; follows it with a WebSocket, for which the SDK has nothing. */
  static async of<Body>(client: Client, topics: readonly string[]): Promise<Follower<Body>> {
    const api = new NotificationsApi(client);
    const { id = '', connectUri = '' } = await api.postNotificationsChannels();
    const follower = new Follower<Body>(new WebSocket(connectUri), new Set(topics));
    await new Promise((resolve, reject) => follower.socket.once('open', resolve).once('error', reject));
    const { entities } = await api.putNotificationsChannelSubscriptions(
      id,
      topics.map((topic) => ({ id: topic })),
    );
    assert.deepEqual(entities?.map((entity) => entity.id).sort(), [...topics].sort());
    return follower;
  }

  /** The first notification, of those that came and those to come, that is what is waited for. */
  until(what: string, is: (body: Body, topic: string) => boolean): Promise<Notification<Body>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${what} did not come. What came: ${JSON.stringify(this.notifications)}`)), PATIENCE);
      this.#look = () => {
        const found = this.notifications.find((n) => is(n.eventBody, n.topicName));
        if (!found) return;
        clearTimeout(timer);
        resolve(found);
      };
      this.#look();
    });
  }

  stop(): void {
    this.socket.terminate();
  }
}
