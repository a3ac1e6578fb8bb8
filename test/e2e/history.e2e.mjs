// The history as a person sees it: masked, shown, searched, under its days, in every theme; a damaged file; a call repeated; the other
// ways to call. What is read of a number is asserted; the pictures are for people.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

export const title = 'The history';
export const timeout = 120_000;
export const options = { width: 1400, height: 1000 };

const THEMES = { 'Light Modern': 'light', 'Dark High Contrast': 'contrast', 'Light High Contrast': 'contrast-light', 'Dark Modern': 'dark' };
const AGENT = '35d1990a-8d83-482a-9840-8d39c2209e5b';
const rows = (workbench) => workbench.view('History').locator('.monaco-list-row');

const call = (n, more = {}) => ({
  id: `call-${n}`,
  at: new Date(Date.now() - n * 5 * 3_600_000).toISOString(),
  agent: n % 3 === 0 ? 'Care Agent 2' : 'Sales Agent 7',
  to: n % 4 === 0 ? '+44 20 7946 0102' : '+1 317 555 0142',
  org: 'Sandbox org',
  region: 'sandbox',
  ...(n % 5 === 2 ? refused() : STATES[n % 5]),
  ...more,
});
const STATES = [
  { state: 'unknown', note: 'the connection was closed before an answer came' },
  { state: 'placed', status: 200, conversationId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' },
  undefined,
  { state: 'placed', conversationId: '3f2504e0-4f89-41d3-9a0c-0305e82c3302', note: 'found among the active calls of the agent' },
  { state: 'not-sent', note: 'no name server answered' },
];
const request = (path_, body) => ({
  method: 'POST',
  url: `http://127.0.0.1:1/api/v2/conversations/${path_}`,
  headers: [['Authorization', 'Bearer …']],
  body: JSON.stringify(body),
});
const refused = () => ({
  state: 'refused',
  status: 403,
  exchange: {
    request: request(`calls/user/${AGENT}`, { phoneNumber: '+13175550142' }),
    response: {
      status: 403,
      headers: [],
      body: JSON.stringify({
        message: 'Unable to perform the requested action. You are missing the following permission(s): [conversation:call:add]',
        code: 'missing.permissions',
        status: 403,
        contextId: 'c-1',
        details: [],
        errors: [],
      }),
    },
  },
});

/** Writes the history of the window before it is opened. */
function write(workbench, content) {
  const folder = path.join(workbench.server.data, 'data', 'User', 'globalStorage', 'call-doctor.genesys-call-doctor');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'attempts.jsonl'), content);
  return folder;
}
const lines = (calls) =>
  calls.map((c) => `${JSON.stringify({ exchange: { request: request(`calls/user/${AGENT}`, { phoneNumber: c.to.replaceAll(' ', '') }) }, ...c })}\n`).join('');

/** Collapses the other views, so that the history has the room. */
async function roomForHistory(workbench) {
  for (const view of ['Call', 'Diagnosis']) {
    const header = workbench.view(view).locator('.pane-header').first();
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
  }
}

async function inEveryTheme(workbench, shot, name) {
  for (const [theme, suffix] of Object.entries(THEMES)) {
    await workbench.setTheme(theme);
    await shot(`${name}-${suffix}`);
  }
}

export const tests = {
  'a damaged history is set aside with a message, and the rest of it is there': async ({ workbench, shot }) => {
    const folder = write(workbench, `${lines([...Array(14).keys()].reverse().map((n) => call(n)))}{"id":"half a li\n`);
    await workbench.openContainer('Call Doctor');
    await roomForHistory(workbench);
    await workbench.toast('1 entry of the history could not be read').waitFor();
    await rows(workbench).filter({ hasText: 'Today' }).waitFor();
    await shot('history-damaged');
    assert.ok(fs.readdirSync(folder).some((f) => f.startsWith('attempts.jsonl.damaged-')));
    await workbench.runCommand('Notifications: Clear All Notifications');
  },

  'numbers are masked in what is seen and in what a screen reader says': async ({ workbench, shot }) => {
    const text = (await workbench.view('History').innerText()) + (await rows(workbench).evaluateAll((r) => r.map((e) => e.outerHTML).join('')));
    assert.match(text, /••42/);
    assert.doesNotMatch(text, /555 ?01|7946/);
    assert.match(text, /number ending in 42/);
    await rows(workbench).filter({ hasText: '••42' }).first().hover();
    const hover = workbench.page.locator('.monaco-hover:visible, .workbench-hover:visible').first();
    await hover.waitFor();
    assert.doesNotMatch(await hover.innerText(), /555 ?01|7946/);
    await workbench.page.mouse.move(900, 900);
    await inEveryTheme(workbench, shot, 'history-masked');
  },

  'numbers are shown when the eye is pressed, and hidden again': async ({ workbench, shot }) => {
    await workbench.runCommand('Call Doctor: Show Numbers');
    await rows(workbench).filter({ hasText: '+1 317 555 0142' }).first().waitFor();
    await shot('history-shown');
    await workbench.runCommand('Call Doctor: Hide Numbers');
    await rows(workbench).filter({ hasText: '••42' }).first().waitFor();
    assert.equal(await rows(workbench).filter({ hasText: '555 0142' }).count(), 0);
  },

  'a search narrows it while it is typed, by a number that is not shown too': async ({ workbench, page, shot }) => {
    await workbench.runCommand('Call Doctor: Search History…');
    await workbench.type('care +44 20 7946 0102');
    const message = workbench.view('History').getByText(/“care \+44 ••02”: 2 of 14 calls/);
    await message.waitFor();
    await shot('history-search');
    await page.keyboard.press('Enter');
    assert.equal(await rows(workbench).filter({ hasText: 'Care Agent 2' }).count(), 2);
    await inEveryTheme(workbench, shot, 'history-filtered');
    await workbench.runCommand('Call Doctor: Search History…');
    await workbench.type('nobody');
    await page.keyboard.press('Enter');
    await workbench.view('History').getByText('No call of the history matches.').waitFor();
    await shot('history-no-match');
    await workbench.view('History').getByRole('button', { name: 'Show All Calls' }).click();
    await rows(workbench).filter({ hasText: 'Today' }).waitFor();
  },

  'an entry opens its answer and its diagnosis, with nobody signed in': async ({ workbench, page, shot }) => {
    await rows(workbench).filter({ hasText: '403' }).first().click();
    await page.locator('.tab.active', { hasText: '403' }).waitFor();
    await workbench.expandView('Diagnosis');
    await workbench.view('Diagnosis').locator('.monaco-list-row', { hasText: 'conversation:call:add' }).first().waitFor();
    await shot('history-opened');
    await roomForHistory(workbench);
  },

  'its menu repeats, copies, and finds out; whoever sent it is signed out': async ({ workbench, page, shot }) => {
    await rows(workbench).filter({ hasText: 'may have rung' }).first().click({ button: 'right' });
    const menu = page.locator('.context-view .monaco-menu, .monaco-menu-container').first();
    await menu.waitFor();
    const items = await menu.innerText();
    for (const item of ['Open Answer', 'Find Out What Became of It', 'Repeat Call…', 'Copy as cURL']) assert.ok(items.includes(item), items);
    await shot('history-menu');
    await page.keyboard.press('Escape');
    await rows(workbench).filter({ hasText: 'may have rung' }).first().hover();
    await rows(workbench).filter({ hasText: 'may have rung' }).first().getByRole('button', { name: 'Repeat Call…' }).click();
    await workbench.toast('signed out').waitFor();
    await shot('history-signed-out');
    await workbench.runCommand('Notifications: Clear All Notifications');
  },

  'other ways to call say what they require': async ({ workbench, page, shot }) => {
    await workbench.runCommand('Call Doctor: Other Ways to Call…');
    await workbench.quickInput.getByText('conversation:callback:create').waitFor();
    await page.waitForTimeout(400); // it fades in
    await shot('history-other-ways');
    await page.keyboard.press('Escape');
  },

  'a callback is confirmed with everything in view; a refusal is explained like a call’s': async ({ workbench, page, shot }) => {
    await signInAs(workbench, 'dialer-service');
    await workbench.runCommand('Call Doctor: Create Agent-Owned Callback…');
    await workbench.pick('Sales Agent 7');
    await workbench.type('+1 317 555 0142');
    await workbench.quickInput.getByText('· US').waitFor();
    await page.keyboard.press('Enter');
    await workbench.pick('Sales EMEA');
    await workbench.accept('At a time…');
    await workbench.type('tomorrow 9:00');
    await workbench.quickInput.getByText(/09:00/).waitFor();
    await shot('history-callback-time');
    await page.keyboard.press('Enter');
    await workbench.quickInput.getByText('Create callback').first().waitFor();
    await page.waitForTimeout(400); // it fades in
    await shot('history-callback-confirm');
    await workbench.pick('Create callback');
    await page.locator('.tab.active', { hasText: '403' }).waitFor();
    await rows(workbench).filter({ hasText: 'callback refused' }).first().waitFor();
    await shot('history-callback-refused');
    await roomForHistory(workbench);
  },

  'it is made once by who may, and stands in the history': async ({ workbench, page, shot }) => {
    await signInAs(workbench, 'Admin 1');
    await workbench.runCommand('Call Doctor: Create Agent-Owned Callback…');
    await workbench.pick('Sales Agent 7');
    await workbench.type('+1 317 555 0142');
    await workbench.quickInput.getByText('· US').waitFor();
    await page.keyboard.press('Enter');
    await workbench.pick('Sales EMEA');
    await workbench.pick('as soon as the agent', 'Now');
    await workbench.pick('Create callback');
    await workbench.toast('Callback created').waitFor();
    await rows(workbench).filter({ hasText: 'callback created' }).first().waitFor();
    await shot('history-callback-created');
    assert.equal(await rows(workbench).filter({ hasText: 'callback created' }).count(), 1);
  },
};

async function signInAs(workbench, who) {
  await workbench.runCommand('Call Doctor: Sign In');
  await workbench.pick('Sandbox org');
  await workbench.pick(who);
  await workbench.page.locator('.statusbar-item', { hasText: who }).waitFor();
}
