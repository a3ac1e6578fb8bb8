import assert from 'node:assert/strict';
import { judgeCallback, judgeClientId, judgeClientSecret, readAssertion } from '../../../src/accounts/clientText.js';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
/** Of the shape of a client secret: 43 characters of base64url. */
const SECRET = 'canary0Secret-Of_a1Client2That3Does4Not5Exist';

describe('accounts/clientText', () => {
  it('takes a GUID for a client id', () => assert.deepEqual([judgeClientId(ID), judgeClientId(ID.toUpperCase())], [{}, {}]));

  const ids: readonly [text: string, says: RegExp][] = [
    ['wfm-tool', /is a GUID/],
    [SECRET, /looks like a secret/],
    [`${ID} ${SECRET}`, /white space/],
    ['{{clientId}}', /placeholder/],
    ['<client id>', /white space|placeholder/],
    ['${CLIENT_ID}', /placeholder/],
  ];
  for (const [text, says] of ids)
    it(`says what “${text}” is where a client id belongs`, () => {
      const { problem = '' } = judgeClientId(text);
      assert.match(problem, says);
      assert.ok(!problem.includes(SECRET));
    });

  it('takes a secret, of whatever form', () => assert.deepEqual([judgeClientSecret(SECRET, ID), judgeClientSecret('sandbox-secret', ID)], [{}, {}]));

  const secrets: readonly [text: string, says: RegExp][] = [
    [ID, /client id again/],
    [ID.toUpperCase(), /client id again/],
    ['00000000-4f89-41d3-9a0c-0305e82c3301', /an id, not a secret/],
    ['a b', /white space/],
    ['{{secret}}', /placeholder/],
  ];
  for (const [text, says] of secrets) it(`says what “${text}” is where a secret belongs`, () => assert.match(judgeClientSecret(text, ID).problem ?? '', says));

  const REDIRECT = 'http://localhost:8085/oauth2/callback';
  it('takes the address that the browser ended at, whole', () => {
    assert.deepEqual([judgeCallback(`${REDIRECT}?code=c&state=s`, REDIRECT), judgeCallback(`${REDIRECT}?error=access_denied&state=s`, REDIRECT)], [{}, {}]);
    const uri = 'vscode://call-doctor.genesys-call-doctor/signed-in';
    assert.deepEqual(judgeCallback(`${uri}?code=c&state=s`, uri), {});
  });
  for (const text of [
    'code',
    REDIRECT,
    `${REDIRECT}?code=c`,
    `${REDIRECT}?state=s`,
    `http://localhost:8086/oauth2/callback?code=c&state=s`,
    'https://login.mypurecloud.com/?code=c&state=s',
  ])
    it(`says why “${text}” is not that address`, () => assert.ok(judgeCallback(text, REDIRECT).problem));

  // RFC 7522 §3 by shape: an Assertion of SAML 2, by itself or in a Response.
  const XML = `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="a1" Version="2.0"><saml:Subject><saml:NameID>max@example.com</saml:NameID></saml:Subject></saml:Assertion>`;
  const BASE64 = Buffer.from(XML).toString('base64');
  it('reads an assertion from XML and from its base64, in lines or not, with a byte order mark or not', () => {
    for (const content of [XML, `\uFEFF${XML}\n`, BASE64, BASE64.replace(/(.{76})/g, '$1\r\n')]) {
      const read = readAssertion(content);
      assert.equal(read.kind === 'ok' ? Buffer.from(read.assertion, 'base64').toString('utf8') : read.why, XML);
    }
  });
  for (const content of ['', 'hello', '<html></html>', '{"assertion":"x"}', 'A'.repeat(200)])
    it(`has no assertion from ${content.slice(0, 20) || 'nothing'}`, () => assert.equal(readAssertion(content).kind, 'no'));
});
