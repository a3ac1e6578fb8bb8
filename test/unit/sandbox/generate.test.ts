import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isGuid } from '../../../src/platform/guid.js';
import { readOrgFile } from '../../../src/sandbox/org/orgFile.js';
import { Ids, Population } from '../../../src/sandbox/org/population.js';
import type { Person } from '../../../src/sandbox/org/types.js';
import { World } from '../../../src/sandbox/org/world.js';
import { startSandbox } from '../../../src/sandbox/sandbox.js';
import { operations, orgCopy } from './harness.js';

function worldOf(generated: { users: number; seed?: number } | undefined, change: (org: ReturnType<typeof orgCopy>) => void = () => {}): World {
  const org = orgCopy();
  change(org);
  const read = readOrgFile({ ...org, ...(generated ? { generated } : {}) });
  assert.ok(read.ok, read.ok ? '' : JSON.stringify(read.problems));
  const built = World.build(read.org, operations.permissions);
  assert.ok(built.ok, built.ok ? '' : JSON.stringify(built.problems));
  built.world.stop();
  return built.world;
}

const madeUp = (world: World): Person[] => [...world.people.values()].filter((p) => p.email.endsWith('@example.com'));
const seen = (p: Person): unknown => [
  p.id,
  p.name,
  p.email,
  p.phone,
  p.title,
  p.division.id,
  p.division.name,
  p.station?.id,
  p.presence.definition.id,
  p.skills.map((s) => s.id),
];

describe('people who are made up', () => {
  const world = worldOf({ users: 80_000, seed: 3 });
  const people = madeUp(world);

  it('are as many as was asked for, beside those of the org', () => {
    assert.equal(people.length, 80_000);
    assert.equal(world.people.size, 80_000 + orgCopy().users.length);
    assert.equal([...world.people.values()][0]?.name, 'Sales Agent 7');
  });

  it('are the same for the same seed, and others for another', () => {
    const few = (seed?: number): unknown[] => {
      const w = worldOf({ users: 3000, ...(seed === undefined ? {} : { seed }) });
      return [madeUp(w).map(seen), [...w.divisions.values()], [...w.queues.values()].map((q) => [q.id, q.name, [...q.members.values()]])];
    };
    assert.deepEqual(few(9), few(9));
    assert.deepEqual(few(), few(1));
    const [a, b] = [madeUp(worldOf({ users: 3000, seed: 9 })), madeUp(worldOf({ users: 3000, seed: 10 }))];
    assert.ok(a.every((p, i) => p.id !== b[i]?.id));
    assert.ok(a.filter((p, i) => p.name === b[i]?.name).length < 30);
  });

  it('each have an id and an e-mail address at example.com, and a name that nobody else has', () => {
    for (const field of ['id', 'name', 'email'] as const)
      assert.equal(new Set([...world.people.values()].map((p) => p[field].toLowerCase())).size, world.people.size);
    for (const p of people) {
      assert.ok(isGuid(p.id) && p.id === p.id.toLowerCase(), p.id);
      assert.match(p.email, /^[a-z]+\.[a-z]+(\.\d+)?@example\.com$/);
      assert.match(p.name, /^\p{Lu}\p{L}+ \p{Lu}\p{L}+( \d+)?$/u);
    }
  });

  it('have numbers that are nobody’s, each its own', () => {
    const phones = people.flatMap((p) => p.phone ?? []);
    assert.ok(phones.length > 3000);
    assert.equal(new Set(phones).size, phones.length);
    for (const phone of phones) assert.match(phone, /^\+1[2-9]\d\d55501\d\d$/);
  });

  it('are found by their ids, and nobody by an id that is nearly one', () => {
    for (const p of [people[0], people[79_999], people[4321]]) {
      assert.ok(p);
      assert.equal(world.people.get(p.id), p);
      const other = p.id.replace(/.$/, (c) => (c === '0' ? '1' : '0'));
      assert.equal(world.people.get(other), undefined);
      assert.ok(world.people.has(p.id) && !world.people.has(other));
    }
  });

  it('are in divisions and queues in proportion, each in one queue of their own division', () => {
    assert.equal(world.divisions.size, orgCopy().divisions.length + 32);
    const queues = [...world.queues.values()].slice(orgCopy().queues.length);
    assert.ok(queues.length >= 320 && queues.length < 400, String(queues.length));
    const members = queues.flatMap((q) => [...q.members.keys()]);
    assert.deepEqual([members.length, new Set(members).size], [80_000, 80_000]);
    for (const q of queues) for (const p of q.members.keys()) assert.equal(p.division, q.division);
    assert.deepEqual(
      world.queuesOf(people[777] as Person),
      queues.filter((q) => q.members.has(people[777] as Person)),
    );
    assert.equal(new Set([...world.queues.values()].map((q) => q.name)).size, world.queues.size);
    assert.equal(new Set([...world.divisions.values()].map((d) => d.name)).size, world.divisions.size);
  });

  it('have stations, four in five, and are associated with their own', () => {
    const withStation = people.filter((p) => p.station);
    assert.equal(withStation.length, 64_000);
    for (const p of withStation.slice(0, 500)) {
      assert.ok(p.station);
      assert.equal(p.station.owner, p);
      assert.equal(world.userOf(p.station), p);
      assert.equal(world.stations.get(p.station.id), p.station);
      assert.deepEqual(world.stationsOf(p), [p.station]);
    }
    assert.equal(world.stations.size, orgCopy().stations.length + 64_000);
  });

  it('hold the org’s roles in their divisions, most of them Agent', () => {
    const counts = new Map<string, number>();
    for (const p of people)
      for (const g of world.grantsOf(p.id)) {
        assert.equal(g.division, p.division);
        counts.set(g.role.name, (counts.get(g.role.name) ?? 0) + 1);
      }
    assert.deepEqual(Object.fromEntries(counts), { Agent: 68_800, Communicate: 9600, Supervisor: 1600 });
    const agent = [...world.roles.values()].find((r) => r.name === 'Agent');
    assert.ok(agent);
    const own = orgCopy().users.filter((u) => u.grants.some((g) => g.role === 'Agent')).length;
    assert.equal(world.grants.countOf(agent), 68_800 + own);
    world.revoke((people[0] as Person).id, agent, (people[0] as Person).division);
    assert.equal(world.grants.countOf(agent), 68_800 + own - 1);
  });

  it('change like anybody else', () => {
    const [a, b] = [people[1], people[2]];
    assert.ok(a?.station && b?.station);
    const station = a.station;
    world.associate(a, undefined);
    assert.deepEqual([world.userOf(station), a.station, a.lastStation], [undefined, undefined, station]);
    const left = b.station;
    world.associate(b, station);
    assert.deepEqual([world.userOf(station), world.userOf(left)], [b, undefined]);
    const presence = world.presences[3];
    assert.ok(presence);
    const others = people[3]?.presence;
    world.setPresence(a, presence, 'out');
    assert.equal(a.presence.definition, presence);
    assert.equal(people[3]?.presence, others);
    assert.equal(world.people.get(a.id)?.presence.message, 'out');
  });

  it('never have the name or the address of somebody who is there already', () => {
    const clash = people[0] as Person;
    const again = worldOf({ users: 80_000, seed: 3 }, (org) => {
      Object.assign(org.users[5] ?? {}, { email: clash.email });
      Object.assign(org.users[6] ?? {}, { name: people[1]?.name });
      for (const s of org.stations) delete s.owner;
      for (const q of org.queues) Object.assign(q, { members: [], notJoined: [] });
      Object.assign(org, { calls: [], groups: [], telephony: {} });
    });
    for (const field of ['name', 'email'] as const)
      assert.equal(new Set([...again.people.values()].map((p) => p[field].toLowerCase())).size, again.people.size);
  });

  it('bring roles where the org has none of those names, and an edge where it has none', () => {
    const bare = worldOf({ users: 10 }, (org) => {
      Object.assign(org, { roles: [], clients: [], edges: [], stations: [], queues: [], calls: [], groups: [], telephony: {} });
      for (const u of org.users) {
        Object.assign(u, { grants: [] });
        delete (u as { station?: string }).station;
      }
    });
    assert.deepEqual(
      [...bare.roles.values()].map((r) => r.name),
      ['Agent', 'Communicate', 'Supervisor'],
    );
    assert.ok(bare.holds(madeUp(bare)[0]?.id ?? '', 'conversation:call:add'));
    assert.equal(madeUp(bare)[0]?.station?.edge?.online, true);
  });

  it('are none where none are asked for', () => {
    assert.equal(worldOf({ users: 0 }).people.size, orgCopy().users.length);
    assert.equal(worldOf(undefined).queues.size, orgCopy().queues.length);
  });

  it('are told of a large org only as far as a hundred', async () => {
    const started = await startSandbox({ operations, users: 5000, seed: 2 });
    assert.ok(started.ok);
    const { users, queues } = started.sandbox;
    await started.sandbox.stop();
    assert.equal(users.length, 100);
    assert.deepEqual(
      users.slice(0, 38).map((u) => u.name),
      orgCopy()
        .users.slice(0, 38)
        .map((u) => u.name),
    );
    assert.ok(queues.length <= 100);
  });

  for (const [what, options, problem] of [
    ['a part of a person', { users: 1.5 }, /^1\.5 people cannot be made up/],
    ['a million and one', { users: 1_000_001 }, /^1000001 people cannot be made up: the number is a whole one from 0 to 1000000\./],
    ['a seed that is none', { users: 1, seed: -1 }, /^-1 is not a seed/],
    ['a seed without people', { seed: 1 }, /^A seed is for made-up people: say how many\./],
  ] as const)
    it(`are refused: ${what}`, async () => {
      const started = await startSandbox({ operations, ...options });
      if (started.ok) await started.sandbox.stop();
      assert.match(started.ok ? '' : started.problem, problem);
    });
});

describe('ids of a series', () => {
  it('lead back to their places, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_294_967_295 }), fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 1, max: 6 }), (seed, index, kind) => {
        const ids = new Ids(seed, kind);
        const id = ids.at(index);
        assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        assert.equal(ids.indexOf(id, 1_000_000), index);
        assert.equal(ids.indexOf(id, index), undefined);
        assert.equal(new Ids(seed, kind + 1).indexOf(id, 1_000_000), undefined);
      }),
    );
  });
});

describe('a population', () => {
  interface Thing {
    readonly id: string;
  }
  const populate = (own: number, count: number): Population<Thing> =>
    new Population(new Map(Array.from({ length: own }, (_, i) => [`own-${i}`, { id: `own-${i}` }])), {
      count,
      at: (i) => ({ id: `made-${i}` }),
      indexOf: (id) => {
        const i = Number(/^made-(\d+)$/.exec(id)?.[1] ?? Number.NaN);
        return i < count ? i : undefined;
      },
    });

  it('is a map like any other', () => {
    const command = fc.record({ what: fc.constantFrom('set', 'delete', 'get'), id: fc.constantFrom('own-0', 'own-9', 'made-0', 'made-2', 'made-7', 'new') });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 4 }), fc.array(command, { maxLength: 12 }), (own, count, commands) => {
        const population = populate(own, count);
        const map = new Map([...population].map(([id, thing]) => [id, thing]));
        for (const { what, id } of commands) {
          if (what === 'delete') assert.equal(population.delete(id), map.delete(id));
          else if (what === 'get') assert.equal(population.get(id), map.get(id));
          else if (!id.startsWith('made')) {
            const thing = { id };
            population.set(id, thing);
            map.set(id, thing);
          }
          assert.equal(population.size, map.size);
          assert.deepEqual(new Set(population.keys()), new Set(map.keys()));
          assert.deepEqual(new Set(population.values()), new Set(map.values()));
          for (const key of ['own-0', 'made-2', 'made-9', 'new']) assert.equal(population.has(key), map.has(key));
        }
      }),
    );
  });

  it('makes a thing once', () => {
    const population = populate(1, 3);
    assert.equal(population.get('made-1'), population.inSeries(1));
    assert.equal(population.glance(1), population.inSeries(1));
  });
});
