import type { Clock } from './clock.js';
import { type Conversation, readConversation } from './conversation.js';
import type { Notifications, TopicState } from './notifications.js';

/** How many conversations are remembered. */
const MOST = 100;

/** What the platform tells of the calls of one user, from when it was opened. */
export class Ear {
  readonly #heard = new Map<string, Conversation>();
  readonly #deaf: () => void;
  #state: TopicState | undefined;
  #waiting = new Set<() => void>();

  constructor(
    agentId: string,
    notifications: Notifications,
    private readonly clock: Clock,
    private readonly ended: () => void,
  ) {
    this.#deaf = notifications.listen(`v2.users.${agentId}.conversations.calls`, {
      event: (body) => {
        const conversation = readConversation(body);
        if (!conversation) return;
        this.#heard.delete(conversation.id);
        this.#heard.set(conversation.id, conversation);
        for (const id of this.#heard.keys()) if (this.#heard.size > MOST) this.#heard.delete(id);
      },
      state: (state) => {
        this.#state = state;
        for (const resolve of this.#waiting) resolve();
        this.#waiting.clear();
      },
    });
  }

  /** What was heard, each conversation as it was told last; those that began before it was opened may be among them. */
  readonly calls = (): readonly Conversation[] => [...this.#heard.values()];

  /** Waits until something is to be heard, or is known not to be; no longer than `milliseconds`. @returns whether it is */
  async ready(milliseconds: number): Promise<boolean> {
    if (this.#state === undefined)
      await new Promise<void>((resolve) => {
        const cancel = this.clock.after(milliseconds, resolve);
        this.#waiting.add(() => {
          cancel();
          resolve();
        });
      });
    return this.#state?.kind === 'live';
  }

  stop(): void {
    this.#deaf();
    this.ended();
  }
}
