import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Client } from '../../../src/org/client.js';
import { listChoices } from '../../../src/org/idChoices.js';
import { type ClientSource, NameCache, type Told } from '../../../src/org/nameCache.js';
import { type NamedKind, readName } from '../../../src/org/names.js';
import { sandboxRegion } from '../../../src/platform/regions.js';
import org from '../../../src/sandbox/org/org.json';
import { type Running, start } from '../sandbox/harness.js';
import { clientAs, mirror } from './mirror.js';
import { serve } from './server.js';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const KINDS: readonly NamedKind[] = ['user', 'queue', 'skill', 'language', 'external-contact', 'wrap-up-code', 'script'];

const answering = (status: number, body: string): Client =>
  new Client(
    sandboxRegion('http://127.0.0.1:1'),
    async () => ({ kind: 'ok', token: 'some-token-123' }),
    async () => ({ kind: 'answered', status, headers: [], body, cut: false, ms: 1 }),
  );
const sourceOf =
  (client: Client): ClientSource =>
  async () => ({ kind: 'ok', client });

describe('org/names against the sandbox', () => {
  let sandbox: Running;
  before(async () => {
    sandbox = await start();
  });

  it('names a queue with its caller ID and division', async () => {
    const told = await readName(await clientAs(sandbox, 'dialer-service'), 'queue', sandbox.idOf('Sales EMEA'));
    assert.deepEqual(told, { kind: 'ok', value: { name: 'Sales EMEA', details: ['caller ID Example Sales +442079460100', 'division Sales'] } });
  });

  it('names a user with division, station and presence', async () => {
    const client = await clientAs(sandbox, 'dialer-service');
    const told = await readName(client, 'user', sandbox.idOf('Sales Agent 7'));
    assert.deepEqual(told, { kind: 'ok', value: { name: 'Sales Agent 7', details: ['division Sales', 'station web-sales-7', 'Available'] } });
    const without = await readName(client, 'user', sandbox.idOf('Care Agent 3'));
    assert.ok(without.kind === 'ok' && without.value.details.includes('no station'));
  });

  it('names skills, languages and wrap-up codes', async () => {
    const client = await clientAs(sandbox, 'admin-tool');
    for (const [kind, things] of [
      ['skill', org.skills],
      ['language', org.languages],
      ['wrap-up-code', org.wrapUpCodes],
    ] as const) {
      const told = await readName(client, kind, things[0]?.id ?? '');
      assert.equal(told.kind === 'ok' && told.value.name, things[0]?.name);
    }
  });

  it('names an external contact', async () => {
    const [contact] = (await sandbox.send('admin-tool', 'GET /api/v2/externalcontacts/contacts')).json['entities'] as unknown as { id: string }[];
    const told = await readName(await clientAs(sandbox, 'admin-tool'), 'external-contact', contact?.id ?? '');
    assert.ok(told.kind === 'ok' && told.value.name !== '' && told.value.name !== contact?.id);
  });

  it('asks with one request', async () => {
    const between = await mirror(sandbox);
    const client = await clientAs(sandbox, 'admin-tool', between.origin);
    await readName(client, 'user', sandbox.idOf('Sales Agent 7'));
    assert.equal(between.seen.length, 1);
  });

  it('lists what an id could be', async () => {
    const client = await clientAs(sandbox, 'admin-tool');
    const people = await listChoices(client, 'client', 'user', 'sales agent 7');
    assert.deepEqual(people, { kind: 'ok', value: [{ id: sandbox.idOf('Sales Agent 7'), name: 'Sales Agent 7', detail: 'Sales · web-sales-7' }] });
    const queues = await listChoices(client, 'client', 'queue', '');
    assert.ok(queues.kind === 'ok' && queues.value.some((q) => q.name === 'Sales EMEA' && q.detail === 'Sales'));
    for (const kind of ['skill', 'language', 'wrap-up-code'] as const) {
      const found = await listChoices(client, 'client', kind, '');
      assert.ok(found.kind === 'ok' && found.value.length > 1, kind);
    }
  });
});

describe('org/names, odd answers', () => {
  it('sends nothing for what is no id', async () => {
    const server = await serve((r) => r.writeHead(200).end('{}'));
    const client = new Client(
      sandboxRegion(server.origin),
      async () => ({ kind: 'ok', token: 't' }),
      async () => assert.fail('it was sent'),
    );
    for (const kind of KINDS) assert.equal((await readName(client, kind, '../../../oauth/token')).kind, 'failed');
  });

  it('throws at nothing, and takes nothing without an id for a name', () =>
    fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.constantFrom(...KINDS), async (json, kind) => {
        assert.equal((await readName(answering(200, JSON.stringify(json)), kind, ID)).kind, 'failed');
        await readName(answering(200, JSON.stringify({ id: ID, name: json, division: json, firstName: json, station: json })), kind, ID);
      }),
      { numRuns: 200 },
    ));

  const DENIED =
    '{"status":403,"code":"missing.permissions","message":"Unable to perform the requested action. You are missing the following permission(s): [routing:queue:view]"}';
  const tells: readonly [what: string, status: number, body: string, told: Told][] = [
    ['a 404 of the platform', 404, '{"status":404,"code":"not.found","message":"no"}', { kind: 'absent' }],
    ['a 404 of a proxy', 404, '<html>', { kind: 'unknown', why: 'answered 404 with an HTML page' }],
    ['a refusal', 403, DENIED, { kind: 'forbidden', permissions: ['routing:queue:view'] }],
    ['a refusal of a proxy', 403, '<html>', { kind: 'unknown', why: 'answered 403 with an HTML page' }],
    ['a fault', 503, '', { kind: 'unknown', why: 'answered 503' }],
  ];
  for (const [what, status, body, told] of tells)
    it(`tells ${what} as ${told.kind}`, async () => {
      assert.deepEqual(await new NameCache().tell('me', sourceOf(answering(status, body)), 'queue', ID), told);
    });

  it('tells why there is no way to the org', async () => {
    const told = await new NameCache().tell('me', async () => ({ kind: 'failed', why: 'the sandbox was stopped' }), 'queue', ID);
    assert.deepEqual(told, { kind: 'unknown', why: 'the sandbox was stopped' });
  });
});

/** A client whose requests are answered when the test says so. */
function waiting() {
  const asked: { answer(name: string): void; readonly signal: AbortSignal | undefined }[] = [];
  const client = new Client(
    sandboxRegion('http://127.0.0.1:1'),
    async () => ({ kind: 'ok', token: 'some-token-123' }),
    (request) =>
      new Promise((resolve) => {
        request.signal?.addEventListener('abort', () => resolve({ kind: 'cancelled' }));
        asked.push({
          signal: request.signal,
          answer: (name) => resolve({ kind: 'answered', status: 200, headers: [], body: JSON.stringify({ id: ID, name }), cut: false, ms: 1 }),
        });
      }),
  );
  return { asked, source: sourceOf(client) };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const nameOf = (told: Told): string => (told.kind === 'named' ? told.name.name : told.kind);

describe('org/nameCache', () => {
  it('sends one request for all who ask at the same time, and none for minutes after', async () => {
    let now = 0;
    const cache = new NameCache(() => now);
    const { asked, source } = waiting();
    const both = [cache.tell('me', source, 'queue', ID), cache.tell('me', source, 'queue', ID.toUpperCase())];
    await turn();
    asked[0]?.answer('Sales');
    assert.deepEqual((await Promise.all(both)).map(nameOf), ['Sales', 'Sales']);
    now = 4 * 60_000;
    assert.equal(nameOf(await cache.tell('me', source, 'queue', ID)), 'Sales');
    assert.equal(asked.length, 1);
    now = 6 * 60_000;
    const later = cache.tell('me', source, 'queue', ID);
    await turn();
    asked[1]?.answer('Renamed');
    assert.equal(nameOf(await later), 'Renamed');
  });

  it('never answers one account or kind with what another was told', async () => {
    const cache = new NameCache();
    const { asked, source } = waiting();
    const all = [cache.tell('me', source, 'queue', ID), cache.tell('you', source, 'queue', ID), cache.tell('me', source, 'skill', ID)];
    await turn();
    for (const [i, a] of asked.entries()) a.answer(`${i}`);
    assert.deepEqual((await Promise.all(all)).map(nameOf), ['0', '1', '2']);
  });

  it('ends the request when all who wait for it have given up, and not before', async () => {
    const cache = new NameCache();
    const { asked, source } = waiting();
    const [first, second] = [new AbortController(), new AbortController()];
    const told = [cache.tell('me', source, 'queue', ID, first.signal), cache.tell('me', source, 'queue', ID, second.signal)];
    await turn();
    first.abort();
    assert.equal((await told[0])?.kind, 'cancelled');
    assert.equal(asked[0]?.signal?.aborted, false);
    second.abort();
    assert.equal((await told[1])?.kind, 'cancelled');
    assert.equal(asked[0]?.signal?.aborted, true);
    const again = cache.tell('me', source, 'queue', ID);
    await turn();
    asked[1]?.answer('Sales');
    assert.equal(nameOf(await again), 'Sales');
  });

  it('asks nobody for who has given up already', async () => {
    const { asked, source } = waiting();
    assert.equal((await new NameCache().tell('me', source, 'queue', ID, AbortSignal.abort())).kind, 'cancelled');
    assert.equal(asked.length, 0);
  });

  it('keeps a fault for seconds only', async () => {
    let now = 0;
    const cache = new NameCache(() => now);
    assert.equal((await cache.tell('me', sourceOf(answering(503, '')), 'queue', ID)).kind, 'unknown');
    now = 11_000;
    assert.equal(nameOf(await cache.tell('me', sourceOf(answering(200, JSON.stringify({ id: ID, name: 'Sales' }))), 'queue', ID)), 'Sales');
  });

  it('drops an answer that comes after somebody else signed in', async () => {
    const cache = new NameCache();
    const { asked, source } = waiting();
    const before = cache.tell('me', source, 'queue', ID);
    await turn();
    cache.forget();
    asked[0]?.answer('Of the other org');
    await before;
    const after = cache.tell('me', source, 'queue', ID);
    await turn();
    asked[1]?.answer('Of this org');
    assert.equal(nameOf(await after), 'Of this org');
  });

  it('stays small', async () => {
    const cache = new NameCache();
    let sent = 0;
    const client = new Client(
      sandboxRegion('http://127.0.0.1:1'),
      async () => ({ kind: 'ok', token: 't' }),
      async () => {
        sent++;
        return { kind: 'answered', status: 200, headers: [], body: JSON.stringify({ id: ID, name: 'x' }), cut: false, ms: 1 };
      },
    );
    const id = (n: number): string => `${String(n).padStart(8, '0')}${ID.slice(8)}`;
    for (let n = 0; n < 600; n++) await cache.tell('me', sourceOf(client), 'skill', id(n));
    await cache.tell('me', sourceOf(client), 'skill', id(599));
    assert.equal(sent, 600, 'the newest is kept');
    await cache.tell('me', sourceOf(client), 'skill', id(0));
    assert.equal(sent, 601, 'the oldest is not');
  });
});
