import * as vscode from 'vscode';
import type { CommandServices } from './services.js';

export async function startSandbox(s: CommandServices): Promise<void> {
  const running = await s.sandbox.start();
  if (running.kind === 'failed') {
    void vscode.window.showErrorMessage(`The sandbox org did not start: ${running.why}`);
    return;
  }
  const { origin } = running.sandbox;
  const answer = await vscode.window.showInformationMessage(`The sandbox org listens at ${origin}. It ends with this window.`, 'Sign In', 'Copy Address');
  if (answer === 'Sign In') await s.signIn('sandbox');
  if (answer === 'Copy Address') await vscode.env.clipboard.writeText(origin);
}

export async function stopSandbox(s: CommandServices): Promise<void> {
  const ran = s.sandbox.isRunning;
  await s.sandbox.stop();
  void vscode.window.showInformationMessage(ran ? 'The sandbox org has ended, and its state with it.' : 'The sandbox org was not running.');
}
