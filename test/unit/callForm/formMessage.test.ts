import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFormMessage } from '../../../src/sidebar/callForm/formMessage.js';
import { FORM_ACTIONS, type FormMessage, OPTION_NAMES } from '../../../src/sidebar/callForm/protocol.js';

const GOOD: readonly FormMessage[] = [
  { type: 'ready' },
  { type: 'search', field: 'agent', query: '' },
  { type: 'search', field: 'callee', query: 'x' },
  { type: 'pick', field: 'agent', id: 'x' },
  { type: 'as', value: 'self' },
  { type: 'as', value: 'on-behalf' },
  { type: 'from-queue', id: '' },
  { type: 'to-queue', id: 'x' },
  { type: 'to-kind', value: 'phone' },
  { type: 'to-kind', value: 'user' },
  { type: 'to-kind', value: 'queue' },
  { type: 'to-kind', value: 'conference' },
  { type: 'phone', text: '+1' },
  { type: 'party', text: '+1' },
  { type: 'remove-party', id: '+13175550142' },
  ...OPTION_NAMES.map((name): FormMessage => ({ type: 'option', name, value: '' })),
  ...FORM_ACTIONS.map((action): FormMessage => ({ type: 'do', action })),
];
const TYPES = new Set(GOOD.map((m) => m.type));

describe('callForm/formMessage', () => {
  for (const message of GOOD)
    it(`reads ${JSON.stringify(message)}`, () => {
      assert.deepEqual(readFormMessage(message), message);
      assert.deepEqual(readFormMessage({ ...message, extra: 'x', __proto__: null }), message);
    });

  const bad: readonly unknown[] = [
    undefined,
    null,
    'ready',
    [],
    [{ type: 'ready' }],
    {},
    { type: 'READY' },
    { type: ['ready'] },
    { type: 'toString' },
    { type: '__proto__' },
    { type: 'do' },
    { type: 'do', action: 'place call' },
    { type: 'do', action: 'constructor' },
    { type: 'do', action: ['place'] },
    { type: 'search', field: 'agent' },
    { type: 'search', field: 'boss', query: 'x' },
    { type: 'search', field: 'agent', query: 7 },
    { type: 'pick', field: 'agent', id: null },
    { type: 'as', value: 'somebody' },
    { type: 'from-queue' },
    { type: 'to-kind', value: 'nowhere' },
    { type: 'phone', text: { toString: () => '911' } },
    { type: 'party' },
    { type: 'remove-party', id: 7 },
    { type: 'option', name: 'ownerId', value: 'x' },
    { type: 'option', name: 'label' },
    { type: 'option', name: '__proto__', value: 'x' },
  ];
  for (const message of bad) it(`reads nothing from ${JSON.stringify(message)}`, () => assert.equal(readFormMessage(message), undefined));

  const long = 'x'.repeat(10_001);
  for (const message of GOOD.filter((m) => m.type !== 'ready'))
    it(`reads no ${message.type} whose texts are too long`, () => {
      const longer = Object.fromEntries(Object.entries(message).map(([key, value]) => [key, key === 'type' ? value : long]));
      assert.equal(readFormMessage(longer), undefined);
    });

  it('never throws, and never gives anything that is not of the protocol', () => {
    const likely = fc.record(
      {
        type: fc.oneof(fc.constantFrom(...TYPES), fc.anything()),
        ...Object.fromEntries(
          ['field', 'query', 'id', 'value', 'text', 'name', 'action'].map((k) => [
            k,
            fc.oneof(fc.string(), fc.constantFrom('agent', 'self', 'place', 'label'), fc.anything()),
          ]),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), likely), (message) => {
        const read = readFormMessage(message);
        if (read === undefined) return;
        assert.ok(TYPES.has(read.type));
        for (const value of Object.values(read)) assert.equal(typeof value, 'string');
        assert.deepEqual(readFormMessage(read), read);
      }),
      { numRuns: 3000 },
    );
  });
});
