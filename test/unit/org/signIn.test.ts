import assert from 'node:assert/strict';
import { send } from '../../../src/org/http.js';
import { clientCredentialsToken } from '../../../src/org/signIn.js';
import { type Region, sandboxRegion } from '../../../src/platform/regions.js';
import { start } from '../sandbox/harness.js';
import { json, nobody, serve } from './server.js';

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

describe('org/signIn with client credentials', () => {
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
      assert.equal(answer.exchange.response?.status, status);
      assert.deepEqual(answer.exchange.request?.headers[0], ['Authorization', 'Basic …']);
      assert.ok(!JSON.stringify(answer).includes('session=1'));
    });

  it('is unreachable where nobody listens, and cancelled where somebody stops it', async () => {
    const answer = await ask(await nobody());
    assert.deepEqual(answer, { kind: 'unreachable', why: 'nothing listens there' });
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

describe('org/signIn against the sandbox', () => {
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
