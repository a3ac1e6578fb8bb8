import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { allowsEverything, grantsOf, type Known, type OrgFacts } from '../../../src/diagnosis/orgFacts.js';
import type { HttpRequest } from '../../../src/exchange/exchange.js';
import { Client } from '../../../src/org/client.js';
import { gatherFacts } from '../../../src/org/evidence.js';
import { send } from '../../../src/org/http.js';
import { readCatalogue, readGrants, readPerson, readStation, readTokenInfo, readUserStation } from '../../../src/org/parse.js';
import { buildCallRequest, type CallIntent } from '../../../src/platform/callRequest.js';
import { sandboxRegion } from '../../../src/platform/regions.js';
import { operations, orgCopy, type Running, start } from '../sandbox/harness.js';
import { clientAs, mirror } from './mirror.js';

const known = <T>(fact: Known<T> | undefined): T => {
  assert.equal(fact?.kind, 'known', JSON.stringify(fact));
  return (fact as Extract<Known<T>, { kind: 'known' }>).value;
};
const answering =
  (status: number, body: string) =>
  (response: ServerResponse): unknown =>
    response.writeHead(status).end(body);
const gather = (client: Client, request: HttpRequest | undefined, signal?: AbortSignal): Promise<OrgFacts> =>
  gatherFacts(client, request ? { request } : {}, operations, signal);
const REFUSED = JSON.stringify({
  status: 403,
  code: 'missing.any.permissions',
  message:
    'Unable to perform the requested action. You must have at least one of the following permissions assigned: [conversation:agentlessCall:add, conversation:call:add]',
  contextId: 'c',
});
const requestFor = (client: Client, intent: Partial<CallIntent> & Pick<CallIntent, 'as'>): HttpRequest => {
  const call = buildCallRequest({ destination: { kind: 'phone', phoneNumber: '+13175550142' }, ...intent });
  return client.describe(call.method, call.path, call.body);
};

describe('org/evidence', () => {
  let org: Running;
  before(async () => {
    org = await start({ org: { ...orgCopy(), rateLimitPerMinute: 100_000 } });
  });
  const onBehalf = (client: Client): HttpRequest =>
    requestFor(client, { as: 'on-behalf', agentId: org.idOf('Sales Agent 7'), fromQueueId: org.sandbox.queues[0]?.id ?? '' });

  it('learns who calls, what they hold, what the org has, the agent, the station and the queue', async () => {
    const client = await clientAs(org, 'wfm-tool');
    const facts = await gather(client, onBehalf(client));
    const caller = known(facts.caller);
    assert.deepEqual([caller.kind, caller.name, caller.grant], ['client', 'wfm-tool', 'CLIENT-CREDENTIALS']);
    const held = grantsOf(known(facts.grants), 'conversation:call:add');
    assert.deepEqual([...new Set(held.map((g) => g.divisionName))], ['Home']);
    assert.ok(known(facts.catalogue).some((p) => p.permission === 'conversation:call:add' && p.divisionAware));
    assert.deepEqual([known(facts.agent)?.name, known(facts.agent)?.divisionName], ['Sales Agent 7', 'Sales']);
    assert.deepEqual(known(facts.station), { name: 'web-sales-7', status: 'ASSOCIATED' });
    assert.equal(known(facts.queue)?.name, org.sandbox.queues[0]?.name);
  });

  const callers: readonly [name: string, kind: string, holds: boolean][] = [
    ['dialer-service', 'client', true],
    ['reporting-tool', 'client', false],
    ['admin-tool', 'client', true],
    ['Sales Agent 7', 'user', true],
    ['Warehouse Clerk 1', 'user', false],
  ];
  for (const [name, kind, holds] of callers)
    it(`tells what ${name} may do`, async () => {
      const client = await clientAs(org, name);
      const facts = await gather(client, requestFor(client, { as: 'self' }));
      assert.deepEqual([known(facts.caller).kind, known(facts.caller).name], [kind, name]);
      assert.equal(grantsOf(known(facts.grants), kind === 'client' ? 'conversation:call:add' : 'conversation:conference:add').length > 0, holds);
    });

  it('tells a user who has no station from one whose station is not shown', async () => {
    const client = await clientAs(org, 'Care Agent 3');
    assert.equal(known((await gather(client, requestFor(client, { as: 'self' }))).station), undefined);
    const withoutStation = JSON.stringify({ id: org.idOf('Care Agent 3'), name: 'Care Agent 3', division: { id: 'd', name: 'Care' } });
    const hidden = await mirror(org, ({ url }) => (url.startsWith('/api/v2/users/') ? answering(200, withoutStation) : undefined));
    const other = await clientAs(org, 'Care Agent 3', hidden.origin);
    assert.equal((await gather(other, requestFor(other, { as: 'self' }))).station?.kind, 'unchecked');
  });

  it('knows that nobody has an id, from the platform’s own 404 only', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    const client = await clientAs(org, 'dialer-service');
    const request = requestFor(client, { as: 'on-behalf', agentId: nobody, fromQueueId: nobody });
    const facts = await gather(client, request);
    assert.deepEqual([known(facts.agent), known(facts.queue)], [undefined, undefined]);
    const proxy = await mirror(org, ({ url }) => (url.includes(nobody) ? answering(404, '<html>Not here</html>') : undefined));
    const unsure = await gather(await clientAs(org, 'dialer-service', proxy.origin), request);
    assert.deepEqual([unsure.agent?.kind, unsure.queue?.kind], ['unchecked', 'unchecked']);
  });

  it('names the roles that would grant what is missing, the smallest first', async () => {
    const client = await clientAs(org, 'Auditor 1');
    const facts = await gather(client, onBehalf(client));
    const roles = known(facts.roles);
    assert.deepEqual(roles.map((r) => r.name).sort(), ['Admin', 'Agent', 'Dialer', 'Supervisor']);
    assert.equal([...roles].sort((a, b) => a.size - b.size)[0]?.name, 'Dialer');
    assert.deepEqual(
      roles.filter(allowsEverything).map((r) => r.name),
      ['Admin'],
    );
    const { findings } = diagnose({ exchange: { request: onBehalf(client) }, operations, facts });
    const missing = findings.find((f) => f.cause === 'missing-permission');
    assert.equal(missing?.verdict, 'confirmed');
    assert.deepEqual([missing?.remedy?.roleName, missing?.remedy?.divisionName], ['Dialer', 'Sales']);
  });

  it('says why the roles are not known, and asks for none where nothing is missing', async () => {
    const clerk = await clientAs(org, 'Warehouse Clerk 1');
    const facts = await gather(clerk, onBehalf(clerk));
    assert.ok(facts.roles?.kind === 'unchecked' && facts.roles.why.includes('authorization:role:view'), JSON.stringify(facts.roles));
    const dialer = await clientAs(org, 'dialer-service');
    assert.equal((await gather(dialer, onBehalf(dialer))).roles, undefined);
  });

  it('asks what is permitted where the grants cannot be read, and judges by it', async () => {
    const forbidden = answering(403, JSON.stringify({ status: 403, code: 'not.authorized', message: 'no', contextId: 'c' }));
    const proxy = await mirror(org, ({ url }) => (url.includes('/subjects/me') ? forbidden : undefined));
    const causes = async (who: string): Promise<string[]> => {
      const client = await clientAs(org, who, proxy.origin);
      const facts = await gather(client, onBehalf(client));
      assert.equal(facts.grants.kind, 'unchecked');
      const exchange = { request: onBehalf(client), response: { status: 403, headers: [], body: REFUSED } };
      const { findings } = diagnose({ exchange, operations, facts });
      return findings.filter((f) => f.verdict === 'confirmed' || f.verdict === 'likely').map((f) => `${f.verdict} ${f.cause}`);
    };
    assert.deepEqual(await causes('reporting-tool'), ['confirmed missing-permission']);
    assert.deepEqual(await causes('wfm-tool'), ['confirmed missing-division']);
    assert.deepEqual(await causes('dialer-service'), ['likely stale-grant']);
  });

  it('knows the division of what any operation names, and the names of divisions that an answer names', async () => {
    const client = await clientAs(org, 'wfm-tool');
    const sales = org.idOf('Sales');
    const queue = org.sandbox.queues.find((q) => q.division === 'Sales')?.id;
    const request = client.describe('DELETE', `/api/v2/routing/queues/${queue}`);
    const message = `Unable to perform the requested action. You are missing the following permission(s): [routing:queue:delete:${sales}]`;
    const body = JSON.stringify({ status: 403, code: 'missing.division.permission', message, contextId: 'c', details: [], errors: [] });
    const facts = await gatherFacts(client, { request, response: { status: 403, headers: [], body } }, operations);
    assert.equal(known(facts.queue)?.divisionName, 'Sales');
    assert.equal(known(facts.divisionNames).get(sales), 'Sales');
    const user = client.describe('DELETE', `/api/v2/users/${org.idOf('Care Agent 3')}`);
    assert.equal(known((await gather(client, user)).agent)?.divisionName, 'Care');
  });

  it('knows presence and routing status of the agent, and whether the shown number is the org’s', async () => {
    const none = answering(200, JSON.stringify({ entities: [], pageSize: 25, pageNumber: 1, total: 0, pageCount: 0 }));
    const proxy = await mirror(org, ({ url }) => (url.includes('/dids') ? none : undefined));
    const client = await clientAs(org, 'wfm-tool', proxy.origin);
    const facts = await gather(client, requestFor(client, { as: 'on-behalf', agentId: org.idOf('Sales Agent 7'), options: { callerId: '+13175550199' } }));
    assert.ok(known(facts.availability).presence.length > 0);
    assert.equal(known(facts.callerNumber), undefined);
    assert.equal(proxy.seen.filter((s) => s.url.includes('phoneNumber=%2B13175550199')).length, 1);
  });

  it('asks only what the request needs, and reads only', async () => {
    const all = await mirror(org, undefined, 100);
    const client = await clientAs(org, 'wfm-tool', all.origin);
    await gather(client, onBehalf(client));
    assert.ok(all.seen.length <= 9, String(all.seen.length));
    assert.equal(all.roundTrips(), 2);
    assert.ok(all.seen.every((s) => s.method === 'GET' && s.body === ''));
    const few = await mirror(org);
    await gather(await clientAs(org, 'wfm-tool', few.origin), undefined);
    assert.ok(!few.seen.some((s) => /\/(?:users|queues|stations)\//.test(s.url)));
  });

  it('asks for no id that is none: a placeholder, a name, half a surrogate', async () => {
    const seen = await mirror(org);
    const client = await clientAs(org, 'wfm-tool', seen.origin);
    for (const agent of ['{{agent_user_id}}', 'me', '..', 'sales.agent@example.com', '%2e%2e'])
      for (const queue of ['{{queue}}', '../../../oauth', '\ud800', ''])
        await gather(client, {
          method: 'POST',
          url: `https://api.mypurecloud.com/api/v2/conversations/calls/user/${agent}`,
          headers: [],
          body: JSON.stringify({ callFromQueueId: queue }),
        });
    assert.deepEqual(
      seen.seen.filter((s) => !/^\/api\/v2\/(?:tokens\/me|authorization\/)/.test(s.url)),
      [],
    );
  });

  it('stops everything when it is cancelled', async () => {
    const controller = new AbortController();
    const slow = await mirror(org, () => () => controller.abort());
    const client = await clientAs(org, 'wfm-tool', slow.origin);
    const facts = await gather(client, onBehalf(client), controller.signal);
    assert.ok(slow.seen.length <= 5);
    assert.deepEqual(
      [facts.caller, facts.grants].map((f) => f.kind === 'unchecked' && f.why),
      ['cancelled', 'cancelled'],
    );
  });

  const paths: readonly [fact: keyof OrgFacts, path: RegExp][] = [
    ['caller', /^\/api\/v2\/tokens\/me/],
    ['grants', /^\/api\/v2\/authorization\/subjects\/me/],
    ['catalogue', /^\/api\/v2\/authorization\/permissions/],
    ['agent', /^\/api\/v2\/users\//],
    ['station', /^\/api\/v2\/users\//],
    ['queue', /^\/api\/v2\/routing\/queues\//],
  ];
  const platform = (status: number, code: string): string => JSON.stringify({ status, code, message: 'no', contextId: 'c' });
  const failures: readonly [what: string, answer: (response: ServerResponse) => unknown][] = [
    ['a 403', answering(403, platform(403, 'missing.any.permissions'))],
    ['an HTML page', answering(200, '<html>')],
    ['a 500', answering(500, platform(500, 'internal.server.error'))],
    ['silence', () => {}],
    ['a reset', (r) => r.socket?.resetAndDestroy()],
    ['an empty object', answering(200, '{}')],
    ['an empty list', answering(200, '{"entities":[],"pageCount":0}')],
    ['something of another kind', answering(200, '{"id":"x","name":"y","ok":true}')],
    ['half an answer', answering(200, '{"id":')],
  ];
  for (const [fact, path] of paths)
    for (const [what, answer] of failures)
      it(`leaves ${fact} unchecked with a reason at ${what}, and the others stand`, async () => {
        const broken = await mirror(org, ({ url }) => (path.test(url) ? answer : undefined));
        const token = await org.token('wfm-tool');
        const client = new Client(
          sandboxRegion(broken.origin),
          async () => ({ kind: 'ok', token }),
          (r) => send({ ...r, timeout: what === 'silence' ? 120 : 2000 }),
        );
        const request = onBehalf(client);
        const facts = await gather(client, request);
        const it = facts[fact] as Known<unknown>;
        assert.equal(it.kind, 'unchecked', JSON.stringify(it));
        assert.ok(it.kind === 'unchecked' && it.why.length > 5, JSON.stringify(it));
        const alike = fact === 'agent' ? 'station' : fact === 'station' ? 'agent' : fact;
        for (const other of ['caller', 'grants', 'catalogue', 'agent', 'station', 'queue'] as const)
          if (other !== fact && other !== alike) assert.equal(facts[other]?.kind, 'known', `${other}: ${JSON.stringify(facts[other])}`);
        // A check that could not be made is never a finding: nothing fails that does not fail with all facts.
        const all = await gather(await clientAs(org, 'wfm-tool'), request);
        const causes = (facts: OrgFacts): string[] =>
          diagnose({ exchange: { request }, operations, facts })
            .findings.filter((f) => f.verdict === 'confirmed' || f.verdict === 'likely')
            .map((f) => f.cause);
        for (const cause of causes(facts)) assert.ok(causes(all).includes(cause), `${cause} out of nothing`);
      });
});

describe('org/parse', () => {
  const readers = { readTokenInfo, readGrants, readCatalogue, readPerson, readUserStation, readStation };
  for (const [name, reader] of Object.entries(readers))
    it(`${name} throws at nothing that JSON can say`, () => {
      const bad = fc.record(
        Object.fromEntries(
          ['id', 'name', 'division', 'grants', 'entities', 'station', 'OAuthClient', 'permissionMap', 'role', 'policies'].map((k) => [k, fc.jsonValue()]),
        ),
        { requiredKeys: [] },
      );
      fc.assert(
        fc.property(fc.oneof(fc.jsonValue(), bad), (json) => void reader(json)),
        { numRuns: 300 },
      );
    });

  const incomplete: readonly [what: string, grant: unknown][] = [
    ['a role without its policies', { division: { id: 'd' }, role: { id: 'r', name: 'Agent' } }],
    ['a grant without its division', { role: { id: 'r', policies: [] } }],
    ['something that is no grant', null],
  ];
  for (const [what, grant] of incomplete)
    it(`takes no list of grants for complete that has ${what}`, () => {
      const whole = { division: { id: 'd', name: 'D' }, role: { id: 'r', name: 'R', policies: [] } };
      assert.equal(readGrants({ grants: [whole] })?.length, 1);
      assert.equal(readGrants({ grants: [whole, grant] }), undefined);
    });

  it('takes the caller for a client only where the grant says so and no user is named', () => {
    const info = (grant: string | undefined, user?: object | null) =>
      readTokenInfo({ OAuthClient: { id: 'c', name: 'n', authorizedGrantType: grant }, authenticatedUser: user });
    assert.equal(info('CLIENT-CREDENTIALS', null)?.kind, 'client');
    assert.equal(info('CLIENT_CREDENTIALS')?.kind, 'client');
    assert.equal(info('CODE')?.kind, 'user');
    assert.equal(info('CLIENT-CREDENTIALS', { id: 'u', name: 'U' })?.kind, 'user');
    assert.equal(info(undefined), undefined);
  });
});
