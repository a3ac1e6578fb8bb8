import { header } from '../../exchange/exchange.js';
import { type Case, placesCall } from '../case.js';
import type { Evidence, Finding } from '../model.js';
import { SOURCES } from '../sources.js';
import { answeredByPact } from './origin.js';
import { atCode, atMessage, clip, facts, holds, permissionList, type Requirement, request, response, said } from './requirement.js';
import { STATION_FAULT } from './station.js';

/** Refusals that name no permission: the party rule, scopes and other rules (FACTS §3.3), limits, and faults of the platform. */
export const refusals: Requirement = (c) => [...plain403(c), ...scopes(c), ...state(c), ...remote(c), ...limits(c), ...faults(c), ...tokenEndpoint(c)];

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
  if (saysNotParticipant(c)) return [userNotParty(c)];
  const domain = /\bpermission is forbidden on domain\s+([\w-]+)/i.exec(c.error?.message ?? '')?.[1];
  if (domain !== undefined) return [olderWording(c, domain)];
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

/** A wording of earlier years, which names the domain of the permission only. */
function olderWording(c: Case, domain: string): Finding {
  const declared = (c.operation?.permissions ?? []).filter((p) => p.startsWith(`${domain.toLowerCase()}:`));
  return {
    cause: 'missing-permission',
    verdict: 'likely',
    title: `The caller lacks a permission of the domain ${domain}${declared.length > 0 ? `: ${permissionList(c.operation?.rule ?? 'any', declared)}` : ''}`,
    because: [...said(c), facts('This wording names no permission, only its domain.')],
    fix: [
      `Have an administrator give the caller a role with ${declared.length > 0 ? permissionList(c.operation?.rule ?? 'any', declared) : `the permission of ${domain} that the operation needs`}.`,
    ],
    place: atMessage(c),
  };
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

/** It is the user whom the path names, whoever asks (FACTS §1.6). */
const userNotParty = (c: Case): Finding => ({
  cause: 'not-participant',
  verdict: 'likely',
  title: 'The user whom the request names is not a party of the conversation',
  because: [...said(c), facts('The sentence is about the user of the path, not about who sends the request.')],
  fix: [
    'Compare the user id in the path with the parties of the conversation (GET /api/v2/conversations/{conversationId}): the user has to be in it, and still connected.',
  ],
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
  if (c.error?.named || c.operation.scopes.length === 0 || saysWhoseConversation(c) || ofStranger(c)) return [];
  const wanted = c.operation.scopes.join(' or ');
  const known = c.facts?.caller.kind === 'known' ? c.facts.caller.value.scopes : undefined;
  // Before anything is sent, and with other refusals, only what is known to be missing is worth a word.
  if (c.status !== 403 && (known === undefined || c.denied)) return [];
  if (known?.some((s) => c.operation?.scopes.includes(s)))
    return [holds('missing-scope', `The token has the scope ${wanted}`, [{ source: 'token', fact: `Its scopes: ${known.join(', ')}.` }])];
  return [
    {
      cause: 'missing-scope',
      // Nothing else is known to speak against the request, and the scope is provably not there.
      verdict: known && c.status === 403 ? 'likely' : 'possible',
      title: known ? `The token does not have the scope ${wanted}` : `The OAuth client may lack the scope ${wanted}`,
      because: [
        ...(known ? [{ source: 'token', fact: `The token's scopes: ${known.join(', ') || 'none'}.` } as const] : []),
        facts(
          `The scope of this operation is ${wanted} (${c.operation.scopesFrom === 'official' ? 'Terraform provider 1.84.1' : 'deduced from official samples, not stated'}). An org enforces scopes only when it has switched that on; it is off by default, and scopes do not apply to client credentials (${SOURCES.enforcement}).`,
        ),
        ...inventedScopes(c),
      ],
      fix: [`If the org enforces scopes, add ${wanted} to the OAuth client and have an administrator authorize it again.`],
    },
  ];
}

/** A page of a proxy or a firewall says nothing about the scopes of the platform. */
const ofStranger = (c: Case): boolean => !c.answeredByPlatform && c.answer?.kind === 'html';

/** Scopes of forums have two colons; no real one does (FACTS §4.3, §4.5). */
function inventedScopes(c: Case): Evidence[] {
  const text = `${c.request?.url ?? ''}\n${c.request?.body?.slice(0, 2000) ?? ''}`;
  const invented = /scope[^\n]{0,200}?\b([a-z]\w{0,40}(?::|%3A)\w{1,40}(?::|%3A)(?!readonly)\w{1,40})/i.exec(text)?.[1];
  return invented === undefined ? [] : [facts(`A scope ${invented.replace(/%3A/gi, ':')} does not exist (${SOURCES.scopeNames}).`)];
}

/** A 403 that names the conversation is about its parties. */
const saysWhoseConversation = (c: Case): boolean => /access to conversation/i.test(c.error?.message ?? '');

/** invalid-state: the object is in a state in which this cannot be done (FACTS §3.2, 409). */
function state(c: Case): Finding[] {
  if (c.status !== 409 && !/^(?:general\.conflict|userservice\.stationalreadyassociated|chat\.error\.(?:conversation|member)\.state)$/.test(c.code ?? ''))
    return [];
  if (!c.answeredByPlatform && c.answer?.kind !== 'empty') return [];
  const station = c.code === 'userservice.stationalreadyassociated';
  return [
    {
      cause: 'invalid-state',
      verdict: c.answeredByPlatform && c.code !== undefined ? 'confirmed' : 'likely',
      title: station ? 'The station is associated with another user already' : 'The object is in a state that does not allow it',
      because: [...said(c), ...(c.code === 'general.conflict' ? [facts(`A version that is not the newest is answered so (${SOURCES.codes}).`)] : [])],
      fix: [
        station
          ? 'Choose another station, or have it released: DELETE /api/v2/stations/{stationId}/associateduser.'
          : c.code?.startsWith('chat.error.') === true
            ? 'Read the conversation again: it may have ended, or nobody may have answered it yet; of what has ended make a new one.'
            : 'Read the object again and repeat the change on what it is now; where it has a version, send the newest.',
      ],
      place: atCode(c),
    },
  ];
}

/** remote-credentials: a data action's own remote system refused, not the platform (Genesys help, read 2026-11-22). */
function remote(c: Case): Finding[] {
  const details = c.error?.details.some((d) => d.errorCode === 'ACTION.AUTHENTICATION') === true;
  if (!details && !(c.code === 'INVALID_CREDENTIALS' && c.operation?.path.startsWith('/api/v2/integrations/actions'))) return [];
  return [
    {
      cause: 'remote-credentials',
      verdict: 'confirmed',
      title: 'The remote system of the data action did not accept its credentials',
      because: [
        ...said(c),
        ...(c.error?.errors ?? []).slice(0, 3).flatMap((e) => (e.message ? [response(clip(e.message, 300))] : [])),
        facts(`A data action signs in to its remote system by itself; your token got as far as that (${SOURCES.actions}).`),
      ],
      fix: ['Correct the credentials of the integration (Admin, Integrations, its Configuration), not your own token or roles.'],
      place: atCode(c),
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
  if (c.status === undefined || c.status < 500 || STATION_FAULT.test(c.code ?? '') || answeredByPact(c)) return [];
  const writes = c.request !== undefined && !/^(?:GET|HEAD|OPTIONS)$/i.test(c.request.method);
  return [
    {
      cause: 'platform-fault',
      verdict: c.answeredByPlatform ? 'confirmed' : 'likely',
      title: `The ${c.answeredByPlatform ? 'platform' : 'server that answered'} failed`,
      because: said(c),
      fix: [
        writes
          ? placesCall(c)
            ? 'Do not send it again blindly: the call may have been placed. Look for it first: GET /api/v2/conversations/calls with the token of the user.'
            : 'Do not send it again blindly: it may have been carried out. Look for what it does first.'
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
  if (c.answer?.kind !== 'oauth') return [...found, ...unexplainedForm(c)];
  if (!(c.tokenRequest || !c.request) || (c.status ?? 0) >= 500) return found;
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
      found.push({
        cause: 'wrong-region',
        verdict: 'possible',
        title: 'The OAuth client may live in another region',
        because: [
          request(
            c.host?.region ? `The host asked is that of ${c.host.region.label} (login.${c.host.region.domain}).` : 'Which region was asked is not known.',
          ),
          facts(`A client of another region is answered just so (${SOURCES.community}).`),
        ],
        fix: ['Find the region of the org: it is in the address of its web application, apps.<region domain>.'],
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
    case 'invalid_grant':
      found.push({ cause: 'token-request-malformed', verdict: 'likely', ...ofGrant(c), because, place });
      break;
    default: {
      const fault = formFault(c);
      found.push({
        cause: 'token-request-malformed',
        verdict: fault ? 'confirmed' : 'likely',
        title: fault?.title ?? 'The token request was not accepted',
        because: [...because, ...(fault ? [request(fault.fact)] : [])],
        fix: [
          ...(fault ? [fault.fix] : []),
          'Compare grant_type and its parameters with RFC 6749; for client credentials the id and secret go into a Basic Authorization header.',
        ],
        place,
      });
    }
  }
  return found;
}

/** What the client proves itself with was not accepted (RFC 6749 §5.2 invalid_grant): what that is depends on the grant. */
function ofGrant(c: Case): Pick<Finding, 'title' | 'fix'> {
  const grant = decodeURIComponentSafely(/(?:^|&)grant_type=([^&]*)/.exec(c.request?.body ?? '')?.[1] ?? '');
  const again = 'A code can be used once and only for a short time: sign in again for a new one.';
  const redirect = 'redirect_uri has to be exactly the one of the authorization request, query string included, and registered with the client.';
  const verifier = 'With PKCE, code_verifier has to be the one whose code_challenge was sent.';
  if (grant === 'authorization_code') return { title: 'The authorization code was not accepted', fix: [again, redirect, verifier] };
  if (grant === 'refresh_token')
    return { title: 'The refresh token was not accepted', fix: ['It was used, revoked or has ended, or is of another client: sign in again.'] };
  if (/saml2-bearer$/.test(grant))
    return {
      title: 'The SAML assertion was not accepted',
      fix: ['Send a new assertion of the identity provider of this org, base64 encoded, and orgName as the org has it.'],
    };
  return { title: 'The grant that was presented was not accepted', fix: [`For authorization_code: ${again}`, redirect, 'For refresh_token: sign in again.'] };
}

/** A token request that was refused without a word of why, and is wrong for everybody to see. */
function unexplainedForm(c: Case): Finding[] {
  const fault = c.tokenRequest && c.denied && (c.status === undefined || c.status === 400 || c.status === 415) ? formFault(c) : undefined;
  if (!fault) return [];
  return [
    {
      cause: 'token-request-malformed',
      verdict: 'likely',
      title: fault.title,
      because: [...said(c), request(fault.fact), facts('A token request is a form with its parameters in the body (RFC 6749 §4).')],
      fix: [fault.fix, 'For client credentials the id and secret go into a Basic Authorization header.'],
    },
  ];
}

/** What is wrong with a token request for everybody to see: it has to be a form with a grant_type (RFC 6749 §4). */
function formFault(c: Case): { readonly title: string; readonly fact: string; readonly fix: string } | undefined {
  if (!c.request) return undefined;
  const body = c.request.body ?? '';
  const type = header(c.request.headers, 'content-type');
  const fix = 'Send Content-Type: application/x-www-form-urlencoded and a body such as grant_type=client_credentials.';
  if (/json/i.test(type ?? '') || body.trimStart().startsWith('{'))
    return { title: 'The token request is JSON, and has to be a form', fact: `The request is ${type ?? 'JSON'}.`, fix };
  if (!/(?:^|&)grant_type=[^&]/.test(body)) {
    const elsewhere = header(c.request.headers, 'grant_type') !== undefined ? 'a header' : /[?&]grant_type=/.test(c.request.url) ? 'the URL' : undefined;
    const fact = `There is no grant_type in the body${elsewhere === undefined ? '' : `: it stands in ${elsewhere}, where it is not read`}.`;
    return { title: 'The token request names no grant_type', fact, fix };
  }
  return undefined;
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
