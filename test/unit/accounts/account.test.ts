import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Account, accountId, accountLabel, grantWords, readAccounts, readSecret, type Secret } from '../../../src/accounts/account.js';

const ACCOUNT: Account = {
  id: accountId('token', 'us-east-1', 'Acme', 'u1'),
  how: 'token',
  region: 'us-east-1',
  org: 'Acme',
  kind: 'user',
  name: 'Max',
  principal: 'u1',
};
const accounts = fc.array(
  fc.record<Account>(
    {
      id: fc.string({ minLength: 1 }),
      how: fc.constantFrom('client-credentials', 'token', 'sandbox'),
      region: fc.string(),
      org: fc.string(),
      kind: fc.constantFrom('user', 'client'),
      name: fc.string(),
      principal: fc.string(),
    },
    { noNullPrototype: true },
  ),
);

describe('accounts/account', () => {
  it('reads back every account that was stored', () => fc.assert(fc.property(accounts, (list) => assert.deepEqual(readAccounts(JSON.stringify(list)), list))));

  it('reads nothing from whatever else is stored, and never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void readAccounts(text)));
    fc.assert(fc.property(fc.jsonValue(), (json) => void readAccounts(JSON.stringify(json))));
    for (const stored of [undefined, '', '{', 'null', '7', '{}', '"x"', '[[]]', '[null,1,"x"]']) assert.deepEqual(readAccounts(stored), [], stored);
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
    assert.deepEqual(readAccounts(JSON.stringify([{ ...ACCOUNT, clientSecret: 'canary', token: 'canary' }])), [ACCOUNT]));

  const secrets: readonly Secret[] = [{ how: 'client-credentials', clientId: 'i', clientSecret: 's' }, { how: 'token', token: 't' }, { how: 'sandbox' }];
  for (const secret of secrets)
    it(`reads back the secret of ${secret.how}`, () => assert.deepEqual(readSecret(JSON.stringify({ ...secret, more: 1 })), secret));

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
  ])
    it(`reads no secret from ${stored ?? 'nothing'}`, () => assert.equal(readSecret(stored), undefined));

  it('names every principal of every org apart', () => {
    const ids = [
      accountId('token', 'us-east-1', 'A', 'u'),
      accountId('token', 'us-east-1', 'A', 'v'),
      accountId('token', 'us-east-1', 'B', 'u'),
      accountId('token', 'us-west-2', 'A', 'u'),
      accountId('sandbox', 'us-east-1', 'A', 'u'),
    ];
    assert.equal(new Set(ids).size, ids.length);
  });

  it('says who and where for menus', () => {
    assert.deepEqual([accountLabel(ACCOUNT), accountLabel({ ...ACCOUNT, org: '' })], ['Max · Acme', 'Max']);
    assert.deepEqual(
      [grantWords({ ...ACCOUNT, kind: 'client' }), grantWords(ACCOUNT), grantWords({ ...ACCOUNT, how: 'sandbox' })],
      ['client credentials', 'access token', 'user'],
    );
  });
});
