import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './waiting.js';

/** A denial with the wording of FACTS §3.2, as a browser records it. */
const HAR = JSON.stringify({
  log: {
    version: '1.2',
    creator: { name: 'test', version: '1' },
    entries: [
      {
        request: {
          method: 'GET',
          url: 'https://api.mypurecloud.com/api/v2/routing/queues',
          headers: [{ name: 'Authorization', value: 'Bearer canary-har-4711' }],
        },
        response: {
          status: 403,
          headers: [],
          content: {
            text: JSON.stringify({
              message: 'Unable to perform the requested action. You are missing the following permission(s): [routing:queue:view]',
              code: 'missing.permissions',
              status: 403,
              contextId: '6f9a3c8e-1111-4222-8333-944445555666',
              details: [],
              errors: [],
            }),
          },
        },
      },
    ],
  },
});

const shown = (part: RegExp): vscode.TextDocument | undefined => {
  const document = vscode.window.activeTextEditor?.document;
  return document?.uri.scheme === 'call-doctor' && part.test(document.uri.path) ? document : undefined;
};

describe('A diagnosis', () => {
  let file: vscode.Uri;
  before(async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    file = vscode.Uri.joinPath(folder.uri, 'session.har');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(HAR));
  });
  after(() => vscode.workspace.fs.delete(file));
  beforeEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is made of a file, without its token', async () => {
    await vscode.commands.executeCommand('callDoctor.explainResponse', file);
    const document = await until('the answer', () => shown(/403 GET/));
    assert.ok(!document.getText().includes('canary-har'));
  });

  it('becomes a request to the administrator', async () => {
    await vscode.commands.executeCommand('callDoctor.explainResponse', file);
    await until('the answer', () => shown(/403 GET/));
    await vscode.commands.executeCommand('callDoctor.copyAdminRequest');
    const text = await vscode.env.clipboard.readText();
    assert.match(text, /^Subject: Genesys Cloud access/);
    assert.match(text, /routing:queue:view/);
    assert.match(text, /6f9a3c8e-1111-4222-8333-944445555666/);
    assert.doesNotMatch(text, /canary-har/);
  });

  it('opens what its evidence stands on', async () => {
    await vscode.commands.executeCommand('callDoctor.explainResponse', file);
    const document = await until('the answer', () => shown(/403 GET/));
    const evidence = { source: 'facts', fact: 'No org was asked. With --org, or signed in, the grants of the caller decide it.' };
    await vscode.commands.executeCommand('callDoctor.openEvidence', document.uri.query, evidence);
    const opened = await until('the evidence', () => shown(/Evidence of/));
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor && opened.lineAt(editor.selection.active.line).text.includes('No org was asked'), 'at the line that says it');
    assert.deepEqual(vscode.languages.getDiagnostics(opened.uri), [], 'the marks of the answer are not in it');
  });
});
