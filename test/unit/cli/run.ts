import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const CLI = path.resolve('dist/cli.js');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-cli-'));
const running = new Set<ChildProcessWithoutNullStreams>();
after(() => {
  for (const child of running) child.kill('SIGKILL');
  fs.rmSync(folder, { recursive: true, force: true });
});

let files = 0;
/** A file with this content; its path. */
export function file(content: string | Buffer, name = 'input'): string {
  const at = path.join(folder, `${++files}-${name}`);
  fs.writeFileSync(at, content);
  return at;
}

/** Starts `call-doctor` as a user would: with nothing of this process's environment but the path. */
export function launch(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [CLI, ...args], { env: { PATH: process.env['PATH'] ?? '', ...env }, cwd: folder });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/** Runs it to its end, and fails where that takes longer than a person would wait. No stack trace is ever right. */
export async function run(args: readonly string[], options: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {}): Promise<Ran> {
  const child = launch(args, options.env);
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const ran = await ended(child);
  assert.ok(!/^ {4}at |node:internal|UnhandledPromise/m.test(ran.out + ran.err), `a stack trace:\n${ran.err}`);
  return ran;
}

export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ran> {
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const timer = setTimeout(() => child.kill('SIGKILL'), 8000);
  const code = await new Promise<number | null>((resolve) => void child.once('close', resolve));
  clearTimeout(timer);
  return { code, out, err };
}

/** A sandbox of the command line: what it printed when it was ready. */
export async function sandbox(...args: readonly string[]): Promise<{ readonly child: ChildProcessWithoutNullStreams; readonly ready: Ready }> {
  const child = launch(['sandbox', '--port', '0', '--format', 'json', ...args]);
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) resolve(text);
    });
    child.once('close', (code) => reject(new Error(`it ended with ${code}`)));
  });
  return { child, ready: JSON.parse(line) as Ready };
}

export interface Ready {
  readonly origin: string;
  readonly clients: readonly { readonly id: string; readonly secret: string; readonly grant: string; readonly name: string }[];
  readonly users: readonly { readonly id: string; readonly name: string; readonly token: string }[];
  readonly queues: readonly { readonly id: string; readonly name: string; readonly division: string }[];
}

/** What `--format json` prints. */
export interface Report {
  readonly schema: number;
  readonly operation: {
    readonly method: string;
    readonly path: string;
    readonly permissions: object;
    readonly userContext: string;
    readonly asOf: string;
  } | null;
  readonly summary: string;
  readonly findings: readonly {
    readonly cause: string;
    readonly verdict: string;
    readonly title: string;
    readonly because: readonly { readonly source: string; readonly fact: string }[];
    readonly fix: readonly string[];
    readonly pointer?: string;
    readonly document?: string;
  }[];
}
export const report = (ran: Ran): Report => JSON.parse(ran.out) as Report;
export const causes = (ran: Ran, ...verdicts: readonly string[]): string[] =>
  report(ran)
    .findings.filter((f) => verdicts.includes(f.verdict))
    .map((f) => f.cause);
