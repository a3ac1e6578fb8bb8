import assert from 'node:assert/strict';
import type { Operation } from '../../../src/platform/operations.js';
import { operations, orgCopy, type Reply, type Running, start } from './harness.js';

const SOME_ID = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
const NOT_A_USER = 'This request requires a user context. Client credentials cannot be used for requests to this resource.';

const isGoodbye = (o: Operation): boolean => o.method === 'DELETE' && o.path === '/api/v2/tokens/me';
const all: readonly Operation[] = [...operations.all()];

/** Sends every operation with ids that nobody has; the one that takes the token away comes last. */
async function walk(running: Running, who: string | undefined, check: (operation: Operation, reply: Reply) => void): Promise<void> {
  const one = async (operation: Operation): Promise<void> =>
    check(operation, await running.send(who, `${operation.method} ${operation.path.replace(/\{[^}]+\}/g, SOME_ID)}`));
  const queue = all.filter((o) => !isGoodbye(o)).values();
  const worker = async (): Promise<void> => {
    for (const operation of queue) await one(operation);
  };
  if (who !== undefined) await running.token(who);
  await Promise.all(Array.from({ length: 8 }, worker));
  await Promise.all(all.filter(isGoodbye).map(one));
}

describe('sandbox, every operation of the index', function () {
  this.timeout(60_000);
  let running: Running;

  before(async () => {
    const org = orgCopy();
    org.rateLimitPerMinute = 1_000_000;
    org.permissions.lacks = [];
    const [, , reporting] = org.clients;
    assert.equal(reporting?.name, 'reporting-tool');
    if (reporting) reporting.roleDivisions = [];
    running = await start({ org });
  });

  it('answers 401 to a request without a token', async () => {
    let walked = 0;
    await walk(running, undefined, (operation, reply) => {
      assert.equal(reply.status, 401, `${operation.method} ${operation.path}`);
      if (operation.method !== 'HEAD') assert.equal(reply.json['code'], 'authentication.required');
      walked++;
    });
    assert.equal(walked, 3315);
  });

  it('refuses a client without roles, naming exactly the declared permissions', async () => {
    const seen = { context: 0, any: 0, every: 0, open: 0 };
    await walk(running, 'reporting-tool', (operation, reply) => {
      const what = `${operation.method} ${operation.path}`;
      if (operation.userContext === 'required') {
        seen.context++;
        assert.deepEqual([reply.status, reply.json['code'], reply.json['message']], [400, 'not.a.user', NOT_A_USER], what);
      } else if (operation.permissions.length > 0) {
        seen[operation.rule === 'any' ? 'any' : 'every']++;
        const [code, says] =
          operation.rule === 'any'
            ? ['missing.any.permissions', 'You must have at least one of the following permissions assigned:']
            : ['missing.permissions', 'You are missing the following permission(s):'];
        assert.equal(reply.status, 403, what);
        assert.equal(reply.json['code'], code, what);
        assert.equal(reply.json['message'], `Unable to perform the requested action. ${says} [${operation.permissions.join(', ')}]`, what);
      } else {
        seen.open++;
        assert.ok(reply.status !== 401 && reply.status !== 403, `${what} ${reply.status}`);
      }
    });
    assert.ok(seen.any > 2000 && seen.every > 800 && seen.open > 300 && seen.context > 10, JSON.stringify(seen));
  });

  it('never answers 401 or 403 to a client that may do everything, but lets no client pass for a user', async () => {
    await walk(running, 'admin-tool', (operation, reply) => {
      const what = `${operation.method} ${operation.path} ${reply.status} ${reply.text}`;
      if (operation.userContext === 'required') assert.equal(reply.json['code'], 'not.a.user', what);
      else assert.ok(reply.status !== 401 && reply.status !== 403, what);
      if (reply.status === 501 && operation.method !== 'HEAD') assert.equal(reply.json['code'], 'sandbox.not.implemented', what);
      assert.notEqual(reply.status, 500, what);
    });
  });

  it('says in every answer its correlation id and the rate', async () => {
    for (const [who, request] of [
      [undefined, 'GET /api/v2/tokens/me'],
      ['admin-tool', 'GET /api/v2/no/such/path'],
      ['dialer-service', 'GET /api/v2/tokens/me'],
      ['dialer-service', 'GET /api/v2/users/me'],
    ] as const) {
      const reply = await running.send(who, request);
      assert.match(reply.headers.get('inin-correlation-id') ?? '', /^[0-9a-f-]{36}$/);
      for (const name of ['count', 'allowed', 'reset']) assert.match(reply.headers.get(`inin-ratelimit-${name}`) ?? '', /^\d+$/);
      if (reply.status >= 400) assert.equal(reply.json['contextId'], reply.headers.get('inin-correlation-id'));
    }
  });
});
