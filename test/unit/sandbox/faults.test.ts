import assert from 'node:assert/strict';
import net from 'node:net';
import { Faults } from '../../../src/sandbox/http/faults.js';
import type { OrgFault } from '../../../src/sandbox/org/faults.js';
import { askToken, orgCopy, type Running, start, text } from './harness.js';

const ME = 'GET /api/v2/users/me';
const CALL = 'POST /api/v2/conversations/calls';
const NUMBER = { phoneNumber: '+13175550142' };
const WHO = 'Sales Agent 7';

const withFaults = (...faults: readonly OrgFault[]): Promise<Running> => start({ org: { ...orgCopy(), faults } });
const fault = (kind: OrgFault['kind'], operations: readonly string[], more: Partial<OrgFault> = {}): OrgFault => ({ kind, operations, ...more });

/** What a connection gives until it ends, and how it ends. */
function raw(origin: string, request: string): Promise<{ readonly received: string; readonly end: 'closed' | string }> {
  return new Promise((resolve) => {
    let received = '';
    let end = 'closed';
    const socket = net.connect(Number(new URL(origin).port), '127.0.0.1', () => void socket.write(request));
    socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
    socket.on('error', (error: NodeJS.ErrnoException) => (end = error.code ?? error.message));
    socket.on('close', () => resolve({ received, end }));
  });
}

async function rawCall(r: Running): ReturnType<typeof raw> {
  const body = JSON.stringify(NUMBER);
  const headers = [
    `Host: ${new URL(r.sandbox.origin).host}`,
    `Authorization: Bearer ${await r.token(WHO)}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ];
  return raw(r.sandbox.origin, `POST /api/v2/conversations/calls HTTP/1.1\r\n${headers.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`);
}
const callsOf = async (r: Running) => (await r.send(WHO, 'GET /api/v2/conversations/calls')).json['total'];

describe('sandbox, faults', () => {
  it('reset the connection before the work is done', async () => {
    const r = await withFaults(fault('reset-before', [CALL]));
    assert.deepEqual(await rawCall(r), { received: '', end: 'ECONNRESET' });
    assert.equal(await callsOf(r), 0);
  });

  it('reset the connection after the work is done', async () => {
    const r = await withFaults(fault('reset-after', [CALL]));
    assert.deepEqual(await rawCall(r), { received: '', end: 'ECONNRESET' });
    assert.equal(await callsOf(r), 1);
  });

  it('cut an answer where they say, and end the connection without a reset', async () => {
    const r = await withFaults(fault('cut', [CALL], { bytes: 7 }));
    const { received, end } = await rawCall(r);
    assert.equal(end, 'closed');
    const [head = '', body] = received.split('\r\n\r\n');
    assert.equal(body?.length, 7);
    assert.ok(Number(/content-length: (\d+)/i.exec(head)?.[1]) > 7);
  });

  it('cut before the first byte of a body', async () => {
    const r = await withFaults(fault('cut', [CALL], { bytes: 0 }));
    const { received, end } = await rawCall(r);
    assert.equal(end, 'closed');
    assert.match(received, /^HTTP\/1\.1 200 /);
    assert.ok(received.endsWith('\r\n\r\n'));
  });

  it('let an answer trickle, whole', async () => {
    const r = await withFaults(fault('slow-bytes', [ME], { bytesPerSecond: 100_000 }));
    const reply = await r.send(WHO, ME);
    assert.deepEqual([reply.status, text(reply.json['name'])], [200, WHO]);
  });

  it('come together: late and cut', async () => {
    const r = await withFaults(fault('delay', [ME], { milliseconds: 30 }), fault('cut', [ME]));
    const started = performance.now();
    await assert.rejects(r.send(WHO, ME), TypeError);
    assert.ok(performance.now() - started >= 25);
  });

  it('say a page of HTML with any status', async () => {
    const r = await withFaults(fault('html', [ME], { status: 502 }));
    const reply = await r.send(WHO, ME);
    assert.equal(reply.status, 502);
    assert.match(reply.text, /^<!DOCTYPE html>[\s\S]*502 Bad Gateway/);
    assert.equal(reply.headers.get('inin-correlation-id'), null);
  });

  for (const [status, code] of [
    [400, 'bad.request'],
    [403, 'not.authorized'],
    [404, 'not.found'],
    [409, 'general.conflict'],
    [415, 'unsupported.media.type'],
    [500, 'internal.server.error'],
    [503, 'service.unavailable'],
    [504, 'request.timeout'],
  ] as const)
    it(`say ${status} with the platform’s body: ${code}`, async () => {
      // FACTS §1.4, §3.2.
      const r = await withFaults(fault('status', [ME], { status }));
      const reply = await r.send(WHO, ME);
      assert.deepEqual([reply.status, reply.json['status'], reply.json['code']], [status, status, code]);
      assert.equal(reply.json['contextId'], reply.headers.get('inin-correlation-id'));
    });

  it('say an error with words of their own, or without a body', async () => {
    const own = await withFaults(fault('status', [ME], { status: 500, code: 'providerapi.error.no.station.for.edge', message: 'No Edge.' }));
    const reply = await own.send(WHO, ME);
    assert.deepEqual([reply.json['code'], reply.json['message']], ['providerapi.error.no.station.for.edge', 'No Edge.']);
    const empty = await withFaults(fault('status', [ME], { status: 502, body: 'empty' }));
    const nothing = await empty.send(WHO, ME);
    assert.deepEqual([nothing.status, nothing.text], [502, '']);
  });

  it('fail before the work, or after it', async () => {
    const before = await withFaults(fault('status', [CALL]));
    assert.equal((await before.send(WHO, CALL, NUMBER)).status, 503);
    assert.equal(await callsOf(before), 0);
    const after = await withFaults(fault('status', [CALL], { status: 504, work: 'done' }));
    assert.equal((await after.send(WHO, CALL, NUMBER)).status, 504);
    assert.equal(await callsOf(after), 1);
  });

  it('do not come before a refusal that the platform has a reason for', async () => {
    const r = await withFaults(fault('status', [CALL]));
    assert.equal((await r.send('Warehouse Clerk 1', CALL, NUMBER)).status, 403);
    assert.equal((await r.send(undefined, CALL, NUMBER)).status, 401);
  });

  it('say 429 with a Retry-After of whole seconds, and name the limit', async () => {
    const r = await withFaults(fault('rate-limit', [ME], { retryAfterSeconds: 7 }));
    const reply = await r.send(WHO, ME);
    assert.deepEqual([reply.status, reply.json['code'], reply.headers.get('retry-after')], [429, 'too.many.requests', '7']);
    assert.deepEqual(Object.keys(reply.json['limit'] ?? {}).sort(), ['key', 'namespace', 'value']);
  });

  it('say another content type, pad, and leave the body out', async () => {
    const r = await withFaults(fault('wrong-type', [ME], { contentType: 'application/xml' }), fault('huge', [ME], { bytes: 5000 }));
    const reply = await r.send(WHO, ME);
    assert.equal(reply.headers.get('content-type'), 'application/xml');
    assert.ok(Math.abs(reply.text.length - 5000) < 20);
    assert.equal(text((JSON.parse(reply.text) as { readonly name?: never }).name), WHO);
    const empty = await (await withFaults(fault('empty', [ME]))).send(WHO, ME);
    assert.deepEqual([empty.status, empty.text], [200, '']);
  });

  it('are for some requests: first so many unharmed, then so many times', async () => {
    const r = await withFaults(fault('status', [ME], { after: 2, times: 3 }));
    const statuses = [];
    for (let n = 0; n < 7; n++) statuses.push((await r.send(WHO, ME)).status);
    assert.deepEqual(statuses, [200, 200, 503, 503, 503, 200, 200]);
  });

  it('are for operations by pattern: any method, and whatever begins so', async () => {
    const r = await withFaults(fault('status', ['* /api/v2/routing/*'], { status: 500 }), fault('status', ['GET /api/v2/users/{userId}'], { status: 502 }));
    assert.equal((await r.send('Admin 1', 'GET /api/v2/routing/queues')).status, 500);
    assert.equal((await r.send('Admin 1', 'DELETE /api/v2/routing/queues/{Sales EMEA}')).status, 500);
    assert.equal((await r.send('Admin 1', 'GET /api/v2/users/{Sales Agent 7}')).status, 502);
    assert.equal((await r.send('Admin 1', ME)).status, 200);
  });

  it('are for the login side too', async () => {
    const r = await withFaults(fault('status', ['POST /oauth/token'], { times: 1 }), fault('html', ['POST /oauth/token'], { after: 1, times: 1 }));
    const client = r.sandbox.clients.find((c) => c.name === 'wfm-tool');
    assert.ok(client);
    const ask = () => askToken(r.sandbox, client.id, client.secret);
    assert.equal((await ask()).status, 503);
    assert.match((await ask()).text, /^<!DOCTYPE html>/);
    assert.equal((await ask()).status, 200);
  });

  it('draw the same delays from the same seed, within the jitter', () => {
    const draw = (seed: number): readonly number[] => {
      const faults = new Faults([fault('delay', [ME], { milliseconds: 100, jitterMilliseconds: 50, seed })]);
      return Array.from({ length: 20 }, () => faults.meet(ME)?.delayMilliseconds ?? 0);
    };
    assert.deepEqual(draw(7), draw(7));
    assert.notDeepEqual(draw(7), draw(8));
    assert.ok(draw(7).every((ms) => ms >= 100 && ms <= 150));
    assert.ok(new Set(draw(7)).size > 5);
  });

  it('tell what is left of them', () => {
    const faults = new Faults([fault('cut', [ME], { after: 1, times: 2 }), fault('empty', [CALL])]);
    faults.meet(ME);
    assert.deepEqual(faults.left(), [fault('cut', [ME], { after: 0, times: 2 }), fault('empty', [CALL])]);
    faults.meet(ME);
    faults.meet(ME);
    assert.deepEqual(faults.left(), [fault('empty', [CALL])]);
    assert.equal(faults.meet(ME), undefined);
  });

  const wrong: readonly [what: string, faults: unknown, problem: RegExp][] = [
    ['a kind that is none', [{ operations: [ME], kind: 'explode' }], /\/faults\/0\/kind: expected one of delay, /],
    ['an operation without a method', [{ operations: ['/api/v2/users'], kind: 'cut' }], /\/faults\/0\/operations\/0: expected a method and a path template/],
    [
      'a field of another kind',
      [{ operations: [ME], kind: 'cut', milliseconds: 5 }],
      /\/faults\/0\/milliseconds: a fault of the kind "cut" does not have this field/,
    ],
    ['a status that is a success', [{ operations: [ME], kind: 'status', status: 200 }], /\/faults\/0\/status: expected a whole number from 400 to 599/],
  ];
  for (const [what, faults, problem] of wrong)
    it(`are refused in an org file: ${what}`, async () => {
      await assert.rejects(start({ org: { ...orgCopy(), faults } }), problem);
    });

  it('keep the names that they had', async () => {
    const r = await start({ org: { ...orgCopy(), faults: [{ operations: [ME], kind: 'unavailable' }] } });
    assert.equal((await r.send(WHO, ME)).status, 503);
  });
});
