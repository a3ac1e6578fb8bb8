import type { Operation, Operations } from './operations.js';

/** How another operation belongs to one: what it does is done for a user, by oneself, or to the same thing. */
export type Relation = 'on-behalf' | 'as-oneself' | 'own' | 'of-anybody' | 'same-path';

export interface Related {
  readonly relation: Relation;
  readonly operation: Operation;
}

const ON_BEHALF = '/user/{userId}';

/**
 * The operations that are looked for where one does not fit: its sibling on behalf of a user (FACTS §1.6) and the reverse, the
 * one for the caller's own (`me`) and the reverse, and what else can be done with its path.
 */
export function relatedOperations(operations: Operations, operation: Operation): readonly Related[] {
  const { method, path } = operation;
  const related: Related[] = [];
  const add = (relation: Relation, asked: string, verb = method): void => {
    const found = operations.find(verb, asked);
    if (found.kind === 'found' && literals(found.operation.path) === literals(asked) && !(found.operation.path === path && verb === method))
      related.push({ relation, operation: found.operation });
  };
  add('on-behalf', path + ON_BEHALF);
  if (path.endsWith(ON_BEHALF)) add('as-oneself', path.slice(0, -ON_BEHALF.length));
  const segments = path.split('/');
  for (const [i, segment] of segments.entries()) {
    if (segment.startsWith('{')) add('own', segments.with(i, 'me').join('/'));
    if (segment === 'me') add('of-anybody', segments.with(i, '{id}').join('/'));
  }
  // No operation has this method: the answer lists those that the path takes.
  const lookup = operations.find('?', path);
  for (const verb of lookup.kind === 'wrong-method' ? lookup.allowed : []) add('same-path', path, verb);
  return related;
}

/** A template without the names of its parameters. */
const literals = (path: string): string => path.replaceAll(/\{\w+\}/g, '{}');
