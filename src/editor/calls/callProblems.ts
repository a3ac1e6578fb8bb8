import * as vscode from 'vscode';
import type { Problem, ProblemCode, Severity } from '../../assist/problem.js';
import { SCHEMA_SAYS } from '../../assist/schemaSays.js';
import type { CallDocument, CallDocuments } from './callDocuments.js';

const SEVERITY: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** What is wrong with calls, underlined where they are written. */
export class CallProblems implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('call-doctor.calls');

  constructor(private readonly documents: CallDocuments) {}

  /** Looks at a document anew. What was found in a text that has changed meanwhile is not shown. */
  async report(document: vscode.TextDocument): Promise<void> {
    const read = await this.documents.read(document);
    if (read?.isStale) return;
    const problems = read && !document.isClosed ? shownOf(read, this.documents.isMeant(document)) : [];
    if (problems.length === 0) this.#collection.delete(document.uri);
    else if (read)
      this.#collection.set(
        document.uri,
        problems.map((p) => diagnosticOf(read, p)),
      );
  }

  clear(document: vscode.TextDocument): void {
    this.#collection.delete(document.uri);
  }

  dispose(): void {
    this.#collection.dispose();
  }
}

/** What the JSON service tells of every JSON document. */
const JSON_SAYS: ReadonlySet<ProblemCode> = new Set(['not-json', 'duplicate-field']);

/** The JSON service says some of it already; and a text that is too large is only spoken of where it was meant to be a call. */
function shownOf({ document, problems, hasSchema }: CallDocument, isMeant: boolean): readonly Problem[] {
  const said = hasSchema ? SCHEMA_SAYS : /^jsonc?$/.test(document.languageId) ? JSON_SAYS : undefined;
  return problems.filter((p) => (p.code === 'too-large' ? isMeant : !(p.call?.region.form === 'payload' && said?.has(p.code))));
}

export const SOURCE = 'Call Doctor';

/** What is told of a problem, with who says so. */
export const messageOf = ({ message, source }: Problem): string => (source === undefined ? message : `${message}\nSource: ${source}`);

function diagnosticOf(read: CallDocument, problem: Problem): vscode.Diagnostic {
  const { code, severity, range, related = [] } = problem;
  const diagnostic = new vscode.Diagnostic(read.range(range), messageOf(problem), SEVERITY[severity]);
  diagnostic.code = code;
  diagnostic.source = SOURCE;
  if (code === 'needs-another-field') diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  if (related.length > 0)
    diagnostic.relatedInformation = related.map(
      (r) => new vscode.DiagnosticRelatedInformation(new vscode.Location(read.document.uri, read.range(r.range)), r.message),
    );
  return diagnostic;
}
