import { languagesOf, ratedDocument, skillsOf } from '../documents/users.js';
import { aNumber, anId, listOf, readFields } from '../http/fields.js';
import { byName } from '../http/filters.js';
import { BAD_REQUEST, isRefusal, NOT_FOUND, type Refusal } from '../http/refusals.js';
import { type Answer, done, listing, named, ok, type Route, type Visit, withNamed } from '../http/route.js';
import type { Named, Person, Rated } from '../org/types.js';
import type { World } from '../org/world.js';

/** Skills and languages of people: the same operations under two names. */
interface Kind {
  readonly kind: 'skill' | 'language';
  readonly known: (world: World) => ReadonlyMap<string, Named>;
  readonly of: (world: World, p: Person) => readonly Rated[];
  readonly set: (world: World, p: Person, rated: readonly Rated[]) => void;
}
const SKILL: Kind = {
  kind: 'skill',
  known: (world) => world.skills,
  of: skillsOf,
  set: (world, p, skills) => world.change('person', p, { skills }),
};
const LANGUAGE: Kind = {
  kind: 'language',
  known: (world) => world.languages,
  of: languagesOf,
  set: (world, p, languages) => world.change('person', p, { languages }),
};

const aProficiency = aNumber(0, 5);
const EMPTY = 'status of a success without a body';

const ofUser = (v: Visit, use: (p: Person) => Answer): Answer => withNamed(v, 'userId', v.world.people, use);

export const ABILITIES: readonly Route[] = [SKILL, LANGUAGE].flatMap((k): Route[] => {
  const list = `/api/v2/users/{userId}/routing${k.kind}s`;
  const one = `${list}/{${k.kind}Id}`;
  return [
    { operation: `GET ${list}`, answer: (v) => ofUser(v, (p) => listing(v, byName(v.query, k.of(v.world, p)), (r) => ratedDocument(p, k.kind, r))) },
    { operation: `POST ${list}`, answer: (v) => ofUser(v, (p) => add(v, k, p)) },
    { operation: `PATCH ${list}/bulk`, answer: (v) => ofUser(v, (p) => several(v, k, p, k.of(v.world, p))) },
    { operation: k === SKILL ? `PUT ${one}` : `PATCH ${one}`, answer: (v) => ofUser(v, (p) => rate(v, k, p)) },
    { operation: `DELETE ${one}`, answer: (v) => ofUser(v, (p) => take(v, k, p)) },
  ];
});

/** The bulk operation that puts a list in the place of the other is there for skills only. */
export const REPLACE_SKILLS: Route = {
  operation: 'PUT /api/v2/users/{userId}/routingskills/bulk',
  answer: (v) => ofUser(v, (p) => several(v, SKILL, p, [])),
};

function wanted(v: Visit, k: Kind, entry: unknown): Rated | Refusal {
  const fields = readFields(entry, { id: anId, proficiency: aProficiency }, {});
  if (isRefusal(fields)) return fields;
  const thing = named(k.known(v.world), fields.id);
  return isRefusal(thing) ? thing : { id: thing.id, name: thing.name, proficiency: fields.proficiency };
}

const without = (rated: readonly Rated[], others: readonly Rated[]): Rated[] => rated.filter((r) => !others.some((o) => o.id === r.id));

function add(v: Visit, k: Kind, p: Person): Answer {
  const rated = wanted(v, k, v.body);
  if (isRefusal(rated)) return rated;
  k.set(v.world, p, [...without(k.of(v.world, p), [rated]), rated]);
  return ok(ratedDocument(p, k.kind, rated));
}

/** @param kept those that stay beside what the body names */
function several(v: Visit, k: Kind, p: Person, kept: readonly Rated[]): Answer {
  const entries = listOf((entry) => entry ?? undefined, 50)(v.body);
  if (!entries) return BAD_REQUEST;
  const rated: Rated[] = [];
  for (const entry of entries) {
    const one = wanted(v, k, entry);
    if (isRefusal(one)) return one;
    rated.push(one);
  }
  k.set(v.world, p, [...without(kept, rated), ...rated]);
  return listing(v, byName(v.query, k.of(v.world, p)), (r) => ratedDocument(p, k.kind, r));
}

function rate(v: Visit, k: Kind, p: Person): Answer {
  const had = held(v, k, p);
  if (isRefusal(had)) return had;
  const fields = readFields(v.body, { proficiency: aProficiency }, {});
  if (isRefusal(fields)) return fields;
  const rated = { ...had, proficiency: fields.proficiency };
  k.set(v.world, p, [...without(k.of(v.world, p), [rated]), rated]);
  return ok(ratedDocument(p, k.kind, rated));
}

function take(v: Visit, k: Kind, p: Person): Answer {
  const had = held(v, k, p);
  if (isRefusal(had)) return had;
  k.set(v.world, p, without(k.of(v.world, p), [had]));
  return done(EMPTY);
}

/** What the path names, where the person has it. */
function held(v: Visit, k: Kind, p: Person): Rated | Refusal {
  const thing = named(k.known(v.world), v.params[`${k.kind}Id`] ?? '');
  return isRefusal(thing) ? thing : (k.of(v.world, p).find((r) => r.id === thing.id) ?? NOT_FOUND);
}
