import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import type { HttpRequest } from '../../../src/exchange/exchange.js';
import { readRequest } from '../../../src/exchange/readRequest.js';
import { findRegions } from '../../../src/exchange/regions.js';
import { type CopyShell, writeCurl } from '../../../src/exchange/writeCurl.js';
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

  it('writes for PowerShell and cmd as well', () => {
    const call: HttpRequest = {
      method: 'PATCH',
      url: 'https://h/p?a=1&b=2',
      headers: [['Authorization', 'Bearer secret-secret-secret']],
      body: '{"label":"O\'Brien"}',
    };
    assert.equal(
      writeCurl(call, 'powershell'),
      `curl.exe -X PATCH \`
  'https://h/p?a=1&b=2' \`
  -H "Authorization: Bearer $env:GENESYSCLOUD_ACCESS_TOKEN" \`
  -H 'Content-Type:' \`
  --data-raw '{"label":"O''Brien"}'`,
    );
    assert.equal(
      writeCurl(call, 'cmd'),
      `curl -X PATCH ^
  ^"https://h/p?a=1^&b=2^" ^
  -H "Authorization: Bearer %GENESYSCLOUD_ACCESS_TOKEN%" ^
  -H Content-Type: ^
  --data-raw "{\\"label\\":\\"O'Brien\\"}"`,
    );
  });

  /** cmd takes carriage returns out of a command, and nothing puts one back. */
  const sayable = (r: HttpRequest, shell: CopyShell): HttpRequest => {
    const say = (text: string): string => (shell === 'cmd' ? text.replace(/\r\n?/g, '\n') : text);
    return { ...r, url: say(r.url), ...(r.body === undefined ? {} : { body: say(r.body) }) };
  };

  for (const shell of ['bash', 'powershell', 'cmd'] as const) {
    it(`is read back as the same request, apart from the token: ${shell}`, () => {
      fc.assert(
        fc.property(request, (r) => {
          assert.deepEqual(withoutToken(onlyRequest(readRequest(writeCurl(r, shell)))), withoutToken(sayable(r, shell)));
        }),
        { numRuns: 2000 },
      );
    });

    it(`is found in a script as the same request: ${shell}`, () => {
      const hint = { languageId: { bash: 'shellscript', powershell: 'powershell', cmd: 'bat' }[shell] };
      fc.assert(
        fc.property(request, (r) => {
          const source = `${writeCurl(r, shell)}\n`;
          const { regions } = findRegions(source, hint);
          assert.equal(regions.length, 1);
          assert.deepEqual(withoutToken(regions[0]?.request as HttpRequest), withoutToken(sayable(r, shell)));
        }),
        { numRuns: 500 },
      );
    });
  }

  // PowerShell and cmd are no programs of this machine: their readers stand for them above.
  for (const program of ['bash', 'sh', 'dash', 'zsh', 'ksh']) {
    it(`gives curl the same words in ${program} as to our reader`, function () {
      if (spawnSync(program, ['-c', 'exit 0']).status !== 0) this.skip();
      // Without what no argument can hold, and what separates here.
      const requests = fc.sample(request, { numRuns: 300, seed: 5 }).filter((r) => !/[\0␞␟]|\p{Surrogate}/u.test(JSON.stringify([r, r.body]) + r.body + r.url));
      const plain = requests.map((r): HttpRequest => ({ ...r, headers: r.headers.filter(([n]) => !/^authorization$/i.test(n)) }));
      assert.ok(plain.length > 200);
      const show = `curl() { for a; do printf '%s␟' "$a"; done; printf '␞'; }`;
      const out = spawnSync(program, [], {
        input: [show, ...plain.map((r) => writeCurl(r))].join('\n'),
        env: { ...process.env, LC_ALL: 'C.UTF-8' },
        encoding: 'utf8',
      });
      assert.equal(out.stderr, '');
      const commands = out.stdout.split('␞').slice(0, -1);
      assert.equal(commands.length, plain.length);
      plain.forEach((r, i) => {
        const words = (commands[i] ?? '').split('␟').slice(0, -1);
        const valuesOf = (option: string): string[] => words.flatMap((w, k) => (words[k - 1] === option ? [w] : []));
        assert.deepEqual(valuesOf('--data-raw'), r.body === undefined ? [] : [r.body]);
        assert.ok(words.includes(r.url));
        assert.deepEqual(
          valuesOf('-H').filter((h) => h !== 'Content-Type:'),
          r.headers.map(([n, v]) => (v === '' ? `${n};` : `${n}: ${v}`)),
        );
      });
    });
  }

  it('never writes the token, wherever it stands', () => {
    const shells = fc.constantFrom<CopyShell>('bash', 'powershell', 'cmd');
    fc.assert(
      fc.property(
        request,
        fc.stringMatching(/^[A-Za-z0-9_-]{24,60}$/),
        fc.constantFrom('Bearer ', 'bearer ', 'Basic ', ''),
        shells,
        (r, secret, scheme, shell) => {
          const exchange: HttpRequest = {
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
          };
          const curl = writeCurl(exchange, shell);
          assert.ok(!curl.includes(secret), curl);
          const variable = { bash: '$GENESYSCLOUD_', powershell: '$env:GENESYSCLOUD_', cmd: '%GENESYSCLOUD_' }[shell];
          assert.ok(curl.includes(variable) || curl.includes(variable.replace('$env', '${env')), curl);
          assert.ok(readRequest(curl).ok);
        },
      ),
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
