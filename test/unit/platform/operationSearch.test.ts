import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OperationSearch } from '../../../src/platform/operationSearch.js';
import { relatedOperations } from '../../../src/platform/relatedOperations.js';
import { operations } from './facts.js';

const search = new OperationSearch(operations);
const find = (text: string, most?: number): string[] => search.find(text, most).operations.map((o) => `${o.method} ${o.path}`);

describe('search for operations', () => {
  const first: readonly (readonly [words: string, best: string])[] = [
    ['place call', 'POST /api/v2/conversations/calls'],
    ['Place a Call', 'POST /api/v2/conversations/calls'],
    ['call on behalf of user', 'POST /api/v2/conversations/calls/user/{userId}'],
    ['call on behalf', 'POST /api/v2/conversations/calls/user/{userId}'],
    ['place a call for an agent', 'POST /api/v2/conversations/calls/user/{userId}'],
    ['POST conversations calls', 'POST /api/v2/conversations/calls'],
    ['get users me', 'GET /api/v2/users/me'],
    ['users station', 'GET /api/v2/users/{userId}/station'],
    ['queue members', 'GET /api/v2/routing/queues/{queueId}/members'],
    ['add queue members', 'POST /api/v2/routing/queues/{queueId}/members'],
    ['delete queue', 'DELETE /api/v2/routing/queues/{queueId}'],
    ['/api/v2/routing/queues/3f2504e0-4f89-41d3-9a0c-0305e82c3301/members', 'GET /api/v2/routing/queues/{queueId}/members'],
    ['notification channels', 'GET /api/v2/notifications/channels'],
    ['convresations', 'GET /api/v2/conversations'],
    ['divsions', 'GET /api/v2/authorization/divisions'],
    ['agentlessCall', 'POST /api/v2/conversations/calls/user/{userId}'],
  ];
  for (const [words, best] of first) it(`finds ${best} for “${words}”`, () => assert.equal(find(words)[0], best));

  it('finds both ways to place a call, and calls themselves with a letter too many', () => {
    assert.ok(find('place call', 4).includes('POST /api/v2/conversations/calls/user/{userId}'));
    assert.ok(find('callss', 4).includes('POST /api/v2/conversations/calls'));
  });

  it('lists every operation that names a permission, and only those', () => {
    for (const permission of ['conversation:call:add', 'routing:queue:view', 'directory:user:view', 'admin:x']) {
      const naming = [...operations.all()].filter((o) => o.permissions.includes(permission)).map((o) => `${o.method} ${o.path}`);
      if (naming.length > 0) assert.deepEqual(find(permission).sort(), naming.sort(), permission);
    }
    assert.ok(find('routing:queue:view').length > 20);
    assert.deepEqual(find('Conversation:Call:ADD'), find('conversation:call:add'));
  });

  it('lists those of a whole entity with a wildcard', () => {
    const naming = [...operations.all()].filter((o) => o.permissions.some((p) => p.startsWith('routing:queue:'))).length;
    assert.equal(find('routing:queue:*').length, naming);
  });

  it('finds permissions that are misspelt', () => {
    assert.ok(find('conversation:agentlesCall:ad')[0]?.startsWith('POST /api/v2/conversations/calls'));
  });

  it('holds to a method that is named', () => {
    for (const name of find('delete users', 50)) assert.ok(name.startsWith('DELETE '), name);
  });

  it('finds nothing for what is nowhere', () => {
    assert.deepEqual(find('xyzzy'), []);
    assert.deepEqual(find('::::'), []);
  });

  it('finds every operation by its own path among the best of its method', () => {
    const shapes = new Map<string, number>();
    for (const { method, path } of operations.all()) {
      const key = `${method} ${path.replaceAll(/\{\w+\}/g, '')}`;
      shapes.set(key, (shapes.get(key) ?? 0) + 1);
    }
    let missed = 0;
    let asked = 0;
    for (const { method, path } of [...operations.all()].filter((_, i) => i % 20 === 0)) {
      asked += 1;
      if (!find(`${method} ${path}`, 20).includes(`${method} ${path}`)) missed += 1;
    }
    assert.equal(missed, 0, `${missed} of ${asked}`);
  }).timeout(20_000);

  it('finds all, the shortest first, before anything is typed', () => {
    assert.equal(search.find('').total, 3315);
    assert.ok((find('')[0]?.length ?? 99) < 20);
  });

  it('never throws, and gives no more than was asked for', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 500 })), fc.integer({ min: 1, max: 30 }), (text, most) => {
        const hits = search.find(text, most);
        assert.ok(hits.total >= hits.operations.length);
      }),
      { numRuns: 200 },
    );
  }).timeout(20_000);
});

describe('operations that belong to one', () => {
  const related = (method: string, path: string): string[] =>
    relatedOperations(operations, operations.get(method, path)).map((r) => `${r.relation} ${r.operation.method} ${r.operation.path}`);

  it('are the one on behalf of a user, and the reverse', () => {
    assert.ok(related('POST', '/api/v2/conversations/calls').includes('on-behalf POST /api/v2/conversations/calls/user/{userId}'));
    assert.ok(related('POST', '/api/v2/conversations/calls/user/{userId}').includes('as-oneself POST /api/v2/conversations/calls'));
    assert.ok(
      related('POST', '/api/v2/conversations/calls/{conversationId}/participants').includes(
        'on-behalf POST /api/v2/conversations/calls/{conversationId}/participants/user/{userId}',
      ),
    );
  });

  it('are the one for oneself, and the reverse', () => {
    assert.ok(related('GET', '/api/v2/users/{userId}').includes('own GET /api/v2/users/me'));
    assert.ok(related('GET', '/api/v2/users/me').includes('of-anybody GET /api/v2/users/{userId}'));
  });

  it('are the others of its path, and never itself', () => {
    assert.deepEqual(related('GET', '/api/v2/conversations/calls'), ['same-path POST /api/v2/conversations/calls']);
    for (const o of operations.all())
      for (const r of relatedOperations(operations, o)) assert.ok(r.operation.method !== o.method || r.operation.path !== o.path);
  });
});
