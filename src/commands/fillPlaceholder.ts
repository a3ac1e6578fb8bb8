import * as vscode from 'vscode';
import { idPlaceAt } from '../assist/idPlace.js';
import { placeIn } from '../assist/place.js';
import type { Problem } from '../assist/problem.js';
import type { CallDocument } from '../editor/calls/callDocuments.js';
import type { SourceEdit } from '../exchange/mappedText.js';
import { listQueues } from '../org/directory.js';
import { fieldAt } from '../platform/bodies/fieldHelp.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import { askNumber, pickAgent } from './placeCall.js';
import type { CommandServices } from './services.js';

type Kind = 'agent' | 'queue' | 'number';

const TITLE = 'Fill the placeholder';

/** Asks what belongs in the place of a placeholder and puts it there: an agent, a queue or a number. */
export async function fillPlaceholder(s: CommandServices, uri: unknown, offset: unknown): Promise<void> {
  const active = vscode.window.activeTextEditor;
  const document = typeof uri === 'string' ? await vscode.workspace.openTextDocument(vscode.Uri.parse(uri)) : active?.document;
  const at = typeof offset === 'number' ? offset : active && document === active.document ? document.offsetAt(active.selection.active) : undefined;
  const read = document && (await (await s.editor.assistance()).documents.read(document));
  const problem = read && at !== undefined ? read.problems.find((p) => p.code === 'placeholder' && p.range.start <= at && at <= p.range.end) : undefined;
  if (!read || !problem) {
    void vscode.window.showInformationMessage('There is no placeholder of a call at the cursor.');
    return;
  }
  const kind = kindOf(read, problem) ?? (await askKind());
  const value = kind && (await ask(s, kind));
  if (value === undefined) return;
  const edit = read.isStale ? undefined : filling(problem, value);
  if (!edit) {
    void vscode.window.showWarningMessage('The text has changed, or the value cannot be written there. Nothing was changed.');
    return;
  }
  const change = new vscode.WorkspaceEdit();
  change.replace(read.document.uri, read.range(edit), edit.newText);
  await vscode.workspace.applyEdit(change);
}

/** What goes there, where the place says it. */
function kindOf(read: CallDocument, { call, pointer, range }: Problem): Kind | undefined {
  const id = idPlaceAt(read.written, range.end, read.operations)?.kind;
  if (id === 'user') return 'agent';
  if (id === 'queue') return 'queue';
  return call?.model && pointer !== undefined && fieldAt(call.model, pointer)?.format === 'phone' ? 'number' : undefined;
}

async function askKind(): Promise<Kind | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly kindOf: Kind })[] = [
    { label: '$(person) Agent', description: 'the id of a user', kindOf: 'agent' },
    { label: '$(organization) Queue', description: 'the id of a queue', kindOf: 'queue' },
    { label: '$(call-outgoing) Number', description: 'in E.164', kindOf: 'number' },
  ];
  return (await vscode.window.showQuickPick(items, { title: TITLE, placeHolder: 'What goes here?' }))?.kindOf;
}

async function ask(s: CommandServices, kind: Kind): Promise<string | undefined> {
  if (kind === 'number') return (await askNumber(s.country(), TITLE))?.e164;
  const account = (await s.accounts.active()) ?? (await s.signIn());
  if (!account) return undefined;
  const way = await s.accounts.client(account);
  if (way.kind === 'failed') {
    void vscode.window.showErrorMessage(withoutLinks(`${account.name} cannot be used: ${way.why}.`));
    return undefined;
  }
  if (kind === 'agent') return (await pickAgent(way.client, account, `${TITLE}: which agent?`))?.id;
  const queues = await listQueues(way.client, account.kind);
  if (queues.kind !== 'ok') {
    if (queues.kind === 'failed') void vscode.window.showErrorMessage(withoutLinks(`The queues cannot be read: ${queues.why}.`));
    return undefined;
  }
  const items = queues.value.items.map((q) => ({
    label: q.name,
    description: q.division,
    detail: [q.callingPartyName, q.callingPartyNumber].join(' '),
    id: q.id,
  }));
  return (await vscode.window.showQuickPick(items, { title: `${TITLE}: which queue?`, placeHolder: 'Name of the queue', matchOnDescription: true }))?.id;
}

/** Writes a value in the place of a placeholder as the place needs it: in quotes where the placeholder has none in JSON. */
function filling({ call, range }: Problem, value: string): SourceEdit | undefined {
  const place = call && placeIn(call, range.start);
  if (!place || place.part === 'command') return undefined;
  const start = place.text.textOffset(range.start);
  const end = place.text.textOffset(range.end);
  if (start === undefined || end === undefined) return undefined;
  const isBare = place.part === 'body' && /[:[,]\s*$/.test(place.text.text.slice(0, start));
  return place.text.edit(start, end, isBare ? JSON.stringify(value) : value);
}
