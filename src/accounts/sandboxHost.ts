import * as vscode from 'vscode';
import type { Facts } from '../facts.js';
import type { Sandbox } from '../sandbox/sandbox.js';

export type Running =
  | { readonly kind: 'running'; readonly sandbox: Sandbox }
  /** `nextPort` is a free one, where the port that was wanted is taken. */
  | { readonly kind: 'failed'; readonly why: string; readonly nextPort?: number };

/** The sandbox org of this window: started when it is first needed, stopped with the window. */
export class SandboxHost implements vscode.Disposable {
  #running: Promise<Running> | undefined;
  #scenario = 'default';
  /** Of this window; the setting where it is undefined. */
  #port: number | undefined;
  #stopped = false;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires when the sandbox that was known has ended: its tokens and its address with it. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly facts: Facts) {}

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /**
   * Starts it, or returns the one that runs. A failure is told and forgotten, so that the next try is a new one.
   * @param why `needed` by an account, which does not start again what a person has stopped; or `wanted` by a person
   */
  async start(why: 'needed' | 'wanted' = 'needed'): Promise<Running> {
    if (why === 'wanted') this.#stopped = false;
    if (this.#stopped) return { kind: 'failed', why: 'the sandbox was stopped: start it, or sign in, again' };
    this.#running ??= this.#start();
    const running = await this.#running;
    if (running.kind === 'failed') this.#running = undefined;
    return running;
  }

  /**
   * Starts it anew in another scenario: what was granted, placed and signed in there is gone.
   * @param port of this window from now on; the setting where it is absent
   */
  async restart(scenario: string, port?: number): Promise<Running> {
    this.#scenario = scenario;
    this.#port = port;
    await this.#end();
    const running = await this.start('wanted');
    this.#changed.fire();
    return running;
  }

  /** Stops it, until a person wants it again. */
  async stop(): Promise<void> {
    await this.#end();
    this.#changed.fire();
  }

  async #end(): Promise<void> {
    this.#stopped = true;
    const running = await this.#running;
    this.#running = undefined;
    if (running?.kind === 'running') await running.sandbox.stop();
  }

  async #start(): Promise<Running> {
    try {
      const port = this.#port ?? vscode.workspace.getConfiguration('callDoctor').get<number>('sandbox.port', 0);
      const { startSandbox } = await this.library();
      const started = await startSandbox({ operations: await this.facts.shipped(), port, scenario: this.#scenario });
      if (started.ok) return { kind: 'running', sandbox: started.sandbox };
      const why = `${started.problem} The setting callDoctor.sandbox.port chooses the port; 0 takes a free one.`;
      return started.nextPort === undefined ? { kind: 'failed', why } : { kind: 'failed', why, nextPort: started.nextPort };
    } catch (e) {
      return { kind: 'failed', why: e instanceof Error ? e.message : String(e) };
    }
  }

  /** The sandbox's code, loaded when it is first needed. */
  library(): Promise<typeof import('../sandbox/sandbox.js')> {
    return import('../sandbox/sandbox.js');
  }

  dispose(): void {
    this.#changed.dispose();
    void this.#end();
  }
}
