import type { OrgFault, OrgFile, OrgFileClient, OrgFileUser } from './org/orgFile.js';

/** A state of the org in which something goes wrong in one known way. */
export interface ScenarioInfo {
  readonly name: string;
  readonly title: string;
  /** The requirement of DESIGN §5 that fails; null where none does. */
  readonly cause: string | null;
  /** The name of the client or user of the org to sign in as; null where it does not matter. */
  readonly who: string | null;
  readonly signIn: string;
  readonly attempt: string;
}

interface Scenario extends ScenarioInfo {
  /** Throws away what the scenario's title says is missing. What it changes must be in the org: `needs`. */
  readonly patch?: (org: OrgFile) => OrgFile;
  /** Names of users and clients without which the scenario means nothing. */
  readonly needs: readonly string[];
}

const CALL_OPERATIONS = ['POST /api/v2/conversations/calls', 'POST /api/v2/conversations/calls/user/{userId}'];

const withUser = (name: string, change: (user: OrgFileUser) => OrgFileUser) => (org: OrgFile) => ({
  ...org,
  users: org.users.map((u) => (u.name === name ? change(u) : u)),
});
const withClient = (name: string, change: (client: OrgFileClient) => OrgFileClient) => (org: OrgFile) => ({
  ...org,
  clients: org.clients.map((c) => (c.name === name ? change(c) : c)),
});
const withFault = (kind: OrgFault['kind']) => (org: OrgFile) => ({ ...org, faults: [{ operations: CALL_OPERATIONS, kind }, ...(org.faults ?? [])] });
const withLacking =
  (...lacks: string[]) =>
  (org: OrgFile) => ({ ...org, permissions: { ...org.permissions, lacks: [...(org.permissions?.lacks ?? []), ...lacks] } });

function withoutStation(user: OrgFileUser): OrgFileUser {
  const { station: _, ...rest } = user;
  return rest;
}

const AGENT = 'Sales Agent 7';
const AS_AGENT = { who: AGENT, needs: [AGENT], signIn: 'Sign in as Sales Agent 7.' };
const AS_CLIENT = { who: 'dialer-service', needs: ['dialer-service', AGENT], signIn: 'Sign in with the client dialer-service.' };
const OWN_CALL = 'Call any number as yourself.';
const BEHALF = 'Call any number on behalf of Sales Agent 7.';

const LIST: readonly Scenario[] = [
  {
    name: 'default',
    title: 'The org as it is',
    cause: null,
    who: AGENT,
    needs: [],
    signIn: 'Sign in as anybody.',
    attempt: 'Sales Agent 7 can call as themselves; dialer-service can call on behalf of everybody.',
  },
  {
    name: 'token-missing',
    title: 'No bearer token',
    cause: 'token-missing',
    who: null,
    needs: [],
    signIn: 'Do not sign in.',
    attempt: 'Send any request without an Authorization header.',
  },
  {
    name: 'token-expired',
    title: 'The token is expired',
    cause: 'token-invalid',
    ...AS_AGENT,
    attempt: OWN_CALL,
    patch: (org) => ({ ...org, expired: [...(org.expired ?? []), AGENT] }),
  },
  {
    name: 'client-disabled',
    title: 'The OAuth client is disabled',
    cause: 'client-rejected',
    who: 'wfm-tool',
    needs: ['wfm-tool'],
    signIn: 'Sign in with the client wfm-tool.',
    attempt: 'Signing in fails.',
    patch: withClient('wfm-tool', (c) => ({ ...c, state: 'disabled' })),
  },
  {
    name: 'no-such-operation',
    title: 'The operation does not exist',
    cause: 'no-such-operation',
    who: 'admin-tool',
    needs: ['admin-tool'],
    signIn: 'Sign in with the client admin-tool.',
    attempt: 'POST /api/v2/users/{userId}/impersonate.',
  },
  {
    name: 'no-user-context',
    title: 'A client has no phone',
    cause: 'no-user-context',
    ...AS_CLIENT,
    attempt: 'POST /api/v2/conversations/calls with any number.',
  },
  {
    name: 'missing-permission',
    title: 'The client may not place calls',
    cause: 'missing-permission',
    who: 'reporting-tool',
    needs: ['reporting-tool', AGENT],
    signIn: 'Sign in with the client reporting-tool.',
    attempt: BEHALF,
  },
  {
    name: 'missing-division',
    title: 'The client may place calls in Home only',
    cause: 'missing-division',
    who: 'wfm-tool',
    needs: ['wfm-tool', AGENT],
    signIn: 'Sign in with the client wfm-tool.',
    attempt: BEHALF,
  },
  {
    name: 'missing-scope',
    title: 'The org enforces scopes, and the OAuth client lacks one',
    cause: 'missing-scope',
    ...AS_AGENT,
    needs: [AGENT, 'call-desk'],
    attempt: OWN_CALL,
    patch: (org) => withClient('call-desk', (c) => ({ ...c, scopes: (c.scopes ?? []).filter((s) => s !== 'conversations') }))({ ...org, enforceScopes: true }),
  },
  {
    name: 'feature-not-enabled',
    title: 'The org does not have the permissions for calling on behalf',
    cause: 'feature-not-enabled',
    who: 'admin-tool',
    needs: ['admin-tool', AGENT],
    signIn: 'Sign in with the client admin-tool, which holds every permission there is.',
    attempt: BEHALF,
    patch: withLacking('conversation:agentlessCall:*', 'conversation:call:*'),
  },
  {
    name: 'not-participant',
    title: 'Somebody else’s call',
    cause: 'not-participant',
    who: AGENT,
    needs: [AGENT],
    signIn: 'Place a call as Sales Agent 7, then sign in as somebody else.',
    attempt: 'GET /api/v2/conversations/calls/{conversationId} of that call.',
  },
  { name: 'no-station', title: 'The agent has no station', cause: 'no-station', ...AS_AGENT, attempt: OWN_CALL, patch: withUser(AGENT, withoutStation) },
  {
    name: 'station-unreachable',
    title: 'The edge of the agent’s station is offline',
    cause: 'station-unreachable',
    ...AS_AGENT,
    attempt: OWN_CALL,
    patch: (org) => ({ ...org, edges: org.edges.map((e) => ({ ...e, online: false })) }),
  },
  {
    name: 'wrong-id',
    title: 'An id that is nobody’s',
    cause: 'wrong-id',
    ...AS_CLIENT,
    attempt: 'Call on behalf of the user 00000000-0000-4000-8000-000000000000, or of the id of a queue.',
  },
  {
    name: 'invalid-payload',
    title: 'A body with two destinations',
    cause: 'invalid-payload',
    ...AS_AGENT,
    attempt: 'Send a body with both phoneNumber and callUserId.',
  },
  {
    name: 'rate-limited',
    title: 'Five requests per minute',
    cause: 'rate-limited',
    ...AS_AGENT,
    attempt: 'Send six requests within a minute.',
    patch: (org) => ({ ...org, rateLimitPerMinute: 5 }),
  },
  { name: 'platform-fault', title: 'The call service is down', cause: 'platform-fault', ...AS_AGENT, attempt: OWN_CALL, patch: withFault('unavailable') },
  { name: 'proxy-html', title: 'A proxy answers calls with an HTML 403', cause: 'not-genesys', ...AS_AGENT, attempt: OWN_CALL, patch: withFault('html') },
  { name: 'huge-answer', title: 'The answer to a call has 20 MB', cause: null, ...AS_AGENT, attempt: OWN_CALL, patch: withFault('huge') },
  { name: 'cut-answer', title: 'The answer to a call is cut off in the middle', cause: null, ...AS_AGENT, attempt: OWN_CALL, patch: withFault('cut') },
  { name: 'slow-answer', title: 'The answer to a call takes 15 seconds', cause: null, ...AS_AGENT, attempt: OWN_CALL, patch: withFault('slow') },
  {
    name: 'placed-answer-lost',
    title: 'The call is placed and its answer lost',
    cause: null,
    ...AS_AGENT,
    attempt: `${OWN_CALL} It rings, whatever the connection says.`,
    patch: withFault('lost'),
  },
];

const infoOf = ({ name, title, cause, who, signIn, attempt }: Scenario): ScenarioInfo => ({ name, title, cause, who, signIn, attempt });

export const SCENARIOS: readonly ScenarioInfo[] = LIST.map(infoOf);

/** Puts an org into a scenario. @returns what is wrong, as a sentence, where that cannot be */
export function applyScenario(
  org: OrgFile,
  name: string,
): { readonly ok: true; readonly org: OrgFile; readonly scenario: ScenarioInfo } | { readonly ok: false; readonly problem: string } {
  const scenario = LIST.find((s) => s.name === name);
  if (!scenario) return { ok: false, problem: `There is no scenario "${name}". Known: ${LIST.map((s) => s.name).join(', ')}.` };
  const names = new Set([...org.users, ...org.clients].map((x) => x.name));
  const missing = scenario.needs.filter((n) => !names.has(n));
  if (missing.length > 0)
    return { ok: false, problem: `The scenario "${name}" is about ${missing.map((m) => `"${m}"`).join(' and ')}, which this org does not have.` };
  return { ok: true, org: scenario.patch?.(org) ?? org, scenario: infoOf(scenario) };
}
