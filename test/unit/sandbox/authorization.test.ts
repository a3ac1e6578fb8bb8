import assert from 'node:assert/strict';
import { type Json, list, orgCopy, type Reply, type Running, start, text } from './harness.js';

const names = (reply: Reply): string[] => {
  assert.equal(reply.status, 200, reply.text);
  return list(reply.json['entities']).map((e) => text(e['name']));
};
const nobody = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
const ROLES = '/api/v2/authorization/roles';
const DIALER = { name: 'Call Starter', description: 'Places calls.', permissionPolicies: [{ domain: 'conversation', entityName: 'call', actionSet: ['add'] }] };

const refused = (reply: Reply, status: number, code: string): void =>
  assert.deepEqual([reply.status, reply.json['code'], reply.json['status']], [status, code, status], reply.text);

describe('sandbox, roles', () => {
  let running: Running;
  const admin = (request: string, body?: unknown) => running.send('Admin 1', request, body);
  beforeEach(async () => {
    running = await start();
  });
  const make = async (body: unknown = DIALER): Promise<Json> => {
    const made = await admin(`POST ${ROLES}`, body);
    assert.equal(made.status, 200, made.text);
    return made.json;
  };

  it('makes one, that gives what its policies say', async () => {
    const role = await make();
    assert.deepEqual([role['name'], role['permissions'], role['userCount']], ['Call Starter', ['conversation:call:add'], 0]);
    const call = () => running.send('reporting-tool', 'POST /api/v2/conversations/calls/user/{Sales Agent 7}', { phoneNumber: '+13175550142' });
    assert.equal((await call()).status, 403);
    assert.equal((await admin(`POST /api/v2/authorization/subjects/{reporting-tool}/divisions/{Sales}/roles/${role['id']}`)).status, 204);
    assert.equal((await call()).status, 200);
    assert.equal((await admin(`GET ${ROLES}/${role['id']}`)).json['userCount'], 1);
  });

  it('refuses one without a name, of a taken name, or about permissions that the org does not have', async () => {
    refused(await admin(`POST ${ROLES}`, { description: 'x' }), 400, 'constraint.validation');
    refused(await admin(`POST ${ROLES}`, { name: 'agent' }), 400, 'constraint.validation');
    refused(await admin(`POST ${ROLES}`, { name: 'X', permissionPolicies: [{ domain: 'conversation' }] }), 400, 'bad.request');
    const ungrantable = { name: 'X', permissionPolicies: [{ domain: 'journey', entityName: 'actionmap', actionSet: ['view'] }] };
    refused(await admin(`POST ${ROLES}`, ungrantable), 400, 'constraint.validation');
    refused(await running.send('Auditor 1', `POST ${ROLES}`, DIALER), 403, 'missing.any.permissions');
  });

  it('changes one: PUT as a whole, PATCH in part', async () => {
    const role = await make();
    const patched = await admin(`PATCH ${ROLES}/${role['id']}`, { description: 'Other words.' });
    assert.deepEqual(
      [patched.json['name'], patched.json['description'], patched.json['permissions']],
      ['Call Starter', 'Other words.', ['conversation:call:add']],
    );
    const put = await admin(`PUT ${ROLES}/${role['id']}`, { name: 'Starter' });
    assert.deepEqual([put.json['name'], put.json['permissions']], ['Starter', []]);
    refused(await admin(`PUT ${ROLES}/${role['id']}`, { description: 'no name' }), 400, 'constraint.validation');
    refused(await admin(`PATCH ${ROLES}/${nobody}`, { name: 'Y' }), 404, 'not.found');
  });

  it('deletes one, with every grant of it', async () => {
    assert.ok(list((await running.send('wfm-tool', 'GET /api/v2/authorization/subjects/me')).json['grants']).length === 2);
    assert.equal((await admin(`DELETE ${ROLES}/{Dialer}`)).status, 204);
    assert.deepEqual(
      list((await running.send('wfm-tool', 'GET /api/v2/authorization/subjects/me')).json['grants']).map((g) => g['role']?.['name']),
      ['Directory Reader'],
    );
    refused(await admin(`GET ${ROLES}/{Dialer}`), 404, 'not.found');
  });

  it('lists them by permission, name and id, and without counting who has them', async () => {
    assert.deepEqual(names(await admin(`GET ${ROLES}?permission=conversation:call:add&permission=routing:queue:edit`)), ['Admin', 'Supervisor']);
    assert.deepEqual(names(await admin(`GET ${ROLES}?name=*dial*`)), ['Dialer']);
    assert.deepEqual(names(await admin(`GET ${ROLES}?id=${running.idOf('Agent')},${running.idOf('Dialer')}`)), ['Agent', 'Dialer']);
    const [agent] = list((await admin(`GET ${ROLES}?name=agent&userCount=false`)).json['entities']);
    assert.equal(agent?.['userCount'], undefined);
    assert.equal(list((await admin(`GET ${ROLES}?name=agent`)).json['entities'])[0]?.['userCount'], 30);
  });

  it('says who has one, and where', async () => {
    const holders = await admin(`GET ${ROLES}/{Dialer}/subjectgrants`);
    assert.deepEqual(
      list(holders.json['entities']).map((h) => [h['name'], h['type'], list(h['divisions']).map((d) => d['name'])]),
      [
        ['dialer-service', 'PC_OAUTH_CLIENT', ['*']],
        ['wfm-tool', 'PC_OAUTH_CLIENT', ['Home']],
        ['retired-tool', 'PC_OAUTH_CLIENT', ['*']],
      ],
    );
    const users = await admin(`GET ${ROLES}/{Supervisor}/users`);
    assert.deepEqual(
      new Set(list(users.json['entities']).map((u) => u['id'])),
      new Set(['Sales', 'Care', 'Logistics'].map((d) => running.idOf(`${d} Supervisor 1`))),
    );
  });

  it('gives one to several users at once, and takes it from them', async () => {
    const ids = [running.idOf('Back Office 1'), running.idOf('Auditor 1')];
    const has = async () => list((await admin(`GET ${ROLES}/{Dialer}/users`)).json['entities']).map((u) => text(u['id']));
    assert.deepEqual((await admin(`PUT ${ROLES}/{Dialer}/users/add`, ids)).json, ids);
    assert.deepEqual(await has(), ids);
    assert.equal((await admin(`PUT ${ROLES}/{Dialer}/users/remove`, ids.slice(0, 1))).status, 200);
    assert.deepEqual(await has(), ids.slice(1));
    refused(await admin(`PUT ${ROLES}/{Dialer}/users/add`, { ids }), 400, 'bad.request');
    refused(await admin(`PUT ${ROLES}/{Dialer}/users/add`, [nobody]), 404, 'not.found');
  });

  it('gives one to several subjects in several divisions', async () => {
    const body = { subjectIds: [running.idOf('Back Office 1')], divisionIds: [running.idOf('Sales'), running.idOf('Care')] };
    assert.equal((await admin(`POST ${ROLES}/{Dialer}`, body)).status, 204);
    const grants = list((await admin('GET /api/v2/authorization/subjects/{Back Office 1}')).json['grants']);
    assert.deepEqual(
      grants.map((g) => g['division']?.['name']),
      ['Sales', 'Care'],
    );
    refused(await admin(`POST ${ROLES}/{Dialer}`, { subjectIds: [] }), 400, 'constraint.validation');
  });

  it('puts other roles in the place of those that a user has', async () => {
    const replaced = await admin('PUT /api/v2/users/{Sales Agent 7}/roles', [running.idOf('Agent'), running.idOf('Dialer')]);
    assert.deepEqual(
      list(replaced.json['roles']).map((r) => r['name']),
      ['Agent', 'Dialer'],
    );
    const subject = await admin('GET /api/v2/authorization/subjects/{Sales Agent 7}');
    assert.deepEqual(
      list(subject.json['grants']).map((g) => [g['role']?.['name'], g['division']?.['name']]),
      [
        ['Agent', 'Sales'],
        ['Dialer', 'Home'],
      ],
    );
    refused(await admin('PUT /api/v2/users/{Sales Agent 7}/roles', ['Agent']), 400, 'bad.request');
    refused(await admin(`PUT /api/v2/users/${nobody}/roles`, []), 404, 'not.found');
    assert.deepEqual((await admin('PUT /api/v2/users/{Sales Agent 7}/roles', [])).json['permissions'], []);
  });
});

describe('sandbox, grants', () => {
  it('adds, removes and replaces several of them, all or none', async () => {
    const running = await start();
    const subject = '/api/v2/authorization/subjects/{Back Office 1}';
    const pair = (role: string, division: string) => ({ roleId: running.idOf(role), divisionId: division === '*' ? '*' : running.idOf(division) });
    const change = (what: string, ...grants: unknown[]) => running.send('Admin 1', `POST ${subject}/${what}`, { grants });
    const held = async () =>
      list((await running.send('Auditor 1', `GET ${subject}`)).json['grants']).map((g) => `${g['role']?.['name']} ${g['division']?.['name']}`);
    assert.equal((await change('bulkadd', pair('Agent', 'Sales'), pair('Dialer', '*'), pair('Agent', 'Sales'))).status, 204);
    assert.deepEqual(await held(), ['Agent Sales', 'Dialer *']);
    assert.equal((await change('bulkremove', pair('Dialer', '*'), pair('Admin', 'Home'))).status, 204);
    assert.deepEqual(await held(), ['Agent Sales']);
    assert.equal((await change('bulkreplace', pair('Reporter', 'Care'), pair('Agent', 'Sales'))).status, 204);
    assert.deepEqual(await held(), ['Agent Sales', 'Reporter Care']);
    assert.equal((await change('bulkreplace', pair('Reporter', 'Care'), pair('Dialer', '*'))).status, 204);
    assert.deepEqual(await held(), ['Reporter Care', 'Dialer *']);
    refused(await change('bulkadd', pair('Dialer', 'Home'), { roleId: nobody, divisionId: '*' }), 404, 'not.found');
    refused(await change('bulkadd', pair('Dialer', 'Home'), { roleId: running.idOf('Agent') }), 400, 'bad.request');
    refused(await running.send('Admin 1', `POST ${subject}/bulkreplace`, []), 400, 'bad.request');
    assert.deepEqual(await held(), ['Reporter Care', 'Dialer *']);
    refused(await running.send('Auditor 1', `POST ${subject}/bulkadd`, { grants: [] }), 403, 'missing.permissions');
  });

  it('shows a grant at once and lets it count later, where the org has a delay; so with its end', async () => {
    const running = await start({ org: { ...orgCopy(), grantDelaySeconds: 300 } });
    const call = (who: string) => running.send(who, 'POST /api/v2/conversations/calls/user/{Sales Agent 7}', { phoneNumber: '+13175550142' });
    const grant = '/api/v2/authorization/subjects/{wfm-tool}/divisions/{Sales}/roles/{Dialer}';
    assert.equal((await running.send('Admin 1', `POST ${grant}`)).status, 204);
    const divisions = list((await running.send('wfm-tool', 'GET /api/v2/authorization/subjects/me')).json['grants']).map((g) => g['division']?.['name']);
    assert.deepEqual(divisions, ['Home', '*', 'Sales']);
    assert.equal((await call('wfm-tool')).status, 403);
    assert.equal((await running.send('Admin 1', 'DELETE /api/v2/authorization/subjects/{dialer-service}/divisions/*/roles/{Dialer}')).status, 204);
    assert.ok(
      !list((await running.send('dialer-service', 'GET /api/v2/authorization/subjects/me')).json['grants']).some((g) => text(g['role']?.['name']) === 'Dialer'),
    );
    assert.equal((await call('dialer-service')).status, 200);
  });

  it('begins with a grant that does not count yet, where the org file says how old it is', async () => {
    for (const [age, status] of [
      [10, 403],
      [400, 200],
    ] as const) {
      const org = orgCopy();
      const client = org.clients.find((c) => c.name === 'reporting-tool');
      assert.ok(client);
      client.roleDivisions = [{ role: 'Dialer', division: '*', madeSecondsAgo: age } as { role: string; division: string }];
      const running = await start({ org: { ...org, grantDelaySeconds: 300 } });
      const reply = await running.send('reporting-tool', 'POST /api/v2/conversations/calls/user/{Sales Agent 7}', { phoneNumber: '+13175550142' });
      assert.equal(reply.status, status, reply.text);
    }
  });

  it('lets members of a group hold what the group is granted, under the group’s id', async () => {
    const org = orgCopy();
    const group = org.groups.find((g) => g.name === 'First Aid');
    assert.ok(group);
    group.members = ['Back Office 1'];
    group.grants = [{ role: 'Auditor', division: '*' }];
    const running = await start({ org });
    const me = await running.send('Back Office 1', 'GET /api/v2/authorization/subjects/me');
    assert.deepEqual(
      list(me.json['grants']).map((g) => [g['subjectId'], g['role']?.['name']]),
      [[group.id, 'Auditor']],
    );
    assert.equal((await running.send('Back Office 1', 'GET /api/v2/authorization/subjects/{wfm-tool}')).status, 200);
    const ofGroup = await running.send('Admin 1', `GET /api/v2/authorization/subjects/${group.id}`);
    assert.equal(ofGroup.json['name'], 'First Aid');
    const revoke = `DELETE /api/v2/authorization/subjects/${group.id}/divisions/*/roles/{Auditor}`;
    assert.equal((await running.send('Admin 1', revoke)).status, 204);
    refused(await running.send('Back Office 1', 'GET /api/v2/authorization/subjects/{wfm-tool}'), 403, 'missing.any.permissions');
  });
});

describe('sandbox, divisions', () => {
  let running: Running;
  const admin = (request: string, body?: unknown) => running.send('Admin 1', request, body);
  const DIVISIONS = '/api/v2/authorization/divisions';
  beforeEach(async () => {
    running = await start();
  });

  it('makes, shows, renames and deletes one', async () => {
    const made = (await admin(`POST ${DIVISIONS}`, { name: 'Night', description: 'After ten.' })).json;
    assert.deepEqual([made['name'], made['homeDivision']], ['Night', false]);
    assert.equal((await admin(`PUT ${DIVISIONS}/${made['id']}`, { name: 'Late' })).json['description'], 'After ten.');
    assert.deepEqual(names(await admin(`GET ${DIVISIONS}?name=late`)), ['Late']);
    assert.equal((await admin(`DELETE ${DIVISIONS}/${made['id']}`)).status, 204);
    refused(await admin(`GET ${DIVISIONS}/${made['id']}`), 404, 'not.found');
    refused(await admin(`POST ${DIVISIONS}`, { name: 'sales' }), 400, 'constraint.validation');
    refused(await admin(`POST ${DIVISIONS}`, {}), 400, 'constraint.validation');
    refused(await admin(`PUT ${DIVISIONS}/{Sales}`, []), 400, 'bad.request');
    assert.ok(Number((await admin(`GET ${DIVISIONS}/limit`)).text) > 0);
  });

  it('keeps one that has something in it, unless that is to go home', async () => {
    refused(await admin(`DELETE ${DIVISIONS}/{Logistics}`), 409, 'general.conflict');
    refused(await admin(`DELETE ${DIVISIONS}/{Home}?force=true`), 400, 'constraint.validation');
    assert.equal((await admin(`DELETE ${DIVISIONS}/{Logistics}?force=true`)).status, 204);
    assert.equal((await admin('GET /api/v2/users/{Logistics Agent 1}')).json['division']?.['name'], 'Home');
    assert.equal((await admin('GET /api/v2/routing/queues/{Returns}')).json['division']?.['name'], 'Home');
    assert.deepEqual((await admin('GET /api/v2/authorization/subjects/{Logistics Agent 1}')).json['grants'], []);
  });

  it('takes users and queues from others', async () => {
    assert.equal((await admin(`POST ${DIVISIONS}/{Home}/objects/USER`, [running.idOf('Sales Agent 7')])).status, 204);
    const call = await running.send('wfm-tool', 'POST /api/v2/conversations/calls/user/{Sales Agent 7}', { phoneNumber: '+13175550142' });
    assert.equal(call.status, 200, call.text);
    assert.equal((await admin(`POST ${DIVISIONS}/{Care}/objects/QUEUE`, [running.idOf('Returns')])).status, 204);
    assert.equal((await admin('GET /api/v2/routing/queues/{Returns}')).json['division']?.['name'], 'Care');
    refused(await admin(`POST ${DIVISIONS}/{Care}/objects/SPACESHIP`, []), 400, 'invalid.value');
    refused(await admin(`POST ${DIVISIONS}/{Care}/objects/USER`, [nobody]), 404, 'not.found');
    refused(await admin(`POST ${DIVISIONS}/{Care}/objects/USER`, 'x'), 400, 'bad.request');
    refused(await running.send('Sales Agent 1', `POST ${DIVISIONS}/{Care}/objects/USER`, [running.idOf('Sales Agent 7')]), 403, 'not.authorized');
  });
});

describe('sandbox, what an org has', () => {
  it('pages its catalogue by domain, and finds permissions in it', async () => {
    const running = await start();
    const first = await running.send('wfm-tool', 'GET /api/v2/authorization/permissions?pageSize=10');
    assert.equal(list(first.json['entities']).length, 10);
    assert.ok(Number(first.json['total']) > 60);
    assert.equal(list((await running.send('wfm-tool', `GET ${text(first.json['nextUri'])}`)).json['entities']).length, 10);
    const found = await running.send('wfm-tool', 'GET /api/v2/authorization/permissions?query=conversation:call:add');
    assert.deepEqual(found.json['entities']?.[0]?.['permissionMap'], {
      call: [{ domain: 'conversation', entityType: 'call', action: 'add', label: 'call add', allowsConditions: false, divisionAware: true }],
    });
    refused(await running.send('wfm-tool', 'GET /api/v2/authorization/permissions?pageSize=101'), 400, 'invalid.query.param.value');
  });

  it('says in which divisions somebody holds a permission, as a page and as a list', async () => {
    const running = await start();
    const mine = await running.send('wfm-tool', 'GET /api/v2/authorization/divisionspermitted/me?permission=conversation:call:add');
    assert.deepEqual(
      list(mine.json).map((d) => d['name']),
      ['Home'],
    );
    refused(await running.send('wfm-tool', 'GET /api/v2/authorization/divisionspermitted/me'), 400, 'bad.request');
    const other = await running.send('wfm-tool', 'GET /api/v2/authorization/divisionspermitted/paged/{Care Agent 1}?permission=conversation:call:add');
    assert.deepEqual([names(other), other.json['allDivsPermitted']], [['Care'], false]);
    refused(await running.send('wfm-tool', 'GET /api/v2/authorization/divisionspermitted/paged/me'), 400, 'bad.request');
  });

  it('shows its products, its licences and that it has no attribute policies', async () => {
    const running = await start({ org: { ...orgCopy(), products: ['byoc'] } });
    assert.deepEqual(list((await running.send('wfm-tool', 'GET /api/v2/authorization/products')).json['entities']), [{ id: 'byoc' }]);
    const licences = await running.send('Admin 1', 'GET /api/v2/license/users/{Sales Agent 7}');
    assert.equal(licences.json['id'], running.idOf('Sales Agent 7'));
    assert.equal(list(licences.json['licenses']).length, 1);
    refused(await running.send('Admin 1', `GET /api/v2/license/users/${nobody}`), 404, 'not.found');
    refused(await running.send('Admin 1', 'GET /api/v2/license/definitions/none'), 404, 'not.found');
    assert.deepEqual((await running.send('Admin 1', 'GET /api/v2/authorization/policies')).json['entities'], []);
    assert.deepEqual((await running.send('Admin 1', 'GET /api/v2/authorization/policies/subject/{Sales Agent 7}')).json['entities'], []);
  });
});
