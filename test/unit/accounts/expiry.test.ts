import assert from 'node:assert/strict';
import { endingWords, expiryOf, expiryWords, SOON, untilNextChange } from '../../../src/accounts/expiry.js';

const NOW = Date.parse('2026-03-02T12:00:00Z');
const HOUR = 3_600_000;

describe('accounts/expiry', () => {
  it('knows what renews itself, and of what nobody tells when it ends', () => {
    const kinds = (['client-credentials', 'code', 'saml2', 'token', 'sandbox'] as const).map((how) => expiryOf({ how }, NOW).kind);
    assert.deepEqual(kinds, ['renews', 'renews', 'unknown', 'unknown', 'renews']);
  });

  it('sees an end coming ten minutes before', () => {
    const kindAt = (now: number): string => expiryOf({ how: 'code', expiresAt: NOW }, now).kind;
    assert.deepEqual([NOW - SOON - 1, NOW - SOON, NOW - 1, NOW, NOW + HOUR].map(kindAt), ['good', 'soon', 'soon', 'over', 'over']);
  });

  it('says how long a state lasts: waiting that long leads to the next one', () => {
    for (const now of [NOW - 5 * HOUR, NOW - SOON - 1, NOW - SOON, NOW - 1]) {
      const before = expiryOf({ how: 'token', expiresAt: NOW }, now);
      const wait = untilNextChange(before, now) ?? assert.fail();
      assert.notEqual(expiryOf({ how: 'token', expiresAt: NOW }, now + wait).kind, before.kind);
      assert.equal(expiryOf({ how: 'token', expiresAt: NOW }, now + wait - 1).kind, before.kind);
    }
    assert.equal(untilNextChange(expiryOf({ how: 'token', expiresAt: NOW }, NOW), NOW), undefined);
    assert.equal(untilNextChange({ kind: 'renews' }, NOW), undefined);
  });

  it('says when, and on which day where it is another one', () => {
    const time = (at: number): string => new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
    const words = (at: number, now: number): string => expiryWords(expiryOf({ how: 'token', expiresAt: at }, now), now, 'en-GB');
    const noon = new Date(2026, 2, 2, 12).getTime();
    assert.equal(words(noon + HOUR, noon), `ends at ${time(noon + HOUR)}`);
    assert.equal(words(noon - HOUR, noon), `ended at ${time(noon - HOUR)}`);
    assert.equal(words(noon + 48 * HOUR, noon), `ends on 4 March at ${time(noon)}`);
  });

  it('is silent about an end that is far away, or that there is not', () => {
    assert.equal(endingWords({ how: 'code' }, NOW), '');
    assert.equal(endingWords({ how: 'token' }, NOW), '');
    assert.equal(endingWords({ how: 'token', expiresAt: NOW + 24 * HOUR }, NOW), '');
    assert.match(endingWords({ how: 'token', expiresAt: NOW + 2 * HOUR }, NOW), /^ends /);
    assert.match(endingWords({ how: 'token', expiresAt: NOW - HOUR }, NOW), /^ended /);
  });
});
