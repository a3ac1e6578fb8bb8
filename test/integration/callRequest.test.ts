import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openText, until } from './waiting.js';

const API = 'https://api.mypurecloud.com';
const CALLS = '/api/v2/conversations/calls';

async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('notifications.clearAll');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

const shown = (): vscode.TextDocument | undefined => {
  const document = vscode.window.activeTextEditor?.document;
  return document?.uri.scheme === 'call-doctor' ? document : undefined;
};

const causes = (document: vscode.TextDocument): string[] => vscode.languages.getDiagnostics(document.uri).map((d) => String(d.code));

describe('A call in a text', () => {
  beforeEach(closeAll);

  it('is checked from its text alone where nobody is signed in', async () => {
    const text = `#!/bin/bash\n# two calls\ncurl ${API}/api/v2/users/me -H "Authorization: Bearer $TOKEN"\ncurl ${API}${CALLS} -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"phoneNumber":"{{number}}","ownerId":"x"}'\n`;
    const document = await openText('check.sh', text);
    void vscode.commands.executeCommand('callDoctor.checkRequest', document.uri.toString(), text.lastIndexOf('curl'));
    const diagnosis = await until('the diagnosis', shown);
    const found = await until('problems', () => (causes(diagnosis).length >= 2 ? causes(diagnosis) : undefined));
    assert.ok(found.includes('unresolved-placeholder') && found.includes('invalid-payload'), found.join());
    assert.match(diagnosis.getText(), /\{\{number\}\}/);
  });

  it('has the answer that stands with it explained', async () => {
    const pact = {
      interactions: [
        {
          request: { method: 'GET', path: '/api/v2/routing/queues' },
          response: {
            status: 403,
            body: { message: 'You are missing the following permission(s): [routing:queue:view]', code: 'missing.permissions', status: 403, contextId: 'x' },
          },
        },
      ],
    };
    const document = await openText('pact.json', JSON.stringify(pact, null, 2));
    await vscode.commands.executeCommand('callDoctor.explainRegion', document.uri.toString(), document.getText().indexOf('"method"'));
    const diagnosis = await until('the diagnosis', shown);
    await until('a problem', () => (causes(diagnosis).includes('missing-permission') ? true : undefined));
  });

  it('is looked for at the cursor', async () => {
    const document = await openText(
      'cursor.http',
      `GET ${API}/api/v2/users/me\n\n###\nPOST ${API}${CALLS}\nContent-Type: application/json\n\n{"ownerId":"x"}\n`,
    );
    const at = document.positionAt(document.getText().indexOf('ownerId'));
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
    void vscode.commands.executeCommand('callDoctor.checkRequest');
    const diagnosis = await until('the diagnosis', shown);
    assert.match(diagnosis.getText(), /"ownerId"/);
  });
});

describe('A secret in a text', () => {
  beforeEach(closeAll);
  const TOKEN = 'q7Zk2Lw9XbTr4VnYs8Hd3Jm6PcGf1Ea5RuWoNiQx';
  const text = `curl ${API}/api/v2/users/me -H 'Authorization: Bearer ${TOKEN}'\n`;

  it('stays where the sign-in that it was to move to is given up', async () => {
    const document = await openText('given-up.sh', text);
    const at = text.indexOf(TOKEN);
    let ended = false;
    const range = new vscode.Range(document.positionAt(at), document.positionAt(at + TOKEN.length));
    void vscode.commands.executeCommand('callDoctor.moveSecret', document.uri.toString(), range).then(() => {
      ended = true;
    });
    await until('the end of the sign-in', async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return ended || undefined;
    });
    assert.equal(document.getText(), text);
    assert.equal(document.isDirty, false);
  });
});

/** Of the sandbox org. */
const SALES_AGENT_7 = '35d1990a-8d83-482a-9840-8d39c2209e5b';

const accounts = () => vscode.authentication.getAccounts('genesys-cloud');

/** Presses Enter in whatever quick pick is open until something is so. */
async function acceptUntil<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  return until(what, async () => {
    const found = await look();
    if (found === undefined) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return found;
  });
}

/** The diagnosis in the panel. */
async function diagnosis(): Promise<string> {
  await vscode.env.clipboard.writeText('');
  await vscode.commands.executeCommand('callDoctor.copyDiagnosis');
  return vscode.env.clipboard.readText();
}

describe('A call in a text, signed in to the sandbox', () => {
  const script = (number: string): string =>
    `#!/bin/bash\ncurl -X POST ${API}${CALLS}/user/${SALES_AGENT_7} -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"phoneNumber":"${number}"}'\n`;

  before(async function () {
    this.timeout(60_000);
    await closeAll();
    void vscode.commands.executeCommand('callDoctor.signIn', 'sandbox');
    const [account] = await acceptUntil('the sign-in', async () => ((await accounts()).length > 0 ? accounts() : undefined));
    assert.match(account?.label ?? '', /dialer-service/, 'the first of the list');
  });
  after(async () => {
    void vscode.commands.executeCommand('callDoctor.signOut');
    await acceptUntil('nobody', async () => ((await accounts()).length === 0 ? true : undefined));
    await closeAll();
  });
  beforeEach(closeAll);

  it('is checked with what the org says', async () => {
    const document = await openText('sandbox.sh', script('+13175550142'));
    await vscode.commands.executeCommand('callDoctor.checkRequest', document.uri.toString(), document.getText().indexOf('curl'));
    await until('the diagnosis', shown);
    const said = await diagnosis();
    assert.match(said, /dialer\\?-service holds any of .*conversation:call:add \| holds/);
    assert.doesNotMatch(said, /TOKEN/, 'the account brings its token');
  });

  for (const [what, text] of [
    ['a placeholder is left in it', script('{{number}}')],
    ['it calls an emergency number', script('911')],
    ['it calls a premium-rate number', script('+19005550142')],
    ['the body has an unknown field', script('+13175550142').replace('"phoneNumber"', '"to"')],
    ['the operation places none', `curl ${API}/api/v2/users/me\n`],
  ] as const) {
    it(`is not placed where ${what}`, async () => {
      const before = await diagnosis();
      const document = await openText('refused.sh', text);
      const placed = vscode.commands.executeCommand('callDoctor.placeRequest', document.uri.toString(), text.indexOf('curl'));
      let ended = false;
      void placed.then(() => {
        ended = true;
      });
      // The refusal is a message: putting it away ends the command. There is nothing to confirm.
      await until('the refusal', async () => {
        await vscode.commands.executeCommand('notifications.clearAll');
        return ended || undefined;
      });
      assert.equal(await diagnosis(), before);
    });
  }

  it('is placed once it is confirmed', async () => {
    const document = await openText('placed.sh', script('+13175550142'));
    await vscode.commands.executeCommand('callDoctor.checkRequest', document.uri.toString(), document.getText().indexOf('curl'));
    const checked = await diagnosis();
    void vscode.commands.executeCommand('callDoctor.placeRequest', document.uri.toString(), document.getText().indexOf('curl'));
    // Enter alone does not dial: the first row of what is asked is Cancel.
    const said = await until('the call', async () => {
      await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const now = await diagnosis();
      return now === checked || now === '' ? undefined : now;
    });
    assert.match(said, /20[02]/);
  }).timeout(60_000);
});
