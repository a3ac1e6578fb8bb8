import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { at, closeAll, FORMS, lensesOf, ours, problem } from './callTexts.js';
import { openText, until } from './waiting.js';

/** A call whose only problem says that the documents opened before it have been looked at. */
const SENTINEL = `curl -X POST https://api.mypurecloud.com/api/v2/conversations/calls -H "Authorization: Bearer $T" -H 'Content-Type: application/json' -d '{"phoneNumber": "+13175550142", "ownerId": "x"}'\n`;

async function lookedAt(): Promise<void> {
  await problem(await openText('sentinel.sh', SENTINEL), 'foreign-field');
}

describe('Problems of calls', () => {
  beforeEach(closeAll);

  for (const { form, file, text } of FORMS) {
    it(`are underlined on their characters in ${form}`, async () => {
      const document = await openText(`problems-${file}`, text('{"phoneNumber": "+15550199", "ownerId": "{{agent}}"}'));
      const foreign = await problem(document, 'foreign-field');
      assert.match(document.getText(foreign.range), /^"?ownerId"?$/);
      assert.match(foreign.message, /calls\/user\/\{userId\}/, 'it says what does it here');
      assert.equal(foreign.source, 'Call Doctor');
      assert.match(document.getText((await problem(document, 'bad-number')).range), /^"?\+15550199"?$/);
    });
  }

  it('follow what is typed', async () => {
    const document = await openText('typed-problems.sh', SENTINEL);
    await problem(document, 'foreign-field');
    const edit = new vscode.WorkspaceEdit();
    const start = at(document, ', "ownerId"');
    edit.delete(document.uri, new vscode.Range(start, start.translate(0, ', "ownerId": "x"'.length)));
    await vscode.workspace.applyEdit(edit);
    await until('none', () => (ours(document).length === 0 ? true : undefined));
    await vscode.commands.executeCommand('undo');
    await problem(document, 'foreign-field');
  });

  it('end with the document', async () => {
    const { uri } = await openText('closed.sh', SENTINEL);
    await closeAll();
    // A document that a test has opened itself stays open for minutes; one that is opened by hand ends with its editor.
    const copy = uri.with({ path: uri.path.replace('closed', 'closed-by-hand') });
    await vscode.workspace.fs.copy(uri, copy, { overwrite: true });
    await vscode.commands.executeCommand('vscode.open', copy);
    await until('problems', () => (vscode.languages.getDiagnostics(copy).length > 0 ? true : undefined));
    await closeAll();
    await until('none', () => (vscode.languages.getDiagnostics(copy).length === 0 ? true : undefined));
  });

  it('name the other places that belong to them', async () => {
    const document = await openText('two.sh', SENTINEL.replace('"ownerId": "x"', '"callUserId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301"'));
    const two = await problem(document, 'several-destinations');
    assert.ok(two.relatedInformation?.some((r) => /phoneNumber|callUserId/.test(document.getText(r.location.range))));
  });

  it('in a *.call.json are those that its schema does not know', async () => {
    const document = await openText('problems.call.json', '{ "phoneNumber": "+15550199", "ownerId": "x" }\n');
    await problem(document, 'bad-number');
    const all = await until('the schema', () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      return found.some((d) => d.source !== 'Call Doctor') ? found : undefined;
    });
    assert.equal(all.filter((d) => d.message.includes('ownerId')).length, 1, JSON.stringify(all));
  });

  it('are told of scopes that do not exist, in a comment beside a call', async () => {
    const document = await openText('scope.sh', `# needs the scope call:outbound:initiate\n${SENTINEL}`);
    assert.equal(document.getText((await problem(document, 'no-such-scope')).range), 'call:outbound:initiate');
  });

  it('are none in a document of another service', async () => {
    const other = await openText(
      'other-problems.sh',
      `# Genesys comes later\ncurl -X POST https://api.example.com/v1/calls -d '{"ownerId": "{{x}}", "to": "1"}'\n`,
    );
    const pact = await openText(
      'other.pact.json',
      '{"interactions": [{"request": {"method": "POST", "path": "/orders/genesys", "body": {"to": "x"}}, "response": {"status": 200}}]}\n',
    );
    await lookedAt();
    assert.deepEqual([...ours(other), ...ours(pact)], []);
  });

  it('are told of JSON that is half typed, where it is', async () => {
    const document = await openText('half.sh', SENTINEL.replace(`, "ownerId": "x"}'`, ', '));
    assert.equal((await problem(document, 'not-json')).range.start.line, 0);
  });

  it('decline a large payload in a sentence, and say nothing of a large file that was not meant', async function () {
    this.timeout(60_000);
    const lines = `"${'genesys '.repeat(20)}",\n`.repeat(63_000);
    const large = `[\n${lines}"end"]\n`;
    assert.ok(large.length > 10_000_000);
    const other = await openText('large.json', large);
    const meant = await openText('large.call.json', large);
    const declined = await until('a sentence', () => ours(meant).find((d) => d.code === 'too-large'), 40_000);
    assert.equal(declined.severity, vscode.DiagnosticSeverity.Information);
    assert.equal(declined.range.start.line, 0);
    assert.deepEqual(ours(other), []);
    assert.deepEqual(await lensesOf(other), []);
  });
});
