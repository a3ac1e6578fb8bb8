import assert from 'node:assert/strict';
import { behalf, NUMBER, place, startOrg } from './callsFixture.js';
import { list, orgCopy, type Running, start, text } from './harness.js';

const QUERY = 'POST /api/v2/analytics/conversations/details/query';
const hour = (from: number, to: number): string => [from, to].map((h) => new Date(Date.now() + h * 3_600_000).toISOString()).join('/');
const predicates = (...pairs: [string, string][]): object => ({
  segmentFilters: [{ type: 'and', predicates: pairs.map(([dimension, value]) => ({ type: 'dimension', dimension, operator: 'matches', value })) }],
});

describe('sandbox, what reporting has on conversations', () => {
  let org: Running;
  before(async () => {
    org = await startOrg();
  });

  it('shows the calls of a user in a span of time, with the number that was called', async () => {
    const id = await place(org, 'dialer-service', { phoneNumber: NUMBER }, behalf('Sales Agent 7'));
    await place(org, 'dialer-service', { phoneNumber: NUMBER }, behalf('Sales Agent 2'));
    const of = predicates(['userId', org.idOf('Sales Agent 7')], ['mediaType', 'voice'], ['direction', 'outbound']);
    const { json } = await org.send('admin-tool', QUERY, { interval: hour(-1, 1), ...of });
    const [found, ...more] = list(json['conversations']);
    assert.deepEqual([text(found?.['conversationId']), more.length], [id, 0]);
    const sessions = list(found?.['participants']).flatMap((p) => list(p['sessions']));
    assert.ok(sessions.some((s) => text(s['dnis']) === `tel:${NUMBER}`));
    const earlier = await org.send('admin-tool', QUERY, { interval: hour(-3, -2), ...of });
    assert.deepEqual([earlier.status, earlier.json['conversations']], [200, undefined]);
  });

  it('needs a permission, an interval, and filters that it knows', async () => {
    assert.equal((await org.send('dialer-service', QUERY, { interval: hour(-1, 1) })).status, 403);
    for (const body of [{}, { interval: 'today' }, { interval: hour(1, -1) }, []])
      assert.equal((await org.send('admin-tool', QUERY, body)).status, 400, JSON.stringify(body));
    for (const more of [predicates(['ani', '+1']), { segmentFilters: [{ type: 'or', predicates: [] }] }, { conversationFilters: [] }])
      assert.equal((await org.send('admin-tool', QUERY, { interval: hour(-1, 1), ...more })).status, 501, JSON.stringify(more));
  });
});

describe('sandbox, the calls that were really placed', () => {
  it('are told by the control endpoint, whatever the answer said', async () => {
    const faults = [{ kind: 'status', status: 503, work: 'done', operations: ['POST /api/v2/conversations/calls'] }];
    const org = await start({ org: { ...orgCopy(), ringMilliseconds: 0, faults }, control: true });
    assert.equal((await org.send('Sales Agent 7', 'POST /api/v2/conversations/calls', { phoneNumber: NUMBER })).status, 503);
    const calls = (await (await fetch(`${org.sandbox.origin}/sandbox/calls`)).json()) as Record<string, unknown>[];
    assert.deepEqual(
      calls.map((c) => [c['agentId'], c['called'], c['endedAt']]),
      [[org.idOf('Sales Agent 7'), [`tel:${NUMBER}`], null]],
    );
  });
});
