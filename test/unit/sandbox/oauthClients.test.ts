import assert from 'node:assert/strict';
import { type Json, list, type Reply, type Running, start, text } from './harness.js';
import { CALLBACK, exchange, open, sentBack, submit, whoIs } from './signIn.js';

const ADMIN = 'admin-tool';
const CLIENTS = '/api/v2/oauth/clients';

/** The fields that a refusal names. */
const named = (reply: Reply): string[] => list(reply.json['details']).map((d) => text(d['fieldName']));

describe('sandbox, OAuth clients', () => {
  let running: Running;
  before(async () => {
    running = await start();
  });
  const make = (body: Record<string, unknown>): Promise<Reply> =>
    running.send(ADMIN, `POST ${CLIENTS}`, { name: 'a new client', authorizedGrantType: 'CODE', registeredRedirectUri: [CALLBACK], ...body });
  const askAs = (client: Json, secret = text(client['secret'])): Promise<Reply> =>
    exchange(running, { grant_type: 'client_credentials' }, { Authorization: `Basic ${Buffer.from(`${text(client['id'])}:${secret}`).toString('base64')}` });

  it('lists and shows them without a secret', async () => {
    const all = await running.send('dialer-service', `GET ${CLIENTS}`);
    assert.equal(all.json['total'], 8);
    const one = await running.send('dialer-service', `GET ${CLIENTS}/{call-desk-vscode}`);
    assert.deepEqual(one.json['registeredRedirectUri'], ['vscode://call-doctor.genesys-call-doctor/signed-in']);
    assert.deepEqual([one.json['authorizedGrantType'], one.json['accessTokenValiditySeconds'], one.json['state']], ['CODE', 86_400, 'active']);
    for (const reply of [all, one]) assert.ok(!reply.text.includes('secret'));
    assert.equal((await running.send('wfm-tool', `GET ${CLIENTS}`)).status, 403);
  });

  it('makes one with which one signs in at once', async () => {
    const made = await make({ description: 'for a test', scope: ['conversations'], accessTokenValiditySeconds: 300 });
    assert.equal(made.status, 200, made.text);
    assert.match(text(made.json['secret']), /^sandbox-secret-.{32}-not-real$/);
    assert.deepEqual([made.json['description'], made.json['accessTokenValiditySeconds'], made.json['scope']], ['for a test', 300, ['conversations']]);
    assert.equal(made.json['createdBy']?.['name'], ADMIN);
    const ask = { client_id: text(made.json['id']), redirect_uri: CALLBACK, response_type: 'code' };
    assert.match((await open(running, ask)).text, /<strong>a new client<\/strong>/);
    const { code = '' } = sentBack(await submit(running, { ...ask, user: running.idOf('Sales Agent 7'), action: 'sign-in' })).parameters;
    const token = await exchange(
      running,
      { grant_type: 'authorization_code', code, redirect_uri: CALLBACK },
      { Authorization: `Basic ${Buffer.from(`${text(made.json['id'])}:${text(made.json['secret'])}`).toString('base64')}` },
    );
    assert.equal(token.json['expires_in'], 300);
    assert.equal(await whoIs(running, text(token.json['access_token'])), 'Sales Agent 7');
    assert.ok(!(await running.send(ADMIN, `GET ${CLIENTS}/${text(made.json['id'])}`)).text.includes('secret'));
  });

  it('gives one roles, changes them, and takes them away', async () => {
    const pair = (role: string, division: string) => ({ roleId: running.idOf(role), divisionId: division === '*' ? '*' : running.idOf(division) });
    const body = { name: 'a caller', authorizedGrantType: 'CLIENT-CREDENTIALS', roleDivisions: [pair('Dialer', 'Sales'), pair('Directory Reader', '*')] };
    const made = await running.send(ADMIN, `POST ${CLIENTS}`, body);
    assert.equal(made.status, 200, made.text);
    assert.deepEqual(made.json['roleDivisions'], body.roleDivisions as unknown as Json);
    const token = text((await askAs(made.json)).json['access_token']);
    const read = async (path: string) => (await running.send(undefined, `GET ${path}`, undefined, { Authorization: `Bearer ${token}` })).status;
    assert.equal(await read('/api/v2/routing/queues'), 200);
    const path = `${CLIENTS}/${text(made.json['id'])}`;
    const put = await running.send(ADMIN, `PUT ${path}`, { ...body, name: 'a caller, renamed', roleDivisions: [pair('Dialer', 'Sales')] });
    assert.deepEqual([put.status, put.json['name'], put.json['roleDivisions']], [200, 'a caller, renamed', [pair('Dialer', 'Sales')]]);
    assert.equal(await read('/api/v2/routing/queues'), 403);

    await running.send(ADMIN, `PUT ${path}`, { ...body, state: 'disabled' });
    assert.equal(await read('/api/v2/tokens/me'), 401);
    assert.equal((await askAs(made.json)).json['error'], 'invalid_client');
    await running.send(ADMIN, `PUT ${path}`, { ...body, state: 'active' });
    assert.equal(await read('/api/v2/tokens/me'), 200);

    assert.ok([200, 204].includes((await running.send(ADMIN, `DELETE ${path}`)).status));
    assert.equal(await read('/api/v2/tokens/me'), 401);
    assert.equal((await running.send(ADMIN, `GET ${path}`)).status, 404);
    assert.equal((await running.send(ADMIN, `DELETE ${path}`)).status, 404);
  });

  it('gives one a new secret; the old one is none any more', async () => {
    const made = await running.send(ADMIN, `POST ${CLIENTS}`, { name: 'forgetful', authorizedGrantType: 'CLIENT-CREDENTIALS' });
    const renewed = await running.send(ADMIN, `POST ${CLIENTS}/${text(made.json['id'])}/secret`);
    assert.notEqual(renewed.json['secret'], made.json['secret']);
    assert.equal((await askAs(made.json)).status, 401);
    assert.equal((await askAs(renewed.json)).status, 200);
    assert.equal((await running.send('dialer-service', `POST ${CLIENTS}/${text(made.json['id'])}/secret`)).status, 403);
  });

  it('takes back what it has shown', async () => {
    for (const name of ['call-desk', 'wfm-tool', 'call-desk-saml']) {
      const path = `${CLIENTS}/{${name}}`;
      const before = (await running.send(ADMIN, `GET ${path}`)).json;
      const after = await running.send(ADMIN, `PUT ${path}`, before);
      assert.equal(after.status, 200, after.text);
      for (const key of Object.keys(before).filter((k) => !['dateModified', 'modifiedBy'].includes(k))) assert.deepEqual(after.json[key], before[key], key);
    }
  });

  const wrong: readonly [what: string, body: Record<string, unknown>, fields: readonly string[]][] = [
    ['no name', { name: ' ' }, ['name']],
    ['a very long name', { name: 'n'.repeat(256) }, ['name']],
    ['no grant', { authorizedGrantType: null }, ['authorizedGrantType']],
    ['a grant that does not exist', { authorizedGrantType: 'JWT-BEARER' }, ['authorizedGrantType']],
    ['the implicit grant, which gets no new clients (FACTS §4.1)', { authorizedGrantType: 'TOKEN' }, ['authorizedGrantType']],
    ['a life too short (FACTS §4.1)', { accessTokenValiditySeconds: 299 }, ['accessTokenValiditySeconds']],
    ['a life too long', { accessTokenValiditySeconds: 172_801 }, ['accessTokenValiditySeconds']],
    ['half a second', { accessTokenValiditySeconds: 300.5 }, ['accessTokenValiditySeconds']],
    ['a life in words', { accessTokenValiditySeconds: '300' }, ['accessTokenValiditySeconds']],
    ['no redirect URI', { registeredRedirectUri: [] }, ['registeredRedirectUri']],
    ['a redirect URI that is no list', { registeredRedirectUri: CALLBACK }, ['registeredRedirectUri']],
    ['a redirect URI that leads nowhere', { registeredRedirectUri: [CALLBACK, '/callback'] }, ['registeredRedirectUri[1]']],
    ['a fragment (RFC 6749, section 3.1.2)', { registeredRedirectUri: [`${CALLBACK}#x`] }, ['registeredRedirectUri[0]']],
    ['a script', { registeredRedirectUri: ['javascript:/%0aalert(1)'] }, ['registeredRedirectUri[0]']],
    ['a line break', { registeredRedirectUri: [`${CALLBACK}\r\nSet-Cookie: x=1`] }, ['registeredRedirectUri[0]']],
    ['letters that no header can hold', { registeredRedirectUri: ['http://localhost:8085/ü'] }, ['registeredRedirectUri[0]']],
    ['a scope that does not exist', { scope: ['conversations', 'call:outbound:initiate'] }, ['scope']],
    ['scopes for a client without users', { authorizedGrantType: 'CLIENT-CREDENTIALS', scope: ['conversations'] }, ['scope']],
    ['roles for a client with users (FACTS §4.3)', { roleDivisions: [{ roleId: 'Dialer', divisionId: '*' }] }, ['roleDivisions']],
    [
      'roles and divisions that do not exist',
      { authorizedGrantType: 'CLIENT-CREDENTIALS', roleDivisions: [{ roleId: '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b', divisionId: 'Sales' }, null] },
      ['roleDivisions[0].roleId', 'roleDivisions[0].divisionId', 'roleDivisions[1].roleId', 'roleDivisions[1].divisionId'],
    ],
    ['a state that does not exist', { state: 'asleep' }, ['state']],
    ['several things at once', { name: 7, state: 1, scope: 'x' }, ['name', 'state', 'scope']],
  ];
  for (const [what, body, fields] of wrong)
    it(`refuses ${what}, naming the field`, async () => {
      const roleDivisions = Array.isArray(body['roleDivisions'])
        ? {
            roleDivisions: body['roleDivisions'].map((p: { roleId?: string } | null) =>
              p?.roleId === 'Dialer' ? { ...p, roleId: running.idOf('Dialer') } : p,
            ),
          }
        : {};
      const before = (await running.send(ADMIN, `GET ${CLIENTS}`)).json['total'];
      const reply = await make({ ...body, ...roleDivisions });
      assert.deepEqual([reply.status, reply.json['code']], [400, 'constraint.validation'], reply.text);
      assert.deepEqual(named(reply), fields);
      assert.equal((await running.send(ADMIN, `GET ${CLIENTS}`)).json['total'], before);
    });

  it('refuses a body that is none', async () => {
    for (const body of ['[]', '"x"', 'null', '']) {
      const reply = await running.send(ADMIN, `POST ${CLIENTS}`, body);
      assert.deepEqual([reply.status, reply.json['code']], [400, 'bad.request'], body);
    }
  });

  it('knows the scopes, by name too', async () => {
    const all = await running.send('wfm-tool', 'GET /api/v2/oauth/scopes');
    const ids = list(all.json['entities']).map((s) => text(s['id']));
    assert.equal(all.json['total'], ids.length);
    for (const id of ['conversations', 'conversations:readonly', 'user-basic-info', 'notifications']) {
      assert.ok(ids.includes(id), id);
      assert.equal((await running.send('wfm-tool', `GET /api/v2/oauth/scopes/${id}`)).json['id'], id);
    }
    assert.equal((await running.send('wfm-tool', 'GET /api/v2/oauth/scopes/users%3Areadonly')).json['id'], 'users:readonly');
    for (const id of ['call:outbound:initiate', '__proto__']) assert.equal((await running.send('wfm-tool', `GET /api/v2/oauth/scopes/${id}`)).status, 404);
  });

  it('knows what clients with users are authorized for', async () => {
    const all = await running.send(ADMIN, 'GET /api/v2/oauth/authorizations');
    const names = list(all.json['entities']).map((a) => text(a['client']?.['name']));
    assert.ok(names.includes('call-desk') && names.includes('call-desk-saml') && !names.includes('wfm-tool'));
    const one = await running.send(ADMIN, 'GET /api/v2/oauth/authorizations/{call-desk}');
    assert.ok(list(one.json['scope']).map(text).includes('conversations'));
    assert.equal((await running.send(ADMIN, 'GET /api/v2/oauth/authorizations/{wfm-tool}')).status, 404);
    assert.equal((await running.send('wfm-tool', 'GET /api/v2/oauth/authorizations')).status, 403);
    assert.ok(!all.text.includes('secret'));
  });
});
