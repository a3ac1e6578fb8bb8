import type { Operation, Operations } from './operations.js';

/** An operation in two indices. */
export interface Changed {
  readonly before: Operation;
  readonly after: Operation;
}

/** How one index differs from another, each list in the order of the later one. */
export interface OperationChanges {
  readonly added: readonly Operation[];
  readonly removed: readonly Operation[];
  /** Another rule or other permissions, or known now. */
  readonly permissions: readonly Changed[];
  /** Deprecated now, and not before. */
  readonly deprecated: readonly Operation[];
  /** User context required now, and not known to be before. */
  readonly userContext: readonly Operation[];
  /** Other scopes, or from a better source. */
  readonly scopes: readonly Changed[];
}

export function operationChanges(before: Operations, after: Operations): OperationChanges {
  const old = new Map([...before.all()].map((o) => [keyOf(o), o]));
  const both: Changed[] = [];
  const added: Operation[] = [];
  for (const operation of after.all()) {
    const known = old.get(keyOf(operation));
    if (known) both.push({ before: known, after: operation });
    else added.push(operation);
    old.delete(keyOf(operation));
  }
  const afterOf = (is: (c: Changed) => boolean): Operation[] => both.filter(is).map((c) => c.after);
  return {
    added,
    removed: [...old.values()],
    permissions: both.filter((c) => ruleOf(c.before) !== ruleOf(c.after)),
    deprecated: afterOf((c) => c.after.deprecated && !c.before.deprecated),
    userContext: afterOf((c) => c.after.userContext === 'required' && c.before.userContext !== 'required'),
    scopes: both.filter((c) => scopesOf(c.before) !== scopesOf(c.after)),
  };
}

/** Names of parameters change and mean nothing. */
const keyOf = (o: Operation): string => `${o.method} ${o.path.replaceAll(/\{\w+\}/g, '{}')}`;
/** The order of permissions means nothing, nor does the rule where there is one. */
const ruleOf = (o: Operation): string => `${o.permissions.length === 1 ? 'one' : o.rule} ${[...o.permissions].sort().join(' ')}`;
const scopesOf = (o: Operation): string => `${o.scopesFrom} ${[...o.scopes].sort().join(' ')}`;
