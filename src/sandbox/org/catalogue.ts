/** The permissions that an org knows. What it does not know nobody can be granted (FACTS §3.4). */
export class Catalogue {
  readonly #known: ReadonlySet<string>;
  readonly #divisionAware: (permission: string) => boolean;

  /** @param lacks @param divisionAware patterns, `domain:entity:action` with `*` for any part */
  constructor(permissions: Iterable<string>, lacks: readonly string[], divisionAware: readonly string[]) {
    const isLacking = permissionMatcher(lacks);
    this.#known = new Set([...permissions].filter((p) => p !== '' && !isLacking(p)));
    this.#divisionAware = permissionMatcher(divisionAware);
  }

  knows(permission: string): boolean {
    return this.#known.has(permission);
  }

  divisionAware(permission: string): boolean {
    return this.#divisionAware(permission);
  }

  all(): readonly string[] {
    return [...this.#known].sort();
  }
}

/** A test for permissions, after patterns `domain:entity:action` with `*` for any part. */
export function permissionMatcher(patterns: readonly string[]): (permission: string) => boolean {
  const split = patterns.map((p) => p.split(':'));
  return (permission) => {
    const parts = permission.split(':');
    return split.some((pattern) => pattern.length === parts.length && pattern.every((part, i) => part === '*' || part === parts[i]));
  };
}
