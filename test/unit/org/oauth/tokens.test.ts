import assert from 'node:assert/strict';
import { type Http, send } from '../../../../src/org/http.js';
import { beginAuthorization, finishAuthorization } from '../../../../src/org/oauth/authorization.js';
import { type ClientCredentials, clientCredentialsToken, refreshedToken, revoke, samlToken, type TokenAnswer } from '../../../../src/org/oauth/tokens.js';
import { findRegion, type Region, sandboxRegion } from '../../../../src/platform/regions.js';
import { start } from '../../sandbox/harness.js';
import { CALLBACK, whoIs } from '../../sandbox/signIn.js';
import { json, nobody, serve } from '../server.js';
import { clientOf, holdsNone, recording, startWith, throughPage } from './flow.js';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const SECRET = 'canary+secret/with=odd:chars%20ü';
const BASIC = Buffer.from(`${ID}:${SECRET}`).toString('base64');
const credentials = { clientId: ID, clientSecret: SECRET };
const ask = (origin: string, signal?: AbortSignal): ReturnType<typeof clientCredentialsToken> =>
  clientCredentialsToken(sandboxRegion(origin), credentials, send, signal);

/** What came of it, where it was refused; nothing of it may hold a secret. */
async function refused(origin: string): Promise<Extract<Awaited<ReturnType<typeof ask>>, { kind: 'refused' }>> {
  const answer = await ask(origin);
  assert.equal(answer.kind, 'refused', JSON.stringify(answer));
  for (const secret of [SECRET, BASIC, 'granted-token']) assert.ok(!JSON.stringify(answer).includes(secret), JSON.stringify(answer));
  return answer as Extract<typeof answer, { kind: 'refused' }>;
}

describe('org/oauth/tokens with client credentials', () => {
  it('sends id and secret as they are in a Basic header, and nothing secret in the body', async () => {
    const server = await serve((r) => json(r, 200, { access_token: 'granted-token', token_type: 'bearer', expires_in: 3600 }));
    const before = Date.now();
    const answer = await ask(server.origin);
    assert.ok(answer.kind === 'ok' && answer.token === 'granted-token');
    assert.ok(answer.expiresAt >= before + 3600_000 && answer.expiresAt <= Date.now() + 3600_000);
    const [seen] = server.seen;
    assert.equal(seen?.method, 'POST');
    assert.equal(seen?.url, '/oauth/token');
    assert.equal(seen?.headers.authorization, `Basic ${BASIC}`);
    assert.match(seen?.headers['content-type'] ?? '', /^application\/x-www-form-urlencoded/);
    assert.deepEqual([...new URLSearchParams(seen?.body)], [['grant_type', 'client_credentials']]);
  });

  it('asks once, and follows no redirect with the secret', async () => {
    const stranger = await serve((r) => json(r, 200, {}));
    const server = await serve((r) => r.writeHead(307, { Location: `${stranger.origin}/oauth/token` }).end());
    await refused(server.origin);
    assert.deepEqual([server.seen.length, stranger.seen.length], [1, 0]);
  });

  const answers: readonly [what: string, status: number, headers: Record<string, string>, body: string, why: RegExp][] = [
    ['invalid_client', 401, {}, '{"error":"invalid_client","description":"authentication failed"}', /^invalid_client$/],
    ['invalid_client with a challenge', 401, { 'WWW-Authenticate': 'Basic realm="x"' }, '{"error":"invalid_client","description":"no"}', /^invalid_client$/],
    ['unauthorized_client', 400, {}, '{"error":"unauthorized_client","error_description":"not that grant"}', /^unauthorized_client$/],
    ['an HTML page', 200, { 'Content-Type': 'text/html' }, '<html>Sign in to the Wi-Fi</html>', /is not one of a token endpoint$/],
    ['an HTML 502', 502, { 'Content-Type': 'text/html' }, '<html>', /is not one of a token endpoint$/],
    ['nothing at all', 204, {}, '', /is not one of a token endpoint$/],
    ['a token without a type', 200, {}, '{"access_token":"granted-token"}', /is not one of a token endpoint$/],
    ['a token of another type', 200, {}, '{"access_token":"granted-token","token_type":"mac"}', /is not one of a token endpoint$/],
    [
      'a page that echoes the request',
      403,
      { 'X-Echo': `Basic ${BASIC}` },
      `{"seen":"Basic ${BASIC}","secret":"${SECRET}"}`,
      /is not one of a token endpoint$/,
    ],
  ];
  for (const [what, status, headers, body, why] of answers)
    it(`says what came back for ${what}, without a secret`, async () => {
      const server = await serve((r) =>
        r.writeHead(status, { 'Content-Type': 'application/json', 'Set-Cookie': 'session=1', ...headers }).end(body || undefined),
      );
      const answer = await refused(server.origin);
      assert.match(answer.why, why);
      assert.equal(answer.exchange?.response?.status, status);
      assert.deepEqual(answer.exchange?.request?.headers[0], ['Authorization', 'Basic …']);
      assert.ok(!JSON.stringify(answer).includes('session=1'));
    });

  it('is unreachable where nobody listens, and cancelled where somebody stops it', async () => {
    const origin = await nobody();
    const problem = { kind: 'connection-refused', host: new URL(origin).host, why: 'nothing listens there', code: 'ECONNREFUSED' };
    assert.deepEqual(await ask(origin), { kind: 'unreachable', why: 'nothing listens there', problem });
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    assert.deepEqual(await ask(server.origin, controller.signal), { kind: 'cancelled' });
  });

  it('sends no secret over plain HTTP except to a sandbox', async () => {
    const server = await serve((r) => json(r, 200, { access_token: 'granted-token', token_type: 'bearer' }));
    const plain: Region = { ...sandboxRegion(server.origin), sandbox: false };
    await assert.rejects(clientCredentialsToken(plain, credentials, send));
    assert.equal(server.seen.length, 0);
  });
});

describe('org/oauth/tokens against the sandbox', () => {
  it('gets a token that works', async () => {
    const { sandbox } = await start();
    const client = sandbox.clients.find((c) => c.name === 'dialer-service');
    assert.ok(client);
    const answer = await clientCredentialsToken(sandboxRegion(sandbox.origin), { clientId: client.id, clientSecret: client.secret }, send);
    assert.ok(answer.kind === 'ok');
    const me = await fetch(`${sandbox.origin}/api/v2/tokens/me`, { headers: { Authorization: `Bearer ${answer.token}` } });
    assert.equal(me.status, 200);
  });

  for (const [what, name, secret, why] of [
    ['a wrong secret', 'dialer-service', 'canary-wrong-secret', 'invalid_client'],
    ['a disabled client', 'retired-tool', undefined, 'invalid_client'],
    ['a client of another grant', 'call-desk', undefined, 'unauthorized_client'],
  ] as const)
    it(`is refused for ${what}`, async () => {
      const { sandbox } = await start();
      const client = sandbox.clients.find((c) => c.name === name);
      assert.ok(client);
      const clientSecret = secret ?? client.secret;
      const answer = await clientCredentialsToken(sandboxRegion(sandbox.origin), { clientId: client.id, clientSecret }, send);
      assert.ok(answer.kind === 'refused', JSON.stringify(answer));
      assert.equal(answer.why, why);
      assert.ok(!JSON.stringify(answer).includes(clientSecret));
    });
});

const IRELAND = findRegion('eu-west-1') as Region;
const CANARIES = {
  refresh: 'canary+refresh/token=of~a_session',
  assertion: Buffer.from('<saml:Assertion>canary of an assertion?>~~</saml:Assertion>').toString('base64'),
};
const GRANTS: readonly [what: string, secrets: readonly string[], ask: (http: Http, client?: ClientCredentials) => Promise<TokenAnswer>][] = [
  ['client credentials', [], (http, client = credentials) => clientCredentialsToken(IRELAND, client, http)],
  ['a refresh token', [CANARIES.refresh], (http, client = credentials) => refreshedToken(IRELAND, client, CANARIES.refresh, http)],
  ['an assertion', [CANARIES.assertion], (http, client = credentials) => samlToken(IRELAND, { ...client, orgName: 'sandbox-org' }, CANARIES.assertion, http)],
];

describe('org/oauth/tokens, every grant', () => {
  it('asks with the form of its grant, and with id and secret in the header alone', async () => {
    const forms = [];
    for (const [, , ask] of GRANTS) {
      const { http, sent } = recording(200, { access_token: 'granted-token', token_type: 'bearer', expires_in: 60 });
      assert.equal((await ask(http)).kind, 'ok');
      assert.equal(sent[0]?.headers['authorization'], `Basic ${BASIC}`);
      assert.equal(sent[0]?.url, 'https://login.mypurecloud.ie/oauth/token');
      forms.push(Object.fromEntries(new URLSearchParams(sent[0]?.body)));
    }
    assert.deepEqual(forms, [
      { grant_type: 'client_credentials' },
      { grant_type: 'refresh_token', refresh_token: CANARIES.refresh },
      { grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer', orgName: 'sandbox-org', assertion: CANARIES.assertion },
    ]);
  });

  it('sends the id of a public client in the form, and no header', async () => {
    const { http, sent } = recording(200, { access_token: 'granted-token', token_type: 'bearer' });
    await refreshedToken(IRELAND, { clientId: ID }, CANARIES.refresh, http);
    assert.equal(sent[0]?.headers['authorization'], undefined);
    assert.equal(new URLSearchParams(sent[0]?.body).get('client_id'), ID);
  });

  for (const [what, own, ask] of GRANTS)
    it(`has no secret in what is left of a refusal of ${what}, however the answer repeats it`, async () => {
      const secrets = [SECRET, BASIC, 'granted-token', ...own];
      const spelled = secrets.flatMap((s) => [s, encodeURIComponent(s), JSON.stringify(s), new URLSearchParams({ s }).toString()]);
      const bodies = [
        JSON.stringify({ error: 'invalid_grant', error_description: `what was sent: ${spelled.join(' ')}`, access_token: 'granted-token' }),
        `<html><title>${spelled.filter((s) => !s.includes('granted')).join(' ')}</title> access_token=granted-token</html>`,
        `{"access_token":"granted-token","refresh_token":"granted-token","seen":${JSON.stringify(spelled)}}`,
      ];
      for (const body of bodies) {
        const answer = await ask(
          recording(400, body, [
            ['X-Echo', spelled.filter((s) => !s.includes('granted')).join(' ')],
            ['Set-Cookie', 'granted-token'],
          ]).http,
        );
        assert.equal(answer.kind, 'refused');
        holdsNone([...secrets, ...own.map(encodeURIComponent)], answer);
      }
    });

  for (const [what, , ask] of GRANTS)
    it(`is unreachable or cancelled with ${what}, without a word of it`, async () => {
      for (const outcome of [
        { kind: 'not-sent', code: 'ENOTFOUND', why: 'the name of the host cannot be resolved: no network, or no DNS' },
        { kind: 'no-answer', code: 'TIMEOUT', why: 'no answer within 15 seconds' },
        { kind: 'cancelled' },
      ] as const) {
        const answer = await ask(async () => outcome);
        assert.equal(answer.kind, outcome.kind === 'cancelled' ? 'cancelled' : 'unreachable');
        holdsNone([SECRET, BASIC, CANARIES.refresh, CANARIES.assertion], answer);
      }
    });
});

describe('org/oauth/tokens, what an answer may look like', () => {
  const get = (body: unknown) => clientCredentialsToken(IRELAND, credentials, recording(200, body).http);
  const good = { access_token: 'granted-token', token_type: 'Bearer', expires_in: 600 };

  it('takes members that are null or empty for absent, and looks at no id token', async () => {
    const answer = await get({ ...good, refresh_token: null, scope: '', error: null, id_token: 'x.y.z' });
    assert.ok(answer.kind === 'ok', JSON.stringify(answer));
    assert.deepEqual([answer.refreshToken, answer.scope], [undefined, undefined]);
  });

  it('takes five minutes where no time is told (the shortest there is), and no time that is longer than there is', async () => {
    const left = async (more: object): Promise<number> => {
      const before = Date.now();
      const answer = await get({ access_token: 'granted-token', token_type: 'bearer', ...more });
      assert.ok(answer.kind === 'ok');
      return Math.round((answer.expiresAt - before) / 1000);
    };
    assert.ok(Math.abs((await left({})) - 300) <= 2);
    assert.ok(Math.abs((await left({ expires_in: '600' })) - 600) <= 2);
    assert.ok(Math.abs((await left({ expires_in: 1e300 })) - 38_880_000) <= 2);
  });

  for (const [what, body] of [
    ['with a line break', { ...good, access_token: 'granted-token\r\nX-Evil: 1' }],
    ['that is no text', { ...good, access_token: { a: 'granted-token' } }],
    ['that is empty', { ...good, access_token: '' }],
    ['that ended before it began', { ...good, expires_in: -1 }],
    ['in a list', [good]],
    ['of no type', { access_token: 'granted-token' }],
  ] as const)
    it(`takes no token ${what}`, async () => {
      const answer = await get(body);
      assert.ok(answer.kind === 'refused', JSON.stringify(answer));
      holdsNone([SECRET, BASIC], answer);
    });
});

describe('org/oauth/tokens, what a refusal means', () => {
  const refusedWith = async (status: number, body: unknown, headers: readonly (readonly [string, string])[] = [], client = credentials) => {
    const answer = await samlToken(IRELAND, { ...client, orgName: 'x' }, CANARIES.assertion, recording(status, body, headers).http);
    assert.ok(answer.kind === 'refused', JSON.stringify(answer));
    return answer;
  };

  it('tells clocks that differ, and says nothing of those that agree', async () => {
    const at = async (seconds: number): Promise<number | undefined> => {
      const date = new Date(Date.now() - seconds * 1000).toUTCString();
      const { problem } = await refusedWith(400, { error: 'invalid_grant', error_description: 'x' }, [['Date', date]]);
      return problem.kind === 'grant-unusable' ? problem.skew : assert.fail(problem.kind);
    };
    assert.equal(await at(0), undefined);
    assert.equal(await at(30), undefined);
    assert.ok(Math.abs(((await at(7200)) ?? 0) - 7200) <= 2);
    assert.ok(Math.abs(((await at(-600)) ?? 0) + 600) <= 2);
  });

  for (const [what, status, body, headers, kind] of [
    ['a proxy that wants credentials', 407, '<html>', [], 'proxy'],
    ['too many requests', 429, { message: 'x', code: 'too.many.requests', status: 429 }, [['Retry-After', '7']], 'rate-limited'],
    ['a fault', 503, { message: 'x', code: 'service.unavailable', status: 503 }, [], 'platform-fault'],
    ['a page of a Wi-Fi', 200, '<html><title>Hotel</title>', [], 'not-genesys'],
    ['a redirect', 301, '', [['Location', '/somewhere']], 'redirected'],
    ['a wrong assertion', 400, { error: 'invalid_grant' }, [], 'grant-unusable'],
    ['a client of another type', 400, { error: 'unauthorized_client' }, [], 'grant-not-allowed'],
    ['a grant that is not known', 400, { error: 'unsupported_grant_type' }, [], 'grant-not-allowed'],
    ['a missing parameter', 400, { error: 'invalid_request', error_description: 'orgName is missing' }, [], 'request-malformed'],
    ['a redirect URI that differs', 400, { error: 'invalid_request', error_description: 'redirect_uri mismatch' }, [], 'redirect-mismatch'],
    ['an error of its own', 400, { error: 'org_suspended', error_description: 'x' }, [], 'other'],
  ] as const)
    it(`tells ${what} as ${kind}`, async () => assert.equal((await refusedWith(status, body, headers)).problem.kind, kind));

  it('tells the id in the place of the secret, an id that is none, and white space', async () => {
    const doubts = async (clientId: string, clientSecret: string): Promise<readonly string[]> => {
      const { problem } = await refusedWith(401, { error: 'invalid_client', error_description: 'x' }, [], { clientId, clientSecret });
      return problem.kind === 'client-rejected' ? problem.doubts : assert.fail(problem.kind);
    };
    assert.deepEqual(await doubts(ID, 'a-secret-that-is-one'), []);
    assert.deepEqual(await doubts(ID, ID), ['secret-is-the-id']);
    assert.deepEqual(await doubts(ID, 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'), ['secret-is-an-id']);
    assert.deepEqual(await doubts('my-client', 'a secret'), ['id-is-no-guid', 'white-space-in-secret']);
  });
});

describe('org/oauth/tokens against the sandbox, the life of a sign-in', () => {
  const EMAIL = 'sales.agent.7@sandbox-org.example';
  const assertion = (nameId: string, until = '2099-01-01T00:00:00Z'): string =>
    Buffer.from(
      `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Version="2.0"><saml:Subject><saml:NameID>${nameId}</saml:NameID></saml:Subject>` +
        `<saml:Conditions NotOnOrAfter="${until}"/></saml:Assertion>`,
    ).toString('base64');

  it('refreshes with rotation, and is signed out everywhere where a refresh token is used twice', async () => {
    const running = await startWith();
    const client = clientOf(running, 'call-desk');
    const region = sandboxRegion(running.sandbox.origin);
    const pending = await beginAuthorization(region, { client, redirectUri: CALLBACK });
    const first = await finishAuthorization(pending, await throughPage(pending.url), send);
    assert.ok(first.kind === 'ok' && first.refreshToken);
    const second = await refreshedToken(region, client, first.refreshToken, send);
    assert.ok(second.kind === 'ok' && second.refreshToken && second.refreshToken !== first.refreshToken && second.token !== first.token);
    assert.equal(await whoIs(running, second.token), 'Sales Agent 7');
    const again = await refreshedToken(region, client, first.refreshToken, send);
    assert.ok(again.kind === 'refused', JSON.stringify(again));
    assert.deepEqual([again.error, again.problem.kind], ['invalid_grant', 'grant-unusable']);
    holdsNone([client.clientSecret, first.refreshToken, first.token, second.token], again);
    assert.equal(await whoIs(running, second.token), 'bad.credentials');
  });

  it('signs a user in with an assertion, for the org’s name', async () => {
    const running = await start();
    const client = clientOf(running, 'call-desk-saml');
    const region = sandboxRegion(running.sandbox.origin);
    const orgName = String((await running.send('dialer-service', 'GET /api/v2/tokens/me')).json['organization']?.['name']);
    const answer = await samlToken(region, { ...client, orgName }, assertion(EMAIL), send);
    assert.ok(answer.kind === 'ok', JSON.stringify(answer));
    assert.equal(await whoIs(running, answer.token), 'Sales Agent 7');
    for (const [name, encoded] of [
      [orgName, assertion('nobody@sandbox-org.example')],
      [orgName, assertion(EMAIL, '2020-01-01T00:00:00Z')],
      ['another-org', assertion(EMAIL)],
    ] as const) {
      const refusal = await samlToken(region, { ...client, orgName: name }, encoded, send);
      assert.ok(refusal.kind === 'refused' && refusal.problem.kind === 'grant-unusable', JSON.stringify(refusal));
      holdsNone([client.clientSecret, encoded], refusal);
    }
  });

  it('revokes a token, which is then worth nothing, and may be revoked again', async () => {
    const running = await start();
    const region = sandboxRegion(running.sandbox.origin);
    const answer = await clientCredentialsToken(region, clientOf(running, 'dialer-service'), send);
    assert.ok(answer.kind === 'ok');
    assert.deepEqual(await revoke(region, answer.token, send), { kind: 'revoked' });
    assert.equal(await whoIs(running, answer.token), 'bad.credentials');
    assert.deepEqual(await revoke(region, answer.token, send), { kind: 'revoked' });
  });

  it('says that a token was not revoked where the platform did not say so', async () => {
    const failed = async (status: number, body: string) => revoke(IRELAND, 'canary-token-to-revoke', recording(status, body).http);
    for (const [status, body] of [
      [500, '{}'],
      [401, '<html>canary-token-to-revoke'],
      [302, ''],
      [403, '{"code":"not.authorized","message":"x","status":403}'],
    ] as const) {
      const answer = await failed(status, body);
      assert.equal(answer.kind, 'failed', `${status}`);
      holdsNone(['canary-token-to-revoke'], answer);
    }
    assert.deepEqual(await revoke(IRELAND, 'canary-token-to-revoke', async () => ({ kind: 'cancelled' })), { kind: 'cancelled' });
  });
});
