import { FIRST_ANSWER_CURL, OWNER_ID_PAYLOAD, QUESTION_CURL, RESPONSE_BODY, SECOND_ANSWER_CURL } from '../../exchange/thread.js';
import { type CorpusCase, SAID, STRONG } from './case.js';
import { org, role } from './org.js';
import { CALLS, curl, tokenRequest, USER } from './text.js';

const NOISE = [
  'call:outbound:initiate',
  'conversation:call:write',
  'user:read',
  'jwt-bearer',
  'add ownerId',
  'set ownerId',
  'use /api/v2/users/{userId}/impersonate',
];
/** What the thread claims and FACTS §4.5 refutes, or nothing in the text proves. */
const NEVER = ['missing-scope', 'missing-permission', 'missing-division', 'feature-not-enabled', 'not-participant', 'access-rule', 'stale-grant'] as const;

export const THREAD: readonly CorpusCase[] = [
  {
    name: 'the question, as it says itself with client credentials',
    source: 'issue 2: the first real input; FACTS §0.2, §4.5',
    request: QUESTION_CURL,
    response: RESPONSE_BODY,
    status: 403,
    grant: 'client-credentials',
    expect: {
      top: ['no-user-context', 'confirmed'],
      confirmed: ['unresolved-placeholder', 'invalid-payload'],
      atLeast: { 'not-genesys': 'likely', 'missing-scope': 'ruled-out' },
      never: NEVER,
      fixMentions: ['/api/v2/conversations/calls/user/{userId}'],
      neverAdvises: NOISE,
      operation: CALLS,
    },
  },
  {
    name: 'the question, without a word about the grant',
    source: 'issue 2; DESIGN §1: confirmed needs proof',
    request: QUESTION_CURL,
    response: RESPONSE_BODY,
    status: 403,
    expect: {
      top: [['unresolved-placeholder', 'invalid-payload'], 'confirmed'],
      confirmed: ['unresolved-placeholder', 'invalid-payload'],
      atLeast: { 'not-genesys': 'likely', 'no-user-context': 'possible', 'missing-scope': 'possible' },
      never: [...NEVER, 'no-user-context'],
      neverAdvises: NOISE,
      operation: CALLS,
    },
  },
  {
    name: 'the question, and an org that says the client holds everything',
    source: 'FACTS §0.2: the plain call needs a user, whatever the client holds',
    request: QUESTION_CURL,
    response: RESPONSE_BODY,
    status: 403,
    org: org({ grants: [role('Master Admin', '*', ['*:*:*'])] }),
    expect: {
      top: ['no-user-context', 'confirmed'],
      confirmed: ['unresolved-placeholder', 'invalid-payload'],
      never: [...NEVER],
      neverAdvises: NOISE,
      operation: CALLS,
    },
  },
  {
    name: 'the answer of the thread alone',
    source: 'issue 2: not of the platform’s shape; a stub or gateway may have written it',
    response: RESPONSE_BODY,
    status: 403,
    expect: { top: ['not-genesys', 'likely'], never: NEVER, neverAdvises: NOISE, operation: null },
  },
  {
    name: 'the first answer',
    source: 'issue 2: the other snippets likewise; FACTS §1.1: from, to, mediaType, routing are not in the model',
    request: FIRST_ANSWER_CURL,
    response: RESPONSE_BODY,
    status: 403,
    grant: 'client-credentials',
    expect: {
      top: ['no-user-context', 'confirmed'],
      confirmed: ['invalid-payload'],
      mayConfirm: ['unresolved-placeholder'],
      atLeast: { 'not-genesys': 'likely' },
      never: NEVER,
      neverAdvises: NOISE,
      operation: CALLS,
    },
  },
  {
    name: 'the second answer, with the token that it promises',
    source: 'issue 2; FACTS §1.1: from, to, wrapUpCode are not in the model; §4.5',
    request: SECOND_ANSWER_CURL,
    response: RESPONSE_BODY,
    status: 403,
    grant: 'user',
    expect: {
      top: ['invalid-payload', 'confirmed'],
      atLeast: { 'not-genesys': 'likely' },
      never: [...NEVER, 'no-user-context'],
      neverAdvises: NOISE,
      operation: CALLS,
    },
  },
  {
    name: 'the third answer’s payload',
    source: 'issue 2; FACTS §4.5: ownerId is false',
    request: OWNER_ID_PAYLOAD,
    response: RESPONSE_BODY,
    status: 403,
    grant: 'client-credentials',
    expect: {
      top: ['no-user-context', 'confirmed'],
      confirmed: ['invalid-payload'],
      mayConfirm: ['unresolved-placeholder'],
      never: NEVER,
      neverAdvises: NOISE,
      operation: CALLS,
    },
  },
  {
    name: 'the fourth answer’s endpoint',
    source: 'FACTS §4.5: no “impersonat*” operation',
    request: curl(`POST /api/v2/users/${USER}/impersonate`),
    response: RESPONSE_BODY,
    status: 403,
    grant: 'client-credentials',
    expect: { top: ['no-such-operation', STRONG], never: NEVER, neverAdvises: NOISE.slice(0, 6), says: ['calls/user/{userId}'], operation: null },
  },
  {
    name: 'the second answer’s grant',
    source: 'FACTS §4.5: jwt-bearer is absent from all Genesys sources',
    request: tokenRequest('grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=x&scope=conversation:call:write'),
    expect: {
      top: [['grant-not-allowed', 'token-request-malformed'], SAID],
      mayConfirm: ['grant-not-allowed', 'token-request-malformed'],
      never: NEVER,
      operation: null,
    },
  },
];
