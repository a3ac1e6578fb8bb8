import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type IndexEntry, readIndex, writeIndex } from '../../../src/platform/operationIndex.js';
import type { Operations } from '../../../src/platform/operations.js';
import { OPERATIONS_JSON, operations } from './facts.js';

const HEAD = { source: 'A test.', asOf: '2026-11-20', asOfUndocumented: '2026-11-22', scopes: ['users', 'users:readonly'] };
const entry = (method: string, path: string, more: Partial<IndexEntry> = {}): IndexEntry => ({
  method,
  path,
  rule: 'none',
  permissions: [],
  userContext: 'unknown',
  scopes: [],
  scopesFrom: 'unknown',
  deprecated: false,
  preview: false,
  ...more,
});
const back = (text: string): Operations => {
  const read = readIndex(text);
  assert.ok(read.ok, read.ok ? '' : read.problem);
  return read.operations;
};

describe('the index of operations', () => {
  it('is read as it ships', () => {
    assert.deepEqual([...back(OPERATIONS_JSON).all()], [...operations.all()]);
  });

  it('gives back every operation that was written, with its own date where it has one', () => {
    const entries = [
      entry('GET', '/api/v2/users', { rule: 'any', permissions: ['b:c:d', 'a:b:c'], scopes: ['users'], scopesFrom: 'official', deprecated: true }),
      entry('POST', '/api/v2/users', { rule: 'all', permissions: ['a:b:c'], scopes: ['users'], scopesFrom: 'likely', userContext: 'required' }),
      entry('GET', '/api/v2/users/{userId}', { userContext: 'not-required', preview: true, asOf: '2026-01-02' }),
      entry('GET', '/api/v2/users/{userId}/queues/{queueId}', { rule: 'unknown' }),
    ];
    const dates = ['2026-11-20', '2026-11-20', '2026-01-02', '2026-11-22'];
    assert.deepEqual(
      [...back(writeIndex(HEAD, entries)).all()].sort((a, b) => a.path.length - b.path.length || a.method.length - b.method.length),
      entries.map((e, i) => ({ ...e, asOf: dates[i] })),
    );
  });

  it('says what it is of, and how many operations and permissions it holds', () => {
    const made = back(writeIndex(HEAD, [entry('GET', '/api/v2/users', { rule: 'any', permissions: ['a:b:c'] })]));
    assert.deepEqual([made.source, made.asOf, made.listedAsOf, made.count], ['A test.', '2026-11-20', '2026-11-22', 1]);
    assert.deepEqual([[...made.permissions], [...made.scopes]], [['a:b:c'], ['users', 'users:readonly']]);
  });

  it('holds one of two operations that differ in the names of their parameters only: the later', () => {
    const made = back(writeIndex(HEAD, [entry('GET', '/api/v2/users/{a}', { deprecated: true }), entry('GET', '/api/v2/users/{userId}')]));
    assert.deepEqual([made.count, [...made.all()].map((o) => [o.path, o.deprecated])], [1, [['/api/v2/users/{userId}', false]]]);
  });

  it('takes segments that objects have of their own', () => {
    const path = '/api/v2/constructor/{toString}/hasOwnProperty';
    const made = back(writeIndex(HEAD, [entry('GET', path)]));
    assert.deepEqual(
      [...made.all()].map((o) => o.path),
      [path],
    );
    assert.equal(made.find('GET', '/api/v2/constructor/1/hasOwnProperty').kind, 'found');
    assert.equal(made.find('GET', '/api/v2/constructor/1/valueOf').kind, 'unknown-path');
  });

  it('reads as a line a resource', () => {
    const lines = writeIndex(HEAD, [entry('GET', '/api/v2/users'), entry('GET', '/api/v2/groups'), entry('GET', '/api/v2/users/{id}')]).split('\n');
    assert.deepEqual([lines.filter((l) => l.startsWith('"users":')).length, lines.filter((l) => l.startsWith('"groups":')).length], [1, 1]);
  });
});

describe('a stored index that is damaged', () => {
  const good = writeIndex(HEAD, [
    entry('GET', '/api/v2/users/{userId}', { rule: 'any', permissions: ['a:b:c'], scopes: ['users'], scopesFrom: 'official' }),
    entry('POST', '/api/v2/users'),
  ]);
  const row = '["y",[0],["userId"],"",["users"],1]';
  assert.ok(good.includes(row));
  const damages: readonly (readonly [what: string, text: string])[] = [
    ['nothing', ''],
    ['cut off', good.slice(0, -20)],
    ['another document', '{"paths":{}}'],
    ['a list', '[]'],
    ['no date', good.replace('"2026-11-20"', '"yesterday"')],
    ['a source with a line end', good.replace('A test.', 'A\\ntest.')],
    ['a permission that is none', good.replace('"a:b:c"', '"<b>"')],
    ['fewer operations than it says', good.replace('"count":2', '"count":3')],
    ['a row that is none', good.replace(row, '"x"')],
    ['a rule that is none', good.replace(row, '["z",[0],["userId"],""]')],
    ['a rule that objects have', good.replace(row, '["toString",[0],["userId"],""]')],
    ['a permission that is not there', good.replace(row, '["y",[7],["userId"],""]')],
    ['a parameter too few', good.replace(row, '["y",[0],[],""]')],
    ['flags that are none', good.replace(row, '["y",[0],["userId"],"x"]')],
    ['a method that is none', good.replace('"POST"', '"toString"')],
    ['a segment that is none', good.replace('"users":{', '"us ers":{')],
    ['a prototype', good.replace('"users":{', '"__proto__":{')],
    ['a branch that is none', good.replace('"users":{', '"groups":7,"users":{')],
    ['nested deep', good.replace('"users":{', `${'"a":{'.repeat(60)}${'}'.repeat(60)},"users":{`)],
  ];
  for (const [what, text] of damages)
    it(`is refused: ${what}`, () => {
      assert.notEqual(text, good, 'the damage did nothing');
      assert.equal(readIndex(text).ok, false);
    });

  it('never throws, and never gives an operation that cannot be shown', () => {
    fc.assert(
      fc.property(fc.nat(good.length), fc.string({ maxLength: 5 }), (at, put) => {
        const read = readIndex(good.slice(0, at) + put + good.slice(at + put.length));
        if (read.ok) for (const o of read.operations.all()) assert.match(`${o.method} ${o.path} ${o.permissions.join(' ')}`, /^[\w ./{}:~@$*-]+$/);
      }),
      { numRuns: 2000 },
    );
  }).timeout(20_000);
});
