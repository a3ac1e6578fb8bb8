import assert from 'node:assert/strict';
import { buildCallback } from '../../../src/platform/agentOwnedCallback.js';
import { CREATE_CALLBACK } from '../../../src/platform/bodies/callbackBodies.js';
import { checkBody } from '../../../src/platform/bodies/checkBody.js';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const QUEUE = '3f2504e0-4f89-41d3-9a0c-0305e82c3302';

describe('platform/agentOwnedCallback', () => {
  it('builds what FACTS §7 says, which the model of the body takes', () => {
    const call = buildCallback({ agentId: ID, queueId: QUEUE, number: '+13175550142', due: new Date(Date.UTC(2026, 10, 23, 13, 30)) });
    assert.equal(call.path, '/api/v2/conversations/callbacks');
    assert.deepEqual(call.body, {
      callbackNumbers: ['+13175550142'],
      routingData: { queueId: QUEUE, routingFlags: ['AGENT_OWNED_CALLBACK'], scoredAgents: [{ agent: { id: ID }, score: 100 }] },
      callbackScheduledTime: '2026-11-23T13:30:00.000Z',
    });
    assert.deepEqual(checkBody(call.body, CREATE_CALLBACK), []);
  });

  it('names no time for one that is due now', () =>
    assert.ok(!('callbackScheduledTime' in buildCallback({ agentId: ID, queueId: QUEUE, number: '+13175550142' }).body)));
});
