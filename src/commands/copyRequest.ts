import * as vscode from 'vscode';
import { type HttpRequest, REDACTED } from '../exchange/exchange.js';
import { redactExchange } from '../exchange/redact.js';
import { shellVariables } from '../exchange/shellVariables.js';
import { writeCurl } from '../exchange/writeCurl.js';
import { REGIONS } from '../platform/regions.js';
import { copiedWords, copyShell } from './copyShell.js';
import type { CommandServices } from './services.js';
import { type CallInDocument, requestToSend, writtenAt } from './writtenAt.js';

/** Copies a call of a text as a cURL command. No secret of the text is in it. */
export async function copyRequestAsCurl(s: CommandServices, uri: unknown, offset: unknown): Promise<void> {
  const found = await writtenAt(s, uri, offset);
  if (found) await copyCall(s, found);
}

export async function copyCall(s: CommandServices, { call }: CallInDocument): Promise<void> {
  const api = call.region.request.url.startsWith('/') ? await apiHost(s) : '';
  if (api === undefined) return;
  const shell = await copyShell();
  if (shell === undefined) return;
  const request = call.region.request.url.startsWith('/')
    ? requestToSend(call, (method, path) => ({ method, url: api + path, headers: [['Authorization', `Bearer ${REDACTED}`]] }))
    : withoutSecrets(call.region.request);
  const command = writeCurl({ ...request, url: request.url.startsWith('/') ? api + request.url : request.url }, shell, shellVariables(call.region));
  await vscode.env.clipboard.writeText(command);
  vscode.window.setStatusBarMessage(`${copiedWords(shell)}${api ? ` It goes to ${api}.` : ''}`, 6000);
}

/** Without secrets by their names; the token stays, for `writeCurl` to find it wherever it stands and to write its variable there. */
function withoutSecrets(request: HttpRequest): HttpRequest {
  const redacted = redactExchange({ request }).request ?? request;
  return { ...redacted, headers: redacted.headers.map((h, i) => (/^authorization$/i.test(h[0]) ? (request.headers[i] ?? h) : h)) };
}

/** Where a call goes that names no host: the region of whoever is signed in, or one that is picked. */
async function apiHost(s: CommandServices): Promise<string | undefined> {
  const account = await s.accounts.active();
  const way = account && (await s.accounts.client(account));
  if (way?.kind === 'ok') return way.client.region.api;
  const items = REGIONS.map(({ name, label, api }) => ({ label, description: name, detail: api, api }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Copy as cURL',
    placeHolder: 'The call names no host, and nobody is signed in: to which region?',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.api;
}
