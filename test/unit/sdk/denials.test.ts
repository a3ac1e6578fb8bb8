import assert from 'node:assert/strict';
import { ConversationsApi, NotificationsApi, RoutingApi, TokensApi, UsersApi } from 'purecloud-platform-client-v2';
import { type Running, start } from '../sandbox/harness.js';
import { type Client, type Denial, denialOf, program } from './program.js';

const NUMBER = { phoneNumber: '+13175550142' };
const NOBODY = '00000000-0000-4000-8000-000000000000';

const placeAs = (client: Client): Promise<unknown> => new ConversationsApi(client).postConversationsCalls(NUMBER);
const placeFor = (client: Client, userId: string): Promise<unknown> => new ConversationsApi(client).postConversationsCallsUserUserId(userId, NUMBER);

interface Refused {
  readonly how: string;
  readonly scenario?: string;
  readonly who?: string;
  readonly call: (client: Client, running: Running) => Promise<unknown>;
  readonly status: number;
  readonly code: string;
  readonly message?: string | RegExp;
  /** What else the answer says. */
  readonly also?: (denial: Denial, running: Running) => void;
}

// Codes and texts: FACTS §1.4 and §3.2.
const REFUSED: readonly Refused[] = [
  {
    how: 'lacks every permission of which one is needed',
    who: 'reporting-tool',
    call: (client, { idOf }) => placeFor(client, idOf('Sales Agent 7')),
    status: 403,
    code: 'missing.any.permissions',
    message:
      'Unable to perform the requested action. You must have at least one of the following permissions assigned: [conversation:agentlessCall:add, conversation:call:add]',
  },
  {
    how: 'lacks a permission of which all are needed',
    who: 'Sales Agent 7',
    call: (client, { idOf }) => new RoutingApi(client).getRoutingQueue(idOf('Sales EMEA')),
    status: 403,
    code: 'missing.permissions',
    message: 'Unable to perform the requested action. You are missing the following permission(s): [routing:queue:view]',
  },
  {
    how: 'holds the permission in another division',
    who: 'wfm-tool',
    call: (client, { idOf }) => placeFor(client, idOf('Sales Agent 7')),
    status: 403,
    code: 'missing.division.permission',
    also: ({ body }, { idOf }) => assert.ok(body.message.includes(idOf('Sales')), body.message),
  },
  {
    how: 'is a client where a user is needed',
    who: 'dialer-service',
    call: placeAs,
    status: 400,
    code: 'not.a.user',
    message: 'This request requires a user context. Client credentials cannot be used for requests to this resource.',
  },
  {
    how: 'has not signed in',
    call: (client) => new UsersApi(client).getUsersMe(),
    status: 401,
    code: 'authentication.required',
    message: 'No authentication bearer token specified in authorization header.',
  },
  {
    how: 'has a token that nobody issued',
    call: (client) => {
      client.setAccessToken('no-token-of-this-org');
      return new TokensApi(client).getTokensMe();
    },
    status: 401,
    code: 'bad.credentials',
    message: 'Invalid login credentials.',
  },
  {
    how: 'has a token that has expired',
    scenario: 'token-expired',
    who: 'Sales Agent 7',
    call: placeAs,
    status: 401,
    code: 'credentials.expired',
    message: 'The supplied credentials are expired and cannot be used.',
  },
  {
    how: 'uses a client without the scope, in an org that enforces scopes',
    scenario: 'missing-scope',
    who: 'Sales Agent 7',
    call: placeAs,
    status: 403,
    code: 'not.authorized',
    also: ({ headers }) => assert.ok(headers['x-sandbox-assumption'], 'what a scope refusal says is assumed'),
  },
  {
    how: 'takes no part in the call',
    who: 'Sales Agent 1',
    call: async (client, running) => {
      const other = await program(running, 'Sales Agent 7');
      const { id } = await new ConversationsApi(other).postConversationsCalls(NUMBER);
      return new ConversationsApi(client).getConversationsCall(id ?? '');
    },
    status: 403,
    code: 'not.authorized',
    message: /^Access to Conversation [0-9a-f-]{36} is forbidden\.$/,
    also: ({ body }) => assert.equal(body.messageParams?.['type'], 'Conversation'),
  },
  {
    how: 'has no station',
    scenario: 'no-station',
    who: 'Sales Agent 7',
    call: placeAs,
    status: 400,
    code: 'conversation.error.no.user.station',
    message: 'A station is required to place a call.',
  },
  {
    how: 'names two destinations',
    who: 'Sales Agent 7',
    call: (client, { idOf }) => new ConversationsApi(client).postConversationsCalls({ ...NUMBER, callUserId: idOf('Care Agent 3') }),
    status: 400,
    code: 'too.many.create.conversation.parameters',
    message: 'Only a single destination can be supplied in a create conversation request.',
  },
  {
    how: 'asks for a user whom nobody knows',
    who: 'dialer-service',
    call: (client) => new UsersApi(client).getUser(NOBODY),
    status: 404,
    code: 'not.found',
    message: 'The requested resource was not found.',
  },
  {
    how: 'asks too often',
    scenario: 'rate-limited',
    who: 'Sales Agent 7',
    call: async (client) => {
      for (let i = 0; i < 5; i++) await new TokensApi(client).getTokensMe();
      return new NotificationsApi(client).getNotificationsAvailabletopics();
    },
    status: 429,
    code: 'too.many.requests',
    message: 'Rate limit exceeded the maximum [5] requests within [60] seconds',
    also: ({ headers }) => {
      assert.match(headers['retry-after'] ?? '', /^\d+$/);
      assert.deepEqual([headers['inin-ratelimit-count'], headers['inin-ratelimit-allowed']], ['6', '5']);
    },
  },
  {
    how: 'meets a service that is down',
    scenario: 'platform-fault',
    who: 'Sales Agent 7',
    call: placeAs,
    status: 503,
    code: 'service.unavailable',
  },
];

describe('a program with the official SDK reads why it was denied, when it', () => {
  for (const { how, scenario, who, call, status, code, message, also } of REFUSED) {
    it(`${how}: ${status} ${code}`, async () => {
      const running = await start(scenario === undefined ? {} : { scenario });
      const client = await program(running, who);
      client.setReturnExtendedResponses(true);
      const denial = await denialOf(() => call(client, running));
      assert.deepEqual([denial.status, denial.body.status, denial.body.code], [status, status, code], JSON.stringify(denial.body));
      if (typeof message === 'string') assert.equal(denial.body.message, message);
      else if (message) assert.match(denial.body.message, message);
      assert.match(denial.body.contextId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      assert.equal(denial.headers['inin-correlation-id'], denial.body.contextId);
      for (const name of ['count', 'allowed', 'reset']) assert.match(denial.headers[`inin-ratelimit-${name}`] ?? '', /^\d+$/);
      also?.(denial, running);
    });
  }

  it('does not ask for whole responses: then the exception is the platform’s error body', async () => {
    const client = await program(await start(), 'dialer-service');
    await assert.rejects(
      () => placeAs(client),
      (error) => (error as Denial['body']).code === 'not.a.user' && (error as Denial['body']).status === 400,
    );
  });
});
