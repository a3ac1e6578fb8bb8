import assert from 'node:assert/strict';
import { type Outgoing, type Streamed, stream } from '../../../src/org/http.js';
import { serve, serveSocket } from './server.js';

const get = (url: string, more: Partial<Outgoing> = {}): Outgoing => ({ method: 'GET', url, headers: {}, ...more });
const streamed = async (request: Outgoing, most: number, take: (chunk: Uint8Array) => boolean): Promise<Streamed> => {
  const outcome = await stream(request, most, take);
  assert.equal(outcome.kind, 'streamed', JSON.stringify(outcome));
  return outcome as Streamed;
};

describe('org/http, bodies that are handed on', () => {
  it('hands on every byte, in order', async () => {
    const body = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => i % 251));
    const server = await serve((r) => r.writeHead(200, { 'X-A': '1' }).end(body));
    const chunks: Buffer[] = [];
    const outcome = await streamed(get(server.origin), 1e9, (c) => chunks.push(Buffer.from(c)) > 0);
    assert.ok(Buffer.concat(chunks).equals(body));
    assert.deepEqual([outcome.status, outcome.body, outcome.bytes], [200, 'whole', body.length]);
    assert.ok(outcome.headers.some(([n, v]) => n === 'x-a' && v === '1'));
  });

  it('stops when enough is there, and when it is too much', async () => {
    const server = await serve((r) => r.writeHead(200).end(Buffer.alloc(5_000_000)));
    let bytes = 0;
    const count = (chunk: Uint8Array): boolean => {
      bytes += chunk.length;
      return bytes < 100_000;
    };
    assert.equal((await streamed(get(server.origin), 1e9, count)).body, 'enough');
    assert.ok(bytes < 1_000_000);
    const limited = await streamed(get(server.origin), 200_000, () => true);
    assert.equal(limited.body, 'too-large');
    assert.ok(limited.bytes < 1_000_000);
  });

  it('hands on nothing of an answer that is not 200', async () => {
    const server = await serve((r) => r.writeHead(404).end('gone'));
    assert.deepEqual((await streamed(get(server.origin), 1e9, () => assert.fail('handed on'))).status, 404);
  });

  it('says that a body was cut off, or that its time was over', async () => {
    const cut = await serveSocket((s) => s.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'));
    assert.equal((await streamed(get(cut.origin), 1e9, () => true)).body, 'unfinished');
    const slow = await serve((r) => r.writeHead(200).write('half'));
    assert.equal((await streamed(get(slow.origin, { timeout: 150 }), 1e9, () => true)).body, 'unfinished');
  });

  it('lets a fault of its reader through', async () => {
    const server = await serve((r) => r.writeHead(200).end('x'));
    await assert.rejects(
      stream(get(server.origin), 1e9, () => {
        throw new RangeError('a bug');
      }),
      RangeError,
    );
  });

  it('does not follow redirects', async () => {
    const server = await serve((r) => r.writeHead(302, { Location: '/elsewhere' }).end());
    assert.equal((await streamed(get(server.origin), 1e9, () => true)).status, 302);
    assert.equal(server.seen.length, 1);
  });
});
