import * as vscode from 'vscode';
import type { Account } from '../accounts/account.js';
import type { Client } from '../org/client.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import type { CommandServices } from './services.js';

/** Who is signed in, or signs in now, and the way to their org. Where there is none, the person was told why. */
export async function caller(s: Pick<CommandServices, 'accounts' | 'signIn'>): Promise<{ readonly account: Account; readonly client: Client } | undefined> {
  const account = (await s.accounts.active()) ?? (await s.signIn());
  if (!account) return undefined;
  const way = await s.accounts.client(account);
  if (way.kind === 'ok') return { account, client: way.client };
  void vscode.window.showErrorMessage(withoutLinks(`${account.name} cannot be used: ${way.why}.`));
  return undefined;
}
