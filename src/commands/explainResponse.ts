import * as vscode from 'vscode';
import { diagnose } from '../diagnosis/diagnose.js';
import type { Exchange, ReadResult } from '../exchange/exchange.js';
import { readRequest } from '../exchange/readRequest.js';
import { readResponse } from '../exchange/readResponse.js';
import { redactExchange } from '../exchange/redact.js';
import type { CommandServices } from './services.js';

/** Explains an answer that is selected, or in the clipboard; the request with it, where the text has both. */
export async function explainResponse(s: CommandServices): Promise<void> {
  const source = await textAtHand('Explain Response');
  if (!source) return;
  const result = readResponse(source.text);
  await show(s, result, source.from, (e) => (e.response ? e : undefined));
}

/** Reads a cURL command that is selected, or in the clipboard, and says what speaks against it before it is sent again. */
export async function importCurl(s: CommandServices): Promise<void> {
  const source = await textAtHand('Import cURL');
  if (!source) return;
  const result = readRequest(source.text);
  await show(s, result, source.from, (e) => (e.request ? e : undefined));
}

async function show(s: CommandServices, result: ReadResult, from: string, usable: (e: Exchange) => Exchange | undefined): Promise<void> {
  if (!result.ok) {
    const where = result.line === undefined ? '' : ` (line ${result.line}, column ${result.column ?? 1})`;
    void vscode.window.showErrorMessage(`The ${from} cannot be read${where}: ${result.problem} Select the command or the answer, or copy it, and try again.`);
    return;
  }
  const exchanges = result.exchanges.flatMap((e) => usable(e) ?? []);
  const first = exchanges.find((e) => (e.response?.status ?? 0) >= 400) ?? exchanges[0];
  if (!first) {
    void vscode.window.showErrorMessage(`There is nothing in the ${from} to explain.`);
    return;
  }
  const exchange = redactExchange(first);
  const diagnosis = diagnose({ exchange, operations: await s.facts.operations() });
  const { request } = exchange;
  await s.calls.show({ exchange, diagnosis }, request ? `${request.method} ${request.url.replace(/^https?:\/\/[^/]*/, '').replace(/\?.*$/s, '')}` : 'answer');
  if (result.notes.length > 0) void vscode.window.showInformationMessage(result.notes.slice(0, 3).join(' '));
}

/** The selection, else the clipboard, else nothing, and then it says how. */
async function textAtHand(title: string): Promise<{ text: string; from: string } | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor && !editor.selection.isEmpty) return { text: editor.document.getText(editor.selection), from: 'selection' };
  const clipboard = await vscode.env.clipboard.readText();
  if (clipboard.trim() !== '') return { text: clipboard, from: 'clipboard' };
  void vscode.window.showInformationMessage(`${title}: select the text in an editor, or copy it, first.`);
  return undefined;
}
