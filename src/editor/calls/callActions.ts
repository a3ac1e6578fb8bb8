import * as vscode from 'vscode';
import type { Fix } from '../../assist/fix.js';
import { fixesFor } from '../../assist/fixes.js';
import type { Problem } from '../../assist/problem.js';
import { rewritesAt } from '../../assist/rewrites.js';
import { callAt } from '../../assist/writtenCall.js';
import type { AssistServices } from './assistServices.js';
import type { CallDocument, CallDocuments } from './callDocuments.js';
import { SOURCE } from './callProblems.js';
import { fillValues } from './fillValues.js';

const { QuickFix, RefactorRewrite } = vscode.CodeActionKind;

/** Repairs of what is underlined, and rewrites of the call at the cursor. */
export class CallActions {
  constructor(
    private readonly documents: CallDocuments,
    private readonly services: AssistServices,
  ) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const read = await this.documents.read(document);
    if (!read || token.isCancellationRequested) return [];
    const { written, operations, problems } = read;
    const start = document.offsetAt(range.start);
    const end = document.offsetAt(range.end);
    const here = problems.filter((p) => p.range.start <= end && start <= p.range.end);
    const call = callAt(written, start);
    const wantsRewrites = call && wants(context, RefactorRewrite);
    if (here.length === 0 && !wantsRewrites) return [];
    const values = await fillValues(this.services);
    if (token.isCancellationRequested || read.isStale) return [];
    const found = new ActionList(read);
    if (wants(context, QuickFix))
      for (const problem of here) {
        const diagnostics = context.diagnostics.filter((d) => d.source === SOURCE && d.code === problem.code && d.range.isEqual(read.range(problem.range)));
        for (const fix of fixesFor(written, problem, operations, values)) found.add(fix, QuickFix, diagnostics);
        const more = commandFor(read, problem);
        if (more) found.push(more, diagnostics);
      }
    if (wantsRewrites) for (const fix of rewritesAt(written, call, operations, values)) found.add(fix, RefactorRewrite, []);
    return found.actions;
  }
}

const wants = ({ only }: vscode.CodeActionContext, kind: vscode.CodeActionKind): boolean => !only || only.contains(kind);

/** What a command does about a problem, since it has to ask. */
function commandFor(read: CallDocument, problem: Problem): vscode.CodeAction | undefined {
  const uri = read.document.uri.toString();
  if (problem.code === 'placeholder') {
    const action = new vscode.CodeAction('Pick what goes here…', QuickFix);
    action.command = { title: action.title, command: 'callDoctor.fillPlaceholder', arguments: [uri, problem.range.start] };
    return action;
  }
  if (problem.code !== 'secret') return undefined;
  const action = new vscode.CodeAction('Move it to a sign-in…', QuickFix);
  action.command = { title: action.title, command: 'callDoctor.moveSecret', arguments: [uri, read.range(problem.range)] };
  return action;
}

/** Actions without repetitions: several problems of one call are mended by the same conversion. */
class ActionList {
  readonly #byEdit = new Map<string, vscode.CodeAction>();
  readonly #others: vscode.CodeAction[] = [];

  constructor(private readonly read: CallDocument) {}

  get actions(): vscode.CodeAction[] {
    return [...this.#byEdit.values(), ...this.#others];
  }

  push(action: vscode.CodeAction, diagnostics: vscode.Diagnostic[]): void {
    action.diagnostics = diagnostics;
    this.#others.push(action);
  }

  add(fix: Fix, kind: vscode.CodeActionKind, diagnostics: readonly vscode.Diagnostic[]): void {
    const key = `${fix.title}\n${JSON.stringify(fix.edits)}`;
    const known = this.#byEdit.get(key);
    if (known) {
      known.diagnostics = [...(known.diagnostics ?? []), ...diagnostics];
      known.isPreferred ||= fix.preferred;
      return;
    }
    this.#byEdit.set(key, this.#action(fix, kind, diagnostics));
    if (isWide(this.read, fix)) this.#byEdit.set(`preview\n${key}`, this.#preview(fix, kind, diagnostics));
  }

  #action(fix: Fix, kind: vscode.CodeActionKind, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction {
    const action = new vscode.CodeAction(fix.title, kind);
    action.diagnostics = [...diagnostics];
    action.isPreferred = fix.preferred;
    action.edit = new vscode.WorkspaceEdit();
    for (const e of fix.edits) action.edit.replace(this.read.document.uri, this.read.range(e), e.newText);
    if (fix.notes.length > 0) action.command = { title: 'Tell what was left out', command: 'callDoctor.tellNotes', arguments: [fix.title, fix.notes] };
    return action;
  }

  #preview(fix: Fix, kind: vscode.CodeActionKind, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction {
    const action = new vscode.CodeAction(`${fix.title} (preview)`, kind);
    action.diagnostics = [...diagnostics];
    const { document, version } = this.read;
    action.command = { title: action.title, command: 'callDoctor.previewFix', arguments: [document.uri.toString(), version, fix] };
    return action;
  }
}

/** Whether a fix changes so much that one wants to see it first: several places, or more than a line and its end. */
const isWide = ({ written }: CallDocument, { edits }: Fix): boolean =>
  edits.length > 1 || edits.some(({ start, end, newText }) => lines(newText) > 2 || lines(written.text.slice(start, end)) > 2);

const lines = (text: string): number => text.split('\n', 3).length;
