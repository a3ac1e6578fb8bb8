import assert from 'node:assert/strict';
import { readConversation } from '../../../../src/org/calls/conversation.js';
import { hangUp, type Line } from '../../../../src/org/calls/hangUp.js';
import { liveCall } from '../../../../src/org/calls/liveCall.js';
import { place } from '../../sandbox/callsFixture.js';
import type { Running } from '../../sandbox/harness.js';
import { AGENT, clientOf, NUMBER, quickOrg } from './desk.js';

const onBehalf = (org: Running): string => `POST /api/v2/conversations/calls/user/${org.idOf(AGENT)}`;

describe('org/calls/hangUp', () => {
  let org: Running;
  before(async () => {
    org = await quickOrg({}, 200);
  });

  async function line(conversationId: string, self: boolean): Promise<Line> {
    const { json } = await org.send('Admin 1', `GET /api/v2/conversations/${conversationId}`);
    const live = liveCall(readConversation(json) as never, org.idOf(AGENT));
    return { conversationId, agentId: org.idOf(AGENT), self, participantId: live.participantId ?? '' };
  }
  const isEnded = async (conversationId: string): Promise<boolean> => {
    const { json } = await org.send('Admin 1', `GET /api/v2/conversations/${conversationId}`);
    return json['endTime'] !== undefined;
  };

  const CASES: readonly [what: string, who: string, self: boolean, participant: boolean, sent: RegExp][] = [
    ['the agent’s leg, as the agent', AGENT, true, true, /^PATCH .*\/participants\/[^/]+$/],
    ['the call, as the agent, where the participant is not known', AGENT, true, false, /^PATCH \/api\/v2\/conversations\/calls\/[^/]+$/],
    ['the agent’s leg, on behalf', 'admin-tool', false, true, /^PATCH .*\/participants\/[^/]+\/user\/[^/]+$/],
    ['the conversation, on behalf, where the participant is not known', 'admin-tool', false, false, /^POST .*\/disconnect$/],
  ];
  for (const [what, who, self, participant, sent] of CASES)
    it(`ends ${what}, once, and says that it was over when it is asked again`, async () => {
      const conversationId = await place(org, self ? AGENT : 'admin-tool', { phoneNumber: NUMBER }, self ? undefined : onBehalf(org));
      const writes: string[] = [];
      const client = await clientOf(org, who, ({ method }, path) => {
        if (method !== 'GET') writes.push(`${method} ${path}`);
        return undefined;
      });
      const { participantId, ...rest } = await line(conversationId, self);
      const wanted: Line = participant ? { ...rest, participantId: participantId ?? '' } : rest;
      assert.deepEqual(await hangUp(client, wanted), { kind: 'ended' });
      assert.equal(writes.length, 1);
      assert.match(writes[0] ?? '', sent);
      assert.equal(await isEnded(conversationId), true);
      const again = await hangUp(client, wanted);
      // Ending what has ended is accepted of a whole conversation, and of no participant.
      assert.ok(again.kind === 'over' || (again.kind === 'ended' && !participant), JSON.stringify(again));
    });

  it('says why it may not', async () => {
    const conversationId = await place(org, AGENT);
    const outcome = await hangUp(await clientOf(org, 'reporting-tool'), await line(conversationId, false));
    assert.equal(outcome.kind, 'refused');
    assert.match(outcome.kind === 'refused' ? outcome.why : '', /403 missing\.any\.permissions/);
    assert.equal(await isEnded(conversationId), false);
  });

  it('does not know where there is no answer, and sends it once', async () => {
    let sent = 0;
    const conversationId = await place(org, AGENT);
    const client = await clientOf(org, AGENT, ({ method }) => {
      if (method === 'GET') return undefined;
      sent += 1;
      return Promise.resolve({ kind: 'no-answer', code: 'TIMEOUT', why: 'no answer within 15 seconds' });
    });
    assert.deepEqual(await hangUp(client, await line(conversationId, true)), { kind: 'unknown', why: 'no answer within 15 seconds' });
    assert.equal(sent, 1);
  });
});
