import type { Operations } from '../platform/operations.js';
import { createApp } from './app.js';
import { Control } from './control.js';
import { createHttpServer } from './http/server.js';
import { keepState, type StateOptions } from './keepState.js';
import { LOOPBACK, listen } from './listen.js';
import { LiveOrg, sayProblems } from './liveOrg.js';
import { serveChannels } from './notifications/sockets.js';
import { Tokens } from './oauth/tokens.js';
import { checkAgainst } from './org/check.js';
import { GRANT_NAMES, type GrantName } from './org/oauthClients.js';
import builtIn from './org/org.json';
import { MOST_GENERATED, MOST_SEED, type OrgFile, readOrgFile } from './org/orgFile.js';
import type { ScenarioInfo } from './scenarios.js';

export { SCENARIO_GROUPS, SCENARIOS, type ScenarioInfo } from './scenarios.js';

export interface SandboxOptions {
  readonly operations: Operations;
  /** 0, or nothing, for a free one. */
  readonly port?: number;
  /** Parsed JSON of an org file; the built-in org where absent. */
  readonly org?: unknown;
  readonly scenario?: string;
  /** How many people are made up beside those of the org, and of which seed; where absent, what the org says. */
  readonly users?: number;
  readonly seed?: number;
  /** Where changes are kept beyond the end of the sandbox; nowhere where it is absent. */
  readonly state?: StateOptions;
  /** Whether `/sandbox/…` answers: what state the org is in, and how it is put into another one. */
  readonly control?: boolean;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`: login and API alike. */
  readonly origin: string;
  readonly clients: readonly { readonly id: string; readonly secret: string; readonly grant: GrantName; readonly name: string }[];
  /** Everybody, or the first hundred of a large org, each with a token as if they had signed in; empty where no client of the org is for users. */
  readonly users: readonly { readonly id: string; readonly name: string; readonly token: string }[];
  /** All, or the first hundred of a large org. */
  readonly queues: readonly { readonly id: string; readonly name: string; readonly division: string }[];
  readonly scenario: ScenarioInfo;
  /** Ends every connection at once. */
  stop(): Promise<void>;
}

export type StartResult = { readonly ok: true; readonly sandbox: Sandbox } | { readonly ok: false; readonly problem: string; readonly nextPort?: number };

/** Of a large org only so many are told. */
const MOST_TOLD = 100;

/** Starts an org on loopback (DESIGN §9). What can be expected to fail is in the result, as a sentence. */
export async function startSandbox(options: SandboxOptions): Promise<StartResult> {
  const { operations, port = 0, org = builtIn, scenario: wanted = 'default' } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return { ok: false, problem: `${port} is not a port: it is a whole number from 0 to 65535.` };
  const file = readOrgFile(org);
  if (!file.ok) return { ok: false, problem: sayProblems(file.problems) };
  const unknown = checkAgainst(file.org, operations);
  if (unknown.length > 0) return { ok: false, problem: sayProblems(unknown) };
  const populated = populate(file.org, options);
  if (!populated.ok) return populated;
  const started = LiveOrg.start(populated.org, operations.permissions, wanted);
  if (!started.ok) return started;
  const { live } = started;
  const kept = options.state && (await keepState(live, options.state));
  if (kept && !kept.ok) return kept;
  const { world } = live;
  const tokens = new Tokens(() => live.world);

  const hosts = new Set<string>();
  const control = options.control ? new Control(live, tokens) : undefined;
  const server = createHttpServer(createApp({ live, tokens, operations, hosts, control: control && ((app) => control.serve(app)) }));
  const listening = await listen(server, port);
  if (!listening.ok) {
    await kept?.stop();
    live.world.stop();
    return listening;
  }
  for (const name of [LOOPBACK, 'localhost', '[::1]']) hosts.add(`${name}:${listening.port}`);
  serveChannels(
    server,
    () => live.world.channels,
    hosts,
    () => live.faults,
  );
  live.onReplaced((before) => before.stop());

  const forUsers = [...world.clients.values()].find((c) => c.grant === 'CODE' && c.state === 'active');
  const sandbox: Sandbox = {
    origin: `http://${LOOPBACK}:${listening.port}`,
    clients: [...world.clients.values()].map(({ id, secret, grant, name }) => ({ id, secret, grant: GRANT_NAMES[grant], name })),
    users: forUsers ? first(world.people.values()).map((p) => ({ id: p.id, name: p.name, token: tokens.issue(forUsers, p).value })) : [],
    queues: first(world.queues.values()).map(({ id, name, division }) => ({ id, name, division: division.name })),
    get scenario() {
      return live.scenario;
    },
    stop: async () => {
      live.world.stop();
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
      await kept?.stop();
    },
  };
  return { ok: true, sandbox };
}

function first<T>(things: Iterable<T>): T[] {
  const list: T[] = [];
  for (const thing of things) {
    if (list.length === MOST_TOLD) break;
    list.push(thing);
  }
  return list;
}

/** The org with as many made-up people as was asked for. */
function populate(org: OrgFile, { users = org.generated?.users, seed = org.generated?.seed }: SandboxOptions): Populated {
  if (users === undefined) return seed === undefined ? { ok: true, org } : { ok: false, problem: 'A seed is for made-up people: say how many.' };
  if (!isCount(users, MOST_GENERATED))
    return { ok: false, problem: `${users} people cannot be made up: the number is a whole one from 0 to ${MOST_GENERATED}.` };
  if (seed !== undefined && !isCount(seed, MOST_SEED)) return { ok: false, problem: `${seed} is not a seed: it is a whole number from 0 to ${MOST_SEED}.` };
  return { ok: true, org: { ...org, generated: { users, ...(seed === undefined ? {} : { seed }) } } };
}
type Populated = { readonly ok: true; readonly org: OrgFile } | { readonly ok: false; readonly problem: string };

const isCount = (value: number, most: number): boolean => Number.isInteger(value) && value >= 0 && value <= most;
