import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toJson, toMarkdown, toSarif, toText } from '../../../src/diagnosis/report.js';
import { withoutSecrets } from '../../../src/diagnosis/withoutSecrets.js';
import type { Exchange } from '../../../src/exchange/exchange.js';
import { API, CALL, explain, PLAIN, sent } from './cases.js';

const SECRET = 'Zm9vYmFyYmF6cXV4'; // as in the requests of cases.ts
const answered = (body: string, headers: readonly (readonly [string, string])[] = []): Exchange => ({ response: { headers, body } });
const shown = (exchange: Exchange): string => JSON.stringify(withoutSecrets(exchange));
const reports = (exchange: Exchange): string => {
  const d = explain(exchange);
  return [toText(d), toMarkdown(d), JSON.stringify(toJson(d)), JSON.stringify(toSarif(d, {}))].join('\n');
};

describe('what a finding may quote of an exchange (DESIGN §8)', () => {
  const named: readonly [where: string, text: string][] = [
    ['a header in JSON', `{"authorization":"Bearer ${SECRET}"}`],
    ['a header in JSON inside JSON', `{"h":"{\\"Authorization\\":\\"Bearer ${SECRET}\\"}"}`],
    ['a header of a log', `> Authorization: Basic ${SECRET}=`],
    ['a header without a scheme', `authorization: ${SECRET}`],
    ['a form', `grant_type=client_credentials&client_secret=${SECRET}&client_id=x`],
    ['a sentence', `client_secret=${SECRET} was refused`],
    ['a token answer', `{"access_token":"${SECRET}","token_type":"bearer"}`],
    ['a dict of Python', `{'refresh_token': '${SECRET}'}`],
    ['a query', `https://h/callback?code=${SECRET}&state=1`],
    ['a password with blanks', `{"password": "my ${SECRET} word"}`],
  ];
  for (const [where, text] of named)
    it(`has no secret of ${where}`, () => {
      assert.ok(!shown(answered(text)).includes(SECRET), shown(answered(text)));
      assert.ok(!shown({ request: { method: 'POST', url: `${API}/x`, headers: [], body: text } }).includes(SECRET));
    });

  it('has no secret of the request wherever it stands, and however much of it', () => {
    const echo = JSON.stringify({ status: 400, code: 'bad.request', message: `no such thing: ${SECRET}`, contextId: 'c' });
    assert.ok(!reports({ ...sent(PLAIN), ...answered(echo) }).includes(SECRET));
    assert.ok(!reports({ ...sent(`/api/v2/nothing/${SECRET}`), ...answered(echo) }).includes(SECRET));
    const cut = `{"message":"${'x'.repeat(370)} Bearer ${SECRET}${SECRET}`;
    assert.doesNotMatch(reports({ ...sent(PLAIN), ...answered(cut) }), /Zm9vYmFy|cXV4/);
    const moved: Exchange = { response: { status: 302, headers: [['Location', `https://h/?access_token=${SECRET}`]] } };
    assert.ok(!reports({ ...sent(PLAIN), ...moved }).includes(SECRET));
  });

  it('keeps JSON what it is', () => {
    const body =
      '{"password":null,"assertion":true,"api_key":12345678,"client_secret":"abc\\"def","code":"bad.request","limit":{"value":1234567890123},"ids":[1234567890]}';
    const read = JSON.parse(withoutSecrets(answered(body)).response?.body ?? '') as Record<string, unknown>;
    assert.deepEqual(
      [read['password'], read['assertion'], read['code'], read['limit'], read['ids']],
      [null, true, 'bad.request', { value: 1234567890123 }, [1234567890]],
    );
  });

  it('keeps words of speech, codes, placeholders and ids', () => {
    for (const text of [
      'No authentication bearer token specified in authorization header.',
      'Basic authentication is not supported, use a bearer token.',
      '{"code":"bad.credentials","message":"Invalid login credentials.","contextId":"1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"}',
      'at 2026-11-22 14:02:11.123, 300 requests within 60 seconds',
      'Authorization: Bearer {{token}}',
      'Authorization: Bearer <ACCESS_TOKEN>',
      'client_secret=$SECRET',
    ])
      assert.equal(withoutSecrets(answered(text)).response?.body, text);
  });

  it('hides the middle of numbers, but not of the one that was dialled', () => {
    const body = (number: string): string => withoutSecrets({ ...sent(PLAIN, 'POST', CALL), ...answered(`to ${number}.`) }).response?.body ?? '';
    assert.equal(body('+13175550142'), 'to +13175550142.');
    assert.equal(body('+1 (317) 555-0142'), 'to +1 (317) 555-0142.');
    for (const other of ['+13175550188', '+1 317 555 0188', '(317) 555-0188', '13175550188', '+44 20 7946 0188']) {
      assert.doesNotMatch(body(other), /0188|5550|7946/, other);
      assert.match(body(other), /88\.$/, other);
    }
  });

  it('is the same object where there is nothing to hide', () => {
    const exchange = { ...sent(PLAIN), ...answered('{"status":404,"code":"not.found"}') };
    assert.equal(withoutSecrets(exchange), exchange);
  });

  it('has no token of the request for any token and any text around it', () => {
    const token = fc.stringMatching(/^[A-Za-z0-9._-]{24,60}$/).filter((t) => !/^[A-Z]+(?:_[A-Z]+)+$/.test(t));
    fc.assert(
      fc.property(token, fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), fc.boolean(), (secret, before, after, json) => {
        const text = json ? JSON.stringify({ message: before + secret + after, code: 'bad.request', status: 400 }) : before + secret + after;
        const exchange: Exchange = {
          request: { method: 'GET', url: `${API}/api/v2/users/me`, headers: [['Authorization', `Bearer ${secret}`]] },
          ...answered(text),
        };
        return !reports(exchange).includes(secret);
      }),
      { numRuns: 300 },
    );
  });
});
