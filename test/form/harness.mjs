// The call form in a plain browser: the real bundle in the real page under the real Content-Security-Policy, with VS Code's theme
// variables and a stand-in for its API. Used by run.mjs.
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { chromium as playwright } from 'playwright-core';
import { chromium } from '../host/provision.mjs';
import { THEMES, WEBVIEW_DEFAULTS } from './themes.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const out = path.join(root, 'out/form');
const at = (...p) => path.join(root, ...p);
const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const NONCE = 'harness0nonce0';

/** Builds the form as esbuild.mjs does for production, and the fixtures and the page for Node. */
export async function build() {
  fs.rmSync(out, { recursive: true, force: true });
  const common = { bundle: true, format: 'esm', target: 'es2022', absWorkingDir: root, logLevel: 'warning', legalComments: 'none' };
  await esbuild.build({ ...common, entryPoints: { form: at('src/webview/form.ts') }, outdir: out, platform: 'browser', minify: true });
  await esbuild.build({
    ...common,
    entryPoints: [at('test/form/fixtures.ts'), at('src/sidebar/callForm/page.ts')],
    outdir: path.join(out, 'node'),
    outbase: root,
    platform: 'node',
    outExtension: { '.js': '.mjs' },
  });
  for (const f of ['codicon.css', 'codicon.ttf']) fs.copyFileSync(at('node_modules/@vscode/codicons/dist', f), path.join(out, f));
  const load = (file) => import(pathToFileURL(path.join(out, 'node', file)));
  const { STATES } = await load('test/form/fixtures.mjs');
  const { formPage } = await load('src/sidebar/callForm/page.mjs');
  return { STATES, formPage, bytes: { js: fs.statSync(path.join(out, 'form.js')).size, css: fs.statSync(path.join(out, 'form.css')).size } };
}

const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

/** Serves the page and its files on loopback; anything else is 404. */
export async function serve({ formPage }, port = 0) {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    if (pathname === '/') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      return response.end(
        formPage({ cspSource: base(), nonce: NONCE, script: `${base()}/form.js`, style: `${base()}/form.css`, codicons: `${base()}/codicon.css` }),
      );
    }
    if (pathname === '/favicon.ico') return response.writeHead(204).end();
    const file = path.join(out, path.basename(pathname));
    const type = TYPES[path.extname(file)];
    if (!type || !fs.existsSync(file)) return response.writeHead(404).end();
    response.setHeader('content-type', type);
    return response.end(fs.readFileSync(file));
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const base = () => `http://127.0.0.1:${server.address().port}`;
  return { base: base(), close: () => new Promise((resolve) => server.close(resolve)) };
}

/** What VS Code does to a webview before its own scripts run. Runs in the page. */
function becomeWebview({ theme, defaults, saved }) {
  const messages = [];
  let kept = saved;
  window.sent = messages;
  window.kept = () => kept;
  window.acquireVsCodeApi = () => ({
    postMessage: (m) => messages.push(structuredClone(m)),
    getState: () => kept,
    setState: (s) => (kept = structuredClone(s)),
  });
  const variables = Object.entries(theme.variables).map(([name, value]) => `${name}: ${value};`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${defaults} :root { ${variables.join(' ')} }`);
  document.adoptedStyleSheets = [sheet];
  document.addEventListener('DOMContentLoaded', () => (document.body.className = theme.bodyClass));
}

/** A browser for many forms. */
export async function openForms(server) {
  const browser = await playwright.launch({ executablePath: await chromium(), args: ['--no-sandbox', '--disable-gpu'] });
  const complaints = [];

  /** A fresh form: `{ page, show(state), sent(), clear(), close() }`. */
  async function open({ theme = 'dark', width = 300, height = 640, state, saved } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(5000);
    page.on('console', (m) => ['error', 'warning'].includes(m.type()) && complaints.push(`${m.type()}: ${m.text()}`));
    page.on('pageerror', (e) => complaints.push(`exception: ${e.message}`));
    await page.addInitScript(becomeWebview, { theme: THEMES[theme], defaults: WEBVIEW_DEFAULTS, saved });
    await page.goto(server.base);
    await page.waitForFunction(() => window.sent?.some((m) => m.type === 'ready'));
    await page.evaluate(() => document.fonts.ready);
    const show = async (next) => {
      await page.evaluate((s) => window.postMessage({ type: 'state', state: s }, '*'), next);
      await page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done))));
    };
    if (state) await show(state);
    return {
      page,
      show,
      sent: (type) => page.evaluate((t) => window.sent.filter((m) => !t || m.type === t), type),
      clear: () => page.evaluate(() => (window.sent.length = 0)),
      close: () => context.close(),
    };
  }

  return { open, complaints, close: () => browser.close() };
}

/** Serious and critical findings of axe-core, one line each. */
export async function violations(page) {
  await page.evaluate(axeSource);
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} — ${n.failureSummary.split('\n').slice(1).join(' ').trim()}`));
}
