import assert from 'node:assert/strict';
import type { Attempt } from '../../../src/org/calls/attempt.js';
import { historyFilter } from '../../../src/sidebar/history/historyFilter.js';
import { type EntryRow, type HistoryLook, type HistoryView, historyRows } from '../../../src/sidebar/history/historyRows.js';
import { attempt, CONVERSATION, callback } from './attempts.js';

const NOW = new Date(2026, 10, 22, 15, 0);
const view = (attempts: readonly Attempt[], look: Partial<HistoryLook> = {}): HistoryView =>
  historyRows(attempts, { numbers: false, filter: '', now: NOW, ...look });
const entry = (a: Attempt, look: Partial<HistoryLook> = {}): EntryRow => {
  const [row] = view([a], look).rows;
  assert.ok(row?.kind === 'entry');
  return row;
};
const on = (day: number, hour = 10): string => new Date(2026, 10, day, hour).toISOString();

describe('the history, one entry', () => {
  it('shows no digit of a number but its country and the last two, whatever is read', () => {
    const row = entry(attempt({ state: 'not-sent', note: 'another window began a call for Sales Agent 7 to +1 317 555 0199 meanwhile' }));
    assert.equal(row.label, 'Sales Agent 7 → +1 ••42');
    for (const text of [row.label, row.description, row.tooltip, row.spoken]) assert.doesNotMatch(text, /317|555/);
    assert.match(row.tooltip, /\+1 ••99 meanwhile/);
    assert.match(row.spoken, /^Sales Agent 7 to \+1 number ending in 42, 14:02, not sent$/);
  });

  it('shows numbers when it is told to', () => {
    const row = entry(attempt(), { numbers: true });
    assert.equal(row.label, 'Sales Agent 7 → +1 317 555 0142');
    assert.match(row.spoken, /\+1 317 555 0142/);
  });

  for (const [state, more, words, icon] of [
    ['placed', {}, 'placed', 'pass'],
    ['placed', { note: 'found among the active calls of the agent' }, 'placed, found later', 'pass'],
    ['refused', { status: 403 }, '403', 'error'],
    ['unknown', {}, 'may have rung', 'question'],
    ['sending', {}, 'sending', 'sync'],
    ['not-sent', {}, 'not sent', 'circle-slash'],
    ['not-placed', {}, 'did not ring', 'circle-slash'],
  ] as const)
    it(`says “${words}” of ${state}${'note' in more ? ' that was found' : ''}`, () => {
      const row = entry(attempt({ state, ...more }));
      assert.equal(row.description, `${words} · 14:02`);
      assert.equal(row.icon[0], icon);
      assert.ok(row.context.includes(`state:${state}`));
    });

  it('tells a callback from a call', () => {
    const row = entry(callback());
    assert.equal(row.label, 'Sales Agent 7 ↩ +1 ••42');
    assert.equal(row.description, 'callback created · 14:02');
    assert.equal(row.context, 'callback state:placed repeatable');
    assert.match(entry(callback({ state: 'unknown' })).description, /may be created/);
  });

  it('offers to hang up what is under way, and nothing else', () => {
    assert.equal(entry(attempt(), { live: new Set([CONVERSATION]) }).context, 'call state:placed repeatable live');
    assert.equal(entry(attempt(), { live: new Set(['other']) }).context, 'call state:placed repeatable');
  });

  it('offers to repeat only what was kept', () => assert.equal(entry(attempt({ exchange: {} })).context, 'call state:placed'));

  it('names the day of what is not of today', () => {
    assert.match(entry(attempt({ at: on(21) })).description, / · yesterday 10:00$/);
    assert.match(entry(attempt({ at: on(3) })).description, / · 3 Nov 10:00$/);
    assert.equal(entry(attempt({ at: 'garbage' })).description, 'placed');
  });
});

describe('the history, its days', () => {
  const many = [...Array(5).fill(on(22)), ...Array(3).fill(on(21)), on(12), on(12)].map((at: string) => attempt({ at }));

  it('stands in one list while there are few, or all are of one day', () => {
    assert.ok(view(many.slice(0, 8)).rows.every((r) => r.kind === 'entry'));
    assert.ok(view(Array.from({ length: 20 }, () => attempt())).rows.every((r) => r.kind === 'entry'));
  });

  it('is put under its days, the newest first, of which the first two are open', () => {
    const { rows } = view(many);
    assert.deepEqual(
      rows.map((r) => r.kind === 'day' && [r.label, r.entries.length, r.expanded]),
      [
        ['Today', 5, true],
        ['Yesterday', 3, true],
        ['Thursday 12 November', 2, false],
      ],
    );
    const [today] = rows;
    assert.ok(today?.kind === 'day' && today.entries.every((e) => e.description === 'placed · 10:00'), 'the day is not said again');
  });

  it('opens every day that a search finds something in', () => {
    assert.ok(view(many, { filter: 'sales' }).rows.every((r) => r.kind === 'day' && r.expanded));
  });

  it('has a place for what has no date', () => {
    const { rows } = view([...many, attempt({ at: '' })]);
    assert.equal(rows.at(-1)?.label, 'Without a date');
  });
});

describe('the history, searched', () => {
  const calls = [
    attempt({ id: 'a' }),
    attempt({ id: 'b', agent: 'Care Agent 2', to: '+44 20 7946 0102', state: 'refused', status: 403, at: on(21), exchange: {} }),
    attempt({ id: 'c', agent: 'José Núñez', to: 'the queue Sales EMEA', state: 'unknown', org: 'Other org', region: 'eu-west-1', at: on(3), exchange: {} }),
  ];
  const found = (typed: string): string => {
    const filter = historyFilter(typed, NOW);
    return filter
      ? calls
          .filter(filter)
          .map((a) => a.id)
          .join('')
      : 'all';
  };
  for (const [typed, ids] of [
    ['sales', 'ac'],
    ['SALES agent', 'a'],
    ['jose nunez', 'c'],
    ['other org', 'c'],
    ['eu-west-1', 'c'],
    ['refused', 'b'],
    ['403', 'b'],
    ['may have rung', 'c'],
    ['today', 'a'],
    ['yesterday refused', 'b'],
    ['saturday', 'b'],
    ['november', 'abc'],
    ['2026-11-21', 'b'],
    ['2026-11', 'abc'],
    ['+1 317 555 0142', 'a'],
    ['+13175550142', 'a'],
    ['(317) 555-0142', 'a'],
    ['020 7946 0102', 'b'],
    ['care +44 20 7946 0102', 'b'],
    ['+1 317 555 0199', ''],
    ['nobody', ''],
    ['', 'all'],
    ['   ', 'all'],
  ] as const)
    it(`finds ${ids || 'nothing'} by ${JSON.stringify(typed)}`, () => assert.equal(found(typed), ids));

  it('finds a number that is not shown', () => {
    const { listed, rows } = view(calls, { filter: '3175550142' });
    assert.deepEqual(
      listed.map((a) => a.id),
      ['a'],
    );
    assert.doesNotMatch(JSON.stringify(rows), /317/);
  });
});
