// Starts and stops the real VS Code server. What runs in it is the real workbench and a real extension host (plain Node).
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { run, start, stop, tail } from '../../scripts/run.mjs';
import { provision } from './provision.mjs';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Settings that keep VS Code itself quiet: nothing is fetched, nothing pops up that is not ours. */
const QUIET = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off', // "false" would be migrated by an edit of settings.json, which opens it and activates extensions
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.editor.useModal': 'off', // since 1.139 lists such as Running Extensions open over everything and swallow F1
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** What each host calls the same theme. A name it does not know (or has renamed: see autoUpdate) would do harm. */
const THEME = { current: 'Dark Modern', oldest: 'Default Dark Modern' };

/** Our environment without the marketplace, and without what an outer VS Code left there to confuse an inner one. */
function environment(extra) {
  const env = { ...process.env, EXTENSIONS_GALLERY: '{}', ...extra };
  for (const name of Object.keys(env)) if (/^(VSCODE_|ELECTRON_)/.test(name)) delete env[name];
  return env;
}

const answers = (address) =>
  new Promise((resolve) => {
    const request = http.get({ ...address, path: '/version', timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });

/**
 * Starts a server and waits until it answers: on a free port of 127.0.0.1, or on a Unix socket. `stop()` ends it and removes
 * its data.
 *
 * @param {object} options
 * @param {'current' | 'oldest'} [options.host]
 * @param {string} [options.socketPath] where to listen instead of on a port; the result then has no `base`
 * @param {string} [options.extensionsDir] where VSIX files were installed
 * @param {string[]} [options.builtins] names of the only built-in extensions to load (quieter and steadier times); all without it
 * @param {object} [options.settings] user settings on top of the quiet ones
 * @param {boolean} [options.tests] let a URL name an extension under development and its tests. VS Code then never shows
 *   notification toasts, so leave it off where a person or a driver looks at the screen
 * @param {object[]} [options.keybindings] of the user, as in keybindings.json
 * @param {Record<string, string>} [options.env] variables on top of this process's
 * @param {boolean} [options.trust] ask whether the folder is trusted, as VS Code does; otherwise every folder is
 */
export async function startServer({
  host = 'current',
  socketPath,
  extensionsDir,
  builtins,
  settings,
  keybindings,
  env,
  tests = false,
  trust = false,
  say,
} = {}) {
  const { vscode, node } = await provision(host, say);
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-vscode-'));
  const removeData = () => fs.rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', removeData);
  const scratch = path.join(data, 'tmp'); // VS Code leaves sockets and caches in the temporary folder; so they go with the rest
  for (const dir of [scratch, path.join(data, 'data', 'User'), path.join(data, 'data', 'Machine')]) fs.mkdirSync(dir, { recursive: true });
  fs.writeFileSync(path.join(data, 'data', 'User', 'settings.json'), JSON.stringify({ ...QUIET, 'workbench.colorTheme': THEME[host], ...settings }, null, 2));
  if (keybindings) fs.writeFileSync(path.join(data, 'data', 'User', 'keybindings.json'), JSON.stringify(keybindings, null, 2));
  // Settings of scope "machine" count from here alone, once VS Code knows that they are.
  if (settings) fs.writeFileSync(path.join(data, 'data', 'Machine', 'settings.json'), JSON.stringify(settings, null, 2));

  const args = [path.join(vscode, 'out', 'server-main.js'), '--accept-server-license-terms', '--disable-telemetry'];
  args.push('--without-connection-token', '--server-data-dir', data);
  args.push(...(socketPath ? ['--socket-path', socketPath] : ['--host', '127.0.0.1', '--port', '0']));
  args.push('--extensions-dir', extensionsDir ?? path.join(data, 'extensions'));
  if (!trust) args.push('--disable-workspace-trust');
  if (tests) args.push('--enable-smoke-test-driver');
  if (builtins) {
    const dir = path.join(data, 'builtins');
    fs.mkdirSync(dir);
    for (const b of builtins) fs.symlinkSync(path.join(vscode, 'extensions', b), path.join(dir, b));
    args.push('--builtin-extensions-dir', dir);
  }

  const logFile = path.join(data, 'server.log');
  const log = () => fs.readFileSync(logFile, 'utf8');
  const out = fs.openSync(logFile, 'a');
  const child = start(node, args, { env: environment({ TMPDIR: scratch, ...env }), stdio: ['ignore', out, out] });
  fs.closeSync(out);
  let ended = false;
  child.once('close', () => (ended = true));
  child.once('error', () => (ended = true));
  const end = async () => {
    await stop(child);
    process.removeListener('exit', removeData);
    removeData();
  };

  const until = Date.now() + 30_000;
  while (!ended && Date.now() < until) {
    const port = Number(/listening on (\d+)/.exec(log())?.[1] ?? 0);
    if ((socketPath || port) && (await answers(socketPath ? { socketPath } : { host: '127.0.0.1', port }))) {
      return { data, base: port ? `http://localhost:${port}` : undefined, log, stop: end, onEnd: (f) => child.once('close', f) };
    }
    await sleep(50);
  }
  const said = tail(log());
  await end();
  throw new Error(`The VS Code server ${ended ? 'ended at once' : 'did not answer within 30 s'}. It says:\n${said}`);
}

/**
 * The address of a folder in the workbench, with an extension under development and its tests when they are given.
 * @param {{base: string}} server
 */
export function workbenchUrl(server, { folder, extensionDevelopmentPath, extensionTestsPath } = {}) {
  const remote = (file) => `vscode-remote://${new URL(server.base).host}${path.resolve(file)}`;
  const payload = [];
  if (extensionDevelopmentPath) payload.push(['extensionDevelopmentPath', remote(extensionDevelopmentPath)]);
  if (extensionTestsPath) payload.push(['extensionTestsPath', remote(extensionTestsPath)]);
  const query = new URLSearchParams();
  if (folder) query.set('folder', path.resolve(folder));
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  // Slashes are legal in a query, and a person reads this.
  return `${server.base}/?${query.toString().replaceAll('%2F', '/')}`;
}

/** Installs a VSIX into `extensionsDir` the way a user's VS Code does: with its own command line. */
export async function installVsix(vsix, extensionsDir, { host = 'current', say } = {}) {
  const { vscode, node } = await provision(host, say);
  const args = [path.join(vscode, 'out', 'server-main.js'), '--install-extension', path.resolve(vsix), '--force'];
  args.push('--extensions-dir', extensionsDir, '--server-data-dir', path.join(extensionsDir, '.data'), '--accept-server-license-terms');
  const { code, output } = await run(node, args, { env: environment(), timeout: 60_000 });
  if (code !== 0 || !/successfully installed/.test(output)) throw new Error(`VS Code refused to install ${vsix}:\n${tail(output)}`);
}
