// Runs the tests of out/test/integration inside a real extension host: `node test/integration/run.mjs [--host current|oldest]`.
// VSCODE_EXECUTABLE_PATH names another VS Code; "download" lets @vscode/test-electron fetch a desktop one (internet and display).
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..', '..');

/**
 * Runs the suite: `[{ title, state: 'passed' | 'failed' | 'pending', error? }]`. A suite that does not run to its end is a failed
 * entry, for an exit code alone proves nothing.
 * @param {'current' | 'oldest'} host
 */
async function integration(host) {
  const wanted = process.env.VSCODE_EXECUTABLE_PATH || path.join(here, '..', 'host', 'code.mjs');
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-integration-'));
  const remove = () => fs.rmSync(scratch, { recursive: true, force: true });
  process.once('exit', remove);
  const report = path.join(scratch, 'report.json');
  const workspace = path.join(scratch, 'workspace'); // a copy: tests may write into it
  fs.cpSync(path.join(here, 'workspace'), workspace, { recursive: true });
  let refused;
  try {
    await runTests({
      ...(wanted === 'download' ? {} : { vscodeExecutablePath: wanted }),
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, 'out', 'test', 'integration', 'index'),
      launchArgs: [workspace],
      extensionTestsEnv: { CALL_DOCTOR_REPORT: report, CALL_DOCTOR_HOST: host },
    });
  } catch (error) {
    refused = error;
  }
  if (!fs.existsSync(report)) {
    return [{ title: 'the suite runs to its end', state: 'failed', error: `VS Code ended without a report: ${refused?.message ?? 'it reported success'}` }];
  }
  const { tests } = JSON.parse(fs.readFileSync(report, 'utf8'));
  if (refused && !tests.some((t) => t.state === 'failed')) {
    tests.push({ title: 'VS Code ends with success', state: 'failed', error: String(refused.message) });
  }
  return tests;
}

const { values } = parseArgs({ options: { host: { type: 'string', default: 'current' }, report: { type: 'string' } } });
const tests = await integration(values.host);
const count = (state) => tests.filter((t) => t.state === state).length;
for (const t of tests.filter((t) => t.state === 'failed')) console.error(`FAILED ${t.title}\n${t.error}\n`);
console.log(`integration on ${values.host}: ${count('passed')} passed, ${count('failed')} failed`);
if (values.report) fs.writeFileSync(values.report, JSON.stringify({ tests }));
process.exit(count('failed') > 0 || count('passed') === 0 ? 1 : 0);
