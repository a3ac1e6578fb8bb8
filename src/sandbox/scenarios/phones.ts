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

/** A call that is accepted, and what has become of it. @param look the operation that shows it, as one of the agent's own calls or as a conversation */
const followed = (look: '/api/v2/conversations/calls/{conversationId}' | '/api/v2/conversations/{conversationId}') => ({
  attempt: `${OWN_CALL.attempt} It is accepted; GET ${look} says how it ended.`,
  requests: [
    { ...ownCall(), keep: { conversationId: '/id' } },
    { as: AGENT, method: 'GET', path: look },
  ] satisfies readonly ScenarioRequest[],
});
const FOLLOWED = followed('/api/v2/conversations/calls/{conversationId}');

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
    ...FOLLOWED,
    patch: (org) => ({ ...org, outcomes: [{ station: 'web-sales-7', outcome: 'no-answer', milliseconds: 500 }] }),
  },
  {
    name: 'invalid-number',
    title: 'Nobody has the number',
    cause: 'invalid-number',
    ...AS_AGENT,
    // What the network said is in a Call of a Conversation, and not in a CallMediaParticipant.
    ...followed('/api/v2/conversations/{conversationId}'),
    patch: withOutcome('invalid-number'),
  },
  {
    name: 'no-route',
    title: 'No outbound route takes the number',
    cause: 'no-route',
    ...AS_AGENT,
    ...FOLLOWED,
    patch: withOutcome('no-route'),
  },
];
