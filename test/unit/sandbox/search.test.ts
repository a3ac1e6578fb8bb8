import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readOrgFile } from '../../../src/sandbox/org/orgFile.js';
import type { Person } from '../../../src/sandbox/org/types.js';
import { World } from '../../../src/sandbox/org/world.js';
import { list, operations, orgCopy, type Running, start, text } from './harness.js';

const { compare } = new Intl.Collator('en');
const org = { ...orgCopy(), rateLimitPerMinute: 1_000_000, generated: { users: 2000, seed: 4 } };

function world(): World {
  const read = readOrgFile(org);
  assert.ok(read.ok, read.ok ? '' : JSON.stringify(read.problems));
  const built = World.build(read.org, operations.permissions);
  assert.ok(built.ok);
  built.world.stop();
  return built.world;
}

/** What each type of criterion means for one value, in the plainest words. */
const MEANS: Readonly<Record<string, (has: string, wanted: string) => boolean>> = {
  EXACT: (has, wanted) => has === wanted,
  TERM: (has, wanted) => has === wanted || has.split(/[\s@.]+/).includes(wanted),
  CONTAINS: (has, wanted) => has.includes(wanted),
  STARTS_WITH: (has, wanted) => has.startsWith(wanted) || has.split(/\s+/).some((word) => word.startsWith(wanted)),
  QUERY_STRING: (has, wanted) => wanted.split(/\s+/).every((word) => has.includes(word.replaceAll('*', ''))),
};
const FIELDS: Readonly<Record<string, (p: Person) => string>> = {
  name: (p) => p.name,
  email: (p) => p.email,
  title: (p) => p.title ?? '',
  department: (p) => p.department ?? '',
};

describe('searching people', () => {
  let running: Running;
  let everybody: Person[];
  before(async () => {
    running = await start({ org, scenario: 'default' });
    everybody = [...world().people.values()].sort((a, b) => compare(a.name, b.name));
  });

  const search = async (body: object) => {
    const reply = await running.send('Admin 1', 'POST /api/v2/users/search', body);
    assert.equal(reply.status, 200, reply.text);
    return { total: Number(reply.json['total']), names: list(reply.json['results']).map((u) => text(u['name'])) };
  };
  const expected = (holds: (p: Person) => boolean): { total: number; names: string[] } => {
    const found = everybody.filter(holds);
    return { total: found.length, names: found.slice(0, 100).map((p) => p.name) };
  };

  it('finds whom the plainest reading finds, in the order of names', async () => {
    const wanted = fc.oneof(
      fc.constantFrom(
        'ad',
        'berg',
        'Ada B',
        'sales',
        'agent 1',
        'renée',
        "o'hara",
        '@example',
        '.',
        'a',
        'AGENT',
        'ada berg',
        '1',
        'example.com',
        'sal* age*',
        ' ',
        'zzz',
      ),
      fc.string({ minLength: 1, maxLength: 3 }),
    );
    const criterion = fc.record({
      type: fc.constantFrom(...Object.keys(MEANS)),
      value: wanted.filter((w) => w.trim() !== '' && w.trim() === w),
      fields: fc.uniqueArray(fc.constantFrom(...Object.keys(FIELDS)), { minLength: 1, maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(criterion, async ({ type, value, fields }) => {
        const holds = (p: Person): boolean => fields.some((f) => MEANS[type]?.(FIELDS[f]?.(p).toLowerCase() ?? '', value.toLowerCase()));
        // A lone separator begins words and ends them: what it means for TERM and STARTS_WITH is nobody's question.
        if (type !== 'CONTAINS' && type !== 'EXACT' && type !== 'QUERY_STRING' && /[\s@.]/.test(value)) return;
        assert.deepEqual(await search({ pageSize: 100, query: [{ type, value, fields }] }), expected(holds));
      }),
      { numRuns: 150 },
    );
  });

  it('combines criteria, in the order in which they stand', async () => {
    const contains = (value: string, operator?: string) => ({ type: 'CONTAINS', value, fields: ['name'], ...(operator ? { operator } : {}) });
    const has = (p: Person, part: string): boolean => p.name.toLowerCase().includes(part);
    const query = [contains('ada'), contains('berg', 'OR'), contains('2', 'NOT')];
    assert.deepEqual(
      await search({ pageSize: 100, query }),
      expected((p) => (has(p, 'ada') || has(p, 'berg')) && !has(p, '2')),
    );
    const group = { group: [contains('sales'), contains('care', 'OR')] };
    assert.deepEqual(
      await search({ pageSize: 100, query: [contains('agent'), group] }),
      expected((p) => has(p, 'agent') && (has(p, 'sales') || has(p, 'care'))),
    );
  });

  it('pages through everybody, each once, and backwards', async () => {
    const page = async (pageNumber: number, sortOrder: string) => (await search({ pageSize: 100, pageNumber, sortOrder })).names;
    const forwards: string[] = [];
    for (let n = 1; n <= 21; n++) forwards.push(...(await page(n, 'ASC')));
    assert.deepEqual(
      forwards,
      everybody.map((p) => p.name),
    );
    assert.deepEqual(await page(1, 'DESC'), forwards.toReversed().slice(0, 100));
    assert.deepEqual(await page(99, 'ASC'), []);
  });

  it('lists the same with GET', async () => {
    const reply = await running.send('Admin 1', 'GET /api/v2/users?pageSize=500&pageNumber=3');
    assert.deepEqual(
      list(reply.json['entities']).map((u) => text(u['name'])),
      everybody.slice(1000, 1500).map((p) => p.name),
    );
  });

  it('shows only divisions in which the caller may see people, where that is asked for', async () => {
    const body = { pageSize: 100, enforcePermissions: true, query: [{ type: 'CONTAINS', value: 'agent', fields: ['title'] }] };
    const reply = await running.send('Sales Agent 7', 'POST /api/v2/users/search', body);
    const found = list(reply.json['results']);
    assert.equal(Number(reply.json['total']), everybody.filter((p) => p.division.name === 'Sales' && p.title?.toLowerCase().includes('agent')).length);
    for (const u of found) assert.equal(u['division']?.['name'], 'Sales');
  });
});

describe('the directory', () => {
  it('is in the order of names, at any size, with people of the org among those who are made up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 1000 }), (users, seed) => {
        const read = readOrgFile({ ...orgCopy(), generated: { users, seed } });
        assert.ok(read.ok, read.ok ? '' : JSON.stringify(read.problems));
        const built = World.build(read.org, operations.permissions);
        assert.ok(built.ok);
        built.world.stop();
        const { directory, people } = built.world;
        assert.equal(directory.length, people.size);
        const names = directory.slice(0, directory.length).map((p) => p.name);
        assert.deepEqual(names, [...names].sort(compare));
        assert.equal(new Set(names).size, people.size);
      }),
      { numRuns: 25 },
    );
  });

  it('knows who has another name since, and who is gone', () => {
    const w = world();
    const { directory } = w;
    const places = (name: string): number[] => directory.slice(0, directory.length).flatMap((p, i) => (p.name === name ? [i] : []));
    const renamed = directory.slice(1000, 1001)[0] as Person;
    const gone = directory.slice(1001, 1002)[0] as Person;
    const before = renamed.name;
    w.change('person', renamed, { name: 'Aaa Aaa' });
    w.remove('person', gone);
    assert.deepEqual(places('Aaa Aaa'), [0]);
    assert.deepEqual([places(before), places(gone.name)], [[], []]);
    assert.equal(directory.length, w.people.size);
    const marks = new Uint8Array(directory.length);
    directory.mark((p) => p.name, 'whole', 'aaa aaa', marks);
    assert.deepEqual([marks[0], marks.indexOf(1, 1)], [1, -1]);
  });
});
