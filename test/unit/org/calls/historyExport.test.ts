import assert from 'node:assert/strict';
import { exportHistory } from '../../../../src/org/calls/historyExport.js';
import { readCsv } from '../../../../src/platform/csv.js';
import { attempt, callback, USER } from '../../sidebar/attempts.js';

const CANARY = 'canary-4711';
const personal = attempt({
  state: 'refused',
  status: 403,
  note: 'answered for +1 317 555 0142',
  exchange: {
    request: {
      method: 'POST',
      url: `https://api.mypurecloud.com/api/v2/conversations/calls/user/${USER}?x=${CANARY}`,
      headers: [['Authorization', `Bearer ${CANARY}`]],
      body: JSON.stringify({
        phoneNumber: '+13175550142',
        callFromQueueId: USER,
        callerId: '+442079460102',
        callerIdName: CANARY,
        uuiData: CANARY,
        externalContactId: CANARY,
        attributes: { ticket: CANARY },
        participants: [{ address: '+13175550143', name: CANARY, userId: USER }],
        madeUp: { deep: CANARY },
      }),
    },
    response: {
      status: 403,
      headers: [
        ['ININ-Correlation-Id', 'c-1'],
        ['Set-Cookie', CANARY],
      ],
      body: JSON.stringify({ code: 'missing.division.permission', message: 'No call to +13175550142', entityId: CANARY }),
    },
  },
});

describe('exporting the history', () => {
  for (const format of ['json', 'csv'] as const)
    for (const numbers of [false, true])
      it(`has nothing of a person in ${format}${numbers ? ', but the numbers that were asked for' : ''}`, () => {
        const text = exportHistory([personal, callback()], { format, numbers });
        assert.ok(!text.includes(CANARY), text);
        assert.equal(/317 ?555/.test(text), numbers);
      });

  it('has what a colleague needs to see what happened', () => {
    const { calls } = JSON.parse(exportHistory([personal], { format: 'json', numbers: false })) as { calls: Record<string, unknown>[] };
    const [call] = calls;
    assert.equal(call?.['outcome'], 'refused');
    assert.deepEqual(call?.['answer'], { status: 403, correlationId: 'c-1', code: 'missing.division.permission', message: 'No call to +1 ••42' });
    assert.deepEqual(call?.['request'], {
      method: 'POST',
      path: `/api/v2/conversations/calls/user/${USER}`,
      body: {
        phoneNumber: '+1 ••42',
        callFromQueueId: USER,
        callerId: '+44 ••02',
        callerIdName: '…',
        uuiData: '…',
        externalContactId: '…',
        attributes: { ticket: '…' },
        participants: [{ address: '+1 ••43', name: '…', userId: USER }],
        madeUp: { deep: '…' },
      },
    });
  });

  it('keeps what a callback was routed by', () => {
    const { calls } = JSON.parse(exportHistory([callback()], { format: 'json', numbers: true })) as { calls: { kind: string; request: { body: unknown } }[] };
    assert.equal(calls[0]?.kind, 'callback');
    assert.deepEqual(calls[0]?.request.body, {
      callbackNumbers: ['+13175550142'],
      routingData: { queueId: USER, routingFlags: ['AGENT_OWNED_CALLBACK'], scoredAgents: [{ agent: { id: USER }, score: 100 }] },
    });
  });

  it('writes CSV that no spreadsheet runs', () => {
    const read = readCsv(exportHistory([attempt({ agent: '=cmd|/c calc', note: '@x, "y"' })], { format: 'csv', numbers: true }));
    assert.ok(read.ok);
    const [header, row] = read.rows.map((r) => r.cells);
    const cell = (name: string): string | undefined => row?.[header?.indexOf(name) ?? -1];
    assert.equal(cell('agent'), "'=cmd|/c calc");
    assert.equal(cell('note'), '\'@x, "y"');
    assert.equal(cell('to'), "'+1 317 555 0142");
    assert.equal(cell('status'), '200');
  });

  it('takes bodies that are no JSON', () => {
    const odd = attempt({ exchange: { request: { method: 'POST', url: '/api/v2/conversations/calls', headers: [], body: '{' } } });
    assert.ok(exportHistory([odd], { format: 'json', numbers: false }).includes('/api/v2/conversations/calls'));
  });
});
