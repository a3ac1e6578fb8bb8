import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { refusedNumbers } from '../../src/sidebar/refusedNumbers.js';

describe('the numbers that are refused beside those that always are', () => {
  const set = (value: unknown, target: vscode.ConfigurationTarget): Thenable<void> =>
    vscode.workspace.getConfiguration('callDoctor').update('refusedNumbers', value, target);
  const { Global, Workspace } = vscode.ConfigurationTarget;

  after(async () => {
    await set(undefined, Global);
    await set(undefined, Workspace);
  });

  it('are those of the user and those that a workspace adds; a workspace takes none away', async () => {
    assert.deepEqual(refusedNumbers(), []);
    await set(['+882'], Global);
    assert.deepEqual(refusedNumbers(), ['+882']);
    await set(['+44 20', 'rubbish', 7], Workspace);
    assert.deepEqual(refusedNumbers(), ['+882', '+4420']);
    for (const nothing of [[], null, 'none', {}]) {
      await set(nothing, Workspace);
      assert.deepEqual(refusedNumbers(), ['+882'], JSON.stringify(nothing));
    }
  });
});
