import { Faults } from './http/faults.js';
import type { OrgFault } from './org/faults.js';
import type { OrgFile } from './org/orgFile.js';
import type { ShapeProblem } from './org/shape.js';
import { World } from './org/world.js';
import { applyScenario, type ScenarioInfo } from './scenarios.js';

type Result<T = object> = ({ readonly ok: true } & T) | { readonly ok: false; readonly problem: string };

/** Tells what is wrong with an org file, as a sentence. */
export function sayProblems(problems: readonly ShapeProblem[]): string {
  const shown = problems.slice(0, 5).map((p) => `at ${p.pointer || 'its top'}: ${p.why}`);
  const more = problems.length > 5 ? `; and ${problems.length - 5} more` : '';
  return `The org file is wrong ${shown.join('; ')}${more}.`;
}

/** The org that runs. A scenario replaces its world as a whole; whoever keeps a world asks for it anew, or listens. */
export class LiveOrg {
  readonly #listeners = new Set<(before: World) => void>();
  #world: World;
  #scenario: ScenarioInfo;
  #faults: Faults;

  private constructor(
    private readonly file: OrgFile,
    private readonly permissions: Iterable<string>,
    built: { readonly world: World; readonly scenario: ScenarioInfo },
  ) {
    this.#world = built.world;
    this.#scenario = built.scenario;
    this.#faults = new Faults(built.world.faults);
  }

  /** @param permissions every permission that the platform has */
  static start(file: OrgFile, permissions: Iterable<string>, scenario: string): Result<{ readonly live: LiveOrg }> {
    const built = build(file, permissions, scenario);
    return built.ok ? { ok: true, live: new LiveOrg(file, permissions, built) } : built;
  }

  get world(): World {
    return this.#world;
  }

  get scenario(): ScenarioInfo {
    return this.#scenario;
  }

  get faults(): Faults {
    return this.#faults;
  }

  /** Other faults than the scenario's, until the next scenario. */
  setFaults(faults: readonly OrgFault[]): void {
    this.#faults = new Faults(faults);
  }

  /** Puts the org, as its file has it, into a scenario: what was changed, placed and granted is gone. Ids and tokens stay. */
  use(scenario: string): Result {
    const built = build(this.file, this.permissions, scenario);
    if (!built.ok) return built;
    const before = this.#world;
    this.#world = built.world;
    this.#scenario = built.scenario;
    this.#faults = new Faults(built.world.faults);
    for (const listener of this.#listeners) listener(before);
    return { ok: true };
  }

  /** @param listener is told after the world has been replaced @returns what ends the listening */
  onReplaced(listener: (before: World) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function build(file: OrgFile, permissions: Iterable<string>, name: string): Result<{ readonly world: World; readonly scenario: ScenarioInfo }> {
  const applied = applyScenario(file, name);
  if (!applied.ok) return applied;
  const built = World.build(applied.org, permissions);
  return built.ok ? { ok: true, world: built.world, scenario: applied.scenario } : { ok: false, problem: sayProblems(built.problems) };
}
