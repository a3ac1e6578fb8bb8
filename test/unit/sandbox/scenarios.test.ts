import assert from 'node:assert/strict';
import fs from 'node:fs';
import { SCENARIOS } from '../../../src/sandbox/sandbox.js';
import { askToken, type Reply, type Running, start, text } from './harness.js';

const NUMBER = { phoneNumber: '+13175550142' };
const ownCall = (r: Running, who = 'Sales Agent 7') => r.send(who, 'POST /api/v2/conversations/calls', NUMBER);
const onBehalf = (r: Running, who: string) => r.send(who, 'POST /api/v2/conversations/calls/user/{Sales Agent 7}', NUMBER);
const expect = (status: number, code: string) => (reply: Reply) => assert.deepEqual([reply.status, reply.json['code']], [status, code]);

/** What each scenario promises. Statuses and codes: FACTS §3.2. */
const PROMISES: Readonly<Record<string, (running: Running) => Promise<void>>> = {
  default: async (r) => {
    assert.equal((await ownCall(r)).status, 200);
    assert.equal((await onBehalf(r, 'dialer-service')).status, 200);
  },
  'token-missing': async (r) => expect(401, 'authentication.required')(await r.send(undefined, 'GET /api/v2/users/me')),
  'token-expired': async (r) => {
    expect(401, 'credentials.expired')(await ownCall(r));
    assert.equal((await ownCall(r, 'Sales Agent 1')).status, 200);
  },
  'client-disabled': async (r) => {
    const client = r.sandbox.clients.find((c) => c.name === 'wfm-tool');
    assert.equal((await askToken(r.sandbox, client?.id ?? '', client?.secret ?? '')).json['error'], 'invalid_client');
  },
  'no-such-operation': async (r) => expect(404, 'not.found')(await r.send('admin-tool', 'POST /api/v2/users/{Sales Agent 7}/impersonate')),
  'no-user-context': async (r) => expect(400, 'not.a.user')(await ownCall(r, 'dialer-service')),
  'missing-permission': async (r) => expect(403, 'missing.any.permissions')(await onBehalf(r, 'reporting-tool')),
  'missing-division': async (r) => expect(403, 'missing.division.permission')(await onBehalf(r, 'wfm-tool')),
  'missing-scope': async (r) => {
    const reply = await ownCall(r);
    expect(403, 'not.authorized')(reply);
    assert.equal(reply.headers.get('x-sandbox-assumption'), 'body of a scope refusal');
    assert.equal((await r.send('Sales Agent 7', 'GET /api/v2/users/me')).status, 200);
    assert.equal((await onBehalf(r, 'dialer-service')).status, 200, 'scopes do not apply to client credentials');
  },
  'feature-not-enabled': async (r) => expect(403, 'missing.any.permissions')(await onBehalf(r, 'admin-tool')),
  'not-participant': async (r) => {
    const placed = await ownCall(r);
    expect(403, 'not.authorized')(await r.send('Sales Agent 1', `GET /api/v2/conversations/calls/${text(placed.json['id'])}`));
  },
  'no-station': async (r) => expect(400, 'conversation.error.no.user.station')(await ownCall(r)),
  'station-unreachable': async (r) => expect(500, 'providerapi.error.station.no.active.edge')(await ownCall(r)),
  'wrong-id': async (r) => {
    expect(404, 'not.found')(await r.send('dialer-service', 'POST /api/v2/conversations/calls/user/00000000-0000-4000-8000-000000000000', NUMBER));
    expect(404, 'not.found')(await r.send('dialer-service', 'POST /api/v2/conversations/calls/user/{Sales EMEA}', NUMBER));
  },
  'invalid-payload': async (r) =>
    expect(
      400,
      'too.many.create.conversation.parameters',
    )(await r.send('Sales Agent 7', 'POST /api/v2/conversations/calls', { ...NUMBER, callUserId: r.idOf('Sales Agent 1') })),
  'rate-limited': async (r) => {
    for (let i = 1; i <= 5; i++) {
      const reply = await r.send('Sales Agent 7', 'GET /api/v2/users/me');
      assert.deepEqual([reply.status, reply.headers.get('inin-ratelimit-count'), reply.headers.get('inin-ratelimit-allowed')], [200, String(i), '5']);
    }
    const reply = await ownCall(r);
    expect(429, 'too.many.requests')(reply);
    assert.equal(reply.json['message'], 'Rate limit exceeded the maximum [5] requests within [60] seconds');
    assert.match(reply.headers.get('retry-after') ?? '', /^([1-9]|[1-5]\d|60)$/);
    assert.equal((await r.send('Sales Agent 1', 'GET /api/v2/users/me')).status, 200, 'the limit is per token');
  },
  'platform-fault': async (r) => {
    expect(503, 'service.unavailable')(await ownCall(r));
    assert.equal((await r.send('Sales Agent 7', 'GET /api/v2/conversations/calls')).json['total'], 0);
  },
  'proxy-html': async (r) => {
    const reply = await ownCall(r);
    assert.equal(reply.status, 403);
    assert.match(reply.headers.get('content-type') ?? '', /^text\/html/);
    assert.equal(reply.headers.get('inin-correlation-id'), null);
    assert.equal((await r.send('Sales Agent 7', 'GET /api/v2/users/me')).status, 200);
  },
  'huge-answer': async (r) => {
    const reply = await ownCall(r);
    assert.equal(reply.status, 200);
    assert.ok(reply.text.length > 19_999_000 && reply.text.length < 20_001_000, String(reply.text.length));
    assert.ok(reply.json['id']);
  },
  'cut-answer': async (r) => {
    await assert.rejects(ownCall(r), TypeError);
    assert.equal((await r.send('Sales Agent 7', 'GET /api/v2/conversations/calls')).json['total'], 1);
  },
  'slow-answer': async (r) => {
    const hasty = fetch(`${r.sandbox.origin}/api/v2/conversations/calls`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await r.token('Sales Agent 7')}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(NUMBER),
      signal: AbortSignal.timeout(200),
    });
    await assert.rejects(hasty, { name: 'TimeoutError' });
    assert.equal((await r.send('Sales Agent 7', 'GET /api/v2/conversations/calls')).json['total'], 1);
  },
  'placed-answer-lost': async (r) => {
    await assert.rejects(ownCall(r), TypeError);
    assert.equal((await r.send('Sales Agent 7', 'GET /api/v2/conversations/calls')).json['total'], 1);
  },
};

describe('sandbox, scenarios', () => {
  for (const { name, title } of SCENARIOS)
    it(`${name}: ${title}`, async () => {
      const promise = PROMISES[name];
      assert.ok(promise, 'a scenario without a test');
      await promise(await start({ scenario: name }));
    });

  it('are all in the documentation', () => {
    const docs = fs.readFileSync('docs/sandbox.md', 'utf8');
    for (const { name, cause, title } of SCENARIOS)
      assert.ok(docs.includes(`| ${name} | ${cause === null ? '' : `\`${cause}\` `}|`) && docs.includes(title), name);
  });

  it('are told to whoever starts one', async () => {
    const { sandbox } = await start({ scenario: 'no-station' });
    assert.equal(sandbox.scenario.cause, 'no-station');
    assert.equal(sandbox.users[0]?.name, sandbox.scenario.who);
  });
});
