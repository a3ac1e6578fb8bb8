import * as vscode from 'vscode';
import { isPayloadName } from '../editor/calls/mayHoldCalls.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import type { CommandServices } from './services.js';

/** Takes the JSON document of the active editor as the body of a call request, in this window, or no longer. */
export function helpInThisDocument({ editor }: CommandServices): void {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || !/^(?:jsonc?|json5)$/.test(document.languageId)) {
    void vscode.window.showInformationMessage('Open a JSON document that holds the body of a call request.');
    return;
  }
  const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
  if (isPayloadName(document.uri.path)) {
    void vscode.window.showInformationMessage(withoutLinks(`${name} is known as a call request by its name.`));
    return;
  }
  const is = editor.toggle(document);
  void vscode.window.setStatusBarMessage(is ? `${name} is read as the body of a call request` : `${name} is no longer read as a call request`, 5000);
}
