import { type CorpusCase, OPEN, STRONG } from './case.js';
import { org, role } from './org.js';
import { CONVERSATION, curl, errorBody, missingAny, NOT_AUTHORIZED, NUMBER, PARTICIPANT, platform, USER, wire } from './text.js';

const forbidden = (type: string, id: string): object => ({ messageWithParams: 'Access to {type} {id} is forbidden.', messageParams: { id, type } });

export const PARTICIPANT_CASES: readonly CorpusCase[] = [
  {
    name: 'the caller is not on the call',
    source: 'FACTS §3.2 conversation.error.forbidden.not.active.participant',
    request: curl(`POST /api/v2/conversations/calls/${CONVERSATION}/participants`, { body: { participants: [{ address: '+13175550142' }] } }),
    response: platform(403, 'conversation.error.forbidden.not.active.participant', 'User is not active on call.'),
    expect: {
      top: ['not-participant', 'confirmed'],
      never: ['missing-permission', 'missing-scope'],
      operation: 'POST /api/v2/conversations/calls/{conversationId}/participants',
    },
  },
  {
    name: 'access to a conversation is forbidden',
    source: 'FACTS §3.1 (2018 body) and §3.3: no list + conversation id → participant rule',
    request: curl(`GET /api/v2/conversations/calls/${CONVERSATION}`),
    response: platform(403, 'not.authorized', `Access to Conversation ${CONVERSATION} is forbidden.`, forbidden('Conversation', CONVERSATION)),
    expect: {
      top: ['not-participant', STRONG],
      never: ['missing-permission', 'missing-scope', 'wrong-id'],
      says: [CONVERSATION],
      operation: 'GET /api/v2/conversations/calls/{conversationId}',
    },
  },
  {
    name: 'access to a conversation is forbidden, as version 1 wrote it',
    source: 'FACTS §3.1: older body, code forbidden',
    request: curl(`PATCH /api/v2/conversations/calls/${CONVERSATION}`, { body: { state: 'disconnected' } }),
    response: wire(403, JSON.stringify(errorBody(403, 'forbidden', `Access to Conversation ${CONVERSATION} is forbidden.`))),
    expect: { top: ['not-participant', STRONG], never: ['not-genesys', 'missing-permission'], operation: 'PATCH /api/v2/conversations/calls/{conversationId}' },
  },
  {
    name: 'the sentence only in its template',
    source: 'issue 4: messageWithParams + messageParams where message is empty',
    request: curl(`GET /api/v2/conversations/calls/${CONVERSATION}`),
    response: platform(403, 'not.authorized', '', forbidden('Conversation', CONVERSATION)),
    expect: { top: ['not-participant', STRONG], says: [CONVERSATION], operation: 'GET /api/v2/conversations/calls/{conversationId}' },
  },
  {
    name: 'a client acts on a conversation it is no party to',
    source: 'FACTS §3.1: not.authorized of a data action, explained by Genesys',
    request: curl(`PATCH /api/v2/conversations/${CONVERSATION}/participants/${PARTICIPANT}/attributes`, { body: { attributes: { vip: 'yes' } } }),
    response: platform(403, 'not.authorized', NOT_AUTHORIZED, { messageParams: {} }),
    grant: 'client-credentials',
    expect: {
      top: ['not-participant', OPEN],
      never: ['missing-scope', 'missing-permission'],
      operation: 'PATCH /api/v2/conversations/{conversationId}/participants/{participantId}/attributes',
    },
  },
  {
    name: 'a client with all permissions acts on a conversation it is no party to',
    source: 'FACTS §3.1, §2: services may refuse a non-participant',
    request: curl(`GET /api/v2/conversations/calls/${CONVERSATION}`),
    response: platform(403, 'not.authorized', NOT_AUTHORIZED),
    org: org({ grants: [role('Master Admin', '*', ['*:*:*'])] }),
    expect: {
      top: ['not-participant', OPEN],
      never: ['missing-permission', 'missing-scope', 'stale-grant', 'feature-not-enabled'],
      operation: 'GET /api/v2/conversations/calls/{conversationId}',
    },
  },
  {
    name: 'the user is not a participant, says a 404',
    source: 'FACTS §1.6: observed body of …/participants/user/{userId}',
    request: curl(`POST /api/v2/conversations/calls/${CONVERSATION}/participants/user/${USER}`, { body: NUMBER }),
    response: platform(404, 'not.found', `User ${USER} is not a participant in the conversation.`),
    expect: {
      top: ['not-participant', STRONG],
      never: ['wrong-id', 'no-such-operation', 'missing-permission'],
      operation: 'POST /api/v2/conversations/calls/{conversationId}/participants/user/{userId}',
    },
  },
  {
    name: 'the sibling operation names its permission',
    source: 'FACTS §1.6: any of conversation:agentlessCall:add',
    request: curl(`POST /api/v2/conversations/calls/${CONVERSATION}/participants/user/${USER}`, { body: NUMBER }),
    response: missingAny('conversation:agentlessCall:add'),
    org: org({ grants: [role('Dialer', '*', ['conversation:call:add'])] }),
    expect: {
      top: ['missing-permission', 'confirmed'],
      never: ['not-participant'],
      fixMentions: ['conversation:agentlessCall:add'],
      operation: 'POST /api/v2/conversations/calls/{conversationId}/participants/user/{userId}',
    },
  },
  {
    name: 'the third sibling takes any of four',
    source: 'FACTS §1.6: PATCH …/participants/{participantId}/user/{userId}',
    request: curl(`PATCH /api/v2/conversations/calls/${CONVERSATION}/participants/${PARTICIPANT}/user/${USER}`, { body: { state: 'disconnected' } }),
    org: org({
      grants: [role('Wrapup', '*', ['conversation:participant:wrapup'])],
      catalogue: ['conversation:participant:wrapup', 'conversation:call:record'],
    }),
    expect: {
      top: 'nothing',
      atLeast: { 'missing-permission': 'ruled-out' },
      operation: 'PATCH /api/v2/conversations/calls/{conversationId}/participants/{participantId}/user/{userId}',
    },
  },
  {
    name: 'no such conversation',
    source: 'FACTS §3.2 conversation.not.found',
    request: curl(`GET /api/v2/conversations/calls/${CONVERSATION}`),
    response: platform(404, 'conversation.not.found', 'The conversation was not found.'),
    expect: { top: ['wrong-id', STRONG], never: ['not-participant'], operation: 'GET /api/v2/conversations/calls/{conversationId}' },
  },
  {
    name: 'no such conversation, as the telephony service says it',
    source: 'FACTS §3.2 conversation.error.conversation.not.found',
    request: curl(`PATCH /api/v2/conversations/${CONVERSATION}/participants/${PARTICIPANT}`, { body: { wrapup: { code: 'x' } } }),
    response: platform(404, 'conversation.error.conversation.not.found', 'The conversation could not be found.'),
    expect: {
      top: ['wrong-id', STRONG],
      never: ['missing-permission'],
      operation: 'PATCH /api/v2/conversations/{conversationId}/participants/{participantId}',
    },
  },
  {
    name: 'nothing but the sentence: no conversation is known',
    source: 'FACTS §3.3: open between participant, scope and rules',
    response: platform(403, 'not.authorized', NOT_AUTHORIZED),
    expect: { top: [['access-rule', 'missing-scope', 'not-participant', 'missing-permission'], OPEN], operation: null },
  },
  {
    name: 'supervising a call of others by its list',
    source: 'FACTS §3.3: list present → permission',
    request: curl(`POST /api/v2/conversations/calls/${CONVERSATION}/participants/${PARTICIPANT}/coach`),
    response: missingAny('conversation:call:coach'),
    expect: {
      top: ['missing-permission', 'likely'],
      never: ['not-participant'],
      fixMentions: ['conversation:call:coach'],
      operation: 'POST /api/v2/conversations/calls/{conversationId}/participants/{participantId}/coach',
    },
  },
];
