import { aGuid, aMap, anInteger, anObject, aString, escaped, type Reader, type ShapeProblem } from './shape.js';

import type { Part } from './statePart.js';
import { PARTS } from './stateParts.js';
import type { World } from './world.js';

/** What a state file is: add to it freely, but count this up when an older program would read it wrongly. */
const SCHEMA = 1;

const anything: Reader<unknown> = Object.assign((value: unknown) => value, { schema: {} });
const readState = anObject(
  { schema: anInteger(1, Number.MAX_SAFE_INTEGER), organization: anObject({ id: aGuid, name: aString }, {}), changes: aMap(aMap(anything)) },
  { program: aString },
);

/** What has been changed in a running org since its file: the things that are kept by `--state`, each with its present state. */
export class KeptState {
  readonly #changed = new Map<Part, Set<string>>(PARTS.map((part) => [part, new Set<string>()]));
  #world: World;
  #stop: () => void;
  #restoring = false;

  /** @param onChange is told when there is something to save */
  constructor(
    world: World,
    private readonly onChange: () => void,
  ) {
    this.#world = world;
    this.#stop = this.#listen(world);
  }

  /** Puts back what was saved. @returns what is wrong with it; then nothing is to be saved over it */
  restore(json: unknown): readonly ShapeProblem[] {
    const problems: ShapeProblem[] = [];
    // Another schema or org first: what follows from it would only confuse.
    const early = strangeness(json, this.#world);
    if (early) return [early];
    const state = readState(json, '', problems);
    if (!state) return problems;
    for (const [name] of state.changes)
      if (!PARTS.some((p) => p.name === name)) problems.push({ pointer: `/changes/${escaped(name)}`, why: 'this sandbox knows no such part' });
    this.#restoring = true;
    for (const part of PARTS)
      for (const [id, saved] of state.changes.get(part.name) ?? []) {
        part.restore(this.#world, id, saved, `/changes/${part.name}/${escaped(id)}`, problems);
        this.#changed.get(part)?.add(id);
      }
    this.#restoring = false;
    return problems;
  }

  /** Everything that has changed, as the file has it. */
  text(): string {
    const { id, name } = this.#world.organization;
    const changes: Record<string, Record<string, unknown>> = {};
    for (const [part, ids] of this.#changed) {
      const saved = [...ids]
        .sort()
        .map((thing) => [thing, part.save(this.#world, thing)] as const)
        .filter(([, json]) => json !== undefined);
      if (saved.length > 0) changes[part.name] = Object.fromEntries(saved);
    }
    return `${JSON.stringify({ schema: SCHEMA, program: 'call-doctor sandbox', organization: { id, name }, changes }, null, 1)}\n`;
  }

  /** The org has been put into another scenario, which undoes every change. */
  replace(world: World): void {
    this.#stop();
    for (const ids of this.#changed.values()) ids.clear();
    this.#world = world;
    this.#stop = this.#listen(world);
    this.onChange();
  }

  stop(): void {
    this.#stop();
  }

  #listen(world: World): () => void {
    return world.onChange((change) => {
      let known = false;
      for (const [part, ids] of this.#changed)
        for (const id of part.concernedBy(change)) {
          ids.add(id);
          known = true;
        }
      if (known && !this.#restoring) this.onChange();
    });
  }
}

function strangeness(json: unknown, world: World): ShapeProblem | undefined {
  const state = json as { readonly schema?: unknown; readonly organization?: { readonly id?: unknown; readonly name?: unknown } } | null;
  const { schema, organization } = state ?? {};
  if (typeof schema === 'number' && schema !== SCHEMA)
    return { pointer: '/schema', why: `it is of version ${schema}, and this sandbox reads version ${SCHEMA}` };
  if (typeof organization?.id === 'string' && organization.id !== world.organization.id)
    return { pointer: '/organization/id', why: `it is the state of another org, ${String(organization.name)}, and not of ${world.organization.name}` };
  return undefined;
}
