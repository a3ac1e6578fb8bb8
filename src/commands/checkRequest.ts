import * as vscode from 'vscode';
import { diagnose } from '../diagnosis/diagnose.js';
import { type HttpRequest, REDACTED } from '../exchange/exchange.js';
import { redactExchange } from '../exchange/redact.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import type { CommandServices } from './services.js';
import { type CallInDocument, nameOfCall, requestToSend, writtenAt } from './writtenAt.js';

/** Says what speaks against a call before it is sent, with what the org says to whoever is signed in. Only reads are sent. */
export async function checkRequest(s: CommandServices, uri: unknown, offset: unknown): Promise<void> {
  const found = await writtenAt(s, uri, offset);
  if (found) await check(s, found);
}

async function check(s: CommandServices, found: CallInDocument): Promise<void> {
  const title = nameOfCall(found.call);
  const [account, operations] = await Promise.all([s.accounts.active(), s.facts.operations()]);
  if (!account) {
    const exchange = { request: requestToSend(found.call) };
    await s.calls.show({ exchange, diagnosis: diagnose({ exchange, operations }) }, title);
    const answer = await vscode.window.showInformationMessage(
      'This says what the text alone shows. Signed in, the check also asks the org: permissions, divisions, station.',
      'Sign In',
    );
    if (answer === 'Sign In' && (await s.signIn())) await check(s, found);
    return;
  }
  const way = await s.accounts.client(account);
  if (way.kind === 'failed') {
    void vscode.window.showErrorMessage(withoutLinks(`The org was not asked: ${way.why}.`));
    return;
  }
  const { client } = way;
  const request = withOwnToken(requestToSend(found.call, (method, path) => client.describe(method, path)));
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: withoutLinks(`Asking ${account.org || account.region} as ${account.name}…`),
    cancellable: true,
  };
  const explained = await vscode.window.withProgress(progress, async (_progress, cancelled) => {
    const controller = new AbortController();
    cancelled.onCancellationRequested(() => controller.abort());
    const desk = await import('../org/callDesk.js');
    const result = await desk.checkRequest(client, operations, request, controller.signal);
    return controller.signal.aborted ? undefined : result;
  });
  if (explained) await s.calls.show(explained, title, { sandbox: client.region.sandbox });
}

/** Whoever is signed in brings a token: what stands for one in the text is no problem of the call. */
const withOwnToken = (request: HttpRequest): HttpRequest => ({
  ...request,
  headers: request.headers.map(([name, value]) => [name, /^authorization$/i.test(name) && /^\s*bearer\s+\S/i.test(value) ? `Bearer ${REDACTED}` : value]),
});

/** Explains the answer that stands with a request in a text. */
export async function explainRegion(s: CommandServices, uri: unknown, offset: unknown): Promise<void> {
  const found = await writtenAt(s, uri, offset);
  if (!found) return;
  const { request, response } = found.call.region;
  if (!response) {
    void vscode.window.showInformationMessage('No answer stands with this request. Explain Response… takes one from a selection, a file or the clipboard.');
    return;
  }
  const exchange = redactExchange({ request, response: response.response });
  await s.calls.show({ exchange, diagnosis: diagnose({ exchange, operations: await s.facts.operations() }) }, nameOfCall(found.call));
}
