import assert from 'node:assert/strict';
import { readRequest } from '../../../src/exchange/readRequest.js';
import { onlyRequest, problem, read } from './read.js';
import { OWNER_ID_PAYLOAD, RESPONSE_BODY } from './thread.js';

const har = (content: unknown) =>
  JSON.stringify({
    log: {
      entries: [
        {
          request: {
            method: 'POST',
            url: 'https://h/p',
            headers: [
              { name: ':method', value: 'POST' },
              { name: 'A', value: 'b' },
            ],
            postData: { mimeType: 'application/json', text: '{"a": 1}' },
          },
          response: { status: 403, headers: [{ name: 'C', value: 'd' }], content },
        },
        {
          request: { method: 'POST', url: 'https://h/q', headers: [], postData: { params: [{ name: 'grant_type', value: 'x y' }] } },
          response: { status: 0, headers: [], content: {} },
        },
      ],
    },
  });

describe('readRequest of JSON', () => {
  it('reads the payload of the thread as the body of a call, as it is', () => {
    const result = read(readRequest(OWNER_ID_PAYLOAD));
    assert.equal(result.form, 'body');
    assert.deepEqual(result.exchanges, [{ request: { method: 'POST', url: '/api/v2/conversations/calls', headers: [], body: OWNER_ID_PAYLOAD } }]);
    assert.match(result.notes.join(), /read as the body of POST \/api\/v2\/conversations\/calls/);
  });

  const shapes: readonly (readonly [what: string, json: unknown, expected: ReturnType<typeof onlyRequest>])[] = [
    [
      'headers as an object, body as JSON',
      { method: 'post', url: 'https://h/p', headers: { A: 'b', N: 1, M: ['x', 'y'] }, body: { a: 1 } },
      {
        method: 'POST',
        url: 'https://h/p',
        headers: [
          ['A', 'b'],
          ['N', '1'],
          ['M', 'x'],
          ['M', 'y'],
        ],
        body: '{\n  "a": 1\n}',
      },
    ],
    [
      'headers as pairs, body as text',
      { method: 'PUT', path: '/p', headers: [['A', 'b']], body: '{"a":1}' },
      { method: 'PUT', url: '/p', headers: [['A', 'b']], body: '{"a":1}' },
    ],
    ['headers as names and values, no method', { url: '/p', headers: [{ name: 'A', value: 'b' }] }, { method: 'GET', url: '/p', headers: [['A', 'b']] }],
    ['as axios takes it', { url: '/p', data: [1] }, { method: 'POST', url: '/p', headers: [], body: '[\n  1\n]' }],
    [
      'a query as a map',
      { method: 'GET', path: '/p', query: { q: ['a b', '+1'], id: '{{id}}' } },
      { method: 'GET', url: '/p?q=a%20b&q=%2B1&id={{id}}', headers: [] },
    ],
  ];
  for (const [what, json, expected] of shapes) {
    it(`reads a request: ${what}`, () => assert.deepEqual(onlyRequest(readRequest(JSON.stringify(json))), expected));
  }

  it('reads a pair of request and response as one exchange, and a list of requests as several', () => {
    const pair = read(readRequest('{"request":{"method":"GET","url":"/p"},"response":{"status":403,"headers":{"A":"b"},"body":{"code":"x"}}}'));
    assert.deepEqual(pair.exchanges, [
      { request: { method: 'GET', url: '/p', headers: [] }, response: { status: 403, headers: [['A', 'b']], body: '{\n  "code": "x"\n}' } },
    ]);
    assert.equal(read(readRequest('[{"method":"GET","url":"/a"},{"method":"GET","url":"/b"}]')).exchanges.length, 2);
  });

  it('tolerates comments and trailing commas, and says that the platform does not', () => {
    const text = '// a call\n{\n  /* to */ "phoneNumber": "+13175550142", // me\n}\n';
    const result = read(readRequest(text));
    assert.equal(result.exchanges[0]?.request?.body, text);
    assert.match(result.notes.join(), /platform refuses/);
    assert.equal(onlyRequest(readRequest('/* x */ {"method":"GET","url":"/p",}')).url, '/p');
  });

  it('reads JSON in a Markdown fence and after a byte order mark', () => {
    assert.equal(onlyRequest(readRequest('```json\n{"phoneNumber":"+1"}\n```\n')).body?.trim(), '{"phoneNumber":"+1"}');
    assert.equal(onlyRequest(readRequest('\ufeff{"phoneNumber":"+1"}')).body, '{"phoneNumber":"+1"}');
  });

  const errors: readonly (readonly [json: string, line: number, column: number, problem: RegExp])[] = [
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, /comma/],
    ['{\n  "a": 1,\n  b: 2\n}', 3, 3, /name in double quotes|property name/],
    ['{"a": }', 1, 7, /a value was expected/],
    ['{"a" 1}', 1, 6, /colon/],
    ['{"a": "b', 1, 7, /double quote/],
    ['{"a": {"b": 1', 1, 14, /ends too early/],
    ['{"a": 1} x', 1, 10, /nothing more|name in double quotes/],
    ['{"priority": {{p}}}', 1, 15, /property name/],
  ];
  for (const [json, line, column, expected] of errors) {
    it(`says what is wrong in ${JSON.stringify(json)}`, () => {
      const found = problem(readRequest(json));
      assert.match(found.problem, expected);
      assert.deepEqual([found.line, found.column], [line, column]);
    });
  }

  const refused: readonly (readonly [text: string, problem: RegExp])[] = [
    ['', /no text/],
    [' \n ', /no text/],
    ['hello', /No request was found/],
    ['[]', /list/],
    ['{"method":"POST"}', /no "url"/],
    ['{"request":{"method":"POST"}}', /no "url"/],
    ['{"status":403,"code":"x","message":"y"}', /a response, not a request/],
    ['HTTP/1.1 403 Forbidden\n\n{}', /a response, not a request/],
    ['{"response":{"status":403}}', /responses only/],
    ['{"consumer":{"name":"a"},"messages":[{}]}', /no HTTP interaction/],
    ['{"log":{"entries":[]}}', /no request/],
    [`${'['.repeat(200_000)}`, /No request was found|deep/],
    [`{"a":${'['.repeat(200_000)}`, /deep/],
  ];
  for (const [text, expected] of refused) {
    it(`refuses ${JSON.stringify(text.slice(0, 50))} with a sentence`, () => assert.match(problem(readRequest(text)).problem, expected));
  }

  it('does not take an error body for a payload', () => {
    // It has no status, so it is read as a payload; diagnosis then finds no field that it knows.
    assert.equal(read(readRequest(RESPONSE_BODY)).form, 'body');
  });

  it('reads a name such as __proto__ like any other', () => {
    assert.deepEqual(onlyRequest(readRequest('{"url":"/p","headers":{"__proto__":"x",},}')).headers, [['__proto__', 'x']]);
  });
});

describe('readRequest of a Pact file', () => {
  const pact = (interactions: unknown[], version: string) =>
    JSON.stringify({ consumer: { name: 'c' }, provider: { name: 'p' }, interactions, metadata: { pactSpecification: { version } } });

  it('reads version 2 with a query string, 3 with a map and 4 with wrapped bodies', () => {
    const v2 = read(
      readRequest(
        pact(
          [
            {
              description: 'x',
              request: { method: 'get', path: '/p', query: 'a=b%20c', headers: { A: 'b' } },
              response: { status: 403, body: { errors: [] } },
            },
          ],
          '2.0.0',
        ),
      ),
    );
    assert.equal(v2.form, 'pact');
    assert.deepEqual(v2.exchanges, [
      { request: { method: 'GET', url: '/p?a=b%20c', headers: [['A', 'b']] }, response: { status: 403, headers: [], body: '{\n  "errors": []\n}' } },
    ]);
    const v3 = onlyRequest(
      readRequest(pact([{ request: { method: 'POST', path: '/p', query: { a: ['b c'] }, body: { x: '{{id}}' }, matchingRules: {} } }], '3.0.0')),
    );
    assert.deepEqual(v3, { method: 'POST', url: '/p?a=b%20c', headers: [], body: '{\n  "x": "{{id}}"\n}' });
    const v4 = read(
      readRequest(
        pact(
          [
            { type: 'Asynchronous/Messages', contents: {} },
            {
              type: 'Synchronous/HTTP',
              request: { method: 'POST', path: '/p', headers: { A: ['b'] }, body: { content: { x: 1 }, contentType: 'application/json', encoded: false } },
              response: { status: 202, body: { content: 'aGk=', contentType: 'text/plain', encoded: 'base64' } },
            },
          ],
          '4.0',
        ),
      ),
    );
    assert.deepEqual(v4.exchanges, [
      {
        request: {
          method: 'POST',
          url: '/p',
          headers: [
            ['A', 'b'],
            ['Content-Type', 'application/json'],
          ],
          body: '{\n  "x": 1\n}',
        },
        response: { status: 202, headers: [['Content-Type', 'text/plain']], body: 'hi' },
      },
    ]);
    assert.match(v4.notes.join(), /1 interaction is no HTTP exchange/);
  });
});

describe('readRequest of a HAR file', () => {
  it('reads entries, decodes base64 and drops what is no header and no answer', () => {
    const result = read(readRequest(har({ text: 'eyJjb2RlIjoiw6kifQ==', encoding: 'base64' })));
    assert.equal(result.form, 'har');
    assert.deepEqual(result.exchanges, [
      {
        request: { method: 'POST', url: 'https://h/p', headers: [['A', 'b']], body: '{"a": 1}', exported: true },
        response: { status: 403, headers: [['C', 'd']], body: '{"code":"é"}' },
      },
      { request: { method: 'POST', url: 'https://h/q', headers: [], body: 'grant_type=x%20y', exported: true } },
    ]);
    assert.match(result.notes.join(), /status 0/);
  });

  it('keeps a body that only claims to be base64, and says when there is none', () => {
    assert.equal(read(readRequest(har({ text: '{é}', encoding: 'base64' }))).exchanges[0]?.response?.body, '{é}');
    assert.match(read(readRequest(har({ size: 10 }))).notes.join(), /not recorded/);
  });
});
