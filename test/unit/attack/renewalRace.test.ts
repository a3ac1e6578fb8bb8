import assert from 'node:assert/strict';
import type { Secret } from '../../../src/accounts/account.js';
import { TokenKeeper } from '../../../src/accounts/tokenKeeper.js';
import type { TokenAnswer } from '../../../src/org/oauth/tokens.js';
import { findRegion, type Region } from '../../../src/platform/regions.js';
import { account } from '../accounts/fakes.js';

const MAX = account({ how: 'code', grant: 'authorization-code' });
const OLD: Secret = { how: 'code', clientId: 'c1', clientSecret: 'old', token: 't0', expiresAt: 1, refreshToken: 'r0' };
const NEW: readonly Secret[] = [
  { how: 'token', token: 'pasted' },
  { how: 'code', clientId: 'c1', clientSecret: 'new', token: 'n0', expiresAt: 9_000_000, refreshToken: 'n1' },
  { how: 'code', clientId: 'c1', clientSecret: 'new', token: 'n0', expiresAt: 9_000_000 },
];
const ANSWERS: readonly TokenAnswer[] = [
  { kind: 'ok', token: 't1', expiresAt: 9_000_000, refreshToken: 'r1' },
  { kind: 'refused', why: 'invalid_grant', error: 'invalid_grant', problem: { kind: 'other', error: 'invalid_grant', description: undefined } },
];

describe('somebody who signs in again while their token is being renewed', () => {
  for (const secret of NEW)
    for (const answer of ANSWERS)
      it(`keeps the new sign-in (${secret.how}${'refreshToken' in secret ? ', renewable' : ''}), where the old renewal is ${answer.kind}`, async () => {
        let stored: Secret | undefined = OLD;
        const ended: string[] = [];
        const keeper = new TokenKeeper({
          secret: async () => stored,
          keepSecret: async (_id, kept) => {
            stored = kept;
          },
          region: async () => findRegion('us-east-1') as Region,
          sandbox: async () => 'none',
          ask: async () => ({ kind: 'cancelled' }),
          refresh: async () => {
            stored = secret;
            keeper.forget(MAX.id);
            return answer;
          },
          isGood: async () => true,
          alone: (_id, work) => work(),
          ended: async (_account, why) => {
            ended.push(why);
          },
          now: () => 1000,
          pause: async () => {},
        });
        const first = await keeper.token(MAX);
        assert.notDeepEqual(first.kind === 'ok' && first.token, 't1');
        assert.deepEqual([stored, ended], [secret, []]);
        const next = await keeper.token(MAX);
        assert.equal(next.kind === 'ok' && next.token, secret.how === 'sandbox' ? '' : 'token' in secret ? secret.token : '');
      });
});
