import assert from 'node:assert/strict';
import type { WatchedCall } from '../../../src/sidebar/liveCalls.js';
import { account, type Fake, ready } from './fake.js';

const CALL = '6b1f2d0c-8a52-4a53-8f0e-0f7f3a1d2c11';
const watched = (more: Partial<WatchedCall> = {}): WatchedCall => ({
  conversationId: CALL,
  words: { agent: 'Max Muster', to: '+1 317 555 0142' },
  account: account('user'),
  followed: { by: 'notifications', call: { conversationId: CALL, phase: 'agent' } },
  isOver: false,
  wasTold: true,
  talked: undefined,
  hangUp: 'none',
  hangUpSaid: '',
  ...more,
});

/** A form while a call of this window is followed. */
async function following(call: WatchedCall): Promise<{ f: Fake; hungUp: string[]; dismissed: string[] }> {
  const f = await ready();
  const hungUp: string[] = [];
  const dismissed: string[] = [];
  let newest: WatchedCall | undefined = call;
  const live = {
    get newest() {
      return newest;
    },
    hangUp: async (id: string) => {
      hungUp.push(id);
      return { isOver: true, words: '' };
    },
    dismiss: (id: string) => {
      dismissed.push(id);
      if (newest?.isOver) newest = undefined;
    },
  };
  f.services = { ...f.services, live };
  return { f, hungUp, dismissed };
}

describe('callForm, the call that was placed last', () => {
  it('is shown whatever is edited, and hung up by its id', async () => {
    const { f, hungUp } = await following(watched());
    await f.send({ type: 'phone', text: '+1 202 555 0143' });
    const { live } = f.form.state;
    assert.deepEqual([live?.phase, live?.title, live?.hangUp], ['agent', 'Max Muster → +1 317 555 0142', 'possible']);
    await f.do('hang-up');
    assert.deepEqual(hungUp, [CALL]);
  });

  it('makes room for the next one where it is over, and takes what was said of it along', async () => {
    const over = watched({ isOver: true, followed: { by: 'notifications', call: { conversationId: CALL, phase: 'ended' } } });
    const { f, dismissed } = await following(over);
    await f.do('place');
    await f.do('confirm');
    assert.deepEqual(dismissed, [CALL]);
    assert.equal(f.form.state.live, undefined);
    const again = await following(over);
    await again.f.do('place');
    await again.f.do('dismiss-call');
    assert.equal(again.f.form.state.live, undefined);
  });

  it('is no token, secret or id of the account', async () => {
    const { f } = await following(watched({ account: account('user', { id: 'canary-account-id' }) }));
    assert.ok(!JSON.stringify(f.form.state).includes('canary'));
  });
});

describe('callForm, other ways', () => {
  it('are offered to an application that may not call, until another one signs in', async () => {
    const f = await ready();
    const client = account('client');
    f.services = {
      ...f.services,
      account: async () => client,
      place: async () => ({ kind: 'refused', text: 'No', detail: '', mayNot: true }),
    };
    await f.form.load();
    await f.send({ type: 'search', field: 'agent', query: 'Anna' }, { type: 'pick', field: 'agent', id: '22222222-2222-4222-8222-222222222222' });
    assert.equal(f.form.state.otherWays.length, 0);
    await f.do('place');
    await f.do('confirm');
    assert.deepEqual(
      f.form.state.otherWays.map((w) => w.action),
      ['create-callback', 'sign-in', 'export-list'],
    );
    await f.send({ type: 'phone', text: '+1 202 555 0143' });
    assert.equal(f.form.state.otherWays.length, 3);
    f.services = { ...f.services, account: async () => account('client', { id: 'another' }) };
    await f.form.load();
    assert.deepEqual(f.form.state.otherWays, []);
  });

  it('are not offered where the number is the reason, or to a user', async () => {
    for (const [who, mayNot] of [
      ['client', false],
      ['user', true],
    ] as const) {
      const f = await ready();
      f.services = { ...f.services, account: async () => account(who), place: async () => ({ kind: 'refused', text: 'No', detail: '', mayNot }) };
      await f.form.load();
      await f.send({ type: 'search', field: 'agent', query: 'Anna' }, { type: 'pick', field: 'agent', id: '22222222-2222-4222-8222-222222222222' });
      await f.do('place');
      await f.do('confirm');
      assert.equal(f.form.state.activity.kind, 'refused');
      assert.deepEqual(f.form.state.otherWays, []);
    }
  });
});
