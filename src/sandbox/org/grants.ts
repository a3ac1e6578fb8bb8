import type { Division, Grant, Role } from './types.js';

/** How an org began: what each subject has been granted. The last two are asked only when somebody wants to know who has a role. */
interface Original {
  of(subjectId: string): readonly Grant[] | undefined;
  subjects(): Iterable<string>;
  /** How many subjects have a role in any division. */
  count(role: Role): number;
}

interface Leaving {
  readonly grant: Grant;
  /** Milliseconds since 1970 until which it still counts. */
  readonly until: number;
}

/** Who has been granted which role where: users, groups and clients by their ids. */
export class Grants {
  readonly #changed = new Map<string, readonly Grant[]>();
  readonly #leaving = new Map<string, readonly Leaving[]>();
  readonly #counts = new Map<Role, number>();
  #holders: Map<Role, Set<string>> | undefined;

  /** @param delaySeconds how long it takes until a change counts. It shows at once (FACTS §3.4: "a few minutes") */
  constructor(
    private readonly original: Original,
    readonly delaySeconds: number,
  ) {}

  /** What a subject has been granted, whether it counts already or not. */
  of(subjectId: string): readonly Grant[] {
    return this.#changed.get(subjectId) ?? this.original.of(subjectId) ?? [];
  }

  /** What counts for a subject: what was granted long enough ago, and what was revoked too recently. */
  inForce(subjectId: string, now = Date.now()): readonly Grant[] {
    const granted = this.of(subjectId);
    if (this.delaySeconds === 0) return granted;
    const counts = now - this.delaySeconds * 1000;
    const leaving = (this.#leaving.get(subjectId) ?? []).filter((l) => l.until > now);
    return [...granted.filter((g) => g.madeAt.getTime() <= counts), ...leaving.map((l) => l.grant)];
  }

  /** How many subjects have a role in any division. */
  countOf(role: Role): number {
    const known = this.#counts.get(role);
    if (known !== undefined) return known;
    let count = this.original.count(role);
    for (const [id, grants] of this.#changed) count += Number(has(grants, role)) - Number(has(this.original.of(id) ?? [], role));
    this.#counts.set(role, count);
    return count;
  }

  /** Their ids. */
  holdersOf(role: Role): ReadonlySet<string> {
    if (!this.#holders) {
      this.#holders = new Map();
      for (const id of new Set([...this.original.subjects(), ...this.#changed.keys()]))
        for (const grant of this.of(id)) this.#holdersOf(grant.role, this.#holders).add(id);
    }
    return this.#holdersOf(role, this.#holders);
  }

  /** @returns whether that changed anything: granting twice is granting once */
  add(subjectId: string, role: Role, division: Division | '*'): boolean {
    const had = this.of(subjectId);
    if (had.some((g) => g.role === role && g.division === division)) return false;
    this.replace(subjectId, [...had, { role, division, madeAt: new Date() }]);
    return true;
  }

  /** @returns whether there was such a grant */
  remove(subjectId: string, role: Role, division: Division | '*'): boolean {
    const now = Date.now();
    const grant = this.of(subjectId).find((g) => g.role === role && g.division === division);
    if (!grant) return false;
    if (this.inForce(subjectId, now).includes(grant)) {
      const until = now + this.delaySeconds * 1000;
      this.#leaving.set(subjectId, [...(this.#leaving.get(subjectId) ?? []).filter((l) => l.until > now), { grant, until }]);
    }
    this.replace(
      subjectId,
      this.of(subjectId).filter((g) => g !== grant),
    );
    return true;
  }

  /** Puts other grants in the place of all that a subject has. */
  replace(subjectId: string, grants: readonly Grant[]): void {
    const had = this.of(subjectId);
    this.#changed.set(subjectId, grants);
    for (const role of new Set([...had, ...grants].map((g) => g.role))) {
      const [before, after] = [has(had, role), has(grants, role)];
      if (before === after) continue;
      const count = this.#counts.get(role);
      if (count !== undefined) this.#counts.set(role, count + (after ? 1 : -1));
      if (!this.#holders) continue;
      const holders = this.#holdersOf(role, this.#holders);
      if (after) holders.add(subjectId);
      else holders.delete(subjectId);
    }
  }

  #holdersOf(role: Role, all: Map<Role, Set<string>>): Set<string> {
    const known = all.get(role) ?? new Set<string>();
    all.set(role, known);
    return known;
  }
}

const has = (grants: readonly Grant[], role: Role): boolean => grants.some((g) => g.role === role);
