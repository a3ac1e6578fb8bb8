import type * as vscode from 'vscode';
import type { Account } from '../../accounts/account.js';

import type { Facts } from '../../facts.js';
import type { ClientSource } from '../../org/nameCache.js';
import type { Picked } from '../../sidebar/callForm/callForm.js';

/** What the help with calls in documents needs from its surroundings. */
export interface AssistServices {
  readonly facts: Facts;
  readonly accounts: {
    active(): Promise<Account | undefined>;
    client(account: Account): ReturnType<ClientSource>;
    readonly onDidChange: vscode.Event<unknown>;
  };
  /** Whether the sandbox org of the window runs: asking for values starts nothing. */
  sandboxRuns(): boolean;
  country(): string;
  /** What is picked in the call form; nothing where the form was never shown. */
  picked(): Promise<Picked>;
}
