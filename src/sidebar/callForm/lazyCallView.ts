import type * as vscode from 'vscode';
import type { FormServices, Picked } from './callForm.js';
import type { CallView } from './callView.js';

/** Stands in for the call form until it is first shown, so that activation does not load it. */
export class LazyCallView implements vscode.WebviewViewProvider, vscode.Disposable {
  #view: Promise<CallView> | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly services: FormServices,
  ) {}

  async resolveWebviewView(view: vscode.WebviewView): Promise<void> {
    this.#view ??= import('./callView.js').then(({ CallView }) => new CallView(this.extensionUri, this.services));
    (await this.#view).resolveWebviewView(view);
  }

  reload(): void {
    void this.#view?.then((v) => v.reload());
  }

  refresh(): void {
    void this.#view?.then((v) => v.refresh());
  }

  /** What is picked in the form; nothing where it was never shown. Loads nothing. */
  async picked(): Promise<Picked> {
    return (await this.#view)?.picked ?? {};
  }

  dispose(): void {
    void this.#view?.then((v) => v.dispose());
  }
}
