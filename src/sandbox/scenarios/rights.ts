import type { OrgFile } from '../org/orgFile.js';
import { ADMIN, AGENT, AS_AGENT, asClient, BEHALF, behalfCall, COLLEAGUE, OWN_CALL, ownCall, withClient } from './parts.js';
import type { Scenario } from './scenario.js';

const withLacking =
  (...lacks: string[]) =>
  (org: OrgFile) => ({ ...org, permissions: { ...org.permissions, lacks: [...(org.permissions?.lacks ?? []), ...lacks] } });

const CALLING = ['conversation:agentlessCall:add', 'conversation:call:add'];
/** Reserved for documentation (RFC 5737): nobody calls from there. */
const OFFICE = '203.0.113.7';

/** Scenarios of what a caller may do. */
export const RIGHTS: readonly Scenario[] = [
  {
    name: 'no-user-context',
    title: 'A client has no phone',
    cause: 'no-user-context',
    ...asClient('dialer-service'),
    attempt: 'POST /api/v2/conversations/calls with any number.',
    requests: [ownCall('dialer-service')],
  },
  {
    name: 'missing-permission',
    title: 'The client may not place calls',
    cause: 'missing-permission',
    ...asClient('reporting-tool', AGENT),
    attempt: BEHALF,
    requests: [behalfCall('reporting-tool')],
  },
  {
    name: 'missing-division',
    title: 'The client may place calls in Home only',
    cause: 'missing-division',
    ...asClient('wfm-tool', AGENT),
    attempt: BEHALF,
    requests: [behalfCall('wfm-tool')],
  },
  {
    name: 'missing-scope',
    title: 'The org enforces scopes, and the OAuth client lacks one',
    cause: 'missing-scope',
    ...AS_AGENT,
    needs: [AGENT, 'call-desk'],
    ...OWN_CALL,
    patch: (org) => withClient('call-desk', (c) => ({ ...c, scopes: (c.scopes ?? []).filter((s) => s !== 'conversations') }))({ ...org, enforceScopes: true }),
  },
  {
    name: 'feature-not-enabled',
    title: 'The org does not have the permissions for calling on behalf',
    cause: 'feature-not-enabled',
    ...asClient('admin-tool', AGENT),
    signIn: 'Sign in with the client admin-tool, which holds every permission there is.',
    attempt: BEHALF,
    requests: [behalfCall('admin-tool')],
    patch: withLacking('conversation:agentlessCall:*', 'conversation:call:*'),
  },
  {
    name: 'access-rule',
    title: 'A policy denies what the roles grant',
    cause: 'access-rule',
    ...asClient('dialer-service', AGENT),
    attempt: BEHALF,
    requests: [behalfCall('dialer-service')],
    patch: (org) => ({
      ...org,
      accessRules: [...(org.accessRules ?? []), { name: 'No dialing by services', subjects: ['dialer-service'], permissions: CALLING }],
    }),
  },
  {
    name: 'ip-allow-list',
    title: 'The client may be used from one address only, and this is another',
    cause: 'access-rule',
    ...asClient('dialer-service', AGENT),
    attempt: `Send anything. ${BEHALF}`,
    requests: [behalfCall('dialer-service')],
    patch: (org) => ({ ...org, accessRules: [...(org.accessRules ?? []), { name: 'Office only', subjects: ['dialer-service'], addresses: [OFFICE] }] }),
  },
  {
    name: 'stale-grant',
    title: 'A role that is granted counts only after five minutes',
    cause: 'stale-grant',
    ...asClient('reporting-tool', AGENT, ADMIN, 'Dialer'),
    attempt: `Grant reporting-tool the role Dialer as ${ADMIN}. Then call any number on behalf of ${AGENT}.`,
    requests: [
      { as: ADMIN, method: 'POST', path: '/api/v2/authorization/subjects/{reporting-tool}/divisions/*/roles/{Dialer}?subjectType=PC_OAUTH_CLIENT' },
      behalfCall('reporting-tool'),
    ],
    patch: (org) => ({ ...org, grantDelaySeconds: 300 }),
  },
  {
    name: 'org-trust',
    title: 'Somebody of a partner organization lacks rights in this one',
    cause: 'org-trust',
    who: 'Warehouse Clerk 1',
    needs: ['Warehouse Clerk 1'],
    signIn: 'Sign in as Warehouse Clerk 1, who comes from another organization that this one trusts.',
    attempt: OWN_CALL.attempt,
    requests: [ownCall('Warehouse Clerk 1')],
    patch: (org) => ({
      ...org,
      trustees: [...(org.trustees ?? []), { id: '7d0c8f0e-5a3b-4c6e-9a44-0d7f1f7f2a61', name: 'Partner org', subjects: ['Warehouse Clerk 1'] }],
    }),
  },
  {
    name: 'not-participant',
    title: 'Somebody else’s call',
    cause: 'not-participant',
    who: AGENT,
    needs: [AGENT, COLLEAGUE],
    signIn: `Place a call as ${AGENT}, then sign in as somebody else.`,
    attempt: 'GET /api/v2/conversations/calls/{conversationId} of that call.',
    requests: [
      { ...ownCall(), keep: { conversationId: '/id' } },
      { as: COLLEAGUE, method: 'GET', path: '/api/v2/conversations/calls/{conversationId}' },
    ],
  },
];
