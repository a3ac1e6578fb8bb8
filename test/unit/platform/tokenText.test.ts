import assert from 'node:assert/strict';
import fc from 'fast-check';
import { clientIdFault, clientSecretFault, type NotAToken, readTokenText } from '../../../src/platform/tokenText.js';

const TOKEN = 'canary_Token-0123456789.abcdefghijklmnop~';
const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const NOW = Date.parse('2026-11-22T12:00:00Z');
const jwt = (claims: object): string =>
  [{ alg: 'RS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('c2lnbmF0dXJl')
    .join('.');

describe('platform/tokenText, a token', () => {
  const tokens: readonly [what: string, pasted: string, note?: RegExp][] = [
    ['alone', TOKEN],
    ['with blanks and line ends around it', `\r\n\t ${TOKEN}  \n`],
    ['with signs that nobody sees', `\uFEFF${TOKEN.slice(0, 9)}\u200B${TOKEN.slice(9)}`],
    ['in quotes', `"${TOKEN}"`, /Quotes/],
    ['in single quotes, with a comma', `'${TOKEN}',`, /Quotes/],
    ['in the quotes of a word processor', `“${TOKEN}”`, /Quotes/],
    ['in back ticks', `\`${TOKEN}\``, /Quotes/],
    ['after Bearer', `Bearer ${TOKEN}`, /Bearer/],
    ['after bearer and blanks', `  bearer   ${TOKEN} `, /Bearer/],
    ['after Bearer, in quotes', `"Bearer ${TOKEN}"`, /Bearer/],
    ['in a header line', `Authorization: Bearer ${TOKEN}`, /Authorization header/],
    ['in a header line without the scheme', `authorization:${TOKEN}`, /Authorization header/],
    ['in a header of JSON', `"Authorization": "Bearer ${TOKEN}",`, /Authorization header/],
    [
      'in a cURL command',
      `curl -X GET 'https://api.mypurecloud.ie/api/v2/users/me' \\\n  -H 'Authorization: Bearer ${TOKEN}' \\\n  -H 'Accept: application/json'`,
      /Authorization/,
    ],
    ['in a cURL command of Windows', `curl -H "Authorization: Bearer ${TOKEN}" https://api.mypurecloud.ie/api/v2/users/me`, /Authorization/],
    ['in a request', `GET /api/v2/users/me HTTP/1.1\r\nHost: api.mypurecloud.ie\r\nAuthorization: bearer ${TOKEN}\r\n\r\n`, /Authorization/],
    ['twice the same in a command', `curl -H "Authorization: Bearer ${TOKEN}" x; curl -H "Authorization: Bearer ${TOKEN}" y`, /Authorization/],
    [
      'in a token answer',
      JSON.stringify({ access_token: TOKEN, token_type: 'bearer', expires_in: 86399, refresh_token: 'canary-refresh' }, null, 2),
      /token answer/,
    ],
    ['in an answer that has time left', JSON.stringify({ access_token: TOKEN, expires_at: '2026-11-22T12:00:01Z' }), /token answer/],
    ['in settings', JSON.stringify({ accessToken: TOKEN }), /token answer/],
    ['in the form of an answer', `access_token=${TOKEN}&token_type=bearer&expires_in=86399`, /names it/],
    ['in the address of the implicit grant', `https://app.example/#access_token=${encodeURIComponent(TOKEN)}&expires_in=86399&token_type=bearer`, /names it/],
    ['in a line of a shell', `export GENESYSCLOUD_ACCESS_TOKEN="${TOKEN}"`, /names it/],
    ['that a terminal broke into lines', `${TOKEN.slice(0, 20)}\r\n${TOKEN.slice(20)}`, /Line breaks/],
    ['after Bearer, that a terminal broke into lines', `Bearer ${TOKEN.slice(0, 20)}\n${TOKEN.slice(20)}`],
  ];
  for (const [what, pasted, note] of tokens)
    it(`is read ${what}`, () => {
      const read = readTokenText(pasted, NOW);
      assert.ok(read.kind === 'token', JSON.stringify(read));
      assert.equal(read.token, TOKEN);
      if (note) assert.match(read.note ?? '', note);
      assert.ok(!read.note?.includes('canary'));
    });

  it('is read from a JWT, with a word about it', () => {
    const pasted = jwt({ sub: 'x', exp: NOW / 1000 + 1 });
    const read = readTokenText(pasted, NOW);
    assert.ok(read.kind === 'token' && read.token === pasted && /JSON Web Token/.test(read.note ?? '') && /not verified/.test(read.note ?? ''));
  });
});

describe('platform/tokenText, what is no token', () => {
  const others: readonly [what: string, pasted: string, kind: NotAToken, why?: RegExp][] = [
    ['nothing', '', 'nothing'],
    ['blanks', ' \r\n\t\u200B', 'nothing'],
    ['quotes with nothing in them', '""', 'nothing'],
    ['a client id', ID, 'client-id', /client credentials/],
    ['a client id in capitals and quotes', `"${ID.toUpperCase()}"`, 'client-id'],
    ['a client id after Bearer', `Bearer ${ID}`, 'client-id'],
    ['a Basic header', 'Authorization: Basic Y2FuYXJ5LWlkOmNhbmFyeS1zZWNyZXQ=', 'client-and-secret'],
    [
      'a cURL command with Basic',
      `curl -H 'Authorization: Basic Y2FuYXJ5LWlkOmNhbmFyeS1zZWNyZXQ=' https://login.mypurecloud.ie/oauth/token`,
      'client-and-secret',
    ],
    ['a line with a client secret', 'GENESYSCLOUD_OAUTHCLIENT_SECRET=canary-secret-of-a-client', 'client-secret'],
    ['JSON with a client secret', '{"client_id":"x","client_secret":"canary-secret-of-a-client"}', 'client-secret'],
    ['JSON with a refresh token alone', '{"refresh_token":"canary-refresh-token"}', 'refresh-token'],
    ['a line with a refresh token', 'refresh_token=canary-refresh-token', 'refresh-token'],
    ['the address of a callback', 'http://localhost:8085/oauth2/callback?code=canary-code&state=x', 'authorization-code'],
    ['an address', 'https://apps.mypurecloud.ie/directory/#/admin', 'other', /address/],
    ['a SAML assertion', '<saml:Assertion xmlns:saml="x"></saml:Assertion>', 'assertion'],
    ['an encoded SAML assertion', Buffer.from('<samlp:Response xmlns:samlp="x"/>').toString('base64'), 'assertion'],
    ['a refusal', '{"error":"invalid_client","description":"authentication failed","error_description":"authentication failed"}', 'refusal'],
    ['an expired answer', JSON.stringify({ access_token: TOKEN, expires_at: '2026-11-22T12:00:00Z' }), 'expired'],
    ['an expired JWT', jwt({ exp: NOW / 1000 }), 'expired'],
    ['JSON of something else', '{"name":"x"}', 'other', /no access_token/],
    ['a placeholder of a template', '{{token}}', 'placeholder'],
    ['a placeholder in brackets', 'Bearer <access token>', 'placeholder'],
    ['a placeholder of a shell', '$ACCESS_TOKEN', 'placeholder'],
    ['a placeholder in words', 'YOUR_ACCESS_TOKEN', 'placeholder'],
    ['stars', '**********************', 'placeholder'],
    ['a token with a blank in it', `${TOKEN.slice(0, 12)} ${TOKEN.slice(12)}`, 'other', /white space/],
    ['two tokens in a line', `${TOKEN} ${TOKEN}x`, 'other', /white space/],
    ['two tokens in a script', `curl -H "Authorization: Bearer ${TOKEN}" x\ncurl -H "Authorization: Bearer ${TOKEN}x" y`, 'several-tokens'],
    ['a sentence', 'Please send me the token, thank you.', 'other', /white space/],
    ['a sentence about bearers', 'Use a bearer token in the Authorization of each request', 'other'],
    ['a word', 'secret', 'other', /6 characters/],
    ['letters of another alphabet', 'токен-токен-токен-токен', 'other'],
    ['a document', 'x'.repeat(70_000), 'other', /too long/],
  ];
  for (const [what, pasted, kind, why] of others)
    it(`tells ${what} as ${kind}`, () => {
      const read = readTokenText(pasted, NOW);
      assert.equal(read.kind, kind, JSON.stringify(read));
      assert.match(read.why, /^[A-Z].*\.$/);
      if (why) assert.match(read.why, why);
      assert.ok(!read.why.includes('canary'));
    });

  it('answers to any text, and gives back a token without white space that is in the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
          fc.constantFrom('Bearer ', 'Authorization: Bearer ', '{"access_token":"').chain((p) => fc.string().map((s) => p + s)),
        ),
        (text) => {
          const read = readTokenText(text, NOW);
          if (read.kind === 'token') assert.match(read.token, /^[\w.~+/-]+=*$/);
          else assert.ok(read.why.length > 0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('comes to an end with any repetition, as long as it may be', () => {
    const pieces = [
      'Bearer ',
      'authorization: ',
      'a',
      '{"',
      'access_token=',
      'bearer \t',
      '"',
      'your-',
      'my token ',
      ' \t',
      '\n',
      ';',
      ', ',
      'a://',
      '<',
      '{{',
      'x.',
      'x  ',
    ];
    for (const piece of pieces)
      for (const [before, behind] of [
        ['', ''],
        ['x', 'x'],
        ['"', '"'],
        ['my-', '!'],
        ['Bearer ', ' y'],
      ] as const) {
        const text = before + piece.repeat(Math.floor(65_000 / piece.length)) + behind;
        assert.ok(readTokenText(text, NOW).kind.length > 0);
      }
  });

  it('reads any token of RFC 6750 the same, whatever is put around it', () => {
    const token = fc.stringMatching(/^[A-Za-z][\w.~+/-]{30,120}={0,2}$/).filter((t) => readTokenText(t, NOW).kind === 'token');
    const around = fc.constantFrom<(t: string) => string>(
      (t) => ` ${t}\n`,
      (t) => `Bearer ${t}`,
      (t) => `"${t}"`,
      (t) => `Authorization: Bearer ${t}`,
      (t) => `curl -H 'Authorization: Bearer ${t}' https://api.mypurecloud.ie/api/v2/users/me`,
      (t) => JSON.stringify({ access_token: t, token_type: 'bearer' }),
    );
    fc.assert(
      fc.property(token, around, (value, put) => {
        const read = readTokenText(put(value), NOW);
        assert.equal(read.kind === 'token' ? read.token : read.why, value);
      }),
      { numRuns: 300 },
    );
  });
});

describe('platform/tokenText, ids and secrets', () => {
  it('tells what is wrong with a client id', () => {
    assert.equal(clientIdFault(` ${ID} `), undefined);
    assert.match(clientIdFault('my client') ?? '', /white space/);
    assert.match(clientIdFault('my-client') ?? '', /hexadecimal/);
  });

  it('tells what is wrong with a client secret', () => {
    assert.equal(clientSecretFault(' A-secret_that-is-one ', ID), undefined);
    assert.match(clientSecretFault(ID, ID) ?? '', /the client id/);
    assert.match(clientSecretFault('aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee', ID) ?? '', /looks like an id/);
    assert.match(clientSecretFault('a secret', ID) ?? '', /white space/);
  });
});
