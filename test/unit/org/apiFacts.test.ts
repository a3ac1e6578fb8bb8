import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { type FactsOrder, type FreshFacts, readApiFacts, storeFacts } from '../../../src/org/apiFacts.js';
import { stream } from '../../../src/org/http.js';
import { readIndex, writeIndex } from '../../../src/platform/operationIndex.js';
import { Operations } from '../../../src/platform/operations.js';
import { sandboxRegion } from '../../../src/platform/regions.js';
import { type Described, description } from '../platform/description.js';
import { operations as shipped } from '../platform/facts.js';
import { orgCopy, start } from '../sandbox/harness.js';
import { json, nobody, serve, serveSocket } from './server.js';

const ON_BEHALF = 'POST /api/v2/conversations/calls/user/{userId}';
const API: Readonly<Record<string, Described>> = {
  'POST /api/v2/conversations/calls': { any: ['conversation:conference:add'] },
  [ON_BEHALF]: { any: ['conversation:call:add'], scopes: ['conversations'], errors: ['not.a.user'] },
  'GET /api/v2/routing/skills': { any: ['routing:skill:view'], scopes: ['routing', 'routing:readonly', 'all'] },
  'POST /api/v2/conversations/teleport': { all: ['conversation:teleport:add', 'conversation:call:add'], deprecated: true },
};
const TODAY = '2026-11-22';

const order = (origin: string, more: Partial<FactsOrder> = {}): FactsOrder => ({
  region: sandboxRegion(origin),
  shipped,
  known: shipped,
  today: TODAY,
  ...more,
});
type Fresh = Extract<FreshFacts, { kind: 'fresh' }>;
async function fresh(origin: string, more: Partial<FactsOrder> = {}): Promise<Fresh> {
  const facts = await readApiFacts(order(origin, more), stream);
  assert.equal(facts.kind, 'fresh', JSON.stringify(facts));
  return facts as Fresh;
}
const why = async (origin: string): Promise<string> => {
  const facts = await readApiFacts(order(origin), stream);
  return facts.kind === 'failed' ? facts.why : facts.kind;
};
/** Serves one operation more than none, so that the changes are few. */
const small = (before: readonly string[]): Operations =>
  Operations.parse(
    writeIndex(
      { source: 'A test.', asOf: '2026-08-15', asOfUndocumented: '2026-09-16', scopes: [] },
      [...shipped.all()].filter((o) => before.includes(`${o.method} ${o.path}`)),
    ),
  );

describe('facts of the live API', () => {
  it('are asked for once, without a token', async () => {
    const server = await serve((r) => json(r, 200, description(API)));
    await fresh(server.origin);
    assert.deepEqual(
      server.seen.map((s) => [s.method, s.url, s.headers.authorization, s.headers.cookie]),
      [['GET', '/api/v2/docs/swagger', undefined, undefined]],
    );
  });

  it('are what the description says, as of today, from that region', async () => {
    const server = await serve((r) => json(r, 200, description(API)));
    const { operations } = await fresh(server.origin);
    const { rule, permissions, scopes, scopesFrom, userContext, asOf } = operations.get('POST', '/api/v2/conversations/calls/user/{userId}');
    assert.deepEqual(
      [rule, permissions, scopes, scopesFrom, userContext, asOf],
      ['any', ['conversation:call:add'], ['conversations'], 'official', 'required', TODAY],
    );
    assert.deepEqual(operations.get('GET', '/api/v2/routing/skills').scopes, ['routing', 'routing:readonly']);
    assert.equal(operations.get('POST', '/api/v2/conversations/teleport').deprecated, true);
    assert.equal(operations.listedAsOf, TODAY);
    assert.ok(operations.source.includes(new URL(server.origin).host) && operations.source.includes(TODAY));
    assert.equal(operations.find('GET', '/api/v2/users/me').kind, 'unknown-path');
  });

  it('keep what ships where the description is silent: user context and deduced scopes', async () => {
    const server = await serve((r) => json(r, 200, description({ ...API, 'POST /api/v2/conversations/callbacks': { all: ['conversation:callback:create'] } })));
    const { operations } = await fresh(server.origin);
    const plain = operations.get('POST', '/api/v2/conversations/calls');
    assert.deepEqual([plain.userContext, plain.scopes, plain.scopesFrom], ['required', ['conversations'], 'likely']);
    assert.equal(operations.get('POST', '/api/v2/conversations/callbacks').userContext, 'not-required');
  });

  it('keep preview operations, which are described elsewhere, with their own date', async () => {
    const server = await serve((r) => json(r, 200, description(API)));
    const { operations } = await fresh(server.origin);
    const preview = [...shipped.all()].filter((o) => o.preview);
    assert.ok(preview.length > 0);
    for (const o of preview) assert.deepEqual({ ...operations.get(o.method, o.path) }, o);
    assert.equal(operations.count, preview.length + Object.keys(API).length);
  });

  it('tell what changed', async () => {
    const server = await serve((r) => json(r, 200, description(API)));
    const known = small(['POST /api/v2/conversations/calls', ON_BEHALF, 'GET /api/v2/users/me']);
    const { changes } = await fresh(server.origin, { known, shipped: known });
    const names = (list: readonly { readonly method: string; readonly path: string }[]): string[] => list.map((o) => `${o.method} ${o.path}`).sort();
    assert.deepEqual(names(changes.added), ['GET /api/v2/routing/skills', 'POST /api/v2/conversations/teleport']);
    assert.deepEqual(names(changes.removed), ['GET /api/v2/users/me']);
    assert.deepEqual(
      changes.permissions.map((c) => [c.before.permissions, c.after.permissions]),
      [[['conversation:agentlessCall:add', 'conversation:call:add'], ['conversation:call:add']]],
    );
    assert.deepEqual(names(changes.userContext), [ON_BEHALF]);
  });

  it('are an index that can be stored and read again', async () => {
    const server = await serve((r) => json(r, 200, description(API)));
    const { index, operations } = await fresh(server.origin);
    const read = readIndex(index);
    assert.ok(read.ok);
    assert.deepEqual([...read.operations.all()], [...operations.all()]);
  });

  it('come packed, and say how far they are', async () => {
    const server = await serve((r) => r.writeHead(200, { 'Content-Encoding': 'gzip' }).end(zlib.gzipSync(JSON.stringify(description(API)))));
    const seen: number[] = [];
    await fresh(server.origin, { progress: (bytes) => seen.push(bytes) });
    assert.ok((seen.at(-1) ?? 0) > 1000);
  });

  it('are not read further than the end of the paths', async () => {
    const text = JSON.stringify(description(API));
    const server = await serve((r) => r.writeHead(200, { 'Content-Type': 'application/json' }).write(text.slice(0, text.indexOf('"definitions"'))));
    await fresh(server.origin);
  });

  it('are found behind a redirect of the same host', async () => {
    const server = await serve((r, seen) => {
      if (seen.url === '/api/v2/docs/swagger') r.writeHead(302, { Location: '/static/swagger.json' }).end('moved');
      else json(r, 200, description(API));
    });
    assert.equal((await fresh(server.origin)).operations.listedAsOf, TODAY);
    assert.deepEqual(
      server.seen.map((s) => s.url),
      ['/api/v2/docs/swagger', '/static/swagger.json'],
    );
  });
});

describe('facts of the live API that cannot be had', () => {
  it('are not fetched from a host that is redirected to without TLS', async () => {
    const stranger = await serve((r) => json(r, 200, description(API)));
    const server = await serve((r) => r.writeHead(302, { Location: `${stranger.origin}/swagger` }).end());
    assert.match(await why(server.origin), /answered 302/);
    assert.equal(stranger.seen.length, 0);
  });

  it('are given up where redirects go in circles', async () => {
    const server = await serve((r) => r.writeHead(302, { Location: '/api/v2/docs/swagger' }).end());
    assert.match(await why(server.origin), /circles/);
    assert.ok(server.seen.length < 6);
  });

  const answers: readonly (readonly [what: string, status: number, body: string, reason: RegExp])[] = [
    ['a refusal', 403, '{"code":"not.authorized"}', /answered 403 where it should describe the API$/],
    ['nothing there', 404, JSON.stringify(description(API)), /answered 404/],
    ['a fault', 503, '', /answered 503/],
    ['a page to sign in', 200, '<html>Sign in</html>', /cannot be used: it is an HTML or XML page/],
    ['another document', 200, '{"message":"hello"}', /cannot be used: it is JSON and no API description/],
    ['half of it', 200, JSON.stringify(description(API)).slice(0, 2500), /cannot be used: it ends in the middle/],
    ['nothing', 200, '', /cannot be used: it is empty/],
  ];
  for (const [what, status, body, reason] of answers)
    it(`say why: ${what}`, async () => {
      const server = await serve((r) => r.writeHead(status).end(body));
      assert.match(await why(server.origin), reason);
    });

  it('say that they were cut off', async () => {
    const server = await serveSocket((s) => s.end(`HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n${JSON.stringify(description(API)).slice(0, 2500)}`));
    assert.match(await why(server.origin), /cut off after \d+ MB: try again$/);
  });

  it('say that nothing answers', async () => {
    assert.match(await why(await nobody()), /gave no description: nothing listens there$/);
  });

  it('are cancelled before and in the middle', async () => {
    const controller = new AbortController();
    const server = await serve((r) => {
      r.writeHead(200).write(JSON.stringify(description(API)).slice(0, 1000));
      setTimeout(() => controller.abort(), 20);
    });
    assert.deepEqual(await readApiFacts(order(server.origin, { signal: controller.signal }), stream), { kind: 'cancelled' });
    assert.deepEqual(await readApiFacts(order(server.origin, { signal: AbortSignal.abort() }), stream), { kind: 'cancelled' });
  });
});

describe('facts of the sandbox’s API', function () {
  this.timeout(20_000);
  const names = (list: readonly { readonly method: string; readonly path: string }[]): string[] => list.map((o) => `${o.method} ${o.path}`).sort();

  it('are those that it ships with', async () => {
    const { sandbox } = await start();
    const { operations, changes } = await fresh(sandbox.origin);
    assert.equal(operations.count, shipped.count);
    assert.deepEqual([names(changes.added), names(changes.removed), names(changes.deprecated), names(changes.userContext)], [[], [], [], []]);
    // What was not known before is nothing declared now.
    assert.deepEqual(
      changes.permissions.filter((c) => c.before.rule !== 'unknown'),
      [],
    );
  });

  it('show exactly what an org says has moved on, in 25 MB', async () => {
    const adds = 'POST /api/v2/conversations/teleport';
    const removes = 'GET /api/v2/users/{userId}/station';
    const changed = 'POST /api/v2/conversations/calls';
    const specification = {
      adds: [{ operation: adds, type: 'all', permissions: ['conversation:teleport:add'], scopes: ['conversations'] }],
      removes: [removes],
      changes: [{ operation: changed, type: 'any', permissions: ['conversation:call:add'] }],
      padding: 25_000_000,
    };
    const { sandbox } = await start({ org: { ...orgCopy(), specification } });
    const { operations, changes } = await fresh(sandbox.origin);
    assert.deepEqual([names(changes.added), names(changes.removed)], [[adds], [removes]]);
    assert.deepEqual(
      changes.permissions.filter((c) => c.before.rule !== 'unknown').map((c) => [c.after.path, c.before.permissions, c.after.permissions]),
      [['/api/v2/conversations/calls', ['conversation:conference:add'], ['conversation:call:add']]],
    );
    assert.equal(operations.find('GET', '/api/v2/users/x/station').kind, 'unknown-path');
  });
});

describe('facts that are stored', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-facts-'));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('replace those that were, with a report beside them and nothing left over', async () => {
    const file = path.join(folder, 'new', 'us-east-1.json');
    await storeFacts(file, 'first', 'report');
    const report = await storeFacts(file, 'second', 'what changed');
    assert.deepEqual([fs.readFileSync(file, 'utf8'), fs.readFileSync(report, 'utf8')], ['second', 'what changed']);
    assert.deepEqual(fs.readdirSync(path.dirname(file)).sort(), ['us-east-1.changes.md', 'us-east-1.json']);
  });

  it('fail where they cannot be written', async () => {
    fs.writeFileSync(path.join(folder, 'taken'), '');
    await assert.rejects(storeFacts(path.join(folder, 'taken', 'us-east-1.json'), 'x', 'y'));
  });
});
