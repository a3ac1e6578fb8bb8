import type { OrgFault } from '../org/faults.js';
import type { OrgFile, OrgFileClient, OrgFileUser } from '../org/orgFile.js';
import type { ScenarioRequest } from './scenario.js';

// What several scenarios are made of.

export const AGENT = 'Sales Agent 7';
export const COLLEAGUE = 'Sales Agent 1';
export const ADMIN = 'Admin 1';

/** An id that is nobody's. */
export const NOBODY = '00000000-0000-4000-8000-000000000000';
const NUMBER = { phoneNumber: '+13175550142' };

export const AS_AGENT = { who: AGENT, needs: [AGENT], signIn: `Sign in as ${AGENT}.` };
export const asClient = (name: string, ...needs: readonly string[]) => ({ who: name, needs: [name, ...needs], signIn: `Sign in with the client ${name}.` });

export const ownCall = (as: string | null = AGENT, body: unknown = NUMBER): ScenarioRequest => ({
  as,
  method: 'POST',
  path: '/api/v2/conversations/calls',
  body,
});
export const behalfCall = (as: string, agent = `{${AGENT}}`): ScenarioRequest => ({
  as,
  method: 'POST',
  path: `/api/v2/conversations/calls/user/${agent}`,
  body: NUMBER,
});
export const tokenRequest = (client: string, form: Readonly<Record<string, string>> = { grant_type: 'client_credentials' }): ScenarioRequest => ({
  as: null,
  method: 'POST',
  path: '/oauth/token',
  basic: client,
  form,
});

/** A call as the agent themselves, for scenarios in which nothing else matters. */
export const OWN_CALL = { attempt: 'Call any number as yourself.', requests: [ownCall()] };
export const BEHALF = `Call any number on behalf of ${AGENT}.`;

export const withUser = (name: string, change: (user: OrgFileUser) => OrgFileUser) => (org: OrgFile) => ({
  ...org,
  users: org.users.map((u) => (u.name === name ? change(u) : u)),
});
export const withClient = (name: string, change: (client: OrgFileClient) => OrgFileClient) => (org: OrgFile) => ({
  ...org,
  clients: org.clients.map((c) => (c.name === name ? change(c) : c)),
});

/** The operations that place a call. */
const CALLS = ['POST /api/v2/conversations/calls', 'POST /api/v2/conversations/calls/user/{userId}'];
export const withFaults =
  (...faults: readonly Omit<OrgFault, 'operations'>[]) =>
  (org: OrgFile): OrgFile => ({ ...org, faults: [...faults.map((f) => ({ ...f, operations: CALLS })), ...(org.faults ?? [])] });
