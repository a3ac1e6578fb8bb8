// The sandbox beside prism, the common mock server for OpenAPI documents: requests a second, memory and start-up, with the same five
// reads, in the same run. `node bench/sandbox.mjs` after `npm run build`. Prism is installed in bench/ the first time.
//
// Prism answers from the sandbox's own API document; for the five reads it is given the sandbox's answers as examples, so that both
// send the same bytes. It searches its operations one by one, so its figure with all of them says how it scales; its figure with a
// document of only these five is the one to beat.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from '../scripts/dependencies.mjs';
import { start, stop, tail } from '../scripts/run.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);
const peer = (...p) => path.join(here, 'node_modules', ...p);

const CONNECTIONS = 10;
/** Every server is measured so often, in turn, for so many seconds: what else the machine does meets all of them. */
const ROUNDS = 3;
const SECONDS = 2;
const STARTS = 5;
/** How long a server may take until it answers, in milliseconds. */
const PATIENCE = 120_000;
const SIZES = [100, 250_000];
const READS = [
  ['/api/v2/users/me', '/api/v2/users/me?expand=station,presence,routingStatus'],
  ['/api/v2/users/{userId}', '/api/v2/users/USER?expand=station,presence'],
  ['/api/v2/users', '/api/v2/users?pageSize=25'],
  ['/api/v2/routing/queues', '/api/v2/routing/queues?pageSize=25'],
  ['/api/v2/authorization/subjects/me', '/api/v2/authorization/subjects/me'],
];

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const round = (value) => Math.round(value).toLocaleString('en');
const print = (what, ours, theirs) => console.log(`${what.padEnd(46)} ${ours.padStart(14)}   ${theirs}`);

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a server and waits for its first answer, whatever that says: `{ child, origin, ms }`. */
async function serve(args) {
  const port = await freePort();
  const from = performance.now();
  // The sandbox ends when its standard input does.
  const child = start(process.execPath, [...args, '--port', String(port)], { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const origin = `http://127.0.0.1:${port}`;
  while (performance.now() - from < PATIENCE && child.exitCode === null) {
    const answered = await fetch(`${origin}/api/v2/users/me`).then(
      (response) => response.text().then(() => true),
      () => false,
    );
    if (answered) return { child, origin, ms: performance.now() - from, said: () => output };
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await stop(child);
  throw new Error(`${args[0]} did not answer. It says:\n${tail(output)}`);
}

/** Resident memory of a process in MB; undefined where the system has no /proc. */
function memory({ pid }) {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  } catch {
    return undefined;
  }
}
const inMegabytes = (value) => (value === undefined ? '?' : `${round(value)} MB`);

/** Sends the reads in turn for some seconds. @returns requests a second */
async function load({ origin }, { paths, token }, duration) {
  const autocannon = createRequire(import.meta.url)(peer('autocannon'));
  const requests = paths.map((p) => ({ method: 'GET', path: p, headers: { authorization: `Bearer ${token}` } }));
  const { requests: counted, non2xx, errors, timeouts } = await autocannon({ url: origin, connections: CONNECTIONS, duration, requests });
  if (non2xx + errors + timeouts > 0)
    throw new Error(`${origin}: ${non2xx} answers were refusals, ${errors} requests failed, ${timeouts} had no answer in time`);
  return counted.average;
}

/** Measures servers in turn, each after a second of warming up. @param measured `[[server, visitor]]` @returns `[{ perSecond, idle, after }]` */
async function compare(measured) {
  const idle = measured.map(([{ child }]) => memory(child));
  for (const [server, visitor] of measured) await load(server, visitor, 1);
  const rates = measured.map(() => []);
  for (let round = 0; round < ROUNDS; round++) for (const [i, [server, visitor]] of measured.entries()) rates[i].push(await load(server, visitor, SECONDS));
  return measured.map(([{ child }], i) => ({ perSecond: median(rates[i]), idle: idle[i], after: memory(child) }));
}

const sandboxArgs = (org, users) => [path.join(root, 'dist', 'cli.js'), 'sandbox', '--org', org, '--users', String(users), '--format', 'json'];
const prismArgs = (document) => [peer('@stoplight', 'prism-cli', 'dist', 'index.js'), 'mock', '--verboseLevel', 'silent', '--host', '127.0.0.1', document];

/** Who asks, and what: the ready line of the sandbox names its users. */
async function visitor(server) {
  const [line] = server.said().split('\n');
  const { users } = JSON.parse(line);
  const user = users.find((u) => u.name === 'Admin 1');
  return { token: user.token, paths: READS.map(([, p]) => p.replace('USER', users[0].id)) };
}

/** The sandbox's API document with its answers to the reads as examples: of all operations, and of the reads only. */
async function documents(server, { token, paths }, folder) {
  const headers = { authorization: `Bearer ${token}` };
  const all = await (await fetch(`${server.origin}/api/v2/docs/swagger`, { headers })).json();
  for (const [i, [template]] of READS.entries()) {
    const example = await (await fetch(server.origin + paths[i], { headers })).json();
    const { get } = all.paths[template];
    get.produces = ['application/json'];
    get.responses = { 200: { description: 'as the sandbox answers', schema: { type: 'object' }, examples: { 'application/json': example } } };
  }
  const few = { ...all, paths: Object.fromEntries(READS.map(([template]) => [template, { get: all.paths[template].get }])) };
  const operations = Object.values(all.paths).reduce((sum, methods) => sum + Object.keys(methods).filter((m) => m !== 'parameters').length, 0);
  const write = (name, document) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, JSON.stringify(document));
    return file;
  };
  return { few: write('few.json', few), all: write('all.json', all), operations };
}

/** Start-up: spawn until the first answer, in milliseconds, the median of several. */
async function startUp(args) {
  const times = [];
  for (let i = 0; i < STARTS; i++) {
    const server = await serve(args);
    times.push(server.ms);
    await stop(server.child);
  }
  return median(times);
}

/** Prism has to answer what the sandbox answers, or the figures compare different work. */
async function checkSame(prism, sandbox, { paths, token }) {
  const read = async ({ origin }, p) => JSON.stringify(await (await fetch(origin + p, { headers: { authorization: `Bearer ${token}` } })).json());
  for (const p of paths) if ((await read(prism, p)) !== (await read(sandbox, p))) throw new Error(`prism answers ${p} with something else than the sandbox`);
}

/** Measures and prints. */
export async function reportSandbox() {
  await installDependencies(here, (text) => console.log(`bench: ${text}`));
  const { version } = JSON.parse(fs.readFileSync(peer('@stoplight', 'prism-cli', 'package.json'), 'utf8'));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-bench-'));
  const servers = [];
  const serveToo = async (args) => {
    const server = await serve(args);
    servers.push(server);
    return server;
  };
  try {
    const org = path.join(folder, 'org.json');
    const builtIn = JSON.parse(fs.readFileSync(path.join(root, 'src', 'sandbox', 'org', 'org.json'), 'utf8'));
    fs.writeFileSync(org, JSON.stringify({ ...builtIn, rateLimitPerMinute: 1_000_000 })); // the largest that an org may have
    const sandboxes = [];
    for (const users of SIZES) sandboxes.push(await serveToo(sandboxArgs(org, users)));
    const who = await visitor(sandboxes[0]);
    const given = await documents(sandboxes[0], who, folder);
    const prisms = [await serveToo(prismArgs(given.few)), await serveToo(prismArgs(given.all))];
    for (const prism of prisms) await checkSame(prism, sandboxes[0], who);
    // The tokens of one sandbox are not another's.
    const [small, big, few, all] = await compare([
      [sandboxes[0], who],
      [sandboxes[1], await visitor(sandboxes[1])],
      [prisms[0], who],
      [prisms[1], who],
    ]);
    for (const { child } of servers.splice(0)) await stop(child);

    const times = (figure, other) => `${(figure / other).toFixed(1)} ×`;
    const withAll = `with all ${round(given.operations)} operations`;
    for (const [users, { perSecond, idle, after }] of [
      [SIZES[0], small],
      [SIZES[1], big],
    ]) {
      const size = `sandbox, ${users.toLocaleString('en')} users`;
      print(
        `${size}: five reads`,
        `${round(perSecond)} /s`,
        `prism ${version} ${withAll} ${round(all.perSecond)} /s (${times(perSecond, all.perSecond)}), with these five only ${round(few.perSecond)} /s (${times(perSecond, few.perSecond)}); aim 5 ×`,
      );
      print(
        `${size}: memory, idle → after`,
        `${inMegabytes(idle)} → ${inMegabytes(after)}`,
        `prism ${withAll} ${inMegabytes(all.idle)} → ${inMegabytes(all.after)}, with five ${inMegabytes(few.idle)} → ${inMegabytes(few.after)}`,
      );
    }
    const theirs = [await startUp(prismArgs(given.all)), await startUp(prismArgs(given.few))];
    for (const users of SIZES)
      print(
        `sandbox, ${users.toLocaleString('en')} users: first answer`,
        `${round(await startUp(sandboxArgs(org, users)))} ms`,
        `prism ${withAll} ${round(theirs[0])} ms, with five ${round(theirs[1])} ms; budget 150 ms`,
      );
  } finally {
    for (const { child } of servers) await stop(child);
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await reportSandbox();
