import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { CallbackUris } from '../../src/accounts/callbackUris.js';
import { send } from '../../src/org/http.js';
import { beginAuthorization, finishAuthorization, type Pending } from '../../src/org/oauth/authorization.js';
import { Operations } from '../../src/platform/operations.js';
import { sandboxRegion } from '../../src/platform/regions.js';
import orgJson from '../../src/sandbox/org/org.json';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.js';
import { EXTENSION_ID, until } from './waiting.js';

/** A secret store that windows share; each is told of every change, as VS Code does on a desktop. */
class SharedSecrets {
  readonly kept = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  readonly onDidChange = this.#changed.event;

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.kept.get(key));
  }

  async store(key: string, value: string): Promise<void> {
    this.kept.set(key, value);
    this.#changed.fire({ key });
  }

  async delete(key: string): Promise<void> {
    this.kept.delete(key);
    this.#changed.fire({ key });
  }
}

describe('Signing in by VS Code’s own address', () => {
  let sandbox: Sandbox;
  let redirectUri: string;
  before(async () => {
    redirectUri = new CallbackUris(new SharedSecrets(), EXTENSION_ID).redirectUri;
    const extension = vscode.extensions.getExtension(EXTENSION_ID) ?? assert.fail('no extension');
    const operations = Operations.parse(fs.readFileSync(path.join(extension.extensionPath, 'dist', 'data', 'operations.json'), 'utf8'));
    const clients = orgJson.clients.map((c) => (c.name === 'call-desk-vscode' ? { ...c, redirectUris: [redirectUri] } : c));
    const started = await startSandbox({ operations, org: { ...orgJson, clients } });
    assert.ok(started.ok);
    ({ sandbox } = started);
  });
  after(() => sandbox.stop());

  /** Begins a sign-in and goes through the login page. @returns what waits, and the address that the browser is sent to */
  async function throughLogin(): Promise<{ pending: Pending; address: vscode.Uri }> {
    const clientId = orgJson.clients.find((c) => c.name === 'call-desk-vscode')?.id ?? '';
    const pending = await beginAuthorization(sandboxRegion(sandbox.origin), { client: { clientId }, redirectUri });
    const body = new URLSearchParams(new URL(pending.url).searchParams);
    body.set('user', sandbox.users[0]?.id ?? '');
    body.set('action', 'sign-in');
    const sentBack = await fetch(`${sandbox.origin}/oauth/authorize`, { method: 'POST', body, headers: { Origin: sandbox.origin }, redirect: 'manual' });
    return { pending, address: vscode.Uri.parse(sentBack.headers.get('location') ?? assert.fail(`the login page answered ${sentBack.status}`), true) };
  }

  it('has an address of this extension, which every window has alike', () => assert.equal(redirectUri, `${vscode.env.uriScheme}://${EXTENSION_ID}/signed-in`));

  it('takes the callback that is waited for, as VS Code hands it over, to a token', async () => {
    const { pending, address } = await throughLogin();
    const callbacks = new CallbackUris(new SharedSecrets(), EXTENSION_ID);
    const came: URL[] = [];
    const waiting = callbacks.wait((callback) => pending.reject(callback) === undefined && came.push(callback) > 0);
    await callbacks.handleUri(address);
    waiting.dispose();
    const answer = await finishAuthorization(pending, came[0] ?? assert.fail('it did not arrive'), send);
    assert.equal(answer.kind, 'ok');
  });

  it('hands a callback on to the window that waits for it, and leaves nothing behind', async () => {
    const secrets = new SharedSecrets();
    const { pending, address } = await throughLogin();
    const [here, there] = [new CallbackUris(secrets, EXTENSION_ID), new CallbackUris(secrets, EXTENSION_ID)];
    const came: URL[] = [];
    const waiting = there.wait((callback) => pending.reject(callback) === undefined && came.push(callback) > 0);
    await here.handleUri(address);
    waiting.dispose();
    assert.equal(came.length, 1);
    assert.deepEqual([...secrets.kept], []);
  });

  it('takes no callback of another sign-in, without a state, or of another path; and keeps nothing of it', async () => {
    const secrets = new SharedSecrets();
    const { pending, address } = await throughLogin();
    const callbacks = new CallbackUris(secrets, EXTENSION_ID);
    const came: URL[] = [];
    const waiting = callbacks.wait((callback) => pending.reject(callback) === undefined && came.push(callback) > 0);
    const stored: string[] = [];
    const listening = secrets.onDidChange(({ key }) => stored.push(key));
    await callbacks.handleUri(address.with({ query: 'code=c' }));
    await callbacks.handleUri(address.with({ path: '/elsewhere' }));
    await callbacks.handleUri(address.with({ query: `state=${'x'.repeat(5000)}` }));
    assert.deepEqual(stored, [], 'what cannot be a callback is not handed on');
    void callbacks.handleUri(address.with({ query: 'code=c&state=another' }));
    await until('a foreign state to be dropped', () => (stored.length >= 2 && secrets.kept.size === 0 ? true : undefined));
    waiting.dispose();
    listening.dispose();
    assert.deepEqual(came, []);
  });
});

describe('Signing in', () => {
  it('keeps the port out of the reach of a workspace', async () => {
    const settings = vscode.workspace.getConfiguration('callDoctor');
    const before = settings.get('signIn.port');
    await assert.rejects(Promise.resolve(settings.update('signIn.port', 1234, vscode.ConfigurationTarget.Workspace)));
    assert.equal(vscode.workspace.getConfiguration('callDoctor').get('signIn.port'), before);
  });

  it('has nobody at first, and asks nobody for that', async () => {
    assert.deepEqual(await vscode.authentication.getAccounts('genesys-cloud'), []);
    assert.equal(await vscode.authentication.getSession('genesys-cloud', ['conversations'], { silent: true }), undefined);
  });
});
