// Calls where they are written: squiggles, hovers, lenses, repairs and their preview, in every theme. The pictures are for people;
// what is asserted is that each of it can be reached with the mouse and the keyboard.
import assert from 'node:assert/strict';

export const title = 'Calls in files';
export const timeout = 120_000;
export const options = { width: 1400, height: 900 };

const THEMES = { 'Light Modern': 'light', 'Dark High Contrast': 'contrast', 'Light High Contrast': 'contrast-light', 'Dark Modern': 'dark' };
const squiggles = (page) => page.locator('.view-overlays .squiggly-error, .view-overlays .squiggly-warning');

/** Puts the cursor into the first `text` of the file that is open. */
async function goTo(workbench, text) {
  const { page } = workbench;
  await page.keyboard.press('Control+f');
  const widget = page.locator('.find-widget.visible');
  await widget.locator('.find-part textarea').first().fill(text);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await widget.waitFor({ state: 'hidden' });
}

/** The menu of repairs at the cursor, once it holds one of that title. */
async function repairs(workbench, title) {
  const menu = workbench.page.locator('.action-widget:visible');
  const wanted = menu.getByText(title, { exact: true });
  for (let attempt = 1; ; attempt++) {
    await workbench.page.keyboard.press('Control+.');
    const seen = await wanted.waitFor({ timeout: 4000 }).then(
      () => true,
      () => false,
    );
    if (seen || attempt === 4) return wanted;
    // The menu that opened while the problems were still being found is not filled later.
    await workbench.page.keyboard.press('Escape');
  }
}

export const tests = {
  'the command of the thread is underlined, and a lens stands above it': async ({ workbench, page }) => {
    await workbench.openFile('thread.sh');
    await squiggles(page).first().waitFor();
    await workbench.editor.lens('Check').waitFor();
    await workbench.editor.lens('Place call').waitFor();
    await workbench.editor.lens('Copy as cURL').waitFor();
  },

  'a field of folklore is explained in every theme': async ({ workbench, page, shot }) => {
    for (const [theme, name] of Object.entries(THEMES)) {
      await workbench.setTheme(theme);
      const hover = await workbench.editor.hover('"from"');
      assert.match(hover, /callerId/);
      await page.waitForTimeout(400); // it fades in
      await shot(`editor-hover-${name}`);
      await page.mouse.move(700, 800);
    }
  },

  'its repairs are offered, and shown before they are made': async ({ workbench, page, shot }) => {
    await goTo(workbench, '"from"');
    const preview = await repairs(workbench, 'Convert to the valid request (preview)');
    await shot('editor-repairs');
    await preview.click();
    await page.locator('.monaco-diff-editor').waitFor();
    await workbench.toast('Convert to the valid request?').waitFor();
    await page.waitForTimeout(400);
    await shot('editor-preview');
    await workbench.answerToast('Convert to the valid request?', 'Make This Change');
    await page.locator('.monaco-diff-editor').waitFor({ state: 'hidden' });
    const text = await workbench.editor.text();
    assert.doesNotMatch(text, /"from"|"routing"/);
    await shot('editor-converted');
    await page.keyboard.press('Control+z');
  },

  'the requests of an .http file have their lenses': async ({ workbench, page, shot }) => {
    await workbench.openFile('calls.http');
    await workbench.editor.lens('Place call').first().waitFor();
    await squiggles(page).first().waitFor();
    await workbench.editor.hover('impersonate');
    await page.waitForTimeout(400);
    await shot('editor-http');
    await page.mouse.move(700, 800);
  },

  'the commands of a Markdown file have theirs': async ({ workbench, shot }) => {
    await workbench.openFile('runbook.md');
    await workbench.editor.lens('Place call').first().waitFor();
    await shot('editor-markdown');
  },

  'an interaction of a Pact file can be explained': async ({ workbench, shot }) => {
    await workbench.openFile('dialer-genesys.pact.json');
    await workbench.editor.lens('Explain the response').waitFor();
    await shot('editor-pact');
  },

  'an id has a name once somebody is signed in': async ({ workbench, page, shot }) => {
    await workbench.runCommand('Call Doctor: Sign In');
    await workbench.pick('Sandbox org');
    await workbench.pick('dialer-service');
    await workbench.openFile('calls.http');
    await workbench.editor.hover('da4779c8');
    await page.locator('.monaco-hover:visible', { hasText: 'Sales EMEA' }).waitFor();
    await page.waitForTimeout(400);
    await shot('editor-name');
  },
};
