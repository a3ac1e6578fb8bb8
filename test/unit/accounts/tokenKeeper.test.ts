import assert from 'node:assert/strict';
import type { Account, Secret } from '../../../src/accounts/account.js';
import { TokenKeeper, type TokenPorts } from '../../../src/accounts/tokenKeeper.js';
import type { TokenAnswer } from '../../../src/org/oauth/tokens.js';
import { findRegion, type Region } from '../../../src/platform/regions.js';
import { account } from './fakes.js';

const REGION = findRegion('us-east-1') as Region;
const HOUR = 3_600_000;
const MAX = account({ how: 'code', grant: 'authorization-code' });
const CODE = { how: 'code', clientId: 'c1', clientSecret: 's', token: 't0', expiresAt: HOUR, refreshToken: 'r0' } as const;

const refusal = (error: string): TokenAnswer => ({ kind: 'refused', why: error, error, problem: { kind: 'other', error, description: undefined } });
const granted = (n: number, at: number): TokenAnswer => ({ kind: 'ok', token: `t${n}`, expiresAt: at + HOUR, refreshToken: `r${n}` });

/** A keeper over one secret, and what it asked for. */
class Fake {
  now = 0;
  secret: Secret | undefined;
  good: boolean | undefined = false;
  readonly asked: string[] = [];
  readonly ended: string[] = [];
  /** What the login host answers to a refresh token. */
  answer: (refreshToken: string) => TokenAnswer | Promise<TokenAnswer> = (r) => granted(Number(r.slice(1)) + 1, this.now);
  /** What happens while something waits. */
  meanwhile: () => void = () => {};
  readonly keeper: TokenKeeper;

  constructor(secret: Secret | undefined) {
    this.secret = secret;
    const ports: TokenPorts = {
      secret: async () => this.secret,
      keepSecret: async (_id, kept) => {
        this.secret = kept;
      },
      region: async () => REGION,
      sandbox: async () => ({ token: 'of the sandbox' }),
      ask: async () => {
        this.asked.push('client credentials');
        return { kind: 'ok', token: `c${this.asked.length}`, expiresAt: this.now + HOUR };
      },
      refresh: async (_region, { refreshToken }) => {
        this.asked.push(refreshToken);
        return this.answer(refreshToken);
      },
      isGood: async (_region, token) => {
        this.asked.push(`is ${token} good`);
        return this.good;
      },
      alone: (_id, work) => work(),
      ended: async (_account, why) => {
        this.ended.push(why);
      },
      now: () => this.now,
      pause: async () => this.meanwhile(),
    };
    this.keeper = new TokenKeeper(ports);
  }

  async token(of: Account = MAX): Promise<string> {
    const answer = await this.keeper.token(of);
    return answer.kind === 'ok' ? answer.token : `failed: ${answer.why}`;
  }
}

describe('accounts/tokenKeeper', () => {
  it('asks once however many wait', async () => {
    const fake = new Fake({ how: 'client-credentials', clientId: 'c', clientSecret: 's' });
    assert.deepEqual(await Promise.all([fake.token(), fake.token(), fake.token()]), ['c1', 'c1', 'c1']);
    assert.equal(await fake.token(), 'c1');
    assert.equal(fake.asked.length, 1);
  });

  it('asks again a minute before a token ends', async () => {
    const fake = new Fake({ how: 'client-credentials', clientId: 'c', clientSecret: 's' });
    await fake.token();
    fake.now = HOUR - 60_001;
    assert.equal(await fake.token(), 'c1');
    fake.now = HOUR - 60_000;
    assert.equal(await fake.token(), 'c2');
  });

  it('leaves the request to the others when one gives up', async () => {
    const fake = new Fake({ how: 'client-credentials', clientId: 'c', clientSecret: 's' });
    const controller = new AbortController();
    const left = fake.keeper.token(MAX, controller.signal);
    const stays = fake.token();
    controller.abort();
    assert.deepEqual([await left, await stays], [{ kind: 'failed', why: 'cancelled' }, 'c1']);
  });

  it('uses the stored token until it ends, then renews it once, and stores both new tokens', async () => {
    const fake = new Fake(CODE);
    assert.equal(await fake.token(), 't0');
    fake.now = HOUR;
    assert.deepEqual(await Promise.all([fake.token(), fake.token()]), ['t1', 't1']);
    assert.deepEqual([fake.asked, fake.secret], [['r0'], { ...CODE, token: 't1', expiresAt: 2 * HOUR, refreshToken: 'r1' }]);
  });

  it('keeps the refresh token where no new one came', async () => {
    const fake = new Fake(CODE);
    fake.now = HOUR;
    fake.answer = () => ({ kind: 'ok', token: 't1', expiresAt: 2 * HOUR });
    await fake.token();
    assert.deepEqual(fake.secret, { ...CODE, token: 't1', expiresAt: 2 * HOUR });
  });

  it('takes what another window renewed, and sends nothing', async () => {
    const fake = new Fake(CODE);
    await fake.token();
    fake.now = HOUR;
    fake.secret = { ...CODE, token: 't9', expiresAt: 2 * HOUR, refreshToken: 'r9' };
    assert.deepEqual([await fake.token(), fake.asked], ['t9', []]);
  });

  it('looks again at what is stored once it is alone: another window may have renewed it while it waited', async () => {
    const fake = new Fake(CODE);
    fake.now = HOUR;
    const keeper = new TokenKeeper({
      ...portsOf(fake),
      alone: async (_id, work) => {
        fake.secret = { ...CODE, token: 't9', expiresAt: 2 * HOUR, refreshToken: 'r9' };
        return work();
      },
    });
    assert.deepEqual([await keeper.token(MAX), fake.asked], [{ kind: 'ok', token: 't9', expiresAt: 2 * HOUR }, []]);
  });

  it('finds after an invalid_grant that another window was faster, even if that one writes a moment later', async () => {
    for (const late of [false, true]) {
      const fake = new Fake(CODE);
      fake.now = HOUR;
      const renewed: Secret = { ...CODE, token: 't9', expiresAt: 2 * HOUR, refreshToken: 'r9' };
      fake.answer = () => {
        if (!late) fake.secret = renewed;
        return refusal('invalid_grant');
      };
      fake.meanwhile = () => {
        fake.secret = renewed;
      };
      assert.deepEqual([await fake.token(), fake.ended, fake.asked], ['t9', [], ['r0']]);
    }
  });

  it('signs out, with the reason, where the refresh token is worth nothing any more', async () => {
    const fake = new Fake(CODE);
    fake.now = HOUR;
    fake.answer = () => refusal('invalid_grant');
    assert.match(await fake.token(), /^failed: .*sign in again/);
    assert.equal(fake.ended.length, 1);
    assert.match(fake.ended[0] ?? '', /revoked/);
  });

  it('does not sign out for anything else than invalid_grant, and uses the token while it is still good', async () => {
    for (const answer of [
      refusal('invalid_client'),
      { kind: 'unreachable', why: 'no network', problem: { kind: 'offline', host: 'h', why: 'no network', code: 'ENOTFOUND' } } as const,
    ]) {
      const fake = new Fake(CODE);
      fake.answer = () => answer;
      fake.now = HOUR - 30_000;
      assert.equal(await fake.token(), 't0', answer.kind);
      fake.now = HOUR;
      assert.match(await fake.token(), /^failed/);
      assert.deepEqual([fake.ended, fake.secret], [[], CODE]);
    }
  });

  it('renews once after a 401, and does not hand the refused token out again', async () => {
    const fake = new Fake(CODE);
    await fake.token();
    await Promise.all([fake.keeper.refused(MAX, 't0'), fake.keeper.refused(MAX, 't0'), fake.keeper.refused(MAX, 't0')]);
    assert.deepEqual([fake.asked, await fake.token(), fake.ended], [['r0'], 't1', []]);
    await fake.keeper.refused(MAX, 't0');
    assert.deepEqual([fake.asked, await fake.token()], [['r0'], 't1'], 'a late 401 of the token before changes nothing');
  });

  it('signs out after a 401 where there is nothing to renew with and the platform knows the token no more: told once', async () => {
    for (const secret of [{ how: 'token', token: 't0' } as const, { how: 'code', clientId: 'c', token: 't0', expiresAt: HOUR } as const]) {
      const fake = new Fake(secret);
      await fake.token();
      void fake.keeper.refused(MAX, 't0');
      void fake.keeper.refused(MAX, 't0');
      await fake.keeper.settled();
      await fake.keeper.refused(MAX, 't0');
      assert.equal(fake.ended.length, 1, secret.how);
      assert.deepEqual(fake.asked, ['is t0 good']);
      assert.match(await fake.token(), /not accepted any more/);
      assert.equal(await fake.keeper.tokenAtHand(MAX), undefined);
    }
  });

  it('stays signed in after a 401 that is not about the token, or where the platform cannot be asked', async () => {
    for (const good of [true, undefined]) {
      const fake = new Fake({ how: 'token', token: 't0' });
      fake.good = good;
      await fake.token();
      await fake.keeper.refused(MAX, 't0');
      assert.deepEqual([fake.ended, await fake.token()], [[], 't0']);
    }
  });

  it('asks for another token after a 401 with client credentials', async () => {
    const fake = new Fake({ how: 'client-credentials', clientId: 'c', clientSecret: 's' });
    await fake.token();
    await fake.keeper.refused(MAX, 'c1');
    assert.deepEqual([await fake.token(), fake.ended], ['c2', []]);
  });

  it('says that a token has ended, without asking anybody', async () => {
    const fake = new Fake({ how: 'token', token: 't0', expiresAt: HOUR });
    fake.now = HOUR;
    assert.match(await fake.token(), /has ended: sign in again/);
    assert.deepEqual(fake.asked, []);
  });

  it('has a token at hand without a request', async () => {
    const stored = new Fake(CODE);
    assert.equal(await stored.keeper.tokenAtHand(MAX), 't0');
    stored.now = HOUR;
    assert.equal(await stored.keeper.tokenAtHand(MAX), undefined);
    const client = new Fake({ how: 'client-credentials', clientId: 'c', clientSecret: 's' });
    const who = account({ how: 'client-credentials' });
    assert.equal(await client.keeper.tokenAtHand(who), undefined);
    await client.token(who);
    assert.equal(await client.keeper.tokenAtHand(who), 'c1');
    assert.deepEqual([stored.asked, client.asked.length], [[], 1]);
  });

  it('drops the answer to a sign-in that changed while it was on its way', async () => {
    const fake = new Fake({ how: 'client-credentials', clientId: 'c', clientSecret: 's' });
    const before = fake.token();
    fake.keeper.forget(MAX.id);
    assert.match(await before, /the sign-in has changed/);
    assert.equal(await fake.token(), 'c2');
  });

  it('takes the sandbox’s token anew each time, as it changes with every start', async () => {
    const fake = new Fake({ how: 'sandbox' });
    assert.equal(await fake.token(), 'of the sandbox');
    await fake.keeper.refused(MAX, 'of the sandbox');
    assert.deepEqual(fake.ended, []);
  });
});

/** The ports of a fake, to replace one of them. */
const portsOf = (fake: Fake): TokenPorts => ({
  secret: async () => fake.secret,
  keepSecret: async (_id, kept) => {
    fake.secret = kept;
  },
  region: async () => REGION,
  sandbox: async () => 'no sandbox',
  ask: async () => refusal('unexpected'),
  refresh: async (_region, { refreshToken }) => {
    fake.asked.push(refreshToken);
    return fake.answer(refreshToken);
  },
  isGood: async () => fake.good,
  alone: (_id, work) => work(),
  ended: async (_account, why) => {
    fake.ended.push(why);
  },
  now: () => fake.now,
  pause: async () => {},
});
