import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Exchange, Headers } from '../../../src/exchange/exchange.js';
import { locator, renderExchange, type Target } from '../../../src/exchange/exchangeDocument.js';

const exchange: Exchange = {
  request: {
    method: 'POST',
    url: 'https://api.mypurecloud.com/api/v2/conversations/calls/user/{{agent}}',
    headers: [
      ['Authorization', 'Bearer s3cret'],
      ['Content-Type', 'application/json'],
      ['X-Trace', '<TRACE_ID>'],
    ],
    body: JSON.stringify({
      to: '{{x}}',
      'a/b': { 'c~d': 1 },
      attributes: { '0': 'zero' },
      list: ['first', { id: 'second "quoted"' }],
      routing: { queueId: '{{q}}' },
    }),
  },
  response: {
    status: 403,
    headers: [['Server', 'x']],
    body: JSON.stringify({ message: 'You lack [conversation:call:add]', code: 'missing.permissions', status: 403, errors: [{ code: 'inner' }] }),
  },
};
const text = renderExchange(exchange);
const shown = (of: string, target: Target): string | undefined => {
  const span = locator(of)(target);
  return span && of.slice(span.offset, span.offset + span.length);
};
const body = (document: 'request' | 'response', pointer: string, words?: string): Target => ({
  document,
  part: 'body',
  pointer,
  ...(words === undefined ? {} : { words }),
});

describe('an exchange as a document', () => {
  it('is JSON with the answer first, and both bodies laid out', () => {
    const read = JSON.parse(text) as Record<string, Record<string, unknown>>;
    assert.deepEqual(Object.keys(read), ['response', 'request']);
    assert.equal(read['response']?.['status'], 403);
    assert.deepEqual(read['response']?.['body'], JSON.parse(exchange.response?.body ?? ''));
    assert.deepEqual(read['request']?.['body'], JSON.parse(exchange.request?.body ?? ''));
    assert.ok(text.endsWith('}\n'));
  });

  it('shows what is no JSON as it came, and nothing as null', () => {
    const of = (sent: string | undefined) =>
      (JSON.parse(renderExchange({ response: { status: 403, headers: [], ...(sent === undefined ? {} : { body: sent }) } })) as { response: { body: unknown } })
        .response.body;
    assert.equal(of('<html>'), '<html>');
    assert.equal(of('{"a":'), '{"a":');
    assert.equal(of(''), null);
    assert.equal(of(undefined), null);
  });

  it('says where an answer was cut, and keeps a huge one short', () => {
    assert.match(renderExchange({ response: { status: 403, headers: [], body: 'x', cut: true } }), /cut off or is too large/);
    const huge = renderExchange({ response: { status: 403, headers: [], body: JSON.stringify({ code: 'x', big: 'y'.repeat(20e6) }) } });
    assert.ok(huge.length < 120_000);
    assert.match(huge, /more characters/);
  });

  it('is no larger than it must be for a body that is nested without end', () => {
    for (const deep of ['['.repeat(49_000) + ']'.repeat(49_000), '{"a":'.repeat(15_000) + '1'.padEnd(15_001, '}')]) {
      const made = renderExchange({ request: { method: 'POST', url: '/', headers: [], body: deep } });
      assert.ok(made.length < 250_000);
      assert.equal((JSON.parse(made) as { request: { body: string } }).request.body, deep);
      assert.ok(locator(made)(body('request', '/a/a/a')));
    }
  });

  /** [value of the header, what is shown] */
  const AUTHORIZATION: readonly (readonly [string, string])[] = [
    ['Bearer s3cret', 'Bearer …'],
    ['bearer   s3cret', 'bearer …'],
    ['Basic dXNlcjpz', 'Basic …'],
    ['s3cret', '…'],
    ['Bearer s3cr<et', 'Bearer …'],
    ['s3cret {{x}}', '…'],
    ['Bearer s3cret {{x}}', 'Bearer …'],
    ['Bearer …', 'Bearer …'],
    ['Bearer {{token}}', 'Bearer {{token}}'],
    ['Bearer <ACCESS_TOKEN>', 'Bearer <ACCESS_TOKEN>'],
    ['Bearer YOUR_ACCESS_TOKEN', 'Bearer YOUR_ACCESS_TOKEN'],
    ['{{auth}}', '{{auth}}'],
    ['', '…'],
  ];
  for (const [value, expected] of AUTHORIZATION)
    for (const name of ['Authorization', 'authorization', 'Proxy-Authorization'])
      it(`shows ${name}: ${value || 'nothing'} as ${expected}`, () => {
        const made = renderExchange({ request: { method: 'GET', url: '/', headers: [[name, value]] } });
        const { headers } = (JSON.parse(made) as { request: { headers: Record<string, string> } }).request;
        assert.equal(headers[name], expected);
        assert.ok(!made.includes('s3cret'));
      });

  it('keeps headers with odd names', () => {
    const headers: Headers = [
      ['__proto__', 'a'],
      ['', 'b'],
      ['constructor', 'c'],
    ];
    const made = renderExchange({ request: { method: 'GET', url: '/', headers } });
    for (const [, value] of headers) assert.ok(made.includes(`"${value}"`));
  });
});

describe('a place in the document', () => {
  /** [target, the text that is marked] */
  const T: readonly (readonly [string, Target, string])[] = [
    ['a code', body('response', '/code'), '"missing.permissions"'],
    ['words of a message', body('response', '/message', 'conversation:call:add'), 'conversation:call:add'],
    ['words that are not there', body('response', '/message', 'nowhere'), '"You lack [conversation:call:add]"'],
    ['an error in a list', body('response', '/errors/0/code'), '"inner"'],
    ['a pointer that ends too late', body('response', '/code/deeper/still'), '"missing.permissions"'],
    ['all of an answer', body('response', ''), '403'],
    ['what is missing from an answer', body('response', '/nowhere'), '403'],
    ['a field of a request, by its name', body('request', '/to'), '"to"'],
    ['words of a field', body('request', '/to', '{{x}}'), '{{x}}'],
    ['a name with a slash and a tilde', body('request', '/a~1b/c~0d'), '"c~d"'],
    ['a name that is a number', body('request', '/attributes/0', 'zero'), 'zero'],
    ['an element of a list', body('request', '/list/0'), '"first"'],
    ['words with quotes', body('request', '/list/1/id', 'second "quoted"'), 'second \\"quoted\\"'],
    ['an object, by its name', body('request', '/routing'), '"routing"'],
    ['an index beyond a list', body('request', '/list/9'), '"list"'],
    ['all of a request', body('request', ''), '"body"'],
    ['words of the URL', { document: 'request', part: 'url', pointer: '', words: '{{agent}}' }, '{{agent}}'],
    ['the URL', { document: 'request', part: 'url', pointer: '' }, '"https://api.mypurecloud.com/api/v2/conversations/calls/user/{{agent}}"'],
    [
      'the URL, for a template that it does not contain',
      { document: 'request', part: 'url', pointer: '', words: '/x/{userId}' },
      '"https://api.mypurecloud.com/api/v2/conversations/calls/user/{{agent}}"',
    ],
    ['a header by its name', { document: 'request', part: 'headers', pointer: '', words: 'authorization' }, '"Bearer …"'],
    ['a header by words of its value', { document: 'request', part: 'headers', pointer: '', words: '<TRACE_ID>' }, '<TRACE_ID>'],
    ['the headers', { document: 'request', part: 'headers', pointer: '' }, '"headers"'],
    ['a header that is not there', { document: 'request', part: 'headers', pointer: '', words: 'Cookie' }, '"headers"'],
  ];
  for (const [name, target, expected] of T) it(`is ${name}`, () => assert.equal(shown(text, target), expected));

  it('in a body that is text is the words, or all of it', () => {
    const html = renderExchange({ response: { status: 403, headers: [], body: 'no "JSON": missing.permissions' } });
    assert.equal(shown(html, body('response', '/code', 'missing.permissions')), 'missing.permissions');
    assert.equal(shown(html, body('response', '', '"JSON"')), '\\"JSON\\"');
    assert.equal(shown(html, body('response', '/code')), '"no \\"JSON\\": missing.permissions"');
  });

  it('without the document that it is in is none, and without a status the body', () => {
    assert.equal(shown(renderExchange({ request: { method: 'GET', url: '/', headers: [] } }), body('response', '/code')), undefined);
    const bare = renderExchange({ response: { headers: [], body: '{"a":1}' } });
    assert.ok(shown(bare, body('response', '')));
    assert.equal(locator('')(body('response', '')), undefined);
    assert.equal(locator('no JSON')(body('response', '')), undefined);
  });

  it('is inside the document, for any body and any pointer', () => {
    const part = fc.constantFrom('body', 'url', 'headers');
    fc.assert(
      fc.property(
        fc.json(),
        fc.array(fc.oneof(fc.string(), fc.constantFrom('0', '~0', '~1', '__proto__'))),
        fc.option(fc.string(), { nil: undefined }),
        part,
        fc.constantFrom('request', 'response'),
        (json, path, words, part, document) => {
          const made = renderExchange({
            request: { method: 'POST', url: '/x', headers: [['a', 'b']], body: json },
            response: { status: 403, headers: [], body: json },
          });
          const span = locator(made)({ document, part, pointer: path.map((s) => `/${s}`).join(''), ...(words === undefined ? {} : { words }) } as Target);
          if (span) assert.ok(span.offset >= 0 && span.offset + span.length <= made.length);
          else assert.ok(document === 'response' && part === 'url');
        },
      ),
      { numRuns: 2000 },
    );
  });
});
