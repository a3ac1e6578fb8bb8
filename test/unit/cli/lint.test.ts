import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { file, type Ran, run } from './run.js';

const GOOD = '{"phoneNumber": "+13175550142"}';
const BAD = '{\n  "phoneNumber": "+15550199",\n  "ownerId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301"\n}\n';
const CURL = `# place it\ncurl -X POST https://api.mypurecloud.com/api/v2/conversations/calls -H "Authorization: Bearer $T" \\\n  --json '{"phoneNumber": "+13175550142", "label": "a", "label": "b"}'\n`;

interface Told {
  readonly schema: number;
  readonly files: number;
  readonly problems: readonly {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly pointer?: string;
  }[];
}
const told = (ran: Ran): Told => JSON.parse(ran.out) as Told;

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-lint-'));
after(() => fs.rmSync(root, { recursive: true, force: true }));
let folders = 0;
/** A folder with these files; a name may have folders in it. */
function folder(files: Readonly<Record<string, string | Buffer>>): string {
  const at = path.join(root, String(++folders));
  fs.mkdirSync(at);
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(at, name)), { recursive: true });
    fs.writeFileSync(path.join(at, name), content);
  }
  return at;
}

describe('call-doctor lint', function () {
  // Some run the program several times.
  this.timeout(30_000);

  it('prints a line for each problem, and how many', async () => {
    const at = file(BAD, 'place.call.json');
    const { code, out, err } = await run(['lint', at]);
    assert.equal(code, 1);
    assert.equal(err, '');
    const lines = out.trimEnd().split('\n');
    assert.match(lines[0] ?? '', /:2:18 error bad-number \+15550199 is too short/);
    assert.ok(lines[0]?.startsWith(`${at}:`));
    assert.match(lines[1] ?? '', /:3:3 warning foreign-field “ownerId” is not a field/);
    assert.equal(lines[2], '2 problems in 1 of 1 file: 1 error, 1 warning.');
    assert.equal(lines.length, 3);
  });

  it('ends with 0 where nothing is wrong', async () => {
    const { code, out, err } = await run(['lint', file(GOOD, 'place.call.json')]);
    assert.deepEqual([code, out, err], [0, 'No problems in 1 file.\n', '']);
  });

  it('prints one JSON object with exact places', async () => {
    const at = file(CURL, 'place.sh');
    const ran = await run(['lint', at, '--format', 'json']);
    assert.equal(ran.code, 1);
    const { schema, files, problems } = told(ran);
    assert.deepEqual([schema, files, problems.length], [1, 1, 1]);
    const { message, ...rest } = problems[0] as Told['problems'][number];
    assert.deepEqual(rest, {
      file: at,
      line: 3,
      column: (CURL.split('\n')[2]?.lastIndexOf('"label"') as number) + 1,
      endLine: 3,
      endColumn: (CURL.split('\n')[2]?.lastIndexOf('"label"') as number) + 8,
      code: 'duplicate-field',
      severity: 'warning',
      pointer: '/label',
      source: 'RFC 8259 §4',
    });
    assert.match(message, /“label” is there twice/);
  });

  it('prints SARIF with lines, columns and offsets', async () => {
    const ran = await run(['lint', file(BAD, 'a b.call.json'), '--format', 'sarif']);
    const log = JSON.parse(ran.out) as { version: string; runs: { columnKind: string; tool: { driver: { rules: { id: string }[] } }; results: unknown[] }[] };
    assert.equal(log.version, '2.1.0');
    const [only] = log.runs;
    assert.equal(only?.columnKind, 'utf16CodeUnits');
    assert.deepEqual(only?.tool.driver.rules.map((r) => r.id).sort(), ['bad-number', 'foreign-field']);
    const result = only?.results[0] as {
      ruleId: string;
      level: string;
      locations: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[];
    };
    assert.deepEqual([result.ruleId, result.level], ['bad-number', 'error']);
    const { artifactLocation, region } = result.locations[0]?.physicalLocation ?? {};
    assert.match(artifactLocation?.uri ?? '', /a%20b\.call\.json$/);
    assert.deepEqual(region, { startLine: 2, startColumn: 18, endLine: 2, endColumn: 29, charOffset: 19, charLength: 11 });
  });

  it('tells what --severity asks for, and counts warnings and errors only', async () => {
    const at = file(`curl https://api.mypurecloud.com/api/v2/users/me\n`, 'me.sh');
    assert.deepEqual((await run(['lint', at])).code, 0);
    const all = await run(['lint', at, '--severity', 'information']);
    assert.equal(all.code, 0);
    assert.match(all.out, /:1:1 information no-token /);
    assert.match(all.out, /1 problem in 1 of 1 file: 1 for information\./);
    const warning = file('{"phoneNumber": "+13175550142", "ownerId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301"}', 'w.call.json');
    assert.equal((await run(['lint', warning])).code, 1);
    assert.deepEqual((await run(['lint', warning, '--severity', 'error'])).code, 0);
  });

  it('reads standard input, with the name that it is given', async () => {
    const ran = await run(['lint', '-', '--name', 'x/place.call.json', '--format', 'json'], { input: BAD });
    assert.deepEqual([ran.code, told(ran).problems[0]?.file], [1, 'x/place.call.json']);
    const plain = await run(['lint', '-', '--format', 'json'], { input: CURL });
    assert.deepEqual([plain.code, told(plain).problems[0]?.code], [1, 'duplicate-field']);
    assert.equal((await run(['lint', '-', '--name', 'x.ts'], { input: CURL })).code, 0);
  });

  it('walks folders, in order, and leaves out what nobody there writes', async () => {
    const at = folder({
      'b.call.json': BAD,
      'a/c.sh': CURL,
      'node_modules/x/d.call.json': BAD,
      '.git/e.call.json': BAD,
      'f.ts': `const x = 'curl';`,
      'g.png': Buffer.from([0x89, 0, 1]),
      'binary.txt': Buffer.from('genesys\0\0'),
    });
    fs.symlinkSync(at, path.join(at, 'a', 'loop'));
    fs.symlinkSync(path.join(at, 'nowhere'), path.join(at, 'broken.sh'));
    const ran = await run(['lint', at, path.join(at, 'b.call.json'), '--format', 'json']);
    assert.equal(ran.code, 1);
    assert.deepEqual(
      told(ran).problems.map((p) => path.relative(at, p.file)),
      [path.join('a', 'c.sh'), 'b.call.json', 'b.call.json'],
    );
    assert.equal(told(ran).files, 2);
    for (const skipped of ['node_modules was left out', '.git was left out', 'binary.txt is no text', 'there is no file'])
      assert.ok(ran.err.includes(skipped), ran.err);
  });

  it('says that an empty folder has nothing', async () => {
    const { code, out, err } = await run(['lint', folder({})]);
    assert.deepEqual([code, out], [0, 'No problems in 0 files.\n']);
    assert.match(err, /There was no file to look at\./);
  });

  it('reads UTF-16 of both orders, and UTF-8 with a mark', async () => {
    const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(BAD, 'utf16le')]);
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big, Buffer.from(`\ufeff${BAD}`)]) {
      const ran = await run(['lint', file(bytes, 'place.call.json'), '--format', 'json']);
      assert.deepEqual(
        told(ran).problems.map((p) => [p.line, p.column, p.code]),
        [
          [2, 18, 'bad-number'],
          [3, 3, 'foreign-field'],
        ],
      );
    }
  });

  it('declines a file of 10 MB in a sentence, and looks at the others', async () => {
    const large = file(`{"label": "${'x'.repeat(10_000_000)}"}`, 'large.call.json');
    const ran = await run(['lint', large, file(BAD, 'place.call.json'), '--format', 'json']);
    assert.equal(ran.code, 2);
    assert.match(ran.err, /large\.call\.json has more than 5 million characters: no calls are looked for in it\./);
    assert.equal(told(ran).problems.length, 2);
  });

  const unusable: readonly (readonly [what: string, args: readonly string[], said: RegExp])[] = [
    ['nothing', [], /name files or folders/],
    ['a file that is not there', ['nowhere.sh'], /there is no file nowhere\.sh/],
    ['a binary file', [file(Buffer.from([1, 0, 2]), 'x.sh')], /is no text/],
    ['a format', ['x', '--format', 'markdown'], /--format takes text, json, sarif, not “markdown”/],
    ['a severity', ['x', '--severity', 'all'], /--severity takes error, warning, information/],
    ['a name without standard input', ['x', '--name', 'y'], /--name says what standard input is called/],
    ['standard input twice', ['-', '-'], /- is there twice/],
  ];
  for (const [what, args, said] of unusable)
    it(`refuses ${what} with 2`, async () => {
      const { code, err } = await run(['lint', ...args]);
      assert.equal(code, 2);
      assert.match(err, said);
    });

  it('says nothing that steers a terminal', async () => {
    const { out } = await run(['lint', file('{"phoneNumber": "+13175550142", "\u001b[31mx": 1}', 'x.call.json')]);
    assert.ok(out.includes('unknown-field') && !out.includes('\u001b'));
  });

  it('is in the help', async () => {
    assert.match((await run(['--help'])).out, /call-doctor lint/);
    assert.match((await run(['lint', '--help'])).out, /call-doctor lint/);
  });
});
