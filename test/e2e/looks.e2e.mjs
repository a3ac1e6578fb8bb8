// How it looks: the refused call in every theme, the help in a payload, a narrow window. The pictures are for people; what is
// asserted is that each state can be reached in each theme.
import assert from 'node:assert/strict';

export const title = 'How it looks';
export const timeout = 120_000;
export const options = { width: 1400, height: 1000 };

const THEMES = { 'Light Modern': 'light', 'Dark High Contrast': 'contrast', 'Light High Contrast': 'contrast-light', 'Dark Modern': 'dark' };

export const tests = {
  'a field of a payload is explained where it is written': async ({ workbench, shot }) => {
    await workbench.openFile('first.call.json');
    const hover = await workbench.editor.hover('phoneNumber');
    assert.match(hover, /number to dial/i);
    await shot('looks-hover');
    await workbench.page.mouse.move(700, 700);
  },

  'a refused call is told in every theme': async ({ workbench, page, shot }) => {
    await workbench.runCommand('Call Doctor: Sign In');
    await workbench.pick('Sandbox org');
    await workbench.pick('reporting-tool');
    await workbench.runCommand('Call Doctor: Place Call');
    await workbench.pick('Sales Agent 7');
    await workbench.type('+1 317 555 0142');
    await workbench.quickInput.getByText('· US').waitFor();
    await page.keyboard.press('Enter');
    await workbench.accept('Place call');
    await page.locator('.tab.active', { hasText: '403' }).waitFor();
    await workbench.view('Diagnosis').locator('.monaco-list-row', { hasText: 'reporting-tool lacks' }).waitFor();
    for (const [theme, name] of Object.entries(THEMES)) {
      await workbench.setTheme(theme);
      await workbench.runCommand('Notifications: Clear All Notifications');
      await shot(`looks-${name}`);
    }
  },

  'the evidence is shown when the problem is hovered': async ({ workbench, shot }) => {
    const hover = await workbench.editor.hover('conversation:agentlessCall:add');
    assert.match(hover, /missing-permission/);
    await shot('looks-evidence');
    await workbench.page.mouse.move(700, 900);
  },

  'a narrow window has room for it': async ({ workbench, page, shot }) => {
    await page.setViewportSize({ width: 800, height: 700 });
    const form = await workbench.webview('Call');
    await form.getByRole('button', { name: 'Place call' }).waitFor();
    await shot('looks-narrow');
  },
};
