// Drives the workbench the way a person does: palette, pickers, views, dialogs; the text editor is in editor.mjs. Knows VS Code's DOM, so that no test has to.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './browser.mjs';
import { Editor } from './editor.mjs';
import { startServer, workbenchUrl } from './server.mjs';

const SHOTS = fileURLToPath(new URL('../../out/shots', import.meta.url));

/** Starts a server and a browser and opens a folder in them. `options` are those of startServer, and `width`, `height`. */
export async function openWorkbench({ folder, width, height, say, ...options }) {
  const server = await startServer({ ...options, say });
  let browser;
  try {
    browser = await openBrowser(server, { say, width, height });
    await browser.page.goto(workbenchUrl(server, { folder }));
    const workbench = new Workbench(browser, server);
    await workbench.ready();
    return workbench;
  } catch (error) {
    await browser?.close();
    await server.stop();
    throw error;
  }
}

class Workbench {
  constructor(browser, server) {
    this.browser = browser;
    this.server = server;
    this.page = browser.page;
    this.quickInput = this.page.locator('.quick-input-widget:visible');
    this.editor = new Editor(this.page);
  }

  /** Waits until the window has been restored and every installed extension is known. Also after `page.reload()`. */
  async ready() {
    await this.page.locator('.monaco-workbench .part.activitybar').waitFor({ timeout: 30_000 });
    const marks = ['code/didStartWorkbench', 'code/didLoadExtensions'];
    await this.page.waitForFunction((names) => names.every((n) => performance.getEntriesByName(n).length > 0), marks, { timeout: 30_000 });
  }

  /** The same folder in another window of the same browser, which shares storage and secrets. Close its `page`. */
  async anotherWindow() {
    const page = await this.browser.context.newPage();
    await page.goto(this.page.url());
    const other = new Workbench({ ...this.browser, page }, this.server);
    await other.ready();
    return other;
  }

  async close() {
    await this.browser.close();
    await this.server.stop();
  }

  /** Saves a screenshot as out/shots/NAME.png; returns its path. */
  async shot(name) {
    fs.mkdirSync(SHOTS, { recursive: true });
    const file = path.join(SHOTS, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  // Palette, pickers and input boxes

  /** Runs a command from the palette by its full title, such as "Call Doctor: Place Call". */
  async runCommand(title) {
    await this.type(`>${title}`, () => this.page.keyboard.press('F1'));
    await this.accept(title);
  }

  /** Chooses the row of the open quick pick whose text contains `text`, by typing `filter` first (the text unless told). */
  async pick(text, filter = text) {
    await this.type(filter);
    await this.accept(text);
  }

  /** Fills the open input box (or a quick pick's filter) and presses Enter. */
  async fill(text) {
    await this.type(text);
    await this.page.keyboard.press('Enter');
  }

  async type(text, open = async () => {}) {
    await open();
    const input = this.quickInput.locator('input.input').first();
    await input.waitFor().catch(() => {
      throw new Error(`No quick pick or input box opened to type ${JSON.stringify(text)} into.`);
    });
    await input.fill(text);
  }

  /** Enter on the row with `text`, once it has the focus: any earlier and Enter runs another row. */
  async accept(text) {
    const rows = this.quickInput.locator('.quick-input-list .monaco-list-row');
    const row = rows.filter({ hasText: text }).first();
    try {
      await row.waitFor({ timeout: 10_000 });
    } catch {
      throw new Error(`No row "${text}" in the quick pick. It shows: ${(await rows.allInnerTexts()).map(oneLine).join(' | ') || 'nothing'}`);
    }
    if ((await row.getAttribute('class')).includes('focused')) await this.page.keyboard.press('Enter');
    else await row.click();
    // What comes next may be another quick pick in the same widget; it must not find this one's rows.
    await row.waitFor({ state: 'detached' });
  }

  // Views

  /** Opens a view container by the name of its icon in the activity bar. */
  async openContainer(name) {
    const icon = this.page.locator(`.activitybar .action-item:has(.action-label[aria-label^="${name}"])`).first();
    await icon.waitFor();
    if (!(await icon.getAttribute('class')).includes('checked')) await icon.click();
    await this.page.locator('.sidebar .composite.title', { hasText: new RegExp(name, 'i') }).waitFor();
  }

  /** A view by its title, as a locator; `view("History").getByRole("treeitem", …)`. */
  view(title) {
    return this.page.locator(`.pane:has(.pane-header[aria-label^="${title}"])`);
  }

  /** Opens a collapsed view of the container that is open. */
  async expandView(title) {
    const header = this.view(title).locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
  }

  /** The document inside a webview, by the title of its view or panel. */
  async webview(title, timeout = 15_000) {
    const until = Date.now() + timeout;
    const seen = new Set();
    while (Date.now() < until) {
      for (const outer of await this.page.locator('iframe.webview').all()) {
        const inner = outer.contentFrame().locator('iframe#active-frame');
        const found = await inner.getAttribute('title', { timeout: 500 }).catch(() => null);
        if (found === title) return inner.contentFrame();
        if (found) seen.add(found);
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(`No webview is titled "${title}". There are: ${[...seen].join(', ') || 'none'}`);
  }

  // Notifications and dialogs

  /** A notification that contains `text`, as a locator. */
  toast(text) {
    return this.page.locator('.notification-toast', { hasText: text });
  }

  /** Presses a button of the notification that contains `text`. */
  async answerToast(text, button) {
    const toast = this.toast(text);
    await toast.hover(); // its buttons only show under the pointer
    await toast.getByRole('button', { name: button, exact: true }).click();
  }

  /** The open modal dialog, as a locator. */
  dialog(text = '') {
    return this.page.locator('.monaco-dialog-box', { hasText: text });
  }

  async answerDialog(button, text = '') {
    await this.dialog(text).getByRole('button', { name: button, exact: true }).click();
    await this.dialog(text).waitFor({ state: 'hidden' });
  }

  // The window

  /** Opens a file of the workspace by its name. */
  async openFile(name) {
    await this.type(name, () => this.page.keyboard.press('Control+p'));
    await this.accept(path.basename(name));
    await this.page.locator('.tab.active', { hasText: path.basename(name) }).waitFor();
    await this.editor.ready();
  }

  /** Changes the colour theme: "Light Modern", "Dark Modern", "Dark High Contrast", "Light High Contrast". */
  async setTheme(name) {
    await this.runCommand('Preferences: Color Theme');
    await this.pick(name);
    const kind = `${name.startsWith('Light') ? 'light' : 'dark'}${name.includes('High Contrast') ? ' hc' : ''}`;
    const css = { light: '.vs', dark: '.vs-dark', 'light hc': '.hc-light', 'dark hc': '.hc-black' }[kind];
    await this.page.locator(`.monaco-workbench${css}`).waitFor();
  }

  /** What "Developer: Show Running Extensions" says about one of them: `{ text, activationMs }` (undefined until it is active). */
  async runningExtension(name) {
    await this.runCommand('Developer: Show Running Extensions');
    const rows = this.page.locator('.runtime-extensions-editor .monaco-list-row');
    const row = rows.filter({ hasText: name }).first();
    await rows.first().hover();
    // The list only has the rows in sight.
    for (let i = 0; i < 40 && !(await row.isVisible()); i++) {
      await this.page.mouse.wheel(0, 200);
      await this.page.waitForTimeout(100);
    }
    const text = oneLine((await row.allInnerTexts()).join(' '));
    const time = oneLine(await row.locator('.activation-time').textContent());
    return { text, activationMs: /(\d+)\s*ms/.test(time) ? Number(/(\d+)\s*ms/.exec(time)[1]) : undefined };
  }
}

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();
