import assert from 'node:assert/strict';
import type { Ear } from '../../../src/org/calls/ear.js';
import type { Followable, Followed } from '../../../src/org/calls/follow.js';
import type { HangUp, Line } from '../../../src/org/calls/hangUp.js';
import { Client } from '../../../src/org/client.js';
import { liveView } from '../../../src/sidebar/callForm/liveView.js';
import { LiveCalls, type PlacedCall, type WatchedCall } from '../../../src/sidebar/liveCalls.js';
import { ANNA, account, type Deferred, deferred, REAL, SANDBOX, settle } from './fake.js';

const CALL = '6b1f2d0c-8a52-4a53-8f0e-0f7f3a1d2c11';
const OTHER = '7c2f2d0c-8a52-4a53-8f0e-0f7f3a1d2c22';
const client = (region = SANDBOX): Client =>
  new Client(
    region,
    async () => ({ kind: 'ok', token: 't' }),
    async () => ({ kind: 'no-answer', code: 'X', why: 'nobody asks here' }),
  );
const placed = (more: Partial<PlacedCall> = {}): PlacedCall => ({
  conversationId: CALL,
  account: account('user'),
  client: client(),
  agentId: ANNA,
  self: true,
  words: { agent: 'Anna', to: '+1 317 555 0142' },
  ...more,
});

interface Following {
  readonly call: Followable;
  tell(followed: Followed): void;
  stopped: boolean;
}

/** Calls that are followed by nobody but the test, which tells what becomes of them. */
function desk() {
  const following: Following[] = [];
  const disposed: number[] = [];
  const ears: { agentId: string; stopped: boolean }[] = [];
  const sent: Line[] = [];
  const answers: Deferred<HangUp>[] = [];
  let followers = 0;
  let now = 1000;
  const live = new LiveCalls(
    async () => ({
      follower: () => {
        const id = followers++;
        return {
          follow: (call, tell) => {
            const it: Following = { call, tell, stopped: false };
            following.push(it);
            return () => {
              it.stopped = true;
            };
          },
          hear: (agentId) => {
            const ear = { agentId, stopped: false };
            ears.push(ear);
            const stop = (): void => {
              ear.stopped = true;
            };
            return { calls: () => [], stop } as unknown as Ear;
          },
          dispose: () => void disposed.push(id),
        };
      },
      hangUp: (_client, line) => {
        sent.push(line);
        const answer = deferred<HangUp>();
        answers.push(answer);
        return answer.promise;
      },
    }),
    () => now,
  );
  const pass = (milliseconds: number): void => {
    now += milliseconds;
  };
  return { live, following, disposed, ears, sent, answers, followers: () => followers, pass };
}

const ENDED: Followed = {
  by: 'notifications',
  call: { conversationId: CALL, phase: 'ended', talked: 65_000, end: { failed: false, words: 'The other side hung up.', fix: '', code: '' } },
};
const at = (phase: 'agent' | 'connected', more: object = {}): Followed => ({
  by: 'notifications',
  call: { conversationId: CALL, phase, participantId: 'p1', ...more },
});

describe('calls that a window follows', () => {
  it('share what follows them, which ends with the last of them', async () => {
    const d = desk();
    await d.live.follow(placed());
    await d.live.follow(placed({ conversationId: OTHER }));
    await d.live.follow(placed());
    assert.deepEqual([d.followers(), d.following.map((f) => f.call.conversationId)], [1, [CALL, OTHER]]);
    d.following[0]?.tell(ENDED);
    await settle();
    assert.deepEqual(d.disposed, []);
    d.following[1]?.tell({ by: 'nothing', problem: 'not allowed' });
    await settle();
    assert.deepEqual(d.disposed, [0]);
    await d.live.follow(placed({ conversationId: 'third' }));
    assert.equal(d.followers(), 2, 'and begins anew');
  });

  it('of two sign-ins, or of a sandbox that was started anew, share nothing', async () => {
    const d = desk();
    await d.live.follow(placed());
    await d.live.follow(placed({ conversationId: OTHER, client: client(REAL) }));
    await d.live.follow(placed({ conversationId: 'third', account: account('client', { id: 'another' }) }));
    assert.equal(d.followers(), 3);
  });

  it('show the newest, and leave the others going', async () => {
    const d = desk();
    await d.live.follow(placed());
    await d.live.follow(placed({ conversationId: OTHER }));
    assert.equal(d.live.newest?.conversationId, OTHER);
    assert.deepEqual(
      d.live.going.map((c) => c.conversationId),
      [OTHER, CALL],
    );
  });

  it('are followed no more after a sign-out or the end of the window, and only those', async () => {
    const d = desk();
    const other = account('client', { id: 'another' });
    await d.live.follow(placed());
    await d.live.follow(placed({ conversationId: OTHER, account: other }));
    d.live.stop('its sign-in has ended', ({ account: a }) => a.id === other.id);
    assert.deepEqual(
      d.following.map((f) => f.stopped),
      [false, true],
    );
    const lost = d.live.newest as WatchedCall;
    assert.deepEqual([lost.isOver, liveView(lost).phase, liveView(lost).hangUp], [true, 'lost', 'possible']);
    assert.match(liveView(lost).detail, /its sign-in has ended/);
    d.live.dispose();
    assert.deepEqual(
      [d.following.map((f) => f.stopped), d.disposed.sort()],
      [
        [true, true],
        [0, 1],
      ],
    );
    await d.live.follow(placed({ conversationId: 'late' }));
    assert.equal(d.following.length, 2);
  });

  it('are released where they are stopped before what follows them is loaded', async () => {
    const d = desk();
    const follow = d.live.follow(placed());
    d.live.stop('its sign-in has ended', () => true);
    await follow;
    assert.deepEqual([d.following.length, d.disposed], [0, [0]]);
  });

  it('may be heard of before they are placed, by the same connection', async () => {
    const d = desk();
    const ear = await d.live.hear(account('user'), client(), ANNA);
    await d.live.follow(placed());
    ear?.stop();
    ear?.stop();
    assert.deepEqual([d.followers(), d.ears, d.disposed], [1, [{ agentId: ANNA, stopped: true }], []]);
    d.following[0]?.tell(ENDED);
    await settle();
    assert.deepEqual(d.disposed, [0]);
  });
});

describe('hanging up', () => {
  it('is sent once for each press, as the agent’s own leg', async () => {
    const d = desk();
    await d.live.follow(placed({ self: false }));
    d.following[0]?.tell(at('agent'));
    const presses = [d.live.hangUp(CALL), d.live.hangUp(CALL), d.live.hangUp(CALL)];
    await settle();
    assert.deepEqual(d.sent, [{ conversationId: CALL, self: false, participantId: 'p1', agentId: ANNA }]);
    assert.equal(liveView(d.live.newest as WatchedCall).hangUp, 'sending');
    d.answers[0]?.resolve({ kind: 'ended' });
    assert.deepEqual(
      (await Promise.all(presses)).map((p) => p.words),
      ['Hung up.', 'It is being hung up already.', 'It is being hung up already.'],
    );
    assert.equal(liveView(d.live.newest as WatchedCall).hangUp, 'none');
  });

  const OUTCOMES: readonly (readonly [HangUp, boolean, RegExp, 'none' | 'possible'])[] = [
    [{ kind: 'over' }, true, /had ended before/, 'none'],
    [{ kind: 'refused', why: 'answered 403 not.authorized', exchange: {} }, false, /not hung up: answered 403 not\.authorized\. Ask the agent/, 'possible'],
    [{ kind: 'unknown', why: 'no answer' }, false, /not known: no answer\. Hanging up again does no harm/, 'possible'],
  ];
  for (const [came, isOver, words, next] of OUTCOMES)
    it(`says what came of it: ${came.kind}`, async () => {
      const d = desk();
      await d.live.follow(placed());
      const pressed = d.live.hangUp(CALL);
      await settle();
      d.answers[0]?.resolve(came);
      const said = await pressed;
      assert.deepEqual([said.isOver, liveView(d.live.newest as WatchedCall).hangUp], [isOver, next]);
      assert.match(said.words, words);
    });

  it('is not sent where the call is over, or is none of this window', async () => {
    const d = desk();
    await d.live.follow(placed());
    d.following[0]?.tell(ENDED);
    await d.live.hangUp(CALL);
    await d.live.hangUp('another');
    assert.deepEqual(d.sent, []);
  });
});

describe('a call as the form shows it', () => {
  const seenAfter = async (...told: readonly Followed[]) => {
    const d = desk();
    await d.live.follow(placed());
    for (const t of told) d.following[0]?.tell(t);
    return { d, view: liveView(d.live.newest as WatchedCall) };
  };

  it('is placed until more is known, then rings, and then lasts by the platform’s clock', async () => {
    assert.deepEqual(await seenAfter().then(({ view }) => [view.phase, view.title]), ['placed', 'Anna → +1 317 555 0142']);
    assert.equal((await seenAfter(at('agent'))).view.words, 'Ringing at Anna');
    const d = desk();
    // The platform's clock is an hour ahead.
    await d.live.follow(placed({ ahead: 3_600_000 }));
    d.following[0]?.tell(at('connected', { connectedAt: Date.now() + 3_600_000 - 5000 }));
    d.pass(2000);
    const { talked, ticks } = liveView(d.live.newest as WatchedCall);
    assert.ok(Math.abs(talked - 7000) < 500, String(talked));
    assert.equal(ticks, true);
  });

  it('says how it ended, how long it lasted, and can be dismissed then', async () => {
    const { d, view } = await seenAfter(at('connected', { connectedAt: Date.now() }), ENDED);
    assert.deepEqual([view.words, view.detail, view.talked, view.ticks, view.hangUp], ['Ended', 'The other side hung up.', 65_000, false, 'none']);
    d.live.dismiss(CALL);
    assert.equal(d.live.newest, undefined);
  });

  it('is no failure where it was hung up from here before anybody answered', async () => {
    const d = desk();
    await d.live.follow(placed());
    const pressed = d.live.hangUp(CALL);
    await settle();
    d.answers[0]?.resolve({ kind: 'ended' });
    await pressed;
    const end = { failed: true, words: "The agent's phone did not take the call.", fix: 'See whether the agent declined it.', code: 'client' };
    d.following[0]?.tell({ by: 'notifications', call: { conversationId: CALL, phase: 'ended', end } });
    const { words, detail, code, failed, hangUpSaid } = liveView(d.live.newest as WatchedCall);
    assert.deepEqual([words, detail, code, failed, hangUpSaid], ['Ended', 'You hung up.', '', false, '']);
  });

  it('cannot be dismissed while it goes on', async () => {
    const { d } = await seenAfter(at('agent'));
    d.live.dismiss(CALL);
    assert.equal(d.live.newest?.conversationId, CALL);
  });

  it('says why it failed, in words and as it was said', async () => {
    const end = { failed: true, words: 'The number is busy.', fix: '', code: 'SIP 486' };
    const { view } = await seenAfter({ by: 'polling', call: { conversationId: CALL, phase: 'ended', end } });
    assert.deepEqual([view.words, view.detail, view.code, view.failed, view.talked], ['Failed', 'The number is busy.', 'SIP 486', true, -1]);
  });

  it('says in one sentence that it cannot be followed, and names the conversation', async () => {
    const { view } = await seenAfter({ by: 'nothing', problem: 'this sign-in may not see the call: answered 403' });
    assert.equal(view.detail, `It goes on, and what becomes of it cannot be seen here: this sign-in may not see the call: answered 403. Conversation ${CALL}`);
  });

  it('says quietly that it is reconnecting, and nothing where asking is all there ever was', async () => {
    assert.equal((await seenAfter({ ...at('agent'), by: 'polling' })).view.connection, '');
    assert.equal((await seenAfter(at('agent'), { ...at('agent'), by: 'polling' })).view.connection, 'Reconnecting…');
    assert.match((await seenAfter({ ...at('agent'), by: 'polling', problem: 'no answer' })).view.connection, /no answer\. Trying again/);
  });
});
