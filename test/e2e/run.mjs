// Installs the packed VSIX (dist/call-doctor.vsix) into a real VS Code and runs *.e2e.mjs beside this file in a real browser:
// `node test/e2e/run.mjs [--host current|oldest] [NAME…]`. Screenshots: out/shots.
//
// A file exports `title`, `tests` ({ 'what holds': async ({ workbench, page, folder, shot }) => … }, run in order in one window) and
// may export `options` (those of openWorkbench, such as settings, trust, width) and `timeout` (milliseconds for one test).
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { tail } from '../../scripts/run.mjs';
import { installVsix } from '../host/server.mjs';
import { openWorkbench } from '../host/workbench.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..', '..');
const vsix = path.join(root, 'dist', 'call-doctor.vsix');

const { values, positionals } = parseArgs({ allowPositionals: true, options: { host: { type: 'string', default: 'current' }, report: { type: 'string' } } });
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-e2e-'));
process.once('exit', () => fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
const results = [];

/** Notes and prints a result. `seen` is what else helps to understand a failure. */
function record(title, failure, seen = '') {
  const error = failure && `${failure.stack ?? failure}\n${seen}`.trimEnd();
  results.push({ title, state: failure ? 'failed' : 'passed', error });
  console.log(`  ${failure ? '✗' : '✓'} ${title}`);
  if (failure) console.error(error);
}

function within(ms, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The test was still running after ${ms / 1000} s.`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function runFile(file, extensionsDir) {
  const { title, tests, options = {}, timeout = 60_000 } = await import(pathToFileURL(path.join(here, file)));
  console.log(title);
  const folder = path.join(scratch, path.basename(file, '.e2e.mjs')); // a copy: tests may write into it
  fs.cpSync(path.join(root, 'examples'), folder, { recursive: true });
  let workbench;
  try {
    workbench = await openWorkbench({ folder, host: values.host, extensionsDir, ...options });
  } catch (error) {
    record(`${title}: the workbench opens`, error);
    return;
  }
  const shot = (name) => workbench.shot(name);
  for (const [name, test] of Object.entries(tests)) {
    try {
      await within(timeout, test({ workbench, page: workbench.page, folder, shot }));
      record(`${title}: ${name}`);
    } catch (error) {
      const picture = await shot(`failed-${path.basename(file, '.e2e.mjs')}-${results.length + 1}`).catch(() => 'no screenshot, the page is gone');
      record(`${title}: ${name}`, error, `What it showed: ${picture}\nThe server's log ends:\n${tail(workbench.server.log(), 15)}`);
    }
  }
  await workbench.close();
}

const files = fs.readdirSync(here).filter((f) => f.endsWith('.e2e.mjs') && (positionals.length === 0 || positionals.some((p) => f.includes(p))));
try {
  if (files.length === 0) throw new Error(`No e2e test file is named like ${positionals.join(', ')}.`);
  if (!fs.existsSync(vsix)) throw new Error('dist/call-doctor.vsix is missing. Run "npm run package" first.');
  const extensionsDir = path.join(scratch, 'extensions');
  fs.mkdirSync(extensionsDir);
  await installVsix(vsix, extensionsDir, { host: values.host });
  for (const file of files.sort()) await runFile(file, extensionsDir);
} catch (error) {
  record('the browser tests can run', error);
}
const failed = results.filter((r) => r.state === 'failed').length;
console.log(`e2e on ${values.host}: ${results.length - failed} passed, ${failed} failed`);
if (values.report) fs.writeFileSync(values.report, JSON.stringify({ tests: results }));
process.exit(failed > 0 || results.length === 0 ? 1 : 0);
