import assert from 'node:assert/strict';
import type { Http } from '../../../src/org/http.js';
import type { FormMessage } from '../../../src/sidebar/callForm/protocol.js';
import { ANNA, account, BERT, deferred, fake, ME, NUMBER, QUEUE, ready, SANDBOX, settle } from './fake.js';

const GUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

describe('callForm, who is signed in', () => {
  it('offers a client to call on behalf, and never as itself', async () => {
    const f = fake(account('client'));
    await f.form.load();
    assert.equal(f.form.state.as, 'on-behalf');
    assert.deepEqual(f.form.state.selfAllowed, { allowed: false, reason: 'An application has no user to call as.' });
    await f.send({ type: 'as', value: 'self' });
    assert.equal(f.form.state.as, 'on-behalf');
    assert.match(f.form.state.operation.line, /calls\/user\/\{userId\}$/);
    assert.match(f.form.state.operation.needs, /^needs any of conversation:agentlessCall:add, conversation:call:add$/);
    assert.equal(f.form.state.blocked, 'Pick the agent who calls.');
  });

  it('has a user call as themselves, from their own station', async () => {
    const f = await ready();
    const { as, agent, operation } = f.form.state;
    assert.deepEqual([as, agent?.name, agent?.station], ['self', 'Max Muster', 'web-Max Muster']);
    assert.equal(operation.line, 'POST /api/v2/conversations/calls');
  });

  it('asks to sign in where nobody is', async () => {
    const f = fake();
    f.services = { ...f.services, account: async () => undefined };
    await f.form.load();
    assert.deepEqual([f.form.state.account, f.form.state.blocked], [{ kind: 'signed-out' }, 'Sign in first.']);
    for (const action of ['place', 'confirm', 'check'] as const) await f.do(action);
    await f.send({ type: 'search', field: 'agent', query: 'x' });
    assert.deepEqual([f.placed, f.checked, f.form.state.agentSearch.state], [[], [], 'idle']);
  });

  it('shows no token, secret or principal', async () => {
    const f = await ready();
    await f.send({ type: 'search', field: 'agent', query: '' });
    await f.do('place');
    assert.ok(!JSON.stringify(f.form.state).includes('canary-token'));
  });

  const failing: readonly [what: string, services: object, message: RegExp][] = [
    ['the client cannot be had', { client: async () => ({ kind: 'failed', why: 'the sign-in is gone' }) }, /^The sign-in is gone\.$/],
    ['the account cannot be read', { account: () => Promise.reject(new Error('keyring locked')) }, /keyring locked/],
    ['the client fails', { client: () => Promise.reject(new Error('port taken')) }, /port taken/],
    ['the operations are not there', { operations: () => Promise.reject(new Error('no such file')) }, /no such file/],
  ];
  for (const [what, services, message] of failing)
    it(`says so where ${what}, and does not go on loading`, async () => {
      const f = fake();
      f.services = { ...f.services, ...services };
      await f.form.load();
      const state = f.form.state.account;
      assert.ok(state.kind === 'failed', JSON.stringify(state));
      assert.match(state.message, message);
      assert.equal(f.form.state.blocked, 'Sign in first.');
    });

  it('works without queues, and says why there are none', async () => {
    const refusing: Http = async ({ url }) =>
      url.includes('queues')
        ? { kind: 'answered', status: 403, headers: [], body: '', cut: false, ms: 1 }
        : { kind: 'answered', status: 200, headers: [], body: `{"id":"${ME}","name":"Max"}`, cut: false, ms: 1 };
    const f = fake(account('user'), SANDBOX, refusing);
    await f.form.load();
    assert.equal(f.form.state.account.kind, 'signed-in');
    assert.deepEqual([f.form.state.queues.state, f.form.state.queues.message], ['failed', 'Queues: answered 403']);
  });

  it('says so where a user cannot be read', async () => {
    const f = fake(account('user'), SANDBOX, async () => ({ kind: 'no-answer', code: 'TIMEOUT', why: 'no answer within 15 seconds' }));
    await f.form.load();
    assert.deepEqual(f.form.state.account, { kind: 'failed', title: 'Max Muster cannot be used', message: 'No answer within 15 seconds.' });
  });
});

describe('callForm, whom and how', () => {
  it('picks an agent, and says what stands in the way of a call', async () => {
    const f = fake(account('client'));
    await f.form.load();
    await f.send({ type: 'search', field: 'agent', query: 'Bert' }, { type: 'pick', field: 'agent', id: BERT });
    assert.deepEqual([f.form.state.agent?.name, f.form.state.agentSearch.state], ['Bert', 'idle']);
    assert.match(f.form.state.agent?.obstacle ?? '', /Has no station/);
  });

  it('calls on behalf of another, and as oneself again when oneself is picked', async () => {
    const f = await ready();
    await f.send({ type: 'search', field: 'agent', query: '' }, { type: 'pick', field: 'agent', id: ANNA });
    assert.deepEqual([f.form.state.as, f.form.state.agent?.id], ['on-behalf', ANNA]);
    await f.send({ type: 'pick', field: 'agent', id: ME });
    assert.deepEqual([f.form.state.as, f.form.state.agent?.id], ['self', ME]);
  });

  it('knows no agent that it has not found', async () => {
    const f = fake(account('client'));
    await f.form.load();
    await f.send({ type: 'pick', field: 'agent', id: GUID });
    assert.equal(f.form.state.agent, undefined);
  });

  const blocked: readonly [what: string, messages: readonly FormMessage[], why: RegExp][] = [
    ['no number', [{ type: 'phone', text: ' ' }], /^Enter the number to call\.$/],
    ['letters', [{ type: 'phone', text: 'call mum' }], /^Enter digits/],
    ['an emergency number', [{ type: 'phone', text: '911' }], /does not dial it/],
    ['an emergency number with a country code', [{ type: 'phone', text: '+1 911' }], /does not dial it/],
    ['a premium number', [{ type: 'phone', text: '+1 900 555 0142' }], /premium-rate/],
    ['no user', [{ type: 'to-kind', value: 'user' }], /^Pick the user to call\.$/],
    ['no queue', [{ type: 'to-kind', value: 'queue' }], /^Pick the queue to call\.$/],
    ['a wrong option', [{ type: 'option', name: 'priority', value: 'high' }], /^priority: Priority is a whole number\.$/],
    ['attributes that are none', [{ type: 'option', name: 'attributes', value: 'a=1\nb' }], /^attributes: “b” is not name=value\.$/],
  ];
  for (const [what, messages, why] of blocked)
    it(`cannot be placed with ${what}, and says why`, async () => {
      const f = await ready();
      await f.send(...messages);
      assert.match(f.form.state.blocked, why);
      await f.do('place');
      await f.do('confirm');
      assert.deepEqual([f.form.state.activity.kind, f.placed.length, f.confirmed.length], ['idle', 0, 0]);
    });

  it('shows exactly the body that is placed', async () => {
    const f = await ready();
    await f.send(
      { type: 'from-queue', id: QUEUE },
      { type: 'option', name: 'label', value: ' callback ' },
      { type: 'option', name: 'attributes', value: 'ticket = 47=11\n\nx=' },
      { type: 'option', name: 'priority', value: '5' },
    );
    assert.deepEqual(JSON.parse(f.form.state.json), {
      phoneNumber: '+13175550142',
      callFromQueueId: QUEUE,
      label: 'callback',
      attributes: { ticket: '47=11', x: '' },
    });
    await f.send({ type: 'to-kind', value: 'queue' }, { type: 'to-queue', id: QUEUE });
    assert.deepEqual((JSON.parse(f.form.state.json) as { priority: number }).priority, 5);
  });

  it('chooses no queue that it does not show', async () => {
    const f = await ready();
    await f.send({ type: 'from-queue', id: GUID }, { type: 'to-queue', id: GUID });
    assert.deepEqual([f.form.state.fromQueueId, f.form.state.to.queueId], ['', '']);
    await f.send({ type: 'from-queue', id: QUEUE }, { type: 'from-queue', id: '' });
    assert.equal(f.form.state.fromQueueId, '');
  });
});

describe('callForm, searching', () => {
  it('drops the answer to an earlier search that comes later', async () => {
    const f = fake(account('client'));
    await f.form.load();
    const [slow, fast] = [deferred<object>(), deferred<object>()];
    f.searches.set('an', slow).set('ann', fast);
    const first = f.send({ type: 'search', field: 'agent', query: 'an' });
    const second = f.send({ type: 'search', field: 'agent', query: 'ann' });
    assert.equal(f.form.state.agentSearch.state, 'loading');
    fast.resolve({ results: [{ id: ANNA, name: 'Anna' }], total: 1 });
    await second;
    slow.resolve({ results: [{ id: BERT, name: 'Bert' }], total: 1 });
    await first;
    const { query, items } = f.form.state.agentSearch;
    assert.deepEqual([query, items.map((i) => i.name)], ['ann', ['Anna']]);
    await f.send({ type: 'pick', field: 'agent', id: BERT });
    assert.equal(f.form.state.agent, undefined);
  });

  it('does not open its list again when the answer comes after a choice', async () => {
    const f = fake(account('client'));
    await f.form.load();
    await f.send({ type: 'search', field: 'agent', query: 'Anna' });
    const late = deferred<object>();
    f.searches.set('Annab', late);
    const search = f.send({ type: 'search', field: 'agent', query: 'Annab' });
    await f.send({ type: 'pick', field: 'agent', id: ANNA });
    late.resolve({ results: [], total: 0 });
    await search;
    assert.deepEqual([f.form.state.agentSearch.state, f.form.state.agent?.name], ['idle', 'Anna']);
  });

  const messages: readonly [query: string, answer: object, message: string][] = [
    ['none', { results: [], total: 0 }, 'Nobody matches “none”.'],
    ['many', { results: [{ id: ANNA }], total: 40 }, '1 of 40: type more to narrow it.'],
    ['one', { results: [{ id: ANNA }], total: 1 }, ''],
    ['odd', [], 'The search failed: the answer has another shape than documented'],
  ];
  for (const [query, answer, message] of messages)
    it(`says “${message}” where that is so`, async () => {
      const f = fake(account('client'));
      await f.form.load();
      const it = deferred<object>();
      f.searches.set(query, it);
      it.resolve(answer);
      await f.send({ type: 'search', field: 'agent', query });
      assert.equal(f.form.state.agentSearch.message, message);
    });

  it('does not search for ever where the search itself fails', async () => {
    const f = fake(account('client'));
    await f.form.load();
    const broken = deferred<object>();
    f.searches.set('x', broken);
    const search = f.send({ type: 'search', field: 'callee', query: 'x' });
    broken.reject(new Error('bug'));
    await search;
    assert.deepEqual([f.form.state.agentSearch.state, f.form.state.agentSearch.message], ['failed', 'The search failed: bug']);
  });

  it('is forgotten when somebody else signs in meanwhile', async () => {
    const f = fake(account('client'));
    await f.form.load();
    const late = deferred<object>();
    f.searches.set('Anna', late);
    const search = f.send({ type: 'search', field: 'agent', query: 'Anna' });
    const other = account('client', { org: 'Other org', region: 'eu-west-1' });
    f.services = { ...f.services, account: async () => other };
    await f.form.load();
    late.resolve({ results: [{ id: ANNA, name: 'Anna' }], total: 1 });
    await search;
    assert.deepEqual([f.form.state.agentSearch.state, f.form.state.agentSearch.items], ['idle', []]);
    await f.send({ type: 'pick', field: 'agent', id: ANNA });
    assert.equal(f.form.state.agent, undefined);
  });
});

describe('callForm, switching accounts', () => {
  it('shows the last one, whichever answers first', async () => {
    const f = fake();
    const slow = deferred<undefined>();
    f.services = { ...f.services, account: () => slow.promise };
    const first = f.form.load();
    f.services = { ...f.services, account: async () => account('client') };
    await f.form.load();
    slow.resolve(undefined);
    await first;
    await settle();
    const shown = f.form.state.account;
    assert.equal(shown.kind === 'signed-in' && shown.name, 'wfm-tool');
  });

  it('keeps the agent within an org, and forgets the people of another', async () => {
    const f = fake(account('client'));
    await f.form.load();
    await f.send({ type: 'search', field: 'agent', query: 'Anna' }, { type: 'pick', field: 'agent', id: ANNA }, { type: 'phone', text: NUMBER });
    f.services = { ...f.services, account: async () => account('client', { id: 'other', name: 'dialer-service' }) };
    await f.form.load();
    assert.deepEqual([f.form.state.agent?.name, f.form.state.to.phone.text], ['Anna', NUMBER]);
    f.services = { ...f.services, account: async () => account('client', { org: 'Other org', orgId: '' }) };
    await f.form.load();
    assert.deepEqual([f.form.state.agent, f.form.state.to.phone.text], [undefined, NUMBER]);
  });
});
