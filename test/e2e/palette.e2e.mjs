// The main job without the mouse: everything from the command palette.
import assert from 'node:assert/strict';

export const title = 'From the palette';
export const timeout = 90_000;
export const options = { width: 1400, height: 1000 };

const rows = (workbench, view) => workbench.view(view).locator('.monaco-list-row');

/** Runs Place Call with an agent and a number, up to the outcome. */
async function placeCall(workbench, agent, look = async () => {}) {
  await workbench.runCommand('Call Doctor: Place Call');
  await workbench.pick(agent);
  await workbench.type('+1 317 555 0142');
  await workbench.quickInput.getByText('+1 317 555 0142 · US').waitFor();
  await look();
  await workbench.page.keyboard.press('Enter');
  await workbench.accept('Place call');
}

export const tests = {
  'signs in, is refused and told why': async ({ workbench, page, shot }) => {
    await workbench.runCommand('Call Doctor: Sign In');
    await workbench.pick('Sandbox org');
    await workbench.pick('wfm-tool');
    await placeCall(workbench, 'Sales Agent 7', () => shot('palette-1-number'));
    await workbench.toast('wfm-tool may not call for agents in Sales').waitFor();
    await page.locator('.tab.active', { hasText: '403 call for Sales Agent 7' }).waitFor();
    assert.match(await workbench.editor.text(), /missing\.division\.permission/);
    await shot('palette-2-refused');
  },

  'tries the remedy in the sandbox, and then the same call is placed': async ({ workbench, shot }) => {
    const remedy = rows(workbench, 'Diagnosis').filter({ hasText: 'Grant Dialer in Sales' });
    await remedy.click();
    await workbench.toast('now has the role Dialer in Sales').waitFor();
    await placeCall(workbench, 'Sales Agent 7');
    await workbench.toast('Placed: Sales Agent 7').waitFor();
    await shot('palette-3-placed');
    await workbench.openContainer('Call Doctor');
    await rows(workbench, 'History')
      .filter({ hasText: /placed|under way/ })
      .first()
      .waitFor();
    await rows(workbench, 'History').filter({ hasText: '403' }).first().waitFor();
  },

  'keeps several accounts and signs one out': async ({ workbench }) => {
    await workbench.runCommand('Call Doctor: Sign In');
    await workbench.pick('Sandbox org');
    await workbench.pick('Sales Agent 7');
    await workbench.runCommand('Call Doctor: Switch Account');
    await workbench.pick('wfm-tool');
    await workbench.runCommand('Call Doctor: Sign Out');
    await workbench.pick('wfm-tool');
    await workbench.toast('wfm-tool is signed out').waitFor();
  },
};
