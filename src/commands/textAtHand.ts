import * as vscode from 'vscode';
import { withoutLinks } from '../platform/withoutLinks.js';

/** A text, and where it is from in words. */
export interface Source {
  readonly text: string;
  readonly from: string;
  /** The document or file that it is of, and where it begins there. */
  readonly uri?: vscode.Uri;
  readonly languageId?: string;
  readonly offset: number;
}

/** What is looked for, for the questions that are asked. */
export interface Wanted {
  readonly title: string;
  /** "HAR, Pact, .http, a log, JSON" */
  readonly files: string;
  /** Whether a text holds it. */
  holds(text: string): boolean;
}

/** The largest file that is read, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The selection; the clipboard where it holds what is wanted; else what the person picks. */
export async function textAtHand(wanted: Wanted): Promise<Source | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor && !editor.selection.isEmpty) return ofDocument(editor.document, editor.selection);
  const clipboard: Source = { text: await vscode.env.clipboard.readText(), from: 'clipboard', offset: 0 };
  if (clipboard.text.trim() !== '' && wanted.holds(clipboard.text)) return clipboard;
  const sources: (vscode.QuickPickItem & { readonly text: () => Promise<Source | undefined> | Source })[] = [
    ...(editor
      ? [{ label: '$(file-text) This editor', description: vscode.workspace.asRelativePath(editor.document.uri), text: () => ofDocument(editor.document) }]
      : []),
    ...(clipboard.text.trim() === '' ? [] : [{ label: '$(clippy) The clipboard', text: () => clipboard }]),
    { label: '$(folder-opened) A file…', description: wanted.files, text: () => pickFile(wanted.title) },
  ];
  const picked = await vscode.window.showQuickPick(sources, { title: wanted.title, placeHolder: 'Where is it? A selection in an editor is taken first.' });
  return picked?.text();
}

const ofDocument = (document: vscode.TextDocument, selection?: vscode.Selection): Source => ({
  text: document.getText(selection),
  from: selection ? 'selection' : 'editor',
  uri: document.uri,
  languageId: document.languageId,
  offset: selection ? document.offsetAt(selection.start) : 0,
});

async function pickFile(title: string): Promise<Source | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ canSelectMany: false, openLabel: 'Open', title })) ?? [];
  return file && textOfFile(file);
}

/** The text of a file; where it cannot be read, the person is told. */
export async function textOfFile(file: vscode.Uri): Promise<Source | undefined> {
  const name = vscode.workspace.asRelativePath(file);
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > MOST_BYTES) {
      void vscode.window.showErrorMessage(
        withoutLinks(
          `${name} has ${Math.round(size / 1024 / 1024)} MB; up to ${MOST_BYTES / 1024 / 1024} are read. call-doctor explain --exchanges streams larger ones.`,
        ),
      );
      return undefined;
    }
    return { text: new TextDecoder().decode(await vscode.workspace.fs.readFile(file)), from: `file ${name}`, uri: file, offset: 0 };
  } catch (e) {
    void vscode.window.showErrorMessage(withoutLinks(`${name} cannot be read: ${e instanceof Error ? e.message : String(e)}`));
    return undefined;
  }
}
