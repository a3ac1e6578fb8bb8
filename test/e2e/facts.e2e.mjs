// What operations require: looked up from the keyboard.
import assert from 'node:assert/strict';

export const title = 'Required permissions';
export const timeout = 60_000;
export const options = { width: 1200, height: 800 };

const COMMAND = 'Call Doctor: Show Required Permissions';
const row = (workbench, text) => workbench.quickInput.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();

export const tests = {
  'are found by words, best first, while typing': async ({ workbench, shot }) => {
    await workbench.runCommand(COMMAND);
    await workbench.quickInput.getByText('3315 of 3315 operations').waitFor();
    await workbench.type('place call');
    await row(workbench, 'conversation:conference:add').waitFor();
    const rows = workbench.quickInput.locator('.quick-input-list .monaco-list-row');
    assert.equal(await rows.first().getAttribute('aria-label'), 'POST, /api/v2/conversations/calls, conversation:conference:add');
    await shot('permissions-1-search');
    await workbench.type('conversation:call:add');
    await workbench.quickInput.getByText('1 of 3315 operations').waitFor();
  },

  'are shown with user context, scopes, date and what belongs to the operation': async ({ workbench, page, shot }) => {
    await page.keyboard.press('Enter');
    await workbench.quickInput.getByText('POST /api/v2/conversations/calls/user/{userId}', { exact: true }).first().waitFor();
    for (const text of ['conversation:agentlessCall:add', 'conversation:call:add', 'conversations (deduced)', '2026-08-15', 'Copy path'])
      await row(workbench, text).waitFor();
    await shot('permissions-2-operation');
  },

  'lead to the related operation, and copy what is chosen': async ({ workbench, page, shot }) => {
    await workbench.pick('the same, as the caller', 'as the caller');
    await workbench.quickInput.getByText('POST /api/v2/conversations/calls', { exact: true }).first().waitFor();
    await row(workbench, '400 not.a.user').waitFor();
    await shot('permissions-3-related');
    await workbench.pick('Copy path', 'copy path');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await page.locator('.statusbar', { hasText: 'Copied /api/v2/conversations/calls.' }).waitFor();
  },

  'are read anew from the region of who is signed in': async ({ workbench, page, shot }) => {
    await workbench.runCommand('Call Doctor: Refresh API Facts');
    await workbench.answerToast('Sign in first', 'Sign In');
    await workbench.pick('Sandbox org');
    await workbench.pick('wfm-tool');
    await workbench.toast('The API facts are of').waitFor();
    await shot('facts-1-refreshed');
    await workbench.answerToast('The API facts are of', 'Show');
    await page.locator('.tab.active', { hasText: 'sandbox.changes.md' }).waitFor();
    const preview = page.locator('iframe.webview.ready').last().contentFrame().locator('iframe').contentFrame();
    await preview.getByRole('heading').first().waitFor();
    await shot('facts-2-changes');
    await workbench.runCommand(COMMAND);
    await workbench.type('place call');
    await row(workbench, 'conversation:conference:add').waitFor();
    await page.keyboard.press('Enter');
    await row(workbench, new Date().toISOString().slice(0, 10)).waitFor();
    await page.keyboard.press('Escape');
  },
};
