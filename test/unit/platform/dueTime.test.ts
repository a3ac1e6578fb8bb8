import assert from 'node:assert/strict';
import { readDue } from '../../../src/platform/dueTime.js';

/** In the time zone of whoever runs this. */
const NOW = new Date(2026, 10, 22, 14, 2);
const local = (...parts: [number, number, number, number, number]): string => new Date(...parts).toISOString();
const read = (typed: string): string => {
  const due = readDue(typed, NOW);
  return due.kind === 'time' ? due.at.toISOString() : `problem: ${due.problem}`;
};

describe('platform/dueTime', () => {
  for (const [typed, at] of [
    ['15:30', local(2026, 10, 22, 15, 30)],
    ['3:30 pm', local(2026, 10, 22, 15, 30)],
    ['9:00', local(2026, 10, 23, 9, 0)],
    ['today 14:03', local(2026, 10, 22, 14, 3)],
    ['tomorrow 9:00', local(2026, 10, 23, 9, 0)],
    ['2026-12-01 08:15', local(2026, 11, 1, 8, 15)],
    ['2026-12-01T08:15:00', local(2026, 11, 1, 8, 15)],
    ['2026-12-01T08:15:00.000Z', '2026-12-01T08:15:00.000Z'],
    ['2026-12-01 08:15 +01:00', '2026-12-01T07:15:00.000Z'],
    ['2026-12-01 08:15 -0530', '2026-12-01T13:45:00.000Z'],
    ['12:00 am', local(2026, 10, 23, 0, 0)],
  ] as const)
    it(`reads ${typed}`, () => assert.equal(read(typed), at));

  for (const [typed, problem] of [
    ['soon', /Write 14:30/],
    ['', /Write 14:30/],
    ['25:00', /no time/],
    ['12:60', /no time/],
    ['13:00 pm', /no time/],
    ['2026-02-30 10:00', /no day 2026-02-30/],
    ['2026-13-01 10:00', /no day/],
    ['2026-11-22 14:01', /is over/],
    ['today 9:00', /is over/],
    ['2020-01-01 10:00Z', /is over/],
    ['2026-12-01 10:00 +15:00', /no time zone/],
  ] as const)
    it(`says what is wrong with ${JSON.stringify(typed)}`, () => assert.match(read(typed), problem));

  it('names the time zone that it read a time in', () => {
    const due = readDue('tomorrow 9:00', NOW);
    assert.ok(due.kind === 'time');
    assert.ok(due.words.endsWith(`09:00 ${Intl.DateTimeFormat().resolvedOptions().timeZone}`), due.words);
  });
});
