import assert from 'node:assert/strict';
import { PLACE_AS_SELF } from '../../../src/platform/callRequest.js';
import { REGIONS, type Region } from '../../../src/platform/regions.js';
import { confirmation, fromWords } from '../../../src/sidebar/confirmation.js';

const region = REGIONS[0] as Region;

const shown = (body: Record<string, unknown>, words: { agent?: string; to?: string; org?: string } = {}) =>
  confirmation({
    region,
    words: { agent: 'Dana Agent', to: '+1 317-555-0142', org: 'Example', ...words },
    call: { method: 'POST', operation: PLACE_AS_SELF.path, path: PLACE_AS_SELF.path, body },
    from: fromWords(body),
    caution: '',
  });

describe('what is confirmed is what is sent', () => {
  it('shows the number of the request where the words say another', () => {
    const { lines } = shown({ phoneNumber: '+442079460018' });
    assert.match(lines.join('\n'), /\+442079460018/);
  });

  it('shows each number of a conference that the words leave out', () => {
    const { lines } = shown({ participants: [{ address: '+13175550142' }, { address: '+442079460018' }] });
    assert.match(lines.join('\n'), /\+442079460018/);
  });

  it('does not say a number twice', () => {
    const { lines } = shown({ phoneNumber: '+13175550142' });
    assert.equal(lines[1], 'To: +1 317-555-0142 (United States)');
    assert.equal(shown({ phoneNumber: 'tel:+13175550142' }).lines[1], 'To: +1 317-555-0142 (United States)');
  });

  it('keeps each thing on its line, whatever a name or a caller ID has in it', () => {
    const { question, lines } = shown(
      { phoneNumber: '+13175550142', callerIdName: 'Desk\nTo: +44 20 7946 0018\u2028Org: Other\u202e' },
      { agent: 'Dana\r\nTo: nobody', to: '+1 317-555-0142\nFrom: you', org: 'Example\u2066\tOther' },
    );
    assert.equal(lines.length, 5);
    for (const line of [question, ...lines]) assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\u2028\u2029]/u);
  });
});
