import { isRecord } from '../../platform/json.js';
import { violated } from '../http/fields.js';
import { BAD_REQUEST, forbidden, invalidValue, missingAnyPermissions, missingInDivision, NOT_FOUND, type Refusal } from '../http/refusals.js';
import { type Answer, done, ok, type Route, type Visit, valuesOf } from '../http/route.js';
import { type Channel, TOPICS_OF_CHANNEL } from '../notifications/channels.js';
import { findTopic, TOPICS, type Topic } from '../notifications/topics.js';

const CHANNEL = '/api/v2/notifications/channels/{channelId}';
const RULES = 'what a topic requires, and how one that may not be had is refused';

export const NOTIFICATIONS: readonly Route[] = [
  {
    operation: 'GET /api/v2/notifications/availabletopics',
    answer: (v) => ok({ entities: TOPICS.map((t) => topicDocument(t, new Set(valuesOf(v.query, 'expand')))) }, RULES),
  },
  { operation: 'POST /api/v2/notifications/channels', answer: (v) => ok(channelDocument(v, v.world.channels.create(v.caller))) },
  { operation: 'GET /api/v2/notifications/channels', answer: channels },
  { operation: `HEAD ${CHANNEL}`, answer: (v) => withChannel(v, () => ({ status: 200 })) },
  { operation: `GET ${CHANNEL}/subscriptions`, answer: (v) => withChannel(v, (c) => ok({ entities: [...c.topics].map((t) => permitted(t)) })) },
  { operation: `POST ${CHANNEL}/subscriptions`, answer: (v) => withChannel(v, (c) => subscribe(v, c, c.topics)) },
  { operation: `PUT ${CHANNEL}/subscriptions`, answer: (v) => withChannel(v, (c) => subscribe(v, c, [])) },
  {
    operation: `DELETE ${CHANNEL}/subscriptions`,
    answer: (v) =>
      withChannel(v, (c) => {
        v.world.channels.setTopics(c, []);
        return done('status of a success without a body');
      }),
  },
];

function withChannel(v: Visit, use: (channel: Channel) => Answer): Answer {
  const channel = v.world.channels.find(v.params['channelId'] ?? '', v.caller);
  return channel ? use(channel) : NOT_FOUND;
}

const channelDocument = (v: Visit, c: Channel): object => ({
  connectUri: `ws://${v.host}/channels/${c.id}`,
  id: c.id,
  expires: new Date(c.expiresAt),
});

/** Those of this token; or with `includechannels=oauthclient` of every token of the user and app, the others without their ids. */
function channels(v: Visit): Answer {
  const own = v.world.channels.ofApp(v.caller);
  const all = v.query.get('includechannels') === 'oauthclient';
  const entities = own.flatMap((c) => (c.token === v.caller.value ? channelDocument(v, c) : all ? { expires: new Date(c.expiresAt) } : []));
  return ok({ entities });
}

/** An AvailableTopic. @param expand the fields that are asked for beside the id */
function topicDocument(topic: Topic, expand: ReadonlySet<string>): object {
  const { id, description, permissions, currentUser } = topic;
  return {
    id,
    ...(expand.has('description') ? { description } : {}),
    ...(expand.has('enforced') ? { enforced: true } : {}),
    ...(expand.has('visibility') ? { visibility: 'Public' } : {}),
    ...(expand.has('transports') ? { transports: ['Websocket'] } : {}),
    ...(expand.has('topicParameters') ? { topicParameters: ['id'] } : {}),
    ...(expand.has('requiresPermissions')
      ? {
          requiresPermissions: permissions,
          requiresDivisionPermissions: permissions.length > 0,
          requiresAnyValidator: true,
          requiresCurrentUser: currentUser === 'required',
          requiresCurrentUserOrPermission: currentUser === 'instead',
        }
      : {}),
    ...(expand.has('permissionDetails')
      ? {
          permissionDetails:
            permissions.length === 0
              ? []
              : [{ type: 'requiresDivisionPermissions', permissions, allowsCurrentUser: currentUser === 'instead', enforced: true }],
        }
      : {}),
  };
}

const permitted = (topic: string): object => ({ id: topic, state: 'Permitted', selfUri: `/api/v2/notifications/availabletopics/${topic}` });

/** Adds topics to those that stay. All or none of them, unless `ignoreErrors` says otherwise. */
function subscribe(v: Visit, channel: Channel, kept: Iterable<string>): Answer {
  const { body } = v;
  if (!Array.isArray(body)) return BAD_REQUEST;
  const names = (body as readonly unknown[]).map((entry) => (isRecord(entry) && typeof entry['id'] === 'string' ? entry['id'] : undefined));
  if (!names.every((name) => name !== undefined)) return BAD_REQUEST;
  const ignoresErrors = v.query.get('ignoreErrors') === 'true';
  const topics = new Set(kept);
  const entities: object[] = [];
  for (const name of names as readonly string[]) {
    const refusal = refusalOf(v, name);
    if (refusal && !ignoresErrors) return refusal;
    if (!refusal) topics.add(name);
    entities.push(refusal ? { id: name, state: 'Rejected', rejectionReason: refusal.message } : permitted(name));
  }
  if (topics.size > TOPICS_OF_CHANNEL) return violated(`a channel has at most ${TOPICS_OF_CHANNEL} topics`);
  v.world.channels.setTopics(channel, topics);
  return ok({ entities }, RULES);
}

/** Why somebody may not listen to a topic. */
function refusalOf({ world, caller }: Visit, name: string): Refusal | undefined {
  const found = findTopic(world, name);
  if (!found)
    return about(
      name,
      invalidValue(
        name,
        'topic',
        TOPICS.map((t) => t.id),
      ),
    );
  const { topic, id, division } = found;
  if (!division) return about(name, NOT_FOUND);
  const isOwn = caller.user?.id === id;
  if (topic.currentUser === 'required' && !isOwn) return about(name, forbidden('Topic', name));
  if (topic.permissions.length === 0 || (topic.currentUser === 'instead' && isOwn)) return undefined;
  if (!topic.permissions.some((p) => world.holds(caller.subjectId, p))) return about(name, missingAnyPermissions(topic.permissions));
  const isThere = topic.permissions.some((p) => world.holds(caller.subjectId, p, division.id));
  return isThere ? undefined : about(name, missingInDivision('any', topic.permissions, [division.id]));
}

/** A refusal that names the topic. */
const about = (name: string, refusal: Refusal): Refusal => ({
  ...refusal,
  details: [{ errorCode: refusal.code, fieldName: 'id', entityName: name }],
  assumption: RULES,
});
