import { CALLBACKS } from './bodies/callbackBodies.js';
import type { BuiltCall } from './callRequest.js';

/** A callback that one agent owns. */
export interface AgentOwnedCallback {
  readonly agentId: string;
  readonly queueId: string;
  /** E.164. */
  readonly number: string;
  /** When it is due; absent for now. */
  readonly due?: Date;
}

/** The request that makes it (FACTS §7): the agent is offered it when it is due, accepts, and dials. */
export const buildCallback = ({ agentId, queueId, number, due }: AgentOwnedCallback): BuiltCall => ({
  method: 'POST',
  operation: CALLBACKS,
  path: CALLBACKS,
  body: {
    callbackNumbers: [number],
    routingData: { queueId, routingFlags: ['AGENT_OWNED_CALLBACK'], scoredAgents: [{ agent: { id: agentId }, score: 100 }] },
    ...(due ? { callbackScheduledTime: due.toISOString() } : {}),
  },
});
