import { isGuid } from './guid.js';
import { isRecord, text } from './json.js';

/** What a text is that was pasted where an access token belongs. `why` is a sentence that quotes nothing of it. */
export type TokenText =
  | {
      readonly kind: 'token';
      /** Without what stood around it. */
      readonly token: string;
      /** What was taken off, or is odd, as a sentence. */
      readonly note?: string;
    }
  | { readonly kind: NotAToken; readonly why: string };

export type NotAToken =
  | 'nothing'
  | 'placeholder'
  | 'client-id'
  | 'client-secret'
  | 'client-and-secret'
  | 'refresh-token'
  | 'authorization-code'
  | 'assertion'
  | 'refusal'
  | 'expired'
  | 'several-tokens'
  | 'other';

/** Longer texts are documents, not something that was pasted for a token in it. */
const LONGEST = 64 * 1024;
/** RFC 6750 §2.1. The platform's tokens have no form that is documented. */
const TOKEN = /^[\w.~+/-]+=*$/;
/** What stands for a token: in a template, in brackets, in a shell, hidden, or in words. */
const PLACEHOLDERS: readonly RegExp[] = [
  /^(?:\{\{.*\}\}|<[^<>]*>|\$\{?\w+\}?|%\w+%|\*{3,}|…+|\.{3,}|x{6,})$/is,
  /^(?:your|my|the|insert|paste)[-_ ](?:[\w -]*[-_ ])?token(?:[-_ ]here)?$/i,
];
const LONGEST_PLACEHOLDER = 200;
/** A shorter word is no secret. */
const SHORTEST = 12;

const WHY: Readonly<Record<NotAToken, string>> = {
  nothing: 'There is nothing in it.',
  placeholder: 'This is a placeholder: put the token itself in its place.',
  'client-id': 'This is an id, such as a client id or a user’s, and no token. To sign in with a client, choose client credentials.',
  'client-secret': 'This is a client secret, and no token. To sign in with a client, choose client credentials.',
  'client-and-secret': 'This is a Basic header: a client’s id and secret, and no token. To sign in with a client, choose client credentials.',
  'refresh-token': 'This is a refresh token: only its client can exchange it for an access token.',
  'authorization-code': 'This is the address that a login page sends back to, with a code: only the program that asked for it can exchange it for a token.',
  assertion: 'This is a SAML assertion: to sign in with it, choose the SAML sign-in.',
  refusal: 'This is a refusal of a token endpoint, and holds no token.',
  expired: 'This token has expired: get a new one.',
  'several-tokens': 'There are several tokens in it: paste one alone.',
  other: 'This is no token: one has letters, digits and some signs, without spaces.',
};

const no = (kind: NotAToken, why = WHY[kind]): TokenText => ({ kind, why });
const yes = (token: string, note?: string): TokenText => (note === undefined ? { kind: 'token', token } : { kind: 'token', token, note });

/** @param now milliseconds since 1970 */
export function readTokenText(pasted: string, now = Date.now()): TokenText {
  if (pasted.length > LONGEST) return no('other', 'This text is too long for a token.');
  const plain = pasted.replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, '').trim();
  const bare = unquoted(plain);
  if (bare === '') return no('nothing');
  return (
    readJson(bare, now) ?? readHeader(bare, now) ?? readPairs(bare, now) ?? readWord(bare, now, plain === bare ? undefined : 'Quotes around it were left out.')
  );
}

/** A whole answer of /oauth/token, or settings with a token in them. */
function readJson(bare: string, now: number): TokenText | undefined {
  if (!/^\{/.test(bare)) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(bare);
  } catch {
    return undefined;
  }
  if (!isRecord(json)) return undefined;
  const at = (...names: string[]): string | undefined => names.map((name) => text(json[name])).find((value) => value);
  const ends = Date.parse(at('expires_at', 'oauth_token_expiry', 'expiry') ?? '');
  const token = at('access_token', 'accessToken', 'token');
  if (token !== undefined) {
    if (ends <= now) return no('expired');
    const read = readWord(unquoted(token), now);
    return read.kind === 'token' ? yes(read.token, read.note ?? 'It was taken from a token answer.') : read;
  }
  if (at('error') !== undefined) return no('refusal');
  if (at('refresh_token', 'refreshToken') !== undefined) return no('refresh-token');
  return at('client_secret', 'clientSecret') === undefined ? no('other', 'This JSON has no access_token.') : no('client-secret');
}

/** A header line, or a command or request with one in it. */
function readHeader(bare: string, now: number): TokenText | undefined {
  // A shell's or JSON's quote may follow, or a backslash before it.
  const bearers = [...bare.matchAll(/\bbearer[ \t:]{1,9}([^\s"'\\`,;]{1,8192})/gi)].flatMap(([, value]) => (value === undefined ? [] : [value]));
  const [first, ...others] = [...new Set(bearers)];
  if (first !== undefined) {
    if (others.length > 0) return /authorization|curl/i.test(bare) ? no('several-tokens') : undefined;
    const alone = /^bearer[ \t:]{1,9}\S+$/i.test(bare);
    // Words about bearers are not meant; the same header, split over lines, is.
    if (!alone && !/authorization/i.test(bare)) return /^bearer\s/i.test(bare) ? readWord(bare.replace(/^bearer\s+/i, ''), now) : undefined;
    const read = readWord(unquoted(first), now);
    return read.kind === 'token'
      ? yes(read.token, read.note ?? (alone ? 'The word Bearer was left out.' : 'It was taken from the Authorization header.'))
      : read;
  }
  if (/(?:authorization["']?\s{0,5}:\s{0,5}["']?|^)basic\s{1,5}[\w+/=-]{8,}/i.test(bare)) return no('client-and-secret');
  const raw = /^authorization\s{0,5}:\s{0,5}(\S+)$/i.exec(bare)?.[1];
  return raw === undefined ? undefined : readWord(unquoted(raw), now, 'It was taken from the Authorization header.');
}

/** `access_token=…` in a form or in the address of a redirect; `GENESYSCLOUD_ACCESS_TOKEN=…` in a shell. */
function readPairs(bare: string, now: number): TokenText | undefined {
  const value = (names: string): string | undefined => new RegExp(`(?:^|[?&#\\s])(?:${names})=["']?([^&#\\s"']{1,8192})`, 'i').exec(bare)?.[1];
  const token = value('access_token|GENESYSCLOUD_ACCESS_TOKEN');
  if (token !== undefined) {
    const read = readWord(percentDecoded(token), now);
    return read.kind === 'token' ? yes(read.token, read.note ?? 'It was taken from a line or an address that names it.') : read;
  }
  if (value('client_secret|GENESYSCLOUD_OAUTHCLIENT_SECRET') !== undefined) return no('client-secret');
  if (value('refresh_token') !== undefined) return no('refresh-token');
  if (value('client_id|GENESYSCLOUD_OAUTHCLIENT_ID') !== undefined && !/^[a-z]+:\/\//i.test(bare)) return no('client-id');
  return /^[a-z][\w+.-]*:\/\//i.test(bare)
    ? value('code') === undefined
      ? no('other', 'This is an address without a token in it.')
      : no('authorization-code')
    : undefined;
}

/** What stands alone. */
function readWord(word: string, now: number, note?: string): TokenText {
  if (word === '') return no('nothing');
  if (word.length <= LONGEST_PLACEHOLDER && PLACEHOLDERS.some((form) => form.test(word))) return no('placeholder');
  if (isGuid(word)) return no('client-id');
  if (/^<\??\w/.test(word) || /^(?:PHNhbW|PD94bW|PEFzc2|PFJlc3|PHA6)/.test(word.replace(/\s+/g, ''))) return no('assertion');
  const lines = word.split('\n').map((line) => line.trim());
  const joined = lines.join('');
  if (/\s/.test(joined)) return no('other', 'There is white space inside: a token has none. Copy the token alone.');
  if (!TOKEN.test(joined)) return no('other');
  if (joined.length < SHORTEST) return no('other', `This has ${joined.length} characters, too few for a token.`);
  return readJwt(joined, now) ?? yes(joined, lines.length > 1 ? 'Line breaks inside it were left out.' : note);
}

/** A JSON Web Token says itself when it ends (RFC 7519 §4.1.4). */
function readJwt(word: string, now: number): TokenText | undefined {
  const parts = word.split('.');
  const [header, claims] = parts.slice(0, 2).map(decoded);
  if (parts.length !== 3 || header === undefined || claims === undefined || header['alg'] === undefined) return undefined;
  const { exp } = claims;
  if (typeof exp === 'number' && exp * 1000 <= now) return no('expired');
  return yes(word, 'This is a JSON Web Token, perhaps an id token of an identity provider. That Genesys Cloud takes such a one is not verified.');
}

function decoded(part: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))));
    return isRecord(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

const percentDecoded = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '“': '”', '‘': '’', '«': '»' };

/** Without a pair of quotes around it, and a comma or semicolon that a line of code leaves behind. */
function unquoted(word: string): string {
  const end = word.replace(/[,;]{1,3}$/, '');
  const closing = QUOTES[end.charAt(0)];
  return closing !== undefined && end.length > 1 && end.endsWith(closing) ? end.slice(1, -1).trim() : word === end || !/^[\w.~+/=-]+$/.test(end) ? word : end;
}

/** What is wrong with a client id, as a sentence; undefined where nothing is. */
export function clientIdFault(typed: string): string | undefined {
  const id = typed.trim();
  if (/\s/.test(id)) return 'A client id has no white space.';
  return isGuid(id) ? undefined : 'A client id has 8-4-4-4-12 hexadecimal digits.';
}

/** What is wrong with a client secret, as a sentence; undefined where nothing is. */
export function clientSecretFault(typed: string, clientId: string): string | undefined {
  const secret = typed.trim();
  if (secret === clientId.trim() && secret !== '') return 'This is the client id. The secret is another value.';
  if (/\s/.test(secret)) return 'There is white space inside: copy the secret alone.';
  return isGuid(secret) ? 'This looks like an id. The secret is another value, shown once when it is made.' : undefined;
}
