import type * as vscode from 'vscode';
import type { AssistServices } from './assistServices.js';
import { CallActions } from './callActions.js';
import { CallCompletion } from './callCompletion.js';
import { CallDocuments } from './callDocuments.js';
import { CallHover } from './callHover.js';
import { CallLenses } from './callLenses.js';
import { CallProblems } from './callProblems.js';
import type { Candidates } from './candidates.js';
import { FixPreviews } from './fixPreviews.js';
import { IdNames } from './idNames.js';

/** All help with calls in documents, made when the first document that may hold one is seen. */
export class Assistance implements vscode.Disposable {
  readonly documents: CallDocuments;
  readonly names: IdNames;
  readonly hover: CallHover;
  readonly completion: CallCompletion;
  readonly actions: CallActions;
  readonly lenses: CallLenses;
  readonly problems: CallProblems;
  readonly previews = new FixPreviews();

  constructor(candidates: Candidates, services: AssistServices) {
    this.documents = new CallDocuments(candidates, services.facts);
    this.names = new IdNames(services.accounts);
    this.hover = new CallHover(this.documents, this.names);
    this.completion = new CallCompletion(this.documents, this.names, services);
    this.actions = new CallActions(this.documents, services);
    this.lenses = new CallLenses(this.documents);
    this.problems = new CallProblems(this.documents);
  }

  /** A document was closed: nothing of it is kept. */
  drop(document: vscode.TextDocument): void {
    this.documents.drop(document);
    this.problems.clear(document);
  }

  dispose(): void {
    this.problems.dispose();
    this.previews.dispose();
  }
}
