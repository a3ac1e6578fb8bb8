import * as vscode from 'vscode';
import { until } from './waiting.js';

const URL = 'https://api.mypurecloud.com/api/v2/conversations/calls';

/** A request with a body in each form that a file has it, and what VS Code takes the file for where nothing provides .http. */
export const FORMS: readonly {
  readonly form: string;
  readonly file: string;
  readonly language: string;
  text(body: string, path?: string): string;
}[] = [
  {
    form: 'a shell script',
    file: 'call.sh',
    language: 'shellscript',
    text: (body, path = '') =>
      `#!/bin/sh\ncurl -X POST ${URL}${path} -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\\n  -d '${body}'\n`,
  },
  {
    form: 'a Markdown fence',
    file: 'call.md',
    language: 'markdown',
    text: (body, path = '') =>
      `# Calls\n\n\`\`\`sh\ncurl -X POST ${URL}${path} -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '${body}'\n\`\`\`\n`,
  },
  {
    form: 'an .http file',
    file: 'call.http',
    language: 'plaintext',
    text: (body, path = '') => `### Call\nPOST ${URL}${path} HTTP/1.1\nAuthorization: Bearer {{token}}\nContent-Type: application/json\n\n${body}\n`,
  },
  {
    form: 'a Pact file',
    file: 'pact.json',
    language: 'json',
    text: (body, path = '') =>
      `{"consumer": {"name": "a"}, "provider": {"name": "b"}, "interactions": [{"description": "c", "request": {"method": "POST", "path": "/api/v2/conversations/calls${path}", "headers": {"Content-Type": "application/json"}, "body": ${body}}, "response": {"status": 200}}]}\n`,
  },
];

/** The position of the first character of a text in a document, or behind it. */
export function at(document: vscode.TextDocument, text: string, more = 0): vscode.Position {
  const offset = document.getText().indexOf(text);
  if (offset === -1) throw new Error(`there is no ${text} in\n${document.getText()}`);
  return document.positionAt(offset + more);
}

/** What this extension has found in a document. */
export const ours = (document: vscode.TextDocument): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(document.uri).filter((d) => d.source === 'Call Doctor');

/** The problem with a code, once it is shown. */
export const problem = (document: vscode.TextDocument, code: string): Promise<vscode.Diagnostic> =>
  until(`${code} in ${document.fileName}`, () => ours(document).find((d) => d.code === code));

export const hoverAt = (document: vscode.TextDocument, position: vscode.Position): Thenable<vscode.Hover[]> =>
  vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);

export const completionsAt = async (document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> =>
  (await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, position)).items;

export const labelOf = ({ label }: vscode.CompletionItem): string => (typeof label === 'string' ? label : label.label);

/** The text of a document with a completion taken. */
export function taken(document: vscode.TextDocument, item: vscode.CompletionItem): string {
  const range = item.range instanceof vscode.Range ? item.range : item.range?.replacing;
  if (!range) throw new Error(`${labelOf(item)} has no range`);
  const text = document.getText();
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return text.slice(0, start) + (typeof item.insertText === 'string' ? item.insertText : (item.insertText?.value ?? labelOf(item))) + text.slice(end);
}

/** The actions at a range. VS Code cancels the question where the document or its problems change meanwhile: then it is asked again. */
export const actionsAt = (document: vscode.TextDocument, range: vscode.Range, kind?: vscode.CodeActionKind): Promise<vscode.CodeAction[]> =>
  until('actions', async () => {
    try {
      return await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, kind?.value);
    } catch (e) {
      if (e instanceof Error && e.name === 'Canceled') return undefined;
      throw e;
    }
  });

export const lensesOf = (document: vscode.TextDocument): Thenable<vscode.CodeLens[]> =>
  vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);

export const closeAll = (): Thenable<unknown> => vscode.commands.executeCommand('workbench.action.closeAllEditors');
