import * as vscode from 'vscode';
import { permissionWords } from '../platform/operationWords.js';
import type { CommandServices } from './services.js';

/** The ways that are left where this sign-in may not place a call for somebody (FACTS §7). Each says what it requires, and is only begun when it is chosen. */
export async function otherWays(s: CommandServices): Promise<void> {
  const operations = await s.facts.operations();
  const needs = (path: string): string => permissionWords(operations.get('POST', path));
  const items = [
    {
      label: '$(account) Sign in as the agent',
      description: 'the agent places the call, as themselves',
      detail: `Requires the agent at the keyboard, and ${needs('/api/v2/conversations/calls')} or what the org grants instead. The usual way.`,
      run: () => s.signIn(),
    },
    {
      label: '$(call-incoming) Create an agent-owned callback',
      description: 'the agent is offered it, accepts it and dials',
      detail: `Requires ${needs('/api/v2/conversations/callbacks')}, and a queue with agent-owned callbacks enabled. Client credentials may do it.`,
      run: () => vscode.commands.executeCommand('callDoctor.createCallback'),
    },
    {
      label: '$(table) Export a contact list for an Outbound campaign',
      description: 'for many numbers, instead of a loop of calls',
      detail: `Requires ${needs('/api/v2/outbound/contactlists')} and ${needs('/api/v2/outbound/campaigns')}. It dials for an agent of its queue, not for one that you choose.`,
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
