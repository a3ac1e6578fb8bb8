import type { CallWords } from '../../src/org/place.js';
import { type BuiltCall, buildCallRequest } from '../../src/platform/callRequest.js';

/** One decision to place a call. No two of a cell have the same agent and number: that is how the sandbox's own record tells them apart. */
export interface Order {
  readonly as: 'self' | 'on-behalf';
  readonly agentId: string;
  readonly agent: string;
  readonly phoneNumber: string;
}

export const requestOf = ({ as, agentId, phoneNumber }: Order): BuiltCall =>
  buildCallRequest({ as, destination: { kind: 'phone', phoneNumber }, ...(as === 'on-behalf' ? { agentId } : {}) });

export const wordsOf = ({ as, agent, agentId, phoneNumber }: Order): CallWords => ({
  agent,
  to: phoneNumber,
  org: 'Sandbox org',
  sender: as === 'self' ? { account: agent, kind: 'user', principal: agentId } : { account: 'admin-tool', kind: 'client', principal: '' },
});
