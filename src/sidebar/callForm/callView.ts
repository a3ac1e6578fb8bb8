import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { CallForm, type FormServices, type Picked } from './callForm.js';
import { readFormMessage } from './formMessage.js';
import { formPage } from './page.js';

/** The form's webview. The form lives as long as the window; the page is made anew whenever the view is shown. */
export class CallView implements vscode.WebviewViewProvider, vscode.Disposable {
  #view: vscode.WebviewView | undefined;
  #form: CallForm | undefined;
  #posting = false;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly services: FormServices,
  ) {}

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    const folder = vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview');
    const at = (file: string): string => view.webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
    view.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    view.webview.onDidReceiveMessage((raw: unknown) => {
      const message = readFormMessage(raw);
      if (message) void this.#opened().handle(message);
    });
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = undefined;
    });
    view.webview.html = formPage({
      cspSource: view.webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      script: at('form.js'),
      style: at('form.css'),
      codicons: at('codicon.css'),
    });
    this.#opened();
  }

  /** Somebody else is signed in. A form that was never shown has nothing to reload. */
  reload(): void {
    void this.#form?.load();
  }

  /** Something that the form shows has changed elsewhere. */
  refresh(): void {
    this.#post();
  }

  /** What is picked; nothing in a form that was never shown. */
  get picked(): Picked {
    return this.#form?.picked ?? {};
  }

  #opened(): CallForm {
    if (!this.#form) {
      this.#form = new CallForm(this.services, () => this.#post());
      void this.#form.load();
    }
    return this.#form;
  }

  /** Several changes in one turn are one message. */
  #post(): void {
    if (this.#posting) return;
    this.#posting = true;
    queueMicrotask(() => {
      this.#posting = false;
      if (this.#form) void this.#view?.webview.postMessage({ type: 'state', state: this.#form.state });
    });
  }

  dispose(): void {
    this.#view = undefined;
  }
}
