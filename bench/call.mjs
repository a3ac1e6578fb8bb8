// Placing a call: what we add to bare axios, beside the official SDK, in the same run; and the memory of a window that follows 100 calls
// for an hour. `node bench/call.mjs [CALLS]` after `npm run build`. Loopback only.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
/** Ways to place a call take turns, so that what else the machine does meets all of them. */
const WARM_UP = 50;
const FOLLOWED = 100;
const HOUR = 3_600_000;

async function load(folder) {
  const modules = ['org/place', 'org/attempts', 'org/client', 'org/http', 'org/calls/follow', 'platform/callRequest', 'platform/regions'].map(
    (m) => `export * from './src/${m}.ts';`,
  );
  const contents = [...modules, "export { FakeClock, settled } from './test/unit/org/calls/fakeClock.ts';", "export { default as axios } from 'axios';"].join(
    '\n',
  );
  const outfile = path.join(folder, 'call.cjs');
  await build({ stdin: { contents, resolveDir: root }, bundle: true, outfile, format: 'cjs', platform: 'node', mainFields: ['module', 'main'] });
  return require(outfile);
}

/** A sandbox in a process of its own, in which calls are placed at once. */
async function sandbox(folder) {
  const org = JSON.parse(fs.readFileSync(path.join(root, 'src/sandbox/org/org.json'), 'utf8'));
  const file = path.join(folder, 'fast.org.json');
  fs.writeFileSync(file, JSON.stringify({ ...org, ringMilliseconds: 0, rateLimitPerMinute: 1_000_000 }));
  const child = spawn(process.execPath, [path.join(root, 'dist/cli.js'), 'sandbox', '--port', '0', '--format', 'json', '--org', file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) return { ready: JSON.parse(line), end: () => child.kill() };
  throw new Error('the sandbox did not start');
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const print = (what, value, more = '') => console.log(`${what.padEnd(58)} ${value.padStart(12)}   ${more}`);

async function placing(folder, calls) {
  const { placeCall, Attempts, Client, send, buildCallRequest, sandboxRegion, axios } = await load(folder);
  const { ready, end } = await sandbox(folder);
  try {
    const { id, token } = ready.users.find((u) => u.name === 'Sales Agent 7');
    const call = buildCallRequest({ as: 'self', destination: { kind: 'phone', phoneNumber: '+13175550142' } });
    const client = new Client(sandboxRegion(ready.origin), async () => ({ kind: 'ok', token }), send);
    const attempts = new Attempts(path.join(folder, 'attempts.jsonl'));
    const words = { agent: 'Sales Agent 7', to: '+1 317 555 0142', org: 'Sandbox org', sender: { account: 'bench', kind: 'user', principal: id } };
    const sdk = require('purecloud-platform-client-v2');
    sdk.ApiClient.instance.setEnvironment(ready.origin);
    sdk.ApiClient.instance.config.basePath = ready.origin;
    sdk.ApiClient.instance.setAccessToken(token);
    const conversations = new sdk.ConversationsApi();
    const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json', 'Content-Type': 'application/json' };
    const ways = {
      'bare axios': async () =>
        (await axios.post(ready.origin + call.path, JSON.stringify(call.body), { headers, proxy: false, adapter: 'http', maxRedirects: 0 })).data.id,
      'the official SDK': async () => (await conversations.postConversationsCalls(call.body)).id,
      'Call Doctor, sending alone': async () => JSON.parse((await client.exchange(call.method, call.path, { body: call.body })).outcome.body).id,
      'Call Doctor, with the attempt on the disk': async () => (await placeCall(client, attempts, call, words)).conversationId,
    };
    const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
    for (let i = 0; i < calls + WARM_UP; i++)
      for (const [name, place] of Object.entries(ways)) {
        const from = performance.now();
        if (!(await place())) throw new Error(`${name}: no call was placed`);
        if (i >= WARM_UP) times[name].push(performance.now() - from);
      }
    const disk = [];
    for (let i = 0; i < 100; i++) {
      const file = fs.openSync(path.join(folder, 'probe'), 'a');
      const from = performance.now();
      fs.writeSync(file, 'x'.repeat(600));
      fs.fsyncSync(file);
      disk.push(performance.now() - from);
      fs.closeSync(file);
    }
    const bare = median(times['bare axios']);
    console.log(`Placing a call, the median of ${calls}, milliseconds`);
    for (const [name, list] of Object.entries(times))
      print(
        `  ${name}`,
        median(list).toFixed(2),
        name === 'bare axios' ? '' : `${(median(list) - bare >= 0 ? '+' : '') + (median(list) - bare).toFixed(2)} over bare axios`,
      );
    print('  (one write with fsync on this disk, of which a call has two)', median(disk).toFixed(2));
  } finally {
    end();
  }
}

/** An hour in the life of a window that follows calls, by a clock that goes as fast as it can. */
async function following(folder) {
  const { CallFollower, Client, findRegion, FakeClock, settled } = await load(folder);
  setFlagsFromString('--expose_gc');
  const gc = runInNewContext('gc');
  const region = findRegion('us-east-1');
  const clock = new FakeClock();
  const agentId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  const began = new Date(0).toISOString();
  const conversation = (id, held) => ({
    id,
    participants: [
      { id: `${id}-a`, userId: agentId, purpose: 'agent', calls: [{ state: 'connected', direction: 'outbound', held, connectedTime: began }] },
      {
        id: `${id}-c`,
        purpose: 'customer',
        address: 'tel:+13175550142',
        attributes: {},
        calls: [{ state: 'connected', direction: 'outbound', connectedTime: began }],
      },
    ],
  });
  let requests = 0;
  let wires = [];
  const http = async ({ method, url, body }) => {
    requests += 1;
    const answer = url.endsWith('/channels')
      ? { id: 'c', connectUri: 'wss://streaming.mypurecloud.com/channels/c' }
      : method === 'PUT'
        ? { entities: JSON.parse(body).map(({ id }) => ({ id, state: 'Permitted' })) }
        : conversation(url.split('/').at(-1), false);
    return { kind: 'answered', status: 200, headers: [['ININ-Correlation-Id', 'x']], body: JSON.stringify(answer), cut: false, ms: 1 };
  };
  const client = new Client(region, async () => ({ kind: 'ok', token: 'x'.repeat(40) }), http);
  const connect = async (_uri, events) => {
    const wire = { events };
    wires.push(wire);
    return { send: () => {}, close: () => (wires = wires.filter((w) => w !== wire)) };
  };
  const follower = new CallFollower(client, { connect, clock });
  let changes = 0;
  for (let i = 0; i < FOLLOWED; i++) follower.follow({ conversationId: `call-${i}`, agentId }, () => (changes += 1));
  await settled();
  const memory = () => {
    gc();
    return process.memoryUsage().heapUsed / 1024 / 1024;
  };
  let events = 0;
  const minutes = async (count) => {
    for (let half = 0; half < count * 2; half++) {
      for (const { events: to } of wires) {
        to.message(JSON.stringify({ topicName: 'channel.metadata', eventBody: { message: 'WebSocket Heartbeat' } }));
        for (let i = 0; i < FOLLOWED; i++) {
          events += 1;
          to.message(JSON.stringify({ topicName: `v2.users.${agentId}.conversations`, eventBody: conversation(`call-${i}`, half % 2 === 1) }));
        }
      }
      await clock.pass(30_000);
    }
  };
  await minutes(5);
  const early = memory();
  const before = requests;
  await minutes(HOUR / 60_000 - 5);
  const late = memory();
  console.log(`Following ${FOLLOWED} calls for an hour (simulated): ${events.toLocaleString('en')} events, ${changes.toLocaleString('en')} changes told`);
  print('  heap after 5 minutes', `${early.toFixed(1)} MB`);
  print('  heap after 60 minutes', `${late.toFixed(1)} MB`, `${(late - early >= 0 ? '+' : '') + (late - early).toFixed(2)} MB`);
  print('  requests a minute beside the notifications', ((requests - before) / 55).toFixed(1), 'of 300 that a sign-in has');
  print('  sockets', String(wires.length));
  follower.dispose();
  await settled();
  print('  sockets and plans when nothing is followed any more', `${wires.length} and ${clock.size}`);
}

export async function call(calls = 500) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-bench-'));
  try {
    await placing(folder, calls);
    await following(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await call(Number(process.argv[2] ?? 500));
