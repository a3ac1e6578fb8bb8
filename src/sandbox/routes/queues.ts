import { randomUUID } from 'node:crypto';
import { queueDocument, userQueueDocument } from '../documents/routing.js';
import { aName, aReference, aText, readFields, violated } from '../http/fields.js';
import { byName, thingFilter } from '../http/filters.js';
import { admitIn, mayWhere } from '../http/gate.js';
import { isRefusal, NOT_A_USER, NOT_FOUND, type Refusal } from '../http/refusals.js';
import { type Answer, done, listing, ok, type Route, type Visit, valuesOf, withNamed } from '../http/route.js';
import type { Division, Queue } from '../org/types.js';

const LARGE = 500;
const QUEUE = '/api/v2/routing/queues/{queueId}';

export const QUEUES: readonly Route[] = [
  { operation: 'GET /api/v2/routing/queues', answer: queues },
  { operation: 'GET /api/v2/routing/queues/divisionviews', answer: queues },
  { operation: 'GET /api/v2/routing/queues/divisionviews/all', answer: queues },
  {
    operation: 'GET /api/v2/routing/queues/me',
    answer: (v) => {
      const { user } = v.caller;
      if (!user) return { ...NOT_A_USER, assumption: 'user context of routing/queues/me' };
      const joined = v.query.get('joined');
      const own = v.world.queuesOf(user).filter((q) => joined === null || String(q.members.get(user)) === joined);
      return listing(v, v.query.has('sortOrder') ? byName(v.query, own) : own, (q) => userQueueDocument(q, user), LARGE);
    },
  },
  { operation: `GET ${QUEUE}`, answer: (v) => withQueue(v, (q) => ok(queueDocument(q))) },
  { operation: 'POST /api/v2/routing/queues', answer: makeQueue },
  { operation: `PUT ${QUEUE}`, answer: (v) => withQueue(v, (q) => changeQueue(v, q)) },
  { operation: `DELETE ${QUEUE}`, answer: (v) => withQueue(v, (q) => deleteQueue(v, q)) },
];

export const withQueue = (v: Visit, use: (q: Queue) => Answer): Answer => withNamed(v, 'queueId', v.world.queues, use);

/** The queues of the divisions in which the caller holds the operation's permission (assumed). */
function queues(v: Visit): Answer {
  const wanted = thingFilter(v.query);
  const divisions = valuesOf(v.query, 'divisionId');
  const may = mayWhere(v.world, v.operation, v.caller);
  const shown = ({ id }: Division): boolean => may(id) && (divisions.length === 0 || divisions.includes(id));
  const found = [...v.world.queues.values()].filter((q) => wanted(q) && shown(q.division));
  return listing(v, v.query.has('sortOrder') ? byName(v.query, found) : found, queueDocument, LARGE);
}

const OPTIONAL = { description: aText, callingPartyName: aText, callingPartyNumber: aText, division: aReference };

const taken = (v: Visit, name: string, except?: Queue): boolean =>
  [...v.world.queues.values()].some((q) => q !== except && q.name.toLowerCase() === name.toLowerCase());

/** FACTS §1.5: a calling party's number is validated as E.164. */
const wrongNumber = (number: string | undefined): Refusal | undefined =>
  number === undefined || number === '' || /^\+[1-9]\d{1,14}$/.test(number) ? undefined : violated('callingPartyNumber: is not E.164');

function makeQueue(v: Visit): Answer {
  const fields = readFields(v.body, { name: aName }, OPTIONAL);
  if (isRefusal(fields)) return fields;
  const { name, description, callingPartyName, callingPartyNumber } = fields;
  const division = fields.division === undefined ? v.world.home : v.world.divisions.get(fields.division);
  if (!division) return NOT_FOUND;
  const refusal = admitIn(v.world, v.operation, v.caller, division.id) ?? wrongNumber(callingPartyNumber);
  if (refusal) return refusal;
  if (taken(v, name)) return violated(`name: there is a queue "${name}"`);
  const queue: Queue = { id: randomUUID(), name, description, division, callingPartyName, callingPartyNumber, members: new Map() };
  v.world.add('queue', queue);
  return ok(queueDocument(queue));
}

/** A field that the body does not mention keeps its value; the platform's own PUT takes the whole queue (assumed to come to the same). */
function changeQueue(v: Visit, q: Queue): Answer {
  const { division: _, ...held } = OPTIONAL;
  const fields = readFields(v.body, { name: aName }, held);
  if (isRefusal(fields)) return fields;
  const refusal = wrongNumber(fields.callingPartyNumber);
  if (refusal) return refusal;
  if (taken(v, fields.name, q)) return violated(`name: there is a queue "${fields.name}"`);
  v.world.change('queue', q, fields);
  return ok(queueDocument(q));
}

function deleteQueue(v: Visit, q: Queue): Answer {
  if (q.members.size > 0 && v.query.get('forceDelete') !== 'true') return violated(`the queue ${q.name} has members`);
  v.world.remove('queue', q);
  return done('status of a success without a body, and that a queue with members stays unless forceDelete is set');
}
