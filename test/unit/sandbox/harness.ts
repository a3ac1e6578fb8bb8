import assert from 'node:assert/strict';
import fs from 'node:fs';
import { Operations } from '../../../src/platform/operations.js';
import org from '../../../src/sandbox/org/org.json';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/sandbox.js';

export const operations = Operations.parse(fs.readFileSync('data/operations.json', 'utf8'));

/** The built-in org as JSON that a test may change. */
export const orgCopy = () => structuredClone(org);

/** Anything in an answer, to be followed by name; whatever is not there reads as undefined. */
export interface Json {
  readonly [key: string]: Json | undefined;
}
export const list = (json: Json | undefined): Json[] => (Array.isArray(json) ? json : []);
export const text = (json: Json | undefined): string => String(json);

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; `{}` where it is none. */
  readonly json: Json;
}

export interface Running {
  readonly sandbox: Sandbox;
  /** The token of a user, or a new one of a client. */
  token(name: string): Promise<string>;
  /** Sends a request as somebody: a name of the org, or nobody. `{name}` in the path stands for the id of what has that name. */
  send(who: string | undefined, request: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  idOf(name: string): string;
}

/** Starts a sandbox that ends with the running test suite. */
export async function start(options: Omit<SandboxOptions, 'operations'> = {}): Promise<Running> {
  const started = await startSandbox({ operations, ...options });
  assert.ok(started.ok, started.ok ? '' : started.problem);
  const { sandbox } = started;
  running.push(sandbox);
  const tokens = new Map<string, string>();
  const file = options.org === undefined ? org : (options.org as typeof org);
  const things = [...file.users, ...file.queues, ...file.divisions, ...file.roles, ...file.stations, ...file.clients];

  const idOf = (name: string): string => {
    const thing = things.find((t) => t.name === name);
    assert.ok(thing, `the org has no ${name}`);
    return thing.id;
  };
  const token = async (name: string): Promise<string> => {
    const known = tokens.get(name) ?? sandbox.users.find((u) => u.name === name)?.token;
    if (known !== undefined) return known;
    const client = sandbox.clients.find((c) => c.name === name);
    assert.ok(client, `the org has no ${name}`);
    const reply = await askToken(sandbox, client.id, client.secret);
    assert.equal(reply.status, 200, reply.text);
    const value = text(reply.json['access_token']);
    tokens.set(name, value);
    return value;
  };
  const send = async (who: string | undefined, request: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> => {
    const [method, path] = request.split(' ', 1).concat(request.slice(request.indexOf(' ') + 1)) as [string, string];
    const concrete = path.replace(/\{([^}]+)\}/g, (_, name: string) => idOf(name));
    const content = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    return read(
      await fetch(sandbox.origin + concrete, {
        method,
        headers: {
          ...(who === undefined ? {} : { Authorization: `Bearer ${await token(who)}` }),
          ...(content === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(content === undefined ? {} : { body: content }),
      }),
    );
  };
  return { sandbox, token, send, idOf };
}

export async function askToken(
  sandbox: Sandbox,
  id: string,
  secret: string,
  form = 'grant_type=client_credentials',
  headers: Record<string, string> = {},
): Promise<Reply> {
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  return read(
    await fetch(`${sandbox.origin}/oauth/token`, {
      method: 'POST',
      headers: { Authorization: authorization, 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body: form,
    }),
  );
}

export async function read(response: Response): Promise<Reply> {
  const body = await response.text();
  const isJson = body !== '' && /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, text: body, json: isJson ? (JSON.parse(body) as Json) : {} };
}

const running: Sandbox[] = [];
after(() => Promise.all(running.splice(0).map((s) => s.stop())));
