import assert from 'node:assert/strict';
import { behalf, look, NUMBER, participantsOf, place, startOrg, until } from './callsFixture.js';
import { list, type Reply, type Running, text } from './harness.js';

const AGENT = 'Sales Agent 7';
const NOBODY = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
const codeOf = (reply: Reply): unknown[] => [reply.status, reply.json['code']];

describe('sandbox, what can be done with a call', () => {
  let running: Running;
  let id: string;
  let agent: string;
  let customer: string;
  const at = (rest = ''): string => `/api/v2/conversations/calls/${id}${rest}`;
  const patch = (who: string, participant: string, body: unknown, rest = ''): Promise<Reply> =>
    running.send(who, `PATCH ${at(`/participants/${participant}${rest}`)}`, body);
  before(async () => {
    running = await startOrg();
  });
  beforeEach(async () => {
    id = await place(running, AGENT, { phoneNumber: NUMBER, callFromQueueId: running.idOf('Sales EMEA') });
    [agent = '', customer = ''] = (await look(running, AGENT, id)).map((p) => text(p['id']));
  });

  it('holds, mutes and records, in both kinds of document', async () => {
    assert.equal((await patch(AGENT, agent, { held: true, muted: true })).status, 202);
    assert.equal((await running.send(AGENT, `PATCH ${at()}`, { recordingState: 'active' })).status, 200);
    const [own] = await look(running, AGENT, id);
    assert.deepEqual([own?.['held'], own?.['muted'], own?.['recordingState'], own?.['recording']], [true, true, 'active', true]);
    assert.ok(own?.['startHoldTime']);
    const whole = await running.send(AGENT, `GET /api/v2/conversations/${id}`);
    const leg = list(participantsOf(whole)[0]?.['calls'])[0];
    assert.deepEqual([leg?.['held'], leg?.['muted'], leg?.['recordingState']], [true, true, 'active']);
    await patch(AGENT, agent, { held: false, muted: false });
    const [free] = await look(running, AGENT, id);
    assert.deepEqual([free?.['held'], free?.['muted'], free?.['startHoldTime']], [false, false, undefined]);
    assert.equal((await running.send('Admin 1', `PUT ${at('/recordingstate')}`, { recordingState: 'paused' })).status, 403, 'not a party');
  });

  it('takes what the model has, and refuses what is of another type', async () => {
    for (const body of [[], 'x', undefined, { held: 'yes' }, { muted: 1 }, { state: 7 }, { wrapup: 'x' }, { wrapup: { tags: 'x' } }, { wrapup: { code: 7 } }])
      assert.deepEqual(codeOf(await patch(AGENT, agent, body)), [400, 'bad.request'], JSON.stringify(body));
    assert.deepEqual(codeOf(await patch(AGENT, agent, { state: 'gone' })), [400, 'invalid.value']);
    assert.deepEqual(codeOf(await patch(AGENT, agent, { state: 'alerting' })), [409, 'general.conflict']);
    assert.deepEqual(codeOf(await patch(AGENT, NOBODY, { held: true })), [404, 'not.found']);
    assert.deepEqual(codeOf(await patch(AGENT, 'x', { held: true })), [400, 'invalid.id']);
    assert.deepEqual(codeOf(await running.send(AGENT, `PATCH ${at()}`, { recordingState: 'loud' })), [400, 'invalid.value']);
  });

  it('wraps up', async () => {
    const wrapups = at(`/participants/${agent}/wrapup`);
    assert.equal((await running.send(AGENT, `GET ${wrapups}`)).status, 404);
    const wrapup = { code: NOBODY, notes: 'Calls back.', tags: ['a'], durationSeconds: 3 };
    assert.equal((await patch(AGENT, agent, { state: 'disconnected' })).status, 202);
    const given = await patch('Admin 1', agent, { wrapup });
    assert.deepEqual(codeOf(given), [403, 'not.authorized'], 'of somebody else');
    const [, , leg] = [0, 0, list(participantsOf(await running.send(AGENT, `GET /api/v2/conversations/${id}`))[0]?.['calls'])[0]];
    const codes = list((await running.send(AGENT, `GET ${at(`/participants/${agent}/wrapupcodes`)}`)).json as never);
    const code = codes[0] ? text(codes[0]['id']) : NOBODY;
    const applied = await patch(AGENT, agent, { wrapup: { ...wrapup, code } });
    assert.equal(applied.status, 202, `${applied.text} ${text(leg?.['id'])}`);
    const read = await running.send(AGENT, `GET ${wrapups}`);
    assert.deepEqual([read.json['code'], read.json['notes'], read.json['tags'], read.json['durationSeconds']], [code, 'Calls back.', ['a'], 3]);
    assert.equal((await look(running, AGENT, id))[0]?.['wrapup']?.['notes'], 'Calls back.');
    assert.equal(participantsOf(await running.send(AGENT, `GET /api/v2/conversations/${id}`))[0]?.['wrapup']?.['code'], code);
  });

  it('lets a supervisor wrap up by the communication, as the permission says', async () => {
    const leg = list(participantsOf(await running.send(AGENT, `GET /api/v2/conversations/${id}`))[0]?.['calls'])[0];
    const path = at(`/participants/${agent}/communications/${text(leg?.['id'])}/wrapup`);
    const refused = await running.send(AGENT, `POST ${path}`, { notes: 'x' });
    assert.deepEqual(codeOf(refused), [403, 'missing.any.permissions']);
    assert.match(text(refused.json['message']), /\[conversation:participant:wrapup\]/);
  });

  it('puts attributes on a participant', async () => {
    const reply = await patch(AGENT, customer, { attributes: { ticket: '4711' } }, '/attributes');
    assert.deepEqual([reply.status, reply.json['attributes']?.['ticket']], [200, '4711']);
    assert.equal((await look(running, AGENT, id))[1]?.['attributes']?.['ticket'], '4711');
    assert.equal((await patch(AGENT, customer, { attributes: { ticket: 4711 } }, '/attributes')).status, 400);
  });

  it('adds people to a call', async () => {
    const body = { participants: [{ userId: running.idOf('Sales Agent 1') }, { address: '+442079460123' }] };
    const added = await running.send(AGENT, `POST ${at('/participants')}`, body);
    assert.deepEqual(
      participantsOf(added).map((p) => text(list(p['calls'])[0]?.['state'])),
      ['connected', 'connected', 'connected', 'connected'],
    );
    assert.equal((await running.send('Sales Agent 1', `GET ${at()}`)).status, 200);
    assert.equal((await running.send(AGENT, `POST ${at('/participants')}`, { participants: [] })).status, 400);
    assert.equal((await running.send(AGENT, `POST ${at()}`, { callNumber: '+13175550111' })).status, 200);
    assert.equal((await look(running, AGENT, id)).length, 5);
  });

  // FACTS §1.6 has the body.
  it('acts for a user of the call on behalf, and for nobody else', async () => {
    const path = (name: string): string => at(`/participants/user/{${name}}`);
    const body = { participants: [{ address: '+442079460123' }] };
    assert.equal((await running.send('admin-tool', `POST ${path(AGENT)}`, body)).status, 200);
    const other = await running.send('admin-tool', `POST ${path('Sales Agent 1')}`, body);
    assert.deepEqual(codeOf(other), [404, 'not.found']);
    assert.equal(other.json['message'], `User ${running.idOf('Sales Agent 1')} is not a participant in the conversation.`);
    const denied = await running.send('dialer-service', `POST ${path(AGENT)}`, body);
    assert.match(text(denied.json['message']), /\[conversation:agentlessCall:add\]/);
    assert.equal((await patch('admin-tool', agent, { held: true }, `/user/{${AGENT}}`)).status, 202);
    assert.equal((await patch('admin-tool', agent, { state: 'disconnected' }, `/user/{${AGENT}}`)).status, 202);
    assert.ok((await look(running, AGENT, id))[0]?.['endTime']);
  });

  // FACTS §3.1 and §3.2.
  it('is nobody else’s', async () => {
    for (const request of [`GET ${at()}`, `PATCH ${at()}`, `PATCH ${at(`/participants/${agent}`)}`, `POST ${at('/participants')}`]) {
      const foreign = await running.send('Sales Agent 1', request, request.startsWith('GET') ? undefined : { state: 'disconnected' });
      assert.deepEqual(codeOf(foreign), [403, 'not.authorized'], request);
      assert.equal(foreign.json['message'], `Access to Conversation ${id} is forbidden.`);
      assert.deepEqual(foreign.json['messageParams'], { id, type: 'Conversation' });
    }
    const client = await running.send('admin-tool', `GET ${at()}`);
    assert.deepEqual([...codeOf(client), client.json['message']], [403, 'not.authorized', 'You are not authorized to perform the requested action.']);
    assert.deepEqual(codeOf(await running.send('admin-tool', `PATCH ${at()}`, { state: 'disconnected' })), [400, 'not.a.user']);
    assert.deepEqual(codeOf(await running.send(AGENT, `GET /api/v2/conversations/calls/${NOBODY}`)), [404, 'conversation.not.found']);
  });

  it('picks up for nobody else', async () => {
    const slow = await startOrg({ ringMilliseconds: 60_000 });
    const ringing = await place(slow, 'Sales Agent 9');
    const phone = text((await look(slow, 'Sales Agent 9', ringing))[0]?.['id']);
    const url = `PATCH /api/v2/conversations/calls/${ringing}/participants/${phone}`;
    assert.deepEqual(codeOf(await slow.send('Sales Agent 9', url, { held: true })), [409, 'general.conflict'], 'not connected');
    assert.equal((await slow.send('Sales Agent 9', url, { state: 'connected' })).status, 202);
    const customerOf = (await look(slow, 'Sales Agent 9', ringing))[1];
    const foreign = await slow.send('Sales Agent 9', url.replace(phone, text(customerOf?.['id'])), { state: 'connected' });
    assert.deepEqual(codeOf(foreign), [403, 'not.authorized']);
  });

  it('refuses to change a call that is over', async () => {
    await patch(AGENT, agent, { state: 'disconnected' });
    for (const [request, body] of [
      [`PATCH ${at()}`, { state: 'disconnected' }],
      [`PATCH ${at(`/participants/${agent}`)}`, { held: true }],
      [`PATCH ${at(`/participants/${agent}`)}`, { state: 'disconnected' }],
      [`POST ${at('/participants')}`, { participants: [{ address: NUMBER }] }],
      [`POST ${at()}`, { callNumber: NUMBER }],
    ] as const) {
      const reply = await running.send(AGENT, request, body);
      assert.deepEqual(codeOf(reply), [403, 'conversation.error.forbidden.not.active.participant'], request);
      assert.match(text(reply.json['message']), /^User is not active on call/);
      assert.ok(reply.headers.get('x-sandbox-assumption'));
    }
  });

  it('accepts a command that comes too late for a leg, and shows it on the leg', async () => {
    await running.send(AGENT, `POST ${at()}`, { callNumber: '+13175550111' });
    await patch(AGENT, customer, { state: 'disconnected' });
    const late = await patch(AGENT, customer, { state: 'disconnected' });
    assert.equal(late.status, 202);
    const error = (await look(running, AGENT, id))[1]?.['errorInfo'];
    assert.deepEqual(
      [error?.['code'], error?.['messageWithParams'], error?.['messageParams']?.['type']],
      ['error.ininedgecontrol.session.inactive', 'session {sessionId} is inactive for command {type}', 'cloud.command.disconnect'],
    );
  });

  it('shows what is over in the history, at most 50 a page', async () => {
    await patch(AGENT, agent, { state: 'disconnected' });
    const page = await running.send(AGENT, 'GET /api/v2/conversations/calls/history?pageSize=50');
    const [latest] = list(page.json['entities']);
    assert.deepEqual([latest?.['id'], latest?.['direction'], latest?.['missedCall']], [id, 'outbound', false]);
    assert.deepEqual(codeOf(await running.send(AGENT, 'GET /api/v2/conversations/calls/history?pageSize=51')), [400, 'invalid.query.param.value']);
  });

  it('belongs to the divisions of its people and queues', async () => {
    const own = await place(running, 'dialer-service', { phoneNumber: NUMBER, callFromQueueId: running.idOf('Returns') }, behalf('Care Agent 2'));
    const seen = await running.send('Admin 1', `GET /api/v2/conversations/${own}`);
    assert.deepEqual(
      list(seen.json['divisions'])
        .map((d) => text(d['division']?.['id']))
        .sort(),
      [running.idOf('Care'), running.idOf('Logistics')].sort(),
    );
    assert.equal((await running.send('Care Supervisor 1', `GET /api/v2/conversations/${own}`)).status, 200);
    assert.equal((await running.send('Logistics Supervisor 1', `GET /api/v2/conversations/${own}`)).status, 200);
    const outside = await running.send('Sales Supervisor 1', `POST /api/v2/conversations/${own}/disconnect`);
    assert.deepEqual(codeOf(outside), [403, 'missing.division.permission']);
    assert.equal((await running.send('Care Supervisor 1', `POST /api/v2/conversations/${own}/disconnect`)).status, 204);
    const [agentLeg] = await look(running, 'Care Agent 2', own);
    assert.equal(agentLeg?.['disconnectType'], 'system');
  });

  it('ends as terminated', async () => {
    await patch(AGENT, agent, { state: 'disconnected' });
    await until(async () => ((await look(running, AGENT, id)).every((p) => text(p['state']) === 'terminated') ? true : undefined));
  });
});
