import assert from 'node:assert/strict';
import { BODY_MODELS } from '../../../src/platform/bodies/bodies.js';
import type { BodyModel } from '../../../src/platform/bodies/bodyModel.js';
import { CREATE_CALLBACK } from '../../../src/platform/bodies/callbackBodies.js';
import { checkBody, fieldNamed } from '../../../src/platform/bodies/checkBody.js';
import { ADD_PARTICIPANTS, CALL_COMMAND, MEDIA_PARTICIPANT } from '../../../src/platform/bodies/conversationBodies.js';
import { CREATE_CALL } from '../../../src/platform/bodies/createCallRequest.js';
import { FOREIGN_FIELDS, foreignField } from '../../../src/platform/foreignFields.js';
import { operations } from './facts.js';

/** The thread's, those of issue 5, and those of FACTS §1.1. */
const FOLKLORE =
  'from to routing queueId skill ownerId type mediaType wrapUpCode monitor record outboundPhoneNumberId callType userId agentId metadata provider'.split(' ');

describe('a field of folklore', () => {
  for (const name of FOLKLORE)
    it(`${name} is explained: what was meant, what does it here, what a conversion makes of it`, () => {
      const foreign = foreignField(CREATE_CALL, name);
      assert.ok(foreign && foreign === FOREIGN_FIELDS.get(name));
      for (const text of [foreign.meant, foreign.instead, foreign.becomes ?? '']) assert.ok(text.length > 5, text);
    });

  it('is no field of the model that it is foreign to, and advises only real fields', () => {
    for (const { name, field } of FOREIGN_FIELDS.values()) {
      assert.equal(fieldNamed(CREATE_CALL, name), undefined, name);
      if (field) assert.ok(fieldNamed(CREATE_CALL, field), field);
    }
    for (const model of BODY_MODELS)
      for (const name of [
        'phoneNumber',
        'to',
        'wrapUpCode',
        'agentId',
        'status',
        'hold',
        'attributes',
        'record',
        'recording',
        'userId',
        'queueId',
        'priority',
      ]) {
        const foreign = foreignField(model, name);
        if (!foreign) continue;
        assert.equal(fieldNamed(model, name), undefined, `${model.name}.${name}`);
        if (foreign.field) assert.ok(fieldNamed(model, foreign.field), `${model.name}.${foreign.field}`);
      }
  });

  it('names only operations that are in the API', () => {
    const texts = [...FOREIGN_FIELDS.values(), ...['monitor', 'attributes'].map((n) => foreignField(MEDIA_PARTICIPANT, n))]
      .map((f) => f?.instead ?? '')
      .join('\n');
    const named = [...texts.matchAll(/\b(POST|PATCH) (\/api\/v2\/[\w/{}]+)/g)];
    assert.ok(named.length > 5);
    for (const [, method, path] of named) assert.equal(operations.find(method as string, path as string).kind, 'found', `${method} ${path}`);
  });

  const OTHERS: readonly (readonly [BodyModel, string, string])[] = [
    [CREATE_CALLBACK, 'phoneNumber', 'callbackNumbers'],
    [CREATE_CALLBACK, 'agentId', 'routingData'],
    [CREATE_CALLBACK, 'scoredAgents', 'routingData'],
    [CREATE_CALLBACK, 'scheduledTime', 'callbackScheduledTime'],
    [CREATE_CALLBACK, 'attributes', 'data'],
    [CALL_COMMAND, 'phoneNumber', 'callNumber'],
    [ADD_PARTICIPANTS, 'userId', 'participants'],
    [MEDIA_PARTICIPANT, 'wrapUpCode', 'wrapup'],
    [MEDIA_PARTICIPANT, 'hold', 'held'],
  ];
  for (const [model, name, field] of OTHERS) it(`${name} in ${model.name} is ${field}`, () => assert.equal(foreignField(model, name)?.field, field));

  it('means something only where it is foreign', () => {
    assert.equal(foreignField(CALL_COMMAND, 'ownerId'), undefined);
    assert.equal(foreignField(CREATE_CALL, 'constructor'), undefined);
    assert.deepEqual(
      checkBody({ callNumber: '+13175550142', ownerId: 'x' }, CALL_COMMAND).map((p) => p.kind),
      ['unknown-field'],
    );
  });
});
