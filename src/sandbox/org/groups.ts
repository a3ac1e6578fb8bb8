import { aGuid, aList, anObject, aSet, aString, described, type ShapeProblem } from './shape.js';
import type { Named, Person } from './types.js';

/** People together. What is granted to a group, its members hold. */
export interface Group extends Named {
  readonly description: string | undefined;
  readonly members: ReadonlySet<Person>;
}

/** A group of an org file, without what it has been granted. */
export const aGroup = {
  required: { id: aGuid, name: aString },
  optional: { description: aString, members: described('Names or ids of users.', aSet(aString)) },
};
const entries = aList(anObject(aGroup.required, aGroup.optional));
type GroupEntry = NonNullable<ReturnType<typeof entries>>[number];

export function linkGroups(
  file: readonly GroupEntry[],
  person: (idOrName: string, pointer: string) => Person | undefined,
  problems: ShapeProblem[],
): ReadonlyMap<string, Group> {
  const names = new Set<string>();
  const groups = new Map<string, Group>();
  file.forEach(({ id, name, description, members = [] }, i) => {
    if (names.has(name)) problems.push({ pointer: `/groups/${i}/name`, why: `there is another group named "${name}"` });
    names.add(name);
    groups.set(id, { id, name, description, members: new Set(members.flatMap((m, n) => person(m, `/groups/${i}/members/${n}`) ?? [])) });
  });
  return groups;
}
