import { isGuid } from '../../platform/guid.js';
import type { Division } from '../org/types.js';
import type { World } from '../org/world.js';

/** What a topic requires of its subscribers, as `GET /notifications/availabletopics` says it. */
export interface Topic {
  /** `v2.users.{id}.presence` */
  readonly id: string;
  readonly description: string;
  /** Any of them, in the division of the user or queue. */
  readonly permissions: readonly string[];
  /** `required`: only about oneself. `instead`: about oneself without a permission. */
  readonly currentUser: 'required' | 'instead' | undefined;
}

const VIEW = ['conversation:communication:view'];

const ofUsers = (name: string, description: string, permissions: readonly string[] = [], currentUser: Topic['currentUser'] = undefined): Topic => ({
  id: `v2.users.{id}.${name}`,
  description,
  permissions,
  currentUser,
});
const ofQueues = (name: string, description: string, permissions: readonly string[]): Topic => ({
  id: `v2.routing.queues.{id}.${name}`,
  description,
  permissions,
  currentUser: undefined,
});

/** What the sandbox tells of. Names: platform-client-sdk-dotnet, notification topics; what each requires is assumed. */
export const TOPICS: readonly Topic[] = [
  ofUsers('conversations', 'Conversations of any kind that a user takes part in.', VIEW, 'instead'),
  ofUsers('conversations.calls', 'Calls that a user takes part in.', VIEW, 'instead'),
  ofUsers('conversations.callbacks', 'Callbacks that a user takes part in.', VIEW, 'instead'),
  ofUsers('conversationsummary', 'How many conversations of each kind a user has.'),
  ofUsers('presence', 'The presence of a user.'),
  ofUsers('routingStatus', 'The routing status of a user.'),
  ofUsers('station', 'The station that a user is associated with.', ['telephony:otherStationAssociation:view'], 'instead'),
  ofUsers('tokens', 'Tokens that are given to a user.', [], 'required'),
  ofQueues('users', 'Who joins and leaves a queue.', ['routing:queue:view']),
  ofQueues('conversations', 'Conversations of any kind of a queue.', VIEW),
  ofQueues('conversations.calls', 'Calls of a queue.', VIEW),
  ofQueues('conversations.callbacks', 'Callbacks of a queue.', VIEW),
];

const BY_ID: ReadonlyMap<string, Topic> = new Map(TOPICS.map((t) => [t.id, t]));

/** A topic about one user or queue. */
interface Named {
  readonly topic: Topic;
  /** Whom or what it is about. */
  readonly id: string;
  /** Undefined where there is no such user or queue. */
  readonly division: Division | undefined;
}

/** Reads `v2.users.3f25…01.presence`; undefined for what is no topic here. */
export function findTopic(world: World, name: string): Named | undefined {
  const parts = name.split('.');
  const at = parts.findIndex(isGuid);
  const id = (parts[at] ?? '').toLowerCase();
  const topic = BY_ID.get(parts.map((part, i) => (i === at ? '{id}' : part)).join('.'));
  if (at < 0 || !topic) return undefined;
  return { topic, id, division: (topic.id.startsWith('v2.users.') ? world.people : world.queues).get(id)?.division };
}
