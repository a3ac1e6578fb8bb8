import { optional } from '../platform/json.js';
import type { Operation } from '../platform/operations.js';
import { nameOf, notVerified, permissionWords, relationWords, requirementWords, scopeConfidence } from '../platform/operationWords.js';
import type { Related } from '../platform/relatedOperations.js';
import { escapeMarkdown, type Paint } from './report.js';

/** An operation with what belongs to it, and where what is said of it comes from. */
export interface OperationFacts {
  readonly operation: Operation;
  readonly related: readonly Related[];
  readonly source: string;
}

export { nameOf, permissionWords, relationWords, requirementWords };

/** The object of `permissions --format json`: a public contract. */
export function operationJson({ operation, related, source }: OperationFacts): object {
  const { method, path, rule, permissions, userContext, scopes, deprecated, preview, asOf } = operation;
  return {
    method,
    path,
    permissions: { type: rule, names: permissions },
    userContext,
    scopes: { confidence: scopeConfidence(operation), names: scopes },
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
