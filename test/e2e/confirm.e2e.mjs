// The dialog that is asked before a call in a real org. No test reaches a real org, so that an extension of the test shows the dialog.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const extensionsDir = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-confirm-'));
process.once('exit', () => fs.rmSync(extensionsDir, { recursive: true, force: true, maxRetries: 5 }));

const SOURCE = `
import * as vscode from 'vscode';
import { confirmCall } from './src/commands/confirm.ts';
import { buildCallRequest } from './src/platform/callRequest.ts';
import { findRegion } from './src/platform/regions.ts';
export function activate() {
  vscode.commands.registerCommand('callDoctor.openPayload', (body) => void vscode.window.showInformationMessage('Shown: ' + body));
  vscode.commands.registerCommand('confirmTest.ask', async () => {
    const call = buildCallRequest({ as: 'on-behalf', agentId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', destination: { kind: 'phone', phoneNumber: '+13175550142' } });
    const words = { agent: 'Sales Agent 7', to: '+1 317 555 0142', org: 'Acme Insurance' };
    const caution = 'An attempt at 14:02 (3 min ago) to +1 317 555 0142 may have rung: ask Sales Agent 7 first.';
    const yes = await confirmCall({ region: findRegion('eu-central-1'), words, call, from: 'queue Sales EMEA, which shows +1 317 555 0100', caution });
    void vscode.window.showInformationMessage(yes ? 'It would dial' : 'Nothing is dialled');
  });
}`;

function install() {
  const folder = path.join(extensionsDir, 'test.confirm-0.0.1');
  fs.mkdirSync(folder);
  const manifest = {
    name: 'confirm',
    publisher: 'test',
    version: '0.0.1',
    engines: { vscode: '^1.80.0' },
    main: './extension.js',
    contributes: { commands: [{ command: 'confirmTest.ask', title: 'Confirm Test: Ask' }] },
  };
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  esbuild.buildSync({
    stdin: { contents: SOURCE, resolveDir: root, loader: 'ts' },
    outfile: path.join(folder, 'extension.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
}
install();

export const title = 'The dialog before a call';
export const options = { extensionsDir, width: 1100, height: 800 };

const ask = async (workbench) => {
  await workbench.runCommand('Confirm Test: Ask');
  await workbench.dialog('Call +1 317 555 0142').waitFor();
};

/** Waits for a notification: as a toast or, where that was put away already, in the list. */
const told = (workbench, text) =>
  workbench
    .toast(text)
    .first()
    .waitFor({ timeout: 5000 })
    .catch(async () => {
      await workbench.runCommand('Notifications: Show Notifications');
      await workbench.page.locator('.notifications-center', { hasText: text }).first().waitFor();
    });

export const tests = {
  'has everything in view that decides': async ({ workbench, shot }) => {
    await ask(workbench);
    const text = await workbench.dialog().innerText();
    const parts = [
      'Sales Agent 7',
      '+1 317 555 0142 (United States)',
      'queue Sales EMEA',
      'Acme Insurance',
      'eu-central-1',
      'calls/user/{userId}',
      'An attempt at 14:02',
    ];
    for (const part of parts) assert.ok(text.includes(part), `${part} in ${text}`);
    await shot('confirm-1-real-org');
    await workbench.answerDialog('Cancel');
    await told(workbench, 'Nothing is dialled');
  },

  'dials nothing by Enter, by space or by Escape': async ({ workbench, page }) => {
    for (const key of ['Enter', ' ', 'Escape']) {
      await workbench.runCommand('Notifications: Clear All Notifications');
      await ask(workbench);
      await page.keyboard.press(key);
      await workbench.dialog().waitFor({ state: 'hidden' });
      await told(workbench, 'Nothing is dialled');
      assert.equal(await workbench.toast('It would dial').count(), 0);
      if (key === 'Enter') await told(workbench, 'Shown: {');
    }
  },

  'dials where Place Call is pressed': async ({ workbench }) => {
    await ask(workbench);
    await workbench.answerDialog('Place Call');
    await told(workbench, 'It would dial');
  },
};
