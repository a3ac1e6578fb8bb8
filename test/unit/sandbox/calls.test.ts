import assert from 'node:assert/strict';
import { list, orgCopy, type Reply, type Running, start, text } from './harness.js';

const NOBODY = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
const NUMBER = { phoneNumber: '+13175550142' };
const OWN = 'POST /api/v2/conversations/calls';
const behalf = (name: string): string => `POST /api/v2/conversations/calls/user/{${name}}`;
const UNABLE = 'Unable to perform the requested action.';
const ON_BEHALF_LIST = '[conversation:agentlessCall:add, conversation:call:add]';
const DEPOT_DESK = 'Logistics Agent 4';

describe('sandbox, placing calls', () => {
  let running: Running;
  before(async () => {
    const org = orgCopy();
    org.ringMilliseconds = 0;
    running = await start({ org });
  });

  // Statuses, codes and messages: FACTS §1.4 and §3.2.
  const refused: readonly [what: string, who: string, request: string, body: unknown, status: number, code: string, message?: string][] = [
    [
      'a client on the plain operation',
      'admin-tool',
      OWN,
      NUMBER,
      400,
      'not.a.user',
      'This request requires a user context. Client credentials cannot be used for requests to this resource.',
    ],
    [
      'a user without permission',
      'Warehouse Clerk 1',
      OWN,
      NUMBER,
      403,
      'missing.any.permissions',
      `${UNABLE} You must have at least one of the following permissions assigned: [conversation:conference:add]`,
    ],
    [
      'a client without permission',
      'reporting-tool',
      behalf('Sales Agent 7'),
      NUMBER,
      403,
      'missing.any.permissions',
      `${UNABLE} You must have at least one of the following permissions assigned: ${ON_BEHALF_LIST}`,
    ],
    ['a user without station', 'Care Agent 3', OWN, NUMBER, 400, 'conversation.error.no.user.station', 'A station is required to place a call.'],
    [
      'an agent without station',
      'dialer-service',
      behalf('Care Agent 3'),
      NUMBER,
      400,
      'conversation.error.no.user.station',
      'A station is required to place a call.',
    ],
    [
      'a station whose edge is offline',
      DEPOT_DESK,
      OWN,
      NUMBER,
      500,
      'providerapi.error.station.no.active.edge',
      'Unable to place call. Could not find an Edge for this station.',
    ],
    [
      'two destinations',
      'Sales Agent 7',
      OWN,
      { ...NUMBER, callUserId: NOBODY },
      400,
      'too.many.create.conversation.parameters',
      'Only a single destination can be supplied in a create conversation request.',
    ],
    [
      'no destination',
      'Sales Agent 7',
      OWN,
      { callerId: '+13175550100' },
      400,
      'bad.request',
      'The request could not be understood by the server due to malformed syntax.',
    ],
    ['the body of the thread', 'Sales Agent 7', OWN, { to: [{ address: '+13175550142' }], from: { address: 'x' }, routing: {} }, 400, 'bad.request'],
    ['a number for a text', 'Sales Agent 7', OWN, { phoneNumber: 13175550142 }, 400, 'bad.request'],
    ['JSON that ends too early', 'Sales Agent 7', OWN, '{"phoneNumber": ', 400, 'bad.request'],
    ['a list', 'Sales Agent 7', OWN, [], 400, 'bad.request'],
    ['no body', 'Sales Agent 7', OWN, undefined, 400, 'bad.request'],
    [
      'an agent that nobody is',
      'dialer-service',
      `POST /api/v2/conversations/calls/user/${NOBODY}`,
      NUMBER,
      404,
      'not.found',
      'The requested resource was not found.',
    ],
    ['an agent that is a queue', 'dialer-service', behalf('Sales EMEA'), NUMBER, 404, 'not.found'],
    ['an agent that is a placeholder', 'dialer-service', 'POST /api/v2/conversations/calls/user/%7B%7BuserId%7D%7D', NUMBER, 400, 'invalid.id'],
    ['a queue that is a name', 'Sales Agent 7', OWN, { ...NUMBER, callFromQueueId: 'Sales EMEA' }, 400, 'invalid.id'],
    ['a queue that does not exist', 'Sales Agent 7', OWN, { ...NUMBER, callFromQueueId: NOBODY }, 404, 'not.found'],
    ['a called user that nobody is', 'Sales Agent 7', OWN, { callUserId: NOBODY }, 404, 'not.found'],
  ];
  for (const [what, who, request, body, status, code, message] of refused)
    it(`refuses ${what}: ${status} ${code}`, async () => {
      const reply = await running.send(who, request, body);
      assert.deepEqual([reply.status, reply.json['code'], reply.json['status']], [status, code, status]);
      if (message !== undefined) assert.equal(reply.json['message'], message);
      assert.deepEqual([reply.json['details'], reply.json['errors']], [[], []]);
      assert.equal(reply.json['contextId'], reply.headers.get('ININ-Correlation-Id'));
    });

  it('refuses a body that says it is no JSON', async () => {
    const reply = await running.send('Sales Agent 7', OWN, 'phoneNumber=1', { 'Content-Type': 'application/x-www-form-urlencoded' });
    assert.deepEqual([reply.status, reply.json['code']], [415, 'unsupported.media.type']);
  });

  it('refuses a client outside the divisions of its role, and names the division', async () => {
    const reply = await running.send('wfm-tool', behalf('Sales Agent 7'), NUMBER);
    assert.deepEqual([reply.status, reply.json['code']], [403, 'missing.division.permission']);
    assert.equal(
      reply.json['message'],
      `${UNABLE} You must have at least one of the following permissions assigned: ${ON_BEHALF_LIST} in at least one of the following division(s): [${running.idOf('Sales')}]`,
    );
    assert.equal((await running.send('wfm-tool', behalf("Renée O'Hara"), NUMBER)).status, 200);
  });

  it('places a call as oneself, shows it and ends it', async () => {
    const body = { ...NUMBER, callFromQueueId: running.idOf('Sales EMEA'), attributes: { ticket: '4711' }, uuiData: 'abc', ownerId: 'ignored' };
    const placed = await running.send('Sales Agent 7', OWN, body);
    assert.equal(placed.status, 200);
    assert.match(placed.headers.get('x-sandbox-assumption') ?? '', /unknown fields/);
    const id = text(placed.json['id']);

    const active = await running.send('Sales Agent 7', 'GET /api/v2/conversations/calls');
    assert.ok(list(active.json['entities']).some((c) => text(c['id']) === id));
    const [agent, customer] = one(await running.send('Sales Agent 7', `GET /api/v2/conversations/calls/${id}`));
    assert.equal(agent?.['user']?.['id'], running.idOf('Sales Agent 7'));
    assert.deepEqual([agent?.['purpose'], agent?.['ani']], ['agent', 'tel:+442079460100']);
    assert.deepEqual([customer?.['address'], customer?.['state'], customer?.['attributes']?.['ticket']], ['tel:+13175550142', 'connected', '4711']);

    const ended = await running.send('Sales Agent 7', `PATCH /api/v2/conversations/calls/${id}`, { state: 'disconnected' });
    assert.deepEqual(
      one(ended).map((p) => list(p['calls'])[0]?.['disconnectType']),
      ['client', 'peer'],
    );
    assert.ok(ended.json['endTime']);
    const after = await running.send('Sales Agent 7', 'GET /api/v2/conversations/calls');
    assert.ok(!list(after.json['entities']).some((c) => text(c['id']) === id));
  });

  it('puts a call on behalf on the phone of the agent', async () => {
    const placed = await running.send('dialer-service', behalf('Care Agent 2'), NUMBER);
    assert.equal(placed.status, 200);
    assert.match(placed.headers.get('x-sandbox-assumption') ?? '', /on behalf/);
    const id = text(placed.json['id']);
    assert.equal((await running.send('Care Agent 2', `GET /api/v2/conversations/calls/${id}`)).status, 200);
    const summary = await running.send('Admin 1', 'GET /api/v2/users/{Care Agent 2}?expand=conversationSummary');
    assert.equal(summary.json['conversationSummary']?.['call']?.['enterprise']?.['active'], 1);
    const foreign = await running.send('Sales Agent 7', `GET /api/v2/conversations/calls/${id}`);
    assert.deepEqual([foreign.status, foreign.json['code'], foreign.json['message']], [403, 'not.authorized', `Access to Conversation ${id} is forbidden.`]);
    assert.deepEqual(foreign.json['messageParams'], { id, type: 'Conversation' });
    assert.equal((await running.send('admin-tool', `POST /api/v2/conversations/${id}/disconnect`)).status, 204);
    assert.ok((await running.send('admin-tool', `GET /api/v2/conversations/${id}`)).json['endTime']);
  });

  it('takes the fields of a queue and of a contact', async () => {
    const body = { callQueueId: running.idOf('Care Tier 1'), priority: 5, externalContactId: NOBODY };
    assert.equal((await running.send('Sales Agent 7', OWN, body)).status, 200);
    for (const wrong of [{ priority: '5' }, { priority: 1.5 }, { routingSkillsIds: 'x' }, { routingSkillsIds: [7] }, { languageId: 7 }])
      assert.equal((await running.send('Sales Agent 7', OWN, { ...body, ...wrong })).status, 400, JSON.stringify(wrong));
    for (const unknown of [{ routingSkillsIds: [NOBODY] }, { languageId: NOBODY }])
      assert.equal((await running.send('Sales Agent 7', OWN, { ...body, ...unknown })).status, 404, JSON.stringify(unknown));
  });
});

const one = (reply: Reply) => {
  assert.equal(reply.status, 200, reply.text);
  return list(reply.json['participants']);
};
