import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ContactList, type ContactListOptions, readContacts, writeContacts } from '../../../src/platform/contactListCsv.js';
import { readCsv } from '../../../src/platform/csv.js';

async function made(text: string, options: Partial<ContactListOptions> = {}): Promise<ContactList> {
  const read = readContacts(text);
  assert.ok(read.ok, read.ok ? '' : read.problem);
  const list = await writeContacts(read.table, { country: '', phones: read.table.phones, ...options });
  assert.ok(list !== 'cancelled');
  return list;
}

describe('platform/contactListCsv, what it reads', () => {
  for (const [what, text] of [
    ['one a line', '+1 317 555 0142\n+44 20 7946 0102\n'],
    ['with commas on a line', '+13175550142, +442079460102'],
    ['with a header', 'Phone\n+13175550142\n+442079460102\n'],
    ['with a tel: each', 'tel:+13175550142\ntel:+442079460102'],
    ['as a spreadsheet guards them', "'+13175550142\n'+442079460102"],
  ] as const)
    it(`takes numbers ${what}`, async () => assert.equal((await made(text)).csv, 'Phone\r\n+13175550142\r\n+442079460102\r\n'));

  it('takes a table, and tells the columns with numbers by what is in them', async () => {
    const read = readContacts('Name;Kundennummer;Handy;Account id\nAnna;4711;+49 30 555 0101 23;1234567890\nBert;4712;+49 30 555 0101 24;1234567891');
    assert.ok(read.ok);
    assert.deepEqual(read.table.phones, [2]);
    const list = await made('Name,Home,Mobile\nAnna,+1 317 555 0142,+1 317 555 0143\n');
    assert.equal(list.csv, 'Name,Home,Mobile\r\nAnna,+13175550142,+13175550143\r\n');
    assert.deepEqual(list.phoneColumns, ['Home', 'Mobile']);
  });

  it('gives names that a contact list takes: none twice, none empty, no special characters', async () => {
    const list = await made('Na\\me,na me,"Phone ""1""",\nAnna,A,+13175550142,x\n');
    assert.equal(list.csv.split('\r\n')[0], 'Na me,na me 2,Phone 1,Column 4');
  });

  for (const [what, text, problem] of [
    ['nothing', ' \n', /nothing in it/],
    ['words', 'Anna\nBert', /no telephone number/],
    ['a table without numbers', 'a,b\nc,d\n', /telephone numbers/],
    ['an open quotation mark', 'Name,Phone\n"Anna,+13175550142', /Line 2/],
    [
      '51 columns',
      `${Array.from({ length: 51 }, (_, i) => `c${i}`).join(',')}\n${Array(51).fill('+13175550142').join(',')}`,
      /51 columns; a contact list has 50/,
    ],
  ] as const)
    it(`says that ${what} is no list`, () => {
      const read = readContacts(text);
      assert.ok(!read.ok);
      assert.match(read.problem, problem);
    });
});

describe('platform/contactListCsv, what it leaves out', () => {
  it('tells the line and the reason of emergency, premium, wrong and repeated numbers', async () => {
    const list = await made('Phone\n+13175550142\n911\n+1 900 555 0142\n317 555 0143\n+1 317 555 0142\n+1 317\nnobody\n');
    assert.equal(list.csv, 'Phone\r\n+13175550142\r\n');
    const by = new Map(list.leftOut.map((l) => [l.line, l.why]));
    assert.match(by.get(3) ?? '', /emergency/);
    assert.match(by.get(4) ?? '', /premium/);
    assert.match(by.get(5) ?? '', /\+ and the country code/);
    assert.match(by.get(6) ?? '', /already/);
    assert.match(by.get(7) ?? '', /short/);
    assert.match(by.get(8) ?? '', /digits/);
    assert.ok(list.leftOut.every((l) => !l.rowStays));
  });

  it('reads national numbers as of the country that was chosen', async () => {
    assert.equal((await made('Phone\n(317) 555-0142\n020 7946 0102', { country: 'US' })).csv.split('\r\n')[1], '+13175550142');
    assert.equal((await made('Phone\n020 7946 0102', { country: 'GB' })).csv.split('\r\n')[1], '+442079460102');
  });

  it('refuses what the settings refuse', async () => {
    const list = await made('Phone\n+13175550142\n+442079460102', { refused: ['+44'] });
    assert.equal(list.contacts, 1);
    assert.match(list.leftOut[0]?.why ?? '', /\+44/);
  });

  it('keeps a row whose other number is good, without the bad one', async () => {
    const list = await made('Name,Home,Mobile\nAnna,112,+13175550142\n', { phones: [1, 2] });
    assert.equal(list.csv, 'Name,Home,Mobile\r\nAnna,,+13175550142\r\n');
    assert.deepEqual(
      list.leftOut.map((l) => [l.line, l.text, l.rowStays]),
      [[2, '112', true]],
    );
  });

  it('leaves out a row with more than a contact list takes in a value', async () => {
    const list = await made(`Name,Phone\n${'x'.repeat(513)},+13175550142\nAnna,+13175550143\n`);
    assert.equal(list.contacts, 1);
    assert.match(list.leftOut[0]?.why ?? '', /513 characters/);
  });

  it('writes no formula of somebody else, and no second line into a record', async () => {
    const list = await made('Name,Phone\n"=HYPERLINK(""http://x"")",+13175550142\n"two\nlines",+13175550143\n');
    assert.match(list.csv, /"'=HYPERLINK\(""http:\/\/x""\)",\+13175550142\r\n/);
    assert.match(list.csv, /\r\ntwo lines,\+13175550143\r\n$/);
    assert.equal(list.guarded, 1);
  });

  it('ends when it is told to', async () => {
    const read = readContacts(`Phone\n${Array.from({ length: 1200 }, (_, i) => `+1317555${String(1000 + i)}`).join('\n')}`);
    assert.ok(read.ok);
    const told: number[] = [];
    const goOn = async (done: number): Promise<boolean> => told.push(done) < 2;
    assert.equal(await writeContacts(read.table, { country: '', phones: [0], goOn }), 'cancelled');
    assert.equal(told.length, 2);
  });

  it('never loses a row without saying so, and only writes numbers in E.164, each once', async () => {
    const number = fc.oneof(
      fc.integer({ min: 0, max: 99 }).map((n) => `+1 317 555 01${String(n).padStart(2, '0')}`),
      fc.constantFrom('911', '+19005550142', '', 'none', '+1'),
    );
    const name = fc.string({ unit: fc.constantFrom('a', '=', ',', '"', '\n', ' ', '-') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, number), { minLength: 1, maxLength: 30 }), async (people) => {
        const table = {
          columns: ['Name', 'Phone'],
          rows: people.map(([who, phone], i) => ({ line: i + 2, cells: [who, phone] })),
          phones: [1],
        };
        const list = await writeContacts(table, { country: '', phones: [1] });
        assert.ok(list !== 'cancelled');
        const read = readCsv(list.csv);
        assert.ok(read.ok);
        const phones = read.rows.slice(1).map((r) => r.cells[1] ?? '');
        assert.ok(phones.every((p) => /^\+1317555\d{4}$/.test(p)));
        assert.equal(new Set(phones).size, phones.length);
        assert.ok(read.rows.slice(1).every((r) => !/^\s*[=+\-@]/.test(r.cells[0] ?? '')));
        const lines = new Set(list.leftOut.map((l) => l.line));
        assert.equal(list.contacts + lines.size, people.length);
      }),
    );
  });
});
