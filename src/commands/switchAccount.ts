import * as vscode from 'vscode';
import { type Account, accountLabel, grantWords } from '../accounts/account.js';
import type { CommandServices } from './services.js';

/** Chooses who this window works as, or signs in somebody else. */
export async function switchAccount(s: CommandServices): Promise<void> {
  const [all, active] = await Promise.all([s.accounts.list(), s.accounts.active()]);
  type Item = vscode.QuickPickItem & { readonly account?: Account };
  const items: Item[] = all.map((account) => ({
    account,
    label: `${account.kind === 'client' ? '$(key)' : '$(person)'} ${accountLabel(account)}`,
    description: `${account.region} · ${grantWords(account)}${account.id === active?.id ? ' · active' : ''}`,
  }));
  if (items.length > 0) items.push({ label: '', kind: vscode.QuickPickItemKind.Separator });
  items.push({ label: '$(add) Sign in as somebody else…' });
  const picked = await vscode.window.showQuickPick(items, { title: 'Genesys Cloud accounts', placeHolder: 'Who makes the requests of this window?' });
  if (!picked) return;
  if (picked.account) await s.accounts.choose(picked.account);
  else await s.signIn();
}

/** Signs out the active account, or one of several. */
export async function signOut(s: CommandServices): Promise<void> {
  const all = await s.accounts.list();
  if (all.length === 0) {
    void vscode.window.showInformationMessage('Nobody is signed in.');
    return;
  }
  const items = all.map((account) => ({ label: accountLabel(account), description: `${account.region} · ${grantWords(account)}`, account }));
  const picked =
    items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title: 'Sign out', placeHolder: 'Whose sign-in is to be forgotten?' });
  if (!picked) return;
  await s.accounts.remove(picked.account.id);
  void vscode.window.showInformationMessage(`${picked.account.name} is signed out: the secret is deleted.`);
}
