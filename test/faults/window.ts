// A window that places calls and may be killed (SIGKILL, by itself) at any step: `node window.js '{…Orders}'`. A step is before and
// after each call into the file system, in the middle of a write, and at several points on the way of a request and its answer.
import diagnostics from 'node:diagnostics_channel';
import fs from 'node:fs';
import { Attempts } from '../../src/org/attempts.js';
import { Client } from '../../src/org/client.js';
import { send } from '../../src/org/http.js';
import { placeCall } from '../../src/org/place.js';
import type { Region } from '../../src/platform/regions.js';
import { type Order, requestOf, wordsOf } from './orders.js';

export interface WindowOrders {
  readonly region: Region;
  readonly token: string;
  readonly file: string;
  readonly timeout: number;
  readonly orders: readonly Order[];
  /** At which step it dies; more than there are: never. */
  readonly dieAt: number;
}

const { region, token, file, timeout, orders, dieAt } = JSON.parse(process.argv[2] ?? '') as WindowOrders;

let steps = 0;
function step(): void {
  steps += 1;
  if (steps === dieAt) process.kill(process.pid, 'SIGKILL');
}

type Anything = (...args: unknown[]) => unknown;

/** Steps before and after every call of a function that takes no time; halfway through a write too. */
function watchNow(name: string): void {
  const functions = fs as unknown as Record<string, Anything>;
  const original = functions[name] as Anything;
  functions[name] = (...args) => {
    // Half of a line is in the file when the process dies in the middle of it.
    if (name === 'writeSync' && steps + 1 === dieAt) original(args[0], (args[1] as Buffer).subarray(0, (args[1] as Buffer).length >> 1));
    step();
    const value = original.apply(fs, args);
    step();
    return value;
  };
}

/** Steps before a function begins, and before it tells its callback that it is done. */
function watchLater(name: string): void {
  const functions = fs as unknown as Record<string, Anything>;
  const original = functions[name] as Anything;
  functions[name] = (...args) => {
    step();
    const done = args.pop() as Anything;
    return original.call(fs, ...args, (...results: unknown[]) => {
      step();
      done(...results);
    });
  };
}

function watchFiles(): void {
  for (const name of ['openSync', 'fstatSync', 'statSync', 'writeSync', 'closeSync', 'mkdirSync']) watchNow(name);
  watchLater('fsync');
}

async function run(): Promise<void> {
  watchFiles();
  for (const at of ['http.client.request.start', 'http.client.response.finish']) diagnostics.subscribe(at, step);
  const client = new Client(
    region,
    async () => ({ kind: 'ok', token }),
    async (request) => {
      step();
      const sent = send({ ...request, timeout });
      for (let i = 0; i < 4; i++) {
        await new Promise((resolve) => void setImmediate(resolve));
        step();
      }
      const outcome = await sent;
      step();
      return outcome;
    },
  );
  const attempts = new Attempts(file);
  const outcomes = await Promise.all(orders.map((order) => placeCall(client, attempts, requestOf(order), wordsOf(order))));
  process.stdout.write(JSON.stringify({ steps, kinds: outcomes.map((o) => o.kind) }));
  process.exit(0);
}

void run();
