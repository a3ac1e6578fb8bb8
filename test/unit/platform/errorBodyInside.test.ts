import assert from 'node:assert/strict';
import { type AnswerBody, readAnswerBody } from '../../../src/platform/errorBody.js';
import { GUID } from './facts.js';

type Platform = Extract<AnswerBody, { kind: 'platform' }>;

const platform = (body: unknown): Platform => {
  const answer = readAnswerBody(body);
  assert.equal(answer.kind, 'platform', JSON.stringify(answer));
  return answer as Platform;
};
const NAMES = 'Unable to perform the requested action. You must have at least one of the following permissions assigned: [a:b:c]';
/** FACTS §3.1. */
const BODY = { message: NAMES, code: 'missing.any.permissions', status: 403, contextId: GUID, details: [], errors: [] };

describe('a body of the platform inside another', () => {
  const AROUND: readonly (readonly [body: unknown, at: string])[] = [
    [{ error: BODY }, '/error'],
    [{ errors: [BODY] }, '/errors/0'],
    [[BODY], '/0'],
    [{ status: 403, body: BODY }, '/body'],
    [{ type: 'session', details: { conversationId: GUID, error: BODY } }, '/details/error'],
    [{ sdkError: { details: { error: { body: BODY } } } }, '/sdkError/details/error/body'],
    [{ error: JSON.stringify(BODY) }, '/error'],
  ];
  for (const [body, at] of AROUND)
    it(`is found at ${at}`, () => {
      for (const form of [body, JSON.stringify(body)]) {
        const answer = platform(form);
        assert.deepEqual([answer.at, answer.error.code, answer.error.contextId, answer.prose], [at, 'missing.any.permissions', GUID, undefined]);
      }
    });

  it('is none that others could have written: a code and a message are anybody’s', () => {
    for (const body of [
      { errors: [{ code: 'forbidden', message: 'You do not have permission to perform this action.', status: 403 }] },
      { error: { code: 403, message: 'x', status: 'PERMISSION_DENIED' } },
      { error: { code: 'AccessDenied', message: 'x', status: 403 } },
      [{ code: 'missing.permissions', message: 'x' }],
      { detail: 'Forbidden', title: 'Forbidden', status: 403, type: 'about:blank' },
    ])
      assert.equal(readAnswerBody(JSON.stringify(body)).kind, 'other-json', JSON.stringify(body));
  });

  it('is quoted, not proved, where only its sentence is there', () => {
    for (const body of [{ error: NAMES }, { type: 'about:blank', title: 'Forbidden', status: 403, detail: NAMES }]) {
      const answer = platform(JSON.stringify(body));
      assert.deepEqual([answer.prose, answer.error.named?.names], [true, ['a:b:c']]);
    }
  });

  it('is looked for so deep and so long and no longer', () => {
    const deep = (levels: number): unknown => (levels === 0 ? BODY : { error: deep(levels - 1) });
    assert.equal(readAnswerBody(deep(4)).kind, 'platform');
    assert.equal(readAnswerBody(deep(6)).kind, 'other-json');
    const wide = (levels: number): unknown =>
      levels === 0
        ? {}
        : Object.fromEntries(
            ['error', 'errors', 'body', 'data', 'response', 'details', 'err', 'cause', 'result'].map((n) => [n, [wide(levels - 1), wide(levels - 1)]]),
          );
    assert.equal(readAnswerBody(wide(3)).kind, 'other-json');
  });
});

describe('a sentence of the platform in prose', () => {
  it('as the Go SDK quotes it has status, message and correlation id', () => {
    const answer = platform(`Error: Failed to update queue: API Error: 400 - Value [] is not valid for field type [Mode]. (${GUID})`);
    assert.deepEqual(
      [answer.prose, answer.error.status, answer.error.message, answer.error.contextId, answer.error.code],
      [true, 400, 'Value [] is not valid for field type [Mode].', GUID, undefined],
    );
    // Without the id of the platform it may be anybody's.
    assert.equal(readAnswerBody('API Error: 400 - x').kind, 'text');
    assert.equal(readAnswerBody('API Error: 400 - x ()').kind, 'text');
  });

  it('in words of its own is marked, and a body is not', () => {
    assert.equal(platform(`They say: ${NAMES}`).prose, true);
    assert.equal(platform(JSON.stringify({ message: NAMES, status: 403 })).prose, undefined);
  });
});

describe('an error of SCIM', () => {
  /** RFC 7644 §3.12. */
  const scim = (more: object) => ({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], ...more });

  it('has its status as text and its message as detail', () => {
    const { error } = platform(JSON.stringify(scim({ status: '409', scimType: 'uniqueness', detail: 'A user with this userName exists.' })));
    assert.deepEqual([error.status, error.message, error.messageFrom, error.code], [409, 'A user with this userName exists.', 'detail', undefined]);
    assert.equal(readAnswerBody({ status: '409', detail: 'x' }).kind, 'other-json');
  });
});

describe('codes of clients', () => {
  it('are no codes of the platform', () => {
    for (const code of ['ERR_BAD_REQUEST', 'ERR_NETWORK', 'ECONNRESET', 'ENOTFOUND'])
      assert.equal(readAnswerBody({ message: 'Request failed with status code 403', name: 'AxiosError', code, status: 403 }).kind, 'other-json', code);
    assert.equal(platform({ code: 'INVALID_CREDENTIALS', status: 400 }).error.code, 'INVALID_CREDENTIALS');
  });
});
