import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import net from 'node:net';
import fc from 'fast-check';
import { headerText } from '../../../src/sandbox/http/headerText.js';
import { NOT_FOUND } from '../../../src/sandbox/http/refusals.js';
import { Reply } from '../../../src/sandbox/http/reply.js';
import { targetOf } from '../../../src/sandbox/http/target.js';
import { type Running, start } from './harness.js';

const WHO = 'Sales Agent 7';

/** Sends bytes to a sandbox, and reads until it ends the connection. */
function exchange(origin: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = net.connect(Number(new URL(origin).port), '127.0.0.1', () => void socket.write(bytes));
    socket.setTimeout(5000, () => socket.destroy(new Error(`no end of ${received}`)));
    socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
  });
}

describe('sandbox, answers of the API on their way out', () => {
  let direct: Running;
  let remembered: Running;
  before(async () => {
    [direct, remembered] = await Promise.all([start(), start({ control: true })]);
  });

  const requests: readonly [request: string, body?: unknown][] = [
    ['GET /api/v2/users/me?expand=station'],
    ['HEAD /api/v2/tokens/me'],
    ['GET /api/v2/nothing'],
    ['DELETE /api/v2/users/me'],
    ['GET /api/v2/routing/queues/{Sales EMEA}'],
    ['POST /api/v2/conversations/calls', '{"phoneNumber"'],
    ['GET /api/v2/users/me/../me'],
    ['DELETE /api/v2/tokens/me'],
  ];
  for (const [request, body] of requests)
    it(`are the same with and without a log of requests: ${request}`, async () => {
      const seen = await Promise.all(
        [direct, remembered].map(async (running) => {
          const { status, headers, text } = await running.send(WHO, request, body);
          const changing = new Set(['date', 'inin-correlation-id', 'inin-ratelimit-count', 'inin-ratelimit-reset']);
          const anonymous = text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '*');
          return { status, headers: [...headers].map(([name, value]) => (changing.has(name) ? name : `${name}: ${value}`)), text: anonymous };
        }),
      );
      assert.deepEqual(seen[0], seen[1]);
    });

  it('follow each other on one connection', async () => {
    const head = `Host: ${new URL(direct.sandbox.origin).host}\r\n`;
    const get = (more = ''): string => `GET /api/v2/nothing HTTP/1.1\r\n${head}${more}\r\n`;
    const answers = (await exchange(direct.sandbox.origin, get() + get() + get('Connection: close\r\n'))).split('HTTP/1.1 404 Not Found\r\n').slice(1);
    assert.equal(answers.length, 3);
    for (const answer of answers) {
      const [headers = '', body = ''] = answer.split('\r\n\r\n');
      assert.equal(Number(/^content-length: (\d+)$/im.exec(headers)?.[1]), body.length);
    }
    assert.deepEqual(
      answers.map((a) => /^connection: (\S+)$/im.exec(a)?.[1]),
      ['keep-alive', 'keep-alive', 'close'],
    );
  });

  it('have no content for HEAD (RFC 9110, section 9.3.2)', async () => {
    const received = await exchange(
      direct.sandbox.origin,
      `HEAD /api/v2/nothing HTTP/1.1\r\nHost: ${new URL(direct.sandbox.origin).host}\r\nConnection: close\r\n\r\n`,
    );
    assert.match(received, /^HTTP\/1\.1 404 /);
    assert.ok(received.endsWith('\r\n\r\n'), received);
    assert.equal(received.split('\r\n\r\n').length, 2);
  });

  it('outlive a client that goes away in the middle of its request', async () => {
    const { origin } = direct.sandbox;
    const socket = net.connect(Number(new URL(origin).port), '127.0.0.1');
    await new Promise<void>((resolve) => void socket.once('connect', resolve));
    socket.write(`POST /api/v2/conversations/calls HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nContent-Length: 100\r\n\r\n{`);
    await new Promise((resolve) => setImmediate(resolve));
    socket.resetAndDestroy();
    assert.equal((await direct.send(WHO, 'GET /api/v2/nothing')).status, 404);
  });

  it('have headers in ASCII, whatever an assumption says', async () => {
    const answer = { status: 200, body: {}, assumption: 'the org’s “own” – 日' };
    assert.equal(new Reply(300).response(answer).headers.get('x-sandbox-assumption'), 'the org\'s "own" - ?');
    const sent: unknown[] = [];
    const outgoing = { writeHead: (...args: unknown[]) => (sent.push(...args), outgoing), end: () => outgoing } as unknown as ServerResponse;
    new Reply(300).write(outgoing, { ...NOT_FOUND, assumption: 'a\r\nSet-Cookie: b=c' });
    assert.ok((sent[1] as string[]).includes('a??Set-Cookie: b=c'), JSON.stringify(sent));
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => /^[\x20-\x7e]*$/.test(headerText(text))));
  });
});

describe('sandbox, the target of a request', () => {
  const target = (url: string) => targetOf({ url, headers: { host: 'LOCALHOST:1234' } } as IncomingMessage);
  const asUrl = (url: string) => new URL(url, 'http://localhost:1234');

  for (const url of [
    '/api/v2/users/me?expand=station,presence&expand=a%20b+c',
    '/api/v2/users/{userId}?x={y}',
    '/api/v2/../v2/users/./me',
    '/api/v2/%2e%2E/users/%2e/me?a=.',
    '/api/v2/users/a.b/c%2Fd?',
    '/api/v2/users/me#there?a=b',
    '/api/v2/users/me?a=b#there',
    '//api//v2?',
    '/"<>`^|?"<>`^|=1',
  ])
    it(`is what a URL makes of it: ${url}`, () => {
      const { path, query, host } = target(url);
      const { pathname, searchParams } = asUrl(url.startsWith('//') ? `http://localhost:1234${url}` : url);
      assert.deepEqual([path, [...query], host], [pathname, [...searchParams], 'localhost:1234']);
    });

  it('is that, too, for any target that the server lets through', () => {
    const character = fc.constantFrom(...'abc./%2eE?&=+#{}[]|^"\'~:@'.split(''));
    fc.assert(
      fc.property(fc.array(character), (rest) => {
        const url = `/${rest.join('')}`;
        const { pathname, searchParams } = new URL(`http://localhost:1234${url}`);
        const { path, query } = target(url);
        assert.deepEqual([path, [...query]], [pathname, [...searchParams]]);
      }),
      { numRuns: 2000 },
    );
  });
});
