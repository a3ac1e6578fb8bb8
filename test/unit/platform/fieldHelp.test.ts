import assert from 'node:assert/strict';
import { BODY_MODELS } from '../../../src/platform/bodies/bodies.js';
import type { BodyModel } from '../../../src/platform/bodies/bodyModel.js';
import { CREATE_CALLBACK } from '../../../src/platform/bodies/callbackBodies.js';
import { ADD_PARTICIPANTS, DISCONNECT, MEDIA_PARTICIPANT } from '../../../src/platform/bodies/conversationBodies.js';
import { CREATE_CALL } from '../../../src/platform/bodies/createCallRequest.js';
import { fieldAt, fieldHelp, plainText } from '../../../src/platform/bodies/fieldHelp.js';

const textOf = (model: BodyModel, pointer: string): string => (fieldHelp(model, pointer)?.lines ?? []).map((l) => plainText(l.text)).join('\n');

describe('the help for a field', () => {
  const SAID: readonly (readonly [BodyModel, string, string, readonly RegExp[]])[] = [
    [
      CREATE_CALL,
      '/phoneNumber',
      'phoneNumber',
      [/number to dial/, /E\.164/, /exactly one/, /callFromQueueId/, /Type string/, /\+13175550142/, /262\.0\.0.*2026-09-16/],
    ],
    [CREATE_CALL, '/callUserId', 'callUserId', [/who is called, not the agent who calls/, /id of a user/]],
    [CREATE_CALL, '/priority', 'priority', [/Only matters together with callQueueId/, /int32/]],
    [CREATE_CALL, '/routingSkillExpression', 'routingSkillExpression', [/Since 2026-05-28/]],
    [CREATE_CALL, '/routingSkillsIds/0', 'routingSkillsIds', [/each the id of a skill/]],
    [CREATE_CALL, '/attributes/ticket', 'attributes', [/strings/]],
    [CREATE_CALL, '/participants', 'participants', [/conversation:conference:add/]],
    [CREATE_CALL, '/participants/1/userId', 'userId', [/user to call/, /id of a user/]],
    [CREATE_CALL, '/callFromQueueId', 'callFromQueueId', [/not verified/]],
    [CREATE_CALLBACK, '/routingData/scoredAgents/0/agent/id', 'id', [/The user/, /id of a user/]],
    [CREATE_CALLBACK, '/routingData/scoredAgents/0/score', 'score', [/100/, /points/]],
    [CREATE_CALLBACK, '/callbackScheduledTime', 'callbackScheduledTime', [/ISO 8601/, /2026-11-22T14:30/]],
    [CREATE_CALLBACK, '/callbackNumbers', 'callbackNumbers', [/has to be there/]],
    [MEDIA_PARTICIPANT, '/wrapup/durationSeconds', 'durationSeconds', [/in seconds/]],
    [MEDIA_PARTICIPANT, '/state', 'state', [/connected or disconnected/, /conversation:communication:disconnect/]],
    [CREATE_CALL, '', 'CreateCallRequest', [/Places a call/, /Exactly one of phoneNumber, callUserId, callQueueId or participants/]],
    [DISCONNECT, '', 'nothing', [/takes no body/]],
    [
      CREATE_CALL,
      '/ownerId',
      'ownerId',
      [/not a field of this operation/, /on whose behalf/, /calls\/user\/\{userId\}/, /When converted: its value goes into the path/],
    ],
    [CREATE_CALLBACK, '/phoneNumber', 'phoneNumber', [/callbackNumbers/]],
    [ADD_PARTICIPANTS, '/startTime', 'startTime', [/in answers/]],
  ];
  for (const [model, pointer, title, patterns] of SAID)
    it(`${pointer || 'the whole'} of ${model.name} says what it is`, () => {
      assert.equal(fieldHelp(model, pointer)?.title, title);
      for (const pattern of patterns) assert.match(textOf(model, pointer), pattern);
    });

  it('ends with the source and its date, for every field there is', () => {
    for (const model of BODY_MODELS)
      for (const field of model.fields) {
        const last = fieldHelp(model, `/${field.name}`)?.lines.at(-1);
        assert.equal(last?.kind, 'source');
        assert.match(plainText(last.text), /Source: .+, \d{4}-\d\d-\d\d$/);
      }
  });

  it('is none for what nobody knows', () => {
    for (const pointer of ['/nothing', '/phoneNumber/x', '/participants/0/x', '/priority/0', '/__proto__', '/constructor', '/ownerId/x'])
      assert.equal(fieldHelp(CREATE_CALL, pointer), undefined, pointer);
  });

  it('tells the field itself to whoever looks up its value', () => {
    assert.equal(fieldAt(CREATE_CALLBACK, '/routingData/skillIds/2')?.idOf, 'skill');
    assert.equal(fieldAt(CREATE_CALL, '/ownerId'), undefined);
  });
});
