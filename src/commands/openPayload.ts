import * as vscode from 'vscode';

/** Opens a call payload as an unsaved `*.call.json`, where hover, completion and validation help. */
export async function openPayload(body: unknown): Promise<void> {
  const text = typeof body === 'string' && body !== '' ? body : JSON.stringify({ phoneNumber: '+13175550142' }, null, 2);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.path ?? '';
  const uri = vscode.Uri.from({ scheme: 'untitled', path: `${folder}/untitled-${Date.now().toString(36)}.call.json` });
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, 'json'));
  const start = new vscode.Position(0, 0);
  await editor.edit((edit) => edit.insert(start, `${text}\n`));
  editor.selection = new vscode.Selection(start, start);
}
