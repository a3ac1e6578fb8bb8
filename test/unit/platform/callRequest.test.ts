import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkCallPayload, pointerTo } from '../../../src/platform/callPayload.js';
import { buildCallRequest, type CallIntent, FIELDS } from '../../../src/platform/callRequest.js';
import { GUID, OTHER_GUID } from './facts.js';

/** FACTS §1.1. */
const MODEL: Readonly<Record<string, string>> = {
  phoneNumber: 'string',
  callerId: 'string',
  callerIdName: 'string',
  callFromQueueId: 'string',
  callQueueId: 'string',
  callUserId: 'string',
  priority: 'int32',
  attributes: 'map<string,string>',
  languageId: 'string',
  routingSkillsIds: 'string[]',
  routingSkillExpression: 'string',
  conversationIds: 'string[]',
  participants: 'Destination[]',
  uuiData: 'string',
  externalContactId: 'string',
  label: 'string',
};
const QUEUE_ONLY = ['languageId', 'priority', 'routingSkillExpression', 'routingSkillsIds'];
const DESTINATIONS = ['callQueueId', 'callUserId', 'participants', 'phoneNumber'];

describe('the model of a call request', () => {
  it('has the 16 fields of FACTS §1.1 with their types', () => {
    assert.deepEqual(Object.fromEntries(FIELDS.map((f) => [f.name, f.type])), MODEL);
    assert.equal(FIELDS.length, 16);
  });

  it('knows the destinations and what only a queue uses', () => {
    assert.deepEqual(
      FIELDS.filter((f) => f.destination)
        .map((f) => f.name)
        .sort(),
      DESTINATIONS,
    );
    assert.deepEqual(
      FIELDS.filter((f) => f.onlyWith === 'callQueueId')
        .map((f) => f.name)
        .sort(),
      QUEUE_ONLY,
    );
    assert.equal(FIELDS.filter((f) => f.onlyWith).length, QUEUE_ONLY.length);
  });

  it('gives an example of each field that the model itself accepts', () => {
    for (const f of FIELDS) {
      const body = {
        ...(f.destination || f.name === 'conversationIds' ? {} : { [f.onlyWith ?? 'phoneNumber']: f.onlyWith ? GUID : '+13175550142' }),
        [f.name]: f.example,
      };
      assert.deepEqual(checkCallPayload(body), [], f.name);
    }
  });
});

describe('a call request', () => {
  const DESTINATION: readonly (readonly [CallIntent['destination'], object])[] = [
    [{ kind: 'phone', phoneNumber: '+13175550142' }, { phoneNumber: '+13175550142' }],
    [{ kind: 'user', userId: GUID }, { callUserId: GUID }],
    [{ kind: 'queue', queueId: GUID }, { callQueueId: GUID }],
    [{ kind: 'conference', participants: [{ address: '+13175550142' }, { userId: GUID }] }, { participants: [{ address: '+13175550142' }, { userId: GUID }] }],
  ];
  for (const [destination, body] of DESTINATION) {
    it(`to a ${destination.kind} as oneself is the plain operation`, () =>
      assert.deepEqual(buildCallRequest({ as: 'self', destination }), {
        method: 'POST',
        operation: '/api/v2/conversations/calls',
        path: '/api/v2/conversations/calls',
        body,
      }));
    it(`to a ${destination.kind} on behalf of an agent names the agent in the path`, () =>
      assert.deepEqual(buildCallRequest({ as: 'on-behalf', agentId: OTHER_GUID, destination }), {
        method: 'POST',
        operation: '/api/v2/conversations/calls/user/{userId}',
        path: `/api/v2/conversations/calls/user/${OTHER_GUID}`,
        body,
      }));
  }

  const phone = { kind: 'phone', phoneNumber: '+13175550142' } as const;
  it('keeps options of a queue for a queue only, and leaves out what is empty', () => {
    const options = { priority: 5, languageId: GUID, routingSkillsIds: [GUID], callerId: '', attributes: {}, label: 'x' };
    assert.deepEqual(buildCallRequest({ as: 'self', destination: phone, options }).body, { phoneNumber: '+13175550142', label: 'x' });
    const toQueue = buildCallRequest({ as: 'self', destination: { kind: 'queue', queueId: GUID }, options }).body;
    assert.deepEqual(toQueue, { callQueueId: GUID, priority: 5, languageId: GUID, routingSkillsIds: [GUID], label: 'x' });
    const none = buildCallRequest({ as: 'self', destination: { kind: 'queue', queueId: GUID }, options: { priority: 0, routingSkillsIds: [] } }).body;
    assert.deepEqual(none, { callQueueId: GUID, priority: 0 });
  });

  it('calls on behalf of a queue by callFromQueueId', () =>
    assert.equal(buildCallRequest({ as: 'self', destination: phone, fromQueueId: GUID }).body['callFromQueueId'], GUID));

  it('cannot leave the path by the id of the agent', () => {
    assert.equal(buildCallRequest({ as: 'on-behalf', agentId: '../x?y', destination: phone }).path, '/api/v2/conversations/calls/user/..%2Fx%3Fy');
    assert.throws(() => buildCallRequest({ as: 'on-behalf', destination: phone }), /of whom/);
  });

  it('that this builds has no problem in its own model', () => {
    const text = fc.string({ minLength: 1, maxLength: 12 });
    const destination = fc.oneof(
      text.map((phoneNumber) => ({ kind: 'phone' as const, phoneNumber })),
      fc.uuid().map((userId) => ({ kind: 'user' as const, userId })),
      fc.uuid().map((queueId) => ({ kind: 'queue' as const, queueId })),
    );
    const options = fc.record(
      {
        callerId: fc.string(),
        label: fc.string(),
        priority: fc.integer({ min: -5, max: 100 }),
        languageId: fc.uuid(),
        routingSkillsIds: fc.array(fc.uuid()),
        attributes: fc.dictionary(text, text),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(destination, options, (destination, options) => {
        assert.deepEqual(checkCallPayload(buildCallRequest({ as: 'self', destination, options }).body), []);
      }),
    );
  });
});

describe('the problems of a payload', () => {
  const of = (body: unknown) => checkCallPayload(body).map((p) => `${p.kind} ${p.pointer}`);
  const T: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['one number', { phoneNumber: '+13175550142' }, []],
    ['nulls', { phoneNumber: '+13175550142', callUserId: null, priority: null }, []],
    ['a merge of calls', { conversationIds: [GUID, OTHER_GUID] }, []],
    ['nothing', {}, ['no-destination ']],
    ['an empty number', { phoneNumber: '' }, ['no-destination ']],
    ['an empty conference', { participants: [] }, ['no-destination ']],
    ['a list', [], ['not-an-object ']],
    ['a text', 'x', ['not-an-object ']],
    ['null', null, ['not-an-object ']],
    ['two destinations', { phoneNumber: '+1', callUserId: GUID }, ['several-destinations /callUserId']],
    ['three destinations', { phoneNumber: '+1', callUserId: GUID, callQueueId: GUID }, ['several-destinations /callUserId']],
    ['what only a queue uses', { phoneNumber: '+1', priority: 1 }, ['without-queue /priority']],
    ['the same with a queue', { callQueueId: GUID, priority: 1, routingSkillsIds: [GUID], routingSkillExpression: 'a' }, []],
    [
      'wrong types',
      { phoneNumber: 1, attributes: { a: 1 }, participants: ['x'], priority: 1.5 },
      ['wrong-type /phoneNumber', 'wrong-type /attributes', 'wrong-type /participants', 'wrong-type /priority', 'several-destinations /participants'],
    ],
    ['a priority beyond 32 bits', { callQueueId: GUID, priority: 2 ** 31 }, ['wrong-type /priority']],
    ['names for ids', { callUserId: 'bob' }, ['not-an-id /callUserId']],
    ['one wrong id in a list', { callQueueId: GUID, routingSkillsIds: [GUID, 'x'] }, ['not-an-id /routingSkillsIds/1']],
    ['unknown fields with odd names', { phoneNumber: '+1', 'a/b~c': 1, __proto__x: 2 }, ['unknown-field /a~1b~0c', 'unknown-field /__proto__x']],
    ['the payload with ownerId', { to: '+15550199', ownerId: 'x' }, ['unknown-field /to', 'unknown-field /ownerId', 'no-destination ']],
  ];
  for (const [name, body, problems] of T) it(`of ${name} are ${problems.length}`, () => assert.deepEqual(of(body), problems));

  it('name the field that was nearly written', () => {
    for (const [written, meant] of [
      ['phonenumber', 'phoneNumber'],
      ['phoneNumbers', 'phoneNumber'],
      ['callUserID', 'callUserId'],
      ['routingSkillIds', 'routingSkillsIds'],
      ['callerid', 'callerId'],
      ['completelyElse', undefined],
    ] as const) {
      const [problem] = checkCallPayload({ [written]: 'x' });
      assert.equal(problem?.kind === 'unknown-field' && problem.nearest, meant, written);
    }
  });

  it('do not see a prototype as a field', () => {
    const body: unknown = JSON.parse('{"phoneNumber":"+1","__proto__":{"callUserId":"x"},"constructor":1}');
    assert.deepEqual(of(body), ['unknown-field /__proto__', 'unknown-field /constructor']);
  });

  it('are told without end for no input, and never thrown', () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`field${i}`, i]));
    assert.ok(checkCallPayload(many).length < 60);
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...Object.keys(MODEL), 'to'), fc.anything())), (body) => void checkCallPayload(body)),
    );
  });

  it('have pointers by RFC 6901', () => {
    assert.equal(pointerTo('a', 0, 'b/c', 'd~e', ''), '/a/0/b~1c/d~0e/');
    assert.equal(pointerTo(), '');
  });
});
