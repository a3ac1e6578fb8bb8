import * as vscode from 'vscode';
import { withoutLinks } from '../platform/withoutLinks.js';

/** Tells what a change of the text left out or assumed. */
export function tellNotes(title: unknown, notes: unknown): void {
  if (typeof title !== 'string' || !Array.isArray(notes)) return;
  void vscode.window.showInformationMessage(withoutLinks(`${title}: ${notes.filter((n) => typeof n === 'string').join(' ')}`));
}
