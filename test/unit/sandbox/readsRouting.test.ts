import assert from 'node:assert/strict';
import { list, orgCopy, type Reply, type Running, start, text } from './harness.js';

const nobody = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
const QUEUES = '/api/v2/routing/queues';
const EMEA = `${QUEUES}/{Sales EMEA}`;
const refused = (reply: Reply, status: number, code: string): void => assert.deepEqual([reply.status, reply.json['code']], [status, code], reply.text);
const names = (reply: Reply): string[] => {
  assert.equal(reply.status, 200, reply.text);
  return list(reply.json['entities']).map((e) => text(e['name']));
};

describe('sandbox, queues', () => {
  let running: Running;
  const admin = (request: string, body?: unknown) => running.send('Admin 1', request, body);
  beforeEach(async () => {
    running = await start();
  });

  it('lists them by name, id and division, in either order', async () => {
    assert.deepEqual(names(await admin(`GET ${QUEUES}?name=sales*`)), ['Sales EMEA', 'Sales Americas']);
    assert.deepEqual(names(await admin(`GET ${QUEUES}?name=sales*&sortOrder=asc`)), ['Sales Americas', 'Sales EMEA']);
    assert.deepEqual(names(await admin(`GET ${QUEUES}?id=${running.idOf('Front Desk')}`)), ['Front Desk']);
    assert.deepEqual(names(await admin(`GET ${QUEUES}?divisionId=${running.idOf('Care')}`)), ['Care Tier 1', 'Care Tier 2']);
    for (const view of ['divisionviews', 'divisionviews/all']) assert.equal(names(await admin(`GET ${QUEUES}/${view}`)).length, 6);
    assert.deepEqual(names(await running.send('Sales Agent 7', `GET ${QUEUES}/divisionviews`)), ['Sales EMEA', 'Sales Americas']);
  });

  it('makes one, changes and deletes it', async () => {
    const made = await admin(`POST ${QUEUES}`, { name: 'Night', division: { id: running.idOf('Care') }, callingPartyNumber: '+13175550170' });
    assert.deepEqual([made.json['name'], made.json['division']?.['name'], made.json['memberCount']], ['Night', 'Care', 0], made.text);
    const path = `${QUEUES}/${text(made.json['id'])}`;
    const changed = (await admin(`PUT ${path}`, { name: 'Late', description: 'After ten.' })).json;
    assert.deepEqual([changed['name'], changed['description'], changed['callingPartyNumber']], ['Late', 'After ten.', '+13175550170']);
    assert.equal((await admin(`DELETE ${path}`)).status, 204);
    refused(await admin(`GET ${path}`), 404, 'not.found');
  });

  it('refuses a queue that is named twice, in no division, or with a number that is none', async () => {
    refused(await admin(`POST ${QUEUES}`, {}), 400, 'constraint.validation');
    refused(await admin(`POST ${QUEUES}`, { name: 'front desk' }), 400, 'constraint.validation');
    refused(await admin(`POST ${QUEUES}`, { name: 'X', division: { id: nobody } }), 404, 'not.found');
    refused(await admin(`POST ${QUEUES}`, { name: 'X', division: 'Care' }), 400, 'bad.request');
    refused(await admin(`PUT ${EMEA}`, { name: 'Sales EMEA', callingPartyNumber: '12' }), 400, 'constraint.validation');
    refused(await admin(`PUT ${EMEA}`, { description: 'nameless' }), 400, 'constraint.validation');
    refused(await admin(`DELETE ${EMEA}`), 400, 'constraint.validation');
    assert.equal((await admin(`DELETE ${EMEA}?forceDelete=true`)).status, 204);
  });

  it('makes a queue only where the caller may', async () => {
    const body = (division: string) => ({ name: 'X', division: { id: running.idOf(division) } });
    refused(await running.send('Sales Supervisor 1', `POST ${QUEUES}`, body('Care')), 403, 'missing.division.permission');
    assert.equal((await running.send('Sales Supervisor 1', `POST ${QUEUES}`, body('Sales'))).status, 200);
  });

  it('lists members by what they are doing', async () => {
    const joined = async (query: string) => names(await admin(`GET ${QUEUES}/{Care Tier 1}/members?pageSize=50&${query}`)).length;
    assert.deepEqual([await joined(''), await joined('joined=true'), await joined('joined=false')], [12, 11, 1]);
    assert.deepEqual(names(await admin(`GET ${QUEUES}/{Care Tier 1}/members?name=agent%203`)), ['Care Agent 3']);
    const idle = (await admin(`GET ${QUEUES}/{Care Tier 1}/members?routingStatus=IDLE`)).json;
    assert.ok(list(idle['entities']).every((m) => text(m['routingStatus']?.['status']) === 'IDLE'));
    assert.deepEqual(names(await admin(`GET ${QUEUES}/{Care Tier 1}/members?presence=Nowhere`)), []);
  });

  it('adds members and takes them away', async () => {
    const id = running.idOf('Back Office 1');
    assert.equal((await admin(`POST ${EMEA}/members`, [{ id }])).status, 204);
    assert.deepEqual(names(await running.send('Back Office 1', 'GET /api/v2/routing/queues/me')), ['Sales EMEA']);
    assert.equal((await admin(`POST ${EMEA}/members?delete=true`, [{ id }])).status, 204);
    assert.deepEqual(names(await running.send('Back Office 1', 'GET /api/v2/routing/queues/me')), []);
    assert.equal((await admin(`DELETE ${EMEA}/members/{Sales Agent 7}`)).status, 204);
    refused(await admin(`DELETE ${EMEA}/members/{Sales Agent 7}`), 404, 'not.found');
    refused(await admin(`POST ${EMEA}/members`, [{ id: nobody }]), 404, 'not.found');
    refused(await admin(`POST ${EMEA}/members`, { id }), 400, 'bad.request');
    refused(await running.send('Sales Agent 7', `POST ${EMEA}/members`, [{ id }]), 403, 'missing.any.permissions');
  });

  it('lets members join and leave', async () => {
    const seven = running.idOf('Sales Agent 7');
    const joined = async () => (await running.send('Sales Agent 7', 'GET /api/v2/routing/queues/me?joined=true')).json['total'];
    assert.equal(await joined(), 3);
    const several = await admin(`PATCH ${EMEA}/members`, [{ id: seven, joined: false }]);
    assert.equal(list(several.json['entities'])[0]?.['joined'], false);
    assert.equal(await joined(), 2);
    assert.equal((await admin(`PATCH ${EMEA}/members/{Sales Agent 7}`, { id: seven, joined: true })).status, 204);
    assert.equal(await joined(), 3);
    refused(await admin(`PATCH ${EMEA}/members`, [{ id: running.idOf('Auditor 1'), joined: true }]), 404, 'not.found');
    refused(await admin(`PATCH ${EMEA}/members`, [{ id: seven }]), 400, 'constraint.validation');
    refused(await admin(`PATCH ${EMEA}/members/{Sales Agent 7}`, { id: nobody, joined: true }), 400, 'bad.request');
    refused(await admin(`PATCH ${EMEA}/members/{Auditor 1}`, { joined: true }), 404, 'not.found');
  });

  it('shows the queues of a user, and lets the user join one', async () => {
    const path = '/api/v2/users/{Care Agent 3}/queues';
    assert.deepEqual(names(await admin(`GET ${path}`)), ['Care Tier 1', 'Care Tier 2']);
    assert.deepEqual(names(await admin(`GET ${path}?joined=false`)), ['Care Tier 1']);
    const tier = running.idOf('Care Tier 1');
    const one = await admin(`PATCH ${path}/{Care Tier 1}`, { joined: true });
    assert.deepEqual([one.json['id'], one.json['joined']], [tier, true]);
    const several = await admin(`PATCH ${path}`, [{ id: tier, joined: false }]);
    assert.equal(list(several.json['entities'])[0]?.['joined'], false);
    refused(await admin(`PATCH ${path}/{Sales EMEA}`, { joined: true }), 404, 'not.found');
    refused(await admin(`PATCH ${path}/{Care Tier 1}`, { joined: 'yes' }), 400, 'bad.request');
    refused(await admin(`PATCH ${path}`, { id: tier, joined: false }), 400, 'bad.request');
  });

  it('lets those who may only join do so for themselves only', async () => {
    const org = orgCopy();
    org.roles.find((r) => r.name === 'Agent')?.policies.push({ domain: 'routing', entityName: 'queue', actions: ['join'] });
    const own = await start({ org });
    assert.equal((await own.send('Care Agent 3', 'PATCH /api/v2/users/{Care Agent 3}/queues/{Care Tier 1}', { joined: true })).status, 200);
    refused(await own.send('Care Agent 4', 'PATCH /api/v2/users/{Care Agent 3}/queues/{Care Tier 1}', { joined: false }), 403, 'not.authorized');
  });
});

describe('sandbox, routing', () => {
  let running: Running;
  const admin = (request: string, body?: unknown) => running.send('Admin 1', request, body);
  beforeEach(async () => {
    running = await start();
  });

  for (const kind of ['skill', 'language'])
    it(`makes, lists and deletes a ${kind}`, async () => {
      const path = `/api/v2/routing/${kind}s`;
      const made = (await admin(`POST ${path}`, { name: 'Klingon' })).json;
      assert.deepEqual([made['name'], made['state']], ['Klingon', 'active']);
      assert.deepEqual(names(await admin(`GET ${path}?name=kling`)), ['Klingon']);
      assert.equal((await admin(`GET ${path}/${text(made['id'])}`)).json['id'], made['id']);
      refused(await admin(`POST ${path}`, { name: 'klingon' }), 400, 'constraint.validation');
      refused(await admin(`POST ${path}`, { name: ' ' }), 400, 'bad.request');
      assert.equal((await admin(`DELETE ${path}/${text(made['id'])}`)).status, 204);
      refused(await admin(`GET ${path}/${text(made['id'])}`), 404, 'not.found');
      refused(await running.send('Sales Agent 7', `POST ${path}`, { name: 'Elvish' }), 403, 'missing.any.permissions');
    });

  it('makes, changes and deletes wrap-up codes', async () => {
    const path = '/api/v2/routing/wrapupcodes';
    assert.deepEqual(names(await admin(`GET ${path}`)), ['Call back', 'No interest', 'Parcel found', 'Refund', 'Sale']);
    assert.equal(names(await admin(`GET ${path}/divisionviews?divisionId=${running.idOf('Care')}`)).length, 4);
    const made = (await admin(`POST ${path}`, { name: 'Wrong number' })).json;
    assert.deepEqual([made['name'], made['division']?.['id']], ['Wrong number', '*']);
    const one = `${path}/${text(made['id'])}`;
    const changed = (await admin(`PUT ${one}`, { name: 'Misdialled', division: { id: running.idOf('Sales') } })).json;
    assert.deepEqual([changed['name'], changed['division']?.['name']], ['Misdialled', 'Sales']);
    assert.equal((await admin(`GET ${path}/divisionviews/${text(made['id'])}`)).json['name'], 'Misdialled');
    refused(await admin(`PUT ${one}`, {}), 400, 'constraint.validation');
    refused(await admin(`POST ${path}`, { name: 'X', division: { id: nobody } }), 404, 'not.found');
    refused(await admin(`POST ${path}`, { name: 'sale' }), 400, 'constraint.validation');
    assert.equal((await admin(`DELETE ${one}`)).status, 204);
    refused(await admin(`GET ${one}`), 404, 'not.found');
  });

  it('lets a queue have wrap-up codes', async () => {
    const path = `${EMEA}/wrapupcodes`;
    const refund = orgCopy().wrapUpCodes.find((w) => w.name === 'Refund')?.id ?? '';
    assert.deepEqual(names(await admin(`GET ${path}`)), ['Call back', 'No interest', 'Sale']);
    assert.deepEqual(
      list((await admin(`POST ${path}`, [{ id: refund }])).json).map((w) => w['name']),
      ['Refund'],
    );
    assert.deepEqual(names(await admin(`GET ${path}`)), ['Call back', 'No interest', 'Refund', 'Sale']);
    assert.equal((await admin(`DELETE ${path}/${refund}`)).status, 204);
    refused(await admin(`DELETE ${path}/${refund}`), 404, 'not.found');
    refused(await admin(`POST ${path}`, [{ id: nobody }]), 404, 'not.found');
    refused(await admin(`POST ${path}`, [refund]), 400, 'bad.request');
  });
});
