import assert from 'node:assert/strict';
import { buildCallRequest } from '../../../src/platform/callRequest.js';
import type { CallOrder } from '../../../src/sidebar/callForm/callForm.js';
import type { Activity, FormAction, FormMessage } from '../../../src/sidebar/callForm/protocol.js';
import type { Later } from '../../../src/sidebar/callService.js';
import { type Caution, NO_CAUTION } from '../../../src/sidebar/caution.js';
import { account, deferred, type Fake, NUMBER, noting, PLACED, QUEUE, REAL, ready, settle } from './fake.js';

const UNKNOWN: Activity = { kind: 'unknown', text: 'The phone may have rung', detail: '' };
const EDITS: readonly FormMessage[] = [
  { type: 'phone', text: '+1 317 555 0143' },
  { type: 'from-queue', id: QUEUE },
  { type: 'option', name: 'label', value: 'x' },
  { type: 'to-kind', value: 'queue' },
  { type: 'as', value: 'on-behalf' },
];
const kindOf = (f: Fake): string => f.form.state.activity.kind;

describe('callForm, placing in the sandbox', () => {
  it('shows what will be placed, and places just that when it is confirmed', async () => {
    const f = await ready();
    await f.send({ type: 'from-queue', id: QUEUE });
    await f.do('place');
    const { activity } = f.form.state;
    assert.ok(activity.kind === 'confirming');
    assert.equal(activity.text, `Call ${NUMBER} for Max Muster?`);
    assert.deepEqual(activity.detail.split('\n'), [
      'Agent: Max Muster, whose phone rings first',
      `To: ${NUMBER} (United States)`,
      'From: queue Sales EMEA, which shows +442079460100',
      'Org: Sandbox org · the sandbox at 127.0.0.1:8080',
      'Operation: POST /api/v2/conversations/calls',
    ]);
    assert.equal(f.placed.length, 0);
    await f.do('confirm');
    assert.equal(kindOf(f), 'placed');
    assert.deepEqual(
      f.placed.map((o) => o.intent),
      [{ as: 'self', agentId: f.form.state.agent?.id, destination: { kind: 'phone', phoneNumber: '+13175550142' }, options: {}, fromQueueId: QUEUE }],
    );
    assert.deepEqual(f.placed[0]?.words, { agent: 'Max Muster', to: NUMBER, org: 'Sandbox org', toldOf: new Set() });
    assert.equal(f.confirmed.length, 0);
  });

  it('places once, however often and whenever it is pressed', async () => {
    const f = await ready();
    const outcome = deferred<Activity>();
    f.services = { ...f.services, place: noting(f.placed, () => outcome.promise) };
    const pressed: Promise<void>[] = [];
    const press = async (...actions: readonly FormAction[]): Promise<void> => {
      for (const action of actions) pressed.push(f.do(action));
      await settle();
    };
    await press('confirm', 'place', 'place', 'confirm');
    assert.deepEqual([kindOf(f), f.placed.length], ['confirming', 0]);
    await press('place', 'confirm', 'confirm', 'place', 'confirm', 'check', 'cancel');
    assert.deepEqual([kindOf(f), f.placed.length], ['placing', 1]);
    outcome.resolve(PLACED);
    await Promise.all(pressed);
    await f.do('confirm');
    assert.deepEqual([kindOf(f), f.placed.length, f.checked.length], ['placed', 1, 0]);
  });

  for (const edit of EDITS)
    it(`is not confirmed any more after ${edit.type}`, async () => {
      const f = await ready();
      await f.do('place');
      await f.send(edit);
      assert.equal(kindOf(f), 'idle');
      await f.do('confirm');
      assert.equal(f.placed.length, 0);
    });

  it('is not confirmed any more after cancelling or signing in again', async () => {
    for (const leave of [(f: Fake) => f.do('cancel'), (f: Fake) => f.form.load(), (f: Fake) => f.do('reload')]) {
      const f = await ready();
      await f.do('place');
      await leave(f);
      await f.do('confirm');
      assert.deepEqual([kindOf(f), f.placed.length], ['idle', 0]);
    }
  });
});

describe('callForm, placing in a real org', () => {
  it('is confirmed by the dialog alone', async () => {
    const f = await ready(REAL);
    const answer = deferred<boolean>();
    f.services = { ...f.services, confirm: noting(f.confirmed, () => answer.promise) };
    const pressed = f.do('place');
    await settle();
    await f.do('confirm');
    await f.do('place');
    assert.deepEqual([f.placed.length, f.confirmed.length], [0, 1]);
    answer.resolve(true);
    await pressed;
    assert.deepEqual([kindOf(f), f.placed.length], ['placed', 1]);
    assert.deepEqual(f.placed[0] && buildCallRequest(f.placed[0].intent), f.confirmed[0]?.call);
  });

  it('is not placed where the dialog is closed, or fails', async () => {
    for (const confirm of [async () => false, () => Promise.reject(new Error('no window'))]) {
      const f = await ready(REAL);
      f.services = { ...f.services, confirm };
      await f.do('place');
      assert.deepEqual([kindOf(f), f.placed.length], ['idle', 0]);
    }
  });

  const changes: readonly [what: string, change: (f: Fake) => Promise<void>][] = [
    ['the number was edited', (f) => f.send({ type: 'phone', text: '+1 317 555 0199' })],
    [
      'somebody else signed in',
      (f) => {
        f.services = { ...f.services, account: async () => account('client') };
        return f.form.load();
      },
    ],
    ['it was cancelled in the form', (f) => f.do('cancel')],
  ];
  for (const [what, change] of changes)
    it(`is not placed where ${what} while the dialog was open, and says so`, async () => {
      const f = await ready(REAL);
      const answer = deferred<boolean>();
      f.services = { ...f.services, confirm: () => answer.promise };
      const pressed = f.do('place');
      await settle();
      await change(f);
      answer.resolve(true);
      await pressed;
      const { activity } = f.form.state;
      assert.deepEqual([f.placed.length, activity.kind, 'text' in activity && activity.text], [0, 'failed', 'Nothing was sent']);
    });

  it('leaves a second dialog alone that was opened after the first was forgotten', async () => {
    const f = await ready(REAL);
    const answers = [deferred<boolean>(), deferred<boolean>()];
    let asked = 0;
    f.services = { ...f.services, confirm: () => (answers[asked++] as (typeof answers)[0]).promise };
    const first = f.do('place');
    await settle();
    await f.send({ type: 'phone', text: '+1 317 555 0199' });
    const second = f.do('place');
    await settle();
    answers[0]?.resolve(false);
    await first;
    assert.equal(kindOf(f), 'confirming');
    answers[1]?.resolve(true);
    await second;
    assert.deepEqual(
      f.placed.map((o) => o.intent.destination),
      [{ kind: 'phone', phoneNumber: '+13175550199' }],
    );
  });
});

describe('callForm, while something is under way', () => {
  const start = async (): Promise<{ f: Fake; outcome: ReturnType<typeof deferred<Activity>>; done: Promise<void> }> => {
    const f = await ready();
    const outcome = deferred<Activity>();
    f.services = { ...f.services, place: noting(f.placed, () => outcome.promise) };
    await f.do('place');
    const done = f.do('confirm');
    await settle();
    return { f, outcome, done };
  };

  it('shows what became of a call even where somebody else has signed in meanwhile, and places no second one', async () => {
    const { f, outcome, done } = await start();
    f.services = { ...f.services, account: async () => account('client') };
    await f.form.load();
    assert.equal(kindOf(f), 'placing');
    await f.do('place');
    await f.do('confirm');
    outcome.resolve(UNKNOWN);
    await done;
    assert.deepEqual([kindOf(f), f.placed.length], ['unknown', 1]);
  });

  it('takes edits, and goes on placing what was confirmed', async () => {
    const { f, outcome, done } = await start();
    await f.send(...EDITS);
    assert.equal(kindOf(f), 'placing');
    outcome.resolve(PLACED);
    await done;
    assert.deepEqual([kindOf(f), f.placed.length], ['placed', 1]);
  });

  it('says where to look when placing fails in a way that nobody foresaw', async () => {
    const { f, outcome, done } = await start();
    outcome.reject(new Error('disk on fire'));
    await done;
    const { activity } = f.form.state;
    assert.ok(activity.kind === 'failed');
    assert.match(activity.detail, /disk on fire.*history/);
  });

  it('drops what a check says about a form that has changed since', async () => {
    const f = await ready();
    const checked = deferred<Activity>();
    f.services = { ...f.services, check: () => checked.promise };
    const check = f.do('check');
    assert.equal(kindOf(f), 'checking');
    await f.send({ type: 'phone', text: '+1 317 555 0199' });
    await f.do('place');
    const confirming = f.form.state.activity;
    checked.resolve({ kind: 'checked', text: 'All is well', detail: '' });
    await check;
    assert.equal(f.form.state.activity, confirming);
  });

  it('does not let a late check cover a call that is being placed', async () => {
    const f = await ready();
    const [checked, outcome] = [deferred<Activity>(), deferred<Activity>()];
    f.services = { ...f.services, check: () => checked.promise, place: noting(f.placed, () => outcome.promise) };
    const check = f.do('check');
    await f.form.load();
    await f.do('place');
    const placing = f.do('confirm');
    await settle();
    checked.resolve({ kind: 'checked', text: 'All is well', detail: '' });
    await check;
    assert.equal(kindOf(f), 'placing');
    outcome.resolve(PLACED);
    await placing;
    assert.equal(f.placed.length, 1);
  });

  it('says before a call that one before it may have rung, and places nothing that was not told of', async () => {
    const f = await ready();
    const asked: CallOrder[] = [];
    f.services = { ...f.services, caution: noting(asked, async () => ({ text: 'An attempt at 14:02 may have rung.', toldOf: new Set(['a1']) })) };
    await f.do('place');
    const { activity } = f.form.state;
    assert.match(activity.kind === 'confirming' ? activity.detail : '', /\nAn attempt at 14:02 may have rung\.$/);
    assert.deepEqual(asked[0]?.words, { agent: 'Max Muster', to: NUMBER, org: 'Sandbox org' });
    await f.do('confirm');
    assert.deepEqual(f.placed[0]?.words.toldOf, new Set(['a1']));
  });

  it('asks for nothing to be confirmed where the form changed while the history was read', async () => {
    for (const change of [(f: Fake) => f.send({ type: 'phone', text: '+1 317 555 0199' }), (f: Fake) => f.form.load()]) {
      const f = await ready();
      const read = deferred<Caution>();
      f.services = { ...f.services, caution: () => read.promise };
      const pressed = f.do('place');
      await change(f);
      read.resolve(NO_CAUTION);
      await pressed;
      assert.deepEqual([kindOf(f), f.placed.length], ['idle', 0]);
    }
  });

  it('says so where an action fails, and never throws', async () => {
    const f = await ready();
    const broken = (): Promise<never> => Promise.reject(new Error('bug'));
    f.services = { ...f.services, run: broken, check: broken };
    for (const action of ['sign-in', 'switch-account', 'edit-json', 'show-diagnosis', 'check'] as const) {
      await f.do(action);
      assert.deepEqual(f.form.state.activity, { kind: 'failed', text: 'It did not work', detail: 'bug' });
    }
  });
});

describe('callForm, where nobody knows whether it rang', () => {
  const FOUND: Activity = { kind: 'found', text: 'It was placed after all', detail: '' };
  const STILL: Activity = { kind: 'unknown', text: 'The phone may have rung', detail: 'Still not known' };
  const lost = async (): Promise<{ f: Fake; later: Later[] }> => {
    const f = await ready();
    const later: Later[] = [];
    f.services = {
      ...f.services,
      place: async (order, tell) => {
        f.placed.push(order);
        later.push(tell);
        return UNKNOWN;
      },
    };
    await f.do('place');
    await f.do('confirm');
    return { f, later };
  };

  it('goes on saying so, whatever is edited, until it is found out', async () => {
    const { f, later } = await lost();
    assert.deepEqual(f.form.state.activity, UNKNOWN);
    await f.send(...EDITS);
    assert.deepEqual(f.form.state.activity, UNKNOWN);
    later[0]?.(STILL, false);
    assert.deepEqual(f.form.state.activity, STILL);
    later[0]?.(FOUND, true);
    assert.deepEqual(f.form.state.activity, FOUND);
    assert.equal(f.placed.length, 1, 'nothing is placed by itself');
    await f.send({ type: 'option', name: 'label', value: 'y' });
    assert.equal(kindOf(f), 'idle');
  });

  it('does not cover a question with what it finds, and says it after', async () => {
    const { f, later } = await lost();
    await f.do('place');
    assert.equal(kindOf(f), 'confirming');
    later[0]?.(FOUND, true);
    assert.equal(kindOf(f), 'confirming');
    await f.do('cancel');
    assert.deepEqual(f.form.state.activity, FOUND);
  });

  it('says nothing of the one before once another is placed', async () => {
    const { f, later } = await lost();
    await f.do('place');
    await f.do('confirm');
    later[0]?.(FOUND, true);
    assert.deepEqual(f.form.state.activity, UNKNOWN);
    later[1]?.(FOUND, true);
    assert.deepEqual(f.form.state.activity, FOUND);
  });
});
