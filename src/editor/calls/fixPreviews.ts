import * as vscode from 'vscode';
import type { Fix } from '../../assist/fix.js';
import { changed } from '../../exchange/mappedText.js';
import { withoutLinks } from '../../platform/withoutLinks.js';

const SCHEME = 'call-doctor-preview';
const APPLY = 'Make This Change';
/** How many previews are remembered. */
const MOST_KEPT = 20;

interface Preview {
  readonly document: vscode.Uri;
  readonly version: number;
  readonly fix: Fix;
  readonly text: string;
}

/** Changes of a text, shown beside the text before they are made. */
export class FixPreviews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #previews = new Map<string, Preview>();
  readonly #provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  #count = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#previews.get(uri.toString())?.text ?? '';
  }

  /** Opens the comparison, and offers to make the change. @param version of the document that the change is for */
  async open(uri: vscode.Uri, version: number, fix: Fix): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.version !== version) return tellStale();
    const edits = [...fix.edits].sort((a, b) => a.start - b.start).map(({ start, end, newText }) => ({ start, end, text: newText }));
    const preview = vscode.Uri.from({ scheme: SCHEME, path: uri.path, query: String(++this.#count) });
    this.#previews.set(preview.toString(), { document: uri, version, fix, text: changed(document.getText(), edits) });
    for (const oldest of this.#previews.keys()) if (this.#previews.size > MOST_KEPT) this.#previews.delete(oldest);
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    await vscode.commands.executeCommand('vscode.diff', uri, preview, `${name}: ${fix.title}`);
    // Not waited for: the button in the title of the comparison makes the change too.
    void vscode.window.showInformationMessage(withoutLinks(`${fix.title}? ${fix.notes.join(' ')}`.trim()), APPLY).then((answer) => {
      if (answer === APPLY) return this.apply(preview);
      return undefined;
    });
  }

  /** Makes the change of a comparison and closes it. @param uri of its right side; of the comparison that is open where absent */
  async apply(uri: vscode.Uri | undefined): Promise<void> {
    const wanted = uri?.scheme === SCHEME ? uri.toString() : rightSide(vscode.window.tabGroups.activeTabGroup.activeTab);
    const preview = wanted === undefined ? undefined : this.#previews.get(wanted);
    if (wanted === undefined || !preview) return;
    const document = await vscode.workspace.openTextDocument(preview.document);
    if (document.version !== preview.version) return tellStale();
    const edit = new vscode.WorkspaceEdit();
    for (const { start, end, newText } of preview.fix.edits)
      edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), newText);
    if (!(await vscode.workspace.applyEdit(edit))) return;
    this.#previews.delete(wanted);
    await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap((g) => g.tabs).filter((t) => rightSide(t) === wanted));
    await vscode.window.showTextDocument(document);
  }

  dispose(): void {
    this.#provider.dispose();
  }
}

const rightSide = (tab: vscode.Tab | undefined): string | undefined =>
  tab?.input instanceof vscode.TabInputTextDiff && tab.input.modified.scheme === SCHEME ? tab.input.modified.toString() : undefined;

function tellStale(): void {
  void vscode.window.showWarningMessage('The text has changed since. Nothing was changed: ask for the repair again.');
}
