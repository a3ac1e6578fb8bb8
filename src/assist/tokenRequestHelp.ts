import type { MappedText } from '../exchange/mappedText.js';
import { placeholderOf } from '../exchange/placeholders.js';
import type { HelpLine } from '../platform/bodies/fieldHelp.js';
import { grantProblem } from '../platform/grants.js';
import type { Operations } from '../platform/operations.js';
import { scopeProblem } from '../platform/scopes.js';
import type { Help } from './help.js';
import type { WrittenCall } from './writtenCall.js';

/** A part of the form that a token is asked for with. Offsets are those of the body's text. */
interface FormField {
  readonly name: string;
  /** Decoded; of a list of scopes, the one that is pointed at. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** What a field of a token request is (FACTS §4.1); its value only where that is no secret. */
export function helpInTokenRequest(call: WrittenCall, body: MappedText, at: number, operations: Operations): Help | undefined {
  const field = fieldAtOffset(body.text, at);
  const lines = field && linesOf(field, operations);
  if (!field || !lines) return undefined;
  const sourced = lines.at(-1)?.kind === 'source' ? lines : [...lines, SOURCE];
  return { range: call.range(field.start, field.end), title: field.name, lines: sourced };
}

/** The field of a form (application/x-www-form-urlencoded) that an offset stands in. */
function fieldAtOffset(text: string, at: number): FormField | undefined {
  const start = text.lastIndexOf('&', at - 1) + 1;
  const next = text.indexOf('&', start);
  const end = next === -1 ? text.length : next;
  const pair = /^(\s*([\w.-]{1,60})=?)([\s\S]*)$/.exec(text.slice(start, end));
  if (!pair || at > end) return undefined;
  const [, before = '', name = '', raw = ''] = pair;
  const value = start + before.length;
  if (name !== 'scope' || at < value) return { name, value: decoded(raw.trim()), start, end };
  let from = value;
  for (const [i, scope] of raw.split(/(\+|%20|\s)/).entries()) {
    const to = from + scope.length;
    if (i % 2 === 0 && from <= at && at <= to) return { name, value: decoded(scope), start: from, end: to };
    from = to;
  }
  return { name, value: '', start, end };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}

function linesOf({ name, value }: FormField, operations: Operations): HelpLine[] | undefined {
  if (name === 'grant_type') return grantLines(value);
  if (name === 'scope') return scopeLines(value, operations);
  const meaning = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  return meaning === undefined ? undefined : [{ kind: 'meaning', text: [meaning] }];
}

const SOURCE: HelpLine = {
  kind: 'source',
  text: ['Source: OAuthClientRequest of .NET SDK 270.0.0, 2026-08-15; purecloud-platform-client-v2 262.0.0, 2026-09-16'],
};

const GRANTS: Readonly<Record<string, string>> = {
  client_credentials:
    'A token of the application itself. It has no user: operations that need one answer 400 not.a.user. The roles and divisions of the client count, scopes do not.',
  authorization_code: 'A token of the user who signed in, for the code that the sign-in gave. With PKCE it needs no secret.',
  refresh_token: 'A new token for a refresh token. The authorization code grant with a secret gives one; with PKCE, none is known to be given.',
  'urn:ietf:params:oauth:grant-type:saml2-bearer': 'A token of the user whom a SAML2 assertion names.',
};

function grantLines(grant: string): HelpLine[] {
  if (grant === '' || placeholderOf(grant)) return [{ kind: 'meaning', text: [`Which grant gives the token: ${Object.keys(GRANTS).join(', ')}.`] }];
  const known = Object.hasOwn(GRANTS, grant) ? GRANTS[grant] : undefined;
  if (known !== undefined) return [{ kind: 'meaning', text: [known] }];
  const problem = grantProblem(grant);
  if (!problem) return [];
  return [
    { kind: 'meaning', text: [`${problem.title}.`] },
    { kind: 'note', text: [problem.text] },
    { kind: 'note', text: [problem.instead] },
    { kind: 'source', text: [`Source: ${problem.source}`] },
  ];
}

/** FACTS §4.1, §4.3. */
const SCOPES_ARE_OF_CLIENTS: HelpLine = {
  kind: 'note',
  text: ['Scopes are set on the OAuth client; the SDKs send none here. They do not apply to client credentials: the roles of the client do.'],
};

/** @param names one scope, or several where the name of the field is pointed at */
function scopeLines(names: string, operations: Operations): HelpLine[] {
  if (names === '' || names.includes(' ') || placeholderOf(names))
    return [{ kind: 'meaning', text: ['The scopes that the token is to have.'] }, SCOPES_ARE_OF_CLIENTS];
  const problem = scopeProblem(names, operations);
  if (problem) return [{ kind: 'meaning', text: [problem.text] }, SCOPES_ARE_OF_CLIENTS, { kind: 'source', text: [`Source: ${problem.source}`] }];
  const reads = names.endsWith(':readonly') ? 'to read only' : 'to read and to write';
  return [{ kind: 'meaning', text: ['The scope ', { code: names }, `, ${reads}.`] }, SCOPES_ARE_OF_CLIENTS];
}

const FIELDS: Readonly<Record<string, string>> = {
  client_id: 'The id of the OAuth client. It is in one region: another one answers invalid_client.',
  client_secret: 'The secret of the OAuth client. Whoever reads it acts as the client: it does not belong into a file.',
  code: 'The authorization code that the sign-in gave. It is good once.',
  redirect_uri: 'The address that the sign-in went back to. It has to be the registered one, letter for letter, its query too.',
  code_verifier: 'The text whose hash began the sign-in (PKCE): 43 to 128 characters.',
  refresh_token: 'The refresh token. Whoever reads it gets tokens: it does not belong into a file.',
  assertion: 'The SAML2 assertion, in base64.',
  orgName: 'The short name of the org, for SAML2.',
  username: 'The platform documents no grant that takes it.',
  password: 'The platform documents no grant that takes a password.',
};
