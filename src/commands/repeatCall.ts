import * as vscode from 'vscode';
import type { Attempt } from '../org/calls/attempt.js';
import { kindOf, parse } from '../org/calls/attemptWords.js';
import { type BuiltCall, PLACE_AS_SELF, PLACE_ON_BEHALF } from '../platform/callRequest.js';
import { isRecord, text } from '../platform/json.js';
import { pathOf } from '../platform/operations.js';
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
  const call = callOf(attempt);
  if (!call) {
    void vscode.window.showErrorMessage('The request of this call was not kept whole, so it cannot be repeated. Nothing was sent.');
    return;
  }
  const way = await sentBy(s, attempt);
  if (!way) return;
  const { account, client } = way;
  const queueId = text(call.body['callFromQueueId']);
  const names = { agent: attempt.agent, to: attempt.to, org: account.org };
  const [queue, told] = await Promise.all([queueId === undefined ? undefined : queueOf(client, queueId), s.calls.caution({ client, words: names })]);
  if (!(await confirmCall({ region: client.region, words: names, call, from: fromWords(call.body, queue), caution: told.text }))) return;
  const progress = { location: vscode.ProgressLocation.Notification, title: `Calling ${names.to} for ${names.agent}…` };
  const words = { ...names, toldOf: told.toldOf };
  tell(await vscode.window.withProgress(progress, () => s.calls.place({ account, client, call, words }, tellLater)));
}

/** The request that an attempt was, to be sent again. */
function callOf({ exchange: { request } }: Pick<Attempt, 'exchange'>): BuiltCall | undefined {
  const body = parse(request?.body);
  if (request?.method !== 'POST' || !isRecord(body)) return undefined;
  const path = pathOf(request.url);
  if (path === PLACE_AS_SELF.path) return { method: 'POST', operation: PLACE_AS_SELF.path, path, body };
  return /^\/api\/v2\/conversations\/calls\/user\/[^/]+$/.test(path) ? { method: 'POST', operation: PLACE_ON_BEHALF.path, path, body } : undefined;
}
