import assert from 'node:assert/strict';
import { failing } from '../../../src/diagnosis/diagnose.js';
import { GUID } from '../platform/facts.js';
import { ANSWERS, behalf, get, plain } from './answers.js';
import { ALL, ANY, answer, BOTH_CALLS, CALL, explain, ON_BEHALF, one, other, PLAIN, sent, table, verdicts, words } from './cases.js';

describe('an answer alone', () => {
  for (const [name, exchange, cause, verdict, pointer] of ANSWERS)
    it(`that says “${name}” is ${verdict} ${cause}`, () => {
      const d = explain(exchange);
      const top = d.findings[0];
      assert.deepEqual([top?.cause, top?.verdict], [cause, verdict], table(d));
      if (pointer !== undefined) assert.deepEqual([top?.place?.document, top?.place?.part, top?.place?.pointer], ['response', 'body', pointer], table(d));
      assert.ok(d.summary.includes(top?.title as string), d.summary);
    });

  it('never proves that a permission is missing, whatever it names (FACTS §3.4)', () => {
    for (const [, exchange] of ANSWERS)
      for (const grant of ['client-credentials', 'user'] as const)
        for (const f of explain(exchange, { grant }).findings)
          if (['missing-permission', 'missing-division', 'missing-scope', 'feature-not-enabled', 'stale-grant', 'access-rule'].includes(f.cause))
            assert.notEqual(f.verdict, 'confirmed', f.title);
  });

  it('that the platform wrote rules out strangers and trouble with the token', () => {
    const v = verdicts(explain(behalf(answer(403, 'missing.any.permissions', ANY(BOTH_CALLS)))));
    assert.deepEqual([v['not-genesys'], v['token-missing'], v['token-invalid'], v['no-such-operation'], v['invalid-payload']], Array(5).fill('ruled-out'));
    assert.equal(v['no-station'], 'unchecked');
    assert.equal(v['feature-not-enabled'], 'possible');
  });

  it('that somebody else wrote proves nothing about the token', () => {
    const v = verdicts(explain(behalf(other(403, '{"message":"Forbidden"}'))));
    assert.equal(v['token-invalid'], undefined);
    assert.equal(v['missing-permission'], 'possible');
  });

  it('names permissions that the operation does not declare, and says so', () => {
    const d = explain(behalf(answer(403, 'missing.any.permissions', ANY('routing:queue:view'))));
    assert.match(words(one(d, 'missing-permission')), /does not declare/);
    assert.doesNotMatch(words(one(explain(behalf(answer(403, 'missing.any.permissions', ANY(BOTH_CALLS)))), 'missing-permission')), /does not declare/);
  });

  it('with an empty list falls back on what the operation declares', () => {
    const d = explain(behalf(answer(403, 'missing.any.permissions', ANY(''))));
    assert.match(one(d, 'missing-permission').title, /any of conversation:agentlessCall:add, conversation:call:add/);
    assert.doesNotMatch(
      JSON.stringify(explain(get(`/api/v2/userrecordings/${GUID}/transcoding`, answer(403, 'missing.any.permissions', ANY(''))))),
      /any of [^a-z]|declares any of \(/,
    );
  });

  it('of the plain operation says that a one-party call is not known to need the conference permission', () => {
    const d = explain(plain(answer(403, 'missing.any.permissions', ANY('conversation:conference:add'))));
    assert.match(words(one(d, 'missing-permission')), /not verified/);
  });

  it('about a station proves that the token has a user', () => {
    for (const code of ['conversation.error.no.user.station', 'providerapi.error.station.no.active.edge'])
      assert.equal(verdicts(explain(plain(answer(400, code, 'x'))))['no-user-context'], 'ruled-out');
  });

  it('of an operation that enforces rights says that there is one, even where the facts have none', () => {
    const d = explain(get('/api/v2/something/new', answer(403, 'missing.permissions', ALL('a:b:c'))));
    assert.equal(one(d, 'no-such-operation').verdict, 'possible');
    assert.equal(d.findings[0]?.cause, 'missing-permission');
  });

  it('with status 401 has one explanation where no token was sent', () => {
    for (const [headers, code] of [
      [[['X', 'y']], 'authentication.required'],
      [[['Authorization', 'Basic YTpi']], 'bad.credentials'],
      [[['Authorization', 'Bearer ']], 'bad.credentials'],
      [[['Authorization', 'Zm9vYmFy']], 'bad.credentials'],
    ] as const)
      assert.deepEqual(
        failing(explain({ ...sent(PLAIN, 'POST', CALL, headers), ...answer(401, code, 'x') }).findings).map((f) => f.cause),
        ['token-missing'],
        headers[0].join(),
      );
  });

  it('that ends too early says so, and never more', () => {
    const d = explain(behalf(other(403, '{"message":"Unable to perform the requested action. You are missing the follow')));
    assert.equal(one(d, 'not-genesys').verdict, 'unchecked');
    assert.match(words(one(d, 'not-genesys')), /ends too early/);
  });

  it('of a write that failed warns against sending it again', () => {
    assert.match(words(one(explain(plain(answer(504, 'request.timeout'))), 'platform-fault')), /the call may have been placed\. Look for it first/);
    assert.match(words(one(explain(get('/api/v2/users/me', answer(504, 'request.timeout'))), 'platform-fault')), /Try again later/);
    assert.doesNotMatch(
      words(one(explain({ ...sent('/api/v2/users/search', 'POST', '{}'), ...answer(503, 'service.unavailable') }), 'platform-fault')),
      /the call/,
    );
  });

  it('that has only a status is explained as far as it goes', () => {
    assert.equal(explain({ ...sent(ON_BEHALF), ...other(undefined) }, { status: 403 }).status, 403);
    assert.equal(verdicts(explain({ ...sent(ON_BEHALF), ...other(403) }))['missing-permission'], 'possible');
    assert.equal(explain(other(401)).findings[0]?.cause, 'token-invalid');
    assert.ok(explain(other(403)).findings.every((f) => f.verdict === 'possible'));
  });
});

describe('an accepted request', () => {
  const created = other(200, JSON.stringify({ id: GUID, selfUri: `/api/v2/conversations/${GUID}` }));
  it('has nothing confirmed or likely against it, with either grant and any oddity', () => {
    for (const status of [200, 202])
      for (const grant of [undefined, 'client-credentials', 'user'] as const)
        for (const body of [CALL, '{"ownerId":"x","phoneNumber":"{{n}}"}', '{']) {
          const d = explain({ ...sent(PLAIN, 'POST', body), ...created, response: { ...created.response, status, headers: [] } }, grant ? { grant } : {});
          assert.deepEqual(failing(d.findings), [], table(d));
          assert.match(d.summary, /accepted/);
        }
  });

  it('rules out what it met', () => {
    const v = verdicts(explain({ ...sent(PLAIN), ...created }));
    for (const cause of ['no-user-context', 'missing-permission', 'no-station', 'no-such-operation', 'invalid-payload'] as const)
      assert.equal(v[cause], 'ruled-out', cause);
  });
});
