import { header } from '../../exchange/exchange.js';
import { placeholdersInValue } from '../../exchange/placeholders.js';
import { type Case, readsSpecification } from '../case.js';
import type { Evidence, Finding } from '../model.js';
import { SOURCES } from '../sources.js';
import { atCode, clip, facts, holds, inHeaders, inUrl, org, type Requirement, request, response, said } from './requirement.js';

/** token-missing, token-invalid, and wrong-region where the same answer could mean it (FACTS §3.2, 401). */
export const token: Requirement = (c) => {
  // The specification is read without a token (FACTS §2).
  if (c.tokenRequest || readsSpecification(c)) return [];
  const none = missing(c);
  // Where no token was sent, nothing is wrong with it.
  if (none.some((f) => f.verdict === 'confirmed')) return none;
  return [...none, ...invalid(c), ...elsewhere(c)];
};

function missing(c: Case): Finding[] {
  const fix = ['Send the header “Authorization: Bearer <access token>” with a token from https://login.<region domain>/oauth/token.'];
  if (c.code === 'authentication.required') {
    return [{ cause: 'token-missing', verdict: 'confirmed', title: 'The request carried no bearer token', because: said(c), fix, place: atCode(c) }];
  }
  if (passedAuthentication(c)) return [holds('token-missing', 'A bearer token was sent', [response('The platform got past authentication.')])];
  if (!c.request || !headersAreKnown(c)) return [];
  const value = header(c.request.headers, 'authorization');
  if (value === undefined || value.trim() === '') {
    const against = doubt(c);
    return [
      {
        cause: 'token-missing',
        verdict: against ? 'possible' : 'confirmed',
        title: 'The request carries no bearer token',
        because: [request('There is no Authorization header.'), ...(against ? [against] : [])],
        fix,
        place: inHeaders(),
      },
    ];
  }
  const scheme = /^\s*(\S+)/.exec(value)?.[1] ?? '';
  if (!/^(?:basic|bearer)$/i.test(scheme) && !isWithheld(value)) return [withoutScheme(c, fix)];
  if (/^\s*bearer\s*$/i.test(value))
    return [
      {
        cause: 'token-missing',
        verdict: 'confirmed',
        title: 'The Authorization header has no token after Bearer',
        because: [request('The header ends after the word Bearer.')],
        fix,
        place: inHeaders('Authorization'),
      },
    ];
  if (/^basic$/i.test(scheme)) {
    return [
      {
        cause: 'token-missing',
        verdict: 'confirmed',
        title: 'The request authenticates with Basic instead of a bearer token',
        because: [
          request('The Authorization header has the scheme Basic.'),
          facts(`Client id and secret are for /oauth/token only; operations take the access token that it returns (${SOURCES.sdk262}).`),
        ],
        fix: ['First post the client id and secret to /oauth/token, then send its access_token as “Authorization: Bearer …”.'],
        place: inHeaders('Authorization'),
      },
    ];
  }
  return [];
}

/** What speaks against it that the header was missing when the request was sent. */
function doubt(c: Case): Evidence | undefined {
  if (c.status !== undefined && c.status !== 401)
    return response(`The platform answers 401 to that, and this answer has status ${c.status}: the header may have been taken out before sharing.`);
  if (c.answeredByPlatform && c.code !== undefined)
    return response(
      `The platform answers authentication.required to that, and this is ${clip(c.code, 60)}: the header may have been taken out before sharing.`,
    );
  return c.request?.exported === true
    ? request('It comes from a recording, and browsers leave this header out when they save one (Chrome: unless “with sensitive data” is asked for).')
    : undefined;
}

/** The value is somebody's placeholder, or was taken out before sharing: it says nothing about what was sent. */
const isWithheld = (value: string): boolean => placeholdersInValue(value).length > 0 || !/\w/.test(value) || /redact|hidden|masked|\*{3}|…/i.test(value);

function withoutScheme(c: Case, fix: readonly string[]): Finding {
  const proof = c.status === undefined || c.status === 401;
  return {
    cause: 'token-missing',
    verdict: proof ? 'confirmed' : 'possible',
    title: 'The Authorization header does not begin with Bearer',
    because: [request('The value of the header is not “Bearer” and a token.')],
    fix,
    place: inHeaders('Authorization'),
  };
}

/** Before anything is sent: the org, asked with the same token, does not take it. */
function refusedByOrg(c: Case): Finding[] {
  const caller = c.facts?.caller;
  if (c.response || caller?.kind !== 'unchecked' || caller.status !== 401) return [];
  return [
    {
      cause: 'token-invalid',
      verdict: caller.code === undefined ? 'likely' : 'confirmed',
      title: caller.code === 'credentials.expired' ? 'The access token has expired' : 'The access token was not accepted',
      because: [org(`${caller.from}: ${caller.why}. The token that the org was asked with is the one that the request would be sent with.`)],
      fix: ['Ask for a new token, at the login host of the same region as the API host called.'],
    },
  ];
}

function invalid(c: Case): Finding[] {
  const refused = refusedByOrg(c);
  if (refused.length > 0) return refused;
  if (c.code === 'credentials.expired') {
    return [
      {
        cause: 'token-invalid',
        verdict: 'confirmed',
        title: 'The access token has expired',
        because: said(c),
        fix: ['Ask for a new token. Its lifetime in seconds is expires_in of the token answer; each OAuth client sets it.'],
        place: atCode(c),
      },
    ];
  }
  if (c.code === 'bad.credentials' || (c.status === 401 && c.code !== 'authentication.required')) {
    const because = [...said(c), facts(`The same answer is given to a token that was revoked, has ended, is cut short, or was made in another region.`)];
    return [
      {
        cause: 'token-invalid',
        // The shape of SCIM is everybody's (RFC 7644).
        verdict: c.answeredByPlatform && c.error?.messageFrom !== 'detail' ? 'confirmed' : 'likely',
        title: 'The access token was not accepted',
        because,
        fix: [
          'Ask for a new token and send it unchanged, without quotes or line breaks.',
          'Check that it was made at the login host of the same region as the API host called.',
        ],
        place: atCode(c),
      },
    ];
  }
  const value = c.request && header(c.request.headers, 'authorization');
  if (value && /^\s*bearer\s+/i.test(value) && !passedAuthentication(c)) {
    const secret = value.replace(/^\s*bearer\s+/i, '');
    const fault = /^bearer\b/i.test(secret)
      ? 'the word Bearer stands twice'
      : /\s/.test(secret.trim()) && placeholdersInValue(secret).length === 0
        ? 'there is white space in the token'
        : /^["']/.test(secret)
          ? 'the token stands in quotes'
          : undefined;
    if (fault)
      return [
        {
          cause: 'token-invalid',
          verdict: 'likely',
          title: 'The Authorization header is malformed',
          because: [request(`In the header ${fault}.`)],
          fix: ['Send “Authorization: Bearer ” and then the token, nothing else.'],
          place: inHeaders('Authorization'),
        },
      ];
  }
  return passedAuthentication(c) ? [holds('token-invalid', 'The token was accepted', [response('The platform got past authentication.')])] : [];
}

const ELSEWHERE = facts('A token is known only in the region that made it; elsewhere it is answered like a wrong one (inferred).');

function elsewhere(c: Case): Finding[] {
  const asked = c.facts?.domain;
  const called = c.host?.kind === 'api' ? c.host.region : undefined;
  if (asked !== undefined && called && called.domain !== asked && c.facts?.caller.kind === 'known' && !c.accepted)
    return [
      {
        cause: 'wrong-region',
        verdict: passedAuthentication(c) ? 'possible' : 'likely',
        title: `The request goes to ${called.domain}, and the token is one of ${asked}`,
        because: [request(`The URL names ${c.host?.host}.`), org(`api.${asked} knows the token (${c.facts.caller.from}).`), ELSEWHERE],
        fix: [`Send it to https://api.${asked}, or use a token of ${called.domain}.`],
        place: inUrl(c.host?.host),
      },
    ];
  if (c.code !== 'bad.credentials' && !(c.status === 401 && c.answer?.kind === 'empty')) return [];
  const host =
    c.host?.kind === 'api' ? `The host called is that of ${c.host.region?.label} (${c.host.host}).` : 'Which region the request went to is not known.';
  return [
    {
      cause: 'wrong-region',
      verdict: 'possible',
      title: 'The token may belong to another region',
      because: [request(host), ELSEWHERE],
      fix: ['Compare the region of the org with the host in the URL: https://api.<region domain> and https://login.<region domain> have the same domain.'],
    },
  ];
}

/** True when the platform answered anything that it only answers to a valid token. */
const passedAuthentication = (c: Case): boolean =>
  c.answeredByPlatform && c.status !== undefined && c.status !== 401 && c.status < 500 && c.status !== 429 && c.code !== 'authentication.required';

/** A body alone says nothing about headers; a request with a host does. */
const headersAreKnown = (c: Case): boolean =>
  c.request !== undefined && !c.request.unseen?.includes('headers') && (c.request.headers.length > 0 || !c.request.url.startsWith('/'));
