import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkBody } from '../../../src/platform/bodies/checkBody.js';
import { CREATE_CALL } from '../../../src/platform/bodies/createCallRequest.js';
import { convertCall, isConvertible } from '../../../src/platform/conversion/convertCall.js';
import { onBehalfOf } from '../../../src/platform/conversion/onBehalf.js';
import { FOREIGN_FIELDS } from '../../../src/platform/foreignFields.js';
import { FIRST_ANSWER_CURL, OWNER_ID_PAYLOAD, QUESTION_CURL, SECOND_ANSWER_CURL } from '../exchange/thread.js';
import { GUID, OTHER_GUID } from './facts.js';

const PLAIN = '/api/v2/conversations/calls';
const bodyOf = (curl: string): unknown => JSON.parse(curl.slice(curl.indexOf("-d '") + 4, curl.lastIndexOf("'")));
const convert = (body: unknown, url = PLAIN) => {
  const converted = convertCall({ method: 'POST', url, body });
  assert.ok(converted);
  return converted;
};
const notes = (converted: ReturnType<typeof convert>): string[] =>
  converted.notes.map((n) => [n.kind, n.pointer, n.to].filter((part) => part !== undefined).join(' '));

describe('the conversion of a payload of the thread', () => {
  it('the question: the callee, the queue on whose behalf, and no skill without a queue that is called', () => {
    const converted = convert(bodyOf(QUESTION_CURL), 'https://api.mypurecloud.com/api/v2/conversations/calls');
    assert.equal(converted.url, 'https://api.mypurecloud.com/api/v2/conversations/calls');
    assert.deepEqual(converted.body, { callUserId: '{{agent_user_id}}', callFromQueueId: '{{queue_id}}' });
    assert.deepEqual(notes(converted), ['moved /to /callUserId', 'left-out /from', 'moved /routing/queueId /callFromQueueId', 'left-out /routing/skill']);
  });

  it('the first answer: the agent goes into the path, what was said twice is said once', () => {
    const converted = convert(bodyOf(FIRST_ANSWER_CURL), 'https://api.mypurecloud.com/api/v2/conversations/calls');
    assert.equal(converted.path, '/api/v2/conversations/calls/user/AGENT_USER_ID');
    assert.equal(converted.url, 'https://api.mypurecloud.com/api/v2/conversations/calls/user/AGENT_USER_ID');
    assert.deepEqual(converted.body, { phoneNumber: '+1234567890' });
    assert.deepEqual(notes(converted), ['moved /from path', 'moved /to /phoneNumber', 'left-out /mediaType', 'left-out /routing/type', 'left-out /routing/to']);
  });

  it('the second answer: number and name to show, and no wrap-up code', () => {
    const converted = convert(bodyOf(SECOND_ANSWER_CURL));
    assert.equal(converted.path, PLAIN);
    assert.deepEqual(converted.body, { phoneNumber: '+13175550144', callerId: '+13175550143', callerIdName: 'Agent Name' });
    assert.deepEqual(notes(converted), ['moved /from /callerId', 'moved /from/name /callerIdName', 'moved /to /phoneNumber', 'left-out /wrapUpCode']);
    assert.match(converted.notes.at(-1)?.text ?? '', /PATCH .*wrapup/);
  });

  it('the third answer: ownerId goes into the path; the rest has no counterpart and says where it is done', () => {
    const converted = convert(JSON.parse(OWNER_ID_PAYLOAD));
    assert.equal(converted.path, '/api/v2/conversations/calls/user/the-agent-id-you-are-acting-for');
    assert.deepEqual(converted.body, { phoneNumber: '+15550199', callerId: '+15550100' });
    assert.deepEqual(notes(converted), [
      'moved /to /phoneNumber',
      'moved /from /callerId',
      'moved /ownerId path',
      'left-out /type',
      'left-out /wrapUpCode',
      'left-out /monitor',
      'left-out /record',
      'left-out /outboundPhoneNumberId',
    ]);
    const text = Object.fromEntries(converted.notes.map((n) => [n.pointer, n.text]));
    assert.match(text['/monitor'] ?? '', /POST .*\/monitor/);
    assert.match(text['/record'] ?? '', /recording policies/);
    assert.match(text['/outboundPhoneNumberId'] ?? '', /callerId takes a number/);
    assert.match(text['/ownerId'] ?? '', /conversation:agentlessCall:add, conversation:call:add/);
  });
});

describe('the conversion of a call', () => {
  const on = `${PLAIN}/user/${GUID}`;
  const T: readonly (readonly [string, object, object, string?])[] = [
    ['a number to call', { to: '+1 317 555 0142' }, { phoneNumber: '+1 317 555 0142' }],
    ['a number of JSON', { to: 13175550142 }, { phoneNumber: '13175550142' }],
    ['a tel: URI', { to: 'tel:+13175550142' }, { phoneNumber: '+13175550142' }],
    ['a GUID to call', { to: GUID }, { callUserId: GUID }],
    ['a user to call', { to: { userId: GUID } }, { callUserId: GUID }],
    ['a queue to call', { to: { queueId: GUID }, skill: OTHER_GUID }, { callQueueId: GUID, routingSkillsIds: [OTHER_GUID] }],
    ['a queue to call, by its placeholder', { to: '{{queue_id}}' }, { callQueueId: '{{queue_id}}' }],
    ['a number to call, by its placeholder', { to: '<CUSTOMER_PHONE>' }, { phoneNumber: '<CUSTOMER_PHONE>' }],
    ['a placeholder that does not say', { to: '$TO' }, { phoneNumber: '$TO' }],
    ['one in a list', { to: ['+13175550142'] }, { phoneNumber: '+13175550142' }],
    ['several', { to: ['+13175550142', { userId: GUID }] }, { participants: [{ address: '+13175550142' }, { userId: GUID }] }],
    ['an agent by GUID', { to: '+13175550142', from: GUID }, { phoneNumber: '+13175550142' }, on],
    ['an agent by userId', { phoneNumber: '+13175550142', userId: GUID }, { phoneNumber: '+13175550142' }, on],
    ['an agent by object', { phoneNumber: '+13175550142', from: { id: GUID, name: 'Agent' } }, { phoneNumber: '+13175550142' }, on],
    [
      'an agent and the number to show',
      { to: '+13175550142', from: { userId: GUID, phoneNumber: '+13175550100' } },
      { phoneNumber: '+13175550142', callerId: '+13175550100' },
      on,
    ],
    ['a placeholder for an agent', { to: '+13175550142', agentId: '{{agent_id}}' }, { phoneNumber: '+13175550142' }, `${PLAIN}/user/{{agent_id}}`],
    ['an id that is none', { to: '+13175550142', agentId: 'a/b?c' }, { phoneNumber: '+13175550142' }, `${PLAIN}/user/a%2Fb%3Fc`],
    ['a queue beside a number', { to: '+13175550142', queueId: GUID }, { phoneNumber: '+13175550142', callFromQueueId: GUID }],
    ['a queue alone', { queueId: GUID, routing: { priority: 3, language: { id: OTHER_GUID } } }, { callQueueId: GUID, languageId: OTHER_GUID, priority: 3 }],
    ['a queue and skills', { routing: { queue: { id: GUID }, skills: [{ id: OTHER_GUID }] } }, { callQueueId: GUID, routingSkillsIds: [OTHER_GUID] }],
    [
      'skills beside real ones',
      { callQueueId: GUID, routingSkillsIds: [GUID], skillIds: [OTHER_GUID, GUID] },
      { callQueueId: GUID, routingSkillsIds: [GUID, OTHER_GUID] },
    ],
    ['a skill by name', { callQueueId: GUID, skill: { name: 'German' } }, { callQueueId: GUID }],
    ['a number to show', { phoneNumber: '+13175550142', outboundPhoneNumberId: '+13175550100' }, { phoneNumber: '+13175550142', callerId: '+13175550100' }],
    ['the id of a number to show', { phoneNumber: '+13175550142', outboundPhoneNumberId: GUID }, { phoneNumber: '+13175550142' }],
    ['data of your own', { phoneNumber: '+1', metadata: { a: 'x', n: 1, b: true, o: {} } }, { phoneNumber: '+1', attributes: { a: 'x', n: '1', b: 'true' } }],
    [
      'data beside attributes',
      { phoneNumber: '+1', attributes: { a: 'real' }, metadata: { a: 'x', b: 'y' } },
      { phoneNumber: '+1', attributes: { a: 'real', b: 'y' } },
    ],
    ['a misspelt field', { phonenumber: '+13175550142', label: 'x' }, { phoneNumber: '+13175550142', label: 'x' }],
    ['priority without a queue', { phoneNumber: '+13175550142', priority: 5 }, { phoneNumber: '+13175550142' }],
    ['a real destination beside folklore', { phoneNumber: '+13175550142', to: '+13175550143' }, { phoneNumber: '+13175550142' }],
    ['what is unknown altogether', { phoneNumber: '+13175550142', flavour: 'mint' }, { phoneNumber: '+13175550142' }],
  ];
  for (const [name, body, expected, path = PLAIN] of T)
    it(`with ${name}`, () => {
      const converted = convert(body);
      assert.deepEqual(converted.body, expected);
      assert.equal(converted.path, path);
      assert.ok(converted.notes.length > 0);
    });

  it('keeps the user in the path, and tells of another in the body', () => {
    const converted = convert({ phoneNumber: '+13175550142', ownerId: OTHER_GUID }, on);
    assert.equal(converted.path, on);
    assert.deepEqual(notes(converted), ['left-out /ownerId']);
    assert.deepEqual(notes(convert({ phoneNumber: '+13175550142', ownerId: GUID }, on)), ['left-out /ownerId']);
  });

  it('fills the parameter of a path that was copied from the documentation', () =>
    assert.equal(convert({ phoneNumber: '+13175550142', ownerId: GUID }, `{{base}}${PLAIN}/user/{userId}?x=1`).url, `{{base}}${on}?x=1`));

  it('takes what is spelt right over what is not', () => {
    const converted = convert({ phonenumber: '+13175550143', phoneNumber: '+13175550142' });
    assert.deepEqual([converted.body, notes(converted)], [{ phoneNumber: '+13175550142' }, ['left-out /phonenumber']]);
  });

  it('says who is still to be named', () => {
    assert.deepEqual(notes(convert({ ownerId: GUID })), ['moved /ownerId path', 'missing ']);
    assert.equal(isConvertible({ method: 'POST', url: PLAIN, body: {} }), false);
  });

  it('has nothing to do for a valid request, and changes nothing of it', () => {
    for (const url of [PLAIN, on, `https://api.mypurecloud.com${PLAIN}`]) {
      const body = { phoneNumber: '+13175550142', callFromQueueId: GUID, attributes: { a: 'b' }, label: null };
      const converted = convert(body, url);
      assert.deepEqual([converted.url, converted.body, converted.notes], [url, body, []]);
      assert.equal(isConvertible({ method: 'POST', url, body }), false);
    }
    assert.equal(isConvertible({ method: 'POST', url: on, body: { to: '+13175550142' } }), true);
  });

  it('is not for other operations, nor for what is no object', () => {
    for (const [method, url, body] of [
      ['POST', '/api/v2/conversations/callbacks', { to: 'x' }],
      ['GET', PLAIN, { to: 'x' }],
      ['POST', `${PLAIN}/${GUID}`, { to: 'x' }],
      ['POST', `${PLAIN}/${GUID}/participants/user/${GUID}`, { to: 'x' }],
      ['POST', PLAIN, ['x']],
      ['POST', PLAIN, undefined],
    ] as const)
      assert.equal(convertCall({ method, url, body }), undefined, `${method} ${url}`);
  });

  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(GUID, OTHER_GUID, '+13175550142', '{{agent_user_id}}', '<QUEUE_ID>', 'x', '', null, 5, true),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('id', 'name', 'phoneNumber', 'userId', 'queueId', 'to', 'skill', 'queue', '__proto__x', 'toString'), tie('any'), {
        maxKeys: 4,
      }),
    ),
  })).any;
  const folklore = fc.dictionary(fc.constantFrom(...FOREIGN_FIELDS.keys(), 'phonenumber', 'flavour', 'toString'), value, { maxKeys: 6 });

  it('leaves nothing that the model does not have, once is enough, and every value was there before', () => {
    fc.assert(
      fc.property(folklore, (body) => {
        const converted = convert(body);
        const problems = checkBody(converted.body, CREATE_CALL).map((p) => p.kind);
        for (const kind of ['unknown-field', 'several-destinations', 'without-queue'])
          assert.ok(!(problems as string[]).includes(kind), `${kind} ${JSON.stringify(converted.body)}`);
        const again = convertCall({ ...converted });
        assert.deepEqual([again?.url, again?.body], [converted.url, converted.body]);
        const texts = JSON.stringify(body);
        const strings = (v: unknown): string[] => (typeof v === 'string' ? [v] : typeof v === 'object' && v !== null ? Object.values(v).flatMap(strings) : []);
        for (const text of strings(converted.body)) assert.ok(texts.includes(JSON.stringify(text).slice(1, -1)), text);
      }),
      { numRuns: 5000 },
    );
  });

  it('tells of every field that is not where it was', () => {
    fc.assert(
      fc.property(folklore, (body) => {
        const told = new Set(convert(body).notes.map((n) => n.pointer.split('/')[1]));
        for (const name of Object.keys(body)) assert.ok(told.has(name), name);
      }),
    );
  });

  it('takes time that grows with the body, not faster', () => {
    const body = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`field number ${i}`, i]));
    assert.equal(convert(body).notes.length, 50_001);
  });

  it('of an agent is the one of the path', () => assert.equal(onBehalfOf(convert({ ownerId: GUID }))?.userId, GUID));
});
