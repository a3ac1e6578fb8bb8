// Makes node_modules what package-lock.json says. Only Node's own modules: this runs before anything is installed.
import fs from 'node:fs';
import path from 'node:path';
import { npm } from './run.mjs';

const packagesIn = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).packages : {});

/** True when a package is missing, or another version is there. Content, not file times: `git clone` and npm set those in any order. */
function outOfDate(root) {
  const wanted = packagesIn(path.join(root, 'package-lock.json'));
  const installed = packagesIn(path.join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).some(([at, p]) => at !== '' && !p.optional && installed[at]?.version !== p.version);
}

/** Runs `npm ci` when it is needed. Returns what it did, for people; throws when npm fails. */
export async function installDependencies(root, say) {
  if (!outOfDate(root)) return 'up to date';
  say('Dependencies: npm ci (first run, or package-lock.json has changed)…');
  const { code, output } = await npm(['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root });
  if (code !== 0) {
    const reason = output.split('\n').slice(0, 12).join('\n'); // npm says it first; its usage text follows
    throw new Error(`The dependencies could not be installed: npm ci failed in ${root}. npm says:\n${reason}`);
  }
  return 'installed';
}
