import * as vscode from 'vscode';
import type { Pasted } from '../accounts/signInSteps.js';
import type { Fix } from '../assist/fix.js';
import { fixesFor } from '../assist/fixes.js';
import { lint } from '../assist/lint.js';
import { callAt } from '../assist/writtenCall.js';
import { decodeBase64 } from '../exchange/base64.js';
import { TOKEN_VARIABLE } from '../exchange/writeCurl.js';
import { findRegion, hostOf, type Region } from '../platform/regions.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import type { CommandServices } from './services.js';
import { writtenIn } from './writtenAt.js';

/** A secret in a text, and what is to stand there instead. */
interface Found {
  readonly secret: string;
  readonly fix: Fix;
  readonly region?: Region;
}

/**
 * Signs in with a token or client secret that is pasted into a file and, where that works, puts its variable there. A sign-in that fails,
 * or is given up, leaves the file as it is.
 */
export async function moveSecret(s: CommandServices, uri: unknown, range: unknown): Promise<void> {
  if (typeof uri !== 'string' || !(range instanceof vscode.Range)) return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const start = document.offsetAt(range.start);
  const found = await findSecret(s, document, start);
  if (!found) return tell('There is no secret any more where one was found.');
  const way = wayOf(document.getText(), start, found);
  if (!way) return tell('Nobody can sign in with a refresh token alone. Take it out of the file, and sign in anew.');
  const account = await s.signIn(way.kind, { ...way.pasted, ...(found.region ? { region: found.region } : {}) });
  if (!account) return;
  // The file may have changed meanwhile: only the secret itself is replaced.
  const at = placeOf(document.getText(), found.secret, start);
  const again = at === undefined ? undefined : await findSecret(s, document, at);
  if (!again) return tell(`You are signed in as ${account.name}. The file has changed meanwhile: take the secret out of it yourself.`);
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, newText } of again.fix.edits)
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), newText);
  if (!(await vscode.workspace.applyEdit(edit)))
    return tell(`You are signed in as ${account.name}. The file could not be changed: take the secret out of it yourself.`);
  return tell(`You are signed in as ${account.name}, and a variable stands where the secret was. Revoke it if others have seen it: Undo brings it back.`);
}

const tell = (message: string): void => void vscode.window.showInformationMessage(withoutLinks(message));

async function findSecret(s: CommandServices, document: vscode.TextDocument, start: number): Promise<Found | undefined> {
  const [written, operations] = await Promise.all([writtenIn(s, document), s.facts.operations()]);
  const { text } = written;
  const problem = lint(written, operations).find((p) => p.code === 'secret' && p.range.start <= start && start < p.range.end);
  const [fix] = problem ? fixesFor(written, problem, operations, {}) : [];
  if (!problem || !fix) return undefined;
  const url = callAt(written, start)?.region.request.url ?? '';
  const region = hostOf(url).region ?? findRegion(/^http:\/\/[^/]+/.exec(url)?.[0] ?? '');
  return { secret: text.slice(problem.range.start, problem.range.end), fix, ...(region ? { region } : {}) };
}

/** How to sign in with it: by the variable that is to take its place. */
function wayOf(text: string, start: number, { secret, fix }: Found): { readonly kind: 'token' | 'client-credentials'; readonly pasted: Pasted } | undefined {
  const variable = fix.edits.map((e) => e.newText).join();
  if (variable.includes(TOKEN_VARIABLE)) return { kind: 'token', pasted: { token: secret } };
  if (variable.includes('REFRESH_TOKEN')) return undefined;
  if (variable.includes('BASIC_CREDENTIALS')) {
    const [clientId = '', ...rest] = (decodeBase64(secret) ?? '').split(':');
    return { kind: 'client-credentials', pasted: { clientId, clientSecret: rest.join(':') } };
  }
  const before = text.slice(Math.max(0, start - 300), start);
  const clientId =
    /(?:-u|--user)[ \t=]{0,4}["']?([^\s"':]{8,80}):$/.exec(before)?.[1] ?? /client[_-]?id["']?\s{0,4}[:=]\s{0,4}["']?([\w-]{8,80})/i.exec(before)?.[1];
  return { kind: 'client-credentials', pasted: { clientSecret: secret, ...(clientId === undefined ? {} : { clientId }) } };
}

/** Where the secret stands now: where it stood, or the only place it has. */
function placeOf(text: string, secret: string, start: number): number | undefined {
  const at = text.startsWith(secret, start) ? start : text.indexOf(secret);
  return at === -1 || (at !== start && text.includes(secret, at + 1)) ? undefined : at;
}
