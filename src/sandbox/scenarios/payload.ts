import { ADMIN, AGENT, AS_AGENT, asClient, behalfCall, COLLEAGUE, NOBODY, ownCall } from './parts.js';
import type { Scenario } from './scenario.js';

/** Scenarios of what is asked for: operation, ids, body, state. */
export const PAYLOAD: readonly Scenario[] = [
  {
    name: 'no-such-operation',
    title: 'The operation does not exist',
    cause: 'no-such-operation',
    ...asClient('admin-tool', AGENT),
    attempt: 'POST /api/v2/users/{userId}/impersonate.',
    requests: [{ as: 'admin-tool', method: 'POST', path: `/api/v2/users/{${AGENT}}/impersonate` }],
  },
  {
    name: 'unresolved-placeholder',
    title: 'A placeholder is left where an id should be',
    cause: 'unresolved-placeholder',
    ...asClient('dialer-service'),
    attempt: 'Call on behalf of the user {{userId}}.',
    requests: [behalfCall('dialer-service', '%7B%7BuserId%7D%7D')],
  },
  {
    name: 'wrong-id',
    title: 'An id that is nobody’s',
    cause: 'wrong-id',
    ...asClient('dialer-service', 'Sales EMEA'),
    attempt: `Call on behalf of the user ${NOBODY}, or of the id of a queue.`,
    requests: [behalfCall('dialer-service', '{Sales EMEA}'), behalfCall('dialer-service', NOBODY)],
  },
  {
    name: 'invalid-payload',
    title: 'A body with two destinations',
    cause: 'invalid-payload',
    ...AS_AGENT,
    needs: [AGENT, COLLEAGUE],
    attempt: 'Send a body with both phoneNumber and callUserId.',
    requests: [ownCall(AGENT, { phoneNumber: '+13175550142', callUserId: `{${COLLEAGUE}}` })],
  },
  {
    name: 'invalid-state',
    title: 'Somebody else is at the station',
    cause: 'invalid-state',
    who: ADMIN,
    needs: [ADMIN, 'Care Agent 3', AGENT, 'web-sales-7'],
    signIn: `Sign in as ${ADMIN}.`,
    attempt: `Associate Care Agent 3 with the station web-sales-7, at which ${AGENT} is.`,
    requests: [{ as: ADMIN, method: 'PUT', path: '/api/v2/users/{Care Agent 3}/station/associatedstation/{web-sales-7}' }],
  },
  {
    name: 'remote-credentials',
    title: 'The remote system of a data action refuses its credentials',
    cause: 'remote-credentials',
    ...asClient('admin-tool', 'Look up customer'),
    attempt: 'POST /api/v2/integrations/actions/{actionId}/execute of the data action Look up customer.',
    requests: [{ as: 'admin-tool', method: 'POST', path: '/api/v2/integrations/actions/{Look up customer}/execute', body: { customerNumber: '4711' } }],
    patch: (org) => ({ ...org, dataActions: (org.dataActions ?? []).map((a) => (a.name === 'Look up customer' ? { ...a, remoteStatus: 401 } : a)) }),
  },
];
