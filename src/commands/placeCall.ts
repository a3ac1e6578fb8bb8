import * as vscode from 'vscode';
import type { Account } from '../accounts/account.js';
import type { Client } from '../org/client.js';
import { type Agent, readAgentById, searchAgents } from '../org/directory.js';
import { buildCallRequest, type CallIntent } from '../platform/callRequest.js';
import { readDialable } from '../platform/dialable.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import { agentView } from '../sidebar/callForm/agentView.js';
import type { CallOrder } from '../sidebar/callForm/callForm.js';
import type { Activity } from '../sidebar/callForm/protocol.js';
import type { Later } from '../sidebar/callService.js';
import { fromWords } from '../sidebar/confirmation.js';
import { refusedNumbers } from '../sidebar/refusedNumbers.js';
import { caller } from './caller.js';
import { confirmCall } from './confirm.js';
import type { CommandServices } from './services.js';

/** The whole call from the keyboard: who, where to, confirm. Escape stops at every step and nothing is sent. */
export async function placeCall(s: CommandServices): Promise<void> {
  const signedIn = await caller(s);
  if (!signedIn) return;
  const { account, client } = signedIn;
  const agent = await pickAgent(client, account, 'Place call: who calls?');
  if (!agent) return;
  const number = await askNumber(s.country(), 'Place call: number to call');
  if (!number) return;
  const intent: CallIntent = {
    as: account.kind === 'user' && agent.self ? 'self' : 'on-behalf',
    agentId: agent.id,
    destination: { kind: 'phone', phoneNumber: number.e164 },
  };
  const call = buildCallRequest(intent);
  const words = { agent: agent.name, to: number.international, org: account.org };
  const { text: caution, toldOf } = await s.calls.caution({ client, words });
  const from = fromWords(call.body);
  if (!(await confirmCall({ region: client.region, words, call, from, caution }))) return;
  const order: CallOrder = { account, client, intent, words: { ...words, toldOf }, from };
  const title = withoutLinks(`Calling ${number.international} for ${agent.name}…`);
  const activity = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () => s.calls.place(order, tellLater));
  tell(activity);
}

interface AgentItem extends vscode.QuickPickItem {
  readonly agent?: Agent;
}

/** Search as you type: one request for a query that has settled, superseded ones are cancelled. */
export async function pickAgent(client: Client, account: Account, title: string): Promise<(Agent & { self: boolean }) | undefined> {
  const me = account.kind === 'user' ? await readAgentById(client, 'me') : undefined;
  const self = me?.kind === 'ok' ? me.value : undefined;
  const pick = vscode.window.createQuickPick<AgentItem>();
  pick.title = title;
  pick.placeholder = 'Name of the agent whose phone rings first';
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  let searching = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const search = async (query: string): Promise<void> => {
    searching.abort();
    searching = new AbortController();
    const { signal } = searching;
    pick.busy = true;
    const answer = await searchAgents(client, query, signal);
    if (signal.aborted) return;
    pick.busy = false;
    if (answer.kind !== 'ok') {
      pick.items = [{ label: '$(error) The search failed', detail: answer.kind === 'failed' ? answer.why : '', alwaysShow: true }];
      return;
    }
    const { items, total } = answer.value;
    const own: AgentItem[] = self && query.trim() === '' ? [agentItem(self, true)] : [];
    const found = items.filter((a) => a.id !== self?.id || query.trim() !== '').map((a) => agentItem(a, a.id === self?.id));
    const more: AgentItem[] = total > items.length ? [{ label: `${items.length} of ${total}: type more to narrow it`, alwaysShow: true }] : [];
    pick.items =
      found.length + own.length === 0
        ? [{ label: query.trim() === '' ? 'This org has nobody to pick' : `Nobody matches “${query.trim()}”`, alwaysShow: true }]
        : [...own, ...found, ...more];
  };
  try {
    return await new Promise((resolve) => {
      pick.onDidChangeValue((value) => {
        clearTimeout(timer);
        timer = setTimeout(() => void search(value), 200);
      });
      pick.onDidAccept(() => {
        const agent = pick.selectedItems[0]?.agent;
        if (agent) resolve({ ...agent, self: agent.id === self?.id });
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
      void search('');
    });
  } finally {
    clearTimeout(timer);
    searching.abort();
    pick.dispose();
  }
}

function agentItem(agent: Agent, self: boolean): AgentItem {
  const { presence, presenceKind, station, division, obstacle } = agentView(agent);
  const sign = { available: '$(circle-filled)', busy: '$(error)', away: '$(clock)', offline: '$(circle-outline)', unknown: '$(question)' }[presenceKind];
  return {
    agent,
    label: `${sign} ${agent.name}${self ? ' (you)' : ''}`,
    description: [presence, station, division].filter(Boolean).join(' · '),
    ...(obstacle ? { detail: `$(warning) ${obstacle}` } : {}),
    alwaysShow: true,
  };
}

export async function askNumber(country: string, title: string): Promise<{ e164: string; international: string } | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    placeHolder: '+1 317 555 0142',
    prompt: country ? `Numbers without + are read as of ${country}` : 'With + and the country code',
    ignoreFocusOut: true,
    validateInput: (text) => {
      const read = readDialable(text, country || undefined, refusedNumbers());
      if (read.kind === 'number')
        return { message: `${read.international}${read.country ? ` · ${read.country}` : ''}`, severity: vscode.InputBoxValidationSeverity.Info };
      return text.trim() === '' ? undefined : read.problem;
    },
  });
  if (typed === undefined) return undefined;
  const read = readDialable(typed, country || undefined, refusedNumbers());
  if (read.kind === 'number') return read;
  void vscode.window.showWarningMessage(withoutLinks(read.problem));
  return undefined;
}

/** Says what became of a call. */
export function tell(activity: Activity): void {
  if (!('detail' in activity) || activity.kind === 'confirming' || activity.kind === 'checked') return;
  const message = `${activity.text}${/[.!?]$/.test(activity.text) ? '' : '.'} ${activity.detail}`;
  if (activity.kind === 'placed') void tellPlaced(message);
  else if (activity.kind === 'found') void vscode.window.showInformationMessage(withoutLinks(message));
  else if (activity.kind === 'failed') void vscode.window.showErrorMessage(withoutLinks(message));
  else void vscode.window.showWarningMessage(withoutLinks(message));
}

/** Says what was found out of a call of which nobody knew whether it rang; not every look for it. */
export const tellLater: Later = (activity, isLast) => {
  if (isLast) tell(activity);
};

async function tellPlaced(message: string): Promise<void> {
  if ((await vscode.window.showInformationMessage(withoutLinks(message), 'Hang Up')) === 'Hang Up') await vscode.commands.executeCommand('callDoctor.hangUp');
}
