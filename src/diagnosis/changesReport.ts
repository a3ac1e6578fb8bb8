import type { OperationChanges } from '../platform/operationChanges.js';
import type { Operation, Operations } from '../platform/operations.js';
import { nameOf, permissionWords } from './operationReport.js';
import { escapeMarkdown } from './report.js';

/** What a refresh brought, in a sentence. */
export function changesWords(changes: OperationChanges, after: Operations): string {
  const { added, removed, permissions, deprecated, userContext, scopes } = changes;
  const parts = [
    count(added.length, 'operation added', 'operations added'),
    count(removed.length, 'removed', 'removed'),
    count(permissions.length, 'requires other permissions', 'require other permissions'),
    count(deprecated.length, 'newly deprecated', 'newly deprecated'),
    count(userContext.length, 'known to need a user', 'known to need a user'),
    count(scopes.length, 'with other scopes', 'with other scopes'),
  ].filter((part) => part !== undefined);
  const now = `The API facts are of ${after.listedAsOf} now: ${after.count} operations`;
  return parts.length === 0 ? `${now}. Nothing has changed.` : `${now}. ${parts.join(', ')}.`;
}

const count = (n: number, one: string, many: string): string | undefined => (n === 0 ? undefined : `${n} ${n === 1 ? one : many}`);

/** The same in full. */
export function changesMarkdown(changes: OperationChanges, before: Operations, after: Operations): string {
  const { added, removed, permissions, deprecated, userContext, scopes } = changes;
  const item = (o: Operation): string => `\`${nameOf(o)}\``;
  const requires = (o: Operation): string => escapeMarkdown(permissionWords(o));
  const table = (head: string, rows: readonly string[]): string[] => [head, head.replace(/[^|]+/g, '---'), ...rows];
  const sections: readonly (readonly [title: string, size: number, lines: readonly string[]])[] = [
    [
      'Permissions',
      permissions.length,
      table(
        '| operation | before | now |',
        permissions.map((c) => `| ${item(c.after)} | ${requires(c.before)} | ${requires(c.after)} |`),
      ),
    ],
    [
      'Added',
      added.length,
      table(
        '| operation | requires |',
        added.map((o) => `| ${item(o)} | ${requires(o)} |`),
      ),
    ],
    ['Removed', removed.length, removed.map((o) => `- ${item(o)}`)],
    ['Newly deprecated', deprecated.length, deprecated.map((o) => `- ${item(o)}`)],
    ['Known to need a user', userContext.length, userContext.map((o) => `- ${item(o)}`)],
    [
      'Scopes',
      scopes.length,
      table(
        '| operation | before | now |',
        scopes.map((c) => `| ${item(c.after)} | ${scopeWords(c.before)} | ${scopeWords(c.after)} |`),
      ),
    ],
  ];
  const changed = sections.filter(([, size]) => size > 0);
  return [
    '# What has changed in the API',
    '',
    `${changesWords(changes, after)}`,
    '',
    `- Before: ${escapeMarkdown(before.source)} (${before.listedAsOf})`,
    `- Now: ${escapeMarkdown(after.source)}`,
    ...changed.flatMap(([title, size, lines]) => ['', `## ${title} (${size})`, '', ...lines]),
    '',
  ].join('\n');
}

const scopeWords = (o: Operation): string =>
  o.scopes.length === 0 ? 'not known' : `${escapeMarkdown(o.scopes.join(', '))}${o.scopesFrom === 'likely' ? ' (deduced)' : ''}`;
