import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Attempts } from '../../../../src/org/attempts.js';
import { placeCall } from '../../../../src/org/place.js';
import { buildCallback } from '../../../../src/platform/agentOwnedCallback.js';
import { buildCallRequest } from '../../../../src/platform/callRequest.js';
import { isGuid } from '../../../../src/platform/guid.js';
import type { Running } from '../../sandbox/harness.js';
import { AGENT, clientOf, lost, NUMBER, quickOrg } from './desk.js';

describe('org/calls, an agent-owned callback', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-callback-'));
  let running: Running;
  before(async () => {
    running = await quickOrg();
  });
  after(async () => {
    await running.sandbox.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const words = { agent: AGENT, to: '+1 317 555 0142', org: 'Sandbox org' };
  const agentId = (): string => running.sandbox.users.find((u) => u.name === AGENT)?.id ?? '';
  const request = async () => {
    const admin = await clientOf(running, 'Admin 1');
    const queues = await admin.read('GET', '/api/v2/routing/queues', (json) => (json as { entities: { id: string; name: string }[] }).entities);
    assert.ok(queues.kind === 'ok');
    const queueId = queues.value.find((q) => q.name === 'Sales EMEA')?.id ?? '';
    return buildCallback({ agentId: agentId(), queueId, number: NUMBER, due: new Date(Date.now() + 3_600_000) });
  };

  it('is placed when the platform names its conversation, one level deeper than a call’s', async () => {
    const attempts = new Attempts(path.join(folder, 'placed.jsonl'));
    const outcome = await placeCall(await clientOf(running, 'Admin 1'), attempts, await request(), words);
    assert.ok(outcome.kind === 'placed', JSON.stringify(outcome));
    assert.ok(isGuid(outcome.conversationId));
  });

  it('is not known when its answer is lost, and rings nobody all the same', async () => {
    const attempts = new Attempts(path.join(folder, 'lost.jsonl'));
    const client = await clientOf(running, 'Admin 1', (r, p) => (r.method === 'POST' && p.endsWith('/callbacks') ? lost(r) : undefined));
    const outcome = await placeCall(client, attempts, await request(), words);
    assert.equal(outcome.kind, 'unknown');
    assert.deepEqual(await attempts.mayHaveRung({ ...words, region: 'sandbox' }), [], 'a call after it needs no warning');
    await attempts.clear();
    assert.deepEqual(
      (await attempts.list()).map((a) => a.state),
      ['unknown'],
      'and clearing keeps it for a while',
    );
  });

  it('is told from a call, whose answer may not name it so', async () => {
    const attempts = new Attempts(path.join(folder, 'call.jsonl'));
    const deeper = JSON.stringify({ conversation: { id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' } });
    const client = await clientOf(running, 'Admin 1', async () => ({ kind: 'answered', status: 200, headers: [], body: deeper, cut: false, ms: 1 }));
    const call = buildCallRequest({ as: 'on-behalf', agentId: agentId(), destination: { kind: 'phone', phoneNumber: NUMBER } });
    assert.equal((await placeCall(client, attempts, call, words)).kind, 'unknown');
  });
});
