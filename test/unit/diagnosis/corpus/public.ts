import { type CorpusCase, OPEN, SAID, STRONG } from './case.js';
import {
  accepted,
  allOf,
  anyOf,
  CALLS,
  CONVERSATION,
  call,
  curl,
  errorBody,
  HOST,
  NOT_A_USER,
  NOT_AUTHORIZED,
  PARTICIPANT,
  platform,
  QUEUE,
  tokenRequest,
  USER,
  wire,
} from './text.js';

const CORRELATION = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';
const DIVISION = '22222222-2222-4222-8222-222222222222';
const SETTINGS = 'API Error: 400 - Value [] is not valid for field type [Mode]. Allowable values are: AgentFirst, CustomerFirst';
const VERSION = 'The version number of the modified resource must match the version number in the database.';
const STATION = `PUT /api/v2/users/${USER}/station/associatedstation/${PARTICIPANT}`;
const STATION_OPERATION = 'PUT /api/v2/users/{userId}/station/associatedstation/{stationId}';

/** A body with the id that only these cases have, so that it is seen to come through. */
const body = (status: number, code: string, message: string, more: object = {}): object =>
  errorBody(status, code, message, { contextId: CORRELATION, ...more });

/** The error of the Go SDK and of the Terraform provider (platform-client-sdk-go, apiresponse.go, SetError). */
const goError = (status: number, message: string): string => `API Error: ${status} - ${message} (${CORRELATION})`;

/** The details that the Terraform provider adds to an error (issues #1133, #1461, #1578). */
const details = (operation: string, status: number, message: string): string => {
  const [method, path] = operation.split(' ');
  return JSON.stringify({
    resourceName: 'genesyscloud_example',
    method,
    path,
    statusCode: status,
    errorMessage: goError(status, message),
    correlationId: CORRELATION,
  });
};

/** An answer as a browser exports it: without the Authorization header, which Chrome leaves out unless asked. */
const har = (operation: string, status: number, content: object): string => {
  const [method, path] = operation.split(' ');
  const request = { method, url: `${HOST}${path}`, headers: [{ name: 'accept', value: 'application/json' }] };
  return JSON.stringify({
    log: {
      version: '1.2',
      entries: [{ request, response: { status, headers: [], content: { mimeType: 'application/json', text: JSON.stringify(content) } } }],
    },
  });
};

const QUEUES_ADD = 'POST /api/v2/routing/queues';

/** What people posted in public, with other ids, names and numbers: log lines, exceptions of SDKs, answers of operations that are gone. */
export const PUBLIC: readonly CorpusCase[] = [
  {
    name: 'an error of Terraform in its frame',
    source: 'Terraform provider, issue #1133; FACTS §3.1',
    response: [
      '╷',
      `│ Error: failed to get page of journey action maps error: ${goError(403, anyOf('journey:actionmap:view'))}`,
      "│ To continue exporting other resources in spite of this error, set the 'log_permission_errors' attribute to 'true'",
      '│   with genesyscloud_tf_export.export,',
      '│   on main.tf line 41, in resource "genesyscloud_tf_export" "export":',
      '│ {"resourceName":"genesyscloud_journey_action_map","method":"GET","path":"/api/v2/journey/actionmaps","statusCode":403,"errorMessage":"API',
      '│ Error: 403 - Unable to perform the requested action. You must have at least one of the following permissions',
      '│ assigned: [journey:actionmap:view]',
      `│ (${CORRELATION})","correlationId":"${CORRELATION}"}`,
      '╵',
    ].join('\n'),
    expect: {
      top: ['missing-permission', OPEN],
      never: ['not-genesys'],
      says: ['journey:actionmap:view', CORRELATION],
      operation: 'GET /api/v2/journey/actionmaps',
    },
  },
  {
    name: 'the details of an error of Terraform alone',
    source: 'Terraform provider, issue #1133',
    response: details('GET /api/v2/journey/actionmaps', 403, anyOf('journey:actionmap:view')),
    expect: {
      top: ['missing-permission', OPEN],
      never: ['not-genesys'],
      says: ['journey:actionmap:view', CORRELATION],
      operation: 'GET /api/v2/journey/actionmaps',
    },
  },
  {
    name: 'two permissions of a closed beta, as Terraform prints them',
    source: 'Terraform provider, issue #277; FACTS §3.4',
    response: `Error: failed to get page of process automation triggers: ${goError(403, anyOf('processautomation:trigger:edit, processautomation:trigger:view'))}`,
    expect: {
      top: ['missing-permission', OPEN],
      atLeast: { 'feature-not-enabled': OPEN },
      never: ['not-genesys', 'missing-scope'],
      says: ['processautomation:trigger:view', CORRELATION],
    },
  },
  {
    name: 'the name of a Java class where the permission belongs',
    source: 'Terraform provider, issue #278; operations.jsonl: routing:callRoute:view',
    request: curl('GET /api/v2/architect/ivrs'),
    response: platform(
      403,
      'missing.permissions',
      'Unable to perform the requested action. You are missing the following permission(s): com.inin.pubapi.iam.util.ResourcePermission',
    ),
    expect: {
      top: ['missing-permission', OPEN],
      fixMentions: ['routing:callRoute:view'],
      neverAdvises: ['com.inin'],
      never: ['not-genesys', 'missing-scope', 'access-rule', 'stale-grant'],
      operation: 'GET /api/v2/architect/ivrs',
    },
  },
  {
    name: 'the name of a Java class, as Terraform prints it',
    source: 'Terraform provider, issue #278',
    response: `Error: Failed to get page of IVR configs: ${goError(403, 'Unable to perform the requested action. You are missing the following permission(s): com.inin.pubapi.iam.util.ResourcePermission')}`,
    expect: { top: ['missing-permission', OPEN], neverAdvises: ['com.inin'], never: ['not-genesys'], says: [CORRELATION] },
  },
  {
    name: 'a value that is not allowed',
    source: 'Terraform provider, issue #1578; FACTS §3.2 invalid.value',
    request: curl(`PUT /api/v2/routing/queues/${QUEUE}`, { body: { name: 'x' } }),
    response: wire(400, JSON.stringify(body(400, 'invalid.value', SETTINGS.slice('API Error: 400 - '.length)))),
    expect: { top: ['invalid-payload', STRONG], says: ['AgentFirst, CustomerFirst'], never: ['wrong-id', 'missing-permission'] },
  },
  {
    name: 'a value that is not allowed, as Terraform prints it',
    source: 'Terraform provider, issue #1578; issue 4: half-readable input is explained as far as it goes',
    response: `│ Error: Failed to update queue Billing error: ${SETTINGS} (${CORRELATION})`,
    expect: { top: ['invalid-payload', SAID], never: ['not-genesys', 'missing-permission'], says: ['AgentFirst, CustomerFirst', CORRELATION] },
  },
  {
    name: 'a version that somebody else has changed',
    source: 'Terraform provider, issue #1461; FACTS §3.2 general.conflict',
    request: curl(STATION),
    response: wire(409, JSON.stringify(body(409, 'general.conflict', VERSION))),
    expect: { top: ['invalid-state', SAID], mayConfirm: ['invalid-state'], says: ['version'], operation: STATION_OPERATION },
  },
  {
    name: 'a version that somebody else has changed, as Terraform prints it',
    source: 'Terraform provider, issue #1461',
    response: `Error: Failed to assign user ${USER} to the station ${PARTICIPANT}: ${goError(409, VERSION)}\n${details(STATION, 409, VERSION)}`,
    expect: { top: ['invalid-state', SAID], never: ['not-genesys', 'invalid-payload'], says: ['version', CORRELATION], operation: STATION_OPERATION },
  },
  {
    name: 'too many requests, as the Go SDK prints it',
    source: 'platform-client-sdk-go SetError; FACTS §3.2 too.many.requests',
    response: goError(429, 'Rate limit exceeded the maximum [300] requests within [60] seconds'),
    expect: { top: ['rate-limited', STRONG], never: ['not-genesys', 'missing-permission'], says: [CORRELATION] },
  },
  {
    name: 'nothing found, as the Go SDK prints it',
    source: 'platform-client-sdk-go SetError; Terraform provider, pull request #130',
    response: `Error: Failed to read flow ${QUEUE}: ${goError(404, `could not find the flow with id '${QUEUE}'`)}`,
    expect: { top: ['wrong-id', SAID], never: ['not-genesys', 'no-such-operation', 'missing-permission'], says: [CORRELATION] },
  },
  {
    name: 'an answer without a body, as the Go SDK prints it',
    source: 'platform-client-sdk-go NewAPIResponse: the status takes the place of the message',
    response: goError(403, 'API Error: 403 Forbidden'),
    expect: { top: [['missing-permission', 'access-rule', 'missing-scope'], OPEN], never: ['not-genesys'], says: [CORRELATION] },
  },
  {
    name: 'the whole answer, as the Go SDK prints it',
    source: 'platform-client-sdk-go APIResponse.String',
    response: JSON.stringify({
      hasBody: true,
      rawBody: Buffer.from(JSON.stringify(body(403, 'missing.any.permissions', anyOf('routing:queue:view')))).toString('base64'),
      statusCode: 403,
      status: '403 Forbidden',
      error: { status: 403, message: anyOf('routing:queue:view'), code: 'missing.any.permissions', contextId: CORRELATION },
      errorMessage: goError(403, anyOf('routing:queue:view')),
      correlationId: CORRELATION,
      header: { 'Inin-Correlation-Id': [CORRELATION] },
    }),
    expect: { top: ['missing-permission', 'likely'], never: ['not-genesys'], says: ['routing:queue:view', CORRELATION] },
  },
  {
    name: 'a client that the token endpoint does not know, as the .NET SDK prints it',
    source: 'CallFlowVisualizer, issues #8 and #9; FACTS §3.1',
    response:
      'Exception when calling PostToken: Error calling PostToken: {"error":"invalid_client","description":"authentication failed","error_description":"authentication failed"}',
    expect: { top: ['client-rejected', STRONG], never: ['not-genesys', 'token-invalid'], says: ['region'] },
  },
  {
    name: 'a user who is not in the conversation',
    source: 'community.genesys.com add-participant-to-conv-with-user-id; FACTS §1.6: it is the user of the path, not the caller',
    request: curl(`POST /api/v2/conversations/calls/${CONVERSATION}/participants/user/${USER}`, { body: { participants: [{ address: '+13175550142' }] } }),
    response: wire(404, JSON.stringify(body(404, 'not.found', 'User 18ee7 is not a participant in the conversation.'))),
    grant: 'client-credentials',
    expect: {
      top: ['not-participant', SAID],
      never: ['missing-permission', 'no-such-operation', 'no-user-context'],
      neverAdvises: ['the token of a user'],
      operation: 'POST /api/v2/conversations/calls/{conversationId}/participants/user/{userId}',
    },
  },
  {
    name: 'a user who is not in the conversation, as the .NET SDK prints it',
    source: 'community.genesys.com add-participant-to-conv-with-user-id',
    response: `Error calling PostConversationsCallParticipantsUserUserId: ${JSON.stringify(body(404, 'not.found', 'User 18ee7 is not a participant in the conversation.'))}`,
    expect: { top: ['not-participant', SAID], never: ['not-genesys', 'missing-permission'], says: [CORRELATION] },
  },
  {
    name: 'no access to a conversation, by an operation that is gone since',
    source: 'community.genesys.com update-and-change-system-wrap-up-codes (2018); DESIGN §1: what the platform judged, it had',
    request: curl(`PATCH /api/v2/conversations/chats/${CONVERSATION}/participants/${PARTICIPANT}`, {
      body: { wrapup: { code: QUEUE }, state: 'disconnected' },
      host: 'https://api.mypurecloud.com.au',
    }),
    response: JSON.stringify(
      body(403, 'not.authorized', `Access to Conversation ${CONVERSATION} is forbidden.`, {
        messageWithParams: 'Access to {type} {id} is forbidden.',
        messageParams: { id: CONVERSATION, type: 'Conversation' },
      }),
    ),
    expect: { top: ['not-participant', OPEN], never: ['no-such-operation', 'missing-permission', 'missing-scope'], operation: null },
  },
  {
    name: 'a data action on a conversation that it is no party of',
    source: 'community.genesys.com error-403-in-purecloud-data-action, answer of Genesys; FACTS §3.1',
    request: curl(`PATCH /api/v2/conversations/emails/${CONVERSATION}/participants/${PARTICIPANT}`, {
      body: { wrapup: { code: QUEUE }, state: 'disconnected' },
    }),
    response: JSON.stringify(body(403, 'not.authorized', NOT_AUTHORIZED, { messageParams: {} })),
    grant: 'client-credentials',
    expect: { top: ['not-participant', OPEN], never: ['missing-permission', 'missing-scope', 'no-such-operation'] },
  },
  {
    name: 'a rejected body, by an operation that is gone since',
    source: 'community.genesys.com answer-chat-conversation-via-api (2018); DESIGN §1: what the platform judged, it had',
    request: curl(`PATCH /api/v2/conversations/chats/${CONVERSATION}`, { body: { state: 'connected' } }),
    response: JSON.stringify(body(400, 'bad.request', 'An empty list of conversations is invalid.')),
    expect: { top: ['invalid-payload', SAID], says: ['empty list'], never: ['no-such-operation', 'missing-permission'], operation: null },
  },
  {
    name: 'a chat that is not active',
    source: 'community.genesys.com guest-chat-usage; gildas/go-gcloudcx error.go: a state that does not permit it',
    request: curl(`POST /api/v2/webchat/guest/conversations/${CONVERSATION}/members/${PARTICIPANT}/messages`, { body: { body: 'x' } }),
    response: JSON.stringify(
      body(400, 'chat.error.conversation.state', 'Conversation State', {
        messageWithParams: 'Conversation State',
        messageParams: { message: 'The conversation is not active' },
      }),
    ),
    expect: {
      top: ['invalid-state', SAID],
      mayConfirm: ['invalid-state'],
      says: ['not active'],
      never: ['invalid-payload', 'no-such-operation', 'missing-permission'],
      operation: null,
    },
  },
  {
    name: 'a member of a chat in a state that forbids it',
    source: 'gildas/go-gcloudcx error.go chat.error.member.state',
    response: JSON.stringify(body(400, 'chat.error.member.state', 'The conversation member is in a state which does not permit this action.')),
    expect: { top: ['invalid-state', SAID], mayConfirm: ['invalid-state'], never: ['invalid-payload', 'missing-permission'] },
  },
  {
    name: 'an open message of another schema',
    source: 'community.genesys.com send-an-inbound-structured-open-response-message',
    request: curl(`POST /api/v2/conversations/messages/${PARTICIPANT}/inbound/open/message`, { body: { type: 'Structured' } }),
    response: JSON.stringify(
      body(400, 'bad.request', "should have required property 'content', should have required property '.text', should match some schema in anyOf"),
    ),
    expect: { top: ['invalid-payload', STRONG], says: ["'content'"], never: ['missing-permission'] },
  },
  {
    name: 'a field far down in a body',
    source: 'public notes on the virtual agent (index 69028694842); FACTS §3.1 details[].fieldName',
    response: JSON.stringify({
      message: 'Invalid expression in outputInstructions',
      code: 'bad.request',
      status: 400,
      details: [{ fieldName: 'definition.tools[0].outputInstructions[0].when' }],
    }),
    expect: { top: ['invalid-payload', STRONG], says: ['definition.tools[0].outputInstructions[0].when'] },
  },
  {
    name: 'the remote system of a data action refuses',
    source: 'Genesys help, data-action-fails-during-testing',
    response: JSON.stringify({
      errorCode: 'INVALID_CREDENTIALS',
      status: 400,
      correlationId: CORRELATION,
      entityName: 'msDynamics',
      userMessage: 'There was an issue validating the credentials.',
      userParams: [],
      details: [{ errorCode: 'ACTION.AUTHENTICATION' }],
      errors: [
        {
          errorCode: 'INVALID_CREDENTIALS',
          status: 400,
          userMessage: 'Request to backend service failed.  Response from web service: {"error":"invalid_grant"}',
          userParams: [],
          details: [],
          errors: [],
        },
      ],
    }),
    expect: { top: ['remote-credentials', 'confirmed'], never: ['token-invalid', 'client-rejected', 'not-genesys'], says: [CORRELATION] },
  },
  {
    name: 'the grant type as a header of the token request',
    source: 'salesforce.stackexchange.com 216303: Bad Request; FACTS §4.1: grant_type is in the form',
    request: `curl -X POST 'https://login.mypurecloud.com/oauth/token' -H 'content-type: application/x-www-form-urlencoded' -H 'authorization: Basic Y2xpZW50OnNlY3JldA==' -H 'grant_type: client_credentials'`,
    response: 'HTTP/1.1 400 Bad Request\r\n\r\n',
    expect: {
      top: ['token-request-malformed', SAID],
      mayConfirm: ['token-request-malformed'],
      says: ['grant_type'],
      never: ['client-rejected'],
      operation: null,
    },
  },
  {
    name: 'a code of a login that no longer holds',
    source: 'FACTS §4.2: redirect_uri has to match exactly; RFC 6749 §5.2 invalid_grant: code or redirection URI',
    request: tokenRequest('grant_type=authorization_code&code=abc&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2Fcallback'),
    response: wire(400, '{"error":"invalid_grant","description":"authorization code not found","error_description":"authorization code not found"}'),
    expect: { top: ['token-request-malformed', SAID], fixMentions: ['redirect_uri'], never: ['client-rejected'], operation: null },
  },
  {
    name: 'a token asked for at the host of the API',
    source: 'FACTS §4.1: https://login.<domain>/oauth/token',
    request: `curl -X POST ${HOST}/oauth/token -u id:secret -d grant_type=client_credentials`,
    response: wire(404, JSON.stringify(body(404, 'not.found', 'HTTP 404 Not Found'))),
    expect: {
      top: ['no-such-operation', STRONG],
      fixMentions: ['https://login.mypurecloud.com/oauth/token'],
      never: ['wrong-id', 'client-rejected'],
      operation: null,
    },
  },
  {
    name: 'a division with an empty list of permissions, as the Go SDK prints it',
    source: 'index file 68505627604; FACTS §3.2',
    response: goError(403, `${anyOf('')} in at least one of the following division(s): [${DIVISION}]`),
    expect: { top: ['missing-division', OPEN], never: ['not-genesys', 'access-rule', 'missing-scope'], says: [DIVISION, CORRELATION] },
  },
  {
    name: 'a division behind the name, as the Go SDK prints it',
    source: 'index file 68505627604; FACTS §3.2: a 4th GUID segment',
    response: goError(403, allOf(`telephony:extensionPool:edit:${DIVISION}`)),
    expect: { top: ['missing-division', OPEN], never: ['not-genesys', 'missing-scope'], says: ['telephony:extensionPool:edit', DIVISION, CORRELATION] },
  },
  {
    name: 'a number plan that does not know an address',
    source: 'index file 70449006979: sip: address; docs/causes.md no-route',
    request: curl(`GET /api/v2/conversations/calls/${CONVERSATION}`),
    response: accepted(200, {
      id: CONVERSATION,
      participants: [
        {
          purpose: 'external',
          state: 'terminated',
          disconnectType: 'error',
          address: 'sip:30005@video.example.com;language=en-US',
          errorInfo: { code: 'error.ininedgecontrol.connection.dialplan.notReachable', message: 'x' },
        },
      ],
    }),
    expect: { top: ['no-route', STRONG], says: ['number plan'], never: ['missing-permission', 'station-unreachable'] },
  },
  {
    name: 'a WebRTC phone that nobody picked up for a minute',
    source: 'index file 67112299639: a call placed by the API ends after 60 s; FACTS §1.5',
    request: curl(`GET /api/v2/conversations/calls/${CONVERSATION}`),
    response: accepted(200, {
      id: CONVERSATION,
      participants: [
        {
          purpose: 'agent',
          state: 'terminated',
          disconnectType: 'error',
          errorInfo: { code: 'error.ininedgecontrol.connection.timeout', message: 'Call Connection Timeout' },
        },
      ],
    }),
    expect: { top: ['station-unreachable', STRONG], never: ['no-route', 'missing-permission'] },
  },
  {
    name: 'a command to a call that had ended',
    source: 'index file 8786182170; webrtc SDK changelog 11.3.1: benign',
    request: curl(`GET /api/v2/conversations/calls/${CONVERSATION}`),
    response: accepted(200, {
      id: CONVERSATION,
      participants: [
        {
          purpose: 'agent',
          state: 'terminated',
          errorInfo: { code: 'error.ininedgecontrol.session.inactive', message: `session ${PARTICIPANT} is inactive for command cloud.command.disconnect` },
        },
      ],
    }),
    expect: { top: ['invalid-state', SAID], mayConfirm: ['invalid-state'], never: ['no-station', 'no-route', 'station-unreachable'] },
  },
  {
    name: 'the log of an SDK as text',
    source: 'Genesys developer blog, 2021-05-06: log_format text',
    response: [
      'ERROR: 2026-03-25 13:38:55,586',
      '=== REQUEST ===',
      `URL: ${HOST}/api/v2/routing/queues`,
      'Method: POST',
      'Headers: ',
      '\tContent-Type: application/json',
      '\tpurecloud-sdk: 113.0.1',
      '\tAuthorization: [REDACTED]',
      '=== RESPONSE ===',
      'Status: 403',
      'Headers: ',
      '\tContent-Type: application/json',
      `\tININ-Correlation-Id: ${CORRELATION}`,
      '\tX-Cache: Error from cloudfront',
      '\tVia: 1.1 example.cloudfront.net (CloudFront)',
      `Body: ${JSON.stringify(body(403, 'missing.any.permissions', anyOf('routing:queue:add')))}`,
      `CorrelationId: ${CORRELATION}`,
    ].join('\n'),
    expect: {
      top: ['missing-permission', 'likely'],
      never: ['not-genesys', 'token-missing'],
      says: ['routing:queue:add', CORRELATION],
      operation: QUEUES_ADD,
    },
  },
  {
    name: 'the log of an SDK as JSON',
    source: 'Genesys developer blog, 2021-05-06: log_format JSON, one line; Authorization is redacted by the SDK',
    response: JSON.stringify({
      level: 'error',
      date: '03-25-2026, 13:38:50',
      method: 'POST',
      url: `${HOST}/api/v2/routing/queues`,
      correlationId: CORRELATION,
      statusCode: 403,
      requestHeaders: { 'Content-Type': 'application/json', Authorization: '[REDACTED]' },
      responseHeaders: { 'ININ-Correlation-Id': CORRELATION },
      requestBody: '{"name":"x"}',
      responseBody: JSON.stringify(body(403, 'missing.any.permissions', anyOf('routing:queue:add'))),
    }),
    expect: {
      top: ['missing-permission', 'likely'],
      never: ['not-genesys', 'token-missing'],
      says: ['routing:queue:add', CORRELATION],
      operation: QUEUES_ADD,
    },
  },
  {
    name: 'the log of an SDK as JSON, given as the request',
    source: 'Genesys developer blog, 2021-05-06; DESIGN §1: a header that was redacted is no header that is missing',
    request: JSON.stringify({
      level: 'error',
      method: 'POST',
      url: `${HOST}/api/v2/routing/queues`,
      statusCode: 403,
      requestHeaders: { Authorization: '[REDACTED]' },
      responseBody: JSON.stringify(body(403, 'missing.any.permissions', anyOf('routing:queue:add'))),
    }),
    expect: { top: ['missing-permission', 'likely'], never: ['token-missing'], says: ['routing:queue:add'], operation: QUEUES_ADD },
  },
  {
    name: 'an extended response of the JavaScript SDK, as Node prints it',
    source: 'platform-client-sdk-javascript README: extended responses; console.log',
    response: [
      '{',
      '  status: 403,',
      "  statusText: 'Forbidden',",
      `  headers: { 'inin-correlation-id': '${CORRELATION}', 'content-type': 'application/json' },`,
      '  body: {',
      `    message: '${anyOf('routing:queue:view')}',`,
      "    code: 'missing.any.permissions',",
      '    status: 403,',
      `    contextId: '${CORRELATION}',`,
      '    details: [],',
      '    errors: []',
      '  },',
      '  error: null',
      '}',
    ].join('\n'),
    expect: { top: ['missing-permission', OPEN], never: ['not-genesys'], says: ['routing:queue:view', CORRELATION] },
  },
  {
    name: 'a body as Python prints a dict',
    source: 'issue 4: half-readable input is explained as far as it goes; repr of json.loads of a body of FACTS §3.1',
    response: `{'message': '${anyOf('routing:queue:view')}', 'code': 'missing.any.permissions', 'status': 403, 'contextId': '${CORRELATION}', 'details': [], 'errors': []}`,
    expect: { top: ['missing-permission', OPEN], never: ['not-genesys'], says: ['routing:queue:view', CORRELATION] },
  },
  {
    name: 'a body behind the time and level of a log',
    source: 'issue 4: half-readable input is explained as far as it goes',
    response: `[2026-11-22 10:00:00] ERROR genesys 403: ${JSON.stringify(body(403, 'missing.any.permissions', anyOf('routing:queue:view')))}`,
    expect: { top: ['missing-permission', OPEN], never: ['not-genesys'], says: ['routing:queue:view', CORRELATION] },
  },
  {
    name: 'an exception of the Python SDK in its traceback',
    source: 'platform-client-sdk-python rest.py ApiException.__str__; FACTS §3.1 GET /users/me',
    response: [
      'Traceback (most recent call last):',
      '  File "me.py", line 9, in <module>',
      'PureCloudPlatformClientV2.rest.ApiException: (400)',
      'Reason: Bad Request',
      `HTTP response headers: HTTPHeaderDict({'Content-Type': 'application/json', 'ININ-Correlation-Id': '${CORRELATION}'})`,
      `HTTP response body: ${JSON.stringify(body(400, 'not.a.user', NOT_A_USER))}`,
      '',
    ].join('\n'),
    expect: { top: ['no-user-context', STRONG], never: ['not-genesys', 'invalid-payload'], says: [CORRELATION] },
  },
  {
    name: 'an exception of the .NET SDK',
    source: 'PureCloudPlatform.Client.V2 ApiException; CallFlowVisualizer #9 shows the form',
    response: `PureCloudPlatform.Client.V2.Client.ApiException: Error calling PostConversationsCalls: ${JSON.stringify(body(400, 'not.a.user', NOT_A_USER))}\n   at PureCloudPlatform.Client.V2.Api.ConversationsApi.PostConversationsCalls(CreateCallRequest body)`,
    expect: { top: ['no-user-context', STRONG], never: ['not-genesys', 'invalid-payload'], says: [CORRELATION] },
  },
  {
    name: 'an error of axios without its response',
    source: 'axios AxiosError.toJSON: message, config, code, status',
    response: JSON.stringify({
      message: 'Request failed with status code 403',
      name: 'AxiosError',
      config: { method: 'post', url: `${HOST}/api/v2/conversations/calls`, data: '{"phoneNumber":"+13175550142"}' },
      code: 'ERR_BAD_REQUEST',
      status: 403,
    }),
    expect: { top: ['missing-permission', OPEN], never: ['not-genesys'], operation: CALLS },
  },
  {
    name: 'a refusal as the console of a browser prints it',
    source: 'developer.genesys.cloud/forum 4606',
    response: `api.mypurecloud.ie/api/v2/conversations/calls/${CONVERSATION}/participants/${PARTICIPANT}:1 Failed to load resource: the server responded with a status of 401 (Unauthorized)\npurecloud-platform-client-v2.min.js:1 Error: Unauthorized`,
    expect: { top: ['token-invalid', OPEN], never: ['not-genesys', 'missing-permission'] },
  },
  {
    name: 'an expired token, in a HAR that a browser has cleaned',
    source: 'gildas/go-gcloudcx error.go credentials.expired; FACTS §3.2: without a token the code is authentication.required',
    request: har('GET /api/v2/routing/queues', 401, body(401, 'credentials.expired', 'The supplied credentials are expired and cannot be used.')),
    expect: { top: ['token-invalid', 'confirmed'], never: ['token-missing'], operation: 'GET /api/v2/routing/queues' },
  },
  {
    name: 'a token that is not accepted, in a HAR that a browser has cleaned',
    source: 'developer.genesys.cloud/forum 6268, answer of Genesys: expired, pushed out by newer ones, or malformed; FACTS §3.2',
    request: har('POST /api/v2/analytics/users/details/query', 401, body(401, 'bad.credentials', 'Invalid login credentials.')),
    expect: {
      top: ['token-invalid', 'confirmed'],
      never: ['token-missing', 'rate-limited', 'missing-permission'],
      operation: 'POST /api/v2/analytics/users/details/query',
    },
  },
  {
    name: 'a user that SCIM has already',
    source: 'RFC 7644 §3.12; operations.jsonl: /api/v2/scim/v2/users',
    request: curl('POST /api/v2/scim/v2/users', { body: { userName: 'agent7@example.com' } }),
    response: wire(
      409,
      JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: '409',
        scimType: 'uniqueness',
        detail: 'A user with this userName exists.',
      }),
    ),
    expect: {
      top: [['invalid-state', 'invalid-payload'], SAID],
      never: ['not-genesys', 'missing-permission'],
      says: ['A user with this userName exists'],
      operation: 'POST /api/v2/scim/v2/users',
    },
  },
  {
    name: 'a token that SCIM does not accept',
    source: 'RFC 7644 §3.12: such a body is the one that its operations answer',
    request: curl('GET /api/v2/scim/v2/users'),
    response: JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '401', detail: 'Unauthorized' }),
    expect: { top: ['token-invalid', OPEN], never: ['not-genesys', 'missing-permission'], operation: 'GET /api/v2/scim/v2/users' },
  },
  {
    name: 'a limit of the org',
    source: 'FACTS §3.1 limit: {key, namespace, value}, NPM262 ErrorBody',
    response: JSON.stringify(body(400, 'limit.exceeded', 'The limit was exceeded.', { limit: { key: 'queues.max', namespace: 'routing', value: 5000 } })),
    expect: { confirmed: [], never: ['missing-permission'], says: ['queues.max', '5000'] },
  },
  {
    name: 'an operation of a user that has no phone in it, by a client',
    source: 'Genesys developer blog, 2022-02-11: users/me; FACTS §3.2 not.a.user',
    request: curl('GET /api/v2/users/me'),
    response: wire(400, JSON.stringify(body(400, 'not.a.user', NOT_A_USER))),
    expect: { top: ['no-user-context', 'confirmed'], neverAdvises: ['whose phone'], operation: 'GET /api/v2/users/me' },
  },
  {
    name: 'a limit of one operation',
    source: 'community.genesys.com i-am-getting-error-429-rate-limit-exceeded-even-after-3-requests; FACTS §8',
    request: curl(`PUT /api/v2/architect/ivrs/${QUEUE}`, { body: { name: 'x' } }),
    response: platform(429, 'too.many.requests', 'Rate limit exceeded the maximum [100] requests within [60] seconds', {}, ['Retry-After: 42']),
    grant: 'user',
    expect: { top: ['rate-limited', 'confirmed'], fixMentions: ['42'], never: ['missing-permission'], operation: 'PUT /api/v2/architect/ivrs/{ivrId}' },
  },
  {
    name: 'a station that no edge serves',
    source: 'FACTS §1.4 providerapi.error.station.no.active.edge',
    request: call(),
    response: wire(
      500,
      JSON.stringify(body(500, 'providerapi.error.station.no.active.edge', 'Unable to place call. Could not find an Edge for this station.')),
    ),
    expect: { top: ['station-unreachable', 'confirmed'], never: ['platform-fault', 'no-station'], operation: CALLS },
  },
];
