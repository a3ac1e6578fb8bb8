import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { BODY_MODELS, bodyModelFor } from '../../../src/platform/bodies/bodies.js';
import type { BodyModel, Field, ObjectModel } from '../../../src/platform/bodies/bodyModel.js';
import { CHANGE_CALLBACK, CREATE_CALLBACK } from '../../../src/platform/bodies/callbackBodies.js';
import { checkBody } from '../../../src/platform/bodies/checkBody.js';
import { ADD_PARTICIPANTS, CALL_COMMAND, CHANGE_CONVERSATION, DISCONNECT, MEDIA_PARTICIPANT } from '../../../src/platform/bodies/conversationBodies.js';
import { CREATE_CALL } from '../../../src/platform/bodies/createCallRequest.js';
import { GUID, OTHER_GUID, operations } from './facts.js';

/** The types of the official SDK: name and TypeScript type of each property. */
const SDK = fs.readFileSync('node_modules/purecloud-platform-client-v2/index.d.ts', 'utf8');
function sdkType(name: string): Map<string, { readonly type: string; readonly optional: boolean }> {
  const text = SDK.split(`\texport interface ${name} { \n`)[1]?.split('\n\t}')[0];
  assert.ok(text, `the SDK has no ${name}`);
  return new Map(
    [...text.matchAll(/"(\w+)"(\??): (.+);$/gm)].map(([, property, optional, type]) => [
      property as string,
      { type: type as string, optional: optional === '?' },
    ]),
  );
}

const AS_SDK: Readonly<Record<string, string>> = {
  string: 'string',
  'date-time': 'string',
  boolean: 'boolean',
  int32: 'number',
  'string[]': 'Array<string>',
  'map<string,string>': '{ [key: string]: string; }',
};
const sdkTypeOf = ({ type, object }: Field): string =>
  object ? (type.endsWith('[]') ? `Array<Models.${object.name}>` : `Models.${object.name}`) : (AS_SDK[type] ?? type);

/** A model and the objects inside it. */
const objectsOf = (model: ObjectModel): ObjectModel[] => [model, ...model.fields.flatMap((f) => (f.object ? objectsOf(f.object) : []))];

describe('the models of bodies', () => {
  for (const model of BODY_MODELS.filter((m) => m.fields.length > 0))
    for (const object of objectsOf(model))
      it(`${model.operations[0]?.method} ${model.operations[0]?.path}: ${object.name} has the properties of the official SDK with their types`, () => {
        const sdk = sdkType(object.name);
        const names = [...object.fields.map((f) => f.name), ...(object.answerOnly ?? [])];
        assert.deepEqual(names.toSorted(), [...sdk.keys()].toSorted());
        for (const field of object.fields) assert.equal(sdkTypeOf(field), sdk.get(field.name)?.type, field.name);
      });

  it('require what the SDK requires of requests', () => {
    for (const model of [CREATE_CALLBACK, CHANGE_CALLBACK, CALL_COMMAND])
      for (const object of objectsOf(model))
        for (const [name, { optional }] of sdkType(object.name))
          assert.equal(object.fields.find((f) => f.name === name)?.required ?? (object.answerOnly?.includes(name) ? !optional : false), !optional, name);
  });

  it('say of every field what it means, with an example of its type, and never in the words of markup', () => {
    for (const model of BODY_MODELS)
      for (const object of objectsOf(model))
        for (const f of object.fields) {
          assert.match(f.meaning, /^[A-Z].{4,}\.$/, f.name);
          assert.equal(f.format === 'guid', f.idOf !== undefined, f.name);
          for (const other of [...(f.goesWith ?? []), ...(f.onlyWith ? [f.onlyWith] : []), ...(object.oneOf?.names ?? [])])
            assert.ok(
              object.fields.some((g) => g.name === other),
              `${f.name} speaks of ${other}`,
            );
          assert.deepEqual(
            checkBody({ [f.name]: f.example }, {
              ...model,
              ...object,
              fields: [{ ...f, onlyWith: undefined } as unknown as Field],
              oneOf: undefined,
            } as unknown as BodyModel),
            [],
            f.name,
          );
        }
  });

  it('give a whole body that they accept themselves', () => {
    for (const model of BODY_MODELS) if (model.fields.length > 0) assert.deepEqual(checkBody(model.example, model), [], model.name);
  });

  it('belong to operations that are in the API, each to one', () => {
    const all = BODY_MODELS.flatMap((m) => m.operations.map((o) => `${o.method} ${o.path}`));
    assert.equal(new Set(all).size, all.length);
    for (const model of BODY_MODELS)
      for (const o of model.operations) {
        const found = operations.find(o.method, o.path);
        assert.ok(found.kind === 'found' && found.operation.path === o.path, `${o.method} ${o.path}`);
        assert.equal(bodyModelFor(found.operation), model);
      }
  });

  const FOUND: readonly (readonly [string, string, BodyModel | undefined])[] = [
    ['POST', '/api/v2/conversations/calls', CREATE_CALL],
    ['POST', '/api/v2/conversations/calls/user/{userId}', CREATE_CALL],
    ['post', '/api/v2/conversations/calls/user/{id}', CREATE_CALL],
    ['POST', '/api/v2/conversations/calls/{conversationId}', CALL_COMMAND],
    ['POST', '/api/v2/conversations/calls/{conversationId}/participants', ADD_PARTICIPANTS],
    ['POST', '/api/v2/conversations/calls/{conversationId}/participants/user/{userId}', ADD_PARTICIPANTS],
    ['PATCH', '/api/v2/conversations/calls/{conversationId}', CHANGE_CONVERSATION],
    ['PATCH', '/api/v2/conversations/callbacks/{conversationId}', CHANGE_CONVERSATION],
    ['PATCH', '/api/v2/conversations/calls/{conversationId}/participants/{participantId}', MEDIA_PARTICIPANT],
    ['PATCH', '/api/v2/conversations/calls/{conversationId}/participants/{participantId}/user/{userId}', MEDIA_PARTICIPANT],
    ['PATCH', '/api/v2/conversations/callbacks/{conversationId}/participants/{participantId}', MEDIA_PARTICIPANT],
    ['POST', '/api/v2/conversations/callbacks', CREATE_CALLBACK],
    ['PATCH', '/api/v2/conversations/callbacks', CHANGE_CALLBACK],
    ['POST', '/api/v2/conversations/{conversationId}/disconnect', DISCONNECT],
    ['GET', '/api/v2/conversations/calls', undefined],
    ['POST', '/api/v2/users/{userId}/impersonate', undefined],
  ];
  for (const [method, path, model] of FOUND)
    it(`${method} ${path} takes ${model?.name ?? 'no known body'}`, () => assert.equal(bodyModelFor({ method, path }), model));
});

describe('the problems of other bodies', () => {
  const NUMBERS = { callbackNumbers: ['+13175550142'] };
  const OWNED = { queueId: GUID, routingFlags: ['AGENT_OWNED_CALLBACK'], scoredAgents: [{ agent: { id: OTHER_GUID }, score: 100 }] };
  const T: readonly (readonly [string, BodyModel, unknown, readonly string[]])[] = [
    ['a callback for a queue', CREATE_CALLBACK, { ...NUMBERS, queueId: GUID }, []],
    ['a callback for its owner', CREATE_CALLBACK, { ...NUMBERS, routingData: OWNED, callbackScheduledTime: '2026-11-22T14:30:00.000Z' }, []],
    ['a callback without queue', CREATE_CALLBACK, NUMBERS, ['none-of ']],
    ['a callback without numbers', CREATE_CALLBACK, { queueId: GUID }, ['missing ']],
    ['a callback with no number', CREATE_CALLBACK, { queueId: GUID, callbackNumbers: [] }, ['empty-list /callbackNumbers']],
    ['one number in place of a list', CREATE_CALLBACK, { queueId: GUID, callbackNumbers: '+13175550142' }, ['wrong-type /callbackNumbers']],
    ['routing without queue', CREATE_CALLBACK, { ...NUMBERS, routingData: {} }, ['missing /routingData']],
    [
      'an unknown field deep inside',
      CREATE_CALLBACK,
      { ...NUMBERS, routingData: { ...OWNED, scoredAgents: [{ agnt: {}, score: 1 }] } },
      ['unknown-field /routingData/scoredAgents/0/agnt'],
    ],
    [
      'wrong ids deep inside',
      CREATE_CALLBACK,
      { ...NUMBERS, routingData: { queueId: 'Sales', skillIds: [GUID, 'German'], scoredAgents: [{ agent: { id: 'bob' } }] } },
      ['not-an-id /routingData/queueId', 'not-an-id /routingData/skillIds/1', 'not-an-id /routingData/scoredAgents/0/agent/id'],
    ],
    [
      'what only answers have',
      CREATE_CALLBACK,
      { ...NUMBERS, routingData: { queueId: GUID, scoredAgents: [{ agent: { id: GUID, name: 'x' } }] } },
      ['answer-only /routingData/scoredAgents/0/agent/name'],
    ],
    ['a score beyond 32 bits', CREATE_CALLBACK, { ...NUMBERS, routingData: { queueId: GUID, priority: 2 ** 31 } }, ['wrong-type /routingData/priority']],
    ['a time without zone', CREATE_CALLBACK, { ...NUMBERS, queueId: GUID, callbackScheduledTime: '2026-11-22 14:30' }, ['not-a-time /callbackScheduledTime']],
    [
      'a time that no clock shows',
      CREATE_CALLBACK,
      { ...NUMBERS, queueId: GUID, callbackScheduledTime: '2026-13-22T14:30:00Z' },
      ['not-a-time /callbackScheduledTime'],
    ],
    [
      'a mode that there is not',
      CREATE_CALLBACK,
      { ...NUMBERS, queueId: GUID, customerFirstCallbackDeliveryMode: 'always' },
      ['not-a-value /customerFirstCallbackDeliveryMode'],
    ],
    ['a changed callback', CHANGE_CALLBACK, { conversationId: GUID, agentId: GUID }, []],
    ['a changed callback of nobody', CHANGE_CALLBACK, { conversationId: GUID }, ['missing ']],
    ['one more call', CALL_COMMAND, { callNumber: '+13175550142' }, []],
    ['one more call to nobody', CALL_COMMAND, {}, ['missing ']],
    ['parties to add', ADD_PARTICIPANTS, { participants: [{ address: '+13175550142' }, { userId: GUID }] }, []],
    ['a party that is nobody', ADD_PARTICIPANTS, { participants: [{ name: 'x' }] }, ['none-of /participants/0']],
    [
      'the answer sent back',
      ADD_PARTICIPANTS,
      { participants: [{ userId: GUID, purpose: 'agent' }], startTime: 'x' },
      ['answer-only /participants/0/purpose', 'answer-only /startTime'],
    ],
    ['an end', CHANGE_CONVERSATION, { state: 'disconnected' }, []],
    ['a state that cannot be set', CHANGE_CONVERSATION, { state: 'connected' }, ['not-a-value /state']],
    ['a hold', MEDIA_PARTICIPANT, { held: true }, []],
    ['a hold in words', MEDIA_PARTICIPANT, { held: 'true' }, ['wrong-type /held']],
    ['a wrap-up', MEDIA_PARTICIPANT, { wrapup: { code: GUID, durationSeconds: 30 } }, []],
    ['a wrap-up by name alone', MEDIA_PARTICIPANT, { wrapup: 'Sale' }, ['wrong-type /wrapup']],
    ['a wrap-up misspelt', MEDIA_PARTICIPANT, { wrapup: { codes: GUID } }, ['unknown-field /wrapup/codes']],
    ['nothing where nothing is taken', DISCONNECT, undefined, []],
    ['an empty object where nothing is taken', DISCONNECT, {}, []],
    ['a body where none is taken', DISCONNECT, { state: 'disconnected' }, ['no-body ']],
    ['a list', CALL_COMMAND, [], ['not-an-object ']],
    ['a conference of nobody', CREATE_CALL, { participants: [{ name: 'x' }] }, ['none-of /participants/0']],
    ['a misspelt party', CREATE_CALL, { participants: [{ adress: '+13175550142', userId: GUID }] }, ['unknown-field /participants/0/adress']],
    ['skills that are none', CREATE_CALL, { callQueueId: GUID, routingSkillsIds: [] }, ['empty-list /routingSkillsIds']],
  ];
  for (const [name, model, body, problems] of T)
    it(`of ${name} are ${problems.length}`, () =>
      assert.deepEqual(
        checkBody(body, model).map((p) => `${p.kind} ${p.pointer}`),
        problems,
      ));

  it('are bounded and never thrown, whatever the body', () => {
    const many = { participants: Array.from({ length: 100_000 }, () => ({ x: 1 })) };
    assert.ok(checkBody(many, ADD_PARTICIPANTS).length < 60);
    const names = [...new Set(BODY_MODELS.flatMap(objectsOf).flatMap((o) => o.fields.map((f) => f.name)))];
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 4 }, fc.anything(), fc.dictionary(fc.constantFrom(...names), tie('any')), fc.array(tie('any'), { maxLength: 3 })),
    })).any;
    fc.assert(fc.property(value, fc.constantFrom(...BODY_MODELS), (body, model) => void checkBody(body, model)));
  });

  it('point at what is there', () => {
    const body = { ...NUMBERS, routingData: { queueId: 'Sales', 'a/b': 1 } };
    for (const { pointer } of checkBody(body, CREATE_CALLBACK)) {
      const at = pointer
        .split('/')
        .slice(1)
        .map((s) => s.replaceAll('~1', '/').replaceAll('~0', '~'));
      assert.ok(at.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], body) !== undefined, pointer);
    }
  });
});
