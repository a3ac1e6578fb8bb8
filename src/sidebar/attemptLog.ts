import * as vscode from 'vscode';
import type { Attempts } from '../org/attempts.js';
import type { Attempt } from '../org/calls/attempt.js';
import { withoutLinks } from '../platform/withoutLinks.js';

/** The attempts file of this machine, opened when something first needs it. */
export class AttemptLog implements vscode.Disposable {
  #attempts: Promise<Attempts> | undefined;
  #unwatch = (): void => {};
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  /** @param file absolute path */
  constructor(private readonly file: string) {}

  open(): Promise<Attempts> {
    this.#attempts ??= import('../org/attempts.js').then(({ Attempts }) => {
      const attempts = new Attempts(
        this.file,
        (problem) => void vscode.window.showWarningMessage(withoutLinks(problem)),
        () => this.#changed.fire(),
      );
      this.#unwatch = attempts.watch();
      return attempts;
    });
    return this.#attempts;
  }

  async list(): Promise<readonly Attempt[]> {
    return (await this.open()).list();
  }

  async clear(): Promise<void> {
    await (await this.open()).clear();
    this.#changed.fire();
  }

  dispose(): void {
    this.#unwatch();
    this.#changed.dispose();
  }
}
