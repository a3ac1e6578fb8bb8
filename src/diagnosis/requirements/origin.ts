import { header } from '../../exchange/exchange.js';
import { REGIONS_AS_OF, regionOfHost } from '../../platform/regions.js';
import type { Case } from '../case.js';
import type { Evidence, Finding } from '../model.js';
import { SOURCES } from '../sources.js';
import { clip, facts, holds, inResponse, inUrl, type Requirement, request, response, unchecked } from './requirement.js';

/** not-genesys: the answer has to come from the platform. Its errors have code, message, status and contextId (FACTS §3.1). */
export const answeredByGenesys: Requirement = (c) => {
  const stranger = unknownHost(c);
  if (!c.response || c.answer === undefined) return stranger ? [stranger] : [];
  if (c.answeredByPlatform) {
    const id = c.error?.contextId ?? header(c.response.headers, 'inin-correlation-id');
    return [
      holds('not-genesys', 'The answer came from Genesys Cloud', [
        response(id ? `It carries contextId ${clip(id, 60)}.` : 'It has the shape, the wording or the headers of a platform answer.'),
      ]),
    ];
  }
  if (c.answer.kind === 'oauth' && (c.tokenRequest || (!c.request && isOauthError(c.answer.error)))) return [];
  if (c.status === 407) return [PROXY_WANTS_CREDENTIALS];
  if (c.status !== undefined && c.status >= 300 && c.status < 400 && !c.tokenRequest) return [redirected(c)];
  if (!c.denied && c.answer.kind !== 'html') return [];
  const what = describe(c);
  if (c.answer.kind === 'cut')
    return [unchecked('not-genesys', 'Who wrote the answer: its body is cut off', response(`The JSON ends too early, at “${clip(c.answer.near, 60)}”.`))];
  if (!what) return stranger ? [stranger] : [];
  const server = header(c.response.headers, 'server');
  const mock = answeredByPact(c);
  const elsewhere = apiHostFor(c);
  return [
    {
      cause: 'not-genesys',
      verdict: isWordsOnly(c) ? 'possible' : 'likely',
      title: 'The answer does not look like one of Genesys Cloud',
      because: [
        what,
        ...(server ? [response(`It names its server: ${clip(server, 80)}.`)] : []),
        ...(mock ? [facts('That is how the mock server of Pact answers a request that no interaction of its contract expects.')] : []),
        ...(stranger ? stranger.because : []),
        facts(`Errors of the platform have code, message, status and contextId, and the header ININ-Correlation-Id (${SOURCES.sdk262}).`),
      ],
      fix: [
        ...(mock ? ['Compare the request with the interactions of the contract: what differs is in the answer.'] : []),
        ...(elsewhere === undefined ? [] : [elsewhere]),
        'Find out what wrote it: a stub of a contract test, a mock server, an API gateway, a proxy or a firewall. Such an answer says nothing about permissions in the org.',
        c.host?.kind === 'api'
          ? `It went to ${c.host.host} already, so this wrote something in front of the API: a proxy or firewall on your side, or the edge that takes requests for Genesys Cloud. Try it from another network; where it stays, give its ids and the time to Genesys support.`
          : 'Send the same request straight to the API host of the region and compare: a platform answer names its code and a contextId.',
      ],
      place: inResponse(''),
    },
  ];
};

/** Text without a header may be a log or a sentence about an answer: what is not JSON in it says nothing of who wrote that. */
const isWordsOnly = (c: Case): boolean => c.answer?.kind === 'text' && c.response?.headers.length === 0 && !c.answer.start.startsWith('<');

/** Errors of RFC 6749 §5.2: nobody but a token endpoint has these words. */
const isOauthError = (error: string): boolean =>
  /^(?:invalid_(?:client|grant|request|scope)|unauthorized_client|unsupported_grant_type|access_denied)$/.test(error);

/** Whether a mock server of Pact wrote the answer: its header, or its words. */
export const answeredByPact = (c: Case): boolean =>
  c.response !== undefined &&
  !c.answeredByPlatform &&
  (header(c.response.headers, 'x-pact') !== undefined ||
    /\binteraction_diffs\b|\bNo interaction found for\b|\bRequest-Mismatch\b/.test(c.response.body?.slice(0, 4000) ?? ''));

/** RFC 9110 §15.5.8: only a proxy says 407. */
const PROXY_WANTS_CREDENTIALS: Finding = {
  cause: 'not-genesys',
  verdict: 'likely',
  title: 'A proxy on the way wants credentials of its own',
  because: [response('The answer has status 407 Proxy Authentication Required, which only a proxy says (RFC 9110).')],
  fix: ['Sign in to the proxy, or name it with its credentials in the settings of the client. The request did not reach Genesys Cloud.'],
  place: inResponse(''),
};

/** Where the operation is, when the request went to another host of a region. */
function apiHostFor(c: Case): string | undefined {
  if (c.host === undefined || c.host.kind === 'api' || c.tokenRequest) return undefined;
  const region = c.host.region ?? regionOfHost(c.host.host);
  return region && `Send it to ${region.api}: operations are answered there, not by ${clip(c.host.host, 100)}.`;
}

/** Operations do not redirect: whoever answers so wants the request, and its token, somewhere else. */
function redirected(c: Case): Finding {
  const to = c.response && header(c.response.headers, 'location');
  return {
    cause: 'not-genesys',
    verdict: 'likely',
    title: 'The answer is a redirect, which the API does not send',
    because: [response(`It has status ${c.status}${to ? ` and points to ${clip(to, 120)}` : ''}.`)],
    fix: ['Find out what wrote it: a proxy that wants a sign-in, or a gateway. A redirect is not followed, since the token would go with it.'],
    place: inResponse(''),
  };
}

function describe(c: Case): Evidence | undefined {
  switch (c.answer?.kind) {
    case 'html':
      return response(`The body is an HTML page${c.answer.title ? ` titled “${clip(c.answer.title, 80)}”` : ''}, not JSON.`);
    case 'other-json': {
      const keys = c.answer.keys.map((k) => clip(k, 40)).join(', ') || 'nothing';
      return response(`The body is JSON of another shape: it has ${keys} and lacks ${c.answer.missing.join(', ')}.`);
    }
    case 'oauth':
      return response(`The body is {"error": "${clip(c.answer.error, 60)}"…}: the shape of a token endpoint or of a gateway, not of the API.`);
    case 'text':
      return response(`The body is text: “${clip(c.answer.start, 80)}”.`);
    default:
      return undefined;
  }
}

function unknownHost(c: Case): Finding | undefined {
  if (c.host?.kind !== 'unknown' && !(c.host?.kind === 'login' && !c.tokenRequest)) return undefined;
  return {
    cause: 'not-genesys',
    verdict: 'possible',
    title: `${clip(c.host.host, 100)} is no API host of Genesys Cloud`,
    because: [request(`The URL names ${clip(c.host.host, 100)}.`), facts(`It is none of the API hosts of the 18 regions (SDK 262.0.0, ${REGIONS_AS_OF}).`)],
    fix: [
      apiHostFor(c) ??
        'If this is a gateway in front of Genesys Cloud, it may answer by itself. Otherwise correct the host: https://api.<region domain>, for example https://api.mypurecloud.com.',
    ],
    place: inUrl(c.host.host),
  };
}
