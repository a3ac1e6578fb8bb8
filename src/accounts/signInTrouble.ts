import * as vscode from 'vscode';
import type { Http } from '../org/http.js';
import { explainProblem, type SignInProblem } from '../org/oauth/problems.js';
import type { ClientCredentials } from '../org/oauth/tokens.js';
import { findRegionOfToken } from '../org/oauth/whichRegion.js';
import { REGIONS, type Region } from '../platform/regions.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import { findRegionOfClient } from './regionOfClient.js';

/** What a person chose to do about a sign-in that failed. */
export type Remedy = 'again' | 'which-region' | undefined;

export interface TroubleLog {
  /** A line for the log: never anything secret. */
  note(line: string): void;
  show(): void;
}

const AGAIN = 'Try Again';
const WHICH = 'Which Region?';
const COPY = 'Copy Redirect URI';
const PORT = 'Change Port';
const DETAILS = 'Details';

/** How much of what a failure may mean is in the message; all of it is in the log. */
const MOST_REASONS = 3;

/**
 * Shows why a sign-in failed, what it may mean and what to do. @param redirectUri of a sign-in through the browser
 * @param elsewhere whether other regions can be asked
 */
export async function showProblem(
  problem: SignInProblem,
  log: TroubleLog,
  { redirectUri, elsewhere = false }: { readonly redirectUri?: string | undefined; readonly elsewhere?: boolean } = {},
): Promise<Remedy> {
  const { title, reasons, fix } = explainProblem(problem);
  for (const line of [`Sign-in: ${title}.`, ...reasons, ...fix]) log.note(line);
  const more = reasons.length > MOST_REASONS || fix.length > 1;
  const offers = [
    AGAIN,
    ...(elsewhere && problem.kind === 'client-rejected' && !problem.excluded.includes('region') ? [WHICH] : []),
    ...(redirectUri !== undefined && ['redirect-mismatch', 'nobody-came', 'denied'].includes(problem.kind) ? [COPY] : []),
    ...(problem.kind === 'port-taken' || problem.kind === 'port-failed' ? [PORT] : []),
    ...(more ? [DETAILS] : []),
  ];
  return answer(`${title}. ${[...reasons.slice(0, MOST_REASONS), ...fix.slice(0, 1)].join(' ')}`, offers, log, redirectUri);
}

/** Shows a failure in a sentence or two. */
export function showFailure(message: string, log: TroubleLog, elsewhere = false): Promise<Remedy> {
  log.note(`Sign-in: ${message}`);
  return answer(message, [AGAIN, ...(elsewhere ? [WHICH] : [])], log, undefined);
}

async function answer(message: string, offers: readonly string[], log: TroubleLog, redirectUri: string | undefined): Promise<Remedy> {
  const chosen = await vscode.window.showErrorMessage(withoutLinks(message), ...offers);
  switch (chosen) {
    case AGAIN:
      return 'again';
    case WHICH:
      return 'which-region';
    case COPY:
      await vscode.env.clipboard.writeText(redirectUri ?? '');
      vscode.window.setStatusBarMessage(`Copied ${redirectUri}`, 4000);
      return undefined;
    case PORT:
      // A setting of the machine: in a remote window, of the remote one.
      await vscode.commands.executeCommand(`workbench.action.open${vscode.env.remoteName === undefined ? '' : 'Remote'}Settings`, {
        query: 'callDoctor.signIn.port',
      });
      return undefined;
    case DETAILS:
      log.show();
      return undefined;
    default:
      return undefined;
  }
}

/** What is sent to find the region that knows it. */
export type Wanderer = { readonly kind: 'token'; readonly token: string } | { readonly kind: 'client'; readonly client: ClientCredentials };

/**
 * Finds the region that knows a token or a client. It is sent to hosts of the table only, and to none that the person did not
 * choose a moment before.
 */
export async function findRegionOf(wanderer: Wanderer, not: Region, http: Http): Promise<Region | undefined> {
  const others = REGIONS.filter((r) => r.name !== not.name);
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Asking the regions that you chose…', cancellable: true },
    (_progress, cancelled) => {
      const controller = new AbortController();
      cancelled.onCancellationRequested(() => controller.abort());
      const agree = (regions: readonly Region[]): Promise<readonly Region[]> => agreeTo(regions, wanderer.kind);
      return wanderer.kind === 'token'
        ? findRegionOfToken(wanderer.token, others, agree, http, controller.signal)
        : findRegionOfClient(wanderer.client, others, agree, http, controller.signal);
    },
  );
  const what = wanderer.kind === 'token' ? 'token' : 'client';
  switch (found.kind) {
    case 'found':
      return found.region;
    case 'nowhere': {
      const silent = found.silent.map(({ region, why }) => `${region.name}: ${why}`).join('; ');
      const strangers =
        found.strangers.length === 0
          ? ''
          : `${found.strangers.map((r) => r.name).join(', ')} ${found.strangers.length === 1 ? 'does' : 'do'} not know the ${what}. `;
      void vscode.window.showWarningMessage(
        withoutLinks(`${strangers}${silent === '' ? '' : `Not known, because there was no clear answer: ${silent}.`}`.trim()),
      );
      return undefined;
    }
    default:
      return undefined;
  }
}

async function agreeTo(regions: readonly Region[], what: Wanderer['kind']): Promise<readonly Region[]> {
  const host = (r: Region): string => new URL(what === 'token' ? r.api : r.login).host;
  const picked = await vscode.window.showQuickPick(
    regions.map((region) => ({ label: region.label, description: region.name, detail: host(region), region })),
    {
      title: `Which region does the ${what} answer in?`,
      placeHolder: `The ${what === 'token' ? 'token is' : 'id and secret are'} sent to the hosts that you choose here, one after another, and to no other`,
      canPickMany: true,
      matchOnDescription: true,
      matchOnDetail: true,
      ignoreFocusOut: true,
    },
  );
  return picked?.map((p) => p.region) ?? [];
}
