import { type CorpusCase, OPEN, SAID, STRONG } from './case.js';
import { allOf, anyOf, CONVERSATION, call, curl, errorBody, NOT_A_USER, ON_BEHALF_OPERATION, onBehalf, platform, QUEUE, wire } from './text.js';

const template = 'Unable to perform the requested action. You must have at least one of the following permissions assigned: {permissions}';

export const WORDINGS: readonly CorpusCase[] = [
  {
    name: 'an empty message, a template and what fills it',
    source: 'FACTS §3.1 messageWithParams + messageParams; issue 4: where message is empty',
    request: curl('POST /api/v2/routing/queues', { body: { name: 'x' } }),
    response: platform(403, 'missing.any.permissions', '', { messageWithParams: template, messageParams: { permissions: '[routing:queue:add]' } }),
    expect: { top: ['missing-permission', 'likely'], fixMentions: ['routing:queue:add'], operation: 'POST /api/v2/routing/queues' },
  },
  {
    name: 'no message, a template and what fills it',
    source: 'FACTS §3.1; issue 4: empty or absent',
    request: curl('GET /api/v2/outbound/campaigns'),
    response: platform(403, 'missing.any.permissions', undefined, {
      messageWithParams: template,
      messageParams: { permissions: '[outbound:campaign:view, outbound:campaign:search]' },
    }),
    expect: { top: ['missing-permission', 'likely'], fixMentions: ['outbound:campaign:view'], operation: 'GET /api/v2/outbound/campaigns' },
  },
  {
    name: 'a template whose filling is missing says what it can',
    source: 'FACTS §3.1: both are often missing',
    request: curl('GET /api/v2/outbound/campaigns'),
    response: platform(403, 'missing.any.permissions', '', { messageWithParams: template, messageParams: {} }),
    expect: { top: ['missing-permission', OPEN], neverAdvises: ['{permissions}'], operation: 'GET /api/v2/outbound/campaigns' },
  },
  {
    name: 'a division by template and filling',
    source: 'FACTS §3.2 division form; issue 4: where message is empty',
    request: curl(`GET /api/v2/routing/queues/${QUEUE}`),
    response: platform(403, 'missing.permissions', '', {
      messageWithParams: 'Unable to perform the requested action. You are missing the following permission(s): {list}',
      messageParams: { list: '[routing:queue:view:22222222-2222-4222-8222-222222222222]' },
    }),
    expect: { top: ['missing-division', 'likely'], says: ['22222222-2222-4222-8222-222222222222'], operation: 'GET /api/v2/routing/queues/{queueId}' },
  },
  {
    name: 'the reason in errors[]',
    source: 'FACTS §3.1 errors: [ErrorBody]; issue 4: nested errors[]',
    request: curl('GET /api/v2/routing/queues'),
    response: wire(
      403,
      JSON.stringify(errorBody(403, undefined, undefined, { errors: [errorBody(403, 'missing.any.permissions', anyOf('routing:queue:view'))] })),
    ),
    expect: { top: ['missing-permission', 'likely'], fixMentions: ['routing:queue:view'], never: ['not-genesys'], operation: 'GET /api/v2/routing/queues' },
  },
  {
    name: 'the reason two levels down in errors[]',
    source: 'FACTS §3.1 errors: [ErrorBody]',
    request: onBehalf(),
    response: wire(
      403,
      JSON.stringify(
        errorBody(403, undefined, '', {
          errors: [errorBody(403, undefined, '', { errors: [errorBody(403, 'missing.permissions', allOf('conversation:call:add'))] })],
        }),
      ),
    ),
    expect: { top: ['missing-permission', 'likely'], fixMentions: ['conversation:call:add'], operation: ON_BEHALF_OPERATION },
  },
  {
    name: 'a general code outside, the reason in errors[]',
    source: 'FACTS §3.1: parse status, code, lists, then details and errors',
    request: call(),
    response: platform(400, 'bad.request', 'The request could not be understood by the server due to malformed syntax.', {
      errors: [errorBody(400, 'conversation.error.no.user.station', 'A station is required to place a call.')],
    }),
    expect: { top: ['no-station', STRONG], mayConfirm: ['invalid-payload'], operation: 'POST /api/v2/conversations/calls' },
  },
  {
    name: 'the reason in details[]',
    source: 'FACTS §3.1 details: [{errorCode, fieldName, …}]; issue 4: nested details[]',
    request: call(),
    response: platform(400, undefined, undefined, { details: [{ errorCode: 'conversation.error.no.user.station', fieldName: null }] }),
    expect: { top: ['no-station', STRONG], operation: 'POST /api/v2/conversations/calls' },
  },
  {
    name: 'several errors of one body',
    source: 'FACTS §3.1 errors',
    request: curl('POST /api/v2/groups', { body: {} }),
    response: platform(400, 'bad.request', '', {
      errors: [errorBody(400, 'constraint.validation', 'name may not be null'), errorBody(400, 'constraint.validation', 'type may not be null')],
    }),
    expect: { top: ['invalid-payload', 'confirmed'], says: ['name'], operation: 'POST /api/v2/groups' },
  },
  {
    name: 'permission is forbidden on a domain',
    source: 'issue 4: older wordings (“Permission is forbidden on domain…”)',
    request: curl('GET /api/v2/recording/mediaretentionpolicies'),
    response: wire(403, JSON.stringify(errorBody(403, 'forbidden', 'Permission is forbidden on domain recording.'))),
    expect: {
      top: ['missing-permission', OPEN],
      never: ['not-participant', 'not-genesys'],
      says: ['recording'],
      operation: 'GET /api/v2/recording/mediaretentionpolicies',
    },
  },
  {
    name: 'the sentence of a permission without its code',
    source: 'FACTS §3.1 TF issue #1133: the message as it is quoted',
    request: curl('GET /api/v2/journey/actionmaps'),
    response: wire(403, JSON.stringify({ message: anyOf('journey:actionmap:view') })),
    expect: { top: ['missing-permission', 'likely'], fixMentions: ['journey:actionmap:view'], operation: 'GET /api/v2/journey/actionmaps' },
  },
  {
    name: 'the sentence as Terraform prints it, no JSON at all',
    source: 'FACTS §3.1 TF issue #1133; issue 4: half-readable input is explained as far as it goes',
    response: `Error: failed to read journey action map: API Error: 403 - ${anyOf('journey:actionmap:view')} (d7a1b2c3)`,
    status: 403,
    expect: { top: ['missing-permission', OPEN], says: ['journey:actionmap:view'] },
  },
  {
    name: 'the code with an unknown message',
    source: 'FACTS §3.1 parse order: code before message',
    request: call(),
    response: platform(400, 'not.a.user', 'Anfragen an diese Ressource erfordern einen Benutzer.'),
    expect: { top: ['no-user-context', 'confirmed'], operation: 'POST /api/v2/conversations/calls' },
  },
  {
    name: 'a code that nobody published, with a 403',
    source: 'DESIGN §1: confirmed needs proof',
    request: curl('GET /api/v2/knowledge/knowledgebases'),
    response: platform(403, 'knowledge.language.not.licensed', 'The language is not available.'),
    expect: { confirmed: [], never: ['not-genesys'], says: ['knowledge.language.not.licensed'], operation: 'GET /api/v2/knowledge/knowledgebases' },
  },
  {
    name: 'a code that nobody published, with a 400',
    source: 'FACTS §3.2: a 400 is about the request; DESIGN §1: proof',
    request: curl('POST /api/v2/alerting/rules', { body: { name: 'x' } }),
    response: platform(400, 'alerting.rule.limit', 'The rule may not have more than 5 conditions.'),
    expect: { top: ['invalid-payload', SAID], never: ['missing-permission', 'not-genesys'], operation: 'POST /api/v2/alerting/rules' },
  },
  {
    name: 'the status of the line counts, not the one in the body',
    source: 'RFC 9110 §15; FACTS §3.1',
    request: call(),
    response: wire(400, JSON.stringify(errorBody(403, 'not.a.user', NOT_A_USER)), ['Content-Type: application/json', 'ININ-Correlation-Id: abc']),
    expect: { top: ['no-user-context', 'confirmed'], operation: 'POST /api/v2/conversations/calls' },
  },
  {
    name: 'an entity named beside the sentence',
    source: 'FACTS §3.1 entityId, entityName',
    request: curl(`GET /api/v2/conversations/${CONVERSATION}/recordings`),
    response: platform(403, 'missing.any.permissions', anyOf('recording:recording:view, recording:recordingSegment:view'), {
      entityName: 'Conversation',
      entityId: CONVERSATION,
    }),
    expect: {
      top: ['missing-permission', 'likely'],
      never: ['not-participant'],
      fixMentions: ['recording:recording:view'],
      operation: 'GET /api/v2/conversations/{conversationId}/recordings',
    },
  },
  {
    name: 'null in every field that may be missing',
    source: 'FACTS §3.1: fields marked ?',
    request: curl('GET /api/v2/teams/3f2504e0-4f89-41d3-9a0c-0305e82c3301'),
    response: wire(
      403,
      JSON.stringify({
        message: anyOf('groups:team:view'),
        code: 'missing.any.permissions',
        status: 403,
        entityId: null,
        entityName: null,
        messageWithParams: null,
        messageParams: null,
        contextId: null,
        details: null,
        errors: null,
        limit: null,
      }),
    ),
    expect: { top: ['missing-permission', 'likely'], fixMentions: ['groups:team:view'], operation: 'GET /api/v2/teams/{teamId}' },
  },
  {
    name: 'a byte order mark before the answer',
    source: 'issue 4: charset; RFC 8259 §8.1',
    request: curl('GET /api/v2/routing/queues'),
    response: `\ufeff${JSON.stringify(errorBody(403, 'missing.any.permissions', anyOf('routing:queue:view')))}`,
    expect: { top: ['missing-permission', 'likely'], fixMentions: ['routing:queue:view'], operation: 'GET /api/v2/routing/queues' },
  },
  {
    name: 'a byte order mark before the body, after the headers',
    source: 'issue 4: charset; RFC 8259 §8.1',
    request: curl('GET /api/v2/routing/queues'),
    response: wire(403, `\ufeff${JSON.stringify(errorBody(403, 'missing.any.permissions', anyOf('routing:queue:view')))}`),
    expect: { top: ['missing-permission', 'likely'], fixMentions: ['routing:queue:view'], never: ['not-genesys'], operation: 'GET /api/v2/routing/queues' },
  },
];
