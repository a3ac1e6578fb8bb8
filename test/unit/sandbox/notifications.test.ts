import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import net from 'node:net';
import { mock } from 'node:test';
import { isRefusal } from '../../../src/sandbox/http/refusals.js';
import { LiveOrg } from '../../../src/sandbox/liveOrg.js';
import { serveChannels } from '../../../src/sandbox/notifications/sockets.js';
import { type Caller, Tokens } from '../../../src/sandbox/oauth/tokens.js';
import { readOrgFile } from '../../../src/sandbox/org/orgFile.js';
import type { Person } from '../../../src/sandbox/org/types.js';
import type { World } from '../../../src/sandbox/org/world.js';
import { connect, listen, look, openChannel, place, refusedUpgrade, startOrg, subscribe, until } from './callsFixture.js';
import { type Json, list, operations, orgCopy, type Reply, type Running, start, text } from './harness.js';

const AGENT = 'Sales Agent 7';
const NOBODY = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
const CHANNELS = '/api/v2/notifications/channels';
const codeOf = (reply: Reply): unknown[] => [reply.status, reply.json['code']];

describe('sandbox, notifications', () => {
  let running: Running;
  before(async () => {
    running = await startOrg();
  });

  it('gives a channel with an address on the host that was asked, and a day to live', async () => {
    const created = await running.send(AGENT, `POST ${CHANNELS}`);
    const id = text(created.json['id']);
    assert.equal(created.json['connectUri'], `${running.sandbox.origin.replace('http:', 'ws:')}/channels/${id}`);
    assert.ok(Date.parse(text(created.json['expires'])) - Date.now() > 23 * 3_600_000);
    assert.equal((await running.send(AGENT, `HEAD ${CHANNELS}/${id}`)).status, 200);
    for (const who of ['Sales Agent 1', 'admin-tool']) assert.equal((await running.send(who, `HEAD ${CHANNELS}/${id}`)).status, 404, who);
    assert.equal((await running.send(AGENT, `GET ${CHANNELS}/${id.slice(1)}/subscriptions`)).status, 404);
    assert.ok(list((await running.send(AGENT, `GET ${CHANNELS}`)).json['entities']).some((c) => text(c['id']) === id));
  });

  // FACTS §8, and the description of the operation in the SDK: those without a connection first.
  it('keeps 20 channels of a user and app', async () => {
    const who = 'Sales Agent 12';
    const first = await openChannel(running, who);
    const ear = await connect(first.id, first.uri);
    const second = await openChannel(running, who);
    const others = await Promise.all(Array.from({ length: 18 }, () => openChannel(running, who)));
    await openChannel(running, who);
    assert.equal(list((await running.send(who, `GET ${CHANNELS}`)).json['entities']).length, 20);
    assert.equal((await running.send(who, `HEAD ${CHANNELS}/${second.id}`)).status, 404, 'the oldest without a connection');
    for (const { id } of [first, ...others]) assert.equal((await running.send(who, `HEAD ${CHANNELS}/${id}`)).status, 200);
    assert.equal((await running.send('Sales Agent 10', `POST ${CHANNELS}`)).status, 200);
    assert.equal(ear.socket.readyState, ear.socket.OPEN);
  });

  it('adds, replaces and removes subscriptions', async () => {
    const { id } = await openChannel(running, AGENT);
    const read = async (): Promise<string[]> =>
      list((await running.send(AGENT, `GET ${CHANNELS}/${id}/subscriptions`)).json['entities']).map((t) => text(t['id']).split('.').at(-1) ?? '');
    const added = await subscribe(running, AGENT, id, [`v2.users.{${AGENT}}.presence`]);
    assert.deepEqual([added.status, list(added.json['entities'])[0]?.['state']], [200, 'Permitted']);
    await subscribe(running, AGENT, id, [`v2.users.{${AGENT}}.conversations`, `v2.users.{${AGENT}}.presence`]);
    assert.deepEqual(await read(), ['presence', 'conversations']);
    await subscribe(running, AGENT, id, [`v2.users.{${AGENT}}.station`], 'PUT');
    assert.deepEqual(await read(), ['station']);
    assert.equal((await running.send(AGENT, `DELETE ${CHANNELS}/${id}/subscriptions`)).status, 204);
    assert.deepEqual(await read(), []);
  });

  const refused: readonly [what: string, who: string, topic: string, status: number, code: string][] = [
    ['a topic that there is not', AGENT, 'v2.users.{Sales Agent 7}.moods', 400, 'invalid.value'],
    ['a topic in other letters', AGENT, 'v2.users.{Sales Agent 7}.routingstatus', 400, 'invalid.value'],
    ['a topic without an id', AGENT, 'v2.users.me.presence', 400, 'invalid.value'],
    ['a topic of nobody', AGENT, `v2.users.${NOBODY}.presence`, 404, 'not.found'],
    ['a queue for a user', AGENT, 'v2.users.{Sales EMEA}.presence', 404, 'not.found'],
    ['the tokens of somebody else', 'Admin 1', 'v2.users.{Sales Agent 7}.tokens', 403, 'not.authorized'],
    ['the calls of somebody else without the permission', 'Warehouse Clerk 1', 'v2.users.{Sales Agent 7}.conversations', 403, 'missing.any.permissions'],
    ['the calls of somebody in another division', AGENT, 'v2.users.{Care Agent 1}.conversations.calls', 403, 'missing.division.permission'],
    ['the calls of a queue in another division', AGENT, 'v2.routing.queues.{Care Tier 1}.conversations', 403, 'missing.division.permission'],
    ['the calls of somebody for a client without the permission', 'dialer-service', 'v2.users.{Sales Agent 7}.conversations', 403, 'missing.any.permissions'],
  ];
  for (const [what, who, topic, status, code] of refused)
    it(`refuses ${what}, and names it: ${status} ${code}`, async () => {
      const { id } = await openChannel(running, who);
      const named = topic.replace(/\{([^}]+)\}/, (_, name: string) => running.idOf(name));
      const own = who.includes(' ') ? [`v2.users.{${who}}.presence`] : [];
      const reply = await subscribe(running, who, id, [...own, topic]);
      assert.deepEqual(codeOf(reply), [status, code]);
      assert.equal(list(reply.json['details'])[0]?.['entityName'], named);
      assert.deepEqual(list((await running.send(who, `GET ${CHANNELS}/${id}/subscriptions`)).json['entities']), [], 'all or none');
      const lenient = await subscribe(running, who, id, [...own, topic], 'POST', '?ignoreErrors=true');
      assert.deepEqual(
        list(lenient.json['entities']).map((t) => text(t['state'])),
        [...own.map(() => 'Permitted'), 'Rejected'],
      );
    });

  it('refuses subscriptions that are none', async () => {
    const { id } = await openChannel(running, AGENT);
    for (const body of [undefined, {}, 'x', [7], [{}], [{ id: 7 }]])
      assert.deepEqual(codeOf(await running.send(AGENT, `POST ${CHANNELS}/${id}/subscriptions`, body)), [400, 'bad.request'], JSON.stringify(body));
  });

  it('says which topics there are and what they require', async () => {
    const { json } = await running.send(AGENT, 'GET /api/v2/notifications/availabletopics?expand=description&expand=requiresPermissions');
    const topics = new Map(list(json['entities']).map((t) => [text(t['id']), t]));
    assert.equal(topics.get('v2.users.{id}.tokens')?.['requiresCurrentUser'], true);
    const calls = topics.get('v2.users.{id}.conversations.calls');
    assert.deepEqual([calls?.['requiresCurrentUserOrPermission'], calls?.['requiresPermissions']], [true, ['conversation:communication:view']]);
    assert.ok(topics.has('v2.users.{id}.routingStatus'));
    assert.ok([...topics.values()].every((t) => text(t['description']).length > 5));
    const bare = await running.send(AGENT, 'GET /api/v2/notifications/availabletopics');
    assert.deepEqual(Object.keys(list(bare.json['entities'])[0] ?? {}), ['id']);
  });

  it('tells of a call what a read shows, in the order in which it happens', async () => {
    const ear = await listen(
      running,
      AGENT,
      `v2.users.{${AGENT}}.conversations.calls`,
      `v2.users.{${AGENT}}.conversations`,
      `v2.users.{${AGENT}}.conversationsummary`,
    );
    const id = await place(running, AGENT);
    await until(() => (ear.on('.calls').length === 3 ? true : undefined));
    assert.deepEqual(
      ear.on('.calls').map((c) =>
        list(c['participants'])
          .map((p) => text(p['state']))
          .join(),
      ),
      ['contacting', 'connected,dialing', 'connected,connected'],
    );
    const [last] = ear.heard.filter((e) => text(e['topicName']).endsWith('.calls')).slice(-1);
    assert.equal(last?.['topicName'], `v2.users.${running.idOf(AGENT)}.conversations.calls`);
    assert.ok(last['metadata']?.['CorrelationId']);
    const read = await look(running, AGENT, id);
    const told = list(ear.on('.calls').at(-1)?.['participants']);
    for (const [i, p] of read.entries())
      for (const field of ['id', 'state', 'address', 'connectedTime', 'held', 'purpose', 'wrapupRequired']) assert.deepEqual(told[i]?.[field], p[field], field);
    assert.ok(list(list(ear.on('.conversations').at(-1)?.['participants'])[0]?.['calls'])[0]?.['id']);
    assert.deepEqual(
      ear.on('.conversationsummary').map((s) => Number(s['call']?.['enterprise']?.['active'])),
      [1],
    );
    await running.send(AGENT, `PATCH /api/v2/conversations/calls/${id}/participants/${text(read[0]?.['id'])}`, { held: true });
    await until(() => (list(ear.on('.calls').at(-1)?.['participants'])[0]?.['held'] === (true as unknown as Json) ? true : undefined));
  });

  it('tells of presence, routing status, station and members', async () => {
    const topics = ['presence', 'routingStatus', 'station'].map((t) => `v2.users.{Care Agent 10}.${t}`);
    const ear = await listen(running, 'Admin 1', ...topics);
    const self = 'Care Agent 10';
    await running.send(self, 'PATCH /api/v2/users/{Care Agent 10}/presences/purecloud', { presenceDefinition: { systemPresence: 'Busy' }, message: 'x' });
    await running.send(self, 'PUT /api/v2/users/{Care Agent 10}/routingstatus', { status: 'IDLE' });
    await running.send(self, 'DELETE /api/v2/users/stations/me/associatedstation');
    await running.send(self, 'PUT /api/v2/users/stations/me/associatedstation/{web-care-10}');
    await until(() => (ear.heard.length >= 4 && ear.on('.station').length === 2 ? true : undefined));
    assert.deepEqual([ear.on('.presence')[0]?.['presenceDefinition']?.['systemPresence'], ear.on('.presence')[0]?.['message']], ['Busy', 'x']);
    assert.deepEqual([ear.on('.routingStatus')[0]?.['id'], ear.on('.routingStatus')[0]?.['routingStatus']?.['status']], [running.idOf(self), 'IDLE']);
    assert.deepEqual(ear.on('.station')[0], {});
    assert.equal(ear.on('.station')[1]?.['associatedStation']?.['name'], 'web-care-10');
  });

  // Community sources: heartbeat every 30 s, and a ping of one's own.
  it('has a heartbeat and answers a ping', async () => {
    const quick = await startOrg({ notifications: { heartbeatMilliseconds: 10 } });
    const { id, uri } = await openChannel(quick, AGENT);
    const ear = await connect(id, uri);
    await until(() => (ear.heard.length > 1 ? true : undefined));
    assert.deepEqual(ear.heard[0], { topicName: 'channel.metadata', eventBody: { message: 'WebSocket Heartbeat' } });
    ear.socket.send('not JSON');
    ear.socket.send(JSON.stringify({ message: 'ping' }));
    const pong = await until(() => ear.heard.find((e) => text(e['eventBody']?.['message']) === 'pong'));
    assert.deepEqual(pong, { topicName: 'channel.metadata', eventBody: { message: 'pong' } });
  });

  it('has one connection a channel: a new one replaces the other', async () => {
    const { id, uri } = await openChannel(running, AGENT);
    await subscribe(running, AGENT, id, [`v2.users.{${AGENT}}.presence`]);
    const first = await connect(id, uri);
    const second = await connect(id, uri);
    assert.equal(await first.closed, 1000);
    await running.send(AGENT, `PATCH /api/v2/users/{${AGENT}}/presences/purecloud`, { presenceDefinition: { systemPresence: 'Meeting' } });
    await until(() => (second.on('.presence').length === 1 ? true : undefined));
    assert.equal(first.heard.length, 0);
  });

  it('lets nobody in from elsewhere, or to a channel that there is not', async () => {
    const { uri } = await openChannel(running, AGENT);
    assert.equal(await refusedUpgrade(uri, { Origin: 'https://evil.example' }), 403);
    assert.equal(await refusedUpgrade(uri, { Origin: 'null' }), 403);
    assert.equal(await refusedUpgrade(uri, { Host: 'evil.example' }), 403);
    assert.equal(await refusedUpgrade(`${uri}x`), 404);
    assert.equal(await refusedUpgrade(uri.replace('/channels/', '/other/')), 404);
    await connect('', uri);
  });

  it('survives an upgrade that is none, and a message that is too large', async () => {
    const { id, uri } = await openChannel(running, AGENT);
    const port = Number(new URL(running.sandbox.origin).port);
    const raw = net.connect(port, '127.0.0.1');
    raw.write(`GET /channels/${id} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    const answer = await new Promise<string>((resolve) => raw.once('data', (data) => resolve(String(data))));
    assert.match(answer, /^HTTP\/1\.1 400 /);
    raw.destroy();
    const ear = await connect(id, uri);
    ear.socket.send('x'.repeat(100_000));
    assert.equal(await ear.closed, 1009);
    await connect(id, uri);
  });

  it('ends every connection with the sandbox, and with the org that a scenario replaces', async () => {
    const own = await start({ org: orgCopy(), control: true });
    const { id, uri } = await openChannel(own, AGENT);
    const ear = await connect(id, uri);
    const replaced = await fetch(`${own.sandbox.origin}/sandbox/scenario`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'no-station' }),
    });
    assert.ok(replaced.ok, await replaced.text());
    assert.equal(await ear.closed, 1012);
    assert.equal(await refusedUpgrade(uri), 404);
    const again = await openChannel(own, AGENT);
    const other = await connect(again.id, again.uri);
    await own.sandbox.stop();
    assert.ok([1006, 1012].includes(await other.closed));
  });

  it('ends the channels of a token that is revoked, and no other', async () => {
    const who = 'Sales Agent 10';
    const [own, other] = [await openChannel(running, who), await openChannel(running, 'Sales Agent 9')];
    const [ear, stays] = [await connect(own.id, own.uri), await connect(other.id, other.uri)];
    assert.equal((await running.send(who, 'DELETE /api/v2/tokens/me')).status, 200);
    assert.equal(await ear.closed, 1000);
    assert.equal(await refusedUpgrade(own.uri), 404);
    assert.equal(stays.socket.readyState, stays.socket.OPEN);
    assert.equal((await running.send('Admin 1', 'DELETE /api/v2/tokens/{Sales Agent 9}')).status, 200);
    assert.equal(await stays.closed, 1000);
  });

  describe('from inside', () => {
    const openWorld = (): { live: LiveOrg; world: World; of: (name: string) => Caller } => {
      const file = readOrgFile(orgCopy());
      assert.ok(file.ok);
      const started = LiveOrg.start(file.org, operations.permissions, 'default');
      assert.ok(started.ok);
      const { world } = started.live;
      const tokens = new Tokens(() => world);
      const app = [...world.clients.values()].find((c) => c.grant === 'CODE');
      assert.ok(app);
      const of = (name: string): Caller => {
        const caller = tokens.find(tokens.issue(app, person(world, name)).value);
        assert.ok(!isRefusal(caller));
        return caller;
      };
      return { live: started.live, world, of };
    };
    const person = (world: World, name: string): Person => {
      const found = [...world.people.values()].find((p) => p.name === name);
      assert.ok(found);
      return found;
    };
    const attach = (world: World, caller: Caller, ...topics: string[]): Json[] => {
      const channel = world.channels.create(caller);
      world.channels.setTopics(channel, topics);
      const heard: Json[] = [];
      world.channels.attach(channel.id, { send: (json) => heard.push(JSON.parse(json) as Json), close: () => {} });
      return heard;
    };

    it('tells of new tokens and of members of a queue', () => {
      const { world, of } = openWorld();
      const caller = of(AGENT);
      const queue = [...world.queues.values()].find((q) => q.name === 'Returns');
      assert.ok(queue && caller.user);
      const heard = attach(world, caller, `v2.users.${caller.user.id}.tokens`, `v2.routing.queues.${queue.id}.users`);
      of(AGENT);
      of('Sales Agent 1');
      world.setMember(queue, caller.user, true);
      world.setMember(queue, caller.user, undefined);
      const bodies = heard.map((e) => e['eventBody']);
      assert.equal(bodies.length, 3);
      assert.deepEqual([bodies[0]?.['user']?.['id'], bodies[0]?.['clientId']], [caller.user.id, caller.client.id]);
      assert.deepEqual(
        bodies.slice(1).map((b) => [b?.['queueId'], b?.['user']?.['id'], b?.['joined']]),
        [
          [queue.id, caller.user.id, true],
          [queue.id, caller.user.id, false],
        ] as unknown,
      );
    });

    it('lets a channel die after a day', () => {
      const { world, of } = openWorld();
      const caller = of(AGENT);
      const channel = world.channels.create(caller);
      assert.ok(world.channels.isOpen(channel.id));
      const day = Date.now() + 24 * 3_600_000 + 1;
      mock.timers.enable({ apis: ['Date'], now: day });
      try {
        assert.ok(!world.channels.isOpen(channel.id));
        assert.equal(world.channels.find(channel.id, caller), undefined);
        assert.deepEqual(world.channels.ofApp(caller), []);
      } finally {
        mock.timers.reset();
      }
    });

    it('leaves a client that does not read', async () => {
      const { live, world, of } = openWorld();
      const hosts = new Set<string>();
      const server = createServer();
      serveChannels(
        server,
        () => world.channels,
        hosts,
        () => live.faults,
      );
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
      try {
        const host = `127.0.0.1:${(server.address() as net.AddressInfo).port}`;
        hosts.add(host);
        const agent = person(world, AGENT);
        const channel = world.channels.create(of(AGENT));
        world.channels.setTopics(channel, [`v2.users.${agent.id}.presence`]);
        const ear = await connect(channel.id, `ws://${host}/channels/${channel.id}`);
        ear.socket.pause();
        for (let i = 0; i < 40 && channel.listener; i++) {
          world.setPresence(agent, agent.presence.definition, 'x'.repeat(1024 * 1024));
          await new Promise((resolve) => setImmediate(resolve));
        }
        await until(() => (channel.listener === undefined ? true : undefined));
        ear.socket.resume();
        assert.equal(await ear.closed, 1006);
        assert.ok(ear.on('.presence').length < 40);
      } finally {
        world.stop();
        server.close();
        server.closeAllConnections();
      }
    });
  });
});
