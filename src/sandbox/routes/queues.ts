import { queueDocument, queueMemberDocument } from '../documents.js';
import { admitIn } from '../http/gate.js';
import { NOT_A_USER } from '../http/refusals.js';
import { type Answer, listing, ok, type Route, type Visit, valuesOf, withNamed } from '../http/route.js';
import type { Queue } from '../org/world.js';

const LARGE = 500;

export const QUEUES: readonly Route[] = [
  { operation: 'GET /api/v2/routing/queues', answer: (v) => queues(v) },
  { operation: 'GET /api/v2/routing/queues/divisionviews', answer: (v) => queues(v) },
  {
    operation: 'GET /api/v2/routing/queues/me',
    answer: (v) => {
      const { user } = v.caller;
      if (!user) return { ...NOT_A_USER, assumption: 'user context of routing/queues/me' };
      const joined = v.query.get('joined');
      const own = [...v.world.queues.values()].filter((q) => q.members.has(user) && (joined === null || String(q.members.get(user)) === joined));
      return listing(v, own, (q) => ({ ...queueDocument(q), joined: q.members.get(user) ?? false }), LARGE);
    },
  },
  { operation: 'GET /api/v2/routing/queues/{queueId}', answer: (v) => withQueue(v, (q) => ok(queueDocument(q))) },
  {
    operation: 'GET /api/v2/routing/queues/{queueId}/members',
    answer: (v) => withQueue(v, (q) => listing(v, [...q.members.keys()], (p) => queueMemberDocument(q, p))),
  },
  {
    operation: 'GET /api/v2/routing/skills',
    answer: (v) => listing(v, v.world.skills, (s) => ({ ...s, state: 'active', version: '1', selfUri: `/api/v2/routing/skills/${s.id}` }), LARGE),
  },
  {
    operation: 'GET /api/v2/routing/languages',
    answer: (v) => listing(v, v.world.languages, (l) => ({ ...l, state: 'active', version: '1', selfUri: `/api/v2/routing/languages/${l.id}` }), LARGE),
  },
];

const withQueue = (v: Visit, use: (q: Queue) => Answer): Answer =>
  withNamed(v, 'queueId', v.world.queues, (q) => admitIn(v.world, v.operation, v.caller, q.division.id) ?? use(q));

/** The queues of the divisions in which the caller holds the operation's permission (assumed). */
function queues(v: Visit): Answer {
  const name = v.query.get('name')?.toLowerCase().replaceAll('*', '');
  const ids = valuesOf(v.query, 'id');
  const divisions = valuesOf(v.query, 'divisionId');
  const found = [...v.world.queues.values()].filter(
    (q) =>
      admitIn(v.world, v.operation, v.caller, q.division.id) === undefined &&
      (!name || q.name.toLowerCase().includes(name)) &&
      (ids.length === 0 || ids.includes(q.id)) &&
      (divisions.length === 0 || divisions.includes(q.division.id)),
  );
  return listing(v, found, queueDocument, LARGE);
}
