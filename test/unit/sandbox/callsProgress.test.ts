import assert from 'node:assert/strict';
import { listen, look, NUMBER, PLACE, place, startOrg, statesOf, until } from './callsFixture.js';
import { type Json, list, type Running, text } from './harness.js';

const AGENT = 'Sales Agent 7';
const BUSY = '+13175550186';

/** Each change of a leg, as the events of calls tell it: `user contacting`, `customer dialing`. */
const stepsOf = (events: readonly Json[]): string[] => {
  const seen = new Map<string, string>();
  return events.flatMap((call) =>
    list(call['participants']).flatMap((p) => {
      const state = text(p['state']);
      if (seen.get(text(p['id'])) === state) return [];
      seen.set(text(p['id']), state);
      return [`${text(p['purpose'])} ${state}`];
    }),
  );
};

describe('sandbox, what becomes of a call', () => {
  it('calls the agent first, then whoever is called, and tells every step', async () => {
    const running = await startOrg({ ringMilliseconds: 4 });
    const ear = await listen(running, AGENT, `v2.users.{${AGENT}}.conversations.calls`);
    const id = await place(running, AGENT);
    await until(async () => (statesOf(await look(running, AGENT, id)).join() === 'connected,connected' ? true : undefined));
    await running.send(AGENT, `PATCH /api/v2/conversations/calls/${id}`, { state: 'disconnected' });
    await until(() => (stepsOf(ear.on('.calls')).includes('customer terminated') ? true : undefined));
    assert.deepEqual(stepsOf(ear.on('.calls')), [
      'user contacting',
      'user connected',
      'customer dialing',
      'customer connected',
      'user disconnected',
      'customer disconnected',
      'user terminated',
      'customer terminated',
    ]);
  });

  it('rings a phone that is not in the browser', async () => {
    const running = await startOrg({ ringMilliseconds: 4 });
    const ear = await listen(running, 'Sales Agent 9', 'v2.users.{Sales Agent 9}.conversations.calls');
    await place(running, 'Sales Agent 9');
    await until(() => (stepsOf(ear.on('.calls')).includes('customer connected') ? true : undefined));
    assert.deepEqual(stepsOf(ear.on('.calls')), ['user contacting', 'user alerting', 'user connected', 'customer dialing', 'customer connected']);
  });

  it('shows where a call stands: the phone of the agent, then the party', async () => {
    const running = await startOrg({ ringMilliseconds: 60_000 });
    const id = await place(running, 'Sales Agent 9');
    assert.deepEqual(statesOf(await look(running, 'Sales Agent 9', id)), ['contacting']);
    const phone = await until(async () => (await look(running, 'Sales Agent 9', id)).find((p) => text(p['state']) === 'alerting'));
    const picked = await running.send('Sales Agent 9', `PATCH /api/v2/conversations/calls/${id}/participants/${text(phone['id'])}`, { state: 'connected' });
    assert.equal(picked.status, 202);
    const [agent, customer] = await look(running, 'Sales Agent 9', id);
    assert.deepEqual([agent?.['state'], customer?.['state'], customer?.['connectedTime']], ['connected', 'dialing', undefined]);
  });

  // The codes: community sources; SIP: RFC 3261; causes: Q.850.
  const outcomes: readonly [outcome: object, customer: object, reasons: readonly number[]][] = [
    [{ number: BUSY, outcome: 'busy' }, { disconnectType: 'endpoint', code: undefined }, [486, 17]],
    [{ number: BUSY, outcome: 'rejected' }, { disconnectType: 'endpoint', code: undefined }, [603, 21]],
    [{ number: BUSY, outcome: 'no-answer', milliseconds: 1 }, { disconnectType: 'endpoint', code: undefined }, [480, 19]],
    [{ number: '+1317555018*', outcome: 'invalid-number' }, { disconnectType: 'endpoint', code: undefined }, [404, 1]],
    [{ number: BUSY, outcome: 'drops', milliseconds: 1 }, { disconnectType: 'transport.failure', code: undefined }, [503, 41]],
    [{ number: BUSY, outcome: 'no-route' }, { disconnectType: 'error', code: 'error.ininedgecontrol.connection.dialplan.notReachable' }, []],
  ];
  for (const [outcome, expected, reasons] of outcomes)
    it(`accepts a call and lets it fail: ${JSON.stringify(outcome)}`, async () => {
      const running = await startOrg({ outcomes: [outcome] });
      const id = await place(running, AGENT, { phoneNumber: BUSY });
      const [agent, customer] = await until(async () => {
        const both = await look(running, AGENT, id);
        return both.every((p) => p['endTime']) ? both : undefined;
      });
      assert.deepEqual({ disconnectType: customer?.['disconnectType'], code: customer?.['errorInfo']?.['code'] }, expected);
      assert.equal(agent?.['disconnectType'], 'peer');
      const whole = await running.send('Admin 1', `GET /api/v2/conversations/${id}`);
      const leg = list(list(whole.json['participants'])[1]?.['calls'])[0];
      assert.deepEqual(
        list(leg?.['disconnectReasons']).map((r) => Number(r['code'])),
        reasons,
      );
      assert.match(whole.headers.get('x-sandbox-assumption') ?? '', /legs that fail/);
      const drops = 'outcome' in outcome && outcome.outcome === 'drops';
      assert.equal(customer?.['connectedTime'] !== undefined, drops);
    });

  it('has no answer from the phone of the agent', async () => {
    const outcomes = [{ station: 'web-sales-7', outcome: 'no-answer', milliseconds: 1 }];
    const running = await startOrg({ outcomes });
    const id = await place(running, AGENT);
    const [agent, ...others] = await until(async () => {
      const all = await look(running, AGENT, id);
      return all[0]?.['endTime'] ? all : undefined;
    });
    assert.deepEqual(others, [], 'nobody is dialled');
    const error = agent?.['errorInfo'];
    assert.equal(agent?.['disconnectType'], 'error');
    assert.equal(error?.['code'], 'error.ininedgecontrol.connection.timeout');
    assert.deepEqual([error?.['details'], error?.['errors']], [[], []]);
    assert.equal(
      text(error?.['messageWithParams']).replace(/\{(\w+)\}/g, (_, n: string) => text(error?.['messageParams']?.[n])),
      error?.['message'],
    );
  });

  it('does not wake a WebRTC phone without a persistent connection', async () => {
    const running = await startOrg();
    const { json } = await running.send('Admin 1', 'GET /api/v2/stations/{web-sales-2}');
    assert.equal(json['webRtcPersistentEnabled'], true);
    const org = (await import('./harness.js')).orgCopy();
    const stations = org.stations.map((s) => (s.name === 'web-sales-2' ? { ...s, webRtcPersistentEnabled: false } : s));
    const other = await startOrg({ stations });
    const id = await place(other, 'Sales Agent 2');
    assert.deepEqual(statesOf(await look(other, 'Sales Agent 2', id)), ['contacting']);
  });

  it('finds no route for a number whose kind no route of the site takes', async () => {
    const telephony = {
      sites: [
        {
          id: '0c1d3a3e-6b2f-4f5e-9a57-2f0f6f3f7a01',
          name: 'Main',
          outboundRoutes: [{ id: '0c1d3a3e-6b2f-4f5e-9a57-2f0f6f3f7a02', name: 'National only', classificationTypes: ['National'] }],
        },
      ],
    };
    const running = await startOrg({ telephony });
    const [, abroad] = await look(running, AGENT, await place(running, AGENT, { phoneNumber: '+442079460123' }));
    assert.equal(abroad?.['errorInfo']?.['code'], 'error.ininedgecontrol.connection.dialplan.notReachable');
    const [, home] = await look(running, AGENT, await place(running, AGENT));
    assert.equal(home?.['state'], 'connected');
  });

  it('says where in an org file an outcome or a call is wrong', async () => {
    const wrong: readonly [more: object, why: RegExp][] = [
      [{ outcomes: [{ outcome: 'busy' }] }, /\/outcomes\/0: expected one of number and station/],
      [{ outcomes: [{ outcome: 'busy', number: 'x' }] }, /\/outcomes\/0\/number/],
      [{ outcomes: [{ outcome: 'no-answer', station: 'nowhere' }] }, /\/outcomes\/0\/station/],
      [{ outcomes: [{ outcome: 'busy', station: 'web-sales-7' }] }, /\/outcomes\/0\/outcome/],
      [{ calls: [{ agent: 'nobody', to: NUMBER }] }, /\/calls\/0\/agent/],
      [{ calls: [{ agent: AGENT }] }, /\/calls\/0: expected one of to and toUser/],
      [{ calls: [{ agent: AGENT, to: NUMBER, fromQueue: 'nowhere' }] }, /\/calls\/0\/fromQueue/],
    ];
    for (const [more, why] of wrong) await assert.rejects(startOrg(more), why);
  });

  it('starts with the calls of the org file', async () => {
    const id = 'a4f6d3ce-53a7-4f9e-bb0d-6a1c9e0d5a01';
    const calls = [
      { id, agent: AGENT, to: NUMBER, fromQueue: 'Sales EMEA', state: 'held' },
      { agent: 'Care Agent 1', toUser: AGENT },
      { agent: 'Care Agent 2', to: NUMBER, state: 'ended' },
    ];
    const running = await startOrg({ calls });
    const [agent, customer] = await look(running, AGENT, id);
    assert.deepEqual([agent?.['held'], agent?.['queue']?.['name'], customer?.['address']], [true, 'Sales EMEA', `tel:${NUMBER}`]);
    const activeOf = async (who: string): Promise<number> => list((await running.send(who, 'GET /api/v2/conversations/calls')).json['entities']).length;
    assert.deepEqual([await activeOf(AGENT), await activeOf('Care Agent 1'), await activeOf('Care Agent 2')], [2, 1, 0]);
    assert.equal(list((await running.send('Care Agent 2', 'GET /api/v2/conversations/calls/history')).json['entities']).length, 1);
  });

  describe('to people and queues', () => {
    let running: Running;
    beforeEach(async () => {
      running = await startOrg();
    });

    it('rings the phone of a user who is called', async () => {
      const id = await place(running, AGENT, { callUserId: running.idOf('Sales Agent 1') });
      const [caller, called] = await look(running, 'Sales Agent 1', id);
      assert.deepEqual([caller?.['state'], called?.['state'], called?.['purpose'], called?.['direction']], ['connected', 'connected', 'user', 'inbound']);
    });

    it('does not reach a user without a station', async () => {
      const id = await place(running, AGENT, { callUserId: running.idOf('Care Agent 3') });
      const [, called] = await look(running, AGENT, id);
      assert.deepEqual([called?.['disconnectType'], called?.['connectedTime']], ['transfer.notavailable', undefined]);
    });

    it('offers a call to a queue to the member who is on queue', async () => {
      // Returns: Logistics Agent 2 alone is on queue.
      const ear = await listen(running, 'Admin 1', 'v2.routing.queues.{Returns}.conversations.calls', 'v2.users.{Logistics Agent 2}.routingStatus');
      const id = await place(running, AGENT, { callQueueId: running.idOf('Returns') });
      const [caller, queue, member] = await look(running, AGENT, id);
      assert.deepEqual([caller?.['state'], queue?.['purpose'], queue?.['disconnectType']], ['connected', 'acd', 'transfer']);
      assert.equal(queue?.['conversationRoutingData']?.['queue']?.['id'], running.idOf('Returns'));
      assert.deepEqual([member?.['user']?.['name'], member?.['purpose'], member?.['state']], ['Logistics Agent 2', 'agent', 'connected']);
      await running.send(AGENT, `PATCH /api/v2/conversations/calls/${id}`, { state: 'disconnected' });
      await until(() => (ear.on('.routingStatus').length === 2 ? true : undefined));
      assert.deepEqual(
        ear.on('.routingStatus').map((e) => e['routingStatus']?.['status']),
        ['INTERACTING', 'IDLE'],
      );
      assert.ok(ear.on('.conversations.calls').length > 2);
    });

    it('lets a call wait until a member is free, the more urgent one first', async () => {
      const first = await place(running, AGENT, { callQueueId: running.idOf('Returns') });
      const second = await place(running, 'Sales Agent 2', { callQueueId: running.idOf('Returns') });
      const urgent = await place(running, 'Sales Agent 12', { callQueueId: running.idOf('Returns'), priority: 9 });
      assert.deepEqual(statesOf(await look(running, 'Sales Agent 2', second)), ['connected', 'connected']);
      await running.send(AGENT, `PATCH /api/v2/conversations/calls/${first}`, { state: 'disconnected' });
      assert.equal((await look(running, 'Sales Agent 12', urgent)).length, 3);
      assert.equal((await look(running, 'Sales Agent 2', second)).length, 2);
      await running.send('Sales Agent 2', `PATCH /api/v2/conversations/calls/${second}`, { state: 'disconnected' });
      await running.send('Sales Agent 12', `PATCH /api/v2/conversations/calls/${urgent}`, { state: 'disconnected' });
      assert.equal(list((await running.send('Logistics Agent 2', 'GET /api/v2/conversations')).json['entities']).length, 0);
    });

    it('goes on to the next member when one does not answer', async () => {
      const outcomes = [
        { station: 'web-care-1', outcome: 'no-answer', milliseconds: 1 },
        { station: 'web-care-2', outcome: 'rejected' },
      ];
      const other = await startOrg({ outcomes });
      const id = await place(other, AGENT, { callQueueId: other.idOf('Care Tier 2') });
      const all = await until(async () => {
        const found = await look(other, AGENT, id);
        return found.filter((p) => p['purpose'] === ('agent' as unknown as Json)).every((p) => p['endTime']) && found.length === 4 ? found : undefined;
      });
      assert.deepEqual(
        all
          .slice(2)
          .map((p) => p['disconnectType'])
          .sort(),
        ['client', 'transfer.noanswer'],
      );
      assert.deepEqual(statesOf(all.slice(0, 2)), ['connected', 'connected'], 'the call waits in the queue');
      const member = await other.send('Admin 1', 'GET /api/v2/users/{Care Agent 1}?expand=routingStatus');
      assert.equal(member.json['routingStatus']?.['status'], 'NOT_RESPONDING');
    });

    it('calls a conference, which goes on until one side is left', async () => {
      const participants = [{ address: '+442079460123', name: 'Customer' }, { userId: running.idOf('Sales Agent 1') }, { address: NUMBER }];
      const id = await place(running, AGENT, { participants });
      const all = await look(running, AGENT, id);
      assert.deepEqual(statesOf(all), ['connected', 'connected', 'connected', 'connected']);
      const hangUp = (who: string, p: Json | undefined) =>
        running.send(who, `PATCH /api/v2/conversations/calls/${id}/participants/${text(p?.['id'])}`, { state: 'disconnected' });
      await hangUp(AGENT, all[0]);
      assert.deepEqual(statesOf((await look(running, AGENT, id)).slice(1)), ['connected', 'connected', 'connected']);
      await hangUp('Sales Agent 1', all[1]);
      await hangUp('Sales Agent 1', all[3]);
      assert.equal((await look(running, AGENT, id))[2]?.['disconnectType'], 'peer');
    });

    it('merges calls into a conference', async () => {
      const one = await place(running, AGENT);
      const two = await place(running, AGENT, { callUserId: running.idOf('Sales Agent 1') });
      const merged = await place(running, AGENT, { conversationIds: [one, two] });
      assert.deepEqual(statesOf(await look(running, AGENT, merged)), ['connected', 'connected', 'connected']);
      assert.deepEqual(
        (await look(running, AGENT, one)).map((p) => p['disconnectType']),
        ['transfer.conference', 'transfer.conference'],
      );
      assert.equal(list((await running.send(AGENT, 'GET /api/v2/conversations/calls')).json['entities']).length, 1);
      const foreign = await place(running, 'Sales Agent 2');
      const refused = await running.send(AGENT, PLACE, { conversationIds: [foreign] });
      assert.deepEqual([refused.status, refused.json['code']], [403, 'not.authorized']);
    });
  });
});
