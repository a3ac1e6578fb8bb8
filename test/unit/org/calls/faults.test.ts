import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Attempts } from '../../../../src/org/attempts.js';
import type { Attempt } from '../../../../src/org/calls/attempt.js';
import { sandboxRegion } from '../../../../src/platform/regions.js';
import { FAULTS } from '../../../faults/faults.js';
import { Matrix, runWindow } from '../../../faults/matrix.js';
import type { Order } from '../../../faults/orders.js';
import { operations } from '../../sandbox/harness.js';
import { AGENT, quickOrg } from './desk.js';

/** Built beside the tests. */
const WINDOW = path.resolve('out/test/faults/window.js');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-faults-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

// The whole matrix, ten thousand calls, is `node bench/faults.mjs`; docs/faults.md has its table.
describe('org/calls, whatever goes wrong', function () {
  this.timeout(60_000);
  let matrix: Matrix;
  before(async () => {
    matrix = await Matrix.start(operations, folder, WINDOW, 7);
  });
  after(() => matrix.stop());

  for (const as of ['self', 'on-behalf'] as const)
    for (const window of ['kept', 'closed'] as const)
      it(`rings once at most, loses no attempt and tells nothing wrongly: calls ${as}, the window ${window}`, async () => {
        for (const fault of FAULTS) {
          const result = await matrix.run({ fault, as, window }, window === 'kept' ? 6 : 4);
          assert.deepEqual([result.twice, result.wrong, result.lost], [0, 0, 0], `${fault.what}: ${result.problems.join('; ')}`);
        }
      });
});

describe('org/calls, a window that is killed', function () {
  this.timeout(60_000);

  it('leaves a phone that may have rung with an attempt that says so, at whichever step of placing it dies', async () => {
    const org = await quickOrg({}, 0);
    const token = await org.token(AGENT);
    const run = async (dieAt: number, phoneNumber: string) => {
      const file = path.join(folder, `kill-${dieAt}`, 'attempts.jsonl');
      const order: Order = { as: 'self', agentId: org.idOf(AGENT), agent: AGENT, phoneNumber };
      return { file, ...(await runWindow(WINDOW, { region: sandboxRegion(org.sandbox.origin), token, file, timeout: 2000, orders: [order], dieAt })) };
    };
    const whole = await run(Number.MAX_SAFE_INTEGER, '+13175550119');
    const { steps } = JSON.parse(whole.said) as { steps: number };
    assert.ok(!whole.killed && steps > 20 && steps < 100, whole.said);

    const seen = new Set<string>();
    const queue = Array.from({ length: steps + 1 }, (_, i) => i + 1);
    const next = async (): Promise<void> => {
      for (let dieAt = queue.shift(); dieAt !== undefined; dieAt = queue.shift()) {
        const phoneNumber = `+131755501${20 + (dieAt % 60)}`;
        const { file, killed } = await run(dieAt, phoneNumber);
        assert.equal(killed, dieAt <= steps);
        await new Promise((resolve) => void setTimeout(resolve, 20));
        const truth = (await (await fetch(`${org.sandbox.origin}/sandbox/calls`)).json()) as { called: string[] }[];
        const rang = truth.filter((c) => c.called[0] === `tel:${phoneNumber}`).length;
        const list = await new Attempts(file).list();
        assert.ok(rang <= 1 && list.length <= 1, `step ${dieAt}`);
        const state = list[0]?.state;
        seen.add(`${state} ${rang}`);
        // Nothing written down: nothing rang. Rang: it is said that it was placed, or may have been.
        if (rang > 0) assert.ok(state === 'unknown' || state === 'placed', `step ${dieAt}: it rang, and the file says ${state}`);
        if (state === 'placed') assert.equal(rang, 1, `step ${dieAt}`);
        // The next window writes behind whatever this one left.
        const after: Attempt = { id: 'next', at: new Date().toISOString(), agent: AGENT, to: '', org: '', region: '', state: 'sending', exchange: {} };
        await new Attempts(file).begin(after);
        assert.equal((await new Attempts(file).list()).length, list.length + 1, `step ${dieAt}`);
      }
    };
    await Promise.all([next(), next(), next()]);
    assert.deepEqual([...seen].sort(), ['placed 1', 'undefined 0', 'unknown 0', 'unknown 1']);
  });
});
