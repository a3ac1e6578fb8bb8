import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import fc from 'fast-check';
import type { HttpRequest } from '../../../src/exchange/exchange.js';
import { findImportable, importRequest } from '../../../src/exchange/importCurl.js';
import type { Region } from '../../../src/exchange/region.js';
import { findRegions } from '../../../src/exchange/regions.js';
import { writeCurl } from '../../../src/exchange/writeCurl.js';
import { BASH_QUOTINGS } from './regionWriters.js';

const run = promisify(execFile);
const present = (program: string): boolean => spawnSync(program, ['-c', 'exit 0']).status === 0;

/** What came to the server. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly body: string;
}

/** What curl adds to everything. */
const ADDED = new Set(['host', 'content-length', 'expect', 'accept-encoding', 'connection', 'transfer-encoding', 'accept', 'user-agent']);

const CALL = '{"phoneNumber":"+13175550142"}';
const LONG = '{\n  "label": "O\'Brien says \\"hi\\"",\n\t"attributes": {"a": "$HOME `id` !x \\\\n é☎", "b": "%PATH%"},\n  "callUserId": "<id>"\n}';
const OPTIONS = ['-d ', '-d', '--data ', '--data-ascii ', '--data-raw ', '--data-binary ', '--json '];
const JSON_TYPE = "-H 'Content-Type: application/json'";
const PATHS = ['/api/v2/conversations/calls', '/api/v2/conversations/calls/user/3f2504e0-4f89-41d3-9a0c-0305e82c3301', '/api/v2/x?a=b&c=%20d'];

/** HOST stands for the server. Every one is run by bash with the real curl, and imported by us. */
const COMMANDS: readonly string[] = [
  ...Object.values(BASH_QUOTINGS).flatMap((quote, i) =>
    OPTIONS.flatMap((option, j) => [CALL, LONG].map((body, k) => `curl ${quote(`HOST${PATHS[(i + j + k) % 3]}`)} ${option}${quote(body)} ${JSON_TYPE}`)),
  ),
  ...['POST', 'PUT', 'PATCH', 'DELETE'].flatMap((method) => [
    `curl -X ${method} HOST/api/v2/x ${JSON_TYPE} -d '${CALL}'`,
    `curl --request ${method} --url HOST/api/v2/x --json '${CALL}'`,
    `curl -X${method} HOST/api/v2/x`,
  ]),
  ...['-d @-', '--data-binary @-', '--json @-'].flatMap((option) => [
    `curl HOST/api/v2/conversations/calls ${option} ${JSON_TYPE} <<'END'\n${LONG}\nEND`,
    `curl HOST/api/v2/x ${option} ${JSON_TYPE} <<-'END'\n\t{\n\t\t"a": 1\n\t}\n\tEND`,
    `curl HOST/api/v2/x ${option} ${JSON_TYPE} <<< '${CALL}'`,
  ]),
  'curl HOST/api/v2/users/me',
  "curl 'HOST/api/v2/users?pageSize=25&id=1,2'",
  'curl -G HOST/api/v2/users -d pageSize=25 -d pageNumber=1',
  "curl -G 'HOST/api/v2/users?a=1' --data-urlencode 'q=a b&c'",
  'curl -I HOST/api/v2/users/me',
  "curl HOST/api/v2/x --url-query 'a=b c'",
  "curl 'HOST/api/v2/x/{id}' -g",
  'curl HOST/api/v2/users/me#here',
  `curl HOST/api/v2/x --json '{"a":1' --json ',"b":2}'`,
  `curl -sSLk --compressed -m 5 -o /dev/null HOST/api/v2/x --json '[1,2.50,1e3,"x",null,true]'`,
  `curl HOST/api/v2/x --json null`,
  `curl HOST/api/v2/x --json '"text"'`,
  `curl HOST/api/v2/x --json '12345678901234567890'`,
  `curl HOST/api/v2/x --json '{"n":12345678901234567890,"n":1.0}'`,
  `RESULT=$(curl -s HOST/api/v2/x --json '${CALL}')`,
  `if true; then curl HOST/api/v2/x --json '${CALL}'; fi`,
  `curl HOST/api/v2/x \\\n  -H 'A: b' \\\n  --json '${CALL}' | cat`,
];

/** A server on loopback that keeps what came, by the number in the header X-Number. */
class Echo {
  readonly seen = new Map<string, Seen[]>();
  readonly #server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (c: Buffer) => chunks.push(c));
    request.on('end', () => {
      const headers: string[] = [];
      for (let i = 0; i < request.rawHeaders.length; i += 2) {
        const name = (request.rawHeaders[i] ?? '').toLowerCase();
        if (!ADDED.has(name) && name !== 'x-number') headers.push(`${name}: ${Buffer.from(request.rawHeaders[i + 1] ?? '', 'latin1').toString('utf8')}`);
      }
      const number = String(request.headers['x-number']);
      // This curl writes percent-encoding in URLs in small letters, newer ones in capitals.
      const url = (request.url ?? '').replace(/%[0-9a-f]{2}/gi, (e) => e.toUpperCase());
      const one = { method: request.method ?? '', url, headers: headers.sort(), body: Buffer.concat(chunks).toString('utf8') };
      this.seen.set(number, [...(this.seen.get(number) ?? []), one]);
      response.end();
    });
  });
  origin = '';

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** Runs commands in one shell; each says its number to the server. */
  async run(shell: string, commands: readonly string[]): Promise<void> {
    const script = [`curl() { command curl -q -s --noproxy '*' -H "X-Number: $N" "$@"; }`, ...commands.map((c, i) => `N=${i}\n${c}`), 'true'].join('\n');
    await run(shell, ['-c', script], { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  }

  only(number: number): Seen {
    const all = this.seen.get(String(number)) ?? [];
    assert.equal(all.length, 1, `command ${number} sent ${all.length} requests`);
    return all[0] as Seen;
  }
}

/** The request of the file that a command becomes. */
function imported(command: string): HttpRequest {
  const found = findImportable(command, { languageId: 'shellscript' });
  assert.ok(found.ok, command);
  const read = importRequest(command, found.regions[found.preselected] as Region);
  assert.ok(read.ok, JSON.stringify(read));
  const { regions } = findRegions(read.fileText, { languageId: 'json', fileName: 'x.call.json' });
  assert.equal(regions.length, 1, read.fileText);
  return (regions[0] as Region).request;
}

/** The texts of JSON as tokens: white space between them says nothing. */
const tokens = (json: string): string[] => json.match(/"(?:[^"\\]|\\.)*"|[^\s"]/g) ?? [];

describe('an imported cURL command', function () {
  this.timeout(120_000);
  const echo = new Echo();
  const real = (command: string): string => command.replaceAll('HOST', echo.origin);
  before(async function () {
    if (!present('bash') || spawnSync('curl', ['--version']).status !== 0) {
      console.log(`    ${COMMANDS.length} commands were not compared: curl or bash is not here.`);
      this.skip();
    }
    await echo.start();
    // A quoted HOST may have been taken apart.
    assert.ok(COMMANDS.length >= 100, String(COMMANDS.length));
    const quoted = COMMANDS.map((c) => (c.includes('HOST') ? c : c.replace(/H.{0,6}O.{0,6}S.{0,6}T/, 'HOST')));
    await echo.run('bash', quoted.map(real));
  });
  after(() => echo.stop());

  COMMANDS.forEach((command, i) => {
    it(`says what curl sends: ${command.replaceAll('\n', '⏎').slice(0, 110)}`, () => {
      const sent = echo.only(i);
      const ours = imported(real(command));
      assert.equal(ours.method, sent.method);
      assert.equal(
        ours.url.replace(/%[0-9a-f]{2}/gi, (e) => e.toUpperCase()),
        sent.url,
      );
      assert.deepEqual(tokens(ours.body ?? ''), tokens(sent.body));
    });
  });
});

describe('import(copy(x)) through the shells of this machine', function () {
  this.timeout(120_000);
  const json = fc.oneof(
    fc.json({ maxDepth: 3 }).filter((j) => !/\\u0000/.test(j)),
    fc.object({ maxDepth: 2 }).map((o) => JSON.stringify(o, null, 2)),
    fc.constantFrom(CALL, LONG),
  );
  const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
  const request = fc
    .record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
      path: fc.constantFrom(...PATHS, "/api/v2/it's?a={b}&c=[1-2]", '/api/v2/a%20b'),
      headers: fc.uniqueArray(fc.tuple(fc.stringMatching(/^X-[A-Z][a-z]{1,8}$/), value), { maxLength: 3, selector: ([name]) => name }),
      body: fc.option(json, { nil: undefined }),
    })
    .filter(({ headers }) => headers.every(([name]) => name !== 'X-Number'));

  // PowerShell and cmd are no programs of this machine: their readers stand for them in importCurl.test.ts.
  for (const shell of ['bash', 'sh', 'dash', 'zsh', 'ksh']) {
    it(`is x, and curl sends x: ${shell}`, async function () {
      if (!present(shell) || spawnSync('curl', ['--version']).status !== 0) this.skip();
      const echo = new Echo();
      await echo.start();
      try {
        const sample = fc.sample(request, { numRuns: 120, seed: 11 });
        const requests = sample.map(
          ({ method, path, headers, body }): HttpRequest => ({
            method,
            url: echo.origin + path,
            headers: [['Content-Type', 'application/json'], ...headers],
            ...(body === undefined ? {} : { body }),
          }),
        );
        const copies = requests.map((r) => writeCurl(r, 'bash'));
        await echo.run(shell, copies);
        requests.forEach((x, i) => {
          const sent = echo.only(i);
          assert.equal(sent.method, x.method);
          assert.equal(echo.origin + sent.url, x.url);
          assert.deepEqual(sent.headers, x.headers.map(([n, v]) => `${n.toLowerCase()}: ${v}`).sort());
          assert.equal(sent.body, x.body ?? '');
          const back = imported(copies[i] ?? '');
          assert.equal(back.method, x.method);
          assert.equal(echo.origin + back.url, x.url);
          assert.deepEqual(tokens(back.body ?? ''), tokens(x.body ?? ''));
        });
      } finally {
        await echo.stop();
      }
    });
  }
});
