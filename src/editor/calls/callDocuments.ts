import * as vscode from 'vscode';
import { lint } from '../../assist/lint.js';
import type { Problem } from '../../assist/problem.js';
import { readWritten, type WrittenText } from '../../assist/writtenCall.js';
import type { SourceRange } from '../../exchange/mappedText.js';
import type { Facts } from '../../facts.js';
import type { Operations } from '../../platform/operations.js';
import type { Candidates } from './candidates.js';
import { isPayloadName } from './mayHoldCalls.js';

/** A document as it was read at one version, with the facts of that time. */
export class CallDocument {
  #problems: readonly Problem[] | undefined;

  constructor(
    readonly document: vscode.TextDocument,
    readonly version: number,
    readonly written: WrittenText,
    readonly operations: Operations,
  ) {}

  get problems(): readonly Problem[] {
    this.#problems ??= lint(this.written, this.operations);
    return this.#problems;
  }

  /** True where VS Code's own JSON service has our schema: it explains, completes and validates the model of the body. */
  get hasSchema(): boolean {
    return isPayloadName(this.document.uri.path) && /^jsonc?$/.test(this.document.languageId);
  }

  range({ start, end }: SourceRange): vscode.Range {
    return new vscode.Range(this.document.positionAt(start), this.document.positionAt(end));
  }

  /** True once the document has moved on: offsets are of another text. */
  get isStale(): boolean {
    return this.document.isClosed || this.document.version !== this.version;
  }
}

/** What is read of open documents: once a version, dropped on closing. */
export class CallDocuments {
  readonly #read = new Map<string, CallDocument>();

  constructor(
    private readonly candidates: Candidates,
    private readonly facts: Facts,
  ) {}

  /** The calls of a document; nothing where it is not worth reading. Loads the facts of the API when first needed. */
  async read(document: vscode.TextDocument): Promise<CallDocument | undefined> {
    if (!this.candidates.has(document)) return undefined;
    const operations = await this.facts.operations();
    if (document.isClosed) return undefined;
    const key = document.uri.toString();
    const { version } = document;
    const payload = this.candidates.isAsked(document);
    const known = this.#read.get(key);
    if (known?.version === version && known.document === document && known.operations === operations && (known.written.hint.payload ?? false) === payload)
      return known;
    const hint = { languageId: document.languageId, fileName: document.uri.path, ...(payload ? { payload } : {}) };
    const read = new CallDocument(document, version, readWritten(document.getText(), hint, operations), operations);
    this.#read.set(key, read);
    return read;
  }

  /** True where it was asked for, or its name says, that a document is the body of a call. */
  isMeant(document: vscode.TextDocument): boolean {
    return this.candidates.isAsked(document) || isPayloadName(document.uri.path);
  }

  drop(document: vscode.TextDocument): void {
    this.#read.delete(document.uri.toString());
  }
}
