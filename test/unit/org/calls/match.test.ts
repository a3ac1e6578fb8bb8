import assert from 'node:assert/strict';
import { aimOf, isSameAddress } from '../../../../src/org/calls/aim.js';
import { callEnd } from '../../../../src/org/calls/callEnd.js';
import type { Conversation, Party } from '../../../../src/org/calls/conversation.js';
import { readConversation } from '../../../../src/org/calls/conversation.js';
import { liveCall, PHASE_WORDS } from '../../../../src/org/calls/liveCall.js';
import { fitOf, whenSent } from '../../../../src/org/calls/match.js';
import { findRegion, type Region, sandboxRegion } from '../../../../src/platform/regions.js';
import { isStreamingUri } from '../../../../src/platform/streaming.js';

const AGENT = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const SENT = Date.parse('2026-11-22T12:00:00Z');

const party = (more: Partial<Party>): Party => ({
  id: 'p',
  purpose: 'user',
  dialled: [],
  attributes: {},
  direction: 'outbound',
  state: 'connected',
  held: false,
  reasons: [],
  ...more,
});
const agent = (more: Partial<Party> = {}): Party => party({ id: 'own', userId: AGENT, connectedAt: SENT + 1000, ...more });
const outside = (more: Partial<Party> = {}): Party => party({ id: 'other', purpose: 'customer', address: 'tel:+13175550142', ...more });
const conversation = (...parties: Party[]): Conversation => ({ id: 'c', startedAt: SENT + 500, parties });

describe('org/calls, which call is whose', () => {
  const request = (url: string, body: object) => ({ exchange: { request: { method: 'POST', url, headers: [], body: JSON.stringify(body) } } });
  const AIM = aimOf(
    request(`https://api.mypurecloud.com/api/v2/conversations/calls/user/${AGENT}`, { phoneNumber: '+1 317 555 0142', attributes: { ticket: '7' } }),
  );
  const sent = whenSent({ at: new Date(SENT).toISOString(), uptime: 100 }, SENT + 5000, { now: SENT + 5000, uptime: 105 });
  const fits = (c: Conversation): string => fitOf(c, AIM as never, AGENT, sent);

  const CASES: readonly [what: string, c: Conversation, fit: string][] = [
    ['the agent who called the number then', conversation(agent(), outside()), 'certain'],
    ['the number among more parties', conversation(agent(), outside(), party({ address: 'tel:+13175550199' })), 'certain'],
    ['the number as the agent’s leg has it', conversation(agent({ dialled: ['tel:+13175550142'] })), 'certain'],
    ['nobody else yet', conversation(agent({ state: 'contacting' })), 'possible'],
    ['no word of when', { id: 'c', parties: [agent(), outside()] }, 'possible'],
    ['another number', conversation(agent(), outside({ address: 'tel:+13175550143' })), 'none'],
    ['another agent', conversation(agent({ userId: 'x' }), outside()), 'none'],
    ['a call that the agent got', conversation(agent({ direction: 'inbound' }), outside()), 'none'],
    ['a call of a minute before', { ...conversation(agent(), outside()), startedAt: SENT - 60_000 }, 'none'],
    ['a call of two minutes later', { ...conversation(agent(), outside()), startedAt: SENT + 120_000 }, 'none'],
    ['the same attributes', conversation(agent(), outside({ attributes: { ticket: '7', more: 'x' } })), 'certain'],
    ['other attributes', conversation(agent(), outside({ attributes: { ticket: '8' } })), 'none'],
  ];
  for (const [what, c, fit] of CASES) it(`is ${fit} for ${what}`, () => assert.equal(fits(c), fit));

  it('knows the aim of both operations, and of nothing else', () => {
    const url = 'https://api.mypurecloud.com/api/v2/conversations/calls';
    const sender = { account: 'a', kind: 'user' as const, principal: 'me' };
    assert.deepEqual(
      [aimOf({ ...request(url, { phoneNumber: '1' }), sender })?.agentId, aimOf(request(url, { phoneNumber: '1' }))?.agentId],
      ['me', undefined],
    );
    assert.deepEqual([AIM?.as, AIM?.agentId, AIM?.addresses, AIM?.origin], ['on-behalf', AGENT, ['+1 317 555 0142'], 'https://api.mypurecloud.com']);
    for (const other of [
      request(url, {}),
      request(`${url}/history`, { phoneNumber: '1' }),
      request(url, { conversationIds: ['a', 'b'], phoneNumber: '1' }),
      { exchange: {} },
    ])
      assert.equal(aimOf(other), undefined);
  });

  const SAME: readonly [string, string, boolean][] = [
    ['tel:+13175550142', '+1 (317) 555-0142', true],
    ['+13175550142', '317 555 0142', true],
    ['+442079460102', '020 7946 0102', true],
    ['+13175550142', '+443175550142', false],
    ['+13175550142', '+13175550143', false],
    ['1234', '1234', true],
    ['+13175551234', '1234', false],
    ['sip:agent@example.com;transport=tls', 'AGENT@example.com', true],
    ['sip:a@example.com', 'sip:b@example.com', false],
    ['', '', false],
  ];
  for (const [a, b, same] of SAME)
    it(`${same ? 'takes' : 'does not take'} ${a} for ${b}`, () => assert.deepEqual([isSameAddress(a, b), isSameAddress(b, a)], [same, same]));

  it('tells when something was sent by the time since, and doubts clocks that disagree', () => {
    const at = new Date(SENT).toISOString();
    const spans = (now: number, uptime: number | undefined, uptimeNow: number) =>
      whenSent({ at, ...(uptime === undefined ? {} : { uptime }) }, 1_000_000_000, { now, uptime: uptimeNow });
    // The platform's clock is not ours: what counts is how long ago.
    const agreed = spans(SENT + 10_000, 50, 60);
    assert.deepEqual([agreed.sure, agreed.ago, agreed.spans.length], [true, 10_000, 1]);
    assert.ok((agreed.spans[0]?.from ?? 0) <= 1_000_000_000 - 10_000 && (agreed.spans[0]?.to ?? 0) >= 1_000_000_000 - 10_000 + 60_000);
    assert.deepEqual([spans(SENT + 3_610_000, 50, 60).sure, spans(SENT + 3_610_000, 50, 60).spans.length], [false, 2], 'set forward');
    assert.deepEqual([spans(SENT - 3_590_000, 50, 60).sure, spans(SENT - 3_590_000, 50, 60).spans.length], [false, 1], 'set back');
    assert.deepEqual([spans(SENT + 10_000, 50, 3).sure, spans(SENT + 10_000, 50, 3).spans.length], [false, 1], 'started anew');
    assert.equal(spans(SENT + 10_000, undefined, 60).sure, false);
  });
});

describe('org/calls, where a call is', () => {
  const CASES: readonly [what: string, c: Conversation, phase: string][] = [
    ['the agent is contacted', conversation(agent({ state: 'contacting' })), 'dialing'],
    ['the agent’s phone rings', conversation(agent({ state: 'alerting' })), 'agent'],
    ['the agent is there and nobody is dialled yet', conversation(agent()), 'dialing'],
    ['the number is dialled', conversation(agent(), outside({ state: 'dialing' })), 'outside'],
    ['a queue looks for somebody', conversation(agent(), party({ purpose: 'acd', queueId: 'q', direction: 'inbound' })), 'outside'],
    ['both talk', conversation(agent(), outside()), 'connected'],
    ['the agent holds', conversation(agent({ held: true }), outside()), 'held'],
    ['the other side holds', conversation(agent(), outside({ held: true })), 'held'],
    ['the agent has gone', conversation(agent({ state: 'disconnected' }), outside()), 'ended'],
    ['all have gone', conversation(agent({ state: 'terminated' }), outside({ state: 'disconnected' })), 'ended'],
    ['the conversation has an end', { ...conversation(agent(), outside()), endedAt: SENT + 9 }, 'ended'],
  ];
  it('has words for every state', () => assert.deepEqual([...new Set(CASES.map(([, , phase]) => phase))].sort(), Object.keys(PHASE_WORDS).sort()));
  for (const [what, c, phase] of CASES) it(`is ${phase} when ${what}`, () => assert.equal(liveCall(c, AGENT).phase, phase));

  it('counts how long they talked by the platform’s clock alone', () => {
    const over = { state: 'disconnected', endedAt: SENT + 70_000 };
    const live = liveCall(conversation(agent({ ...over, connectedAt: SENT + 1000 }), outside({ ...over, connectedAt: SENT + 5000 })), AGENT);
    assert.deepEqual([live.connectedAt, live.talked], [SENT + 5000, 65_000]);
    assert.equal(liveCall(conversation(agent(over), outside(over)), AGENT).talked, undefined);
  });

  it('reads both kinds of document alike', () => {
    const leg = { state: 'connected', direction: 'outbound', held: false, connectedTime: '2026-11-22T12:00:01.000Z' };
    const asCall = { id: 'c', participants: [{ id: 'own', user: { id: AGENT }, purpose: 'agent', startTime: '2026-11-22T12:00:00.000Z', ...leg }] };
    const asConversation = { id: 'c', startTime: '2026-11-22T12:00:00.000Z', participants: [{ id: 'own', userId: AGENT, purpose: 'agent', calls: [leg] }] };
    assert.deepEqual(liveCall(readConversation(asCall) as Conversation, AGENT), liveCall(readConversation(asConversation) as Conversation, AGENT));
    for (const other of [undefined, 7, [], {}, { id: 'c' }, { id: '', participants: [] }, { id: 7, participants: [] }])
      assert.equal(readConversation(other), undefined);
  });
});

describe('org/calls, why a call ended', () => {
  const gone = (more: Partial<Party>): Partial<Party> => ({ state: 'disconnected', ...more });
  const CASES: readonly [what: string, c: Conversation, failed: boolean, words: RegExp, code: string][] = [
    [
      'the agent hangs up',
      conversation(agent(gone({ disconnectType: 'client' })), outside(gone({ connectedAt: SENT, disconnectType: 'peer' }))),
      false,
      /agent hung up/,
      'client',
    ],
    [
      'the other side hangs up',
      conversation(agent(gone({ disconnectType: 'peer' })), outside(gone({ connectedAt: SENT, disconnectType: 'endpoint' }))),
      false,
      /other side hung up/,
      'peer',
    ],
    [
      'the agent hangs up while it rings',
      conversation(agent(gone({ disconnectType: 'client' })), outside(gone({ disconnectType: 'peer' }))),
      false,
      /before it was answered/,
      'client',
    ],
    [
      'the agent’s phone is not answered',
      conversation(agent(gone({ connectedAt: undefined as never, error: { code: 'error.ininedgecontrol.connection.timeout', message: '' } }))),
      true,
      /agent's phone was not answered/,
      'error.ininedgecontrol.connection.timeout',
    ],
    [
      'an error is not known',
      conversation(agent(gone({ error: { code: 'error.ininedgecontrol.new.one', message: 'm' } }))),
      true,
      /telephony side: m/,
      'error.ininedgecontrol.new.one',
    ],
    [
      'a command came too late, which does no harm',
      conversation(
        agent(gone({ disconnectType: 'client', error: { code: 'error.ininedgecontrol.session.inactive', message: '' } })),
        outside(gone({ connectedAt: SENT })),
      ),
      false,
      /hung up/,
      'client',
    ],
    [
      'the network says what nobody knows',
      conversation(agent(gone({ disconnectType: 'peer' })), outside(gone({ reasons: [{ type: 'sip', code: 499, phrase: 'Odd' }] }))),
      true,
      /SIP 499 Odd/,
      'SIP 499',
    ],
    ['only Q.850 says why', conversation(agent(gone({})), outside(gone({ reasons: [{ type: 'q850', code: 17, phrase: '' }] }))), true, /busy/, 'Q.850 17'],
  ];
  for (const [what, c, failed, words, code] of CASES)
    it(`says it when ${what}`, () => {
      const end = callEnd(c, AGENT);
      assert.deepEqual([end.failed, words.test(end.words), end.code], [failed, true, code], JSON.stringify(end));
    });
});

describe('platform/streaming', () => {
  const region = findRegion('us-east-1') as Region;
  for (const [uri, is] of [
    ['wss://streaming.mypurecloud.com/channels/streaming-0-abc', true],
    ['wss://streaming.mypurecloud.com.au/channels/x', false],
    ['wss://streaming.mypurecloud.com:8443/channels/x', false],
    ['ws://streaming.mypurecloud.com/channels/x', false],
    ['wss://a:b@streaming.mypurecloud.com/channels/x', false],
    ['wss://evilmypurecloud.com/', false],
    ['no address', false],
  ] as const)
    it(`${is ? 'takes' : 'does not take'} ${uri}`, () => assert.equal(isStreamingUri(region, uri), is));
  it('takes the sandbox’s own origin alone for the sandbox', () => {
    const sandbox = sandboxRegion('http://127.0.0.1:8080');
    assert.deepEqual(
      ['ws://127.0.0.1:8080/channels/x', 'ws://127.0.0.1:8081/channels/x', 'wss://streaming.mypurecloud.com/x'].map((uri) => isStreamingUri(sandbox, uri)),
      [true, false, false],
    );
  });
});
