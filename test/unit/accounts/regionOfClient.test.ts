import assert from 'node:assert/strict';
import { findRegionOfClient } from '../../../src/accounts/regionOfClient.js';
import type { Http, Outcome } from '../../../src/org/http.js';
import { findRegion, REGIONS, type Region } from '../../../src/platform/regions.js';

const CLIENT = { clientId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', clientSecret: 'canary-secret-canary-secret' };
const region = (name: string): Region => findRegion(name) ?? assert.fail(name);
const [EAST, WEST, IRELAND] = [region('us-east-1'), region('us-west-2'), region('eu-west-1')];

const answered = (status: number, body: object): Outcome => ({
  kind: 'answered',
  status,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify(body),
  cut: false,
  ms: 1,
});
// FACTS §3.1: what a login host answers to a client of another region.
const UNKNOWN = answered(401, { error: 'invalid_client', description: 'authentication failed', error_description: 'authentication failed' });
const TOKEN = answered(200, { access_token: 'token-of-the-client', token_type: 'bearer', expires_in: 86_400 });

/** Login hosts, by what they answer; every other one does not know the client. */
function hosts(answers: Readonly<Record<string, Outcome>>): { http: Http; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    http: async ({ url }) => {
      const { host } = new URL(url);
      asked.push(host);
      return answers[host] ?? UNKNOWN;
    },
  };
}

describe('accounts/regionOfClient', () => {
  it('asks the regions that were agreed to, one after another, until one knows the client', async () => {
    const { http, asked } = hosts({ 'login.usw2.pure.cloud': TOKEN });
    const found = await findRegionOfClient(CLIENT, REGIONS, async () => [IRELAND, WEST, EAST], http);
    assert.deepEqual(found, { kind: 'found', region: WEST });
    assert.deepEqual(asked, ['login.mypurecloud.com', 'login.usw2.pure.cloud']);
  });

  it('knows by a refusal of the grant that the region knows the client', async () => {
    const { http } = hosts({ 'login.mypurecloud.ie': answered(400, { error: 'unauthorized_client', error_description: 'x' }) });
    assert.deepEqual(await findRegionOfClient(CLIENT, [IRELAND], async (shown) => shown, http), { kind: 'found', region: IRELAND });
  });

  it('sends nothing to anybody where nobody agrees', async () => {
    const { http, asked } = hosts({});
    assert.deepEqual([await findRegionOfClient(CLIENT, REGIONS, async () => [], http), asked], [{ kind: 'not-agreed' }, []]);
  });

  it('sends nothing to a host that is not in the table, or that was not shown, whatever is agreed to', async () => {
    const { http, asked } = hosts({});
    const stranger: Region = { ...EAST, login: 'https://login.example.com', api: 'https://api.example.com' };
    const other: Region = { ...EAST, name: 'no-such-region', login: 'https://login.example.com' };
    await findRegionOfClient(CLIENT, [stranger, other, WEST], async () => [stranger, other, IRELAND], http);
    assert.deepEqual(asked, ['login.mypurecloud.com']);
  });

  it('tells who does not know the client from who could not say', async () => {
    const { http } = hosts({ 'login.usw2.pure.cloud': { kind: 'not-sent', code: 'ENOTFOUND', why: 'no network' } });
    const found = await findRegionOfClient(CLIENT, [EAST, WEST], async (shown) => shown, http);
    assert.ok(found.kind === 'nowhere');
    assert.deepEqual([found.strangers.map((r) => r.name), found.silent.map((s) => s.region.name)], [['us-east-1'], ['us-west-2']]);
    assert.ok(!JSON.stringify(found).includes(CLIENT.clientSecret));
  });
});
