import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readDialable, refusedAddress } from '../../../src/platform/dialable.js';
import { refusedPrefixes } from '../../../src/platform/refusedPrefixes.js';

describe('a number as typed', () => {
  const NUMBERS: readonly (readonly [string, string | undefined, string, string])[] = [
    ['+1 317 555 0142', undefined, '+13175550142', 'US'],
    ['+44 20 7946 0102', undefined, '+442079460102', 'GB'],
    ['+442079460102', undefined, '+442079460102', 'GB'],
    ['0044 20 7946 0102', undefined, '+442079460102', 'GB'],
    ['001 317 555 0142', undefined, '+13175550142', 'US'],
    [' (317) 555-0142 ', 'US', '+13175550142', 'US'],
    ['020 7946 0102', 'GB', '+442079460102', 'GB'],
    ['030 23125042', 'DE', '+493023125042', 'DE'],
    ['+44 20 7946 0102', 'US', '+442079460102', 'GB'],
    ['+13175550142', 'nowhere', '+13175550142', 'US'],
  ];
  for (const [typed, country, e164, of] of NUMBERS)
    it(`${typed}${country ? ` in ${country}` : ''} is dialled as ${e164}`, () => {
      const got = readDialable(typed, country);
      assert.deepEqual(got.kind === 'number' && [got.e164, got.country], [e164, of], JSON.stringify(got));
    });

  const EMERGENCY = ['112', '911', '999', '000', '110', '113', '119', '108', '988', '0112', '9911', '9-1-1', ' 112 ', '1 1 2', '9112'];
  for (const typed of EMERGENCY)
    for (const country of [undefined, 'US', 'GB', 'DE', 'AU'])
      it(`${typed} is never dialled${country ? ` in ${country}` : ''}`, () => assert.equal(readDialable(typed, country).kind, 'refused'));

  const WITH_PREFIX = ['+1911', '+1 911', '+44999', '+44 112', '+112', '+911', '00112', '٩١١', '１１２'];
  const MORE = ['0044999', '001911', '+1 9911', '+44 0999', '+49 110', '+61 000', '+33 112', '+39 118', '9-011-911', '0000', '+1 411', '+1 911 555 0142'];
  it('emergency numbers with a country code, a plus, what is dialled before, or other digits are refused with the reason', () => {
    for (const typed of [...WITH_PREFIX, ...MORE])
      for (const country of [undefined, 'US', 'GB']) {
        const got = readDialable(typed, country);
        assert.equal(got.kind, 'refused', `${typed} ${country} ${JSON.stringify(got)}`);
        assert.match(got.kind === 'refused' ? got.problem : '', /emergency or service number\. Call Doctor does not dial it/);
      }
  });

  it('short codes are refused with the reason, and not taken for numbers of a country', () => {
    for (const typed of ['411', '72345', '118118', '611', '#31#', '*69', '12 34 56'])
      for (const country of [undefined, 'US', 'GB', 'DE', 'IE']) {
        const got = readDialable(typed, country);
        assert.equal(got.kind, 'refused', `${typed} ${country} ${JSON.stringify(got)}`);
      }
  });

  const PREMIUM: readonly (readonly [string, string?])[] = [
    ['+1 900 555 0142'],
    ['900 555 0142', 'US'],
    ['+1 317 976 0142'],
    ['+44 909 879 0102'],
    ['0909 879 0102', 'GB'],
    ['+44 871 200 0102'],
    ['+49 900 1 234567'],
    ['0900 1 234567', 'DE'],
    ['+33 8 99 70 01 02'],
    ['+61 1900 654 321'],
    ['00 49 900 1234567'],
    ['+979 1 2345 6789'],
    ['+353 1512 345 678'],
    ['+82 60 700 1234'],
    ['+972 1900 123 456'],
  ];
  for (const [typed, country] of PREMIUM) it(`${typed} costs extra and is refused`, () => assert.equal(readDialable(typed, country).kind, 'refused'));

  const PROBLEMS: readonly (readonly [string, RegExp])[] = [
    ['', /Enter a number/],
    ['   ', /Enter a number/],
    ['+15550199', /too short/],
    ['317 555 0142', /Begin with \+/],
    ['1-800-FLOWERS', /Enter digits/],
    ['sip:a@b', /Enter digits/],
    ['{{number}}', /Enter digits/],
    ['+', /not a phone number/],
    ['+999 123', /not a phone number/],
    ['+1 317 555 01420000', /does not have the length|not a phone number/],
    [`+1${'3'.repeat(5000)}`, /./],
  ];
  for (const [typed, problem] of PROBLEMS)
    it(`${typed.slice(0, 30) || 'nothing'} is told what it lacks`, () => {
      const got = readDialable(typed);
      assert.equal(got.kind, 'problem');
      assert.match(got.kind === 'problem' ? got.problem : '', problem);
    });

  it('is dialled as a plus and at most 15 digits, or not at all, whatever it is', () => {
    const digits = fc.stringMatching(/^[+0-9 ().-]{0,22}$/);
    fc.assert(
      fc.property(fc.oneof(digits, fc.string()), fc.constantFrom(undefined, 'US', 'GB', 'DE', 'IN', 'xx'), (typed, country) => {
        const got = readDialable(typed, country);
        if (got.kind !== 'number') return;
        assert.match(got.e164, /^\+[1-9]\d{5,14}$/);
        assert.equal(readDialable(got.e164).kind, 'number');
      }),
      { numRuns: 3000 },
    );
  });

  it('a list of beginnings makes it stricter, and never looser', () => {
    const refused = refusedPrefixes(['+44 20', '+1 (317) 555', 'garbage', '+', '44', 7, '']);
    assert.deepEqual(refused, ['+4420', '+1317555']);
    for (const [typed, country] of [['+44 20 7946 0102'], ['020 7946 0102', 'GB'], ['0044 20 7946 0102'], ['317 555 0142', 'US']] as const) {
      const got = readDialable(typed, country, refused);
      assert.equal(got.kind, 'refused', typed);
      assert.match(got.kind === 'refused' ? got.problem : '', /callDoctor\.refusedNumbers/);
    }
    assert.equal(readDialable('+1 202 555 0142', undefined, refused).kind, 'number');
    assert.equal(readDialable('911', undefined, refused).kind, 'refused');
    for (const nothing of [undefined, null, 'x', {}, 5]) assert.deepEqual(refusedPrefixes(nothing), []);
  });

  it('an address in a request is refused however it is written', () => {
    for (const address of ['911', 'tel:911', 'sip:911@example.com', '+1911', 'tel:+44999;phone-context=x', '+1 900 555 0142', 'sips:112@pbx.example'])
      assert.ok(refusedAddress(address), address);
    for (const address of ['+13175550142', 'tel:+13175550142', 'sip:anna@example.com', 'anna@example.com'])
      assert.equal(refusedAddress(address), undefined, address);
    assert.ok(refusedAddress('tel:+13175550142', ['+1317']));
  });
});
