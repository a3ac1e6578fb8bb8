import { EMAIL, NAME } from '../org/directory.js';
import type { Person } from '../org/types.js';
import type { World } from '../org/world.js';

/** Who has an e-mail address, letter case aside. */
export function userByEmail(world: World, email: string): Person | undefined {
  const marks = new Uint8Array(world.directory.length);
  world.directory.mark(EMAIL, 'whole', email.toLowerCase(), marks);
  return world.directory.pick(placesOf(marks)).find((p) => isHere(world, p));
}

/**
 * Who may sign in and has every word of `search` in name or e-mail address: the first `most` of them, in the order of their
 * names, or of the org file where nothing is searched for.
 */
export function findPeople(world: World, search: string, most: number): { readonly shown: readonly Person[]; readonly total: number } {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0)
    return { shown: [...firstOf(world, most)], total: world.people.size - [...world.access.elsewhere].filter((id) => world.people.has(id)).length };
  const { directory } = world;
  const marks = new Uint8Array(directory.length).fill(1);
  for (const word of words) {
    const withWord = new Uint8Array(directory.length);
    directory.mark(NAME, 'part', word, withWord);
    directory.mark(EMAIL, 'part', word, withWord);
    for (let i = 0; i < marks.length; i++) marks[i] = (marks[i] as number) & (withWord[i] as number);
  }
  if (world.access.elsewhere.size > 0) {
    const away = new Uint8Array(directory.length);
    directory.test((p) => !isHere(world, p), away);
    for (let i = 0; i < marks.length; i++) if (away[i] === 1) marks[i] = 0;
  }
  const places = placesOf(marks);
  return { shown: directory.pick(places.slice(0, most)), total: places.length };
}

function* firstOf(world: World, most: number): Generator<Person> {
  let left = most;
  for (const person of world.people.values()) {
    if (left === 0) return;
    if (!isHere(world, person)) continue;
    yield person;
    left--;
  }
}

/** Whether this region knows somebody (FACTS §5). */
const isHere = (world: World, person: Person): boolean => !world.access.elsewhere.has(person.id);

function placesOf(marks: Uint8Array): number[] {
  const places: number[] = [];
  for (let i = marks.indexOf(1); i !== -1; i = marks.indexOf(1, i + 1)) places.push(i);
  return places;
}
