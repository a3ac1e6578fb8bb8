import assert from 'node:assert/strict';
import type { Connect } from '../../../../src/org/calls/webSocket.js';
import { connectWebSocket } from '../../../../src/org/calls/webSocket.js';
import { place } from '../../sandbox/callsFixture.js';
import type { Running } from '../../sandbox/harness.js';
import { sleep } from '../server.js';
import { AGENT, answered, clientOf, fastClock, followerFor, listener, NUMBER, put, quickOrg, refused, until } from './desk.js';

const deaf: Connect = () => Promise.reject(new Error('no WebSocket here'));

describe('org/calls/follow, by notifications', () => {
  let org: Running;
  before(async () => {
    org = await quickOrg({}, 80);
  });

  it('tells of a call from the first ring to the end, with how long they talked', async () => {
    // Rings long enough for whoever follows on a busy machine.
    const org = await quickOrg({}, 700);
    const client = await clientOf(org, AGENT);
    const { follower, wires } = followerFor(client);
    const { told, changed, phases, last } = listener();
    // The socket is there before the first ring.
    const ear = follower.hear(org.idOf(AGENT));
    await ear.ready(10_000);
    const conversationId = await place(org, AGENT);
    follower.follow({ conversationId, agentId: org.idOf(AGENT) }, changed);
    await until(() => last()?.call?.phase === 'connected', 'the connection');
    await org.send(AGENT, `PATCH /api/v2/conversations/calls/${conversationId}/participants/${last()?.call?.participantId}`, { held: true });
    await until(() => last()?.call?.phase === 'held', 'the hold');
    await org.send(AGENT, `PATCH /api/v2/conversations/calls/${conversationId}/participants/${last()?.call?.participantId}`, { held: false });
    await until(() => last()?.call?.phase === 'connected', 'the end of the hold');
    await org.send(AGENT, `PATCH /api/v2/conversations/calls/${conversationId}`, { state: 'disconnected' });
    await until(() => last()?.call?.phase === 'ended', 'the end');
    assert.deepEqual(phases().slice(-6), ['dialing', 'outside', 'connected', 'held', 'connected', 'ended']);
    assert.equal(told.at(-2)?.by, 'notifications');
    const { call } = last() ?? {};
    assert.deepEqual([call?.end?.failed, call?.end?.words], [false, 'The agent hung up.']);
    assert.ok(call?.talked !== undefined && call.talked >= 0 && call.talked < 10_000);
    assert.equal(wires.length, 1);
  });

  it('tells that the agent’s phone rings, where it has to be answered by hand', async () => {
    const who = 'Sales Agent 9';
    const org = await quickOrg({}, 700);
    const { follower } = followerFor(await clientOf(org, who));
    const { changed, phases, last } = listener();
    await follower.hear(org.idOf(who)).ready(10_000);
    follower.follow({ conversationId: await place(org, who), agentId: org.idOf(who) }, changed);
    await until(() => last()?.call?.phase === 'connected');
    assert.ok(phases().includes('agent'), phases().join());
  });

  const ENDINGS: readonly [number: string, words: RegExp, code: RegExp][] = [
    ['+13175550186', /busy/, /^SIP 486$/],
    ['+13175550187', /Nobody answered/, /^SIP 480$/],
    ['+13175550188', /rejected/, /^SIP 603$/],
    ['+13175550189', /no such number/, /^SIP 404$/],
    ['+13175550190', /route/, /^error\.ininedgecontrol\.connection\.dialplan\.notReachable$/],
    ['+13175550191', /line or a carrier|connection broke/, /^(?:SIP 503|transport\.failure)$/],
  ];
  for (const [phoneNumber, words, code] of ENDINGS)
    for (const [how, connect] of [
      ['notifications', connectWebSocket],
      ['polling', deaf],
    ] as const)
      it(`says why a call to ${phoneNumber} ended, by ${how}`, async () => {
        const { follower } = followerFor(await clientOf(org, AGENT), connect, connect === deaf ? fastClock : undefined);
        const { changed, last } = listener();
        follower.follow({ conversationId: await place(org, AGENT, { phoneNumber }), agentId: org.idOf(AGENT) }, changed);
        const { end } = await until(() => (last()?.call?.phase === 'ended' ? last()?.call : undefined), 'the end');
        assert.deepEqual([end?.failed, words.test(end?.words ?? ''), code.test(end?.code ?? '')], [true, true, true], JSON.stringify(end));
      });

  it('opens one socket for many calls, and closes it with the last', async () => {
    const { follower, wires } = followerFor(await clientOf(org, AGENT));
    let closed = 0;
    const stops: (() => void)[] = [];
    const listeners: ReturnType<typeof listener>[] = [];
    for (let i = 0; i < 5; i++) {
      const one = listener();
      listeners.push(one);
      stops.push(follower.follow({ conversationId: await place(org, AGENT), agentId: org.idOf(AGENT) }, one.changed));
    }
    await until(() => listeners.every((l) => l.last()?.call?.phase === 'connected'));
    assert.equal(wires.length, 1);
    const [wire] = wires;
    assert.ok(wire);
    const close = wire.close.bind(wire);
    wire.close = () => {
      closed += 1;
      close();
    };
    for (const stop of stops) {
      assert.equal(closed, 0);
      stop();
    }
    await until(() => closed === 1);
  });

  it('comes back when the socket breaks, and has not missed what happened meanwhile', async () => {
    let cut: (() => void) | undefined;
    let connections = 0;
    const breaking: Connect = async (uri, events) => {
      connections += 1;
      const wire = await connectWebSocket(uri, events);
      cut = () => wire.close();
      return wire;
    };
    const { follower } = followerFor(await clientOf(org, AGENT), breaking);
    const { changed, last } = listener();
    const conversationId = await place(org, AGENT);
    follower.follow({ conversationId, agentId: org.idOf(AGENT) }, changed);
    await until(() => last()?.call?.phase === 'connected' && last()?.by === 'notifications');
    cut?.();
    await org.send(AGENT, `PATCH /api/v2/conversations/calls/${conversationId}`, { state: 'disconnected' });
    await until(() => last()?.call?.phase === 'ended', 'the end');
    const other = listener();
    follower.follow({ conversationId: await place(org, AGENT), agentId: org.idOf(AGENT) }, other.changed);
    await until(() => other.last()?.call?.phase === 'connected' && other.last()?.by === 'notifications', 'the socket');
    assert.ok(connections >= 2);
  });

  it('makes another channel where the one that it had is gone', async () => {
    const { follower, wires } = followerFor(await clientOf(org, AGENT));
    const { changed, last } = listener();
    await put(org, 'faults', { faults: [{ kind: 'status', status: 404, operations: ['GET /channels/*'], times: 1 }] });
    follower.follow({ conversationId: await place(org, AGENT), agentId: org.idOf(AGENT) }, changed);
    await until(() => last()?.call?.phase === 'connected' && last()?.by === 'notifications', 'notifications');
    assert.equal(wires.length, 1);
  });

  it('connects to no host but the region’s', async () => {
    const client = await clientOf(org, AGENT, ({ method }, path) =>
      method === 'POST' && path.endsWith('/channels') ? answered(200, { id: 'x', connectUri: 'ws://127.0.0.1:9/channels/x' }) : undefined,
    );
    const { follower, wires } = followerFor(client, connectWebSocket, fastClock);
    const { changed, told, last } = listener();
    follower.follow({ conversationId: await place(org, AGENT), agentId: org.idOf(AGENT) }, changed);
    await until(() => last()?.call?.phase === 'connected');
    assert.equal(wires.length, 0);
    assert.ok(told.every((f) => f.by === 'polling'));
  });
});

describe('org/calls/follow, by polling', () => {
  let org: Running;
  before(async () => {
    org = await quickOrg();
  });
  const isRead = (path: string): boolean => path.startsWith('/api/v2/conversations/');

  it('asks where there is no socket, and stops when the call has ended', async () => {
    let reads = 0;
    const client = await clientOf(org, AGENT, (_, path) => {
      if (isRead(path)) reads += 1;
      return undefined;
    });
    const { follower } = followerFor(client, deaf, fastClock);
    const { changed, last } = listener();
    const conversationId = await place(org, AGENT);
    follower.follow({ conversationId, agentId: org.idOf(AGENT) }, changed);
    await until(() => last()?.call?.phase === 'connected');
    assert.equal(last()?.by, 'polling');
    await org.send(AGENT, `PATCH /api/v2/conversations/calls/${conversationId}`, { state: 'disconnected' });
    await until(() => last()?.call?.phase === 'ended', 'the end');
    const before = reads;
    await sleep(600);
    assert.equal(reads, before);
  });

  it('asks seldom while nothing happens, and again soon when something does', async () => {
    const at: number[] = [];
    const client = await clientOf(org, AGENT, (_, path) => {
      if (isRead(path)) at.push(fastClock.now());
      return undefined;
    });
    const { follower } = followerFor(client, deaf, fastClock);
    const { changed } = listener();
    const stop = follower.follow({ conversationId: await place(org, AGENT) }, changed);
    await until(() => at.length >= 9);
    stop();
    const gaps = at.slice(1).map((t, i) => t - (at[i] ?? 0));
    assert.ok(Math.min(...gaps) > 480, String(gaps));
    assert.ok((gaps.at(-1) ?? 0) > 7000, String(gaps));
  });

  it('leaves the platform alone as long as it asks for that, whoever follows', async () => {
    const at: number[] = [];
    const client = await clientOf(org, AGENT, (_, path) => {
      if (!isRead(path)) return undefined;
      at.push(fastClock.now());
      return at.length === 1 ? answered(429, { status: 429, code: 'too.many.requests', message: 'm' }, [['Retry-After', '9']]) : undefined;
    });
    const { follower } = followerFor(client, deaf, fastClock);
    const [one, other] = [listener(), listener()];
    for (const { changed } of [one, other]) follower.follow({ conversationId: await place(org, AGENT) }, changed);
    await until(() => one.last()?.call && other.last()?.call);
    assert.ok((at[1] ?? 0) - (at[0] ?? 0) >= 8950, String(at));
  });

  it('says so where this sign-in may not see the call', async () => {
    const { follower } = followerFor(await clientOf(org, 'dialer-service'), connectWebSocket, fastClock);
    const { changed, last } = listener();
    const conversationId = await place(org, 'dialer-service', { phoneNumber: NUMBER }, `POST /api/v2/conversations/calls/user/${org.idOf(AGENT)}`);
    follower.follow({ conversationId, agentId: org.idOf(AGENT) }, changed);
    const { problem } = await until(() => (last()?.by === 'nothing' ? last() : undefined), 'the end');
    assert.match(problem ?? '', /^this sign-in may not see the call: answered 403 not\.authorized; .*conversation:communication:view/);
  });

  it('is told by notifications even where it may not ask', async () => {
    const client = await clientOf(org, AGENT, (_, path) => (isRead(path) ? refused(403, 'not.authorized') : undefined));
    const { follower } = followerFor(client);
    const ear = follower.hear(org.idOf(AGENT));
    assert.equal(await ear.ready(2000), true);
    const { changed, last } = listener();
    const conversationId = await place(org, AGENT);
    follower.follow({ conversationId, agentId: org.idOf(AGENT) }, changed);
    await until(() => last()?.by === 'notifications');
    await org.send(AGENT, `PATCH /api/v2/conversations/calls/${conversationId}`, { state: 'disconnected' });
    await until(() => last()?.call?.phase === 'ended', 'the end');
  });

  it('goes on where answers are lost, no JSON, or of another shape', async () => {
    let count = 0;
    const client = await clientOf(org, AGENT, (_, path) => {
      if (!isRead(path)) return undefined;
      count += 1;
      if (count === 1) return Promise.resolve({ kind: 'no-answer', code: 'ECONNRESET', why: 'lost' });
      return count === 2 ? answered(200, [1]) : count === 3 ? refused(503, 'service.unavailable') : undefined;
    });
    const { follower } = followerFor(client, deaf, fastClock);
    const { changed, told, last } = listener();
    follower.follow({ conversationId: await place(org, AGENT) }, changed);
    await until(() => last()?.call?.phase === 'connected');
    assert.deepEqual(
      told.slice(0, 3).map((f) => f.problem),
      ['lost', 'the answer has another shape than documented', 'answered 503 service.unavailable'],
    );
    assert.equal(last()?.problem, undefined);
  });
});
