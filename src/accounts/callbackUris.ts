import * as vscode from 'vscode';

/** In the secret store, for as long as it takes: a callback that came to a window that did not wait for it. It holds a code. */
const HANDED_ON = 'callDoctor.callback';
/** How long another window has to take it, in milliseconds. */
const PATIENCE = 2_000;
/** A callback is shorter; anybody can have a window opened with anything. */
const LONGEST = 4_096;

/** The path of the address that brings the browser back to VS Code. */
const PATH = '/signed-in';

/** Returns whether a callback is the one that is waited for. */
type Waiting = (callback: URL) => boolean;

/**
 * Callbacks by VS Code's own address. The system hands it to whatever window was used last, so a callback that nobody waits for
 * here is passed on to the other windows, by the one place that all share and nobody else can read.
 */
export class CallbackUris implements vscode.UriHandler {
  readonly #waiting = new Set<Waiting>();

  constructor(
    private readonly secrets: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete' | 'onDidChange'>,
    private readonly extensionId: string,
  ) {}

  /** Exactly as it has to be registered. */
  get redirectUri(): string {
    return `${vscode.env.uriScheme}://${this.extensionId}${PATH}`;
  }

  /** @param take called with each callback until it returns true */
  wait(take: Waiting): vscode.Disposable {
    const once: Waiting = (callback) => take(callback) && this.#waiting.delete(once);
    this.#waiting.add(once);
    const subscription = this.secrets.onDidChange(async ({ key }) => {
      if (key !== HANDED_ON) return;
      const handed = await this.secrets.get(HANDED_ON).then(undefined, () => undefined);
      if (handed !== undefined && this.#offer(handed)) await this.secrets.delete(HANDED_ON);
    });
    return new vscode.Disposable(() => {
      this.#waiting.delete(once);
      subscription.dispose();
    });
  }

  async handleUri(uri: vscode.Uri): Promise<void> {
    const query = readQuery(uri.query);
    const callback = `${uri.scheme}://${uri.authority}${uri.path}?${query}`;
    if (uri.path !== PATH || callback.length > LONGEST || !query.has('state')) return;
    if (this.#offer(callback)) return;
    try {
      await this.secrets.store(HANDED_ON, callback);
      await new Promise((resolve) => setTimeout(resolve, PATIENCE));
      if ((await this.secrets.get(HANDED_ON)) === undefined) return;
      await this.secrets.delete(HANDED_ON);
    } catch {
      // No store that windows share: then nobody else can wait for it.
    }
    const again = await vscode.window.showWarningMessage(
      'The browser came back, and no window waits for this sign-in: it took longer than five minutes, was cancelled, or was not begun here.',
      'Sign In Again',
    );
    if (again) await vscode.commands.executeCommand('callDoctor.signIn', 'browser-uri');
  }

  #offer(callback: string): boolean {
    if (!URL.canParse(callback)) return false;
    const url = new URL(callback);
    return [...this.#waiting].some((take) => take(url));
  }
}

/** VS Code hands the query over decoded, so a plus sign in it is one. */
const readQuery = (query: string): URLSearchParams =>
  new URLSearchParams(
    query.split('&').map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name, value.join('=')];
    }),
  );
