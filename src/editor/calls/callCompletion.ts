import * as vscode from 'vscode';
import type { Completion } from '../../assist/completion.js';
import { completionsAt } from '../../assist/completions.js';
import { type IdPlace, idPlaceAt } from '../../assist/idPlace.js';
import type { ChoiceKind, IdChoice } from '../../org/idChoices.js';
import { isSearched } from '../../org/idChoices.js';
import type { IdKind } from '../../platform/bodies/bodyModel.js';
import type { AssistServices } from './assistServices.js';
import type { CallDocument, CallDocuments } from './callDocuments.js';
import { signalOf } from './cancelling.js';
import { completionText } from './completionText.js';
import { fillValues } from './fillValues.js';
import { textsMarkdown } from './helpMarkdown.js';
import type { IdNames } from './idNames.js';
import { KIND_WORDS } from './idWords.js';

/** How long typing has to rest before people are searched, in milliseconds: one request a settled query. */
const SETTLED = 200;

const KINDS: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  field: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  operation: vscode.CompletionItemKind.Method,
  header: vscode.CompletionItemKind.Field,
};

/** What fits where a call is written: fields and operations by the model, and ids by name where somebody is signed in. */
export class CallCompletion {
  constructor(
    private readonly documents: CallDocuments,
    private readonly names: IdNames,
    private readonly services: AssistServices,
  ) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionList | undefined> {
    const read = await this.documents.read(document);
    if (!read || token.isCancellationRequested) return undefined;
    const offset = document.offsetAt(position);
    const place = idPlaceAt(read.written, offset, read.operations);
    const [known, live] = await Promise.all([this.#known(read, offset), place && this.#live(read, offset, place, token)]);
    if (token.isCancellationRequested || read.isStale) return undefined;
    return new vscode.CompletionList([...known, ...(live ?? [])], place !== undefined && isChoice(place.kind) && isSearched(place.kind));
  }

  /** What the model has, and what is picked. In a document with our schema VS Code's JSON service offers the model already. */
  async #known(read: CallDocument, offset: number): Promise<vscode.CompletionItem[]> {
    const found = completionsAt(read.written, offset, read.operations, await fillValues(this.services));
    return found.flatMap(({ label, kind, from, edit, also, filter, detail, documentation, sort }) => {
      if (read.hasSchema && from === 'model') return [];
      const item = itemOf(read, offset, label, completionText(read.written.text, edit, offset, filter), KINDS[kind]);
      if (!item) return [];
      item.detail = detail;
      item.sortText = sort;
      if (documentation.length > 0) item.documentation = new vscode.MarkdownString(textsMarkdown(documentation), true);
      if (also) item.additionalTextEdits = [vscode.TextEdit.replace(read.range(also), also.newText)];
      return [item];
    });
  }

  async #live(read: CallDocument, offset: number, place: IdPlace, token: vscode.CancellationToken): Promise<vscode.CompletionItem[]> {
    const { kind } = place;
    if (!isChoice(kind)) return [];
    if (isSearched(kind)) await new Promise((resolve) => setTimeout(resolve, SETTLED));
    const choices = await signalOf(token, (signal) => this.names.choices(kind, place.typed, signal));
    return (choices?.items ?? []).flatMap((choice, i) => {
      const edit = place.edit(choice.id);
      const word = isSearched(kind) && place.typed !== '' ? `${place.typed} ${choice.name}` : choice.name;
      const text = edit && completionText(read.written.text, edit, offset, word, place.start);
      const item = itemOf(read, offset, labelOf(choice), text, kind === 'user' ? vscode.CompletionItemKind.User : vscode.CompletionItemKind.Reference);
      if (!item) return [];
      item.detail = `${KIND_WORDS[kind]} of ${choices?.org ?? ''}`;
      item.documentation = choice.id;
      // Before what the model offers at the same place: an example.
      item.sortText = ` ${String(i).padStart(4, '0')}`;
      return [item];
    });
  }
}

const CHOICES: ReadonlySet<IdKind> = new Set<ChoiceKind>(['user', 'queue', 'skill', 'language', 'wrap-up-code']);
const isChoice = (kind: IdKind): kind is ChoiceKind => CHOICES.has(kind);

const labelOf = ({ name, detail }: IdChoice): vscode.CompletionItemLabel => ({ label: name, ...(detail === '' ? {} : { description: detail }) });

function itemOf(
  read: CallDocument,
  offset: number,
  label: string | vscode.CompletionItemLabel,
  text: ReturnType<typeof completionText>,
  kind: vscode.CompletionItemKind,
): vscode.CompletionItem | undefined {
  if (!text) return undefined;
  const item = new vscode.CompletionItem(label, kind);
  const range = read.range(text);
  // What is typed goes over what stands before the cursor; what stands behind it is replaced only where the person asks for that.
  item.range = text.end > offset ? { inserting: range, replacing: range } : range;
  item.insertText = text.newText;
  item.filterText = text.filterText;
  return item;
}
