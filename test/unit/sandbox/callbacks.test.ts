import assert from 'node:assert/strict';
import { listen, look, NUMBER, participantsOf, startOrg, statesOf, until } from './callsFixture.js';
import { type Json, list, type Reply, type Running, text } from './harness.js';

const CREATE = 'POST /api/v2/conversations/callbacks';
const NOBODY = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
/** The only member of Returns who is on queue. */
const OWNER = 'Logistics Agent 2';
const codeOf = (reply: Reply): unknown[] => [reply.status, reply.json['code']];

describe('sandbox, callbacks', () => {
  let running: Running;
  beforeEach(async () => {
    running = await startOrg();
  });

  const create = async (body: object, who = 'admin-tool'): Promise<string> => {
    const reply = await running.send(who, CREATE, { callbackNumbers: [NUMBER], ...body });
    assert.equal(reply.status, 200, reply.text);
    const [identifier] = list(reply.json['callbackIdentifiers']);
    assert.ok(identifier?.['id']);
    assert.equal(identifier['type'], 'ACD');
    return text(reply.json['conversation']?.['id']);
  };
  const see = async (who: string, id: string): Promise<Json[]> => participantsOf(await running.send(who, `GET /api/v2/conversations/callbacks/${id}`));
  const patch = (who: string, id: string, participant: Json | undefined, body: object): Promise<Reply> =>
    running.send(who, `PATCH /api/v2/conversations/callbacks/${id}/participants/${text(participant?.['id'])}`, body);
  const ownedBy = (name: string): object => ({
    routingData: {
      queueId: running.idOf('Returns'),
      routingFlags: ['AGENT_OWNED_CALLBACK'],
      scoredAgents: [{ agent: { id: running.idOf(name) }, score: 100 }],
    },
  });

  // FACTS §7: client credentials, and who may.
  it('needs every permission that it declares', async () => {
    const body = { callbackNumbers: [NUMBER], queueId: running.idOf('Returns') };
    const refused = await running.send('dialer-service', CREATE, body);
    assert.equal(refused.status, 403);
    assert.match(text(refused.json['message']), /\[conversation:callback:create\]/);
  });

  it('needs numbers, and a queue or routing data', async () => {
    const queueId = running.idOf('Returns');
    const numbers = { callbackNumbers: [NUMBER] };
    const wrong: readonly [body: unknown, status: number, code: string][] = [
      [undefined, 400, 'bad.request'],
      [[], 400, 'bad.request'],
      [{ queueId }, 400, 'constraint.validation'],
      [{ queueId, callbackNumbers: [] }, 400, 'constraint.validation'],
      [{ queueId, callbackNumbers: NUMBER }, 400, 'bad.request'],
      [{ queueId, callbackNumbers: [7] }, 400, 'bad.request'],
      [numbers, 400, 'constraint.validation'],
      [{ ...numbers, queueId: 'Returns' }, 400, 'invalid.id'],
      [{ ...numbers, queueId: NOBODY }, 404, 'not.found'],
      [{ ...numbers, routingData: {} }, 400, 'bad.request'],
      [{ ...numbers, routingData: { queueId, skillIds: [NOBODY] } }, 404, 'not.found'],
      [{ ...numbers, routingData: { queueId, routingFlags: ['AGENT_OWNED_CALLBACK'] } }, 400, 'constraint.validation'],
      [{ ...numbers, routingData: { queueId, routingFlags: ['AGENT_OWNED_CALLBACK'], scoredAgents: [{ agent: NOBODY }] } }, 400, 'bad.request'],
      [{ ...numbers, routingData: { queueId, routingFlags: ['AGENT_OWNED_CALLBACK'], scoredAgents: [{ agent: { id: NOBODY } }] } }, 404, 'not.found'],
      [{ ...numbers, queueId, callbackScheduledTime: 'tomorrow' }, 400, 'invalid.date'],
      [{ ...numbers, queueId, data: { a: 1 } }, 400, 'bad.request'],
    ];
    for (const [body, status, code] of wrong) assert.deepEqual(codeOf(await running.send('admin-tool', CREATE, body)), [status, code], JSON.stringify(body));
  });

  it('is offered to a member, accepted, called and done with', async () => {
    const ear = await listen(running, OWNER, `v2.users.{${OWNER}}.conversations.callbacks`, `v2.users.{${OWNER}}.conversations`);
    const id = await create({ queueId: running.idOf('Returns'), callbackUserName: 'A customer', data: { ticket: '4711' } });
    const offered = await see(OWNER, id);
    assert.deepEqual(
      offered.map((p) => [text(p['purpose']), text(p['state'])]),
      [
        ['customer', 'connected'],
        ['acd', 'connected'],
        ['agent', 'alerting'],
      ],
    );
    assert.deepEqual(
      [offered[0]?.['callbackNumbers'], offered[0]?.['callbackUserName'], offered[0]?.['attributes']?.['ticket']],
      [[NUMBER], 'A customer', '4711'],
    );
    assert.equal(list((await running.send(OWNER, 'GET /api/v2/conversations/callbacks')).json['entities']).length, 1);
    assert.equal(list((await running.send(OWNER, 'GET /api/v2/conversations/calls')).json['entities']).length, 0);

    const early = await running.send(OWNER, `POST /api/v2/conversations/calls/${id}`, { callNumber: NUMBER });
    assert.deepEqual(codeOf(early), [409, 'general.conflict']);
    assert.equal((await patch(OWNER, id, offered[2], { state: 'connected' })).status, 202);
    assert.deepEqual(
      (await see(OWNER, id)).map((p) => text(p['state'])),
      ['connected', 'disconnected', 'connected'],
    );

    const called = await running.send(OWNER, `POST /api/v2/conversations/calls/${id}`, { callNumber: NUMBER });
    assert.equal(called.status, 200, called.text);
    assert.deepEqual(statesOf(await look(running, OWNER, id)), ['connected', 'connected']);
    const agent = (await look(running, OWNER, id)).find((p) => p['user']);
    await running.send(OWNER, `PATCH /api/v2/conversations/calls/${id}/participants/${text(agent?.['id'])}`, { state: 'disconnected' });
    assert.deepEqual(
      (await see(OWNER, id)).map((p) => text(p['state'])),
      ['connected', 'disconnected', 'connected'],
      'the call is over, the callback is not',
    );

    assert.equal((await patch(OWNER, id, offered[2], { state: 'disconnected' })).status, 202);
    assert.ok((await running.send('Admin 1', `GET /api/v2/conversations/${id}`)).json['endTime']);
    await until(() =>
      ear.on('.callbacks').at(-1)?.['participants'] && statesOf(list(ear.on('.callbacks').at(-1)?.['participants'])).every((s) => s === 'terminated')
        ? true
        : undefined,
    );
    assert.ok(ear.on('.conversations').some((c) => list(c['participants']).some((p) => list(p['calls']).length > 0 && list(p['callbacks']).length > 0)));
  });

  it('is for its owner alone where an agent owns it', async () => {
    const id = await create(ownedBy(OWNER));
    assert.equal((await see(OWNER, id))[2]?.['user']?.['id'], running.idOf(OWNER));
    assert.deepEqual(codeOf(await running.send('Sales Agent 1', `GET /api/v2/conversations/callbacks/${id}`)), [403, 'not.authorized']);
    const waits = await create(ownedBy('Logistics Agent 1'));
    assert.equal(participantsOf(await running.send('Admin 1', `GET /api/v2/conversations/${waits}`)).length, 2, 'its owner is not on queue');
    await running.send('Logistics Agent 1', 'PATCH /api/v2/users/{Logistics Agent 1}/presences/purecloud', {
      presenceDefinition: { systemPresence: 'On Queue' },
    });
    await running.send('Logistics Agent 1', 'PUT /api/v2/users/{Logistics Agent 1}/routingstatus', { status: 'IDLE' });
    const all = await see('Logistics Agent 1', waits);
    assert.deepEqual([all[2]?.['state'], all[2]?.['user']?.['id']], ['alerting', running.idOf('Logistics Agent 1')]);
  });

  it('waits for its time, which can be changed', async () => {
    const id = await create({ queueId: running.idOf('Returns'), callbackScheduledTime: '2199-01-01T00:00:00.000Z' });
    const before = participantsOf(await running.send('Admin 1', `GET /api/v2/conversations/${id}`));
    const [leg] = list(before[0]?.['callbacks']);
    assert.deepEqual([before.length, leg?.['state'], leg?.['callbackScheduledTime']], [1, 'scheduled', '2199-01-01T00:00:00.000Z']);
    const change = { conversationId: id, agentId: running.idOf(OWNER), callbackScheduledTime: '2020-01-01T00:00:00.000Z' };
    assert.equal((await running.send('admin-tool', 'PATCH /api/v2/conversations/callbacks', change)).status, 200);
    assert.equal((await see(OWNER, id))[2]?.['state'], 'alerting');
    assert.deepEqual(codeOf(await running.send('admin-tool', 'PATCH /api/v2/conversations/callbacks', change)), [409, 'general.conflict']);
    assert.deepEqual(codeOf(await running.send('admin-tool', 'PATCH /api/v2/conversations/callbacks', { ...change, conversationId: NOBODY })), [
      404,
      'conversation.not.found',
    ]);
  });

  it('goes to the next member when one declines, and ends as a whole', async () => {
    const id = await create({ queueId: running.idOf('Care Tier 2') });
    const first = (await running.send('Admin 1', `GET /api/v2/conversations/${id}`)).json;
    const nameOf = (json: Json, at: number): string => text(list(json['participants'])[at]?.['name']);
    const declined = nameOf(first, 2);
    await patch(declined, id, list(first['participants'])[2], { state: 'disconnected' });
    const second = (await running.send('Admin 1', `GET /api/v2/conversations/${id}`)).json;
    assert.notEqual(nameOf(second, 3), declined);
    const ended = await running.send(nameOf(second, 3), `PATCH /api/v2/conversations/callbacks/${id}`, { state: 'disconnected' });
    assert.equal(ended.status, 200, ended.text);
    assert.ok(ended.json['endTime']);
  });
});
