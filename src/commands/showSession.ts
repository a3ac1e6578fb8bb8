import * as vscode from 'vscode';
import { type Account, accountLabel } from '../accounts/account.js';
import { sessionMarkdown, sessionRows } from '../accounts/sessionReport.js';
import { readSession } from '../org/oauth/session.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import type { CommandServices } from './services.js';
import { signOutOf, switchAccount } from './switchAccount.js';

type Item = vscode.QuickPickItem & { readonly copy?: string; readonly run?: () => Promise<unknown> };

/** Shows what the sign-in of this window is and gives, as the org tells it now. Choosing a line copies it. */
export async function showSession(s: CommandServices, of?: Account): Promise<void> {
  const account = of ?? (await s.accounts.active());
  if (!account) {
    const chosen = await vscode.window.showInformationMessage('Nobody is signed in.', 'Sign In…');
    if (chosen) await s.signIn();
    return;
  }
  const way = await s.accounts.client(account);
  if (way.kind === 'failed') return failed(s, account, way.why);
  const session = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: withoutLinks(`Asking ${way.client.region.label} what ${account.name} may do…`),
      cancellable: true,
    },
    (_progress, cancelled) => {
      const controller = new AbortController();
      cancelled.onCancellationRequested(() => controller.abort());
      return readSession(way.client, controller.signal);
    },
  );
  if (session.caller.kind === 'unchecked' && session.grant.kind === 'unchecked') {
    if (session.grant.why === 'cancelled') return;
    return failed(s, account, session.grant.why);
  }
  const { organization, client, scopes } = session;
  await s.accounts.complete(account, {
    ...(organization.kind === 'known' ? { org: organization.value.name, orgId: organization.value.id } : {}),
    ...(client.kind === 'known' && account.clientId === '' ? { clientId: client.value.id } : {}),
    ...(scopes.kind === 'known' && account.kind === 'user' ? { scopes: scopes.value } : {}),
  });
  await show(s, account, sessionRows(account, session));
}

async function show(s: CommandServices, account: Account, rows: ReturnType<typeof sessionRows>): Promise<void> {
  const items: Item[] = [
    ...rows.map(
      ({ name, words, detail, icon }): Item => ({
        label: `$(${icon}) ${name}`,
        description: words,
        ...(detail === undefined ? {} : { detail }),
        copy: words,
      }),
    ),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: '$(markdown) Copy All as Markdown', copy: sessionMarkdown(rows) },
    { label: '$(account) Switch Account…', run: () => switchAccount(s) },
    { label: '$(sign-out) Sign Out', run: () => signOutOf(s, account) },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: accountLabel(account),
    placeHolder: 'Enter copies a line',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked?.run) await picked.run();
  if (picked?.copy === undefined) return;
  await vscode.env.clipboard.writeText(picked.copy);
  vscode.window.setStatusBarMessage('Copied.', 4000);
}

async function failed(s: CommandServices, account: Account, why: string): Promise<void> {
  // Who was signed out by it has been told why.
  if (!(await s.accounts.isSignedIn(account))) return;
  const chosen = await vscode.window.showErrorMessage(withoutLinks(`What ${accountLabel(account)} may do is not known: ${why}.`), 'Switch Account…');
  if (chosen) await switchAccount(s);
}
