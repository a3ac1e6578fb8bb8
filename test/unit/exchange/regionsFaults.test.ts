import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseJson } from '../../../src/exchange/parseJson.js';
import { findPlaceholders } from '../../../src/exchange/placeholders.js';
import { readRequest } from '../../../src/exchange/readRequest.js';
import { findRegions, type RegionHint } from '../../../src/exchange/regions.js';
import { onlyRequest } from './read.js';

describe('placeholders before a brace of JSON', () => {
  const cases: readonly (readonly [text: string, found: readonly string[]])[] = [
    ['{"priority":{{p}}}', ['{{p}}']],
    ['{"a":{"priority":{{p}}}}', ['{{p}}']],
    ['{{{raw}}}', ['{{{raw}}}']],
    ['{"a":{{p}},"b":{{ q }}}', ['{{p}}', '{{ q }}']],
  ];
  for (const [text, found] of cases) {
    it(`takes as many braces as it has: ${text}`, () =>
      assert.deepEqual(
        findPlaceholders(text).map((p) => p.text),
        found,
      ));
  }
});

describe('integers beyond 2^53', () => {
  const body = '{"externalContactId": 12345678901234567890, "b": [-9007199254740993]}';

  it('keep their digits in every form of JSON', () => {
    assert.equal(onlyRequest(readRequest(`{"method":"POST","url":"/p","body":${body}}`)).body, body);
    assert.equal(onlyRequest(readRequest(`{"method":"POST","url":"/p",/* x */"body":${body},}`)).body, body);
    assert.equal(onlyRequest(readRequest(`{"interactions":[{"request":{"method":"POST","path":"/p","body":${body}}}]}`)).body, body);
    assert.equal(
      onlyRequest(readRequest(`{"interactions":[{"request":{"method":"POST","path":"/p","body":{"content":${body},"encoded":false}}}]}`)).body,
      body,
    );
  });

  it('change nothing for a body without one', () => {
    assert.equal(onlyRequest(readRequest('{"method":"POST","url":"/p","id":12345678901234567890,"body":{"a":1}}')).body, '{\n  "a": 1\n}');
  });

  it('leave the value as JSON.parse has it', () => {
    fc.assert(
      fc.property(fc.json(), fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (json, big) => {
        const text = `{"a": ${json}, "n": ${big}}`;
        const read = parseJson(text);
        assert.ok(read.ok && !read.tolerated);
        assert.deepEqual(read.value, JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });
});

const HINTS: readonly (RegionHint | undefined)[] = [
  undefined,
  { languageId: 'shellscript' },
  { languageId: 'markdown', payload: true },
  { languageId: 'http' },
  { languageId: 'json' },
  { languageId: 'powershell' },
  { languageId: 'bat' },
  { fileName: 'x.call.json' },
];

describe('findRegions, whatever it is given', function () {
  this.timeout(60_000);
  const pieces = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...['curl ', 'curl.exe ', ' ', '\n', '\r\n', '\\\n', '^\n', '`\n', "'", '"', '\\"', '^"', "$'", '$(', '`', '<<E\n', '\nE\n', '<<<', '>', '|', '&'],
          ...[
            ' -d ',
            ' -H ',
            " 'A: b' ",
            ' --json ',
            ' -G ',
            ' --next ',
            ' @- ',
            ' @x ',
            "@'\n",
            "\n'@",
            'https://h/p ',
            '{{x}}',
            '<X>',
            '###\n',
            '@a = {{a}}\n',
          ],
          ...[
            'POST /p\n',
            'HTTP/1.1 403 F\n',
            '< x',
            '{',
            '}',
            '[',
            ']',
            ':',
            ',',
            '"log":',
            '"entries":',
            '"request":',
            '"interactions":',
            '"method":"POST"',
            '"url":"/p"',
          ],
          ...[
            '"headers":',
            '"body":',
            '"postData":',
            '"text":',
            '"content":',
            '"encoded":true',
            '//',
            '/*',
            '```',
            '```sh\n',
            '~~~\n',
            '> ',
            '$ ',
            '\ufeff',
            '\0',
            '\ud800',
            '“',
            '–X ',
          ],
        ),
        fc.string({ unit: 'binary', maxLength: 6 }),
      ),
      { maxLength: 40 },
    )
    .map((all) => all.join(''));

  it('gives regions in order and apart, whose texts are mapped into them', () => {
    fc.assert(
      fc.property(
        fc.oneof(pieces, fc.string({ unit: 'binary' }), fc.json()),
        fc.constantFrom(...HINTS),
        fc.nat(),
        fc.string({ maxLength: 3 }),
        (text, hint, at, put) => {
          let end = 0;
          for (const region of findRegions(text, hint).regions) {
            assert.ok(region.span.start >= end && region.span.end >= region.span.start && region.span.end <= text.length);
            end = region.span.end;
            const all = [region.method, region.url, region.path, region.body, region.file, ...region.headers.flatMap((h) => [h.name, h.value])];
            for (const mapped of all) {
              if (!mapped) continue;
              assert.ok(mapped.span.start >= region.span.start && mapped.span.end <= region.span.end, JSON.stringify([text, mapped.text]));
              let source = mapped.span.start;
              for (let o = 0; o <= mapped.text.length; o++) {
                const next = mapped.sourceOffset(o);
                assert.ok(next >= source && next <= mapped.span.end, 'offsets grow');
                source = next;
              }
            }
            if (region.body) {
              assert.equal(region.body.text, region.request.body);
              const start = at % (region.body.text.length + 1);
              const edit = region.body.edit(start, start, put);
              assert.ok(!edit || (edit.start >= region.span.start && edit.end <= region.span.end));
            }
          }
        },
      ),
      { numRuns: 6000 },
    );
  });

  // Each would take hours if something were quadratic: mocha's limit tells the difference.
  for (const unit of [
    'curl ',
    "curl a.b -d '",
    'curl a.b -d x --next ',
    'curl a.b \\\n> ',
    '```\n',
    '```sh\ncurl a.b\n',
    '{"method":"POST","url":"/p"},',
    '[',
    'POST /p\n\n{',
    '@a={{a}}\n',
    'curl a.b <<E\n',
    '\\',
    '"\\',
    '^"',
    '\n\t',
    '\\$',
    "'\\''",
  ]) {
    it(`takes time in proportion to the length: ${JSON.stringify(unit)}`, () => {
      const text = unit.repeat(200_000 / unit.length);
      for (const hint of HINTS) findRegions(text, hint);
      for (const head of [
        'curl https://h/p -d "',
        "curl https://h/p -d $'",
        'curl https://h/p --data-binary @- <<-E\n',
        '{"method":"POST","url":"/p","body":"',
      ])
        for (const hint of HINTS.slice(0, 2)) findRegions(head + text, hint);
    });
  }
});
