import assert from 'node:assert/strict';
import type { Attempt } from '../../../src/org/calls/attempt.js';
import { buildCallRequest } from '../../../src/platform/callRequest.js';
import { refusedCallee } from '../../../src/platform/refusedCallee.js';
import { cautionOf } from '../../../src/sidebar/caution.js';
import { confirmation, fromWords } from '../../../src/sidebar/confirmation.js';
import { ANNA, QUEUE, REAL } from './fake.js';

const words = { agent: 'Anna', to: '+44 20 7946 0102', org: 'Acme Insurance' };
const attempt = (more: Partial<Attempt>): Attempt => ({
  id: 'a',
  at: '2026-11-22T14:02:00',
  ...words,
  region: 'us-east-1',
  state: 'unknown',
  exchange: {},
  ...more,
});

describe('what is confirmed before a phone rings', () => {
  it('names agent, number with its country, from, org, region and operation', () => {
    const call = buildCallRequest({ as: 'on-behalf', agentId: ANNA, destination: { kind: 'phone', phoneNumber: '+442079460102' } });
    const { question, lines } = confirmation({ region: REAL, words, call, from: 'queue Sales', caution: '' });
    const all = [question, ...lines].join('\n');
    for (const part of [
      'Anna',
      '+44 20 7946 0102 (United Kingdom)',
      'queue Sales',
      'Acme Insurance',
      'us-east-1',
      'POST /api/v2/conversations/calls/user/{userId}',
    ])
      assert.ok(all.includes(part), part);
  });

  const FROM: readonly (readonly [object, { name: string; callerId?: string } | undefined, string])[] = [
    [{}, undefined, 'no queue and no caller ID: the trunk decides what is shown'],
    [{ callFromQueueId: QUEUE }, { name: 'Sales', callerId: 'Acme +13175550100' }, 'queue Sales, which shows Acme +13175550100'],
    [{ callFromQueueId: QUEUE }, { name: 'Sales', callerId: '' }, 'queue Sales, which sets no caller ID'],
    [{ callFromQueueId: QUEUE }, { name: 'Sales' }, 'queue Sales'],
    [{ callFromQueueId: QUEUE }, undefined, `queue ${QUEUE}`],
    [{ callFromQueueId: QUEUE, callerId: '+13175550100' }, { name: 'Sales', callerId: 'x' }, 'queue Sales, caller ID +13175550100'],
    [{ callerId: '+13175550100', callerIdName: 'Acme' }, undefined, 'caller ID Acme +13175550100'],
  ];
  for (const [body, queue, said] of FROM)
    it(`says “${said}”`, () => {
      assert.equal(fromWords(body as Readonly<Record<string, unknown>>, queue), said);
    });
});

describe('a second try', () => {
  const now = new Date('2026-11-22T14:05:00');
  it('is told when the one before was, to whom, and how many there were', () => {
    const { text, toldOf } = cautionOf([attempt({ id: 'b' }), attempt({ id: 'a', state: 'sending' })], 'Anna', now);
    assert.equal(text, 'An attempt at 14:02 (3 min ago) to +44 20 7946 0102, and 1 more before, may have rung: ask Anna first.');
    assert.deepEqual(toldOf, new Set(['a', 'b']));
  });
  it('is told of one that another window may be sending', () => {
    assert.match(cautionOf([attempt({ state: 'sending' })], 'Anna', now).text, /is under way, or was cut off, and may have rung: ask Anna first/);
  });
  it('is told nothing where there is nothing', () => assert.deepEqual(cautionOf([], 'Anna', now), { text: '', toldOf: new Set() }));
});

describe('a request that would ring a refused number', () => {
  const REFUSED: readonly object[] = [
    { phoneNumber: '911' },
    { phoneNumber: '+1911' },
    { phoneNumber: 'tel:112' },
    { phoneNumber: 'sip:999@trunk.example' },
    { participants: [{ address: '+13175550142' }, { address: '+44999' }] },
    { participants: Array.from({ length: 300 }, (_, i) => ({ address: i === 299 ? '911' : '+13175550142' })) },
  ];
  for (const body of REFUSED)
    it(`is not sent: ${JSON.stringify(body).slice(0, 70)}`, () => assert.match(refusedCallee(body as Readonly<Record<string, unknown>>) ?? '', /emergency/));

  it('is not one for the number that is shown, or for ids', () => {
    assert.equal(refusedCallee({ phoneNumber: '+13175550142', callerId: '911' }), undefined);
    assert.equal(refusedCallee({ callUserId: ANNA }), undefined);
    assert.ok(refusedCallee({ phoneNumber: '+13175550142' }, ['+1317']));
  });
});
