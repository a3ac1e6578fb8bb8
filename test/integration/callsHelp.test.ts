import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { at, closeAll, completionsAt, FORMS, hoverAt, labelOf, taken } from './callTexts.js';
import { openText, textOf, until } from './waiting.js';

describe('Help where a call is written', () => {
  beforeEach(closeAll);

  for (const { form, file, language, text } of FORMS) {
    it(`explains a field in ${form}`, async () => {
      const document = await openText(`hover-${file}`, text('{"callFromQueueId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301"}'));
      assert.equal(document.languageId, language);
      const [hover] = await hoverAt(document, at(document, 'callFromQueueId', 3));
      assert.match(textOf(hover ? [hover] : []), /on whose behalf/i);
      assert.ok(hover?.range && document.getText(hover.range).includes('callFromQueueId'), 'on the field');
    });

    it(`says what the operation of ${form} requires`, async () => {
      const document = await openText(`path-${file}`, text('{}', '/user/3f2504e0-4f89-41d3-9a0c-0305e82c3301'));
      const help = textOf(await hoverAt(document, at(document, 'conversations/calls', 3)));
      // FACTS §2: ANY conversation:agentlessCall:add, conversation:call:add.
      assert.match(help, /conversation:agentlessCall:add/);
      assert.match(help, /conversation:call:add/);
    });

    it(`completes the fields of ${form}, written as it has to be there`, async () => {
      const document = await openText(`complete-${file}`, text('{"callFrom"}'));
      const items = await completionsAt(document, at(document, 'callFrom', 'callFrom'.length));
      const item = items.find((i) => labelOf(i) === 'callFromQueueId');
      assert.ok(item, items.map(labelOf).join(', '));
      assert.ok(!items.some((i) => labelOf(i) === 'ownerId'), 'a foreign field is not offered');
      assert.match(taken(document, item), /"callFromQueueId":/);
    });
  }

  it('shows no token, whatever is pointed at', async () => {
    const document = await openText(
      'token.sh',
      `curl https://api.mypurecloud.com/api/v2/users/me -H 'Authorization: Bearer canary-token-4711-aGVsbG8gd29ybGQ'\n`,
    );
    const help = textOf(await hoverAt(document, at(document, 'canary', 2)));
    assert.ok(help.length > 0, 'it says what kind of token goes there');
    assert.doesNotMatch(help, /canary/);
  });

  it('helps with JSON that is being typed', async () => {
    const document = await openText('typed.sh', `curl https://api.mypurecloud.com/api/v2/conversations/calls -d '{"phoneNumber": "+1317555", "callFr`);
    assert.match(textOf(await hoverAt(document, at(document, 'phoneNumber', 2))), /number to dial/i);
    const items = await completionsAt(document, at(document, 'callFr', 'callFr'.length));
    assert.ok(items.some((i) => labelOf(i) === 'callFromQueueId'));
  });

  it('leaves the model in a *.call.json to its schema', async () => {
    const document = await openText('schema.call.json', '{ "" }\n');
    const labels = await until('completions', async () => {
      const found = (await completionsAt(document, new vscode.Position(0, 3))).map(labelOf);
      return found.includes('callFromQueueId') ? found : undefined;
    });
    assert.equal(labels.filter((l) => l === 'callFromQueueId').length, 1, 'offered once');
  });

  it('explains any JSON document on request, and no longer when asked again', async () => {
    const document = await openText('mine.json', '{ "callFromQueueId": "x" }\n');
    const help = async (): Promise<string> => textOf(await hoverAt(document, at(document, 'callFrom', 2)));
    assert.doesNotMatch(await help(), /on whose behalf/i);
    await vscode.commands.executeCommand('callDoctor.helpInThisDocument');
    assert.match(await help(), /on whose behalf/i);
    await vscode.commands.executeCommand('callDoctor.helpInThisDocument');
    assert.doesNotMatch(await help(), /on whose behalf/i);
  });

  it('is none for a call to another service', async () => {
    const document = await openText('other.sh', `# beside a Genesys call\ncurl https://api.example.com/v1/calls -d '{"phoneNumber": "1"}'\n`);
    assert.equal(textOf(await hoverAt(document, at(document, 'phoneNumber', 2))), '');
  });
});
