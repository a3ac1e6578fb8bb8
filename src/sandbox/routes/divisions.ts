import { randomUUID } from 'node:crypto';
import { divisionDocument } from '../documents/authorization.js';
import { aName, anId, aText, conflict, listOf, readFields, violated } from '../http/fields.js';
import { thingFilter } from '../http/filters.js';
import { BAD_REQUEST, invalidValue, isRefusal, NOT_AUTHORIZED, NOT_FOUND } from '../http/refusals.js';
import { type Answer, done, listing, ok, type Route, type Visit, withNamed } from '../http/route.js';
import type { Division, Person } from '../org/types.js';
import type { World } from '../org/world.js';

const DIVISION = '/api/v2/authorization/divisions/{divisionId}';
/** How many an org can have; the number is a guess, that there is one is not (`GET divisions/limit`). */
const MOST_DIVISIONS = 1000;

export const DIVISIONS: readonly Route[] = [
  {
    operation: 'GET /api/v2/authorization/divisions',
    answer: (v) => listing(v, [...v.world.divisions.values()].filter(thingFilter(v.query)), divisionDocument),
  },
  { operation: 'POST /api/v2/authorization/divisions', answer: makeDivision },
  { operation: 'GET /api/v2/authorization/divisions/home', answer: (v) => ok(divisionDocument(v.world.home)) },
  { operation: 'GET /api/v2/authorization/divisions/limit', answer: () => ok(MOST_DIVISIONS, 'how many divisions an org can have') },
  { operation: `GET ${DIVISION}`, answer: (v) => withDivision(v, (d) => ok(divisionDocument(d))) },
  { operation: `PUT ${DIVISION}`, answer: (v) => withDivision(v, (d) => changeDivision(v, d)) },
  { operation: `DELETE ${DIVISION}`, answer: (v) => withDivision(v, (d) => deleteDivision(v, d)) },
  { operation: `POST ${DIVISION}/objects/{objectType}`, answer: (v) => withDivision(v, (d) => moveObjects(v, d)) },
];

const withDivision = (v: Visit, use: (division: Division) => Answer): Answer => withNamed(v, 'divisionId', v.world.divisions, use);

const taken = (v: Visit, name: string, except?: Division): boolean =>
  [...v.world.divisions.values()].some((d) => d !== except && d.name.toLowerCase() === name.toLowerCase());

function makeDivision(v: Visit): Answer {
  const fields = readFields(v.body, { name: aName }, { description: aText });
  if (isRefusal(fields)) return fields;
  if (taken(v, fields.name)) return violated(`name: there is a division "${fields.name}"`);
  if (v.world.divisions.size >= MOST_DIVISIONS) return violated(`an org has at most ${MOST_DIVISIONS} divisions`);
  const division: Division = { id: randomUUID(), name: fields.name, description: fields.description ?? '', home: false };
  v.world.add('division', division);
  return ok(divisionDocument(division));
}

function changeDivision(v: Visit, division: Division): Answer {
  const fields = readFields(v.body, { name: aName }, { description: aText });
  if (isRefusal(fields)) return fields;
  if (taken(v, fields.name, division)) return violated(`name: there is a division "${fields.name}"`);
  v.world.change('division', division, { name: fields.name, description: fields.description ?? division.description });
  return ok(divisionDocument(division));
}

/** A division with something in it stays, unless `force` says otherwise: then its objects go home (assumed). */
function deleteDivision(v: Visit, division: Division): Answer {
  const { world } = v;
  if (division.home) return violated('the home division cannot be deleted');
  const people = peopleIn(world, division);
  const queues = [...world.queues.values()].filter((q) => q.division === division);
  if (people.length + queues.length > 0 && v.query.get('force') !== 'true') return conflict(`there are objects in the division ${division.name}`);
  for (const person of people) world.change('person', person, { division: world.home });
  for (const queue of queues) world.change('queue', queue, { division: world.home });
  world.remove('division', division);
  return done('status of a success without a body, and that objects of a deleted division go home');
}

/** Looks at everybody: a division is not deleted often. */
function peopleIn(world: World, division: Division): readonly Person[] {
  const marks = new Uint8Array(world.directory.length);
  world.directory.test((p) => p.division === division, marks);
  return world.directory.pick([...marks.keys()].filter((place) => marks[place] === 1));
}

/**
 * Puts users or queues into the division. All or none. The index declares no permission; that the object's own is needed, in the
 * division where it is, is assumed.
 */
function moveObjects(v: Visit, division: Division): Answer {
  const type = v.params['objectType'] ?? '';
  if (type === 'USER') return move(v, v.world.people, 'directory:user:edit', (person) => v.world.change('person', person, { division }));
  if (type === 'QUEUE') return move(v, v.world.queues, 'routing:queue:edit', (queue) => v.world.change('queue', queue, { division }));
  return { ...invalidValue(type, 'objectType', ['QUEUE', 'USER']), assumption: 'kinds of objects that the sandbox moves' };
}

function move<T extends { readonly division: Division }>(v: Visit, things: ReadonlyMap<string, T>, permission: string, put: (thing: T) => void): Answer {
  const ids = listOf(anId, 50)(v.body);
  if (!ids) return BAD_REQUEST;
  const found = ids.flatMap((id) => things.get(id) ?? []);
  if (found.length < ids.length) return NOT_FOUND;
  if (!found.every((thing) => v.world.holds(v.caller.subjectId, permission, thing.division.id)))
    return { ...NOT_AUTHORIZED, assumption: `moving an object needs ${permission}` };
  found.forEach(put);
  return done('status of a success without a body');
}
