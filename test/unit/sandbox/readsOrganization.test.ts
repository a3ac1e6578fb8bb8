import assert from 'node:assert/strict';
import { list, orgCopy, type Reply, type Running, start, text } from './harness.js';

const NAMESPACES = '/api/v2/organizations/limits/namespaces';
const refused = (reply: Reply, status: number, code: string): void => assert.deepEqual([reply.status, reply.json['code']], [status, code], reply.text);

describe('sandbox, organization', () => {
  let running: Running;
  const read = (path: string) => running.send('reporting-tool', `GET ${path}`);
  before(async () => {
    running = await start({ org: { ...orgCopy(), rateLimitPerMinute: 250 } });
  });

  it('says who it is', async () => {
    const me = (await read('/api/v2/organizations/me')).json;
    assert.deepEqual([me['id'], me['name'], me['state'], me['defaultCountryCode']], [orgCopy().organization.id, 'Sandbox org', 'active', 'US']);
    assert.equal(me['defaultSiteId'], orgCopy().telephony.sites[0]?.id);
  });

  it('says which limits it has, and which are usual', async () => {
    const namespaces = list((await read(NAMESPACES)).json['entities']).map(text);
    assert.ok(namespaces.includes('platform.api') && namespaces.includes('notifications'));
    const limits = async (path: string) =>
      new Map(list((await read(`${NAMESPACES}/${path}`)).json['entities']).map((l) => [text(l['key']), [text(l['namespace']), Number(l['value'])]]));
    // FACTS §8
    assert.deepEqual((await limits('platform.api')).get('client.credentials.token.rate.per.minute'), ['platform.api', 250]);
    assert.deepEqual((await limits('platform.api/defaults')).get('client.credentials.token.rate.per.minute'), ['platform.api', 300]);
    assert.deepEqual((await limits('platform.api')).get('org.user.rate.per.minute'), ['platform.api', 3000]);
    assert.deepEqual((await limits('notifications')).get('channel.max'), ['notifications', 20]);
    refused(await read(`${NAMESPACES}/no.such`), 404, 'not.found');
    refused(await read(`${NAMESPACES}/__proto__/defaults`), 404, 'not.found');
    const docs = (await read('/api/v2/organizations/limits/docs')).json;
    assert.equal(docs['url'], `${running.sandbox.origin}/api/v2/organizations/limits/docs`);
    assert.deepEqual(
      list(docs['namespaces']).map((n) => text(n['name'])),
      namespaces,
    );
  });

  it('tests a data action: one whose remote system refuses has failed', async () => {
    const action = orgCopy().dataActions[0];
    assert.ok(action);
    const test = async (remoteStatus: number) => {
      const own = await start({ org: { ...orgCopy(), dataActions: [{ ...action, remoteStatus }] } });
      return own.send('admin-tool', `POST /api/v2/integrations/actions/${action.id}/test`, { number: '1' });
    };
    const { json } = await test(200);
    assert.deepEqual([json['success'], json['finalResult'], json['error']], [true, { number: '1' }, undefined] as unknown);
    const failed = await test(401);
    assert.deepEqual([failed.status, failed.json['success'], failed.json['error']?.['code']], [200, false, 'INVALID_CREDENTIALS']);
    assert.equal(list(failed.json['operations'])[0]?.['success'], false);
  });

  it('knows the time, time zones and languages', async () => {
    assert.ok(Math.abs(Date.parse(text((await read('/api/v2/date')).json['currentDate'])) - Date.now()) < 60_000);
    const zones: Reply = await read('/api/v2/timezones?pageSize=100&pageNumber=2');
    assert.equal(list(zones.json['entities']).length, 100);
    const kolkata = await findZone('Asia/Kolkata', 'Asia/Calcutta');
    assert.equal(kolkata?.['offset'], 330);
    assert.equal((await running.send('Admin 1', 'GET /api/v2/languages?name=engl')).json['entities']?.[0]?.['name'], 'English');
    refused(await read('/api/v2/languages'), 403, 'missing.any.permissions');
    refused(await running.send('Admin 1', 'GET /api/v2/languages/english'), 400, 'invalid.id');
  });

  /** India never changes its clocks. */
  const findZone = async (...ids: readonly string[]) => {
    for (let page = 1; page < 8; page++) {
      const found = list((await read(`/api/v2/timezones?pageSize=100&pageNumber=${page}`)).json['entities']).find((z) => ids.includes(text(z['id'])));
      if (found) return found;
    }
    return undefined;
  };
});
