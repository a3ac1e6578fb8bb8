// Imports go one way (DESIGN §3): a room may import from the rooms listed for it and from itself, nothing else; `vscode` only
// in the surfaces; axios only in org/http.ts; the sandbox never sees the diagnosis that it tests.
import fs from 'node:fs';
import path from 'node:path';

const PURE = ['platform', 'exchange', 'assist', 'diagnosis'];
const MAY = {
  platform: [],
  exchange: ['platform'],
  assist: ['platform', 'exchange'],
  diagnosis: ['platform', 'exchange'],
  org: PURE,
  sandbox: ['platform'],
  facts: ['platform'],
  accounts: [...PURE, 'org', 'sandbox', 'facts'],
  sidebar: [...PURE, 'org', 'accounts', 'facts'],
  editor: [...PURE, 'org', 'accounts', 'sidebar', 'facts'],
  commands: [...PURE, 'org', 'accounts', 'sidebar', 'editor', 'facts'],
  cli: [...PURE, 'org', 'sandbox'],
  webview: ['sidebar'],
  compose: ['*'],
  extension: ['compose'],
};
const PACKAGES = {
  platform: ['libphonenumber-js/min', 'jsonc-parser', '@streamparser/json'],
  exchange: ['jsonc-parser'],
  assist: ['jsonc-parser'],
  diagnosis: ['jsonc-parser'],
  org: ['axios', 'oauth4webapi', 'smol-toml', 'ws', 'node:'],
  sandbox: ['hono', '@hono/node-server', 'ws', 'node:'],
  facts: ['node:'],
  accounts: ['vscode', 'node:'],
  sidebar: ['vscode', 'node:'],
  editor: ['vscode'],
  commands: ['vscode'],
  cli: ['node:'],
  webview: ['lit', '@vscode-elements/elements'],
  compose: ['vscode', 'node:'],
  extension: ['vscode'],
};
/** Only this file may import that package. */
const ONLY = { axios: 'src/org/http.ts' };
/** Modules of the webview's host that are told apart: the webview shares only the protocol with it. */
const WEBVIEW_MAY = 'src/sidebar/callForm/protocol.ts';

const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s*['"]([^'"]+)['"]/g;

const problems = [];
const files = fs
  .readdirSync('src', { recursive: true })
  .filter((f) => f.endsWith('.ts'))
  .map((f) => `src/${f}`);
for (const file of files) {
  const room = path.relative('src', file).split('/')[0].replace(/\.ts$/, '');
  if (!MAY[room]) {
    problems.push(`${file}: ${room} is not a room of the house (scripts/check-imports.mjs)`);
    continue;
  }
  const text = fs.readFileSync(file, 'utf8');
  for (const match of text.matchAll(IMPORT)) {
    const from = match[1] ?? match[2] ?? match[3];
    if (from.startsWith('.')) {
      const target = path.posix.join(path.posix.dirname(file), from).replace(/\.js$/, '.ts');
      if (target.startsWith('data/')) continue;
      const other = path
        .relative('src', target)
        .split('/')[0]
        .replace(/\.(ts|json|css)$/, '');
      if (other !== room && !MAY[room].includes(other) && !MAY[room].includes('*')) problems.push(`${file} imports ${from}: ${room} may not know ${other}`);
      if (room === 'webview' && other === 'sidebar' && target !== WEBVIEW_MAY) problems.push(`${file} imports ${from}: the webview shares only the protocol`);
    } else if (!PACKAGES[room].some((p) => (p.endsWith(':') ? from.startsWith(p) : from === p || from.startsWith(`${p}/`)))) {
      problems.push(`${file} imports ${from}: ${room} may use ${PACKAGES[room].join(', ') || 'no package'}`);
    }
    if (ONLY[from] && ONLY[from] !== file) problems.push(`${file} imports ${from}: only ${ONLY[from]} may`);
  }
}
for (const p of problems) console.error(p);
console.log(`${files.length} files, ${problems.length} imports in the wrong direction`);
process.exit(problems.length > 0 ? 1 : 0);
