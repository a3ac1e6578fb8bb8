import assert from 'node:assert/strict';
import { ABILITIES, REPLACE_SKILLS } from '../../../src/sandbox/routes/abilities.js';
import { AUTHORIZATION } from '../../../src/sandbox/routes/authorization.js';
import { CONTACTS } from '../../../src/sandbox/routes/contacts.js';
import { DIVISIONS } from '../../../src/sandbox/routes/divisions.js';
import { GRANTS } from '../../../src/sandbox/routes/grants.js';
import { MEMBERSHIP } from '../../../src/sandbox/routes/members.js';
import { ORGANIZATION } from '../../../src/sandbox/routes/organization.js';
import { PRESENCES } from '../../../src/sandbox/routes/presences.js';
import { QUEUES } from '../../../src/sandbox/routes/queues.js';
import { ROLES } from '../../../src/sandbox/routes/roles.js';
import { ROUTING } from '../../../src/sandbox/routes/routing.js';
import { STATIONS } from '../../../src/sandbox/routes/stations.js';
import { TELEPHONY } from '../../../src/sandbox/routes/telephony.js';
import { USERS } from '../../../src/sandbox/routes/users.js';
import { operations, orgCopy, type Reply, type Running, start } from './harness.js';

const all = [
  ...[...USERS, ...PRESENCES, ...ABILITIES, REPLACE_SKILLS, ...STATIONS, ...QUEUES, ...MEMBERSHIP, ...ROUTING, ...TELEPHONY],
  ...[...AUTHORIZATION, ...ROLES, ...GRANTS, ...DIVISIONS, ...ORGANIZATION, ...CONTACTS],
].map((r) => r.operation);

/** Ids of things that are there, by parameter: a path with them is one that the operation has to look at. */
const org = orgCopy();
const idOf = (things: readonly { readonly id: string }[], at = 0): string => things[at]?.id ?? '';
const THERE: Readonly<Record<string, string>> = {
  userId: idOf(org.users),
  subjectId: idOf(org.users),
  memberId: idOf(org.users),
  queueId: idOf(org.queues),
  stationId: idOf(org.stations),
  phoneId: idOf(org.stations),
  lineId: idOf(org.stations),
  roleId: idOf(org.roles, 1),
  divisionId: idOf(org.divisions),
  skillId: idOf(org.skills),
  languageId: idOf(org.languages),
  codeId: idOf(org.wrapUpCodes),
  groupId: idOf(org.groups),
  presenceId: idOf(org.presences),
  definitionId: idOf(org.presences),
  edgeId: idOf(org.edges),
  siteId: idOf(org.telephony.sites),
  outboundRouteId: idOf(org.telephony.sites[0]?.outboundRoutes ?? []),
  didId: idOf(org.telephony.dids),
  didPoolId: idOf(org.telephony.didPools),
  contactId: idOf(org.externalContacts.contacts),
  externalOrganizationId: idOf(org.externalContacts.organizations),
};
/** Parameters that are words. */
const WORDS: Readonly<Record<string, string>> = { sourceId: 'purecloud', objectType: 'USER', namespaceName: 'platform.api', licenseId: 'cloudCX3' };
const fill = (operation: string, other: Readonly<Record<string, string>> = {}): string =>
  operation.replace(/\{(\w+)\}/g, (_, name: string) => other[name] ?? THERE[name] ?? WORDS[name] ?? assert.fail(`no id for ${name}`));
const idsIn = (operation: string): string[] => [...operation.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').filter((name) => !(name in WORDS));

/** No body is read by these. */
const BODILESS = /\/associatedstation\/|\/defaultstation\/|\/divisions\/\{divisionId\}\/roles\//;

describe('sandbox, wrong input to what is implemented', () => {
  let running: Running;
  before(async () => {
    running = await start({ org: { ...org, rateLimitPerMinute: 100_000 } });
  });
  const send = (request: string, body?: unknown): Promise<Reply> => running.send('admin-tool', request, body);
  const refusesTo = (reply: Reply, what: string, ...codes: readonly string[]): void => {
    assert.ok(codes.includes(String(reply.json['code'])), `${what}: ${reply.status} ${reply.text.slice(0, 300)}`);
    assert.equal(reply.json['status'], reply.status);
  };

  it('is about operations of the index, each once', () => {
    assert.equal(new Set(all).size, all.length);
    for (const operation of all) {
      const [method = '', path = ''] = operation.split(' ');
      assert.equal(operations.get(method, path).path, path);
    }
    assert.ok(all.length >= 150, String(all.length));
  });

  for (const operation of all)
    for (const name of idsIn(operation)) {
      const mine = /users\/stations\/me/.test(operation);
      it(`${operation} answers 400 to a {${name}} that is no id, and 404 to one of nothing`, async () => {
        const user = mine ? 'Admin 1' : 'admin-tool';
        const body = /^(?:POST|PUT|PATCH) /.test(operation) ? {} : undefined;
        refusesTo(await running.send(user, fill(operation, { [name]: 'not-an-id' }), body), operation, 'invalid.id', 'bad.request', 'constraint.validation');
        const unknown = await running.send(user, fill(operation, { [name]: '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b' }), body);
        refusesTo(unknown, operation, 'not.found', 'bad.request', 'constraint.validation', 'not.authorized');
      });
    }

  for (const operation of all.filter((o) => /^(?:POST|PUT|PATCH) /.test(o) && !BODILESS.test(o)))
    it(`${operation} answers 400 to a body of another type`, async () => {
      for (const body of [
        '"text"',
        '7',
        'null',
        '[[]]',
        '[7]',
        '{"name": {}, "id": [], "joined": 1, "grants": {}, "status": {}, "presenceDefinition": 1, "query": 7}',
      ]) {
        const reply = await send(fill(operation), body);
        refusesTo(reply, `${operation} ${body}`, 'bad.request', 'constraint.validation', 'not.authorized');
      }
      refusesTo(await send(fill(operation), '{"unfinished": '), operation, 'bad.request', 'not.authorized');
    });

  it('answers 400 to a pageSize that is none, wherever there are pages', async () => {
    let lists = 0;
    for (const operation of all.filter((o) => o.startsWith('GET '))) {
      const query = /permitted/.test(operation) ? '?permission=conversation:call:add' : /didpools\/dids/.test(operation) ? '?type=UNASSIGNED' : '';
      const reply = await running.send('Admin 1', `${fill(operation)}${query}`);
      if (reply.json['pageSize'] === undefined || operation.endsWith('/products')) continue;
      lists++;
      for (const wrong of ['pageSize=0', 'pageSize=1000000', 'pageSize=ten', 'pageNumber=0', 'pageNumber=1.5']) {
        const refused = await running.send('Admin 1', `${fill(operation)}${query || '?'}&${wrong}`);
        refusesTo(refused, `${operation} ${wrong}`, 'invalid.query.param.value');
      }
    }
    assert.ok(lists > 40, String(lists));
  });
});
