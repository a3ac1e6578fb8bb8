import type { Named } from '../org/types.js';
import { valuesOf } from './route.js';

/** Whether a name has in it what the query's `name` says: letter case and asterisks aside (assumed). */
export function nameFilter(query: URLSearchParams, name = 'name'): (text: string) => boolean {
  const wanted = query.get(name)?.toLowerCase().replaceAll('*', '') ?? '';
  return (text) => wanted === '' || text.toLowerCase().includes(wanted);
}

/** Whether a thing is one of those that the query's `id` and `name` ask for. */
export function thingFilter(query: URLSearchParams): (thing: Named) => boolean {
  const ids = new Set(valuesOf(query, 'id').map((id) => id.toLowerCase()));
  const named = nameFilter(query);
  return (thing) => (ids.size === 0 || ids.has(thing.id)) && named(thing.name);
}

/** In the order of names; `sortOrder=desc` turns it round. */
export function byName<T extends Named>(query: URLSearchParams, things: Iterable<T>): T[] {
  const sorted = [...things].sort((a, b) => COLLATOR.compare(a.name, b.name));
  return isDescending(query) ? sorted.reverse() : sorted;
}
const COLLATOR = new Intl.Collator('en');

export const isDescending = (query: URLSearchParams): boolean => query.get('sortOrder')?.toLowerCase().startsWith('desc') ?? false;
