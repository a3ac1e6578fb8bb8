import assert from 'node:assert/strict';
import { Notifications, type TopicState } from '../../../../src/org/calls/notifications.js';
import type { Connect, WireEvents } from '../../../../src/org/calls/webSocket.js';
import { Client } from '../../../../src/org/client.js';
import type { Outcome } from '../../../../src/org/http.js';
import { findRegion, type Region } from '../../../../src/platform/regions.js';
import { answered, refused } from './desk.js';
import { FakeClock, settled } from './fakeClock.js';

const REGION = findRegion('us-east-1') as Region;
const TOPIC = 'v2.users.3f2504e0-4f89-41d3-9a0c-0305e82c3301.conversations';
const HEARTBEAT = JSON.stringify({ topicName: 'channel.metadata', eventBody: { message: 'WebSocket Heartbeat' } });

/** The platform's side: what it was asked for, and the ends of the wires that it has. */
function platform(answer: (method: string, path: string, body: string) => Promise<Outcome> | undefined = () => undefined) {
  const clock = new FakeClock();
  const asked: string[] = [];
  const wires: { readonly uri: string; readonly events: WireEvents; readonly sent: string[]; closed: boolean }[] = [];
  let channels = 0;
  const client = new Client(
    REGION,
    async () => ({ kind: 'ok', token: 'token-that-goes-nowhere-else' }),
    async ({ method, url, body = '' }) => {
      const path = url.slice(REGION.api.length);
      asked.push(`${method} ${path}${body}`);
      const other = answer(method, path, body);
      if (other) return other;
      if (method === 'POST' && path.endsWith('/channels')) {
        channels += 1;
        return answered(200, { id: `c${channels}`, connectUri: `wss://streaming.mypurecloud.com/channels/c${channels}` });
      }
      return answered(200, { entities: (JSON.parse(body) as { id: string }[]).map(({ id }) => ({ id, state: 'Permitted' })) });
    },
  );
  const connect: Connect = async (uri, events) => {
    const wire = { uri, events, sent: [] as string[], closed: false };
    wires.push(wire);
    return {
      send: (text) => void wire.sent.push(text),
      close: () => {
        wire.closed = true;
      },
    };
  };
  const notifications = new Notifications(client, connect, clock);
  const states: TopicState[] = [];
  const events: unknown[] = [];
  const listen = (topic = TOPIC): (() => void) =>
    notifications.listen(topic, { event: (body) => void events.push(body), state: (state) => void states.push(state) });
  return { clock, asked, wires, notifications, states, events, listen };
}

describe('org/calls/notifications', () => {
  it('opens a channel, subscribes, and hands over what comes', async () => {
    const { asked, wires, states, events, listen } = platform();
    listen();
    await settled();
    assert.deepEqual(asked, [
      'POST /api/v2/notifications/channels',
      `PUT /api/v2/notifications/channels/c1/subscriptions?ignoreErrors=true[{"id":"${TOPIC}"}]`,
    ]);
    assert.deepEqual(states, [{ kind: 'live' }]);
    for (const message of [
      HEARTBEAT,
      'no JSON',
      '[]',
      '{}',
      JSON.stringify({ topicName: 'v2.other', eventBody: 1 }),
      JSON.stringify({ topicName: TOPIC, eventBody: { id: 'x' } }),
    ])
      wires[0]?.events.message(message);
    assert.deepEqual(events, [{ id: 'x' }]);
    assert.ok(!JSON.stringify(wires.map((w) => w.uri)).includes('token'));
  });

  it('closes the wire with the last topic, plans nothing more, and takes the same channel for the next', async () => {
    const { clock, asked, wires, listen } = platform();
    const stop = listen();
    await settled();
    stop();
    await settled();
    assert.deepEqual([wires[0]?.closed, clock.size], [true, 0]);
    listen();
    await settled();
    assert.equal(asked.filter((a) => a.startsWith('POST')).length, 1);
    assert.equal(wires.length, 2);
  });

  it('asks a wire that is silent whether it is there, and takes another when it is not', async () => {
    const { clock, wires, states, listen } = platform();
    listen();
    await settled();
    for (let i = 0; i < 4; i++) {
      await clock.pass(30_000);
      wires[0]?.events.message(HEARTBEAT);
    }
    assert.deepEqual(wires[0]?.sent, []);
    await clock.pass(75_000);
    assert.deepEqual(wires[0]?.sent, ['{"message":"ping"}']);
    wires[0]?.events.message(HEARTBEAT);
    await clock.pass(75_000);
    assert.equal(wires.length, 1);
    await clock.pass(12_000);
    assert.deepEqual([wires[0]?.closed, wires.length], [true, 2]);
    assert.deepEqual(
      states.map((s) => s.kind),
      ['live', 'down', 'live'],
    );
  });

  it('comes back at once when the platform says that it will close the socket', async () => {
    const { wires, states, listen } = platform();
    listen();
    await settled();
    wires[0]?.events.message(JSON.stringify({ topicName: 'v2.system.socket_closing', eventBody: { reason: 'maintenance' } }));
    await settled();
    assert.deepEqual([wires[0]?.closed, wires.length], [true, 2]);
    assert.deepEqual(states, [{ kind: 'live' }, { kind: 'live' }], 'that it is live again is told, so that what was missed is read');
  });

  it('moves to another channel before the day of the first is over', async () => {
    const { clock, asked, wires, listen } = platform();
    listen();
    await settled();
    for (let minutes = 0; minutes < 24 * 60; minutes++) {
      wires.at(-1)?.events.message(HEARTBEAT);
      await clock.pass(60_000);
      if (wires.length > 1) break;
    }
    assert.deepEqual([asked.filter((a) => a.startsWith('POST')).length, wires.length], [2, 2]);
    assert.ok(clock.now() < 24 * 3_600_000);
  }).timeout(20_000);

  it('waits longer each time that it cannot connect, and never gives up', async () => {
    const at: number[] = [];
    const { clock, listen, states } = platform((method, path) => {
      if (method !== 'POST' || !path.endsWith('/channels')) return undefined;
      at.push(clock.now());
      return refused(503, 'service.unavailable');
    });
    listen();
    await clock.pass(300_000);
    const gaps = at.slice(1).map((t, i) => t - (at[i] ?? 0));
    assert.ok((gaps[0] ?? 0) <= 1000 && Math.max(...gaps) <= 30_000 && gaps.length >= 10, String(gaps));
    assert.ok(
      gaps.slice(5).every((g) => g >= 15_000),
      String(gaps),
    );
    assert.match(states[0]?.kind === 'down' ? states[0].why : '', /503/);
  });

  it('leaves the platform alone as long as it asks for that', async () => {
    let refusals = 0;
    const { clock, asked, listen } = platform((method, path) => {
      if (method !== 'POST' || !path.endsWith('/channels') || refusals > 0) return undefined;
      refusals += 1;
      return answered(429, { status: 429, code: 'too.many.requests', message: 'm' }, [['Retry-After', '60']]);
    });
    listen();
    await clock.pass(59_000);
    assert.equal(asked.length, 1);
    await clock.pass(2000);
    assert.equal(asked.length, 3);
  });

  it('tells which topics may not be had, and keeps the others', async () => {
    const other = TOPIC.replace('conversations', 'presence');
    for (const rejecting of [
      (_: string, __: string, body: string) =>
        body === ''
          ? undefined
          : answered(200, {
              entities: (JSON.parse(body) as { id: string }[]).map(({ id }) =>
                id === other ? { id, state: 'Rejected', rejectionReason: 'no' } : { id, state: 'Permitted' },
              ),
            }),
      (_: string, __: string, body: string) => (body.includes(other) ? refused(403, 'missing.any.permissions') : undefined),
    ]) {
      const { notifications, states, listen } = platform(rejecting);
      const refusals: TopicState[] = [];
      listen();
      notifications.listen(other, { event: () => {}, state: (s) => void refusals.push(s) });
      await settled();
      await settled();
      assert.deepEqual([states, refusals.map((r) => r.kind)], [[{ kind: 'live' }], ['refused']]);
    }
  });

  it('sends topics that change together once', async () => {
    const { clock, asked, listen } = platform();
    listen();
    await settled();
    const stops = [1, 2, 3].map((n) => listen(`${TOPIC}${n}`));
    await clock.pass(100);
    for (const stop of stops) stop();
    await clock.pass(100);
    assert.equal(asked.length, 4);
    assert.ok(asked[2]?.includes('conversations3') && !asked[3]?.includes('conversations1'));
  });

  it('connects to no host of a stranger', async () => {
    for (const connectUri of [
      'wss://streaming.mypurecloud.com.evil.example/x',
      'ws://streaming.mypurecloud.com/x',
      'wss://user@streaming.mypurecloud.com/x',
      'wss://evil.example/.mypurecloud.com',
    ]) {
      const { wires, states, listen } = platform((method, path) =>
        method === 'POST' && path.endsWith('/channels') ? answered(200, { id: 'c', connectUri }) : undefined,
      );
      listen();
      await settled();
      assert.deepEqual([wires.length, states[0]?.kind], [0, 'down'], connectUri);
    }
  });

  it('ends a wire that comes about when nobody listens any more', async () => {
    const { wires, listen, notifications } = platform();
    listen();
    notifications.dispose();
    await settled();
    assert.ok(wires.every((w) => w.closed));
  });
});
