import * as vscode from 'vscode';
import type { Explained } from '../org/callDesk.js';

/** One explained exchange of this window. */
export interface CaseRecord extends Explained {
  readonly id: string;
  /** "place a call for Sales Agent 7" */
  readonly title: string;
  readonly at: Date;
  /** True where it happened in the sandbox org, where a remedy can be tried. */
  readonly sandbox: boolean;
}

const MOST = 50;

/** What was explained in this window, and which of it the panel shows. */
export class Cases implements vscode.Disposable {
  readonly #byId = new Map<string, CaseRecord>();
  #current: CaseRecord | undefined;
  readonly #changed = new vscode.EventEmitter<CaseRecord | undefined>();
  readonly onDidChange = this.#changed.event;

  get current(): CaseRecord | undefined {
    return this.#current;
  }

  get(id: string): CaseRecord | undefined {
    return this.#byId.get(id);
  }

  show(record: CaseRecord): void {
    this.#byId.delete(record.id);
    this.#byId.set(record.id, record);
    for (const id of this.#byId.keys()) {
      if (this.#byId.size <= MOST) break;
      this.#byId.delete(id);
    }
    this.#current = record;
    void vscode.commands.executeCommand('setContext', 'callDoctor.hasDiagnosis', true);
    this.#changed.fire(record);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
