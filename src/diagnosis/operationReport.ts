import { optional } from '../platform/json.js';
import type { Operation } from '../platform/operations.js';
import type { Related, Relation } from '../platform/relatedOperations.js';
import { escapeMarkdown, type Paint } from './report.js';
import { permissionList } from './requirements/requirement.js';

/** An operation with what belongs to it, and where what is said of it comes from. */
export interface OperationFacts {
  readonly operation: Operation;
  readonly related: readonly Related[];
  readonly source: string;
}

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

export const relationWords = (relation: Relation): string => RELATIONS[relation];
export const nameOf = (operation: Operation): string => `${operation.method} ${operation.path}`;

const notVerified = (operation: Operation): string | undefined => NOT_VERIFIED[nameOf(operation)];

/** The permissions in a few words. */
export function permissionWords({ rule, permissions }: Operation): string {
  if (rule === 'unknown') return 'not published';
  return rule === 'none' ? 'none declared' : permissionList(rule, permissions);
}

/** What an operation requires, a name and its words each (FACTS §0, §2). */
export function requirementWords(operation: Operation): readonly (readonly [name: string, words: string])[] {
  const { rule, userContext, scopes, scopesFrom, deprecated, preview } = operation;
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
    ['scopes', scopes.length === 0 ? 'not known' : `${scopeNames} (${CONFIDENCE[scopesFrom]}); asked of user tokens only, where the org enforces scopes`],
    ...(deprecated ? [['status', 'deprecated'] as const] : []),
    ...(preview ? [['status', 'preview: may change without notice'] as const] : []),
    ...(open === undefined ? [] : [['not verified', open] as const]),
  ];
}

/** The object of `permissions --format json`: a public contract. */
export function operationJson({ operation, related, source }: OperationFacts): object {
  const { method, path, rule, permissions, userContext, scopes, scopesFrom, deprecated, preview, asOf } = operation;
  return {
    method,
    path,
    permissions: { type: rule, names: permissions },
    userContext,
    scopes: { confidence: CONFIDENCE[scopesFrom], names: scopes },
    deprecated,
    preview,
    asOf,
    source,
    ...optional('notVerified', notVerified(operation)),
    related: related.map((r) => ({ relation: r.relation, method: r.operation.method, path: r.operation.path })),
  };
}

export function operationText({ operation, related }: OperationFacts, paint: Paint): string {
  const rows = [...requirementWords(operation), ['as of', operation.asOf] as const, ...related.map((r) => ['related', relatedWords(r)] as const)];
  const lines = rows.map(([name, words], i) => `  ${paint('quiet', (name === rows[i - 1]?.[0] ? '' : name).padEnd(13))} ${words}`);
  return `${[paint('heading', nameOf(operation)), ...lines].join('\n')}\n`;
}

export function operationMarkdown({ operation, related, source }: OperationFacts): string {
  const rows = [...requirementWords(operation), ['as of', `${operation.asOf}. ${source}`] as const];
  const lines = [`## \`${nameOf(operation)}\``, '', ...rows.map(([name, words]) => `- **${name}**: ${escapeMarkdown(words)}`)];
  if (related.length > 0) lines.push('', 'Related:', '', ...related.map((r) => `- \`${nameOf(r.operation)}\` ${escapeMarkdown(relationWords(r.relation))}`));
  return `${lines.join('\n')}\n`;
}

const relatedWords = (r: Related): string => `${nameOf(r.operation)} (${relationWords(r.relation)})`;
