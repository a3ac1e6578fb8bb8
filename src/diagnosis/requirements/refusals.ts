import { header } from '../../exchange/exchange.js';
import { type Case, placesCall } from '../case.js';
import type { Finding } from '../model.js';
import { SOURCES } from '../sources.js';
import { atCode, facts, holds, type Requirement, request, response, said } from './requirement.js';
import { STATION_FAULT } from './station.js';

/** Refusals that name no permission: the party rule, scopes and other rules (FACTS §3.3), limits, and faults of the platform. */
export const refusals: Requirement = (c) => [...plain403(c), ...scopes(c), ...limits(c), ...faults(c), ...tokenEndpoint(c)];

function plain403(c: Case): Finding[] {
  if (c.code === 'missing.trustor.permissions')
    return [
      {
        cause: 'org-trust',
        verdict: 'confirmed',
        title: 'Rights in the trusting org are missing',
        because: said(c),
        fix: ['Have the administrator of the trusting org grant the role to the trusted user or group.'],
        place: atCode(c),
      },
    ];
  if (c.code === 'conversation.error.forbidden.not.active.participant') return [notParty(c, 'confirmed')];
  // The code is that of anything that is not found; the sentence is all that tells it apart (FACTS §1.6).
  if (saysNotParticipant(c)) return [{ ...notParty(c, 'likely'), title: 'The user whom the request names is not a party of the conversation' }];
  if (c.status !== 403 || c.error?.named || !(c.code === 'not.authorized' || c.code === 'forbidden') || !c.answeredByPlatform) return [];
  const conversation = /access to conversation/i.test(c.error?.message ?? '') || c.operation?.path.includes('{conversationId}') === true;
  return [
    ...(conversation ? [notParty(c, 'likely')] : []),
    {
      cause: 'access-rule',
      verdict: 'possible',
      title: 'A rule other than permissions may forbid it',
      because: [
        ...said(c),
        facts(`not.authorized names no permission. An attribute policy, an IP allow-list or the state of the client can be behind it (${SOURCES.codes}).`),
      ],
      fix: ['Ask an administrator for access policies and for the allow-list of the OAuth client, and quote the contextId.'],
      place: atCode(c),
    },
  ];
}

/** A not.found that means a person, not an id: "User … is not a participant in the conversation." */
export const saysNotParticipant = (c: Case): boolean => c.code === 'not.found' && /\bis not a participant in the conversation\b/i.test(c.error?.message ?? '');

const notParty = (c: Case, verdict: Finding['verdict']): Finding => ({
  cause: 'not-participant',
  verdict,
  title: 'The caller is not a party of the conversation',
  because: [...said(c), facts(`Only the parties may act on a conversation; a client-credentials token never is one (${SOURCES.community}).`)],
  fix: ['Use the token of a user who takes part in it, or a permission that reaches the conversations of others.'],
  place: atCode(c),
});

function scopes(c: Case): Finding[] {
  if (!c.operation || c.tokenRequest || c.accepted) return [];
  if (c.grant?.kind === 'client-credentials')
    return [
      holds('missing-scope', 'Scopes do not apply to client credentials', [
        facts(`Such a token is judged by the roles and divisions of its client; scopes are for the other grants (${SOURCES.oauthClient}).`),
      ]),
    ];
  if (c.status !== 403 || c.error?.named || c.operation.scopes.length === 0) return [];
  const wanted = c.operation.scopes.join(' or ');
  const known = c.facts?.caller.kind === 'known' ? c.facts.caller.value.scopes : undefined;
  if (known?.some((s) => c.operation?.scopes.includes(s)))
    return [holds('missing-scope', `The token has the scope ${wanted}`, [{ source: 'token', fact: `Its scopes: ${known.join(', ')}.` }])];
  return [
    {
      cause: 'missing-scope',
      verdict: 'possible',
      title: `The OAuth client may lack the scope ${wanted}`,
      because: [
        ...(known ? [{ source: 'token', fact: `The token's scopes: ${known.join(', ') || 'none'}.` } as const] : []),
        facts(
          `The scope of this operation is ${wanted} (${c.operation.scopesFrom === 'official' ? 'Terraform provider 1.84.1' : 'deduced from official samples, not stated'}). An org enforces scopes only when it has switched that on; it is off by default, and scopes do not apply to client credentials (${SOURCES.enforcement}).`,
        ),
        facts(`Scopes such as conversation:call:write or call:outbound:initiate do not exist (${SOURCES.scopeNames}).`),
      ],
      fix: [`If the org enforces scopes, add ${wanted} to the OAuth client and have an administrator authorize it again.`],
    },
  ];
}

function limits(c: Case): Finding[] {
  if (c.status !== 429 && c.code !== 'too.many.requests') return [];
  const wait = c.response && header(c.response.headers, 'retry-after');
  return [
    {
      cause: 'rate-limited',
      verdict: 'confirmed',
      title: 'Too many requests',
      because: [...said(c), ...(wait ? [response(`Retry-After: ${wait.slice(0, 40)} seconds.`)] : [])],
      fix: [`Wait ${wait && /^\d+$/.test(wait) ? `${wait} seconds` : 'as long as Retry-After says'}, then send it again. The request was not carried out.`],
      place: atCode(c),
    },
  ];
}

function faults(c: Case): Finding[] {
  if (c.status === undefined || c.status < 500 || STATION_FAULT.test(c.code ?? '')) return [];
  const writes = c.request !== undefined && !/^(?:GET|HEAD|OPTIONS)$/i.test(c.request.method);
  return [
    {
      cause: 'platform-fault',
      verdict: c.answeredByPlatform ? 'confirmed' : 'likely',
      title: `The ${c.answeredByPlatform ? 'platform' : 'server that answered'} failed`,
      because: said(c),
      fix: [
        writes
          ? `Do not send it again blindly: it may have been carried out. Look for ${placesCall(c) ? 'the call' : 'what it does'} first.`
          : 'Try again later.',
        'Quote the contextId to Genesys support if it stays.',
      ],
      place: atCode(c),
    },
  ];
}

/** Errors of /oauth/token (FACTS §4.1; RFC 6749 §5.2). */
function tokenEndpoint(c: Case): Finding[] {
  const grant = c.tokenRequest ? /(?:^|&)grant_type=([^&]*)/.exec(c.request?.body ?? '')?.[1] : undefined;
  const found: Finding[] = [];
  if (grant && /jwt-bearer/i.test(decodeURIComponentSafely(grant)))
    found.push({
      cause: 'grant-not-allowed',
      verdict: 'confirmed',
      title: 'The platform has no jwt-bearer grant',
      because: [
        request('The body asks for a jwt-bearer grant.'),
        facts(`No SDK, command line or documentation of the platform knows it; the only extension grant is saml2-bearer (${SOURCES.sdk262}).`),
      ],
      fix: ['Use authorization code (with PKCE for a public client) for a user, or client credentials for an application.'],
    });
  if (c.answer?.kind !== 'oauth' || !(c.tokenRequest || !c.request)) return found;
  const because = [response(`${c.answer.error}${c.answer.description ? `: ${c.answer.description.slice(0, 200)}` : ''}`)];
  const place = { document: 'response', part: 'body', pointer: '/error' } as const;
  switch (c.answer.error) {
    case 'invalid_client':
      found.push({
        cause: 'client-rejected',
        verdict: 'confirmed',
        title: 'The OAuth client was not accepted',
        because: [
          ...because,
          facts(`A client exists in one region. Elsewhere it is answered like a wrong secret, which is the usual reason (${SOURCES.community}).`),
        ],
        fix: ['Check the region first: the login host has to be that of the org.', 'Then the client id and secret, and that the client is not disabled.'],
        place,
      });
      break;
    case 'unauthorized_client':
    case 'unsupported_grant_type':
      if (found.length === 0)
        found.push({
          cause: 'grant-not-allowed',
          verdict: 'confirmed',
          title: 'The client may not use this grant',
          because,
          fix: ['Use the grant that the OAuth client was made for, or make one for this grant.'],
          place,
        });
      break;
    default:
      found.push({
        cause: 'token-request-malformed',
        verdict: 'likely',
        title: 'The token request was not accepted',
        because,
        fix: ['Compare grant_type and its parameters with RFC 6749; for client credentials the id and secret go into a Basic Authorization header.'],
        place,
      });
  }
  return found;
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
