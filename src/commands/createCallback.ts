import * as vscode from 'vscode';
import type { Account } from '../accounts/account.js';
import { isSameAddress } from '../org/calls/aim.js';
import type { Attempt } from '../org/calls/attempt.js';
import { addressesOf, kindOf, parse } from '../org/calls/attemptWords.js';
import type { Client } from '../org/client.js';
import { listQueues, type Queue } from '../org/directory.js';
import { readName } from '../org/names.js';
import { buildCallback } from '../platform/agentOwnedCallback.js';
import type { BuiltCall } from '../platform/callRequest.js';
import { readDialable, refusedAddress } from '../platform/dialable.js';
import { dueWords, readDue } from '../platform/dueTime.js';
import { isRecord, records, text } from '../platform/json.js';
import { permissionWordsOf } from '../platform/operationWords.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import { refusedNumbers } from '../sidebar/refusedNumbers.js';
import { caller } from './caller.js';
import { askNumber, pickAgent } from './placeCall.js';
import { sentBy } from './sentBy.js';
import type { CommandServices } from './services.js';

const TITLE = 'Create agent-owned callback';

/** What a callback is of, in words. */
interface CallbackWords {
  readonly agent: string;
  readonly to: string;
  readonly queue: string;
  /** "now", or a moment with its time zone. */
  readonly due: string;
}

interface CallbackOrder {
  readonly account: Account;
  readonly client: Client;
  readonly call: BuiltCall;
  readonly words: CallbackWords;
}

/**
 * Has an agent call somebody by a callback that is theirs: the way that is open where nobody may place the call for them (FACTS §7).
 * Each step by keyboard; Escape stops at each, and nothing is sent.
 */
export async function createCallback(s: CommandServices): Promise<void> {
  const signedIn = await caller(s);
  if (!signedIn) return;
  const { account, client } = signedIn;
  const agent = await pickAgent(client, account, `${TITLE}: whose is it?`);
  if (!agent) return;
  const number = await askNumber(s.country(), `${TITLE}: number to call back`);
  if (!number) return;
  const queue = await pickQueue(client, account);
  if (!queue) return;
  const due = await askDue();
  if (due === undefined) return;
  const at = due === 'now' ? {} : { due };
  await confirmAndCreate(s, {
    account,
    client,
    call: buildCallback({ agentId: agent.id, queueId: queue.id, number: number.e164, ...at }),
    words: { agent: agent.name, to: number.international, queue: queue.name, due: due === 'now' ? 'now' : dueWords(due) },
  });
}

/** The same callback once more, as a new decision; one whose time is over is asked for anew. */
export async function repeatCallback(s: CommandServices, attempt: Attempt): Promise<void> {
  const body = parse(attempt.exchange.request?.body);
  const routing = isRecord(body) && isRecord(body['routingData']) ? body['routingData'] : {};
  const queueId = text(routing['queueId']);
  const [owner] = records(routing['scoredAgents']).flatMap((a) => (isRecord(a['agent']) ? (text(a['agent']['id']) ?? []) : []));
  const [number] = addressesOf(attempt);
  if (queueId === undefined || owner === undefined || number === undefined) {
    void vscode.window.showErrorMessage('The request of this callback was not kept whole, so it cannot be repeated. Nothing was sent.');
    return;
  }
  const way = await sentBy(s, attempt);
  if (!way) return;
  const time = isRecord(body) ? Date.parse(text(body['callbackScheduledTime']) ?? '') : Number.NaN;
  const due = Number.isNaN(time) ? 'now' : time > Date.now() ? new Date(time) : await askDue();
  if (due === undefined) return;
  const [queue, agent] = await Promise.all([readName(way.client, 'queue', queueId), readName(way.client, 'user', owner)]);
  // What the request says is shown: the words of the history may be of another.
  const dialled = readDialable(number);
  await confirmAndCreate(s, {
    ...way,
    call: buildCallback({ agentId: owner, queueId, number, ...(due === 'now' ? {} : { due }) }),
    words: {
      agent: agent.kind === 'ok' ? agent.value.name : attempt.agent,
      to: dialled.kind === 'number' ? dialled.international : number,
      queue: queue.kind === 'ok' ? queue.value.name : queueId,
      due: due === 'now' ? 'now' : dueWords(due),
    },
  });
}

/** Any queue that the sign-in may see; where it may not see them, a user's own. */
async function readQueues(client: Client, account: Account): Promise<Awaited<ReturnType<typeof listQueues>>> {
  const all = await listQueues(client, 'client');
  return all.kind === 'ok' || account.kind === 'client' ? all : listQueues(client, 'user');
}

async function pickQueue(client: Client, account: Account): Promise<Queue | undefined> {
  const progress = { location: vscode.ProgressLocation.Window, title: 'Reading the queues…' };
  const answer = await vscode.window.withProgress(progress, () => readQueues(client, account));
  if (answer.kind !== 'ok' || answer.value.items.length === 0) {
    const why = answer.kind === 'failed' ? `The queues cannot be read: ${answer.why}.` : `${account.name} sees no queue.`;
    void vscode.window.showErrorMessage(withoutLinks(`${why} A callback belongs to a queue. Nothing was sent.`));
    return undefined;
  }
  const { items, total } = answer.value;
  const picked = await vscode.window.showQuickPick(
    items.map((queue) => ({ label: queue.name, description: queue.division, queue })),
    {
      title: `${TITLE}: on which queue?${total > items.length ? ` (the first ${items.length} of ${total})` : ''}`,
      placeHolder: 'It has to have agent-owned callbacks enabled, and the agent has to be a member',
      matchOnDescription: true,
      ignoreFocusOut: true,
    },
  );
  return picked?.queue;
}

/** When it is due; `undefined` where the person stops. */
async function askDue(): Promise<Date | 'now' | undefined> {
  const items = [
    { label: '$(clock) At a time…', now: false },
    { label: '$(play) Now', description: 'as soon as the agent is free for it', now: true },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: `${TITLE}: when?`, ignoreFocusOut: true });
  if (!picked) return undefined;
  if (picked.now) return 'now';
  const typed = await vscode.window.showInputBox({
    title: `${TITLE}: when?`,
    placeHolder: 'tomorrow 9:00',
    prompt: `In ${Intl.DateTimeFormat().resolvedOptions().timeZone}, unless a time zone is written: 14:30, 2026-11-23 14:30, 2026-11-23 14:30 +01:00`,
    ignoreFocusOut: true,
    validateInput: (value) => {
      if (value.trim() === '') return undefined;
      const due = readDue(value, new Date());
      return due.kind === 'problem' ? due.problem : { message: due.words, severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
  if (typed === undefined) return undefined;
  const due = readDue(typed, new Date());
  if (due.kind === 'time') return due.at;
  void vscode.window.showWarningMessage(withoutLinks(`${due.problem} Nothing was sent.`));
  return undefined;
}

/** One at a time: a second press while one is on its way makes no second callback. */
let isCreating = false;

async function confirmAndCreate(s: CommandServices, order: CallbackOrder): Promise<void> {
  if (isCreating) {
    void vscode.window.showInformationMessage('Another callback is being created. Wait until its outcome is known.');
    return;
  }
  isCreating = true;
  try {
    const [number = ''] = numbersOf(order.call);
    const problem = refusedAddress(number, refusedNumbers());
    if (problem !== undefined) void vscode.window.showWarningMessage(withoutLinks(`${problem} Nothing was sent.`));
    else if (await confirm(s, order)) await create(s, order);
  } finally {
    isCreating = false;
  }
}

const numbersOf = ({ body }: BuiltCall): readonly string[] => {
  const numbers = body['callbackNumbers'];
  return Array.isArray(numbers) ? numbers.filter((n) => typeof n === 'string') : [];
};

/** With everything in view that decides. Enter creates nothing. */
async function confirm(s: CommandServices, order: CallbackOrder): Promise<boolean> {
  const { account, client, call, words } = order;
  const { region } = client;
  const needs = permissionWordsOf(await s.facts.operations(), 'POST', call.operation);
  const question = `Create a callback to ${words.to} for ${words.agent}?`;
  const lines = [
    `Agent: ${words.agent}, who is offered it, accepts it and dials`,
    `Number: ${words.to}`,
    `Queue: ${words.queue}, which has to allow agent-owned callbacks`,
    `Due: ${words.due}`,
    `Org: ${account.org} · ${region.sandbox ? `the sandbox at ${region.domain}` : `${region.name}, ${region.label}`}`,
    `Requires: ${needs}`,
    `Operation: ${call.method} ${call.operation}`,
  ];
  const caution = await cautionOf(s, order);
  if (!region.sandbox) {
    const [show, create] = ['Show Request', 'Create Callback'];
    const detail = [...lines, ...(caution ? ['', caution] : [])].join('\n');
    const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail }, show, create);
    if (chosen === show) await vscode.commands.executeCommand('callDoctor.openPayload', JSON.stringify(call.body, null, 2));
    return chosen === create;
  }
  const items = [
    { label: '$(close) Cancel', description: 'nothing is sent', yes: false },
    { label: '$(call-incoming) Create callback', description: words.due, ...(caution ? { detail: `$(warning) ${caution}` } : {}), yes: true },
    { label: 'what it is', kind: vscode.QuickPickItemKind.Separator, yes: false },
    ...lines.map((line) => ({ label: line.slice(0, line.indexOf(':')), description: line.slice(line.indexOf(':') + 2), yes: false })),
  ];
  return (await vscode.window.showQuickPick(items, { title: question, placeHolder: `${call.method} ${call.operation}`, ignoreFocusOut: true }))?.yes === true;
}

/** That the same callback may exist already. */
async function cautionOf(s: CommandServices, { account, call, words }: CallbackOrder): Promise<string> {
  const wanted = numbersOf(call);
  const before = (await s.attempts.list()).find(
    (a) =>
      kindOf(a) === 'callback' &&
      (a.state === 'unknown' || a.state === 'sending') &&
      a.agent === words.agent &&
      a.org === account.org &&
      addressesOf(a).some((x) => wanted.some((y) => isSameAddress(x, y))),
  );
  return before
    ? `A callback like this one, sent ${dueWords(new Date(before.at))}, may have been created: look at the queue, or ask ${words.agent}, before you make another.`
    : '';
}

async function create(s: CommandServices, { account, client, call, words }: CallbackOrder): Promise<void> {
  const [{ placeBuilt }, attempts, operations] = await Promise.all([import('../org/callDesk.js'), s.attempts.open(), s.facts.operations()]);
  const sender = { account: account.id, kind: account.kind, principal: account.principal, ...(account.orgId === '' ? {} : { orgId: account.orgId }) };
  const title = `callback for ${words.agent}`;
  const progress = { location: vscode.ProgressLocation.Notification, title: withoutLinks(`Creating a ${title}…`) };
  const { outcome, explained } = await vscode.window.withProgress(progress, () =>
    placeBuilt(client, attempts, operations, call, { agent: words.agent, to: words.to, org: account.org, sender }),
  );
  switch (outcome.kind) {
    case 'placed':
      void vscode.window.showInformationMessage(
        withoutLinks(
          `Callback created: ${words.agent} is offered it ${words.due === 'now' ? 'when free for it' : `on ${words.due}`}, and dials ${words.to}. Conversation ${outcome.conversationId}.`,
        ),
      );
      return;
    case 'not-sent':
      void vscode.window.showErrorMessage(withoutLinks(`Nothing was sent to ${client.region.api}: ${outcome.why}. There is no callback; you may try again.`));
      return;
    case 'unknown':
      void vscode.window.showWarningMessage(
        withoutLinks(
          `Whether the callback was created is not known: ${outcome.why}. It is not sent again. Look at the queue ${words.queue}, or ask ${words.agent}, before you make another.`,
        ),
      );
      return;
    case 'refused':
      if (!explained) return;
      await s.calls.show(explained, title, { id: outcome.attempt.id, sandbox: client.region.sandbox });
      void vscode.window.showWarningMessage(withoutLinks(`No callback was created. ${explained.diagnosis.summary}`));
  }
}
