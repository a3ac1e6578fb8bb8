import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Facts } from '../../src/facts.js';
import { writeIndex } from '../../src/platform/operationIndex.js';
import { operations as shipped } from './platform/facts.js';

const index = (date: string): string =>
  writeIndex(
    { source: `Read ${date}.`, asOf: date, asOfUndocumented: date, scopes: [] },
    [...shipped.all()].slice(0, 3).map(({ asOf: _, ...o }) => o),
  );

describe('facts of a window', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-facts-'));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));
  let n = 0;
  const make = (region: string | undefined) => {
    const stored = path.join(folder, String(++n));
    fs.mkdirSync(stored);
    const state = { region, asked: 0, problems: [] as string[], stored };
    const facts = new Facts('data', {
      folder: stored,
      region: async () => {
        state.asked += 1;
        return state.region;
      },
      report: (problem) => state.problems.push(problem),
    });
    return { facts, state };
  };

  it('are those that ship where nothing is stored, or nobody is signed in', async () => {
    for (const region of [undefined, 'us-east-1']) {
      const { facts, state } = make(region);
      assert.equal((await facts.operations()).count, 3315);
      assert.deepEqual(state.problems, []);
    }
  });

  it('are those of the region of who is signed in, read once until somebody else is', async () => {
    const { facts, state } = make('us-east-1');
    fs.writeFileSync(facts.file('us-east-1'), index('2026-11-22'));
    assert.equal((await facts.operations()).source, 'Read 2026-11-22.');
    await facts.operations();
    assert.equal(state.asked, 1);
    state.region = 'eu-west-1';
    facts.forget();
    assert.equal((await facts.operations()).count, 3315);
    assert.equal((await facts.shipped()).count, 3315);
  });

  it('are those that ship where the stored ones are older', async () => {
    const { facts } = make('us-east-1');
    fs.writeFileSync(facts.file('us-east-1'), index('2026-09-15'));
    assert.equal((await facts.operations()).count, 3315);
  });

  it('are those that ship where the stored ones are damaged, which is said once', async () => {
    const { facts, state } = make('us-east-1');
    const file = facts.file('us-east-1');
    fs.writeFileSync(file, index('2026-11-22').slice(0, -10));
    for (let i = 0; i < 3; i++) {
      assert.equal((await facts.operations()).count, 3315);
      facts.forget();
    }
    assert.equal(state.problems.length, 1, state.problems.join('\n'));
    assert.match(state.problems[0] ?? '', /us-east-1 cannot be used \(it is not JSON\).*set aside/);
    const aside = fs.readdirSync(state.stored);
    assert.ok(aside.length === 1 && /^us-east-1\.json\.damaged-\d+$/.test(aside[0] ?? ''), aside.join());
  });

  it('stay in their folder whatever a region is called', () => {
    const { facts, state } = make(undefined);
    for (const region of ['../../etc/passwd', 'a/b', 'C:\\x', '']) assert.equal(path.dirname(path.resolve(facts.file(region))), path.resolve(state.stored));
  });
});
