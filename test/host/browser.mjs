// A headless Chromium with one page, cut off from everything but this machine.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium as playwright } from 'playwright-core';
import { chromium } from './provision.mjs';

/**
 * Opens a browser for a running server: `{ page, context, blocked, close }`. `blocked` lists the addresses outside this machine
 * that something asked for in vain.
 */
export async function openBrowser(server, { say, width = 1280, height = 800 } = {}) {
  const executablePath = await chromium(say);
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-chromium-'));
  const removeProfile = () => fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', removeProfile);
  const context = await playwright.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: { width, height },
    // Signals are ours to handle (scripts/run.mjs); Playwright ends the browser when this process exits.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox', // Chromium refuses to run as root with it
      '--disable-gpu',
      '--disable-dev-shm-usage', // containers give 64 MB, which a workbench fills
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      // No name but this machine's resolves: proves that nothing needs the internet, and makes a stray request fail at once.
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1',
    ],
  });
  context.setDefaultTimeout(15_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.base });
  const blocked = new Set();
  context.on('requestfailed', (request) => {
    const { hostname, origin, pathname } = new URL(request.url());
    if (hostname && hostname !== 'localhost' && hostname !== '127.0.0.1') blocked.add(`${origin}${pathname}`.slice(0, 120));
  });
  const close = async () => {
    await context.close().catch(() => {});
    process.removeListener('exit', removeProfile);
    removeProfile();
  };
  return { page: context.pages()[0] ?? (await context.newPage()), context, blocked, close };
}
