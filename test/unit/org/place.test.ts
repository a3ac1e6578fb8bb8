import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Attempts } from '../../../src/org/attempts.js';
import { Client } from '../../../src/org/client.js';
import { type Http, send } from '../../../src/org/http.js';
import { type PlaceOutcome, placeCall } from '../../../src/org/place.js';
import { buildCallRequest } from '../../../src/platform/callRequest.js';
import { sandboxRegion } from '../../../src/platform/regions.js';
import { json, nobody, serve, serveSocket, sleep } from './server.js';

const CANARY = 'canary-token-0123456789';
const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const WORDS = { agent: 'Sales Agent 7', to: '+1 317 555 0142', org: 'Sandbox org' };
const CALL = buildCallRequest({ as: 'on-behalf', agentId: ID, destination: { kind: 'phone', phoneNumber: '+13175550142' } });

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-place-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newFile = (): string => path.join(folder, `${++files}`, 'attempts.jsonl');
const states = (file: string): unknown[] =>
  fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { state: unknown }).state);

/** The real port with a deadline that a test can wait for. */
const quick: Http = (request) => send({ ...request, timeout: 250 });
const place = (origin: string, file: string, http = quick, token = CANARY): Promise<PlaceOutcome> =>
  placeCall(new Client(sandboxRegion(origin), async () => ({ kind: 'ok', token }), http), new Attempts(file), CALL, WORDS);

const platform = (status: number, code: string): object => ({ status, code, message: 'm', contextId: 'c', details: [], errors: [] });

describe('org/place, what a call comes to', () => {
  const answers: readonly [what: string, status: number, body: string | object, kind: PlaceOutcome['kind']][] = [
    ['200 with an id', 200, { id: ID }, 'placed'],
    ['202 with an id', 202, { id: ID, selfUri: '/x' }, 'placed'],
    ['200 without an id', 200, {}, 'unknown'],
    ['200 with an empty id', 200, { id: '' }, 'unknown'],
    ['200 with an id that is a number', 200, { id: 7 }, 'unknown'],
    ['200 with an id that is none of a conversation', 200, { id: 'portal' }, 'unknown'],
    ['200 with a list', 200, [{ id: ID }], 'unknown'],
    ['202 with nothing', 202, '', 'unknown'],
    ['204', 204, '', 'unknown'],
    ['200 with the page of a hotel’s Wi-Fi', 200, '<html>Welcome</html>', 'unknown'],
    ['302', 302, '', 'refused'],
    ['400', 400, platform(400, 'bad.request'), 'refused'],
    ['401', 401, platform(401, 'bad.credentials'), 'refused'],
    ['403', 403, platform(403, 'missing.any.permissions'), 'refused'],
    ['403 in HTML', 403, '<html>Blocked</html>', 'refused'],
    ['404', 404, platform(404, 'not.found'), 'refused'],
    ['408 of a gateway', 408, 'stream timeout', 'unknown'],
    ['429', 429, platform(429, 'too.many.requests'), 'refused'],
    ['500', 500, platform(500, 'internal.server.error'), 'unknown'],
    ['500 for a station without an edge', 500, platform(500, 'providerapi.error.station.no.active.edge'), 'refused'],
    ['502 in HTML', 502, '<html>Bad gateway</html>', 'unknown'],
    ['503', 503, platform(503, 'service.unavailable'), 'unknown'],
    ['504', 504, platform(504, 'request.timeout'), 'unknown'],
  ];
  for (const [what, status, body, kind] of answers)
    it(`is ${kind} at ${what}, with one request and the outcome on disk`, async () => {
      const file = newFile();
      const server = await serve((r) =>
        r.writeHead(status, { Location: '/again' }).end(status === 204 ? undefined : typeof body === 'string' ? body : JSON.stringify(body)),
      );
      const outcome = await place(server.origin, file);
      assert.equal(outcome.kind, kind, JSON.stringify(outcome));
      assert.equal(outcome.attempt.status, status);
      assert.deepEqual(
        server.seen.map((s) => `${s.method} ${s.url}`),
        [`POST /api/v2/conversations/calls/user/${ID}`],
      );
      assert.deepEqual(states(file), ['sending', kind]);
      if (outcome.kind === 'placed') assert.equal(outcome.conversationId, ID);
      if (outcome.kind === 'unknown') assert.match(outcome.why, new RegExp(`${status}`));
    });

  const cuts: readonly [what: string, talk: Parameters<typeof serveSocket>[0], kind: PlaceOutcome['kind']][] = [
    ['a 200 that is cut off', (s) => s.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"id":"3f25'), 'unknown'],
    ['a 200 that is whole before it is reset', (s) => s.end(`HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"id":"${ID}"}`), 'placed'],
    ['a 403 that is cut off', (s) => s.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 99\r\n\r\n{"sta'), 'refused'],
    ['a 503 that is cut off', (s) => s.end('HTTP/1.1 503 No\r\nContent-Length: 99\r\n\r\n{"sta'), 'unknown'],
    ['a reset before the answer', (s) => s.resetAndDestroy(), 'unknown'],
    ['an end before the answer', (s) => s.end(), 'unknown'],
    ['no HTTP', (s) => s.end('220 mail.example ESMTP\r\n'), 'unknown'],
    ['silence', () => {}, 'unknown'],
    ['headers and then silence', (s) => s.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{'), 'unknown'],
  ];
  for (const [what, talk, kind] of cuts)
    it(`is ${kind} at ${what}, and is not sent again`, async () => {
      const file = newFile();
      const server = await serveSocket(talk);
      const outcome = await place(server.origin, file);
      assert.equal(outcome.kind, kind, JSON.stringify(outcome));
      await sleep(30);
      assert.equal(server.connections(), 1);
      assert.deepEqual(states(file), ['sending', kind]);
    });

  it('is not-sent only where nothing can have arrived', async () => {
    const file = newFile();
    const outcome = await place(await nobody(), file);
    assert.equal(outcome.kind, 'not-sent');
    assert.deepEqual(states(file), ['sending', 'not-sent']);
  });

  it('is not-sent where no connection came about in time', async () => {
    const file = newFile();
    const server = await serveSocket(() => {});
    const outcome = await place(server.origin.replace('http:', 'https:'), file);
    assert.equal(outcome.kind, 'not-sent', JSON.stringify(outcome));
    assert.deepEqual(states(file), ['sending', 'not-sent']);
  });

  it('is not-sent where there is no token', async () => {
    const file = newFile();
    const server = await serve((r) => json(r, 200, { id: ID }));
    const client = new Client(sandboxRegion(server.origin), async () => ({ kind: 'failed', why: 'sign in again' }), send);
    const outcome = await placeCall(client, new Attempts(file), CALL, WORDS);
    assert.deepEqual([outcome.kind, outcome.attempt.note, server.seen.length], ['not-sent', 'sign in again', 0]);
  });

  it('is unknown, not lost, where the port itself fails', async () => {
    const file = newFile();
    const outcome = await place('http://127.0.0.1:1', file, () => Promise.reject(new TypeError('bug')));
    assert.equal(outcome.kind, 'unknown');
    assert.match(outcome.attempt.note ?? '', /fault of Call Doctor: bug/);
    assert.deepEqual(states(file), ['sending', 'unknown']);
  });
});

describe('org/place, the attempt', () => {
  it('is on disk before the request arrives', async () => {
    const file = newFile();
    let then: unknown[] = [];
    const server = await serve((r) => {
      then = states(file);
      json(r, 200, { id: ID });
    });
    await place(server.origin, file);
    assert.deepEqual(then, ['sending']);
  });

  it('holds no token, even where the answer echoes it', async () => {
    const file = newFile();
    const server = await serve((r, seen) => json(r, 403, { ...platform(403, 'not.authorized'), message: `you sent ${seen.headers.authorization}` }));
    const outcome = await place(server.origin, file);
    assert.equal(server.seen[0]?.headers.authorization, `Bearer ${CANARY}`);
    assert.ok(!fs.readFileSync(file, 'utf8').includes(CANARY));
    assert.ok(!JSON.stringify(outcome).includes(CANARY));
  });

  it('sends nothing where it cannot be written down, and says so', async () => {
    const file = newFile();
    fs.mkdirSync(file, { recursive: true });
    const server = await serve((r) => json(r, 200, { id: ID }));
    const outcome = await place(server.origin, file);
    assert.equal(outcome.kind, 'not-sent');
    assert.match(outcome.kind === 'not-sent' ? outcome.why : '', /could not be written down/);
    assert.equal(server.seen.length, 0);
  });

  it('does not hide the outcome where only that cannot be written down', async () => {
    const file = newFile();
    const server = await serve((r) => {
      fs.rmSync(file);
      fs.mkdirSync(file);
      json(r, 200, { id: ID });
    });
    const outcome = await place(server.origin, file);
    assert.deepEqual([outcome.kind, server.seen.length], ['placed', 1]);
  });

  it('sends exactly the body that was described', async () => {
    const file = newFile();
    const server = await serve((r) => json(r, 200, { id: ID }));
    const outcome = await place(server.origin, file);
    assert.deepEqual(JSON.parse(server.seen[0]?.body ?? ''), CALL.body);
    assert.deepEqual(JSON.parse(outcome.attempt.exchange.request?.body ?? ''), CALL.body);
  });

  it('is one of its own for each of many calls at once', async () => {
    const file = newFile();
    const attempts = new Attempts(file);
    const server = await serve((r) => json(r, 200, { id: ID }));
    const client = new Client(sandboxRegion(server.origin), async () => ({ kind: 'ok', token: CANARY }), send);
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => placeCall(client, attempts, CALL, WORDS)));
    assert.equal(new Set(outcomes.map((o) => o.attempt.id)).size, 30);
    assert.equal(server.seen.length, 30);
    assert.equal((await new Attempts(file).list()).filter((a) => a.state === 'placed').length, 30);
  });

  it('says who sent it', async () => {
    const file = newFile();
    const server = await serve((r) => json(r, 200, { id: ID }));
    const client = new Client(sandboxRegion(server.origin), async () => ({ kind: 'ok', token: CANARY }), send);
    const sender = { account: 'a', kind: 'client', principal: 'p' } as const;
    const { attempt } = await placeCall(client, new Attempts(file), CALL, { ...WORDS, sender });
    assert.deepEqual([attempt.sender, typeof attempt.uptime], [sender, 'number']);
  });
});

describe('org/place, two windows', () => {
  const placeIn = (origin: string, file: string, toldOf: ReadonlySet<string>): Promise<PlaceOutcome> =>
    placeCall(new Client(sandboxRegion(origin), async () => ({ kind: 'ok', token: CANARY }), quick), new Attempts(file), CALL, { ...WORDS, toldOf });

  it('that confirm the same at once send it once', async () => {
    for (let round = 0; round < 10; round++) {
      const file = newFile();
      const server = await serve(() => {});
      const outcomes = await Promise.all([placeIn(server.origin, file, new Set()), placeIn(server.origin, file, new Set())]);
      assert.deepEqual([outcomes.map((o) => o.kind).sort(), server.seen.length], [['not-sent', 'unknown'], 1], `round ${round}`);
      const other = outcomes.find((o) => o.kind === 'not-sent');
      assert.match(other?.attempt.note ?? '', /^another window began a call for Sales Agent 7 to /);
    }
  });

  it('send it again where the person was told of the first', async () => {
    const file = newFile();
    const server = await serve((r) => json(r, 503, {}));
    const first = await placeIn(server.origin, file, new Set());
    assert.equal(first.kind, 'unknown');
    assert.equal((await placeIn(server.origin, file, new Set())).kind, 'not-sent');
    assert.equal((await placeIn(server.origin, file, new Set([first.attempt.id]))).kind, 'unknown');
    assert.equal(server.seen.length, 2);
  });
});
