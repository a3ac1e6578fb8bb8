import * as vscode from 'vscode';
import { diagnose } from '../diagnosis/diagnose.js';
import type { Exchange, ReadResult } from '../exchange/exchange.js';
import { readResponse } from '../exchange/readResponse.js';
import { redactExchange } from '../exchange/redact.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import type { CommandServices } from './services.js';
import { textAtHand, textOfFile } from './textAtHand.js';

/** Explains an answer: of a file, a selection, the clipboard, or whatever the person picks; the request with it, where the text has both. */
export async function explainResponse(s: CommandServices, file?: vscode.Uri): Promise<void> {
  const wanted = { title: 'Explain Response', files: 'HAR, Pact, .http, a log, JSON', holds: (text: string) => holds(readResponse(text)) };
  const source = await (file ? textOfFile(file) : textAtHand(wanted));
  if (source) await show(s, readResponse(source.text), source.from);
}

async function show(s: CommandServices, result: ReadResult, from: string): Promise<void> {
  if (!result.ok) {
    const where = result.line === undefined ? '' : ` (line ${result.line}, column ${result.column ?? 1})`;
    void vscode.window.showErrorMessage(withoutLinks(`The ${from} cannot be read${where}: ${result.problem} Select the answer, or copy it, and try again.`));
    return;
  }
  const exchanges = result.exchanges.filter((e) => e.response !== undefined);
  if (exchanges.length === 0) {
    void vscode.window.showErrorMessage(withoutLinks(`There is nothing in the ${from} to explain.`));
    return;
  }
  const picked = await pickOne(exchanges);
  if (!picked) return;
  const exchange = redactExchange(picked);
  const diagnosis = diagnose({ exchange, operations: await s.facts.operations() });
  const { request } = exchange;
  await s.calls.show({ exchange, diagnosis }, request ? `${request.method} ${pathOf(request.url)}` : 'answer');
  if (result.notes.length > 0) void vscode.window.showInformationMessage(withoutLinks(result.notes.slice(0, 3).join(' ')));
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

/** Text that is only text is read as a body, too: that alone does not make it an answer. */
const holds = (result: ReadResult): boolean =>
  result.ok && (result.form !== 'body' || /^\s*[{<[]/.test(result.exchanges[0]?.response?.body ?? result.exchanges[0]?.request?.body ?? ''));
