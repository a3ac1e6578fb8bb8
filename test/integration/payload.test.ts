import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openText, textOf, until } from './waiting.js';

/** The 16 fields of CreateCallRequest (FACTS §1.1), with a word that their help cannot do without. */
const FIELDS: readonly (readonly [field: string, value: string, word: RegExp])[] = [
  ['phoneNumber', '"+13175550142"', /number to dial/i],
  ['callerId', '"+13175550100"', /caller ID/i],
  ['callerIdName', '"Example"', /caller ID name/i],
  ['callFromQueueId', '"3f2504e0-4f89-41d3-9a0c-0305e82c3301"', /on whose behalf/i],
  ['callQueueId', '"3f2504e0-4f89-41d3-9a0c-0305e82c3301"', /queue to call/i],
  ['callUserId', '"3f2504e0-4f89-41d3-9a0c-0305e82c3301"', /not the agent who calls/i],
  ['priority', '1', /callQueueId/],
  ['attributes', '{"ticket":"1"}', /customer participant/i],
  ['languageId', '"3f2504e0-4f89-41d3-9a0c-0305e82c3301"', /callQueueId/],
  ['routingSkillsIds', '[]', /callQueueId/],
  ['routingSkillExpression', '"x"', /2026-05-28/],
  ['conversationIds', '[]', /conversation:conference:add/],
  ['participants', '[]', /conversation:conference:add/],
  ['uuiData', '"x"', /User-to-User/i],
  ['externalContactId', '"3f2504e0-4f89-41d3-9a0c-0305e82c3301"', /external contact/i],
  ['label', '"x"', /utilization/i],
];

describe('A *.call.json file', () => {
  it('explains each of the 16 fields when hovered, with its source', async () => {
    assert.equal(FIELDS.length, 16);
    const text = `{\n${FIELDS.map(([name, value]) => `  "${name}": ${value}`).join(',\n')}\n}\n`;
    const document = await openText('every-field.call.json', text);
    for (const [name, , word] of FIELDS) {
      const at = document.positionAt(document.getText().indexOf(`"${name}"`) + 2);
      const hover = await until(`a hover on ${name}`, async () => {
        const shown = textOf(await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at));
        return shown.includes('Source') ? shown : undefined;
      });
      assert.match(hover, word, name);
    }
  });

  it('underlines a field of another platform and says what does it here', async () => {
    const document = await openText('folklore.call.json', '{ "phoneNumber": "+13175550142", "ownerId": "x" }\n');
    const problem = await until('a problem', () => vscode.languages.getDiagnostics(document.uri)[0]);
    assert.match(problem.message, /ownerId.*calls\/user\/\{userId\}/s);
  });

  it('accepts a request that the platform would', async () => {
    const document = await openText('good.call.json', '{ "phoneNumber": "+13175550142", "label": "x" }\n');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });

  it('says where malformed JSON is malformed', async () => {
    const document = await openText('broken.call.json', '{ "phoneNumber": "+13175550142", }}\n');
    const problem = await until('a problem', () => vscode.languages.getDiagnostics(document.uri)[0]);
    assert.equal(problem.range.start.line, 0);
  });

  it('completes with fields of the operation', async () => {
    const document = await openText('complete.call.json', '{ "" }\n');
    const offered = await until('completions', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, new vscode.Position(0, 3));
      const labels = list.items.map((i) => (typeof i.label === 'string' ? i.label : i.label.label));
      return labels.includes('callFromQueueId') ? labels : undefined;
    });
    assert.ok(!offered.includes('ownerId'), 'a foreign field is not offered');
  });
});
