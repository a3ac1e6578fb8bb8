import type { MappedText } from '../exchange/mappedText.js';
import { placeholderOf } from '../exchange/placeholders.js';
import type { HelpLine } from '../platform/bodies/fieldHelp.js';
import type { Operations } from '../platform/operations.js';
import type { Help } from './help.js';
import type { Place } from './place.js';
import { placeholderLines } from './placeholderHelp.js';
import { isForPlatform, isTokenRequest } from './urlHelp.js';
import type { WrittenCall } from './writtenCall.js';

const code = (text: string): { readonly code: string } => ({ code: text });

/** What a header is for. Of Authorization: what kind of token it has and what such a one may do; never a part of the token. */
export function helpInHeader(
  call: WrittenCall,
  { header, text }: Extract<Place, { part: 'header-name' | 'header-value' }>,
  operations: Operations,
): Help | undefined {
  if (!isForPlatform(call, operations)) return undefined;
  const range = text.span;
  switch (header.name.text.toLowerCase()) {
    case 'authorization':
      return { range, title: 'Authorization', lines: [...tokenLines(call, header.value, operations), AUTHORIZATION_SOURCE] };
    case 'content-type':
      return { range, title: 'Content-Type', lines: [contentType(isTokenRequest(call, operations))] };
    case 'x-genesys-user-id':
      return {
        range,
        title: 'x-genesys-user-id',
        lines: [{ kind: 'meaning', text: ['The platform has no such header. Nobody is acted for by it.'] }, ON_BEHALF],
      };
    default:
      return undefined;
  }
}

function contentType(isForm: boolean): HelpLine {
  if (isForm) return { kind: 'meaning', text: ['A request for a token is a form: ', code('application/x-www-form-urlencoded'), '.'] };
  return {
    kind: 'meaning',
    text: ['The API takes ', code('application/json'), '. A body of another type is answered 415 ', code('unsupported.media.type'), '.'],
  };
}

/** FACTS §0.1. */
const ON_BEHALF: HelpLine = { kind: 'note', text: ['To call on behalf of an agent: ', code('POST /api/v2/conversations/calls/user/{userId}'), '.'] };
/** FACTS §4. */
const AUTHORIZATION_SOURCE: HelpLine = { kind: 'source', text: ['Source: OAuthClientRequest of .NET SDK 270.0.0, 2026-08-15'] };

const BEARER_NEEDED = 'The API wants “Bearer” and a token.';

/** What the value of an Authorization header is, without saying any of it. */
function tokenLines(call: WrittenCall, value: MappedText, operations: Operations): HelpLine[] {
  const written = value.text.trim();
  if (written === '') return meaning('Nothing stands here.', note(BEARER_NEEDED));
  const space = written.search(/\s/);
  const scheme = space === -1 ? written : written.slice(0, space);
  const rest = written.slice(scheme.length).trim();
  const asks = isTokenRequest(call, operations);
  if (/^basic$/i.test(scheme)) return basicLines(asks, rest);
  const left = placeholderOf(written);
  const filled = (wanted: string): HelpLine[] =>
    left ? placeholderLines(left, { region: call.region, text: value, at: value.text.indexOf(written) + left.start }, wanted) : [];
  if (!/^bearer$/i.test(scheme)) {
    if (left) return [...filled('“Bearer” and a token'), ...MAY_DO];
    if (rest === '') return meaning('A value without a scheme. If it is a token, “Bearer” has to stand before it.', ...kindOfToken(written), ...MAY_DO);
    return meaning('A scheme that the API does not take.', note(BEARER_NEEDED));
  }
  if (rest === '') return meaning('A bearer token is missing: nothing stands behind “Bearer”.');
  const wrong = asks ? [note('A request for a token takes no bearer token: the client is named by “Basic”, or by client_id with PKCE.')] : [];
  if (left) {
    const from: HelpLine = {
      kind: 'meaning',
      text: NAMED.test(left.text) ? ['A bearer token, from ', code(left.text), '.'] : ['A bearer token, not filled in yet.'],
    };
    return [from, ...filled('a token').slice(1), ...wrong, ...MAY_DO];
  }
  return meaning('A bearer token that is pasted into the text. Whoever reads it may do what the token may.', ...kindOfToken(rest), ...wrong, ...MAY_DO);
}

/** A placeholder that is the name of something, by its brackets: no token looks like it. */
const NAMED = /^(?:\{\{.*\}\}|<.*>|\$\{?(?:env:)?\w+\}?|%\w+%)$/s;

/** FACTS §4.1. */
function basicLines(asks: boolean, rest: string): HelpLine[] {
  const what = 'The id and the secret of an OAuth client, in base64, which anybody can read.';
  if (asks)
    return meaning(
      rest === '' ? 'Nothing stands behind “Basic”: the id and secret of the client belong there.' : what,
      note('The token is made for the client, or for the user whose code is sent.'),
    );
  return meaning(what, note('Only /oauth/token on the login host takes it. The API wants “Bearer” and the token that it gives.'));
}

/** The form of a token: how long it is, never what it is. */
function kindOfToken(token: string): HelpLine[] {
  if (/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token) && token.startsWith('eyJ'))
    return [note('It has the form of a JWT. That the platform gives out such tokens is not verified: it may be one of another system.')];
  const odd = /[^\w.~+/=-]/.test(token) ? ' It holds characters that no token has (RFC 6750 §2.1).' : '';
  return [note(`It is opaque, ${token.length} characters: only the platform can tell whose it is. GET /api/v2/tokens/me does.${odd}`)];
}

/** FACTS §4.1, §4.3. */
const MAY_DO: readonly HelpLine[] = [
  {
    kind: 'requires',
    text: [
      'A token of a user (authorization code, PKCE, SAML2) may do what the roles of that user grant; where the org enforces scopes, only within those of the client.',
    ],
  },
  {
    kind: 'requires',
    text: [
      'A token of client credentials has no user: roles and divisions of the client count, scopes do not. Operations that need a user answer it 400 ',
      code('not.a.user'),
      '.',
    ],
  },
];

const note = (text: string): HelpLine => ({ kind: 'note', text: [text] });
const meaning = (text: string, ...lines: readonly HelpLine[]): HelpLine[] => [{ kind: 'meaning', text: [text] }, ...lines];
