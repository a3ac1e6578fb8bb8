// Every way a call can go wrong, ten thousand times, against the sandbox: phones that rang twice, outcomes told wrongly, attempts lost.
// `node bench/faults.mjs [DECISIONS] [--write]`: the table, and with --write into docs/faults.md. Loopback only; some minutes.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
});
const decisions = Number(positionals[0] ?? 10_032);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-faults-'));
const bundle = (contents, name) =>
  build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    outfile: path.join(folder, name),
    format: 'cjs',
    platform: 'node',
    mainFields: ['module', 'main'],
  });
await bundle(
  ["export * from './test/faults/matrix.ts';", "export * from './test/faults/faults.ts';", "export * from './src/platform/operations.ts';"].join('\n'),
  'matrix.cjs',
);
await bundle("import './test/faults/window.ts';", 'window.cjs');
const { Matrix, FAULTS, Operations } = createRequire(import.meta.url)(path.join(folder, 'matrix.cjs'));

const WINDOWS = ['kept', 'closed'];
const OPERATIONS = ['self', 'on-behalf'];
const each = Math.ceil(decisions / (FAULTS.length * WINDOWS.length * OPERATIONS.length));
const operations = Operations.parse(fs.readFileSync(path.join(root, 'data/operations.json'), 'utf8'));
const began = performance.now();
const results = [];
const matrix = await Matrix.start(operations, path.join(folder, 'files'), path.join(folder, 'window.cjs'), Number(values.seed));
try {
  for (const fault of FAULTS)
    for (const window of WINDOWS)
      for (const as of OPERATIONS) {
        const result = await matrix.run({ fault, as, window }, each);
        results.push(result);
        for (const problem of result.problems) console.error(`${fault.when}, ${fault.what}, ${as}, window ${window}: ${problem}`);
      }
} finally {
  await matrix.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}

const sum = (list, of) => list.reduce((total, r) => total + of(r), 0);
const told = (list, when, ...states) => sum(list, (r) => states.reduce((n, state) => n + (r[when][state] ?? 0), 0));
const row = (name, list) => {
  const cells = [
    sum(list, (r) => r.decisions),
    sum(list, (r) => r.rang),
    told(list, 'told', 'placed'),
    told(list, 'told', 'refused'),
    told(list, 'told', 'not-sent'),
    told(list, 'told', 'unknown'),
    told(list, 'settled', 'placed') - told(list, 'told', 'placed'),
    told(list, 'settled', 'not-placed'),
    told(list, 'settled', 'unknown'),
    ...['twice', 'wrong', 'lost'].map((what) => sum(list, (r) => r[what])),
  ];
  return `| ${[...name, ...cells.map((n) => n.toLocaleString('en'))].join(' | ')} |`;
};
const table = [
  '| where | what goes wrong | window | decisions | rang | told placed | refused | not sent | may have rung | then found | then proved absent | still may have rung | **rang twice** | **told wrongly** | **lost** |',
  `|---|---|---|${'--:|'.repeat(12)}`,
  ...FAULTS.flatMap((fault) =>
    WINDOWS.map((window) =>
      row(
        [fault.when, fault.what, window],
        results.filter((r) => r.fault === fault && r.window === window),
      ),
    ),
  ),
  row(['**all**', '', ''], results),
].join('\n');
console.log(table);
console.log(`${((performance.now() - began) / 1000).toFixed(0)} s`);

if (values.write) {
  const file = path.join(root, 'docs', 'faults.md');
  const text = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(
    file,
    text.replace(/(<!-- table -->\n)[\s\S]*?\n?(<!-- end -->)/, (_, start, end) => `${start}${table}\n${end}`),
  );
}
process.exit(sum(results, (r) => r.twice + r.wrong + r.lost) > 0 ? 1 : 0);
