import * as vscode from 'vscode';
import { type Confirmable, confirmation } from '../sidebar/confirmation.js';

const PLACE = 'Place Call';
const SHOW = 'Show Request';

/**
 * Asks before any phone rings, with everything in view that decides (DESIGN §7). Enter never dials: the first button of a modal is the
 * one that Enter presses, and here it shows the request; in the sandbox, where no phone rings, the first row of a list is Cancel.
 */
export async function confirmCall(asked: Confirmable): Promise<boolean> {
  if (isAsking) {
    void vscode.window.showInformationMessage('Another call is waiting to be confirmed. Answer that first.');
    return false;
  }
  isAsking = true;
  try {
    return await ask(asked);
  } finally {
    isAsking = false;
  }
}

/** One at a time: a second press would ask the same again behind the first, and its answer would ring the phone again. */
let isAsking = false;

async function ask(asked: Confirmable): Promise<boolean> {
  const { question, lines } = confirmation(asked);
  const { region, caution, call } = asked;
  if (!region.sandbox) {
    const detail = [...lines, ...(caution ? ['', caution] : [])].join('\n');
    const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail }, SHOW, PLACE);
    if (chosen === SHOW) await vscode.commands.executeCommand('callDoctor.openPayload', JSON.stringify(call.body, null, 2));
    return chosen === PLACE;
  }
  const [, , from = '', org = ''] = lines;
  const items = [
    { label: '$(close) Cancel', description: 'nothing is sent', yes: false },
    { label: '$(call-outgoing) Place call', description: org, detail: caution ? `$(warning) ${caution}` : from, yes: true },
  ];
  const placeHolder = `${question} ${call.method} ${call.operation}`;
  return (await vscode.window.showQuickPick(items, { title: question, placeHolder, ignoreFocusOut: true }))?.yes === true;
}
