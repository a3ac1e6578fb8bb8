import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openText, textOf, until } from './waiting.js';

/** A denial with the wording of FACTS §3.2. */
const DENIAL = `HTTP/1.1 403 Forbidden
ININ-Correlation-Id: 6f9a3c8e-1111-4222-8333-944445555666
Content-Type: application/json

{"message":"Unable to perform the requested action. You are missing the following permission(s): [routing:queue:view]","code":"missing.permissions","status":403,"contextId":"6f9a3c8e-1111-4222-8333-944445555666","details":[],"errors":[]}`;

const shownExchange = (): vscode.TextDocument | undefined => {
  const document = vscode.window.activeTextEditor?.document;
  return document?.uri.scheme === 'call-doctor' ? document : undefined;
};

async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

describe('An explained answer', () => {
  beforeEach(closeAll);

  it('opens as a document whose problem is on the permission that it names', async () => {
    await vscode.env.clipboard.writeText(DENIAL);
    await vscode.commands.executeCommand('callDoctor.explainResponse');
    const document = await until('the answer', shownExchange);
    assert.equal(document.languageId, 'genesys-exchange');
    const problem = await until('a problem', () => vscode.languages.getDiagnostics(document.uri).find((d) => d.code === 'missing-permission'));
    assert.equal(document.getText(problem.range), 'routing:queue:view');
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Warning, 'the text alone does not prove it');
  });

  it('shows the evidence when hovered, and the verdict in a lens', async () => {
    await vscode.env.clipboard.writeText(DENIAL);
    await vscode.commands.executeCommand('callDoctor.explainResponse');
    const document = await until('the answer', shownExchange);
    const at = document.positionAt(document.getText().indexOf('routing:queue:view') + 3);
    const hover = textOf(await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at));
    assert.match(hover, /missing-permission/);
    assert.match(hover, /likely/);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    assert.match(lenses[0]?.command?.title ?? '', /403/);
  });

  for (const [what, text] of [
    ['an HTML page', '<html><head><title>Access denied</title></head><body>no</body></html>'],
    ['4 MB', `HTTP/1.1 403 Forbidden\n\n{"message":"${'x'.repeat(4_000_000)}"}`],
    ['a body that is cut off', 'HTTP/1.1 403 Forbidden\nContent-Length: 500\n\n{"message":"Unable to perform the requested action. You are mis'],
    ['a status without a body', 'HTTP/1.1 403 Forbidden\n\n'],
  ] as const) {
    it(`is opened when it is ${what}`, async () => {
      await openText('answer.txt', text);
      await vscode.commands.executeCommand('editor.action.selectAll');
      await vscode.commands.executeCommand('callDoctor.explainResponse');
      const document = await until('the answer', shownExchange);
      assert.ok(document.getText().length < 300_000, 'shown up to a limit');
      assert.ok(vscode.languages.getDiagnostics(document.uri).length > 0, 'with a problem that says what is known');
    }).timeout(30_000);
  }
});

describe('A checked cURL command', () => {
  beforeEach(closeAll);

  it('has every placeholder and every field that is none underlined', async () => {
    await openText(
      'thread.sh',
      `curl -X POST https://api.mypurecloud.com/api/v2/conversations/calls -H 'Authorization: Bearer secret-canary-4711' -H 'Content-Type: application/json' -d '{"to": "{{agent_user_id}}", "from": "{{outbound_number_id}}"}'\n`,
    );
    await vscode.commands.executeCommand('editor.action.selectAll');
    void vscode.commands.executeCommand('callDoctor.checkRequest');
    const document = await until('the request', shownExchange);
    const problems = await until('problems', () => {
      const all = vscode.languages.getDiagnostics(document.uri);
      return all.length > 3 ? all : undefined;
    });
    const on = (cause: string) => problems.filter((p) => p.code === cause).map((p) => document.getText(p.range));
    assert.deepEqual(on('unresolved-placeholder').sort(), ['{{agent_user_id}}', '{{outbound_number_id}}']);
    assert.ok(on('invalid-payload').includes('"to"') && on('invalid-payload').includes('"from"'));
    assert.ok(!document.getText().includes('secret-canary'), 'the pasted token is not shown');
  });
});
