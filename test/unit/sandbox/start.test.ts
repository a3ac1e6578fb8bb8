import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { REGIONS } from '../../../src/platform/regions.js';
import { SCENARIOS, startSandbox } from '../../../src/sandbox/sandbox.js';
import { operations, orgCopy, start } from './harness.js';

type Org = ReturnType<typeof orgCopy>;

const problemOf = async (options: Partial<Parameters<typeof startSandbox>[0]>): Promise<string> => {
  const result = await startSandbox({ operations, ...options });
  if (result.ok) await result.sandbox.stop();
  assert.ok(!result.ok, 'it started');
  return result.problem;
};

describe('sandbox, starting', () => {
  const wrong: readonly [what: string, change: (org: Org) => unknown, problem: RegExp][] = [
    ['no object', () => [], /at its top: expected an object, found a list/],
    [
      'a division that is nowhere',
      (o) => Object.assign(o.users[3] ?? {}, { division: 'Moon' }),
      /at \/users\/3\/division: no division has the id or name "Moon"/,
    ],
    [
      'a role that is nowhere',
      (o) => o.clients[0]?.roleDivisions?.push({ role: 'King', division: '*' }),
      /at \/clients\/0\/roleDivisions\/3\/role: no role has the id or name "King"/,
    ],
    ['an id that is none', (o) => Object.assign(o.queues[1] ?? {}, { id: 'queue-1' }), /at \/queues\/1\/id: expected a GUID in lower case, found "queue-1"/],
    ['an id used twice', (o) => Object.assign(o.queues[1] ?? {}, { id: o.queues[0]?.id }), /at \/queues\/1\/id: \/queues\/0\/id has the same id/],
    [
      'a name used twice',
      (o) => Object.assign(o.users[5] ?? {}, { name: 'Sales Agent 7' }),
      /at \/users\/5\/name: there is another user named "Sales Agent 7"/,
    ],
    [
      'a typing error',
      (o) => Object.assign(o.users[0] ?? {}, { precence: 'Busy' }),
      /at \/users\/0\/precence: unknown field \(did you mean "presence"\?\); the fields here are id, name, email/,
    ],
    ['something missing', (o) => delete (o as Partial<Org>).divisions, /at \/divisions: is missing/],
    [
      'a station with two users',
      (o) => Object.assign(o.users[1] ?? {}, { station: 'web-sales-7' }),
      /at \/users\/1\/station: Sales Agent 7 is associated with that station/,
    ],
    ['two homes', (o) => Object.assign(o.divisions[1] ?? {}, { home: true }), /exactly one division is home, found 2/],
    [
      'a rate that is a text',
      (o) => Object.assign(o, { rateLimitPerMinute: 'fast' }),
      /at \/rateLimitPerMinute: expected a whole number from 1 to 1000000, found "fast"/,
    ],
  ];
  for (const [what, change, problem] of wrong)
    it(`says where an org file is wrong: ${what}`, async () => {
      const org = orgCopy();
      const changed = change(org);
      assert.match(await problemOf({ org: what === 'no object' ? changed : org }), problem);
    });

  it('lists the scenarios to somebody who asks for one that does not exist', async () => {
    const problem = await problemOf({ scenario: 'no-such-thing' });
    for (const { name } of SCENARIOS) assert.ok(problem.includes(name));
  });

  it('says so where an org of one’s own does not have what a scenario is about', async () => {
    const org = orgCopy();
    for (const list of [org.users, org.clients]) for (const thing of list) thing.name = `${thing.name} (other)`;
    for (const s of org.stations) delete s.owner;
    for (const q of org.queues) Object.assign(q, { members: [], notJoined: [] });
    assert.match(await problemOf({ org, scenario: 'no-station' }), /is about "Sales Agent 7", which this org does not have/);
  });

  it('says so where the port is taken, or none', async () => {
    const other = net.createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as net.AddressInfo;
    const failed = await startSandbox({ operations, port });
    assert.ok(!failed.ok);
    assert.match(failed.problem, new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 is taken by another program\\. The next free one is ${failed.nextPort}\\.$`));
    assert.ok(failed.nextPort !== undefined && failed.nextPort > port);
    const next = await startSandbox({ operations, port: failed.nextPort });
    assert.ok(next.ok);
    await next.sandbox.stop();
    await new Promise((resolve) => void other.close(resolve));
    assert.match(await problemOf({ port: 70_000 }), /70000 is not a port/);
  });

  it('knows another sandbox on the port that it wants', async () => {
    const { sandbox } = await start();
    const failed = await startSandbox({ operations, port: Number(new URL(sandbox.origin).port) });
    assert.match(failed.ok ? '' : failed.problem, /is taken by another Call Doctor sandbox\. The next free one is \d+\./);
  });

  it('takes an HTTP server that says something else for another program', async () => {
    const other = http.createServer((_, answer) => void answer.writeHead(403).end('{"error":"forbidden"}'));
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
    const problem = await problemOf({ port: (other.address() as net.AddressInfo).port });
    other.close();
    assert.match(problem, /is taken by another program/);
  });

  it('tells who can sign in: first who can call, who has no station, who may not', async () => {
    const { sandbox } = await start();
    assert.match(sandbox.origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(
      sandbox.users.slice(0, 3).map((u) => u.name),
      ['Sales Agent 7', 'Care Agent 3', 'Warehouse Clerk 1'],
    );
    assert.deepEqual(
      sandbox.clients.slice(0, 3).map((c) => c.name),
      ['dialer-service', 'wfm-tool', 'reporting-tool'],
    );
    assert.equal(sandbox.queues.length, 6);
    assert.ok(sandbox.clients.every((c) => /not-real$/.test(c.secret)));
    assert.equal(sandbox.scenario.name, 'default');
  });

  it('has only numbers that are nobody’s', () => {
    const numbers = JSON.stringify(orgCopy()).match(/\+\d{6,}/g) ?? [];
    assert.ok(numbers.length > 30);
    for (const n of numbers) assert.match(n, /^(\+1\d{3}55501\d\d|\+4420794600?\d{2,3})$/);
    for (const { domain } of REGIONS) assert.ok(!JSON.stringify(orgCopy()).includes(domain));
  });

  it('leaves the globals of its process alone', async () => {
    const before = [globalThis.Request, globalThis.Response];
    await start();
    assert.deepEqual([globalThis.Request, globalThis.Response], before);
  });

  it('ends every connection when it stops, and twice without harm', async () => {
    const { sandbox } = await start();
    const { port } = new URL(sandbox.origin);
    const socket = net.connect(Number(port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await sandbox.stop();
    await closed;
    await sandbox.stop();
    await assert.rejects(fetch(sandbox.origin));
  });
});

describe('sandbox, strangers', () => {
  const get = (origin: string, headers: Record<string, string>): Promise<{ status: number; type: string; text: string }> =>
    new Promise((resolve, reject) => {
      const request = http.get(`${origin}/api/v2/tokens/me`, { headers, agent: false }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text }));
      });
      request.on('error', reject);
    });

  it('are turned away where the Host is not the sandbox’s own', async () => {
    const { sandbox } = await start();
    const { port } = new URL(sandbox.origin);
    for (const host of [`evil.example:${port}`, '127.0.0.1', 'localhost:1', `127.0.0.1.nip.io:${port}`]) {
      const { status, type, text } = await get(sandbox.origin, { Host: host });
      assert.equal(status, 403, host);
      assert.match(type, /json/);
      assert.ok(!text.includes('contextId'));
    }
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])
      assert.equal((await get(sandbox.origin, { Host: host })).status, 401, host);
  });

  it('cannot send more than a megabyte', async () => {
    const running = await start();
    const reply = await running.send('Sales Agent 7', 'POST /api/v2/conversations/calls', { phoneNumber: '+13175550142', label: 'x'.repeat(2_000_000) });
    assert.deepEqual([reply.status, reply.json['code']], [413, 'request.entity.too.large']);
    const form = await fetch(`${running.sandbox.origin}/oauth/token`, { method: 'POST', body: new URLSearchParams({ x: 'x'.repeat(2_000_000) }) });
    assert.equal(form.status, 413);
  });

  it('get the platform’s 404, 405, and no stack trace', async () => {
    const running = await start();
    const nowhere = await running.send('Sales Agent 7', 'GET /api/v2/users/me/nothing');
    assert.deepEqual([nowhere.status, nowhere.json['code']], [404, 'not.found']);
    const method = await running.send('Sales Agent 7', 'PUT /api/v2/conversations/calls', {});
    assert.equal(method.status, 405);
    assert.match(method.headers.get('allow') ?? '', /POST/);
    for (const path of ['/', '/favicon.ico', '/api/v2/users/%E0%A4%A', '/api/v2/__proto__', '/api/v2/users/constructor']) {
      const reply = await running.send('Sales Agent 7', `GET ${path}`);
      assert.ok([400, 404].includes(reply.status), `${path} ${reply.status}`);
      assert.ok(!/\bat \w+.*:\d+:\d+/.test(reply.text));
    }
  });

  it('get 401 for what is no bearer token', async () => {
    const running = await start();
    for (const [header, code] of [
      ['Basic abc', 'authentication.required'],
      ['Bearer', 'authentication.required'],
      ['Bearer {{token}}', 'bad.credentials'],
      ['Bearer not-a-token', 'bad.credentials'],
    ] as const) {
      const reply = await running.send(undefined, 'GET /api/v2/tokens/me', undefined, { Authorization: header });
      assert.deepEqual([reply.status, reply.json['code']], [401, code], header);
    }
  });
});
