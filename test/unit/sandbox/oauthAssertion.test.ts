import assert from 'node:assert/strict';
import { readAssertion } from '../../../src/sandbox/oauth/assertion.js';
import { readXml } from '../../../src/sandbox/oauth/xml.js';
import { type Reply, type Running, start, text } from './harness.js';
import { basic, exchange, whoIs } from './signIn.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const BEARER = 'urn:ietf:params:oauth:grant-type:saml2-bearer';

/** An assertion as an identity provider would write it. */
const assertion = (nameId = 'sales.agent.7@sandbox-org.example', { conditions = '', confirmed = '', prefix = 'saml:' } = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?><${prefix}Assertion xmlns${prefix === '' ? '' : ':saml'}="urn:oasis:names:tc:SAML:2.0:assertion" Version="2.0" ID="_1" IssueInstant="2026-11-22T11:59:00Z">
  <${prefix}Issuer>https://idp.example</${prefix}Issuer><!-- no signature -->
  <${prefix}Subject><${prefix}NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${nameId}</${prefix}NameID>
    <${prefix}SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><${prefix}SubjectConfirmationData ${confirmed}/></${prefix}SubjectConfirmation></${prefix}Subject>
  <${prefix}Conditions ${conditions}/>
</${prefix}Assertion>`;
const response = (...assertions: string[]): string =>
  `<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol">${assertions.map((a) => a.replace(/<\?.*?\?>/, '')).join('')}</p:Response>`;
const base64 = (xml: string): string => Buffer.from(xml).toString('base64');

describe('sandbox, reading a SAML assertion', () => {
  const good: readonly [what: string, xml: string][] = [
    ['with a prefix', assertion()],
    ['in the default namespace', assertion(undefined, { prefix: '' })],
    ['in a response', response(assertion())],
    ['in its time', assertion(undefined, { conditions: 'NotBefore="2026-11-22T12:00:00Z" NotOnOrAfter="2026-11-22T12:00:00.001Z"' })],
    ['with entities', assertion('sales&#x2e;agent&#46;7@sandbox-org.example')],
    ['with CDATA and a comment in the name', assertion('<![CDATA[sales.agent.7]]>@sandbox<!-- x -->-org.example')],
    ['with a byte order mark', `\uFEFF${assertion()}`],
  ];
  for (const [what, xml] of good)
    it(`reads one ${what}`, () => assert.deepEqual(readAssertion(base64(xml), NOW), { ok: true, nameId: 'sales.agent.7@sandbox-org.example' }));

  it('reads base64url, and base64 in lines', () => {
    const xml = assertion('ü>?ü>?@sandbox-org.example');
    assert.ok(readAssertion(Buffer.from(xml).toString('base64url'), NOW).ok);
    assert.ok(readAssertion(base64(xml).replace(/.{64}/g, '$&\r\n'), NOW).ok);
  });

  const bad: readonly [what: string, encoded: string, why: RegExp][] = [
    ['no base64', 'not base64!', /not base64/],
    ['XML that is not encoded', assertion(), /not base64/],
    ['bytes that are not UTF-8', Buffer.from(assertion('sales.agent.7\xff@sandbox-org.example'), 'latin1').toString('base64'), /not base64/],
    ['nothing', base64(' '), /not base64/],
    ['XML that does not end', base64(assertion().slice(0, -3)), /well-formed/],
    ['an element that does not end', base64(assertion().replace('</saml:Assertion>', '')), /well-formed/],
    ['two roots', base64(`${assertion()}<x/>`), /well-formed/],
    ['tags that cross', base64('<a><b></a></b>'), /well-formed/],
    ['an attribute twice', base64(assertion(undefined, { conditions: 'NotBefore="2020-01-01T00:00:00Z" NotBefore="2030-01-01T00:00:00Z"' })), /well-formed/],
    ['a prefix of no namespace', base64('<x:Assertion/>'), /well-formed/],
    ['a document type', base64(`<!DOCTYPE a [<!ENTITY e "sales">]>${assertion('&e;')}`), /well-formed/],
    ['an entity of nobody', base64(assertion('&e;')), /well-formed/],
    ['an ampersand', base64(assertion('a & b')), /well-formed/],
    ['a very deep document', base64(`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`), /well-formed/],
    ['another namespace', base64(assertion().replace('SAML:2.0', 'SAML:1.1')), /one assertion/],
    ['two assertions', base64(response(assertion(), assertion())), /one assertion/],
    ['an empty response', base64(response()), /one assertion/],
    ['an assertion deep in something else', base64(`<x>${assertion().replace(/<\?.*?\?>/, '')}</x>`), /one assertion/],
    ['nobody', base64(assertion(' ')), /names nobody/],
    ['one that expired', base64(assertion(undefined, { conditions: 'NotOnOrAfter="2026-11-22T12:00:00Z"' })), /has expired/],
    ['a confirmation that expired', base64(assertion(undefined, { confirmed: 'NotOnOrAfter="2026-11-22T11:59:59Z"' })), /has expired/],
    ['one of tomorrow', base64(assertion(undefined, { conditions: 'NotBefore="2026-11-23T12:00:00Z"' })), /not valid yet/],
    ['a time that is none', base64(assertion(undefined, { conditions: 'NotOnOrAfter="never"' })), /is not one/],
    ['a time without a zone', base64(assertion(undefined, { conditions: 'NotOnOrAfter="2026-11-22T12:00:01"' })), /is not one/],
  ];
  for (const [what, encoded, why] of bad)
    it(`refuses ${what}`, () => {
      const read = readAssertion(encoded, NOW);
      assert.ok(!read.ok);
      assert.match(read.why, why);
    });

  it('reads a megabyte of anything in no time to speak of', () => {
    for (const piece of ['<', '<a ', '<!--', '&', 'x="', '<![CDATA[', '</', '<?'])
      assert.equal(readXml(piece.repeat(Math.ceil(1_000_000 / piece.length))), undefined);
  });
});

describe('sandbox, signing in with a SAML assertion', () => {
  let running: Running;
  before(async () => {
    running = await start();
  });
  const ask = (more: Readonly<Record<string, string>>, as = 'call-desk-saml'): Promise<Reply> =>
    exchange(running, { grant_type: BEARER, orgName: 'sandbox-org', assertion: base64(assertion()), ...more }, basic(running, as));

  it('gives the token of whoever has the e-mail address, and no refresh token', async () => {
    for (const orgName of ['sandbox-org', 'Sandbox Org']) {
      const reply = await ask({ orgName });
      assert.equal(reply.status, 200, reply.text);
      assert.deepEqual(Object.keys(reply.json).sort(), ['access_token', 'expires_in', 'token_type']);
      assert.equal(await whoIs(running, text(reply.json['access_token'])), 'Sales Agent 7');
      assert.match(reply.headers.get('x-sandbox-assumption') ?? '', /signature/);
    }
  });

  const refused: readonly [what: string, more: Record<string, string>, as: string, error: string][] = [
    ['another org', { orgName: 'other-org' }, 'call-desk-saml', 'invalid_grant'],
    ['no org', { orgName: '' }, 'call-desk-saml', 'invalid_request'],
    ['no assertion', { assertion: '' }, 'call-desk-saml', 'invalid_request'],
    ['bad XML', { assertion: base64('<x>') }, 'call-desk-saml', 'invalid_grant'],
    ['somebody who is not in the org', { assertion: base64(assertion('nobody@sandbox-org.example')) }, 'call-desk-saml', 'invalid_grant'],
    [
      'an assertion that expired',
      { assertion: base64(assertion(undefined, { conditions: 'NotOnOrAfter="2020-01-01T00:00:00Z"' })) },
      'call-desk-saml',
      'invalid_grant',
    ],
    ['a client of another grant', {}, 'call-desk', 'unauthorized_client'],
    ['a SAML client that asks for itself', { grant_type: 'client_credentials' }, 'call-desk-saml', 'unauthorized_client'],
  ];
  for (const [what, more, as, error] of refused)
    it(`refuses ${what}`, async () => {
      const reply = await ask(more, as);
      assert.deepEqual([reply.status, reply.json['error']], [400, error], reply.text);
    });
});
