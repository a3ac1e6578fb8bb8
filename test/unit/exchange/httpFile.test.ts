import assert from 'node:assert/strict';
import { readRequest } from '../../../src/exchange/readRequest.js';
import { onlyRequest, problem, read } from './read.js';

const FILE = `@host = https://api.mypurecloud.com
@calls={{host}}/api/v2/conversations/calls

### Place a call
# @name place
POST {{calls}}
  ?expand=a
  &x={{unknown}} HTTP/1.1
Content-Type: application/json
# a comment
Authorization: Bearer {{$dotenv TOKEN}}

{
  "phoneNumber": "{{number}}"
}


### Who am I
GET {{host}}/api/v2/users/me HTTP/1.1

###
// only a comment
###
https://h/p
`;

describe('readRequest of a .http file', () => {
  it('reads each request, fills what the file defines and leaves the rest', () => {
    const result = read(readRequest(FILE));
    assert.equal(result.form, 'http');
    assert.deepEqual(
      result.exchanges.map((e) => e.request),
      [
        {
          method: 'POST',
          url: 'https://api.mypurecloud.com/api/v2/conversations/calls?expand=a&x={{unknown}}',
          headers: [
            ['Content-Type', 'application/json'],
            ['Authorization', 'Bearer {{$dotenv TOKEN}}'],
          ],
          body: '{\n  "phoneNumber": "{{number}}"\n}',
        },
        { method: 'GET', url: 'https://api.mypurecloud.com/api/v2/users/me', headers: [] },
        { method: 'GET', url: 'https://h/p', headers: [] },
      ],
    );
  });

  it('reads a request as it goes over the wire, CRLF and all', () => {
    assert.deepEqual(onlyRequest(readRequest('post /api/v2/x HTTP/1.1\r\nHost: api.mypurecloud.com\r\n\r\n{"a":1}\r\n')), {
      method: 'POST',
      url: '/api/v2/x',
      headers: [['Host', 'api.mypurecloud.com']],
      body: '{"a":1}',
    });
  });

  it('keeps a response that stands below its request', () => {
    const { exchanges } = read(readRequest('POST https://h/p\n\n{"a":1}\n\nHTTP/1.1 403 Forbidden\nX: y\n\n{"code":"x"}'));
    assert.deepEqual(exchanges, [
      { request: { method: 'POST', url: 'https://h/p', headers: [], body: '{"a":1}' }, response: { status: 403, headers: [['X', 'y']], body: '{"code":"x"}' } },
    ]);
  });

  it('finds a request in a Markdown fence below prose', () => {
    const request = onlyRequest(readRequest('This is what I send:\n\n```http\nPOST https://h/p HTTP/1.1\nA: b\n\n{"a":1}\n```\n\nIt fails.'));
    assert.deepEqual(request, { method: 'POST', url: 'https://h/p', headers: [['A', 'b']], body: '{"a":1}' });
  });

  it('tolerates a missing blank line and says so', () => {
    const result = read(readRequest('POST https://h/p\nA: b\n{"a":1}'));
    assert.equal(result.exchanges[0]?.request?.body, '{"a":1}');
    assert.match(result.notes.join(), /No blank line/);
  });

  it('does not read a file that is the body', () => {
    const result = read(readRequest('POST https://h/p\n\n< ./payload.json'));
    assert.equal(result.exchanges[0]?.request?.body, undefined);
    assert.match(result.notes.join(), /not read/);
  });

  it('does not take a sentence for a request line', () => {
    assert.match(problem(readRequest('POST /api/v2/conversations/calls 403 Forbidden on behalf of agent')).problem, /No request was found/);
    assert.match(problem(readRequest('GET your free copy')).problem, /No request was found/);
  });

  it('does not let definitions grow without end', () => {
    const bomb = Array.from({ length: 60 }, (_, i) => (i === 0 ? '@v0 = xxxxxxxxxx' : `@v${i} = {{v${i - 1}}}{{v${i - 1}}}`)).join('\n');
    const result = read(readRequest(`${bomb}\nGET https://h/{{v59}}`));
    assert.ok((result.exchanges[0]?.request?.url.length ?? 0) < 2_000_000);
    assert.match(result.notes.join(), /grow too long/);
  });
});
