import { type CorpusCase, OPEN, SAID, STRONG } from './case.js';
import { org, role } from './org.js';
import { CALLS, call, curl, missingAny, ON_BEHALF_OPERATION, onBehalf, platform, USER, wire } from './text.js';

const RATE = 'Rate limit exceeded the maximum [300] requests within [60] seconds';
const execute = curl(`POST /api/v2/integrations/actions/${USER}/execute`, { body: { accountId: '1' } });
const EXECUTE = 'POST /api/v2/integrations/actions/{actionId}/execute';
/** Genesys help, “Data action fails during testing”: the shape of a data action's own errors. */
const actionError = (errorCode: string, detail: string, said: string): string =>
  JSON.stringify({
    errorCode,
    status: 400,
    correlationId: '8d839ca0-3b1f-4c55-9d2e-6f7a8b9c0d1e',
    entityName: 'restActions',
    userMessage: 'There was an issue validating the credentials.',
    userParams: [],
    details: [{ errorCode: detail }],
    errors: [{ errorCode, status: 400, userMessage: said, userParams: [], details: [], errors: [] }],
  });

export const FAULT: readonly CorpusCase[] = [
  {
    name: 'too many requests, with the limit and when to come again',
    source: 'FACTS §3.1 limit, §3.2 too.many.requests, §8 Retry-After in seconds',
    request: curl('GET /api/v2/users?pageSize=100'),
    response: platform(429, 'too.many.requests', RATE, { limit: { key: 'client.credentials.token.rate.per.minute', namespace: 'platform.api', value: 300 } }, [
      'Retry-After: 17',
    ]),
    expect: {
      top: ['rate-limited', 'confirmed'],
      never: ['missing-permission', 'platform-fault'],
      fixMentions: ['17'],
      says: ['client.credentials.token.rate.per.minute'],
      operation: 'GET /api/v2/users',
    },
  },
  {
    name: 'too many requests, by the status alone',
    source: 'issue 4: status without a body; RFC 6585 §4',
    request: curl('GET /api/v2/routing/queues'),
    response: wire(429, '', ['Retry-After: 3']),
    expect: { top: ['rate-limited', STRONG], fixMentions: ['3'], operation: 'GET /api/v2/routing/queues' },
  },
  {
    name: 'too many calls placed: refused before anything happened',
    source: 'FACTS §9: 429 is refused before execution [I]',
    request: call(),
    response: platform(429, 'too.many.requests', RATE),
    expect: { top: ['rate-limited', 'confirmed'], never: ['no-user-context', 'missing-permission'], operation: CALLS },
  },
  {
    name: 'a fault of the platform, when a call was to be placed',
    source: 'FACTS §3.2, §9: 500 is ambiguous, do not blind-retry',
    request: call(),
    response: platform(500, 'internal.server.error', 'The server encountered an unexpected condition which prevented it from fulfilling the request.'),
    expect: { top: ['platform-fault', 'confirmed'], never: ['station-unreachable', 'missing-permission'], says: ['placed'], operation: CALLS },
  },
  {
    name: 'a service that is not there',
    source: 'FACTS §3.2 service.unavailable',
    request: curl('POST /api/v2/analytics/conversations/details/query', { body: {} }),
    response: platform(503, 'service.unavailable', 'Service Unavailable - The server is currently unavailable.'),
    expect: { top: ['platform-fault', 'confirmed'], operation: 'POST /api/v2/analytics/conversations/details/query' },
  },
  {
    name: 'a request that took too long, when a call was to be placed',
    source: 'FACTS §3.2 request.timeout: outcome unknown, do not blind-retry',
    request: onBehalf(),
    response: platform(504, 'request.timeout', 'The request timed out.'),
    expect: { top: ['platform-fault', 'confirmed'], never: ['station-unreachable', 'wrong-id'], says: ['placed'], operation: ON_BEHALF_OPERATION },
  },
  {
    name: 'authentication that took too long is no bad token',
    source: 'FACTS §3.2 authentication.request.timeout',
    request: curl('GET /api/v2/users'),
    response: platform(504, 'authentication.request.timeout', 'Authentication request timed out.'),
    expect: { top: ['platform-fault', 'confirmed'], never: ['token-invalid', 'token-missing'], operation: 'GET /api/v2/users' },
  },
  {
    name: 'an empty 500',
    source: 'issue 4: status without a body',
    request: curl('GET /api/v2/flows'),
    response: wire(500, '', []),
    expect: { top: ['platform-fault', OPEN], operation: 'GET /api/v2/flows' },
  },
  {
    name: 'an empty 502 may be anybody’s between',
    source: 'issue 4: status without a body; RFC 9110 §15.6.3: said by gateways',
    request: curl('GET /api/v2/flows'),
    response: wire(502, '', []),
    expect: { top: [['platform-fault', 'not-genesys'], OPEN], operation: 'GET /api/v2/flows' },
  },
  {
    name: 'an empty 503',
    source: 'issue 4: status without a body',
    request: curl('GET /api/v2/users'),
    response: wire(503, '', []),
    expect: { top: ['platform-fault', OPEN], operation: 'GET /api/v2/users' },
  },
  {
    name: 'an empty 504, when a call was to be placed',
    source: 'FACTS §9: 5xx ambiguous',
    request: call(),
    response: wire(504, '', []),
    expect: { top: [['platform-fault', 'not-genesys'], OPEN], says: ['placed'], operation: CALLS },
  },
  {
    name: 'a 501 that says so',
    source: 'DESIGN §9: an allowed but unimplemented operation answers 501 and says so; RFC 9110 §15.6.2',
    request: curl('GET /api/v2/coaching/appointments'),
    response: platform(501, 'not.implemented', 'The sandbox does not implement GET /api/v2/coaching/appointments.'),
    expect: { top: ['platform-fault', SAID], never: ['missing-permission', 'no-such-operation'], operation: 'GET /api/v2/coaching/appointments' },
  },
  {
    name: 'the remote system of a data action refused',
    source: 'DESIGN §5 remote-credentials; Genesys help “Data action fails during testing”',
    request: execute,
    response: wire(
      400,
      actionError('INVALID_CREDENTIALS', 'ACTION.AUTHENTICATION', 'Request to backend service failed. Response from web service: {"error":"invalid_grant"}'),
    ),
    expect: {
      top: ['remote-credentials', STRONG],
      never: ['token-invalid', 'missing-permission', 'client-rejected', 'missing-scope', 'not-genesys'],
      operation: EXECUTE,
    },
  },
  {
    name: 'the remote system refused while the action was tested',
    source: 'DESIGN §5 remote-credentials; Genesys help “Data action fails during testing”',
    request: curl(`POST /api/v2/integrations/actions/${USER}/test`, { body: {} }),
    response: wire(400, actionError('INVALID_CREDENTIALS', 'ACTION.AUTHENTICATION', 'Request to backend service failed. 401 Unauthorized')),
    org: org({ grants: [role('Actions', '*', ['integrations:*:*'])] }),
    expect: { top: ['remote-credentials', STRONG], never: ['token-invalid', 'missing-permission', 'stale-grant'] },
  },
  {
    name: 'the caller may not run the data action: that is the platform’s refusal',
    source: 'FACTS §3.2; operations.jsonl any of integrations:action:execute, bridge:actions:execute',
    request: execute,
    response: missingAny('integrations:action:execute, bridge:actions:execute'),
    expect: { top: ['missing-permission', 'likely'], never: ['remote-credentials'], operation: EXECUTE },
  },
  {
    name: 'the caller’s own token is expired, not the remote system’s',
    source: 'FACTS §3.2 credentials.expired',
    request: execute,
    response: platform(401, 'credentials.expired', 'The supplied credentials are expired and cannot be used.'),
    expect: { top: ['token-invalid', 'confirmed'], never: ['remote-credentials'], operation: EXECUTE },
  },
  {
    name: 'a fault of the platform says nothing about what is held',
    source: 'DESIGN §1; FACTS §3.2',
    request: curl('POST /api/v2/routing/queues', { body: { name: 'x' } }),
    response: platform(500, 'internal.server.error', 'x'),
    org: org({ grants: [role('Queues', '*', ['routing:queue:add'])] }),
    expect: {
      top: ['platform-fault', 'confirmed'],
      never: ['stale-grant', 'missing-permission', 'missing-division'],
      operation: 'POST /api/v2/routing/queues',
    },
  },
];
