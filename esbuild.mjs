// Builds dist/: `node esbuild.mjs [--production] [--watch] [--tests]`.
//
// The extension and the command line are CommonJS (what every supported extension host loads fastest) and still split into
// lazy chunks: esbuild splits ES modules only, so split ES modules are written first and each file is then turned into CommonJS.
// An `await import()` in what activation loads is a file that activation does not read.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = path.dirname(fileURLToPath(import.meta.url));
const args = new Set(process.argv.slice(2));
const production = args.has('--production');
const watch = args.has('--watch');
const at = (...p) => path.join(root, ...p);

/** Bytes that activation may read (DESIGN §11). The build fails above it. */
const ACTIVATION_BUDGET = 60 * 1024;

/**
 * What activation loads is one file: each file that it would read costs as much as its registrations. Dynamic imports become
 * files of their own, `lazy/NAME.js`, which share chunks among themselves.
 */
const lazyImports = (lazy) => ({
  name: 'lazy-imports',
  setup(build) {
    build.onStart(() => lazy.clear());
    build.onResolve({ filter: /^\./ }, ({ kind, path: to, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = path.join(resolveDir, to.replace(/\.js$/, '.ts'));
      const name = path.relative(at('src'), file).replace(/\.ts$/, '').replaceAll(path.sep, '-');
      lazy.set(`lazy/${name}`, file);
      return { path: `./lazy/${name}.js`, external: true };
    });
  },
});

/** Turns the split ES modules of a build into CommonJS. */
const commonjs = {
  name: 'commonjs',
  setup(build) {
    build.onEnd(async (result) => {
      if (result.errors.length > 0) return;
      await Promise.all(
        result.outputFiles.map(async ({ path: file, text }) => {
          const { code } = await esbuild.transform(text, {
            format: 'cjs',
            platform: 'node',
            target: 'node20',
            minify: production,
            sourcemap: production ? false : 'inline',
            // `import()` of our own CommonJS would take the way through the loader of ES modules.
            supported: { 'dynamic-import': false },
            sourcefile: path.relative(root, file),
            legalComments: 'none',
          });
          const shebang = path.basename(file) === 'cli.js' ? '#!/usr/bin/env node\n' : '';
          fs.mkdirSync(path.dirname(file), { recursive: true });
          fs.writeFileSync(file, shebang + withoutCopies(code), { mode: shebang ? 0o755 : 0o644 });
        }),
      );
    });
  },
};

/**
 * esbuild copies every name of a CommonJS module that is imported as a namespace, and asks for it once an importing file;
 * `vscode` has 400 names, of which few are read, and VS Code looks up who is asking each time.
 */
function withoutCopies(code) {
  const asked = code.replace(/\b[\w$]+\(require\("vscode"\)(?:,\s*1)?\)/g, 'require("vscode")');
  if (asked.split('require("vscode")').length < 3) return asked;
  return `const vscodeApi = require("vscode");\n${asked.replaceAll('require("vscode")', 'vscodeApi')}`;
}

/** axios brings form-data for multipart uploads, which nothing here sends: 160 KB and 44 ms of loading (DESIGN §10). */
const withoutFormData = {
  name: 'without-form-data',
  setup(build) {
    build.onResolve({ filter: /^form-data$/ }, () => ({ path: 'form-data', namespace: 'empty' }));
    build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default class FormData {}', loader: 'js' }));
  },
};

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  absWorkingDir: root,
  logLevel: 'warning',
  metafile: true,
  write: false,
  mainFields: ['module', 'main'],
};

const node = (entryPoints, outdir, splitting = true) => ({
  ...common,
  entryPoints,
  outdir,
  splitting,
  format: 'esm',
  sourcemap: production ? false : 'inline',
  external: ['vscode', 'mocha', 'purecloud-platform-client-v2', '@pact-foundation/pact-core'],
  chunkNames: 'chunks/[name]-[hash]',
  plugins: [withoutFormData, commonjs],
});

const browser = () => ({
  entryPoints: { form: at('src/webview/form.ts') },
  outdir: at('dist/webview'),
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: production,
  sourcemap: production ? false : 'inline',
  metafile: true,
  logLevel: 'warning',
  absWorkingDir: root,
  legalComments: 'none',
});

function copyData() {
  fs.mkdirSync(at('dist/data'), { recursive: true });
  fs.copyFileSync(at('data/operations.json'), at('dist/data/operations.json'));
  fs.mkdirSync(at('dist/webview'), { recursive: true });
  for (const f of ['codicon.css', 'codicon.ttf']) fs.copyFileSync(at('node_modules/@vscode/codicons/dist', f), at('dist/webview', f));
}

function checkBudget() {
  const bytes = fs.statSync(at('dist/extension.js')).size;
  console.log(`activation loads ${(bytes / 1024).toFixed(1)} KB of ${ACTIVATION_BUDGET / 1024} KB`);
  if (bytes > ACTIVATION_BUDGET) throw new Error('activation budget exceeded: something that can wait is imported statically (out/meta.json says what)');
}

/** Files of an earlier build that nothing loads any more. */
function removeStale(folders, written) {
  const current = new Set(written.map((f) => f.path));
  for (const folder of folders.map((f) => at('dist', f)))
    for (const f of fs.readdirSync(folder)) if (!current.has(path.join(folder, f))) fs.rmSync(path.join(folder, f));
}

/** dist/: the extension's own file, its lazy files, the command line, the webview. Returns the metafiles. */
async function build() {
  const lazy = new Map();
  const extension = node({ extension: at('src/extension.ts') }, at('dist'), false);
  extension.plugins = [lazyImports(lazy), ...extension.plugins];
  const eager = await esbuild.build(extension);
  const rest = await esbuild.build(node({ cli: at('src/cli/main.ts'), ...Object.fromEntries(lazy) }, at('dist')));
  const form = await esbuild.build(browser());
  copyData();
  removeStale(['lazy', 'chunks'], rest.outputFiles);
  return { activation: eager.metafile, node: rest.metafile, browser: form.metafile };
}

if (args.has('--tests')) {
  const find = (dir) =>
    fs
      .readdirSync(at(dir), { recursive: true })
      .filter((f) => f.endsWith('.test.ts'))
      .map((f) => at(dir, f));
  await esbuild.build({
    ...node([...find('test/unit'), ...find('test/integration'), at('test/integration/index.ts'), at('test/faults/window.ts')], at('out/test')),
    outbase: at('test'),
  });
} else {
  const meta = await build();
  fs.mkdirSync(at('out'), { recursive: true });
  fs.writeFileSync(at('out/meta.json'), JSON.stringify(meta));
  if (production) checkBudget();
  if (watch) {
    let waiting;
    console.log('watching src/');
    fs.watch(at('src'), { recursive: true }, () => {
      clearTimeout(waiting);
      waiting = setTimeout(
        () =>
          build().then(
            () => console.log('built'),
            (e) => console.error(e.message),
          ),
        50,
      );
    });
  }
}
