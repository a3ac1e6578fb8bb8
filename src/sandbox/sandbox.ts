import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Operations } from '../platform/operations.js';
import { createApp } from './app.js';
import { Tokens } from './oauth/tokens.js';
import builtIn from './org/org.json';
import { readOrgFile } from './org/orgFile.js';
import type { ShapeProblem } from './org/shape.js';
import { World } from './org/world.js';
import { applyScenario, type ScenarioInfo } from './scenarios.js';

export { SCENARIOS, type ScenarioInfo } from './scenarios.js';

export interface SandboxOptions {
  readonly operations: Operations;
  /** 0, or nothing, for a free one. */
  readonly port?: number;
  /** Parsed JSON of an org file; the built-in org where absent. */
  readonly org?: unknown;
  readonly scenario?: string;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`: login and API alike. */
  readonly origin: string;
  readonly clients: readonly { readonly id: string; readonly secret: string; readonly grant: 'client-credentials' | 'code'; readonly name: string }[];
  /** Everybody, each with a token as if they had signed in; empty where no client of the org is for users. */
  readonly users: readonly { readonly id: string; readonly name: string; readonly token: string }[];
  readonly queues: readonly { readonly id: string; readonly name: string; readonly division: string }[];
  readonly scenario: ScenarioInfo;
  /** Ends every connection at once. */
  stop(): Promise<void>;
}

export type StartResult = { readonly ok: true; readonly sandbox: Sandbox } | { readonly ok: false; readonly problem: string };

const LOOPBACK = '127.0.0.1';
/** How long a client may take to send one request. */
const REQUEST_MILLISECONDS = 30_000;

/** Starts an org on loopback (DESIGN §9). What can be expected to fail is in the result, as a sentence. */
export async function startSandbox(options: SandboxOptions): Promise<StartResult> {
  const { operations, port = 0, org = builtIn, scenario: wanted = 'default' } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return { ok: false, problem: `${port} is not a port: it is a whole number from 0 to 65535.` };
  const file = readOrgFile(org);
  if (!file.ok) return wrongOrg(file.problems);
  const applied = applyScenario(file.org, wanted);
  if (!applied.ok) return applied;
  const built = World.build(applied.org, operations.permissions);
  if (!built.ok) return wrongOrg(built.problems);
  const { world } = built;
  const tokens = new Tokens(world);

  const hosts = new Set<string>();
  // createAdaptorServer makes an HTTP/1 server unless it is given another; its type says only that it is one of several.
  const app = createApp(world, tokens, operations, () => hosts);
  // The globals stay as they are: in VS Code they are other extensions' too.
  const server = createAdaptorServer({ fetch: app.fetch, hostname: LOOPBACK, overrideGlobalObjects: false }) as Server;
  server.requestTimeout = REQUEST_MILLISECONDS;
  const listening = await listen(server, port);
  if (typeof listening === 'string') return { ok: false, problem: listening };
  for (const name of [LOOPBACK, 'localhost', '[::1]']) hosts.add(`${name}:${listening}`);

  const forUsers = [...world.clients.values()].find((c) => c.grant === 'CODE' && c.active);
  const sandbox: Sandbox = {
    origin: `http://${LOOPBACK}:${listening}`,
    clients: [...world.clients.values()].map(({ id, secret, grant, name }) => ({ id, secret, grant: grant === 'CODE' ? 'code' : 'client-credentials', name })),
    users: forUsers ? [...world.people.values()].map((p) => ({ id: p.id, name: p.name, token: tokens.issue(forUsers, p).value })) : [],
    queues: [...world.queues.values()].map(({ id, name, division }) => ({ id, name, division: division.name })),
    scenario: applied.scenario,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return { ok: true, sandbox };
}

const wrongOrg = (problems: readonly ShapeProblem[]): StartResult => {
  const shown = problems.slice(0, 5).map((p) => `at ${p.pointer || 'its top'}: ${p.why}`);
  const more = problems.length > 5 ? `; and ${problems.length - 5} more` : '';
  return { ok: false, problem: `The org file is wrong ${shown.join('; ')}${more}.` };
};

/** @returns the port, or what is wrong with it */
function listen(server: Server, port: number): Promise<number | string> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(`Port ${port} of ${LOOPBACK} is taken by another program. Choose another one, or 0 for any that is free.`);
      else if (error.code === 'EACCES')
        resolve(`Port ${port} of ${LOOPBACK} may not be used by this account. Choose one above 1023, or 0 for any that is free.`);
      else resolve(`The sandbox cannot listen on port ${port} of ${LOOPBACK}: ${error.code ?? error.message}.`);
    });
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
