import type { Account } from '../accounts/account.js';
import type { Accounts } from '../accounts/accounts.js';
import type { SandboxHost } from '../accounts/sandboxHost.js';
import type { Pasted } from '../accounts/signInSteps.js';
import type { WayId } from '../accounts/ways.js';
import type { CallEditor } from '../editor/calls/callEditor.js';
import type { ExchangeDocuments } from '../editor/exchangeDocuments.js';
import type { Facts } from '../facts.js';
import type { AttemptLog } from '../sidebar/attemptLog.js';
import type { CallService } from '../sidebar/callService.js';
import type { Cases } from '../sidebar/cases.js';
import type { HistoryTree } from '../sidebar/historyTree.js';
import type { LiveCalls } from '../sidebar/liveCalls.js';

/** What commands work with. compose.ts makes it. */
export interface CommandServices {
  readonly accounts: Accounts;
  readonly sandbox: SandboxHost;
  readonly facts: Facts;
  readonly cases: Cases;
  readonly attempts: AttemptLog;
  readonly history: HistoryTree;
  readonly calls: CallService;
  readonly live: LiveCalls;
  readonly documents: () => Promise<ExchangeDocuments>;
  readonly editor: CallEditor;
  /** @param pasted what is not to be asked for: it stands in a file that it is moved out of */
  signIn(way?: WayId, pasted?: Pasted): Promise<Account | undefined>;
  country(): string;
  showLog(): void;
}
