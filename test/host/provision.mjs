// Installs a real VS Code (the server and web workbench inside the code-server package) and the Node it wants, from the npm
// registry only, into a cache outside the repository. Also finds Chromium. Run directly: `node test/host/provision.mjs [current|oldest]`.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm, run, tail } from '../../scripts/run.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
/** Bump when the steps below change, so that nobody keeps an installation made by older ones. */
const RECIPE = '2';
const platform = `${process.platform}-${process.arch}`;

/** Which VS Code each host is, for people. */
export const HOSTS = { current: 'VS Code 1.139', oldest: 'VS Code 1.100' };

function cacheDir(host) {
  const hash = createHash('sha256').update(RECIPE).update(platform);
  for (const f of [`${host}/package.json`, `${host}/package-lock.json`, 'spdlog.cjs']) hash.update(fs.readFileSync(path.join(here, f)));
  const base = process.env.CALL_DOCTOR_HOST_CACHE || path.join(os.homedir(), '.cache', 'call-doctor-host');
  return path.join(path.resolve(base), hash.digest('hex').slice(0, 16));
}

const places = (dir) => ({
  vscode: path.join(dir, 'node_modules', 'code-server', 'lib', 'vscode'),
  node: path.join(dir, 'node_modules', `node-${platform}`, 'bin', 'node'),
});

/** Prints what a long step does, and every 15 seconds that it is still at it. Returns what the step returns. */
async function step(say, text, work) {
  const from = Date.now();
  const seconds = () => `${((Date.now() - from) / 1000).toFixed(0)} s`;
  say(`${text}…`);
  const beat = setInterval(() => say(`  still at it (${seconds()})`), 15_000);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    say(`  ${seconds()}`);
  }
}

/**
 * Makes sure a VS Code is in the cache and says where: `{ name, vscode, node }`. Safe to run several times at once: each run
 * installs into a folder of its own, and the first to finish wins.
 * @param {'current' | 'oldest'} host
 */
export async function provision(host = 'current', say = console.log) {
  const name = HOSTS[host];
  if (!name) throw new Error(`There is no host "${host}"; it is one of: ${Object.keys(HOSTS).join(', ')}.`);
  const dir = cacheDir(host);
  if (!fs.existsSync(dir)) {
    if (platform !== 'linux-x64') {
      throw new Error(`The web VS Code is only set up for linux-x64 and this is ${platform}. Install desktop VS Code and put its "code" command on PATH.`);
    }
    fs.mkdirSync(path.dirname(dir), { recursive: true });
    dropLeftovers(path.dirname(dir));
    const building = fs.mkdtempSync(`${dir}.building-`);
    const drop = () => fs.rmSync(building, { recursive: true, force: true });
    process.once('exit', drop);
    try {
      await install(host, name, building, say);
      fs.renameSync(building, dir);
    } catch (error) {
      if (!fs.existsSync(dir)) throw error; // otherwise another run was faster, and its installation is as good
    } finally {
      drop();
      process.removeListener('exit', drop);
    }
  }
  return { name, ...places(dir) };
}

/** What a killed run left behind. An hour: no living run takes that long. */
function dropLeftovers(base) {
  for (const f of fs.readdirSync(base).filter((f) => f.includes('.building-'))) {
    const old = path.join(base, f);
    if (Date.now() - fs.statSync(old).mtimeMs > 3_600_000) fs.rmSync(old, { recursive: true, force: true });
  }
}

async function install(host, name, dir, say) {
  const must = async (args, cwd) => {
    const { code, output } = await npm([...args, '--ignore-scripts', '--no-audit', '--no-fund'], { cwd });
    if (code !== 0) throw new Error(`${name} could not be installed: npm ${args.join(' ')} failed. Is the npm registry reachable?\n${tail(output)}`);
  };
  for (const f of ['package.json', 'package-lock.json']) fs.copyFileSync(path.join(here, host, f), path.join(dir, f));
  await step(say, `${name}: downloading the server from the npm registry (first run only, about a minute)`, () => must(['ci'], dir));
  const { vscode } = places(dir);
  await step(say, `${name}: installing what the server needs`, async () => {
    // Not `npm ci`: the shrinkwrap that code-server ships lacks an entry, which ci refuses. `npm install` keeps to the rest of it.
    await must(['install', '--omit=dev'], vscode);
    await must(['install', '--omit=dev'], path.join(vscode, 'extensions'));
  });
  // AI agents and their sandboxes: more than 200 MB that neither a test nor a look at our extension uses.
  for (const p of ['@github', '@microsoft/mxc-sdk', '@vscode/sqlite3', '@vscode/sandbox-runtime', '@anthropic-ai', '@devcontainers']) {
    fs.rmSync(path.join(vscode, 'node_modules', p), { recursive: true, force: true });
  }
  fs.rmSync(path.join(vscode, 'extensions', 'copilot'), { recursive: true, force: true });
  // The extension host does not start without this native module, which needs a compiler. It only ends the host when its parent
  // dies, and we end the whole process group ourselves.
  const watchdog = path.join(vscode, 'node_modules', '@vscode', 'native-watchdog', 'build', 'Release');
  fs.mkdirSync(watchdog, { recursive: true });
  fs.writeFileSync(path.join(watchdog, 'watchdog.js'), 'exports.start = () => {};\n');
  fs.copyFileSync(path.join(here, 'spdlog.cjs'), path.join(vscode, 'node_modules', '@vscode', 'spdlog', 'index.js'));
  // Older servers download ripgrep from GitHub in an install script; without it no file search works.
  const packed = path.join(dir, 'node_modules', '@vscode', 'ripgrep-universal', 'bin', platform, 'rg');
  if (fs.existsSync(packed)) {
    const bin = path.join(vscode, 'node_modules', '@vscode', 'ripgrep', 'bin');
    fs.mkdirSync(bin, { recursive: true });
    fs.copyFileSync(packed, path.join(bin, 'rg'));
    fs.chmodSync(path.join(bin, 'rg'), 0o755);
  }
}

function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const dirs = (process.env.PATH ?? '').split(path.delimiter);
  return dirs.flatMap((d) => names.map((n) => path.join(d, n))).find((f) => fs.existsSync(f));
}

/** The path of a Chromium. Installs Debian's when there is none and we may. */
export async function chromium(say = console.log) {
  const found = findChromium();
  if (found) return found;
  const apt = '/usr/bin/apt-get';
  let why = '';
  if (fs.existsSync(apt) && process.getuid?.() === 0) {
    const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    const install = () => run(apt, ['install', '-y', '--no-install-recommends', 'chromium'], options);
    await step(say, 'Chromium: installing the Debian package (first run only)', async () => {
      let result = await install();
      if (result.code !== 0) {
        await run(apt, ['update'], options); // package lists are missing or out of date on a fresh machine
        result = await install();
      }
      if (result.code !== 0) why = `\napt-get says:\n${tail(result.output)}`;
    });
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(`Chromium is missing, and the browser tests need it. Install the package "chromium", or set CHROMIUM to the path of one.${why}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    for (const host of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(HOSTS)) console.log(await provision(host));
    console.log(await chromium());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
