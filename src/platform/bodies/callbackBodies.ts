import { type BodyModel, type Field, GUID_EXAMPLE, type ObjectModel, SDK, SDK_AS_OF } from './bodyModel.js';

export const CALLBACKS = '/api/v2/conversations/callbacks';
const TIME = '2026-11-22T14:30:00.000Z';

const NUMBERS: Field = {
  name: 'callbackNumbers',
  type: 'string[]',
  format: 'phone',
  example: ['+13175550142'],
  meaning: 'The numbers at which the person can be called back.',
  goesWith: ['validateCallbackNumbers', 'countryCode'],
};
const SCHEDULED: Field = {
  name: 'callbackScheduledTime',
  type: 'date-time',
  example: TIME,
  meaning: 'When the callback is due. Without it, now.',
};
const COUNTRY: Field = {
  name: 'countryCode',
  type: 'string',
  format: 'country',
  example: 'US',
  meaning: 'The country of the callback numbers.',
  goesWith: ['callbackNumbers'],
};
const VALIDATE: Field = {
  name: 'validateCallbackNumbers',
  type: 'boolean',
  example: true,
  meaning: 'True to have the form of the numbers checked.',
  goesWith: ['callbackNumbers'],
};
const DELIVERY: Field = {
  name: 'customerFirstCallbackDeliveryMode',
  type: 'string',
  values: ['UseQueueSetting', 'UseAgentReservation', 'NoAgentReservation'],
  example: 'UseQueueSetting',
  meaning: 'Whether an agent is reserved before the customer is called: as the queue says, always, or never.',
};

const AGENT: ObjectModel = {
  name: 'DomainEntityRef',
  fields: [{ name: 'id', type: 'string', format: 'guid', idOf: 'user', example: GUID_EXAMPLE, meaning: 'The user.' }],
  answerOnly: ['name', 'selfUri'],
};

const SCORED_AGENT: ObjectModel = {
  name: 'ScoredAgent',
  fields: [
    { name: 'agent', type: 'DomainEntityRef', object: AGENT, example: { id: GUID_EXAMPLE }, meaning: 'The agent.', goesWith: ['score'] },
    {
      name: 'score',
      type: 'int32',
      unit: 'points, to 100',
      example: 100,
      meaning: 'How well the agent fits.',
      note: 'The owner of an agent-owned callback has 100.',
      goesWith: ['agent'],
    },
  ],
};

/** FACTS §7. */
const ROUTING_DATA: ObjectModel = {
  name: 'RoutingData',
  fields: [
    { name: 'queueId', type: 'string', format: 'guid', idOf: 'queue', required: true, example: GUID_EXAMPLE, meaning: 'The queue of the callback.' },
    {
      name: 'routingFlags',
      type: 'string[]',
      example: ['AGENT_OWNED_CALLBACK'],
      meaning: 'How the callback is routed. AGENT_OWNED_CALLBACK gives it to one agent.',
      goesWith: ['scoredAgents'],
      requires: 'The queue has agent-owned callbacks enabled (agentOwnedRouting.enableAgentOwnedCallbacks).',
    },
    {
      name: 'scoredAgents',
      type: 'ScoredAgent[]',
      object: SCORED_AGENT,
      example: [{ agent: { id: GUID_EXAMPLE }, score: 100 }],
      meaning: 'Agents and how well they fit. An agent-owned callback has exactly one, with the score 100.',
      goesWith: ['routingFlags'],
    },
    {
      name: 'preferredAgentIds',
      type: 'string[]',
      format: 'guid',
      idOf: 'user',
      example: [GUID_EXAMPLE],
      meaning: 'Agents who are preferred.',
    },
    { name: 'skillIds', type: 'string[]', format: 'guid', idOf: 'skill', example: [GUID_EXAMPLE], meaning: 'The skills to route by.' },
    { name: 'skillExpression', type: 'string', example: 'Billing > 3', meaning: 'A skill expression to route by.', goesWith: ['skillIds'] },
    { name: 'languageId', type: 'string', format: 'guid', idOf: 'language', example: GUID_EXAMPLE, meaning: 'The language skill to route by.' },
    { name: 'priority', type: 'int32', example: 5, meaning: 'The priority of the callback in the queue.' },
    { name: 'label', type: 'string', example: 'callback', meaning: 'The utilization label of the conversation.' },
  ],
};

/** FACTS §7. */
export const CREATE_CALLBACK: BodyModel = {
  name: 'CreateCallbackCommand',
  operations: [{ method: 'POST', path: CALLBACKS }],
  meaning: 'Makes a callback for a queue, or for one agent. The agent accepts it and dials. Client credentials may do this.',
  example: { queueId: GUID_EXAMPLE, callbackNumbers: ['+13175550142'], callbackUserName: 'Customer' },
  oneOf: { names: ['queueId', 'routingData'] },
  fields: [
    { ...NUMBERS, required: true },
    {
      name: 'queueId',
      type: 'string',
      format: 'guid',
      idOf: 'queue',
      example: GUID_EXAMPLE,
      meaning: 'The queue of the callback.',
      note: 'Either this or routingData is needed.',
    },
    {
      name: 'routingData',
      type: 'RoutingData',
      object: ROUTING_DATA,
      example: { queueId: GUID_EXAMPLE, routingFlags: ['AGENT_OWNED_CALLBACK'], scoredAgents: [{ agent: { id: GUID_EXAMPLE }, score: 100 }] },
      meaning: 'The queue, and how the callback is routed there: to any member, by skills, or to one agent.',
      note: 'Either this or queueId is needed.',
    },
    { name: 'callbackUserName', type: 'string', example: 'Customer', meaning: 'The name of the person to call back.', goesWith: ['callbackNumbers'] },
    SCHEDULED,
    COUNTRY,
    VALIDATE,
    {
      name: 'callerId',
      type: 'string',
      format: 'phone',
      example: '+13175550100',
      meaning: 'The caller ID number to present when the agent dials, in E.164.',
      goesWith: ['callerIdName'],
      note: 'The trunk may present another one.',
    },
    {
      name: 'callerIdName',
      type: 'string',
      example: 'Example Support',
      meaning: 'The caller ID name to present when the agent dials.',
      goesWith: ['callerId'],
    },
    {
      name: 'data',
      type: 'map<string,string>',
      example: { ticket: '4711' },
      meaning: 'Attributes to put on the participant. Names and values are strings.',
    },
    { name: 'scriptId', type: 'string', format: 'guid', idOf: 'script', example: GUID_EXAMPLE, meaning: 'The script that the agent sees.' },
    DELIVERY,
  ],
  source: `CreateCallbackCommand and RoutingData of ${SDK}, RoutingData of .NET SDK 270.0.0`,
  asOf: SDK_AS_OF,
};

export const CHANGE_CALLBACK: BodyModel = {
  name: 'PatchCallbackRequest',
  operations: [{ method: 'PATCH', path: CALLBACKS }],
  meaning: 'Changes a scheduled callback: when, to which number, for which queue or agent.',
  example: { conversationId: GUID_EXAMPLE, agentId: GUID_EXAMPLE, callbackScheduledTime: TIME },
  fields: [
    {
      name: 'conversationId',
      type: 'string',
      format: 'guid',
      idOf: 'conversation',
      required: true,
      example: GUID_EXAMPLE,
      meaning: 'The conversation of the callback.',
    },
    { name: 'agentId', type: 'string', format: 'guid', idOf: 'user', required: true, example: GUID_EXAMPLE, meaning: 'The agent of the callback.' },
    { name: 'queueId', type: 'string', format: 'guid', idOf: 'queue', example: GUID_EXAMPLE, meaning: 'The queue of the callback.' },
    { ...SCHEDULED, meaning: 'When the callback is due.' },
    NUMBERS,
    COUNTRY,
    VALIDATE,
    DELIVERY,
  ],
  source: `PatchCallbackRequest of ${SDK}`,
  asOf: SDK_AS_OF,
};
