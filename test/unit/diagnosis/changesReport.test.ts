import assert from 'node:assert/strict';
import { changesMarkdown, changesWords } from '../../../src/diagnosis/changesReport.js';
import { operationChanges } from '../../../src/platform/operationChanges.js';
import { type IndexEntry, writeIndex } from '../../../src/platform/operationIndex.js';
import { Operations } from '../../../src/platform/operations.js';

const made = (date: string, entries: Readonly<Record<string, Partial<IndexEntry>>>): Operations =>
  Operations.parse(
    writeIndex(
      { source: `Read [${date}].`, asOf: date, asOfUndocumented: date, scopes: [] },
      Object.entries(entries).map(([path, e]) => ({
        method: 'GET',
        path,
        rule: e.permissions ? 'any' : 'none',
        permissions: [],
        userContext: 'unknown',
        scopes: [],
        scopesFrom: 'unknown',
        deprecated: false,
        preview: false,
        ...e,
      })),
    ),
  );
const before = made('2026-09-16', {
  '/api/v2/routing/skills': {},
  '/api/v2/users': { permissions: ['directory:user:view'] },
  '/api/v2/gone': {},
  '/api/v2/new': { rule: 'unknown' },
});
const after = made('2026-11-22', {
  '/api/v2/routing/skills': { permissions: ['routing:skill:view'] },
  '/api/v2/users': { permissions: ['directory:user:view'], deprecated: true, scopes: ['users'], scopesFrom: 'official' },
  '/api/v2/new': { permissions: ['a:b:c', 'd:e:f'], rule: 'all' },
  '/api/v2/newer': { permissions: ['a:b:c'] },
  '/api/v2/newest': {},
});

describe('what a refresh brought', () => {
  it('is said in a sentence', () => {
    assert.equal(
      changesWords(operationChanges(before, after), after),
      'The API facts are of 2026-11-22 now: 5 operations. 2 operations added, 1 removed, 1 requires other permissions, 1 whose permissions are known now, 1 newly deprecated, 1 with other scopes.',
    );
    assert.equal(changesWords(operationChanges(after, after), after), 'The API facts are of 2026-11-22 now: 5 operations. Nothing has changed.');
  });

  it('is told in full, before and now', () => {
    const text = changesMarkdown(operationChanges(before, after), before, after);
    for (const words of [
      '- Before: Read \\[2026\\-09\\-16\\]\\. (2026-09-16)',
      '- `GET /api/v2/routing/skills`  \n  none declared → routing:skill:view',
      '- `GET /api/v2/new`  \n  not published → all of a:b:c, d:e:f',
      '## Removed (1)\n\n- `GET /api/v2/gone`',
      '## Newly deprecated (1)\n\n- `GET /api/v2/users`',
      '- `GET /api/v2/users`  \n  not known → users',
      '- `GET /api/v2/newer`  \n  a:b:c',
    ])
      assert.ok(text.includes(words), `${words}\nin\n${text}`);
  });
});
