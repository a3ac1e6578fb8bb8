import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maskNumbers } from '../../../src/platform/maskNumbers.js';

describe('platform/maskNumbers', () => {
  for (const [text, masked] of [
    ['+1 317 555 0142', '+1 ••42'],
    ['+13175550142', '+1 ••42'],
    ['+44 20 7946 0102', '+44 ••02'],
    ['tel:+442079460102', 'tel:+44 ••02'],
    ['(317) 555-0142', '••42'],
    ['317.555.0142', '••42'],
    ['0171 5550142', '••42'],
    ['{"phoneNumber":"+13175550142"}', '{"phoneNumber":"+1 ••42"}'],
    ['to +1 317 555 0142 and +44 20 7946 0102.', 'to +1 ••42 and +44 ••02.'],
    ['sip:+13175550142@sip.example.com', 'sip:+1 ••42@sip.example.com'],
  ] as const)
    it(`masks ${text}`, () => assert.equal(maskNumbers(text), masked));

  for (const text of [
    'the queue Sales EMEA',
    'Sales Agent 7',
    'conversation 3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    '12345678-1234-4234-8234-123456789012',
    'on 2026-11-22 at 14:02',
    'connect ECONNREFUSED 192.168.100.101:443',
    'answered 503, 30000 ms',
    '',
  ])
    it(`leaves ${JSON.stringify(text)}`, () => assert.equal(maskNumbers(text), text));

  const number = fc
    .tuple(fc.constantFrom('1317555', '442079460', '4930555', '8135550'), fc.integer({ min: 100, max: 9999 }))
    .map(([start, end]) => `${start}${end}`);
  const written = fc.tuple(number, fc.constantFrom('', ' ', '-', '.')).map(([digits, between]) => ({ digits, text: `+${[...digits].join(between)}` }));

  it('never shows more than a country and the last two digits, however a number is written', () => {
    fc.assert(
      fc.property(written, fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '(') }), ({ digits, text }, around) => {
        const masked = maskNumbers(`${around} ${text} ${around}`);
        const shown = masked.replace(/\D/g, '');
        assert.ok(shown.length <= 5, masked);
        assert.ok(shown.endsWith(digits.slice(-2)), masked);
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string(), written, (before, { text }) => {
        const once = maskNumbers(`${before} ${text}`);
        assert.equal(maskNumbers(once), once);
      }),
    );
  });
});
