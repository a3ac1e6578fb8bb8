import * as vscode from 'vscode';
import type { Account } from '../accounts/account.js';
import type { Client } from '../org/client.js';
import { type Agent, readAgentById, searchAgents } from '../org/directory.js';
import { PLACE_AS_SELF, PLACE_ON_BEHALF } from '../platform/callRequest.js';
import { readDialable } from '../platform/dialable.js';
import { agentView } from '../sidebar/callForm/agentView.js';
import type { CallOrder } from '../sidebar/callForm/callForm.js';
import type { Activity } from '../sidebar/callForm/protocol.js';
import type { CommandServices } from './services.js';

/** The whole call from the keyboard: who, where to, confirm. Escape stops at every step and nothing is sent. */
export async function placeCall(s: CommandServices): Promise<void> {
  const account = (await s.accounts.active()) ?? (await s.signIn());
  if (!account) return;
  const way = await s.accounts.client(account);
  if (way.kind === 'failed') {
    void vscode.window.showErrorMessage(`${account.name} cannot be used: ${way.why}.`);
    return;
  }
  const { client } = way;
  const agent = await pickAgent(client, account);
  if (!agent) return;
  const number = await askNumber(s.country());
  if (!number) return;
  const self = account.kind === 'user' && agent.self;
  const order: CallOrder = {
    account,
    client,
    intent: { as: self ? 'self' : 'on-behalf', agentId: agent.id, destination: { kind: 'phone', phoneNumber: number.e164 } },
    words: { agent: agent.name, to: number.international, org: account.org },
  };
  if (!(await confirmCall(order, await s.calls.caution(order)))) return;
  const activity = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Calling ${number.international} for ${agent.name}…` },
    () => s.calls.place(order),
  );
  tell(activity);
}

interface AgentItem extends vscode.QuickPickItem {
  readonly agent?: Agent;
}

/** Search as you type: one request for a query that has settled, superseded ones are cancelled. */
async function pickAgent(client: Client, account: Account): Promise<(Agent & { self: boolean }) | undefined> {
  const me = account.kind === 'user' ? await readAgentById(client, 'me') : undefined;
  const self = me?.kind === 'ok' ? me.value : undefined;
  const pick = vscode.window.createQuickPick<AgentItem>();
  pick.title = 'Place call: who calls?';
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

async function askNumber(country: string): Promise<{ e164: string; international: string } | undefined> {
  const typed = await vscode.window.showInputBox({
    title: 'Place call: number to call',
    placeHolder: '+1 317 555 0142',
    prompt: country ? `Numbers without + are read as of ${country}` : 'With + and the country code',
    ignoreFocusOut: true,
    validateInput: (text) => {
      const read = readDialable(text, country || undefined);
      if (read.kind === 'number')
        return { message: `${read.international}${read.country ? ` · ${read.country}` : ''}`, severity: vscode.InputBoxValidationSeverity.Info };
      return text.trim() === '' ? undefined : read.problem;
    },
  });
  if (typed === undefined) return undefined;
  const read = readDialable(typed, country || undefined);
  if (read.kind === 'number') return read;
  void vscode.window.showWarningMessage(read.problem);
  return undefined;
}

/** Every call is confirmed with agent, number, org and region in view; in the sandbox without a modal dialog (DESIGN §7). */
export async function confirmCall({ client, words, intent }: CallOrder, caution: string): Promise<boolean> {
  const { region } = client;
  const { method, path } = intent.as === 'self' ? PLACE_AS_SELF : PLACE_ON_BEHALF;
  const question = `Call ${words.to} for ${words.agent}?`;
  const where = `${words.org} · ${region.label}`;
  if (!region.sandbox) {
    const detail = `${where}\n${method} ${path}\nThe phone of ${words.agent} rings first, then ${words.to} is dialled.${caution ? `\n\n${caution}` : ''}`;
    return (await vscode.window.showWarningMessage(question, { modal: true, detail }, 'Place Call')) === 'Place Call';
  }
  const items = [
    { label: '$(call-outgoing) Place call', description: where, detail: caution ? `$(warning) ${caution}` : `${words.agent} → ${words.to}`, yes: true },
    { label: '$(close) Cancel', description: 'nothing is sent', yes: false },
  ];
  return (await vscode.window.showQuickPick(items, { title: question, placeHolder: `${method} ${path}` }))?.yes === true;
}

function tell(activity: Activity): void {
  if (activity.kind !== 'placed' && activity.kind !== 'refused' && activity.kind !== 'unknown' && activity.kind !== 'failed') return;
  const message = `${activity.text}${/[.!?]$/.test(activity.text) ? '' : '.'} ${activity.detail}`;
  if (activity.kind === 'placed') void vscode.window.showInformationMessage(message);
  else if (activity.kind === 'failed') void vscode.window.showErrorMessage(message);
  else void vscode.window.showWarningMessage(message);
}
