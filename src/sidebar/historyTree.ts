import * as vscode from 'vscode';
import type { Attempt, AttemptState } from '../org/attempts.js';
import type { AttemptLog } from './attemptLog.js';

const STATES: Readonly<Record<AttemptState, { readonly icon: string; readonly color: string; readonly words: string }>> = {
  placed: { icon: 'pass', color: 'testing.iconPassed', words: 'placed' },
  refused: { icon: 'error', color: 'problemsErrorIcon.foreground', words: 'refused' },
  unknown: { icon: 'question', color: 'problemsWarningIcon.foreground', words: 'may have rung' },
  sending: { icon: 'sync', color: 'progressBar.background', words: 'sending' },
  'not-sent': { icon: 'circle-slash', color: 'disabledForeground', words: 'not sent' },
};

/** The calls that were tried, newest first. */
export class HistoryTree implements vscode.TreeDataProvider<Attempt>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscription: vscode.Disposable;

  constructor(private readonly log: AttemptLog) {
    this.#subscription = log.onDidChange(() => this.#changed.fire());
  }

  async getChildren(attempt?: Attempt): Promise<Attempt[]> {
    return attempt ? [] : [...(await this.log.list())];
  }

  getTreeItem(attempt: Attempt): vscode.TreeItem {
    const { icon, color, words } = STATES[attempt.state];
    const at = new Date(attempt.at);
    const today = at.toDateString() === new Date().toDateString();
    const when = today ? at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }) : at.toLocaleString([], { dateStyle: 'short', timeStyle: 'short' });
    const item = new vscode.TreeItem(`${attempt.agent} → ${attempt.to}`);
    item.id = `${attempt.id}/${attempt.state}`;
    item.description = `${when} · ${attempt.state === 'refused' ? (attempt.status ?? words) : words}`;
    item.tooltip = [
      `${attempt.agent} → ${attempt.to}`,
      `${at.toLocaleString()} · ${attempt.org} · ${attempt.region}`,
      `${words}${attempt.status === undefined ? '' : ` (${attempt.status})`}${attempt.note ? `: ${attempt.note}` : ''}`,
      ...(attempt.conversationId ? [`conversation ${attempt.conversationId}`] : []),
    ].join('\n');
    item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
    item.command = { command: 'callDoctor.openExchange', title: 'Open Answer', arguments: [attempt.id] };
    item.accessibilityInformation = { label: `${attempt.agent} to ${attempt.to}, ${when}, ${words}` };
    return item;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
