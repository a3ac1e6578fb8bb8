import * as vscode from 'vscode';
import { withoutLinks } from '../platform/withoutLinks.js';
import { accountLabel } from './account.js';
import type { Notice } from './accounts.js';

/** Tells what happened to a sign-in by itself, once, with what one can do. Nothing waits for the answer. */
export async function showNotice(notice: Notice): Promise<void> {
  switch (notice.kind) {
    case 'memory-only': {
      const detail = 'Sign-ins are kept in memory and end when this window closes. Install or unlock the keyring of the system to keep them.';
      await vscode.window.showWarningMessage(withoutLinks(`VS Code’s secret store cannot be used (${notice.why}). ${detail}`));
      return;
    }
    case 'ended': {
      const again = await vscode.window.showWarningMessage(
        withoutLinks(`${accountLabel(notice.account)} is signed out. ${notice.why} What was kept of it is deleted.`),
        'Sign In Again',
      );
      if (again) await vscode.commands.executeCommand('callDoctor.signIn', notice.account.how === 'code' ? 'browser' : notice.account.how);
      return;
    }
    case 'signed-out-elsewhere':
      await vscode.window.showInformationMessage(withoutLinks(`${accountLabel(notice.account)} was signed out in another window.`));
  }
}
