import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { actionsAt, closeAll, FORMS, ours, problem } from './callTexts.js';
import { openText, until } from './waiting.js';

/** The repair of a problem whose title has these words, with an edit. */
async function repair(document: vscode.TextDocument, code: string, title: RegExp): Promise<vscode.CodeAction> {
  const { range } = await problem(document, code);
  // VS Code gives up on the providers that it is asking when another one registers: the Markdown extension is still starting.
  return until(`a repair like ${title}`, async () => (await actionsAt(document, range)).find((a) => title.test(a.title) && a.edit));
}

async function make(action: vscode.CodeAction): Promise<void> {
  assert.ok(action.edit && (await vscode.workspace.applyEdit(action.edit)));
}

describe('Repairs of calls', () => {
  beforeEach(closeAll);

  for (const { form, file, text } of FORMS) {
    it(`convert a body of folklore in ${form}, and change nothing else`, async () => {
      const document = await openText(`convert-${file}`, text('{"to": "+13175550142", "mediaType": "voice"}'));
      const action = await repair(document, 'foreign-field', /^Convert to the valid request$/);
      assert.ok(action.kind?.contains(vscode.CodeActionKind.QuickFix));
      await make(action);
      // FACTS §1.1: the number to call is phoneNumber; a call has no media type.
      const [before = '', after = ''] = text('|').split('|');
      const now = document.getText();
      assert.ok(now.startsWith(before) && now.endsWith(after), now);
      assert.deepEqual(JSON.parse(now.slice(before.length, now.length - after.length)), { phoneNumber: '+13175550142' });
      await until('no problem', () => (ours(document).some((d) => d.code === 'foreign-field') ? undefined : true));
    });
  }

  it('write a number in E.164 with the country that is set', async () => {
    const settings = vscode.workspace.getConfiguration('callDoctor');
    await settings.update('country', 'US', vscode.ConfigurationTarget.Global);
    try {
      const document = await openText('number.sh', FORMS[0]?.text('{"phoneNumber": "(317) 555-0142"}') ?? '');
      await make(await repair(document, 'bad-number', /\+1 317 555 0142/));
      assert.match(document.getText(), /"phoneNumber": "\+13175550142"/);
    } finally {
      await settings.update('country', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('stand in a *.call.json too, whose schema underlines the field', async () => {
    const document = await openText('convert.call.json', '{ "to": "+13175550142" }\n');
    const underlined = await until('the schema', () => vscode.languages.getDiagnostics(document.uri)[0]);
    const actions = await actionsAt(document, underlined.range);
    const convert = actions.find((a) => a.title === 'Convert to the valid request');
    assert.ok(convert, actions.map((a) => a.title).join(' | '));
    await make(convert);
    assert.deepEqual(JSON.parse(document.getText()), { phoneNumber: '+13175550142' });
  });

  it('change the operation to the one on behalf of an agent, and back', async () => {
    const document = await openText('rewrite.http', FORMS[2]?.text('{"phoneNumber": "+13175550142"}') ?? '');
    const before = document.getText();
    const start = new vscode.Range(1, 0, 1, 0);
    const rewrites = await actionsAt(document, start, vscode.CodeActionKind.RefactorRewrite);
    assert.ok(rewrites.every((a) => a.kind?.contains(vscode.CodeActionKind.RefactorRewrite)));
    const onBehalf = rewrites.find((a) => /on behalf/.test(a.title) && a.edit);
    assert.ok(onBehalf, rewrites.map((a) => a.title).join(' | '));
    await make(onBehalf);
    assert.match(document.getText(), /\/conversations\/calls\/user\//);
    const back = (await actionsAt(document, start, vscode.CodeActionKind.RefactorRewrite)).find((a) => /owner of the token/.test(a.title) && a.edit);
    assert.ok(back);
    await make(back);
    assert.equal(document.getText(), before);
  });

  it('ask what goes in the place of a placeholder, where nothing is picked', async () => {
    const document = await openText('fill.sh', FORMS[0]?.text('{"callFromQueueId": "{{queue}}", "phoneNumber": "+13175550142"}') ?? '');
    const { range } = await problem(document, 'placeholder');
    const pick = (await actionsAt(document, range)).find((a) => a.title === 'Pick what goes here…');
    assert.deepEqual(pick?.command?.arguments, [document.uri.toString(), document.offsetAt(range.start)]);
  });

  it('move a secret to a sign-in', async () => {
    const document = await openText(
      'secret.sh',
      "curl https://api.mypurecloud.com/api/v2/users/me -H 'Authorization: Bearer kX9w2Lr7Qm4Zt8Vb3Nc6Yp1Hs5Jd0Fg-Ua_Ee7Rr2Tt4Yy6Uu8Ii0Oo'\n",
    );
    const found = await problem(document, 'secret');
    assert.doesNotMatch(found.message, /kX9w2/);
    const move = (await actionsAt(document, found.range)).find((a) => a.command?.command === 'callDoctor.moveSecret');
    assert.deepEqual(move?.command?.arguments?.[0], document.uri.toString());
    assert.ok(found.range.isEqual(move?.command?.arguments?.[1]));
  });

  it('are shown beside the text before they are made', async () => {
    const document = await openText('preview.http', FORMS[2]?.text('{\n  "to": "+13175550142",\n  "mediaType": "voice",\n  "monitor": true\n}') ?? '');
    const before = document.getText();
    const { range } = await problem(document, 'foreign-field');
    const preview = (await actionsAt(document, range)).find((a) => a.title === 'Convert to the valid request (preview)');
    assert.ok(preview?.command && !preview.edit);
    await vscode.commands.executeCommand(preview.command.command, ...(preview.command.arguments ?? []));
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab?.input instanceof vscode.TabInputTextDiff);
    assert.match((await vscode.workspace.openTextDocument(tab.input.modified)).getText(), /"phoneNumber": "\+13175550142"/);
    assert.equal(document.getText(), before, 'nothing is made yet');
    await vscode.commands.executeCommand('callDoctor.applyPreview');
    assert.match(document.getText(), /"phoneNumber": "\+13175550142"/);
    assert.ok(!(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff), 'the comparison is closed');
  });

  it('are none in a call to another service', async () => {
    const document = await openText('other-actions.sh', `# not Genesys\ncurl https://api.example.com/v1/calls -d '{"to": "1"}'\n`);
    const actions = await actionsAt(document, new vscode.Range(1, 0, 1, 60));
    assert.deepEqual(
      actions.filter((a) => /Convert|behalf/.test(a.title)).map((a) => a.title),
      [],
    );
  });
});
