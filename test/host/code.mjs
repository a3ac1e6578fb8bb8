#!/usr/bin/env node
// Stands in for the desktop's `code` executable, for the `vscodeExecutablePath` of @vscode/test-electron: same arguments, same exit
// code, but the workbench runs in a headless Chromium and the extension host is the server's.
// Environment: CALL_DOCTOR_HOST (current, oldest), CALL_DOCTOR_VERBOSE (also print the workbench's own log).
import path from 'node:path';
import { format, parseArgs } from 'node:util';
import { tail } from '../../scripts/run.mjs';
import { openBrowser } from './browser.mjs';
import { startServer, workbenchUrl } from './server.mjs';

const PATIENCE = 180_000;
// Every other flag of the desktop means nothing here; strict: false lets them pass.
const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
});
const { extensionDevelopmentPath, extensionTestsPath } = values;
const folder = positionals[0];
const verbose = Boolean(process.env.CALL_DOCTOR_VERBOSE);
const report = (text) => console.error(text);

/** Runs the tests that the URL names; resolves to the extension host's exit code. */
function suite(page, url) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`The extension host did not finish its tests within ${PATIENCE / 1000} s.`)), PATIENCE);
    page.once('crash', () => reject(new Error('The workbench page crashed.')));
    // The workbench calls these two: when run() of the suite settles, and for whatever the extension host prints. That comes
    // mixed with VS Code's own log, so the suite marks where its part begins and ends.
    let ours = false;
    const onExit = (code) => {
      clearTimeout(late);
      resolve(code);
    };
    const onLog = (_type, args) => {
      const text = format(...args);
      if (text.includes('##SUITE-BEGIN##')) ours = true;
      else if (text.includes('##SUITE-END##')) ours = false;
      else if (ours) console.log(text);
      else if (verbose) report(`[vscode] ${text.slice(0, 400)}`);
    };
    Promise.all([page.exposeFunction('codeAutomationExit', onExit), page.exposeFunction('codeAutomationLog', onLog)])
      .then(() => page.goto(url))
      .catch(reject);
  });
}

if (!extensionTestsPath) {
  report('usage: code.mjs [FOLDER] --extensionDevelopmentPath=DIR --extensionTestsPath=FILE');
  process.exit(2);
}
let code = 1;
let server;
let browser;
try {
  server = await startServer({ host: process.env.CALL_DOCTOR_HOST ?? 'current', tests: true, say: report });
  browser = await openBrowser(server, { say: report });
  code = await suite(browser.page, workbenchUrl(server, { folder, extensionDevelopmentPath, extensionTestsPath }));
} catch (error) {
  report(error.message);
  const shot = path.resolve('out', 'shots', 'extension-host.png');
  if (await browser?.page.screenshot({ path: shot }).catch(() => undefined)) report(`What the workbench showed: ${shot}`);
  if (server) report(`The server's log ends:\n${tail(server.log())}`);
} finally {
  await browser?.close();
  await server?.stop();
}
process.exit(code);
