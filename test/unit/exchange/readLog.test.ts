import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { HttpRequest, HttpResponse } from '../../../src/exchange/exchange.js';
import { readLog } from '../../../src/exchange/readLog.js';
import { readLiteral } from '../../../src/exchange/readLogLiteral.js';
import { readRequest } from '../../../src/exchange/readRequest.js';
import { readResponse } from '../../../src/exchange/readResponse.js';
import { onlyRequest, onlyResponse, problem, read } from './read.js';
import { PROSE } from './thread.js';

const ID = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';
const HOST = 'https://api.mypurecloud.com';
const QUEUES = `${HOST}/api/v2/routing/queues`;
/** FACTS §3.1. */
const ERROR = {
  message: 'Unable to perform the requested action. You must have at least one of the following permissions assigned: [routing:queue:add]',
  code: 'missing.any.permissions',
  status: 403,
  contextId: ID,
  details: [],
  errors: [],
};
const BODY = JSON.stringify(ERROR);
const NAMED: HttpResponse['headers'] = [['ININ-Correlation-Id', ID]];

interface Expected {
  readonly request?: Partial<HttpRequest>;
  readonly status?: number;
  readonly headers?: HttpResponse['headers'];
  /** As JSON, whatever its blanks. */
  readonly json?: unknown;
  /** Letter for letter. */
  readonly body?: string;
}

/** What each tool writes, and what of it is a fact about the exchange. */
const TOOLS: readonly (readonly [tool: string, text: string, expected: Expected])[] = [
  // platform-client-sdk-go apiresponse.go SetError.
  ['the Go SDK', `API Error: 403 - ${ERROR.message} (${ID})`, { status: 403, headers: NAMED, body: `API Error: 403 - ${ERROR.message} (${ID})` }],
  ['the Go SDK without a body', `API Error: 403 - API Error: 403 Forbidden (${ID})`, { status: 403, headers: NAMED }],
  ['the Go SDK without a body, in its earlier words', `API Error: 503 - API Error: Unknown API Error ()`, { status: 503, headers: [] }],
  [
    'the Terraform provider, wrapped by its frame',
    `│ Error: failed to read queue: API Error: 404 - could not find\n│ the queue with id 'x'\n│ (${ID})\n╵`,
    { status: 404, headers: NAMED, body: `API Error: 404 - could not find the queue with id 'x' (${ID})` },
  ],
  // platform-client-sdk-python rest.py and logger.py.
  [
    'the exception of the Python SDK',
    `Traceback (most recent call last):\n  File "x.py", line 9, in <module>\nPureCloudPlatformClientV2.rest.ApiException: (403)\nReason: Forbidden\nHTTP response headers: HTTPHeaderDict({'Content-Type': 'application/json', 'ININ-Correlation-Id': '${ID}'})\nHTTP response body: ${BODY}\n`,
    {
      status: 403,
      headers: [
        ['Content-Type', 'application/json'],
        ['ININ-Correlation-Id', ID],
      ],
      body: BODY,
    },
  ],
  [
    'the same of a proxy',
    'PureCloudPlatformClientV2.rest.ApiException: (403)\nReason: Forbidden\nHTTP response body: <html><head><title>Blocked</title></head></html>',
    { status: 403, headers: [], body: '<html><head><title>Blocked</title></head></html>' },
  ],
  ['an exception of the .NET SDK', `ApiException: Error calling PostRoutingQueues: ${BODY}\n   at X.Y(Z z)`, { headers: [], body: BODY }],
  ['an exception of the Java SDK', 'com.mypurecloud.sdk.v2.ApiException: Unauthorized\n\tat com.x.Y.z(Y.java:1)', { status: 401, headers: [] }],
  [
    'the generated toString of Java',
    `ApiException{code=403, responseHeaders={Content-Type=[application/json]}, responseBody='${BODY}'}`,
    { status: 403, headers: [], body: BODY },
  ],
  ['Spring', `HttpClientErrorException$Forbidden: 403 Forbidden: "${BODY}"`, { status: 403, headers: [], body: BODY }],
  ['JSON escaped in a field', `level=error status=403 body=${JSON.stringify(BODY)} took=3ms`, { status: 403, headers: [], body: BODY }],
  ['a time and a level', `[2026-11-22 10:00:00] ERROR genesys: ${BODY}`, { headers: [], body: BODY }],
  ['a sentence of the platform behind a time', `[2026-11-22 10:00:00] ${ERROR.message}`, { headers: [], body: ERROR.message }],
  ['a text around a body', `The answer is\n${BODY}\nWhat is missing?`, { headers: [], body: BODY }],
  ['a body in curled quotes', BODY.replace(/"([^"]*)"/g, '“$1”'), { headers: [], json: ERROR }],
  [
    'a dict of Python',
    `403 {'message': "can't", 'code': 'missing.permissions', 'status': 403, 'contextId': '${ID}', 'userParams': None, 'x': True, 'y': (1, 'b\\x41')}`,
    { headers: [], json: { message: "can't", code: 'missing.permissions', status: 403, contextId: ID, userParams: null, x: true, y: [1, 'bA'] } },
  ],
  // Python requests, httpx, aiohttp, urllib, urllib3.
  [
    'requests',
    `    r = requests.post(url)\nrequests.exceptions.HTTPError: 403 Client Error: Forbidden for url: ${QUEUES}`,
    { status: 403, headers: [], request: { method: 'POST', url: QUEUES, unseen: ['headers', 'body'] } },
  ],
  ['httpx', `httpx.HTTPStatusError: Client error '403 Forbidden' for url '${QUEUES}'`, { status: 403, headers: [] }],
  ['aiohttp', `aiohttp.client_exceptions.ClientResponseError: 403, message='Forbidden', url=URL('${QUEUES}')`, { status: 403, headers: [] }],
  ['urllib', 'urllib.error.HTTPError: HTTP Error 403: Forbidden', { status: 403, headers: [] }],
  [
    'urllib3',
    `DEBUG:urllib3.connectionpool:${HOST}:443 "POST /api/v2/routing/queues HTTP/1.1" 403 312`,
    { status: 403, headers: [], request: { method: 'POST', url: '/api/v2/routing/queues' } },
  ],
  // Windows.
  ['PowerShell', 'Invoke-RestMethod : The remote server returned an error: (403) Forbidden.\nAt C:\\x.ps1:3 char:1', { status: 403, headers: [] }],
  ['PowerShell 7, which prints the body', `Invoke-RestMethod: ${BODY}`, { headers: [], body: BODY }],
  ['.NET', 'System.Net.Http.HttpRequestException: Response status code does not indicate success: 403 (Forbidden).', { status: 403, headers: [] }],
  [
    'an HttpResponseMessage of .NET',
    `StatusCode: 403, ReasonPhrase: 'Forbidden', Version: 1.1, Headers:\n{\n  ININ-Correlation-Id: ${ID}\n  Date: Mon, 23 Nov 2026 10:00:00 GMT\n}`,
    { status: 403, headers: NAMED },
  ],
  // Others.
  [
    'Guzzle',
    `Client error: \`POST ${QUEUES}\` resulted in a \`403 Forbidden\` response:\n${BODY}`,
    { status: 403, headers: [], body: BODY, request: { method: 'POST', url: QUEUES } },
  ],
  ['rest-client', 'RestClient::Forbidden: 403 Forbidden', { status: 403, headers: [] }],
  ['reqwest', `HTTP status client error (403 Forbidden) for url (${QUEUES})`, { status: 403, headers: [] }],
  ['wget', 'HTTP request sent, awaiting response... 403 Forbidden\n2026-11-22 10:00:00 ERROR 403: Forbidden.', { status: 403, headers: [] }],
  // Browsers.
  [
    'the console of Chrome',
    `POST ${QUEUES} 403 (Forbidden)`,
    { status: 403, headers: [], request: { method: 'POST', url: QUEUES, unseen: ['headers', 'body'] } },
  ],
  [
    'the console of Chrome, of a resource',
    'api.mypurecloud.ie/api/v2/users/me:1 Failed to load resource: the server responded with a status of 401 (Unauthorized)',
    { status: 401, headers: [] },
  ],
  [
    'the network panel',
    `Request URL: ${QUEUES}\nRequest Method: GET\nStatus Code: 403 Forbidden\nRemote Address: 192.0.2.1:443`,
    { status: 403, headers: [], request: { method: 'GET', url: QUEUES, unseen: ['headers'] } },
  ],
  // Pact.
  ['the Ruby verifier of Pact', '  1.1) has status code 200\n           expected 200 but was 403', { status: 403, headers: [] }],
  ['the JVM verifier of Pact', 'Expected status 200 but was 403', { status: 403, headers: [] }],
  [
    'the Rust verifier of Pact',
    'INFO Sending request HTTP Request ( method: GET, path: /api/v2/users/me, query: None, headers: None, body: Missing )\nINFO Received response: HTTP Response ( status: 401, headers: None, body: Missing )',
    { status: 401, headers: [], request: { method: 'GET', url: '/api/v2/users/me' } },
  ],
  ['a status alone', '403 Forbidden', { status: 403, headers: [] }],
  ['a status alone, with its protocol', 'Error: HTTP 404 Not Found.', { status: 404, headers: [] }],
  [
    'somebody else’s words',
    'HTTP 403 Forbidden: blocked by the firewall, ticket 123',
    { status: 403, headers: [], body: 'HTTP 403 Forbidden: blocked by the firewall, ticket 123' },
  ],
  ['a stub’s body in words', 'Got status 403 and {"errors":[{"code":"x"}]}', { status: 403, headers: [], body: '{"errors":[{"code":"x"}]}' }],
];

/** Node prints objects three levels deep. */
const NODE = `AxiosError: Request failed with status code 403
    at settle (/app/node_modules/axios/lib/core/settle.js:19:12) {
  code: 'ERR_BAD_REQUEST',
  config: {
    adapter: [ 'xhr', 'http', 'fetch' ],
    transformRequest: [ [Function: transformRequest] ],
    headers: Object [AxiosHeaders] { Authorization: 'Bearer x', 'Content-Type': 'application/json' },
    baseURL: '${HOST}',
    method: 'post',
    url: '/api/v2/routing/queues',
    data: '{"name":"x"}'
  },
  request: <ref *1> ClientRequest {
    _events: [Object: null prototype] { abort: [Function (anonymous)] },
    [Symbol(kNeedDrain)]: false,
    method: 'POST',
    res: [Circular *1],
    sent: 2026-11-22T10:00:00.000Z,
    ... 3 more items
  },
  response: {
    status: 403,
    headers: Object [AxiosHeaders] { 'inin-correlation-id': '${ID}' },
    config: [Object],
    data: {
      message: "${ERROR.message}",
      code: 'missing.any.permissions',
      status: 403,
      contextId: '${ID}',
      details: [],
      errors: [Array]
    }
  }
}

Node.js v20.20.2`;

const SECTIONS = (status: number) =>
  `ERROR: 2026-03-25 13:38:55,586\n=== REQUEST ===\nURL: ${QUEUES}\nMethod: POST\nHeaders: \n\tContent-Type: application/json\n\tAuthorization: [REDACTED]\n=== RESPONSE ===\nStatus: ${status}\nHeaders: \n\tContent-Type: application/json\n\tX-Cache: Error from cloudfront\nBody: ${BODY}\nCorrelationId: ${ID}\n`;

describe('a log as the response', () => {
  for (const [tool, text, { request, status, headers, json, body }] of TOOLS) {
    it(`is read as ${tool} writes it`, () => {
      const result = read(readResponse(text));
      const [exchange, ...others] = result.exchanges;
      assert.equal(others.length, 0);
      assert.deepEqual([exchange?.response?.status, exchange?.response?.headers], [status, headers]);
      if (json === undefined) assert.equal(exchange?.response?.body, body);
      else assert.deepEqual(JSON.parse(exchange?.response?.body ?? ''), json);
      if (request === undefined) assert.equal(exchange?.request, undefined);
      else assert.deepEqual({ ...exchange?.request, ...request }, exchange?.request);
      assert.equal(result.form, 'log');
      assert.match(result.notes.join(), /log, not an answer itself/);
    });
  }

  it('is read as Node prints an error of axios: request, answer, and what Node left out is null', () => {
    for (const reader of [readResponse, readRequest]) {
      const result = read(reader(NODE));
      assert.deepEqual(result.exchanges[0]?.request, {
        method: 'POST',
        url: QUEUES,
        headers: [
          ['Authorization', 'Bearer x'],
          ['Content-Type', 'application/json'],
        ],
        body: '{"name":"x"}',
      });
      const { response } = result.exchanges[0] ?? {};
      assert.deepEqual([response?.status, response?.headers], [403, [['inin-correlation-id', ID]]]);
      assert.deepEqual(JSON.parse(response?.body ?? ''), { ...ERROR, errors: null });
      assert.match(result.notes.join(), /null/);
    }
  });

  it('is read as the SDKs write it with titles, each record an exchange', () => {
    for (const reader of [readResponse, readRequest]) {
      const [first, second, ...others] = read(reader(SECTIONS(403) + SECTIONS(429))).exchanges;
      assert.equal(others.length, 0);
      assert.deepEqual(first?.request, {
        method: 'POST',
        url: QUEUES,
        headers: [
          ['Content-Type', 'application/json'],
          ['Authorization', '[REDACTED]'],
        ],
        unseen: ['body'],
      });
      assert.equal(first?.response?.body, BODY);
      assert.deepEqual(first?.response?.headers.at(-1), ['ININ-Correlation-Id', ID]);
      assert.deepEqual([first?.response?.status, second?.response?.status], [403, 429]);
    }
  });

  it('is read as Postman’s console copies it, as text and as JSON', () => {
    const titled = `POST ${QUEUES}\n403\n234 ms\nNetwork\nRequest Headers\nAuthorization: Bearer x\nRequest Body\n{"name":"x"}\nResponse Headers\nININ-Correlation-Id: ${ID}\nResponse Body\n${BODY}`;
    const json = `POST ${QUEUES}: ${JSON.stringify({ Network: {}, 'Request Headers': { Authorization: 'Bearer x' }, 'Request Body': '{"name":"x"}', 'Response Headers': { 'ININ-Correlation-Id': ID }, 'Response Body': BODY })}`;
    for (const [text, status] of [
      [titled, 403],
      [json, undefined],
    ] as const)
      for (const reader of [readResponse, readRequest])
        assert.deepEqual(read(reader(text)).exchanges, [
          {
            request: { method: 'POST', url: QUEUES, headers: [['Authorization', 'Bearer x']], body: '{"name":"x"}' },
            response: { ...(status === undefined ? {} : { status }), headers: NAMED, body: BODY },
          },
        ]);
  });

  it('of several errors is several exchanges, each error once', () => {
    const error = (status: number) => `API Error: ${status} - m (${ID})`;
    const result = read(readResponse(`Error: a: ${error(403)}\nError: b: ${error(404)}\nError: c: ${error(403)}\n`));
    assert.deepEqual(
      result.exchanges.map((e) => e.response?.status),
      [403, 404],
    );
    assert.match(result.notes.join(), /2 exchanges/);
  });

  it('gives the request of the command beside it', () => {
    assert.equal(read(readResponse(`curl -X POST ${QUEUES} -d '{}'\n\n403 Client Error: Forbidden for url: ${QUEUES}`)).exchanges[0]?.request?.method, 'POST');
    assert.equal(read(readResponse(`$ curl -i ${QUEUES}\nHTTP/1.1 500 Oops\n\nx`)).exchanges[0]?.request?.url, QUEUES);
    // The body that was sent is not the one that came.
    assert.equal(onlyResponse(readResponse(PROSE)).body?.includes('"errors"'), true);
  });

  it('takes none of several requests or statuses, and says so', () => {
    const requests = read(readResponse(`GET ${HOST}/api/v2/users/me works, POST ${QUEUES} 403 (Forbidden)`));
    assert.equal(requests.exchanges[0]?.request, undefined);
    assert.match(requests.notes.join(), /several requests/);
    const statuses = read(readResponse(`${BODY}\nHTTP 401 before, HTTP 403 now`));
    assert.equal(statuses.exchanges[0]?.response?.status, undefined);
    assert.match(statuses.notes.join(), /several statuses/);
  });

  it('does not take the correlation id of another system for the platform’s', () => {
    assert.deepEqual(onlyResponse(readResponse(`403 Client Error: Forbidden for url: https://example.com/x correlationId=${ID}`)).headers, []);
    const entry = { method: 'GET', statusCode: 403, correlationId: ID };
    assert.deepEqual(onlyResponse(readResponse(JSON.stringify({ ...entry, url: 'https://example.com/x' }))).headers, []);
    assert.deepEqual(onlyResponse(readResponse(JSON.stringify({ ...entry, path: '/api/v2/users/me' }))).headers, NAMED);
  });

  it('names a URL without its method in a note only', () => {
    const result = read(readResponse(`403 Client Error: Forbidden for url: ${QUEUES}`));
    assert.equal(result.exchanges[0]?.request, undefined);
    assert.match(result.notes.join(), /without its method/);
    assert.doesNotMatch(result.notes.join(), /routing/);
  });

  it('is none where the text tells of no answer', () => {
    for (const text of [
      'Forbidden',
      'upstream connect error',
      `POST ${QUEUES}`,
      'It has 403 lines',
      'Room 404 {x}',
      'error code: 1020',
      'HTTP 200 OK',
      'see {name: this, or that}',
    ])
      assert.equal(readLog(text), undefined, text);
  });
});

describe('an entry of a log as JSON', () => {
  const ENTRIES: readonly (readonly [what: string, entry: object, expected: Expected & { readonly request: HttpRequest }])[] = [
    [
      'of an SDK',
      {
        level: 'error',
        method: 'POST',
        url: QUEUES,
        statusCode: 403,
        requestHeaders: { A: 'b' },
        responseHeaders: { 'ININ-Correlation-Id': ID },
        requestBody: '{"name":"x"}',
        responseBody: BODY,
      },
      { request: { method: 'POST', url: QUEUES, headers: [['A', 'b']], body: '{"name":"x"}' }, status: 403, headers: NAMED, body: BODY },
    ],
    [
      'of the Terraform provider',
      { resourceName: 'x', method: 'GET', path: '/api/v2/journey/actionmaps', statusCode: 403, errorMessage: `API Error: 403 - m (${ID})`, correlationId: ID },
      {
        request: { method: 'GET', url: '/api/v2/journey/actionmaps', headers: [], unseen: ['headers'] },
        status: 403,
        headers: NAMED,
        body: `API Error: 403 - m (${ID})`,
      },
    ],
    [
      'of axios, without the answer',
      {
        message: 'Request failed with status code 403',
        name: 'AxiosError',
        config: { baseURL: HOST, method: 'post', url: '/api/v2/routing/queues', data: '{}' },
        code: 'ERR_BAD_REQUEST',
      },
      { request: { method: 'POST', url: QUEUES, headers: [], body: '{}', unseen: ['headers'] }, status: 403, headers: [] },
    ],
    [
      'of axios, with the answer',
      { config: { method: 'get', url: QUEUES, headers: { A: 'b' } }, response: { status: 403, headers: { C: 'd' }, data: ERROR } },
      { request: { method: 'GET', url: QUEUES, headers: [['A', 'b']] }, status: 403, headers: [['C', 'd']], json: ERROR },
    ],
    [
      'of superagent',
      { req: { method: 'GET', url: QUEUES, headers: { A: 'b' } }, header: { C: 'd' }, status: 403, text: BODY },
      { request: { method: 'GET', url: QUEUES, headers: [['A', 'b']] }, status: 403, headers: [['C', 'd']], body: BODY },
    ],
    [
      'inside the error of the WebRTC SDK',
      {
        type: 'session',
        details: { conversationId: 'x', error: { config: { method: 'get', url: QUEUES, headers: {} }, response: { status: 401, headers: {}, data: null } } },
      },
      { request: { method: 'GET', url: QUEUES, headers: [] }, status: 401, headers: [] },
    ],
  ];
  for (const [what, entry, { request, status, headers, body, json }] of ENTRIES) {
    it(`${what} is read as the response and as the request`, () => {
      for (const reader of [readResponse, readRequest]) {
        const [exchange, ...others] = read(reader(JSON.stringify(entry))).exchanges;
        assert.equal(others.length, 0);
        assert.deepEqual(exchange?.request, request);
        assert.deepEqual([exchange?.response?.status, exchange?.response?.headers], [status, headers]);
        if (json === undefined) assert.equal(exchange?.response?.body, body);
        else assert.deepEqual(JSON.parse(exchange?.response?.body ?? ''), json);
      }
    });
  }

  it('of the Go SDK holds the body as base64', () => {
    const answer = {
      hasBody: true,
      rawBody: Buffer.from(BODY).toString('base64'),
      statusCode: 403,
      status: '403 Forbidden',
      errorMessage: `API Error: 403 - m (${ID})`,
      correlationId: ID,
      header: { 'Inin-Correlation-Id': [ID] },
    };
    assert.deepEqual(onlyResponse(readResponse(JSON.stringify(answer))), { status: 403, headers: [['Inin-Correlation-Id', ID]], body: BODY });
    assert.match(problem(readRequest(JSON.stringify(answer))).problem, /response, not a request/);
  });

  it('on each line is one of several exchanges', () => {
    const line = (method: string, statusCode: number) => JSON.stringify({ method, url: QUEUES, statusCode, requestHeaders: {}, responseBody: BODY });
    const { exchanges } = read(readResponse(`${line('GET', 200)}\n${line('POST', 403)}\n`));
    assert.deepEqual(
      exchanges.map((e) => [e.request?.method, e.response?.status]),
      [
        ['GET', 200],
        ['POST', 403],
      ],
    );
  });

  it('whose message is a log is that log; a body with a message is a body', () => {
    const entry = (more: object) => onlyResponse(readResponse(JSON.stringify({ level: 50, time: 1, msg: `API Error: 429 - m (${ID})`, ...more })));
    assert.deepEqual([entry({}).status, entry({}).headers], [429, NAMED]);
    assert.deepEqual([entry({ status: 429 }).status, entry({ status: 429 }).headers], [undefined, []]);
    const blocked = '{"level":"x","message":"HTTP 403 Forbidden: blocked by policy"}';
    assert.equal(onlyResponse(readResponse(blocked)).body, blocked);
  });
});

describe('output of curl -v', () => {
  const SENT = `*   Trying 192.0.2.1:443...\n> POST /api/v2/routing/queues HTTP/2\n> Host: api.mypurecloud.com\n> authorization: Bearer x\n> content-type: application/json\n>\n`;
  const GOT = `< HTTP/2 403\n< inin-correlation-id: ${ID}\n<\n${BODY}\n`;
  const REQUEST: HttpRequest = {
    method: 'POST',
    url: QUEUES,
    headers: [
      ['Host', 'api.mypurecloud.com'],
      ['authorization', 'Bearer x'],
      ['content-type', 'application/json'],
    ],
    unseen: ['body'],
  };

  it('gives the request and its answer to both readers', () => {
    for (const reader of [readRequest, readResponse]) {
      const [exchange] = read(reader(SENT + GOT)).exchanges;
      assert.deepEqual(exchange?.request, REQUEST);
      assert.deepEqual([exchange?.response?.status, exchange?.response?.body], [403, `${BODY}\n`]);
    }
    assert.deepEqual(onlyRequest(readRequest(SENT)), REQUEST);
  });

  it('of a redirect is about the last request', () => {
    const first = '> GET /old HTTP/1.1\r\n> Host: api.mypurecloud.com\r\n>\r\n< HTTP/1.1 302 Found\r\n<\r\n';
    const last = '> GET /new HTTP/1.1\r\n> Host: api.mypurecloud.com\r\n>\r\n< HTTP/1.1 404 Not Found\r\n<\r\nno';
    assert.equal(read(readResponse(first + last)).exchanges[0]?.request?.url, `${HOST}/new`);
  });

  it('below its command gives the body that was sent, too', () => {
    const [exchange] = read(readRequest(`$ curl -v ${QUEUES} -d '{"name":"x"}'\n${SENT}${GOT}`)).exchanges;
    assert.deepEqual([exchange?.request?.body, exchange?.response?.status], ['{"name":"x"}', 403]);
  });
});

describe('a log as the request', () => {
  it('needs more than somebody’s words', () => {
    assert.match(problem(readRequest(`We get HTTP 403 from POST ${QUEUES}, why?`)).problem, /No request was found/);
    assert.match(problem(readRequest(`API Error: 403 - m (${ID})`)).problem, /No request was found/);
  });
});

describe('a value as a program prints it', () => {
  const VALUES: readonly (readonly [text: string, value: unknown])[] = [
    ['{}', {}],
    ['{a: 1, b: -2.5e3}', { a: 1, b: -2500 }],
    ["{'a': 'b', 'c': [None, True, False]}", { a: 'b', c: [null, true, false] }],
    ['{"a": "\\u00e9\\n", }', { a: 'é\n' }],
    ["{a: 'it\\'s \"x\"', b: `c`}", { a: 'it\'s "x"', b: 'c' }],
    ["{'a': 'b'\n      'c'}", { a: 'bc' }],
    ["{ a: 'b' +\n   'c' }", { a: 'bc' }],
    ["{'a': b'x\\x41', 'u': u'y'}", { a: 'xA', u: 'y' }],
    ["{'d': datetime.datetime(2020, 1, 1), 'o': OrderedDict([('k', 1)]), 'n': 1}", { d: 2020, o: [['k', 1]], n: 1 }],
    ['{ x: [Object], y: [Function: f], z: undefined, w: [ 1, ... 3 more items ] }', { x: null, y: null, z: null, w: [1, null] }],
    ['{ m: Map(1) { 1 => 2 }, s: Foo { a: 1 }, [Symbol(k)]: 3 }', { m: { 1: 2 }, s: { a: 1 }, '[Symbol(k)]': 3 }],
    ['{“a”: “b "c"”}', { a: 'b "c"' }],
    ['[{"a":1},{"b":2}]', [{ a: 1 }, { b: 2 }]],
    ['{"a":"one\ntwo"}', { a: 'one two' }],
    ['{"__proto__": 1}', JSON.parse('{"__proto__": 1}')],
  ];
  for (const [text, value] of VALUES) {
    it(`is ${text.replace(/\n/g, '⏎')}`, () => {
      const literal = readLiteral(`x ${text} y`, 2);
      assert.deepEqual(JSON.parse(literal?.json ?? ''), value);
      assert.equal(literal?.end, 2 + text.length);
      assert.equal(literal?.cut, false);
    });
  }

  it('is not what stands in braces in a sentence or in a format string', () => {
    for (const text of ['{a}', '{see below}', '{{x}}', '{0}', '[1, 2]', '[routing:queue:view]', '{https://x}', '{', '["a"]'])
      assert.ok(!(readLiteral(text, 0)?.cut === false), text);
  });

  it('says whether the text is that JSON', () => {
    for (const text of ['{"a": None}', '{"a": 1,}', "{'a': 1}", '{a: 1}', '{"a": "\\x41"}', '{"a": (1)}', '{"a":\u00a01}', '{"a": 1,,"b": 2}'])
      assert.equal(readLiteral(text, 0)?.exact, false, text);
    assert.equal(readLiteral('{"a": [1, {"b": null}]}', 0)?.exact, true);
  });

  it('that is JSON is kept letter for letter', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), fc.nat(3), (value, indent) => {
        const json = JSON.stringify(value, null, indent);
        const literal = readLiteral(`${json}, and more`, 0);
        assert.deepEqual([literal?.json, literal?.exact, literal?.gaps], [json, true, false]);
      }),
    );
  });

  it('is always JSON, or cut off', () => {
    const pieces = fc
      .array(
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          '(',
          ')',
          ',',
          ':',
          '=>',
          '"',
          "'",
          '“',
          '”',
          '\\',
          '\n',
          ' ',
          'a',
          '1',
          '-',
          '.',
          'None',
          'x(',
          'Foo {',
          '[Object]',
          '<ref *1> ',
          '\\x4',
          '\\u12',
          'b',
          '`',
          '+',
        ),
        { maxLength: 40 },
      )
      .map((all) => `{a:${all.join('')}`);
    fc.assert(
      fc.property(
        fc.oneof(
          pieces,
          fc.string({ unit: 'binary' }).map((s) => `{"a":${s}`),
        ),
        (text) => {
          const literal = readLiteral(text, 0);
          if (literal && !literal.cut) assert.doesNotThrow(() => JSON.parse(literal.json), text);
        },
      ),
      { numRuns: 20_000 },
    );
  }).timeout(30_000);
});

describe('a log, whatever it is', function () {
  this.timeout(30_000);

  const texts = [...TOOLS.map(([, text]) => text), NODE, SECTIONS(403)];
  it('that is damaged gives exchanges with an answer, or nothing', () => {
    const damaged = fc
      .tuple(
        fc.constantFrom(...texts),
        fc.nat(5000),
        fc.nat(40),
        fc.oneof(fc.constant(''), fc.constantFrom(...texts), fc.string({ unit: 'binary', maxLength: 5 })),
      )
      .map(([text, at, length, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + length));
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string({ unit: 'binary' })), (text) => {
        for (const { request, response } of readLog(text)?.exchanges ?? []) {
          assert.ok(response);
          for (const [n, v] of [...(request?.headers ?? []), ...response.headers]) assert.ok(typeof n === 'string' && typeof v === 'string');
          assert.ok(response.status === undefined || (response.status >= 100 && response.status <= 999));
        }
      }),
      { numRuns: 3000 },
    );
  });

  // Quadratic readers would take hours here: mocha's limit tells the difference.
  const UNITS = [
    'API Error: 403 - ',
    'API Error: 403 - (',
    'API Error: ',
    '{"a":',
    '{a:',
    "{'a':[",
    '{"a',
    '"{\\"',
    '\'{\\"',
    '{a:"',
    '[{',
    '[[[',
    '{a:x(',
    '{a:<ref *1> ',
    '{a:[Object ',
    '{a:b ',
    '{“',
    '(403) ',
    '403 Client Error: ',
    ' for url: https://',
    'requests.get(',
    'GET https://x',
    'GET https://x ',
    'POST /api/v2/',
    'status: ',
    'expected 200 but was ',
    'ININ-Correlation-Id: ',
    '│ ',
    '│\n',
    '=== REQUEST ===\n',
    '=== RESPONSE ===\n',
    '=== RESPONSE ===\nBody: {\n',
    '=== RESPONSE ===\nHeaders:\nA: b\n',
    'Response Body\n',
    '> GET / HTTP/1.1\n',
    '> a: b\n',
    '<html',
    '403 Forbidden ',
    'HTTP Request ( method: GET, path: /',
    'Get "https://',
    'URL: /\nMethod: GET\n',
    '[x]',
    '2026-',
  ];
  for (const unit of UNITS) {
    it(`takes time in proportion to its length: ${JSON.stringify(unit)}`, () => {
      const text = unit.repeat(Math.ceil(2_000_000 / unit.length));
      for (const head of ['', '403 Client Error: x ', '=== RESPONSE ===\n']) assert.equal(typeof readResponse(head + text).ok, 'boolean');
    });
  }

  it('that is very long is read from its beginning, and says so', () => {
    const result = read(readResponse(`API Error: 403 - m (${ID})\n${'x\n'.repeat(2_000_000)}`));
    assert.equal(result.exchanges[0]?.response?.status, 403);
    assert.match(result.notes.join(), /first 1000000 characters/);
  });
});
