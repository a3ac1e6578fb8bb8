import { checked, type Reader, type ShapeProblem } from './shape.js';
import type { Change, Entities } from './types.js';
import type { World } from './world.js';

/** A kind of things of an org that change: how one of them is written down, and put back. */
export interface Part {
  /** Under which the file has them. */
  readonly name: string;
  /** The ids of the things that a change is about; none where it is another part's. */
  readonly concernedBy: (change: Change) => readonly string[];
  /** What is written of a thing: null for one that is there no more, undefined for nothing. */
  readonly save: (world: World, id: string) => unknown;
  readonly restore: (world: World, id: string, saved: unknown, pointer: string, problems: ShapeProblem[]) => void;
}

/** Says why a thing cannot be put back. */
export type Wrong = (why: string, field?: string) => void;

interface PartOf<T> {
  readonly name: string;
  readonly concernedBy: Part['concernedBy'];
  readonly save: (world: World, id: string) => object | undefined;
  readonly restore: (world: World, id: string, saved: T, wrong: Wrong) => void;
  /** Only where such a thing can go. */
  readonly remove?: (world: World, id: string) => void;
}

export const part = <T>(reader: Reader<T>, { name, concernedBy, save, restore, remove }: PartOf<T>): Part => ({
  name,
  concernedBy,
  save: (world, id) => save(world, id) ?? (remove ? null : undefined),
  restore: (world, id, saved, pointer, problems) => {
    if (saved === null && remove) {
      remove(world, id);
      return;
    }
    const read = reader(saved, pointer, problems);
    if (read !== undefined) restore(world, id, read, (why, field) => problems.push({ pointer: field === undefined ? pointer : `${pointer}/${field}`, why }));
  },
});

export const aText = checked({ type: 'string' }, 'a text', (v): v is string => typeof v === 'string');
export const aTime = checked({ type: 'string', format: 'date-time' }, 'a time', (v): v is string => typeof v === 'string' && !Number.isNaN(Date.parse(v)));
export const nullable = <T>(of: Reader<T>): Reader<T | null> =>
  Object.assign((value: unknown, pointer: string, problems: ShapeProblem[]) => (value === null ? null : of(value, pointer, problems)), {
    schema: { anyOf: [of.schema, { type: 'null' }] },
  });

/** The thing with this id; says so where there is none. */
export function find<T>(things: ReadonlyMap<string, T>, id: string, kind: string, wrong: Wrong, field?: string): T | undefined {
  const found = things.get(id);
  if (found === undefined) wrong(`the org has no ${kind} with the id ${id}`, field);
  return found;
}
export const findAll = <T>(things: ReadonlyMap<string, T>, ids: readonly string[], kind: string, wrong: Wrong, field: string): T[] =>
  ids.flatMap((id) => find(things, id, kind, wrong, field) ?? []);

/** What has parts of its own, or is only true of somebody who is there. */
type Elsewhere = 'id' | 'station' | 'lastStation' | 'stationSince' | 'presence' | 'routing';

interface EntityPart<K extends keyof Entities, T> {
  readonly name: string;
  readonly kind: K;
  readonly things: (world: World) => ReadonlyMap<string, Entities[K]>;
  readonly save: (thing: Entities[K]) => object;
  /** The fields of the thing but for its id; undefined where something of it is not there. */
  readonly make: (world: World, saved: T, wrong: Wrong) => Omit<Entities[K], Elsewhere> | undefined;
}

/** What `World.add`, `change` and `remove` are for. */
export function entities<K extends keyof Entities, T>(reader: Reader<T>, { name, kind, things, save, make }: EntityPart<K, T>): Part {
  return part(reader, {
    name,
    concernedBy: (c) => (c.kind === 'entity' && c.entity === kind ? [c.id] : []),
    save: (world, id) => {
      const thing = things(world).get(id);
      return thing && save(thing);
    },
    restore: (world, id, saved, wrong) => {
      const fields = make(world, saved, wrong);
      if (!fields) return;
      const known = things(world).get(id);
      // An entity is its id and the fields that were made of what was saved.
      if (known) world.change(kind, known, fields as Partial<Entities[K]>);
      else if (kind === 'person') wrong(`the org has no user with the id ${id}`);
      else world.add(kind, { id, ...fields } as Entities[K]);
    },
    remove: (world, id) => {
      const known = things(world).get(id);
      if (known) world.remove(kind, known);
    },
  });
}
