import { access } from 'node:fs/promises';
import * as vscode from 'vscode';
import { readEnvironment } from '../org/oauth/environment.js';
import { gcConfigFile } from '../org/oauth/gcProfile.js';
import type { Place, WindowEnvironment } from './ways.js';

export const placeOfWindow = (): Place => (vscode.env.uiKind === vscode.UIKind.Web ? 'web' : vscode.env.remoteName !== undefined ? 'remote' : 'desktop');

/** What matters of this window for the choice of ways in. Looks whether files are there, and reads none. */
export async function windowEnvironment(keyring: boolean): Promise<WindowEnvironment> {
  return {
    place: placeOfWindow(),
    trusted: vscode.workspace.isTrusted,
    keyring,
    environment: readEnvironment(process.env).kind !== 'none',
    gcProfile: await access(gcConfigFile()).then(
      () => true,
      () => false,
    ),
  };
}
