import * as vscode from 'vscode';
import type { Account } from '../accounts/account.js';
import { changesMarkdown, changesWords } from '../diagnosis/changesReport.js';
import { type FreshFacts, readApiFacts, storeFacts } from '../org/apiFacts.js';
import { stream } from '../org/http.js';
import type { Operations } from '../platform/operations.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import type { CommandServices } from './services.js';

/** Reads what the API of the signed-in region requires now, and says what is new. */
export async function refreshFacts(s: CommandServices): Promise<void> {
  const account = (await s.accounts.active()) ?? (await signIn(s));
  if (!account) return;
  const known = await s.facts.operations();
  const fresh = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: withoutLinks(`Reading what the API in ${account.region} requires`), cancellable: true },
    (progress, cancel) => read(s, account, known, progress, cancel),
  );
  if (fresh.kind === 'cancelled') return;
  if (fresh.kind === 'failed') {
    void vscode.window.showErrorMessage(withoutLinks(`The API facts were not refreshed: ${fresh.why}. Those of ${known.listedAsOf} stay in use.`));
    return;
  }
  const page = changesMarkdown(fresh.changes, known, fresh.operations);
  const report = await storeFacts(s.facts.file(account.region), fresh.index, page).catch((e: unknown) => {
    void vscode.window.showErrorMessage(withoutLinks(`The API facts were read and could not be stored: ${e instanceof Error ? e.message : String(e)}.`));
  });
  if (report === undefined) return;
  s.facts.forget();
  const choice = await vscode.window.showInformationMessage(withoutLinks(changesWords(fresh.changes, fresh.operations)), 'Show');
  if (choice === 'Show') await show(vscode.Uri.file(report));
}

async function signIn(s: CommandServices): Promise<Account | undefined> {
  const choice = await vscode.window.showInformationMessage('Sign in first: the facts are read from the region that you are signed in to.', 'Sign In');
  return choice === 'Sign In' ? s.signIn() : undefined;
}

async function read(
  s: CommandServices,
  account: Account,
  known: Operations,
  progress: vscode.Progress<{ message: string }>,
  cancel: vscode.CancellationToken,
): Promise<FreshFacts> {
  const answer = await s.accounts.client(account);
  if (answer.kind === 'failed') return { kind: 'failed', why: answer.why };
  const controller = new AbortController();
  cancel.onCancellationRequested(() => controller.abort());
  let shown = 0;
  return readApiFacts(
    {
      region: answer.client.region,
      shipped: await s.facts.shipped(),
      known,
      today: new Date().toISOString().slice(0, 10),
      signal: controller.signal,
      progress: (bytes) => {
        const megabytes = Math.floor(bytes / 1e6);
        if (megabytes > shown) progress.report({ message: `${megabytes} MB` });
        shown = megabytes;
      },
    },
    stream,
  );
}

/** As a page where VS Code's own Markdown preview is there, else as text. */
async function show(report: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand('markdown.showPreview', report);
  } catch {
    await vscode.window.showTextDocument(report);
  }
}
