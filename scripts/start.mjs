// `npm start`: builds Call Doctor and opens it in VS Code on a sample folder. With a desktop VS Code on PATH that one is used, with
// a profile of its own; otherwise a web VS Code from the npm registry.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installVsix, startServer, workbenchUrl } from '../test/host/server.mjs';
import { installDependencies } from './dependencies.mjs';
import { openFront } from './front.mjs';
import { ending, npm, run, tail } from './run.mjs';

const USAGE = `usage: npm start [-- FLAGS]
  --web      the web VS Code, even when a desktop one is installed
  --port N   the web VS Code on this port (default: a free one)
  --no-open  do not open a browser`;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const home = path.join(os.homedir(), '.cache', 'call-doctor');
const vsix = path.join(root, 'dist', 'call-doctor.vsix');
const windows = process.platform === 'win32';
const say = console.log;

/** An error that the reader can act on: printed without a stack. */
class Stop extends Error {
  constructor(message, code = 1) {
    super(message);
    this.code = code;
  }
}

function flags() {
  const options = { web: { type: 'boolean' }, port: { type: 'string', default: '0' }, 'no-open': { type: 'boolean' } };
  try {
    const { values } = parseArgs({ options });
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`);
    return { web: values.web || port > 0, port, open: !values['no-open'] };
  } catch (error) {
    throw new Stop(`${error.message}\n${USAGE}`, 2);
  }
}

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((dir) => path.join(dir, name))
    .find((file) => fs.existsSync(file));

async function build() {
  const done = await installDependencies(root, say);
  say(`Dependencies: ${done}.`);
  say('Building and packing the extension…');
  const { code, output } = await npm(['run', 'package'], { cwd: root });
  if (code !== 0) throw new Stop(`The extension could not be built: npm run package failed.\n${tail(output)}`);
}

/** The folder that VS Code opens: a copy of examples/, so that the repository stays clean. Fresh at every start. */
function sampleFolder() {
  const folder = path.join(home, 'examples');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(path.join(root, 'examples'), folder, { recursive: true });
  return folder;
}

/** Workspace trust stays on, as people have it. But before 1.139 its question about the sample folder covers the whole window. */
const NO_DIALOG = { 'security.workspace.trust.startupPrompt': 'never' };

async function startDesktop(code, folder) {
  const profile = path.join(home, 'desktop');
  const settings = path.join(profile, 'user-data', 'User', 'settings.json');
  if (!fs.existsSync(settings)) {
    fs.mkdirSync(path.dirname(settings), { recursive: true });
    fs.writeFileSync(settings, JSON.stringify(NO_DIALOG, null, 2));
  }
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name)));
  const vscode = async (...args) => {
    const all = ['--user-data-dir', path.join(profile, 'user-data'), '--extensions-dir', path.join(profile, 'extensions'), ...args];
    // code.cmd only starts through a shell, which splits at spaces.
    const result = await run(windows ? `"${code}"` : code, windows ? all.map((a) => `"${a}"`) : all, { env, timeout: 120_000, shell: windows });
    if (result.code !== 0) throw new Error(tail(result.output, 10));
  };
  say(`Installing the extension into a profile of its own (${profile})…`);
  await vscode('--install-extension', vsix, '--force');
  await vscode('--new-window', folder);
  say(`Call Doctor is open in VS Code on ${folder}`);
}

/** The browser is the user's: whatever becomes of it, it outlives us. */
function openInBrowser(url) {
  const opener = onPath(process.platform === 'darwin' ? 'open' : 'xdg-open');
  if (opener)
    spawn(opener, [url], { stdio: 'ignore', detached: true })
      .on('error', () => {})
      .unref();
}

async function startWeb(front, socketPath, folder, open) {
  const extensionsDir = path.join(path.dirname(socketPath), 'extensions');
  fs.mkdirSync(extensionsDir);
  await installVsix(vsix, extensionsDir, { say });
  const server = await startServer({ socketPath, extensionsDir, trust: true, say });
  server.onEnd(() => {
    if (ending()) return;
    console.error(`The VS Code server ended. It says:\n${tail(server.log(), 10)}`);
    process.exit(1);
  });
  front.ready();
  const url = workbenchUrl({ base: `http://localhost:${front.port}` }, { folder });
  if (open) openInBrowser(url);
  say('Stop it with Ctrl+C.');
  say(`Call Doctor is open at ${url}`);
}

/** npm passes a signal on to the shell between it and us, which ends without us; so when our parent goes, we go. */
function endWithParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 1000).unref();
}

async function main() {
  const { web, port, open } = flags();
  endWithParent();
  const code = web ? undefined : onPath(windows ? 'code.cmd' : 'code');
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-start-'));
  process.once('exit', () => fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
  const socketPath = path.join(scratch, 'server.sock');
  const front = code ? undefined : await takePort(socketPath, port);
  await build();
  const folder = sampleFolder();
  if (!code) return startWeb(front, socketPath, folder, open);
  try {
    return await startDesktop(code, folder);
  } catch (error) {
    say(`${code} could not open it; using the web VS Code instead. It says:\n${error.message}`);
    return startWeb(await takePort(socketPath, port), socketPath, folder, open);
  }
}

async function takePort(socketPath, port) {
  try {
    return await openFront(socketPath, port);
  } catch (error) {
    if (error.code === 'EADDRINUSE') throw new Stop(`Port ${port} is in use. Choose another with --port N, or leave it out for a free one.`, 2);
    if (error.code === 'EACCES') throw new Stop(`Port ${port} may not be used by this account. Choose one above 1023 with --port N.`, 2);
    throw error;
  }
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exit(error instanceof Stop ? error.code : 1);
}
