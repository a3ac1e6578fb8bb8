import * as vscode from 'vscode';
import { nameOf, operationMarkdown, permissionWords, relationWords, requirementWords } from '../diagnosis/operationReport.js';
import { OperationSearch } from '../platform/operationSearch.js';
import type { Operation, Operations } from '../platform/operations.js';
import { relatedOperations } from '../platform/relatedOperations.js';
import type { CommandServices } from './services.js';

/** Operations that are listed at once: more than anybody reads. */
const MOST = 60;

/** Looks an operation up by words, and shows what it requires; every step by keyboard, and Back leads back to the search. */
export async function showPermissions(s: CommandServices): Promise<void> {
  const operations = await s.facts.operations();
  const search = new OperationSearch(operations);
  let text = '';
  for (;;) {
    const chosen = await choose(operations, search, text);
    if (!chosen) return;
    text = chosen.text;
    let operation: Operation | undefined = chosen.operation;
    while (operation) {
      const next = await showOne(operations, operation);
      if (next === 'done') return;
      operation = next === 'back' ? undefined : next;
    }
  }
}

type OperationItem = vscode.QuickPickItem & { readonly operation: Operation };

/** The method is the label and the rest is not searched by VS Code, so that the best stays first: it sorts what its own filter finds. */
const itemOf = (operation: Operation): OperationItem => ({
  operation,
  label: operation.method,
  description: `${operation.path}${operation.deprecated ? ' · deprecated' : ''}`,
  detail: permissionWords(operation),
  alwaysShow: true,
});

function choose(operations: Operations, search: OperationSearch, text: string): Promise<{ readonly operation: Operation; readonly text: string } | undefined> {
  const pick = vscode.window.createQuickPick<OperationItem>();
  const find = (words: string): void => {
    const hits = search.find(words, MOST);
    pick.items = hits.operations.slice(0, MOST).map(itemOf);
    pick.title = `Required permissions · ${hits.total} of ${operations.count} operations`;
  };
  pick.placeholder = 'Words of the path or a permission, as in “place call” or conversation:call:add';
  pick.value = text;
  find(text);
  return new Promise((resolve) => {
    pick.onDidChangeValue(find);
    pick.onDidAccept(() => {
      const operation = pick.activeItems[0]?.operation;
      if (!operation) return;
      resolve({ operation, text: pick.value });
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

type Item = vscode.QuickPickItem & { readonly copy?: string; readonly go?: Operation };

/** What one operation requires. Choosing a line copies it, or goes to a related operation. */
async function showOne(operations: Operations, operation: Operation): Promise<'done' | 'back' | Operation> {
  const related = relatedOperations(operations, operation);
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const facts = { operation, related, source: operations.source };
  const { permissions, rule } = operation;
  const items: Item[] = [
    separator(permissions.length > 1 ? `requires ${rule} of` : 'requires'),
    ...(permissions.length > 0
      ? permissions.map((p): Item => ({ label: `$(key) ${p}`, copy: p }))
      : [{ label: `$(key) ${requirementWords(operation)[0]?.[1] ?? ''}` }]),
    separator('and'),
    ...requirementWords(operation)
      .slice(1)
      .map(([name, words]): Item => ({ label: `$(${ICONS[name] ?? 'info'}) ${name}`, description: words })),
    { label: '$(calendar) as of', description: operation.asOf, detail: operations.source },
    separator('copy'),
    ...(permissions.length > 1 ? [{ label: '$(copy) Copy permissions', copy: permissions.join('\n') }] : []),
    { label: '$(copy) Copy path', description: operation.path, copy: operation.path },
    { label: '$(markdown) Copy all as Markdown', copy: operationMarkdown(facts) },
    ...(related.length > 0 ? [separator('related')] : []),
    ...related.map((r): Item => ({ label: `$(arrow-right) ${nameOf(r.operation)}`, description: relationWords(r.relation), go: r.operation })),
  ];
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = nameOf(operation);
  pick.placeholder = 'Enter copies a line, or goes to a related operation';
  pick.items = items;
  pick.matchOnDescription = true;
  pick.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const end = (result: 'done' | 'back' | Operation): void => {
      resolve(result);
      pick.hide();
    };
    pick.onDidTriggerButton(() => end('back'));
    pick.onDidAccept(async () => {
      const [item] = pick.activeItems;
      if (item?.go) return end(item.go);
      const copied = item?.copy;
      if (copied === undefined) return;
      await vscode.env.clipboard.writeText(copied);
      vscode.window.setStatusBarMessage(copied.length > 100 ? 'Copied.' : `Copied ${copied.replaceAll('\n', ', ')}.`, 4000);
      end('done');
    });
    pick.onDidHide(() => {
      resolve('done');
      pick.dispose();
    });
    pick.show();
  });
}

const ICONS: Readonly<Record<string, string>> = { 'user context': 'person', scopes: 'shield', status: 'warning' };
