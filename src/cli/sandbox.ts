import { fstatSync } from 'node:fs';
import { parseJson } from '../exchange/parseJson.js';
import { pointerPosition } from '../exchange/pointerPosition.js';
import { MOST_GENERATED, MOST_SEED } from '../sandbox/org/orgFile.js';
import { type SandboxOptions, startSandbox } from '../sandbox/sandbox.js';
import { SCENARIOS } from '../sandbox/scenarios.js';
import { fail, loadOperations, note, oneOf, readArgs, readInput, Unusable } from './input.js';

const OPTIONS = {
  port: { type: 'string' },
  org: { type: 'string' },
  scenario: { type: 'string' },
  users: { type: 'string' },
  seed: { type: 'string' },
  state: { type: 'string' },
  format: { type: 'string' },
  'list-scenarios': { type: 'boolean' },
  control: { type: 'boolean' },
} as const;

/** `call-doctor sandbox`: serves the sandbox org until SIGTERM, SIGINT or the end of standard input. */
export async function sandbox(args: readonly string[]): Promise<number> {
  const values = readArgs(
    args,
    OPTIONS,
    'sandbox [--port N] [--org FILE] [--scenario NAME] [--users N [--seed N]] [--state FILE] [--list-scenarios] [--control] [--format text|json]',
  );
  const format = oneOf('format', values.format, ['text', 'json'], 'text');
  if (values['list-scenarios']) {
    process.stdout.write(format === 'json' ? `${JSON.stringify(SCENARIOS)}\n` : SCENARIOS.map((s) => `${s.name.padEnd(24)} ${s.title}\n`).join(''));
    return 0;
  }
  const port = count('port', values.port, 65_535);
  const madeUp = count('users', values.users, MOST_GENERATED);
  const seed = count('seed', values.seed, MOST_SEED);
  let unsaved = false;
  const onProblem = (sentence: string): void => {
    unsaved = true;
    note(sentence);
  };
  const started = await startSandbox({
    operations: loadOperations(),
    ...(port === undefined ? {} : { port }),
    ...(values.org === undefined ? {} : { org: await readOrg(values.org) }),
    ...(values.scenario === undefined ? {} : { scenario: values.scenario }),
    ...(values.control === undefined ? {} : { control: values.control }),
    ...(madeUp === undefined ? {} : { users: madeUp }),
    ...(seed === undefined ? {} : { seed }),
    ...(values.state === undefined ? {} : { state: stateIn(values.state, onProblem) }),
  });
  if (!started.ok) {
    const { problem, nextPort } = started;
    return fail(2, nextPort === undefined ? problem : `${problem} Try: call-doctor ${commandWith(args, nextPort)}`);
  }
  // Before anybody is told that it is ready, and may end it.
  const end = ended();
  const { origin, clients, users, queues } = started.sandbox;
  if (format === 'json') process.stdout.write(`${JSON.stringify({ origin, clients, users, queues })}\n`);
  else {
    process.stdout.write(
      `The sandbox org listens at ${origin} (login and API alike).\n${values.control ? `Its control endpoint is ${origin}/sandbox.\n` : ''}\nClients (name, grant, id, secret):\n`,
    );
    for (const c of clients) process.stdout.write(`  ${c.name.padEnd(24)} ${c.grant.padEnd(18)} ${c.id}  ${c.secret}\n`);
    process.stdout.write('\nUsers (access tokens; of a large org the first hundred):\n');
    for (const u of users) process.stdout.write(`  ${u.name.padEnd(24)} ${u.token}\n`);
    process.stdout.write('\nIt ends on Ctrl+C, on SIGTERM, and when standard input closes.\n');
  }
  await end;
  await started.sandbox.stop();
  return unsaved ? 2 : 0;
}

function count(option: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text) || Number(text) > most) throw new Unusable(`--${option} takes a number from 0 to ${most}, not “${text}”.`);
  return Number(text);
}

/** The command that was typed, with another port. */
function commandWith(args: readonly string[], port: number): string {
  const words = ['sandbox', ...args];
  const at = words.findIndex((word) => word === '--port' || word.startsWith('--port='));
  if (words[at] === '--port') words[at + 1] = String(port);
  else words[at] = `--port=${port}`;
  return words.map((word) => (/^[\w./:=@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}

const stateIn = (file: string, onProblem: (sentence: string) => void): NonNullable<SandboxOptions['state']> => ({
  file,
  onProblem,
  parse: (text) => {
    const json = parseJson(text);
    return json.ok ? { ok: true, value: json.value, placeOf: (pointer) => pointerPosition(text, pointer) } : json;
  },
});

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
