import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Account } from '../../src/accounts/account.js';
import { Accounts, type Notice } from '../../src/accounts/accounts.js';
import { GenesysAuthenticationProvider } from '../../src/accounts/provider.js';
import type { SandboxHost } from '../../src/accounts/sandboxHost.js';
import { until } from './waiting.js';

/** What windows share: secrets, of whose changes each is told, and a memento. */
class Machine {
  readonly secrets = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  readonly #globalState = memento();
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-windows-'));
  readonly windows: Accounts[] = [];
  /** How often the secret store was read. */
  reads = 0;

  /** Opens a window, and says what it tells the person. */
  window(): { readonly accounts: Accounts; readonly told: Notice[] } {
    const told: Notice[] = [];
    const sandbox = { onDidChange: new vscode.EventEmitter<void>().event, isRunning: false, start: () => assert.fail('nobody wants the sandbox') };
    const accounts = new Accounts({
      secrets: {
        get: async (key) => {
          this.reads++;
          return this.secrets.get(key);
        },
        store: async (key, value) => {
          this.secrets.set(key, value);
          this.#changed.fire({ key });
        },
        delete: async (key) => {
          this.secrets.delete(key);
          this.#changed.fire({ key });
        },
        keys: async () => [...this.secrets.keys()],
        onDidChange: this.#changed.event,
      } as vscode.SecretStorage,
      workspaceState: memento(),
      globalState: this.#globalState,
      folder: this.folder,
      sandbox: sandbox as unknown as SandboxHost,
      log: () => {},
      tell: (notice) => told.push(notice),
    });
    this.windows.push(accounts);
    return { accounts, told };
  }

  end(): void {
    for (const w of this.windows) w.dispose();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

function memento(): vscode.Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: (key: string, otherwise?: unknown) => kept.get(key) ?? otherwise,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  } as vscode.Memento;
}

const account = (name: string, more: Partial<Account> = {}): Account => ({
  id: `us-east-1/o/c/${name}`,
  how: 'token',
  region: 'us-east-1',
  org: 'Acme',
  orgId: 'o',
  clientId: 'c',
  kind: 'user',
  name,
  principal: name,
  grant: 'unknown',
  ...more,
});
const names = async (accounts: Accounts): Promise<readonly string[]> => (await accounts.list()).map((a) => a.name);

describe('Accounts of several windows', () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => machine.end());

  it('see who signs in and out elsewhere, and tell of a sign-out once', async () => {
    const [one, two] = [machine.window(), machine.window()];
    assert.deepEqual(await names(two.accounts), []);
    const changes: string[] = [];
    two.accounts.onDidChange(({ added, removed, elsewhere }) => changes.push(`+${added.map((a) => a.name)} -${removed.map((a) => a.name)} ${elsewhere}`));
    await one.accounts.add(account('Max'), { how: 'token', token: 'token-of-max' });
    await until('the other window to see the sign-in', async () => ((await names(two.accounts)).length === 1 ? true : undefined));
    assert.deepEqual(await two.accounts.token(account('Max')), { kind: 'ok', token: 'token-of-max' });
    await one.accounts.remove(account('Max').id);
    await until('the other window to tell of the sign-out', () => (two.told.length > 0 ? true : undefined));
    assert.deepEqual(changes, ['+Max - true', '+ -Max true']);
    assert.deepEqual([two.told.map((n) => n.kind), one.told], [['signed-out-elsewhere'], []]);
    assert.equal((await two.accounts.token(account('Max'))).kind, 'failed');
  });

  it('work as different people at the same time', async () => {
    const [one, two] = [machine.window(), machine.window()];
    await one.accounts.add(account('Max'), { how: 'token', token: 'a' });
    await two.accounts.add(account('Eva'), { how: 'token', token: 'b' });
    assert.deepEqual([(await one.accounts.active())?.name, (await two.accounts.active())?.name], ['Max', 'Eva']);
    await one.accounts.choose(account('Eva'));
    assert.deepEqual([(await one.accounts.active())?.name, (await two.accounts.active())?.name], ['Eva', 'Eva']);
  });

  it('read nothing before somebody asks, not even when another window signs in', async () => {
    const [one, two] = [machine.window(), machine.window()];
    two.accounts.onDidChange(() => assert.fail('nobody asked'));
    await one.accounts.add(account('Max'), { how: 'token', token: 'a' });
    const { reads } = machine;
    machine.window();
    machine.secrets.set('another', 'x');
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([machine.reads, fs.readdirSync(machine.folder)], [reads, []]);
  });

  it('renew a token once between them, though both want it at the same moment', async () => {
    let spent = 0;
    const login = http.createServer((request, response) => {
      request.resume();
      request.once('end', () => {
        spent++;
        response.writeHead(200, { 'Content-Type': 'application/json' });
        // Slow enough that the other window asks meanwhile.
        setTimeout(() => response.end(JSON.stringify({ access_token: `t${spent}`, token_type: 'bearer', expires_in: 3600, refresh_token: `r${spent}` })), 300);
      });
    });
    await new Promise<void>((resolve) => {
      login.listen(0, '127.0.0.1', resolve);
    });
    try {
      const region = `http://127.0.0.1:${(login.address() as AddressInfo).port}`;
      const [one, two] = [machine.window(), machine.window()];
      const max = account('Max', { how: 'code', region });
      await one.accounts.add(max, { how: 'code', clientId: 'c', clientSecret: 's', token: 't0', expiresAt: Date.now(), refreshToken: 'r0' });
      const tokens = await Promise.all([one, two, one, two].map((w) => w.accounts.token(max)));
      assert.deepEqual([spent, new Set(tokens.map((t) => t.kind === 'ok' && t.token))], [1, new Set(['t1'])]);
    } finally {
      login.close();
    }
  });

  it('sign out who was revoked, and say why, at the first 401', async () => {
    const api = http.createServer((_request, response) => {
      response.writeHead(401, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ status: 401, code: 'bad.credentials', message: 'Invalid login credentials.' }));
    });
    await new Promise<void>((resolve) => {
      api.listen(0, '127.0.0.1', resolve);
    });
    try {
      const region = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
      const { accounts, told } = machine.window();
      const max = account('Max', { region });
      await accounts.add(max, { how: 'token', token: 'token-of-max' });
      const way = await accounts.client(max);
      assert.ok(way.kind === 'ok');
      await Promise.all([1, 2, 3].map(() => way.client.read('GET', '/api/v2/users/me', () => true)));
      assert.equal(await accounts.isSignedIn(max), false);
      assert.deepEqual(
        told.map((n) => n.kind),
        ['ended'],
      );
      assert.ok(!JSON.stringify([...machine.secrets]).includes('token-of-max'));
    } finally {
      api.close();
    }
  });

  it('are listed for VS Code without a request, and give a token when somebody uses one', async () => {
    const { accounts } = machine.window();
    await accounts.add(account('Max', { scopes: ['conversations'] }), { how: 'token', token: 'token-of-max' });
    await accounts.add(account('tool', { how: 'client-credentials', kind: 'client', region: 'nowhere' }), {
      how: 'client-credentials',
      clientId: 'c',
      clientSecret: 's',
    });
    await accounts.add(account('agent', { how: 'sandbox', region: 'sandbox' }), { how: 'sandbox' });
    const provider = new GenesysAuthenticationProvider(accounts, async () => undefined);
    const listed = await provider.getSessions(undefined, {});
    assert.deepEqual(
      listed.map((s) => [s.account.label, s.accessToken, s.scopes]),
      [
        ['Max · Acme', 'token-of-max', ['conversations']],
        ['tool · Acme', '', []],
        ['agent · Acme', '', []],
      ],
    );
    // Neither starts a sandbox nor gives what cannot be got.
    assert.deepEqual(
      (await provider.getSessions([], {})).map((s) => s.accessToken),
      ['token-of-max'],
    );
    await assert.rejects(provider.createSession(), vscode.CancellationError);
    await provider.removeSession(account('Max').id);
    assert.deepEqual(await names(accounts), ['tool', 'agent']);
    provider.dispose();
  });
});
