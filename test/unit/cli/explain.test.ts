import assert from 'node:assert/strict';
import fs from 'node:fs';
import { FIRST_ANSWER_CURL, QUESTION_CURL, RESPONSE_BODY } from '../exchange/thread.js';
import { causes, file, type Ran, report, run } from './run.js';

const json = (...args: readonly string[]): Promise<Ran> => run(['explain', '--format', 'json', ...args]);
const CANARY = 'canary-token-0123456789';
const accepted = (): string => file('HTTP/1.1 200 OK\nContent-Type: application/json\n\n{"id":"3f2504e0-4f89-41d3-9a0c-0305e82c3301"}');
const denied = (): string => file(JSON.stringify({ status: 403, code: 'missing.any.permissions', message: 'm', contextId: 'c' }));
const bearer = (): string =>
  file(`curl -X POST https://api.mypurecloud.com/api/v2/conversations/calls -H 'Authorization: Bearer ${CANARY}' -d '{"phoneNumber":"+13175550142"}'`);

describe('call-doctor explain', () => {
  it('explains the thread’s request and answer truly', async () => {
    const ran = await json('--request', file(QUESTION_CURL), '--response', file(RESPONSE_BODY), '--status', '403', '--grant', 'client-credentials');
    assert.equal(ran.code, 1, ran.err);
    const { schema, operation, summary, findings } = report(ran);
    assert.deepEqual([schema, operation?.method, operation?.path, operation?.userContext], [1, 'POST', '/api/v2/conversations/calls', 'required']);
    assert.match(operation?.asOf ?? '', /^\d{4}-\d\d-\d\d$/);
    assert.ok(summary.startsWith('403: '));
    const failing = causes(ran, 'confirmed', 'likely');
    for (const cause of ['no-user-context', 'unresolved-placeholder', 'invalid-payload', 'not-genesys'])
      assert.ok(failing.includes(cause), `${cause} in ${failing}`);
    assert.ok(!failing.includes('missing-scope'), String(failing));
    assert.ok(
      findings
        .find((f) => f.cause === 'no-user-context')
        ?.fix.join(' ')
        .includes('/api/v2/conversations/calls/user/{userId}'),
    );
    for (const pointer of ['/to', '/from', '/routing'])
      assert.ok(
        findings.some((f) => f.pointer === pointer && f.document === 'request'),
        pointer,
      );
  });

  it('prints exactly the contract’s keys', async () => {
    const ran = await json('--request', file(FIRST_ANSWER_CURL), '--status', '403');
    assert.deepEqual(Object.keys(report(ran)).sort(), ['findings', 'operation', 'schema', 'summary']);
    assert.deepEqual(Object.keys(report(ran).operation ?? {}).sort(), ['asOf', 'method', 'path', 'permissions', 'userContext']);
    for (const f of report(ran).findings) {
      for (const key of ['cause', 'verdict', 'title', 'because', 'fix']) assert.ok(key in f, key);
      assert.ok(f.because.every((b) => /^(?:response|request|token|org|facts)$/.test(b.source) && b.fact !== ''));
    }
  });

  const formats: readonly [format: string, shows: RegExp][] = [
    ['text', /^403: .+\n\nPOST \/api\/v2\/conversations\/calls\n/],
    ['markdown', /^\*\*403: .+\*\*\n\n`POST \/api\/v2\/conversations\/calls`/],
    ['sarif', /"version": "2\.1\.0"/],
    ['json', /^\{\n {2}"schema": 1,/],
  ];
  for (const [format, shows] of formats)
    it(`speaks ${format}, with diagnostics on the other stream`, async () => {
      const ran = await run(['explain', '--format', format, '--request', bearer(), '--response', denied()]);
      assert.equal(ran.code, 1);
      assert.match(ran.out, shows);
      assert.ok(!ran.out.includes('call-doctor: note'));
      assert.ok(!(ran.out + ran.err).includes(CANARY));
    });

  const codes: readonly [what: string, args: () => string[], code: number][] = [
    ['0 for an accepted request', () => ['--request', bearer(), '--response', accepted()], 0],
    ['0 for a request against which nothing speaks', () => ['--request', bearer()], 0],
    ['1 for a denied one', () => ['--request', bearer(), '--response', denied()], 1],
    ['1 for an answer alone', () => ['--response', denied()], 1],
    ['1 for a status alone that says enough', () => ['--status', '500'], 1],
  ];
  for (const [what, args, code] of codes)
    it(`ends with ${what}`, async () => {
      const ran = await json(...args());
      assert.equal(ran.code, code, ran.out + ran.err);
    });

  it('reads either file from standard input', async () => {
    const asRequest = await run(['explain', '--request', '-', '--status', '403', '--format', 'json'], { input: QUESTION_CURL });
    assert.equal(report(asRequest).operation?.path, '/api/v2/conversations/calls');
    const asResponse = await run(['explain', '--request', bearer(), '--response', '-', '--format', 'json'], {
      input: '{"status":401,"code":"bad.credentials","message":"m"}',
    });
    assert.equal(report(asResponse).findings[0]?.cause, 'token-invalid');
  });

  it('reads what PowerShell writes', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(QUESTION_CURL, 'utf16le')]);
    const withMark = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(QUESTION_CURL)]);
    for (const content of [utf16, withMark]) assert.equal(report(await json('--request', file(content), '--status', '403')).operation?.method, 'POST');
  });

  it('explains an HTML page, an answer of 20 MB and one that is cut off', async () => {
    const html = await json('--request', bearer(), '--status', '403', '--response', file('<html><title>Blocked</title></html>'));
    assert.deepEqual([html.code, report(html).findings[0]?.cause], [1, 'not-genesys']);
    const cut = await json('--request', bearer(), '--response', file('{"status":403,"code":"missing.any.permissions","message":"Unable to per'));
    assert.ok(cut.code === 1 && causes(cut, 'likely', 'confirmed').includes('missing-permission'), cut.out + cut.err);
    const huge = await json('--request', bearer(), '--status', '403', '--response', file(`{"padding":"${'x'.repeat(20_000_000)}","code":"not.authorized"}`));
    assert.ok(huge.code === 0 || huge.code === 1, huge.err);
    assert.ok(huge.out.length < 100_000);
  });
});

describe('call-doctor explain, what it shows', () => {
  const ECHO = JSON.stringify({
    status: 400,
    code: 'bad.request',
    message: `no: \u001b[31m${CANARY} \u202ex`,
    contextId: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
  });
  for (const format of ['text', 'markdown', 'sarif', 'json'])
    it(`has no token that the answer repeats, and nothing that steers, as ${format}`, async () => {
      const ran = await run(['explain', '--format', format, '--request', bearer(), '--response', file(ECHO)]);
      assert.equal(ran.code, 1, ran.err);
      assert.ok(!(ran.out + ran.err).includes(CANARY));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      assert.doesNotMatch(ran.out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]|\\u001b|\\u202e/);
      if (format !== 'sarif') assert.match(ran.out.replaceAll('\\', ''), /(?:Correlation id: |"correlationId": ")1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed/);
    });

  it('has no token of a console that was copied', async () => {
    const copied = `POST https://api.mypurecloud.com/api/v2/conversations/calls: {"Request Headers":{"authorization":"Bearer ${CANARY}"},"Response Body":"{\\"message\\":\\"A station is required to place a call.\\",\\"x\\":\\"client_secret=${CANARY}\\"}"}`;
    for (const format of ['text', 'markdown', 'sarif', 'json']) {
      const ran = await run(['explain', '--format', format, '--response', file(copied)]);
      assert.ok(!(ran.out + ran.err).includes('canary'), format + ran.out + ran.err);
    }
  });

  it('reads a recording to its end', async () => {
    const entry = (status: number): object => ({
      request: { method: 'GET', url: 'https://api.mypurecloud.com/api/v2/tokens/me', headers: [] },
      response: { status, headers: [], content: { text: '' } },
    });
    const har = file(JSON.stringify({ log: { entries: [...Array.from({ length: 12_000 }, () => entry(200)), entry(500)] } }));
    const ran = await run(['explain', '--only-denied', '--format', 'json', '--request', har]);
    assert.equal(ran.code, 1, ran.err);
    const lines = ran.out.trim().split('\n');
    assert.deepEqual([lines.length, (JSON.parse(lines[0] ?? '') as { exchange: number }).exchange], [1, 12_001]);
  });

  it('has the version of the package', async () => {
    const { version } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { version: string };
    for (const word of ['--version', '-v']) assert.deepEqual(await run([word]), { code: 0, out: `${version}\n`, err: '' });
  });
});

describe('call-doctor, what cannot be used', () => {
  const wrong: readonly [what: string, args: readonly string[], says: RegExp][] = [
    ['no input at all', ['explain'], /give --request, --response or both\.\nUsage: /],
    ['a missing file', ['explain', '--request', 'nowhere.json'], /^call-doctor: there is no file nowhere\.json\.$/m],
    ['a folder', ['explain', '--response', '/'], /\/ is a folder, not a file\./],
    ['an unknown option', ['explain', '--color'], /Unknown option '--color'\nUsage: /],
    ['an option without its value', ['explain', '--request'], /--request.*argument missing/],
    ['a word too many', ['explain', 'file.json'], /Unexpected argument 'file\.json'/],
    ['an option that is given twice', ['explain', '--request', 'a', '--request', 'b'], /--request is given twice: once is all it takes\.\nUsage: /],
    ['another format', ['explain', '--status', '403', '--format', 'yaml'], /--format takes text, json, markdown, sarif, not “yaml”\./],
    ['another grant', ['explain', '--status', '403', '--grant', 'password'], /--grant takes client-credentials, user/],
    ['a status that is none', ['explain', '--status', 'abc'], /--status takes an HTTP status from 100 to 599, not “abc”\./],
    ['a status out of range', ['explain', '--status', '999'], /--status takes an HTTP status/],
    ['standard input twice', ['explain', '--request', '-', '--response', '-'], /only one of --request and --response can be standard input/],
    ['nothing on standard input', ['explain', '--request', '-'], /^call-doctor: standard input/],
    ['no command', ['diagnose'], /there is no command “diagnose”\. The commands are explain, /],
  ];
  for (const [what, args, says] of wrong)
    it(`is told for ${what}, with exit code 2`, async () => {
      const ran = await run(args);
      assert.deepEqual([ran.code, ran.out], [2, '']);
      assert.match(ran.err, says);
    });

  it('is told for an answer that is empty, unless its status is said', async () => {
    for (const content of ['', ' \r\n\n', '\ufeff']) {
      const alone = await run(['explain', '--response', file(content)]);
      assert.deepEqual([alone.code, alone.out], [2, '']);
      assert.match(alone.err, /input is empty: there is nothing to explain in it\..*give --status/);
      assert.equal((await run(['explain', '--request', bearer(), '--response', file(content)])).code, 2);
    }
    const known = await json('--request', bearer(), '--response', file(''), '--status', '500');
    assert.deepEqual(causes(known, 'likely'), ['platform-fault']);
  });

  it('is told with line and column where JSON ends being JSON', async () => {
    const at = file('{\n  "method": "POST",\n  "url": oops\n}', 'bad.json');
    const ran = await json('--request', at);
    assert.equal(ran.code, 2);
    assert.ok(ran.err.startsWith(`call-doctor: ${at}:3:10: `), ran.err);
  });

  it('is told for an exchange in another form than was asked for', async () => {
    for (const content of ['hello', '[]', '7', '\0\0\0']) {
      const ran = await json('--request', file(content));
      assert.equal(ran.code, 2, `${content}: ${ran.out}`);
      assert.match(ran.err, /^call-doctor: \S+input(?::\d+:\d+)?: ./);
    }
  });
});

describe('call-doctor --help', () => {
  for (const args of [['--help'], ['-h'], ['help'], ['explain', '--help'], ['sandbox', '-h']])
    it(`describes every command and exit code for ${args.join(' ')}`, async () => {
      const ran = await run(args);
      assert.deepEqual([ran.code, ran.err], [0, '']);
      for (const word of ['explain', 'sandbox', '--format', '--org', 'GENESYSCLOUD_ACCESS_TOKEN', 'Exit code']) assert.ok(ran.out.includes(word), word);
    });

  it('is shown, as a failure, where no command was given', async () => {
    const ran = await run([]);
    assert.ok(ran.code === 2 && ran.out.includes('call-doctor explain'));
  });
});

describe('call-doctor explain, several exchanges', () => {
  const exchange = (status: number, code?: string): object => ({
    request: { method: 'GET', url: 'https://api.mypurecloud.com/api/v2/users/me', headers: { Authorization: `Bearer ${CANARY}` } },
    response: { status, headers: {}, body: code === undefined ? { id: 'x' } : { status, code, message: 'm', contextId: 'c' } },
  });
  const lines = (...items: readonly unknown[]): string =>
    file(items.map((i) => (typeof i === 'string' ? i : JSON.stringify(i))).join('\n'), 'exchanges.ndjson');
  const har = (...statuses: readonly number[]): string =>
    file(
      JSON.stringify({
        log: {
          entries: statuses.map((status, i) => ({
            request: { method: 'GET', url: `https://api.mypurecloud.com/api/v2/users/me?n=${i}`, headers: [] },
            response: { status, headers: [], content: { text: JSON.stringify({ status, code: 'not.a.user', message: 'm', contextId: 'c' }) } },
          })),
        },
      }),
    );
  const printed = (ran: Ran): { exchange: number; summary: string }[] =>
    ran.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { exchange: number; summary: string });

  it('explains each line of a stream, tells what it cannot read, and goes on', async () => {
    const stream = lines(exchange(200), 'garbage', exchange(400, 'not.a.user'), '[]', '', '{"hello":1', exchange(403, 'not.authorized'));
    const ran = await json('--exchanges', stream);
    assert.equal(ran.code, 1, ran.err);
    assert.deepEqual(
      printed(ran).map((p) => [p.exchange, p.summary.slice(0, 3)]),
      [
        [1, '200'],
        [3, '400'],
        [7, '403'],
      ],
    );
    for (const n of [2, 4, 6]) assert.match(ran.err, new RegExp(`exchanges\\.ndjson:${n}: `));
    assert.ok(!(ran.out + ran.err).includes(CANARY));
  });

  it('reads a stream from standard input', async () => {
    const ran = await run(['explain', '--exchanges', '-', '--format', 'json', '--only-denied'], {
      input: `${JSON.stringify(exchange(200))}\n${JSON.stringify(exchange(400, 'not.a.user'))}\n`,
    });
    assert.deepEqual(
      printed(ran).map((p) => p.exchange),
      [2],
    );
  });

  it('explains every entry of a HAR with --all, those that were denied with --only-denied, and one without either', async () => {
    const file = har(200, 400, 400);
    assert.equal(printed(await json('--request', file, '--all')).length, 3);
    assert.deepEqual(
      printed(await json('--request', file, '--only-denied')).map((p) => p.exchange),
      [2, 3],
    );
    const one = await json('--request', file);
    assert.match(one.err, /number 2, the first that was denied.*--only-denied/);
    assert.ok(report(one).summary.startsWith('400'));
  });

  it('is content where nothing was denied', async () => {
    const ran = await json('--request', har(200, 200), '--only-denied');
    assert.deepEqual([ran.code, ran.out], [0, '']);
  });

  it('writes one SARIF run, one Markdown document and one text for all', async () => {
    const stream = lines(exchange(400, 'not.a.user'), exchange(429, 'too.many.requests'));
    const sarif = JSON.parse((await run(['explain', '--format', 'sarif', '--exchanges', stream])).out) as {
      runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string }[] }[];
    };
    assert.equal(sarif.runs.length, 1);
    const used = new Set(sarif.runs[0]?.results.map((r) => r.ruleId));
    assert.ok(used.has('no-user-context') && used.has('rate-limited'), [...used].join());
    assert.deepEqual(new Set(sarif.runs[0]?.tool.driver.rules.map((r) => r.id)), used);
    const markdown = (await run(['explain', '--format', 'markdown', '--exchanges', stream])).out;
    assert.equal(markdown.match(/^## \d/gm)?.length, 2);
    assert.equal((await run(['explain', '--exchanges', stream])).out.match(/^── \d\. GET /gm)?.length, 2);
  });

  it('writes a whole SARIF file where nothing was found', async () => {
    const ran = await run(['explain', '--format', 'sarif', '--exchanges', lines(exchange(200))]);
    assert.deepEqual((JSON.parse(ran.out) as { runs: { results: object[] }[] }).runs[0]?.results, []);
  });

  const wrong: readonly [what: string, args: () => readonly string[], says: RegExp][] = [
    ['a stream beside a request', () => ['--exchanges', lines(exchange(200)), '--request', bearer()], /stands alone/],
    ['an org for many', () => ['--exchanges', lines(exchange(200)), '--org', 'us-east-1'], /asks about one exchange/],
    ['a stream without one exchange', () => ['--exchanges', lines('x', 'y')], /no exchange to explain/],
    ['a stream that is not there', () => ['--exchanges', '/no/such/file'], /there is no file/],
    ['a line without end', () => ['--exchanges', file(`{"a":"${'x'.repeat(17 * 1024 * 1024)}`)], /:1: the line has more than 16 MB/],
  ];
  for (const [what, args, says] of wrong)
    it(`says what is wrong with ${what}`, async () => {
      const ran = await json(...args());
      assert.equal(ran.code, 2);
      assert.match(ran.err, says);
    });

  it('has colour on a terminal or where it is asked for, and nowhere else', async () => {
    const args = ['explain', '--request', bearer(), '--response', denied()];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
    const colour = /\u001b\[/;
    assert.doesNotMatch((await run(args)).out, colour);
    assert.match((await run(args, { env: { FORCE_COLOR: '1' } })).out, colour);
    assert.doesNotMatch((await run(args, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).out, colour);
    assert.doesNotMatch((await run([...args, '--format', 'json'], { env: { FORCE_COLOR: '1' } })).out, colour);
  });
});
