import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Change, changed, changedPieces, MappedText, PLAIN, type SourceEdit, type Writing, type WrittenPiece } from '../../../src/exchange/mappedText.js';

const JSON_LIKE: Writing = { open: '', close: '', encode: (t) => JSON.stringify(t).slice(1, -1) };
const DOUBLE: Writing = { open: '"', close: '"', encode: (t) => t.replace(/["\\]/g, '\\$&') };
const SINGLE: Writing = { open: "'", close: "'", encode: (t) => (t.includes("'") ? undefined : t) };

const apply = (source: string, { start, end, newText }: SourceEdit): string => source.slice(0, start) + newText + source.slice(end);

/** `"a\nb"` as a JSON string at offset 3: a, an escape, b. */
const SOURCE = 'x: "a\\nb";';
const pieces: readonly WrittenPiece[] = [
  { start: 0, end: 1, from: 4, to: 5, exact: true, writing: JSON_LIKE },
  { start: 1, end: 2, from: 5, to: 7, exact: false, writing: JSON_LIKE },
  { start: 2, end: 3, from: 7, to: 8, exact: true, writing: JSON_LIKE },
];
const mapped = MappedText.of('a\nb', pieces, { source: SOURCE });

describe('MappedText', () => {
  it('maps offsets both ways, an escape as a unit', () => {
    assert.deepEqual(
      [0, 1, 2, 3].map((o) => mapped.sourceOffset(o)),
      [4, 5, 7, 8],
    );
    assert.deepEqual(
      [3, 4, 5, 6, 7, 8, 9].map((o) => mapped.textOffset(o)),
      [undefined, 0, 1, 1, 2, 3, undefined],
    );
    assert.deepEqual(mapped.sourceRange(1, 2), { start: 5, end: 7 });
    assert.deepEqual(mapped.sourceRange(0, 3), { start: 4, end: 8 });
    assert.deepEqual(mapped.sourceRange(2, 2), { start: 7, end: 7 });
    assert.deepEqual(mapped.span, { start: 4, end: 8 });
  });

  it('ends after an escape where the text ends', () => {
    const mappedEscape = MappedText.of('\n', [{ start: 0, end: 1, from: 1, to: 3, exact: false, writing: JSON_LIKE }], { source: '"\\n"' });
    assert.deepEqual(
      [1, 2, 3].map((o) => mappedEscape.textOffset(o)),
      [0, 0, 1],
    );
  });

  it('writes what is put in as its place wants it', () => {
    assert.equal(mapped.encode('"\n', 1), '\\"\\n');
    assert.equal(apply(SOURCE, mapped.edit(1, 2, '"') as SourceEdit), 'x: "a\\"b";');
    assert.equal(apply(SOURCE, mapped.edit(0, 3, '') as SourceEdit), 'x: "";');
    assert.equal(apply(SOURCE, mapped.edit(3, 3, '☎') as SourceEdit), 'x: "a\\nb☎";');
  });

  it('changes no more than differs', () => {
    assert.deepEqual(mapped.edit(0, 3, 'a\nc'), { start: 7, end: 8, newText: 'c' });
    assert.deepEqual(mapped.edit(0, 3, 'a\nb'), { start: 8, end: 8, newText: '' });
    // Both halves of a pair go together.
    const phone = MappedText.plain('\ud83d\udcde', 0, 2);
    assert.deepEqual(phone.edit(0, 2, '\ud83d\udcdf'), { start: 0, end: 2, newText: '\ud83d\udcdf' });
    assert.deepEqual(phone.edit(0, 2, '\ud83c\udcde'), { start: 0, end: 2, newText: '\ud83c\udcde' });
  });

  it('has a place for text where there is none', () => {
    const empty = MappedText.of('', [{ start: 0, end: 0, from: 4, to: 4, exact: true, writing: JSON_LIKE }], { source: 'x: "";' });
    assert.deepEqual(empty.edit(0, 0, '"'), { start: 4, end: 4, newText: '\\"' });
    assert.equal(empty.textOffset(4), 0);
    assert.equal(empty.sourceOffset(0), 4);
  });

  it('closes one kind of quotes and opens the other where an edit goes across', () => {
    const source = `'ab'"cd"`;
    const two = MappedText.of(
      'abcd',
      [
        { start: 0, end: 2, from: 1, to: 3, exact: true, writing: SINGLE },
        { start: 2, end: 4, from: 5, to: 7, exact: true, writing: DOUBLE },
      ],
      { source },
    );
    assert.equal(apply(source, two.edit(1, 3, 'x') as SourceEdit), `'ax'"d"`);
    assert.equal(two.textOffset(3), 2);
    assert.equal(two.textOffset(4), undefined);
    // What the one cannot say is said beside the other.
    assert.equal(two.edit(0, 1, "'"), undefined);
    assert.equal(apply(source, two.edit(2, 3, "'") as SourceEdit), `'ab'"'d"`);
  });

  it('writes the word anew where nothing smaller is read right, and says nothing where that fails too', () => {
    const source = 'say ab!';
    const whole = { start: 4, end: 6, text: 'ab', quote: (t: string) => `<${t}>` };
    const word = (good: (edit: SourceEdit) => boolean): MappedText =>
      MappedText.of('ab', [{ start: 0, end: 2, from: 4, to: 6, exact: true, writing: PLAIN, whole }], { source, check: good });
    assert.deepEqual(word((e) => e.newText.startsWith('<')).edit(1, 2, 'c'), { start: 4, end: 6, newText: '<ac>' });
    assert.equal(word(() => false).edit(1, 2, 'c'), undefined);
    // One character more, if that is enough.
    assert.deepEqual(word((e) => e.start === 4 && !e.newText.startsWith('<')).edit(1, 2, 'c'), { start: 4, end: 6, newText: 'ac' });
  });

  it('gives parts that are mapped and edited like the whole', () => {
    const part = mapped.slice(1, 3);
    assert.equal(part.text, '\nb');
    assert.deepEqual(
      [0, 1, 2].map((o) => part.sourceOffset(o)),
      [5, 7, 8],
    );
    assert.equal(apply(SOURCE, part.edit(0, 1, '-') as SourceEdit), 'x: "a-b";');
    assert.deepEqual(part.slice(1, 2).edit(0, 1, 'c'), { start: 7, end: 8, newText: 'c' });
    assert.deepEqual(mapped.slice(3, 3).span, { start: 8, end: 8 });
    assert.deepEqual(mapped.slice(0, 0).span, { start: 4, end: 4 });
  });

  it('puts the prompt of the shell after each line break', () => {
    const text = MappedText.of('ab', [{ start: 0, end: 2, from: 0, to: 2, exact: true, writing: PLAIN }], { source: 'ab', linePrefix: '> ' });
    assert.deepEqual(text.edit(1, 1, '\n\n'), { start: 1, end: 1, newText: '\n> \n> ' });
  });
});

describe('a text with changes', () => {
  const cases = fc
    .tuple(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.array(fc.tuple(fc.nat(30), fc.nat(4), fc.string({ maxLength: 3 })), { maxLength: 5 }), fc.nat(5))
    .map(([text, raw, gap]) => {
      const changes: Change[] = [];
      let at = 0;
      for (const [skip, length, put] of raw) {
        const start = at + (skip % 5);
        const end = start + length;
        if (end > text.length || end === start) continue;
        changes.push({ start, end, text: put });
        at = end;
      }
      return { text, changes, gap };
    });

  it('keeps the place of every character that is not changed', () => {
    fc.assert(
      fc.property(cases, ({ text, changes, gap }) => {
        const source = '_'.repeat(gap) + text;
        // One piece for each character, so that pieces and changes do not line up.
        const own =
          text === ''
            ? [{ start: 0, end: 0, from: gap, to: gap, exact: true }]
            : Array.from({ length: text.length }, (_, i) => ({ start: i, end: i + 1, from: gap + i, to: gap + i + 1, exact: true }));
        for (const before of [own, [{ start: 0, end: text.length, from: gap, to: gap + text.length, exact: true }]]) {
          const result = changed(text, changes);
          const after = changedPieces(before, changes);
          assert.equal(after.map((p) => (p.exact ? source.slice(p.from, p.to) : result.slice(p.start, p.end))).join(''), result);
          let end = 0;
          for (const p of after) {
            assert.equal(p.start, end);
            assert.equal(result.slice(p.start, p.end).length, p.end - p.start);
            if (p.exact) assert.equal(source.slice(p.from, p.to), result.slice(p.start, p.end));
            end = p.end;
          }
          assert.equal(end, result.length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
