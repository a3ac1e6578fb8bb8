// Activation time of the packed extension as VS Code itself reports it, next to an empty extension's in the same windows.
// `node bench/activation.mjs [cold starts per order] [command]` after `npm run package`. Both are activated the same way: by running a command.
//
// Whichever is activated first in a window also pays for what the extension host loads once: 3 to 4 ms, as much as an empty
// extension costs. So the order alternates, and only like is compared with like: first with first, second with second. Neither
// ratio is "the" ratio. First is what a user waits for whose window has no other extension; second is our own share.
// VS Code reports whole milliseconds of loading plus the activate call; what an async activate awaits is not in them.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm, tail } from '../scripts/run.mjs';
import { installVsix } from '../test/host/server.mjs';
import { openWorkbench } from '../test/host/workbench.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const vsix = path.join(root, 'dist', 'call-doctor.vsix');
/** With every built-in extension the figure depends on which of them happen to start at the same moment. */
const BUILTINS = ['json', 'theme-defaults', 'theme-seti'];
const EMPTY = 'Empty Extension';

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Packs an extension that does nothing and has the same activation events as ours, and one command. */
async function packEmpty(dir, manifest) {
  fs.mkdirSync(dir);
  const empty = {
    name: 'empty',
    displayName: EMPTY,
    version: '1.0.0',
    publisher: 'call-doctor',
    license: 'MIT',
    engines: { vscode: manifest.engines.vscode },
    main: './extension.js',
    activationEvents: manifest.activationEvents ?? [],
    contributes: { commands: [{ command: 'empty.run', title: 'Run', category: 'Empty' }] },
  };
  fs.writeFileSync(path.join(dir, 'package.json'), JSON.stringify(empty));
  fs.writeFileSync(
    path.join(dir, 'extension.js'),
    "exports.activate = (c) => c.subscriptions.push(require('vscode').commands.registerCommand('empty.run', () => {}));\n",
  );
  fs.writeFileSync(path.join(dir, '.vscodeignore'), '');
  const file = path.join(dir, 'empty.vsix');
  const packing = ['exec', '--no', '--prefix', root, '--', 'vsce', 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '-o', file];
  const { code, output } = await npm(packing, { cwd: dir });
  if (code !== 0) throw new Error(`The empty extension could not be packed:\n${tail(output)}`);
  return file;
}

/** One cold start: a new server, profile and browser. Returns the two activation times in milliseconds, ours first. */
async function coldStart(folder, extensionsDir, manifest, command, order) {
  const workbench = await openWorkbench({ folder, extensionsDir, builtins: BUILTINS });
  try {
    await workbench.page.waitForTimeout(2000); // start-up settles, so that nothing else is activating
    const run = { ours: () => workbench.runCommand(command), empty: () => workbench.runCommand('Empty: Run') };
    for (const which of order) {
      await run[which]();
      await workbench.page.keyboard.press('Escape'); // whatever our command asks
      await workbench.page.waitForTimeout(500);
    }
    const ours = await workbench.runningExtension(manifest.displayName);
    const empty = await workbench.runningExtension(EMPTY);
    if (ours.activationMs === undefined || empty.activationMs === undefined) {
      throw new Error(`"${command}" did not activate both extensions. VS Code says: ${ours.text} | ${empty.text}`);
    }
    return { ours: ours.activationMs, empty: empty.activationMs };
  } finally {
    await workbench.close();
  }
}

/** Bytes that `require('./extension.js')` reads: it is one file. */
const bytesLoaded = () => fs.statSync(path.join(root, 'dist', 'extension.js')).size;

/**
 * Measures: `[{ what, value, unit, runs? }]`.
 * @param {object} options
 * @param {number} [options.runs] cold starts for each of the two orders
 * @param {string} [options.title] the command that activates ours, as in the palette (the first that package.json contributes)
 */
export async function activation({ runs = 7, title, say = () => {} } = {}) {
  if (!Number.isInteger(runs) || runs < 1) throw new Error('The number of cold starts must be a whole number from 1.');
  if (!fs.existsSync(vsix)) throw new Error('dist/call-doctor.vsix is missing. Run "npm run package" first.');
  const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const first = manifest.contributes?.commands?.[0];
  const command = title ?? (first && `${first.category}: ${first.title}`);
  if (!command) throw new Error('package.json contributes no command, and the benchmark activates the extension by running one.');
  const early = (manifest.activationEvents ?? []).filter((e) => ['*', 'onStartupFinished', 'onLanguage:json', 'onLanguage:jsonc'].includes(e));
  if (early.length > 0) say(`Note: ${early.join(', ')} fires at start-up, for both extensions at once; "first" and "second" then mean nothing.`);
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-bench-'));
  try {
    const extensionsDir = path.join(scratch, 'extensions');
    const folder = path.join(scratch, 'folder'); // empty: no file of it activates anything
    for (const dir of [extensionsDir, folder]) fs.mkdirSync(dir);
    for (const file of [vsix, await packEmpty(path.join(scratch, 'empty'), manifest)]) await installVsix(file, extensionsDir);
    const times = { first: { ours: [], empty: [] }, second: { ours: [], empty: [] } };
    for (let i = 1; i <= runs * 2; i++) {
      const order = i % 2 ? ['ours', 'empty'] : ['empty', 'ours'];
      const measured = await coldStart(folder, extensionsDir, manifest, command, order);
      times.first[order[0]].push(measured[order[0]]);
      times.second[order[1]].push(measured[order[1]]);
      say(`cold start ${i} of ${runs * 2}: ${order.map((which) => `${which} ${measured[which]} ms`).join(', then ')}`);
    }
    const rows = Object.entries(times).flatMap(([position, { ours, empty }]) => [
      { what: `activated ${position}: ours (median)`, value: median(ours), unit: 'ms', runs: ours },
      { what: `activated ${position}: empty (median)`, value: median(empty), unit: 'ms', runs: empty },
      { what: `activated ${position}: ours / empty`, value: Number((median(ours) / median(empty)).toFixed(2)), unit: '×' },
    ]);
    return [
      ...rows,
      { what: 'code loaded at activation', value: Number((bytesLoaded() / 1024).toFixed(1)), unit: 'KB' },
      { what: 'VSIX', value: Number((fs.statSync(vsix).size / 1024).toFixed(1)), unit: 'KB' },
    ];
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Measures and prints. */
export async function reportActivation(runs, title) {
  for (const { what, value, unit, runs: each } of await activation({ runs, title, say: console.log })) {
    console.log(`${what.padEnd(46)} ${`${value} ${unit}`.padStart(14)}${each ? `   [${each.join(', ')}]` : ''}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await reportActivation(Number(process.argv[2] ?? 7), process.argv[3]);
