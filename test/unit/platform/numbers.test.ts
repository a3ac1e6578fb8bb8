import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readDialable } from '../../../src/platform/dialable.js';
import { correctNumber, LIKELY_COUNTRIES, numberCandidates } from '../../../src/platform/numbers.js';

describe('a corrected number', () => {
  const RIGHT: readonly (readonly [string, string | undefined, string])[] = [
    ['(317) 555-0142', 'US', '+13175550142'],
    ['317.555.0142', 'CA', '+13175550142'],
    ['tel:+13175550142', undefined, '+13175550142'],
    ['+44 (0)20 7946 0102', undefined, '+442079460102'],
    ['020 7946 0102', 'GB', '+442079460102'],
    ['011 44 20 7946 0102', 'US', '+442079460102'],
    ['0044 20 7946 0102', undefined, '+442079460102'],
  ];
  for (const [typed, country, e164] of RIGHT)
    it(`${typed}${country ? ` in ${country}` : ''} is ${e164}`, () => {
      const got = correctNumber(typed, country);
      assert.equal(got.kind === 'number' && got.e164, e164);
    });

  const WRONG: readonly (readonly [string, string | undefined, RegExp])[] = [
    ['+15550199', undefined, /^\+15550199 is too short: after \+1 come 10 digits, here are 7\.$/],
    ['+1 317 555 01420000', undefined, /too long: after \+1 come 10 digits, here are 14/],
    ['5550142', 'US', /too short: after \+1 come 10 digits, here are 7/],
    ['+999 123', undefined, /No country has a code/],
    ['317 555 0142', undefined, /Begin with \+/],
    ['911', 'US', /emergency/],
    ['+1 900 555 0142', undefined, /premium/],
    ['{{number}}', 'US', /Enter digits/],
    ['', 'US', /Enter a number/],
    ['+', undefined, /not a phone number/],
  ];
  for (const [typed, country, problem] of WRONG)
    it(`${typed || 'nothing'} is told why not`, () => {
      const got = correctNumber(typed, country);
      assert.match(got.kind === 'problem' ? got.problem : JSON.stringify(got), problem);
    });

  it('is what the dialler makes of it, or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.stringMatching(/^[+0-9 ().-]{0,18}$/), fc.string()), fc.constantFrom(undefined, 'US', 'GB', 'xx'), (typed, country) => {
        const got = correctNumber(typed, country);
        if (got.kind === 'number') assert.equal(readDialable(got.e164).kind, 'number');
        else assert.ok(got.problem.length > 5);
      }),
    );
  });
});

describe('what a number may have been meant as', () => {
  const e164 = (typed: string, countries?: readonly string[]) => numberCandidates(typed, countries).map((c) => c.e164);

  it('is one for each country in which it can be one, the first country first', () => {
    assert.deepEqual(e164('317 555 0142', ['US', 'GB', 'MX']), ['+13175550142', '+523175550142']);
    assert.equal(e164('020 7946 0102', ['GB', 'US'])[0], '+442079460102');
  });
  it('is also the number without its plus sign', () => {
    assert.ok(e164('13175550142').includes('+13175550142'));
    assert.deepEqual(e164('442079460102', []), ['+442079460102']);
  });
  it('is the number itself, better written', () => {
    assert.deepEqual(e164('+1 (317) 555-0142'), ['+13175550142']);
    assert.deepEqual(e164('001 317 555 0142'), ['+13175550142']);
  });
  it('is nothing for what is right, too short, for nobody or a placeholder', () => {
    for (const typed of ['+13175550142', '+15550199', '911', '+1 900 555 0142', '{{number}}', '', 'bob']) assert.deepEqual(e164(typed), [], typed);
  });
  it('is offered once each, and dials', () => {
    for (const typed of ['3175550142', '030 23125042', '2079460102']) {
      const all = e164(typed);
      assert.equal(new Set(all).size, all.length);
      for (const number of all) assert.equal(readDialable(number).kind, 'number');
    }
    assert.equal(new Set(LIKELY_COUNTRIES).size, LIKELY_COUNTRIES.length);
  });
});
