import * as vscode from 'vscode';
import { compose } from './compose.js';

export function activate(context: vscode.ExtensionContext): void {
  // Made when something is first logged: an output channel is a file.
  let channel: vscode.LogOutputChannel | undefined;
  const log = (): vscode.LogOutputChannel => {
    channel ??= vscode.window.createOutputChannel('Call Doctor', { log: true });
    return channel;
  };
  context.subscriptions.push({ dispose: () => channel?.dispose() });
  try {
    context.subscriptions.push({ dispose: disposeAll(compose(context, log)) });
  } catch (error) {
    log().error(error instanceof Error ? error : String(error));
    void vscode.window.showErrorMessage('Call Doctor could not start. Its log says why.', 'Show Log').then((show) => show && log().show());
  }
}

/** What is made later is pushed to the same list, so it is read when the extension ends. */
const disposeAll = (disposables: readonly vscode.Disposable[]) => (): void => {
  for (const d of disposables) d.dispose();
};
