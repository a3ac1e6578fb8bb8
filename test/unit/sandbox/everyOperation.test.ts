import assert from 'node:assert/strict';
import http from 'node:http';
import type { Operation } from '../../../src/platform/operations.js';
import { type Json, operations, orgCopy, type Reply, type Running, start } from './harness.js';
import { type OpenOrg, openOrg } from './openOrg.js';

const SOME_ID = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
const NOT_A_USER = 'This request requires a user context. Client credentials cannot be used for requests to this resource.';
const UNABLE = 'Unable to perform the requested action.';
const ANY_OF = `${UNABLE} You must have at least one of the following permissions assigned:`;
const ALL_OF = `${UNABLE} You are missing the following permission(s):`;

const isGoodbye = (o: Operation): boolean => o.method === 'DELETE' && o.path === '/api/v2/tokens/me';
const all: readonly Operation[] = [...operations.all()];
const nameOf = (o: Operation): string => `${o.method} ${o.path}`;
const withIds = (path: string, ids: Readonly<Record<string, string>> = {}): string => path.replace(/\{([^}]+)\}/g, (_, name: string) => ids[name] ?? SOME_ID);

/** Sends every operation with ids that nobody has; the one that takes the token away comes last. */
async function walk(running: Running, who: string | undefined, check: (operation: Operation, reply: Reply) => void): Promise<void> {
  const one = async (operation: Operation): Promise<void> => check(operation, await running.send(who, `${operation.method} ${withIds(operation.path)}`));
  const queue = all.filter((o) => !isGoodbye(o)).values();
  const worker = async (): Promise<void> => {
    for (const operation of queue) await one(operation);
  };
  if (who !== undefined) await running.token(who);
  await Promise.all(Array.from({ length: 8 }, worker));
  await Promise.all(all.filter(isGoodbye).map(one));
}

describe('sandbox, every operation of the index', function () {
  this.timeout(120_000);
  let running: Running;

  before(async () => {
    const org = orgCopy();
    org.rateLimitPerMinute = 1_000_000;
    org.permissions.lacks = [];
    const [, , reporting] = org.clients;
    assert.equal(reporting?.name, 'reporting-tool');
    if (reporting) reporting.roleDivisions = [];
    running = await start({ org });
  });

  it('answers 401 to a request without a token', async () => {
    let walked = 0;
    await walk(running, undefined, (operation, reply) => {
      assert.equal(reply.status, 401, nameOf(operation));
      if (operation.method !== 'HEAD') assert.equal(reply.json['code'], 'authentication.required');
      walked++;
    });
    assert.equal(walked, operations.count);
  });

  it('refuses a client without roles, naming exactly the declared permissions', async () => {
    const seen = { context: 0, any: 0, every: 0, open: 0 };
    await walk(running, 'reporting-tool', (operation, reply) => {
      const what = nameOf(operation);
      if (operation.userContext === 'required') {
        seen.context++;
        assert.deepEqual([reply.status, reply.json['code'], reply.json['message']], [400, 'not.a.user', NOT_A_USER], what);
      } else if (operation.permissions.length > 0) {
        seen[operation.rule === 'any' ? 'any' : 'every']++;
        const [code, says] = operation.rule === 'any' ? ['missing.any.permissions', ANY_OF] : ['missing.permissions', ALL_OF];
        assert.equal(reply.status, 403, what);
        assert.equal(reply.json['code'], code, what);
        assert.equal(reply.json['message'], `${says} [${operation.permissions.join(', ')}]`, what);
      } else {
        seen.open++;
        assert.ok(reply.status !== 401 && reply.status !== 403, `${what} ${reply.status}`);
      }
    });
    assert.ok(seen.any > 2000 && seen.every > 800 && seen.open > 300 && seen.context > 10, JSON.stringify(seen));
  });

  it('never answers 401 or 403 to a client that may do everything, but lets no client pass for a user', async () => {
    await walk(running, 'admin-tool', (operation, reply) => {
      const what = `${nameOf(operation)} ${reply.status} ${reply.text}`;
      if (operation.userContext === 'required') assert.equal(reply.json['code'], 'not.a.user', what);
      else assert.ok(reply.status !== 401 && reply.status !== 403, what);
      if (reply.status === 501 && operation.method !== 'HEAD') assert.equal(reply.json['code'], 'sandbox.not.implemented', what);
      assert.notEqual(reply.status, 500, what);
    });
  });

  it('says in every answer its correlation id and the rate', async () => {
    for (const [who, request] of [
      [undefined, 'GET /api/v2/tokens/me'],
      ['admin-tool', 'GET /api/v2/no/such/path'],
      ['dialer-service', 'GET /api/v2/tokens/me'],
      ['dialer-service', 'GET /api/v2/users/me'],
    ] as const) {
      const reply = await running.send(who, request);
      assert.match(reply.headers.get('inin-correlation-id') ?? '', /^[0-9a-f-]{36}$/);
      for (const name of ['count', 'allowed', 'reset']) assert.match(reply.headers.get(`inin-ratelimit-${name}`) ?? '', /^\d+$/);
      if (reply.status >= 400) assert.equal(reply.json['contextId'], reply.headers.get('inin-correlation-id'));
    }
  });
});

const WORKERS = 8;
const workerName = (n: number): string => `worker-${n}`;

/** Somebody whose rights a test changes between requests: a client, and a user for what needs one. */
interface Worker {
  readonly name: string;
  readonly send: (operation: Operation, ids?: Readonly<Record<string, string>>) => Promise<Answer>;
}
interface Answer {
  readonly status: number;
  readonly json: Json;
}

/** The built-in org with a client for each worker, and as many users as it has. Every permission depends on the division. */
function orgOfWorkers() {
  const org = orgCopy();
  org.rateLimitPerMinute = 1_000_000;
  org.ringMilliseconds = 0;
  org.permissions = { lacks: [], divisionAware: ['*:*:*'] };
  const workers = Array.from({ length: WORKERS }, (_, n) => ({
    id: `${String(n).padStart(8, '0')}-0000-4000-8000-0000000000cc`,
    name: workerName(n),
    secret: 'sandbox-secret-worker-not-real',
    grant: 'CLIENT-CREDENTIALS',
    roleDivisions: [],
  }));
  return { ...org, clients: [...org.clients, ...workers] };
}

const agent = new http.Agent({ keepAlive: true, maxSockets: WORKERS });
after(() => agent.destroy());

function send(open: OpenOrg, token: string, method: string, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port: open.port, agent, method, path, headers: { Authorization: `Bearer ${token}` } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const isJson = /json/.test(response.headers['content-type'] ?? '');
        resolve({ status: response.statusCode ?? 0, json: text !== '' && isJson ? (JSON.parse(text) as Json) : {} });
      });
    });
    request.on('error', reject);
    request.end();
  });
}

describe('sandbox, every operation of the index, with exactly what it requires', function () {
  this.timeout(120_000);
  let open: OpenOrg;
  let users: readonly string[];
  const AGENT = 'Sales Agent 7';
  /** What needs a user although the index does not know it; collected from the first answers. */
  const FOR_USERS = new Set<string>();
  const isDenied = ({ status, json }: Answer): boolean => status === 401 || status === 403 || json['code'] === ('not.a.user' as unknown);

  before(async () => {
    open = await openOrg(orgOfWorkers());
    // But not the one whose call is looked at: whoever takes part in it needs no division.
    users = [...open.live.world.people.values()]
      .map((p) => p.name)
      .filter((name) => name !== AGENT)
      .slice(0, WORKERS);
    for (const operation of all) {
      if (operation.userContext === 'required') continue;
      const { json } = await send(open, open.token('admin-tool'), operation.method, withIds(operation.path));
      if (json['code'] === ('not.a.user' as unknown)) FOR_USERS.add(nameOf(operation));
    }
    assert.ok(FOR_USERS.size < 60, [...FOR_USERS].join(', '));
  });

  /** Does something with every operation, in turns of several workers. */
  async function each(list: readonly Operation[], use: (operation: Operation, worker: Worker) => Promise<void>): Promise<void> {
    const queue = list.values();
    let failed = false;
    const work = async (n: number): Promise<void> => {
      const [client, user] = [workerName(n), users[n] as string];
      const tokens = { client: open.token(client), user: open.token('call-desk', user) };
      for (const operation of queue) {
        if (failed) return;
        const needsUser = operation.userContext === 'required' || FOR_USERS.has(nameOf(operation));
        const worker: Worker = {
          name: needsUser ? user : client,
          send: (o, ids) => send(open, needsUser ? tokens.user : tokens.client, o.method, withIds(o.path, ids)),
        };
        await use(operation, worker).catch((e: unknown) => {
          failed = true;
          throw e;
        });
        if (isGoodbye(operation)) tokens.client = open.token(client);
      }
    };
    // All of them come to their end, so that none disturbs the next test.
    const results = await Promise.allSettled(Array.from({ length: WORKERS }, (_, n) => work(n)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  it('lets a caller pass who has it, and no more', async () => {
    await each(all, async (operation, worker) => {
      const { rule, permissions } = operation;
      const sets = rule === 'any' && permissions.length > 0 ? [...new Set([permissions.at(0), permissions.at(-1)])].map((p) => [p as string]) : [permissions];
      for (const set of sets) {
        open.giveOnly(worker.name, set);
        const answer = await worker.send(operation);
        assert.ok(!isDenied(answer), `${nameOf(operation)} with [${set.join(', ')}]: ${answer.status} ${JSON.stringify(answer.json)}`);
      }
    });
  });

  it('lets a wildcard of the domain pass', async () => {
    await each(
      all.filter((o) => o.rule === 'all' && o.permissions.length > 1),
      async (operation, worker) => {
        open.giveOnly(worker.name, [...new Set(operation.permissions.map((p) => `${p.split(':', 1)[0]}:*:*`))]);
        assert.ok(!isDenied(await worker.send(operation)), nameOf(operation));
      },
    );
  });

  it('refuses one who has all but one of what it requires together, naming that one', async () => {
    let checked = 0;
    await each(
      all.filter((o) => o.rule === 'all'),
      async (operation, worker) => {
        for (const missing of operation.permissions) {
          open.giveOnly(
            worker.name,
            operation.permissions.filter((p) => p !== missing),
          );
          const { status, json } = await worker.send(operation);
          checked++;
          if (operation.method === 'HEAD') assert.equal(status, 403);
          else assert.deepEqual([status, json['code'], json['message']], [403, 'missing.permissions', `${ALL_OF} [${missing}]`], nameOf(operation));
        }
      },
    );
    assert.ok(checked > 800, String(checked));
  });

  it('refuses one who has it in another division than the object, naming the object’s, and lets them pass in that one', async () => {
    const { world } = open.live;
    const sales = [...world.divisions.values()].find((d) => d.name === 'Sales');
    const user = [...world.people.values()].find((p) => p.name === AGENT);
    const queue = [...world.queues.values()].find((q) => q.division === sales);
    assert.ok(sales && user && queue && user.division === sales);
    open.giveOnly(AGENT, ['conversation:conference:add']);
    const placed = await fetch(`${open.origin}/api/v2/conversations/calls`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${open.token('call-desk', AGENT)}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ phoneNumber: '+13175550142' }),
    });
    const { id } = (await placed.json()) as { readonly id: string };
    assert.ok(id);
    // What names a user, queue, conversation or division; everything else is nobody's id.
    const ids = { userId: user.id, memberId: user.id, agentId: user.id, subjectId: user.id, queueId: queue.id, conversationId: id, divisionId: sales.id };
    // A permission without three parts ("admin") is in no division.
    const isDivided = (p: string): boolean => p.split(':').length === 3;
    const about = all.filter(
      (o) => o.permissions.length > 0 && o.permissions.every(isDivided) && Object.keys(ids).some((name) => o.path.includes(`{${name}}`)),
    );
    let passed = 0;
    await each(about, async (operation, worker) => {
      open.giveOnly(worker.name, operation.permissions, 'Home');
      const { status, json } = await worker.send(operation, ids);
      if (operation.method === 'HEAD') assert.equal(status, 403);
      else {
        const list = operation.permissions.join(', ');
        const message =
          operation.rule === 'any'
            ? `${ANY_OF} [${list}] in at least one of the following division(s): [${sales.id}]`
            : `${ALL_OF} [${operation.permissions.map((p) => `${p}:${sales.id}`).join(', ')}]`;
        assert.deepEqual([status, json['code'], json['message']], [403, 'missing.division.permission', message], nameOf(operation));
      }
      // What changes nothing may also be done for real.
      if (operation.method !== 'GET') return;
      open.giveOnly(worker.name, operation.permissions, 'Sales');
      const granted = await worker.send(operation, ids);
      assert.notEqual(granted.json['code'], 'missing.division.permission', nameOf(operation));
      passed++;
    });
    assert.ok(about.length > 300 && passed > 80, `${about.length} ${passed}`);
  });
});
