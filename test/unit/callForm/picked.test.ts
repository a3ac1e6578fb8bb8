import assert from 'node:assert/strict';
import { ANNA, account, fake, NUMBER, QUEUE } from './fake.js';

describe('callForm, what is picked', () => {
  it('is nothing before anybody picks', async () => {
    const f = fake(account('client'));
    assert.deepEqual(f.form.picked, {});
    await f.form.load();
    assert.deepEqual(f.form.picked, {});
  });

  it('is the agent, the queue on whose behalf, and the number in E.164', async () => {
    const f = fake(account('client'));
    await f.form.load();
    await f.send({ type: 'search', field: 'agent', query: '' }, { type: 'pick', field: 'agent', id: ANNA }, { type: 'from-queue', id: QUEUE });
    await f.send({ type: 'phone', text: NUMBER });
    const { agent, queue, phoneNumber } = f.form.picked;
    assert.deepEqual([agent, queue?.id, phoneNumber], [{ id: ANNA, name: 'Anna' }, QUEUE, '+13175550142']);
  });

  it('is no number that cannot be dialled', async () => {
    const f = fake(account('client'));
    await f.form.load();
    await f.send({ type: 'phone', text: '+15550199' });
    assert.deepEqual(f.form.picked, {});
  });
});
