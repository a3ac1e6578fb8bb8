import * as vscode from 'vscode';
import type { Evidence, Finding, Remedy, Verdict } from '../diagnosis/model.js';
import type { CaseRecord, Cases } from './cases.js';

type Row =
  | { readonly kind: 'case'; readonly record: CaseRecord }
  | { readonly kind: 'finding'; readonly record: CaseRecord; readonly finding: Finding }
  | { readonly kind: 'evidence'; readonly evidence: Evidence }
  | { readonly kind: 'fix'; readonly text: string }
  | { readonly kind: 'switch' }
  | { readonly kind: 'grant'; readonly remedy: Remedy }
  | { readonly kind: 'group'; readonly record: CaseRecord; readonly verdict: 'ruled-out' | 'unchecked'; readonly findings: readonly Finding[] };

const ICONS: Readonly<Record<Verdict, [icon: string, color: string]>> = {
  confirmed: ['error', 'problemsErrorIcon.foreground'],
  likely: ['warning', 'problemsWarningIcon.foreground'],
  possible: ['question', 'problemsInfoIcon.foreground'],
  unchecked: ['circle-slash', 'disabledForeground'],
  'ruled-out': ['pass', 'testing.iconPassed'],
};
const SOURCES: Readonly<Record<Evidence['source'], string>> = { response: 'reply', request: 'export', token: 'key', org: 'organization', facts: 'book' };

/** Findings that another sign-in could turn. */
const ABOUT_CALLER = new Set(['no-user-context', 'missing-permission', 'missing-division', 'token-invalid', 'token-missing']);

/** The panel: what the last explained exchange failed on, with the evidence below it. */
export class DiagnosisTree implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscription: vscode.Disposable;

  constructor(private readonly cases: Cases) {
    this.#subscription = cases.onDidChange(() => this.#changed.fire());
  }

  getChildren(row?: Row): Row[] {
    const record = this.cases.current;
    if (!row) return record ? [{ kind: 'case', record }] : [];
    switch (row.kind) {
      case 'case':
        return rowsOf(row.record);
      case 'finding': {
        const fixes = row.finding.fix.map((text): Row => ({ kind: 'fix', text }));
        const caller: Row[] = row.finding.verdict === 'confirmed' && ABOUT_CALLER.has(row.finding.cause) ? [{ kind: 'switch' }] : [];
        const { remedy } = row.finding;
        const grant: Row[] = remedy && row.record.sandbox ? [{ kind: 'grant', remedy }] : [];
        return [...row.finding.because.map((evidence): Row => ({ kind: 'evidence', evidence })), ...fixes, ...grant, ...caller];
      }
      case 'group':
        return row.findings.map((finding): Row => ({ kind: 'finding', record: row.record, finding }));
      default:
        return [];
    }
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    switch (row.kind) {
      case 'case': {
        const { diagnosis, title, at, id } = row.record;
        const item = new vscode.TreeItem(`${diagnosis.status ?? 'Check'} · ${title}`, Expanded);
        item.id = id;
        item.description = at.toLocaleTimeString();
        item.tooltip = diagnosis.summary;
        const accepted = diagnosis.status !== undefined && diagnosis.status < 300;
        const against = diagnosis.findings.some((f) => f.verdict === 'confirmed' || f.verdict === 'likely');
        item.iconPath = accepted || !against ? icon('pass', 'testing.iconPassed') : icon('error', 'problemsErrorIcon.foreground');
        item.command = { command: 'callDoctor.openExchange', title: 'Open Answer', arguments: [id] };
        item.accessibilityInformation = { label: `${diagnosis.summary} ${title}, ${at.toLocaleTimeString()}` };
        return item;
      }
      case 'finding': {
        const { finding, record } = row;
        const open = finding.verdict === 'confirmed' || finding.verdict === 'likely';
        const item = new vscode.TreeItem(finding.title, finding.because.length + finding.fix.length === 0 ? None : open ? Expanded : Collapsed);
        item.description = finding.verdict === 'ruled-out' ? 'holds' : finding.verdict;
        item.iconPath = icon(...ICONS[finding.verdict]);
        item.tooltip = `${finding.title}\n${finding.cause} · ${finding.verdict}`;
        item.accessibilityInformation = { label: `${item.description}: ${finding.title}` };
        if (finding.place) item.command = { command: 'callDoctor.openExchange', title: 'Show in the Answer', arguments: [record.id, finding.place] };
        return item;
      }
      case 'evidence': {
        const item = new vscode.TreeItem(row.evidence.fact, None);
        item.iconPath = icon(SOURCES[row.evidence.source]);
        item.tooltip = `${row.evidence.source}: ${row.evidence.fact}`;
        item.accessibilityInformation = { label: `${row.evidence.source}: ${row.evidence.fact}` };
        return item;
      }
      case 'fix': {
        const item = new vscode.TreeItem(row.text, None);
        item.iconPath = icon('arrow-right', 'textLink.foreground');
        item.tooltip = row.text;
        item.accessibilityInformation = { label: `To do: ${row.text}` };
        return item;
      }
      case 'grant': {
        const item = new vscode.TreeItem(`Grant ${row.remedy.roleName} in ${row.remedy.divisionName} (sandbox)`, None);
        item.iconPath = icon('beaker', 'textLink.foreground');
        item.command = { command: 'callDoctor.grantInSandbox', title: 'Grant the Missing Role in the Sandbox', arguments: [row.remedy] };
        return item;
      }
      case 'switch': {
        const item = new vscode.TreeItem('Sign in as somebody else…', None);
        item.iconPath = icon('account', 'textLink.foreground');
        item.command = { command: 'callDoctor.switchAccount', title: 'Switch Account…' };
        return item;
      }
      case 'group': {
        const n = row.findings.length;
        const label = row.verdict === 'ruled-out' ? `${n} ${n === 1 ? 'requirement holds' : 'requirements hold'}` : `${n} not checked`;
        const item = new vscode.TreeItem(label, Collapsed);
        item.iconPath = icon(...ICONS[row.verdict]);
        return item;
      }
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function rowsOf(record: CaseRecord): Row[] {
  const { findings } = record.diagnosis;
  const of = (...verdicts: Verdict[]) => findings.filter((f) => verdicts.includes(f.verdict));
  const rows: Row[] = of('confirmed', 'likely', 'possible').map((finding) => ({ kind: 'finding', record, finding }));
  for (const verdict of ['unchecked', 'ruled-out'] as const) {
    const group = of(verdict);
    if (group.length > 0) rows.push({ kind: 'group', record, verdict, findings: group });
  }
  return rows;
}

const icon = (name: string, color?: string): vscode.ThemeIcon => new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
