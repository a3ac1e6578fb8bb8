import * as vscode from 'vscode';
import { isForAdministrators } from '../diagnosis/forAdministrators.js';
import type { Evidence, Finding, Remedy, Verdict } from '../diagnosis/model.js';
import type { CaseRecord, Cases } from './cases.js';

type Row =
  | { readonly kind: 'case'; readonly record: CaseRecord }
  | { readonly kind: 'finding'; readonly record: CaseRecord; readonly finding: Finding }
  | { readonly kind: 'evidence'; readonly record: CaseRecord; readonly finding: Finding; readonly evidence: Evidence }
  | { readonly kind: 'fix'; readonly text: string }
  | { readonly kind: 'switch' }
  | { readonly kind: 'other-ways' }
  | { readonly kind: 'grant'; readonly remedy: Remedy }
  | { readonly kind: 'ask-administrator'; readonly record: CaseRecord }
  | { readonly kind: 'group'; readonly record: CaseRecord; readonly group: Group; readonly findings: readonly Finding[] };

const ICONS: Readonly<Record<Verdict, [icon: string, color: string]>> = {
  confirmed: ['error', 'problemsErrorIcon.foreground'],
  likely: ['warning', 'problemsWarningIcon.foreground'],
  possible: ['question', 'problemsInfoIcon.foreground'],
  unchecked: ['circle-slash', 'disabledForeground'],
  'ruled-out': ['pass', 'testing.iconPassed'],
};
interface Group {
  readonly verdicts: readonly Verdict[];
  readonly label: (n: number) => string;
  readonly icon: Verdict;
}
const GROUPS: readonly Group[] = [
  { verdicts: ['confirmed'], icon: 'confirmed', label: (n) => `${n} confirmed` },
  { verdicts: ['likely', 'possible'], icon: 'possible', label: (n) => `${n} open` },
  { verdicts: ['unchecked'], icon: 'unchecked', label: (n) => `${n} not checked` },
  { verdicts: ['ruled-out'], icon: 'ruled-out', label: (n) => (n === 1 ? '1 requirement holds' : `${n} requirements hold`) },
];

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
        const caller: Row[] = row.finding.verdict === 'confirmed' && ABOUT_CALLER.has(row.finding.cause) ? [{ kind: 'switch' }, ...otherWays(row.record)] : [];
        const { remedy } = row.finding;
        const grant: Row[] = remedy && row.record.sandbox ? [{ kind: 'grant', remedy }] : [];
        const { record, finding } = row;
        const ask: Row[] = isForAdministrators(finding) ? [{ kind: 'ask-administrator', record }] : [];
        return [...finding.because.map((evidence): Row => ({ kind: 'evidence', record, finding, evidence })), ...fixes, ...ask, ...grant, ...caller];
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
        item.command = { command: 'callDoctor.openEvidence', title: 'Open Evidence', arguments: [row.record.id, row.evidence, row.finding.place] };
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
      case 'ask-administrator': {
        const item = new vscode.TreeItem('Copy request for the admin', None);
        item.iconPath = icon('mail', 'textLink.foreground');
        item.command = { command: 'callDoctor.copyAdminRequest', title: 'Copy Request for the Admin', arguments: [row.record.id] };
        return item;
      }
      case 'switch': {
        const item = new vscode.TreeItem('Sign in as somebody else…', None);
        item.iconPath = icon('account', 'textLink.foreground');
        item.command = { command: 'callDoctor.switchAccount', title: 'Switch Account…' };
        return item;
      }
      case 'other-ways': {
        const item = new vscode.TreeItem('Other ways to call…', None);
        item.iconPath = icon('lightbulb', 'textLink.foreground');
        item.command = { command: 'callDoctor.otherWays', title: 'Other Ways to Call…' };
        return item;
      }
      case 'group': {
        const { group, findings, record } = row;
        const open = group.icon === 'confirmed' || (group.icon === 'possible' && !record.diagnosis.findings.some((f) => f.verdict === 'confirmed'));
        const item = new vscode.TreeItem(group.label(findings.length), open ? Expanded : Collapsed);
        item.iconPath = icon(...ICONS[group.icon]);
        return item;
      }
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

/** Offered where a call was to be placed. */
const otherWays = ({ exchange: { request } }: CaseRecord): Row[] =>
  request?.method === 'POST' && /\/api\/v2\/conversations\/calls(?:\/user\/[^/?]+)?$/.test(request.url) ? [{ kind: 'other-ways' }] : [];

function rowsOf(record: CaseRecord): Row[] {
  return GROUPS.flatMap((group): Row[] => {
    const findings = record.diagnosis.findings.filter((f) => group.verdicts.includes(f.verdict));
    return findings.length === 0 ? [] : [{ kind: 'group', record, group, findings }];
  });
}

const icon = (name: string, color?: string): vscode.ThemeIcon => new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
