import { type BodyModel, type Field, GUID_EXAMPLE, type ObjectModel, SDK, SDK_AS_OF } from './bodyModel.js';

const CALLS = '/api/v2/conversations/calls';
const CALL = `${CALLS}/{conversationId}`;
const PARTICIPANT = `${CALL}/participants/{participantId}`;
const CALLBACK = '/api/v2/conversations/callbacks/{conversationId}';
const CALLBACK_PARTICIPANT = `${CALLBACK}/participants/{participantId}`;

const of = (type: string): string => `${type} of ${SDK}`;
const words = (text: string): readonly string[] => text.split(/\s+/);

/** Dials for a conversation that there is already: what an agent does with a callback (FACTS §7). */
export const CALL_COMMAND: BodyModel = {
  name: 'CallCommand',
  operations: [{ method: 'POST', path: CALL }],
  meaning: 'Dials a number for an existing conversation: the call of a callback that the agent has accepted, or one more call.',
  example: { callNumber: '+13175550142' },
  fields: [
    {
      name: 'callNumber',
      type: 'string',
      format: 'phone',
      required: true,
      example: '+13175550142',
      meaning: 'The number to dial.',
      note: 'For a callback, one of its callbackNumbers.',
    },
    {
      name: 'phoneColumn',
      type: 'string',
      example: 'Mobile',
      meaning: 'The column of the contact list that the number stands in, for a preview call or a scheduled callback of a campaign.',
      goesWith: ['callNumber'],
    },
  ],
  source: /* @__PURE__ */ of('CallCommand'),
  asOf: SDK_AS_OF,
};

const PARTY: ObjectModel = {
  name: 'Participant',
  oneOf: { names: ['address', 'userId', 'queueId'] },
  fields: [
    { name: 'address', type: 'string', format: 'phone', example: '+13175550142', meaning: 'The number to dial.' },
    { name: 'userId', type: 'string', format: 'guid', idOf: 'user', example: GUID_EXAMPLE, meaning: 'The user to add.' },
    { name: 'queueId', type: 'string', format: 'guid', idOf: 'queue', example: GUID_EXAMPLE, meaning: 'The queue of which a member is to be added.' },
    { name: 'name', type: 'string', example: 'Customer', meaning: 'The name to show for this party.', goesWith: ['address'] },
  ],
  answerOnly: /* @__PURE__ */ words(
    `alertingTimeoutMs ani aniName attributes bargedParticipantId callbacks calls chats coachedParticipantId cobrowsesessions connectedTime
     consultParticipantId conversationRoutingData dnis emails endAcwTime endTime evaluations externalContactId externalContactInitialDivisionId
     externalOrganizationId flaggedReason groupId id internalMessages locale mediaRoles messages monitoredParticipantId participantType purpose
     queueName screenMonitorings screenRecordingState screenshares socialExpressions startAcwTime startTime teamId userUri videos wrapup
     wrapupPrompt wrapupRequired wrapupSkipped wrapupTimeoutMs`,
  ),
};

/** What Conversation has beyond what one operation reads of it. */
const OF_CONVERSATION = `address conversationIds divisions endTime externalTag id inactivityTimeout maxParticipants name participants
  recentTransfers recordingState securePause selfUri startTime state utilizationLabelId`;
const except = (fields: readonly Field[]): readonly string[] => words(OF_CONVERSATION).filter((name) => !fields.some((f) => f.name === name));

const ADDED: readonly Field[] = [
  {
    name: 'participants',
    type: 'Participant[]',
    required: true,
    object: PARTY,
    example: [{ address: '+13175550142', name: 'Customer' }],
    meaning: 'Who is to join the call. Each has one of address, userId or queueId.',
    note: 'The type is that of the answer too; which of its other fields this request reads is not published.',
  },
];

/** FACTS §1.6. */
export const ADD_PARTICIPANTS: BodyModel = {
  name: 'Conversation',
  operations: [
    { method: 'POST', path: `${CALL}/participants` },
    { method: 'POST', path: `${CALL}/participants/user/{userId}` },
  ],
  meaning: 'Adds parties to a call. With /user/{userId}, for that user, who has to be on the call.',
  example: { participants: [{ address: '+13175550142' }] },
  fields: ADDED,
  answerOnly: /* @__PURE__ */ except(ADDED),
  source: /* @__PURE__ */ of('Conversation'),
  asOf: SDK_AS_OF,
};

const CHANGED: readonly Field[] = [
  {
    name: 'state',
    type: 'string',
    values: ['disconnected'],
    example: 'disconnected',
    meaning: 'Ends the conversation for everybody.',
    note: 'POST /api/v2/conversations/{conversationId}/disconnect does the same without a body.',
  },
  {
    name: 'recordingState',
    type: 'string',
    values: ['active', 'paused'],
    example: 'paused',
    meaning: 'Pauses the recording (secure pause), or goes on with it.',
    note: 'It does not start a recording: recording policies do.',
  },
  {
    name: 'conversationIds',
    type: 'string[]',
    format: 'guid',
    idOf: 'conversation',
    example: [GUID_EXAMPLE],
    meaning: 'Other calls to merge into this one, which makes a conference.',
  },
];

export const CHANGE_CONVERSATION: BodyModel = {
  name: 'Conversation',
  operations: [
    { method: 'PATCH', path: CALL },
    { method: 'PATCH', path: CALLBACK },
  ],
  meaning: 'Changes a whole conversation: ends it, pauses its recording, or merges others into it.',
  example: { state: 'disconnected' },
  fields: CHANGED,
  answerOnly: /* @__PURE__ */ except(CHANGED),
  source: /* @__PURE__ */ of('Conversation'),
  asOf: SDK_AS_OF,
};

const WRAPUP_FIELDS: readonly Field[] = [
  {
    name: 'code',
    type: 'string',
    format: 'guid',
    idOf: 'wrap-up-code',
    example: GUID_EXAMPLE,
    meaning: 'The wrap-up code.',
    requires: 'The permission conversation:participant:wrapup.',
    note: 'GET /api/v2/routing/wrapupcodes lists the codes of the org; a queue allows some of them.',
  },
  { name: 'name', type: 'string', example: 'Sale', meaning: 'The name of the wrap-up code.', goesWith: ['code'] },
  { name: 'notes', type: 'string', example: 'Asked to be called again in May.', meaning: 'What the agent writes about the conversation.' },
  { name: 'tags', type: 'string[]', example: ['renewal'], meaning: 'Words that the agent chooses to describe the conversation.' },
  { name: 'durationSeconds', type: 'int32', unit: 'seconds', example: 30, meaning: 'How long the after-call work took.' },
  { name: 'endTime', type: 'date-time', example: '2026-11-22T14:30:00.000Z', meaning: 'When the after-call work ended.' },
  { name: 'provisional', type: 'boolean', example: true, meaning: 'True to save what there is for now, without a code.' },
  { name: 'disableEndTimeUpdates', type: 'boolean', example: true, meaning: 'True to leave the end time of the wrap-up as it is.' },
];
const WRAPUP: ObjectModel = { name: 'WrapupInput', fields: WRAPUP_FIELDS };

export const MEDIA_PARTICIPANT: BodyModel = {
  name: 'MediaParticipantRequest',
  operations: [
    { method: 'PATCH', path: PARTICIPANT },
    { method: 'PATCH', path: `${PARTICIPANT}/user/{userId}` },
    { method: 'PATCH', path: `${PARTICIPANT}/communications/{communicationId}` },
    { method: 'PATCH', path: CALLBACK_PARTICIPANT },
    { method: 'PATCH', path: `${CALLBACK_PARTICIPANT}/communications/{communicationId}` },
    { method: 'PATCH', path: '/api/v2/conversations/{conversationId}/participants/{participantId}' },
  ],
  meaning: 'Changes one party of a conversation: answers or ends its leg, holds, mutes, records or wraps it up.',
  example: { state: 'disconnected' },
  fields: [
    {
      name: 'state',
      type: 'string',
      values: ['connected', 'disconnected'],
      example: 'disconnected',
      meaning: 'What becomes of the leg: connected answers what rings, disconnected ends it.',
      requires: 'To disconnect others: the permission conversation:communication:disconnect.',
    },
    {
      name: 'wrapup',
      type: 'WrapupInput',
      object: WRAPUP,
      example: { code: GUID_EXAMPLE, notes: 'Asked to be called again in May.' },
      meaning: 'The wrap-up of this participant.',
      requires: 'The permission conversation:participant:wrapup.',
    },
    {
      name: 'recording',
      type: 'boolean',
      example: true,
      meaning: 'True to record this participant, false to stop.',
      requires: 'The permission conversation:call:record.',
    },
    { name: 'muted', type: 'boolean', example: true, meaning: 'True to mute this participant.' },
    { name: 'held', type: 'boolean', example: true, meaning: 'True to put this participant on hold.' },
    { name: 'confined', type: 'boolean', example: true, meaning: 'True to confine this participant. For ad-hoc conferences only.' },
    { name: 'wrapupSkipped', type: 'boolean', example: true, meaning: 'True to go without a wrap-up.' },
    {
      name: 'resumeTime',
      type: 'date-time',
      example: '2026-11-22T14:30:00.000Z',
      meaning: 'When a parked conversation is to come back.',
    },
  ],
  source: /* @__PURE__ */ of('MediaParticipantRequest'),
  asOf: SDK_AS_OF,
};

export const ASSIGN_WRAPUP: BodyModel = {
  name: 'WrapupInput',
  operations: [
    { method: 'POST', path: `${PARTICIPANT}/communications/{communicationId}/wrapup` },
    { method: 'POST', path: `${CALLBACK_PARTICIPANT}/communications/{communicationId}/wrapup` },
  ],
  meaning: 'Gives a leg of a conversation its wrap-up code.',
  example: { code: GUID_EXAMPLE },
  fields: WRAPUP_FIELDS,
  source: /* @__PURE__ */ of('WrapupInput'),
  asOf: SDK_AS_OF,
};

export const CHANGE_ATTRIBUTES: BodyModel = {
  name: 'ParticipantAttributes',
  operations: [
    { method: 'PATCH', path: `${PARTICIPANT}/attributes` },
    { method: 'PATCH', path: `${CALLBACK_PARTICIPANT}/attributes` },
  ],
  meaning: 'Sets attributes of a participant.',
  example: { attributes: { ticket: '4711' } },
  fields: [{ name: 'attributes', type: 'map<string,string>', example: { ticket: '4711' }, meaning: 'Names and values, both strings.' }],
  source: /* @__PURE__ */ of('ParticipantAttributes'),
  asOf: SDK_AS_OF,
};

export const SET_RECORDING_STATE: BodyModel = {
  name: 'SetRecordingState',
  operations: [
    { method: 'PUT', path: `${CALL}/recordingstate` },
    { method: 'PUT', path: `${CALLBACK}/recordingstate` },
  ],
  meaning: 'Pauses the recording of a conversation, or goes on with it.',
  example: { recordingState: 'paused' },
  fields: [
    {
      name: 'recordingState',
      type: 'string',
      example: 'paused',
      meaning: 'What becomes of the recording: paused or active.',
    },
  ],
  source: /* @__PURE__ */ of('SetRecordingState'),
  asOf: SDK_AS_OF,
};

/** FACTS §2: the operation takes no body. */
export const DISCONNECT: BodyModel = {
  name: 'nothing',
  operations: [{ method: 'POST', path: '/api/v2/conversations/{conversationId}/disconnect' }],
  meaning: 'Ends a conversation for everybody. It takes no body.',
  fields: [],
  source: /* @__PURE__ */ of('The operation list'),
  asOf: SDK_AS_OF,
};
