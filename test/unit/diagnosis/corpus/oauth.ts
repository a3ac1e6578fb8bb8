import { type CorpusCase, OPEN, SAID, STRONG } from './case.js';
import { html, platform, tokenRequest, USER, wire } from './text.js';

const NEVER_API = ['missing-permission', 'missing-scope', 'token-missing', 'token-invalid', 'not-genesys', 'no-such-operation'] as const;
/** FACTS §3.1: what the token endpoint writes. */
const refusal = (error: string, description: string, status = 400): string =>
  wire(status, JSON.stringify({ error, description, error_description: description }));

export const OAUTH: readonly CorpusCase[] = [
  {
    name: 'wrong id, wrong secret, or the wrong region',
    source: 'FACTS §3.1 CallFlowVisualizer #8/#9: typical cause wrong region; §5',
    request: tokenRequest('grant_type=client_credentials'),
    response: refusal('invalid_client', 'authentication failed'),
    expect: {
      top: ['client-rejected', 'confirmed'],
      atLeast: { 'wrong-region': OPEN },
      never: NEVER_API,
      place: { document: 'response', pointer: ['/error', '/description', '/error_description'] },
      operation: null,
    },
  },
  {
    name: 'the same with 401',
    source: 'RFC 6749 §5.2: invalid_client may be 401; FACTS §3.1',
    request: tokenRequest('grant_type=client_credentials', { login: 'https://login.mypurecloud.ie' }),
    response: refusal('invalid_client', 'authentication failed', 401),
    expect: { top: ['client-rejected', 'confirmed'], atLeast: { 'wrong-region': OPEN }, never: NEVER_API, says: ['mypurecloud.ie'], operation: null },
  },
  {
    name: 'the body alone',
    source: 'issue 4: the token endpoint’s error/description/error_description',
    response: '{"error":"invalid_client","description":"authentication failed","error_description":"authentication failed"}',
    expect: { top: ['client-rejected', 'confirmed'], atLeast: { 'wrong-region': OPEN }, never: NEVER_API },
  },
  {
    name: 'without error_description',
    source: 'issue 4: the token endpoint’s error/description/error_description',
    request: tokenRequest('grant_type=client_credentials'),
    response: wire(400, '{"error":"invalid_client","description":"client is not active"}'),
    expect: { top: ['client-rejected', 'confirmed'], never: NEVER_API, says: ['client is not active'], operation: null },
  },
  {
    name: 'a client that is not allowed the grant',
    source: 'DESIGN §5 grant-not-allowed; RFC 6749 §5.2 unauthorized_client; FACTS §4.1 authorizedGrantType',
    request: tokenRequest('grant_type=client_credentials'),
    response: refusal('unauthorized_client', 'client not authorized for grant type'),
    expect: { top: ['grant-not-allowed', 'confirmed'], never: [...NEVER_API, 'client-rejected'], operation: null },
  },
  {
    name: 'the grant of the thread',
    source: 'FACTS §4.5: urn:ietf:params:oauth:grant-type:jwt-bearer is in no Genesys source',
    request: tokenRequest('grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=eyJ'),
    response: refusal('unsupported_grant_type', 'unsupported grant type'),
    expect: {
      top: [['grant-not-allowed', 'token-request-malformed'], 'confirmed'],
      never: [...NEVER_API, 'client-rejected'],
      says: ['jwt-bearer'],
      operation: null,
    },
  },
  {
    name: 'the grant of the thread, before anything is sent',
    source: 'FACTS §4.5; §4.1 the grants that exist',
    request: tokenRequest('grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=eyJ'),
    expect: { top: [['grant-not-allowed', 'token-request-malformed'], STRONG], says: ['jwt-bearer'], never: NEVER_API, operation: null },
  },
  {
    name: 'no grant type',
    source: 'RFC 6749 §5.2 invalid_request; DESIGN §5 token-request-malformed: bad parameters',
    request: tokenRequest('scope=conversations'),
    response: refusal('invalid_request', 'missing grant_type'),
    expect: { top: ['token-request-malformed', 'confirmed'], never: [...NEVER_API, 'client-rejected'], says: ['grant_type'], operation: null },
  },
  {
    name: 'JSON where a form belongs',
    source: 'FACTS §4.1: grant_type=… ; RFC 6749 §4.4.2',
    request: `curl -X POST https://login.mypurecloud.com/oauth/token -H 'Authorization: Basic Y2xpZW50OnNlY3JldA==' -H 'Content-Type: application/json' -d '{"grant_type":"client_credentials"}'`,
    response: refusal('invalid_request', 'grant_type is required'),
    expect: { top: ['token-request-malformed', 'confirmed'], says: ['x-www-form-urlencoded'], never: NEVER_API, operation: null },
  },
  {
    name: 'a code that was used already',
    source: 'RFC 6749 §5.2 invalid_grant; DESIGN §5 token-request-malformed',
    request: tokenRequest('grant_type=authorization_code&code=abc&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2Foauth2%2Fcallback'),
    response: refusal('invalid_grant', 'authorization code is invalid or expired'),
    expect: { top: ['token-request-malformed', STRONG], never: [...NEVER_API, 'client-rejected'], operation: null },
  },
  {
    name: 'a redirect address that is not registered exactly',
    source: 'FACTS §4.2: must match exactly, including the query string; RFC 6749 §5.2',
    request: tokenRequest('grant_type=authorization_code&code=abc&redirect_uri=http%3A%2F%2Flocalhost%3A8085'),
    response: refusal('invalid_grant', 'redirect_uri does not match'),
    expect: { top: ['token-request-malformed', STRONG], says: ['redirect_uri'], never: [...NEVER_API, 'client-rejected'], operation: null },
  },
  {
    name: 'PKCE sends no Authorization header, and none is missing',
    source: 'FACTS §4.1: Code + PKCE: no Authorization header',
    request: tokenRequest(
      `grant_type=authorization_code&code=abc&code_verifier=${'v'.repeat(43)}&client_id=${USER}&redirect_uri=http%3A%2F%2Flocalhost%3A8085`,
      {
        basic: false,
      },
    ),
    expect: { confirmed: [], never: [...NEVER_API, 'client-rejected', 'grant-not-allowed'], operation: null },
  },
  {
    name: 'a scope that no client has',
    source: 'RFC 6749 §5.2 invalid_scope; FACTS §4.1: no scope parameter is sent',
    request: tokenRequest('grant_type=client_credentials&scope=call:outbound:initiate'),
    response: refusal('invalid_scope', 'unknown scope'),
    expect: {
      top: ['token-request-malformed', STRONG],
      never: [...NEVER_API, 'client-rejected'],
      neverAdvises: ['add call:outbound:initiate'],
      operation: null,
    },
  },
  {
    name: 'a token',
    source: 'FACTS §4.1: access_token, token_type, expires_in',
    request: tokenRequest('grant_type=client_credentials'),
    response: wire(200, '{"access_token":"Zm9v","token_type":"bearer","expires_in":86399}'),
    expect: { top: 'nothing', operation: null },
  },
  {
    name: 'a request for a token at the api host',
    source: 'FACTS §4.1: https://login.<domain>/oauth/token',
    request: tokenRequest('grant_type=client_credentials', { login: 'https://api.mypurecloud.com' }),
    response: wire(404, '', []),
    expect: {
      says: ['login.mypurecloud.com'],
      never: ['wrong-id', 'missing-permission'],
      mayConfirm: ['wrong-region', 'token-request-malformed', 'no-such-operation'],
    },
  },
  {
    name: 'a login page in place of a token',
    source: 'DESIGN §5 not-genesys: HTML',
    request: tokenRequest('grant_type=client_credentials'),
    response: html(403, 'Access denied', 'Blocked by policy', ['Server: proxy']),
    expect: { top: ['not-genesys', STRONG], never: ['client-rejected', 'missing-permission', 'grant-not-allowed'], operation: null },
  },
  {
    name: 'too many tokens asked for',
    source: 'FACTS §3.2 too.many.requests',
    request: tokenRequest('grant_type=client_credentials'),
    response: platform(429, 'too.many.requests', 'Rate limit exceeded the maximum [300] requests within [60] seconds', {}, ['Retry-After: 9']),
    expect: { top: ['rate-limited', 'confirmed'], never: ['client-rejected'], operation: null },
  },
  {
    name: 'a token asked of a host of no region',
    source: 'FACTS §5: 18 regions',
    request: tokenRequest('grant_type=client_credentials', { login: 'https://login.us.genesys.cloud' }),
    expect: { top: [['wrong-region', 'not-genesys'], SAID], mayConfirm: ['wrong-region', 'not-genesys'], never: ['missing-permission'], operation: null },
  },
];
