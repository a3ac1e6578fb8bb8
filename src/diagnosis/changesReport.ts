import type { Changed, OperationChanges } from '../platform/operationChanges.js';
import type { Operation, Operations } from '../platform/operations.js';
import { nameOf, permissionWords } from './operationReport.js';
import { escapeMarkdown } from './report.js';

/** One kind of change: how many in a sentence, and each in a list. */
interface Section {
  readonly one: string;
  readonly many: string;
  readonly title: string;
  readonly items: readonly string[];
}

function sectionsOf({ added, removed, permissions, deprecated, userContext, scopes }: OperationChanges): readonly Section[] {
  const item = (o: Operation): string => `\`${nameOf(o)}\``;
  const list = (operations: readonly Operation[]): string[] => operations.map(item);
  const fromTo = (changed: readonly Changed[], words: (o: Operation) => string): string[] =>
    changed.map((c) => `${item(c.after)}  \n  ${escapeMarkdown(words(c.before))} → ${escapeMarkdown(words(c.after))}`);
  const sections: readonly Section[] = [
    { one: 'operation added', many: 'operations added', title: 'Added', items: added.map((o) => `${item(o)}  \n  ${escapeMarkdown(permissionWords(o))}`) },
    { one: 'removed', many: 'removed', title: 'Removed', items: list(removed) },
    {
      one: 'requires other permissions',
      many: 'require other permissions',
      title: 'Other permissions',
      items: fromTo(
        permissions.filter((c) => c.before.rule !== 'unknown'),
        permissionWords,
      ),
    },
    {
      one: 'whose permissions are known now',
      many: 'whose permissions are known now',
      title: 'Permissions known now',
      items: fromTo(
        permissions.filter((c) => c.before.rule === 'unknown'),
        permissionWords,
      ),
    },
    { one: 'newly deprecated', many: 'newly deprecated', title: 'Newly deprecated', items: list(deprecated) },
    { one: 'known to need a user now', many: 'known to need a user now', title: 'Known to need a user now', items: list(userContext) },
    { one: 'with other scopes', many: 'with other scopes', title: 'Scopes', items: fromTo(scopes, scopeWords) },
  ];
  return sections.filter((s) => s.items.length > 0);
}

const scopeWords = (o: Operation): string => (o.scopes.length === 0 ? 'not known' : `${o.scopes.join(', ')}${o.scopesFrom === 'likely' ? ' (deduced)' : ''}`);

/** What a refresh brought, in a few words. */
export function changesWords(changes: OperationChanges, after: Operations): string {
  const counts = sectionsOf(changes).map(({ one, many, items }) => `${items.length} ${items.length === 1 ? one : many}`);
  return `The API facts are of ${after.listedAsOf} now: ${after.count} operations. ${counts.length === 0 ? 'Nothing has changed' : counts.join(', ')}.`;
}

/** The same in full. */
export function changesMarkdown(changes: OperationChanges, before: Operations, after: Operations): string {
  const source = (words: string, o: Operations): string => `- ${words}: ${escapeMarkdown(o.source)} (${o.listedAsOf})`;
  return [
    '# What has changed in the API',
    '',
    changesWords(changes, after),
    '',
    source('Before', before),
    source('Now', after),
    ...sectionsOf(changes).flatMap(({ title, items }) => ['', `## ${title} (${items.length})`, '', ...items.map((i) => `- ${i}`)]),
    '',
  ].join('\n');
}
