import type { Operation, Operations } from './operations.js';
import type { Relation } from './relatedOperations.js';

const CONFIDENCE: Readonly<Record<Operation['scopesFrom'], string>> = { official: 'official', likely: 'deduced', unknown: 'unknown' };
const RELATIONS: Readonly<Record<Relation, string>> = {
  'on-behalf': 'the same on behalf of a user',
  'as-oneself': 'the same, as the caller',
  own: "the caller's own",
  'of-anybody': "anybody's",
  'same-path': 'same path',
};
/** What the facts say is not verified (FACTS §1.3, §1.6). */
const NOT_VERIFIED: Readonly<Record<string, string>> = {
  'POST /api/v2/conversations/calls': 'that a call to one party is refused without this permission',
  'POST /api/v2/conversations/calls/user/{userId}': 'which grants it accepts, and what it asks of the user’s station and division',
  'POST /api/v2/conversations/calls/{conversationId}/participants/user/{userId}':
    'which grants it accepts, and what it asks of the user’s station and division',
};

export const nameOf = (operation: Pick<Operation, 'method' | 'path'>): string => `${operation.method} ${operation.path}`;
export const relationWords = (relation: Relation): string => RELATIONS[relation];
/** How sure it is which scopes an operation has. */
export const scopeConfidence = ({ scopesFrom }: Operation): string => CONFIDENCE[scopesFrom];
export const notVerified = (operation: Operation): string | undefined => NOT_VERIFIED[nameOf(operation)];

/** "a", "any of a, b" or "all of a, b". */
export function permissionList(rule: Operation['rule'], names: readonly string[]): string {
  if (names.length === 0) return 'no permission';
  if (names.length === 1) return names[0] as string;
  return `${rule === 'all' ? 'all' : 'any'} of ${names.join(', ')}`;
}

/** The permissions in a few words. */
export function permissionWords({ rule, permissions }: Operation): string {
  if (rule === 'unknown') return 'not published';
  return rule === 'none' ? 'none declared' : permissionList(rule, permissions);
}

/** The same of an operation by its name; facts that were read from a region may lack it. */
export function permissionWordsOf(operations: Operations, method: string, path: string): string {
  const found = operations.find(method, path);
  return found.kind === 'found' ? permissionWords(found.operation) : 'not published';
}

/** What an operation requires, a name and its words each (FACTS §0, §2). */
export function requirementWords(operation: Operation): readonly (readonly [name: string, words: string])[] {
  const { rule, userContext, scopes, deprecated, preview } = operation;
  const open = notVerified(operation);
  const scopeNames = `${scopes.length > 1 ? 'any of ' : ''}${scopes.join(', ')}`;
  return [
    ['permissions', `${permissionWords(operation)}${rule === 'none' ? '; a service may still refuse' : ''}`],
    [
      'user context',
      userContext === 'required'
        ? 'required: client credentials are answered 400 not.a.user'
        : userContext === 'not-required'
          ? 'not required: client credentials may call it'
          : 'not known',
    ],
    ['scopes', scopes.length === 0 ? 'not known' : `${scopeNames} (${scopeConfidence(operation)}); asked of user tokens only, where the org enforces scopes`],
    ...(deprecated ? [['status', 'deprecated'] as const] : []),
    ...(preview ? [['status', 'preview: may change without notice'] as const] : []),
    ...(open === undefined ? [] : [['not verified', open] as const]),
  ];
}
