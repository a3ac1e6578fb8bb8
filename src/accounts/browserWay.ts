import * as vscode from 'vscode';
import type { Http } from '../org/http.js';
import { beginAuthorization, finishAuthorization, PATIENCE, type Pending, type Rejected } from '../org/oauth/authorization.js';
import type { SignInProblem } from '../org/oauth/problems.js';
import { DEFAULT_PATH, openReceiver } from '../org/oauth/receiver.js';
import type { OAuthClient, TokenAnswer } from '../org/oauth/tokens.js';
import type { Region } from '../platform/regions.js';
import type { CallbackUris } from './callbackUris.js';
import { judgeCallback } from './clientText.js';
import type { Place } from './ways.js';

export interface BrowserWay {
  readonly region: Region;
  readonly client: OAuthClient;
  /** Where the browser comes back to: a port of this machine, or VS Code's own address. */
  readonly returns: { readonly kind: 'port'; readonly port: number } | { readonly kind: 'uri'; readonly callbacks: CallbackUris };
  readonly place: Place;
  /** Whether Back leads to a step before. */
  readonly back: boolean;
  readonly title: string;
  readonly http: Http;
  /** Told of each callback that was not taken. */
  readonly turnedAway: (why: string) => void;
}

type Came =
  | TokenAnswer
  | Rejected
  | { readonly kind: 'back' }
  /** Nothing came of it before anything was asked of the org. */
  | { readonly kind: 'problem'; readonly problem: SignInProblem };

const COPY: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: 'Copy the Address of the Login Page' };
const OPEN: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('link-external'), tooltip: 'Open the Login Page Again' };

/** The address that has to be registered for a client, exactly as it is (FACTS §4.2). */
export const redirectUriOf = (returns: BrowserWay['returns']): string =>
  returns.kind === 'port' ? `http://localhost:${returns.port}${DEFAULT_PATH}` : returns.callbacks.redirectUri;

/**
 * Signs somebody in through the browser. While it is waited for, an input box is open: where the browser cannot come back by
 * itself, as from another machine, the address that it ends at is pasted there. Everything is closed when it resolves.
 */
export async function signInByBrowser(way: BrowserWay): Promise<Came> {
  const { region, client, returns, http } = way;
  const pending = await beginAuthorization(region, { client, redirectUri: redirectUriOf(returns) });
  const cancelled = new AbortController();
  let settle: (came: Came) => void = () => {};
  let fail: (fault: unknown) => void = () => {};
  const came = new Promise<Came>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });
  const take = async (callback: URL): Promise<boolean> => {
    try {
      const answer = await finishAuthorization(pending, callback, http, cancelled.signal);
      settle(answer);
      return answer.kind === 'ok';
    } catch (fault) {
      fail(fault);
      return false;
    }
  };

  const listening = await listen(way, pending, take);
  if (listening.kind === 'problem') return listening;
  const late = setTimeout(() => {
    const { redirectUri, clientId } = pending;
    settle({ kind: 'problem', problem: { kind: 'nobody-came', redirectUri, region, clientId, minutes: PATIENCE / 60_000 } });
  }, PATIENCE);
  const box = waitingBox(way, pending, await forwarding(way), take, settle);
  try {
    box.show();
    void open(pending.url);
    return await came;
  } finally {
    clearTimeout(late);
    box.dispose();
    // Of an exchange that is under way when the person gives up.
    cancelled.abort();
    listening.dispose();
  }
}

/** Waits for the callback where it comes to by itself. */
async function listen(
  { returns, turnedAway }: BrowserWay,
  pending: Pending,
  take: (callback: URL) => Promise<boolean>,
): Promise<{ readonly kind: 'listening'; dispose(): void } | Extract<Came, { kind: 'problem' }>> {
  if (returns.kind === 'uri') {
    const waiting = returns.callbacks.wait((callback) => {
      const rejected = pending.reject(callback);
      if (rejected) turnedAway(rejected.why);
      else void take(callback);
      return rejected === undefined;
    });
    return { kind: 'listening', dispose: () => waiting.dispose() };
  }
  let came = false;
  const receiver = await openReceiver({
    port: returns.port,
    path: DEFAULT_PATH,
    expects: (callback) => pending.reject(callback) === undefined,
    finish: (callback) => {
      came = true;
      return take(callback);
    },
    turnedAway,
  });
  if (receiver.kind === 'failed') return { kind: 'problem', problem: receiver.problem };
  // Once the browser has come back, the receiver shows it how it went, and closes by itself.
  return { kind: 'listening', dispose: () => came || receiver.close() };
}

/**
 * Has VS Code forward the port from the machine where the extension runs. What is registered has to match exactly, so another
 * port than the same one does not do. @returns what to know about it; empty where there is nothing
 */
async function forwarding({ place, returns }: BrowserWay): Promise<string> {
  if (place !== 'remote' || returns.kind === 'uri') return '';
  const here = redirectUriOf(returns);
  const there = await vscode.env.asExternalUri(vscode.Uri.parse(here)).then(
    (uri) => uri.toString(true),
    () => undefined,
  );
  if (there !== undefined && /^http:\/\/(?:localhost|127\.0\.0\.1):/.test(there) && new URL(there).port === new URL(here).port) return '';
  return ` VS Code cannot forward port ${returns.port} as the same port of this machine.`;
}

function waitingBox(way: BrowserWay, pending: Pending, note: string, take: (callback: URL) => Promise<boolean>, settle: (came: Came) => void): vscode.InputBox {
  const box = vscode.window.createInputBox();
  box.title = way.title;
  box.ignoreFocusOut = true;
  box.busy = true;
  box.prompt = `Sign in in the browser: this goes on by itself.${note} If the browser ends at a page that cannot be shown, paste the address of that page here.`;
  box.placeholder = `${pending.redirectUri}?code=…`;
  box.buttons = [...(way.back ? [vscode.QuickInputButtons.Back] : []), OPEN, COPY];
  const judge = (text: string): boolean => {
    const { problem } = text === '' ? {} : judgeCallback(text, pending.redirectUri);
    const rejected = text === '' || problem !== undefined ? undefined : pending.reject(new URL(text));
    box.validationMessage = problem ?? rejected?.why;
    return problem === undefined && rejected === undefined;
  };
  box.onDidChangeValue((text) => judge(text.trim()));
  box.onDidAccept(() => {
    const text = box.value.trim();
    if (text === '' || !judge(text)) return;
    box.enabled = false;
    void take(new URL(text));
  });
  box.onDidTriggerButton((button) => {
    if (button === OPEN) void open(pending.url);
    else if (button === COPY) void vscode.env.clipboard.writeText(pending.url);
    else settle({ kind: 'back' });
  });
  box.onDidHide(() => settle({ kind: 'cancelled' }));
  return box;
}

/** The address has only characters that survive VS Code's decoding and encoding of addresses. */
async function open(url: string): Promise<void> {
  const opened = await vscode.env.openExternal(vscode.Uri.parse(url)).then(undefined, () => false);
  if (!opened) void vscode.window.setStatusBarMessage('The browser did not open: copy the address of the login page.', 10_000);
}
