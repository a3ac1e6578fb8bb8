import assert from 'node:assert/strict';
import { WebSocket } from 'ws';
import { type Json, list, orgCopy, type Reply, type Running, start, text } from './harness.js';

const NUMBER = { phoneNumber: '+13175550142' };
const OWN = 'POST /api/v2/conversations/calls';
const ME = 'GET /api/v2/users/me';

interface Controlled extends Running {
  control(request: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
}
async function startControlled(scenario?: string): Promise<Controlled> {
  const running = await start({ control: true, ...(scenario === undefined ? {} : { scenario }) });
  return { ...running, control: (request, body, headers) => running.send(undefined, request, body, headers) };
}
const names = (json: Json | undefined): string[] => list(json).map((s) => text(s['name']));

describe('sandbox, the control endpoint', () => {
  it('is not there unless somebody asks for it', async () => {
    const running = await start();
    for (const request of ['GET /sandbox', 'GET /sandbox/scenarios', 'PUT /sandbox/scenario', 'POST /sandbox/tokens', 'POST /sandbox/provider-states']) {
      const reply = await running.send(undefined, request, request.startsWith('GET') ? undefined : {});
      assert.deepEqual([reply.status, reply.json['code']], [404, 'not.found'], request);
    }
  });

  it('says what state the org is in', async () => {
    const r = await startControlled('rate-limited');
    const { status, json } = await r.control('GET /sandbox');
    assert.equal(status, 200);
    assert.deepEqual(json['scenario'], { name: 'rate-limited', title: 'Five requests per minute', cause: 'rate-limited' });
    assert.equal(json['organization']?.['name'], 'Sandbox org' as unknown);
    assert.deepEqual([json['faults'], json['requests']], [[], 0]);
  });

  it('lists the scenarios with what shows them', async () => {
    const { json } = await (await startControlled()).control('GET /sandbox/scenarios');
    const scenario = list(json).find((s) => text(s['name']) === 'missing-permission');
    assert.deepEqual(scenario?.['requests'], [
      { as: 'reporting-tool', method: 'POST', path: '/api/v2/conversations/calls/user/{Sales Agent 7}', body: NUMBER },
    ]);
  });

  it('puts the org into another scenario: tokens stay, what was changed is gone', async () => {
    const r = await startControlled();
    assert.equal((await r.send('Sales Agent 7', OWN, NUMBER)).status, 200);
    const used = await r.control('PUT /sandbox/scenario', { name: 'no-station' });
    assert.deepEqual([used.status, used.json['scenario']?.['name']], [200, 'no-station']);
    assert.equal((await r.send('Sales Agent 7', 'GET /api/v2/conversations/calls')).json['total'], 0);
    assert.equal((await r.send('Sales Agent 7', OWN, NUMBER)).json['code'], 'conversation.error.no.user.station');
    assert.equal(r.sandbox.scenario.name, 'no-station');
    assert.equal((await r.control('PUT /sandbox/scenario', { name: 'default' })).status, 200);
    assert.equal((await r.send('Sales Agent 7', OWN, NUMBER)).status, 200);
  });

  it('brings the faults of a scenario, and takes them away with it', async () => {
    const r = await startControlled();
    await r.control('PUT /sandbox/scenario', { name: 'platform-fault' });
    assert.equal((await r.send('Sales Agent 7', OWN, NUMBER)).status, 503);
    await r.control('PUT /sandbox/scenario', { name: 'default' });
    assert.equal((await r.send('Sales Agent 7', OWN, NUMBER)).status, 200);
  });

  it('closes the WebSockets of the org that is gone', async () => {
    const r = await startControlled();
    const channel = await r.send('Sales Agent 7', 'POST /api/v2/notifications/channels');
    const socket = new WebSocket(text(channel.json['connectUri']));
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await r.control('PUT /sandbox/scenario', { name: 'no-station' });
    await closed;
  });

  it('fails the opening of a WebSocket where a fault says so', async () => {
    const r = await startControlled();
    const channel = await r.send('Sales Agent 7', 'POST /api/v2/notifications/channels');
    const open = (): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(text(channel.json['connectUri']));
        socket.once('open', () => {
          socket.terminate();
          resolve('open');
        });
        socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      });
    await r.control('PUT /sandbox/faults', [
      { kind: 'reset-before', operations: ['GET /channels/*'], times: 1 },
      { kind: 'status', operations: ['GET /channels/*'], status: 503, after: 1, times: 1 },
    ]);
    assert.deepEqual([await open(), await open(), await open()], ['ECONNRESET', 'Unexpected server response: 503', 'open']);
  });

  it('knows no other scenarios', async () => {
    const r = await startControlled();
    const unknown = await r.control('PUT /sandbox/scenario', { name: 'no-such-thing' });
    assert.equal(unknown.status, 404);
    assert.ok(list(unknown.json['scenarios']).map(text).includes('no-station'));
    assert.equal((await r.control('PUT /sandbox/scenario', {})).status, 400);
    assert.equal((await r.control('GET /sandbox')).json['scenario']?.['name'], 'default');
  });

  it('says so where the org does not have what a scenario is about', async () => {
    const org = orgCopy();
    const client = org.clients.find((c) => c.name === 'dialer-service');
    Object.assign(client ?? {}, { name: 'another-service' });
    const running = await start({ org, control: true });
    const reply = await running.send(undefined, 'PUT /sandbox/scenario', { name: 'no-user-context' });
    assert.deepEqual([reply.status, reply.json['problem']], [409, 'The scenario "no-user-context" is about "dialer-service", which this org does not have.']);
  });

  it('sets faults, tells what is left of them, and takes them back', async () => {
    const r = await startControlled();
    const set = await r.control('PUT /sandbox/faults', [{ kind: 'status', operations: ['* /api/v2/users/*'], times: 2 }]);
    assert.equal(set.status, 200, set.text);
    assert.equal((await r.send('Sales Agent 7', ME)).status, 503);
    const left = await r.control('GET /sandbox');
    assert.deepEqual(left.json['faults'], [{ kind: 'status', operations: ['* /api/v2/users/*'], times: 1 }]);
    assert.deepEqual((await r.control('DELETE /sandbox/faults')).json['faults'], []);
    assert.equal((await r.send('Sales Agent 7', ME)).status, 200);
  });

  it('says where faults are wrong, and keeps those that were', async () => {
    const r = await startControlled();
    await r.control('PUT /sandbox/faults', [{ kind: 'status', operations: [ME] }]);
    const wrong = await r.control('PUT /sandbox/faults', [{ kind: 'explode', operations: [ME] }]);
    assert.equal(wrong.status, 400);
    assert.equal(text(list(wrong.json['problems'])[0]?.['pointer']), '/0/kind');
    assert.equal((await r.control('PUT /sandbox/faults', 'nonsense')).status, 400);
    assert.equal((await r.control('PUT /sandbox/faults', {})).status, 400);
    assert.equal((await r.send('Sales Agent 7', ME)).status, 503);
  });

  it('gives tokens to whoever the org has', async () => {
    const r = await startControlled();
    const ask = (body: unknown): Promise<Reply> => r.control('POST /sandbox/tokens', body);
    const whoIs = async (reply: Reply) =>
      (await r.send(undefined, 'GET /api/v2/tokens/me', undefined, { Authorization: `Bearer ${text(reply.json['token'])}` })).json;
    const user = await ask({ client: 'call-desk', user: 'Auditor 1' });
    assert.equal((await whoIs(user))['authenticatedUser']?.['name'], 'Auditor 1' as unknown);
    assert.equal((await whoIs(await ask({ user: r.idOf('Admin 1') })))['authenticatedUser']?.['name'], 'Admin 1' as unknown);
    assert.equal((await whoIs(await ask({ client: 'wfm-tool' })))['OAuthClient']?.['name'], 'wfm-tool' as unknown);
    for (const [body, status] of [
      [{}, 400],
      [{ client: 7 }, 400],
      [{ client: 'nobody' }, 404],
      [{ user: 'Nobody' }, 404],
      [{ client: 'call-desk' }, 404],
      [{ client: 'wfm-tool', user: 'Admin 1' }, 404],
    ] as const)
      assert.equal((await ask(body)).status, status, JSON.stringify(body));
  });

  it('shows the last requests: no tokens, no secrets, and bodies only to those who ask', async () => {
    const r = await startControlled();
    const placed = await r.send('Sales Agent 7', `${OWN}?a=b`, NUMBER);
    await r.token('wfm-tool');
    await r.send(undefined, ME);
    const { json, text: all } = await r.control('GET /sandbox/requests');
    assert.deepEqual(
      list(json).map((e) => [e['method'], e['path'], e['status']]),
      [
        ['POST', '/api/v2/conversations/calls?a=b', 200],
        ['POST', '/oauth/token', 200],
        ['GET', '/api/v2/users/me', 401],
      ],
    );
    assert.equal(list(json)[0]?.['correlationId'], placed.headers.get('inin-correlation-id') as unknown);
    assert.ok(!/sandbox-|Bearer|grant_type|\+1317/.test(all), all);
    const withBodies = await r.control('GET /sandbox/requests?last=3&bodies=true');
    assert.deepEqual(
      list(withBodies.json).map((e) => e['body']),
      [JSON.stringify(NUMBER), null, null],
    );
    assert.equal(list((await r.control('GET /sandbox/requests?last=1')).json).length, 1);
    assert.equal((await r.control('GET /sandbox/requests?last=0')).status, 400);
  });

  it('shows requests whose answer was lost as requests without a status', async () => {
    const r = await startControlled('placed-answer-lost');
    await assert.rejects(r.send('Sales Agent 7', OWN, NUMBER), TypeError);
    const [entry] = list((await r.control('GET /sandbox/requests')).json);
    assert.deepEqual([entry?.['path'], entry?.['status']], ['/api/v2/conversations/calls', null]);
  });

  it('starts the scenario anew, and forgets the requests', async () => {
    const r = await startControlled();
    await r.send('Sales Agent 7', OWN, NUMBER);
    const reset = await r.control('POST /sandbox/reset');
    assert.deepEqual([reset.status, reset.json['requests']], [200, 0]);
    assert.equal((await r.send('Sales Agent 7', 'GET /api/v2/conversations/calls')).json['total'], 0);
  });

  it('is nothing for pages of other origins, or for what is no JSON', async () => {
    const r = await startControlled();
    const put = (headers: Record<string, string>, body: unknown = { name: 'no-station' }) => r.control('PUT /sandbox/scenario', body, headers);
    assert.equal((await put({ Origin: 'https://evil.example' })).status, 403);
    assert.equal((await put({ Origin: 'null' })).status, 403);
    assert.equal((await put({ 'Content-Type': 'text/plain' })).status, 415);
    assert.equal((await put({}, '{"name": ')).status, 400);
    assert.equal((await r.control('POST /sandbox/reset', undefined, { Origin: 'https://evil.example' })).status, 403);
    assert.equal((await r.control('GET /sandbox')).json['scenario']?.['name'], 'default');
    assert.equal((await put({ Origin: r.sandbox.origin })).status, 200);
    for (const header of ['access-control-allow-origin', 'access-control-allow-methods'])
      assert.equal((await r.control('OPTIONS /sandbox/scenario', undefined, { Origin: 'https://evil.example' })).headers.get(header), null);
  });

  it('says what it has to those who ask for something else', async () => {
    const r = await startControlled();
    assert.equal((await r.control('GET /sandbox/nothing')).status, 404);
    assert.equal((await r.control('DELETE /sandbox')).status, 405);
    assert.equal((await r.control('GET /sandboxes')).json['code'], 'not.found');
  });

  describe('provider states', () => {
    const set = (r: Controlled, body: unknown) => r.control('POST /sandbox/provider-states', body);
    const setup = (r: Controlled, state: string, more: object = {}) => set(r, { consumer: 'dialer', state, action: 'setup', ...more });
    const bearer = (reply: Reply) => ({ Authorization: `Bearer ${text(reply.json['token'])}` });

    it('are scenarios, by name or title, and give what a Pact may put into its requests', async () => {
      const r = await startControlled();
      for (const state of ['missing-permission', 'The client may not place calls']) {
        const ready = await setup(r, state);
        assert.equal(ready.status, 200, ready.text);
        assert.deepEqual([ready.json['clientId'], ready.json['userId']], [r.idOf('reporting-tool'), r.idOf('Sales Agent 7')]);
        const denied = await r.send(undefined, `POST /api/v2/conversations/calls/user/${text(ready.json['userId'])}`, NUMBER, bearer(ready));
        assert.deepEqual([denied.status, denied.json['code']], [403, 'missing.any.permissions']);
      }
    });

    it('may say as whom', async () => {
      const r = await startControlled();
      const ready = await setup(r, 'default as Warehouse Clerk 1');
      assert.equal(ready.json['userId'], r.idOf('Warehouse Clerk 1') as unknown);
      assert.equal((await r.send(undefined, OWN, NUMBER, bearer(ready))).status, 403);
      const byParams = await setup(r, 'default', { params: { as: 'dialer-service' } });
      assert.equal((await r.send(undefined, OWN, NUMBER, bearer(byParams))).json['code'], 'not.a.user');
      assert.equal((await setup(r, 'default as Nobody')).status, 404);
    });

    it('do what leads to the request that the Pact is about', async () => {
      const r = await startControlled();
      const ready = await setup(r, 'not-participant');
      const id = text(ready.json['conversationId']);
      assert.match(id, /^[0-9a-f-]{36}$/);
      const foreign = await r.send(undefined, `GET /api/v2/conversations/calls/${id}`, undefined, bearer(ready));
      assert.deepEqual([foreign.status, foreign.json['code']], [403, 'not.authorized']);
    });

    it('may be empty, as the verifier sends them for interactions without a state', async () => {
      const r = await startControlled();
      await setup(r, 'no-station');
      assert.equal((await setup(r, '')).status, 200);
      assert.equal(r.sandbox.scenario.name, 'default');
    });

    it('come as a list too, but one at a time', async () => {
      const r = await startControlled();
      assert.equal((await set(r, { consumer: 'c', states: ['no-station'] })).status, 200);
      assert.equal(r.sandbox.scenario.name, 'no-station');
      assert.equal((await set(r, { states: [{ name: 'no-station' }, { name: 'rate-limited' }] })).status, 400);
    });

    it('are taken back to the scenario that the sandbox was started in', async () => {
      const r = await startControlled('rate-limited');
      await setup(r, 'no-station');
      assert.equal((await set(r, { state: 'no-station', action: 'teardown' })).status, 200);
      assert.equal(r.sandbox.scenario.name, 'rate-limited');
    });

    it('that nobody knows are refused with the list of those that there are', async () => {
      const r = await startControlled();
      const reply = await setup(r, 'the moon is full');
      assert.equal(reply.status, 404);
      assert.ok(list(reply.json['states']).map(text).includes('No bearer token'));
      assert.equal((await set(r, { state: 'default', action: 'dance' })).status, 400);
      assert.equal((await set(r, 'nonsense')).status, 400);
    });

    it('are the same for every scenario: its last request has the answer that it is about', async () => {
      const r = await startControlled();
      for (const scenario of names((await r.control('GET /sandbox/scenarios')).json)) assert.equal((await setup(r, scenario)).status, 200, scenario);
    });
  });
});
