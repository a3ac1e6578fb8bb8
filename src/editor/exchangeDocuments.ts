import * as vscode from 'vscode';
import { diagnose } from '../diagnosis/diagnose.js';
import { evidenceOffset, renderEvidence } from '../diagnosis/evidenceDocument.js';
import type { Evidence, Finding, Place } from '../diagnosis/model.js';
import { SIGNS } from '../diagnosis/report.js';
import { clip } from '../diagnosis/requirements/requirement.js';
import { locator, renderExchange } from '../exchange/exchangeDocument.js';
import type { Facts } from '../facts.js';
import { kindOf, stateWords } from '../org/calls/attemptWords.js';
import type { AttemptLog } from '../sidebar/attemptLog.js';
import type { CaseRecord, Cases } from '../sidebar/cases.js';
import { findingHover } from './findingHover.js';
import { EXCHANGE_FOLDER, EXCHANGE_SCHEME } from './scheme.js';

interface Shown {
  readonly record: CaseRecord;
  readonly text: string;
  readonly marks: readonly { readonly finding: Finding; readonly offset: number; readonly length: number }[];
}

/** The fragment, before the time, of a URI that shows not the exchange but what its diagnosis stands on. */
const EVIDENCE = 'evidence-';
const isEvidenceDocument = (uri: vscode.Uri): boolean => uri.fragment.startsWith(EVIDENCE);

/** How many documents are remembered. */
const MOST_SHOWN = 50;

/** Words after a line are for a glance, in characters; the hover has the whole. */
const MOST_NOTED = 60;

const SEVERITY: Readonly<Partial<Record<Finding['verdict'], vscode.DiagnosticSeverity>>> = {
  confirmed: vscode.DiagnosticSeverity.Error,
  likely: vscode.DiagnosticSeverity.Warning,
  possible: vscode.DiagnosticSeverity.Information,
};

/** Exchanges as read-only documents, with what was found at the places that it is about: problems, hovers, a lens, words after the line. */
export class ExchangeDocuments implements vscode.TextDocumentContentProvider, vscode.HoverProvider, vscode.CodeLensProvider, vscode.Disposable {
  readonly #shown = new Map<string, Shown>();
  readonly #problems = vscode.languages.createDiagnosticCollection('call-doctor');
  readonly #note = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em', color: new vscode.ThemeColor('editorCodeLens.foreground'), fontStyle: 'italic' },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  readonly #subscriptions: vscode.Disposable[] = [];

  constructor(
    private readonly cases: Cases,
    private readonly attempts: AttemptLog,
    private readonly facts: Facts,
  ) {
    const annotate = (editors: readonly vscode.TextEditor[]): void => {
      for (const editor of editors) this.#annotate(editor);
    };
    this.#subscriptions.push(
      vscode.window.onDidChangeVisibleTextEditors(annotate),
      vscode.workspace.onDidCloseTextDocument((d) => {
        if (d.uri.scheme === EXCHANGE_SCHEME) this.#problems.delete(d.uri);
      }),
      vscode.workspace.onDidOpenTextDocument((d) => this.#report(d)),
    );
    this.#subscriptions.push(cases.onDidChange((record) => void (record && this.#refresh(record.id))));
    for (const d of vscode.workspace.textDocuments) this.#report(d);
    annotate(vscode.window.visibleTextEditors);
  }

  /** Opens an exchange beside the form's focus, at a place if one is given. */
  async open(id: string, place?: Place): Promise<void> {
    const shown = await this.#load(id);
    if (!shown) {
      void vscode.window.showInformationMessage('This answer is no longer kept.');
      return;
    }
    // The panel shows what the document shows.
    if (this.cases.current !== shown.record) this.cases.show(shown.record);
    const document = await vscode.workspace.openTextDocument(uriOf(shown.record));
    const span = place && locator(shown.text)(place);
    const at = span && document.positionAt(span.offset);
    const editor = await vscode.window.showTextDocument(document, { preview: true, ...(at ? { selection: new vscode.Range(at, at) } : {}) });
    this.#report(document);
    this.#annotate(editor);
  }

  /** Opens what a piece of evidence stands on: the place in the exchange, or what the org and the facts say. */
  async openEvidence(id: string, evidence: Evidence, place: Place | undefined): Promise<void> {
    const record = this.cases.get(id);
    if (evidence.source === 'request' || evidence.source === 'response' || !record) return this.open(id, place);
    const document = await vscode.workspace.openTextDocument(uriOf(record, `${EVIDENCE}${record.at.getTime()}`));
    const at = document.positionAt(evidenceOffset(document.getText(), evidence));
    await vscode.window.showTextDocument(document, { preview: true, selection: new vscode.Range(at, at) });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    if (isEvidenceDocument(uri)) {
      const record = this.cases.get(uri.query);
      return record ? `${renderEvidence(record.diagnosis, record.facts)}\n` : 'This evidence is no longer kept.\n';
    }
    return (await this.#load(uri.query))?.text ?? 'This answer is no longer kept.\n';
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const marks = this.#marksOf(document).filter((m) => rangeOf(document, m).contains(position));
    const first = marks[0];
    return first
      ? new vscode.Hover(
          marks.map((m) => findingHover(m.finding)),
          rangeOf(document, first),
        )
      : undefined;
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const shown = isEvidenceDocument(document.uri) ? undefined : this.#shown.get(document.uri.query);
    if (!shown) return [];
    // Above the first line it would come into being outside of the window, which keeps its first line in place.
    const top = new vscode.Range(1, 0, 1, 0);
    const { diagnosis } = shown.record;
    const first = diagnosis.findings[0];
    return [
      new vscode.CodeLens(top, { title: `${first ? SIGNS[first.verdict] : '✓'} ${diagnosis.summary}`, command: 'callDoctor.diagnosis.focus' }),
      new vscode.CodeLens(top, { title: 'Copy diagnosis', command: 'callDoctor.copyDiagnosis', arguments: [shown.record.id] }),
      new vscode.CodeLens(top, { title: 'Copy as cURL', command: 'callDoctor.copyAsCurl', arguments: [shown.record.id] }),
    ];
  }

  /** From this window's cases, else from the history, explained again offline. */
  async #load(id: string): Promise<Shown | undefined> {
    const known = this.#shown.get(id);
    const record = this.cases.get(id) ?? (await this.#fromHistory(id));
    if (!record) return undefined;
    if (known && known.record === record) return known;
    const text = renderExchange(record.exchange);
    const locate = locator(text);
    const marks = record.diagnosis.findings.flatMap((finding) => {
      const span = finding.place && SEVERITY[finding.verdict] !== undefined ? locate(finding.place) : undefined;
      return span ? [{ finding, ...span }] : [];
    });
    const shown = { record, text, marks };
    this.#shown.set(id, shown);
    for (const old of this.#shown.keys()) if (this.#shown.size > MOST_SHOWN) this.#shown.delete(old);
    return shown;
  }

  /** A diagnosis that was made anew stands in the documents that are open. */
  async #refresh(id: string): Promise<void> {
    if (!this.#shown.has(id)) return;
    await this.#load(id);
    for (const d of vscode.workspace.textDocuments) if (d.uri.query === id) this.#report(d);
    for (const editor of vscode.window.visibleTextEditors) if (editor.document.uri.query === id) this.#annotate(editor);
  }

  async #fromHistory(id: string): Promise<CaseRecord | undefined> {
    const attempt = (await this.attempts.list()).find((a) => a.id === id);
    if (!attempt) return undefined;
    const diagnosis = diagnose({ exchange: attempt.exchange, operations: await this.facts.operations() });
    // An answer speaks for itself.
    const outcome = attempt.exchange.response ? '' : ` (${stateWords(attempt)})`;
    const title = `${kindOf(attempt)} for ${attempt.agent}${outcome}`;
    return { id, title, at: new Date(attempt.at), exchange: attempt.exchange, diagnosis, sandbox: attempt.region === 'sandbox' };
  }

  #marksOf(document: vscode.TextDocument): Shown['marks'] {
    return document.uri.scheme === EXCHANGE_SCHEME && !isEvidenceDocument(document.uri) ? (this.#shown.get(document.uri.query)?.marks ?? []) : [];
  }

  #report(document: vscode.TextDocument): void {
    if (document.uri.scheme !== EXCHANGE_SCHEME) return;
    const problems = this.#marksOf(document).map((m) => {
      const severity = SEVERITY[m.finding.verdict] ?? vscode.DiagnosticSeverity.Hint;
      const problem = new vscode.Diagnostic(rangeOf(document, m), `${m.finding.title} (${m.finding.verdict})`, severity);
      problem.source = 'Call Doctor';
      problem.code = m.finding.cause;
      return problem;
    });
    this.#problems.set(document.uri, problems);
  }

  #annotate(editor: vscode.TextEditor): void {
    if (editor.document.uri.scheme !== EXCHANGE_SCHEME) return;
    const byLine = new Map<number, string>();
    for (const m of this.#marksOf(editor.document)) {
      const line = rangeOf(editor.document, m).end.line;
      if (!byLine.has(line)) byLine.set(line, `${SIGNS[m.finding.verdict]} ${clip(m.finding.title, MOST_NOTED)}`);
    }
    editor.setDecorations(
      this.#note,
      [...byLine].map(([line, contentText]) => ({ range: editor.document.lineAt(line).range, renderOptions: { after: { contentText } } })),
    );
  }

  dispose(): void {
    for (const s of this.#subscriptions) s.dispose();
    this.#problems.dispose();
    this.#note.dispose();
  }
}

/** The name is what the tab shows; the id is in the query, since names repeat. */
const uriOf = ({ id, title, diagnosis }: CaseRecord, part = ''): vscode.Uri =>
  vscode.Uri.from({
    scheme: EXCHANGE_SCHEME,
    fragment: part,
    path: `${EXCHANGE_FOLDER}/${part ? 'Evidence of ' : ''}${diagnosis.status ?? 'Check'} ${title.replace(/[\\/:*?"<>|#]/g, ' ')}.json`,
    query: id,
  });

const rangeOf = (document: vscode.TextDocument, { offset, length }: { readonly offset: number; readonly length: number }): vscode.Range =>
  new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
