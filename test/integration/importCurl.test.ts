import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openText, until } from './waiting.js';

const API = 'https://api.mypurecloud.com';
const CALLS = '/api/v2/conversations/calls';
const SECRET = 'secret-canary-4711-canary-4711';

async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

const untitled = (): vscode.TextDocument | undefined => {
  const document = vscode.window.activeTextEditor?.document;
  return document?.isUntitled && document.getText() !== '' ? document : undefined;
};

/** Runs the command and waits for the file that it makes. */
async function imported(): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('notifications.clearAll');
  const done = vscode.commands.executeCommand('callDoctor.importCurl');
  const document = await until('the file', untitled);
  // The message that tells of it waits for an answer.
  await vscode.commands.executeCommand('notifications.clearAll');
  await done;
  return document;
}

/** Presses Enter in the quick pick as soon as one is open: whatever it does shows by what comes next. */
async function acceptUntil<T>(what: string, look: () => T | undefined): Promise<T> {
  return until(what, async () => {
    const found = look();
    if (found === undefined) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return found;
  });
}

describe('Import cURL', () => {
  beforeEach(closeAll);

  it('makes an unsaved call file of the command in the clipboard, without its token', async () => {
    await vscode.env.clipboard.writeText(
      `curl -X POST ${API}${CALLS} -H 'Authorization: Bearer ${SECRET}' -H 'Content-Type: application/json' -d '{"phoneNumber":"+13175550142"}'`,
    );
    const document = await imported();
    assert.equal(document.languageId, 'json');
    assert.match(document.uri.path, /\.call\.json$/);
    assert.equal(document.getText(), '{\n  "phoneNumber": "+13175550142"\n}\n');
  });

  it('makes a request of the selected command, with its method and path', async () => {
    const opened = await openText(
      'calls.sh',
      `#!/bin/bash\ncurl -s ${API}/api/v2/users/me\ncurl -X PATCH '${API}${CALLS}/1?x=y' -b s=${SECRET} --frobnicate --json '{"state":"disconnected"}'\n`,
    );
    const line = opened.lineAt(2).range;
    await vscode.window.showTextDocument(opened, { selection: line });
    const document = await imported();
    assert.deepEqual(JSON.parse(document.getText()), { method: 'PATCH', url: `${CALLS}/1?x=y`, body: { state: 'disconnected' } });
    assert.ok(!document.getText().includes(SECRET));
  });

  it('asks which of several, with the first that calls Genesys Cloud at hand', async () => {
    await openText('several.sh', `curl https://example.com/x\ncurl -X DELETE ${API}${CALLS}/1\ncurl ${API}/api/v2/users/me\n`);
    await vscode.commands.executeCommand('editor.action.selectAll');
    await vscode.commands.executeCommand('notifications.clearAll');
    const done = vscode.commands.executeCommand('callDoctor.importCurl');
    const document = await acceptUntil('the file', untitled);
    await vscode.commands.executeCommand('notifications.clearAll');
    await done;
    assert.deepEqual(JSON.parse(document.getText()), { method: 'DELETE', url: `${CALLS}/1` });
  });

  it('reads the body of a file beside the script, when the person wants it', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri as vscode.Uri;
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, 'body.json'), Buffer.from('{\n  "phoneNumber": "+13175550142"\n}\n'));
    await openText('file.sh', `curl ${API}${CALLS} --json @body.json\n`);
    await vscode.commands.executeCommand('editor.action.selectAll');
    await vscode.commands.executeCommand('notifications.clearAll');
    const done = vscode.commands.executeCommand('callDoctor.importCurl');
    const document = await acceptUntil('the file', untitled);
    await vscode.commands.executeCommand('notifications.clearAll');
    await done;
    assert.deepEqual(JSON.parse(document.getText()), { phoneNumber: '+13175550142' });
  });

  it('goes to the place where the body is no JSON, and makes no file', async () => {
    const text = `# broken\ncurl ${API}${CALLS} \\\n  -d '{"phoneNumber": oops}'\n`;
    const document = await openText('broken.sh', text);
    await vscode.commands.executeCommand('editor.action.selectAll');
    await vscode.commands.executeCommand('callDoctor.importCurl');
    const at = await until('the cursor at the place', () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document === document && editor.selection.isEmpty ? document.offsetAt(editor.selection.active) : undefined;
    });
    assert.equal(text.slice(at, at + 4), 'oops');
  });
});

describe('Copy as cURL', () => {
  beforeEach(closeAll);
  const setShell = (shell: string | undefined) => vscode.workspace.getConfiguration('callDoctor').update('shell', shell, vscode.ConfigurationTarget.Global);
  after(() => setShell(undefined));

  const SCRIPT = `curl -X PATCH "${API}/api/v2/x/$ID" -H "Authorization: Bearer ${SECRET}" -H 'Cookie: s=${SECRET}' -d '{"label":"O'\\''Brien"}'\n`;
  for (const [shell, wanted] of [
    ['bash', [/^curl -X PATCH \\\n/, /"\$ID"/, /Bearer \$GENESYSCLOUD_ACCESS_TOKEN"/, /O'\\''Brien/]],
    ['powershell', [/^curl\.exe -X PATCH `\n/, /\$env:ID"/, /Bearer \$env:GENESYSCLOUD_ACCESS_TOKEN"/, /O''Brien/]],
    ['cmd', [/^curl -X PATCH \^\n/, /%ID%/, /Bearer %GENESYSCLOUD_ACCESS_TOKEN%"/, /O'Brien/]],
  ] as const) {
    it(`writes the call at the cursor for ${shell}, with the token as a variable`, async () => {
      await setShell(shell);
      const document = await openText('copy.sh', SCRIPT);
      await vscode.commands.executeCommand('callDoctor.copyRequestAsCurl', document.uri.toString(), 2);
      const command = await vscode.env.clipboard.readText();
      for (const part of wanted) assert.match(command, part);
      assert.ok(!command.includes(SECRET), command);
    });
  }

  it('asks for the shell, and gives a call file the host of a region', async () => {
    await setShell('ask');
    await vscode.env.clipboard.writeText('nothing yet');
    await openText('copy.call.json', '{ "phoneNumber": "+13175550142" }\n');
    const done = vscode.commands.executeCommand('callDoctor.copyAsCurl');
    let command = '';
    await until('a copied command', async () => {
      command = await vscode.env.clipboard.readText();
      if (command.startsWith('curl')) return true;
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return undefined;
    });
    await done;
    assert.match(command, /^curl https:\/\/api\.mypurecloud\.com\/api\/v2\/conversations\/calls \\\n/);
    assert.match(command, /-H "Authorization: Bearer \$GENESYSCLOUD_ACCESS_TOKEN"/);
    assert.match(command, /-H 'Content-Type: application\/json'/);
    assert.match(command, /--data-raw '\{ "phoneNumber": "\+13175550142" \}/);
  });
});
