import * as assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Attempts } from '../../../src/org/attempts.js';
import type { Attempt } from '../../../src/org/calls/attempt.js';

const attempt = (id: string, at: number): Attempt => ({
  id,
  at: new Date(at).toISOString(),
  agent: 'Sales Agent 7',
  to: '+1 317 555 0142',
  org: 'Sandbox org',
  region: 'sandbox',
  state: 'sending',
  exchange: {},
});

describe('clearing the history', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'call-doctor-clearing-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps a call that another window is sending, and not one that it began long ago', async () => {
    const file = path.join(folder, 'attempts.jsonl');
    const here = new Attempts(file);
    await here.list();
    const there = new Attempts(file);
    await there.begin(attempt('under-way', Date.now()));
    await there.begin(attempt('long-ago', Date.now() - 3_600_000));
    await here.clear();
    const left = readFileSync(file, 'utf8');
    assert.ok(left.includes('under-way'));
    assert.ok(!left.includes('long-ago'));
  });
});
