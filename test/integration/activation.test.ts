import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('Call Doctor in the real extension host', () => {
  it('activates', async () => {
    const extension = vscode.extensions.getExtension('call-doctor.genesys-call-doctor');
    assert.ok(extension, 'VS Code knows the extension');
    await extension.activate();
    assert.ok(extension.isActive);
  });
});
