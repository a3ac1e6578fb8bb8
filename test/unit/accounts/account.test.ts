import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Account,
  accountId,
  accountLabel,
  apartWords,
  GRANTS,
  grantWords,
  HOWS,
  isSameCaller,
  isSameOrg,
  readAccounts,
  readGrant,
  readSecret,
  type Secret,
} from '../../../src/accounts/account.js';

const ACCOUNT: Account = {
  id: accountId({ region: 'us-east-1', orgId: 'o1', clientId: 'c1', principal: 'u1' }),
  how: 'token',
  region: 'us-east-1',
  org: 'Acme',
  orgId: 'o1',
  clientId: 'c1',
  kind: 'user',
  name: 'Max',
  principal: 'u1',
  grant: 'unknown',
};
const accounts = fc.array(
  fc.record<Account>(
    {
      id: fc.string({ minLength: 1 }),
      how: fc.constantFrom(...HOWS),
      region: fc.string(),
      org: fc.string(),
      orgId: fc.string(),
      clientId: fc.string(),
      client: fc.string({ minLength: 1 }),
      kind: fc.constantFrom('user', 'client'),
      name: fc.string(),
      principal: fc.string(),
      grant: fc.constantFrom(...GRANTS),
      scopes: fc.array(fc.string()),
      expiresAt: fc.nat(),
      signedInAt: fc.nat(),
    },
    { noNullPrototype: true, requiredKeys: ['id', 'how', 'region', 'org', 'orgId', 'clientId', 'kind', 'name', 'principal', 'grant'] },
  ),
);

describe('accounts/account', () => {
  it('reads back every account that was stored', () => fc.assert(fc.property(accounts, (list) => assert.deepEqual(readAccounts(JSON.stringify(list)), list))));

  it('reads nothing from whatever else is stored, and never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void readAccounts(text)));
    fc.assert(fc.property(fc.jsonValue(), (json) => void readAccounts(JSON.stringify(json))));
    for (const stored of [undefined, '', '{', 'null', '7', '{}', '"x"', '[[]]', '[null,1,"x"]']) assert.deepEqual(readAccounts(stored), [], stored);
  });

  it('reads what the version before wrote, whose accounts had neither org id nor client nor grant', () => {
    const { orgId, clientId, grant, ...before } = ACCOUNT;
    const old = { ...before, id: 'token/us-east-1/Acme/u1' };
    assert.deepEqual(readAccounts(JSON.stringify([old, { ...old, how: 'client-credentials', kind: 'client' }])), [
      { ...old, orgId: '', clientId: '', grant: 'unknown' },
      { ...old, how: 'client-credentials', kind: 'client', orgId: '', clientId: '', grant: 'client-credentials' },
    ]);
  });

  const damaged: readonly [what: string, change: Record<string, unknown>][] = [
    ['no id', { id: '' }],
    ['an id that is no text', { id: 7 }],
    ['another way to sign in', { how: 'magic' }],
    ['neither user nor client', { kind: 'robot' }],
  ];
  for (const [what, change] of damaged)
    it(`drops an account with ${what}, and keeps the others`, () =>
      assert.deepEqual(readAccounts(JSON.stringify([{ ...ACCOUNT, ...change }, ACCOUNT])), [ACCOUNT]));

  it('takes nothing over that is no part of an account', () =>
    assert.deepEqual(readAccounts(JSON.stringify([{ ...ACCOUNT, clientSecret: 'canary', token: 'canary', refreshToken: 'canary' }])), [ACCOUNT]));

  const secrets: readonly Secret[] = [
    { how: 'client-credentials', clientId: 'i', clientSecret: 's' },
    { how: 'code', clientId: 'i', token: 't', expiresAt: 7 },
    { how: 'code', clientId: 'i', clientSecret: 's', token: 't', expiresAt: 7, refreshToken: 'r' },
    { how: 'token', token: 't' },
    { how: 'token', token: 't', expiresAt: 7 },
    { how: 'sandbox' },
  ];
  for (const secret of secrets)
    it(`reads back the secret ${JSON.stringify(secret)}`, () => assert.deepEqual(readSecret(JSON.stringify({ ...secret, more: 1 })), secret));

  for (const stored of [
    undefined,
    '',
    'token',
    '[]',
    '{}',
    '{"how":"token"}',
    '{"how":"token","token":""}',
    '{"how":"client-credentials","clientId":"i"}',
    '{"how":"token","token":7}',
    '{"how":"code","clientId":"i","token":"t"}',
    '{"how":"code","clientId":"i","expiresAt":7}',
    '{"how":"code","token":"t","expiresAt":7}',
    '{"how":"code","clientId":"i","token":"t","expiresAt":"7"}',
  ])
    it(`reads no secret from ${stored ?? 'nothing'}`, () => assert.equal(readSecret(stored), undefined));

  it('names every principal, client, org and region apart: two orgs of one name share nothing', () => {
    const one = { region: 'us-east-1', orgId: 'o1', clientId: 'c1', principal: 'u1' };
    const ids = [one, { ...one, region: 'us-west-2' }, { ...one, orgId: 'o2' }, { ...one, clientId: 'c2' }, { ...one, principal: 'u2' }].map(accountId);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('knows the same caller again, whatever the org is called now', () => {
    assert.ok(isSameCaller(ACCOUNT, { ...ACCOUNT, id: 'other', org: 'Acme Ltd', how: 'code' }));
    for (const change of [{ region: 'us-west-2' }, { orgId: 'o2' }, { clientId: 'c2' }, { principal: 'u2' }, { principal: '' }])
      assert.ok(!isSameCaller(ACCOUNT, { ...ACCOUNT, id: 'other', ...change }), JSON.stringify(change));
  });

  it('knows the same caller again that the version before has stored, by org and way', () => {
    const old: Account = { ...ACCOUNT, id: 'token/us-east-1/Acme/u1', orgId: '', clientId: '' };
    assert.ok(isSameCaller(old, ACCOUNT));
    assert.ok(!isSameCaller(old, { ...ACCOUNT, org: 'Acme Ltd' }));
    assert.ok(!isSameCaller(old, { ...ACCOUNT, how: 'code' }));
  });

  it('tells orgs of one name in one region apart, and knows an org by its id when its name has changed', () => {
    assert.ok(!isSameOrg(ACCOUNT, { ...ACCOUNT, orgId: 'o2' }));
    assert.ok(isSameOrg(ACCOUNT, { ...ACCOUNT, org: 'Acme Ltd' }));
    assert.ok(isSameOrg(ACCOUNT, { ...ACCOUNT, orgId: '' }));
    assert.ok(!isSameOrg(ACCOUNT, { ...ACCOUNT, region: 'us-west-2' }));
    assert.ok(!isSameOrg(ACCOUNT, undefined));
    assert.ok(isSameOrg(undefined, undefined));
  });

  it('tells accounts of one name in one org apart by their client, and says nothing where there is nothing to tell', () => {
    const other: Account = { ...ACCOUNT, id: 'other', clientId: 'c2', client: 'call-desk' };
    assert.deepEqual(
      [
        apartWords(ACCOUNT, [ACCOUNT, other]),
        apartWords(other, [ACCOUNT, other]),
        apartWords(ACCOUNT, [ACCOUNT]),
        apartWords(ACCOUNT, [ACCOUNT, { ...other, org: 'Beta' }]),
      ],
      ['through c1', 'through call-desk', '', ''],
    );
  });

  it('reads the platform’s words for grants (FACTS §4.1)', () =>
    assert.deepEqual(['CODE', 'CLIENT-CREDENTIALS', 'CLIENT_CREDENTIALS', 'SAML2-BEARER', 'TOKEN', 'PASSWORD', ''].map(readGrant), [
      'authorization-code',
      'client-credentials',
      'client-credentials',
      'saml2-bearer',
      'implicit',
      'unknown',
      'unknown',
    ]));

  it('says who and where for menus', () => {
    assert.deepEqual([accountLabel(ACCOUNT), accountLabel({ ...ACCOUNT, org: '' })], ['Max · Acme', 'Max']);
    assert.deepEqual(
      [
        grantWords({ ...ACCOUNT, how: 'client-credentials', kind: 'client', grant: 'client-credentials' }),
        grantWords(ACCOUNT),
        grantWords({ ...ACCOUNT, grant: 'implicit' }),
        grantWords({ ...ACCOUNT, how: 'code', grant: 'authorization-code' }),
        grantWords({ ...ACCOUNT, how: 'sandbox' }),
      ],
      ['client credentials', 'access token', 'access token (implicit grant)', 'authorization code', 'user'],
    );
  });
});
