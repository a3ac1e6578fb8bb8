import assert from 'node:assert/strict';
import { type ClientRejected, explainProblem, type SignInProblem, sayProblem } from '../../../../src/org/oauth/problems.js';
import { findRegion, type Region } from '../../../../src/platform/regions.js';

const IRELAND = findRegion('eu-west-1') as Region;
const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const REJECTED: ClientRejected = {
  kind: 'client-rejected',
  region: IRELAND,
  clientId: ID,
  withSecret: true,
  grant: 'client-credentials',
  excluded: [],
  doubts: [],
};
const host = 'login.mypurecloud.ie';
const silent = (kind: 'offline' | 'connection-refused' | 'tls' | 'proxy' | 'no-answer'): SignInProblem => ({ kind, host, why: 'a reason', code: 'X' });

const EVERY: readonly SignInProblem[] = [
  REJECTED,
  { ...REJECTED, withSecret: false, grant: 'authorization-code', excluded: ['region', 'client-id', 'client-state'] },
  { ...REJECTED, grant: 'refresh-token', excluded: ['region', 'client-id'], doubts: ['white-space-in-secret'] },
  ...(['client-credentials', 'authorization-code', 'refresh-token', 'saml2-bearer'] as const).flatMap((grant): SignInProblem[] => [
    { kind: 'grant-not-allowed', grant, clientId: ID },
    { kind: 'grant-unusable', grant, description: 'said', skew: undefined },
    { kind: 'grant-unusable', grant, description: undefined, skew: -4000 },
  ]),
  { kind: 'redirect-mismatch', redirectUri: 'http://localhost:8085/oauth2/callback' },
  { kind: 'redirect-mismatch', redirectUri: undefined },
  { kind: 'denied', description: 'said' },
  { kind: 'nobody-came', redirectUri: 'http://localhost:8085/oauth2/callback', region: IRELAND, clientId: ID, minutes: 5 },
  { kind: 'request-malformed', error: 'invalid_request', description: undefined },
  { kind: 'rate-limited', retryAfter: 7 },
  { kind: 'rate-limited', retryAfter: undefined },
  { kind: 'platform-fault', status: 503 },
  { kind: 'platform-fault', status: undefined },
  { kind: 'not-genesys', host, status: 200, title: 'Hotel' },
  { kind: 'not-genesys', host, status: 200, title: undefined },
  { kind: 'redirected', host, status: 302, to: 'evil.example' },
  { kind: 'redirected', host, status: 302, to: undefined },
  silent('offline'),
  silent('connection-refused'),
  silent('tls'),
  silent('proxy'),
  silent('no-answer'),
  { kind: 'port-taken', port: 8085 },
  { kind: 'port-failed', port: 80, code: 'EACCES' },
  { kind: 'other', error: 'org_suspended', description: undefined },
];

describe('org/oauth/problems', () => {
  it('has sentences for every problem, with something to do', () => {
    for (const problem of EVERY) {
      const { title, reasons, fix } = explainProblem(problem);
      assert.match(title, /^[A-Za-z].*[^.]$/, title);
      assert.ok(fix.length > 0, problem.kind);
      for (const sentence of [...reasons, ...fix]) assert.match(sentence, /^[A-Z].*(?:[.”]|https?:\/\/\S+)$/s, sentence);
      assert.doesNotMatch(sayProblem(problem), /undefined|null|\[object|\s\s|\.\./, problem.kind);
    }
  });

  it('never suggests to switch verification off', () => {
    for (const problem of EVERY)
      assert.doesNotMatch(
        sayProblem(problem),
        /strictSSL|reject_?unauthorized|disabl(?:e|ing)\b|switch(?:ed|ing)? off|turn off|ignore the cert|insecure|accept any/i,
      );
  });

  it('tells what a rejected client can be: another region, a wrong secret, a wrong id, or disabled', () => {
    const said = sayProblem(REJECTED);
    for (const what of [/another region than eu-west-1/, /secret may be wrong/, /id may be wrong/, /disabled/, /mypurecloud\.ie/]) assert.match(said, what);
  });

  it('tells what it cannot be, and why, after the login page knew the client', () => {
    const said = sayProblem({ ...REJECTED, grant: 'authorization-code', excluded: ['region', 'client-id', 'client-state'] });
    assert.match(said, /secret may be wrong/);
    assert.match(said, /It is not the region, the client id or a disabled client: the login page sent you back/);
    assert.doesNotMatch(said, /may be one of another region|may be disabled|id may be wrong/);
    const asPublic = sayProblem({ ...REJECTED, withSecret: false, grant: 'authorization-code', excluded: ['region', 'client-id', 'client-state'] });
    assert.match(asPublic, /may want its secret/);
  });

  it('tells first what is odd about what was typed', () => {
    assert.match(explainProblem({ ...REJECTED, doubts: ['secret-is-the-id'] }).reasons[0] ?? '', /the client id again/);
  });

  it('shows the exact redirect URI to register', () => {
    const uri = 'http://localhost:8085/oauth2/callback';
    for (const problem of EVERY) {
      if (!('redirectUri' in problem) || problem.redirectUri === undefined) continue;
      assert.ok(sayProblem(problem).includes(uri), problem.kind);
    }
  });

  it('tells which way the clock goes wrong', () => {
    const at = (skew: number): string => sayProblem({ kind: 'grant-unusable', grant: 'saml2-bearer', description: undefined, skew });
    assert.match(at(600), /clock of this machine is 10 minutes ahead of/);
    assert.match(at(-90), /clock of this machine is 90 seconds behind/);
    assert.match(at(10_800), /3 hours ahead/);
  });
});
