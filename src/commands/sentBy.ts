import * as vscode from 'vscode';
import type { Account } from '../accounts/account.js';
import type { Attempt } from '../org/calls/attempt.js';
import type { Client } from '../org/client.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import type { CommandServices } from './services.js';

/**
 * The sign-in that sent an attempt, and the way to its org. Who is signed out is told, with a way back; nothing is done as somebody
 * else. An attempt of an earlier version names nobody: then whoever works in this window in the same org.
 */
export async function sentBy(s: CommandServices, attempt: Attempt): Promise<{ readonly account: Account; readonly client: Client } | undefined> {
  const account = await senderIn(s, attempt);
  if (!account) {
    const who =
      attempt.sender === undefined
        ? `somebody in ${attempt.org || attempt.region}`
        : `the ${attempt.sender.kind} that sent it in ${attempt.org || attempt.region}`;
    const answer = await vscode.window.showWarningMessage(withoutLinks(`This has to be done as ${who}, who is signed out.`), 'Sign In');
    if (answer === 'Sign In' && (await s.signIn()) && (await senderIn(s, attempt))) return sentBy(s, attempt);
    return undefined;
  }
  const way = await s.accounts.client(account);
  if (way.kind === 'failed') {
    void vscode.window.showErrorMessage(withoutLinks(`${account.name} cannot be used: ${way.why}.`));
    return undefined;
  }
  return { account, client: way.client };
}

async function senderIn(s: CommandServices, { sender, region, org }: Attempt): Promise<Account | undefined> {
  const all = await s.accounts.list();
  if (sender)
    return (
      all.find((a) => a.id === sender.account) ??
      all.find((a) => a.principal !== '' && a.principal === sender.principal && regionName(a) === region && a.orgId === (sender.orgId ?? a.orgId))
    );
  const active = await s.accounts.active();
  return active && regionName(active) === region && active.org === org ? active : undefined;
}

/** As attempts name it: any sandbox is `sandbox`. */
const regionName = ({ region }: Account): string => (region.startsWith('http') ? 'sandbox' : region);
