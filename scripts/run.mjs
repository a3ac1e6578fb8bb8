// Child processes of our scripts. Each gets a process group of its own, so that stopping one also stops what it started, and all
// of them end when this process does. Only Node's own modules: this file also works before `npm ci`.
import { spawn } from 'node:child_process';

const windows = process.platform === 'win32';
const running = new Set();
let watching = false;
let stopped = false;

/** True once we were told to end, so that a child's end is no surprise. */
export const ending = () => stopped;

/** Sends a signal to a child and to everything it started. */
function signal(child, name) {
  try {
    if (windows) child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // It has ended already.
  }
}

/** Stops a child: asks, waits up to `patience` milliseconds, then insists. */
export async function stop(child, patience = 3000) {
  if (!running.has(child)) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  signal(child, 'SIGTERM');
  const timer = setTimeout(() => signal(child, 'SIGKILL'), patience);
  await closed;
  clearTimeout(timer);
}

/** `spawn`, and a promise that nothing of it outlives us. */
export function start(command, args, options) {
  if (!watching) endChildrenWithUs();
  const child = spawn(command, args, { detached: !windows, ...options });
  running.add(child);
  child.once('close', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

function endChildrenWithUs() {
  watching = true;
  for (const [name, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.once(name, async () => {
      stopped = true;
      await Promise.all([...running].map((child) => stop(child)));
      process.exit(code);
    });
  }
  process.on('exit', () => {
    for (const child of running) signal(child, 'SIGKILL');
  });
}

/**
 * Runs a program to its end: `{ code, output }`, where output is what it wrote (standard output and error together).
 * A program that cannot be started, or is still running after `timeout` milliseconds, has code -1 and says so in its output.
 * @param {{cwd?: string, env?: object, timeout?: number, shell?: boolean, onText?: (text: string) => void}} options
 */
export function run(command, args, { cwd, env = process.env, timeout = 600_000, shell = false, onText } = {}) {
  return new Promise((resolve) => {
    const child = start(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let late = false;
    const add = (text) => {
      output += text;
      onText?.(text);
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', add);
    const timer = setTimeout(() => {
      late = true;
      void stop(child);
    }, timeout);
    const end = (code, text = '') => {
      clearTimeout(timer);
      if (stopped) return; // we are ending: nobody should report the child that we ended, or go on to the next step
      if (text) add(text);
      resolve({ code, output });
    };
    child.once('error', (error) => end(-1, `${command} could not be started: ${error.message}\n`));
    child.once('close', (code, by) => {
      if (late) end(-1, `${command} ${args.join(' ')} was stopped: still running after ${timeout / 1000} s\n`);
      else end(code ?? -1, code === null ? `${command} ended by ${by}\n` : '');
    });
  });
}

/** Runs npm: the one that runs us when there is one, so that it also works where `npm` is a .cmd file. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('npm-cli.js') ? run(process.execPath, [cli, ...args], options) : run('npm', args, options);
}

/** The last lines of a text, for an error message. */
export const tail = (text, lines = 30) => text.trimEnd().split('\n').slice(-lines).join('\n');
