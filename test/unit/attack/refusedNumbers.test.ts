import assert from 'node:assert/strict';
import { readDialable, refusedAddress } from '../../../src/platform/dialable.js';
import { refusedCallee } from '../../../src/platform/refusedCallee.js';

/** Ways to write a number that is refused, which a dialler on the other side may read as that number all the same. */
const DISGUISED: readonly string[] = [
  'sip:911@example.com',
  'sips:911@example.com',
  'sip:911:secret@example.com',
  'sip:%39%31%31@example.com',
  'sip:%2B19005550142@example.com',
  'sip:+1-900-555-0142;phone-context=x@example.com',
  '"Front desk" <sip:911@example.com>',
  '<tel:911>',
  'tel:911',
  'tel://911',
  'callto:911',
  'tel:tel:911',
  'TEL:%2B1900-555-0142',
  '911,,12345678',
  '911#12345678',
  '911x12345678',
  '911p12345678',
  '911;postd=12345678',
  '9,911,,12345678',
  '+1 911',
  '+1-911,,5550142',
  '(+1) 900 555 0142',
  '0 0 1 900 555 0142',
  '00 1 911',
  '011 1 900 555 0142',
  '+1 900 CALL NOW',
  '\u200b+1 900 555 0142',
  '\u202a+1 900 555 0142\u202c',
  '9\u200b1\u200b1',
  '\uff19\uff11\uff11',
  '\u0669\u0661\u0661',
  '\u09ef\u09e7\u09e7',
  '\u0e59\u0e51\u0e51',
  '+\u09e7 \u09ef\u09e6\u09e6 555 0142',
];

describe('numbers that are refused, in disguise', () => {
  for (const address of DISGUISED)
    it(JSON.stringify(address), () => {
      assert.notEqual(refusedAddress(address), undefined);
    });

  it('leaves alone what is none of them', () => {
    for (const address of [
      '+13175550142',
      'tel:+13175550142',
      'tel:+1-317-555-0142;ext=911',
      '+1 317 555 0142 x911',
      'sip:+13175550142@example.com',
      'sip:alice@example.com',
      'sip:agent7@example.com',
      'sip:alice911@example.com',
      'sip:3f2504e0-4f89-41d3-9a0c-0305e82c3301@example.com',
      '"Room 911" <sip:+13175550142@example.com>',
      '+442079460018',
      '+1 800 CONTACT',
    ])
      assert.equal(refusedAddress(address), undefined, address);
  });

  it('are refused where somebody types them, too', () => {
    for (const typed of ['\u09ef\u09e7\u09e7', '\u200b911', '(+1) 900 555 0142', '0 0 1 900 555 0142'])
      assert.equal(readDialable(typed, 'US').kind, 'refused', typed);
  });
});

describe('requests that ring what is refused', () => {
  const ringing: readonly Record<string, unknown>[] = [
    { phoneNumber: '911' },
    { phoneNumber: 911 },
    { phoneNumber: ['911'] },
    { PhoneNumber: '911' },
    { participants: [{ address: 911 }] },
    { participants: { address: '911' } },
    { participants: [[{ address: '911' }]] },
    { participants: [{ userId: 'x', phoneNumber: '911' }] },
    { callUserId: '911' },
    { callQueueId: 'tel:911' },
    { participants: [{ userId: 'sip:911@example.com' }] },
    { phoneNumber: '+13175550142', participants: [{ address: '+19005550142' }] },
    { callbackNumbers: ['+13175550142', '911'] },
  ];
  for (const body of ringing)
    it(JSON.stringify(body), () => {
      assert.notEqual(refusedCallee(body), undefined);
    });

  it('may show any number to the other side', () => {
    const guid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    assert.equal(
      refusedCallee({ phoneNumber: '+13175550142', callerId: '911', callerIdName: '911', callFromQueueId: guid, attributes: { address: '911' } }),
      undefined,
    );
    assert.equal(refusedCallee({ callUserId: guid, priority: 5, uuiData: '911' }), undefined);
    assert.equal(refusedCallee({ participants: [{ userId: guid }, { queueId: guid, name: '911' }], conversationIds: [guid] }), undefined);
  });
});
