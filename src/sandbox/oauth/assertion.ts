import { readXml, type XmlElement } from './xml.js';

const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';

type ReadAssertion = { readonly ok: true; readonly nameId: string } | { readonly ok: false; readonly why: string };

const wrong = (why: string): ReadAssertion => ({ ok: false, why });

/**
 * Whom a SAML 2 assertion names, after RFC 7522, section 3. It may be wrapped in a response. Its signature, issuer and audience
 * are not looked at: the sandbox has no identity provider to compare them with.
 * @param encoded base64 or base64url of XML @param now milliseconds since 1970
 */
export function readAssertion(encoded: string, now: number): ReadAssertion {
  const xml = decoded(encoded.replace(/\s+/g, ''));
  const root = xml === undefined ? undefined : readXml(xml);
  if (!root) return wrong('the assertion is not base64 of well-formed XML');
  const assertions = is(root, PROTOCOL, 'Response') ? childrenOf(root, 'Assertion') : is(root, SAML, 'Assertion') ? [root] : [];
  const [assertion, another] = assertions;
  if (!assertion || another) return wrong('the XML does not hold one assertion of SAML 2');
  const subject = childrenOf(assertion, 'Subject')[0];
  const nameId = subject && childrenOf(subject, 'NameID')[0]?.text.trim();
  if (!subject || !nameId) return wrong('the assertion names nobody: Subject/NameID is missing');
  const confirmations = childrenOf(subject, 'SubjectConfirmation').flatMap((c) => childrenOf(c, 'SubjectConfirmationData'));
  for (const { attributes } of [...childrenOf(assertion, 'Conditions'), ...confirmations]) {
    const [from, until] = [timeOf(attributes.get('NotBefore'), 0), timeOf(attributes.get('NotOnOrAfter'), Number.POSITIVE_INFINITY)];
    if (Number.isNaN(from) || Number.isNaN(until)) return wrong('a time of the assertion is not one');
    if (from > now) return wrong('the assertion is not valid yet');
    if (until <= now) return wrong('the assertion has expired');
  }
  return { ok: true, nameId };
}

const is = (e: XmlElement, namespace: string, name: string): boolean => e.namespace === namespace && e.name === name;
const childrenOf = (e: XmlElement, name: string): readonly XmlElement[] => e.children.filter((c) => is(c, SAML, name));

/** SAML 2.0 core, section 1.3.3: times are of UTC and say so. */
const timeOf = (text: string | undefined, absent: number): number =>
  text === undefined ? absent : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text) ? Date.parse(text) : Number.NaN;

function decoded(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'base64'));
  } catch {
    return undefined;
  }
}
