import assert from 'node:assert/strict';
import net from 'node:net';
import { type Json, orgCopy } from './harness.js';
import { type OpenOrg, openOrg } from './openOrg.js';

interface Raw {
  readonly status: number;
  readonly head: string;
  readonly json: Json;
  readonly text: string;
}

/** Sends bytes as they are, and reads until the other side ends. @param stay whether to keep our side open */
function raw(port: number, bytes: string | Buffer, stay = false): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write(bytes);
      if (!stay) socket.end();
    });
    socket.setTimeout(5000, () => {
      socket.destroy();
      reject(new Error(`no end of: ${JSON.stringify(bytes.toString('latin1').slice(0, 200))}`));
    });
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const [head = '', ...rest] = text.split('\r\n\r\n');
      const body = rest.join('\r\n\r\n');
      let json: Json = {};
      try {
        json = JSON.parse(body) as Json;
      } catch {
        // No JSON, or none at all: the tests say which they expect.
      }
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, json, text });
    });
  });
}

describe('sandbox, malformed requests', function () {
  this.timeout(60_000);
  let open: OpenOrg;
  let host: string;
  let bearer: string;
  before(async () => {
    open = await openOrg(orgCopy(), { headersMilliseconds: 400, requestMilliseconds: 800 });
    host = `Host: 127.0.0.1:${open.port}\r\n`;
    bearer = `Authorization: Bearer ${open.token('call-desk', 'Sales Agent 7')}\r\n`;
  });
  const CLOSE = 'Connection: close\r\n\r\n';
  const ME = '/api/v2/users/me';
  const post = (headers: string, body: string | Buffer): Buffer =>
    Buffer.concat([Buffer.from(`POST /api/v2/conversations/calls HTTP/1.1\r\n${host}${bearer}${headers}Connection: close\r\n\r\n`), Buffer.from(body)]);
  const JSON_TYPE = 'Content-Type: application/json\r\n';

  const cases: readonly [what: string, request: () => string | Buffer, status: number, code?: string][] = [
    ['a path whose percent-encoding is none', () => `GET /api/v2/users/%E0%A4%A HTTP/1.1\r\n${host}${bearer}${CLOSE}`, 400],
    ['a path that is no UTF-8', () => `GET /api/v2/users/%ff%fe HTTP/1.1\r\n${host}${bearer}${CLOSE}`, 400],
    ['a percent sign alone', () => `GET /api/v2/users/% HTTP/1.1\r\n${host}${bearer}${CLOSE}`, 400],
    [
      'bytes in the path',
      () => Buffer.concat([Buffer.from('GET /api/v2/users/'), Buffer.from([0xc3, 0x28]), Buffer.from(` HTTP/1.1\r\n${host}${CLOSE}`)]),
      400,
    ],
    ['a backslash in the path', () => `GET /api\\v2\\users HTTP/1.1\r\n${host}${bearer}${CLOSE}`, 400],
    ['an absolute URL', () => `GET http://127.0.0.1:${open.port}${ME} HTTP/1.1\r\n${host}${bearer}${CLOSE}`, 400],
    ['an absolute URL of somebody else', () => `GET http://api.example${ME} HTTP/1.1\r\n${host}${bearer}${CLOSE}`, 400],
    ['no Host', () => `GET ${ME} HTTP/1.1\r\n${bearer}${CLOSE}`, 400],
    ['HTTP/1.0 without Host', () => `GET ${ME} HTTP/1.0\r\n${bearer}\r\n`, 400],
    ['two Hosts', () => `GET ${ME} HTTP/1.1\r\n${host}Host: elsewhere.example\r\n${bearer}${CLOSE}`, 400],
    ['two Authorizations', () => `GET ${ME} HTTP/1.1\r\n${host}${bearer}${bearer}${CLOSE}`, 400],
    ['two Content-Types', () => post(`${JSON_TYPE}Content-Type: text/plain\r\nContent-Length: 2\r\n`, '{}'), 400],
    ['two Content-Lengths', () => post(`${JSON_TYPE}Content-Length: 2\r\nContent-Length: 3\r\n`, '{}'), 400],
    ['a Content-Length that is no number', () => post(`${JSON_TYPE}Content-Length: two\r\n`, '{}'), 400],
    ['a negative Content-Length', () => post(`${JSON_TYPE}Content-Length: -2\r\n`, '{}'), 400],
    ['a Content-Length and chunks', () => post(`${JSON_TYPE}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n`, '0\r\n\r\n'), 400],
    ['chunks of nonsense', () => post(`${JSON_TYPE}Transfer-Encoding: chunked\r\n`, 'zz\r\n{}\r\n0\r\n\r\n'), 400],
    ['a method that is none', () => `FLY ${ME} HTTP/1.1\r\n${host}${CLOSE}`, 400],
    ['no HTTP', () => 'hello\r\n\r\n', 400],
    ['TLS', () => Buffer.from('16030100a5010000a10303', 'hex'), 400],
    ['a header without a colon', () => `GET ${ME} HTTP/1.1\r\n${host}nonsense\r\n${CLOSE}`, 400],
    ['a header with a zero byte', () => `GET ${ME} HTTP/1.1\r\n${host}X-A: a\0b\r\n${CLOSE}`, 400],
    ['headers of 64 KB', () => `GET ${ME} HTTP/1.1\r\n${host}X-A: ${'a'.repeat(65_536)}\r\n${CLOSE}`, 431],
    ['a URL of 64 KB', () => `GET ${ME}?${'a'.repeat(65_536)} HTTP/1.1\r\n${host}${CLOSE}`, 431],
    ['JSON that ends too early', () => post(`${JSON_TYPE}Content-Length: 15\r\n`, '{"phoneNumber":'), 400, 'bad.request'],
    [
      'a body that is no UTF-8',
      () => post(`${JSON_TYPE}Content-Length: 19\r\n`, Buffer.concat([Buffer.from('{"phoneNumber":"'), Buffer.from([0xff]), Buffer.from('"}')])),
      400,
      'bad.request',
    ],
    ['JSON that says it is text', () => post('Content-Type: text/plain\r\nContent-Length: 2\r\n', '{}'), 415, 'unsupported.media.type'],
    ['a body without a content type', () => post('Content-Length: 2\r\n', '{}'), 415, 'unsupported.media.type'],
    ['a Content-Length that is too small', () => post(`${JSON_TYPE}Content-Length: 2\r\n`, '{"phoneNumber":"+13175550142"}'), 400, 'bad.request'],
  ];
  for (const [what, request, status, code = 'bad.request'] of cases)
    it(`answers ${status} with the platform’s body to ${what}`, async () => {
      const answer = await raw(open.port, request(), true);
      assert.equal(answer.status, status, answer.text);
      assert.equal(answer.json['code'], code as unknown);
      assert.equal(answer.json['status'], status as unknown);
      assert.ok(answer.json['contextId'] && /inin-correlation-id: /i.test(answer.head), answer.head);
    });

  it('does not wait for ever: 408 where headers or body do not end', async () => {
    for (const bytes of [`GET ${ME} HTTP/1.1\r\n${host}`, post(`${JSON_TYPE}Content-Length: 100\r\n`, '{"phone')]) {
      const answer = await raw(open.port, bytes, true);
      assert.deepEqual([answer.status, answer.json['code']], [408, 'request.timeout'], answer.text);
    }
  });

  it('goes on after a client that hangs up in the middle', async () => {
    for (const bytes of ['GE', `GET ${ME} HTTP/1.1\r\n`, post(`${JSON_TYPE}Content-Length: 100\r\n`, '{"phone')]) await raw(open.port, bytes);
    assert.equal((await raw(open.port, `GET ${ME} HTTP/1.1\r\n${host}${bearer}${CLOSE}`)).status, 200);
  });

  it('survives a thousand damaged requests without a trace, and lives on', async () => {
    // The same damage each time: a linear congruential generator (Numerical Recipes).
    let state = 20_261_122;
    const next = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state % below;
    };
    const good = [
      Buffer.from(`GET /api/v2/users/me?expand=station HTTP/1.1\r\n${host}${bearer}${CLOSE}`),
      post(`${JSON_TYPE}Content-Length: 30\r\n`, '{"phoneNumber":"+13175550142"}'),
      Buffer.from(
        `POST /oauth/token HTTP/1.1\r\n${host}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 29\r\n${CLOSE}grant_type=client_credentials`,
      ),
      Buffer.from(
        `PATCH /api/v2/users/${encodeURIComponent('{{userId}}')}/presences/purecloud HTTP/1.1\r\n${host}${bearer}${JSON_TYPE}Transfer-Encoding: chunked\r\n${CLOSE}2\r\n{}\r\n0\r\n\r\n`,
      ),
    ];
    const damage = (bytes: Buffer): Buffer => {
      const at = next(bytes.length);
      switch (next(5)) {
        case 0:
          return Buffer.concat([bytes.subarray(0, at), Buffer.from([next(256)]), bytes.subarray(at + 1)]);
        case 1:
          return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + next(8))]);
        case 2:
          return Buffer.concat([bytes.subarray(0, at), Buffer.from([next(256), next(256)]), bytes.subarray(at)]);
        case 3:
          return bytes.subarray(0, at);
        default:
          return Buffer.concat([bytes.subarray(0, at), bytes.subarray(next(at + 1), at), bytes.subarray(at)]);
      }
    };
    const batch = async (): Promise<void> => {
      for (let n = 0; n < 125; n++) {
        let bytes: Buffer = good[next(good.length)] as Buffer;
        for (let hits = 0; hits <= next(3); hits++) bytes = damage(bytes);
        const { text, status } = await raw(open.port, bytes);
        assert.ok(!/\bat .*[\\/].*:\d+:\d+|node:internal/.test(text), text);
        assert.ok(status !== 500, `${JSON.stringify(bytes.toString('latin1'))}: ${text}`);
      }
    };
    await Promise.all(Array.from({ length: 8 }, batch));
    assert.equal((await raw(open.port, good[0] as Buffer)).status, 200);
  });
});
