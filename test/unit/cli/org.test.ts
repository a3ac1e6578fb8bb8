import assert from 'node:assert/strict';
import { buildCallRequest } from '../../../src/platform/callRequest.js';
import { nobody, serve } from '../org/server.js';
import { causes, file, type Ran, type Ready, report, run, sandbox } from './run.js';

const CANARY = 'canary-secret-0123456789';
const explain = (org: string, env: Readonly<Record<string, string>>, request = file('{"phoneNumber":"+13175550142"}')): Promise<Ran> =>
  run(['explain', '--request', request, '--org', org, '--format', 'json'], { env });

describe('call-doctor explain --org', () => {
  let ready: Ready;
  before(async () => {
    ({ ready } = await sandbox());
  });
  const env = (name: string): Record<string, string> => {
    const client = ready.clients.find((c) => c.name === name);
    assert.ok(client);
    return { GENESYSCLOUD_OAUTHCLIENT_ID: client.id, GENESYSCLOUD_OAUTHCLIENT_SECRET: client.secret };
  };
  const onBehalf = (name: string): string => {
    const user = ready.users.find((u) => u.name === name);
    assert.ok(user);
    const { method, path, body } = buildCallRequest({ as: 'on-behalf', agentId: user.id, destination: { kind: 'phone', phoneNumber: '+13175550142' } });
    return file(JSON.stringify({ method, url: ready.origin + path, headers: { Authorization: `Bearer ${CANARY}`, 'Content-Type': 'application/json' }, body }));
  };

  it('names the division that is missing, with the org’s own evidence', async () => {
    const ran = await explain(ready.origin, env('wfm-tool'), onBehalf('Sales Agent 7'));
    assert.equal(ran.code, 1, ran.err);
    const finding = report(ran).findings.find((f) => f.cause === 'missing-division');
    assert.ok(finding && ['confirmed', 'likely'].includes(finding.verdict));
    assert.ok(finding.because.some((b) => b.source === 'org' && /Home only/.test(b.fact)));
    assert.ok(finding.because.some((b) => b.source === 'org' && /Sales Agent 7 is in division Sales/.test(b.fact)));
  });

  it('confirms it where the answer says so too', async () => {
    const request = onBehalf('Sales Agent 7');
    const sales =
      '{"status":403,"code":"missing.division.permission","message":"You must have at least one of the following permissions assigned: [] in at least one of the following division(s): []","contextId":"c"}';
    const ran = await run(['explain', '--request', request, '--response', file(sales), '--org', ready.origin, '--format', 'json'], { env: env('wfm-tool') });
    assert.ok(causes(ran, 'confirmed').includes('missing-division') || causes(ran, 'likely').includes('missing-division'), ran.out);
  });

  it('says whose grants were read, unless the request shows the same token', async () => {
    const denied = file(
      '{"status":403,"code":"missing.any.permissions","message":"You must have at least one of the following permissions assigned: [conversation:call:add]","contextId":"c"}',
    );
    const request = onBehalf('Sales Agent 7');
    const asked = await run(['explain', '--request', request, '--response', denied, '--org', ready.origin], { env: env('wfm-tool') });
    assert.match(asked.out, /Read as the client wfm-tool; that the refused request was sent by the same caller is assumed\./);
    const same = await run(['explain', '--request', request, '--response', denied, '--org', ready.origin], {
      env: { GENESYSCLOUD_ACCESS_TOKEN: ready.users.find((u) => u.name === 'Sales Agent 7')?.token ?? '' },
    });
    assert.match(same.out, /Read as Sales Agent 7; that/);
    const token = ready.users.find((u) => u.name === 'Sales Agent 7')?.token ?? '';
    const own = file(JSON.stringify({ method: 'GET', url: `${ready.origin}/api/v2/routing/queues`, headers: { Authorization: `Bearer ${token}` } }));
    const known = await run(['explain', '--request', own, '--response', denied, '--org', ready.origin], { env: { GENESYSCLOUD_ACCESS_TOKEN: token } });
    assert.match(known.out, /missing-permission|stale-grant|missing-division/);
    assert.doesNotMatch(known.out, /is assumed/);
    assert.ok(!(known.out + known.err).includes(token));
  });

  const callers: readonly [name: string, agent: string, code: number, cause: string | undefined][] = [
    ['dialer-service', 'Sales Agent 7', 0, undefined],
    ['reporting-tool', 'Sales Agent 7', 1, 'missing-permission'],
    ['dialer-service', 'Care Agent 3', 1, 'no-station'],
  ];
  for (const [name, agent, code, cause] of callers)
    it(`finds ${cause ?? 'nothing'} for ${name} and ${agent}`, async () => {
      const ran = await explain(ready.origin, env(name), onBehalf(agent));
      assert.equal(ran.code, code, ran.out);
      assert.equal(causes(ran, 'confirmed', 'likely')[0], cause);
    });

  it('takes an access token as well, and tells whose it is', async () => {
    const user = ready.users.find((u) => u.name === 'Sales Agent 7');
    const ran = await explain(ready.origin, { GENESYSCLOUD_ACCESS_TOKEN: user?.token ?? '' });
    assert.equal(ran.code, 0, ran.out);
    assert.ok(report(ran).findings.some((f) => f.cause === 'no-user-context' && f.verdict === 'ruled-out'));
  });

  it('prints no token and no secret, in no format and on no stream', async () => {
    const secret = env('wfm-tool')['GENESYSCLOUD_OAUTHCLIENT_SECRET'] ?? '?';
    for (const format of ['text', 'json', 'markdown', 'sarif']) {
      const ran = await run(['explain', '--request', onBehalf('Sales Agent 7'), '--org', ready.origin, '--format', format], { env: env('wfm-tool') });
      for (const word of [secret, CANARY]) assert.ok(!(ran.out + ran.err).includes(word), format);
    }
  });

  it('says what to look at where the secret is wrong, without it', async () => {
    const ran = await explain(ready.origin, { ...env('wfm-tool'), GENESYSCLOUD_OAUTHCLIENT_SECRET: CANARY });
    assert.deepEqual([ran.code, ran.out], [2, '']);
    assert.match(ran.err, /does not accept the client credentials \(invalid_client\)\. A client exists in one region/);
    assert.ok(!ran.err.includes(CANARY));
  });

  it('leaves everything unchecked where the token is not accepted, and never prints it', async () => {
    for (const token of [CANARY, `${CANARY}\n`, `“${CANARY}”`]) {
      const ran = await explain(ready.origin, { GENESYSCLOUD_ACCESS_TOKEN: token });
      assert.ok(ran.code === 0 || ran.code === 1, ran.err);
      assert.ok(!(ran.out + ran.err).includes(CANARY));
      assert.ok(causes(ran, 'unchecked').includes('missing-permission'), ran.out);
    }
  });
});

describe('call-doctor explain --org, where no org can be asked', () => {
  const credentials = { GENESYSCLOUD_OAUTHCLIENT_ID: 'id', GENESYSCLOUD_OAUTHCLIENT_SECRET: CANARY };

  for (const org of [
    'https://evil.example',
    'evil.example',
    'mypurecloud.com.evil.example',
    'http://127.0.0.1.evil.example:80',
    'http://mypurecloud.com',
    'us-east-99',
    '',
    'http://127.0.0.1:99999',
    'https://api.mypurecloud.com@evil.example',
  ])
    it(`sends nothing to “${org}”, and lists the regions`, async () => {
      const ran = await explain(org, credentials);
      assert.deepEqual([ran.code, ran.out], [2, '']);
      assert.match(ran.err, /is no region of Genesys Cloud and no sandbox on this machine\. Regions: us-east-1, /);
    });

  for (const [what, env] of [
    ['no credentials', {}],
    ['an id without a secret', { GENESYSCLOUD_OAUTHCLIENT_ID: 'id' }],
    ['empty ones', { GENESYSCLOUD_ACCESS_TOKEN: '', GENESYSCLOUD_OAUTHCLIENT_ID: '', GENESYSCLOUD_OAUTHCLIENT_SECRET: '' }],
  ] as const)
    it(`says which variables to set where there are ${what}`, async () => {
      const ran = await explain('us-east-1', env);
      assert.equal(ran.code, 2);
      assert.match(ran.err, /--org needs credentials: set GENESYSCLOUD_ACCESS_TOKEN, or GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET\./);
    });

  it('sends credentials of one region to no other', async () => {
    const ran = await explain('us-east-1', { ...credentials, GENESYSCLOUD_REGION: 'eu-west-1' });
    assert.equal(ran.code, 2);
    assert.match(ran.err, /GENESYSCLOUD_REGION is eu-west-1: credentials of one region are not sent to another/);
  });

  const deaf: readonly [what: string, env: Readonly<Record<string, string>>, org: () => Promise<string>, says: RegExp][] = [
    ['nobody listens at the login', credentials, nobody, /cannot be reached: nothing listens there\.$/m],
    ['nobody listens at the API', { GENESYSCLOUD_ACCESS_TOKEN: CANARY }, nobody, /cannot be asked: nothing listens there\.$/m],
    [
      'the connection is reset',
      { GENESYSCLOUD_ACCESS_TOKEN: CANARY },
      async () => (await serve((r) => r.socket?.resetAndDestroy())).origin,
      /cannot be asked: the connection was closed/,
    ],
    [
      'a hotel’s Wi-Fi answers',
      { GENESYSCLOUD_ACCESS_TOKEN: CANARY },
      async () => (await serve((r) => r.end('<html>'))).origin,
      /cannot be asked: the answer is an HTML page/,
    ],
  ];
  for (const [what, env, org, says] of deaf)
    it(`ends with 3 where ${what}`, async () => {
      const ran = await explain(await org(), env);
      assert.deepEqual([ran.code, ran.out], [3, ''], ran.err);
      assert.match(ran.err, says);
      assert.ok(!ran.err.includes(CANARY));
    });

  it('sends the secret to the login alone, and the token to the API alone', async () => {
    const server = await serve((r, seen) =>
      r
        .writeHead(seen.url === '/oauth/token' ? 200 : 403, { 'Content-Type': 'application/json' })
        .end(
          seen.url === '/oauth/token' ? '{"access_token":"token-0123456789","token_type":"bearer"}' : '{"status":403,"code":"x","message":"m","contextId":"c"}',
        ),
    );
    const ran = await explain(server.origin, credentials);
    assert.ok(ran.code === 0 || ran.code === 1, ran.err);
    const [login, ...reads] = server.seen;
    assert.deepEqual([login?.method, login?.url], ['POST', '/oauth/token']);
    assert.ok(reads.length > 0 && reads.every((s) => s.method === 'GET' && s.headers.authorization === 'Bearer token-0123456789'));
  });
});
