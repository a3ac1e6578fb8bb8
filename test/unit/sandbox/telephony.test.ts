import assert from 'node:assert/strict';
import { classificationOf } from '../../../src/sandbox/org/telephony.js';
import { list, orgCopy, type Reply, type Running, start, text } from './harness.js';

const nobody = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
const EDGES = '/api/v2/telephony/providers/edges';
const refused = (reply: Reply, status: number, code: string): void => assert.deepEqual([reply.status, reply.json['code']], [status, code], reply.text);
const names = (reply: Reply): string[] => {
  assert.equal(reply.status, 200, reply.text);
  return list(reply.json['entities']).map((e) => text(e['name']));
};
const org = orgCopy();
const site = (name: string): string => org.telephony.sites.find((s) => s.name === name)?.id ?? '';
const edge = (name: string): string => org.edges.find((e) => e.name === name)?.id ?? '';

describe('sandbox, stations', () => {
  let running: Running;
  const admin = (request: string, body?: unknown) => running.send('Admin 1', request, body);
  beforeEach(async () => {
    running = await start();
  });

  it('lists them by id, line, owner, user and part of the name', async () => {
    const seven = running.idOf('web-sales-7');
    for (const query of [
      `id=${seven}`,
      `lineAppearanceId=${seven}`,
      `webRtcUserId=${running.idOf('Sales Agent 7')}`,
      `userId=${running.idOf('Sales Agent 7')}`,
      'name=WEB-SALES-7',
      `id=${seven}&name=sales`,
    ])
      assert.deepEqual(names(await admin(`GET /api/v2/stations?${query}`)), ['web-sales-7'], query);
    for (const query of [
      `id=${nobody}`,
      `webRtcUserId=${nobody}`,
      `userId=${nobody}`,
      'name=no-such',
      `id=${seven}&name=care`,
      `id=${seven}&webRtcUserId=${running.idOf('Admin 1')}`,
    ])
      assert.deepEqual(names(await admin(`GET /api/v2/stations?${query}`)), [], query);
    assert.equal(names(await admin('GET /api/v2/stations?name=web-&pageSize=100')).length, org.stations.filter((s) => s.name.includes('web-')).length);
  });

  it('pages all of them', async () => {
    const first = await admin('GET /api/v2/stations?pageSize=20');
    assert.deepEqual([first.json['total'], first.json['pageCount']], [35, 2]);
    const second = await admin(`GET ${text(first.json['nextUri'])}`);
    assert.deepEqual(
      [...names(first), ...names(second)],
      org.stations.map((s) => s.name),
    );
  });

  it('finds and pages them among a crowd', async () => {
    const crowded = await start({ org: { ...orgCopy(), generated: { users: 500 } } });
    const all = await crowded.send('Admin 1', 'GET /api/v2/stations?pageSize=100&pageNumber=5');
    assert.equal(all.json['total'], 435);
    assert.equal(names(all).length, 35);
    const [last] = names(await crowded.send('Admin 1', 'GET /api/v2/stations?pageSize=1&pageNumber=435'));
    assert.deepEqual(names(await crowded.send('Admin 1', `GET /api/v2/stations?name=${last}`)), [last]);
  });

  it('says what a WebRTC phone needs, as the org file has it', async () => {
    const changed = orgCopy();
    const station = changed.stations.find((s) => s.name === 'web-sales-7');
    Object.assign(station ?? {}, { webRtcPersistentEnabled: false, webRtcRequireMediaHelper: true });
    const own = await start({ org: changed });
    const seven = (await own.send('Admin 1', 'GET /api/v2/stations/{web-sales-7}')).json;
    assert.deepEqual([seven['webRtcPersistentEnabled'], seven['webRtcRequireMediaHelper']], [false, true]);
    const eight = (await own.send('Admin 1', 'GET /api/v2/stations/{web-sales-8}')).json;
    assert.deepEqual([eight['webRtcPersistentEnabled'], eight['webRtcRequireMediaHelper'], eight['status']], [true, false, 'ASSOCIATED']);
    assert.equal((await own.send('Admin 1', 'GET /api/v2/stations/{remote-sales-9}')).json['webRtcPersistentEnabled'], false);
  });

  it('frees a station from whoever has it', async () => {
    assert.equal((await admin('DELETE /api/v2/stations/{web-sales-7}/associateduser')).status, 204);
    const freed = (await admin('GET /api/v2/stations/{web-sales-7}')).json;
    assert.deepEqual([freed['status'], freed['userId']], ['AVAILABLE', undefined]);
    refused(await admin('DELETE /api/v2/stations/{web-sales-7}/associateduser'), 404, 'not.found');
    refused(await running.send('Sales Agent 7', 'DELETE /api/v2/stations/{web-sales-8}/associateduser'), 403, 'missing.any.permissions');
  });

  it('gives a user a default station, which is theirs as long as they have no other', async () => {
    const path = '/api/v2/users/{Care Agent 3}/station';
    assert.equal((await admin(`PUT ${path}/defaultstation/{lobby-phone}`)).status, 202);
    const stations = (await admin(`GET ${path}`)).json;
    assert.deepEqual(
      [stations['defaultStation']?.['name'], stations['effectiveStation']?.['name'], stations['associatedStation']],
      ['lobby-phone', 'lobby-phone', undefined],
    );
    assert.equal((await admin(`DELETE ${path}/defaultstation`)).status, 202);
    assert.deepEqual((await admin(`GET ${path}`)).json, {});
    refused(await admin(`PUT ${path}/defaultstation/${nobody}`), 404, 'not.found');
    refused(await admin(`PUT ${path}/defaultstation/lobby`), 400, 'invalid.id');
  });

  it('associates a station for another, where the caller may, and tells a client that it has none', async () => {
    const path = (name: string) => `/api/v2/users/{${name}}/station/associatedstation`;
    assert.equal((await running.send('Care Supervisor 1', `PUT ${path('Care Agent 3')}/{lobby-phone}`)).status, 202);
    refused(await running.send('Sales Supervisor 1', `PUT ${path('Care Agent 3')}/{lobby-phone}`), 403, 'missing.division.permission');
    assert.equal((await running.send('Care Supervisor 1', `DELETE ${path('Care Agent 3')}`)).status, 204);
    refused(await running.send('admin-tool', 'GET /api/v2/users/stations/me'), 400, 'not.a.user');
  });
});

describe('sandbox, edges and sites', () => {
  let running: Running;
  const admin = (request: string, body?: unknown) => running.send('Admin 1', request, body);
  beforeEach(async () => {
    running = await start();
  });

  it('shows edges, whether they are online, and where', async () => {
    assert.deepEqual(names(await admin(`GET ${EDGES}`)), ['Edge Depot', 'Edge East', 'Edge West']);
    const depot = (await admin(`GET ${EDGES}/${edge('Edge Depot')}`)).json;
    assert.deepEqual([depot['onlineStatus'], depot['site']?.['name']], ['OFFLINE', 'Depot']);
    assert.equal((await admin(`GET ${EDGES}/${edge('Edge East')}`)).json['onlineStatus'], 'ONLINE');
    refused(await admin(`GET ${EDGES}/${nobody}`), 404, 'not.found');
    refused(await running.send('Sales Agent 7', `GET ${EDGES}`), 403, 'missing.any.permissions');
  });

  it('shows sites, with their edges, to anybody who asks for the list', async () => {
    assert.deepEqual(names(await running.send('Sales Agent 7', `GET ${EDGES}/sites`)), ['Depot', 'Indianapolis', 'London']);
    const london = (await admin(`GET ${EDGES}/sites/${site('London')}`)).json;
    assert.deepEqual([london['name'], list(london['edges'])[0]?.['name']], ['London', 'Edge West']);
    assert.ok(
      list((await admin(`GET ${EDGES}/sites/${site('London')}/numberplans/classifications`)).json)
        .map(text)
        .includes('International'),
    );
    refused(await admin(`GET ${EDGES}/sites/london`), 400, 'invalid.id');
  });

  it('gives an org that names no sites one with everything', async () => {
    const { telephony: _, ...rest } = orgCopy();
    const own = await start({ org: rest });
    const [main] = list((await own.send('Admin 1', `GET ${EDGES}/sites`)).json['entities']);
    assert.deepEqual(
      list(main?.['edges']).map((e) => e['name']),
      ['Edge East', 'Edge West', 'Edge Depot'],
    );
    const [route] = list((await own.send('Admin 1', `GET ${EDGES}/outboundroutes`)).json['entities']);
    assert.deepEqual([route?.['enabled'], list(route?.['classificationTypes']).length, route?.['site']?.['name']], [true, 6, 'Main Site']);
  });

  it('makes, changes and deletes outbound routes', async () => {
    const path = `${EDGES}/sites/${site('Depot')}/outboundroutes`;
    assert.deepEqual(names(await admin(`GET ${path}`)), ['Depot International', 'Depot National']);
    const [closed] = list((await admin(`GET ${path}`)).json['entities']);
    assert.equal(closed?.['enabled'], false);
    const made = (await admin(`POST ${path}`, { name: 'Spare', classificationTypes: ['International'] })).json;
    assert.deepEqual([made['enabled'], made['classificationTypes']], [true, ['International']]);
    const one = `${path}/${text(made['id'])}`;
    assert.equal((await admin(`PUT ${one}`, { name: 'Spare', classificationTypes: ['National'], enabled: false })).json['enabled'], false);
    assert.equal(names(await admin(`GET ${EDGES}/outboundroutes?pageSize=100`)).length, 8);
    refused(await admin(`POST ${path}`, { name: 'X', classificationTypes: ['Interstellar'] }), 400, 'invalid.value');
    refused(await admin(`POST ${path}`, { name: 'X' }), 400, 'constraint.validation');
    refused(await admin(`PUT ${one}`, { name: 'X', classificationTypes: 'National' }), 400, 'bad.request');
    refused(await admin(`GET ${EDGES}/sites/${site('London')}/outboundroutes/${text(made['id'])}`), 404, 'not.found');
    assert.equal((await admin(`DELETE ${one}`)).status, 204);
    refused(await admin(`GET ${one}`), 404, 'not.found');
  });

  it('lets no number out for which the site of the phone has no enabled route', async () => {
    const changed = orgCopy();
    changed.ringMilliseconds = 0;
    for (const route of changed.telephony.sites.find((s) => s.name === 'Indianapolis')?.outboundRoutes ?? [])
      if (route.name === 'International') Object.assign(route, { enabled: false });
    const own = await start({ org: changed });
    const call = async (phoneNumber: string) => {
      const placed = await own.send('Sales Agent 7', 'POST /api/v2/conversations/calls', { phoneNumber });
      assert.equal(placed.status, 200, placed.text);
      return own.send('Sales Agent 7', `GET /api/v2/conversations/calls/${text(placed.json['id'])}`);
    };
    const customerOf = (reply: Reply) => list(reply.json['participants']).find((p) => text(p['purpose']) === 'customer' || text(p['purpose']) === 'external');
    assert.notEqual(customerOf(await call('+13175550142'))?.['state'], 'disconnected');
    assert.ok(['disconnected', 'terminated'].includes(text(customerOf(await call('+442079460123'))?.['state'])));
  });

  type Telephony = ReturnType<typeof orgCopy>['telephony'];
  const first = <T>(things: readonly T[]): T => {
    const [thing] = things;
    assert.ok(thing);
    return thing;
  };
  const wrong: readonly [what: string, change: (t: Telephony) => object, problem: RegExp][] = [
    ['an edge at two sites', (t) => Object.assign(t.sites[1] ?? {}, { edges: ['Edge East'] }), /\/telephony\/sites\/1\/edges\/0: Edge East is at another site/],
    [
      'an edge that is none',
      (t) => Object.assign(first(t.sites), { edges: ['Edge 9'] }),
      /\/telephony\/sites\/0\/edges\/0: no edge has the id or name "Edge 9"/,
    ],
    [
      'a pool that ends before it begins',
      (t) => Object.assign(first(t.didPools), { end: '+13175550001' }),
      /\/telephony\/didPools\/0\/end: expected a number at or/,
    ],
    ['a number of no pool', (t) => Object.assign(first(t.dids), { number: '+13175559999' }), /\/telephony\/dids\/0\/number: no DID pool has that number/],
    ['a number of nobody', (t) => Object.assign(first(t.dids), { owner: 'Nobody' }), /\/telephony\/dids\/0\/owner: no user or group "Nobody"/],
    ['two routes with one id', (t) => first(t.sites).outboundRoutes.map((r) => Object.assign(r, { id: nobody })), /has the same id/],
  ];
  for (const [what, change, problem] of wrong)
    it(`refuses an org file with ${what}, saying where`, async () => {
      const changed = orgCopy();
      change(changed.telephony);
      await assert.rejects(start({ org: changed }), problem);
    });
});

describe('sandbox, numbers', () => {
  // Default number plans of a site: emergency and short numbers, one's own country, the others, SIP addresses.
  const CLASSES: readonly [number: string, country: string, classification: string][] = [
    ['911', 'US', 'Emergency'],
    ['112', 'GB', 'Emergency'],
    ['988', 'US', 'Suicide Prevention'],
    ['4711', 'US', 'Extension'],
    ['+13175550142', 'US', 'National'],
    ['317 555 0142', 'US', 'National'],
    ['+442079460123', 'US', 'International'],
    ['+442079460123', 'GB', 'National'],
    ['+13175550142', 'GB', 'International'],
    ['sip:agent@sandbox.example', 'US', 'Network'],
    ['agent@sandbox.example', 'US', 'Network'],
  ];
  for (const [number, country, classification] of CLASSES)
    it(`takes ${number} from ${country} for ${classification}`, () => assert.equal(classificationOf(number, country), classification));

  let running: Running;
  const admin = (request: string) => running.send('Admin 1', request);
  before(async () => {
    running = await start();
  });

  it('says whose a number is', async () => {
    const [did] = list((await admin(`GET ${EDGES}/dids?phoneNumber=%2B13175550101`)).json['entities']);
    assert.deepEqual([did?.['owner']?.['name'], did?.['ownerType'], did?.['phoneNumber']], ['Sales Agent 7', 'USER', '+13175550101']);
    assert.deepEqual(names(await admin(`GET ${EDGES}/dids?ownerId=${running.idOf('Care Agent 3')}`)), ['+442079460001']);
    assert.deepEqual(names(await admin(`GET ${EDGES}/dids`)), ['+13175550101', '+13175550123', '+13175550130', '+442079460001']);
    assert.equal((await admin(`GET ${EDGES}/dids/${text(did?.['id'])}`)).json['id'], did?.['id']);
    const [group] = list((await admin(`GET ${EDGES}/dids?phoneNumber=5550130`)).json['entities']);
    assert.equal(group?.['ownerType'], 'GROUP');
    refused(await admin(`GET ${EDGES}/dids/${nobody}`), 404, 'not.found');
    refused(await running.send('Sales Agent 7', `GET ${EDGES}/dids`), 403, 'missing.any.permissions');
  });

  it('shows pools and every number in them, assigned or not', async () => {
    const pools = await admin(`GET ${EDGES}/didpools`);
    assert.deepEqual(
      list(pools.json['entities']).map((p) => [p['startPhoneNumber'], p['endPhoneNumber']]),
      [
        ['+13175550100', '+13175550199'],
        ['+442079460000', '+442079460199'],
      ],
    );
    const [american] = list(pools.json['entities']);
    const id = text(american?.['id']);
    assert.equal((await admin(`GET ${EDGES}/didpools/${id}`)).json['startPhoneNumber'], '+13175550100');
    const all = async (query: string) => (await admin(`GET ${EDGES}/didpools/dids?${query}`)).json;
    assert.equal((await all('type=ASSIGNED_AND_UNASSIGNED'))['total'], 300);
    assert.equal((await all('type=UNASSIGNED'))['total'], 296);
    assert.equal((await all(`type=ASSIGNED_AND_UNASSIGNED&id=${id}`))['total'], 100);
    const [one] = list((await all('type=ASSIGNED_AND_UNASSIGNED&numberMatch=%2B13175550101'))['entities']);
    assert.deepEqual([one?.['assigned'], one?.['owner']?.['name'], one?.['didPool']?.['id']], [true, 'Sales Agent 7', id]);
    refused(await admin(`GET ${EDGES}/didpools/dids`), 400, 'invalid.value');
    refused(await admin(`GET ${EDGES}/didpools/${nobody}`), 404, 'not.found');
  });

  it('shows phones and lines, who is logged in on them, and whether they can be reached', async () => {
    const phone = async (name: string) => list((await admin(`GET ${EDGES}/phones?name=${name}`)).json['entities'])[0];
    const seven = await phone('web-sales-7');
    assert.deepEqual(
      [seven?.['status']?.['operationalStatus'], seven?.['lines']?.[0]?.['loggedInUser']?.['name'], seven?.['webRtcUser']?.['name'], seven?.['site']?.['name']],
      ['OPERATIONAL', 'Sales Agent 7', 'Sales Agent 7', 'Indianapolis'],
    );
    const depot = await phone('depot-desk-4');
    assert.deepEqual([depot?.['status']?.['operationalStatus'], depot?.['status']?.['edgesStatus']], ['OFFLINE', 'OUT_OF_SERVICE']);
    assert.equal((await admin(`GET ${EDGES}/phones/${text(seven?.['id'])}`)).json['name'], 'web-sales-7');
    assert.equal((await admin(`GET ${EDGES}/lines/${text(seven?.['lines']?.[0]?.['id'])}`)).json['loggedInUser']?.['name'], 'Sales Agent 7');
    assert.deepEqual(names(await admin(`GET ${EDGES}/lines?name=lobby`)), ['lobby-phone']);
    refused(await admin(`GET ${EDGES}/phones/${nobody}`), 404, 'not.found');
    refused(await admin(`GET ${EDGES}/lines/here`), 400, 'invalid.id');
    refused(await running.send('Sales Agent 7', `GET ${EDGES}/phones`), 403, 'missing.any.permissions');
  });
});
