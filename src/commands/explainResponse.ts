import * as vscode from 'vscode';
import { diagnose } from '../diagnosis/diagnose.js';
import type { Exchange, ReadResult } from '../exchange/exchange.js';
import { readRequest } from '../exchange/readRequest.js';
import { readResponse } from '../exchange/readResponse.js';
import { redactExchange } from '../exchange/redact.js';
import type { CommandServices } from './services.js';

/** A text, and where it is from in words. */
interface Source {
  readonly text: string;
  readonly from: string;
}
type Read = (text: string) => ReadResult;

/** The largest file that is read, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Explains an answer: of a file, a selection, the clipboard, or whatever the person picks; the request with it, where the text has both. */
export async function explainResponse(s: CommandServices, file?: vscode.Uri): Promise<void> {
  const source = file ? await textOfFile(file) : await textAtHand('Explain Response', readResponse);
  if (source) await show(s, readResponse(source.text), source.from, (e) => e.response !== undefined);
}

/** Reads a cURL command and says what speaks against it before it is sent again. */
export async function importCurl(s: CommandServices): Promise<void> {
  const source = await textAtHand('Import cURL', readRequest);
  if (source) await show(s, readRequest(source.text), source.from, (e) => e.request !== undefined);
}

async function show(s: CommandServices, result: ReadResult, from: string, usable: (e: Exchange) => boolean): Promise<void> {
  if (!result.ok) {
    const where = result.line === undefined ? '' : ` (line ${result.line}, column ${result.column ?? 1})`;
    void vscode.window.showErrorMessage(`The ${from} cannot be read${where}: ${result.problem} Select the command or the answer, or copy it, and try again.`);
    return;
  }
  const exchanges = result.exchanges.filter(usable);
  if (exchanges.length === 0) {
    void vscode.window.showErrorMessage(`There is nothing in the ${from} to explain.`);
    return;
  }
  const picked = await pickOne(exchanges);
  if (!picked) return;
  const exchange = redactExchange(picked);
  const diagnosis = diagnose({ exchange, operations: await s.facts.operations() });
  const { request } = exchange;
  await s.calls.show({ exchange, diagnosis }, request ? `${request.method} ${pathOf(request.url)}` : 'answer');
  if (result.notes.length > 0) void vscode.window.showInformationMessage(result.notes.slice(0, 3).join(' '));
}

/** One of several, those that were denied first. */
async function pickOne(exchanges: readonly Exchange[]): Promise<Exchange | undefined> {
  if (exchanges.length === 1) return exchanges[0];
  const status = (e: Exchange): number => e.response?.status ?? 0;
  const denied = exchanges.filter((e) => status(e) >= 400);
  const item = (exchange: Exchange) => ({
    label: `${status(exchange) >= 400 ? '$(error)' : '$(pass)'} ${status(exchange) || 'no status'}  ${exchange.request?.method ?? ''} ${pathOf(exchange.request?.url ?? 'answer')}`,
    description: `number ${exchanges.indexOf(exchange) + 1}`,
    exchange,
  });
  const picked = await vscode.window.showQuickPick([...denied, ...exchanges.filter((e) => !denied.includes(e))].map(item), {
    title: `Explain Response (${denied.length} of ${exchanges.length} denied)`,
    placeHolder: 'Which of them?',
    matchOnDescription: true,
  });
  return picked?.exchange;
}

const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]*/, '').replace(/\?.*$/s, '');

/** The selection; the clipboard where it holds what is wanted; else what the person picks. */
async function textAtHand(title: string, read: Read): Promise<Source | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor && !editor.selection.isEmpty) return { text: editor.document.getText(editor.selection), from: 'selection' };
  const clipboard = { text: await vscode.env.clipboard.readText(), from: 'clipboard' };
  if (clipboard.text.trim() !== '' && holds(read(clipboard.text))) return clipboard;
  const sources: (vscode.QuickPickItem & { readonly text: () => Promise<Source | undefined> | Source })[] = [
    ...(editor ? [{ label: '$(file-text) This editor', description: vscode.workspace.asRelativePath(editor.document.uri), text: () => wholeOf(editor) }] : []),
    ...(clipboard.text.trim() === '' ? [] : [{ label: '$(clippy) The clipboard', text: () => clipboard }]),
    { label: '$(folder-opened) A file…', description: 'HAR, Pact, .http, a log, JSON', text: pickFile },
  ];
  const picked = await vscode.window.showQuickPick(sources, { title, placeHolder: 'Where is it? A selection in an editor is taken first.' });
  return picked?.text();
}

/** Text that is only text is read as a body, too: that alone does not make it an answer. */
const holds = (result: ReadResult): boolean =>
  result.ok && (result.form !== 'body' || /^\s*[{<[]/.test(result.exchanges[0]?.response?.body ?? result.exchanges[0]?.request?.body ?? ''));

const wholeOf = (editor: vscode.TextEditor): Source => ({ text: editor.document.getText(), from: 'editor' });

async function pickFile(): Promise<Source | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ canSelectMany: false, openLabel: 'Explain', title: 'Explain a response of a file' })) ?? [];
  return file && textOfFile(file);
}

async function textOfFile(file: vscode.Uri): Promise<Source | undefined> {
  const name = vscode.workspace.asRelativePath(file);
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > MOST_BYTES) {
      void vscode.window.showErrorMessage(
        `${name} has ${Math.round(size / 1024 / 1024)} MB; up to ${MOST_BYTES / 1024 / 1024} are read. call-doctor explain --exchanges streams larger ones.`,
      );
      return undefined;
    }
    return { text: new TextDecoder().decode(await vscode.workspace.fs.readFile(file)), from: `file ${name}` };
  } catch (e) {
    void vscode.window.showErrorMessage(`${name} cannot be read: ${e instanceof Error ? e.message : String(e)}`);
    return undefined;
  }
}
