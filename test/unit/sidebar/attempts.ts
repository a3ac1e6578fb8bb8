import type { Attempt } from '../../../src/org/calls/attempt.js';

export const USER = '35d1990a-8d83-482a-9840-8d39c2209e5b';
export const CONVERSATION = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

let made = 0;

/** A call that was placed in the sandbox, and what is different about it. */
export const attempt = (more: Partial<Attempt> = {}): Attempt => ({
  id: `attempt-${++made}`,
  at: new Date(2026, 10, 22, 14, 2).toISOString(),
  agent: 'Sales Agent 7',
  to: '+1 317 555 0142',
  org: 'Sandbox org',
  region: 'sandbox',
  state: 'placed',
  status: 200,
  conversationId: CONVERSATION,
  exchange: {
    request: {
      method: 'POST',
      url: `http://127.0.0.1:8080/api/v2/conversations/calls/user/${USER}`,
      headers: [['Authorization', 'Bearer …']],
      body: JSON.stringify({ phoneNumber: '+13175550142' }),
    },
  },
  ...more,
});

export const callback = (more: Partial<Attempt> = {}): Attempt =>
  attempt({
    exchange: {
      request: {
        method: 'POST',
        url: 'http://127.0.0.1:8080/api/v2/conversations/callbacks',
        headers: [],
        body: JSON.stringify({
          callbackNumbers: ['+13175550142'],
          routingData: { queueId: USER, routingFlags: ['AGENT_OWNED_CALLBACK'], scoredAgents: [{ agent: { id: USER }, score: 100 }] },
        }),
      },
    },
    ...more,
  });
