import * as vscode from 'vscode';
import type { Help } from '../../assist/help.js';
import { helpAt } from '../../assist/helpAt.js';
import { isNamedKind } from '../../org/names.js';
import type { CallDocuments } from './callDocuments.js';
import { messageOf } from './callProblems.js';
import { signalOf } from './cancelling.js';
import { helpMarkdown } from './helpMarkdown.js';
import type { IdNames } from './idNames.js';

/** What stands under the mouse in a call: the field, the operation, the token's kind, and what an id names in the org that is signed in to. */
export class CallHover {
  constructor(
    private readonly documents: CallDocuments,
    private readonly names: IdNames,
  ) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): Promise<vscode.Hover | undefined> {
    const read = await this.documents.read(document);
    const offset = document.offsetAt(position);
    const help = read && helpAt(read.written, offset, read.operations);
    if (!help || token.isCancellationRequested) return undefined;
    const name = await this.#name(help, token);
    const said = read.problems.filter(({ range }) => range.start <= offset && offset <= range.end).map(messageOf);
    const markdown = read.hasSchema ? name : helpMarkdown(help, said, name);
    if (markdown === undefined || token.isCancellationRequested) return undefined;
    // Not trusted, so that no link in it runs a command.
    return new vscode.Hover(new vscode.MarkdownString(markdown, true), read.range(help.range));
  }

  async #name({ id }: Help, token: vscode.CancellationToken): Promise<string | undefined> {
    if (!id || !isNamedKind(id.kind)) return undefined;
    const { kind } = id;
    return signalOf(token, (signal) => this.names.describe(kind, id.id, signal));
  }
}
