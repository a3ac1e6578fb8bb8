import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { ServerResponse } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { failing } from '../../../src/diagnosis/diagnose.js';
import { Attempts } from '../../../src/org/attempts.js';
import { checkCall, placeAndExplain } from '../../../src/org/callDesk.js';
import type { CallIntent } from '../../../src/platform/callRequest.js';
import { operations, type Running, start } from '../sandbox/harness.js';
import { clientAs, mirror } from './mirror.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'call-doctor-desk-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
let files = 0;
const attempts = (): Attempts => new Attempts(path.join(folder, `${++files}.jsonl`));
const words = { agent: 'Agent', to: '+1 317 555 0142', org: 'Sandbox org' };
const reset = (response: ServerResponse): unknown => response.socket?.resetAndDestroy();
const phone = { kind: 'phone', phoneNumber: '+13175550142' } as const;

/** Who signs in, in which scenario, for whom (nobody: as themselves), and what comes of it. */
const CASES: readonly [who: string, scenario: string, agent: string | undefined, kind: string, cause: string | undefined][] = [
  ['Sales Agent 7', 'default', undefined, 'placed', undefined],
  ['dialer-service', 'default', 'Sales Agent 7', 'placed', undefined],
  ['admin-tool', 'default', 'Care Agent 2', 'placed', undefined],
  ['wfm-tool', 'default', 'Sales Agent 7', 'refused', 'missing-division'],
  ['reporting-tool', 'default', 'Sales Agent 7', 'refused', 'missing-permission'],
  ['Warehouse Clerk 1', 'default', undefined, 'refused', 'missing-permission'],
  ['Care Agent 3', 'default', undefined, 'refused', 'no-station'],
  ['Logistics Agent 4', 'default', undefined, 'refused', 'station-unreachable'],
  ['dialer-service', 'default', undefined, 'refused', 'no-user-context'],
  ['admin-tool', 'feature-not-enabled', 'Sales Agent 7', 'refused', 'feature-not-enabled'],
  ['Sales Agent 7', 'proxy-html', undefined, 'refused', 'not-genesys'],
  ['Sales Agent 7', 'token-expired', undefined, 'refused', 'token-invalid'],
  ['Sales Agent 7', 'placed-answer-lost', undefined, 'unknown', undefined],
  ['Sales Agent 7', 'platform-fault', undefined, 'unknown', undefined],
  ['Sales Agent 7', 'huge-answer', undefined, 'unknown', undefined],
];

describe('org/callDesk, placing', () => {
  for (const [who, scenario, agent, kind, cause] of CASES)
    it(`comes to ${kind}${cause ? ` because of ${cause}` : ''} for ${who} ${agent ? `on behalf of ${agent}` : 'as themselves'} in ${scenario}`, async () => {
      const org = await start({ scenario });
      // The sandbox breaks such an answer off, which fetch cannot pass on.
      const lost = scenario === 'placed-answer-lost';
      const between = await mirror(org, ({ method }) => (lost && method === 'POST' ? reset : undefined));
      const client = await clientAs(org, who, between.origin);
      const intent: CallIntent = { as: agent ? 'on-behalf' : 'self', destination: phone, ...(agent ? { agentId: org.idOf(agent) } : {}) };
      const { outcome, explained } = await placeAndExplain(client, attempts(), operations, intent, words);
      assert.equal(outcome.kind, kind, JSON.stringify(outcome));
      assert.equal(between.seen.filter((s) => s.method === 'POST').length, 1);
      assert.equal(failing(explained?.diagnosis.findings ?? [])[0]?.cause, cause, JSON.stringify(explained?.diagnosis.findings.slice(0, 3)));
      assert.equal(explained === undefined, kind === 'unknown');
      if (kind === 'placed') assert.ok(between.seen.length === 1, 'an accepted call was asked about');
    });

  it('explains a refusal even where the org answers nothing else', async () => {
    const org = await start();
    const mute = await mirror(org, ({ method }) => (method === 'GET' ? reset : undefined));
    const client = await clientAs(org, 'reporting-tool', mute.origin);
    const { outcome, explained } = await placeAndExplain(
      client,
      attempts(),
      operations,
      { as: 'on-behalf', agentId: org.idOf('Sales Agent 7'), destination: phone },
      words,
    );
    assert.equal(outcome.kind, 'refused');
    const top = explained?.diagnosis.findings[0];
    assert.deepEqual([top?.cause, top?.verdict], ['missing-permission', 'likely']);
  });
});

describe('org/callDesk, checking', () => {
  let org: Running;
  before(async () => {
    org = await start();
  });
  const cases: readonly [who: string, agent: string | undefined, cause: string | undefined][] = [
    ['dialer-service', 'Sales Agent 7', undefined],
    ['wfm-tool', 'Sales Agent 7', 'missing-division'],
    ['reporting-tool', 'Sales Agent 7', 'missing-permission'],
    ['dialer-service', undefined, 'no-user-context'],
    ['dialer-service', 'Care Agent 3', 'no-station'],
    ['Sales Agent 7', undefined, undefined],
  ];
  for (const [who, agent, cause] of cases)
    it(`foretells ${cause ?? 'no trouble'} for ${who} ${agent ? `on behalf of ${agent}` : 'as themselves'}, and sends reads only`, async () => {
      const between = await mirror(org);
      const client = await clientAs(org, who, between.origin);
      const intent: CallIntent = { as: agent ? 'on-behalf' : 'self', destination: phone, ...(agent ? { agentId: org.idOf(agent) } : {}) };
      const { diagnosis, exchange } = await checkCall(client, operations, intent);
      assert.equal(failing(diagnosis.findings)[0]?.cause, cause, diagnosis.summary);
      assert.equal(exchange.response, undefined);
      assert.ok(between.seen.length > 0 && between.seen.every((s) => s.method === 'GET'));
    });
});
