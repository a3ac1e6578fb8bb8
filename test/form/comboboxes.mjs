// What the comboboxes do (agent, callee, queues). Read like behaviour.mjs.
import assert from 'node:assert/strict';

const settled = (page) => page.waitForTimeout(260);
const focused = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute('value') || document.activeElement?.className);
const agents = (STATES, query, count = 5) => {
  const state = STATES['agents-results'];
  return { ...state, agent: undefined, agentSearch: { ...state.agentSearch, query, items: state.agentSearch.items.slice(0, count), message: '' } };
};
const active = (page) =>
  page.evaluate(() => {
    const id = document.querySelector('#agent')?.getAttribute('aria-activedescendant');
    return id ? document.getElementById(id)?.querySelector('.option-name')?.textContent : undefined;
  });
const shows = (page, id) => page.locator(`#${id}`).inputValue();

export const comboboxes = {
  'keyboard: a name typed is searched once it settles, arrows choose, Enter picks': async ({ open, STATES }) => {
    const { page, show, sent, clear } = await open({ state: STATES['ready-empty'] });
    await clear();
    await page.keyboard.press('Tab'); // show session
    await page.keyboard.press('Tab'); // switch account
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'agent');
    assert.equal(await page.locator('#agent').getAttribute('aria-expanded'), 'false');
    await page.keyboard.type('sales', { delay: 20 });
    assert.deepEqual(await sent(), []);
    await settled(page);
    assert.deepEqual(await sent(), [{ type: 'search', field: 'agent', query: 'sales' }]);
    await show(agents(STATES, 'sales'));
    assert.equal(await page.locator('#agent').getAttribute('aria-expanded'), 'true');
    assert.equal(await active(page), undefined);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await active(page), 'Sales Agent 8');
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent('pick'), [{ type: 'pick', field: 'agent', id: 'a8' }]);
    assert.equal(await page.locator('#agent').getAttribute('aria-expanded'), 'false');
    assert.equal(await shows(page, 'agent'), 'Sales Agent 8');
  },

  'keyboard: Home, End and the arrows move around the list and wrap': async ({ open, STATES }) => {
    const { page, show } = await open({ state: { ...STATES.full, agent: undefined } });
    await page.locator('#agent').press('ArrowDown');
    await show(agents(STATES, ''));
    const walked = [];
    for (const key of ['End', 'ArrowDown', 'ArrowUp', 'Home', 'ArrowDown']) {
      await page.keyboard.press(key);
      walked.push(await active(page));
    }
    assert.deepEqual(walked, ['Sales Agent 11', 'Sales Agent 7', 'Sales Agent 11', 'Sales Agent 7', 'Sales Agent 8']);
  },

  'keyboard: Escape closes the list and brings the chosen name back': async ({ open, STATES }) => {
    const { page, sent } = await open({ state: STATES.full });
    await page.locator('#agent').focus();
    await page.keyboard.type('zz');
    assert.equal(await page.locator('#agent').getAttribute('aria-expanded'), 'true');
    await page.keyboard.press('Escape');
    await settled(page);
    assert.equal(await page.locator('#agent').getAttribute('aria-expanded'), 'false');
    assert.equal(await shows(page, 'agent'), 'Sales Agent 7');
    assert.deepEqual(await sent('pick'), []);
    assert.deepEqual(await sent('search'), [], 'the search that had not settled is dropped');
  },

  'Enter picks the only result of what was typed, and nothing while several are left or the answer is out': async ({ open, STATES }) => {
    const { page, show, sent } = await open({ state: { ...STATES.full, agent: undefined } });
    await page.locator('#agent').focus();
    await page.keyboard.type('7');
    await settled(page);
    await page.keyboard.press('Enter');
    await show(agents(STATES, '7', 2));
    await page.keyboard.press('Enter');
    await show(agents(STATES, 'an older question', 1));
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent('pick'), []);
    await show(agents(STATES, '7', 1));
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent('pick'), [{ type: 'pick', field: 'agent', id: 'a7' }]);
  },

  'Enter tries a failed search again': async ({ open, STATES }) => {
    const { page, show, sent } = await open({ state: STATES.full });
    await page.locator('#agent').click();
    await show(STATES['agents-failed']);
    await page.keyboard.press('Enter');
    assert.equal((await sent('search')).length, 2);
  },

  'mouse: an option is picked by a click, and a click elsewhere closes the list': async ({ open, STATES }) => {
    const { page, show, sent } = await open({ state: STATES.full });
    await page.locator('#agent').click();
    await show(STATES['agents-results']);
    await page.getByRole('option', { name: /Sales Agent 9/ }).click();
    assert.deepEqual(await sent('pick'), [{ type: 'pick', field: 'agent', id: 'a9' }]);
    await page.locator('#agent').click();
    await page.locator('.account-who').click();
    assert.equal(await page.locator('#agent').getAttribute('aria-expanded'), 'false');
  },

  'a state that arrives while a name is being typed leaves the text and the list alone': async ({ open, STATES }) => {
    const { page, show } = await open({ state: STATES.full });
    await page.locator('#agent').focus();
    await page.keyboard.type('ann');
    await show({ ...STATES.full, blocked: 'Something else changed.' });
    assert.equal(await shows(page, 'agent'), 'ann');
    assert.equal(await page.locator('#agent').getAttribute('aria-expanded'), 'true');
  },

  'the host has the last word on who is chosen': async ({ open, STATES }) => {
    const { page, show } = await open({ state: STATES.full });
    await page.locator('#agent').click();
    await show(STATES['agents-results']);
    await page.getByRole('option', { name: /Sales Agent 9/ }).click();
    assert.equal(await shows(page, 'agent'), 'Sales Agent 9');
    await show(STATES.full);
    assert.equal(await shows(page, 'agent'), 'Sales Agent 7');
  },

  'the user who is called is searched as the callee': async ({ open, STATES }) => {
    const { page, show, sent } = await open({ state: STATES['to-user'] });
    await page.locator('#to').focus();
    await page.keyboard.type('nine');
    await settled(page);
    assert.deepEqual(await sent('search'), [{ type: 'search', field: 'callee', query: 'nine' }]);
    const { agentSearch } = STATES['agents-results'];
    await show({ ...STATES['to-user'], agentSearch: { ...agentSearch, field: 'callee', query: 'nine' } });
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent('pick'), [{ type: 'pick', field: 'callee', id: 'a11' }]);
  },

  'queues are filtered as one types, and "No queue" can be chosen': async ({ open, STATES }) => {
    const { page, sent } = await open({ state: STATES.full });
    await page.locator('#from').focus();
    await page.keyboard.type('amer');
    assert.deepEqual(await page.locator('#from-list .option-name').allTextContents(), ['Sales AMER']);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent('from-queue'), [
      { type: 'from-queue', id: 'q2' },
      { type: 'from-queue', id: '' },
    ]);
    assert.deepEqual(await sent('search'), []);
  },
};
