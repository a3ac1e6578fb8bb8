import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { header } from '../../../src/exchange/exchange.js';
import { posixWords } from '../../../src/exchange/posixWords.js';
import { readRequest } from '../../../src/exchange/readRequest.js';
import { writeCurl } from '../../../src/exchange/writeCurl.js';
import { onlyRequest } from './read.js';

const run = promisify(execFile);
const present = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

/** What a request to the loopback server was, without what curl adds to everything. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly body: string;
}

const ADDED = new Set(['accept', 'user-agent', 'host', 'content-length', 'expect', 'accept-encoding', 'connection', 'transfer-encoding']);
const keep = ([name, value]: readonly [string, string]): boolean =>
  !ADDED.has(name.toLowerCase()) || (name.toLowerCase() === 'accept' && value !== '*/*') || (name.toLowerCase() === 'user-agent' && !value.startsWith('curl/'));

/** U stands for the server. Every one is run by bash and by us. */
const COMMANDS = [
  'curl U/p',
  'curl -X POST U/p',
  "curl U/p -d 'a=1' -d b=2",
  "curl U/p -d '' -d x",
  'curl -XPUT U/p -d\'{"a": 1}\'',
  'curl -sSLXPATCH U/p',
  'curl -I U/p',
  'curl -G U/p -d a=1 -d b=2',
  "curl -G 'U/p?z=1' --data-urlencode 'a=x y&é'",
  'curl -IG U/p -d a=1',
  `curl U/p --json '{"a": "b c"}'`,
  `curl U/p --json '{"a":' --json ' 1}' -d x`,
  `curl U/p --json x -H 'content-type: text/plain'`,
  `curl U/p --json x -H 'Accept: a/b'`,
  'curl U/p -u id:secret',
  "curl U/p -u 'id:se cret:é'",
  "curl U/p -u a:b -H 'Authorization: Bearer x'",
  'curl U/p --oauth2-bearer tok',
  'curl U/p -u a:b --oauth2-bearer tok',
  "curl U/p -A 'my agent' -e 'http://r/;auto'",
  "curl U/p -A x -H 'User-Agent: y'",
  "curl U/p -b a=1 -b 'b=2; c=3'",
  "curl U/p -b a=1 -H 'Cookie: z=1'",
  "curl U/p -H 'X-Empty;' -H 'X-Gone:' -H 'no colon' -H 'X-Spaced:   a b  '",
  "curl U/p -H 'Content-Type:' -d x",
  "curl U/p -H 'Content-Type;' -d x",
  "curl U/p -H 'CONTENT-TYPE: application/json' -d '{}'",
  "curl U/p -H 'A: 1' -H 'A: 2'",
  "curl U/p --data-urlencode 'a b&c' --data-urlencode '=x y' --data-urlencode 'n=x y~é+!()'",
  "curl U/p --data-raw '@x'",
  "curl U/p --data-binary $'a\\nb\\r\\nc'",
  "curl U/p -d $'a\\nb'",
  "curl U/p -d @- <<'EOF'\na\n b\nEOF",
  'curl U/p --data-binary @- <<EOF\na\n b\nEOF',
  'curl U/p --data-binary @- <<< \'{"a":1}\'',
  'curl U/p -r 0-5',
  "curl U/p --url-query 'a=b c' --url-query '+r=1'",
  "curl 'U/p?x=1' --url-query a=b",
  'curl --url U/p -X DELETE',
  'curl U/p -X GET -d x',
  'curl U/p -o /dev/null -w "" --max-time 5 --connect-timeout 5 --retry 0',
  'curl -s -k -g --http1.1 --compressed U/p',
  'curl U/p --oauth2 tok',
  'curl U/p -d x --get --no-get',
  'curl -- U/p',
  'curl U/p#frag',
  'curl U/p -d \'{\n  "a": "b\\n",\n  "c": "O\'\\\'\'Brien"\n}\'',
  'curl U/p -d "{\\"a\\": \\"\\\\n \\y\\"}"',
  'curl U/p \\\n  -X POST \\\n  -H "A: b" \\\n  -d "x \\\n y"',
  "curl U/p -d a'b'\"c\"\\ d$'\\x41\\u00e9\\101\\t\\'\\e'",
  "curl U/p -d 'x' # -X PUT",
  'curl U/p -d x > /dev/null 2>&1',
  'curl U/p -d x; true',
  '/usr/bin/env true && curl U/p -d x',
  'curl U/p -d "a#b" -d c\\#d -d e#f',
];

describe('the cURL reader beside the real curl', function () {
  this.timeout(120_000);
  let server: http.Server;
  let origin = '';
  let seen: Seen | undefined;

  before(async function () {
    if (!present('curl') || !present('bash')) this.skip();
    server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (c: Buffer) => chunks.push(c));
      request.on('end', () => {
        const pairs: [string, string][] = [];
        for (let i = 0; i < request.rawHeaders.length; i += 2) pairs.push([request.rawHeaders[i] ?? '', request.rawHeaders[i + 1] ?? '']);
        seen = {
          method: request.method ?? '',
          // This curl writes percent-encoding in URLs in small letters, newer ones in capitals.
          url: (request.url ?? '').replace(/%[0-9a-f]{2}/gi, (e) => e.toUpperCase()),
          headers: pairs
            .filter(keep)
            .map(([n, v]) => `${n.toLowerCase()}: ${Buffer.from(v, 'latin1').toString('utf8')}`)
            .sort(),
          body: Buffer.concat(chunks).toString('utf8'),
        };
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after((done) => {
    if (server) server.close(done);
    else done();
  });

  const sent = async (command: string): Promise<Seen | undefined> => {
    seen = undefined;
    await run('bash', ['-c', `curl() { command curl -q -s --noproxy '*' "$@"; }\n${command}`], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
    return seen;
  };

  /** Ours in the shape of what arrives: no fragment, the default body of nothing. */
  const ours = (command: string): Seen => {
    const request = onlyRequest(readRequest(command));
    return {
      method: request.method,
      url: request.url.slice(origin.length).replace(/#.*/, ''),
      headers: request.headers
        .filter(keep)
        .map(([n, v]) => `${n.toLowerCase()}: ${v}`)
        .sort(),
      body: request.body ?? '',
    };
  };

  for (const command of COMMANDS) {
    it(`reads what curl sends: ${command.replaceAll('\n', '⏎').slice(0, 100)}`, async () => {
      const real = command.replaceAll('U/', `${origin}/`);
      assert.deepEqual(ours(real), await sent(real));
    });
  }

  it('writes commands that make curl send the request', async () => {
    const body = fc
      .oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.stringMatching(/^['"\\$`!^%&|<>(){}[\];#~*?@ \n\tA-z0-9]{1,60}$/))
      .map((b) => b.replaceAll('\0', ''));
    const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
        fc.array(fc.tuple(fc.stringMatching(/^X-[A-Z][a-z]{1,8}$/), value), { maxLength: 4 }),
        fc.option(body, { nil: undefined }),
        async (method, headers, text) => {
          const request = { method, url: `${origin}/p?a={b}&c=[1-2]`, headers, ...(text === undefined ? {} : { body: text }) };
          const real = await sent(writeCurl(request));
          assert.deepEqual(real, { method, url: '/p?a={b}&c=[1-2]', headers: headers.map(([n, v]) => `${n.toLowerCase()}: ${v}`).sort(), body: text ?? '' });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lets the shell put in the token that was taken out', async () => {
    const curl = writeCurl({ method: 'GET', url: `${origin}/p`, headers: [['Authorization', 'Bearer was-a-real-token-once']] });
    const real = await sent(`GENESYSCLOUD_ACCESS_TOKEN='new token'\n${curl}`);
    assert.deepEqual(real?.headers, ['authorization: Bearer new token']);
    assert.equal(header(onlyRequest(readRequest(curl)).headers, 'authorization'), 'Bearer $GENESYSCLOUD_ACCESS_TOKEN');
  });
});

describe('the words of a command beside bash', function () {
  this.timeout(60_000);
  before(function () {
    if (!present('bash')) this.skip();
  });

  it('are the same, however they are quoted', () => {
    const text = fc.stringMatching(/^[ -~\n\té☎]{0,12}$/);
    const word = fc.oneof(
      text.map((t) => `'${t.replaceAll("'", "'\\''")}'`),
      // No $ and no backquote before what bash would expand.
      text.map((t) => `"${t.replace(/["\\$`!]/g, '\\$&')}"`.replaceAll('\\!', '!')),
      fc.stringMatching(/^[a-zA-Z0-9_.,/:@%+=-]{1,8}$/),
      fc.stringMatching(/^[ -~]{1,5}$/).map((t) => t.replace(/./gs, '\\$&')),
      text.map((t) => `$'${t.replace(/['\\]/g, '\\$&').replaceAll('\n', '\\n')}'`),
      fc.constantFrom("$'\\x41\\101\\u00e9\\U1F4DE\\cA\\t\\q'", '"a\\b\\n\\\\"', '""', "''", 'a"b"\'c\'', '\\\n', '"a\\\nb"', 'a#b', '"$"', "$'\\xc3\\xa9'"),
    );
    const gap = fc.constantFrom(' ', '  ', '\t', ' \\\n ', '', '');
    const commands = fc
      .sample(fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 8 }), { numRuns: 400, seed: 7 })
      .map((parts) => parts.map(([w, g]) => w + g).join(''));
    const script = commands.map((c) => `printf '%s\\0' ${c}\nprintf '\\1\\0'\n`).join('');
    const out = spawnSync('bash', ['-c', script], { env: { ...process.env, LC_ALL: 'C.UTF-8' }, encoding: 'utf8' });
    assert.equal(out.stderr, '');
    const expected = out.stdout.split('\x01\0').slice(0, -1);
    assert.equal(expected.length, commands.length);
    commands.forEach((command, i) => {
      const words = posixWords(command, () => {}).words.map((w) => w.text);
      assert.deepEqual(words.length === 0 ? [''] : words, (expected[i] ?? '').split('\0').slice(0, -1), command);
    });
  });
});
