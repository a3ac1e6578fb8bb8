import type { Account } from '../accounts/account.js';
import type { Accounts } from '../accounts/accounts.js';
import type { SandboxHost } from '../accounts/sandboxHost.js';
import type { ExchangeDocuments } from '../editor/exchangeDocuments.js';
import type { Facts } from '../facts.js';
import type { AttemptLog } from '../sidebar/attemptLog.js';
import type { CallService } from '../sidebar/callService.js';
import type { Cases } from '../sidebar/cases.js';

/** What commands work with. compose.ts makes it. */
export interface CommandServices {
  readonly accounts: Accounts;
  readonly sandbox: SandboxHost;
  readonly facts: Facts;
  readonly cases: Cases;
  readonly attempts: AttemptLog;
  readonly calls: CallService;
  readonly documents: () => Promise<ExchangeDocuments>;
  signIn(way?: 'sandbox'): Promise<Account | undefined>;
  country(): string;
  showLog(): void;
}
