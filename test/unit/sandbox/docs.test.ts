import assert from 'node:assert/strict';
import type { Operation } from '../../../src/platform/operations.js';
import { type Json, list, operations, orgCopy, start, text } from './harness.js';

const PATH = '/api/v2/docs/swagger';
const all: readonly Operation[] = [...operations.all()];

const described = (document: Json, method: string, path: string): Json | undefined => document['paths']?.[path]?.[method.toLowerCase()];
const codes = (operation: Json | undefined, status: number): string[] => Object.keys(operation?.['responses']?.[status]?.['x-inin-error-codes'] ?? {});

describe('sandbox, API description', () => {
  let document: Json;
  let origin: string;
  before(async () => {
    const running = await start();
    origin = running.sandbox.origin;
    const reply = await running.send(undefined, `GET ${PATH}`);
    assert.equal(reply.status, 200);
    assert.match(reply.headers.get('content-type') ?? '', /^application\/json/);
    assert.match(reply.headers.get('inin-correlation-id') ?? '', /^[0-9a-f-]{36}$/);
    document = reply.json;
  });

  it('is Swagger 2.0, of the sandbox’s host', () => {
    assert.deepEqual([document['swagger'], document['host'], document['schemes']], ['2.0', new URL(origin).host, ['http']]);
    assert.ok(document['info']?.['title'] && document['info']?.['version']);
    assert.ok(document['definitions']?.['ErrorBody']);
  });

  it('tells of every operation of the index and of no other', () => {
    const told = Object.entries<Json | undefined>(document['paths'] ?? {}).flatMap(([path, methods]) =>
      Object.keys(methods ?? {}).map((m) => `${m.toUpperCase()} ${path}`),
    );
    assert.deepEqual(new Set(told), new Set(all.map((o) => `${o.method} ${o.path}`)));
    assert.equal(told.length, 3315);
  });

  it('says of each what it requires', () => {
    for (const o of all) {
      const what = `${o.method} ${o.path}`;
      const operation = described(document, o.method, o.path);
      const declared = operation?.['x-inin-requires-permissions'];
      if (o.permissions.length === 0) assert.equal(declared, undefined, what);
      else assert.deepEqual(declared, { type: o.rule === 'all' ? 'ALL' : 'ANY', permissions: o.permissions }, what);
      assert.deepEqual(operation?.['security'], [{ 'PureCloud OAuth': o.scopes }], what);
      assert.equal(operation?.['deprecated'] ?? false, o.deprecated, what);
      assert.equal(codes(operation, 400).includes('not.a.user'), o.userContext === 'required', what);
    }
  });

  it('names of each its parameters, its tag and itself', () => {
    const ids = new Set<string>();
    for (const o of all) {
      const operation = described(document, o.method, o.path);
      assert.deepEqual(
        list(operation?.['parameters']).map((p) => [p['name'], p['in'], p['required']]),
        [...o.path.matchAll(/\{(\w+)\}/g)].map((m) => [m[1], 'path', true]),
      );
      assert.equal(list(operation?.['tags']).length, 1);
      ids.add(text(operation?.['operationId']));
    }
    assert.equal(ids.size, 3315);
  });

  it('names methods as the SDK does', () => {
    // Names of purecloud-platform-client-v2 262.0.0.
    for (const [method, path, name] of [
      ['GET', '/api/v2/users/me', 'getUsersMe'],
      ['GET', '/api/v2/users/{subjectId}/roles', 'getUserRoles'],
      ['POST', '/api/v2/conversations/calls', 'postConversationsCalls'],
      ['POST', '/api/v2/conversations/calls/user/{userId}', 'postConversationsCallsUserUserId'],
      ['GET', '/api/v2/authorization/divisionspermitted/paged/me', 'getAuthorizationDivisionspermittedPagedMe'],
      ['GET', '/api/v2/routing/queues/{queueId}/members', 'getRoutingQueueMembers'],
      ['GET', '/api/v2/conversations/messaging/integrations/apple/{integrationId}', 'getConversationsMessagingIntegrationsAppleIntegrationId'],
    ] as const)
      assert.equal(described(document, method, path)?.['x-purecloud-method-name'], name);
  });

  it('lists the codes that an operation can answer', () => {
    const call = described(document, 'POST', '/api/v2/conversations/calls');
    // FACTS §1.4
    for (const code of ['conversation.error.no.user.station', 'not.a.user', 'too.many.create.conversation.parameters', 'bad.request', 'invalid.value'])
      assert.ok(codes(call, 400).includes(code), code);
    assert.deepEqual(codes(call, 401), ['authentication.required', 'bad.credentials']);
    assert.deepEqual(codes(call, 403), ['missing.permissions', 'missing.any.permissions', 'not.authorized']);
    assert.ok(codes(call, 500).includes('providerapi.error.station.no.active.edge'));
    assert.deepEqual(codes(described(document, 'GET', '/api/v2/routing/queues'), 400).includes('conversation.error.no.user.station'), false);
  });

  it('can be told to differ from what is checked', async () => {
    const specification = {
      adds: [{ operation: 'POST /api/v2/users/{userId}/applause', permissions: ['directory:user:clap'], type: 'all', scopes: ['users'] }],
      removes: ['GET /api/v2/date'],
      changes: [{ operation: 'GET /api/v2/routing/queues', permissions: ['routing:queue:look', 'routing:queue:see'], type: 'all' }],
    };
    const running = await start({ org: { ...orgCopy(), specification } });
    const changed = (await running.send(undefined, `GET ${PATH}`)).json;
    const applause = described(changed, 'POST', '/api/v2/users/{userId}/applause');
    assert.deepEqual(applause?.['x-inin-requires-permissions'], { type: 'ALL', permissions: ['directory:user:clap'] });
    assert.deepEqual(applause?.['security'], [{ 'PureCloud OAuth': ['users'] }]);
    assert.equal(described(changed, 'GET', '/api/v2/date'), undefined);
    const queues = described(changed, 'GET', '/api/v2/routing/queues');
    assert.deepEqual(queues?.['x-inin-requires-permissions'], { type: 'ALL', permissions: ['routing:queue:look', 'routing:queue:see'] });
    assert.deepEqual(queues?.['security'], described(document, 'GET', '/api/v2/routing/queues')?.['security']);
    assert.equal((await running.send('wfm-tool', 'GET /api/v2/date')).status, 200);
    assert.equal((await running.send('wfm-tool', 'GET /api/v2/routing/queues')).status, 200);
  });

  it('refuses to take away or change what is not there', async () => {
    const specification = { removes: ['GET /api/v2/dates'], changes: [{ operation: 'GET /api/v2/routing/queue' }] };
    await assert.rejects(start({ org: { ...orgCopy(), specification } }), /\/specification\/removes\/0.*\/specification\/changes\/0\/operation/);
  });

  it('can have the size of the real one, and comes in pieces', async () => {
    const running = await start({ org: { ...orgCopy(), specification: { padding: 20_000_000 } } });
    const response = await fetch(running.sandbox.origin + PATH);
    assert.ok(response.body);
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    assert.ok(body.length >= 20_000_000 && body.length < 20_100_000, String(body.length));
    assert.ok(chunks.length > 100, String(chunks.length));
    assert.equal(Object.keys((JSON.parse(body.toString('utf8')) as { paths: object }).paths).length, Object.keys(document['paths'] ?? {}).length);
  });

  it('is nothing that can be written', async () => {
    const running = await start();
    assert.equal((await running.send('admin-tool', `POST ${PATH}`, {})).status, 404);
  });
});
