import assert from 'node:assert/strict';
import { AccountStore, INDEX, secretKey } from '../../../src/accounts/accountStore.js';
import { SecretRoom } from '../../../src/accounts/secretRoom.js';
import { account, FakeMemento, FakeSecrets } from './fakes.js';

const MAX = account();
const EVA = account({ id: 'us-east-1/o1/c1/u2', principal: 'u2', name: 'Eva' });
const TOKEN = { how: 'token', token: 'token-of-max' } as const;

/** A window: a store over secrets and a memento that may be shared with others. */
function openWindow({ secrets = new FakeSecrets(), shared = new FakeMemento(), now = (): number => 1000 } = {}) {
  const told: string[] = [];
  const room = new SecretRoom(secrets, (why) => told.push(why));
  return { store: new AccountStore(room, shared, now), room, secrets, shared, told };
}
const names = async (store: AccountStore): Promise<readonly string[]> => (await store.list()).map((a) => a.name);

describe('accounts/accountStore', () => {
  it('keeps accounts in the order in which they signed in, and each secret under its own key', async () => {
    const { store, secrets } = openWindow();
    await store.add(MAX, TOKEN);
    await store.add(EVA, { how: 'token', token: 'token-of-eva' });
    assert.deepEqual(await names(store), ['Max', 'Eva']);
    assert.deepEqual(await store.secret(MAX.id), TOKEN);
    assert.deepEqual([...secrets.kept.keys()].sort(), [INDEX, secretKey(EVA.id), secretKey(MAX.id)].sort());
  });

  it('has no secret in the list', async () => {
    const { store, secrets, shared } = openWindow();
    await store.add(MAX, { how: 'code', clientId: 'c1', clientSecret: 'canary-1', token: 'canary-2', expiresAt: 7, refreshToken: 'canary-3' });
    await store.remove(MAX.id);
    await store.add(MAX, { how: 'code', clientId: 'c1', clientSecret: 'canary-1', token: 'canary-2', expiresAt: 7, refreshToken: 'canary-3' });
    assert.doesNotMatch(`${secrets.kept.get(INDEX)} ${JSON.stringify([...shared.kept])}`, /canary/);
  });

  it('adds several at once without losing one', async () => {
    const { store } = openWindow();
    await Promise.all([store.add(MAX, TOKEN), store.add(EVA, TOKEN), store.complete(MAX.id, { org: 'Acme Ltd' })]);
    assert.deepEqual(
      (await store.list()).map((a) => [a.name, a.org]),
      [
        ['Max', 'Acme Ltd'],
        ['Eva', 'Acme'],
      ],
    );
  });

  it('replaces the same caller, and deletes the secret that it had under the id of an earlier version', async () => {
    const { store, secrets } = openWindow();
    const old = account({ id: 'token/us-east-1/Acme/u1', orgId: '', clientId: '' });
    secrets.kept.set(INDEX, JSON.stringify([old]));
    secrets.kept.set(secretKey(old.id), JSON.stringify(TOKEN));
    assert.deepEqual(await store.secret(old.id), TOKEN, 'it goes on working until then');
    const { replaced } = await store.add(MAX, { how: 'token', token: 'new' });
    assert.deepEqual([replaced.map((a) => a.id), await names(store), secrets.kept.has(secretKey(old.id))], [[old.id], ['Max'], false]);
  });

  it('keeps two orgs of one name apart', async () => {
    const { store } = openWindow();
    await store.add(MAX, TOKEN);
    await store.add(account({ id: 'us-east-1/o2/c1/u1', orgId: 'o2' }), { how: 'token', token: 'of the other org' });
    assert.equal((await store.list()).length, 2);
    assert.deepEqual(await store.secret(MAX.id), TOKEN);
  });

  it('deletes list entry and secret at a sign-out, and keeps no renewed secret of one who is gone', async () => {
    const { store, secrets } = openWindow();
    await store.add(MAX, TOKEN);
    assert.equal((await store.remove(MAX.id))?.name, 'Max');
    await store.keepSecret(MAX.id, { how: 'token', token: 'renewed meanwhile' });
    assert.deepEqual([await names(store), secrets.kept.has(secretKey(MAX.id)), await store.remove(MAX.id)], [[], false, undefined]);
  });

  it('drops a list that is damaged, and starts anew', async () => {
    const { store, secrets } = openWindow();
    secrets.kept.set(INDEX, '{"torn');
    assert.deepEqual(await names(store), []);
    await store.add(MAX, TOKEN);
    assert.deepEqual(await names(store), ['Max']);
  });

  it('sees a sign-out of another window even where each window has a secret store of its own copy, as in a browser', async () => {
    const shared = new FakeMemento();
    const one = openWindow({ shared });
    const two = openWindow({ shared });
    await one.store.add(MAX, TOKEN);
    for (const [key, value] of one.secrets.kept) two.secrets.kept.set(key, value);
    await one.store.remove(MAX.id);
    assert.deepEqual(await names(two.store), []);
    await two.store.clean(MAX.id);
    assert.ok(!two.secrets.kept.has(secretKey(MAX.id)));
  });

  it('takes who signs in again after a sign-out, within the same millisecond, too', async () => {
    const { store } = openWindow();
    await store.add(MAX, TOKEN);
    await store.remove(MAX.id);
    await store.add(MAX, TOKEN);
    assert.deepEqual(await names(store), ['Max']);
    await store.clean(MAX.id);
    assert.deepEqual(await store.secret(MAX.id), TOKEN);
  });

  it('remembers a few dozen sign-outs, not all there ever were', async () => {
    let now = 0;
    const { store, shared } = openWindow({ now: () => ++now });
    for (let i = 0; i < 120; i++) {
      const someone = account({ id: `a${i}`, principal: `p${i}` });
      await store.add(someone, TOKEN);
      await store.remove(someone.id);
    }
    const kept = Object.keys(shared.kept.get('callDoctor.signedOut') as object);
    assert.ok(kept.length <= 50 && kept.includes('a119') && !kept.includes('a0'), String(kept.length));
  });

  it('keeps everything in memory where there is no keyring, and says so once', async () => {
    const { store, room, secrets, told } = openWindow();
    secrets.broken = true;
    await store.add(MAX, TOKEN);
    await store.add(EVA, TOKEN);
    assert.deepEqual([await names(store), await store.secret(EVA.id), told, room.isStored], [['Max', 'Eva'], TOKEN, ['no keyring'], false]);
    await store.remove(MAX.id);
    assert.deepEqual([await names(store), await store.secret(MAX.id), secrets.kept.size], [['Eva'], undefined, 0]);
  });

  it('does not bring back what a store that was locked for a while could not delete', async () => {
    const { store, secrets } = openWindow();
    await store.add(MAX, TOKEN);
    secrets.broken = true;
    await store.remove(MAX.id);
    secrets.broken = false;
    assert.deepEqual([await names(store), await store.secret(MAX.id)], [[], undefined]);
  });
});
