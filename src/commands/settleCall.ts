import * as vscode from 'vscode';
import { kindOf } from '../org/calls/attemptWords.js';
import { settleAttempt } from '../org/calls/settle.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import { attemptOf } from './history.js';
import { sentBy } from './sentBy.js';
import type { CommandServices } from './services.js';

/** Looks in what the platform shows whether a call rang of which nobody knows it. Nothing is placed. */
export async function settleCall(s: CommandServices, target: unknown): Promise<void> {
  const attempt = await attemptOf(s, target, 'Find out what became of it', (a) => a.state === 'unknown' && kindOf(a) === 'call');
  if (!attempt) return;
  if (attempt.state !== 'unknown') {
    void vscode.window.showInformationMessage('What became of this call is known: see the history.');
    return;
  }
  const way = await sentBy(s, attempt);
  if (!way) return;
  const attempts = await s.attempts.open();
  const progress = { location: vscode.ProgressLocation.Notification, title: withoutLinks(`Looking for the call of ${attempt.agent}`), cancellable: true };
  const found = await vscode.window.withProgress(progress, (report, cancelled) => {
    const stop = new AbortController();
    cancelled.onCancellationRequested(() => stop.abort());
    return settleAttempt(way.client, attempts, attempt, {
      signal: stop.signal,
      waiting: (look, of, milliseconds) => {
        const seconds = Math.round(milliseconds / 1000);
        report.report({ message: `in what ${way.account.name} may read${of > 1 ? ` (${look} of ${of}${seconds > 1 ? `, in ${seconds} s` : ''})` : ''}` });
      },
    });
  });
  if (found.kind === 'placed')
    void vscode.window.showInformationMessage(withoutLinks(`It was placed: found ${found.how}. Conversation ${found.conversationId}.`));
  else if (found.kind === 'not-placed') void vscode.window.showInformationMessage(withoutLinks(`It did not ring: ${found.how}.`));
  else {
    const perhaps = found.perhaps === undefined ? '' : ` It may be the conversation ${found.perhaps}.`;
    void vscode.window.showWarningMessage(withoutLinks(`It is still not known whether it rang: ${found.why}.${perhaps}`));
  }
}
