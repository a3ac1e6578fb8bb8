// Pictures of every state in out/shots/form, and what axe-core says about each.
import fs from 'node:fs';
import path from 'node:path';
import { violations } from './harness.mjs';

const openAgents = async ({ page, show }, state) => {
  await page.locator('#agent').click();
  await show(state);
};
const press = async (page, selector, key) => {
  await page.locator(selector).focus();
  await page.keyboard.press(key);
};
const openSection =
  (title) =>
  async ({ page }) =>
    page.getByRole('button', { name: title }).first().click();

/** What is pictured: a state, where, and what the person did first. A name stands for all the widths and themes below it. */
const SHOTS = [
  ['signed-out', { height: 320 }],
  ['loading', { height: 320 }],
  ['account-failed', { height: 320 }],
  ['ready-empty', { height: 520 }],
  ['agents-loading', { act: openAgents }],
  ['agents-results', { act: openAgents }],
  ['agents-none', { act: openAgents }],
  ['agents-failed', { act: openAgents }],
  ['full', {}],
  ['as-self', {}],
  ['to-user', {}],
  ['to-queue', {}],
  ['phone-problem', {}],
  ['queues-failed', {}],
  ['checking', {}],
  ['confirming', {}],
  ['placing', {}],
  ['placed', {}],
  ['refused', {}],
  ['unknown', {}],
  ['checked', {}],
  ['failed', {}],
  ['to-conference', { height: 760 }],
  ['to-conference-problem', { height: 760 }],
  ['confirming-full', { height: 760 }],
  ['found', {}],
  ['live-placed', {}],
  ['live-dialing', {}],
  ['live-agent', {}],
  ['live-outside', {}],
  ['live-connected', {}],
  ['live-reconnecting', {}],
  ['live-held', {}],
  ['live-hanging-up', {}],
  ['live-hang-up-refused', { height: 760 }],
  ['live-ended', {}],
  ['live-failed', { height: 760 }],
  ['live-lost', { height: 760 }],
  ['live-and-unknown', { height: 760 }],
  ['live-connected', { name: 'live-low', height: 340 }],
  ['live-connected', { name: 'focus-hang-up', act: ({ page }) => page.locator('#hang-up').focus() }],
  ['other-ways', { act: openSection('Other ways'), height: 900 }],
  ['options-problems', { act: openSection('Options'), height: 1240 }],
  ['full', { name: 'options', act: openSection('Options'), height: 1240 }],
  ['long-names', {}],
  ['refused', { name: 'refused-low', height: 340 }],
  ['confirming', { name: 'confirming-low', height: 340 }],
  ['full', { name: 'focus-segment', act: ({ page }) => press(page, '#from', 'Tab') }],
  ['full', { name: 'focus-radio', act: ({ page }) => press(page, '#agent', 'Tab') }],
  ['full', { name: 'focus-button', act: ({ page }) => press(page, '#check', 'Tab') }],
  ['full', { name: 'focus-section', act: ({ page }) => press(page, '#to', 'Tab') }],
  ['full', { name: 'json', act: openSection('Request JSON'), height: 760 }],
  ['full', { name: 'queues', act: async ({ page }) => page.locator('#from').press('ArrowDown') }],
];
const WIDTHS = {
  170: ['signed-out', 'agents-results', 'full', 'confirming', 'refused', 'long-names', 'options-problems'],
  200: ['to-conference', 'confirming-full', 'live-agent', 'live-connected', 'live-failed', 'live-hang-up-refused', 'live-ended', 'other-ways'],
  600: ['to-conference', 'live-connected', 'live-failed', 'other-ways', 'signed-out', 'agents-results', 'full', 'refused', 'options-problems'],
};
const THEMES = { light: null, contrast: null, 'contrast-light': ['live-connected', 'live-failed', 'full', 'agents-results', 'refused', 'confirming'] };

/** Every picture to take: `{ file, state, theme, width, height, act }`. */
function plan() {
  const shots = SHOTS.map(([state, { name = state, height = 600, act }]) => ({ name, state, height, act, theme: 'dark', width: 300 }));
  const wider = Object.entries(WIDTHS).flatMap(([w, names]) =>
    shots.filter((s) => names.includes(s.name)).map((s) => ({ ...s, width: Number(w), height: Number(w) <= 200 ? s.height + 260 : s.height })),
  );
  const themed = Object.entries(THEMES).flatMap(([theme, names]) => shots.filter((s) => !names || names.includes(s.name)).map((s) => ({ ...s, theme })));
  return [...shots, ...wider, ...themed].map((s) => ({ ...s, file: `${s.name}-${s.theme}-${s.width}` }));
}

/** Takes them all and calls `check(name, problems)` for each. */
export async function takeShots(forms, STATES, dir, check, only) {
  fs.mkdirSync(dir, { recursive: true });
  for (const shot of plan().filter((s) => !only || s.file.includes(only))) {
    const form = await forms.open({ ...shot, state: STATES[shot.state] });
    await shot.act?.(form, STATES[shot.state]);
    await form.page.waitForTimeout(shot.state.startsWith('confirming') ? 650 : 30);
    await form.page.screenshot({ path: path.join(dir, `${shot.file}.png`) });
    const sideways = await form.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const problems = await violations(form.page);
    if (sideways > 0) problems.push(`scrolls sideways by ${sideways} px`);
    await check(shot.file, problems);
    await form.close();
  }
}
