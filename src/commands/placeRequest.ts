import * as vscode from 'vscode';
import { lint } from '../assist/lint.js';
import { type Callee, type Placeable, placeable } from '../assist/placeable.js';
import type { Client } from '../org/client.js';
import { readName } from '../org/names.js';
import { text } from '../platform/json.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import { fromWords } from '../sidebar/confirmation.js';
import { refusedNumbers } from '../sidebar/refusedNumbers.js';
import { caller } from './caller.js';
import { confirmCall } from './confirm.js';
import { tell, tellLater } from './placeCall.js';
import type { CommandServices } from './services.js';
import { type CallInDocument, writtenAt } from './writtenAt.js';

/** Places a call as it is written, once, after it was confirmed with agent, number, org and region in view (DESIGN §7). */
export async function placeRequest(s: CommandServices, uri: unknown, offset: unknown): Promise<void> {
  const found = await writtenAt(s, uri, offset);
  if (found) await place(s, found);
}

async function place(s: CommandServices, found: CallInDocument): Promise<void> {
  const signedIn = await caller(s);
  if (!signedIn) return;
  const { account, client } = signedIn;
  const read = await judge(s, found, client, account.kind);
  if (read.kind === 'refused') {
    const action = read.otherRegion ? 'Switch Account' : 'Check';
    const chosen = await vscode.window.showWarningMessage(withoutLinks(read.why), action);
    if (chosen === 'Switch Account') await vscode.commands.executeCommand('callDoctor.switchAccount');
    if (chosen === 'Check') await vscode.commands.executeCommand('callDoctor.checkRequest', found.document.uri.toString(), found.call.region.span.start);
    return;
  }
  const { call } = read;
  const queueId = text(call.body['callFromQueueId']);
  const [agent, to, queue] = await Promise.all([
    read.agentId === undefined ? account.name : nameOf(client, 'user', read.agentId),
    calleeWords(client, read.callee),
    queueId === undefined ? undefined : queueOf(client, queueId),
  ]);
  const names = { agent, to, org: account.org };
  const told = await s.calls.caution({ client, words: names });
  const caution = [read.note, told.text].filter(Boolean).join(' ');
  if (!(await confirmCall({ region: client.region, words: names, call, from: fromWords(call.body, queue), caution }))) return;
  const progress = { location: vscode.ProgressLocation.Notification, title: withoutLinks(`Calling ${to} for ${agent}…`) };
  const words = { ...names, toldOf: told.toldOf };
  tell(await vscode.window.withProgress(progress, () => s.calls.place({ account, client, call, words }, tellLater)));
}

/** Whether it may be placed; what the lint calls an error of the body is refused too. */
async function judge(s: CommandServices, { written, call }: CallInDocument, client: Client, caller: 'user' | 'client'): Promise<Placeable> {
  const read = placeable(call, client.region, caller, refusedNumbers());
  if (read.kind === 'refused') return read;
  const { start, end } = call.region.body?.span ?? call.region.span;
  const wrong = lint(written, await s.facts.operations()).find(
    ({ severity, call: of, range }) => severity === 'error' && of === call && start <= range.start && range.start <= end,
  );
  return wrong ? { kind: 'refused', why: `${wrong.message} Nothing was sent.` } : read;
}

const calleeWords = (client: Client, callee: Callee): Promise<string> =>
  callee.kind === 'words' ? Promise.resolve(callee.words) : nameOf(client, callee.kind, callee.id);

/** What the org calls it; its id, where the org does not tell. */
async function nameOf(client: Client, kind: 'user' | 'queue', id: string): Promise<string> {
  const answer = await readName(client, kind, id);
  const name = answer.kind === 'ok' ? answer.value.name : `the ${kind} ${id}`;
  return answer.kind === 'ok' && kind === 'queue' ? `the queue ${name}` : name;
}

/** The queue on whose behalf a call is made, and what it shows to the other side, as far as the org tells. */
export async function queueOf(client: Client, id: string): Promise<{ readonly name: string; readonly callerId?: string }> {
  const answer = await readName(client, 'queue', id);
  if (answer.kind !== 'ok') return { name: id };
  const callerId = answer.value.details.find((d) => d.startsWith('caller ID '));
  return { name: answer.value.name, callerId: callerId?.slice('caller ID '.length) ?? '' };
}
