import * as vscode from 'vscode';
import type { Attempt } from '../org/calls/attempt.js';
import type { AttemptLog } from './attemptLog.js';
import type { HistoryRow, HistoryView } from './history/historyRows.js';
import type { LiveCalls } from './liveCalls.js';

const VIEW = 'callDoctor.history';
const NO_CALLS: HistoryView = { rows: [], listed: [] };

/**
 * The calls that were tried, newest first. Numbers are masked until somebody shows them, in this window and until it closes. The file
 * is read when it has changed, not with each look.
 */
export class HistoryTree implements vscode.TreeDataProvider<HistoryRow>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<HistoryRow>;
  readonly #subscriptions: vscode.Disposable[];
  #attempts: Promise<readonly Attempt[]> | undefined;
  #filter = '';
  #numbers = false;
  #day = '';

  constructor(
    private readonly log: AttemptLog,
    private readonly live: Pick<LiveCalls, 'going' | 'onChange'>,
  ) {
    this.#view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    let going = '';
    const unlisten = live.onChange(() => {
      const now = [...this.#live()].join(' ');
      if (now !== going) this.#changed.fire();
      going = now;
    });
    this.#subscriptions = [
      log.onDidChange(() => {
        this.#attempts = undefined;
        this.#changed.fire();
      }),
      // What was today is yesterday now.
      this.#view.onDidChangeVisibility(({ visible }) => {
        if (visible && this.#day !== '' && this.#day !== new Date().toDateString()) this.#changed.fire();
      }),
      { dispose: unlisten },
    ];
  }

  get filter(): string {
    return this.#filter;
  }

  /** Lists only what a filter finds; an empty one finds all. */
  async search(filter: string): Promise<void> {
    this.#filter = filter.trim();
    await vscode.commands.executeCommand('setContext', 'callDoctor.historyFiltered', this.#filter !== '');
    this.#changed.fire();
  }

  async showNumbers(shown: boolean): Promise<void> {
    this.#numbers = shown;
    await vscode.commands.executeCommand('setContext', 'callDoctor.numbersShown', shown);
    this.#changed.fire();
  }

  get numbersShown(): boolean {
    return this.#numbers;
  }

  /** All attempts, newest first. */
  all(): Promise<readonly Attempt[]> {
    const asked = this.#attempts ?? this.log.list();
    this.#attempts = asked;
    // What failed is asked again.
    asked.catch(() => {
      if (this.#attempts === asked) this.#attempts = undefined;
    });
    return asked;
  }

  /** The rows that a filter would leave, and the attempts that they are of. */
  async rows(filter = this.#filter): Promise<HistoryView & { readonly total: number }> {
    const [attempts, { historyRows }] = await Promise.all([this.all(), import('./history/historyRows.js')]);
    if (attempts.length === 0) return { ...NO_CALLS, total: 0 };
    return { ...historyRows(attempts, { numbers: this.#numbers, filter, now: new Date(), live: this.#live() }), total: attempts.length };
  }

  async getChildren(row?: HistoryRow): Promise<HistoryRow[]> {
    if (row) return row.kind === 'day' ? [...row.entries] : [];
    const { rows, listed, total } = await this.rows();
    this.#day = new Date().toDateString();
    await this.#tell(listed.length, total);
    return [...rows];
  }

  /** What is searched for, with its numbers masked as they are below it. Where nothing is found, the view itself offers what to do. */
  async #tell(found: number, total: number): Promise<void> {
    const shown = this.#numbers || this.#filter === '' ? this.#filter : (await import('../platform/maskNumbers.js')).maskNumbers(this.#filter);
    const searched = this.#filter === '' ? '' : `“${shown}”: ${found} of ${total} ${total === 1 ? 'call' : 'calls'}`;
    this.#view.message = found === 0 ? '' : searched;
    this.#view.description = [found === 0 ? searched : '', this.#numbers ? 'numbers shown' : ''].filter(Boolean).join(' · ');
  }

  getTreeItem(row: HistoryRow): vscode.TreeItem {
    if (row.kind === 'day') {
      const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
      const item = new vscode.TreeItem(row.label, row.expanded ? Expanded : Collapsed);
      item.id = `${this.#filter === '' ? 'day' : 'found'}/${row.key}`;
      item.description = String(row.entries.length);
      item.contextValue = 'day';
      item.accessibilityInformation = { label: `${row.label}, ${row.entries.length} ${row.entries.length === 1 ? 'call' : 'calls'}` };
      return item;
    }
    const item = new vscode.TreeItem(row.label);
    item.id = row.id;
    item.description = row.description;
    item.tooltip = row.tooltip;
    item.iconPath = new vscode.ThemeIcon(row.icon[0], new vscode.ThemeColor(row.icon[1]));
    item.command = { command: 'callDoctor.openExchange', title: 'Open Answer', arguments: [row.id] };
    item.contextValue = row.context;
    item.accessibilityInformation = { label: row.spoken };
    return item;
  }

  #live(): ReadonlySet<string> {
    return new Set(this.live.going.map((c) => c.conversationId));
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions, this.#view, this.#changed).dispose();
  }
}
