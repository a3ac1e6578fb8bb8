import * as vscode from 'vscode';
import { diagnose } from '../diagnosis/diagnose.js';
import type { Facts } from '../facts.js';
import { Client } from '../org/client.js';
import { send } from '../org/http.js';
import { readTokenInfo } from '../org/parse.js';
import { clientCredentialsToken } from '../org/signIn.js';
import { findRegion, REGIONS, type Region } from '../platform/regions.js';
import { type Account, accountId, type Secret } from './account.js';
import type { Accounts } from './accounts.js';
import type { SandboxHost } from './sandboxHost.js';

type Way = 'sandbox' | 'client-credentials' | 'token';

/** The ways to sign in: what each needs and gives. */
const WAYS: readonly (vscode.QuickPickItem & { readonly way: Way })[] = [
  {
    way: 'sandbox',
    label: '$(beaker) Sandbox org',
    description: 'no account needed',
    detail: 'A Genesys Cloud look-alike on this machine: people, queues, roles, and refusals.',
  },
  {
    way: 'client-credentials',
    label: '$(key) Client credentials',
    description: 'an application',
    detail: 'An OAuth client’s id and secret. It has no user: it can call on behalf of agents, not as itself.',
  },
  {
    way: 'token',
    label: '$(clippy) Access token',
    description: 'a user or an application',
    detail: 'A token that you already have. It is kept until it ends.',
  },
];

/** Asks who signs in, proves it, and adds the account. `undefined` when the person stops; failures are shown here. */
export class SignInFlow {
  constructor(
    private readonly accounts: Accounts,
    private readonly sandbox: SandboxHost,
    private readonly facts: Facts,
  ) {}

  async run(way?: Way): Promise<Account | undefined> {
    const chosen =
      way ??
      (await vscode.window.showQuickPick(WAYS, { title: 'Sign in to Genesys Cloud', placeHolder: 'How do you want to sign in?', matchOnDetail: true }))?.way;
    switch (chosen) {
      case 'sandbox':
        return this.#sandbox();
      case 'client-credentials':
        return this.#clientCredentials();
      case 'token':
        return this.#token();
      case undefined:
        return undefined;
    }
  }

  async #sandbox(): Promise<Account | undefined> {
    const running = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: 'Starting the sandbox org…' }, () =>
      this.sandbox.start('wanted'),
    );
    if (running.kind === 'failed') {
      void vscode.window.showErrorMessage(`The sandbox org did not start: ${running.why}`);
      return undefined;
    }
    const { clients, users } = running.sandbox;
    type Item = vscode.QuickPickItem & { readonly pick?: { readonly kind: Account['kind']; readonly id: string; readonly name: string } };
    const items: Item[] = [
      { label: 'Applications (client credentials)', kind: vscode.QuickPickItemKind.Separator },
      ...clients
        .filter((c) => c.grant === 'client-credentials')
        .map((c): Item => ({ label: `$(key) ${c.name}`, description: 'client', pick: { kind: 'client', id: c.id, name: c.name } })),
      { label: 'People (their own login)', kind: vscode.QuickPickItemKind.Separator },
      ...users.map((u): Item => ({ label: `$(person) ${u.name}`, description: 'user', pick: { kind: 'user', id: u.id, name: u.name } })),
    ];
    const picked = await vscode.window.showQuickPick(items, { title: 'Sandbox org: sign in as', placeHolder: 'An application, or a person' });
    if (!picked?.pick) return undefined;
    const { kind, id, name } = picked.pick;
    const account: Account = {
      id: accountId('sandbox', 'sandbox', 'Sandbox org', id),
      how: 'sandbox',
      region: 'sandbox',
      org: 'Sandbox org',
      kind,
      name,
      principal: id,
    };
    await this.accounts.add(account, { how: 'sandbox' });
    const token = await this.accounts.token(account);
    if (token.kind === 'ok') return account;
    await this.accounts.remove(account.id);
    void vscode.window.showErrorMessage(`${name} cannot sign in: ${token.why}`);
    return undefined;
  }

  async #clientCredentials(): Promise<Account | undefined> {
    const region = await pickRegion();
    if (!region) return undefined;
    const ask = (what: string, password: boolean, wrong: (text: string) => string | undefined) =>
      vscode.window.showInputBox({
        title: `Client credentials in ${region.label}`,
        prompt: what,
        password,
        ignoreFocusOut: true,
        validateInput: (text) => (text.trim() === '' ? undefined : wrong(text.trim())),
      });
    const clientId = (await ask('Client id', false, (t) => (/\s/.test(t) ? 'A client id has no white space.' : undefined)))?.trim();
    if (!clientId) return undefined;
    const clientSecret = (
      await ask('Client secret. It goes into the secret store of VS Code and nowhere else.', true, (t) =>
        t === clientId ? 'This is the client id. The secret is another value.' : undefined,
      )
    )?.trim();
    if (!clientSecret) return undefined;
    const answer = await working(`Signing in to ${region.label}…`, (signal) => clientCredentialsToken(region, { clientId, clientSecret }, send, signal));
    if (answer.kind === 'cancelled') return undefined;
    if (answer.kind === 'unreachable') return this.#failed(`${region.login} cannot be reached: ${answer.why}.`, 'client-credentials');
    if (answer.kind === 'refused') {
      const { findings, summary } = diagnose({ exchange: answer.exchange, operations: await this.facts.operations() });
      return this.#failed(`${findings[0]?.title ?? summary} (${answer.why}). ${findings[0]?.fix.join(' ') ?? ''}`, 'client-credentials');
    }
    return this.#prove(region, answer.token, { how: 'client-credentials', clientId, clientSecret });
  }

  async #token(): Promise<Account | undefined> {
    const region = await pickRegion();
    if (!region) return undefined;
    const typed = await vscode.window.showInputBox({
      title: `Access token for ${region.label}`,
      prompt: 'It goes into the secret store of VS Code and nowhere else.',
      password: true,
      ignoreFocusOut: true,
      validateInput: (text) => (/\s/.test(text.trim().replace(/^bearer\s+/i, '')) ? 'There is white space inside: copy the token alone.' : undefined),
    });
    const token = typed?.trim().replace(/^bearer\s+/i, '');
    return token ? this.#prove(region, token, { how: 'token', token }) : undefined;
  }

  /** Asks the org whose token it is; only a token that works becomes an account. */
  async #prove(region: Region, token: string, secret: Secret): Promise<Account | undefined> {
    const client = new Client(region, async () => ({ kind: 'ok', token }), send);
    const answer = await working(`Asking ${region.label} whose token this is…`, async (signal) => {
      const info = await client.read('GET', '/api/v2/tokens/me', readTokenInfo, { signal });
      if (info.kind !== 'ok' || info.value.kind === 'client') return info;
      // tokens/me does not always name the user (FACTS §4.4).
      const me = await client.read('GET', '/api/v2/users/me', (json) => readTokenInfo({ authenticatedUser: json }), { signal });
      return me.kind === 'ok' ? { ...info, value: { ...info.value, id: me.value.id, name: me.value.name } } : info;
    });
    if (answer.kind === 'cancelled') return undefined;
    if (answer.kind === 'failed') {
      const hint = answer.status === 401 ? ' A token ends after the lifetime of its client, and is known only in its own region.' : '';
      return this.#failed(`${region.api} does not accept the token: ${answer.why}.${hint}`, secret.how === 'sandbox' ? undefined : secret.how);
    }
    const { kind, name, id } = answer.value;
    const org = answer.value.org || 'Unknown org';
    const place = region.sandbox ? region.api : region.name;
    const principal = secret.how === 'client-credentials' ? secret.clientId : id || name || Date.now().toString(36);
    const account: Account = {
      id: accountId(secret.how, place, org, principal),
      how: secret.how,
      region: place,
      org,
      kind,
      name: name || 'Unnamed',
      principal: id,
    };
    await this.accounts.add(account, secret);
    return account;
  }

  async #failed(message: string, way: Way | undefined): Promise<Account | undefined> {
    const again = await vscode.window.showErrorMessage(message, 'Try Again');
    return again ? this.run(way) : undefined;
  }
}

async function pickRegion(): Promise<Region | undefined> {
  type Item = vscode.QuickPickItem & { readonly region?: Region };
  const items: Item[] = REGIONS.map((region) => ({ label: region.label, description: region.name, detail: region.domain, region }));
  items.push({ label: '$(beaker) A sandbox on this machine…', description: 'call-doctor sandbox', detail: 'http://127.0.0.1:PORT' });
  const placeHolder = 'The domain in the address of Genesys Cloud tells it';
  const picked = await vscode.window.showQuickPick(items, { title: 'Region of the org', placeHolder, matchOnDescription: true, matchOnDetail: true });
  if (!picked || picked.region) return picked?.region;
  const loopback = (text: string): Region | undefined => {
    const region = findRegion(text);
    return region?.sandbox ? region : undefined;
  };
  const origin = await vscode.window.showInputBox({
    title: 'Address of the sandbox',
    prompt: 'call-doctor sandbox prints it when it starts.',
    placeHolder: 'http://127.0.0.1:8080',
    validateInput: (text) =>
      text.trim() === '' || loopback(text) ? undefined : 'A sandbox is on this machine: http://127.0.0.1:PORT. No other address is accepted.',
  });
  return origin === undefined ? undefined : loopback(origin);
}

function working<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (_progress, cancelled) => {
    const controller = new AbortController();
    cancelled.onCancellationRequested(() => controller.abort());
    return work(controller.signal);
  });
}
