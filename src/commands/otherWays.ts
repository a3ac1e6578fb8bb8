import * as vscode from 'vscode';
import { permissionWordsOf } from '../platform/operationWords.js';
import type { CommandServices } from './services.js';

/** The ways that are left where this sign-in may not place a call for somebody (FACTS §7). Each says what it requires, and is only begun when it is chosen. */
export async function otherWays(s: CommandServices): Promise<void> {
  const operations = await s.facts.operations();
  const needs = (path: string): string => permissionWordsOf(operations, 'POST', path);
  const items = [
    {
      label: '$(account) Sign in as the agent',
      description: 'they place the call themselves',
      detail: `Needs the agent here. Declared: ${needs('/api/v2/conversations/calls')}; not verified`,
      run: () => s.signIn(),
    },
    {
      label: '$(call-incoming) Create an agent-owned callback',
      description: 'the agent is offered it, accepts it and dials',
      detail: `Needs ${needs('/api/v2/conversations/callbacks')}; the queue has to allow agent-owned callbacks`,
      run: () => vscode.commands.executeCommand('callDoctor.createCallback'),
    },
    {
      label: '$(table) Export a contact list for Outbound',
      description: 'for many numbers, and no loop of calls',
      detail: `Needs ${needs('/api/v2/outbound/contactlists')}, ${needs('/api/v2/outbound/campaigns')}; calls for agents of its queue`,
      run: () => vscode.commands.executeCommand('callDoctor.exportContactList'),
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Other ways to call',
    placeHolder: 'Nothing is sent until it is confirmed',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await picked?.run();
}
