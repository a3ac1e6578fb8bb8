import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import type { MappedText } from '../../../src/exchange/mappedText.js';
import type { Region } from '../../../src/exchange/region.js';
import { findRegions } from '../../../src/exchange/regions.js';
import { WRITERS, type Writer } from './regionWriters.js';

const AWKWARD = fc.stringMatching(/^['"\\$`!^%&|<>(){}[\];#~*?@ \n\t\rA-z0-9=:,.‘’“”é☎-]{0,12}$/);
const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 10 }), AWKWARD, fc.constantFrom('+13175550142', "O'Brien", '{{x}}', '"', '\\', '\\"', '\n  '));
const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
/** Bodies as they are sent: compact or laid out. */
const body = fc
  .tuple(
    fc.dictionary(text, fc.oneof(value, fc.array(value, { maxLength: 3 }), fc.dictionary(text, value, { maxKeys: 2 })), { maxKeys: 4 }),
    fc.constantFrom(0, 2, '\t'),
  )
  .map(([json, indent]) => JSON.stringify(json, null, indent));
/** What an edit puts in: pieces of JSON, text that some quoting takes for its own. */
const replacement = fc.oneof(
  AWKWARD,
  fc.constantFrom(
    '',
    '"phoneNumber": "+13175550142"',
    ',\n  "a": 1',
    'x',
    "'",
    '"',
    '\\',
    '$',
    '`',
    '^',
    '&',
    '\n',
    '$(',
    '☎',
    '\ud83d\udcde',
    'EN\nD',
    "'@",
    '"@',
  ),
);

function only(source: string, writer: Writer): Region {
  const { regions, declined } = findRegions(source, writer.hint);
  assert.equal(declined, undefined);
  const region = regions[0];
  assert.ok(region, source);
  assert.equal(regions.length, writer.name === '.http' ? 2 : 1, source);
  return region;
}

function bodyOf(source: string, writer: Writer): MappedText {
  const { body: mapped } = only(source, writer);
  assert.ok(mapped, source);
  return mapped;
}

const sent = (writer: Writer, plain: string): string => (writer.sent ?? ((b: string) => b))(plain);

/** The line break at the end of a here-document and a here-string stays. */
const editable = (writer: Writer, mapped: MappedText): number => mapped.text.length - (writer.bash && writer.sent ? 1 : 0);

/** Stands for the character: itself, or an escape of it. */
function standsFor(written: string, character: string): boolean {
  if (written === character || written.endsWith(character)) return true;
  const letter = { '\n': 'n', '\t': 't', '\r': 'r', '\b': 'b', '\f': 'f' }[character];
  if (letter !== undefined && /^[\\`$']/.test(written) && written.endsWith(letter)) return true;
  return written === '^\n\n' || new RegExp(`\\\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}$`).test(written);
}

for (const writer of WRITERS) {
  describe(`a body in ${writer.name}`, function () {
    this.timeout(60_000);

    it('is found as it is sent, and every offset leads to its character and back', () => {
      fc.assert(
        fc.property(body, (b) => {
          const source = writer.write(b);
          fc.pre(source !== undefined);
          const mapped = bodyOf(source, writer);
          assert.equal(mapped.text, sent(writer, b));
          let end = mapped.span.start;
          for (let offset = 0; offset < mapped.text.length; offset++) {
            const range = mapped.sourceRange(offset, offset + 1);
            // The line break at the end of a here-string stands nowhere.
            if (range.start === range.end) continue;
            assert.ok(range.start >= end && range.end > range.start && range.end <= mapped.span.end);
            assert.ok(standsFor(source.slice(range.start, range.end), mapped.text[offset] ?? ''), `${source.slice(range.start, range.end)} at ${offset}`);
            assert.equal(mapped.textOffset(range.start), offset);
            assert.equal(mapped.sourceOffset(offset), range.start);
            end = range.end;
          }
          assert.equal(mapped.sourceOffset(mapped.text.length), mapped.span.end);
        }),
        { numRuns: 300 },
      );
    });

    it('is edited at its place, and all else stays', () => {
      let edited = 0;
      fc.assert(
        fc.property(body, fc.nat(), fc.nat(20), replacement, (b, at, length, put) => {
          const source = writer.write(b);
          fc.pre(source !== undefined);
          const before = only(source, writer);
          const mapped = bodyOf(source, writer);
          const limit = editable(writer, mapped);
          const start = at % (limit + 1);
          const end = Math.min(limit, start + length);
          const expected = mapped.text.slice(0, start) + put + mapped.text.slice(end);
          const edit = mapped.edit(start, end, put);
          if (!edit) {
            // Where nothing can be written, the form itself cannot say it.
            const plain = writer.sent ? expected.replace(/\n$/, '') : expected;
            assert.ok(writer.write(plain) === undefined || cannotSay(writer, expected), `${JSON.stringify(expected)} in ${source}`);
            return;
          }
          edited++;
          assert.ok(edit.start >= before.span.start && edit.end <= before.span.end, 'outside of the region');
          const after = source.slice(0, edit.start) + edit.newText + source.slice(edit.end);
          if (isStructured(writer) && !parses(expected)) return;
          const found = findRegions(after, writer.hint).regions;
          const again = found[0];
          assert.ok(again?.body ?? expected === '', after);
          const read = again?.body?.text ?? '';
          assert.equal(layout(writer, read), layout(writer, expected), `${source}\n→\n${after}`);
          assert.deepEqual({ ...again?.request, body: '' }, { ...before.request, body: '' });
          assert.equal(found.length, findRegions(source, writer.hint).regions.length);
        }),
        { numRuns: 400 },
      );
      assert.ok(edited > 100, `only ${edited} edits`);
    });
  });
}

/** Forms whose body is a JSON value of the document: an edit that makes it something else changes the document. */
const isStructured = (writer: Writer): boolean => ['Pact, JSON', 'Pact 4', 'request JSON', '*.call.json'].includes(writer.name);

function parses(json: string): boolean {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null;
  } catch {
    return false;
  }
}

/** White space that the form itself adds or drops. */
function layout(writer: Writer, sentText: string): string {
  if (writer.sent) return writer.bash ? sentText.trimEnd() : sentText.trim();
  return writer.name === '.http' ? sentText.trim() : sentText;
}

const cannotSay = (writer: Writer, expected: string): boolean =>
  writer.name.startsWith('PowerShell')
    ? // All quotes behind backslashes: read as written for PowerShell before 7.3.
      expected.includes('"') && !/(?<!\\)(?:\\\\)*"/.test(expected)
    : writer.name === '.http'
      ? expected.trim() === '' || /^(?:###|```|> ?\{%|<> |HTTP\/|<|\s*$)/m.test(expected)
      : writer.name.startsWith('cmd')
        ? expected.includes('\r')
        : writer.name === 'a Markdown fence' ||
          (/^(?:bash, -d|bash, --json)/.test(writer.name) && expected.startsWith('@')) ||
          (writer.name === 'bash, -d with its value' && expected === '');

describe('edited commands beside bash', function () {
  this.timeout(60_000);
  before(function () {
    if (spawnSync('bash', ['--version']).status !== 0) this.skip();
  });

  it('give curl the body that was wanted, however it is quoted', () => {
    const script = ["curl() { for a; do if [ \"$a\" = @- ]; then cat; else printf '%s' \"$a\"; fi; printf '␟'; done; printf '␞'; }"];
    const expected: string[] = [];
    const writers = WRITERS.filter((w) => w.bash);
    for (const [i, [b, at, length, put]] of fc.sample(fc.tuple(body, fc.nat(), fc.nat(20), replacement), { numRuns: 600, seed: 11 }).entries()) {
      const writer = writers[i % writers.length] as Writer;
      const source = writer.write(b);
      if (source === undefined || /[␞␟]/.test(b + put)) continue;
      const region = only(source, writer);
      const mapped = region.body;
      assert.ok(mapped);
      const limit = editable(writer, mapped);
      const start = at % (limit + 1);
      const end = Math.min(limit, start + length);
      const edit = mapped.edit(start, end, put);
      const text = mapped.text.slice(0, start) + put + mapped.text.slice(end);
      // Half a surrogate pair has no bytes.
      if (!edit || /\p{Surrogate}/u.test(text)) continue;
      const after = source.slice(0, edit.start) + edit.newText + source.slice(edit.end);
      script.push(after.slice(0, after.search(/^echo/m) === -1 ? undefined : after.search(/^echo/m)).replace(/^set -e$/m, ''));
      expected.push(writer.sent ? `${text.replace(/\n$/, '')}\n` : text);
    }
    const out = spawnSync('bash', ['-c', script.join('\n')], { env: { ...process.env, LC_ALL: 'C.UTF-8' }, encoding: 'utf8' });
    assert.equal(out.stderr, '');
    const commands = out.stdout.split('␞').slice(0, -1);
    assert.equal(commands.length, expected.length);
    assert.ok(expected.length > 300);
    commands.forEach((args, i) => {
      const words = args.split('␟');
      assert.ok(words.includes(expected[i] ?? '') || words.includes(`-d${expected[i]}`), `${JSON.stringify(expected[i])}\n${JSON.stringify(words)}`);
    });
  });
});
