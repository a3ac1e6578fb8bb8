import { type BodyModel, type Field, GUID_EXAMPLE, type ObjectModel, SDK, SDK_AS_OF } from './bodyModel.js';

/** The two operations that place a call (FACTS §0). */
export const PLACE_AS_SELF = { method: 'POST', path: '/api/v2/conversations/calls' } as const;
export const PLACE_ON_BEHALF = { method: 'POST', path: '/api/v2/conversations/calls/user/{userId}' } as const;

/** One field of CreateCallRequest. */
export interface CallField extends Field {
  readonly type: 'string' | 'int32' | 'string[]' | 'map<string,string>' | 'Destination[]';
}

/** A party of a conference (FACTS §1.1). */
const DESTINATION: ObjectModel = {
  name: 'Destination',
  oneOf: { names: ['address', 'userId', 'queueId'] },
  fields: [
    { name: 'address', type: 'string', format: 'phone', example: '+13175550142', meaning: 'The number to dial.' },
    { name: 'userId', type: 'string', format: 'guid', idOf: 'user', example: GUID_EXAMPLE, meaning: 'The user to call.' },
    { name: 'queueId', type: 'string', format: 'guid', idOf: 'queue', example: GUID_EXAMPLE, meaning: 'The queue to call.' },
    { name: 'name', type: 'string', example: 'Customer', meaning: 'The name to show for this party.', goesWith: ['address'] },
  ],
};

const CONFERENCE = 'A conference needs the permission conversation:conference:add.';

export const FIELDS: readonly CallField[] = [
  {
    name: 'phoneNumber',
    type: 'string',
    format: 'phone',
    destination: true,
    example: '+13175550142',
    meaning: 'The number to dial.',
    goesWith: ['callFromQueueId', 'callerId', 'callerIdName'],
    note: 'Write it in E.164: a plus sign, the country code, the number, at most 15 digits.',
  },
  {
    name: 'callUserId',
    type: 'string',
    format: 'guid',
    idOf: 'user',
    destination: true,
    example: GUID_EXAMPLE,
    meaning: 'The user to call.',
    note: 'This is who is called, not the agent who calls. The agent is the owner of the token, or the userId in the path of /conversations/calls/user/{userId}.',
  },
  {
    name: 'callQueueId',
    type: 'string',
    format: 'guid',
    idOf: 'queue',
    destination: true,
    example: GUID_EXAMPLE,
    meaning: 'The queue to call: an internal destination that routes the call to one of its members.',
    goesWith: ['routingSkillsIds', 'routingSkillExpression', 'languageId', 'priority'],
  },
  {
    name: 'participants',
    type: 'Destination[]',
    destination: true,
    object: DESTINATION,
    example: [{ address: '+13175550142', name: 'Customer' }],
    meaning: 'The parties of a new ad-hoc conference. Each has one of address, userId or queueId, and may have a name.',
    requires: CONFERENCE,
  },
  {
    name: 'conversationIds',
    type: 'string[]',
    format: 'guid',
    idOf: 'conversation',
    example: [GUID_EXAMPLE],
    meaning: 'Existing calls to merge into an ad-hoc conference.',
    requires: CONFERENCE,
  },
  {
    name: 'callFromQueueId',
    type: 'string',
    format: 'guid',
    idOf: 'queue',
    example: GUID_EXAMPLE,
    meaning: 'The queue on whose behalf the call is made: the call counts for it, and its calling-party name and number are shown to the person called.',
    goesWith: ['phoneNumber'],
    requires: 'Which permission or membership it needs on calls is not verified.',
    note: 'GET /api/v2/routing/queues/me lists the queues of the signed-in user.',
  },
  {
    name: 'callerId',
    type: 'string',
    format: 'phone',
    example: '+13175550100',
    meaning: 'The caller ID number to present.',
    goesWith: ['callerIdName'],
    note: 'The trunk may present another one.',
  },
  {
    name: 'callerIdName',
    type: 'string',
    example: 'Example Support',
    meaning: 'The caller ID name to present.',
    goesWith: ['callerId'],
    note: 'A name set on the external trunk wins.',
  },
  { name: 'priority', type: 'int32', onlyWith: 'callQueueId', example: 5, meaning: 'The priority of the call in the queue.' },
  {
    name: 'languageId',
    type: 'string',
    format: 'guid',
    idOf: 'language',
    onlyWith: 'callQueueId',
    example: GUID_EXAMPLE,
    meaning: 'The language skill to route by.',
  },
  {
    name: 'routingSkillsIds',
    type: 'string[]',
    format: 'guid',
    idOf: 'skill',
    onlyWith: 'callQueueId',
    example: [GUID_EXAMPLE],
    meaning: 'The skills to route by.',
  },
  {
    name: 'routingSkillExpression',
    type: 'string',
    onlyWith: 'callQueueId',
    since: '2026-05-28',
    example: 'Billing > 3',
    meaning: 'A skill expression to route by.',
    note: 'Its grammar is not part of the facts that this version was built from.',
  },
  {
    name: 'attributes',
    type: 'map<string,string>',
    example: { ticket: '4711' },
    meaning: 'Attributes to put on the customer participant. Names and values are strings.',
  },
  { name: 'uuiData', type: 'string', example: '00C8ab12;encoding=hex', meaning: 'SIP User-to-User data to send with the call.' },
  {
    name: 'externalContactId',
    type: 'string',
    format: 'guid',
    idOf: 'external-contact',
    example: GUID_EXAMPLE,
    meaning: 'The external contact to associate with the call.',
  },
  { name: 'label', type: 'string', example: 'callback', meaning: 'The utilization label of the conversation.' },
];

/** The body of both operations that place a call (FACTS §1.1). */
export const CREATE_CALL: BodyModel = {
  name: 'CreateCallRequest',
  operations: [PLACE_AS_SELF, PLACE_ON_BEHALF],
  meaning: 'Places a call: on the phone of the owner of the token, or on that of the user in the path.',
  example: { phoneNumber: '+13175550142' },
  fields: FIELDS,
  oneOf: { names: ['phoneNumber', 'callUserId', 'callQueueId', 'participants'], only: true, orElse: ['conversationIds'] },
  source: `CreateCallRequest of ${SDK} and .NET SDK 270.0.0`,
  asOf: SDK_AS_OF,
};
