// What can go wrong gets one clear message with a next step, and nothing is lost.
import assert from 'node:assert/strict';
import net from 'node:net';

const taken = net.createServer();
await new Promise((resolve) => taken.listen(0, '127.0.0.1', resolve));
taken.unref();

export const title = 'Wrong input';
export const timeout = 90_000;
export const options = { width: 1400, height: 1000, settings: { 'callDoctor.sandbox.port': taken.address().port } };

/** Fills the input box that shows `prompt`: one follows another in the same widget. */
async function answer(workbench, prompt, text) {
  await workbench.quickInput.getByText(prompt).waitFor();
  await workbench.fill(text);
}

async function signInWithClient(workbench, region, id, secret) {
  await workbench.runCommand('Call Doctor: Sign In');
  await workbench.pick('Client credentials');
  if (region.startsWith('http')) {
    await workbench.pick('A sandbox on this machine');
    await answer(workbench, 'call-doctor sandbox prints it', region);
  } else await workbench.pick(region);
  await answer(workbench, 'Client id', id);
  await answer(workbench, 'Client secret', secret);
}

async function startScenario(workbench, name) {
  await workbench.runCommand('Call Doctor: Start Sandbox');
  await workbench.pick(name);
  const told = 'The sandbox org listens at';
  const toast = workbench.toast(told).first();
  await toast.waitFor({ timeout: 8000 }).catch(async () => {
    // It may have been put away with older ones: the list has it.
    await workbench.runCommand('Notifications: Show Notifications');
    await workbench.page.locator('.notifications-center', { hasText: told }).first().waitFor();
    await clearToasts(workbench);
  });
}

/** Starts the default scenario and returns where it listens. */
async function startedSandbox(workbench) {
  await startScenario(workbench, 'default');
  const text = await workbench.toast('The sandbox org listens at').first().innerText();
  await clearToasts(workbench);
  return { origin: /http:\/\/127\.0\.0\.1:\d+/.exec(text)[0] };
}

async function callFor(workbench, agent) {
  await workbench.runCommand('Call Doctor: Place Call');
  await workbench.pick(agent);
  await workbench.type('+1 317 555 0142');
  await workbench.quickInput.getByText('· US').waitFor();
  await workbench.page.keyboard.press('Enter');
  await workbench.accept('Place call');
}

async function clearToasts(workbench) {
  await workbench.runCommand('Notifications: Clear All Notifications');
}

export const tests = {
  'a taken sandbox port is named, with the setting that changes it': async ({ workbench, shot }) => {
    await workbench.runCommand('Call Doctor: Sign In');
    await workbench.pick('Sandbox org');
    const toast = workbench.toast('The sandbox org did not start');
    await toast.waitFor();
    const text = await toast.innerText();
    assert.ok(text.includes(String(options.settings['callDoctor.sandbox.port'])), text);
    assert.match(text, /callDoctor\.sandbox\.port/);
    await shot('wrong-1-port');
    await clearToasts(workbench);
    taken.close();
  },

  'no network is told without a stack trace, and one can try again': async ({ workbench, shot }) => {
    await signInWithClient(workbench, 'us-east-1', '3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'not-a-real-secret');
    const toast = workbench.toast('cannot be found');
    await toast.waitFor();
    assert.doesNotMatch(await toast.innerText(), /\bat \S+:\d+|not-a-real-secret/);
    await shot('wrong-2-offline');
    await clearToasts(workbench);
  },

  'a wrong secret is told, and what to look at first': async ({ workbench, shot }) => {
    const { origin } = await startedSandbox(workbench);
    await signInWithClient(workbench, origin, '46c853e3-1ef2-4445-b91d-047126fb6a74', 'not-a-real-secret');
    const toast = workbench.toast('does not accept client');
    await toast.waitFor();
    assert.match(await toast.innerText(), /region/);
    await shot('wrong-3-secret');
    await clearToasts(workbench);
  },

  'an address that is not this machine is not taken for a sandbox': async ({ workbench, page }) => {
    await workbench.runCommand('Call Doctor: Sign In');
    await workbench.pick('Client credentials');
    await workbench.pick('A sandbox on this machine');
    await workbench.type('https://api.mypurecloud.com.example.com');
    await workbench.quickInput.getByText('No other address is accepted').waitFor();
    await page.keyboard.press('Escape');
  },

  'nobody found is said, and emergency numbers are not dialled': async ({ workbench, page, shot }) => {
    await workbench.runCommand('Call Doctor: Sign In');
    await workbench.pick('Sandbox org');
    await workbench.pick('Sales Agent 7');
    await workbench.runCommand('Call Doctor: Place Call');
    await workbench.type('zzzz');
    await workbench.quickInput.getByText('Nobody matches “zzzz”').waitFor();
    await workbench.pick('Sales Agent 7');
    await workbench.type('112');
    await workbench.quickInput.getByText('does not dial it').waitFor();
    await shot('wrong-4-emergency');
    await page.keyboard.press('Escape');
  },

  'an answer that is an HTML page is explained as such': async ({ workbench, page, shot }) => {
    await startScenario(workbench, 'proxy-html');
    await clearToasts(workbench);
    await callFor(workbench, 'Sales Agent 7');
    await workbench.toast('does not look like one of Genesys Cloud').waitFor();
    await page.locator('.tab.active', { hasText: '403' }).waitFor();
    await shot('wrong-5-html');
    await clearToasts(workbench);
  },

  'a 20 MB answer and one that is cut off leave the outcome open, and say so': async ({ workbench, shot }) => {
    for (const scenario of ['huge-answer', 'cut-answer']) {
      await startScenario(workbench, scenario);
      await clearToasts(workbench);
      await callFor(workbench, 'Sales Agent 7');
      await workbench.toast('The phone may have rung').waitFor();
      await shot(`wrong-6-${scenario}`);
      await clearToasts(workbench);
    }
    await workbench.openContainer('Call Doctor');
    // Both rang. Each is found, unless its sandbox ended before the platform could be asked.
    const told = workbench
      .view('History')
      .locator('.monaco-list-row')
      .filter({ hasText: /under way|placed, found|may have rung/ });
    await told.nth(1).waitFor();
  },

  'a sandbox that was stopped stays stopped until somebody wants it': async ({ workbench }) => {
    const { origin: before } = await startedSandbox(workbench);
    await workbench.runCommand('Call Doctor: Stop Sandbox');
    await workbench.toast('The sandbox org has ended').waitFor();
    const form = await workbench.webview('Call');
    await form.getByText('the sandbox was stopped', { exact: false }).or(form.getByText('The sandbox was stopped')).first().waitFor();
    await assert.rejects(fetch(`${before}/api/v2/tokens/me`), 'nothing listens there any more');
  },
};
