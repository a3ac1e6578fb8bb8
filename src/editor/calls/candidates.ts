import * as vscode from 'vscode';
import { isPayloadName, LANGUAGES, mayHoldCalls } from './mayHoldCalls.js';

/** The documents that are worth reading, told without reading them closely: activation loads this, and every keystroke may ask it. */
export class Candidates {
  readonly #asked = new Set<string>();
  readonly #seen = new WeakMap<vscode.TextDocument, { readonly version: number; readonly may: boolean }>();

  /** True where a person asked for a document to be taken as the body of a call request, in this window. */
  isAsked(document: vscode.TextDocument): boolean {
    return this.#asked.has(document.uri.toString());
  }

  /** Takes a document as a body, or no longer. @returns whether it is now */
  toggle(document: vscode.TextDocument): boolean {
    const key = document.uri.toString();
    if (this.#asked.delete(key)) return false;
    this.#asked.add(key);
    return true;
  }

  /** Whether a document may hold calls, by its place, language and a glance at its text. */
  has(document: vscode.TextDocument): boolean {
    if (!isWritten(document.uri.scheme) || !(LANGUAGES as readonly string[]).includes(document.languageId)) return false;
    if (isPayloadName(document.uri.path) || this.isAsked(document)) return true;
    const seen = this.#seen.get(document);
    if (seen?.version === document.version) return seen.may;
    const may = mayHoldCalls(document.getText());
    this.#seen.set(document, { version: document.version, may });
    return may;
  }
}

/** Where people write: not our own answers, another version in git, output, or an input box. */
const isWritten = (scheme: string): boolean =>
  scheme === 'untitled' || scheme === 'vscode-notebook-cell' || (scheme !== 'vscode-scm' && vscode.workspace.fs.isWritableFileSystem(scheme) === true);
