import assert from 'node:assert/strict';
import { orgCopy, type Reply, type Running, start, text } from './harness.js';
import {
  asked,
  basic,
  CALLBACK,
  CHALLENGE,
  challengeOf,
  codeFor,
  exchange,
  open,
  PKCE,
  redeem,
  sentBack,
  submit,
  VERIFIER,
  VSCODE_CALLBACK,
  whoIs,
} from './signIn.js';

const error = (reply: Reply): readonly [number, string] => [reply.status, text(reply.json['error'])];
const INVALID_GRANT = [400, 'invalid_grant'] as const;

describe('sandbox, signing in with a code', () => {
  let running: Running;
  before(async () => {
    const org = orgCopy();
    org.rateLimitPerMinute = 100_000;
    running = await start({ org });
  });

  it('has a challenge that is RFC 7636’s own', () => assert.equal(challengeOf(VERIFIER), CHALLENGE));

  it('gives a client that shows its secret the token of the user, and a refresh token', async () => {
    const reply = await redeem(running, await codeFor(running, 'Sales Agent 7'));
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual(Object.keys(reply.json).sort(), ['access_token', 'expires_in', 'refresh_token', 'token_type']);
    assert.deepEqual([reply.json['token_type'], reply.json['expires_in']], ['bearer', 86_400]);
    assert.match(reply.headers.get('cache-control') ?? '', /no-store/);
    assert.equal(await whoIs(running, text(reply.json['access_token'])), 'Sales Agent 7');
  });

  it('gives a client with PKCE and no header a token without a refresh token (FACTS §4.1)', async () => {
    const code = await codeFor(running, 'Care Agent 3', PKCE);
    const reply = await redeem(running, code, { client_id: running.idOf('call-desk'), code_verifier: VERIFIER }, {});
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual(Object.keys(reply.json).sort(), ['access_token', 'expires_in', 'token_type']);
    assert.equal(await whoIs(running, text(reply.json['access_token'])), 'Care Agent 3');
  });

  it('takes secret and verifier together, for a refresh token', async () => {
    const reply = await redeem(running, await codeFor(running, 'Care Agent 3', PKCE), { code_verifier: VERIFIER });
    assert.ok(reply.json['refresh_token'], reply.text);
  });

  it('returns to a scheme of its own, and wants PKCE of that client', async () => {
    const ask = asked(running, { client_id: running.idOf('call-desk-vscode'), redirect_uri: VSCODE_CALLBACK, state: 's' });
    const without = sentBack(await open(running, ask));
    assert.equal(without.to, VSCODE_CALLBACK);
    assert.deepEqual([without.parameters['error'], without.parameters['state']], ['invalid_request', 's']);
    const back = sentBack(await submit(running, { ...ask, ...PKCE, user: running.idOf('Sales Agent 1'), action: 'sign-in' }));
    assert.equal(back.to, VSCODE_CALLBACK);
    const form = { client_id: ask['client_id'] ?? '', redirect_uri: VSCODE_CALLBACK, code_verifier: VERIFIER };
    const reply = await redeem(running, back.parameters['code'] ?? '', form, {});
    assert.equal(await whoIs(running, text(reply.json['access_token'])), 'Sales Agent 1');
  });

  it('takes a code once: the second time revokes what came of the first (RFC 6749, section 4.1.2)', async () => {
    const code = await codeFor(running, 'Sales Agent 1');
    const first = await redeem(running, code);
    const other = await redeem(running, await codeFor(running, 'Sales Agent 1'));
    assert.deepEqual(error(await redeem(running, code)), INVALID_GRANT);
    assert.equal(await whoIs(running, text(first.json['access_token'])), 'bad.credentials');
    const refresh = { grant_type: 'refresh_token', refresh_token: text(first.json['refresh_token']) };
    assert.deepEqual(error(await exchange(running, refresh, basic(running, 'call-desk'))), INVALID_GRANT);
    assert.equal(await whoIs(running, text(other.json['access_token'])), 'Sales Agent 1');
  });

  const attempts: readonly [
    what: string,
    ask: Record<string, string>,
    send: Record<string, string>,
    as: string | undefined,
    expected: readonly [number, string],
  ][] = [
    ['another redirect_uri', {}, { redirect_uri: 'http://127.0.0.1:8085/oauth2/callback' }, 'call-desk', INVALID_GRANT],
    ['a redirect_uri that begins alike', {}, { redirect_uri: `${CALLBACK}/` }, 'call-desk', INVALID_GRANT],
    ['no redirect_uri', {}, { redirect_uri: '' }, 'call-desk', [400, 'invalid_request']],
    ['no code', {}, { code: '' }, 'call-desk', [400, 'invalid_request']],
    ['a code that is nobody’s', {}, { code: 'made-up' }, 'call-desk', INVALID_GRANT],
    ['another client’s code', {}, {}, 'call-desk-vscode', INVALID_GRANT],
    ['another kind of client', {}, {}, 'dialer-service', [400, 'unauthorized_client']],
    ['neither secret nor verifier', {}, { client_id: 'call-desk' }, undefined, [401, 'invalid_client']],
    ['neither, where the code was asked with a challenge', PKCE, { client_id: 'call-desk' }, undefined, [401, 'invalid_client']],
    ['the secret alone, where the code was asked with a challenge', PKCE, {}, 'call-desk', INVALID_GRANT],
    ['a verifier, where the code was asked without a challenge', {}, { client_id: 'call-desk', code_verifier: VERIFIER }, undefined, INVALID_GRANT],
    ['a verifier beside the secret, where the code was asked without a challenge', {}, { code_verifier: VERIFIER }, 'call-desk', INVALID_GRANT],
    ['another verifier', PKCE, { client_id: 'call-desk', code_verifier: `${VERIFIER}x` }, undefined, INVALID_GRANT],
    ['the challenge as verifier', PKCE, { client_id: 'call-desk', code_verifier: CHALLENGE }, undefined, INVALID_GRANT],
    [
      'a verifier of 42 characters',
      { ...PKCE, code_challenge: challengeOf('v'.repeat(42)) },
      { client_id: 'call-desk', code_verifier: 'v'.repeat(42) },
      undefined,
      INVALID_GRANT,
    ],
    [
      'a verifier of 129 characters',
      { ...PKCE, code_challenge: challengeOf('v'.repeat(129)) },
      { client_id: 'call-desk', code_verifier: 'v'.repeat(129) },
      undefined,
      INVALID_GRANT,
    ],
    ['a verifier and another client’s id', PKCE, { client_id: 'call-desk-vscode', code_verifier: VERIFIER }, undefined, INVALID_GRANT],
    ['a verifier and an id that is nobody’s', PKCE, { client_id: 'constructor', code_verifier: VERIFIER }, undefined, [401, 'invalid_client']],
    ['a verifier and no id', PKCE, { code_verifier: VERIFIER }, undefined, [401, 'invalid_client']],
    ['a verifier and a disabled client', PKCE, { client_id: 'retired-tool', code_verifier: VERIFIER }, undefined, [401, 'invalid_client']],
    ['a verifier and another kind of client', PKCE, { client_id: 'wfm-tool', code_verifier: VERIFIER }, undefined, [400, 'unauthorized_client']],
    ['a client_id that is not the header’s', {}, { client_id: 'call-desk-vscode' }, 'call-desk', [400, 'invalid_request']],
  ];
  for (const [what, ask, send, as, expected] of attempts)
    it(`refuses ${what}, and leaves the code good for whom it is`, async () => {
      const code = await codeFor(running, 'Sales Agent 2', ask);
      const id = send['client_id'];
      const named = id === undefined || id === 'constructor' ? {} : { client_id: running.idOf(id) };
      const reply = await redeem(running, code, { ...send, ...named }, as === undefined ? {} : basic(running, as));
      assert.deepEqual(error(reply), expected, reply.text);
      // FACTS §3.1: the form of the body.
      assert.deepEqual(Object.keys(reply.json).sort(), ['description', 'error', 'error_description']);
      assert.equal(reply.json['description'], reply.json['error_description']);
      if (ask['code_challenge'] === undefined) assert.equal((await redeem(running, code)).status, 200);
      else if (ask['code_challenge'] === CHALLENGE) assert.equal((await redeem(running, code, { code_verifier: VERIFIER })).status, 200);
    });

  it('refuses a parameter that is there twice, whichever counts (RFC 6749, section 3.2)', async () => {
    const code = await codeFor(running, 'Sales Agent 2');
    const form = [
      ['grant_type', 'authorization_code'],
      ['code', code],
      ['redirect_uri', CALLBACK],
    ] as const;
    for (const twice of form) {
      const reply = await exchange(running, [...form, twice], basic(running, 'call-desk'));
      assert.deepEqual(error(reply), [400, 'invalid_request'], twice[0]);
    }
    assert.equal((await redeem(running, code)).status, 200);
  });

  it('takes a form only', async () => {
    const code = await codeFor(running, 'Sales Agent 2');
    const reply = await redeem(running, code, {}, { ...basic(running, 'call-desk'), 'Content-Type': 'application/json' });
    assert.deepEqual(error(reply), [400, 'invalid_request']);
    for (const method of ['GET', 'PUT']) {
      const other = await running.send(undefined, `${method} /oauth/token`);
      assert.deepEqual([other.status, other.headers.get('allow')], [405, 'POST']);
    }
  });

  it('exchanges a refresh token for a new one, and takes each once', async () => {
    const first = await redeem(running, await codeFor(running, 'Sales Agent 3'));
    const refresh = (token: string, headers = basic(running, 'call-desk')) => exchange(running, { grant_type: 'refresh_token', refresh_token: token }, headers);
    const one = text(first.json['refresh_token']);
    for (const [as, expected] of [
      [{}, [401, 'invalid_client']],
      [basic(running, 'call-desk', 'wrong'), [401, 'invalid_client']],
      [basic(running, 'call-desk-vscode'), INVALID_GRANT],
      [basic(running, 'dialer-service'), [400, 'unauthorized_client']],
    ] as const)
      assert.deepEqual(error(await refresh(one, as)), expected);
    const second = await refresh(one);
    assert.equal(second.status, 200, second.text);
    const two = text(second.json['refresh_token']);
    assert.notEqual(two, one);
    assert.notEqual(second.json['access_token'], first.json['access_token']);
    for (const reply of [first, second]) assert.equal(await whoIs(running, text(reply.json['access_token'])), 'Sales Agent 3');
    assert.deepEqual(error(await refresh('made-up')), INVALID_GRANT);
    assert.deepEqual(error(await refresh('')), [400, 'invalid_request']);

    const third = await refresh(two);
    assert.deepEqual(error(await refresh(one)), INVALID_GRANT);
    // Somebody else has it: nothing of that sign-in is good any more (RFC 9700, section 4.14.2).
    assert.deepEqual(error(await refresh(text(third.json['refresh_token']))), INVALID_GRANT);
    for (const reply of [first, second, third]) assert.equal(await whoIs(running, text(reply.json['access_token'])), 'bad.credentials');
  });

  it('gives back a token and its refresh token at once (RFC 7009, section 2.1)', async () => {
    const [mine, other] = [await redeem(running, await codeFor(running, 'Sales Agent 4')), await redeem(running, await codeFor(running, 'Sales Agent 4'))];
    const Authorization = `Bearer ${text(mine.json['access_token'])}`;
    assert.equal((await running.send(undefined, 'DELETE /api/v2/tokens/me', undefined, { Authorization })).status, 200);
    assert.equal(await whoIs(running, text(mine.json['access_token'])), 'bad.credentials');
    const refresh = { grant_type: 'refresh_token', refresh_token: text(mine.json['refresh_token']) };
    assert.deepEqual(error(await exchange(running, refresh, basic(running, 'call-desk'))), INVALID_GRANT);
    assert.equal(await whoIs(running, text(other.json['access_token'])), 'Sales Agent 4');

    assert.equal((await running.send('Sales Agent 5', 'DELETE /api/v2/tokens/{Sales Agent 4}')).status, 403);
    assert.equal((await running.send('admin-tool', 'DELETE /api/v2/tokens/{Sales Agent 4}')).status, 200);
    assert.equal(await whoIs(running, text(other.json['access_token'])), 'bad.credentials');
    assert.equal((await running.send('admin-tool', 'DELETE /api/v2/tokens/{Sales EMEA}')).status, 404);
  });
});
