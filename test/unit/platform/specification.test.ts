import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Specification, SpecificationReader, type SpecifiedOperation } from '../../../src/platform/specification.js';
import { described, description } from './description.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

function read(input: string | Buffer, chunk = 64): Specification {
  const all = typeof input === 'string' ? bytes(input) : input;
  const reader = new SpecificationReader();
  for (let at = 0; at < all.length; at += chunk) if (!reader.write(all.subarray(at, at + chunk))) break;
  return reader.end();
}

function operationsIn(input: string | Buffer, chunk?: number): readonly SpecifiedOperation[] {
  const result = read(input, chunk);
  assert.ok(result.ok, result.ok ? '' : result.problem);
  return result.operations;
}
const problemIn = (input: string | Buffer, chunk = 65_536): string => {
  const result = read(input, chunk);
  return result.ok ? `read ${result.operations.length} operations` : result.problem;
};

const API = description({
  'POST /api/v2/conversations/calls': { any: ['conversation:conference:add'], scopes: ['conversations'], errors: ['not.a.user', 'invalid.value'] },
  'GET /api/v2/conversations/calls': { scopes: ['conversations', 'conversations:readonly'] },
  'POST /api/v2/conversations/calls/user/{userId}': { any: ['conversation:agentlessCall:add', 'conversation:call:add'] },
  'POST /api/v2/conversations/callbacks': { all: ['conversation:callback:create'], deprecated: true },
});
const TEXT = JSON.stringify(API);
const one = (operation: object): SpecifiedOperation => {
  const [first] = operationsIn(JSON.stringify({ paths: { '/api/v2/users': { get: operation, post: described({ any: ['directory:user:add'] }) } } })) as [
    SpecifiedOperation,
  ];
  return first;
};

describe('the API description', () => {
  it('gives rule, permissions, scopes, user context and deprecation of each operation', () => {
    assert.deepEqual(operationsIn(TEXT), [
      {
        method: 'POST',
        path: '/api/v2/conversations/calls',
        rule: 'any',
        permissions: ['conversation:conference:add'],
        scopes: ['conversations'],
        needsUser: true,
        deprecated: false,
        preview: false,
      },
      {
        method: 'GET',
        path: '/api/v2/conversations/calls',
        rule: 'none',
        permissions: [],
        scopes: ['conversations', 'conversations:readonly'],
        needsUser: false,
        deprecated: false,
        preview: false,
      },
      {
        method: 'POST',
        path: '/api/v2/conversations/calls/user/{userId}',
        rule: 'any',
        permissions: ['conversation:agentlessCall:add', 'conversation:call:add'],
        scopes: [],
        needsUser: false,
        deprecated: false,
        preview: false,
      },
      {
        method: 'POST',
        path: '/api/v2/conversations/callbacks',
        rule: 'all',
        permissions: ['conversation:callback:create'],
        scopes: [],
        needsUser: false,
        deprecated: true,
        preview: false,
      },
    ]);
  });

  it('is read the same however its bytes are cut', () => {
    const whole = operationsIn(TEXT, 1_000_000);
    for (const chunk of [1, 2, 3, 7, 100, 4096]) assert.deepEqual(operationsIn(TEXT, chunk), whole, String(chunk));
  });

  it('is read the same with spaces, a byte order mark, and definitions before its paths', () => {
    const { paths, ...rest } = API as { readonly paths: object };
    const whole = operationsIn(TEXT);
    assert.deepEqual(operationsIn(JSON.stringify(API, null, 2)), whole);
    assert.deepEqual(operationsIn(`\ufeff${TEXT}`), whole);
    assert.deepEqual(operationsIn(JSON.stringify({ ...rest, paths })), whole);
  });

  it('may be OpenAPI 3 with the same extensions', () => {
    const text = JSON.stringify({
      openapi: '3.0.1',
      paths: {
        '/api/v2/users': {
          parameters: [],
          get: described({
            any: ['directory:user:view'],
            scopes: ['users:readonly'],
            more: { requestBody: { content: { 'application/json': { schema: {} } } } },
          }),
        },
      },
    });
    assert.deepEqual(
      operationsIn(text).map((o) => [o.method, o.path, o.permissions, o.scopes]),
      [['GET', '/api/v2/users', ['directory:user:view'], ['users:readonly']]],
    );
  });

  it('wants no more once its paths have ended', () => {
    const reader = new SpecificationReader();
    const end = TEXT.indexOf(',"securityDefinitions"');
    assert.equal(reader.write(bytes(TEXT.slice(0, end - 1))), true);
    assert.equal(reader.write(bytes(TEXT.slice(end - 1, end))), false);
    const result = reader.end();
    assert.equal(result.ok && result.operations.length, 4);
  });

  it('knows the end of its paths from a member of that name deeper down', () => {
    const text = JSON.stringify({ info: { paths: {} }, tags: [{ paths: { '/api/v2/no': { get: {} } } }], ...API });
    assert.equal(operationsIn(text).length, 4);
  });

  it('says nothing about scopes where it says "all", and what is for tokens of other kinds is for those', () => {
    assert.deepEqual(one(described({ more: { security: [{ 'PureCloud Auth': ['all'] }] } })).scopes, []);
    assert.deepEqual(one(described({ more: { security: [{ 'Guest Chat JWT': ['chat'] }] } })).scopes, []);
    assert.deepEqual(one(described({ more: { security: [{ 'PureCloud OAuth': ['users'] }, { 'Guest Chat JWT': ['chat'] }] } })).scopes, ['users']);
  });

  it('declares nothing with an empty list of permissions, and marks a preview', () => {
    assert.equal(one(described({ any: [] })).rule, 'none');
    assert.equal(one(described({ more: { 'x-genesys-preview': true } })).preview, true);
  });

  const odd: readonly (readonly [what: string, requires: unknown])[] = [
    ['a text', 'directory:user:view'],
    ['null', null],
    ['another rule', { type: 'SOME', permissions: ['a:b:c'] }],
    ['no list', { type: 'ANY', permissions: 'a:b:c' }],
    ['a number in the list', { type: 'ANY', permissions: ['a:b:c', 7] }],
    ['markup in the list', { type: 'ANY', permissions: ['a:b:<img src=x>'] }],
    ['a line end in the list', { type: 'ALL', permissions: ['a:b:c\nd'] }],
    ['no rule', { permissions: ['a:b:c'] }],
  ];
  for (const [what, requires] of odd)
    it(`leaves unknown what an operation requires where that is ${what}`, () => {
      const { rule, permissions } = one(described({ more: { 'x-inin-requires-permissions': requires } }));
      assert.deepEqual([rule, permissions], ['unknown', []]);
    });

  it('is read as far as it makes sense where members have other types', () => {
    const { scopes, needsUser, deprecated } = one({ security: 'x', responses: [1], deprecated: 'yes' });
    assert.deepEqual([scopes, needsUser, deprecated], [[], false, false]);
    assert.equal(one({ responses: { '400': { 'x-inin-error-codes': ['not.a.user'] } } }).needsUser, false);
  });

  it('takes the last of two operations of one name, as JSON does', () => {
    const text = `{"paths":{"/api/v2/users":{"get":${JSON.stringify(described({ any: ['a:b:c'] }))},"get":${JSON.stringify(described({ all: ['d:e:f'] }))}}}}`;
    assert.deepEqual(
      operationsIn(text).map((o) => o.permissions),
      [['d:e:f']],
    );
  });

  it('leaves out paths and methods that are none of the API', () => {
    const get = described({ any: ['a:b:c'] });
    const names = [
      '/api/v2/users',
      '/login',
      '/api/v2/__proto__',
      '/api/v2//users',
      '/api/v2/users/',
      '/api/v2/a b',
      '/api/v2/<b>',
      '/api/v2/{a}.{b}',
      '/api/v2/*',
      '',
    ];
    const result = read(JSON.stringify({ paths: Object.fromEntries(names.map((n) => [n, { get, 'x-note': get, parameters: get, trace: get }])) }));
    assert.ok(result.ok);
    assert.deepEqual([result.operations.map((o) => o.path), result.leftOut], [['/api/v2/users'], 9]);
  });

  it('lets a path be called as objects call their own', () => {
    const text = JSON.stringify({ paths: { '/api/v2/constructor/toString': { get: described({ any: ['a:b:c'] }) } } });
    assert.equal(operationsIn(text)[0]?.path, '/api/v2/constructor/toString');
  });
});

describe('what is no API description', () => {
  const OPEN = '{"swagger":"2.0","paths":{"/api/v2/users":{"get":{"x":';
  const inputs: readonly (readonly [what: string, input: string | Buffer, problem: RegExp])[] = [
    ['nothing', '', /^it is empty$/],
    ['spaces', ' \n ', /^it is empty$/],
    ['an HTML page', '\n<!DOCTYPE html><title>Sign in</title>', /^it is an HTML or XML page/],
    ['packed', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]), /^it is packed with gzip/],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), /^it is UTF-16/],
    ['plain text', 'not found', /^it is not JSON/],
    ['JSON with a comma too many', '{"paths":{},}', /^its paths hold no operation/],
    ['damaged in the middle', TEXT.replace('"responses":', '"responses"'), /^it is not JSON: what follows byte \d+ cannot be read$/],
    ['no UTF-8', Buffer.concat([bytes('{"a":"'), Buffer.from([0xff, 0xfe, 0x80]), bytes('"}')]), /^it is not JSON/],
    ['a number', '42', /no paths$/],
    ['a list', '[{"paths":{}}]', /no paths$/],
    ['another object', '{"message":"x","code":"not.found","status":404}', /no paths$/],
    ['paths that are a list', '{"paths":[{"get":{}}]}', /^its paths hold no operation of the API$/],
    ['paths of another API', '{"paths":{"/pets":{"get":{}}}}', /^its paths hold no operation of the API$/],
    ['an API without permissions', '{"paths":{"/api/v2/pets":{"get":{}}}}', /^none of its 1 operations says which permissions it requires$/],
    ['nested without end', '['.repeat(1_000_000), /^it is nested deeper/],
    ['an operation nested without end', OPEN + '{"a":'.repeat(100_000), /^it is nested deeper/],
    ['a text without end', `{"info":"${'x'.repeat(5_000_000)}`, /^it holds something that is larger/],
    ['a number without end', `{"info":${'1'.repeat(5_000_000)}`, /^it holds something that is larger/],
    ['an operation without end', `${OPEN}[${'[],'.repeat(2_000_000)}`, /^it holds something that is larger/],
    [
      'too many operations',
      `{"paths":{${Array.from({ length: 50_001 }, (_, i) => `"/api/v2/x${i}":{"get":{}}`).join(',')}}}`,
      /^it holds more than 50000 operations$/,
    ],
  ];
  for (const [what, input, problem] of inputs) it(`says so of ${what}`, () => assert.match(problemIn(input), problem));

  it('is one that ends anywhere before the end of its paths', () => {
    const end = TEXT.indexOf(',"securityDefinitions"');
    for (let at = 1; at < end; at += 13) assert.match(problemIn(TEXT.slice(0, at)), /^it ends in the middle, after \d+ bytes$/, `cut at ${at}`);
  });

  it('never throws, whatever comes', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((a) => Buffer.from(a)),
      fc.json().map(bytes),
      fc.json().map((json) => bytes(`{"paths":${json}}`)),
      fc.json().map((json) => bytes(`{"paths":{"/api/v2/users":{"get":${json}}}}`)),
      fc.json().map((json) => bytes(`{"paths":{"/api/v2/users":{"get":{"x-inin-requires-permissions":${json},"security":${json},"responses":${json}}}}}`)),
      fc.tuple(fc.nat(TEXT.length), fc.string()).map(([at, s]) => bytes(TEXT.slice(0, at) + s + TEXT.slice(at + 1))),
    );
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 50 }), (input, chunk) => {
        const result = read(input, chunk);
        if (!result.ok) assert.match(result.problem, /^(?:it|its|none) [\p{L}\p{N} ,:.-]+$/u);
      }),
      { numRuns: 1000 },
    );
  }).timeout(20_000);
});
