import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EXTENSION_ID } from './waiting.js';

describe('Commands', () => {
  it('are all registered as the manifest declares them', async () => {
    const extension = vscode.extensions.getExtension(EXTENSION_ID);
    await extension?.activate();
    const declared: string[] = extension?.packageJSON.contributes.commands.map((c: { command: string }) => c.command);
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.ok(declared.length > 10);
    assert.deepEqual(
      declared.filter((c) => !registered.has(c)),
      [],
    );
  });

  it('open an unsaved payload that VS Code knows as JSON', async () => {
    await vscode.commands.executeCommand('callDoctor.openPayload');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'json');
    assert.match(document?.uri.path ?? '', /\.call\.json$/);
    assert.deepEqual(JSON.parse(document?.getText() ?? ''), { phoneNumber: '+13175550142' });
  });

  it('know nobody before somebody signs in', async () => {
    assert.deepEqual(await vscode.authentication.getAccounts('genesys-cloud'), []);
    assert.equal(await vscode.authentication.getSession('genesys-cloud', [], { silent: true }), undefined);
  });
});
