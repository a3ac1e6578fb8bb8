import { header } from '../../exchange/exchange.js';
import { pathOf } from '../../platform/operations.js';
import { regionOfHost } from '../../platform/regions.js';
import { type Case, readsSpecification } from '../case.js';
import type { Finding } from '../model.js';
import { SOURCES } from '../sources.js';
import type { Requirement } from './requirement.js';
import { clip, facts, holds, inUrl, request, response } from './requirement.js';

/** Paths that are recommended in forums and do not exist, with what does the thing that was wanted (FACTS §4.5). */
const FOLKLORE: readonly { readonly pattern: RegExp; readonly advice: string }[] = [
  {
    pattern: /\/impersonat/i,
    advice:
      'No operation impersonates a user. To call on behalf of one, use POST /api/v2/conversations/calls/user/{userId}; to act as one, sign in as that user.',
  },
];

/** no-such-operation: method and path have to be in the API. */
export const operationExists: Requirement = (c) => {
  if (!c.request || !c.lookup) return [];
  if (c.tokenRequest) return tokenEndpoint(c);
  const { count, listedAsOf, source } = c.operations;
  const list = source.startsWith('Permissions: purecloud-platform-client-v2') ? 'SDK 262.0.0' : source.replace(/\.$/, '');
  const asOf = `${count} operations, ${list}, ${listedAsOf}`;
  if (c.lookup.kind === 'found') {
    const operation = c.lookup.operation;
    return [holds('no-such-operation', `${operation.method} ${operation.path} exists`, [facts(`It is in the API (${asOf}).`)])];
  }
  const path = pathOf(c.request.url);
  if (readsSpecification(c)) return [holds('no-such-operation', `${path} is the specification of the API`, [facts('It is read without a token.')])];
  const method = clip(c.request.method.toUpperCase(), 20);
  const shown = clip(path, 200);
  const answered = answeredFor(c);
  if (c.lookup.kind === 'wrong-method') {
    return [
      {
        cause: 'no-such-operation',
        verdict: answered === undefined ? 'confirmed' : answered.verdict,
        title: `${shown} has no ${method}${answered?.verdict === 'possible' ? ` in the published API as of ${listedAsOf}` : ''}`,
        because: [
          request(`The request is ${method} ${shown}.`),
          facts(`The path takes ${c.lookup.allowed.join(', ')} (${asOf}).`),
          ...(answered ? [response(answered.fact)] : []),
        ],
        fix: [`Use ${c.lookup.allowed.join(' or ')}.`],
        place: inUrl(path),
      },
    ];
  }
  const folklore = FOLKLORE.find((f) => f.pattern.test(path));
  const versioned = path.startsWith('/api/v2/');
  return [
    {
      cause: 'no-such-operation',
      verdict: answered ? answered.verdict : versioned && (folklore || !isOld(c)) ? 'confirmed' : 'likely',
      title: `${method} ${shown} is not in the ${answered?.verdict === 'possible' ? 'published ' : ''}API as of ${listedAsOf}`,
      because: [facts(`No operation has this path (${asOf}).`), ...(answered ? [response(answered.fact)] : [])],
      fix: [
        ...(isOld(c) ? ['Bring the list up to date: Refresh API Facts, or --facts with the specification of your region.'] : []),
        folklore?.advice ??
          meant(c, path) ??
          (versioned ? 'Look the operation up in the API documentation; check each part of the path.' : 'Paths of the API begin with /api/v2/.'),
      ],
      place: inUrl(path),
    },
  ];
};

/** Codes that the platform gives before it looks for the operation, or where it found none. */
const BEFORE_OPERATION = /^(?:authentication\.|bad\.credentials$|credentials\.expired$|too\.many\.requests$|(?:resource\.)?not\.found$|method\.not\.allowed$)/;

/** What an answer of the platform says about whether the operation is there: nothing where it may come from looking for it. */
function answeredFor(c: Case): { readonly verdict: 'possible' | 'likely'; readonly fact: string } | undefined {
  if (!c.answeredByPlatform || !c.denied) return undefined;
  const { status, code } = c;
  if (status === 401 || status === 429 || (status !== undefined && status >= 500))
    return { verdict: 'likely', fact: `The answer ${status} says nothing about the operation.` };
  const judged = code !== undefined && (!BEFORE_OPERATION.test(code) || (code.endsWith('not.found') && c.error?.entityId !== undefined));
  if (c.error?.named === undefined && !judged) return undefined;
  return {
    verdict: 'possible',
    fact: 'The platform judged what the caller may do, the object or the body, so something is there: it is newer, gone since, or not public.',
  };
}

/** Days after which a list of the operations proves nothing about those it lacks: some fifty are added in a month (FACTS §2). */
const PLAUSIBLE_DAYS = 180;

/** Whether the request is so much younger than the list that its operation may be new. Without a date of the request nothing says so. */
function isOld(c: Case): boolean {
  const asked = Date.parse(c.facts?.at ?? (c.response && header(c.response.headers, 'date')) ?? '');
  return asked - Date.parse(c.operations.listedAsOf) > PLAUSIBLE_DAYS * 86_400_000;
}

/** The operation that was meant by a path which is wrong in one of the usual ways. */
function meant(c: Case, path: string): string | undefined {
  const method = c.request?.method.toUpperCase() ?? '';
  const bare = path.replace(/\/{2,}/g, '/').replace(/\/+$/, '');
  const rest = bare.replace(/^(?:\/(?:platform\/)?api\/v\d+)+/i, '');
  for (const candidate of [`/api/v2${rest}`, `/api/v2${rest.toLowerCase()}`, `/api/v2${rest}s`]) {
    if (candidate === path) continue;
    const found = c.operations.find(method, candidate);
    if (found.kind === 'found') return `Use ${method} ${candidate}.`;
  }
  return undefined;
}

/** Tokens come from the login host of a region. */
function tokenEndpoint(c: Case): Finding[] {
  const path = pathOf(c.request?.url ?? '');
  const atLogin = c.host?.kind === 'login' || c.host?.kind === 'loopback';
  const known = /^\/oauth\/(?:token|authorize)$/.test(path);
  if ((known && atLogin) || c.host === undefined || c.host.kind === 'unreadable' || c.accepted) return [];
  const region = c.host.region ?? regionOfHost(c.host.host);
  if (!region && known) return [];
  return [
    {
      cause: 'no-such-operation',
      verdict: c.denied ? 'likely' : 'possible',
      title: `${c.host.host} has no ${path}`,
      because: [request(`The URL names ${c.host.host}${path}.`), facts(`Tokens come from the login host of a region, /oauth/token (${SOURCES.sdk262}).`)],
      fix: [`Use ${region?.login ?? 'https://login.<region domain>'}/oauth/token.`],
      place: inUrl(path),
    },
  ];
}
