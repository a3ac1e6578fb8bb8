import type { OrgFile, OrgFileUser } from '../org/orgFile.js';
import { AGENT, AS_AGENT, OWN_CALL, ownCall, withUser } from './parts.js';
import type { Scenario, ScenarioRequest } from './scenario.js';

function withoutStation(user: OrgFileUser): OrgFileUser {
  const { station: _, ...rest } = user;
  return rest;
}

type Outcome = NonNullable<OrgFile['outcomes']>[number];

/** Whatever number is called. */
const withOutcome = (outcome: Outcome['outcome']) => (org: OrgFile) => ({ ...org, outcomes: [{ number: '*', outcome }] });

/** A call that is accepted, and what has become of it. */
const FOLLOWED: readonly ScenarioRequest[] = [
  { ...ownCall(), keep: { conversationId: '/id' } },
  { as: AGENT, method: 'GET', path: '/api/v2/conversations/calls/{conversationId}' },
];
const THEN_LOOK = `${OWN_CALL.attempt} It is accepted; GET /api/v2/conversations/calls/{conversationId} says how it ended.`;

/** Scenarios of phones and numbers. */
export const PHONES: readonly Scenario[] = [
  { name: 'no-station', title: 'The agent has no station', cause: 'no-station', ...AS_AGENT, ...OWN_CALL, patch: withUser(AGENT, withoutStation) },
  {
    name: 'station-unreachable',
    title: 'The edge of the agent’s station is offline',
    cause: 'station-unreachable',
    ...AS_AGENT,
    ...OWN_CALL,
    patch: (org) => ({ ...org, edges: org.edges.map((e) => ({ ...e, online: false })) }),
  },
  {
    name: 'station-silent',
    title: 'Nobody answers at the agent’s station',
    cause: 'station-unreachable',
    ...AS_AGENT,
    needs: [AGENT, 'web-sales-7'],
    attempt: THEN_LOOK,
    requests: FOLLOWED,
    patch: (org) => ({ ...org, outcomes: [{ station: 'web-sales-7', outcome: 'no-answer', milliseconds: 500 }] }),
  },
  {
    name: 'invalid-number',
    title: 'Nobody has the number',
    cause: 'invalid-number',
    ...AS_AGENT,
    attempt: THEN_LOOK,
    requests: FOLLOWED,
    patch: withOutcome('invalid-number'),
  },
  {
    name: 'no-route',
    title: 'No outbound route takes the number',
    cause: 'no-route',
    ...AS_AGENT,
    attempt: THEN_LOOK,
    requests: FOLLOWED,
    patch: withOutcome('no-route'),
  },
];
