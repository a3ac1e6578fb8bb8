import assert from 'node:assert/strict';
import { operationChanges } from '../../../src/platform/operationChanges.js';
import { type IndexEntry, writeIndex } from '../../../src/platform/operationIndex.js';
import { Operations } from '../../../src/platform/operations.js';
import { operations } from './facts.js';

const made = (entries: readonly (Partial<IndexEntry> & Pick<IndexEntry, 'path'>)[]): Operations =>
  Operations.parse(
    writeIndex(
      { source: 'A test.', asOf: '2026-11-22', asOfUndocumented: '2026-11-22', scopes: [] },
      entries.map((e) => ({
        method: 'GET',
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
const changes = (before: readonly (Partial<IndexEntry> & Pick<IndexEntry, 'path'>)[], after: readonly (Partial<IndexEntry> & Pick<IndexEntry, 'path'>)[]) => {
  const found = operationChanges(made(before), made(after));
  return Object.fromEntries(
    Object.entries(found)
      .filter(([, list]) => list.length > 0)
      .map(([kind, list]) => [kind, list.map((o: { path?: string; after?: { path: string } }) => o.path ?? o.after?.path)]),
  );
};
const path = '/api/v2/users';

describe('changes between two indices', () => {
  it('are none where nothing differs', () => {
    assert.deepEqual(Object.values(operationChanges(operations, operations)).flat(), []);
  });

  it('are operations that came and went', () => {
    assert.deepEqual(changes([{ path }, { path, method: 'POST' }], [{ path }, { path: '/api/v2/groups' }]), { added: ['/api/v2/groups'], removed: [path] });
  });

  it('are not the names of parameters, the order of permissions, nor the rule for one permission', () => {
    assert.deepEqual(changes([{ path: '/api/v2/users/{id}' }], [{ path: '/api/v2/users/{userId}' }]), {});
    assert.deepEqual(changes([{ path, permissions: ['a:b:c', 'd:e:f'] }], [{ path, permissions: ['d:e:f', 'a:b:c'] }]), {});
    assert.deepEqual(changes([{ path, permissions: ['a:b:c'] }], [{ path, permissions: ['a:b:c'], rule: 'all' }]), {});
  });

  // FACTS §2: these two changed between SDK 244 and 259.
  it('are permissions: more, others, another rule, and known where they were not', () => {
    const seen = { permissions: [path] };
    assert.deepEqual(changes([{ path }], [{ path, permissions: ['routing:skill:view'] }]), seen);
    assert.deepEqual(changes([{ path, permissions: ['a:b:c'] }], [{ path, permissions: ['a:b:d'] }]), seen);
    assert.deepEqual(changes([{ path, permissions: ['a:b:c', 'd:e:f'] }], [{ path, permissions: ['a:b:c', 'd:e:f'], rule: 'all' }]), seen);
    assert.deepEqual(changes([{ path, rule: 'unknown' }], [{ path }]), seen);
  });

  it('are deprecation, a user that is required now, and scopes', () => {
    assert.deepEqual(changes([{ path }], [{ path, deprecated: true }]), { deprecated: [path] });
    assert.deepEqual(changes([{ path, deprecated: true }], [{ path }]), {});
    assert.deepEqual(changes([{ path }], [{ path, userContext: 'required' }]), { userContext: [path] });
    assert.deepEqual(changes([{ path }], [{ path, scopes: ['users'], scopesFrom: 'official' }]), { scopes: [path] });
    assert.deepEqual(changes([{ path, scopes: ['users'], scopesFrom: 'likely' }], [{ path, scopes: ['users'], scopesFrom: 'official' }]), { scopes: [path] });
  });
});
