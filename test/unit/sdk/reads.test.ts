import assert from 'node:assert/strict';
import { AuthorizationApi, OrganizationApi, PresenceApi, RoutingApi, StationsApi, TokensApi, UsersApi } from 'purecloud-platform-client-v2';
import { orgCopy, type Running, start } from '../sandbox/harness.js';
import { type Client, program } from './program.js';

const org = orgCopy();
const agent = org.users.find((user) => user.name === 'Sales Agent 7');
const names = (entities: readonly { readonly name?: string }[] | undefined): (string | undefined)[] => (entities ?? []).map((entity) => entity.name).sort();

describe('a program with the official SDK reads', () => {
  let running: Running;
  let self: Client;
  let admin: Client;

  before(async () => {
    running = await start();
    self = await program(running, 'Sales Agent 7');
    admin = await program(running, 'admin-tool');
  });

  it('the people whom it searches for', async () => {
    const query = [{ type: 'CONTAINS', fields: ['name'], value: 'agent 7' }];
    const { results, total } = await new UsersApi(admin).postUsersSearch({ query });
    const expected = org.users.map((user) => user.name).filter((name) => name.toLowerCase().includes('agent 7'));
    assert.deepEqual([names(results), total], [expected.sort(), expected.length]);
  });

  it('the whole directory, page by page', async () => {
    const users = new UsersApi(admin);
    const seen: (string | undefined)[] = [];
    for (let pageNumber = 1, pageCount = 1; pageNumber <= pageCount; pageNumber++) {
      const page = await users.getUsers({ pageSize: 10, pageNumber });
      pageCount = page.pageCount ?? 0;
      seen.push(...names(page.entities));
    }
    assert.deepEqual(seen.sort(), org.users.map((user) => user.name).sort());
  });

  it('who it is, with everything that can be expanded', async () => {
    const expand = ['authorization', 'station', 'routingStatus', 'presence', 'organization', 'token', 'skills', 'languages'];
    const me = await new UsersApi(self).getUsersMe({ expand });
    assert.equal(me.id, agent?.id);
    assert.equal(me.division?.name, 'Sales');
    assert.equal(me.station?.associatedStation?.name, 'web-sales-7');
    assert.equal(me.routingStatus?.status, 'IDLE');
    assert.equal(me.presence?.presenceDefinition?.systemPresence, 'Available');
    assert.equal(me.organization?.name, org.organization.name);
    assert.equal(me.token?.OAuthClient?.authorizedGrantType, 'CODE');
    assert.ok(me.authorization?.permissions?.includes('conversation:conference:add'));
    assert.deepEqual([names(me.skills), names(me.languages)], [['Sales'], ['English', 'German']]);
  });

  it('who may do what, and what the org can grant', async () => {
    const authorization = new AuthorizationApi(self);
    const { grants } = await authorization.getAuthorizationSubjectsMe();
    assert.deepEqual(
      grants?.map((grant) => [grant.role?.name, grant.division?.name]),
      agent?.grants.map((grant) => [grant.role, grant.division]),
    );
    const permitted = await authorization.getAuthorizationDivisionspermittedPagedMe('routing:queue:search');
    assert.ok(names(permitted.entities).includes('Sales') || permitted.allDivsPermitted);
    const known = new Set<string>();
    for (let pageNumber = 1, pageCount = 1; pageNumber <= pageCount; pageNumber++) {
      const page = await authorization.getAuthorizationPermissions({ pageSize: 99, pageNumber });
      pageCount = page.pageCount ?? 0;
      for (const { domain, permissionMap = {} } of page.entities ?? [])
        for (const list of Object.values(permissionMap)) for (const p of list) known.add(`${domain}:${p.entityType}:${p.action}`);
    }
    assert.ok(known.has('conversation:agentlessCall:add'));
    assert.ok(!known.has('journey:actionmap:view'), 'the org lacks journey:actionmap:*');
  });

  it('queues, stations and presences', async () => {
    const queues = new RoutingApi(self);
    const own = org.queues.filter((queue) => queue.members?.includes('Sales Agent 7'));
    assert.deepEqual(names((await queues.getRoutingQueuesMe()).entities), own.map((queue) => queue.name).sort());
    const queue = await new RoutingApi(admin).getRoutingQueue(running.idOf('Sales EMEA'));
    assert.equal(queue.callingPartyNumber, '+442079460100');
    const station = await new StationsApi(self).getStation(running.idOf('web-sales-7'));
    assert.deepEqual([station.status, station.userId, station.webRtcUserId], ['ASSOCIATED', agent?.id, agent?.id]);
    const presence = await new PresenceApi(self).getUserPresencesPurecloud(agent?.id ?? '');
    assert.equal(presence.presenceDefinition?.systemPresence, 'Available');
  });

  it('its own token, its organization', async () => {
    assert.equal((await new TokensApi(self).getTokensMe()).organization?.name, org.organization.name);
    assert.equal((await new OrganizationApi(self).getOrganizationsMe()).id, org.organization.id);
    await new TokensApi(self).headTokensMe();
  });
});
