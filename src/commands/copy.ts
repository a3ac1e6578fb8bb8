import * as vscode from 'vscode';
import { adminRequest } from '../diagnosis/adminRequest.js';
import { toMarkdown } from '../diagnosis/report.js';
import { writeCurl } from '../exchange/writeCurl.js';
import { withoutLinks } from '../platform/withoutLinks.js';
import type { CaseRecord } from '../sidebar/cases.js';
import { copyCall } from './copyRequest.js';
import { copiedWords, copyShell } from './copyShell.js';
import type { CommandServices } from './services.js';
import { findWritten } from './writtenAt.js';

/** @param target the id of a case or attempt, a row of the history, or nothing for the call at the cursor, else what the panel shows */
export async function copyAsCurl(s: CommandServices, target: unknown): Promise<void> {
  const id = idOf(target);
  const written = id === undefined ? await findWritten(s, undefined, undefined) : undefined;
  if (written && 'call' in written) return copyCall(s, written);
  const exchange = id === undefined ? s.cases.current?.exchange : (s.cases.get(id)?.exchange ?? (await s.attempts.list()).find((a) => a.id === id)?.exchange);
  if (!exchange?.request) {
    void vscode.window.showInformationMessage('There is no request to copy. Put the cursor into one, or explain a response that comes with its request.');
    return;
  }
  const shell = await copyShell();
  if (shell === undefined) return;
  await vscode.env.clipboard.writeText(writeCurl(exchange.request, shell));
  vscode.window.setStatusBarMessage(copiedWords(shell), 6000);
}

export async function copyDiagnosis(s: CommandServices, target: unknown): Promise<void> {
  const id = idOf(target);
  const record: CaseRecord | undefined = id === undefined ? s.cases.current : s.cases.get(id);
  if (!record) {
    void vscode.window.showInformationMessage('There is no diagnosis to copy.');
    return;
  }
  await vscode.env.clipboard.writeText(toMarkdown(record.diagnosis));
  vscode.window.setStatusBarMessage('Copied the diagnosis as Markdown.', 4000);
}

/** What fails, as a message to the administrator of the org. */
export async function copyAdminRequest(s: CommandServices, target: unknown): Promise<void> {
  const id = idOf(target);
  const record = id === undefined ? s.cases.current : s.cases.get(id);
  const text = record && adminRequest(record.diagnosis);
  if (text === undefined) {
    void vscode.window.showInformationMessage(
      withoutLinks(record ? 'Nothing that fails here is for an administrator to mend.' : 'There is no diagnosis to make a request from.'),
    );
    return;
  }
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage('Copied the request for the admin.', 4000);
}

function idOf(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  return typeof target === 'object' && target !== null && 'id' in target && typeof target.id === 'string' ? target.id : undefined;
}
