import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { send } from '../../../../src/org/http.js';
import { beginAuthorization, finishAuthorization, type Pending } from '../../../../src/org/oauth/authorization.js';
import { findRegion, type Region, sandboxRegion } from '../../../../src/platform/regions.js';
import { start } from '../../sandbox/harness.js';
import { CALLBACK } from '../../sandbox/signIn.js';
import { json, serve } from '../server.js';
import { clientOf, holdsNone, recording, throughPage } from './flow.js';

const IRELAND = findRegion('eu-west-1') as Region;
const OREGON = findRegion('us-west-2') as Region;
const CLIENT = { clientId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' };
const WITH_SECRET = { ...CLIENT, clientSecret: 'canary-client-secret-of-the-code-flow' };
const GRANTED = { access_token: 'canary-granted-access-token', token_type: 'bearer', expires_in: 600, refresh_token: 'canary-granted-refresh-token' };

const begin = (region = IRELAND, now?: number): Promise<Pending> => beginAuthorization(region, { client: CLIENT, redirectUri: CALLBACK }, now);
const parameters = ({ url }: Pending): Record<string, string> => Object.fromEntries(new URL(url).searchParams);
const back = (query: Readonly<Record<string, string>> | readonly (readonly [string, string])[]): URL =>
  new URL(`${CALLBACK}?${new URLSearchParams(query as Record<string, string>)}`);

describe('org/oauth/authorization, the address of the login page', () => {
  it('asks the region’s login host with what the platform documents, and for no scope', async () => {
    const pending = await begin();
    assert.ok(pending.url.startsWith('https://login.mypurecloud.ie/oauth/authorize?'));
    const { state, code_challenge, ...rest } = parameters(pending);
    assert.deepEqual(rest, { client_id: CLIENT.clientId, redirect_uri: CALLBACK, response_type: 'code', code_challenge_method: 'S256' });
    assert.match(code_challenge ?? '', /^[\w-]{43}$/);
    // 128 bits are 22 characters of base64url.
    assert.match(state ?? '', /^[\w-]{22,}$/);
  });

  it('has another state and another challenge each time', async () => {
    const asked = await Promise.all(Array.from({ length: 50 }, async () => parameters(await begin())));
    for (const name of ['state', 'code_challenge']) assert.equal(new Set(asked.map((a) => a[name])).size, 50);
  });

  it('names org and provider together, the hint, and the wish to come as somebody else', async () => {
    const provider = { org: 'Harbour & Sons', name: 'okta' };
    const pending = await beginAuthorization(IRELAND, { client: CLIENT, redirectUri: CALLBACK, provider, loginHint: 'a+b@sandbox-org.example', anew: true });
    const { org, provider: name, login_hint, prompt } = parameters(pending);
    assert.deepEqual({ org, name, login_hint, prompt }, { org: 'Harbour & Sons', name: 'okta', login_hint: 'a+b@sandbox-org.example', prompt: 'login' });
  });

  it('is never that of a host without TLS, but for a sandbox', async () => {
    await assert.rejects(begin({ ...IRELAND, login: 'http://login.mypurecloud.ie' }));
  });

  it('keeps the secret, the verifier and the state out of what can be shown', async () => {
    const pending = await beginAuthorization(IRELAND, { client: WITH_SECRET, redirectUri: CALLBACK });
    holdsNone([WITH_SECRET.clientSecret, pending.state], { pending });
    assert.ok(!pending.url.includes(WITH_SECRET.clientSecret));
  });
});

describe('org/oauth/authorization, the exchange', () => {
  it('sends the code with the verifier of its challenge, the same redirect URI and the client’s id, once', async () => {
    const pending = await begin();
    const { http, sent } = recording(200, GRANTED);
    const answer = await finishAuthorization(pending, back({ code: 'a-code', state: pending.state }), http);
    assert.ok(answer.kind === 'ok' && answer.token === GRANTED.access_token && answer.refreshToken === GRANTED.refresh_token);
    assert.equal(sent.length, 1);
    assert.equal(sent[0]?.url, 'https://login.mypurecloud.ie/oauth/token');
    assert.equal(sent[0]?.headers['authorization'], undefined);
    const { code_verifier, ...form } = Object.fromEntries(new URLSearchParams(sent[0]?.body));
    assert.deepEqual(form, { grant_type: 'authorization_code', code: 'a-code', redirect_uri: CALLBACK, client_id: CLIENT.clientId });
    assert.match(code_verifier ?? '', /^[\w.~-]{43,128}$/);
    assert.equal(
      createHash('sha256')
        .update(code_verifier ?? '')
        .digest('base64url'),
      parameters(pending)['code_challenge'],
    );
  });

  it('shows the secret in a Basic header alone, and sends the verifier all the same', async () => {
    const pending = await beginAuthorization(IRELAND, { client: WITH_SECRET, redirectUri: CALLBACK });
    const { http, sent } = recording(200, GRANTED);
    await finishAuthorization(pending, back({ code: 'a-code', state: pending.state }), http);
    const basic = Buffer.from(`${WITH_SECRET.clientId}:${WITH_SECRET.clientSecret}`).toString('base64');
    assert.equal(sent[0]?.headers['authorization'], `Basic ${basic}`);
    assert.deepEqual([...new URLSearchParams(sent[0]?.body).keys()].sort(), ['code', 'code_verifier', 'grant_type', 'redirect_uri']);
    assert.ok(!sent[0]?.body?.includes(WITH_SECRET.clientSecret));
  });

  it('ignores parameters that nobody knows (RFC 6749 §4.1.2), and keeps those of the redirect URI', async () => {
    const redirectUri = `${CALLBACK}?tenant=1`;
    const pending = await beginAuthorization(IRELAND, { client: CLIENT, redirectUri });
    const { http, sent } = recording(200, GRANTED);
    const callback = new URL(`${redirectUri}&code=a-code&state=${pending.state}&session_state=x&utm_source=mail&utm_source=again`);
    assert.equal((await finishAuthorization(pending, callback, http)).kind, 'ok');
    assert.equal(new URLSearchParams(sent[0]?.body).get('redirect_uri'), redirectUri);
  });

  it('takes a callback that names the issuer rightly (RFC 9207)', async () => {
    const pending = await begin();
    const { http } = recording(200, GRANTED);
    assert.equal((await finishAuthorization(pending, back({ code: 'a-code', state: pending.state, iss: 'https://login.mypurecloud.ie' }), http)).kind, 'ok');
  });
});

describe('org/oauth/authorization, attacked', () => {
  type Query = readonly (readonly [string, string])[];
  const attacks: readonly [what: string, reason: string, stillWaited: boolean, query: (state: string) => Query][] = [
    ['no state', 'no-state', true, () => [['code', 'a-code']]],
    [
      'an empty state',
      'wrong-state',
      true,
      () => [
        ['code', 'a-code'],
        ['state', ''],
      ],
    ],
    [
      'a wrong state',
      'wrong-state',
      true,
      (s) => [
        ['code', 'a-code'],
        ['state', `${s.slice(0, -1)}${s.endsWith('A') ? 'B' : 'A'}`],
      ],
    ],
    [
      'a state that is longer',
      'wrong-state',
      true,
      (s) => [
        ['code', 'a-code'],
        ['state', `${s}A`],
      ],
    ],
    [
      'a state in another case',
      'wrong-state',
      true,
      (s) => [
        ['code', 'a-code'],
        ['state', s === s.toLowerCase() ? s.toUpperCase() : s.toLowerCase()],
      ],
    ],
    [
      'the state twice',
      'malformed',
      true,
      (s) => [
        ['code', 'a-code'],
        ['state', s],
        ['state', s],
      ],
    ],
    [
      'another state beside it',
      'malformed',
      true,
      (s) => [
        ['code', 'a-code'],
        ['state', 'x'],
        ['state', s],
      ],
    ],
    [
      'two codes',
      'malformed',
      false,
      (s) => [
        ['code', 'a-code'],
        ['code', 'another'],
        ['state', s],
      ],
    ],
    ['no code', 'malformed', false, (s) => [['state', s]]],
    [
      'an empty code',
      'malformed',
      false,
      (s) => [
        ['code', ''],
        ['state', s],
      ],
    ],
    [
      'two errors',
      'malformed',
      false,
      (s) => [
        ['error', 'access_denied'],
        ['error', 'server_error'],
        ['state', s],
      ],
    ],
    [
      'the issuer of another region',
      'wrong-issuer',
      false,
      (s) => [
        ['code', 'a-code'],
        ['state', s],
        ['iss', OREGON.login],
      ],
    ],
    [
      'an issuer that only begins the same',
      'wrong-issuer',
      false,
      (s) => [
        ['code', 'a-code'],
        ['state', s],
        ['iss', `${IRELAND.login}.evil.example`],
      ],
    ],
    [
      'two issuers',
      'malformed',
      false,
      (s) => [
        ['code', 'a-code'],
        ['state', s],
        ['iss', IRELAND.login],
        ['iss', OREGON.login],
      ],
    ],
    [
      'a token beside the code',
      'malformed',
      false,
      (s) => [
        ['code', 'a-code'],
        ['state', s],
        ['access_token', 'canary-token'],
      ],
    ],
    [
      'an id token beside the code',
      'malformed',
      false,
      (s) => [
        ['code', 'a-code'],
        ['state', s],
        ['id_token', 'x'],
      ],
    ],
    [
      'an answer in a JWT',
      'malformed',
      false,
      (s) => [
        ['code', 'a-code'],
        ['state', s],
        ['response', 'x'],
      ],
    ],
  ];
  for (const [what, reason, stillWaited, query] of attacks)
    it(`takes no callback with ${what}, and sends nothing`, async () => {
      const pending = await begin();
      const { http, sent } = recording(200, GRANTED);
      const answer = await finishAuthorization(pending, back(query(pending.state)), http);
      assert.ok(answer.kind === 'rejected', JSON.stringify(answer));
      assert.equal(answer.reason, reason);
      holdsNone([pending.state, 'canary-token'], answer);
      const after = await finishAuthorization(pending, back({ code: 'a-code', state: pending.state }), http);
      assert.equal(after.kind === 'rejected' ? after.reason : after.kind, stillWaited ? 'ok' : 'used');
      assert.equal(sent.length, stillWaited ? 1 : 0);
    });

  it('takes a callback once, even where two come at the same time', async () => {
    const pending = await begin();
    const { http, sent } = recording(200, GRANTED);
    const callback = back({ code: 'a-code', state: pending.state });
    const [first, second] = await Promise.all([finishAuthorization(pending, callback, http), finishAuthorization(pending, callback, http)]);
    assert.equal(first.kind, 'ok');
    assert.ok(second.kind === 'rejected' && second.reason === 'used');
    assert.equal(sent.length, 1);
  });

  it('takes a callback that was refused by the token endpoint no second time', async () => {
    const pending = await begin();
    const { http, sent } = recording(400, { error: 'invalid_grant', error_description: 'no' });
    const callback = back({ code: 'a-code', state: pending.state });
    assert.equal((await finishAuthorization(pending, callback, http)).kind, 'refused');
    const again = await finishAuthorization(pending, callback, http);
    assert.ok(again.kind === 'rejected' && again.reason === 'used');
    assert.equal(sent.length, 1);
  });

  it('waits five minutes and not longer', async () => {
    const began = Date.parse('2026-11-22T12:00:00Z');
    const { http, sent } = recording(200, GRANTED);
    const [early, late] = [await begin(IRELAND, began), await begin(IRELAND, began)];
    assert.equal(early.expiresAt, began + 300_000);
    const finish = (pending: Pending, at: number) => finishAuthorization(pending, back({ code: 'a-code', state: pending.state }), http, undefined, at);
    const answer = await finish(late, began + 300_000);
    assert.ok(answer.kind === 'rejected' && answer.reason === 'late');
    assert.equal(sent.length, 0);
    assert.equal((await finish(early, began + 299_999)).kind, 'ok');
  });

  it('takes no callback of a sign-in to another org, and mixes none of them up', async () => {
    const [ireland, oregon] = [await begin(IRELAND), await begin(OREGON)];
    const { http, sent } = recording(200, GRANTED);
    const ofOregon = back({ code: 'code-of-oregon', state: oregon.state });
    const mixed = await finishAuthorization(ireland, ofOregon, http);
    assert.ok(mixed.kind === 'rejected' && mixed.reason === 'wrong-state');
    assert.equal(sent.length, 0);
    assert.equal((await finishAuthorization(oregon, ofOregon, http)).kind, 'ok');
    assert.deepEqual(
      sent.map((s) => s.url),
      ['https://login.usw2.pure.cloud/oauth/token'],
    );
  });

  it('follows no redirect of the token endpoint with code and secret', async () => {
    const stranger = await serve((r) => json(r, 200, GRANTED));
    const login = await serve((r) => r.writeHead(302, { Location: `${stranger.origin}/oauth/token?access_token=canary-in-the-address` }).end());
    const pending = await beginAuthorization(sandboxRegion(login.origin), { client: WITH_SECRET, redirectUri: CALLBACK });
    const answer = await finishAuthorization(pending, back({ code: 'canary-code-for-a-stranger', state: pending.state }), send);
    assert.ok(answer.kind === 'refused', JSON.stringify(answer));
    assert.deepEqual(answer.problem, { kind: 'redirected', host: new URL(login.origin).host, status: 302, to: new URL(stranger.origin).host });
    assert.deepEqual([login.seen.length, stranger.seen.length], [1, 0]);
    holdsNone([WITH_SECRET.clientSecret, 'canary-code-for-a-stranger', 'canary-in-the-address', pending.state], answer);
  });
});

describe('org/oauth/authorization, turned down on the login page', () => {
  for (const [error, kind] of [
    ['access_denied', 'denied'],
    ['unauthorized_client', 'grant-not-allowed'],
    ['unsupported_response_type', 'grant-not-allowed'],
    ['invalid_request', 'request-malformed'],
    ['temporarily_unavailable', 'platform-fault'],
    ['server_error', 'platform-fault'],
    ['somethingNew', 'other'],
  ] as const)
    it(`tells ${error} as ${kind}`, async () => {
      const pending = await begin();
      const { http, sent } = recording(200, GRANTED);
      const answer = await finishAuthorization(pending, back({ error, error_description: 'said\u202E so', state: pending.state }), http);
      assert.ok(answer.kind === 'refused', JSON.stringify(answer));
      assert.deepEqual([answer.error, answer.problem.kind, answer.exchange], [error, kind, undefined]);
      assert.ok(!JSON.stringify(answer).includes('\u202E'));
      assert.equal(sent.length, 0);
    });
});

describe('org/oauth/authorization against the sandbox', () => {
  const signIn = async (secret: boolean) => {
    const running = await start();
    const { clientId, clientSecret } = clientOf(running, 'call-desk');
    const region = sandboxRegion(running.sandbox.origin);
    const pending = await beginAuthorization(region, { client: { clientId, ...(secret ? { clientSecret } : {}) }, redirectUri: CALLBACK });
    return { running, pending, answer: await finishAuthorization(pending, await throughPage(pending.url), send) };
  };

  it('signs a user in with PKCE alone, without a refresh token', async () => {
    const { running, answer } = await signIn(false);
    assert.ok(answer.kind === 'ok', JSON.stringify(answer));
    assert.equal(answer.refreshToken, undefined);
    const me = await running.send(undefined, 'GET /api/v2/users/me', undefined, { Authorization: `Bearer ${answer.token}` });
    assert.equal(me.json['name'], 'Sales Agent 7');
  });

  it('signs a user in with the client’s secret and PKCE, with a refresh token', async () => {
    const { answer } = await signIn(true);
    assert.ok(answer.kind === 'ok' && answer.refreshToken !== undefined, JSON.stringify(answer));
  });

  it('says that the secret is wrong, and that it is neither the region nor the client', async () => {
    const running = await start();
    const { clientId } = clientOf(running, 'call-desk');
    const client = { clientId, clientSecret: 'canary-wrong-secret-of-call-desk' };
    const pending = await beginAuthorization(sandboxRegion(running.sandbox.origin), { client, redirectUri: CALLBACK });
    const answer = await finishAuthorization(pending, await throughPage(pending.url), send);
    assert.ok(answer.kind === 'refused' && answer.problem.kind === 'client-rejected', JSON.stringify(answer));
    assert.deepEqual(answer.problem.excluded, ['region', 'client-id', 'client-state']);
    holdsNone([client.clientSecret, pending.state], answer);
  });
});
