import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { Attempts } from '../../src/org/attempts.js';
import type { Attempt } from '../../src/org/calls/attempt.js';
import { settleAttempt } from '../../src/org/calls/settle.js';
import { Client } from '../../src/org/client.js';
import { send } from '../../src/org/http.js';
import { placeCall } from '../../src/org/place.js';
import type { Operations } from '../../src/platform/operations.js';
import { type Region, sandboxRegion } from '../../src/platform/regions.js';
import builtIn from '../../src/sandbox/org/org.json';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.js';
import { type Fault, PLACING } from './faults.js';
import { type Order, requestOf, wordsOf } from './orders.js';
import type { WindowOrders } from './window.js';

/** One cell of the matrix: a fault, an operation, and whether the window is closed (its process killed at any step). */
export interface Cell {
  readonly fault: Fault;
  readonly as: Order['as'];
  readonly window: 'kept' | 'closed';
}

/** What came of a cell. The three that have to be 0 come last. */
export interface Result extends Cell {
  readonly decisions: number;
  /** Calls that the sandbox really placed. */
  readonly rang: number;
  /** What the attempts said before anything was looked up: of closed windows, what the next window reads. */
  readonly told: Readonly<Record<string, number>>;
  /** And after it was looked up. */
  readonly settled: Readonly<Record<string, number>>;
  readonly twice: number;
  readonly wrong: number;
  readonly lost: number;
  readonly problems: readonly string[];
}

/** How long an answer is waited for: the product waits for 30 seconds. */
const TIMEOUT = 400;
/** About so many steps a call takes. */
const STEPS = 33;
/** How many numbers there are that answer. */
const NUMBERS = 60;
/** Calls of one window that is closed. */
const BATCH = 25;

interface Truth {
  readonly id: string;
  readonly agentId: string;
  readonly called: readonly string[];
}

/** A sandbox in which calls are placed at once and go on, and what stands in for it where there is no org. */
export class Matrix {
  readonly #agents: readonly { readonly id: string; readonly name: string; readonly token: string }[];
  #files = 0;
  #seed: number;

  private constructor(
    private readonly sandbox: Sandbox,
    private readonly clientToken: string,
    private readonly silent: net.Server,
    private readonly folder: string,
    /** The compiled window.ts. */
    private readonly windowFile: string,
    seed: number,
  ) {
    this.#seed = seed;
    const able = new Set(builtIn.users.filter((u) => /^(?:Sales|Care) Agent/.test(u.name) && /^web-/.test(u.station ?? '')).map((u) => u.name));
    this.#agents = sandbox.users.filter((u) => able.has(u.name));
  }

  /** @param folder where attempts are written */
  static async start(operations: Operations, folder: string, windowFile: string, seed = 1): Promise<Matrix> {
    const org = { ...structuredClone(builtIn), ringMilliseconds: 0, rateLimitPerMinute: 1_000_000 };
    const started = await startSandbox({ operations, org, control: true });
    if (!started.ok) throw new Error(started.problem);
    const { sandbox } = started;
    const client = sandbox.clients.find((c) => c.name === 'admin-tool');
    const answer = await fetch(`${sandbox.origin}/oauth/token`, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${Buffer.from(`${client?.id}:${client?.secret}`).toString('base64')}`,
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const silent = net.createServer((socket) => socket.on('error', () => {}));
    await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve));
    return new Matrix(sandbox, token, silent, folder, windowFile, seed);
  }

  async stop(): Promise<void> {
    this.silent.close();
    await this.sandbox.stop();
  }

  /** Places so many calls in a cell, looks for those of which nobody knows, and compares with what really happened. */
  async run(cell: Cell, decisions: number): Promise<Result> {
    await this.#control('POST', 'reset');
    const orders = this.#orders(cell.as, decisions);
    if (cell.fault.sandbox) await this.#control('PUT', 'faults', [{ ...cell.fault.sandbox, operations: PLACING }]);
    const files = cell.window === 'kept' ? [await this.#placeHere(cell, orders)] : await this.#placeInWindows(cell, orders);
    await this.#control('DELETE', 'faults');
    const truth = await this.#truth();
    const told: Attempt[] = [];
    const settled: Attempt[] = [];
    for (const file of files) {
      // The next window: it knows nothing but the file.
      const attempts = new Attempts(file, (problem) => void problem);
      told.push(...(await attempts.list()));
      await Promise.all((await attempts.list()).filter((a) => a.state === 'unknown').map((a) => this.#settle(attempts, a)));
      settled.push(...(await attempts.list()));
    }
    return { ...cell, decisions, rang: truth.length, told: count(told), settled: count(settled), ...judge(orders, truth, settled) };
  }

  async #settle(attempts: Attempts, attempt: Attempt): Promise<void> {
    const token = attempt.sender?.kind === 'user' ? this.#agents.find((a) => a.id === attempt.sender?.principal)?.token : this.clientToken;
    const client = new Client(sandboxRegion(this.sandbox.origin), async () => ({ kind: 'ok', token: token ?? '' }), send);
    await settleAttempt(client, attempts, attempt, { looks: [0], safe: 0, wait: async () => {} });
  }

  async #placeHere({ fault }: Cell, orders: readonly Order[]): Promise<string> {
    const file = this.#newFile();
    const attempts = new Attempts(file);
    await inParallel(orders, 50, async (order) => {
      const client = new Client(
        await this.#region(fault),
        async () => ({ kind: 'ok', token: this.#tokenOf(order) }),
        (request) => send({ ...request, timeout: TIMEOUT }),
      );
      await placeCall(client, attempts, requestOf(order), wordsOf(order));
    });
    return file;
  }

  /** Each in a process of its own, which dies at some step, or not at all. */
  async #placeInWindows({ fault, as }: Cell, orders: readonly Order[]): Promise<readonly string[]> {
    const region = await this.#region(fault);
    const batches = byAgentAndSize(orders, as === 'self', BATCH);
    const files: string[] = [];
    await inParallel(batches, 2, async (batch) => {
      const file = this.#newFile();
      files.push(file);
      const [first] = batch as [Order];
      // One time in six everything is done before it would die.
      const dieAt = 1 + Math.floor(this.#random() * batch.length * STEPS * 1.2);
      await runWindow(this.windowFile, { region, token: this.#tokenOf(first), file, timeout: TIMEOUT, orders: batch, dieAt });
    });
    return files;
  }

  #orders(as: Order['as'], decisions: number): readonly Order[] {
    return Array.from({ length: decisions }, (_, i) => {
      const agent = this.#agents[Math.floor(i / NUMBERS)];
      if (!agent) throw new Error('there are not so many agents');
      const number = 120 + (i % NUMBERS);
      return { as, agentId: agent.id, agent: agent.name, phoneNumber: `+13175550${number}` };
    });
  }

  #tokenOf = ({ as, agentId }: Order): string => (as === 'on-behalf' ? this.clientToken : (this.#agents.find((a) => a.id === agentId)?.token ?? ''));

  async #region({ instead }: Fault): Promise<Region> {
    const { origin } = this.sandbox;
    switch (instead) {
      case 'no-name':
        return sandboxRegion('http://no-such-host.invalid:8080');
      case 'nobody':
        return sandboxRegion(`http://127.0.0.1:${await freePort()}`);
      case 'no-tls':
        return sandboxRegion(origin.replace('http:', 'https:'));
      case 'silent-tls':
        return sandboxRegion(`https://127.0.0.1:${(this.silent.address() as net.AddressInfo).port}`);
      default:
        return sandboxRegion(origin);
    }
  }

  /** What was really placed, when nothing is on its way any more. */
  async #truth(): Promise<readonly Truth[]> {
    let last = '';
    for (let same = 0; same < 3; ) {
      await new Promise((resolve) => void setTimeout(resolve, 20));
      const now = await (await fetch(`${this.sandbox.origin}/sandbox/calls`)).text();
      same = now === last ? same + 1 : 0;
      last = now;
    }
    return JSON.parse(last) as Truth[];
  }

  async #control(method: string, what: string, body?: unknown): Promise<void> {
    const answer = await fetch(`${this.sandbox.origin}/sandbox/${what}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  #newFile(): string {
    this.#files += 1;
    return path.join(this.folder, String(this.#files), 'attempts.jsonl');
  }

  /** mulberry32 */
  #random(): number {
    this.#seed = (this.#seed + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#seed ^ (this.#seed >>> 15), 1 | this.#seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
}

const keyOf = (agentId: string, number: string): string => `${agentId} ${number.replace(/^tel:/, '')}`;

/** What the attempts say in the end, beside what really happened. */
function judge(orders: readonly Order[], truth: readonly Truth[], attempts: readonly Attempt[]): Pick<Result, 'twice' | 'wrong' | 'lost' | 'problems'> {
  const rang = new Map<string, string[]>();
  for (const { id, agentId, called } of truth) {
    const key = keyOf(agentId, called[0] ?? '');
    rang.set(key, [...(rang.get(key) ?? []), id]);
  }
  const said = new Map(attempts.map((a) => [`${a.agent} ${a.to}`, a]));
  const problems: string[] = [];
  let [twice, wrong, lost] = [0, 0, 0];
  for (const { agentId, agent, phoneNumber } of orders) {
    const ids = rang.get(keyOf(agentId, phoneNumber)) ?? [];
    rang.delete(keyOf(agentId, phoneNumber));
    const attempt = said.get(`${agent} ${phoneNumber}`);
    if (ids.length > 1) twice += 1;
    if (ids.length > 0 && !attempt) lost += 1;
    const isRight = !attempt || attempt.state === 'unknown' || (attempt.state === 'placed' ? attempt.conversationId === ids[0] : ids.length === 0);
    if (!isRight) wrong += 1;
    if (!isRight || ids.length > 1 || (ids.length > 0 && !attempt))
      problems.push(`${agent} → ${phoneNumber}: rang ${ids.join(', ') || 'not'}, said ${attempt?.state ?? 'nothing'}`);
  }
  // A call that nobody decided on is as wrong as one that is told of wrongly.
  for (const key of rang.keys()) problems.push(`nobody placed ${key}`);
  return { twice, wrong: wrong + rang.size, lost, problems };
}

function count(attempts: readonly Attempt[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of attempts) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

/** Windows sign in as one: calls as oneself are sorted by who calls. */
function byAgentAndSize(orders: readonly Order[], byAgent: boolean, size: number): readonly (readonly Order[])[] {
  const groups = new Map<string, Order[]>();
  for (const order of orders) {
    const key = byAgent ? order.agentId : '';
    groups.set(key, [...(groups.get(key) ?? []), order]);
  }
  return [...groups.values()].flatMap((group) => Array.from({ length: Math.ceil(group.length / size) }, (_, i) => group.slice(i * size, (i + 1) * size)));
}

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
}

/** @returns how the window ended, and what it said, where it lived to its end */
export function runWindow(file: string, orders: WindowOrders): Promise<{ readonly killed: boolean; readonly said: string }> {
  fs.mkdirSync(path.dirname(orders.file), { recursive: true });
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, JSON.stringify(orders)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [said, problem] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (problem += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal !== 'SIGKILL' && code !== 0) reject(new Error(problem));
      else resolve({ killed: signal === 'SIGKILL', said });
    });
  });
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}
