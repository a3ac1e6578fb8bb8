import * as vscode from 'vscode';
import { withoutLinks } from '../platform/withoutLinks.js';

export interface Saved {
  /** The name that is proposed. */
  readonly name: string;
  readonly title: string;
  readonly filters: Readonly<Record<string, string[]>>;
  readonly text: string;
  /** What to say when it is written. */
  readonly done: (file: string) => string;
  /** Beside "Open". */
  readonly actions?: readonly string[];
}

/** Writes a text into a file that the person picks, in UTF-8. @returns the action that was chosen then; undefined for none, or where nothing was written */
export async function saveText({ name, title, filters, text, done, actions = [] }: Saved): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog({ title, filters, ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}) });
  if (!file) return undefined;
  try {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  } catch (e) {
    void vscode.window.showErrorMessage(
      withoutLinks(`${vscode.workspace.asRelativePath(file)} was not written: ${e instanceof Error ? e.message : String(e)}`),
    );
    return undefined;
  }
  const chosen = await vscode.window.showInformationMessage(withoutLinks(done(vscode.workspace.asRelativePath(file))), 'Open', ...actions);
  if (chosen === 'Open') await vscode.window.showTextDocument(file);
  return chosen;
}
