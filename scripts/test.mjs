// `npm test`: sets everything up and runs every check. `--only unit,types` runs some (and what they need), `--verbose` shows all output.
// The last line is "N passed, N failed": a check counts as one, and each test of a suite counts as one.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, HOSTS, provision } from '../test/host/provision.mjs';
import { installDependencies } from './dependencies.mjs';
import { npm, run, tail } from './run.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-test-'));
process.once('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
const say = console.log;
const indent = (line) => say(`    ${line}`);

const PLAIN = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' }; // output is kept and printed later, maybe to a log file
const node =
  (...args) =>
  (options) =>
    run(process.execPath, args, { cwd: root, ...options });
const script = (name) => (options) => npm(['run', name], { cwd: root, ...options });
const tool =
  (...args) =>
  (options) =>
    npm(['exec', '--no', '--', ...args], { cwd: root, ...options });
const reportOf = (name) => path.join(scratch, `${name}.json`);

/** Prepares something: counts only when it fails. `work` throws, or answers with a word on what it did. */
const setup = (name, work, needs = []) => ({ name, needs, kind: 'setup', work });
/** One check: passes when its program ends with 0. */
const check = (name, program, needs = ['dependencies']) => ({ name, needs, kind: 'check', program });
/** A suite of tests: its program writes `{ tests: [{ title, state, error }] }` to the report file. */
const suite = (name, program, needs) => ({ name, needs, kind: 'suite', program });

const hostTests = (host) => node('test/integration/run.mjs', '--host', host, '--report', reportOf(`integration-${host}`));

const STEPS = [
  setup('dependencies', () => installDependencies(root, indent)),
  check('types', tool('tsc', '-p', '.')),
  check('lint', tool('biome', 'ci', '.')),
  check('imports', node('scripts/check-imports.mjs')),
  check('commands', node('scripts/check-commands.mjs')),
  check('unused', tool('knip')),
  check('generated', node('scripts/check-generated.mjs')),
  check('package', script('package')),
  check('test-build', node('esbuild.mjs', '--tests')),
  suite('unit', tool('mocha', 'out/test/unit/**/*.test.js', '--reporter', 'json', '--reporter-option', `output=${reportOf('unit')}`), ['test-build']),
  setup('vscode', async () => {
    for (const host of Object.keys(HOSTS)) await provision(host, indent);
    await chromium(indent);
  }),
  suite('integration-current', hostTests('current'), ['package', 'test-build', 'vscode']),
  suite('integration-oldest', hostTests('oldest'), ['package', 'test-build', 'vscode']),
  suite('form', node('test/form/run.mjs', '--report', reportOf('form')), ['vscode']),
  suite('e2e', node('test/e2e/run.mjs', '--report', reportOf('e2e')), ['package', 'vscode']),
];

/** The results of a suite: ours, or mocha's own JSON. */
function testsIn(file) {
  if (!fs.existsSync(file)) return [];
  const report = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (!report.stats) return report.tests;
  const of = (state) => (t) => ({ title: t.fullTitle, state, error: t.err?.stack ?? t.err?.message });
  return [...report.passes.map(of('passed')), ...report.failures.map(of('failed')), ...report.pending.map(of('pending'))];
}

/** Runs a step: `{ passed, failures: [{ title, error }] }`. */
async function runStep(step, verbose) {
  if (step.kind === 'setup') {
    try {
      return { passed: 0, note: await step.work(), failures: [] };
    } catch (error) {
      return { passed: 0, failures: [{ title: step.name, error: error.message }] };
    }
  }
  const { code, output } = await step.program({ env: PLAIN, onText: verbose ? (text) => process.stdout.write(text) : undefined });
  const wrong = { title: step.name, error: tail(output, 60) };
  if (step.kind === 'check') return code === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [wrong] };
  const tests = testsIn(reportOf(step.name));
  const passed = tests.filter((t) => t.state === 'passed').length;
  const failures = tests.filter((t) => t.state === 'failed');
  const note = `${passed} passed, ${failures.length} failed`;
  // A suite that ends badly, or ran nothing, has failed even when no test of it says so.
  if (failures.length === 0 && passed === 0) failures.push({ ...wrong, title: `${step.name}: no test ran` });
  else if (failures.length === 0 && code !== 0) failures.push({ ...wrong, title: `${step.name}: ended with code ${code}` });
  return { passed, note, failures };
}

/** The steps to run: all, or the named ones and whatever they need. */
function chosen(only) {
  if (!only) return STEPS;
  const names = new Set(only.split(',').flatMap((name) => (name === 'integration' ? ['integration-current', 'integration-oldest'] : [name])));
  for (const name of names) {
    const step = STEPS.find((s) => s.name === name);
    if (!step) throw new Error(`There is no step "${name}". The steps are: ${STEPS.map((s) => s.name).join(', ')}.`);
    for (const need of step.needs) names.add(need);
  }
  return STEPS.filter((s) => names.has(s.name));
}

async function main() {
  const { values } = parseArgs({ options: { only: { type: 'string' }, verbose: { type: 'boolean' } } });
  const broken = new Set();
  const failed = [];
  let passed = 0;
  for (const step of chosen(values.only)) {
    const missing = step.needs.find((need) => broken.has(need));
    if (missing) {
      broken.add(step.name);
      say(`- ${step.name}: not run, ${missing} failed`);
      continue;
    }
    const from = Date.now();
    if (step.kind === 'setup' || values.verbose) say(`  ${step.name}…`);
    const result = await runStep(step, values.verbose);
    if (result.failures.length > 0) broken.add(step.name);
    passed += result.passed;
    failed.push(...result.failures);
    const seconds = ((Date.now() - from) / 1000).toFixed(1);
    say(`${result.failures.length > 0 ? '✗' : '✓'} ${step.name} ${seconds} s${result.note ? ` (${result.note})` : ''}`);
    for (const { title, error } of result.failures) say(`\n--- ${title}\n${error ?? 'no details'}\n`);
  }
  if (failed.length > 0) say(`\nFailed:\n${failed.map((f) => `  ${f.title}`).join('\n')}`);
  say(`${passed} passed, ${failed.length} failed`);
  return failed.length > 0 || passed === 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
