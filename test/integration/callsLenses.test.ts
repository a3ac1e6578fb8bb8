import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, FORMS, lensesOf } from './callTexts.js';
import { openText } from './waiting.js';

const titles = (lenses: readonly vscode.CodeLens[]): (string | undefined)[] => lenses.map((l) => l.command?.title);
/** The lenses of this extension: Markdown and JSON have none of their own. */
const CALL = ['Check', 'Place call', 'Copy as cURL'];

describe('Lenses above a call', () => {
  beforeEach(closeAll);

  for (const { form, file, text } of FORMS) {
    it(`stand on the line where it begins in ${form}`, async () => {
      const document = await openText(`lens-${file}`, text('{"phoneNumber": "+13175550142"}'));
      const lenses = await lensesOf(document);
      assert.deepEqual(titles(lenses).slice(0, 3), CALL);
      const [uri, offset] = lenses[0]?.command?.arguments ?? [];
      assert.equal(uri, document.uri.toString());
      assert.equal(document.positionAt(offset).line, lenses[0]?.range.start.line);
      assert.match(document.getText().slice(offset), /^(?:curl|POST|\{"method")/);
    });
  }

  it('place only what is a call, and explain only what has a response', async () => {
    const document = await openText(
      'lens.http',
      'GET https://api.mypurecloud.com/api/v2/users/me\n\n### Another\nPOST https://api.mypurecloud.com/api/v2/conversations/calls\n',
    );
    assert.deepEqual(titles(await lensesOf(document)), ['Check', 'Copy as cURL', ...CALL]);
    const pact = FORMS.find((f) => f.form === 'a Pact file');
    assert.ok(pact);
    assert.deepEqual(titles(await lensesOf(await openText('lens.pact.json', pact.text('{}')))), [...CALL, 'Explain the response']);
  });

  it('stand in a *.call.json, and in none of another service', async () => {
    assert.deepEqual(titles(await lensesOf(await openText('lens.call.json', '{ "phoneNumber": "+13175550142" }\n'))), CALL);
    assert.deepEqual(titles(await lensesOf(await openText('other.http', '# not Genesys\nGET https://api.example.com/v1/users\n'))), []);
  });

  it('can be switched off', async () => {
    const settings = vscode.workspace.getConfiguration('callDoctor');
    await settings.update('lenses', false, vscode.ConfigurationTarget.Workspace);
    try {
      assert.deepEqual(await lensesOf(await openText('off.call.json', '{}\n')), []);
    } finally {
      await settings.update('lenses', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
