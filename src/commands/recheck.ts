import * as vscode from 'vscode';
import { withoutLinks } from '../platform/withoutLinks.js';
import type { CommandServices } from './services.js';

/** Judges the exchange in the panel again, with what the org says now to whoever is signed in. Only reads are sent. */
export async function recheck(s: CommandServices): Promise<void> {
  const record = s.cases.current;
  const account = await s.accounts.active();
  if (!record?.exchange.request) {
    void vscode.window.showInformationMessage('There is no request to check again. Place a call, or explain a response that comes with its request.');
    return;
  }
  if (!account) {
    const answer = await vscode.window.showInformationMessage('To ask the org, sign in first.', 'Sign In');
    if (answer === 'Sign In' && (await s.signIn())) await recheck(s);
    return;
  }
  const title = `Asking ${account.org || account.region} as ${account.name}`;
  await vscode.window.withProgress({ location: { viewId: 'callDoctor.diagnosis' }, title }, async () => {
    const [{ explain }, operations, got] = await Promise.all([import('../org/callDesk.js'), s.facts.operations(), s.accounts.client(account)]);
    if (got.kind === 'failed') {
      void vscode.window.showErrorMessage(withoutLinks(`The org was not asked: ${got.why}`));
      return;
    }
    const explained = await explain(got.client, operations, record.exchange);
    if (s.cases.current?.id === record.id) s.cases.show({ ...record, ...explained, at: new Date(), sandbox: account.how === 'sandbox' });
  });
}
