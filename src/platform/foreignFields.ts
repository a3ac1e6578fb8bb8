import type { ObjectModel } from './bodies/bodyModel.js';
import { CREATE_CALLBACK } from './bodies/callbackBodies.js';
import { ADD_PARTICIPANTS, CALL_COMMAND, CHANGE_CONVERSATION, MEDIA_PARTICIPANT } from './bodies/conversationBodies.js';
import { CREATE_CALL } from './bodies/createCallRequest.js';

/** A field that people send to an operation although it has none of that name. */
export interface ForeignField {
  readonly name: string;
  /** What those who write it hope that it does. */
  readonly meant: string;
  /** What does that here. */
  readonly instead: string;
  /** The real field that takes its place, where there is one. */
  readonly field?: string;
  /** What `convertCall` makes of its value; absent where it converts no body of the operation. */
  readonly becomes?: string;
}

const OPERATION_ON_BEHALF = 'POST /api/v2/conversations/calls/user/{userId}';
const PARTICIPANT = '/api/v2/conversations/calls/{conversationId}/participants/{participantId}';
const DESTINATION = 'Its value goes into phoneNumber, callUserId or callQueueId, by what it is.';
const LEFT_OUT = 'It is left out.';
const INTO_PATH = 'Its value goes into the path, and the operation becomes the one on behalf of a user.';
const SKILLS = 'Its value goes into routingSkillsIds where a queue is called, and is left out otherwise.';
const QUEUE = 'Its value goes into callFromQueueId where somebody else is called, and into callQueueId where nobody is.';
const ATTRIBUTES = 'Its texts, numbers and truth values go into attributes, as texts.';
const WRAP_UP = `A wrap-up code is set on the participant when the call has ended: PATCH ${PARTICIPANT} with {"wrapup": {"code": …}}.`;
const SAYS_KIND = 'The destination field says it: phoneNumber, callUserId or callQueueId.';

const table = (fields: readonly ForeignField[]): ReadonlyMap<string, ForeignField> => new Map(fields.map((f) => [f.name, f]));

/** Of the operations that place a call: fields of forum answers and of other platforms (FACTS §1.1 "Not in the model", §4.5). */
export const FOREIGN_FIELDS: ReadonlyMap<string, ForeignField> = /* @__PURE__ */ table([
  {
    name: 'to',
    meant: 'the number or person to call',
    instead: 'A number goes into phoneNumber, a user into callUserId, a queue into callQueueId.',
    field: 'phoneNumber',
    becomes: DESTINATION,
  },
  {
    name: 'from',
    meant: 'the number or agent that calls',
    instead: `The agent is the owner of the token, or the userId in the path of ${OPERATION_ON_BEHALF}. The number shown is callerId, or that of the queue in callFromQueueId.`,
    field: 'callerId',
    becomes: 'An agent goes into the path, a number into callerId, a queue into callFromQueueId.',
  },
  {
    name: 'routing',
    meant: 'queue and skills of the call',
    instead: 'On whose behalf: callFromQueueId. To call a queue: callQueueId with routingSkillsIds, languageId and priority.',
    field: 'callFromQueueId',
    becomes: `What it holds is read as if it stood beside it. ${QUEUE}`,
  },
  {
    name: 'queueId',
    meant: 'the queue of the call',
    instead: 'On whose behalf: callFromQueueId. To call a queue: callQueueId.',
    field: 'callFromQueueId',
    becomes: QUEUE,
  },
  {
    name: 'queue',
    meant: 'the queue of the call',
    instead: 'On whose behalf: callFromQueueId. To call a queue: callQueueId.',
    field: 'callFromQueueId',
    becomes: QUEUE,
  },
  ...['skill', 'skills', 'skillId', 'skillIds'].map((name) => ({
    name,
    meant: 'the skill to route by',
    instead: 'routingSkillsIds, a list of ids, together with callQueueId.',
    field: 'routingSkillsIds',
    becomes: SKILLS,
  })),
  {
    name: 'language',
    meant: 'the language to route by',
    instead: 'languageId, an id, together with callQueueId.',
    field: 'languageId',
    becomes: 'Its id goes into languageId where a queue is called, and is left out otherwise.',
  },
  {
    name: 'ownerId',
    meant: 'the agent on whose behalf to call',
    instead: `Nothing in the body does that. ${OPERATION_ON_BEHALF} names the agent in its path.`,
    becomes: INTO_PATH,
  },
  {
    name: 'userId',
    meant: 'the agent on whose behalf to call',
    instead: `${OPERATION_ON_BEHALF} names the agent in its path; callUserId is the user to be called.`,
    becomes: INTO_PATH,
  },
  {
    name: 'agentId',
    meant: 'the agent on whose behalf to call',
    instead: `${OPERATION_ON_BEHALF} names the agent in its path.`,
    becomes: INTO_PATH,
  },
  { name: 'type', meant: 'an internal or an external call', instead: SAYS_KIND, becomes: LEFT_OUT },
  { name: 'callType', meant: 'an internal or an external call', instead: SAYS_KIND, becomes: LEFT_OUT },
  { name: 'direction', meant: 'an outbound call', instead: 'The operation says it: this one makes calls.', becomes: LEFT_OUT },
  { name: 'mediaType', meant: 'the medium', instead: 'The operation says it: this one makes calls.', becomes: LEFT_OUT },
  ...['wrapUpCode', 'wrapUpCodeId', 'wrapupCode'].map((name) => ({ name, meant: 'the wrap-up code of the call', instead: WRAP_UP, becomes: LEFT_OUT })),
  {
    name: 'monitor',
    meant: 'a supervisor who listens in',
    instead: `Monitoring is an operation of its own on a participant of a running call: POST ${PARTICIPANT}/monitor.`,
    becomes: LEFT_OUT,
  },
  {
    name: 'record',
    meant: 'recording of the call',
    instead: `Recording follows the recording policies; on a running call it is a change of the participant: PATCH ${PARTICIPANT} with {"recording": true}.`,
    becomes: LEFT_OUT,
  },
  {
    name: 'outboundPhoneNumberId',
    meant: 'the number that is shown',
    instead: 'callerId takes a number, and a queue in callFromQueueId brings its own. No field takes the id of a number.',
    field: 'callerId',
    becomes: 'A number goes into callerId. An id is left out: the number that it stands for is not known here.',
  },
  { name: 'stationId', meant: 'the phone that calls', instead: "The call is placed on the caller's associated station.", becomes: LEFT_OUT },
  { name: 'metadata', meant: 'data of your own', instead: 'attributes takes names and values, both strings.', field: 'attributes', becomes: ATTRIBUTES },
  { name: 'provider', meant: 'the telephony provider', instead: 'The platform chooses it.', becomes: LEFT_OUT },
]);

const CALLBACK_FIELDS = /* @__PURE__ */ table([
  ...['phoneNumber', 'callbackNumber', 'number', 'to'].map((name) => ({
    name,
    meant: 'the number to call back',
    instead: 'callbackNumbers, a list.',
    field: 'callbackNumbers',
  })),
  { name: 'from', meant: 'the number that is shown', instead: 'callerId.', field: 'callerId' },
  ...['agentId', 'userId', 'ownerId'].map((name) => ({
    name,
    meant: 'the agent who is to call back',
    instead: 'routingData with routingFlags ["AGENT_OWNED_CALLBACK"] and one of scoredAgents: {"agent": {"id": …}, "score": 100}.',
    field: 'routingData',
  })),
  ...['scoredAgents', 'routingFlags', 'skillIds', 'preferredAgentIds', 'languageId', 'priority', 'label'].map((name) => ({
    name,
    meant: 'how the callback is routed',
    instead: `It stands inside routingData, beside its queueId.`,
    field: 'routingData',
  })),
  ...['scheduledTime', 'scheduledAt', 'callbackTime'].map((name) => ({
    name,
    meant: 'when the callback is due',
    instead: 'callbackScheduledTime.',
    field: 'callbackScheduledTime',
  })),
  { name: 'customerName', meant: 'the name of the person to call back', instead: 'callbackUserName.', field: 'callbackUserName' },
  { name: 'attributes', meant: 'data of your own', instead: 'data takes names and values, both strings.', field: 'data' },
]);

const PARTICIPANT_FIELDS = /* @__PURE__ */ table([
  ...['wrapUpCode', 'wrapUpCodeId', 'wrapupCode'].map((name) => ({
    name,
    meant: 'the wrap-up code',
    instead: 'wrapup takes an object: {"code": …}.',
    field: 'wrapup',
  })),
  { name: 'record', meant: 'recording of the call', instead: 'recording, true or false.', field: 'recording' },
  { name: 'recordingState', meant: 'recording of the call', instead: 'recording, true or false; a pause is a change of the conversation.', field: 'recording' },
  { name: 'hold', meant: 'to put on hold', instead: 'held, true or false.', field: 'held' },
  { name: 'mute', meant: 'to mute', instead: 'muted, true or false.', field: 'muted' },
  { name: 'status', meant: 'answering or ending', instead: 'state: connected or disconnected.', field: 'state' },
  { name: 'attributes', meant: 'data of your own', instead: `Attributes have an operation of their own: PATCH ${PARTICIPANT}/attributes.` },
  { name: 'monitor', meant: 'a supervisor who listens in', instead: `Monitoring is an operation of its own: POST ${PARTICIPANT}/monitor.` },
]);

const PARTY_FIELDS = /* @__PURE__ */ table(
  [
    ['phoneNumber', 'address'],
    ['to', 'address'],
    ['userId', 'userId'],
    ['queueId', 'queueId'],
  ].map(([name, inside]) => ({
    name: name as string,
    meant: 'who is to join the call',
    instead: `participants takes a list: [{"${inside}": …}].`,
    field: 'participants',
  })),
);

const COMMAND_FIELDS = /* @__PURE__ */ table(
  ['phoneNumber', 'number', 'to'].map((name) => ({ name, meant: 'the number to dial', instead: 'callNumber.', field: 'callNumber' })),
);

const CONVERSATION_FIELDS = /* @__PURE__ */ table([
  { name: 'status', meant: 'ending the conversation', instead: 'state: disconnected.', field: 'state' },
  {
    name: 'recording',
    meant: 'recording of the call',
    instead: 'recordingState: active or paused; recording is switched on a participant.',
    field: 'recordingState',
  },
]);

/** What those who write a field into a body mean by it, where the body has none of that name. */
export const foreignField = (model: ObjectModel, name: string): ForeignField | undefined => tableFor(model)?.get(name);

/** All of them that are known of a body. */
export const foreignFieldsOf = (model: ObjectModel): readonly ForeignField[] => [...(tableFor(model)?.values() ?? [])];

function tableFor(model: ObjectModel): ReadonlyMap<string, ForeignField> | undefined {
  switch (model) {
    case CREATE_CALL:
      return FOREIGN_FIELDS;
    case CREATE_CALLBACK:
      return CALLBACK_FIELDS;
    case MEDIA_PARTICIPANT:
      return PARTICIPANT_FIELDS;
    case ADD_PARTICIPANTS:
      return PARTY_FIELDS;
    case CALL_COMMAND:
      return COMMAND_FIELDS;
    case CHANGE_CONVERSATION:
      return CONVERSATION_FIELDS;
    default:
      return undefined;
  }
}
