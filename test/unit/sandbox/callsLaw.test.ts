import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import { obey } from '../../../src/sandbox/calls/commands.js';
import { type CallRecord, type Destination, isOver, type Leg, legsOf, NO_TERMS, type Routing } from '../../../src/sandbox/calls/conversation.js';
import { callbackConversationDocument, callConversationDocument, conversationDocument } from '../../../src/sandbox/calls/documents.js';
import { merge } from '../../../src/sandbox/calls/merge.js';
import { callFrom, placeCall, placeCallback } from '../../../src/sandbox/calls/placing.js';
import { finishAll } from '../../../src/sandbox/calls/progress.js';
import { LiveOrg } from '../../../src/sandbox/liveOrg.js';
import { readOrgFile } from '../../../src/sandbox/org/orgFile.js';
import type { Person, Queue } from '../../../src/sandbox/org/types.js';
import type { World } from '../../../src/sandbox/org/world.js';
import { operations, orgCopy } from './harness.js';

const OUTCOMES = [
  { number: '+13175550180', outcome: 'busy' },
  { number: '+13175550181', outcome: 'no-answer' },
  { number: '+13175550182', outcome: 'drops' },
  { number: '+13175550183', outcome: 'no-route' },
  { station: 'web-care-1', outcome: 'no-answer' },
  { station: 'remote-sales-9', outcome: 'rejected' },
];
const CALLERS = ['Sales Agent 7', 'Sales Agent 9', 'Care Agent 1', 'Care Agent 2'];

function newWorld(ringMilliseconds: number): World {
  const file = readOrgFile({ ...orgCopy(), ringMilliseconds, outcomes: OUTCOMES });
  assert.ok(file.ok, JSON.stringify(file));
  const started = LiveOrg.start(file.org, operations.permissions, 'default');
  assert.ok(started.ok, JSON.stringify(started));
  return started.live.world;
}

const person = (world: World, name: string): Person => {
  const found = [...world.people.values()].find((p) => p.name === name);
  assert.ok(found);
  return found;
};
const routingTo = (world: World, name: string): Routing => {
  const queue = [...world.queues.values()].find((q) => q.name === name) as Queue;
  return { queue, priority: 0, skills: [], language: undefined, skillExpression: undefined, owners: [] };
};

/** A leg only ever gets to states of a higher rank. */
const RANK: Readonly<Record<Leg['state'], number>> = { scheduled: 0, contacting: 0, dialing: 0, alerting: 1, connected: 2, disconnected: 3, terminated: 4 };

type Act = (world: World) => void;

const caller = fc.constantFrom(...CALLERS);
const destination: fc.Arbitrary<(world: World) => Destination> = fc.oneof(
  fc.constantFrom('+13175550142', '+13175550180', '+13175550181', '+13175550182', '+13175550183').map((address) => () => ({
    kind: 'number' as const,
    address,
    name: undefined,
  })),
  caller.map((name) => (world: World) => ({ kind: 'user' as const, user: person(world, name) })),
  fc.constantFrom('Care Tier 2', 'Returns').map((name) => (world: World) => ({ kind: 'queue' as const, routing: routingTo(world, name) })),
);
/** The nth conversation that is remembered, and its nth leg. */
const some = fc.nat(40);
const nth = (world: World, n: number): CallRecord | undefined => {
  const calls = [...world.calls.all()];
  return calls[n % Math.max(1, calls.length)];
};

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.integer({ min: 1, max: 20_000 }).map(
      (ms): Act =>
        () =>
          mock.timers.tick(ms),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(caller, fc.array(destination, { minLength: 1, maxLength: 3 })).map(
      ([name, to]): Act =>
        (world) =>
          void placeCall(
            world,
            person(world, name),
            NO_TERMS,
            to.map((d) => d(world)),
          ),
    ),
  },
  {
    weight: 5,
    arbitrary: fc
      .record({
        call: some,
        leg: some,
        state: fc.constantFrom('connected' as const, 'disconnected' as const, undefined),
        held: fc.constantFrom(true, false, undefined),
      })
      .map(
        ({ call: c, leg: l, state, held }): Act =>
          (world) => {
            const call = nth(world, c);
            const legs = call?.participants.flatMap((p) => legsOf(p).map((leg) => ({ p, leg }))) ?? [];
            const chosen = legs[l % Math.max(1, legs.length)];
            if (call && chosen) obey(world, call, chosen.p, chosen.leg, { state, flags: held === undefined ? {} : { held }, wrapup: undefined });
          },
      ),
  },
  {
    weight: 1,
    arbitrary: some.map(
      (n): Act =>
        (world) => {
          const call = nth(world, n);
          if (call && !call.endedAt) finishAll(world, call, () => ({ type: 'system' }));
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(some, destination).map(
      ([n, to]): Act =>
        (world) => {
          const call = nth(world, n);
          const agent = call?.participants.find((p) => p.user && legsOf(p).some((l) => l.state === 'connected'));
          if (call && agent) callFrom(world, call, agent, [to(world)]);
        },
    ),
  },
  {
    weight: 1,
    arbitrary: caller.map(
      (name): Act =>
        (world) => {
          const agent = person(world, name);
          const calls = world.calls.activeOf(agent).filter((c) => !c.callback);
          if (calls.length > 1) merge(world, agent, NO_TERMS, calls);
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(5000).map(
      (ms): Act =>
        (world) => {
          const callback = { numbers: ['+13175550142'], userName: undefined, scriptId: undefined, scheduledAt: new Date(Date.now() + ms) };
          placeCallback(world, NO_TERMS, callback, routingTo(world, 'Care Tier 2'));
        },
    ),
  },
);

const documents = (call: CallRecord): string =>
  JSON.stringify([callConversationDocument, callbackConversationDocument, conversationDocument].map((d) => d(call)));

describe('sandbox, the laws of calls', () => {
  before(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_800_000_000_000 }));
  after(() => mock.timers.reset());

  it('holds them whatever is done in whatever order', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 1500), fc.array(act, { maxLength: 40 }), (ringMilliseconds, acts) => {
        const world = newWorld(ringMilliseconds);
        const told = new Map<CallRecord, string>();
        const before = new Map<Leg, { rank: number; connectedAt: Date | undefined }>();
        world.onChange((change) => {
          if (change.kind === 'call') told.set(change.call, documents(change.call));
        });
        for (const one of acts) {
          one(world);
          for (const call of world.calls.all()) {
            const legs = call.participants.flatMap(legsOf);
            assert.equal(told.get(call), documents(call), 'what was told last is what is read');
            assert.equal(call.endedAt !== undefined, legs.every(isOver), 'a call is over when its legs are');
            assert.ok(legs.every((l) => isOver(l) === (l.endedAt !== undefined) && isOver(l) === (l.ending !== undefined)));
            for (const leg of legs) {
              const was = before.get(leg);
              assert.ok(!was || RANK[leg.state] >= was.rank, 'no leg goes back');
              assert.ok(!was?.connectedAt || leg.connectedAt === was.connectedAt, 'a leg connects once');
              before.set(leg, { rank: RANK[leg.state], connectedAt: leg.connectedAt });
            }
            assert.ok(legs.every((l) => !l.heldAt || l.state === 'connected'));
            assert.ok(legs.every((l) => l.state !== 'connected' || l.connectedAt !== undefined));
          }
          for (const name of CALLERS) {
            const p = person(world, name);
            const active = [...world.calls.all()].filter((c) => c.participants.some((x) => x.user === p && legsOf(x).some((l) => !isOver(l))));
            assert.deepEqual(new Set(world.calls.activeOf(p)), new Set(active));
            if (active.length === 0) assert.ok(!['INTERACTING', 'COMMUNICATING'].includes(p.routing.status));
          }
        }
        world.stop();
      }),
      { numRuns: 150 },
    );
  });

  it('remembers a thousand calls, and ends the oldest where none is over', () => {
    const world = newWorld(0);
    const agent = person(world, 'Sales Agent 7');
    const to: Destination[] = [{ kind: 'number', address: '+13175550142', name: undefined }];
    const calls = Array.from({ length: 1003 }, () => placeCall(world, agent, NO_TERMS, to));
    assert.equal(world.calls.size, 1000);
    assert.equal(world.calls.get(calls[2]?.id ?? ''), undefined);
    assert.ok(calls[2]?.endedAt);
    assert.equal(world.calls.activeOf(agent).length, 1000);
    finishAll(world, calls[500] as CallRecord, () => ({ type: 'client' }));
    placeCall(world, agent, NO_TERMS, to);
    assert.equal(world.calls.get(calls[500]?.id ?? ''), undefined, 'one that is over goes first');
    assert.ok(world.calls.get(calls[3]?.id ?? ''));
    world.stop();
  });

  it('does nothing by itself any more when it has stopped', () => {
    const world = newWorld(1500);
    const call = placeCall(world, person(world, 'Sales Agent 7'), NO_TERMS, [{ kind: 'number', address: '+13175550142', name: undefined }]);
    world.stop();
    mock.timers.tick(120_000);
    assert.equal(call.participants[0]?.call?.state, 'contacting');
  });
});
