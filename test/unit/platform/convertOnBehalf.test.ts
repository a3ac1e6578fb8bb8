import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mayBeOnBehalf, onBehalfOf, toOnBehalf, toPlain } from '../../../src/platform/conversion/onBehalf.js';
import { GUID, OTHER_GUID, operations } from './facts.js';

const CALLS = '/api/v2/conversations/calls';

describe('a request on behalf of a user', () => {
  const T: readonly (readonly [string, string, string])[] = [
    ['POST', CALLS, `${CALLS}/user/${GUID}`],
    ['POST', `${CALLS}/`, `${CALLS}/user/${GUID}`],
    ['post', `https://api.mypurecloud.com${CALLS}?x=1`, `https://api.mypurecloud.com${CALLS}/user/${GUID}?x=1`],
    ['POST', `{{base}}${CALLS}`, `{{base}}${CALLS}/user/${GUID}`],
    ['POST', `${CALLS}/${OTHER_GUID}/participants`, `${CALLS}/${OTHER_GUID}/participants/user/${GUID}`],
    ['PATCH', `${CALLS}/${OTHER_GUID}/participants/{participantId}`, `${CALLS}/${OTHER_GUID}/participants/{participantId}/user/${GUID}`],
    ['POST', `${CALLS}/user/${OTHER_GUID}`, `${CALLS}/user/${GUID}`],
  ];
  for (const [method, url, expected] of T)
    it(`of ${method} ${url} names the user in its path`, () => {
      const body = { phoneNumber: '+13175550142' };
      const changed = toOnBehalf({ method, url, body }, GUID);
      assert.ok(changed);
      assert.deepEqual([changed.method, changed.url, changed.body], [method.toUpperCase(), expected, body]);
      const found = operations.find(changed.method, changed.path);
      assert.ok(found.kind === 'found' && found.operation.path.endsWith('/user/{userId}'), changed.path);
    });

  it('leaves the user to be filled where nobody says who', () =>
    assert.equal(toOnBehalf({ method: 'POST', url: CALLS, body: {} })?.path, `${CALLS}/user/{userId}`));

  it('is none of operations that have no such sibling (FACTS §1.6)', () => {
    for (const [method, url] of [
      ['GET', CALLS],
      ['POST', '/api/v2/conversations/callbacks'],
      ['POST', `${CALLS}/${GUID}`],
      ['PATCH', `${CALLS}/${GUID}`],
      ['POST', '/api/v2/users/me'],
    ] as const) {
      assert.equal(toOnBehalf({ method, url, body: undefined }, GUID), undefined, `${method} ${url}`);
      assert.equal(mayBeOnBehalf({ method, url }), false);
      assert.equal(toPlain({ method, url, body: undefined }), undefined);
    }
  });

  it('and back is the same request', () => {
    const url = fc.constantFrom(CALLS, `https://api.mypurecloud.com${CALLS}?a=b#c`, `{{host}}${CALLS}`, `${CALLS}/${OTHER_GUID}/participants`);
    fc.assert(
      fc.property(url, fc.oneof(fc.uuid(), fc.constantFrom('{{agent}}', '<AGENT>', '$AGENT', 'a b/c?d#e%')), (url, user) => {
        const changed = toOnBehalf({ method: 'POST', url, body: 1 }, user);
        assert.ok(changed && toPlain(changed)?.url === url);
        if (!/[\s/?#%]/.test(user)) assert.equal(onBehalfOf(changed)?.userId, user);
      }),
    );
  });
});
