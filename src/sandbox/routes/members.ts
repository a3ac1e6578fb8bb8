import { isRecord } from '../../platform/json.js';
import { queueMemberDocument, userQueueDocument } from '../documents/routing.js';
import { aFlag, anId, listOf, readFields } from '../http/fields.js';
import { byName, nameFilter } from '../http/filters.js';
import { BAD_REQUEST, forbidden, isRefusal, NOT_FOUND, type Refusal } from '../http/refusals.js';
import { type Answer, done, listing, ok, type Route, type Visit, valuesOf, withNamed, without } from '../http/route.js';
import type { Person, Queue } from '../org/types.js';
import { isCalled } from './presences.js';
import { withQueue } from './queues.js';

const MEMBERS = '/api/v2/routing/queues/{queueId}/members';
const OF_USER = '/api/v2/users/{userId}/queues';
const EMPTY = 'status of a success without a body';
const MOST_AT_ONCE = 100;

export const MEMBERSHIP: readonly Route[] = [
  { operation: `GET ${MEMBERS}`, answer: (v) => withQueue(v, (q) => members(v, q)) },
  { operation: `POST ${MEMBERS}`, answer: (v) => withQueue(v, (q) => addOrDelete(v, q)) },
  { operation: `PATCH ${MEMBERS}`, answer: (v) => withQueue(v, (q) => joinSeveral(v, q)) },
  { operation: `PATCH ${MEMBERS}/{memberId}`, answer: (v) => withQueue(v, (q) => withMember(v, q, (p) => joinOne(v, q, p))) },
  { operation: `DELETE ${MEMBERS}/{memberId}`, answer: (v) => withQueue(v, (q) => withMember(v, q, (p) => leave(v, q, p))) },
  { operation: `GET ${OF_USER}`, answer: (v) => withNamed(v, 'userId', v.world.people, (p) => queuesOf(v, p)) },
  { operation: `PATCH ${OF_USER}`, answer: (v) => withNamed(v, 'userId', v.world.people, (p) => joinQueues(v, p)) },
  { operation: `PATCH ${OF_USER}/{queueId}`, answer: (v) => withNamed(v, 'userId', v.world.people, (p) => withQueue(v, (q) => joinQueue(v, q, p))) },
];

function withMember(v: Visit, q: Queue, use: (p: Person) => Answer): Answer {
  return withNamed(v, 'memberId', v.world.people, (p) => (q.members.has(p) ? use(p) : NOT_FOUND));
}

/** A value of the query that is `true` or `false`, compared with what is. */
const fits = (wanted: string | null, is: boolean): boolean => wanted === null || wanted === String(is);

function members(v: Visit, q: Queue): Answer {
  const joined = v.query.get('joined');
  const routing = valuesOf(v.query, 'routingStatus');
  const presence = valuesOf(v.query, 'presence');
  const wanted = nameFilter(v.query);
  const found = [...q.members].flatMap(([p, has]) =>
    fits(joined, has) &&
    wanted(p.name) &&
    (routing.length === 0 || routing.includes(p.routing.status)) &&
    (presence.length === 0 || presence.some((name) => isCalled(p.presence.definition, name)))
      ? [p]
      : [],
  );
  return memberListing(v, q, v.query.has('sortOrder') ? byName(v.query, found) : found);
}

/** QueueMemberEntityListing, which does not say how many there are. */
const memberListing = (v: Visit, q: Queue, people: readonly Person[]): Answer =>
  without(
    listing(v, people, (p) => queueMemberDocument(q, p)),
    'total',
    'lastUri',
    'pageCount',
  );

/** `delete=true` takes the users away instead. All or none; new members have joined (assumed). */
function addOrDelete(v: Visit, q: Queue): Answer {
  const ids = listOf((entry) => (isRecord(entry) ? anId(entry['id']) : undefined), MOST_AT_ONCE)(v.body);
  if (!ids) return BAD_REQUEST;
  const people = ids.flatMap((id) => v.world.people.get(id) ?? []);
  if (people.length < ids.length) return NOT_FOUND;
  const remove = v.query.get('delete') === 'true';
  for (const p of people)
    if (remove) v.world.setMember(q, p, undefined);
    else if (!q.members.has(p)) v.world.setMember(q, p, true);
  return done(EMPTY);
}

interface Joining {
  readonly person: Person;
  readonly queue: Queue;
  readonly joined: boolean;
}

function joinAll(v: Visit, changes: readonly Joining[]): void {
  for (const { person, queue, joined } of changes) v.world.setMember(queue, person, joined);
}

/** `[{"id": user, "joined": …}]`. All or none. */
function joinSeveral(v: Visit, q: Queue): Answer {
  const changes = joiningsIn(v.body, (id) => {
    const person = v.world.people.get(id);
    return person && q.members.has(person) ? { person, queue: q } : undefined;
  });
  if (isRefusal(changes)) return changes;
  joinAll(v, changes);
  return memberListing(
    v,
    q,
    changes.map((c) => c.person),
  );
}

function joiningsIn(body: unknown, find: (id: string) => Omit<Joining, 'joined'> | undefined): readonly Joining[] | Refusal {
  if (!Array.isArray(body) || body.length > MOST_AT_ONCE) return BAD_REQUEST;
  const changes: Joining[] = [];
  for (const entry of body as readonly unknown[]) {
    const fields = readFields(entry, { id: anId, joined: aFlag }, {});
    if (isRefusal(fields)) return fields;
    const found = find(fields.id);
    if (!found) return NOT_FOUND;
    changes.push({ ...found, joined: fields.joined });
  }
  return changes;
}

/** The body names the member once more, and that has to agree with the path (assumed). */
function joinOne(v: Visit, q: Queue, p: Person): Answer {
  const fields = readFields(v.body, { joined: aFlag }, { id: anId });
  if (isRefusal(fields)) return fields;
  if (fields.id !== undefined && fields.id !== p.id) return BAD_REQUEST;
  v.world.setMember(q, p, fields.joined);
  return done(EMPTY);
}

function leave(v: Visit, q: Queue, p: Person): Answer {
  v.world.setMember(q, p, undefined);
  return done(EMPTY);
}

function queuesOf(v: Visit, p: Person): Answer {
  const joined = v.query.get('joined');
  const divisions = valuesOf(v.query, 'divisionId');
  const found = v.world.queuesOf(p).filter((q) => fits(joined, q.members.get(p) ?? false) && (divisions.length === 0 || divisions.includes(q.division.id)));
  return listing(v, found, (q) => userQueueDocument(q, p));
}

/** Whoever may only join queues may do so for themselves (assumed). */
const forOther = (v: Visit, p: Person): Refusal | undefined =>
  v.caller.user === p || v.world.holds(v.caller.subjectId, 'routing:queueMember:manage', p.division.id)
    ? undefined
    : { ...forbidden('User', p.id), assumption: 'routing:queue:join is for own queues' };

function joinQueues(v: Visit, p: Person): Answer {
  const refusal = forOther(v, p);
  if (refusal) return refusal;
  const changes = joiningsIn(v.body, (id) => {
    const queue = v.world.queues.get(id);
    return queue?.members.has(p) ? { person: p, queue } : undefined;
  });
  if (isRefusal(changes)) return changes;
  joinAll(v, changes);
  return listing(v, changes, ({ queue }) => userQueueDocument(queue, p));
}

function joinQueue(v: Visit, q: Queue, p: Person): Answer {
  const refusal = forOther(v, p);
  if (refusal) return refusal;
  if (!q.members.has(p)) return NOT_FOUND;
  const fields = readFields(v.body, { joined: aFlag }, {});
  if (isRefusal(fields)) return fields;
  v.world.setMember(q, p, fields.joined);
  return ok(userQueueDocument(q, p));
}
