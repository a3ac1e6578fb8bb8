import assert from 'node:assert/strict';
import dns from 'node:dns';
import http from 'node:http';
import zlib from 'node:zlib';
import { type Outcome, type Outgoing, send } from '../../../src/org/http.js';
import { json, nobody, serve, serveSocket, sleep } from './server.js';

const CANARY = 'canary-token-0123456789';
const get = (url: string, more: Partial<Outgoing> = {}): Promise<Outcome> =>
  send({ method: 'GET', url, headers: { Authorization: `Bearer ${CANARY}` }, timeout: 3000, ...more });
const post = (url: string, more: Partial<Outgoing> = {}): Promise<Outcome> =>
  get(url, {
    method: 'POST',
    body: '{"phoneNumber":"+13175550142"}',
    headers: { Authorization: `Bearer ${CANARY}`, 'Content-Type': 'application/json' },
    ...more,
  });

/** What came, where an answer came. */
function answered(outcome: Outcome): Extract<Outcome, { kind: 'answered' }> {
  assert.equal(outcome.kind, 'answered', JSON.stringify(outcome));
  return outcome as Extract<Outcome, { kind: 'answered' }>;
}

describe('org/http, answers', () => {
  for (const status of [200, 202, 204, 301, 400, 401, 403, 404, 429, 500, 503])
    it(`keeps the status ${status} as it came`, async () => {
      const server = await serve((r) => r.writeHead(status).end(status === 204 ? undefined : 'x'));
      assert.equal(answered(await get(server.origin)).status, status);
      assert.equal(server.seen.length, 1);
    });

  it('sends method, headers and body as given', async () => {
    const server = await serve((r) => json(r, 200, {}));
    await post(`${server.origin}/api/v2/conversations/calls?x=%2F`);
    const [seen] = server.seen;
    assert.equal(seen?.method, 'POST');
    assert.equal(seen?.url, '/api/v2/conversations/calls?x=%2F');
    assert.equal(seen?.body, '{"phoneNumber":"+13175550142"}');
    assert.equal(seen?.headers['content-type'], 'application/json');
    assert.equal(seen?.headers.authorization, `Bearer ${CANARY}`);
  });

  it('lists every header, repeated ones each', async () => {
    const server = await serve((r) => r.writeHead(200, { 'ININ-Correlation-Id': 'abc', 'Set-Cookie': ['a=1', 'b=2'], 'Retry-After': '3' }).end());
    const { headers } = answered(await get(server.origin));
    const of = (name: string): string[] => headers.filter(([n]) => n.toLowerCase() === name).map(([, v]) => v);
    assert.deepEqual([of('inin-correlation-id'), of('set-cookie'), of('retry-after')], [['abc'], ['a=1', 'b=2'], ['3']]);
  });

  it('gives an HTML page as the text that it is', async () => {
    const page = '<!DOCTYPE html><title>403 Forbidden</title>';
    const server = await serve((r) => r.writeHead(403, { 'Content-Type': 'text/html' }).end(page));
    assert.equal(answered(await get(server.origin)).body, page);
  });

  for (const [name, pack] of [
    ['gzip', zlib.gzipSync],
    ['deflate', zlib.deflateSync],
    ['br', zlib.brotliCompressSync],
  ] as const)
    it(`unpacks ${name}`, async () => {
      const server = await serve((r) => r.writeHead(200, { 'Content-Encoding': name }).end(pack('{"id":"ü"}')));
      const { body, cut } = answered(await get(server.origin));
      assert.deepEqual([body, cut], ['{"id":"ü"}', false]);
    });
});

describe('org/http, redirects and proxies', () => {
  for (const status of [301, 302, 303, 307, 308])
    it(`does not follow a ${status}: the token does not leave for another host`, async () => {
      const stranger = await serve((r) => json(r, 200, {}));
      const server = await serve((r) => r.writeHead(status, { Location: `${stranger.origin}/api/v2/tokens/me` }).end());
      assert.equal(answered(await post(server.origin)).status, status);
      assert.deepEqual(stranger.seen, []);
    });

  it('takes no proxy from the environment', async () => {
    const proxy = await serve((r) => json(r, 200, {}));
    const server = await serve((r) => json(r, 200, { here: true }));
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];
    const before = names.map((n) => [n, process.env[n]] as const);
    try {
      for (const n of names) process.env[n] = proxy.origin;
      assert.equal(answered(await get(server.origin)).body, '{"here":true}');
    } finally {
      for (const [n, value] of before) {
        if (value === undefined) delete process.env[n];
        else process.env[n] = value;
      }
    }
    assert.deepEqual([proxy.seen.length, server.seen.length], [0, 1]);
  });
});

describe('org/http, bodies that are too long, broken or slow', () => {
  it('cuts a body of 20 MB at its limit and keeps the status', async () => {
    const server = await serve((r) => r.writeHead(403).end(Buffer.alloc(20_000_000, 'x')));
    const { status, body, cut } = answered(await get(server.origin));
    assert.deepEqual([status, body.length, cut], [403, 2 * 1024 * 1024, true]);
  });

  it('cuts what a small packed answer unpacks to', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(50_000_000));
    const server = await serve((r) => r.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb));
    const { body, cut } = answered(await get(server.origin));
    assert.deepEqual([body.length, cut], [2 * 1024 * 1024, true]);
  });

  const broken: readonly [what: string, head: string, start: string][] = [
    ['shorter than its Content-Length', 'Content-Length: 1000\r\n', '{"id":"abc"'],
    ['chunked without an end', 'Transfer-Encoding: chunked\r\n', '5\r\n{"id"\r\n'],
    ['chunked with a nonsense length', 'Transfer-Encoding: chunked\r\n', '5\r\n{"id"\r\nzz\r\n'],
    ['packed and damaged', 'Content-Encoding: gzip\r\nContent-Length: 6\r\n', '\x1f\x8bnope'],
  ];
  for (const [what, head, start] of broken)
    it(`keeps the status of a body that is ${what}`, async () => {
      const server = await serveSocket((socket) => socket.end(Buffer.from(`HTTP/1.1 200 OK\r\n${head}\r\n${start}`, 'latin1')));
      const { status, body, cut } = answered(await get(server.origin));
      assert.deepEqual([status, cut, server.connections()], [200, true, 1]);
      assert.ok('{"id":"abc"'.startsWith(body), body);
    });

  it('keeps status and start of a body that is reset in the middle', async () => {
    const server = await serve((r) => {
      r.writeHead(200, { 'Content-Length': '100' }).write('{"id":');
      setTimeout(() => r.socket?.resetAndDestroy(), 30);
    });
    const { status, body, cut } = answered(await post(server.origin));
    assert.deepEqual([status, body, cut, server.seen.length], [200, '{"id":', true, 1]);
  });

  it('stops at the deadline in the middle of a body that drips', async () => {
    const server = await serve((r: http.ServerResponse) => {
      r.writeHead(200);
      const drip = setInterval(() => r.write('.'), 10);
      r.on('close', () => clearInterval(drip));
    });
    const started = performance.now();
    const { status, cut } = answered(await get(server.origin, { timeout: 150 }));
    assert.deepEqual([status, cut], [200, true]);
    assert.ok(performance.now() - started < 1500);
  });

  it('stops at the deadline in the middle of a body that has stopped coming', async () => {
    const server = await serve((r) => r.writeHead(200, { 'Content-Length': '9' }).write('{'));
    const { body, cut } = answered(await get(server.origin, { timeout: 150 }));
    assert.deepEqual([body, cut], ['{', true]);
  });

  it('leaves nothing behind that fails later', async () => {
    const faults: unknown[] = [];
    const fault = (e: unknown): void => void faults.push(e);
    process.on('uncaughtException', fault);
    try {
      const big = await serve((r) => r.writeHead(200).end(Buffer.alloc(5_000_000)));
      const halted = await serve((r) => r.writeHead(200).write('{'));
      await Promise.all([get(big.origin, { timeout: 100 }), get(halted.origin, { timeout: 100 }), get(await nobody(), { timeout: 100 })]);
      await sleep(200);
    } finally {
      process.off('uncaughtException', fault);
    }
    assert.deepEqual(faults, []);
  });
});

describe('org/http, no answer', () => {
  const unsent: readonly [what: string, url: () => Promise<string> | string, code: RegExp][] = [
    ['where nothing listens', nobody, /^ECONNREFUSED$/],
    ['to a host that does not exist', () => 'http://no-such-host.invalid/', /^(?:ENOTFOUND|EAI_AGAIN)$/],
    ['to a URL that is none', () => 'http://', /^ERR_INVALID_URL$/],
    ['to an address that is none', () => 'not a url', /^ERR_INVALID_URL$/],
    ['by a protocol that is none of ours', () => 'ftp://127.0.0.1/', /./],
    ['to a port that is none', () => 'http://127.0.0.1:99999/', /^ERR_INVALID_URL$/],
  ];
  for (const [what, url, code] of unsent)
    it(`knows that nothing was sent ${what}`, async () => {
      const outcome = await post(await url());
      assert.equal(outcome.kind, 'not-sent', JSON.stringify(outcome));
      assert.match(outcome.kind === 'not-sent' ? outcome.code : '', code);
      assert.ok(!JSON.stringify(outcome).includes(CANARY));
    });

  it('lets no token write a header of its own', async () => {
    const server = await serve((r) => json(r, 200, {}));
    for (const token of ['abc\r\nX-Other: 1', 'abc\0', '“abc”']) await get(server.origin, { headers: { Authorization: `Bearer ${token}` } });
    for (const { headers } of server.seen) assert.equal(headers['x-other'], undefined);
    assert.ok(server.seen.length <= 3);
  });

  for (const code of ['EHOSTUNREACH', 'ENETUNREACH', 'ECONNREFUSED'])
    it(`does not take ${code} for proof where the request had already left`, async () => {
      const server = await serve(() => {
        const lost = Object.assign(new Error(`read ${code}`), { code, syscall: 'read' });
        for (const socket of Object.values(http.globalAgent.sockets).flat()) socket?.destroy(lost);
      });
      const outcome = await post(server.origin);
      assert.deepEqual([outcome.kind, server.seen.length], ['no-answer', 1]);
    });

  it('does not know what became of a request when no answer came in time', async () => {
    const server = await serve(() => {});
    const outcome = await post(server.origin, { timeout: 120 });
    assert.deepEqual([outcome.kind, outcome.kind === 'no-answer' && outcome.code], ['no-answer', 'TIMEOUT']);
    assert.equal(server.seen.length, 1);
  });

  const hangUps: readonly [what: string, talk: Parameters<typeof serveSocket>[0]][] = [
    ['reset before the status line', (s) => s.resetAndDestroy()],
    ['closed before the status line', (s) => s.end()],
    ['closed in the middle of the headers', (s) => s.end('HTTP/1.1 200 OK\r\nContent-')],
    ['answered in no protocol', (s) => s.end('hello there\r\n\r\n')],
    ['answered with endless headers', (s) => s.end(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`)],
  ];
  for (const [what, talk] of hangUps)
    it(`does not know what became of a request that was ${what}, and does not repeat it`, async () => {
      const server = await serveSocket(talk);
      const outcome = await post(server.origin);
      assert.equal(outcome.kind, 'no-answer', JSON.stringify(outcome));
      await sleep(50);
      assert.equal(server.connections(), 1);
    });

  it('knows that nothing was sent while there was no connection, however long that took', async () => {
    // A name whose address never comes, a host that takes no part in the handshake, one that speaks no TLS, and one that ends it.
    const silent = await serveSocket(() => {});
    const plain = await serve((r) => json(r, 200, {}));
    const closing = await serveSocket((s) => s.destroy());
    const original = dns.lookup;
    try {
      Object.assign(dns, {
        lookup: (name: string, ...rest: unknown[]) => name !== 'never.example' && (original as (...args: unknown[]) => unknown)(name, ...rest),
      });
      for (const [what, url, code] of [
        ['no address', 'http://never.example/', /^CONNECT_TIMEOUT$/],
        ['no handshake', silent.origin.replace('http:', 'https:'), /^CONNECT_TIMEOUT$/],
        ['no TLS', plain.origin.replace('http:', 'https:'), /^E/],
        ['an end in the handshake', closing.origin.replace('http:', 'https:'), /^ECONNRESET$/],
      ] as const) {
        const outcome = await post(url, { timeout: 150 });
        assert.equal(outcome.kind, 'not-sent', `${what}: ${JSON.stringify(outcome)}`);
        assert.match(outcome.kind === 'not-sent' ? outcome.code : '', code, what);
      }
    } finally {
      Object.assign(dns, { lookup: original });
    }
    assert.deepEqual(plain.seen, []);
  });

  it('does not know what became of a request on a connection that was there before, and broke', async () => {
    let requests = 0;
    const server = await serve((r) => {
      requests += 1;
      if (requests === 1) json(r, 200, {});
    });
    await get(server.origin);
    const outcome = await post(server.origin, { timeout: 150 });
    assert.deepEqual([outcome.kind, outcome.kind === 'no-answer' && outcome.code], ['no-answer', 'TIMEOUT']);
  });

  it('does not repeat a request whose kept-alive connection the server has closed meanwhile', async () => {
    let requests = 0;
    const server = await serve((r) => {
      requests += 1;
      if (requests === 1) json(r, 200, {});
      else r.socket?.resetAndDestroy();
    });
    await get(server.origin);
    assert.equal((await post(server.origin)).kind, 'no-answer');
    await sleep(50);
    assert.equal(server.seen.length, 2);
  });
});

describe('org/http, cancelling', () => {
  it('is its own outcome before anything is sent', async () => {
    const server = await serve((r) => json(r, 200, {}));
    assert.deepEqual(await get(server.origin, { signal: AbortSignal.abort() }), { kind: 'cancelled' });
    assert.equal(server.seen.length, 0);
  });

  it('is its own outcome while the answer is waited for', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    assert.deepEqual(await get(server.origin, { signal: controller.signal }), { kind: 'cancelled' });
  });

  it('is its own outcome in the middle of the body', async () => {
    const controller = new AbortController();
    const server = await serve((r) => {
      r.writeHead(200).write('{');
      setTimeout(() => controller.abort(), 30);
    });
    assert.deepEqual(await get(server.origin, { signal: controller.signal }), { kind: 'cancelled' });
  });
});
