import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AnswerBody, type PlatformError, readAnswerBody, readNamedPermissions } from '../../../src/platform/errorBody.js';
import { GUID, OTHER_GUID } from './facts.js';

const ANY = 'Unable to perform the requested action. You must have at least one of the following permissions assigned: ';
const ALL = 'Unable to perform the requested action. You are missing the following permission(s): ';

const platform = (body: unknown): PlatformError => {
  const answer = readAnswerBody(typeof body === 'string' ? body : JSON.stringify(body));
  assert.equal(answer.kind, 'platform', JSON.stringify(answer));
  return (answer as Extract<AnswerBody, { kind: 'platform' }>).error;
};

describe('error bodies of the platform', () => {
  it('fill the message from its template where it is empty or missing', () => {
    const params = { messageWithParams: 'Access to {type} {id} is forbidden.', messageParams: { id: 'c-1', type: 'Conversation' } };
    for (const message of ['', undefined]) {
      const error = platform({ status: 403, code: 'not.authorized', message, ...params, contextId: '8d839ca0', details: [], errors: [] });
      assert.equal(error.message, 'Access to Conversation c-1 is forbidden.');
      assert.equal(error.messageFrom, 'messageWithParams');
    }
    assert.equal(
      platform({ code: 'not.authorized', status: 403, messageWithParams: 'A {gone} {__proto__}', messageParams: { gone: 1 } }).message,
      'A {gone} {__proto__}',
    );
    assert.equal(platform({ status: 403, code: 'x', message: 'plain', ...params }).message, 'plain');
  });

  /** FACTS §3.1 and §1.6. */
  const REAL: readonly (readonly [string, object, string, string])[] = [
    [
      'of the 2018 forum',
      {
        status: 403,
        code: 'not.authorized',
        message: `Access to Conversation ${GUID} is forbidden.`,
        messageWithParams: 'Access to {type} {id} is forbidden.',
        messageParams: { id: GUID, type: 'Conversation' },
        contextId: '8d839ca0-1',
        details: [],
        errors: [],
      },
      'not.authorized',
      `Access to Conversation ${GUID} is forbidden.`,
    ],
    [
      'of the v1 era',
      { status: 403, code: 'forbidden', message: `Access to Conversation ${GUID} is forbidden.`, contextId: 'c', details: [], errors: [] },
      'forbidden',
      `Access to Conversation ${GUID} is forbidden.`,
    ],
    [
      'of a data action',
      { status: 403, code: 'not.authorized', message: 'You are not authorized to perform the requested action.', messageParams: {} },
      'not.authorized',
      'You are not authorized to perform the requested action.',
    ],
    [
      'of a participant who is none',
      { message: 'User 18ee7 is not a participant in the conversation.', code: 'not.found', status: 404, contextId: '7b5d4a23', details: [], errors: [] },
      'not.found',
      'User 18ee7 is not a participant in the conversation.',
    ],
  ];
  for (const [name, body, code, message] of REAL)
    it(`${name} are read`, () => {
      const error = platform(body);
      assert.deepEqual([error.code, error.message, error.named], [code, message, undefined]);
    });

  /** FACTS §1.4, §3.2: every code, alone with its status or without. */
  const CODES = `not.a.user conversation.error.no.user.station too.many.create.conversation.parameters bad.request invalid.date invalid.value
    invalid.query.param.value invalid.property constraint.validation invalid.id authentication.required bad.credentials credentials.expired
    missing.permissions missing.any.permissions missing.division.permission not.authorized missing.trustor.permissions
    conversation.error.forbidden.not.active.participant not.found resource.not.found conversation.not.found conversation.error.conversation.not.found
    general.conflict userservice.stationalreadyassociated request.entity.too.large response.entity.too.large unsupported.media.type too.many.requests
    providerapi.error.station.no.active.edge providerapi.error.no.station.for.edge internal.server.error service.unavailable request.timeout
    authentication.request.timeout client.failed.request`.split(/\s+/);
  for (const code of CODES)
    it(`with the code ${code} are the platform's, even without status and contextId`, () => {
      assert.equal(platform({ code, message: 'x' }).code, code);
      assert.equal(platform({ code }).code, code);
    });

  it('without code are known by contextId, or by a wording of its own', () => {
    assert.equal(platform({ message: 'x', contextId: 'c' }).code, undefined);
    assert.equal(platform({ message: `${ANY}[a:b:c]` }).named?.names[0], 'a:b:c');
    assert.equal(platform('This request requires a user context. Client credentials cannot be used for requests to this resource.').code, undefined);
    assert.deepEqual(platform(`API Error: 403 - ${ANY}[routing:queue:view] (correlation)`).named?.names, ['routing:queue:view']);
    assert.deepEqual(platform(JSON.stringify(JSON.stringify({ message: `${ALL}[a:b:c]`, status: 403 }))).named?.names, ['a:b:c']);
  });

  it('carry nested errors and details', () => {
    const error = platform({
      message: '',
      contextId: 'c',
      details: [{ errorCode: 'e', fieldName: 'phoneNumber', entityId: 'i', entityName: 'n' }, 'x', null],
      errors: [{ code: 'missing.permissions', message: `${ALL}[a:b:c]` }, 5],
    });
    assert.deepEqual(error.details, [{ errorCode: 'e', fieldName: 'phoneNumber', entityId: 'i' }]);
    assert.equal(error.errors.length, 1);
    assert.deepEqual(error.errors[0]?.named?.names, ['a:b:c']);
  });

  it('that are cut off say what they began to say', () => {
    const answer = readAnswerBody('{"message":"M","code":"missing.permissions","status":403,"contextId":"c","det');
    assert.deepEqual(answer.kind === 'platform' && [answer.cut, answer.error.code, answer.error.status], [true, 'missing.permissions', 403]);
    assert.equal(readAnswerBody('{"message":"Unable to perf').kind, 'cut');
    assert.equal(readAnswerBody('{"status":403,').kind, 'cut');
  });
});

describe('permissions named in a message', () => {
  const T: readonly (readonly [string, 'any' | 'all', readonly string[], readonly string[]])[] = [
    [`${ANY}[journey:actionmap:view]`, 'any', ['journey:actionmap:view'], []],
    [`${ANY}[processautomation:trigger:edit, processautomation:trigger:view]`, 'any', ['processautomation:trigger:edit', 'processautomation:trigger:view'], []],
    [`${ANY}[a:b:c,a:b:d]`, 'any', ['a:b:c', 'a:b:d'], []],
    [`${ALL}[routing:queue:view]`, 'all', ['routing:queue:view'], []],
    [`${ALL}routing:queue:view`, 'all', ['routing:queue:view'], []],
    [`${ANY}[]`, 'any', [], []],
    [`${ALL}[]`, 'all', [], []],
    [`${ANY}[] in at least one of the following division(s): [${GUID}]`, 'any', [], [GUID]],
    [`${ANY}[a:b:c] in at least one of the following division(s): [${GUID}, ${OTHER_GUID}]`, 'any', ['a:b:c'], [GUID, OTHER_GUID]],
    [`${ANY}a:b:c, d:e:f in at least one of the following division(s): [${GUID}]`, 'any', ['a:b:c', 'd:e:f'], [GUID]],
    [`${ALL}[conversation:call:add:${GUID}]`, 'all', ['conversation:call:add'], [GUID]],
    [`${ALL}[a:b:c:${GUID}, a:b:c:${OTHER_GUID}]`, 'all', ['a:b:c'], [GUID, OTHER_GUID]],
    [`${ALL}[a:b:c:not-a-guid]`, 'all', ['a:b:c:not-a-guid'], []],
    [`${ANY}[a:*:*]`, 'any', ['a:*:*'], []],
  ];
  for (const [message, rule, names, divisions] of T)
    it(`“${message.slice(message.indexOf('permission'))}” names ${names.length} and ${divisions.length} divisions`, () =>
      assert.deepEqual(readNamedPermissions(message), { rule, names, divisions }));

  it('are none in other sentences', () => {
    for (const message of ['', 'You are not authorized to perform the requested action.', 'permissions: [a:b:c]', 'division(s): [x]'])
      assert.equal(readNamedPermissions(message), undefined);
  });
});

describe('bodies of others', () => {
  const T: readonly (readonly [string, unknown, AnswerBody['kind']])[] = [
    ['nothing', undefined, 'empty'],
    ['null', null, 'empty'],
    ['an empty text', '', 'empty'],
    ['white space', ' \r\n\t', 'empty'],
    ['HTML', '<!DOCTYPE html><html><head><title> 403 Forbidden </title></head></html>', 'html'],
    ['HTML after a comment', '<!-- waf --><HTML></HTML>', 'html'],
    ['XML of a store', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'text'],
    ['a word', 'Forbidden', 'text'],
    ['a number', '403', 'text'],
    ['the word null', 'null', 'text'],
    ['a JSON string', '"Forbidden"', 'text'],
    ['a list', '[]', 'other-json'],
    ['a list of errors', '[{"code":"missing.permissions","message":"x"}]', 'other-json'],
    ['the stub of the thread', '{"errors":[{"code":"forbidden","message":"You do not have permission to perform this action."}]}', 'other-json'],
    ['an API gateway', '{"message":"Forbidden"}', 'other-json'],
    ['Spring', '{"timestamp":"2026-01-01","status":403,"error":"Forbidden","message":"Access Denied","path":"/api/v2/x"}', 'other-json'],
    ['a proxy', '{"error":"blocked by policy"}', 'other-json'],
    ['Google', '{"error":{"code":403,"message":"x","status":"PERMISSION_DENIED"}}', 'other-json'],
    ['an empty object', '{}', 'other-json'],
    ['odd types', '{"status":"403","code":5,"message":["x"]}', 'other-json'],
    ['the token endpoint', '{"error":"invalid_client","description":"authentication failed","error_description":"authentication failed"}', 'oauth'],
    ['the token endpoint, tersely', '{"error":"unsupported_grant_type"}', 'oauth'],
  ];
  for (const [name, body, kind] of T) it(`${name} is ${kind}`, () => assert.equal(readAnswerBody(body).kind, kind));

  it('tell their title, their start and what they lack', () => {
    assert.deepEqual(readAnswerBody('<html><title>Sign in</title>'), { kind: 'html', title: 'Sign in' });
    assert.deepEqual(readAnswerBody('{"errors":[]}'), { kind: 'other-json', keys: ['errors'], missing: ['code', 'message', 'status', 'contextId'] });
    assert.deepEqual(readAnswerBody('{"error":"invalid_client","description":"authentication failed"}'), {
      kind: 'oauth',
      error: 'invalid_client',
      description: 'authentication failed',
    });
    assert.deepEqual(readAnswerBody('Forbidden'), { kind: 'text', start: 'Forbidden' });
  });
});

describe('reading any answer', () => {
  it('never throws for any text or any JSON', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readAnswerBody(text)));
    fc.assert(fc.property(fc.json(), (text) => void readAnswerBody(text)));
    fc.assert(fc.property(fc.anything(), (value) => void readAnswerBody(value)));
    const odd = fc.record(
      {
        status: fc.anything(),
        code: fc.anything(),
        message: fc.anything(),
        messageWithParams: fc.anything(),
        messageParams: fc.anything(),
        details: fc.anything(),
        errors: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(odd, (value) => void readAnswerBody(value)));
  });

  const HOSTILE: readonly (readonly [string, () => string])[] = [
    ['20 MB of text', () => 'x'.repeat(20e6)],
    ['20 MB of names', () => JSON.stringify({ status: 403, code: 'missing.permissions', message: `${ALL}[${'a:b:c, '.repeat(2.8e6)}]` })],
    ['20 MB cut off', () => `{"status":403,"code":"missing.permissions","x":"${'y'.repeat(20e6)}`],
    ['100,000 open lists', () => '['.repeat(100_000)],
    ['100,000 open objects', () => '{"a":'.repeat(100_000)],
    ['100,000 nested errors', () => `${'{"errors":['.repeat(100_000)}${']}'.repeat(100_000)}`],
    ['divisions that never close', () => JSON.stringify({ status: 403, message: `${ANY}[a:b:c] ${'division: ['.repeat(200_000)}`, contextId: 'c' })],
    ['permissions that never close', () => JSON.stringify({ status: 403, message: `${ANY}[`.repeat(20_000), contextId: 'c' })],
    ['titles that never close', () => `<html>${'<title'.repeat(3e6)}`],
    ['dots', () => `${ANY}[${'.'.repeat(1e6)}x]`],
  ];
  for (const [name, make] of HOSTILE)
    it(`takes ${name} in its stride`, () => {
      const body = make();
      assert.ok(readAnswerBody(body).kind);
    }).timeout(30_000);
});
