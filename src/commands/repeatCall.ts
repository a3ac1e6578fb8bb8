import * as vscode from 'vscode';
import { kindOf } from '../org/calls/attemptWords.js';
import { repeatable } from '../org/calls/repeatable.js';
import type { Client } from '../org/client.js';
import { readName } from '../org/names.js';
import type { BuiltCall } from '../platform/callRequest.js';
import { text } from '../platform/json.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import { fromWords } from '../sidebar/confirmation.js';
import { confirmCall } from './confirm.js';
import { repeatCallback } from './createCallback.js';
import { attemptOf } from './history.js';
import { tell, tellLater } from './placeCall.js';
import { queueOf } from './placeRequest.js';
import { sentBy } from './sentBy.js';
import type { CommandServices } from './services.js';

/** Makes the same call again, as a new decision: it is confirmed as any other, and sent once. */
export async function repeatCall(s: CommandServices, target: unknown): Promise<void> {
  const attempt = await attemptOf(s, target, 'Repeat call', (a) => a.exchange.request !== undefined);
  if (!attempt) return;
  if (kindOf(attempt) === 'callback') return repeatCallback(s, attempt);
  const request = repeatable(attempt);
  if (!request) {
    void vscode.window.showErrorMessage('The request of this call was not kept whole, so it cannot be repeated. Nothing was sent.');
    return;
  }
  const way = await sentBy(s, attempt);
  if (!way) return;
  const { account, client } = way;
  const { call, agentId } = request;
  const queueId = text(call.body['callFromQueueId']);
  const [agent, to] = await Promise.all([nameOr(client, 'user', agentId, attempt.agent), calleeOr(client, call.body, attempt.to)]);
  const names = { agent, to, org: account.org };
  const [queue, told] = await Promise.all([queueId === undefined ? undefined : queueOf(client, queueId), s.calls.caution({ client, words: names })]);
  if (!(await confirmCall({ region: client.region, words: names, call, from: fromWords(call.body, queue), caution: told.text }))) return;
  const progress = { location: vscode.ProgressLocation.Notification, title: withoutLinks(`Calling ${names.to} for ${names.agent}…`) };
  const words = { ...names, toldOf: told.toldOf };
  tell(await vscode.window.withProgress(progress, () => s.calls.place({ account, client, call, words }, tellLater)));
}

/** What the org calls whom the request names: the history is a file, and its words may be of somebody else. */
async function nameOr(client: Client, kind: 'user' | 'queue', id: string | undefined, words: string): Promise<string> {
  const answer = id === undefined ? undefined : await readName(client, kind, id);
  return answer?.kind === 'ok' ? answer.value.name : words;
}

function calleeOr(client: Client, body: BuiltCall['body'], words: string): Promise<string> {
  const [userId, queueId] = [text(body['callUserId']), text(body['callQueueId'])];
  return queueId === undefined ? nameOr(client, 'user', userId, words) : nameOr(client, 'queue', queueId, words);
}
