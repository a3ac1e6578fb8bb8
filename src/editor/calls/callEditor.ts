import * as vscode from 'vscode';
import type { Assistance } from './assistance.js';
import type { AssistServices } from './assistServices.js';
import { Candidates } from './candidates.js';
import { LANGUAGES } from './mayHoldCalls.js';

/** How long typing has to rest before a document is looked at, in milliseconds. */
const SETTLED = 250;

/** Help with calls, wherever they are written. Activation makes this; what it does is loaded with the first document that may hold a call. */
export class CallEditor implements vscode.Disposable {
  readonly #candidates = new Candidates();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #assistance: Promise<Assistance> | undefined;

  constructor(private readonly services: AssistServices) {
    const worth = (document: vscode.TextDocument): Promise<Assistance> | undefined => (this.#candidates.has(document) ? this.assistance() : undefined);
    const selector = LANGUAGES.map((language) => ({ language }));
    this.#subscriptions = [
      this.#lensesChanged,
      vscode.languages.registerHoverProvider(selector, { provideHover: async (d, at, token) => (await worth(d))?.hover.provideHover(d, at, token) }),
      vscode.languages.registerCompletionItemProvider(
        selector,
        { provideCompletionItems: async (d, at, token) => (await worth(d))?.completion.provideCompletionItems(d, at, token) },
        '"',
        '/',
        ':',
      ),
      vscode.languages.registerCodeActionsProvider(
        selector,
        { provideCodeActions: async (d, range, context, token) => (await worth(d))?.actions.provideCodeActions(d, range, context, token) },
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite] },
      ),
      vscode.languages.registerCodeLensProvider(selector, {
        onDidChangeCodeLenses: this.#lensesChanged.event,
        provideCodeLenses: async (d) => (await worth(d))?.lenses.provideCodeLenses(d),
      }),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const { document } of editors) this.#look(document, 0);
      }),
      // A document that changes its language is opened anew in the editor that shows it.
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (isVisible(document)) this.#look(document, 0);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#look(document, SETTLED);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        clearTimeout(this.#timers.get(document.uri.toString()));
        void this.#assistance?.then((a) => a.drop(document));
      }),
      vscode.workspace.onDidChangeConfiguration((e) => {
        if (e.affectsConfiguration('callDoctor.lenses')) this.#lensesChanged.fire();
        if (e.affectsConfiguration('callDoctor.country')) this.#lookAtAll();
      }),
      services.accounts.onDidChange(() => {
        void this.#assistance?.then((a) => a.names.forget());
        this.#lookAtAll();
      }),
    ];
    this.#lookAtAll();
  }

  assistance(): Promise<Assistance> {
    this.#assistance ??= import('./assistance.js').then(({ Assistance }) => new Assistance(this.#candidates, this.services));
    return this.#assistance;
  }

  /** Takes a document as the body of a call request, in this window, or no longer. @returns whether it is now */
  toggle(document: vscode.TextDocument): boolean {
    const is = this.#candidates.toggle(document);
    this.#look(document, 0);
    this.#lensesChanged.fire();
    return is;
  }

  #lookAtAll(): void {
    for (const { document } of vscode.window.visibleTextEditors) this.#look(document, 0);
  }

  /** Reports the problems of a document once it has rested; those of one that holds no call any more are taken away. */
  #look(document: vscode.TextDocument, after: number): void {
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        if (document.isClosed) return;
        if (this.#assistance || this.#candidates.has(document)) void this.assistance().then((a) => a.problems.report(document));
      }, after),
    );
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const s of this.#subscriptions) s.dispose();
    void this.#assistance?.then((a) => a.dispose());
  }
}

const isVisible = (document: vscode.TextDocument): boolean => vscode.window.visibleTextEditors.some((e) => e.document === document);
