import assert from 'node:assert/strict';
import { count, rateHeaders } from '../../../src/sandbox/http/gate.js';
import { orgCopy, type Reply, type Running, start, text } from './harness.js';

const NUMBER = { phoneNumber: '+13175550142' };
const NOBODY = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
const codeOf = (reply: Reply) => [reply.status, reply.json['code']];

describe('sandbox, the gate', () => {
  describe('divisions', () => {
    let r: Running;
    before(async () => {
      const org = orgCopy();
      org.ringMilliseconds = 0;
      org.permissions.divisionAware = ['*:*:*'];
      const supervisor = org.users.find((u) => u.name === 'Sales Supervisor 1');
      assert.ok(supervisor);
      supervisor.grants = [{ role: 'Admin', division: 'Sales' }];
      r = await start({ org });
    });
    const who = 'Sales Supervisor 1';

    it('decide for operations that the sandbox does not implement too', async () => {
      assert.deepEqual(
        codeOf(await r.send(who, 'GET /api/v2/users/{Care Agent 3}/adjacents')),
        codeOf(await r.send(who, 'GET /api/v2/users/{Sales Agent 7}/adjacents')),
        'nothing declared',
      );
      assert.deepEqual(codeOf(await r.send(who, 'GET /api/v2/voicemail/queues/{Care Tier 1}/messages')), [403, 'missing.division.permission']);
      assert.deepEqual(codeOf(await r.send(who, 'GET /api/v2/voicemail/queues/{Sales EMEA}/messages')), [501, 'sandbox.not.implemented']);
    });

    it('say nothing of what does not exist', async () => {
      assert.deepEqual(codeOf(await r.send(who, `GET /api/v2/routing/queues/${NOBODY}`)), [404, 'not.found']);
      assert.deepEqual(codeOf(await r.send(who, 'GET /api/v2/routing/queues/nonsense')), [400, 'invalid.id']);
    });

    it('are all looked at where an operation names several objects', async () => {
      const grant = (subject: string, division: string) =>
        r.send(who, `POST /api/v2/authorization/subjects/{${subject}}/divisions/{${division}}/roles/{Dialer}`);
      assert.ok((await grant('Sales Agent 1', 'Sales')).status < 300);
      const reply = await grant('Sales Agent 1', 'Care');
      assert.deepEqual(codeOf(reply), [403, 'missing.division.permission']);
      assert.ok(text(reply.json['message']).includes(r.idOf('Care')));
      assert.deepEqual(codeOf(await grant('Care Agent 3', 'Sales')), [403, 'missing.division.permission']);
    });

    it('of a conversation are those of its agent and its queues; one of them suffices', async () => {
      const place = async (agent: string, body: object): Promise<string> => {
        const reply = await r.send('admin-tool', `POST /api/v2/conversations/calls/user/{${agent}}`, body);
        assert.equal(reply.status, 200, reply.text);
        return text(reply.json['id']);
      };
      const see = async (id: string): Promise<Reply> => r.send(who, `GET /api/v2/conversations/${id}`);
      assert.equal((await see(await place('Sales Agent 7', NUMBER))).status, 200);
      const foreign = await see(await place('Care Agent 2', NUMBER));
      assert.deepEqual(codeOf(foreign), [403, 'missing.division.permission']);
      assert.ok(text(foreign.json['message']).includes(`[${r.idOf('Care')}]`));
      assert.equal((await see(await place('Care Agent 4', { ...NUMBER, callFromQueueId: r.idOf('Sales EMEA') }))).status, 200);
    });

    it('do not come between people and their own conversation', async () => {
      const placed = await r.send('admin-tool', 'POST /api/v2/conversations/calls/user/{Care Agent 1}', { callUserId: r.idOf(who) });
      assert.equal((await r.send(who, `GET /api/v2/conversations/${text(placed.json['id'])}`)).status, 200);
    });

    it('are no matter of ids in a body', async () => {
      const reply = await r.send(who, 'POST /api/v2/conversations/calls/user/{Sales Agent 2}', { ...NUMBER, callFromQueueId: r.idOf('Care Tier 1') });
      assert.equal(reply.status, 200, reply.text);
    });
  });

  describe('rate limits', () => {
    const ME = 'GET /api/v2/tokens/me';
    const limited = async (): Promise<Running> => start({ org: { ...orgCopy(), rateLimitPerMinute: 2 } });
    const token = async (r: Running, name: string): Promise<string> => {
      const client = r.sandbox.clients.find((c) => c.name === name);
      const answer = await fetch(`${r.sandbox.origin}/oauth/token`, {
        method: 'POST',
        headers: { Authorization: `Basic ${Buffer.from(`${client?.id}:${client?.secret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      return ((await answer.json()) as { readonly access_token: string }).access_token;
    };

    it('are per token for clients, and say which limit it was', async () => {
      const r = await limited();
      const [first, second] = [await token(r, 'dialer-service'), await token(r, 'dialer-service')];
      const ask = (value: string) => r.send(undefined, ME, undefined, { Authorization: `Bearer ${value}` });
      assert.deepEqual([(await ask(first)).status, (await ask(first)).status], [200, 200]);
      const refused = await ask(first);
      // FACTS §8 and §3.1 (`limit`).
      assert.deepEqual(codeOf(refused), [429, 'too.many.requests']);
      assert.equal(refused.json['limit']?.['key'], 'client.credentials.token.rate.per.minute' as unknown);
      assert.equal(refused.json['limit']?.['value'], 2 as unknown);
      assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/);
      assert.equal(refused.headers.get('inin-ratelimit-count'), '3');
      assert.equal((await ask(second)).status, 200);
    });

    it('are per user and client for users', async () => {
      const r = await limited();
      for (let n = 0; n < 2; n++) assert.equal((await r.send('Sales Agent 7', ME)).status, 200);
      const refused = await r.send('Sales Agent 7', ME);
      assert.equal(refused.status, 429);
      assert.equal(refused.json['limit']?.['key'], 'org.app.user.rate.per.minute' as unknown);
      assert.equal((await r.send('Sales Agent 1', ME)).status, 200);
    });

    it('begin anew after a minute', () => {
      const rate = { window: { startedAt: 0, count: 0 }, key: 'token.rate.per.minute' };
      const from = 1_000_000;
      assert.equal(count(rate, 1, from), undefined);
      const refused = count(rate, 1, from + 20_500);
      assert.deepEqual([refused?.status, refused?.headers?.['Retry-After']], [429, '40']);
      assert.deepEqual(rateHeaders(rate, 1, from + 20_500), { 'inin-ratelimit-count': '2', 'inin-ratelimit-allowed': '1', 'inin-ratelimit-reset': '40' });
      assert.equal(count(rate, 1, from + 60_000), undefined);
    });
  });

  describe('access rules', () => {
    const DENIED = [403, 'not.authorized'];
    const withRule = (rule: object) => start({ org: { ...orgCopy(), accessRules: [{ name: 'a rule', subjects: ['admin-tool'], ...rule }] } });

    it('deny operations by pattern', async () => {
      const r = await withRule({ operations: ['* /api/v2/routing/*'] });
      assert.deepEqual(codeOf(await r.send('admin-tool', 'GET /api/v2/routing/queues')), DENIED);
      assert.equal((await r.send('admin-tool', 'GET /api/v2/users')).status, 200);
      assert.equal((await r.send('Admin 1', 'GET /api/v2/routing/queues')).status, 200);
    });

    it('deny what needs a permission, unless another that suffices is left', async () => {
      const both = await withRule({ permissions: ['conversation:call:*', 'conversation:agentlessCall:*'] });
      assert.deepEqual(codeOf(await both.send('admin-tool', 'POST /api/v2/conversations/calls/user/{Sales Agent 7}', NUMBER)), DENIED);
      const one = await withRule({ permissions: ['conversation:call:*'] });
      assert.equal((await one.send('admin-tool', 'POST /api/v2/conversations/calls/user/{Sales Agent 7}', NUMBER)).status, 200);
    });

    it('spare those who come from an address of the list', async () => {
      assert.deepEqual(codeOf(await (await withRule({ addresses: ['203.0.113.7'] })).send('admin-tool', 'GET /api/v2/users')), DENIED);
      assert.equal((await (await withRule({ addresses: ['127.0.0.1'] })).send('admin-tool', 'GET /api/v2/users')).status, 200);
    });

    it('are refused in an org file where they are about nobody', async () => {
      await assert.rejects(
        start({ org: { ...orgCopy(), accessRules: [{ name: 'x', subjects: ['Nobody'] }] } }),
        /\/accessRules\/0\/subjects\/0: no user or client "Nobody"/,
      );
    });
  });

  it('comes before the body: who may not do it learns nothing of what they sent', async () => {
    const r = await start();
    assert.equal((await r.send('reporting-tool', 'POST /api/v2/conversations/calls/user/{Sales Agent 7}', '{"phoneNumber": ')).status, 403);
    assert.equal((await r.send('dialer-service', 'POST /api/v2/conversations/calls/user/{Sales Agent 7}', '{"phoneNumber": ')).status, 400);
  });
});
