import * as vscode from 'vscode';
import { type Account, accountLabel, apartWords, grantWords, placeWords } from '../accounts/account.js';
import { expiryOf, expiryWords } from '../accounts/expiry.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import type { CommandServices } from './services.js';

type Item = vscode.QuickPickItem & { readonly account?: Account };

const SIGN_OUT: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('sign-out'), tooltip: 'Sign Out' };
const SHOW: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('info'), tooltip: 'Show Session' };

/** Chooses who this window works as, or signs in somebody else; each account can be looked at and signed out there. */
export async function switchAccount(s: CommandServices): Promise<void> {
  const [all, active] = await Promise.all([s.accounts.list(), s.accounts.active()]);
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = 'Genesys Cloud accounts';
  pick.placeholder = 'Who makes the requests of this window?';
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = itemsOf(all, active);
  const chosen = await new Promise<(() => Promise<unknown>) | undefined>((resolve) => {
    const end = (next: () => Promise<unknown>): void => {
      resolve(next);
      pick.hide();
    };
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      if (item) end(() => (item.account ? s.accounts.choose(item.account) : s.signIn()));
    });
    pick.onDidTriggerItemButton(({ button, item: { account } }) => {
      if (!account) return;
      if (button === SIGN_OUT) end(() => signOutOf(s, account));
      if (button === SHOW) end(async () => (await import('./showSession.js')).showSession(s, account));
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
  await chosen?.();
}

function itemsOf(all: readonly Account[], active: Account | undefined): Item[] {
  const items = all.map((account): Item => {
    const expiry = expiryOf(account, Date.now());
    const warning = expiry.kind === 'soon' || expiry.kind === 'over' ? ` · ${expiryWords(expiry, Date.now())}` : '';
    return {
      account,
      label: `$(${iconOf(account)}) ${accountLabel(account)}`,
      description: `${aboutIn(all, account)}${warning}${account.id === active?.id ? ' · active' : ''}`,
      buttons: [SHOW, SIGN_OUT],
    };
  });
  if (items.length > 0) items.push({ label: '', kind: vscode.QuickPickItemKind.Separator });
  return [...items, { label: '$(add) Sign In…', description: all.length > 0 ? 'as somebody else' : '' }];
}

/** Where it is, how it signed in, and what tells it from others of its name. */
const aboutIn = (all: readonly Account[], account: Account): string =>
  [placeWords(account), apartWords(account, all), grantWords(account)].filter(Boolean).join(' · ');

const iconOf = (account: Account): string => (account.how === 'sandbox' ? 'beaker' : account.kind === 'client' ? 'key' : 'person');

/** Signs out the active account, or one of several. */
export async function signOut(s: CommandServices): Promise<void> {
  const all = await s.accounts.list();
  if (all.length === 0) {
    void vscode.window.showInformationMessage('Nobody is signed in.');
    return;
  }
  const items = all.map((account) => ({ label: accountLabel(account), description: aboutIn(all, account), account }));
  const picked =
    items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title: 'Sign out', placeHolder: 'Whose sign-in is to be forgotten?' });
  if (picked) await signOutOf(s, picked.account);
}

/** Deletes what is kept of a sign-in, and has the platform end a token that was made for it. */
export async function signOutOf(s: CommandServices, account: Account): Promise<void> {
  const token = account.how === 'code' || account.how === 'saml2' ? await s.accounts.tokenAtHand(account) : undefined;
  await s.accounts.remove(account.id);
  const rest = token === undefined ? '' : await revoked(s, account, token);
  const pasted = account.how === 'token' ? ' The token itself stays good until it ends.' : '';
  void vscode.window.showInformationMessage(withoutLinks(`${account.name} is signed out: what was kept is deleted.${rest}${pasted}`));
}

async function revoked(s: CommandServices, account: Account, token: string): Promise<string> {
  const region = await s.accounts.region(account);
  if (typeof region === 'string') return '';
  const [{ revoke }, { send }] = await Promise.all([import('../org/oauth/tokens.js'), import('../org/http.js')]);
  const answer = await revoke(region, token, send, AbortSignal.timeout(5_000));
  return answer.kind === 'revoked'
    ? ' The token is revoked.'
    : ` The token could not be revoked${answer.kind === 'failed' ? ` (${answer.why})` : ''}: it stays good until it ends.`;
}
