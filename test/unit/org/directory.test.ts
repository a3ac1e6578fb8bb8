import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Client } from '../../../src/org/client.js';
import { listQueues, readAgentById, searchAgents } from '../../../src/org/directory.js';
import { type Http, send } from '../../../src/org/http.js';
import { sandboxRegion } from '../../../src/platform/regions.js';
import { orgCopy, type Running, start } from '../sandbox/harness.js';
import { clientAs } from './mirror.js';
import { serve } from './server.js';

const clientOf = (origin: string, http: Http = send): Client => new Client(sandboxRegion(origin), async () => ({ kind: 'ok', token: 'some-token-123' }), http);
/** A client whose every answer is `json`. */
const answering = (json: unknown): Client =>
  clientOf('http://127.0.0.1:1', async () => ({ kind: 'answered', status: 200, headers: [], body: JSON.stringify(json), cut: false, ms: 1 }));

describe('org/directory against the sandbox', () => {
  let org: Running;
  before(async () => {
    org = await start();
  });

  it('finds people by a part of their name, whatever its case, with what a call needs', async () => {
    const found = await searchAgents(await clientAs(org, 'dialer-service'), '  sales agent 7 ');
    assert.ok(found.kind === 'ok');
    assert.deepEqual(found.value.items, [
      {
        id: org.idOf('Sales Agent 7'),
        name: 'Sales Agent 7',
        divisionId: org.idOf('Sales'),
        division: 'Sales',
        presence: 'Available',
        routing: found.value.items[0]?.routing,
        station: 'web-sales-7',
      },
    ]);
  });

  it('lists the first people for no query, and says how many there are', async () => {
    const found = await searchAgents(await clientAs(org, 'dialer-service'), '');
    assert.ok(found.kind === 'ok');
    assert.deepEqual([found.value.items.length, found.value.total], [25, 38]);
  });

  it('has an empty list for nobody', async () => {
    assert.deepEqual(await searchAgents(await clientAs(org, 'dialer-service'), 'Nobody at all'), { kind: 'ok', value: { items: [], total: 0 } });
  });

  it('tells nobody’s station from one that is not shown', async () => {
    const care = await searchAgents(await clientAs(org, 'dialer-service'), 'Care Agent 3');
    assert.equal(care.kind === 'ok' && care.value.items[0]?.station, '');
  });

  it('says what is missing where the search is refused', async () => {
    const changed = orgCopy();
    const agent = changed.roles.find((r) => r.name === 'Agent');
    assert.ok(agent);
    agent.policies = agent.policies.filter((p) => p.domain !== 'directory');
    const other = await start({ org: changed });
    const found = await searchAgents(await clientAs(other, 'Sales Agent 7'), 'x');
    assert.equal(found.kind === 'failed' && found.why, 'answered 403 missing.any.permissions (needs directory:user:view)');
  });

  it('reads the owner of a token, and nobody for a client', async () => {
    const me = await readAgentById(await clientAs(org, 'Sales Agent 7'), 'me');
    assert.equal(me.kind === 'ok' && me.value.name, 'Sales Agent 7');
    const client = await readAgentById(await clientAs(org, 'dialer-service'), 'me');
    assert.equal(client.kind === 'failed' && client.why, 'answered 400 not.a.user');
  });

  it('lists the queues of a user, and those that a client may see', async () => {
    const own = await listQueues(await clientAs(org, 'Sales Agent 7'), 'user');
    const all = await listQueues(await clientAs(org, 'dialer-service'), 'client');
    assert.ok(own.kind === 'ok' && all.kind === 'ok');
    assert.ok(own.value.items.length > 0 && own.value.items.length < all.value.items.length);
    assert.ok(all.value.items.some((q) => q.callingPartyNumber.startsWith('+')));
  });
});

describe('org/directory, the request', () => {
  it('asks for one page of 25 with one request, and never puts the words into the URL', async () => {
    const server = await serve((r) => r.writeHead(200).end('{"results":[],"total":0}'));
    const words = 'a"b\\c&d?e/f%20\u0000ü';
    await searchAgents(clientOf(server.origin), words);
    const [seen] = server.seen;
    assert.deepEqual([server.seen.length, seen?.method, seen?.url], [1, 'POST', '/api/v2/users/search']);
    const body = JSON.parse(seen?.body ?? '') as { pageSize: number; pageNumber: number; query: unknown };
    assert.deepEqual([body.pageSize, body.pageNumber], [25, 1]);
    assert.deepEqual(body.query, [{ type: 'CONTAINS', fields: ['name', 'email'], value: words }]);
  });

  it('keeps an id inside its path', async () => {
    const server = await serve((r) => r.writeHead(200).end('{"id":"x"}'));
    await readAgentById(clientOf(server.origin), 'a/../b?c#d');
    assert.equal(server.seen[0]?.url, '/api/v2/users/a%2F..%2Fb%3Fc%23d?expand=station,presence,routingStatus');
  });

  it('is cancelled when the next letter is typed', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    assert.deepEqual(await searchAgents(clientOf(server.origin), 'x', controller.signal), { kind: 'cancelled' });
  });
});

describe('org/directory, odd answers', () => {
  it('takes an answer without results for nobody', async () => {
    assert.deepEqual(await searchAgents(answering({ total: 0 }), 'x'), { kind: 'ok', value: { items: [], total: 0 } });
  });

  const shapes: readonly unknown[] = [[], 'x', 7, null, true];
  for (const shape of shapes)
    it(`says that ${JSON.stringify(shape)} has another shape`, async () => {
      for (const answer of [
        await searchAgents(answering(shape), 'x'),
        await readAgentById(answering(shape), 'x'),
        await listQueues(answering(shape), 'client'),
      ])
        assert.equal(answer.kind === 'failed' && answer.why, 'the answer has another shape than documented');
    });

  it('leaves out people without an id, and shows the id of those without a name', async () => {
    const found = await searchAgents(answering({ results: [{ name: 'No id' }, null, 7, { id: 'u1' }], total: 'many' }), 'x');
    assert.ok(found.kind === 'ok');
    assert.deepEqual(
      found.value.items.map((a) => a.name),
      ['u1'],
    );
    assert.equal(found.value.total, 1);
  });

  it('has queues, or says why not', async () => {
    assert.deepEqual(await listQueues(answering({ entities: [{ id: 'q' }, {}] }), 'user'), {
      kind: 'ok',
      value: { items: [{ id: 'q', name: 'q', division: '', callingPartyName: '', callingPartyNumber: '' }], total: 1 },
    });
    assert.equal((await listQueues(answering({ results: [] }), 'user')).kind, 'failed');
  });

  it('throws at nothing', () =>
    fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (json) => {
        await searchAgents(answering({ results: [json, { id: 'x', station: json, presence: json, division: json }] }), 'x');
        await listQueues(answering({ entities: [json, { id: 'x', division: json }] }), 'user');
        await readAgentById(answering(json), 'x');
      }),
      { numRuns: 200 },
    ));
});
