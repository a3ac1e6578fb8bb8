// The story of the product in a real VS Code: a call refused, explained with evidence, mended and placed.
import assert from 'node:assert/strict';

export const title = 'The main job';
export const timeout = 90_000;
export const options = { width: 1400, height: 1000 };

const rows = (workbench, view) => workbench.view(view).locator('.monaco-list-row');

/** Picks an agent in the form's combobox from the keyboard. */
async function pickAgent(form, name) {
  const box = form.getByRole('combobox', { name: /agent/i });
  await box.click();
  await box.fill(name);
  const option = form.getByRole('option', { name: new RegExp(`^${name}\\b`) }).first();
  await option.waitFor();
  await box.press('ArrowDown');
  await box.press('Enter');
}

/** Waits until the form asks, then says yes. */
async function confirm(form, look = async () => {}) {
  await form.getByRole('button', { name: 'Cancel' }).waitFor();
  await look();
  await form.getByRole('button', { name: 'Place call' }).click();
}

async function signInToSandbox(workbench, who) {
  await workbench.runCommand('Call Doctor: Sign In');
  await workbench.pick('Sandbox org');
  await workbench.pick(who);
}

export const tests = {
  'welcomes somebody who has never signed in': async ({ workbench, shot }) => {
    await workbench.openContainer('Call Doctor');
    const form = await workbench.webview('Call');
    await form.getByRole('button', { name: 'Try the Sandbox Org' }).waitFor();
    await shot('main-1-welcome');
  },

  'signs in to the sandbox org from the form': async ({ workbench, shot }) => {
    const form = await workbench.webview('Call');
    await form.getByRole('button', { name: 'Try the Sandbox Org' }).click();
    await workbench.type('wfm');
    await shot('main-2-who');
    await workbench.accept('wfm-tool');
    await form.getByText('wfm-tool').first().waitFor();
    await form
      .getByText(/sandbox/i)
      .first()
      .waitFor();
    await shot('main-3-signed-in');
  },

  'refuses a call for an agent of a division that the client may not call in, and says why': async ({ workbench, page, shot }) => {
    const form = await workbench.webview('Call');
    await pickAgent(form, 'Sales Agent 7');
    await form.locator('input#to').fill('+1 317 555 0142');
    await form.getByText('United States').waitFor();
    await shot('main-4-filled');
    await form.getByRole('button', { name: 'Place call' }).click();
    await confirm(form, () => shot('main-5-confirm'));
    const finding = rows(workbench, 'Diagnosis').filter({ hasText: 'wfm-tool may not call for agents in Sales' });
    await finding.waitFor();
    assert.match(await finding.innerText(), /confirmed/);
    // The evidence came from the org: what the client holds, and where the agent is.
    await rows(workbench, 'Diagnosis')
      .filter({ hasText: /Holds conversation:call:add in Home only/ })
      .waitFor();
    await page.locator('.tab.active', { hasText: '403' }).waitFor();
    await page.locator('.view-lines').getByText('missing.division.permission').first().waitFor();
    // The lens on top of the answer says the same.
    await page.locator('.codelens-decoration').getByText('wfm-tool may not call for agents in Sales').waitFor();
    await shot('main-6-refused');
  },

  'places the same call with the agent’s own login': async ({ workbench, shot }) => {
    await signInToSandbox(workbench, 'Sales Agent 7');
    const form = await workbench.webview('Call');
    await form.getByText('On behalf').first().waitFor();
    await form.getByRole('button', { name: 'Place call' }).click();
    await confirm(form);
    await form.locator('.live').waitFor();
    await shot('main-7-placed');
    await rows(workbench, 'History')
      .filter({ hasText: /placed|under way/ })
      .first()
      .waitFor();
  },
};
