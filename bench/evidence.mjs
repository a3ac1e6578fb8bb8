// Asking the org for evidence, each request taking 100 ms: wall time and number of requests, for a small org and for one of 250,000 users.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const DELAY = 100;

async function load(folder) {
  const outfile = path.join(folder, 'evidence.mjs');
  const contents = ['org/evidence', 'org/client', 'org/http', 'platform/operations', 'platform/regions', 'diagnosis/diagnose']
    .map((m) => `export * from './src/${m}.ts';`)
    .join('\n');
  const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    outfile,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    banner: { js: banner },
  });
  return import(pathToFileURL(outfile).href);
}

/** A sandbox of the command line, and how to end it. */
async function sandbox(folder, users) {
  const org = JSON.parse(fs.readFileSync(path.join(root, 'src/sandbox/org/org.json'), 'utf8'));
  org.faults = [{ kind: 'delay', operations: ['* /api/v2/*'], milliseconds: DELAY }];
  const file = path.join(folder, 'slow.org.json');
  fs.writeFileSync(file, JSON.stringify(org));
  const more = users === undefined ? [] : ['--users', String(users)];
  const child = spawn(process.execPath, [path.join(root, 'dist/cli.js'), 'sandbox', '--port', '0', '--format', 'json', '--org', file, ...more], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) return { ready: JSON.parse(line), end: () => child.kill() };
  throw new Error('the sandbox did not start');
}

export async function evidence() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-bench-'));
  try {
    const { gatherFacts, Client, send, Operations, sandboxRegion, diagnose } = await load(folder);
    const operations = Operations.parse(fs.readFileSync(path.join(root, 'data/operations.json'), 'utf8'));
    for (const [what, users] of [
      ['38 users', undefined],
      ['250,000 users', 250_000],
    ]) {
      const { ready, end } = await sandbox(folder, users);
      try {
        const { id, secret } = ready.clients.find((c) => c.name === 'wfm-tool');
        const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
        const answer = await fetch(`${ready.origin}/oauth/token`, {
          method: 'POST',
          headers: { authorization },
          body: new URLSearchParams({ grant_type: 'client_credentials' }),
        });
        const { access_token: token } = await answer.json();
        let requests = 0;
        const client = new Client(
          sandboxRegion(ready.origin),
          async () => ({ kind: 'ok', token }),
          (r) => {
            requests++;
            return send(r);
          },
        );
        const agent = ready.users.find((u) => u.name === 'Sales Agent 7').id;
        const request = client.describe('POST', `/api/v2/conversations/calls/user/${agent}`, {
          phoneNumber: '+13175550142',
          callFromQueueId: ready.queues[0].id,
        });
        const runs = [];
        for (let n = 0; n < 4; n++) {
          requests = 0;
          const start = performance.now();
          const facts = await gatherFacts(client, { request }, operations);
          runs.push(performance.now() - start);
          const first = diagnose({ exchange: { request }, operations, facts }).findings[0];
          if (first?.cause !== 'missing-division') throw new Error(`the evidence does not lead to the cause: ${first?.title}`);
        }
        const wall = runs.slice(1).sort((a, b) => a - b)[1];
        console.log(
          `${`evidence at ${DELAY} ms a request, ${what}`.padEnd(46)} ${`${Math.round(wall)} ms`.padStart(14)}   ${(wall / DELAY).toFixed(1)} round trips (budget 2.5), ${requests} requests (budget 20)`,
        );
      } finally {
        end();
      }
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await evidence();
