import { fstatSync } from 'node:fs';
import { parseJson } from '../exchange/parseJson.js';
import { startSandbox } from '../sandbox/sandbox.js';
import { SCENARIOS } from '../sandbox/scenarios.js';
import { fail, loadOperations, oneOf, readArgs, readInput, Unusable } from './input.js';

const OPTIONS = {
  port: { type: 'string' },
  org: { type: 'string' },
  scenario: { type: 'string' },
  format: { type: 'string' },
  'list-scenarios': { type: 'boolean' },
} as const;

/** `call-doctor sandbox`: serves the sandbox org until SIGTERM, SIGINT or the end of standard input. */
export async function sandbox(args: readonly string[]): Promise<number> {
  const values = readArgs(args, OPTIONS, 'sandbox [--port N] [--org FILE] [--scenario NAME] [--list-scenarios] [--format text|json]');
  const format = oneOf('format', values.format, ['text', 'json'], 'text');
  if (values['list-scenarios']) {
    process.stdout.write(format === 'json' ? `${JSON.stringify(SCENARIOS)}\n` : SCENARIOS.map((s) => `${s.name.padEnd(24)} ${s.title}\n`).join(''));
    return 0;
  }
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65535))
    throw new Unusable(`--port takes a number from 0 to 65535, not “${values.port}”.`);
  const started = await startSandbox({
    operations: loadOperations(),
    ...(port === undefined ? {} : { port }),
    ...(values.org === undefined ? {} : { org: await readOrg(values.org) }),
    ...(values.scenario === undefined ? {} : { scenario: values.scenario }),
  });
  if (!started.ok) return fail(2, started.problem);
  // Before anybody is told that it is ready, and may end it.
  const end = ended();
  const { origin, clients, users, queues } = started.sandbox;
  if (format === 'json') process.stdout.write(`${JSON.stringify({ origin, clients, users, queues })}\n`);
  else {
    process.stdout.write(`The sandbox org listens at ${origin} (login and API alike).\n\nClients (client credentials):\n`);
    for (const c of clients) process.stdout.write(`  ${c.name.padEnd(24)} ${c.id}  ${c.secret}\n`);
    process.stdout.write('\nUsers (access tokens):\n');
    for (const u of users) process.stdout.write(`  ${u.name.padEnd(24)} ${u.token}\n`);
    process.stdout.write('\nIt ends on Ctrl+C, on SIGTERM, and when standard input closes.\n');
  }
  await end;
  await started.sandbox.stop();
  return 0;
}

async function readOrg(file: string): Promise<unknown> {
  if (file === '-') throw new Unusable('--org takes a file here: the end of standard input ends the sandbox.');
  const json = parseJson(await readInput(file));
  if (!json.ok) throw new Unusable(`${file}:${json.line}:${json.column}: ${json.problem}`);
  return json.value;
}

function ended(): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      resolve();
      // An open pipe would keep the process alive.
      process.stdin.destroy();
    };
    process.once('SIGTERM', end).once('SIGINT', end);
    if (!hasReader()) return;
    process.stdin.once('end', end).once('close', end).once('error', end);
    process.stdin.resume();
  });
}

/** Only a pipe, a socket or a terminal can close; /dev/null and files have no one at the other end. */
function hasReader(): boolean {
  try {
    const input = fstatSync(0);
    return process.stdin.isTTY === true || input.isFIFO() || input.isSocket();
  } catch {
    return false;
  }
}
