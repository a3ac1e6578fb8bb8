import * as vscode from 'vscode';
import { type Account, accountLabel, grantWords, placeWords } from '../accounts/account.js';
import type { Accounts } from '../accounts/accounts.js';
import { type Expiry, expiryOf, expiryWords, untilNextChange } from '../accounts/expiry.js';
import { escapeMarkdown } from '../diagnosis/report.js';
import { withoutLinks } from '../platform/withoutLinks.js';

/** The longest that a timer may wait, in milliseconds (Node keeps it in 31 bits). */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Who this window works as, in the status bar. Made when somebody is first found to be signed in, and hidden where nobody is. */
export class AccountStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('callDoctor.account', vscode.StatusBarAlignment.Left, -10);
  readonly #subscription: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  /** The sign-in whose end was announced. */
  #announced = '';

  constructor(private readonly accounts: Accounts) {
    this.#item.name = 'Call Doctor Account';
    this.#item.command = 'callDoctor.switchAccount';
    this.#subscription = accounts.onDidChange(() => void this.update());
    void this.update();
  }

  async update(): Promise<void> {
    clearTimeout(this.#timer);
    const account = await this.accounts.active();
    if (!account) {
      this.#item.hide();
      return;
    }
    const now = Date.now();
    const expiry = expiryOf(account, now);
    const isOver = expiry.kind === 'over';
    const isSoon = expiry.kind === 'soon';
    const icon = isOver ? 'warning' : isSoon ? 'clock' : account.how === 'sandbox' || account.region.startsWith('http') ? 'beaker' : 'account';
    this.#item.text = `$(${icon}) ${accountLabel(account)}${isOver ? ': sign in again' : isSoon ? ` ${expiryWords(expiry, now)}` : ''}`;
    this.#item.tooltip = tooltip(account, expiry, now);
    this.#item.backgroundColor = isOver || isSoon ? new vscode.ThemeColor(`statusBarItem.${isOver ? 'error' : 'warning'}Background`) : undefined;
    this.#item.accessibilityInformation = { label: `Genesys Cloud account ${accountLabel(account)}, ${placeWords(account)}, ${expiryWords(expiry, now)}` };
    this.#item.show();
    if (isSoon) this.#announce(account, expiry, now);
    this.#watch(account, expiry, now);
  }

  /** Looks again when the sign-in comes near its end, and when it has ended. */
  #watch(account: Account, expiry: Expiry, now: number): void {
    const wait = untilNextChange(expiry, now);
    if (wait === undefined) return;
    this.#timer = setTimeout(
      () => {
        if (expiryOf(account, Date.now()).kind === 'over') this.accounts.tellChanged(account);
        else void this.update();
      },
      Math.min(wait + 1, LONGEST_TIMER),
    );
    this.#timer.unref();
  }

  /** Once a sign-in. */
  #announce(account: Account, expiry: Expiry, now: number): void {
    const which = `${account.id} ${account.expiresAt}`;
    if (this.#announced === which) return;
    this.#announced = which;
    void vscode.window
      .showInformationMessage(withoutLinks(`The sign-in of ${accountLabel(account)} ${expiryWords(expiry, now)}, and cannot renew itself.`), 'Sign In Again')
      .then((again) => again && vscode.commands.executeCommand('callDoctor.signIn', account.how === 'code' ? 'browser' : account.how));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#item.dispose();
  }
}

function tooltip(account: Account, expiry: Expiry, now: number): vscode.MarkdownString {
  const line = (name: string, words: string): string => `${name}: ${escapeMarkdown(words)}`;
  const lines = [
    `**${escapeMarkdown(accountLabel(account))}**`,
    line('Region', account.how === 'sandbox' ? 'the sandbox of this window' : placeWords(account)),
    line('Signed in as', account.kind === 'client' ? 'an application' : 'a user'),
    line('Grant', grantWords(account)),
    ...(account.scopes && account.scopes.length > 0 ? [line('Scopes', account.scopes.join(', '))] : []),
    line('Token', expiryWords(expiry, now)),
    'Click to switch, to look closer, or to sign out.',
  ];
  return new vscode.MarkdownString(lines.join('\n\n'));
}
