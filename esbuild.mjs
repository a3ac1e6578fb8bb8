// Builds dist/: `node esbuild.mjs [--production] [--watch] [--tests]`.
//
// The extension and the command line are CommonJS (what every supported extension host loads fastest) and still split into
// lazy chunks: esbuild splits ES modules only, so a first pass writes split ES modules and a second turns each file into
// CommonJS. Nothing is bundled twice, and an `await import()` in the source is a file that activation does not read.
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

/** Turns the split ES modules of pass one into CommonJS and reports what activation loads. */
const commonjs = (outdir) => ({
  name: 'commonjs',
  setup(build) {
    build.onEnd(async (result) => {
      if (result.errors.length > 0) return;
      const chunks = path.join(outdir, 'chunks');
      fs.mkdirSync(chunks, { recursive: true });
      const written = new Set(result.outputFiles.map((f) => f.path));
      for (const f of fs.readdirSync(chunks)) if (!written.has(path.join(chunks, f))) fs.rmSync(path.join(chunks, f));
      await Promise.all(
        result.outputFiles.map(async ({ path: file, text }) => {
          const { code } = await esbuild.transform(text, {
            format: 'cjs',
            platform: 'node',
            target: 'node20',
            minify: production,
            sourcemap: production ? false : 'inline',
            sourcefile: path.relative(root, file),
            legalComments: 'none',
          });
          const shebang = path.basename(file) === 'cli.js' ? '#!/usr/bin/env node\n' : '';
          fs.mkdirSync(path.dirname(file), { recursive: true });
          fs.writeFileSync(file, shebang + code, { mode: shebang ? 0o755 : 0o644 });
        }),
      );
    });
  },
});

/** axios brings form-data for multipart uploads, which nothing here sends: 160 KB and 44 ms of loading (DESIGN §10). */
const withoutFormData = {
  name: 'without-form-data',
  setup(build) {
    build.onResolve({ filter: /^form-data$/ }, () => ({ path: 'form-data', namespace: 'empty' }));
    build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default class FormData {}', loader: 'js' }));
  },
};

const node = (entryPoints, outdir) => ({
  entryPoints,
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  write: false,
  metafile: true,
  sourcemap: production ? false : 'inline',
  external: ['vscode', 'mocha', 'playwright-core'],
  chunkNames: 'chunks/[name]-[hash]',
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  absWorkingDir: root,
  loader: { '.json': 'json' },
  plugins: [withoutFormData, commonjs(outdir)],
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

/** Files that are read when `entry` is loaded: itself and what it imports statically. */
function loadedWith(metafile, entry) {
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file) || !metafile.outputs[file]) return;
    seen.add(file);
    for (const i of metafile.outputs[file].imports) if (i.kind !== 'dynamic-import' && !i.external) visit(i.path);
  };
  visit(entry);
  return [...seen];
}

function checkBudget(metafile) {
  const files = loadedWith(metafile, 'dist/extension.js');
  const bytes = files.reduce((n, f) => n + fs.statSync(at(f)).size, 0);
  console.log(`activation loads ${(bytes / 1024).toFixed(1)} KB of ${ACTIVATION_BUDGET / 1024} KB (${files.length} files)`);
  if (bytes > ACTIVATION_BUDGET) throw new Error(`activation budget exceeded:\n${files.map((f) => `  ${f} ${fs.statSync(at(f)).size}`).join('\n')}`);
}

const entries = { extension: at('src/extension.ts'), cli: at('src/cli/main.ts') };

if (args.has('--tests')) {
  const find = (dir) =>
    fs
      .readdirSync(at(dir), { recursive: true })
      .filter((f) => f.endsWith('.test.ts'))
      .map((f) => at(dir, f));
  await esbuild.build({ ...node([...find('test/unit'), ...find('test/integration'), at('test/integration/index.ts')], at('out/test')), outbase: at('test') });
} else if (watch) {
  for (const options of [node(entries, at('dist')), browser()]) await (await esbuild.context(options)).watch();
  copyData();
} else {
  const built = await esbuild.build(node(entries, at('dist')));
  const form = await esbuild.build(browser());
  copyData();
  fs.mkdirSync(at('out'), { recursive: true });
  fs.writeFileSync(at('out/meta.json'), JSON.stringify({ node: built.metafile, browser: form.metafile }));
  if (production) checkBudget(built.metafile);
}
