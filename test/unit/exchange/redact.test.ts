import * as assert from 'node:assert/strict';
import { readRequest } from '../../../src/exchange/readRequest.js';
import { readResponse } from '../../../src/exchange/readResponse.js';
import { redactExchange } from '../../../src/exchange/redact.js';

const CANARY = 'canary-4711-secret';

describe('a pasted exchange, as it is shown', () => {
  for (const [what, text] of [
    ['a bearer token', `curl https://api.mypurecloud.com/api/v2/users/me -H 'Authorization: Bearer ${CANARY}'`],
    ['a token without a scheme', `curl https://api.mypurecloud.com/api/v2/users/me -H 'Authorization: ${CANARY}'`],
    ['Basic credentials', `curl https://login.mypurecloud.com/oauth/token -H 'Authorization: Basic ${CANARY}' -d grant_type=client_credentials`],
    ['a cookie', `curl https://api.mypurecloud.com/api/v2/users/me -H 'Cookie: session=${CANARY}; b=2'`],
    ['an API key', `curl https://gateway.example.com/x -H 'x-api-key: ${CANARY}'`],
    ['a token in the URL', `curl 'https://api.mypurecloud.com/api/v2/users/me?access_token=${CANARY}'`],
    ['a secret in a form', `curl https://login.mypurecloud.com/oauth/token -d 'grant_type=client_credentials&client_id=x&client_secret=${CANARY}'`],
    ['a secret in JSON', `curl https://gateway.example.com/x -H 'Content-Type: application/json' -d '{"client_secret": "${CANARY}"}'`],
  ] as const) {
    it(`has no ${what}`, () => {
      const read = readRequest(text);
      assert.ok(read.ok && JSON.stringify(read.exchanges).includes(CANARY), 'the canary was read');
      assert.ok(!JSON.stringify(read.exchanges.map(redactExchange)).includes(CANARY));
    });
  }

  for (const [what, text] of [
    ['a token answer', `HTTP/1.1 200 OK\n\n{"access_token":"${CANARY}","token_type":"bearer","expires_in":86400}`],
    ['a cookie that is set', `HTTP/1.1 403 Forbidden\nSet-Cookie: session=${CANARY}\n\n{}`],
  ] as const) {
    it(`has no secret of ${what}`, () => {
      const read = readResponse(text);
      assert.ok(read.ok && JSON.stringify(read.exchanges).includes(CANARY), 'the canary was read');
      assert.ok(!JSON.stringify(read.exchanges.map(redactExchange)).includes(CANARY));
    });
  }

  it('keeps placeholders, which are what is wrong, and everything else', () => {
    const read = readRequest(`curl https://api.mypurecloud.com/x -H 'Authorization: Bearer <TOKEN>' -H 'Accept: a/b' -d '{"to":"{{x}}"}'`);
    assert.ok(read.ok);
    assert.deepEqual(read.exchanges.map(redactExchange), read.exchanges);
  });

  for (const [what, body] of [
    ['a console copy', `Request Headers: authorization: Bearer ${CANARY} accept: */*`],
    ['JSON that quotes a header', JSON.stringify({ log: `Authorization: Basic ${CANARY}==` })],
    ['a sentence with a name', `I sent client_secret=${CANARY} and got 400`],
  ] as const)
    it(`has no secret of ${what}`, () => {
      const [shown] = [{ response: { status: 403, headers: [], body } }].map(redactExchange);
      assert.ok(!JSON.stringify(shown).includes(CANARY), JSON.stringify(shown));
      assert.ok(JSON.stringify(shown).includes('…'));
    });

  it('leaves JSON that quotes a form as JSON', () => {
    const body = JSON.stringify({ note: `sent "access_token=${CANARY}" twice` });
    const shown = redactExchange({ request: { method: 'POST', url: '/x', headers: [], body } }).request?.body ?? '';
    assert.deepEqual(JSON.parse(shown), { note: 'sent "access_token=…" twice' });
  });

  it('keeps words that only follow the name of a scheme', () => {
    const body = 'No authentication bearer token specified in authorization header; basic authentication is not enough.';
    assert.equal(redactExchange({ response: { headers: [], body } }).response?.body, body);
  });
});
