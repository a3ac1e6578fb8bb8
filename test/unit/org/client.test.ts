import assert from 'node:assert/strict';
import { Client, type LogEntry, refusal, type TokenSource } from '../../../src/org/client.js';
import { send } from '../../../src/org/http.js';
import { sandboxRegion } from '../../../src/platform/regions.js';
import { json, nobody, serve } from './server.js';

const CANARY = 'canary-token-0123456789';
const good: TokenSource = async () => ({ kind: 'ok', token: CANARY });

const clientOf = (origin: string, log?: (entry: LogEntry) => void, token = good): Client => new Client(sandboxRegion(origin), token, send, log);
const anything = (value: unknown): unknown => value;
const USER = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

describe('org/client, the exchange', () => {
  it('describes a request without its token', () => {
    const request = clientOf('http://127.0.0.1:1').describe('POST', '/api/v2/conversations/calls', { phoneNumber: '+13175550142' });
    assert.deepEqual(request, {
      method: 'POST',
      url: 'http://127.0.0.1:1/api/v2/conversations/calls',
      headers: [
        ['Authorization', 'Bearer …'],
        ['Accept', 'application/json'],
        ['Content-Type', 'application/json'],
      ],
      body: '{\n  "phoneNumber": "+13175550142"\n}',
    });
    assert.equal('body' in clientOf('http://127.0.0.1:1').describe('GET', '/api/v2/users/me'), false);
  });

  for (const path of [
    '',
    '/',
    '/oauth/token',
    'api/v2/users/me',
    '//evil.example/api/v2/',
    '@evil.example/api/v2/users/me',
    '.evil.example/api/v2/x',
    '/API/V2/users',
  ])
    it(`sends nothing to the path “${path}”, which is none of the API`, async () => {
      let asked = false;
      const client = clientOf('http://127.0.0.1:1', undefined, async () => {
        asked = true;
        return { kind: 'ok', token: CANARY };
      });
      await assert.rejects(client.exchange('GET', path), /not a path of the API/);
      assert.equal(asked, false);
    });

  it('sends the token to the API and shows it nowhere, even where the answer echoes it', async () => {
    const log: LogEntry[] = [];
    const server = await serve((r, seen) =>
      r
        .writeHead(502, { 'Content-Type': 'text/html', 'X-Echo': String(seen.headers.authorization), 'Set-Cookie': 'session=1' })
        .end(`<pre>Authorization: ${seen.headers.authorization}</pre>`),
    );
    const { outcome, exchange } = await clientOf(server.origin, (e) => log.push(e)).exchange('GET', `/api/v2/users/${USER}?expand=station`);
    assert.equal(server.seen[0]?.headers.authorization, `Bearer ${CANARY}`);
    const shown = JSON.stringify([outcome, exchange, log]);
    assert.ok(!shown.includes(CANARY), shown);
    assert.equal(exchange.response?.body, '<pre>Authorization: Bearer …</pre>');
    assert.ok(!JSON.stringify(exchange).includes('session=1'));
  });

  it('logs method, path without ids, status, time and correlation id, and no more', async () => {
    const log: LogEntry[] = [];
    const server = await serve((r) => json(r, 403, { message: 'secret words' }, { 'inin-correlation-id': 'corr-1' }));
    await clientOf(server.origin, (e) => log.push(e)).exchange('POST', `/api/v2/conversations/calls/user/${USER}?x=1`, {
      body: { phoneNumber: '+13175550142' },
    });
    const [entry] = log;
    assert.ok(entry && entry.ms >= 0);
    assert.deepEqual({ ...entry, ms: 0 }, { method: 'POST', path: '/api/v2/conversations/calls/user/{id}', status: 403, ms: 0, correlationId: 'corr-1' });
  });

  it('logs what became of a request without an answer', async () => {
    const log: LogEntry[] = [];
    await clientOf(await nobody(), (e) => log.push(e)).exchange('GET', '/api/v2/tokens/me');
    assert.deepEqual([log[0]?.status, log[0]?.correlationId], ['not-sent', '']);
  });

  for (const [what, token] of [
    ['says that there is none', async () => ({ kind: 'failed' as const, why: 'sign in again' })],
    ['fails', async () => Promise.reject(new Error('keyring locked'))],
  ] as const)
    it(`sends nothing when the token source ${what}`, async () => {
      const server = await serve((r) => json(r, 200, {}));
      const { outcome, exchange } = await clientOf(server.origin, undefined, token).exchange('GET', '/api/v2/tokens/me');
      assert.equal(outcome.kind, 'not-sent');
      assert.match(outcome.kind === 'not-sent' ? outcome.why : '', /sign in again|keyring locked/);
      assert.equal(exchange.response, undefined);
      assert.equal(server.seen.length, 0);
    });

  it('marks an answer that was cut', async () => {
    const server = await serve((r) => r.writeHead(200).end(Buffer.alloc(3_000_000, 'x')));
    assert.equal((await clientOf(server.origin).exchange('GET', '/api/v2/tokens/me')).exchange.response?.cut, true);
  });
});

describe('org/client, reads', () => {
  const cases: readonly [what: string, status: number, body: string, parse: (json: unknown) => unknown, expected: object][] = [
    ['JSON', 200, '{"a":1}', anything, { kind: 'ok', value: { a: 1 } }],
    ['another shape', 200, '{"a":1}', () => undefined, { kind: 'failed', status: 200, why: 'the answer has another shape than documented' }],
    ['HTML', 200, '  <html>', anything, { kind: 'failed', status: 200, why: 'the answer is an HTML page, not JSON' }],
    ['no JSON', 200, 'ok', anything, { kind: 'failed', status: 200, why: 'the answer is not JSON' }],
    ['nothing', 200, '', anything, { kind: 'failed', status: 200, why: 'the answer is not JSON' }],
    ['half of it', 200, '{"a":', anything, { kind: 'failed', status: 200, why: 'the answer is not JSON' }],
    ['a redirect', 302, '', anything, { kind: 'failed', status: 302, why: 'answered 302' }],
    ['a refusal in HTML', 403, '<html>', anything, { kind: 'failed', status: 403, why: 'answered 403 with an HTML page' }],
    [
      'a refusal of the platform',
      404,
      '{"status":404,"code":"not.found","message":"no","contextId":"c"}',
      anything,
      { kind: 'failed', status: 404, code: 'not.found', why: 'answered 404 not.found' },
    ],
    ['a refusal of something else', 404, '{"message":"no"}', anything, { kind: 'failed', status: 404, why: 'answered 404' }],
  ];
  for (const [what, status, body, parse, expected] of cases)
    it(`gives a value for ${what}`, async () => {
      const server = await serve((r) => r.writeHead(status).end(body));
      assert.deepEqual(await clientOf(server.origin).read('GET', '/api/v2/tokens/me', parse), expected);
    });

  it('says that an answer was too large rather than that it is not JSON', async () => {
    const server = await serve((r) => r.writeHead(200).end(`["${'x'.repeat(3_000_000)}"]`));
    assert.deepEqual(await clientOf(server.origin).read('GET', '/api/v2/tokens/me', anything), {
      kind: 'failed',
      status: 200,
      why: 'the answer was cut off or is too large',
    });
  });

  it('does not swallow a fault of its reader', async () => {
    const server = await serve((r) => json(r, 200, {}));
    const faulty = (): never => {
      throw new TypeError('bug');
    };
    await assert.rejects(clientOf(server.origin).read('GET', '/api/v2/tokens/me', faulty), /bug/);
  });

  it('is cancelled as its own outcome', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    assert.deepEqual(await clientOf(server.origin).read('GET', '/api/v2/tokens/me', anything, { signal: controller.signal }), { kind: 'cancelled' });
  });
});

describe('org/client, the words of a refusal', () => {
  const platform = (code: string, message: string): string => JSON.stringify({ status: 403, code, message, contextId: 'c' });
  for (const [body, words] of [
    ['', 'answered 403'],
    ['<html>', 'answered 403 with an HTML page'],
    ['{"error":"invalid_client","description":"authentication failed"}', 'answered 403 invalid_client'],
    [platform('not.authorized', 'You are not authorized.'), 'answered 403 not.authorized'],
    [
      platform('missing.any.permissions', 'You must have at least one of the following permissions assigned: [a:b:c, d:e:f]'),
      'answered 403 missing.any.permissions (needs a:b:c or d:e:f)',
    ],
    [
      platform('missing.permissions', 'You are missing the following permission(s): [a:b:c, d:e:f]'),
      'answered 403 missing.permissions (needs a:b:c and d:e:f)',
    ],
  ] as const)
    it(`are “${words}”`, () => assert.equal(refusal(403, body), words));

  it('quote no more than a line of a message without a code', () => {
    const words = refusal(403, JSON.stringify({ status: 403, message: 'x'.repeat(1000) }));
    assert.ok(words.length < 150, words);
  });
});
