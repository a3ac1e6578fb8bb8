import assert from 'node:assert/strict';
import { type Json, list, orgCopy, type Reply, type Running, start, text } from './harness.js';

const names = (reply: Reply, key = 'entities'): string[] => {
  assert.equal(reply.status, 200, reply.text);
  return list(reply.json[key]).map((e) => text(e['name']));
};

const nextOf = ({ json }: Reply): string | undefined => (json['nextUri'] === undefined ? undefined : text(json['nextUri']));

describe('sandbox, reading an org', () => {
  let running: Running;
  before(async () => {
    const org = orgCopy();
    org.rateLimitPerMinute = 10_000;
    running = await start({ org });
  });
  const search = (query: unknown, more: Record<string, unknown> = {}, who = 'wfm-tool') => running.send(who, 'POST /api/v2/users/search', { query, ...more });

  it('pages users, the last page without a next one', async () => {
    const seen: string[] = [];
    let next: string | undefined = '/api/v2/users?pageSize=15';
    for (let page = 1; next !== undefined; page++) {
      const reply: Reply = await running.send('Sales Agent 7', `GET ${next}`);
      seen.push(...names(reply));
      assert.deepEqual([reply.json['pageNumber'], reply.json['pageSize'], reply.json['pageCount']], [page, 15, 3]);
      assert.equal(reply.json['previousUri'] === undefined, page === 1);
      next = nextOf(reply);
    }
    assert.equal(seen.length, 38);
    assert.equal(new Set(seen).size, 38);
    assert.deepEqual((await running.send('Sales Agent 7', 'GET /api/v2/users?pageSize=0')).json['code'], 'invalid.query.param.value');
  });

  const searches: readonly [query: unknown, found: readonly string[]][] = [
    [[{ type: 'EXACT', fields: ['name'], value: 'sales agent 7' }], ['Sales Agent 7']],
    [[{ type: 'CONTAINS', fields: ['name'], value: 'agent 7' }], ['Care Agent 7', 'Sales Agent 7']],
    [[{ type: 'STARTS_WITH', fields: ['name'], value: 'Ren' }], ["Renée O'Hara"]],
    [
      [
        { type: 'CONTAINS', fields: ['name'], value: 'supervisor' },
        { type: 'EXACT', fields: ['department'], value: 'Care' },
      ],
      ['Care Supervisor 1'],
    ],
    [[{ type: 'CONTAINS', fields: ['name', 'email'], value: 'auditor.1@' }], ['Auditor 1']],
    [
      [
        {
          group: [
            { type: 'EXACT', fields: ['name'], value: 'Admin 1' },
            { type: 'EXACT', fields: ['name'], value: 'Auditor 1', operator: 'OR' },
          ],
        },
      ],
      ['Admin 1', 'Auditor 1'],
    ],
    [[{ type: 'CONTAINS', fields: ['name'], value: 'nobody of this name' }], []],
  ];
  for (const [query, found] of searches)
    it(`finds ${found.join(', ') || 'nobody'} by ${JSON.stringify(query)}`, async () => assert.deepEqual(names(await search(query), 'results'), found));

  it('searches by page and with what is asked to be expanded', async () => {
    const first = await search([{ type: 'CONTAINS', fields: ['name'], value: 'agent' }], { pageSize: 10, expand: ['presence', 'routingStatus', 'station'] });
    assert.deepEqual([first.json['total'], first.json['pageCount'], list(first.json['results']).length], [29, 3, 10]);
    assert.ok(first.json['nextPage']);
    const [seven] = list(
      (await search([{ type: 'EXACT', fields: ['name'], value: 'Sales Agent 7' }], { expand: ['presence', 'routingStatus', 'station'] })).json['results'],
    );
    assert.equal(seven?.['presence']?.['presenceDefinition']?.['systemPresence'], 'Available');
    assert.equal(seven?.['routingStatus']?.['status'], 'IDLE');
    assert.equal(seven?.['station']?.['associatedStation']?.['name'], 'web-sales-7');
    assert.equal(seven?.['division']?.['name'], 'Sales');
  });

  it('shows people with and without a station', async () => {
    const without = await running.send('wfm-tool', 'GET /api/v2/users/{Care Agent 3}?expand=station,presence');
    assert.deepEqual(without.json['station'], {});
    const plain = await running.send('wfm-tool', 'GET /api/v2/users/{Care Agent 3}');
    assert.equal(plain.json['station'], undefined);
    assert.equal((await running.send('wfm-tool', 'GET /api/v2/users/{Sales EMEA}')).json['code'], 'not.found');
  });

  it('tells users/me what they hold, and tells a client that it is no user', async () => {
    const me = await running.send('Sales Agent 7', 'GET /api/v2/users/me?expand=authorization,station,organization,token');
    assert.ok(list(me.json['authorization']?.['permissions']).map(text).includes('conversation:conference:add'));
    assert.equal(me.json['organization']?.['name'], 'Sandbox org');
    assert.equal((await running.send('admin-tool', 'GET /api/v2/users/me')).status, 400);
  });

  it('guards the station of others, and shows one’s own', async () => {
    const denied = await running.send('wfm-tool', 'GET /api/v2/users/{Sales Agent 7}/station');
    assert.deepEqual([denied.status, denied.json['code']], [403, 'missing.any.permissions']);
    assert.match(text(denied.json['message']), /\[telephony:otherStationAssociation:view\]$/);
    const other = await running.send('Sales Supervisor 1', 'GET /api/v2/users/{Sales Agent 7}/station');
    assert.equal(other.json['associatedStation']?.['id'], running.idOf('web-sales-7'));
    assert.equal((await running.send('Care Supervisor 1', 'GET /api/v2/users/{Sales Agent 7}/station')).json['code'], 'missing.division.permission');
    assert.equal((await running.send('Sales Agent 7', 'GET /api/v2/users/stations/me')).json['associatedStation']?.['name'], 'web-sales-7');
  });

  it('lists stations by owner and by name', async () => {
    const own = await running.send('wfm-tool', `GET /api/v2/stations?webRtcUserId=${running.idOf('Sales Agent 7')}`);
    assert.deepEqual(names(own), ['web-sales-7']);
    assert.equal(own.json['entities']?.[0]?.['userId'], running.idOf('Sales Agent 7'));
    assert.deepEqual(names(await running.send('wfm-tool', 'GET /api/v2/stations?name=lobby-phone')), ['lobby-phone']);
    assert.equal((await running.send('wfm-tool', 'GET /api/v2/stations/{lobby-phone}')).json['status'], 'AVAILABLE');
  });

  it('lists queues: all of one’s divisions, one’s own, and their members', async () => {
    assert.equal(names(await running.send('wfm-tool', 'GET /api/v2/routing/queues')).length, 6);
    assert.deepEqual(names(await running.send('Care Supervisor 1', 'GET /api/v2/routing/queues')), ['Care Tier 1', 'Care Tier 2']);
    assert.deepEqual(names(await running.send('Sales Agent 7', 'GET /api/v2/routing/queues/me?joined=true')), ['Sales EMEA', 'Sales Americas', 'Front Desk']);
    const emea = await running.send('wfm-tool', 'GET /api/v2/routing/queues/{Sales EMEA}');
    assert.deepEqual([emea.json['callingPartyNumber'], emea.json['division']?.['name']], ['+442079460100', 'Sales']);
    const members = await running.send('wfm-tool', 'GET /api/v2/routing/queues/{Sales EMEA}/members');
    assert.equal(names(members).length, 9);
    const denied = await running.send('Care Supervisor 1', 'GET /api/v2/routing/queues/{Sales EMEA}');
    assert.equal(
      denied.json['message'],
      `Unable to perform the requested action. You are missing the following permission(s): [routing:queue:view:${running.idOf('Sales')}]`,
    );
  });

  it('shows presence and routing status, and lets the user change their own', async () => {
    const before = await running.send('wfm-tool', 'GET /api/v2/users/{Sales Agent 7}/presences/purecloud');
    assert.equal(before.json['presenceDefinition']?.['systemPresence'], 'Available');
    const changed = await running.send('Sales Agent 12', 'PATCH /api/v2/users/{Sales Agent 12}/presences/purecloud', {
      presenceDefinition: { systemPresence: 'Busy' },
    });
    assert.equal(changed.json['presenceDefinition']?.['systemPresence'], 'Busy');
    assert.equal((await running.send('Sales Agent 7', 'PUT /api/v2/users/{Sales Agent 12}/routingstatus', { status: 'IDLE' })).status, 403);
    assert.equal((await running.send('Sales Agent 12', 'PUT /api/v2/users/{Sales Agent 12}/routingstatus', { status: 'IDLE' })).json['status'], 'IDLE');
    const wrong = await running.send('Sales Agent 12', 'PUT /api/v2/users/{Sales Agent 12}/routingstatus', { status: 'ASLEEP' });
    assert.match(text(wrong.json['message']), /^Value \[ASLEEP\] is not valid for field type \[RoutingStatus\]\. Allowable values are: OFF_QUEUE,/);
  });

  it('says who holds what where', async () => {
    const me = await running.send('wfm-tool', 'GET /api/v2/authorization/subjects/me');
    const grants = list(me.json['grants']).map((g) => [g['role']?.['name'], g['division']?.['name']]);
    assert.deepEqual(grants, [
      ['Dialer', 'Home'],
      ['Directory Reader', '*'],
    ]);
    assert.deepEqual(me.json['grants']?.[0]?.['role']?.['policies'], [{ domain: 'conversation', entityName: 'call', actions: ['add'] }]);
    assert.equal((await running.send('wfm-tool', 'GET /api/v2/authorization/subjects/{Sales Agent 7}')).json['code'], 'missing.any.permissions');
    assert.equal((await running.send('Auditor 1', 'GET /api/v2/authorization/subjects/{wfm-tool}')).json['name'], 'wfm-tool');
    const where = async (who: string, permission: string) =>
      (await running.send(who, `GET /api/v2/authorization/divisionspermitted/paged/me?permission=${permission}`)).json;
    assert.equal((await where('admin-tool', 'conversation:call:add'))['allDivsPermitted'], true);
    const home = await where('wfm-tool', 'conversation:call:add');
    assert.deepEqual([home['allDivsPermitted'], list(home['entities']).map((d) => d['name'])], [false, ['Home']]);
    assert.equal((await where('reporting-tool', 'conversation:call:add'))['total'], 0);
    assert.equal((await running.send('wfm-tool', 'GET /api/v2/authorization/divisions/home')).json['name'], 'Home');
  });

  it('knows in its catalogue what it can grant, and no more', async () => {
    const known = new Set<string>();
    let next: string | undefined = '/api/v2/authorization/permissions?pageSize=100';
    while (next !== undefined) {
      const reply: Reply = await running.send('wfm-tool', `GET ${next}`);
      for (const domain of list(reply.json['entities']))
        for (const entity of Object.values<Json | undefined>(domain['permissionMap'] ?? {}))
          for (const p of list(entity)) known.add([p['domain'], p['entityType'], p['action']].map(text).join(':'));
      next = nextOf(reply);
    }
    assert.ok(known.has('conversation:call:add') && known.size > 1400, String(known.size));
    assert.ok(![...known].some((p) => p.startsWith('journey:actionmap:')));
    const denied = await running.send('admin-tool', 'GET /api/v2/journey/actionmaps');
    assert.equal(
      denied.json['message'],
      'Unable to perform the requested action. You must have at least one of the following permissions assigned: [journey:actionmap:view]',
    );
  });

  it('lets a fix be tried: a grant counts at once, and so does its end', async () => {
    const own = await start();
    const call = () => own.send('wfm-tool', 'POST /api/v2/conversations/calls/user/{Sales Agent 7}', { phoneNumber: '+13175550142' });
    const grant = '/api/v2/authorization/subjects/{wfm-tool}/divisions/{Sales}/roles/{Dialer}';
    assert.equal((await call()).status, 403);
    assert.equal((await own.send('wfm-tool', `POST ${grant}`)).json['code'], 'missing.permissions');
    assert.equal((await own.send('Admin 1', `POST ${grant}`)).status, 204);
    assert.equal((await call()).status, 200);
    assert.equal((await own.send('Admin 1', `DELETE ${grant}`)).status, 204);
    assert.equal((await call()).status, 403);
    assert.deepEqual(names(await own.send('Auditor 1', 'GET /api/v2/authorization/roles?permission=conversation:call:add')), [
      'Admin',
      'Agent',
      'Supervisor',
      'Dialer',
    ]);
  });

  it('lets a station be associated, once, and taken away', async () => {
    const own = await start();
    const call = () => own.send('Care Agent 3', 'POST /api/v2/conversations/calls', { phoneNumber: '+442079460123' });
    const mine = '/api/v2/users/stations/me/associatedstation';
    assert.equal((await own.send('Care Agent 3', `PUT ${mine}/{web-sales-7}`)).json['code'], 'userservice.stationalreadyassociated');
    assert.equal((await own.send('Care Agent 3', `PUT ${mine}/{lobby-phone}`)).status, 202);
    assert.equal((await call()).status, 200);
    assert.equal((await own.send('Care Agent 3', `DELETE ${mine}`)).status, 204);
    assert.equal((await call()).json['code'], 'conversation.error.no.user.station');
  });
});
