import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { readRequest } from '../../../src/exchange/readRequest.js';
import { findRegions } from '../../../src/exchange/regions.js';
import { onlyRequest, read } from './read.js';
import { BASH_QUOTINGS } from './regionWriters.js';

const run = promisify(execFile);

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly body: string;
}

/** What curl adds to everything. */
const ADDED = new Set(['host', 'content-length', 'expect', 'accept-encoding', 'connection', 'transfer-encoding']);
const keep = (name: string, value: string): boolean =>
  !ADDED.has(name) && !(name === 'accept' && value === '*/*') && !(name === 'user-agent' && value.startsWith('curl/'));

const BODIES = ['{"phoneNumber":"+13175550142"}', '{\n  "label": "O\'Brien says \\"hi\\"",\n\t"a": "$HOME `id` !x \\\\n é☎"\n}'];
const DATA = ['-d ', '-d', '--data ', '--data-ascii ', '--data-raw ', '--data-binary ', '--data-urlencode ', '--json '];

/** U stands for the server. Every one is run by bash and read by us. */
const COMMANDS: readonly string[] = [
  ...Object.entries(BASH_QUOTINGS).flatMap(([, quote], i) => DATA.map((option, j) => `curl U ${option}${quote(BODIES[(i + j) % 2] ?? '')}`)),
  ...Object.values(BASH_QUOTINGS).flatMap((quote) => [
    `curl ${quote('U')} -H ${quote('X-Note: it\'s "$5"')} -H ${quote('X-Empty;')}`,
    `curl --url ${quote('U?q=a&b=c')} -u ${quote("id:se'cret")} -A ${quote('my "agent"')}`,
    `curl -X ${quote('PATCH')} U -e ${quote('http://r/?a=1')} -b ${quote('a=1; b="2"')}`,
  ]),
  ...['-d @-', '--data-binary @-', '--data-ascii @-', '--json @-', '-d@-'].flatMap((option) => [
    `curl U ${option} <<'END'\n{\n  "a": "$HOME \\\\ \\$ it's"\n}\nEND`,
    `curl U ${option} <<END\n{\n\t"a": "\\$HOME \\\\ \\\` it's \\n"\n}\nEND`,
    `curl U ${option} <<-'END'\n\t{\n\t\t"a": 1\n\t}\n\tEND`,
    `curl U ${option} <<< '{"a": "b c"}'`,
  ]),
  'curl U',
  'curl -I U',
  'curl -sI U',
  'curl --head U',
  'curl -XPOST U',
  'curl -X DELETE U',
  'curl --request PUT U -d x',
  "curl --heade 'A: b' U",
  'curl -G U -d a=1 -d b=2',
  "curl -G 'U?x=1' -d a=1",
  "curl -sG U --data-urlencode 'q=a b&c'",
  'curl -GI U -d a=1',
  'curl -GX POST U -d a=1',
  'curl U -d a=1 -G -X PUT',
  "curl U -d a -d b --data-raw '@c' --data-binary d",
  "curl U -d '' -d ''",
  "curl U -d ''",
  `curl U --json '{"a":1' --json ',"b":2}'`,
  `curl U --json '{}' -X PUT`,
  `curl U --json '{}' -H 'Content-Type: a/b' -H 'Accept:'`,
  `curl U --json '{}' -d x`,
  "curl U -H 'Content-Type: application/json' -d '{}'",
  "curl U -H 'content-type:' -d '{}'",
  "curl U -H 'Content-Type;' -d '{}'",
  "curl U -H 'A:b' -H 'C:   d   '",
  "curl U -H 'A;' -H 'B:' -H 'no colon' -H ''",
  "curl U -H 'A: 1' -H 'A: 2' -H 'a: 3'",
  "curl U -H 'X: a:b;c'",
  "curl U -H'X: y' -XPUT",
  'curl U -u id:secret',
  'curl U -uid:secret',
  'curl U -u id:',
  'curl U --basic -u id:secret',
  "curl U -u id:secret -H 'authorization: Bearer x'",
  'curl U --oauth2-bearer token',
  'curl U -A agent',
  "curl U -A ''",
  "curl U -A a -H 'User-Agent: b'",
  "curl U -H 'User-Agent:'",
  'curl U -e http://r/',
  "curl U -e 'http://r/;auto'",
  'curl U -b a=1',
  "curl U -b a=1 -b 'b=2; c=3'",
  "curl U -b a=1 -H 'Cookie: z=1'",
  'curl U -r 0-99',
  'curl --url U',
  'curl -- U',
  'curl -d x -- U',
  'curl U?a=1',
  "curl 'U?a={b}' -g",
  'curl U#frag -d x',
  "curl U --url-query 'a=b c'",
  "curl 'U?x=1' --url-query '+a=b' --url-query '=c d'",
  "curl U --data-urlencode 'a b' --data-urlencode '=c&d' --data-urlencode 'n=e f~+!'",
  'curl -sSLk --compressed -m 5 --connect-timeout 5 --http1.1 -o /dev/null -w x U',
  'curl -vsd x U',
  'curl -fsSLXPUT U',
  'curl --no-progress-meter --no-keepalive U',
  'curl U -d x > /dev/null 2>&1',
  'curl U -d x | cat',
  '( curl U -d x )',
  'if true; then curl U -d x; fi',
  'RESULT=$(curl -s U -d x)',
  'echo x | curl U --data-raw y',
  "curl U \\\n  -H 'A: b' \\\n  # a comment\n",
  'curl \\\n  -X PUT \\\n  U',
  "curl U -d 'a'\\''b'",
  'curl U -d "a\\\nb"',
  "curl U -d $'\\x7b\\u00e9\\U1F4DE\\101\\t\\x7d'",
  'curl U -d "a"\'b\'c\\ d',
  'curl U -d \'{"a":"#b"}\' # -X PUT',
];

/** What curl refuses, and sends nothing. */
const REFUSED: readonly (readonly [command: string, note: RegExp])[] = [
  ['curl --request=POST U', /wants a blank, not =/],
  ['curl --data={} U', /wants a blank, not =/],
  ['curl --frobnicate U', /no option --frobnicate/],
  ['curl U -d', /has no value/],
  ['curl --req OPTIONS U', /no option --req/],
];

describe('the import of cURL beside the real curl', function () {
  this.timeout(120_000);
  let server: http.Server;
  let origin = '';
  const seen = new Map<number, Seen[]>();
  const at = (command: string, i: number): string => command.replace(/U(?=[^a-zA-Z]|$)/, () => `${origin}/${i}`);
  const all = [...COMMANDS, ...REFUSED.map(([command]) => command)];

  before(async function () {
    if (spawnSync('curl', ['--version']).status !== 0 || spawnSync('bash', ['--version']).status !== 0) {
      console.log(`    ${all.length} commands were not compared: curl or bash is not here.`);
      this.skip();
    }
    server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (c: Buffer) => chunks.push(c));
      request.on('end', () => {
        const headers: string[] = [];
        for (let i = 0; i < request.rawHeaders.length; i += 2) {
          const name = (request.rawHeaders[i] ?? '').toLowerCase();
          const value = Buffer.from(request.rawHeaders[i + 1] ?? '', 'latin1').toString('utf8');
          if (keep(name, value)) headers.push(`${name}: ${value}`);
        }
        const index = Number(/^\/(\d+)/.exec(request.url ?? '')?.[1]);
        const one = {
          method: request.method ?? '',
          url: upperEscapes(request.url ?? ''),
          headers: headers.sort(),
          body: Buffer.concat(chunks).toString('utf8'),
        };
        seen.set(index, [...(seen.get(index) ?? []), one]);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const script = [`curl() { command curl -q -s --noproxy '*' "$@"; }`, ...all.map(at)].join('\n');
    await run('bash', ['-c', `${script}\ntrue`], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  });
  after((done) => {
    if (server) server.close(done);
    else done();
  });

  /** This curl writes percent-encoding in URLs in small letters, newer ones in capitals. */
  const upperEscapes = (url: string): string => url.replace(/%[0-9a-f]{2}/gi, (e) => e.toUpperCase());

  const asSeen = (request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body?: string;
  }): Seen => ({
    method: request.method,
    url: request.url.slice(origin.length).replace(/#.*/, ''),
    headers: request.headers
      .map(([n, v]): [string, string] => [n.toLowerCase(), v])
      .filter(([n, v]) => keep(n, v))
      .map(([n, v]) => `${n}: ${v}`)
      .sort(),
    body: request.body ?? '',
  });

  it('covers at least a hundred commands', () => assert.ok(new Set(COMMANDS).size >= 100, String(COMMANDS.length)));

  COMMANDS.forEach((command, i) => {
    it(`reads what curl sends: ${command.replaceAll('\n', '⏎').slice(0, 100)}`, () => {
      const real = at(command, i);
      const [sent, ...more] = seen.get(i) ?? [];
      assert.ok(sent, 'curl sent nothing');
      assert.equal(more.length, 0);
      assert.deepEqual(asSeen(onlyRequest(readRequest(real))), sent);
      const [region] = findRegions(real, { languageId: 'shellscript' }).regions;
      assert.ok(region);
      assert.deepEqual(asSeen(region.request), sent);
      if (sent.body !== '') assert.equal(region.body?.text, sent.body);
    });
  });

  REFUSED.forEach(([command, note], i) => {
    it(`says what curl refuses: ${command}`, () => {
      assert.equal(seen.get(COMMANDS.length + i), undefined);
      const real = at(command, COMMANDS.length + i);
      assert.match(read(readRequest(real)).notes.join('\n'), note);
      assert.match(
        findRegions(real, { languageId: 'shellscript' })
          .regions[0]?.ignored.map((x) => x.reason)
          .join('\n') ?? '',
        note,
      );
    });
  });
});
