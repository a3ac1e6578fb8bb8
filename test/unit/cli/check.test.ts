import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { causes, file, type Ready, report, run, sandbox } from './run.js';

describe('call-doctor check', () => {
  let ready: Ready;
  before(async () => {
    ready = (await sandbox()).ready;
  });
  const env = (name: string): Record<string, string> => {
    const client = ready.clients.find((c) => c.name === name);
    assert.ok(client, name);
    return { GENESYSCLOUD_OAUTHCLIENT_ID: client.id, GENESYSCLOUD_OAUTHCLIENT_SECRET: client.secret };
  };
  const agent = (name: string): string => ready.users.find((u) => u.name === name)?.id ?? '';
  const onBehalf = (name: string, body = '{"phoneNumber":"+13175550142"}'): string =>
    file(
      `curl -X POST ${ready.origin}/api/v2/conversations/calls/user/${agent(name)} -H 'Authorization: Bearer $TOKEN' -H 'Content-Type: application/json' -d '${body}'`,
    );
  const check = (who: string, request: string, ...more: readonly string[]) =>
    run(['check', '--request', request, '--org', ready.origin, '--format', 'json', ...more], { env: env(who) });

  it('finds nothing against a call that would be accepted', async () => {
    const ran = await check('dialer-service', onBehalf('Sales Agent 7'));
    assert.equal(ran.code, 0, ran.out + ran.err);
    assert.deepEqual(causes(ran, 'confirmed', 'likely'), []);
    assert.ok(causes(ran, 'ruled-out').includes('missing-permission'));
  });

  it('names the division, with who holds what where', async () => {
    const ran = await check('wfm-tool', onBehalf('Sales Agent 7'));
    assert.equal(ran.code, 1);
    assert.equal(causes(ran, 'confirmed', 'likely')[0], 'missing-division');
    const because =
      report(ran)
        .findings[0]?.because.map((b) => b.fact)
        .join('\n') ?? '';
    assert.match(because, /conversation:call:add in Home only \(role Dialer\)/);
    assert.match(because, /Sales Agent 7 is in division Sales/);
  });

  it('names the permission and the station that are missing', async () => {
    assert.deepEqual(causes(await check('reporting-tool', onBehalf('Sales Agent 7')), 'confirmed'), ['missing-permission']);
    assert.deepEqual(causes(await check('dialer-service', onBehalf('Care Agent 3')), 'likely'), ['no-station']);
  });

  it('says that the token is dead', async () => {
    for (const format of ['text', 'json']) {
      const ran = await run(['check', '--request', onBehalf('Sales Agent 7'), '--org', ready.origin, '--format', format], {
        env: { GENESYSCLOUD_ACCESS_TOKEN: 'long-dead-token' },
      });
      assert.equal(ran.code, 1, ran.out + ran.err);
      assert.match(ran.out, /token-invalid/);
      assert.ok(!(ran.out + ran.err).includes('long-dead-token'));
    }
  });

  it('sends no request that writes: GETs, and one POST for the token', async () => {
    const seen: string[] = [];
    const proxy = http.createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      const { host: _, ...headers } = request.headers;
      const forward = http.request(ready.origin + request.url, { method: request.method ?? '', headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      request.pipe(forward);
    });
    await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
    try {
      const origin = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
      const ran = await run(['check', '--request', onBehalf('Sales Agent 7'), '--org', origin], { env: env('dialer-service') });
      assert.equal(ran.code, 0, ran.err);
      assert.deepEqual(
        seen.filter((s) => !s.startsWith('GET ')),
        ['POST /oauth/token'],
      );
      assert.ok(seen.length > 4);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });

  it('judges the request, not an answer beside it', async () => {
    const url = `${ready.origin}/api/v2/conversations/calls/user/${agent('Sales Agent 7')}`;
    const har = {
      log: {
        entries: [
          {
            request: { method: 'POST', url, headers: [], postData: { text: '{"phoneNumber":"+13175550142"}' } },
            response: { status: 403, headers: [], content: { text: '{}' } },
          },
        ],
      },
    };
    const ran = await check('dialer-service', file(JSON.stringify(har)));
    assert.match(ran.err, /answer that stands beside the request was left out/);
    assert.ok(!report(ran).summary.startsWith('403'), report(ran).summary);
  });

  const wrong: readonly [what: string, args: () => readonly string[], code: number, says: RegExp][] = [
    ['no request', () => ['--org', ready.origin], 2, /give --request/],
    ['no org', () => ['--request', onBehalf('Sales Agent 7')], 2, /give --org/],
    ['a stranger’s host', () => ['--request', onBehalf('Sales Agent 7'), '--org', 'https://api.example.com'], 2, /no region of Genesys Cloud/],
    ['a file that is not there', () => ['--request', '/no/such/file', '--org', ready.origin], 2, /there is no file/],
    ['a response', () => ['--request', file('HTTP/1.1 403 Forbidden\n\n{}'), '--org', ready.origin], 2, /response, not a request/],
    ['an org that is off', () => ['--request', onBehalf('Sales Agent 7'), '--org', 'http://127.0.0.1:9'], 3, /cannot be reached/],
  ];
  for (const [what, args, code, says] of wrong)
    it(`says what is wrong with ${what}`, async () => {
      const ran = await run(['check', ...args()], { env: env('dialer-service') });
      assert.equal(ran.code, code, ran.err);
      assert.match(ran.err, says);
      assert.equal(ran.out, '');
    });
});
