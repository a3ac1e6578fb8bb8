// A call that is placed, followed and hung up; one that is refused; one whose answer is lost and that is found again.
import assert from 'node:assert/strict';

export const title = 'A call to its end';
export const timeout = 120_000;
export const options = { width: 1400, height: 1000 };

const NUMBER = '+1 317 555 0142';
/** As the history has it: numbers are masked there. */
const CALLED = /Sales Agent \d → \+1/;
/** A remote phone, which rings until somebody answers; a WebRTC phone answers by itself. */
const AGENT = 'Sales Agent 9';
const rows = (workbench, view) => workbench.view(view).locator('.monaco-list-row');
const phase = (form, words) => form.locator('.live-phase strong', { hasText: words });

async function startIn(workbench, scenario, who) {
  await workbench.runCommand('Call Doctor: Start Sandbox');
  await workbench.pick(scenario);
  await workbench.toast('The sandbox org listens at').first().waitFor();
  await workbench.runCommand('Notifications: Clear All Notifications');
  await signIn(workbench, who);
}

async function signIn(workbench, who) {
  await workbench.runCommand('Call Doctor: Sign In');
  await workbench.pick('Sandbox org');
  await workbench.pick(who);
}

async function formOf(workbench, who) {
  await workbench.openContainer('Call Doctor');
  const form = await workbench.webview('Call');
  await form.locator('.account-who', { hasText: who }).waitFor();
  return form;
}

async function place(form, number = NUMBER) {
  await form.locator('input#to').fill(number);
  await form.getByText('United States').waitFor();
  await form.getByRole('button', { name: 'Place call' }).click();
  await form.getByRole('button', { name: 'Cancel' }).waitFor();
}

const confirm = (form) => form.locator('.confirmation').getByRole('button', { name: 'Place call' }).click();

export const tests = {
  'asks first, and Enter at once dials nothing': async ({ workbench, page, shot }) => {
    await startIn(workbench, 'The org as it is', AGENT);
    const form = await formOf(workbench, AGENT);
    await place(form);
    await shot('live-1-confirm');
    await page.keyboard.press('Enter');
    await form.getByRole('button', { name: 'Check' }).waitFor();
    assert.equal(await form.locator('.live').count(), 0);
    assert.equal(await rows(workbench, 'History').filter({ hasText: CALLED }).count(), 0);
    // From the palette too: Enter on the number, and Enter again at once.
    await workbench.runCommand('Call Doctor: Place Call');
    await workbench.pick(AGENT);
    await workbench.type(NUMBER);
    await page.keyboard.press('Enter');
    await workbench.quickInput.getByText('nothing is sent').waitFor();
    await shot('live-2-palette-confirm');
    await page.keyboard.press('Enter');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    assert.equal(await rows(workbench, 'History').filter({ hasText: CALLED }).count(), 0);
  },

  'follows a call: ringing at the agent, ringing outside, connected, and hangs up': async ({ workbench, shot }) => {
    const form = await formOf(workbench, AGENT);
    await place(form);
    await confirm(form);
    await phase(form, `Ringing at ${AGENT}`).waitFor();
    await shot('live-3-ringing-agent');
    await phase(form, 'Ringing at the other side').waitFor();
    await shot('live-4-ringing-outside');
    await phase(form, 'Connected').waitFor({ timeout: 60_000 });
    await form.locator('.live-time', { hasText: '0:01' }).waitFor();
    await shot('live-5-connected');
    await form.getByRole('button', { name: 'Hang up' }).click();
    await phase(form, 'Ended').waitFor();
    await form.locator('.live').getByText('You hung up.').waitFor();
    await shot('live-6-hung-up');
    await form.getByRole('button', { name: 'Dismiss the call' }).click();
    await form.locator('.live').waitFor({ state: 'detached' });
    await rows(workbench, 'History').filter({ hasText: CALLED }).first().waitFor();
  },

  'hangs up from the palette while the view is hidden': async ({ workbench, page }) => {
    const form = await formOf(workbench, AGENT);
    await place(form);
    await confirm(form);
    await phase(form, `Ringing at ${AGENT}`).waitFor();
    await workbench.openContainer('Explorer');
    await workbench.runCommand('Call Doctor: Hang Up');
    await workbench.toast('hung up').waitFor();
    const again = await formOf(workbench, AGENT);
    await phase(again, 'Ended').waitFor();
    await page.locator('.notification-toast').first().waitFor();
    await workbench.runCommand('Notifications: Clear All Notifications');
  },

  'says why a call was refused, and that there are other ways': async ({ workbench, shot }) => {
    await signIn(workbench, 'reporting-tool');
    const form = await formOf(workbench, 'reporting-tool');
    const agent = form.getByRole('combobox', { name: 'Agent' });
    await agent.fill('Sales Agent 7');
    await form
      .getByRole('option', { name: /^Sales Agent 7\b/ })
      .first()
      .click();
    await place(form);
    await confirm(form);
    await form.getByRole('alert').getByText('reporting-tool').first().waitFor();
    await form.getByRole('button', { name: 'Other ways' }).click();
    await form.getByText('conversation:callback:create').waitFor();
    await shot('live-7-refused');
  },

  'finds a call again whose answer was lost, and places it only once': async ({ workbench, shot }) => {
    await startIn(workbench, 'The call is placed and its answer lost', 'Sales Agent 7');
    const form = await formOf(workbench, 'Sales Agent 7');
    await place(form);
    await confirm(form);
    await form.getByText('The phone may have rung').waitFor();
    await shot('live-8-may-have-rung');
    await form.getByText('It was placed after all').waitFor({ timeout: 30_000 });
    await form.locator('.live').waitFor();
    await shot('live-9-found');
    await form.getByRole('button', { name: 'Hang up' }).click();
    await phase(form, 'Ended').waitFor();
    await rows(workbench, 'History').filter({ hasText: CALLED }).first().waitFor();
  },
};
