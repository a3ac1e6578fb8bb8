import { aGuid, aList, anObject, aString, described, oneOf, type ShapeProblem } from './shape.js';
import type { Person, Queue } from './types.js';

const anActiveCall = anObject(
  { agent: described('The name or the id of the user whose call it is.', aString) },
  {
    id: described('Of the conversation; a new one where it is absent.', aGuid),
    to: described('The number that is called.', aString),
    toUser: described('The name or the id of the user who is called.', aString),
    fromQueue: described('The name or the id of the queue on whose behalf it is made.', aString),
    state: described('`connected` where it is absent.', oneOf('connected', 'held', 'ended')),
  },
);
export const activeCalls = described('Calls that are there when the org starts.', aList(anActiveCall));

type Entry = NonNullable<ReturnType<typeof anActiveCall>>;

/** A call that is there from the start. */
export interface ActiveCall {
  readonly id: string | undefined;
  readonly agent: Person;
  readonly to: string | Person;
  readonly fromQueue: Queue | undefined;
  readonly state: 'connected' | 'held' | 'ended';
}

interface Names {
  readonly person: (idOrName: string, pointer: string) => Person | undefined;
  readonly queue: (idOrName: string, pointer: string) => Queue | undefined;
}

export function linkActiveCalls(entries: readonly Entry[], find: Names, problems: ShapeProblem[]): readonly ActiveCall[] {
  const ids = new Set<string>();
  return entries.flatMap((entry, i) => {
    const pointer = `/calls/${i}`;
    if (entry.id !== undefined && ids.has(entry.id)) problems.push({ pointer: `${pointer}/id`, why: 'another call has the same id' });
    if (entry.id !== undefined) ids.add(entry.id);
    if ((entry.to === undefined) === (entry.toUser === undefined)) problems.push({ pointer, why: 'expected one of to and toUser' });
    const agent = find.person(entry.agent, `${pointer}/agent`);
    const to = entry.toUser === undefined ? entry.to : find.person(entry.toUser, `${pointer}/toUser`);
    const fromQueue = entry.fromQueue === undefined ? undefined : find.queue(entry.fromQueue, `${pointer}/fromQueue`);
    return agent && to ? [{ id: entry.id, agent, to, fromQueue, state: entry.state ?? 'connected' }] : [];
  });
}
