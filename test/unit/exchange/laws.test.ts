import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findPlaceholders, findPlaceholdersInUrl, placeholdersInValue } from '../../../src/exchange/placeholders.js';
import { readRequest } from '../../../src/exchange/readRequest.js';
import { readResponse } from '../../../src/exchange/readResponse.js';
import { OWNER_ID_PAYLOAD, PROSE, QUESTION_CURL, RESPONSE_BODY } from './thread.js';

/** Texts of pieces that mean something to one of the readers, so that they get past the first character. */
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'curl',
        'curl.exe',
        ' ',
        ' ',
        ' ',
        '\n',
        '\r\n',
        '\\\n',
        '^\n',
        '`\n',
        "'",
        '"',
        '""',
        '\\"',
        '^"',
        '`"',
        "$'",
        '$(',
        '${',
        '`',
        '<<EOF\n',
        'EOF',
        '<<<',
        '>',
        '2>&1',
        '|',
        '&',
        ';',
        '#',
        '-d',
        '-H',
        '-X',
        '--json',
        '-u',
        '-G',
        '--next',
        '--',
        '@-',
        '@x',
        "@'\n",
        "\n'@",
        'https://h/p',
        '{{x}}',
        '<X>',
        '%X%',
        '###',
        '@a = {{a}}',
        'POST /p',
        'POST https://h/p HTTP/1.1',
        'A: b',
        'HTTP/1.1 403 F',
        '< HTTP/1.1 403',
        '< ',
        '* ',
        '> ',
        'Content-Length: 9',
        'Transfer-Encoding: chunked',
        '5\r\n',
        '0\r\n',
        '{',
        '}',
        '[',
        ']',
        ':',
        ',',
        '"log"',
        '"entries"',
        '"request"',
        '"response"',
        '"interactions"',
        '"method"',
        '"url"',
        '"headers"',
        '"body"',
        '"status"',
        '"content"',
        '//',
        '/*',
        '*/',
        '```',
        '```json\n',
        '\ufeff',
        '\0',
        '\ud800',
        '“',
        '’',
        '–X',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 40 },
  )
  .map((all) => all.join(''));

/** Real inputs with a slice taken out or something put in. */
const damaged = fc
  .tuple(
    fc.constantFrom(PROSE, QUESTION_CURL, OWNER_ID_PAYLOAD, RESPONSE_BODY),
    fc.nat(3000),
    fc.nat(50),
    fc.oneof(fc.constant(''), fc.string({ unit: 'binary', maxLength: 5 })),
  )
  .map(([text, at, length, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + length));

const anything = fc.oneof(
  pieces,
  damaged,
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.jsonValue().map((v) => JSON.stringify(v)),
);

/** Any shape under the names that the JSON readers look at. */
const shaped = fc
  .letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(fc.constantFrom(null, true, 0, 403, '', 'x', '{"a":1}', 'base64', '%%%'), fc.jsonValue({ maxDepth: 1 })),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          'log',
          'entries',
          'request',
          'response',
          'interactions',
          'messages',
          'method',
          'url',
          'path',
          'query',
          'headers',
          'body',
          'status',
          'content',
          'text',
          'encoding',
          'encoded',
          'contentType',
          'postData',
          'params',
          'name',
          'value',
          'type',
          '__proto__',
          'constructor',
        ),
        tie('value'),
        { maxKeys: 6 },
      ),
    ),
  }))
  .value.map((v) => JSON.stringify(v));

for (const [name, reader] of [
  ['readRequest', readRequest],
  ['readResponse', readResponse],
] as const) {
  describe(`${name}, whatever it is given`, function () {
    this.timeout(30_000);

    const holds = (text: string) => {
      const result = reader(text);
      if (result.ok) {
        assert.ok(result.exchanges.length > 0);
        for (const { request, response } of result.exchanges) {
          assert.ok(request ?? response);
          assert.ok(request === undefined || (typeof request.url === 'string' && typeof request.method === 'string'));
          for (const [n, v] of [...(request?.headers ?? []), ...(response?.headers ?? [])]) assert.ok(typeof n === 'string' && typeof v === 'string');
        }
      } else {
        assert.match(result.problem, /^[A-Z][^\n]+\.$/);
        if (result.line !== undefined) {
          const lines = text.replace(/^\ufeff/, '').split('\n');
          assert.ok(
            result.line >= 1 && result.line <= lines.length && (result.column ?? 0) >= 1 && (result.column ?? 0) <= (lines[result.line - 1] ?? '').length + 1,
            `${result.line}:${result.column}`,
          );
        }
      }
    };
    it('answers with exchanges or one sentence and a place in the text, and never throws', () => {
      fc.assert(fc.property(anything, holds), { numRuns: 5000 });
    });
    it('takes any JSON under the names that it knows', () => {
      fc.assert(fc.property(shaped, holds), { numRuns: 3000 });
    });

    // Each would take hours if its reader were quadratic, seconds if it were quick: mocha's limit tells the difference.
    const LENGTH = 2_000_000;
    for (const unit of [
      '{',
      '[',
      '{"a":',
      '"',
      "'",
      '\\',
      '`',
      ' ',
      '\n',
      '\r\n',
      '/',
      '//',
      '/*',
      '#',
      '###\n',
      '@a={{a}}\n',
      '{{',
      '{{a',
      '<',
      '<a ',
      '$(',
      '$(\'"',
      '${',
      '%',
      '^',
      '-',
      'x',
      'curl ',
      "curl '",
      'curl a.b/ ',
      'curl a.b/\n',
      "curl -v ' ",
      'curl a.b $(\n',
      'curl a.b `\n',
      'x curl -v https://h ',
      'x curl https://h "\n',
      'curl a.b <<E\n',
      '`curl -v',
      '> curl a.b/ \\\n> ',
      '$ curl a.b "\n> ',
      'C:\\>curl a.b ^\n',
      'POST /p\n',
      'POST /p\n\n',
      'POST {{a}}{{a}} x\n',
      'HTTP/1.1 200\n',
      'HTTP/1.1 200\n\n',
      'HTTP/1.1 200\nA: b\n c\n',
      '< HTTP/1.1 200\n',
      '* Connection #0 to host ',
      '5\r\nabcde\r\n',
      '```\n',
      '\n```',
      '“',
      '–',
      '[{',
      '<A_B>',
      '%7B%7B',
      '</a',
    ]) {
      it(`takes time in proportion to the length: ${JSON.stringify(unit)}`, () => {
        holdsQuickly(unit.repeat(Math.ceil(LENGTH / unit.length)));
      });
    }
    for (const head of [
      'curl a.b ',
      "curl a.b -d '",
      'curl a.b -d "',
      "curl a.b -d $'",
      'curl.exe a.b ^\n -d "',
      'curl a.b `\n -d "',
      'POST /p\n',
      'POST /p\n\n',
      '@a = ',
      'HTTP/1.1 200 OK\n',
      'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n',
      '< HTTP/1.1 200 OK\n< \n',
      '{"a":"',
    ]) {
      it(`takes time in proportion to what follows ${JSON.stringify(head)}`, () => {
        for (const unit of [' ', 'a', '\\', '"', '^', '`', '$(', '\n', '\n ', 'A:b\n', '\\x41', '{{a}} ', '* \n'])
          holdsQuickly(head + unit.repeat(500_000 / unit.length));
      });
    }
    const holdsQuickly = (text: string) => assert.equal(typeof reader(text).ok, 'boolean');
  });
}

describe('the placeholder finders, whatever they are given', function () {
  this.timeout(30_000);

  it('name slices of the text, in order and apart, with brackets around those found inside', () => {
    fc.assert(
      fc.property(fc.oneof(anything, fc.stringMatching(/^[{}<>%$A-Za-z_. /-]{0,40}$/)), (text) => {
        for (const find of [findPlaceholders, findPlaceholdersInUrl, placeholdersInValue]) {
          let end = 0;
          for (const p of find(text)) {
            assert.ok(p.start >= end && p.end > p.start);
            assert.equal(text.slice(p.start, p.end), p.text);
            end = p.end;
          }
        }
      }),
      { numRuns: 5000 },
    );
  });
  it('never take a GUID, a number in E.164 or a token for one', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uuid(),
          fc.stringMatching(/^\+[1-9][0-9]{6,14}$/),
          fc.base64String({ minLength: 20 }).map((b) => `Bearer ${b.replaceAll('+', '-').replaceAll('/', '_')}`),
        ),
        (value) => {
          assert.deepEqual(placeholdersInValue(value), []);
        },
      ),
    );
  });
  for (const unit of ['{{', '{{a', '<a ', '<A_B>', '${', '%A', '</a', '%7B%7Ba', '{a']) {
    it(`take time in proportion to the length: ${unit}`, () => {
      const text = unit.repeat(2_000_000 / unit.length);
      for (const find of [findPlaceholders, findPlaceholdersInUrl, placeholdersInValue]) find(text);
    });
  }
});
