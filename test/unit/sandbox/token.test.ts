import assert from 'node:assert/strict';
import { askToken, list, orgCopy, type Running, start, text } from './harness.js';

// FACTS §3.1: what the platform says to a client that it does not accept.
const INVALID_CLIENT = { error: 'invalid_client', description: 'authentication failed', error_description: 'authentication failed' };

describe('sandbox, tokens', () => {
  let running: Running;
  before(async () => {
    running = await start();
  });
  const client = (name: string) => {
    const found = running.sandbox.clients.find((c) => c.name === name);
    assert.ok(found);
    return found;
  };

  it('gives a client its token', async () => {
    const { id, secret } = client('wfm-tool');
    const { status, json } = await askToken(running.sandbox, id, secret);
    assert.equal(status, 200);
    assert.equal(json['token_type'], 'bearer');
    assert.equal(json['expires_in'], 86_400);
    assert.ok(text(json['access_token']).length > 20);
  });

  const refused: readonly [what: string, name: string, secret: string | undefined, form: string, status: number, error: string][] = [
    ['a wrong secret', 'wfm-tool', 'wrong', 'grant_type=client_credentials', 401, 'invalid_client'],
    ['a disabled client', 'retired-tool', undefined, 'grant_type=client_credentials', 401, 'invalid_client'],
    ['a client for users that asks for itself', 'call-desk', undefined, 'grant_type=client_credentials', 400, 'unauthorized_client'],
    ['a grant that does not exist', 'wfm-tool', undefined, 'grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer', 400, 'unsupported_grant_type'],
    ['a form without grant_type', 'wfm-tool', undefined, 'scope=conversations', 400, 'invalid_request'],
  ];
  for (const [what, name, secret, form, status, error] of refused)
    it(`refuses ${what}`, async () => {
      const reply = await askToken(running.sandbox, client(name).id, secret ?? client(name).secret, form);
      assert.deepEqual([reply.status, reply.json['error']], [status, error]);
      if (status === 401) assert.deepEqual(reply.json, INVALID_CLIENT);
      else assert.ok(reply.headers.get('x-sandbox-assumption'));
    });

  it('refuses an id that is nobody’s, and id and secret in the body', async () => {
    const { id, secret } = client('wfm-tool');
    assert.deepEqual((await askToken(running.sandbox, '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b', secret)).json, INVALID_CLIENT);
    const inBody = await askToken(running.sandbox, '', '', `grant_type=client_credentials&client_id=${id}&client_secret=${secret}`, { Authorization: '' });
    assert.deepEqual(inBody.json, INVALID_CLIENT);
  });

  it('reads id and secret as they are, and form-encoded (RFC 6749, section 2.3.1)', async () => {
    const org = orgCopy();
    const [first] = org.clients;
    assert.ok(first);
    first.secret = 'sandbox: ü%20+/=&ß-not-real';
    const own = await start({ org });
    const ask = async (pair: string, scheme = 'Basic'): Promise<number> =>
      (await askToken(own.sandbox, '', '', undefined, { Authorization: `${scheme} ${Buffer.from(pair).toString('base64')}` })).status;
    assert.equal(await ask(`${first.id}:${first.secret}`), 200);
    assert.equal(await ask(`${first.id}:${encodeURIComponent(first.secret)}`), 200);
    assert.equal(await ask(`${first.id}:${first.secret}`, 'basic'), 200);
    for (const pair of [
      first.id,
      `${first.id}:`,
      `:${first.secret}`,
      `${first.id}:${first.secret.slice(0, -1)}`,
      `${first.id}:%`,
      `${first.id}:${first.secret}:`,
      '',
    ])
      assert.equal(await ask(pair), 401, pair);
    assert.equal(await ask(`${first.id}:${first.secret}`, 'Bearer'), 401);
    for (const Authorization of ['Basic', 'Basic !!!', `Basic ${first.id}:${first.secret}`.replace(/[^ -~]/g, '')])
      assert.equal((await askToken(own.sandbox, '', '', undefined, { Authorization })).status, 401);
  });

  it('challenges who has tried with a header (RFC 6749, section 5.2)', async () => {
    const { id } = client('wfm-tool');
    assert.match((await askToken(running.sandbox, id, 'wrong')).headers.get('www-authenticate') ?? '', /^Basic realm="/);
    assert.equal((await askToken(running.sandbox, '', '', undefined, { Authorization: '' })).headers.get('www-authenticate'), null);
  });

  it('tells whose token it is: nobody’s for a client', async () => {
    const ofClient = await running.send('wfm-tool', 'GET /api/v2/tokens/me');
    assert.equal(ofClient.json['authenticatedUser'], null);
    assert.equal(ofClient.json['OAuthClient']?.['name'], 'wfm-tool');
    assert.equal(ofClient.json['OAuthClient']?.['authorizedGrantType'], 'CLIENT-CREDENTIALS');
    assert.equal(list(ofClient.json['OAuthClient']?.['roleDivisions']).length, 2);
    assert.deepEqual(list(ofClient.json['authorizedScope']), []);
    assert.equal(ofClient.json['dateTokenIdles'], undefined);
    assert.ok(!ofClient.text.includes('secret'));
    const ofUser = await running.send('Sales Agent 7', 'GET /api/v2/tokens/me');
    assert.equal(ofUser.json['authenticatedUser']?.['name'], 'Sales Agent 7');
    assert.ok(list(ofUser.json['authorizedScope']).map(text).includes('conversations'));
    assert.equal((await running.send('Sales Agent 7', 'HEAD /api/v2/tokens/me')).status, 200);
  });

  it('forgets a token that its bearer gives back', async () => {
    const own = await start();
    assert.equal((await own.send('Sales Agent 1', 'DELETE /api/v2/tokens/me')).status, 200);
    const reply = await own.send('Sales Agent 1', 'GET /api/v2/tokens/me');
    assert.deepEqual([reply.status, reply.json['code'], reply.json['message']], [401, 'bad.credentials', 'Invalid login credentials.']);
  });

  it('tells until when a token may rest, where the org wants that', async () => {
    const own = await start({ org: { ...orgCopy(), idleTokenTimeoutSeconds: 900 } });
    const before = Date.now();
    const idles = Date.parse(text((await own.send('Sales Agent 7', 'GET /api/v2/tokens/me')).json['dateTokenIdles']));
    assert.ok(idles >= before + 900_000 && idles <= Date.now() + 900_000);
    const timeout = await own.send('Sales Agent 7', 'GET /api/v2/tokens/timeout');
    assert.deepEqual(timeout.json, { enableIdleTokenTimeout: true, idleTokenTimeoutSeconds: 900 });
    assert.deepEqual((await running.send('Sales Agent 7', 'GET /api/v2/tokens/timeout')).json, { enableIdleTokenTimeout: false });
  });
});
