import assert from 'node:assert/strict';
import { readResponse } from '../../../src/exchange/readResponse.js';
import { onlyResponse, problem, read } from './read.js';
import { RESPONSE_BODY } from './thread.js';

const PLATFORM = '{"message":"x","code":"missing.permissions","status":403,"contextId":"c"}';

describe('readResponse of raw HTTP', () => {
  const cases: readonly (readonly [what: string, text: string, expected: ReturnType<typeof onlyResponse>])[] = [
    [
      'LF',
      `HTTP/1.1 403 Forbidden\nContent-Type: application/json\n\n${PLATFORM}\n`,
      { status: 403, headers: [['Content-Type', 'application/json']], body: `${PLATFORM}\n` },
    ],
    [
      'CRLF and HTTP/2',
      `HTTP/2 403 \r\ncontent-type: application/json\r\n\r\n${PLATFORM}`,
      { status: 403, headers: [['content-type', 'application/json']], body: PLATFORM },
    ],
    [
      'folded headers',
      'HTTP/1.1 401\nA: b\n  c\n\td\nE:f\n\n',
      {
        status: 401,
        headers: [
          ['A', 'b c d'],
          ['E', 'f'],
        ],
        body: '',
      },
    ],
    ['no body at all', 'HTTP/1.1 204 No Content', { status: 204, headers: [] }],
    [
      '100 Continue, a proxy and a redirect: the last',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 302 Found\r\nLocation: /x\r\n\r\nHTTP/1.1 403 Forbidden\r\nA: b\r\n\r\nno',
      { status: 403, headers: [['A', 'b']], body: 'no' },
    ],
    [
      'curl -v',
      '*   Trying 127.0.0.1:80...\n> GET / HTTP/1.1\n> Host: h\n> \n* Mark bundle\n< HTTP/1.1 403 Forbidden\n< A: b\n< \n{ [73 bytes data]\n* something\n{"code":"x"}\n* Connection #0 to host h left intact\n',
      { status: 403, headers: [['A', 'b']], body: '{"code":"x"}\n' },
    ],
    [
      'curl -v, remark at the end of the body',
      '< HTTP/2 403\n< \n{"code":"x"}* Connection #0 to host h left intact',
      { status: 403, headers: [], body: '{"code":"x"}' },
    ],
    [
      'curl -v -L',
      '< HTTP/1.1 302 Found\n< \n* Issue another request\n> GET /x HTTP/1.1\n>\n< HTTP/1.1 404 Not Found\n< A: b\n<\nno',
      { status: 404, headers: [['A', 'b']], body: 'no' },
    ],
    ['a prompt before it', '$ curl -i https://h/p\nHTTP/1.1 500 Oops\n\nx', { status: 500, headers: [], body: 'x' }],
    [
      'chunks',
      'HTTP/1.1 403 F\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"é"\r\n3;x=y\r\n:1}\r\n0\r\n\r\n',
      { status: 403, headers: [['Transfer-Encoding', 'chunked']], body: '{"é":1}' },
    ],
    [
      'chunked, already put together',
      'HTTP/1.1 403 F\nTransfer-Encoding: chunked\n\n{"a":1}',
      { status: 403, headers: [['Transfer-Encoding', 'chunked']], body: '{"a":1}' },
    ],
    ['a missing blank line', 'HTTP/1.1 403 F\nA: b\n{"a":1}', { status: 403, headers: [['A', 'b']], body: '{"a":1}' }],
  ];
  for (const [what, text, expected] of cases) {
    it(`reads ${what}`, () => {
      const result = readResponse(text);
      assert.deepEqual(onlyResponse(result), expected);
      assert.equal(read(result).form, 'http');
    });
  }

  const cut: readonly (readonly [what: string, text: string, cut: true | undefined])[] = [
    ['fewer bytes than Content-Length', 'HTTP/1.1 403 F\nContent-Length: 100\n\nabc', true],
    ['none of them', 'HTTP/1.1 403 F\nContent-Length: 100\n', true],
    ['bytes, not characters', 'HTTP/1.1 403 F\nContent-Length: 4\n\néé', undefined],
    ['line breaks lost a byte each', 'HTTP/1.1 403 F\nContent-Length: 13\n\n{\n"a":\n1\n}', undefined],
    ['an encoded length', 'HTTP/1.1 403 F\nContent-Length: 100\nContent-Encoding: gzip\n\nabc', undefined],
    ['chunks without an end', 'HTTP/1.1 403 F\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n<html>', true],
    ['JSON without an end', 'HTTP/1.1 403 F\n\n{"a": "b', true],
    ['more than promised', 'HTTP/1.1 403 F\nContent-Length: 1\n\nabc', undefined],
  ];
  for (const [what, text, expected] of cut) {
    it(`knows whether it is cut: ${what}`, () => assert.equal(onlyResponse(readResponse(text)).cut, expected));
  }
});

describe('readResponse of JSON and bare bodies', () => {
  it('reads a body alone as it is, without a status even where it names one', () => {
    for (const body of [
      RESPONSE_BODY,
      PLATFORM,
      '',
      ' ',
      'Forbidden',
      '<html><body>HTTP 403</body></html>',
      '[]',
      '"x"',
      'null',
      '{"error":"x","path":"/p","status":404}',
      '{"error":"x","request":{"url":"/p"}}',
    ]) {
      const result = read(readResponse(body));
      assert.equal(result.form, 'body');
      assert.deepEqual(result.exchanges, [{ response: { headers: [], body } }]);
    }
  });

  it('marks JSON that does not end', () => {
    for (const body of ['{', '{"a":"b', '{"a":[1', '["', '{"a":"\\']) assert.equal(onlyResponse(readResponse(body)).cut, true, body);
    for (const body of ['{"a":1}}', '{a}', '{"a":"{[\\""}', '<html', 'abc {']) assert.equal(onlyResponse(readResponse(body)).cut, undefined, body);
  });

  it('reads {"status","headers","body"} and what fetch and axios print', () => {
    assert.deepEqual(onlyResponse(readResponse('{"status":403,"headers":{"A":"b"},"body":"{\\"a\\":1}"}')), {
      status: 403,
      headers: [['A', 'b']],
      body: '{"a":1}',
    });
    assert.deepEqual(onlyResponse(readResponse('{"status":403,"body":{"a":1}}')), { status: 403, headers: [], body: '{\n  "a": 1\n}' });
    assert.deepEqual(onlyResponse(readResponse('{"status":403}')), { status: 403, headers: [] });
    assert.deepEqual(onlyResponse(readResponse('{"data":{"a":1},"status":403,"statusText":"F","headers":{},"config":{},"request":{}}')), {
      status: 403,
      headers: [],
      body: '{\n  "a": 1\n}',
    });
    assert.deepEqual(onlyResponse(readResponse('{"statusCode":"403",/* by hand */"headers":{},"body":"{",}')), {
      status: 403,
      headers: [],
      body: '{',
      cut: true,
    });
  });

  it('reads the responses of HAR and Pact files', () => {
    assert.equal(read(readResponse('{"log":{"entries":[{"response":{"status":403,"headers":[],"content":{"text":"x"}}}]}}')).exchanges[0]?.response?.body, 'x');
    assert.equal(read(readResponse('{"interactions":[{"request":{"path":"/p"},"response":{"status":403}}]}')).exchanges[0]?.response?.status, 403);
  });

  it('says what is no response', () => {
    assert.match(problem(readResponse("curl -X POST 'https://h/p'")).problem, /request, not a response/);
    assert.match(problem(readResponse('{"method":"GET","url":"/p"}')).problem, /request, not a response/);
    assert.match(problem(readResponse('{"request":{"method":"GET","url":"/p"}}')).problem, /requests only/);
    const cut = problem(readResponse('{"log":{"entries":[{"request":'));
    assert.match(cut.problem, /ends too early/);
    assert.equal(cut.line, 1);
  });
});
