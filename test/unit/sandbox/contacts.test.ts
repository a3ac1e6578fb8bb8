import assert from 'node:assert/strict';
import { list, orgCopy, type Reply, type Running, start, text } from './harness.js';

const nobody = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
const BASE = '/api/v2/externalcontacts';
const CONTACTS = `${BASE}/contacts`;
const refused = (reply: Reply, status: number, code: string): void => assert.deepEqual([reply.status, reply.json['code']], [status, code], reply.text);
const lastNames = (reply: Reply, key = 'entities'): string[] => {
  assert.equal(reply.status, 200, reply.text);
  return list(reply.json[key]).map((c) => text(c['firstName'] ?? c['lastName']));
};
const { externalContacts } = orgCopy();
const [ada] = externalContacts.contacts;
const [freight, bakery] = externalContacts.organizations;
assert.ok(ada && freight && bakery);

describe('sandbox, external contacts', () => {
  let running: Running;
  const admin = (request: string, body?: unknown) => running.send('Admin 1', request, body);
  beforeEach(async () => {
    running = await start();
  });

  it('finds them by name, address and number, however it is written', async () => {
    assert.deepEqual(lastNames(await admin(`GET ${CONTACTS}`)), ['Ada', 'Anybody', 'Björn', 'Chidi']);
    for (const q of ['ada', 'Ada Example', 'bakery.example', '+44 20 7946 0151', '2079460151'])
      assert.deepEqual(lastNames(await admin(`GET ${CONTACTS}?q=${encodeURIComponent(q)}`)), ['Ada'], q);
    assert.deepEqual(lastNames(await admin(`GET ${CONTACTS}?q=nobody`)), []);
    assert.deepEqual(lastNames(await admin(`GET ${CONTACTS}?divisionIds=${running.idOf('Logistics')}`)), ['Chidi']);
    refused(await admin(`GET ${CONTACTS}?pageSize=101`), 400, 'invalid.query.param.value');
    refused(await running.send('Sales Agent 7', `GET ${CONTACTS}`), 403, 'missing.any.permissions');
  });

  it('shows one, with its organization', async () => {
    const contact = (await admin(`GET ${CONTACTS}/${ada.id}?expand=externalOrganization`)).json;
    assert.deepEqual(
      [contact['firstName'], contact['workPhone']?.['e164'], contact['externalOrganization']?.['name'], contact['division']?.['name']],
      ['Ada', '+442079460151', 'Example Bakery', 'Sales'],
    );
    assert.equal((await admin(`GET ${CONTACTS}/${ada.id}`)).json['externalOrganization']?.['id'], bakery.id);
    refused(await admin(`GET ${CONTACTS}/${nobody}`), 404, 'not.found');
    refused(await admin(`GET ${CONTACTS}/ada`), 400, 'invalid.id');
  });

  it('makes, replaces and deletes one', async () => {
    const body = { firstName: 'Eve', lastName: 'Example', cellPhone: { userInput: '+1 317 555 0143' }, externalOrganization: { id: freight.id } };
    const made = (await admin(`POST ${CONTACTS}`, body)).json;
    assert.deepEqual([made['firstName'], made['cellPhone']?.['e164'], made['division']?.['name']], ['Eve', '+13175550143', 'Home']);
    const path = `${CONTACTS}/${text(made['id'])}`;
    const replaced = (await admin(`PUT ${path}`, { lastName: 'Sample', workEmail: 'eve@freight.example' })).json;
    assert.deepEqual(
      [replaced['firstName'], replaced['lastName'], replaced['cellPhone'], replaced['externalOrganization']],
      [undefined, 'Sample', undefined, undefined],
    );
    assert.equal((await admin(`DELETE ${path}`)).status, 204);
    refused(await admin(`GET ${path}`), 404, 'not.found');
  });

  it('refuses one that is empty, has a number that is none, or belongs to nothing', async () => {
    refused(await admin(`POST ${CONTACTS}`, {}), 400, 'constraint.validation');
    refused(await admin(`POST ${CONTACTS}`, { lastName: 'X', workPhone: { display: 'call me' } }), 400, 'bad.request');
    refused(await admin(`POST ${CONTACTS}`, { lastName: 'X', externalOrganization: { id: nobody } }), 404, 'not.found');
    refused(await admin(`POST ${CONTACTS}`, { lastName: 'X', division: { id: nobody } }), 404, 'not.found');
    refused(await admin(`PUT ${CONTACTS}/${ada.id}`, []), 400, 'bad.request');
    refused(await admin(`DELETE ${CONTACTS}/${nobody}`), 404, 'not.found');
  });

  it('says whose a number or an address is', async () => {
    const whose = async (value: string) => lastNames(await admin(`GET ${BASE}/reversewhitepageslookup?lookupVal=${encodeURIComponent(value)}`), 'contacts');
    assert.deepEqual(await whose('+13175550142'), ['Björn']);
    assert.deepEqual(await whose('+1 (317) 555-0142'), ['Björn']);
    assert.deepEqual(await whose('ADA@bakery.example'), ['Ada']);
    assert.deepEqual(await whose('3175550142'), []);
    refused(await admin(`GET ${BASE}/reversewhitepageslookup`), 400, 'bad.request');
  });

  it('shows nobody the contacts of a division in which they may not see them', async () => {
    const org = orgCopy();
    org.permissions.divisionAware.push('externalContacts:*:*');
    org.roles.find((r) => r.name === 'Supervisor')?.policies.push({ domain: 'externalContacts', entityName: '*', actions: ['*'] });
    const own = await start({ org });
    assert.deepEqual(lastNames(await own.send('Sales Supervisor 1', `GET ${CONTACTS}`)), ['Ada', 'Björn']);
    refused(await own.send('Care Supervisor 1', `GET ${CONTACTS}/${ada.id}`), 403, 'missing.division.permission');
    refused(
      await own.send('Care Supervisor 1', `POST ${CONTACTS}`, { lastName: 'X', division: { id: own.idOf('Sales') } }),
      403,
      'missing.division.permission',
    );
    assert.deepEqual(lastNames(await own.send('Care Supervisor 1', `GET ${BASE}/reversewhitepageslookup?lookupVal=ada@bakery.example`), 'contacts'), []);
  });

  it('shows organizations and who is in them', async () => {
    const organizations = await admin(`GET ${BASE}/organizations?q=freight`);
    assert.deepEqual(
      list(organizations.json['entities']).map((o) => [o['name'], o['phoneNumber']?.['e164']]),
      [['Example Freight', '+13175550160']],
    );
    assert.equal((await admin(`GET ${BASE}/organizations/${bakery.id}`)).json['name'], 'Example Bakery');
    assert.deepEqual(lastNames(await admin(`GET ${BASE}/organizations/${bakery.id}/contacts`)), ['Ada']);
    refused(await admin(`GET ${BASE}/organizations/${nobody}/contacts`), 404, 'not.found');
  });

  it('refuses an org file with a contact of an organization that is not there', async () => {
    const org = orgCopy();
    for (const c of org.externalContacts.contacts) c.organization = 'Nowhere Ltd';
    await assert.rejects(start({ org }), /\/externalContacts\/contacts\/0\/organization: no organization has the id or name "Nowhere Ltd"/);
  });
});
