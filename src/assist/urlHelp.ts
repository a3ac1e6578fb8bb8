import type { MappedText } from '../exchange/mappedText.js';
import { findPlaceholdersInUrl } from '../exchange/placeholders.js';
import { type HelpLine, ID_WORDS } from '../platform/bodies/fieldHelp.js';
import { isGuid } from '../platform/guid.js';
import { optional } from '../platform/json.js';
import type { Operations } from '../platform/operations.js';
import { hostOf, regionOfHost } from '../platform/regions.js';
import type { Help } from './help.js';
import { missingOperationHelp, operationHelp } from './operationHelp.js';
import { type PathParameter, pathParameters } from './pathParameters.js';
import { placeholderLines } from './placeholderHelp.js';
import { targetOf } from './rules/target.js';
import type { WrittenCall } from './writtenCall.js';

const code = (text: string): { readonly code: string } => ({ code: text });

/** Whether a call goes to the platform, as far as its text tells. */
export const isForPlatform = (call: WrittenCall, operations: Operations): boolean => targetOf(call, operations).kind !== 'other';

/** Whether a call asks for a token (FACTS §4.1). */
export const isTokenRequest = (call: WrittenCall, operations: Operations): boolean => targetOf(call, operations).kind === 'token';

const isTokenPath = (path: string): boolean => /^\/oauth\/token\/?$/.test(path);

/** What the method or the word `curl` stands for: the operation. */
export function helpForOperation(call: WrittenCall, range: Help['range'], operations: Operations): Help | undefined {
  const { kind, path } = targetOf(call, operations);
  const { lookup, region } = call;
  if (kind === 'token') return isTokenPath(path) ? { range, ...TOKEN_ENDPOINT } : undefined;
  if (kind === 'other' || path === '/') return undefined;
  if (lookup.kind === 'found') return { range, ...operationHelp(lookup.operation, operations) };
  return { range, ...missingOperationHelp(region.request.method, path, lookup, operations) };
}

/** What stands at an offset of a URL: its host, a parameter of its path, the operation, or its query. */
export function helpInUrl(call: WrittenCall, url: MappedText, at: number, operations: Operations): Help | undefined {
  const { text } = url;
  const authority = /^[a-z][a-z0-9+.-]{0,20}:\/\//i.exec(text)?.[0].length ?? 0;
  const path = call.region.path?.text ?? '';
  const pathStart = path === '' ? text.length : text.indexOf(path, authority);
  const pathEnd = pathStart + path.length;
  if (at < pathStart) return helpForHost(call, url, authority, pathStart, operations);
  if (!isForPlatform(call, operations)) return undefined;
  if (at > pathEnd) return helpInQuery(url, at, pathEnd);
  const inPath = at - pathStart;
  const parameter = call.operation && pathParameters(path, call.operation).find((p) => p.start <= inPath && inPath <= p.end && p.end > p.start);
  if (parameter) return helpForParameter(call, url, pathStart, parameter);
  return helpForOperation(call, url.sourceRange(pathStart, pathEnd), operations);
}

function helpForHost(call: WrittenCall, url: MappedText, start: number, end: number, operations: Operations): Help | undefined {
  const range = url.sourceRange(start, end);
  const title = url.text.slice(start, end).replace(/^[^@]*@/, '');
  const { kind, host, region } = hostOf(url.text);
  const say = (...text: HelpLine['text']): Help => ({ range, title, lines: [{ kind: 'meaning', text }, REGION_SOURCE] });
  if (kind === 'api' && region) return say(`The API of the region ${region.label}, `, code(region.name), '.');
  if (kind === 'login' && region)
    return say(`The login host of the region ${region.label}, `, code(region.name), '. Tokens come from it; the API answers at ', code(region.api), '.');
  const of = regionOfHost(host);
  if (of) return say(`A host of the region ${of.label}, `, code(of.name), ', which is not its API: that is ', code(of.api), '.');
  if (!isForPlatform(call, operations)) return undefined;
  if (kind === 'unknown') return say('No host of a Genesys Cloud region. The API of a region answers at ', code('https://api.<region domain>'), '.');
  if (kind === 'loopback') return { range, title, lines: [{ kind: 'meaning', text: ['This computer: a sandbox, or a stand-in of a test.'] }] };
  const [left] = findPlaceholdersInUrl(title);
  return left ? { range, title, lines: placeholderLines(left, { region: call.region, text: url, at: start }, HOST) } : undefined;
}

const HOST = 'the API host of your region, as in api.mypurecloud.com';
/** FACTS §5. */
const REGION_SOURCE: HelpLine = { kind: 'source', text: ['Source: PureCloudRegionHosts of purecloud-platform-client-v2 262.0.0, 2026-09-16'] };

function helpForParameter(call: WrittenCall, url: MappedText, pathStart: number, { name, start, end, kind }: PathParameter): Help | undefined {
  const { operation, region } = call;
  if (!operation) return undefined;
  const value = (region.path?.text ?? '').slice(start, end);
  const whose = kind === undefined ? `the value of {${name}}` : `the id of a ${ID_WORDS[kind]} (a GUID)`;
  const [left] = findPlaceholdersInUrl(value);
  const lines: HelpLine[] = left
    ? placeholderLines(left, { region, text: url, at: pathStart + start + left.start }, whose)
    : [{ kind: 'meaning', text: [`${whose.charAt(0).toUpperCase()}${whose.slice(1)}.`] }];
  const caller: HelpLine[] = operation.path.endsWith('/calls/user/{userId}') && name === 'userId' ? [CALLER] : [];
  const malformed: HelpLine[] = !left && kind !== undefined && !isGuid(value) ? [{ kind: 'note', text: ['What stands here is no GUID.'] }] : [];
  return {
    range: url.sourceRange(pathStart + start, pathStart + end),
    title: left?.text ?? name,
    lines: [...lines, ...caller, ...malformed, { kind: 'with', text: ['In ', code(`${operation.method} ${operation.path}`), '.'] }],
    ...optional('id', kind !== undefined && isGuid(value) ? { kind, id: value } : undefined),
  };
}

/** FACTS §1.6. */
const CALLER: HelpLine = { kind: 'note', text: ['The agent on whose behalf the call is placed, not the person who is called.'] };

/** FACTS §8, §6. */
const QUERY: Readonly<Record<string, string>> = {
  pageSize: 'How many a page has: 25 unless told, most often 100 at most.',
  pageNumber: 'Which page, counted from 1.',
  expand: 'What of other services comes along, with commas between. What is asked for this way may be left out of the answer.',
  after: 'Where the page begins, as the answer before told it.',
  before: 'Where the page ends, as the answer before told it.',
  cursor: 'Where the page begins, as the answer before told it.',
  access_token: 'A token in a URL stands in logs and histories. It belongs into the Authorization header.',
};

function helpInQuery(url: MappedText, at: number, pathEnd: number): Help | undefined {
  const { text } = url;
  const start = Math.max(text.lastIndexOf('&', at - 1), pathEnd) + 1;
  const next = text.slice(start).search(/[&#]/);
  const end = next === -1 ? text.length : start + next;
  const name = /^[\w.~-]{1,60}/.exec(text.slice(start, end))?.[0];
  if (name === undefined || at > end || at < start) return undefined;
  const known = Object.hasOwn(QUERY, name) ? QUERY[name] : undefined;
  return {
    range: url.sourceRange(start, end),
    title: name,
    lines: [
      { kind: 'meaning', text: [known ?? 'A parameter of the query.'] },
      ...(known === undefined
        ? [{ kind: 'note' as const, text: ['Which parameters an operation takes is not part of the facts that this version was built from.'] }]
        : []),
    ],
  };
}

const TOKEN_ENDPOINT = {
  title: 'POST /oauth/token',
  lines: [
    { kind: 'meaning', text: ['Gives a token. It is on the login host of the region, not on that of the API.'] },
    {
      kind: 'requires',
      text: [
        'The body is a form: ',
        code('grant_type'),
        ' with what the grant needs. Client credentials, authorization code and SAML2 bearer send the id and secret of the client as ',
        code('Authorization: Basic'),
        '; PKCE sends neither.',
      ],
    },
    { kind: 'source', text: ['Source: purecloud-platform-client-v2 262.0.0, 2026-09-16'] },
  ],
} satisfies { readonly title: string; readonly lines: readonly HelpLine[] };
