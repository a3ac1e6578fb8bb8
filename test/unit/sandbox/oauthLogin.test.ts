import assert from 'node:assert/strict';
import fc from 'fast-check';
import { orgCopy, type Reply, type Running, read, start } from './harness.js';
import { asked, CALLBACK, CHALLENGE, open, PKCE, sentBack, submit } from './signIn.js';

const HOSTILE = `"><img src=x onerror=alert(1)>'&amp;\u202e`;

/** The texts of the radio buttons' labels, without markup. */
const people = (reply: Reply): string[] => [...reply.text.matchAll(/<span class="name">(.*?)<\/span>/g)].map((m) => m[1] ?? '');
const picked = (reply: Reply): string[] => [...reply.text.matchAll(/value="([^"]+)" required checked/g)].map((m) => m[1] ?? '');

describe('sandbox, the login page', () => {
  let running: Running;
  before(async () => {
    const org = orgCopy();
    org.rateLimitPerMinute = 100_000;
    const [first] = org.users;
    assert.ok(first);
    const { station: _, ...eve } = { ...first, id: 'a3ad3ab5-5c52-4a9c-8d1b-5ba7a5e1a1ad', name: `Eve ${HOSTILE}`, email: 'eve.<b>@sandbox-org.example' };
    org.users.push(eve);
    const callDesk = org.clients.find((c) => c.name === 'call-desk');
    callDesk?.redirectUris?.push('http://localhost:8085/cb?tenant=1&x=%22', 'http://[::1]:8085/cb', 'http://localhost:8085/cb?', 'https://a;sandbox/cb');
    running = await start({ org });
  });

  it('says that it is a sandbox, who asks, and where the browser returns', async () => {
    const reply = await open(running, asked(running));
    assert.equal(reply.status, 200);
    assert.match(reply.headers.get('content-type') ?? '', /^text\/html; charset=utf-8$/i);
    for (const words of ['SANDBOX', 'not Genesys Cloud', '<strong>call-desk</strong>', CALLBACK, 'Sandbox org']) assert.ok(reply.text.includes(words), words);
    assert.equal(people(reply).length, 39);
    assert.deepEqual(picked(reply), []);
  });

  it('has no script and a policy under which none would run, and is in nobody’s frame or cache', async () => {
    for (const [redirectUri, target] of [
      [CALLBACK, 'http://localhost:8085'],
      // A policy has no way to name an IPv6 address.
      ['http://[::1]:8085/cb', 'http:'],
      ['https://a;sandbox/cb', 'https:'],
    ] as const) {
      const reply = await open(running, asked(running, { redirect_uri: redirectUri }));
      const nonce = /<style nonce="([^"]+)">/.exec(reply.text)?.[1];
      assert.equal(
        reply.headers.get('content-security-policy'),
        `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self' ${target}; base-uri 'none'; frame-ancestors 'none'`,
      );
      assert.ok(!/<script|<link|\son\w+=|style=/i.test(reply.text.replace(/Eve [^<]*/g, '')));
      assert.match(reply.headers.get('cache-control') ?? '', /no-store/);
      assert.equal(reply.headers.get('x-frame-options'), 'DENY');
    }
    const [one, two] = [await open(running, asked(running)), await open(running, asked(running))];
    assert.notEqual(one.headers.get('content-security-policy'), two.headers.get('content-security-policy'));
  });

  it('sends the one who was picked back with a code, and the state as it came', async () => {
    const back = sentBack(await submit(running, asked(running, { state: 'x y+z', user: running.idOf('Sales Agent 7'), action: 'sign-in' })));
    assert.equal(back.to, CALLBACK);
    assert.deepEqual(Object.keys(back.parameters), ['code', 'state']);
    assert.equal(back.parameters['state'], 'x y+z');
  });

  it('keeps the query that a redirect URI has', async () => {
    for (const uri of ['http://localhost:8085/cb?tenant=1&x=%22', 'http://localhost:8085/cb?']) {
      const reply = await submit(running, asked(running, { redirect_uri: uri, user: running.idOf('Sales Agent 7'), action: 'sign-in' }));
      const location = reply.headers.get('location') ?? '';
      assert.ok(location.startsWith(uri));
      assert.match(location.slice(uri.length), uri.endsWith('?') ? /^code=/ : /^&code=/);
      assert.ok(new URL(location).searchParams.get('code'));
    }
  });

  it('sends any state back verbatim, and into no header of its own', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), async (state) => {
        const reply = await submit(running, asked(running, { state, action: 'cancel' }));
        const { to, parameters } = sentBack(reply);
        assert.equal(to, CALLBACK);
        assert.deepEqual(parameters, { error: 'access_denied', error_description: parameters['error_description'], state });
        assert.equal(reply.headers.get('set-cookie'), null);
      }),
      { numRuns: 60, examples: [['a\r\nSet-Cookie: x=1\r\n\r\n<html>'], ['+ %2B&state=2#x'], [HOSTILE], ['\u0000']] },
    ));

  it('keeps what was asked through a search, and escapes it', async () => {
    const state = HOSTILE;
    const reply = await open(running, asked(running, { ...PKCE, state, search: `${HOSTILE}nobody`, login_hint: `${HOSTILE}@x` }));
    assert.equal(reply.status, 200);
    assert.ok(!reply.text.includes('<img'), 'markup of a parameter');
    assert.deepEqual(people(reply), []);
    for (const form of reply.text.split('<form').slice(1)) {
      assert.ok(form.includes(`name="code_challenge" value="${CHALLENGE}"`));
      assert.ok(form.includes('name="state" value="&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&amp;amp;'));
    }
  });

  it('escapes names of the org', async () => {
    const reply = await open(running, asked(running, { search: 'eve.<b>' }));
    assert.deepEqual(people(reply), ['Eve &quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&amp;amp;\\u{202e}']);
  });

  it('finds people by words of name and address, and picks the only one', async () => {
    const some = await open(running, asked(running, { search: 'AGENT sales.agent.1' }));
    assert.deepEqual(people(some).sort(), ['Sales Agent 1', 'Sales Agent 10', 'Sales Agent 11', 'Sales Agent 12']);
    assert.deepEqual(picked(some), []);
    const one = await open(running, asked(running, { search: 'renée' }));
    assert.deepEqual(picked(one), [running.idOf("Renée O'Hara")]);
  });

  it('picks whom the hint names: an address, or one and the org’s name', async () => {
    for (const hint of ['care.agent.3@sandbox-org.example', 'Care.Agent.3@SANDBOX-org.example:Sandbox org'])
      assert.deepEqual(picked(await open(running, asked(running, { login_hint: hint }))), [running.idOf('Care Agent 3')], hint);
    const unknown = await open(running, asked(running, { login_hint: 'nobody@sandbox-org.example' }));
    assert.match(unknown.text, /e-mail address of the login hint/);
    assert.doesNotMatch((await open(running, asked(running, { login_hint: 'Sandbox org' }))).text, /e-mail address of the login hint/);
  });

  it('asks again where nobody, or nobody of the org, was picked', async () => {
    for (const user of ['', '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b', '__proto__']) {
      const reply = await submit(running, asked(running, { user, action: 'sign-in', search: 'sales' }));
      assert.equal(reply.status, 400);
      assert.match(reply.text, /role="alert">Choose one of the users/);
      assert.ok(people(reply).includes('Sales Agent 7'));
    }
  });

  it('takes its form from no other site', async () => {
    const form = asked(running, { user: running.idOf('Admin 1'), action: 'sign-in' });
    for (const Origin of ['https://evil.example', 'null', running.sandbox.origin.replace('http:', 'https:'), 'http://127.0.0.1:1']) {
      const reply = await submit(running, form, { Origin });
      assert.deepEqual([reply.status, reply.headers.get('location')], [403, null], Origin);
    }
    assert.equal((await submit(running, form, { Origin: running.sandbox.origin })).status, 302);
  });

  const strangers: readonly [what: string, change: Record<string, string>, says: RegExp][] = [
    ['no client', { client_id: '' }, /client_id is missing/],
    ['a client that does not exist', { client_id: '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b' }, /No active OAuth client of this org has the id 0b0b0b0b/],
    ['a client named like what objects inherit', { client_id: '__proto__' }, /No active OAuth client/],
    ['markup for a client', { client_id: HOSTILE }, /No active OAuth client of this org has the id &quot;&gt;&lt;img/],
    ['a disabled client', { client_id: '{retired-tool}' }, /No active OAuth client/],
    ['a client without users', { client_id: '{wfm-tool}' }, /has the grant CLIENT-CREDENTIALS/],
    ['a SAML client', { client_id: '{call-desk-saml}' }, /has the grant SAML2-BEARER/],
    ['no redirect URI', { redirect_uri: '' }, /redirect_uri is missing/],
    ['another port', { redirect_uri: 'http://localhost:8086/oauth2/callback' }, /http:\/\/localhost:8086\/oauth2\/callback/],
    ['another scheme', { redirect_uri: 'https://localhost:8085/oauth2/callback' }, /not registered/],
    ['another host', { redirect_uri: 'http://evil.example:8085/oauth2/callback' }, /not registered/],
    ['a host in user info', { redirect_uri: 'http://localhost:8085@evil.example/oauth2/callback' }, /not registered/],
    ['another letter case', { redirect_uri: 'http://LOCALHOST:8085/oauth2/callback' }, /not registered/],
    ['a longer path', { redirect_uri: `${CALLBACK}/` }, /not registered/],
    ['a path that leads there', { redirect_uri: 'http://localhost:8085/oauth2/x/../callback' }, /not registered/],
    ['a query that is not registered', { redirect_uri: `${CALLBACK}?next=https://evil.example` }, /callback\?next=https:\/\/evil\.example/],
    ['a query in another order', { redirect_uri: 'http://localhost:8085/cb?x=%22&tenant=1' }, /not registered/],
    ['a fragment', { redirect_uri: `${CALLBACK}#x` }, /not registered/],
    ['another client’s redirect URI', { redirect_uri: 'vscode://call-doctor.genesys-call-doctor/signed-in' }, /not registered/],
    ['a script', { redirect_uri: 'javascript:alert(1)' }, /not registered/],
    ['a line break', { redirect_uri: `${CALLBACK}\r\nSet-Cookie: x=1` }, /callback\\u\{d\}\\u\{a\}Set-Cookie/],
    ['a very long state', { state: 's'.repeat(5000) }, /state is longer than 4096 characters/],
  ];
  for (const [what, change, says] of strangers)
    it(`sends nobody anywhere for ${what}`, async () => {
      const parameters = Object.fromEntries(
        Object.entries(asked(running, { state: 's', ...change })).map(([k, v]) => [k, v.replace(/^\{(.+)\}$/, (_, name: string) => running.idOf(name))]),
      );
      for (const reply of [await open(running, parameters), await submit(running, { ...parameters, user: running.idOf('Admin 1'), action: 'sign-in' })]) {
        assert.deepEqual([reply.status, reply.headers.get('location'), reply.headers.get('set-cookie')], [400, null, null]);
        assert.match(reply.text, says);
        assert.ok(!reply.text.includes('<img') && !reply.text.includes('<form'));
        assert.match(reply.headers.get('content-security-policy') ?? '', /^default-src 'none'/);
      }
    });

  const refusals: readonly [what: string, change: Record<string, string>, error: string][] = [
    ['no response_type', { response_type: '' }, 'invalid_request'],
    ['another response_type', { response_type: 'code id_token' }, 'unsupported_response_type'],
    ['a plain challenge', { ...PKCE, code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge without a method, which is a plain one', { code_challenge: CHALLENGE }, 'invalid_request'],
    ['a method without a challenge', { code_challenge_method: 'S256' }, 'invalid_request'],
    ['a challenge that is no hash', { ...PKCE, code_challenge: `${CHALLENGE}=` }, 'invalid_request'],
    ['an org without a provider', { org: 'sandbox-org' }, 'invalid_request'],
    ['a provider without an org', { provider: 'okta' }, 'invalid_request'],
    ['a very long hint', { login_hint: 'h'.repeat(5000) }, 'invalid_request'],
  ];
  for (const [what, change, error] of refusals)
    it(`tells the client of ${what}`, async () => {
      const parameters = asked(running, { state: 's', ...change });
      for (const reply of [await open(running, parameters), await submit(running, { ...parameters, user: running.idOf('Admin 1'), action: 'sign-in' })]) {
        const back = sentBack(reply);
        assert.equal(back.to, CALLBACK);
        assert.deepEqual([back.parameters['error'], back.parameters['state']], [error, 's']);
        assert.ok(back.parameters['error_description']);
        assert.equal(back.parameters['code'], undefined);
      }
    });

  it('refuses the implicit grant, which is being removed (FACTS §4.1), where it is waited for: in the fragment', async () => {
    const reply = await open(running, asked(running, { response_type: 'token', state: 's' }));
    assert.match(reply.headers.get('location') ?? '', /^http:\/\/localhost:8085\/oauth2\/callback#error=unsupported_response_type&/);
    assert.equal(sentBack(reply).parameters['state'], 's');
  });

  it('refuses a parameter that is there twice', async () => {
    const all = Object.entries(asked(running, { state: 's', ...PKCE }));
    for (const [name, value] of all) {
      const reply = await open(running, [...all, [name, value]]);
      if (['client_id', 'redirect_uri', 'state'].includes(name)) assert.deepEqual([reply.status, reply.headers.get('location')], [400, null], name);
      else assert.equal(sentBack(reply).parameters['error'], 'invalid_request', name);
    }
  });

  it('ignores what means nothing here, prompt and target among it', async () => {
    const reply = await open(
      running,
      asked(running, { prompt: 'login', target: 'x', scope: 'conversations', org: 'sandbox-org', provider: 'okta', nonce: HOSTILE }),
    );
    assert.equal(reply.status, 200);
    assert.ok(!reply.text.includes('nonce" value'));
  });

  it('says goodbye, or sends where the client is at home', async () => {
    const logout = async (parameters: Record<string, string>) =>
      read(await fetch(`${running.sandbox.origin}/logout?${new URLSearchParams(parameters)}`, { redirect: 'manual' }));
    const client_id = running.idOf('call-desk');
    for (const parameters of [{}, { client_id }]) {
      const reply = await logout(parameters as Record<string, string>);
      assert.equal(reply.status, 200);
      assert.match(reply.text, /Goodbye/);
    }
    const home = await logout({ client_id, redirect_uri: CALLBACK });
    assert.deepEqual([home.status, home.headers.get('location')], [302, CALLBACK]);
    for (const parameters of [
      { client_id, redirect_uri: 'https://evil.example/' },
      { client_id, redirect_uri: `${CALLBACK}?x` },
      { client_id: running.idOf('wfm-tool'), redirect_uri: CALLBACK },
      { client_id: running.idOf('retired-tool'), redirect_uri: CALLBACK },
      { redirect_uri: HOSTILE },
    ]) {
      const reply = await logout(parameters as Record<string, string>);
      assert.deepEqual([reply.status, reply.headers.get('location')], [400, null]);
      assert.ok(!reply.text.includes('<img'));
    }
  });

  it('takes no other method', async () => {
    const reply = await running.send(undefined, 'PUT /oauth/authorize');
    assert.deepEqual([reply.status, reply.headers.get('allow')], [405, 'GET, HEAD, POST']);
  });
});

describe('sandbox, the login page of a large org', () => {
  it('shows fifty people, says how many more there are, and finds every one', async () => {
    const org = { ...orgCopy(), generated: { users: 2_000, seed: 7 } };
    const running = await start({ org });
    const first = await open(running, asked(running));
    assert.equal(people(first).length, 50);
    assert.match(first.text, /The first 50 are shown, 1,988 more are there/);
    const seven = await open(running, asked(running, { search: 'sales agent 7' }));
    assert.ok(people(seven).includes('Sales Agent 7'));
    const madeUp = people(first).at(-1) ?? '';
    const found = people(await open(running, asked(running, { search: madeUp.toUpperCase() })));
    assert.ok(found.includes(madeUp) && found.length < 50, `${madeUp}: ${found}`);
    const hinted = await open(running, asked(running, { login_hint: 'renee.ohara@sandbox-org.example' }));
    assert.deepEqual(picked(hinted), [running.idOf("Renée O'Hara")]);
    assert.equal(people(hinted).length, 50);
  });
});
