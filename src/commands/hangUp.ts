import * as vscode from 'vscode';
import { isRecord, text } from '../platform/json.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import { liveView } from '../sidebar/callForm/liveView.js';
import type { CommandServices } from './services.js';

/** Hangs up the call that goes on; where there are several, the one that is chosen. @param target a row of the history, for its call */
export async function hangUp({ live }: Pick<CommandServices, 'live'>, target?: unknown): Promise<void> {
  const wanted = isRecord(target) ? text(target['conversationId']) : undefined;
  const going = live.going.filter((c) => wanted === undefined || c.conversationId === wanted).map((call) => ({ ...call, view: liveView(call) }));
  const [first] = going;
  if (!first) {
    void vscode.window.showInformationMessage('This window follows no call that goes on.');
    return;
  }
  const items = going.map(({ conversationId, view }) => ({ label: view.title, description: view.words, conversationId }));
  const chosen =
    items.length === 1
      ? items[0]
      : await vscode.window.showQuickPick(items, { title: 'Hang up which call?', placeHolder: 'The call that was placed last is first' });
  if (!chosen) return;
  const { isOver, words } = await live.hangUp(chosen.conversationId);
  const message = `${chosen.label}: ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
  if (isOver) void vscode.window.showInformationMessage(withoutLinks(message));
  else void vscode.window.showWarningMessage(withoutLinks(message));
}
