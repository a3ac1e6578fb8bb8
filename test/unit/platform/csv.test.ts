import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCsv, withoutFormula, writeCsv } from '../../../src/platform/csv.js';

const cells = (text: string): readonly (readonly string[])[] => {
  const read = readCsv(text);
  assert.ok(read.ok);
  return read.rows.map((r) => r.cells);
};

describe('platform/csv', () => {
  it('reads what RFC 4180 says, and what people have', () => {
    assert.deepEqual(cells('a,b\r\n"x, y","say ""hi"""\r\n'), [
      ['a', 'b'],
      ['x, y', 'say "hi"'],
    ]);
    assert.deepEqual(cells('name;phone\nAnna;1'), [
      ['name', 'phone'],
      ['Anna', '1'],
    ]);
    assert.deepEqual(cells('a\tb'), [['a', 'b']]);
    assert.deepEqual(cells('\uFEFFa,b\n'), [['a', 'b']], 'the mark of a spreadsheet is no part of a name');
    assert.deepEqual(cells('"two\nlines",b'), [['two\nlines', 'b']]);
    assert.deepEqual(cells('a\rb\r'), [['a'], ['b']]);
  });

  it('leaves empty lines out, and counts them', () => {
    const read = readCsv('a\n\n,,\n"b\nb"\nc');
    assert.ok(read.ok);
    assert.deepEqual(
      read.rows.map((r) => r.line),
      [1, 4, 6],
    );
  });

  it('says where a quotation mark is never closed', () => {
    const read = readCsv('a,b\nc,"d\ne');
    assert.ok(!read.ok);
    assert.equal(read.line, 2);
  });

  it('reads back whatever it writes', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', ' ', '\n', '\r', ';', 'é', '=') });
    const rows = fc.array(
      fc.array(cell, { minLength: 2, maxLength: 4 }).map((r) => ['x', ...r]),
      { minLength: 1 },
    );
    fc.assert(fc.property(rows, (table) => assert.deepEqual(cells(writeCsv([['h', 'i'], ...table])).slice(1), table)));
  });

  for (const formula of ['=1+1', '+1+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1'])
    it(`puts an apostrophe before ${JSON.stringify(formula)}`, () => assert.equal(withoutFormula(formula), `'${formula}`));
  for (const plain of ['Anna', '', '1-2', 'a=b', '403', '-5', '+13175550142', '-0.5'])
    it(`leaves ${JSON.stringify(plain)}`, () => assert.equal(withoutFormula(plain), plain));
});
