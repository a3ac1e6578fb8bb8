import * as vscode from 'vscode';
import { callAt, readWritten, type WrittenCall, type WrittenText } from '../assist/writtenCall.js';
import type { HttpRequest } from '../exchange/exchange.js';
import { parseJson } from '../exchange/parseJson.js';
import { redactExchange } from '../exchange/redact.js';
import { optional } from '../platform/json.js';
import { pathOf } from '../platform/operations.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import type { CommandServices } from './services.js';

/** A call in a document. */
export interface CallInDocument {
  readonly document: vscode.TextDocument;
  readonly written: WrittenText;
  readonly call: WrittenCall;
}

/**
 * The call that a lens names by URI and offset or, for the palette, the one at the cursor of the active editor: that which the cursor or
 * the selection is in, or the only one there is. Tells the person where there is none.
 */
export async function writtenAt(s: CommandServices, uri: unknown, offset: unknown): Promise<CallInDocument | undefined> {
  const found = await findWritten(s, uri, offset);
  if (found && 'call' in found) return found;
  const why = found?.declined ?? 'There is no call at the cursor. Put the cursor into a cURL command, a request or a *.call.json.';
  void vscode.window.showInformationMessage(withoutLinks(why));
  return undefined;
}

/** The same, without a word where there is none. */
export async function findWritten(s: CommandServices, uri: unknown, offset: unknown): Promise<CallInDocument | { readonly declined: string } | undefined> {
  const named = typeof uri === 'string' ? await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true)) : undefined;
  const editor = vscode.window.activeTextEditor;
  const document = named ?? editor?.document;
  if (!document) return undefined;
  const written = await writtenIn(s, document);
  if (written.declined !== undefined) return { declined: written.declined };
  const call = typeof offset === 'number' ? callAt(written, offset) : editor?.document === document ? atCursor(written, document, editor.selection) : undefined;
  return call && { document, written, call };
}

/** The calls of a document: as the editor reads it and, where that does not look at it, as its text is. */
export async function writtenIn(s: CommandServices, document: vscode.TextDocument): Promise<WrittenText> {
  const read = await (await s.editor.assistance()).documents.read(document);
  const hint = { languageId: document.languageId, fileName: document.uri.path };
  return read?.written ?? readWritten(document.getText(), hint, await s.facts.operations());
}

function atCursor(written: WrittenText, document: vscode.TextDocument, selection: vscode.Selection): WrittenCall | undefined {
  const [start, end] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  const touched = written.calls.find(({ region: { span } }) => span.start <= end && start <= span.end);
  return touched ?? (written.calls.length === 1 ? written.calls[0] : undefined);
}

/** "POST /api/v2/conversations/calls/user/{userId}": for titles. */
export const nameOfCall = ({ operation, region: { request } }: WrittenCall): string => `${request.method} ${operation?.path ?? pathOf(request.url)}`;

/**
 * The request without secrets, as it would be sent: forms that leave host and headers to Call Doctor get them from `describe`, and
 * without their comments, which Call Doctor does not send.
 */
export function requestToSend({ region }: WrittenCall, describe?: (method: string, path: string) => HttpRequest): HttpRequest {
  const { request } = redactExchange({ request: region.request });
  const { method, url, body, headers } = request ?? region.request;
  if (headers.length > 0 || !url.startsWith('/')) return request ?? region.request;
  const read = body === undefined ? undefined : parseJson(body);
  const sent = read?.ok && read.tolerated ? JSON.stringify(read.value, null, 2) : body;
  const described = describe?.(method, url);
  const own: HttpRequest['headers'] = described ? [...described.headers, ...(sent === undefined ? [] : [['Content-Type', 'application/json'] as const])] : [];
  return { method, url: described?.url ?? url, headers: own, ...optional('body', sent) };
}
