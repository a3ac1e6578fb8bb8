import assert from 'node:assert/strict';
import { list, orgCopy, type Reply, type Running, start, text } from './harness.js';

const nobody = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
const SEVEN = '/api/v2/users/{Sales Agent 7}';
const refused = (reply: Reply, status: number, code: string): void => assert.deepEqual([reply.status, reply.json['code']], [status, code], reply.text);
const names = (reply: Reply): string[] => {
  assert.equal(reply.status, 200, reply.text);
  return list(reply.json['entities']).map((e) => text(e['name']));
};
const idIn = (things: readonly { readonly id: string; readonly name: string }[], name: string): string => {
  const found = things.find((t) => t.name === name);
  assert.ok(found, name);
  return found.id;
};

describe('sandbox, users', () => {
  let running: Running;
  const admin = (request: string, body?: unknown) => running.send('Admin 1', request, body);
  beforeEach(async () => {
    running = await start();
  });

  it('lists them by name, the other way round, by id and by state', async () => {
    const up = names(await admin('GET /api/v2/users?pageSize=500'));
    assert.equal(up.length, 38);
    assert.deepEqual(
      up,
      [...up].sort((a, b) => a.localeCompare(b, 'en')),
    );
    assert.deepEqual(names(await admin('GET /api/v2/users?pageSize=500&sortOrder=desc')), [...up].reverse());
    assert.deepEqual(names(await admin('GET /api/v2/users?sortOrder=desc&pageSize=3&pageNumber=13')), [...up].reverse().slice(36));
    assert.deepEqual(names(await admin(`GET /api/v2/users?id=${running.idOf('Auditor 1')},${nobody}`)), ['Auditor 1']);
    assert.deepEqual(names(await admin('GET /api/v2/users?state=inactive')), []);
    refused(await admin('GET /api/v2/users?pageSize=501'), 400, 'invalid.query.param.value');
  });

  it('expands what is asked for, and nothing else', async () => {
    const expands = ['authorization', 'conversationSummary', 'groups', 'languages', 'presence', 'routingStatus', 'skills', 'station'];
    const plain = await admin(`GET ${SEVEN}`);
    for (const name of expands) {
      assert.equal(plain.json[name], undefined, name);
      assert.ok((await admin(`GET ${SEVEN}?expand=${name}`)).json[name], name);
    }
    const all = (await admin(`GET ${SEVEN}?expand=${expands.join(',')}&expand=team`)).json;
    assert.deepEqual(
      list(all['groups']).map((g) => g['name']),
      ['First Aid'],
    );
    assert.equal(all['presence']?.['presenceDefinition']?.['systemPresence'], 'Available');
    assert.equal(all['station']?.['effectiveStation']?.['name'], 'web-sales-7');
    assert.ok(list(all['authorization']?.['permissions']).map(text).includes('conversation:call:add'));
    assert.deepEqual(all['conversationSummary']?.['call'], { contactCenter: { active: 0, acw: 0 }, enterprise: { active: 0, acw: 0 } });
  });

  it('counts a call in the summary: for a queue, or not', async () => {
    const from = running.idOf('Sales EMEA');
    assert.equal((await running.send('Sales Agent 7', 'POST /api/v2/conversations/calls', { phoneNumber: '+13175550142', callFromQueueId: from })).status, 200);
    assert.equal((await running.send('Sales Agent 8', 'POST /api/v2/conversations/calls', { phoneNumber: '+13175550142' })).status, 200);
    const summary = async (name: string) => (await admin(`GET /api/v2/users/{${name}}?expand=conversationSummary`)).json['conversationSummary']?.['call'];
    assert.deepEqual(await summary('Sales Agent 7'), { contactCenter: { active: 1, acw: 0 }, enterprise: { active: 0, acw: 0 } });
    assert.deepEqual(await summary('Sales Agent 8'), { contactCenter: { active: 0, acw: 0 }, enterprise: { active: 1, acw: 0 } });
  });

  it('tells users/me more, where it is asked', async () => {
    const me = (await running.send('Sales Agent 7', 'GET /api/v2/users/me?expand=organization,token,presenceDefinitions,date,dateLastLogin,orgProducts')).json;
    assert.equal(me['organization']?.['name'], 'Sandbox org');
    assert.equal(me['token']?.['authenticatedUser']?.['name'], 'Sales Agent 7');
    assert.equal(list(me['presenceDefinitions']).length, orgCopy().presences.length);
    assert.ok(Date.parse(text(me['date']?.['currentDate'])) >= Date.parse(text(me['dateLastLogin'])));
    assert.ok(list(me['orgProducts']).length > 0);
    assert.equal((await running.send('Sales Agent 7', 'GET /api/v2/users/me')).json['organization'], undefined);
    refused(await running.send('admin-tool', 'GET /api/v2/users/me?expand=token'), 400, 'not.a.user');
  });

  it('changes what a directory shows, if the version is the present one', async () => {
    const body = {
      version: 1,
      name: 'Sales Agent Seven',
      title: 'Lead',
      acdAutoAnswer: true,
      primaryContactInfo: [{ mediaType: 'PHONE', address: '+13175550177' }],
    };
    const changed = (await admin(`PATCH ${SEVEN}`, body)).json;
    assert.deepEqual([changed['name'], changed['title'], changed['version'], changed['acdAutoAnswer']], ['Sales Agent Seven', 'Lead', 2, true]);
    assert.equal(changed['primaryContactInfo']?.[1]?.['address'], '+13175550177');
    const found = await admin('POST /api/v2/users/search', { query: [{ type: 'EXACT', fields: ['name'], value: 'sales agent seven' }] });
    assert.equal(found.json['total'], 1);
    refused(await admin(`PATCH ${SEVEN}`, body), 409, 'general.conflict');
    refused(await admin(`PATCH ${SEVEN}`, { title: 'x' }), 400, 'constraint.validation');
    refused(await admin(`PATCH ${SEVEN}`, { version: 2, name: 7 }), 400, 'bad.request');
    refused(await admin(`PATCH ${SEVEN}`, { version: 2, email: 'nowhere' }), 400, 'constraint.validation');
    refused(await running.send('Sales Agent 7', `PATCH ${SEVEN}`, { version: 2 }), 403, 'missing.any.permissions');
  });

  it('shows groups and who is in them', async () => {
    assert.deepEqual(names(await admin('GET /api/v2/groups')), ['First Aid', 'Front Office']);
    assert.deepEqual(names(await admin('GET /api/v2/groups?sortOrder=desc')), ['Front Office', 'First Aid']);
    const id = idIn(orgCopy().groups, 'Front Office');
    const group = (await admin(`GET /api/v2/groups/${id}`)).json;
    assert.deepEqual([group['name'], group['memberCount'], group['type'], group['visibility']], ['Front Office', 2, 'official', 'public']);
    assert.deepEqual(names(await admin(`GET /api/v2/groups/${id}/members`)), ["Renée O'Hara", 'Auditor 1']);
    assert.deepEqual(names(await admin(`GET /api/v2/groups/${id}/individuals?pageSize=1`)), ["Renée O'Hara"]);
    refused(await admin(`GET /api/v2/groups/${nobody}/members`), 404, 'not.found');
    refused(await admin('GET /api/v2/groups/here'), 400, 'invalid.id');
  });
});

describe('sandbox, skills and languages of users', () => {
  let running: Running;
  const admin = (request: string, body?: unknown) => running.send('Admin 1', request, body);
  beforeEach(async () => {
    running = await start();
  });
  const { skills, languages } = orgCopy();

  for (const [kind, things] of [
    ['skill', skills],
    ['language', languages],
  ] as const) {
    const path = `/api/v2/users/{Back Office 1}/routing${kind}s`;
    const [first, second] = things;
    assert.ok(first && second);

    it(`gives a ${kind}, rates it and takes it away`, async () => {
      const given = (await admin(`POST ${path}`, { id: first.id, proficiency: 3 })).json;
      assert.deepEqual([given['id'], given['name'], given['proficiency'], given['state']], [first.id, first.name, 3, 'active']);
      const rated = await admin(`${kind === 'skill' ? 'PUT' : 'PATCH'} ${path}/${first.id}`, { proficiency: 4.5 });
      assert.equal(rated.json['proficiency'], 4.5, rated.text);
      assert.deepEqual(
        list((await admin(`GET ${path}`)).json['entities']).map((s) => [s['name'], s['proficiency']]),
        [[first.name, 4.5]],
      );
      assert.equal((await admin(`DELETE ${path}/${first.id}`)).status, 204);
      assert.deepEqual(names(await admin(`GET ${path}`)), []);
      refused(await admin(`DELETE ${path}/${first.id}`), 404, 'not.found');
    });

    it(`refuses a ${kind} that is none, or without a proficiency from 0 to 5`, async () => {
      refused(await admin(`POST ${path}`, { id: nobody, proficiency: 3 }), 404, 'not.found');
      refused(await admin(`POST ${path}`, { id: first.id }), 400, 'constraint.validation');
      refused(await admin(`POST ${path}`, { id: first.id, proficiency: 6 }), 400, 'bad.request');
      refused(await admin(`PATCH ${path}/bulk`, { id: first.id }), 400, 'bad.request');
      assert.equal((await running.send('Sales Agent 7', `POST ${path}`, { id: first.id, proficiency: 3 })).status, 403);
    });

    it(`adds several ${kind}s`, async () => {
      await admin(`POST ${path}`, { id: first.id, proficiency: 1 });
      const all = await admin(`PATCH ${path}/bulk`, [
        { id: first.id, proficiency: 2 },
        { id: second.id, proficiency: 5 },
      ]);
      assert.equal(all.json['total'], 2);
      assert.deepEqual(Object.fromEntries(list(all.json['entities']).map((s) => [text(s['id']), s['proficiency']])), { [first.id]: 2, [second.id]: 5 });
    });
  }

  it('puts a list of skills in the place of the other', async () => {
    const [first, second] = skills;
    assert.ok(first && second);
    const path = '/api/v2/users/{Back Office 1}/routingskills';
    await admin(`POST ${path}`, { id: first.id, proficiency: 1 });
    assert.deepEqual(names(await admin(`PUT ${path}/bulk`, [{ id: second.id, proficiency: 5 }])), [second.name]);
    refused(await admin(`PUT ${path}/bulk`, [second.id]), 400, 'bad.request');
  });

  it('forgets a skill that the org has no more', async () => {
    const [skill] = skills;
    assert.ok(skill);
    await admin('POST /api/v2/users/{Back Office 1}/routingskills', { id: skill.id, proficiency: 1 });
    assert.equal((await admin(`DELETE /api/v2/routing/skills/${skill.id}`)).status, 204);
    assert.deepEqual(names(await admin('GET /api/v2/users/{Back Office 1}/routingskills')), []);
  });
});

describe('sandbox, presence', () => {
  let running: Running;
  const busy = { presenceDefinition: { systemPresence: 'Busy' }, message: 'On the phone.' };
  beforeEach(async () => {
    running = await start();
  });

  it('comes from one source, whatever the case of its name', async () => {
    for (const source of ['purecloud', 'PURECLOUD', 'PureCloud']) {
      const reply = await running.send('wfm-tool', `GET ${SEVEN}/presences/${source}`);
      assert.deepEqual([reply.json['source'], reply.json['presenceDefinition']?.['systemPresence']], ['PURECLOUD', 'Available'], source);
    }
    refused(await running.send('wfm-tool', `GET ${SEVEN}/presences/microsoftteams`), 404, 'not.found');
    const changed = await running.send('Sales Agent 7', `PATCH ${SEVEN}/presences/PURECLOUD`, busy);
    assert.deepEqual([changed.json['presenceDefinition']?.['systemPresence'], changed.json['message']], ['Busy', 'On the phone.']);
    refused(
      await running.send('Sales Agent 7', `PATCH ${SEVEN}/presences/PURECLOUD`, { presenceDefinition: { systemPresence: 'Asleep' } }),
      400,
      'invalid.value',
    );
    refused(await running.send('Sales Agent 8', `PATCH ${SEVEN}/presences/purecloud`, busy), 403, 'not.authorized');
  });

  it('is read of several people at once', async () => {
    const ids = ['Sales Agent 7', 'Care Agent 3'].map((n) => running.idOf(n));
    for (const source of ['purecloud', 'PURECLOUD']) {
      const all = list((await running.send('wfm-tool', `GET /api/v2/users/presences/${source}/bulk?id=${ids.join(',')}`)).json);
      assert.deepEqual(
        all.map((p) => p['userId']),
        ids,
      );
    }
    refused(await running.send('wfm-tool', 'GET /api/v2/users/presences/purecloud/bulk'), 400, 'bad.request');
  });

  it('is changed of several people at once, all or none', async () => {
    const id = running.idOf('Sales Agent 7');
    const change = (...entries: unknown[]) => running.send('Admin 1', 'PUT /api/v2/users/presences/bulk', entries);
    refused(await change({ id, ...busy }, { id: nobody, ...busy }), 404, 'not.found');
    const presence = async () => (await running.send('Admin 1', `GET ${SEVEN}/presences/purecloud`)).json['presenceDefinition']?.['systemPresence'];
    assert.equal(await presence(), 'Available');
    assert.equal((await change({ id, ...busy })).status, 200);
    assert.equal(await presence(), 'Busy');
    refused(await change({ id }), 400, 'bad.request');
    refused(await running.send('Sales Agent 7', 'PUT /api/v2/users/presences/bulk', [{ id, ...busy }]), 403, 'missing.any.permissions');
  });

  it('understands both spellings of being on queue', async () => {
    for (const systemPresence of ['OnQueue', 'On Queue']) {
      await running.send('Sales Agent 7', `PATCH ${SEVEN}/presences/PURECLOUD`, { presenceDefinition: { systemPresence: 'Available' } });
      const changed = await running.send('Sales Agent 7', `PATCH ${SEVEN}/presences/PURECLOUD`, { presenceDefinition: { systemPresence } });
      assert.equal(changed.status, 200, changed.text);
      const { id } = orgCopy().presences.find((d) => d.systemPresence === 'On Queue') ?? {};
      assert.equal(changed.json['presenceDefinition']?.['id'], id);
    }
  });

  it('has definitions, old and new', async () => {
    const [definition] = orgCopy().presences;
    assert.ok(definition);
    const listed = await running.send('Admin 1', 'GET /api/v2/presencedefinitions?pageSize=100');
    assert.deepEqual(list(listed.json['entities'])[0]?.['systemPresence'], definition.systemPresence);
    assert.equal((await running.send('Admin 1', `GET /api/v2/presencedefinitions/${definition.id}`)).json['id'], definition.id);
    const all = await running.send('Admin 1', 'GET /api/v2/presence/definitions');
    assert.deepEqual([all.json['total'], list(all.json['entities']).length], [10, 10]);
    assert.equal((await running.send('Admin 1', `GET /api/v2/presence/definitions/${definition.id}`)).json['type'], 'System');
    refused(await running.send('Admin 1', `GET /api/v2/presence/definitions/${nobody}`), 404, 'not.found');
    assert.equal(list((await running.send('wfm-tool', 'GET /api/v2/systempresences')).json).length, 10);
  });
});
