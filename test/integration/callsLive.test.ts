import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import org from '../../src/sandbox/org/org.json';
import { at, closeAll, completionsAt, FORMS, hoverAt, labelOf, taken } from './callTexts.js';
import { openText, textOf, until } from './waiting.js';

const QUEUE = org.queues.find((q) => q.name === 'Sales EMEA')?.id ?? '';
const AGENT = org.users.find((u) => u.name === 'Sales Agent 7')?.id ?? '';

describe('Ids, with somebody signed in to the sandbox', () => {
  before(async function () {
    this.timeout(40_000);
    await closeAll();
    const done = vscode.commands.executeCommand('callDoctor.signIn', 'sandbox');
    await until('the sign-in', async () => {
      // The list of people and applications comes when the sandbox runs.
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return (await vscode.authentication.getAccounts('genesys-cloud'))[0];
    });
    await done;
  });
  after(async () => {
    const done = vscode.commands.executeCommand('callDoctor.signOut');
    await until('nobody', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return (await vscode.authentication.getAccounts('genesys-cloud')).length === 0 ? true : undefined;
    });
    await done;
  });
  beforeEach(closeAll);

  for (const { form, file, text } of FORMS) {
    it(`have names when they are pointed at in ${form}`, async () => {
      const document = await openText(`names-${file}`, text(`{"phoneNumber": "+13175550142", "callFromQueueId": "${QUEUE}"}`, `/user/${AGENT}`));
      const named = (id: string, name: RegExp): Promise<string> =>
        until(`the name of ${id}`, async () => {
          const help = textOf(await hoverAt(document, at(document, id, 5)));
          return name.test(help) ? help : undefined;
        });
      assert.match(await named(QUEUE, /Sales EMEA/), /Example Sales .*442079460100.*division Sales/);
      assert.match(await named(AGENT, /Sales Agent 7/), /station web.*sales.*7/);
    });
  }

  it('have names in a *.call.json too, beside what its schema says', async () => {
    const document = await openText('names.call.json', `{ "callQueueId": "${QUEUE}" }\n`);
    const help = await until('both', async () => {
      const shown = textOf(await hoverAt(document, at(document, QUEUE, 5)));
      return /Sales EMEA/.test(shown) && /queue to call/i.test(shown) ? shown : undefined;
    });
    assert.equal(help.match(/queue to call/gi)?.length, 1, 'said once');
  });

  it('say that there is no such thing', async () => {
    const document = await openText('absent.call.json', `{ "callUserId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301" }\n`);
    await until('the answer', async () => (/there is no user/.test(textOf(await hoverAt(document, at(document, '3f25', 5)))) ? true : undefined));
  });

  it('say which permission is missing', async () => {
    // FACTS §6, JS259: GET /routing/wrapupcodes/{codeId} ALL routing:wrapupCode:view, which dialer-service lacks.
    const document = await openText('denied.http', `GET https://api.mypurecloud.com/api/v2/routing/wrapupcodes/${org.wrapUpCodes[0]?.id}\n`);
    await until('the refusal', async () =>
      /may not read.*routing:wrapupCode:view/.test(textOf(await hoverAt(document, at(document, org.wrapUpCodes[0]?.id ?? '', 5)))) ? true : undefined,
    );
  });

  it('are offered by name: queues in a payload, people in a path', async () => {
    const payload = await openText('offered.call.json', '{ "callQueueId": "" }\n');
    const queue = await until('a queue', async () => (await completionsAt(payload, at(payload, ': "', 3))).find((i) => labelOf(i) === 'Sales EMEA'));
    assert.equal(taken(payload, queue), `{ "callQueueId": "${QUEUE}" }\n`);
    const script = await openText('offered.sh', `curl -X POST https://api.mypurecloud.com/api/v2/conversations/calls/user/Sales -d '{}'\n`);
    const agent = await until('an agent', async () => (await completionsAt(script, at(script, 'user/Sales', 10))).find((i) => labelOf(i) === 'Sales Agent 7'));
    assert.match(taken(script, agent), new RegExp(`calls/user/${AGENT} -d`));
  });

  it('fill a placeholder with what is picked from a list', async () => {
    const document = await openText('filled.http', FORMS[2]?.text('{"phoneNumber": "+13175550142", "callFromQueueId": "{{queue}}"}') ?? '');
    const offset = document.getText().indexOf('{{queue}}');
    const done = vscode.commands.executeCommand('callDoctor.fillPlaceholder', document.uri.toString(), offset);
    const text = await until('the id', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return document.getText().includes('{{queue}}') ? undefined : document.getText();
    });
    await done;
    const id = /"callFromQueueId": "([^"]*)"/.exec(text)?.[1];
    assert.ok(
      org.queues.some((q) => q.id === id),
      text,
    );
  });
});
