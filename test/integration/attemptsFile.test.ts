import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { ATTEMPTS, entry, hasHistory } from './historyFile.js';
import { until } from './waiting.js';

const DAMAGED = '{"id":"half\n\u0000\u0000garbage';

// Its name has it run before anything else opens the history: a damaged file is found when it is opened.
describe('A damaged history', () => {
  before(function () {
    if (!hasHistory()) this.skip();
  });

  it('is set aside, and what can be read of it stays', async () => {
    fs.mkdirSync(path.dirname(ATTEMPTS), { recursive: true });
    fs.writeFileSync(ATTEMPTS, `${JSON.stringify(entry({ id: 'kept' }))}\n${DAMAGED}\n${JSON.stringify(entry({ id: 'kept-too' }))}\n`);
    void vscode.commands.executeCommand('callDoctor.history.focus');
    const folder = path.dirname(ATTEMPTS);
    const aside = await until('the copy that is set aside', () => {
      const name = fs.readdirSync(folder).find((f) => f.startsWith('attempts.jsonl.damaged-'));
      const content = name === undefined ? '' : fs.readFileSync(path.join(folder, name), 'utf8');
      return content === '' ? undefined : content;
    });
    assert.ok(aside.includes(DAMAGED), 'all that was there is in the copy');
    await until('the file without it', () => (fs.readFileSync(ATTEMPTS, 'utf8').includes('garbage') ? undefined : true));
    for (const id of ['kept', 'kept-too']) {
      await vscode.commands.executeCommand('callDoctor.openExchange', id);
      await until(`the answer of ${id}`, () => (vscode.window.activeTextEditor?.document.uri.query === id ? true : undefined));
    }
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
