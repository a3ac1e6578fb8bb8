import assert from 'node:assert/strict';
import type { FormMessage } from '../../../src/sidebar/callForm/protocol.js';
import { ANNA, BERT, type Fake, NUMBER, ready } from './fake.js';

const add = (text: string): FormMessage[] => [
  { type: 'party', text },
  { type: 'do', action: 'add-party' },
];
const pick = async (f: Fake, id: string, name: string): Promise<void> => {
  await f.send({ type: 'search', field: 'callee', query: name }, { type: 'pick', field: 'callee', id });
};
const conference = async (): Promise<Fake> => {
  const f = await ready();
  await f.send({ type: 'to-kind', value: 'conference' });
  return f;
};
const names = (f: Fake): string[] => f.form.state.to.parties.map((p) => p.name);

describe('callForm, a conference', () => {
  it('has numbers and users as participants, as the request wants them (FACTS §1.1)', async () => {
    const f = await conference();
    await f.send(...add(NUMBER));
    await pick(f, ANNA, 'Anna');
    assert.deepEqual(JSON.parse(f.form.state.json), { participants: [{ address: '+13175550142' }, { userId: ANNA }] });
    assert.equal(f.form.state.to.party.text, '', 'what was added is not typed any more');
    await f.do('place');
    const { activity } = f.form.state;
    assert.match(activity.kind === 'confirming' ? activity.detail : '', /To: a conference of \+1 317 555 0142, Anna \(United States\)/);
    await f.do('confirm');
    assert.equal(f.placed[0]?.words.to, 'a conference of +1 317 555 0142, Anna');
  });

  it('has at least two parties and at most ten, each once', async () => {
    const f = await conference();
    assert.match(f.form.state.blocked, /two parties/);
    await f.send(...add(NUMBER));
    assert.match(f.form.state.blocked, /one more party/);
    await f.send(...add('+1 (317) 555-0142'));
    assert.deepEqual([names(f), f.form.state.to.party.problem], [[NUMBER], 'This number is in the conference already.']);
    for (let i = 0; i < 12; i++) await f.send(...add(`+1 317 555 01${String(50 + i)}`));
    assert.equal(names(f).length, 10);
    await pick(f, BERT, 'Bert');
    assert.equal(names(f).length, 10);
    await f.send({ type: 'party', text: '' });
    assert.equal(f.form.state.blocked, '');
    await f.send({ type: 'remove-party', id: '+13175550142' });
    assert.equal(names(f).length, 9);
  });

  it('takes no number that is not dialled anywhere else', async () => {
    const f = await conference();
    f.services = { ...f.services, refused: () => ['+4420'] };
    for (const text of ['911', '+1911', '+44999', '411', '+1 900 555 0142', '+44 20 7946 0102', 'x', '']) {
      await f.send(...add(text));
      assert.deepEqual(names(f), [], text);
    }
    await f.send({ type: 'party', text: '+44999' });
    assert.match(f.form.state.to.party.problem, /emergency/);
  });

  it('is not placed while a number is typed that is not added, or with one that is refused meanwhile', async () => {
    const f = await conference();
    await f.send(...add(NUMBER), ...add('+44 20 7946 0102'), { type: 'party', text: '+1 317 555 0199' });
    assert.match(f.form.state.blocked, /Add the number that is typed/);
    await f.send({ type: 'party', text: '' });
    assert.equal(f.form.state.blocked, '');
    f.services = { ...f.services, refused: () => ['+4420'] };
    assert.match(f.form.state.blocked, /callDoctor\.refusedNumbers/);
    await f.do('place');
    assert.equal(f.form.state.activity.kind, 'idle');
  });
});
