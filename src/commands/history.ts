import * as vscode from 'vscode';
import type { Attempt } from '../org/calls/attempt.js';
import { exportHistory } from '../org/calls/historyExport.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import type { HistoryRow } from '../sidebar/history/historyRows.js';
import { saveText } from './saveText.js';
import type { CommandServices } from './services.js';

/** Filters the history as words are typed. Enter keeps the filter, Escape leaves what was before. */
export async function searchHistory({ history }: CommandServices): Promise<void> {
  await vscode.commands.executeCommand('callDoctor.history.focus');
  const before = history.filter;
  const input = vscode.window.createInputBox();
  input.title = 'Search History';
  input.placeholder = 'Agent, number, org, state or day, as in “sales refused today” or “+1 317 555 0142”';
  input.value = before;
  const search = async (typed: string): Promise<void> => {
    await history.search(typed);
    const { listed, total } = await history.rows(typed);
    input.prompt = typed.trim() === '' ? `${total} in all` : `${listed.length} of ${total}`;
  };
  await new Promise<void>((resolve) => {
    let isKept = false;
    input.onDidChangeValue((typed) => void search(typed));
    input.onDidAccept(() => {
      isKept = true;
      input.hide();
    });
    input.onDidHide(() => {
      input.dispose();
      if (!isKept) void history.search(before);
      resolve();
    });
    input.show();
    void search(before);
  });
}

/** Writes what the history lists into a file. Whether numbers are in it is chosen with its format. */
export async function exportHistoryTo(s: CommandServices): Promise<void> {
  const { listed, total } = await s.history.rows();
  if (listed.length === 0) {
    void vscode.window.showInformationMessage(
      withoutLinks(total === 0 ? 'There is no call to export yet.' : 'No call matches the filter of the history, so there is nothing to export.'),
    );
    return;
  }
  const items = [
    { label: '$(json) JSON', description: 'numbers masked', format: 'json' as const, numbers: false },
    { label: '$(table) CSV', description: 'numbers masked', format: 'csv' as const, numbers: false },
    { label: 'with whole numbers', kind: vscode.QuickPickItemKind.Separator },
    { label: '$(json) JSON', description: 'numbers written whole', format: 'json' as const, numbers: true },
    { label: '$(table) CSV', description: 'numbers written whole', format: 'csv' as const, numbers: true },
  ];
  const title = `Export History · ${listed.length} ${listed.length === 1 ? 'call' : 'calls'}${listed.length < total ? ` of ${total}, as filtered` : ''}`;
  const placeHolder = 'Tokens, attributes and UUI data are never in it';
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  if (!picked?.format) return;
  const { format, numbers } = picked;
  await saveText({
    name: `call-history.${format}`,
    title: 'Export History',
    filters: format === 'json' ? { JSON: ['json'] } : { CSV: ['csv'] },
    text: exportHistory(listed, { format, numbers }),
    done: (file) =>
      `${listed.length} ${listed.length === 1 ? 'call is' : 'calls are'} in ${file}${numbers ? ', with whole numbers' : ', with masked numbers'}.`,
  });
}

export async function clearHistory(s: CommandServices): Promise<void> {
  const all = await s.history.all();
  if (all.length === 0) {
    void vscode.window.showInformationMessage('The history is empty.');
    return;
  }
  const open = all.filter((a) => a.state === 'unknown' || a.state === 'sending').length;
  const detail = `It cannot be brought back.${open > 0 ? ' Calls of the last half hour that may have rung stay: they are recalled before the next one.' : ''}`;
  const yes = await vscode.window.showWarningMessage('Clear the history of calls?', { modal: true, detail }, 'Clear');
  if (yes) await s.attempts.clear();
}

/** The attempt of a row or an id; without one, what the person picks of those that fit. */
export async function attemptOf(s: CommandServices, target: unknown, title: string, fits: (attempt: Attempt) => boolean): Promise<Attempt | undefined> {
  const id = typeof target === 'string' ? target : isEntry(target) ? target.id : undefined;
  // As the file has it now: another window may have found out more.
  const all = await s.attempts.list();
  if (id !== undefined) {
    const found = all.find((a) => a.id === id);
    if (!found) void vscode.window.showInformationMessage('This call is not in the history any more.');
    return found;
  }
  const { historyRows } = await import('../sidebar/history/historyRows.js');
  const { rows } = historyRows(all.filter(fits), { numbers: s.history.numbersShown, filter: '', now: new Date() });
  const entries = rows.flatMap((r) => (r.kind === 'day' ? r.entries.map((e) => ({ ...e, day: r.label })) : [{ ...r, day: '' }]));
  if (entries.length === 0) {
    void vscode.window.showInformationMessage('No call of the history is to be had for that.');
    return undefined;
  }
  const items = entries.map((e) => ({ label: `$(${e.icon[0]}) ${e.label}`, description: [e.day, e.description].filter(Boolean).join(', '), id: e.id }));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: 'Which call?', matchOnDescription: true });
  return all.find((a) => a.id === picked?.id);
}

const isEntry = (target: unknown): target is Extract<HistoryRow, { kind: 'entry' }> =>
  typeof target === 'object' && target !== null && 'kind' in target && target.kind === 'entry' && 'id' in target && typeof target.id === 'string';
