import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { HttpRequest } from '../../../src/exchange/exchange.js';
import { readRequest } from '../../../src/exchange/readRequest.js';
import { writeCurl } from '../../../src/exchange/writeCurl.js';
import { onlyRequest } from './read.js';

const token = fc
  .stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/)
  .filter((name) => !/^(?:proxy-authorization|cookie|x-api-key|api-key|x-auth-token)$/i.test(name));
const value = fc.string({ unit: 'grapheme', maxLength: 40 }).map((v) => v.replace(/[\r\n\0]/g, ' ').trim());
const awkward = fc.stringMatching(/^['"\\$`!^%&|<>(){}[\];#~*?@ \n\t\rA-z0-9=:,.-]{0,60}$/);
/** Whatever a request can hold, apart from secrets. */
const request: fc.Arbitrary<HttpRequest> = fc
  .record({
    method: fc.oneof(fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'), token),
    url: fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.constantFrom('/api/v2/conversations/calls', '{{host}}/x', '-x', "https://h/it's?a=$b&c=[d]", '`\n', '^\n', '`"', '$env:x', '^"', '"{""'),
      awkward.filter((u) => u !== ''),
    ),
    headers: fc.array(
      fc.tuple(
        token,
        fc.oneof(
          value,
          awkward.map((v) => v.replace(/[\r\n]/g, ' ').trim()),
        ),
      ),
      { maxLength: 5 },
    ),
    body: fc.oneof(
      fc.constant(undefined),
      fc.string({ unit: 'binary' }),
      awkward,
      fc.json({ maxDepth: 3 }).map((j) => JSON.stringify(JSON.parse(j), null, 2)),
    ),
  })
  .map(({ body, ...rest }) => (body === undefined ? rest : { ...rest, body }));

const withoutToken = (r: HttpRequest): HttpRequest => ({
  ...r,
  headers: r.headers.map(([n, v]) => [n, /^authorization$/i.test(n) ? '…' : v] as const),
});

describe('writeCurl', function () {
  this.timeout(30_000);

  it('writes a command that a person would write', () => {
    assert.equal(
      writeCurl({
        method: 'POST',
        url: 'https://api.mypurecloud.com/api/v2/conversations/calls',
        headers: [
          ['Authorization', 'Bearer secret-secret-secret'],
          ['Content-Type', 'application/json'],
        ],
        body: '{\n  "label": "O\'Brien"\n}',
      }),
      `curl https://api.mypurecloud.com/api/v2/conversations/calls \\
  -H "Authorization: Bearer $GENESYSCLOUD_ACCESS_TOKEN" \\
  -H 'Content-Type: application/json' \\
  --data-raw '{
  "label": "O'\\''Brien"
}'`,
    );
  });

  it('is read back as the same request, apart from the token', () => {
    fc.assert(
      fc.property(request, (r) => {
        assert.deepEqual(withoutToken(onlyRequest(readRequest(writeCurl(r)))), withoutToken(r));
      }),
      { numRuns: 2000 },
    );
  });

  it('never writes the token, wherever it stands', () => {
    fc.assert(
      fc.property(request, fc.stringMatching(/^[A-Za-z0-9_-]{24,60}$/), fc.constantFrom('Bearer ', 'bearer ', 'Basic ', ''), (r, secret, scheme) => {
        const curl = writeCurl({
          ...r,
          url: `https://h/p?access_token=${secret}&x=${secret}`,
          headers: [
            ...r.headers.filter(([n]) => !/^authorization$/i.test(n)),
            ['authorization', scheme + secret],
            ['X-Copy', `a ${secret}`],
            ['Cookie', `session=${secret}`],
            ['X-Api-Key', secret],
          ],
          body: `{"a":"${secret}","b":"${secret}"}`,
        });
        assert.ok(!curl.includes(secret), curl);
        assert.ok(readRequest(curl).ok);
      }),
    );
  });

  it('puts variables for the secrets of a token request', () => {
    const curl = writeCurl({
      method: 'POST',
      url: 'https://login.mypurecloud.com/oauth/token',
      headers: [['Authorization', 'Basic aWQ6c2VjcmV0']],
      body: 'grant_type=client_credentials&client_secret=abc&refresh_token=x%20y&code=z',
    });
    for (const secret of ['aWQ6', 'abc', 'x%20y', '=z']) assert.ok(!curl.includes(secret), curl);
    assert.match(curl, /"Authorization: Basic \$GENESYSCLOUD_BASIC_CREDENTIALS"/);
    assert.match(curl, /client_secret='?"\$CLIENT_SECRET"/);
  });
});
