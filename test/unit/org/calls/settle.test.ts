import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Attempts } from '../../../../src/org/attempts.js';
import type { Attempt } from '../../../../src/org/calls/attempt.js';
import { type Settlement, type SettleOptions, settleAttempt } from '../../../../src/org/calls/settle.js';
import type { Client } from '../../../../src/org/client.js';
import type { Outgoing } from '../../../../src/org/http.js';
import { placeCall } from '../../../../src/org/place.js';
import { buildCallRequest, type CallIntent, type Destination } from '../../../../src/platform/callRequest.js';
import { place as placeDirectly } from '../../sandbox/callsFixture.js';
import type { Running } from '../../sandbox/harness.js';
import { AGENT, answered, clientOf, followerFor, lost, NUMBER, quickOrg, refused, until } from './desk.js';

const OTHER = '+13175550143';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-settle-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newAttempts = (): Attempts => new Attempts(path.join(folder, `${++files}`, 'attempts.jsonl'));
const phone = (phoneNumber: string): Destination => ({ kind: 'phone', phoneNumber });
const isPlacing = ({ method }: Outgoing, url: string): boolean => method === 'POST' && url.startsWith('/api/v2/conversations/calls');
const unsent: (request: Outgoing) => Promise<never> = () => Promise.resolve({ kind: 'no-answer', code: 'ECONNRESET', why: 'lost' } as never);

/** No waiting: a list without the call proves at once that there is none. */
const NOW: SettleOptions = { looks: [0, 0, 0], safe: 0, wait: async () => {} };

describe('org/calls/settle', () => {
  let org: Running;
  before(async () => {
    org = await quickOrg({}, 0);
  });

  /** Places a call whose answer gets lost. @returns the attempt, of which nobody knows what became */
  async function attemptOf(client: Client, attempts: Attempts, to = phone(NUMBER), as: 'self' | 'on-behalf' = 'self', who = AGENT): Promise<Attempt> {
    const intent: CallIntent = { as, destination: to, ...(as === 'on-behalf' ? { agentId: org.idOf(AGENT) } : {}) };
    const sender = as === 'self' ? { account: 'a', kind: 'user' as const, principal: org.idOf(who) } : { account: 'b', kind: 'client' as const, principal: '' };
    const outcome = await placeCall(client, attempts, buildCallRequest(intent), { agent: who, to: 'somebody', org: 'Sandbox org', sender });
    assert.equal(outcome.kind, 'unknown', JSON.stringify(outcome));
    return outcome.attempt;
  }
  const losing = (who: string, how = lost): Promise<Client> => clientOf(org, who, (r, p) => (isPlacing(r, p) ? how(r) : undefined));
  const callsOf = async (agent = AGENT): Promise<{ id: string; endedAt: string | null }[]> => {
    const all = (await (await fetch(`${org.sandbox.origin}/sandbox/calls`)).json()) as { id: string; agentId: string; endedAt: string | null }[];
    return all.filter((c) => c.agentId === org.idOf(agent));
  };
  const reset = async (): Promise<void> => void (await fetch(`${org.sandbox.origin}/sandbox/reset`, { method: 'POST' }));
  const idOf = (s: Settlement): string | undefined => (s.kind === 'placed' ? s.conversationId : undefined);
  const whyOf = (s: Settlement): string => (s.kind === 'unknown' ? s.why : s.how);
  beforeEach(reset);

  it('finds a call that is under way among the active calls of the agent', async () => {
    const [client, attempts] = [await losing(AGENT), newAttempts()];
    const attempt = await attemptOf(client, attempts);
    const settlement = await settleAttempt(client, attempts, attempt, NOW);
    assert.deepEqual([idOf(settlement), whyOf(settlement)], [(await callsOf())[0]?.id, 'among the active calls of the agent']);
    const [kept] = await attempts.list();
    assert.deepEqual([kept?.state, kept?.conversationId, kept?.note], ['placed', idOf(settlement), 'found among the active calls of the agent']);
  });

  it('finds a call that has ended in the history of the agent', async () => {
    const [client, attempts] = [await losing(AGENT), newAttempts()];
    const attempt = await attemptOf(client, attempts);
    const id = (await callsOf())[0]?.id ?? '';
    await org.send(AGENT, `PATCH /api/v2/conversations/calls/${id}`, { state: 'disconnected' });
    const settlement = await settleAttempt(client, attempts, attempt, NOW);
    assert.deepEqual([idOf(settlement), whyOf(settlement)], [id, 'in the call history of the agent']);
  });

  it('finds the call of an accepted request whose answer names no conversation', async () => {
    const attempts = newAttempts();
    const client = await clientOf(org, AGENT, (r, p) => (isPlacing(r, p) ? lost(r).then(() => answered(202, {})) : undefined));
    assert.equal((await settleAttempt(client, attempts, await attemptOf(client, attempts), NOW)).kind, 'placed');
  });

  it('finds calls to users and queues', async () => {
    for (const to of [
      { kind: 'user', userId: org.idOf('Sales Agent 2') },
      { kind: 'queue', queueId: org.idOf('Sales EMEA') },
      { kind: 'conference', participants: [{ address: NUMBER }, { address: OTHER }] },
    ] as const) {
      await reset();
      const [client, attempts] = [await losing(AGENT), newAttempts()];
      const settlement = await settleAttempt(client, attempts, await attemptOf(client, attempts, to), NOW);
      assert.equal(idOf(settlement), (await callsOf())[0]?.id, `${to.kind} ${JSON.stringify(settlement)}`);
    }
  });

  it('says that a call was not placed only where every list lacks it, and long enough after', async () => {
    const [client, attempts] = [await losing(AGENT, unsent), newAttempts()];
    const attempt = await attemptOf(client, attempts);
    assert.equal((await settleAttempt(client, attempts, attempt, { ...NOW, safe: 60_000 })).kind, 'unknown');
    assert.equal((await attempts.list())[0]?.state, 'unknown');
    const settlement = await settleAttempt(client, attempts, attempt, NOW);
    assert.equal(settlement.kind, 'not-placed');
    assert.match(whyOf(settlement), /not among the active calls of the agent and not in the call history of the agent; .* not verified/);
    assert.equal((await attempts.list())[0]?.state, 'not-placed');
  });

  for (const hidden of ['/api/v2/conversations/calls/history', '/api/v2/conversations/calls?', '/api/v2/tokens/me'])
    it(`does not say so where ${hidden} says nothing`, async () => {
      const client = await clientOf(org, AGENT, (r, p) =>
        isPlacing(r, p) ? unsent(r) : `${p}?`.startsWith(hidden) && r.method === 'GET' ? refused(503, 'service.unavailable') : undefined,
      );
      const attempts = newAttempts();
      const settlement = await settleAttempt(client, attempts, await attemptOf(client, attempts), NOW);
      assert.equal(settlement.kind, 'unknown');
      assert.match(whyOf(settlement), /503/);
    });

  it('takes no other call of the agent for it', async () => {
    const [client, attempts] = [await losing(AGENT, unsent), newAttempts()];
    const attempt = await attemptOf(client, attempts);
    await placeDirectly(org, AGENT, { phoneNumber: OTHER });
    assert.equal((await settleAttempt(client, attempts, attempt, NOW)).kind, 'not-placed');
  });

  it('takes no call for it that another attempt has', async () => {
    const [client, attempts] = [await losing(AGENT, unsent), newAttempts()];
    const attempt = await attemptOf(client, attempts);
    const placed = await placeCall(await clientOf(org, AGENT), attempts, buildCallRequest({ as: 'self', destination: phone(NUMBER) }), {
      agent: AGENT,
      to: NUMBER,
      org: 'Sandbox org',
    });
    assert.equal(placed.kind, 'placed');
    assert.equal((await settleAttempt(client, attempts, attempt, NOW)).kind, 'not-placed');
  });

  it('takes no call for it that began before it was sent', async () => {
    const id = await placeDirectly(org, AGENT);
    const long = (json: Record<string, unknown>[]): unknown =>
      json.map((c) => ({
        ...c,
        startTime: new Date(Date.now() - 60_000).toISOString(),
        participants: (c['participants'] as object[]).map((p) => ({ ...p, startTime: new Date(Date.now() - 60_000).toISOString() })),
      }));
    const client = await clientOf(org, AGENT, (r, p) => {
      if (isPlacing(r, p)) return unsent(r);
      if (!p.startsWith('/api/v2/conversations/calls')) return undefined;
      return org.send(AGENT, `GET ${p}`).then(({ json }) => answered(200, { ...json, entities: long(json['entities'] as never) }));
    });
    const attempts = newAttempts();
    const settlement = await settleAttempt(client, attempts, await attemptOf(client, attempts), NOW);
    assert.equal(settlement.kind, 'not-placed', `${id} ${JSON.stringify(settlement)}`);
  });

  it('gives each of two attempts at once a call of its own, where both rang', async () => {
    const [client, attempts] = [await losing(AGENT), newAttempts()];
    const two = await Promise.all([attemptOf(client, attempts), attemptOf(client, attempts)]);
    const found = await Promise.all(two.map((a) => settleAttempt(client, attempts, a, NOW)));
    assert.deepEqual(new Set(found.map(idOf)), new Set((await callsOf()).map((c) => c.id)));
    assert.equal(new Set(found.map(idOf)).size, 2);
  });

  it('does not guess which of two attempts rang, where one did', async () => {
    const attempts = newAttempts();
    const two = [await attemptOf(await losing(AGENT), attempts), await attemptOf(await losing(AGENT, unsent), attempts)];
    const client = await clientOf(org, AGENT);
    for (const attempt of two) {
      const settlement = await settleAttempt(client, attempts, attempt, NOW);
      assert.equal(settlement.kind, 'unknown');
      assert.match(whyOf(settlement), /^1 of 2 calls of the agent to this destination began/);
    }
  });

  it('does not guess among more calls than there were attempts', async () => {
    const [client, attempts] = [await losing(AGENT), newAttempts()];
    const attempt = await attemptOf(client, attempts);
    await placeDirectly(org, AGENT);
    const settlement = await settleAttempt(client, attempts, attempt, NOW);
    assert.match(whyOf(settlement), /^2 calls of the agent to this destination began then/);
  });

  it('waits until it is to be seen whom the agent calls', async () => {
    const slow = await quickOrg({}, 120);
    const who = 'Sales Agent 9';
    const client = await clientOf(slow, who, (r, p) => (isPlacing(r, p) ? lost(r) : undefined));
    const attempts = newAttempts();
    const sender = { account: 'a', kind: 'user' as const, principal: slow.idOf(who) };
    const words = { agent: who, to: NUMBER, org: 'Sandbox org', sender };
    const { attempt } = await placeCall(client, attempts, buildCallRequest({ as: 'self', destination: phone(NUMBER) }), words);
    const early = await settleAttempt(client, attempts, attempt, { ...NOW, looks: [0] });
    assert.deepEqual([early.kind, early.kind === 'unknown' && early.perhaps !== undefined], ['unknown', true], JSON.stringify(early));
    const settlement = await settleAttempt(client, attempts, attempt, {
      looks: [60_000, 60_200, 60_400, 60_600],
      wait: (ms) => new Promise((r) => setTimeout(r, Math.min(ms, 200))),
    });
    assert.equal(settlement.kind, 'placed');
  });

  it('finds a call on behalf in what reporting has, for a client that may read that', async () => {
    const [client, attempts] = [await losing('admin-tool'), newAttempts()];
    const settlement = await settleAttempt(client, attempts, await attemptOf(client, attempts, phone(NUMBER), 'on-behalf'), NOW);
    assert.deepEqual([idOf(settlement), whyOf(settlement)], [(await callsOf())[0]?.id, 'among the recorded conversations of the agent']);
  });

  it('finds a call on behalf that was heard of while it was placed', async () => {
    const client = await clientOf(org, 'admin-tool', (r, p) =>
      isPlacing(r, p) ? lost(r) : p.includes('/analytics/') ? refused(403, 'missing.any.permissions') : undefined,
    );
    const { follower } = followerFor(client);
    const ear = follower.hear(org.idOf(AGENT));
    assert.equal(await ear.ready(2000), true);
    const attempts = newAttempts();
    const attempt = await attemptOf(client, attempts, phone(NUMBER), 'on-behalf');
    await until(() => ear.calls().length > 0 && ear.calls()[0]?.parties.length === 2);
    const settlement = await settleAttempt(client, attempts, attempt, { ...NOW, heard: ear.calls });
    assert.equal(idOf(settlement), (await callsOf())[0]?.id);
    ear.stop();
  });

  it('says what it may not see where a client may see nothing, and what the agent is doing', async () => {
    for (const [how, doing] of [
      [lost, /The agent is on a call now, which may be this one: ask them\./],
      [unsent, /The agent is on no call now, and may have been: ask them\./],
    ] as const) {
      await reset();
      const [client, attempts] = [await losing('dialer-service', how), newAttempts()];
      const attempt = await attemptOf(client, attempts, phone(NUMBER), 'on-behalf');
      const settlement = await settleAttempt(client, attempts, attempt, NOW);
      assert.equal(settlement.kind, 'unknown');
      assert.match(whyOf(settlement), /403 .*analytics:conversationDetail:view/);
      assert.match(whyOf(settlement), doing);
    }
  });

  it('is never sure of a call on behalf that is not in the reports', async () => {
    const [client, attempts] = [await losing('admin-tool', unsent), newAttempts()];
    const settlement = await settleAttempt(client, attempts, await attemptOf(client, attempts, phone(NUMBER), 'on-behalf'), NOW);
    assert.match(whyOf(settlement), /where calls appear late/);
    // Not even where the reports go back further.
    const old = new Date(Date.now() - 3_600_000).toISOString();
    const reported = await clientOf(org, 'admin-tool', (r, p) =>
      isPlacing(r, p)
        ? unsent(r)
        : p.includes('/analytics/')
          ? answered(200, { conversations: [{ conversationId: 'x', conversationStart: old, participants: [] }] })
          : undefined,
    );
    assert.equal((await settleAttempt(reported, attempts, await attemptOf(reported, attempts, phone(NUMBER), 'on-behalf'), NOW)).kind, 'unknown');
  });

  it('asks at most a dozen times, and then stops', async () => {
    let asked = 0;
    const client = await clientOf(org, AGENT, (r, p) => {
      if (isPlacing(r, p)) return unsent(r);
      asked += 1;
      return undefined;
    });
    const attempts = newAttempts();
    const waits: number[] = [];
    const attempt = await attemptOf(client, attempts);
    const settlement = await settleAttempt(client, attempts, attempt, { wait: async (ms) => void waits.push(ms), safe: Number.POSITIVE_INFINITY });
    assert.equal(settlement.kind, 'unknown');
    assert.ok(asked <= 12, String(asked));
    assert.equal(waits.length, 5);
    assert.ok(waits.reduce((a, b) => a + b, 0) <= 60_000);
  });

  it('sends nothing but reads', async () => {
    const writes: string[] = [];
    const client = await clientOf(org, AGENT, (r, p) => {
      if (isPlacing(r, p)) return lost(r);
      if (r.method !== 'GET') writes.push(p);
      return undefined;
    });
    const attempts = newAttempts();
    await settleAttempt(client, attempts, await attemptOf(client, attempts), NOW);
    assert.deepEqual([writes, (await callsOf()).length], [[], 1]);
  });

  it('goes by the time since, not by a clock that was set meanwhile', async () => {
    for (const [jump, kind] of [
      [3_600_000, 'placed'],
      [-3_600_000, 'placed'],
    ] as const) {
      await reset();
      const [client, attempts] = [await losing(AGENT), newAttempts()];
      const attempt = await attemptOf(client, attempts);
      const machine = () => ({ now: Date.now() + jump, uptime: os.uptime() });
      assert.equal((await settleAttempt(client, attempts, attempt, { ...NOW, machine })).kind, kind);
    }
    await reset();
    const [client, attempts] = [await losing(AGENT, unsent), newAttempts()];
    const attempt = await attemptOf(client, attempts);
    const jumped = { ...NOW, machine: () => ({ now: Date.now() + 3_600_000, uptime: os.uptime() }) };
    assert.equal((await settleAttempt(client, attempts, attempt, jumped)).kind, 'unknown', 'nothing is proved where the clocks disagree');
  });

  it('says so where the sign-in is of another org or sandbox', async () => {
    const [client, attempts] = [await losing(AGENT), newAttempts()];
    const attempt = await attemptOf(client, attempts);
    assert.match(whyOf(await settleAttempt(client, attempts, { ...attempt, org: 'Another org' }, NOW)), /sent to the org Another org/);
    const elsewhere = await quickOrg();
    assert.match(whyOf(await settleAttempt(await clientOf(elsewhere, AGENT), attempts, attempt, NOW)), /^it was sent to http/);
  });

  it('stops when it is cancelled', async () => {
    const [client, attempts] = [await losing(AGENT, unsent), newAttempts()];
    const controller = new AbortController();
    const running = settleAttempt(client, attempts, await attemptOf(client, attempts), { signal: controller.signal });
    controller.abort();
    assert.match(whyOf(await running), /cancelled/);
  });

  it('leaves what another window has found', async () => {
    const [client, attempts] = [await losing(AGENT, unsent), newAttempts()];
    const attempt = await attemptOf(client, attempts);
    await attempts.settle({ ...attempt, state: 'refused', status: 403 });
    await settleAttempt(client, attempts, attempt, NOW);
    assert.equal((await attempts.list())[0]?.state, 'refused');
  });
});
