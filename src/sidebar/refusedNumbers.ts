import * as vscode from 'vscode';
import { refusedPrefixes } from '../platform/refusedPrefixes.js';

/** The beginnings of numbers that are refused beside those that always are: what the user says and what a workspace adds. A workspace takes none away. */
export function refusedNumbers(): readonly string[] {
  const said = vscode.workspace.getConfiguration('callDoctor').inspect<unknown>('refusedNumbers');
  return [said?.globalValue, said?.workspaceValue, said?.workspaceFolderValue].flatMap(refusedPrefixes);
}
