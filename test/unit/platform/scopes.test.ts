import assert from 'node:assert/strict';
import fc from 'fast-check';
import { grantProblem } from '../../../src/platform/grants.js';
import { scopeProblem } from '../../../src/platform/scopes.js';
import { operations } from './facts.js';

describe('a scope', () => {
  it('is one of 78 (FACTS §4.3), and none of those is a problem', () => {
    assert.equal(operations.scopes.size, 78);
    for (const scope of operations.scopes) assert.equal(scopeProblem(scope, operations), undefined, scope);
  });

  const INVENTED: readonly (readonly [string, 'no-such-scope' | 'permission', string | undefined])[] = [
    ['call:outbound:initiate', 'no-such-scope', 'conversations'],
    ['conversation:call:write', 'no-such-scope', 'conversations'],
    ['conversations:call:add', 'no-such-scope', 'conversations'],
    ['conversation:write', 'no-such-scope', 'conversations'],
    ['user:read', 'no-such-scope', 'users:readonly'],
    ['conversations:read', 'no-such-scope', 'conversations:readonly'],
    ['Conversations', 'no-such-scope', 'conversations'],
    ['conversatons', 'no-such-scope', 'conversations'],
    ['conversation:call:add', 'permission', 'conversations'],
    ['routing:queue:view', 'permission', 'routing:readonly'],
    ['all', 'no-such-scope', undefined],
    ['constructor', 'no-such-scope', undefined],
    ['', 'no-such-scope', undefined],
  ];
  for (const [name, kind, nearest] of INVENTED)
    it(`“${name}” is none${nearest ? `; ${nearest} is meant` : ''}`, () => {
      const problem = scopeProblem(name, operations);
      assert.deepEqual([problem?.kind, problem?.nearest], [kind, nearest]);
      assert.ok(problem?.text.includes(name) && problem.source.includes('2026-'));
    });

  it('that is meant is always a real one', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{2,12}(:[a-z]{2,10}){0,2}$/)), (name) => {
        const nearest = scopeProblem(name, operations)?.nearest;
        assert.ok(nearest === undefined || operations.scopes.has(nearest));
      }),
    );
  });
});

describe('a grant (FACTS §4.1)', () => {
  for (const grant of ['authorization_code', 'client_credentials', 'refresh_token', 'urn:ietf:params:oauth:grant-type:saml2-bearer'])
    it(`${grant} is one`, () => assert.equal(grantProblem(grant), undefined));

  const PROBLEMS: readonly (readonly [string, string, RegExp])[] = [
    ['urn:ietf:params:oauth:grant-type:jwt-bearer', 'no-such-grant', /saml2-bearer/],
    ['jwt-bearer', 'no-such-grant', /calls\/user\/\{userId\}/],
    ['urn:ietf:params:oauth:grant-type:token-exchange', 'no-such-grant', /PKCE/],
    ['password', 'undocumented', /PKCE/],
    ['implicit', 'ending', /2027/],
    ['token', 'ending', /PKCE/],
    ['client-credentials', 'no-such-grant', /client_credentials/],
    ['magic', 'no-such-grant', /“magic”/],
  ];
  for (const [grant, kind, words] of PROBLEMS)
    it(`${grant} is a problem: ${kind}`, () => {
      const problem = grantProblem(grant);
      assert.equal(problem?.kind, kind);
      assert.match(`${problem.title} ${problem.text} ${problem.instead}`, words);
      assert.match(problem.source, /\d{4}/);
    });
});
