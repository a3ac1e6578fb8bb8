import { type CorpusCase, STRONG } from './case.js';
import { anyOf, CALLS, errorBody, HOST, NOT_A_USER, ON_BEHALF, ON_BEHALF_OPERATION, QUEUE, TOKEN, USER } from './text.js';

const denied = (code: string, list: string): object => errorBody(403, code, anyOf(list));
const har = (...entries: readonly (readonly [string, string, number, object | string, object?])[]): string =>
  JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'browser', version: '1' },
      entries: entries.map(([method, path, status, body, sent]) => ({
        startedDateTime: '2026-11-20T10:11:12.000Z',
        time: 12,
        request: {
          method,
          url: HOST + path,
          httpVersion: 'h2',
          headers: [{ name: 'authorization', value: `Bearer ${TOKEN}` }],
          ...(sent ? { postData: { mimeType: 'application/json', text: JSON.stringify(sent) } } : {}),
        },
        response: {
          status,
          statusText: '',
          headers: [{ name: 'inin-correlation-id', value: '8d839ca0' }],
          content: { mimeType: 'application/json', text: typeof body === 'string' ? body : JSON.stringify(body) },
        },
      })),
    },
  });

export const FORMS: readonly CorpusCase[] = [
  {
    name: 'a HAR with one denied call',
    source: 'issue 4 part 7: HAR',
    request: har([
      'POST',
      ON_BEHALF.slice(5),
      403,
      denied('missing.any.permissions', 'conversation:agentlessCall:add, conversation:call:add'),
      { phoneNumber: '+13175550142' },
    ]),
    expect: { top: ['missing-permission', 'likely'], fixMentions: ['conversation:call:add'], operation: ON_BEHALF_OPERATION },
  },
  {
    name: 'a HAR of several, of which one is denied',
    source: 'issue 4 part 7: HAR; --only-denied',
    request: har(
      ['GET', '/api/v2/users/me', 200, { id: USER }],
      ['GET', '/api/v2/routing/skills', 403, denied('missing.any.permissions', 'routing:skill:view')],
      ['GET', '/api/v2/authorization/divisions', 200, { entities: [] }],
    ),
    expect: { top: ['missing-permission', 'likely'], fixMentions: ['routing:skill:view'], operation: 'GET /api/v2/routing/skills' },
  },
  {
    name: 'a HAR whose body is base64',
    source: 'HAR 1.2: content.encoding',
    request: har(['GET', '/api/v2/journey/segments', 403, denied('missing.any.permissions', 'journey:segment:view')]).replace(
      /"text":"((?:[^"\\]|\\.)*)"/,
      (_, text: string) => `"encoding":"base64","text":"${Buffer.from(JSON.parse(`"${text}"`) as string).toString('base64')}"`,
    ),
    expect: { top: ['missing-permission', 'likely'], fixMentions: ['journey:segment:view'], operation: 'GET /api/v2/journey/segments' },
  },
  {
    name: 'a Pact file that expects what the platform does not answer',
    source: 'issue 4 part 7: Pact; FACTS §0.2',
    request: JSON.stringify({
      consumer: { name: 'wfm' },
      provider: { name: 'genesys' },
      interactions: [
        {
          description: 'a call',
          request: { method: 'POST', path: CALLS.slice(5), headers: { Authorization: 'Bearer x' }, body: { phoneNumber: '+13175550142' } },
          response: { status: 400, headers: { 'Content-Type': 'application/json' }, body: errorBody(400, 'not.a.user', NOT_A_USER) },
        },
      ],
      metadata: { pactSpecification: { version: '2.0.0' } },
    }),
    expect: { top: ['no-user-context', 'confirmed'], operation: CALLS },
  },
  {
    name: 'a Pact file of version 4 with a template left in its path',
    source: 'issue 4 part 7: Pact; DESIGN §5 unresolved-placeholder',
    request: JSON.stringify({
      consumer: { name: 'wfm' },
      provider: { name: 'genesys' },
      interactions: [
        {
          type: 'Synchronous/HTTP',
          description: 'a call on behalf',
          request: {
            method: 'POST',
            path: '/api/v2/conversations/calls/user/{{agentId}}',
            body: { content: { phoneNumber: '+13175550142' }, contentType: 'application/json', encoded: false },
          },
          response: { status: 200, body: { content: { id: USER }, contentType: 'application/json', encoded: false } },
        },
      ],
      metadata: { pactSpecification: { version: '4.0' } },
    }),
    expect: { top: 'nothing', operation: ON_BEHALF_OPERATION },
  },
  {
    name: 'a .http file',
    source: 'issue 4 part 7: .http',
    request: `### queue members\nPOST ${HOST}/api/v2/routing/queues/${QUEUE}/members HTTP/1.1\nAuthorization: Bearer ${TOKEN}\nContent-Type: application/json\n\n[{"id":"${USER}"}]\n`,
    response: JSON.stringify(denied('missing.any.permissions', 'routing:queue:edit, routing:queueMember:manage')),
    expect: { top: ['missing-permission', 'likely'], fixMentions: ['routing:queueMember:manage'], operation: 'POST /api/v2/routing/queues/{queueId}/members' },
  },
  {
    name: 'a .http file whose variables it defines itself',
    source: 'issue 4 part 7: .http; DESIGN §5 unresolved-placeholder: left in',
    request: `@host = ${HOST}\n@agent = ${USER}\n@token = ${TOKEN}\n\nPOST {{host}}/api/v2/conversations/calls/user/{{agent}}\nAuthorization: Bearer {{token}}\nContent-Type: application/json\n\n{"phoneNumber": "+13175550142"}\n`,
    response: JSON.stringify(denied('missing.any.permissions', 'conversation:agentlessCall:add, conversation:call:add')),
    expect: { top: ['missing-permission', 'likely'], never: ['unresolved-placeholder', 'wrong-id'], operation: ON_BEHALF_OPERATION },
  },
  {
    name: 'a .http request with its answer below',
    source: 'issue 4 part 7: .http',
    request: `GET ${HOST}/api/v2/oauth/clients\nAuthorization: Bearer ${TOKEN}\n\nHTTP/1.1 403 Forbidden\nContent-Type: application/json\n\n${JSON.stringify(denied('missing.any.permissions', 'oauth:client:view'))}\n`,
    expect: { top: ['missing-permission', 'likely'], fixMentions: ['oauth:client:view'], operation: 'GET /api/v2/oauth/clients' },
  },
  {
    name: 'a pair of JSON',
    source: 'DESIGN §6: {"method","url","headers","body"} and {"status","headers","body"}',
    request: JSON.stringify({ method: 'GET', url: `${HOST}/api/v2/users/${USER}/station`, headers: { Authorization: `Bearer ${TOKEN}` } }),
    response: JSON.stringify({ status: 403, headers: {}, body: denied('missing.any.permissions', 'telephony:otherStationAssociation:view') }),
    expect: { top: ['missing-permission', 'likely'], fixMentions: ['telephony:otherStationAssociation:view'], operation: 'GET /api/v2/users/{userId}/station' },
  },
  {
    name: 'output of curl -i',
    source: 'DESIGN §6: raw HTTP text',
    request: `curl -i -H 'Authorization: Bearer ${TOKEN}' ${HOST}/api/v2/speechandtextanalytics/topics`,
    response: `HTTP/2 403 \r\ncontent-type: application/json\r\ninin-correlation-id: 8d839ca0\r\n\r\n${JSON.stringify(errorBody(403, 'missing.permissions', 'Unable to perform the requested action. You are missing the following permission(s): [speechAndTextAnalytics:topic:view]'))}`,
    expect: {
      top: ['missing-permission', 'likely'],
      fixMentions: ['speechAndTextAnalytics:topic:view'],
      operation: 'GET /api/v2/speechandtextanalytics/topics',
    },
  },
  {
    name: 'output of curl -v',
    source: 'DESIGN §6: raw HTTP text',
    request: `curl -v -H 'Authorization: Bearer ${TOKEN}' ${HOST}/api/v2/webdeployments/deployments`,
    response: `*   Trying 192.0.2.1:443...\n> GET /api/v2/webdeployments/deployments HTTP/2\n> authorization: Bearer x\n> \n< HTTP/2 401 \n< content-type: application/json\n< inin-correlation-id: 8d839ca0\n< \n${JSON.stringify(errorBody(401, 'bad.credentials', 'Invalid login credentials.'))}\n`,
    expect: { top: ['token-invalid', 'confirmed'], operation: 'GET /api/v2/webdeployments/deployments' },
  },
  {
    name: 'an error as axios prints it',
    source: 'DESIGN §6: {"status","headers","body"}',
    request: `curl -H 'Authorization: Bearer ${TOKEN}' ${HOST}/api/v2/responsemanagement/libraries`,
    response: JSON.stringify({
      status: 403,
      statusText: 'Forbidden',
      headers: { 'inin-correlation-id': 'x' },
      data: denied('missing.any.permissions', 'responses:library:view'),
    }),
    expect: { top: ['missing-permission', 'likely'], fixMentions: ['responses:library:view'] },
  },
  {
    name: 'a Windows command line',
    source: 'issue 4 part 7: cURL',
    request: `curl.exe -X POST "${HOST}${ON_BEHALF.slice(5)}" ^\r\n  -H "Authorization: Bearer ${TOKEN}" ^\r\n  -H "Content-Type: application/json" ^\r\n  -d "{\\"phoneNumber\\":\\"+13175550142\\",\\"callQueueId\\":\\"${QUEUE}\\"}"`,
    response: JSON.stringify(
      errorBody(400, 'too.many.create.conversation.parameters', 'Only a single destination can be supplied in a create conversation request.'),
    ),
    expect: { top: ['invalid-payload', 'confirmed'], operation: ON_BEHALF_OPERATION },
  },
  {
    name: 'the payload alone is of the plain call',
    source: 'DESIGN §6; FACTS §1.1: ownerId, to and from are not in the model',
    request: JSON.stringify({ to: '+13175550142', from: '+13175550143', ownerId: USER }),
    expect: { top: ['invalid-payload', STRONG], place: { document: 'request', part: 'body' }, operation: CALLS },
  },
  {
    name: 'a request with its command in a note',
    source: 'DESIGN §2.4: cURL snippets in any text',
    request: `We tried this yesterday and got 403:\n\n    curl -X PUT ${HOST}/api/v2/routing/queues/${QUEUE} -H "Authorization: Bearer ${TOKEN}" -H "Content-Type: application/json" -d '{"name":"x"}'\n\nAny ideas?`,
    response: JSON.stringify(denied('missing.any.permissions', 'routing:queue:edit')),
    expect: { top: ['missing-permission', 'likely'], operation: 'PUT /api/v2/routing/queues/{queueId}' },
  },
  {
    name: 'a list of pairs',
    source: 'issue 4 part 7: JSON',
    request: JSON.stringify([
      {
        request: { method: 'GET', url: `${HOST}/api/v2/license/users/${USER}`, headers: {} },
        response: { status: 403, headers: {}, body: denied('missing.any.permissions', 'authorization:grant:add, authorization:license:view') },
      },
    ]),
    expect: {
      top: ['missing-permission', 'likely'],
      fixMentions: ['authorization:license:view'],
      never: ['token-missing'],
      operation: 'GET /api/v2/license/users/{userId}',
    },
  },
];
