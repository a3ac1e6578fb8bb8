import assert from 'node:assert/strict';
import type { Fix } from '../../../src/assist/fix.js';
import { helpAt } from '../../../src/assist/helpAt.js';
import { lint } from '../../../src/assist/lint.js';
import type { ProblemCode } from '../../../src/assist/problem.js';
import { rewritesAt } from '../../../src/assist/rewrites.js';
import type { RegionHint } from '../../../src/exchange/regions.js';
import { GUID, OTHER_GUID, operations } from '../platform/facts.js';
import { fixesOf, made, mended, problemIn, read, VALUES } from './fixing.js';

const SH: RegionHint = { fileName: 'x.sh' };
const CALLS = 'https://api.mypurecloud.com/api/v2/conversations/calls';
const HEADERS = `-H "Authorization: Bearer $T" -H 'Content-Type: application/json'`;

/** What is told of a text at warning or above. */
const told = (text: string, hint: RegionHint): string[] =>
  lint(read(text, hint), operations)
    .filter((p) => p.severity !== 'information')
    .map((p) => `${p.code} ${p.severity}`);
const place = (text: string, hint: RegionHint, code: ProblemCode): string => {
  const { range } = problemIn(read(text, hint), code);
  return text.slice(range.start, range.end);
};

/** What an evaluator who had not read the code found with files of their own. */
describe('what a stranger wrote', () => {
  it('names no method of a path whose parameter would have to be “calls” (FACTS §1.3: GET and POST)', () => {
    const text = `PUT ${CALLS}\nAuthorization: Bearer {{token}}\nContent-Type: application/json\n\n{"phoneNumber":"+13175550142"}\n`;
    const { message } = problemIn(read(text, { fileName: 'x.http' }), 'wrong-method');
    assert.match(message, /GET or POST/);
    assert.doesNotMatch(message, /DELETE/);
    assert.equal(mended(text, { fileName: 'x.http' }, 'wrong-method', 'Use POST'), text.replace('PUT', 'POST'));
    assert.deepEqual(
      fixesOf(text, { fileName: 'x.http' }, 'wrong-method')
        .filter((f) => f.preferred)
        .map((f) => f.title),
      ['Use POST'],
    );
  });

  describe('a body below its request line in a note', () => {
    const body = `{\n  "phoneNumber": "+13175550142",\n  "ownerId": "${GUID}"\n}`;
    const after = '{\n  "phoneNumber": "+13175550142"\n}';
    for (const [name, above, moved] of [
      ['no headers', 'POST /api/v2/conversations/calls\n', `POST /api/v2/conversations/calls/user/${GUID}\n`],
      ['the host', `POST ${CALLS} HTTP/1.1\n\n`, `POST ${CALLS}/user/${GUID} HTTP/1.1\n\n`],
      [
        'headers',
        `POST {{host}}/api/v2/conversations/calls\nContent-Type: application/json\n\n`,
        `POST {{host}}/api/v2/conversations/calls/user/${GUID}\nContent-Type: application/json\n\n`,
      ],
    ] as const)
      it(`changes the line, and makes no document of the body: ${name}`, () => {
        const hint = { fileName: 'thread.txt' };
        const text = `Try this:\n\n${above}${body}\n\nIt works for me.\n`;
        assert.equal(mended(text, hint, 'foreign-field', 'Convert'), `Try this:\n\n${moved}${after}\n\nIt works for me.\n`);
      });

    it('stays as it is where the line names another operation', () => {
      const text = `Hello,\n\nPOST /api/v2/conversations/calls/user/${OTHER_GUID}\n{"phoneNumber":"+13175550142","ownerId":"${GUID}"}\n`;
      assert.deepEqual(
        fixesOf(text, { fileName: 'thread.txt' }, 'foreign-field').map((f) => f.title),
        ['Remove “ownerId”'],
      );
    });

    it('becomes a request where no line is above it', () => {
      const text = `The body for /api/v2/conversations/calls is\n\n${body}\n`;
      assert.match(mended(text, { fileName: 'thread.txt' }, 'foreign-field', 'Convert'), /"url": "\/api\/v2\/conversations\/calls\/user\//);
    });
  });

  it('sends the body that it adds as JSON', () => {
    const curl = `curl -X POST ${CALLS} -H "Authorization: Bearer $T"\n`;
    assert.deepEqual(told(mended(curl, SH, 'no-body', 'Add the body'), SH), []);
    const http = `POST ${CALLS}\nAuthorization: Bearer {{token}}\n`;
    const added = mended(http, { fileName: 'x.http' }, 'no-body', 'Add the body');
    assert.deepEqual(told(added, { fileName: 'x.http' }), []);
    assert.match(added, /\nContent-Type: application\/json\n\n\{/);
    const typed = `curl -X POST ${CALLS} ${HEADERS}\n`;
    assert.equal(mended(typed, SH, 'no-body', 'Add the body').match(/Content-Type/g)?.length, 1);
  });

  it('writes no second phoneNumber where the agent would call themselves', () => {
    const text = `POST ${CALLS}/user/${GUID}\nContent-Type: application/json\n\n{"phoneNumber":"+13175550143","callUserId":"${GUID}"}\n`;
    const fixes = fixesOf(text, { fileName: 'x.http' }, 'calls-oneself');
    assert.deepEqual(
      fixes.map((f) => [f.title, f.preferred]),
      [['Remove “callUserId”', true]],
    );
  });

  it('tells of -G also where GET is an operation of the path', () => {
    const text = `curl -G ${CALLS} ${HEADERS} -d '{"phoneNumber":"+13175550142"}'\n`;
    assert.deepEqual(told(text, SH), ['body-not-sent-as-json error']);
    assert.deepEqual(told(`curl -G https://api.mypurecloud.com/api/v2/routing/queues ${HEADERS} -d pageSize=25\n`, SH), []);
  });

  it('lets a variable stand for the token in a request document (docs/lint.md)', () => {
    for (const token of ['$GENESYS_TOKEN', '${TOKEN}', '%TOKEN%']) {
      const text = JSON.stringify({ method: 'POST', url: CALLS, headers: { Authorization: `Bearer ${token}` }, body: { phoneNumber: '+13175550142' } });
      assert.deepEqual(told(text, { fileName: 'request.json' }), [], token);
    }
  });

  it('calls whom the body means before it adds somebody', () => {
    for (const [body, wanted] of [
      ['{"to":"+13175550149"}', '{"phoneNumber":"+13175550149"}'],
      ['{"phonenumber":"+13175550149"}', '{"phoneNumber":"+13175550149"}'],
    ] as const) {
      const text = `curl ${CALLS} ${HEADERS} -d '${body}'\n`;
      const preferred = fixesOf(text, SH, 'no-destination').filter((f) => f.preferred);
      assert.equal(preferred.length, 1);
      assert.equal(made(text, preferred[0] as Fix), text.replace(body, wanted));
    }
    assert.match(mended(`curl ${CALLS} ${HEADERS} -d '{"label":"x"}'\n`, SH, 'no-destination', 'Add phoneNumber'), /"phoneNumber":\s?"\+13175550142"/);
  });

  it('takes the number of a party for its address', () => {
    const text = '{\n  "participants": [{ "phoneNumber": "+13175550149" }]\n}\n';
    const hint = { fileName: 'x.call.json' };
    assert.match(problemIn(read(text, hint), 'unknown-field').message, /Is address meant\?/);
    const fix = fixesOf(text, hint, 'unknown-field').find((f) => f.preferred);
    assert.equal(fix && made(text, fix), text.replace('phoneNumber', 'address'));
  });

  it('says “not verified” of numbers as text only where they are numbers', () => {
    const text = (priority: string): string => `{"callQueueId":"${GUID}","priority":${priority}}`;
    const hint = { fileName: 'x.call.json' };
    assert.deepEqual(told(text('"high"'), hint), ['wrong-type error']);
    assert.deepEqual(told(text('true'), hint), ['wrong-type error']);
    assert.deepEqual(told(text('"5"'), hint), ['wrong-type warning']);
  });

  describe('what a shell reads otherwise', () => {
    it('a blank behind the mark that continues a line', () => {
      for (const [mark, fileName, quote] of [
        ['\\', 'x.sh', "'"],
        ['`', 'x.ps1', "'"],
      ] as const) {
        const text = `curl -X POST ${CALLS} ${mark} \n  -H "Authorization: Bearer $T" ${mark}\n  --json ${quote}{"phoneNumber":"+13175550142"}${quote}\n`;
        assert.deepEqual(told(text, { fileName }), ['misread-by-shell error'], fileName);
        assert.equal(place(text, { fileName }, 'misread-by-shell'), `${mark} `);
        assert.equal(mended(text, { fileName }, 'misread-by-shell', 'Remove'), text.replace(`${mark} \n`, `${mark}\n`));
      }
      const cmd = `curl -X POST ${CALLS} ^ \r\n  -H "Authorization: Bearer %T%" --json "{\\"phoneNumber\\":\\"+13175550142\\"}"\r\n`;
      assert.deepEqual(told(cmd, { fileName: 'x.cmd' }), ['misread-by-shell error']);
      assert.equal(mended(cmd, { fileName: 'x.cmd' }, 'misread-by-shell', 'Remove'), cmd.replace('^ \r\n', '^\r\n'));
    });

    it('typographic quotes, at the first of them', () => {
      const text = `curl -X POST “${CALLS}” -H “Authorization: Bearer abc” --json ‘{"phoneNumber":"+13175550142"}’\n`;
      assert.deepEqual(told(text, SH), ['misread-by-shell error']);
      assert.equal(place(text, SH, 'misread-by-shell'), '“');
      assert.deepEqual(told(text, { fileName: 'x.txt' }), ['misread-by-shell warning']);
    });

    it('nothing of commands that are right', () => {
      const text = `curl -X POST ${CALLS} \\\n  -H "Authorization: Bearer $T" \\\n  --json '{"callerIdName":"“A” \\\\ b","phoneNumber":"+13175550142"}'\n`;
      assert.deepEqual(told(text, SH), []);
    });
  });

  describe('what is no JSON, in words that tell why', () => {
    const message = (body: string): string => problemIn(read(`curl ${CALLS} ${HEADERS} ${body}\n`, SH), 'not-json').message;
    it('double quotes in double quotes', () => assert.match(message('-d "{"phoneNumber":"+13175550142"}"'), /shell takes .*double quotes away.*single quotes/));
    it('typographic quotes', () => assert.match(message(`-d '{“phoneNumber”:“+13175550142”}'`), /“ and ” are no quotes/));
    it('a form', () => assert.match(message(`--data-urlencode 'phoneNumber=+13175550142'`), /form/));
    it('and no more elsewhere', () => assert.doesNotMatch(message(`-d '{"phoneNumber":"+13175550142"'`), /shell|form|are no quotes/));
  });

  describe('in a document for reading', () => {
    const md = { fileName: 'API.md' };
    it('a permission in its own column of a table is no scope', () => {
      const table = (head: string): string => `# Genesys\n\n${head}\n|---|---|\n| \`conversation:call:add\` | \`conversations\` |\n`;
      assert.deepEqual(told(table('| Permission | Scope |'), md), []);
      assert.deepEqual(told('# Genesys\n\n| Scope |\n|---|\n| `conversation:call:write` |\n', md), ['no-such-scope warning']);
      assert.deepEqual(told('# Genesys\n\n| Grant | CODE |\n| Scope | `conversation:call:write` |\n', md), ['no-such-scope warning']);
    });

    it('a command that a sentence names needs no body', () => {
      assert.deepEqual(told(`Use \`curl -X POST ${CALLS}\` with a body.\n`, md), []);
      assert.deepEqual(told(`\`\`\`sh\ncurl -X POST ${CALLS}\n\`\`\`\n`, md), ['no-body warning']);
    });
  });

  it('names the path that is meant where another path takes other methods', () => {
    const text = `curl -X POST https://api.mypurecloud.com/api/v2/conversations/call ${HEADERS} -d '{"phoneNumber":"+13175550142"}'\n`;
    assert.match(problemIn(read(text, SH), 'wrong-method').message, /Is POST \/api\/v2\/conversations\/calls meant\?/);
    assert.doesNotMatch(problemIn(read(`curl -X PUT ${CALLS} ${HEADERS} -d '{}'\n`, SH), 'wrong-method').message, /meant/);
  });

  it('knows what a REST client fills in by itself', () => {
    const text = `# @name login\nPOST https://login.mypurecloud.com/oauth/token\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=client_credentials\n\n###\nPOST ${CALLS}/user/{{login.response.body.id}}\nAuthorization: Bearer {{$dotenv TOKEN}}\nContent-Type: application/json\n\n{"phoneNumber":"{{number}}"}\n`;
    const written = read(text, { fileName: 'x.http' });
    const said = (part: string): string => JSON.stringify(helpAt(written, text.indexOf(part) + 3, operations)?.lines ?? []);
    assert.match(said('{{login.'), /answer of the request named “login”/);
    assert.match(said('{{$dotenv'), /REST client fills it/);
    for (const part of ['{{login.', '{{$dotenv']) assert.doesNotMatch(said(part), /defines no/);
    assert.match(said('{{number}}'), /This file defines no @number/);
    const messages = lint(written, operations).map((p) => p.message);
    assert.deepEqual(
      messages.filter((m) => m.includes('not defined')).map((m) => m.slice(0, 12)),
      ['“{{number}}”'],
    );
  });

  it('rewrites nothing that is not asked for', () => {
    const text = `Hello,\n\nPOST /api/v2/conversations/calls\n{"phoneNumber":"+13175550142"}\n`;
    const written = read(text, { fileName: 'a.txt' });
    const [call] = written.calls;
    const onBehalf = call && rewritesAt(written, call, operations, VALUES).find((f) => f.title.startsWith('Call on behalf'));
    assert.equal(onBehalf && made(text, onBehalf), text.replace('/calls\n', `/calls/user/${GUID}\n`));
  });
});
