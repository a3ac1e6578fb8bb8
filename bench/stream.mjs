// `call-doctor explain --exchanges -` over a stream: explanations a second, and whether memory grows. `node bench/stream.mjs [COUNT]`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const CHUNK = 1000;

const denial = (n) => ({
  request: {
    method: 'POST',
    url: `https://api.mypurecloud.com/api/v2/conversations/calls/user/3f2504e0-4f89-41d3-9a0c-${String(n).padStart(12, '0')}`,
    headers: { Authorization: 'Bearer x', 'Content-Type': 'application/json' },
    body: { phoneNumber: `+1317555${String(n % 10_000).padStart(4, '0')}` },
  },
  response: {
    status: 403,
    headers: {},
    body: {
      message:
        'Unable to perform the requested action. You must have at least one of the following permissions assigned: [conversation:agentlessCall:add, conversation:call:add]',
      code: 'missing.any.permissions',
      status: 403,
      contextId: `8d839ca0-0000-4000-8000-${String(n).padStart(12, '0')}`,
    },
  },
});

export async function stream(count = 1_000_000) {
  const child = spawn(process.execPath, [CLI, 'explain', '--exchanges', '-', '--format', 'json'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let lines = 0;
  child.stdout.on('data', (chunk) => {
    for (const byte of chunk) if (byte === 10) lines++;
  });
  const memory = () => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024;
  const seen = [];
  const start = performance.now();
  for (let n = 0; n < count; n += CHUNK) {
    const text = Array.from({ length: CHUNK }, (_, i) => `${JSON.stringify(denial(n + i))}\n`).join('');
    if (!child.stdin.write(text)) await once(child.stdin, 'drain');
    if (n % (count / 10) === 0 && n > 0) seen.push(memory());
  }
  child.stdin.end();
  await once(child, 'close');
  const seconds = (performance.now() - start) / 1000;
  if (lines !== count) throw new Error(`${lines} of ${count} were explained`);
  const rate = `${Math.round(count / seconds).toLocaleString('en')} /s`;
  console.log(
    `${`explain ${count.toLocaleString('en')} streamed exchanges`.padEnd(46)} ${rate.padStart(14)}   memory ${Math.round(seen[0])} MB after a tenth, ${Math.round(Math.max(...seen))} MB at most, ${Math.round(seen.at(-1))} MB at the end`,
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await stream(Number(process.argv[2] ?? 1_000_000));
