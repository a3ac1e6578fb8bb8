import assert from 'node:assert/strict';
import { repeatable } from '../../../src/org/calls/repeatable.js';

const AGENT = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const BASE = 'https://api.mypurecloud.com/api/v2/conversations/calls';
const BODY = '{"phoneNumber":"+13175550142"}';

const read = (url: string, { method = 'POST', body = BODY } = {}) => repeatable({ exchange: { request: { method, url, headers: [], body } } });

describe('a call that is repeated', () => {
  it('is one of the two operations that place calls', () => {
    assert.equal(read(BASE)?.agentId, undefined);
    assert.equal(read(BASE)?.call.path, '/api/v2/conversations/calls');
    const onBehalf = read(`${BASE}/user/${AGENT}`);
    assert.equal(onBehalf?.agentId, AGENT);
    assert.equal(onBehalf?.call.path, `/api/v2/conversations/calls/user/${AGENT}`);
  });

  it('is no other, whatever an entry of the history says', () => {
    for (const user of ['..', '.', '%2e%2e', '%2E%2E', `${AGENT}%2F..`, `..\\${AGENT}`, `${AGENT}/..`, `${AGENT};x`, '', 'anna'])
      assert.equal(read(`${BASE}/user/${user}`), undefined, user);
    for (const url of [`${BASE}/`, `${BASE}/${AGENT}`, `https://api.mypurecloud.com/api/v2/conversations/calls/user/${AGENT}/x`, ''])
      assert.equal(read(url), undefined, url);
    assert.equal(read(BASE, { method: 'PATCH' }), undefined);
    for (const body of ['', '[]', '"x"', '{"phoneNumber":']) assert.equal(read(BASE, { body }), undefined, body);
    assert.equal(repeatable({ exchange: {} }), undefined);
  });
});
