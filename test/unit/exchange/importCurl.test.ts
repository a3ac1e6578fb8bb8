import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { HttpRequest } from '../../../src/exchange/exchange.js';
import { findImportable, type ImportedCall, type ImportProblem, importRequest } from '../../../src/exchange/importCurl.js';
import type { Region } from '../../../src/exchange/region.js';
import { findRegions, type RegionHint } from '../../../src/exchange/regions.js';
import { type CopyShell, writeCurl } from '../../../src/exchange/writeCurl.js';

const CALLS = '/api/v2/conversations/calls';
const API = 'https://api.mypurecloud.com';

/** What is preselected, imported. */
function imported(text: string, hint?: RegionHint, fileBody?: string): ImportedCall | ImportProblem {
  const found = findImportable(text, hint);
  return found.ok ? importRequest(text, found.regions[found.preselected] as Region, fileBody) : found;
}

function call(text: string, hint?: RegionHint, fileBody?: string): ImportedCall {
  const read = imported(text, hint, fileBody);
  assert.ok(read.ok, JSON.stringify(read));
  return read;
}

function problem(text: string, hint?: RegionHint, fileBody?: string): ImportProblem {
  const read = imported(text, hint, fileBody);
  assert.ok(!read.ok, JSON.stringify(read));
  return read;
}

/** The request that the editor reads from the file. */
function inFile({ fileText }: ImportedCall): HttpRequest {
  const { regions } = findRegions(fileText, { languageId: 'json', fileName: 'x.call.json' });
  assert.equal(regions.length, 1, fileText);
  return (regions[0] as Region).request;
}

const names = (c: ImportedCall): string[] => c.ignored.map((i) => i.text);

describe('the import of a cURL command', () => {
  it('makes the body alone of a call of one’s own, laid out', () => {
    const read = call(`curl -X POST ${API}${CALLS} -H 'Content-Type: application/json' -d '{"phoneNumber":"+13175550142","label":"x"}'`);
    assert.equal(read.fileText, '{\n  "phoneNumber": "+13175550142",\n  "label": "x"\n}\n');
    assert.equal(read.name, `POST ${CALLS}`);
    assert.deepEqual(read.ignored, []);
  });

  it('makes a request of any other operation, with its path and query and without its host', () => {
    const read = call(`curl -X PATCH '${API}/api/v2/conversations/calls/1?a=b#c' --json '{"state":"disconnected"}'`);
    assert.equal(read.fileText, `{\n  "method": "PATCH",\n  "url": "${CALLS}/1?a=b",\n  "body": {\n    "state": "disconnected"\n  }\n}\n`);
    assert.equal(call(`curl ${API}/api/v2/users/me`).fileText, '{\n  "method": "GET",\n  "url": "/api/v2/users/me"\n}\n');
    assert.equal(call(`curl -X POST ${API}${CALLS}`).fileText, `{\n  "method": "POST",\n  "url": "${CALLS}"\n}\n`, 'a call without a body is no payload');
  });

  it('keeps several lines as they are written, without the indentation of the command', () => {
    const read = call(`curl ${API}${CALLS} --json '{\n      "phoneNumber" : "+13175550142",\n      "attributes": {\n          "a":"1"}\n    }'`);
    assert.equal(read.fileText, '{\n  "phoneNumber" : "+13175550142",\n  "attributes": {\n      "a":"1"}\n}\n');
  });

  it('lays out what pasting has left without a layout', () => {
    const flat = call(`curl ${API}${CALLS} --json '{\n "to": {\n "phoneNumber": "+13175550142"\n }\n}'`);
    assert.equal(flat.fileText, '{\n  "to": {\n    "phoneNumber": "+13175550142"\n  }\n}\n');
  });

  it('keeps what JSON can say twice, and digits that a number would lose', () => {
    const read = call(`curl -X PUT ${API}/api/v2/x --json '{"n":12345678901234567890,"f":1.0,"e":1E5,"n":1}'`);
    assert.match(read.fileText, /"n": 12345678901234567890,\n {4}"f": 1\.0,\n {4}"e": 1E5,\n {4}"n": 1/);
  });

  it('says which region the command is for, and that the file does not', () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      [`curl https://api.mypurecloud.com${CALLS}`, /was for us-east-1 \(api\.mypurecloud\.com\)/],
      [`curl https://api.usw2.pure.cloud${CALLS}`, /was for us-west-2/],
      [`curl http://127.0.0.1:8080${CALLS}`, /a server on this machine \(127\.0\.0\.1\)/],
      [`curl https://gateway.example.com${CALLS}`, /gateway\.example\.com, which is no API host of Genesys Cloud/],
      [`curl "{{base}}${CALLS}"`, /to be filled in/],
      [`curl "https://api.$REGION${CALLS}"`, /to be filled in/],
    ];
    for (const [command, note] of cases) {
      const read = call(command);
      assert.match(read.notes[0] ?? '', note, command);
      assert.equal(inFile(read).url, CALLS, command);
    }
  });

  it('keeps a URL whose beginning may hold a part of the path', () => {
    assert.equal(inFile(call('curl -X DELETE "$BASE/conversations/calls/1"')).url, '$BASE/conversations/calls/1');
    assert.equal(inFile(call('curl -X DELETE "$URL"')).url, '$URL');
  });

  it('imports no token, no credentials, no cookie and no key, and says so', () => {
    const secret = 'canary4711canary4711canary';
    const commands = [
      `curl ${API}/api/v2/users/me -H 'Authorization: Bearer ${secret}'`,
      `curl ${API}/api/v2/users/me -H "authorization: ${secret}"`,
      `curl ${API}/api/v2/users/me --oauth2-bearer ${secret}`,
      `curl ${API}/api/v2/users/me -u id:${secret}`,
      `curl ${API}/api/v2/users/me -b session=${secret}`,
      `curl ${API}/api/v2/users/me -H 'X-Api-Key: ${secret}'`,
      `curl '${API}/api/v2/users/me?access_token=${secret}&a=b'`,
      `curl https://id:${secret}@api.mypurecloud.com/api/v2/users/me -H 'Authorization: Bearer ${secret}'`,
      `curl ${API}/api/v2/x -H 'Authorization: Bearer ${secret}' --json '{"note":"it was ${secret}"}'`,
      `curl ${API}/api/v2/x --json '{"client_secret":"${secret}"}'`,
      `curl -x http://u:${secret}@proxy ${API}/api/v2/x`,
      `curl -H Authorization: Bearer ${secret} ${API}/api/v2/x`,
    ];
    for (const command of commands) {
      const read = call(command);
      assert.ok(!JSON.stringify(read).includes(secret), `${command}\n${JSON.stringify(read)}`);
      assert.ok(read.ignored.length > 0, command);
      for (const { reason } of read.ignored) assert.match(reason, /\.$/);
    }
    assert.match(call(commands[0] ?? '').ignored[0]?.reason ?? '', /token is never imported/);
  });

  it('imports nothing of a request for a token', () => {
    assert.match(problem(`curl https://login.mypurecloud.com/oauth/token -u id:secret -d grant_type=client_credentials`).problem, /sign in with them/);
  });

  it('lists what it does not know or leaves out, each with its reason and its place', () => {
    const text = `curl --frobnicate -F a=b --request=POST ${API}/api/v2/users/me -H 'X-Trace: 1' -H 'Accept: application/json' -K opts.txt`;
    const read = call(text);
    assert.deepEqual(names(read), ['--frobnicate', '-F …', '--request …', 'header X-Trace', '-K …']);
    for (const { start, end } of read.ignored) assert.ok(text.slice(start, end).length > 0);
    assert.match(read.ignored[0]?.reason ?? '', /curl has no option --frobnicate/);
    assert.match(read.ignored[3]?.reason ?? '', /no headers/);
    assert.match(read.ignored[4]?.reason ?? '', /not read/);
  });

  it('tells that the platform wants JSON where the command sends a form', () => {
    const read = call(`curl ${API}${CALLS} -d '{"phoneNumber":"+13175550142"}'`);
    assert.match(read.notes.join(' '), /does not say Content-Type: application\/json/);
    assert.ok(!read.notes.some((n) => /x-www-form/.test(n)));
  });

  it('takes the body from the file that somebody read, and tells of one that nobody did', () => {
    const text = `curl ${API}${CALLS} -H 'Content-Type: application/json' -d @call.json`;
    assert.equal(inFile(call(text, {}, '{"phoneNumber":"+13175550142"}\n')).body, '{\n  "phoneNumber": "+13175550142"\n}\n');
    const without = call(text);
    assert.match(without.notes.join(' '), /file call\.json, which was not read/);
    assert.equal(inFile(without).body, undefined);
    const bad = problem(text, {}, '{\n  "phoneNumber": }\n');
    assert.match(bad.problem, /a value was expected.*line 2, column 18 of its file/);
    assert.equal(text.slice(bad.offset, bad.offset + 9), 'call.json');
  });

  it('names the place of what is no JSON, in the text that it was read from', () => {
    const cases: readonly (readonly [text: string, at: string, words: RegExp])[] = [
      [`# calls\ncurl ${API}${CALLS} \\\n  -d '{"a": oops}'`, 'oops', /The body is no JSON: /],
      [`curl ${API}${CALLS} -d "{\\"a\\": \\"b\\",, \\"c\\": 1}"`, ', \\"c', /The body is no JSON: /],
      [`curl ${API}${CALLS} -d '{"a": 1'`, `'`, /ends too early/],
      [`curl ${API}${CALLS} -d a=1 -d b=2`, 'a=1', /joins several -d with &/],
      [`curl ${API}${CALLS} --json '{"priority": {{p}}}'`, '{{p}}', /Put quotes around \{\{p\}\}, or fill it in\./],
      [`curl ${API}${CALLS} --data-urlencode '{"a": 1}'`, `'{`, /The body is no JSON/],
    ];
    for (const [text, at, words] of cases) {
      const read = problem(text);
      assert.match(read.problem, words, text);
      const before = text.slice(0, read.offset);
      assert.equal(read.line, before.split('\n').length);
      assert.equal(read.column, before.length - before.lastIndexOf('\n'));
      const around = text.slice(read.offset - 2, read.offset + at.length + 2);
      assert.ok(around.includes(at) || text.slice(read.offset).startsWith(at), `${text}\n${read.offset}: ${around}`);
    }
  });

  it('keeps comments and trailing commas, and says that the platform refuses them', () => {
    const read = call(`curl ${API}${CALLS} --json '{\n  // who\n  "phoneNumber": "+13175550142",\n}'`);
    assert.equal(read.fileText, '{\n  // who\n  "phoneNumber": "+13175550142",\n}\n');
    assert.match(read.notes.join(' '), /comments or trailing commas.*refuses/);
  });

  it('preselects the first command that calls Genesys Cloud', () => {
    const chosen = (text: string, hint?: RegionHint): number => {
      const found = findImportable(text, hint);
      return found.ok ? found.preselected : -1;
    };
    assert.equal(
      chosen(`curl https://example.com/x\ncurl https://login.mypurecloud.com/oauth/token -d a\ncurl ${API}${CALLS}\ncurl ${API}/api/v2/users/me\n`),
      2,
    );
    assert.equal(chosen(`curl https://example.com/x\ncurl "$API/api/v2/users/me"\n`), 1);
    assert.equal(chosen('curl https://example.com/x\ncurl https://example.com/y\n'), 0);
  });

  it('finds commands in comments, in strings of programs and in notes, and requests of other forms', () => {
    const command = `curl ${API}/api/v2/users/me`;
    for (const [text, hint] of [
      [`# ${command}`, { languageId: 'shellscript' }],
      [`REM ${command}`, { languageId: 'bat' }],
      [`// ${command}`, { languageId: 'typescript' }],
      [`const x = 1;\nrun(\`${command}\`)`, { languageId: 'typescript' }],
      [`Try this:\n\n    ${command}\n`, { languageId: 'plaintext' }],
      [`GET ${API}/api/v2/users/me\n`, { languageId: 'http' }],
      [`{"method":"GET","url":"${API}/api/v2/users/me"}`, { languageId: 'json' }],
    ] as const) {
      assert.equal(inFile(call(text, hint)).url, '/api/v2/users/me', text);
    }
  });

  it('says that there is nothing to import', () => {
    assert.match(problem('').problem, /no text/);
    assert.match(problem('hello').problem, /no cURL command/);
    assert.match(problem('{"phoneNumber":"+13175550142"}').problem, /no cURL command/);
    assert.match(problem('x'.repeat(5_000_001)).problem, /longer than 5 million/);
  });

  it('never throws, and never loses its place, whatever the text is', () => {
    const part = fc.constantFrom(
      'curl ',
      'https://api.mypurecloud.com/api/v2/x ',
      "-d '",
      '{"a":',
      '"b"}',
      "' ",
      '-H "',
      'Authorization: Bearer x"',
      '\\\n',
      '^\n',
      '#',
      '@f ',
      '--json ',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 8 })), { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        const read = imported(text);
        if (read.ok) {
          const { regions } = findRegions(read.fileText, { languageId: 'json', fileName: 'x.call.json' });
          assert.equal(regions.length, 1);
        } else assert.ok(read.offset >= 0 && read.offset <= text.length);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('import(copy(x))', function () {
  this.timeout(30_000);
  const json = fc.oneof(
    fc.json({ maxDepth: 4 }),
    fc.object({ maxDepth: 2 }).map((o) => JSON.stringify(o, null, 2)),
    fc.constantFrom('null', '"text"', '[1,2]', '{"method":"x","url":"y"}', '{"request":{"url":"z"}}'),
  );
  const path = fc.webPath().map((p) => `/api/v2${p}`);
  const request: fc.Arbitrary<HttpRequest> = fc
    .record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
      url: fc.oneof(
        fc.constant(API + CALLS),
        path.map((p) => API + p),
        fc.tuple(path, fc.webQueryParameters()).map(([p, q]) => `${API}${p}?${q}`),
      ),
      body: fc.option(json, { nil: undefined }),
    })
    .map(({ method, url, body }) => ({ method, url, headers: [['Content-Type', 'application/json']], ...(body === undefined ? {} : { body }) }));

  for (const shell of ['bash', 'powershell', 'cmd'] as const satisfies readonly CopyShell[]) {
    it(`is x: method, path, query and the value of the body, ${shell}`, () => {
      fc.assert(
        fc.property(request, (x) => {
          const read = call(writeCurl(x, shell));
          const back = inFile(read);
          assert.equal(back.method, x.method);
          assert.equal(API + back.url, x.url);
          assert.deepEqual(back.body === undefined ? undefined : JSON.parse(back.body), x.body === undefined ? undefined : JSON.parse(x.body));
          assert.deepEqual(read.ignored, []);
        }),
        { numRuns: 1500 },
      );
    });
  }
});
