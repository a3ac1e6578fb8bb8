import * as vscode from 'vscode';
import { compose } from './compose.js';

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Call Doctor', { log: true });
  context.subscriptions.push(log);
  try {
    context.subscriptions.push({ dispose: disposeAll(compose(context, log)) });
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
    void vscode.window.showErrorMessage('Call Doctor could not start. Its log says why.', 'Show Log').then((show) => show && log.show());
  }
}

/** What is made later is pushed to the same list, so it is read when the extension ends. */
const disposeAll = (disposables: readonly vscode.Disposable[]) => (): void => {
  for (const d of disposables) d.dispose();
};
