import { isGuid } from '../platform/guid.js';
import type { Judged } from './quickSteps.js';

/** Long enough and mixed enough to be no name and no id that somebody typed. */
const LOOKS_SECRET = /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_+/=-]{30,}$/;

/** What somebody typed or pasted as the id of an OAuth client: a GUID (FACTS §4.1). */
export function judgeClientId(text: string): Judged {
  if (isGuid(text)) return {};
  if (/\s/.test(text)) return { problem: 'A client id has no white space: copy the id alone.' };
  if (/^\{\{.*\}\}$|^<.*>$|^\$\{?\w+\}?$/.test(text)) return { problem: 'This is a placeholder. Put the id of your OAuth client in its place.' };
  if (LOOKS_SECRET.test(text))
    return { problem: 'This looks like a secret or a token, not like an id. The id comes first; it is a GUID, as in 3f2504e0-4f89-41d3-9a0c-0305e82c3301.' };
  return { problem: 'A client id is a GUID, as in 3f2504e0-4f89-41d3-9a0c-0305e82c3301. It is shown in Admin › Integrations › OAuth.' };
}

/** What somebody typed or pasted as the secret of the client `clientId`. Nothing of it is repeated in what is said. */
export function judgeClientSecret(text: string, clientId: string): Judged {
  if (text.toLowerCase() === clientId.toLowerCase()) return { problem: 'This is the client id again. The secret is another value.' };
  if (isGuid(text)) return { problem: 'This is an id, not a secret. The secret is shown beside the client id in Admin › Integrations › OAuth.' };
  if (/\s/.test(text)) return { problem: 'A secret has no white space: copy the secret alone.' };
  if (/^\{\{.*\}\}$|^<.*>$|^\$\{?\w+\}?$/.test(text)) return { problem: 'This is a placeholder. Put the secret in its place.' };
  return {};
}

/** What somebody pasted as the address that the browser ended at. @param redirectUri where it has to begin */
export function judgeCallback(text: string, redirectUri: string): Judged {
  if (!URL.canParse(text)) return { problem: `This is no address. It begins with ${redirectUri}` };
  const { searchParams } = new URL(text);
  if (!text.startsWith(redirectUri)) return { problem: `The address has to begin with ${redirectUri}. This one is of another page.` };
  if (!searchParams.has('state') || !(searchParams.has('code') || searchParams.has('error')))
    return { problem: 'The address was cut off: copy all of it, with everything after the question mark.' };
  return {};
}

/** The largest file that is read as an assertion, in bytes: one has some kilobytes. */
export const LARGEST_ASSERTION = 512 * 1024;

/** A SAML 2 assertion out of a file, as base64 of its XML (RFC 7522 §2.1): the file holds the XML, or its base64. */
export function readAssertion(content: string): { readonly kind: 'ok'; readonly assertion: string } | { readonly kind: 'no'; readonly why: string } {
  const bare = content.replace(/^\uFEFF/, '').trim();
  const words = bare.replace(/\s+/g, '');
  const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/.test(words) && words.length > 100;
  const xml = isBase64 ? Buffer.from(words, 'base64').toString('utf8') : bare;
  if (!xml.trimStart().startsWith('<')) return { kind: 'no', why: 'The file holds neither XML nor the base64 of XML.' };
  if (!/<(?:[\w.-]+:)?Assertion[\s>]/.test(xml)) return { kind: 'no', why: 'The XML in the file has no Assertion.' };
  return { kind: 'ok', assertion: isBase64 ? words : Buffer.from(bare, 'utf8').toString('base64') };
}
