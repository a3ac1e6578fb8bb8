import type { Named, Person, Queue, WrapUpCode } from '../org/types.js';
import { divisionReference, starrableDivision, userReference } from './references.js';
import { routingStatusDocument } from './users.js';

export function queueDocument(q: Queue): Record<string, unknown> {
  let joined = 0;
  for (const has of q.members.values()) if (has) joined++;
  return {
    id: q.id,
    name: q.name,
    division: divisionReference(q.division),
    ...(q.description === undefined ? {} : { description: q.description }),
    memberCount: q.members.size,
    userMemberCount: q.members.size,
    joinedMemberCount: joined,
    ...(q.callingPartyName === undefined ? {} : { callingPartyName: q.callingPartyName }),
    ...(q.callingPartyNumber === undefined ? {} : { callingPartyNumber: q.callingPartyNumber }),
    selfUri: `/api/v2/routing/queues/${q.id}`,
  };
}

/** UserQueue: a queue as one of its members sees it. */
export const userQueueDocument = (q: Queue, p: Person): object => ({ ...queueDocument(q), joined: q.members.get(p) ?? false });

export const queueMemberDocument = (q: Queue, p: Person): object => ({
  id: p.id,
  name: p.name,
  user: userReference(p),
  ringNumber: 1,
  joined: q.members.get(p) ?? false,
  memberBy: 'user',
  routingStatus: routingStatusDocument(p),
  selfUri: `/api/v2/routing/queues/${q.id}/members/${p.id}`,
});

/** RoutingSkill, Language. */
export const abilityDocument = (kind: 'skills' | 'languages', s: Named): object => ({
  id: s.id,
  name: s.name,
  state: 'active',
  version: '1',
  selfUri: `/api/v2/routing/${kind}/${s.id}`,
});

export const wrapUpCodeDocument = (w: WrapUpCode): object => ({
  id: w.id,
  name: w.name,
  division: starrableDivision(w.division),
  ...(w.description === undefined ? {} : { description: w.description }),
  selfUri: `/api/v2/routing/wrapupcodes/${w.id}`,
});
