// What the form does, by the sentence that it proves. Each gets `{ open, STATES, formPage, complaints }` and throws when it is not so.
import assert from 'node:assert/strict';

const focused = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute('value') || document.activeElement?.className);
const shows = (page, id) => page.locator(`#${id}`).inputValue();

export const behaviour = {
  'says once that it is ready, and nothing else before it is used': async ({ open, STATES }) => {
    const { sent } = await open({ state: STATES.full });
    assert.deepEqual(await sent(), [{ type: 'ready' }]);
  },

  'an echo from the host, even a late one, moves neither caret nor text': async ({ open, STATES }) => {
    const phone = (text) => ({ ...STATES.full, to: { ...STATES.full.to, phone: { text, international: '', country: '', problem: '' } } });
    const { page, show, sent } = await open({ state: phone('+1555') });
    const box = page.locator('#to');
    await box.focus();
    await box.evaluate((e) => e.setSelectionRange(2, 2));
    await page.keyboard.type('317');
    assert.deepEqual(
      (await sent('phone')).map((m) => m.text),
      ['+13555', '+131555', '+1317555'],
    );
    for (const text of ['+13555', '+131555', '+1317555']) {
      await show(phone(text));
      assert.equal(await box.inputValue(), '+1317555');
      assert.deepEqual(await box.evaluate((e) => [e.selectionStart, e.selectionEnd]), [5, 5]);
    }
    await show({ ...phone('+1317555'), blocked: 'Too short.' });
    assert.deepEqual(await box.evaluate((e) => [e.value, e.selectionStart]), ['+1317555', 5]);
  },

  'a value that the host came up with replaces what is in the box, focused or not': async ({ open, STATES }) => {
    const phone = (text) => ({ ...STATES.full, to: { ...STATES.full.to, phone: { text, international: '', country: '', problem: '' } } });
    const { page, show } = await open({ state: phone('+1') });
    await page.locator('#to').focus();
    await show(phone('+44 20 7946 0102'));
    assert.equal(await shows(page, 'to'), '+44 20 7946 0102');
    await page.locator('#agent').focus();
    await show(phone(''));
    assert.equal(await shows(page, 'to'), '');
  },

  'messages that are not a whole state are ignored': async ({ open, STATES }) => {
    const { page } = await open({ state: STATES.full });
    const before = await page.locator('#form').innerHTML();
    const { full } = STATES;
    const wrong = [
      null,
      42,
      'state',
      [],
      {},
      { type: 'state' },
      { type: 'state', state: null },
      { type: 'other', state: STATES['signed-out'] },
      { type: 'state', state: { ...full, account: { kind: 'admin' } } },
      { type: 'state', state: { ...full, account: { kind: 'signed-in' } } },
      { type: 'state', state: { ...full, agent: { id: 'x' } } },
      { type: 'state', state: { ...full, json: 7 } },
      { type: 'state', state: { ...full, agentSearch: { ...full.agentSearch, items: 'many' } } },
      { type: 'state', state: { ...full, queues: { ...full.queues, items: [null] } } },
      { type: 'state', state: { ...full, options: { ...full.options, problems: { label: { toString: 1 } } } } },
      { type: 'state', state: { ...full, activity: { kind: 'refused', text: 'no detail' } } },
      { type: 'state', state: { ...full, live: { ...STATES['live-connected'].live, talked: '7' } } },
      { type: 'state', state: { ...full, otherWays: [{ title: 'x', needs: '', label: '', action: 'confirm-all' }] } },
      { type: 'state', state: { ...full, to: { ...full.to, parties: [{ id: 1 }] } } },
    ];
    for (const message of wrong) await page.evaluate((m) => window.postMessage(m, '*'), message);
    await page.waitForTimeout(50);
    assert.equal(await page.locator('#form').innerHTML(), before);
  },

  'text from the host is text: no element, no script, no handler comes out of it': async ({ open, STATES }) => {
    const { page } = await open({ state: STATES.hostile });
    await page.getByRole('button', { name: 'Request JSON' }).click();
    let dialogs = 0;
    page.on('dialog', (d) => (dialogs++, d.dismiss()));
    assert.equal(await page.locator('img, #form script, #form b, #form [onerror]').count(), 0);
    assert.equal(await page.locator('.account-name').textContent(), STATES.hostile.account.org);
    assert.equal(await page.locator('pre').textContent(), STATES.hostile.json);
    assert.equal(dialogs, 0);
  },

  'no element carries a style attribute or an inline handler that came through markup': async ({ open, STATES, complaints }) => {
    const { page } = await open({ state: STATES['options-problems'] });
    await page.getByRole('button', { name: 'Options' }).click();
    assert.equal(
      await page.evaluate(() => [...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => a.name.startsWith('on'))).length),
      0,
    );
    // And the policy is real: what is inline is refused, and the harness hears of it.
    const heard = complaints.length;
    await page.evaluate(() => document.querySelector('#form').insertAdjacentHTML('beforeend', '<i style="color: red"></i>'));
    assert.match(complaints.splice(heard).join(), /Content Security Policy/);
  },

  'before a call the focus goes to Cancel, so that Enter does not dial; afterwards it is back on Place call': async ({ open, STATES }) => {
    const { page, show, sent } = await open({ state: STATES.full });
    await page.locator('#place').focus();
    await page.keyboard.press('Enter');
    await show(STATES.confirming);
    assert.equal(await focused(page), 'cancel');
    await page.keyboard.press('Enter');
    assert.deepEqual(
      (await sent('do')).map((m) => m.action),
      ['place', 'cancel'],
    );
    await show(STATES.full);
    assert.equal(await focused(page), 'place');
  },

  'Escape in the confirmation cancels': async ({ open, STATES }) => {
    const { page, show, sent } = await open({ state: STATES.full });
    await show(STATES.confirming);
    await page.keyboard.press('Escape');
    assert.deepEqual(
      (await sent('do')).map((m) => m.action),
      ['cancel'],
    );
  },

  'the call is confirmed once, however often one presses': async ({ open, STATES }) => {
    const { page, show, sent } = await open({ state: STATES.full });
    await show(STATES.confirming);
    const confirm = page.locator('#confirm');
    await confirm.dblclick();
    await show({ ...STATES.confirming });
    await confirm.press('Enter');
    assert.deepEqual(
      (await sent('do')).map((m) => m.action),
      ['confirm'],
    );
    await show(STATES.placing);
    assert.equal(await focused(page), 'place');
    await page.keyboard.press('Enter');
    assert.deepEqual(
      (await sent('do')).map((m) => m.action),
      ['confirm'],
      'and not placed again while it is being placed',
    );
    await show(STATES.full);
    await show(STATES.confirming);
    await confirm.click();
    assert.equal((await sent('do')).length, 2, 'the next call can be confirmed');
  },

  'a double click on Place call does not confirm, although the confirmation appears under the pointer': async ({ open, STATES }) => {
    const { page, show, sent } = await open({ state: STATES.full });
    const { x, y, width, height } = await page.locator('#place').boundingBox();
    const at = [x + width / 2, y + height / 2];
    await page.mouse.click(...at);
    await show(STATES.confirming);
    assert.equal(await page.evaluate(([left, top]) => document.elementFromPoint(left, top).id, at), 'confirm');
    await page.mouse.click(...at);
    assert.deepEqual(
      (await sent('do')).map((m) => m.action),
      ['place'],
    );
    await page.waitForTimeout(650);
    await page.mouse.click(...at);
    assert.deepEqual(
      (await sent('do')).map((m) => m.action),
      ['place', 'confirm'],
    );
  },

  'what is being confirmed or placed cannot be changed': async ({ open, STATES }) => {
    const { page, show } = await open({ state: STATES.full });
    await page.locator('#to').focus();
    for (const name of ['confirming', 'placing']) {
      await show(STATES[name]);
      assert.equal(await page.locator('.intent').evaluate((e) => e.inert), true);
    }
    await show(STATES.refused);
    assert.equal(await page.locator('.intent').evaluate((e) => e.inert), false);
  },

  'a blocked Place call stays reachable, says why, and does nothing': async ({ open, STATES }) => {
    const { page, sent } = await open({ state: STATES['phone-problem'] });
    const place = page.getByRole('button', { name: 'Place call' });
    await place.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press(' ');
    await place.click({ force: true });
    assert.deepEqual(await sent('do'), []);
    const described = await place.getAttribute('aria-describedby');
    assert.equal((await page.locator(`#${described}`).textContent()).trim(), STATES['phone-problem'].blocked);
    assert.equal(await place.getAttribute('aria-disabled'), 'true');
  },

  'a wrong number is said to be invalid and described by its problem': async ({ open, STATES }) => {
    const { page } = await open({ state: STATES['phone-problem'] });
    const box = page.locator('#to');
    assert.equal(await box.getAttribute('aria-invalid'), 'true');
    assert.equal(await box.getAttribute('inputmode'), 'tel');
    const help = await page.locator(`#${await box.getAttribute('aria-describedby')}`).textContent();
    assert.ok(help.includes(STATES['phone-problem'].to.phone.problem));
  },

  'a way of calling that is not allowed cannot be chosen, and says why': async ({ open, STATES }) => {
    const { page, sent } = await open({ state: STATES.full });
    assert.equal(await page.getByRole('radio', { name: 'Me' }).isDisabled(), true);
    assert.ok(await page.getByText(STATES.full.selfAllowed.reason).isVisible());
    assert.deepEqual(await sent('as'), []);
  },

  'the host decides which radio is on: a click that it does not accept is undone': async ({ open, STATES }) => {
    const { page, show, sent } = await open({ state: STATES['as-self'] });
    await page.getByText('On behalf of Sales Agent 7').click();
    assert.deepEqual(await sent('as'), [{ type: 'as', value: 'on-behalf' }]);
    await show(STATES['as-self']);
    assert.equal(await page.getByRole('radio', { name: 'Me' }).isChecked(), true);
  },

  'keyboard: the arrows choose the kind of destination': async ({ open, STATES }) => {
    const { page, sent } = await open({ state: STATES.full });
    await page.locator('#from').focus();
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'phone');
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await sent('to-kind'), [{ type: 'to-kind', value: 'user' }]);
  },

  'keyboard: Tab visits everything once, from the account to Place call': async ({ open, STATES }) => {
    const { page } = await open({ state: STATES.full });
    const stops = [];
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab');
      stops.push(await focused(page));
    }
    assert.deepEqual(stops, [
      'icon-button',
      'icon-button',
      'agent',
      'on-behalf',
      'from',
      'phone',
      'to',
      'disclosure',
      'disclosure',
      'icon-button',
      'check',
      'place',
    ]);
  },

  'options: what is typed is sent by name, problems describe their box, and what is of no use is disabled': async ({ open, STATES }) => {
    const { page, sent } = await open({ state: STATES['options-problems'] });
    await page.getByRole('button', { name: /Options/ }).click();
    await page.getByLabel('Label').fill('vip');
    assert.deepEqual(await sent('option'), [{ type: 'option', name: 'label', value: 'vip' }]);
    const priority = page.getByLabel('Priority');
    assert.equal(await priority.getAttribute('aria-invalid'), 'true');
    assert.ok((await page.locator(`#${await priority.getAttribute('aria-describedby')}`).textContent()).includes('Must be a whole number.'));
    const other = await open({ state: STATES.full });
    await other.page.getByRole('button', { name: /Options/ }).click();
    assert.equal(await other.page.getByLabel('Priority').isDisabled(), true);
  },

  'which sections are expanded is remembered, and nonsense in that memory is ignored': async ({ open, STATES }) => {
    const first = await open({ state: STATES.full });
    await first.page.getByRole('button', { name: 'Request JSON' }).click();
    const kept = await first.page.evaluate(() => window.kept());
    assert.deepEqual(kept, { open: ['json'] });
    const second = await open({ state: STATES.full, saved: kept });
    assert.equal(await second.page.locator('pre').isVisible(), true);
    const third = await open({ state: STATES.full, saved: { open: ['nonsense', 3] } });
    assert.equal(await third.page.locator('[aria-expanded=true]').count(), 0);
  },

  'a refusal is an alert, other outcomes are a status, and both lead to the diagnosis': async ({ open, STATES }) => {
    const { page, show, sent } = await open({ state: STATES.full });
    await show(STATES.refused);
    assert.ok((await page.getByRole('alert').textContent()).includes(STATES.refused.activity.text));
    await page.getByRole('button', { name: 'Show diagnosis' }).click();
    await show(STATES.checked);
    await page.getByRole('button', { name: 'Show diagnosis' }).click();
    assert.deepEqual(
      (await sent('do')).map((m) => m.action),
      ['show-diagnosis', 'show-diagnosis'],
    );
    await show(STATES.placed);
    assert.equal((await page.getByRole('alert').textContent()).trim(), '');
    assert.ok((await page.locator('.outcome [role=status]').textContent()).includes(STATES.placed.activity.text));
    assert.equal(await page.getByRole('button', { name: 'Show diagnosis' }).count(), 0);
  },

  'how a call ended is in view, also in a low sidebar': async ({ open, STATES }) => {
    for (const height of [300, 700]) {
      const { page, show } = await open({ state: STATES.full, height });
      await show(STATES.placing);
      await show(STATES.refused);
      const { top, bottom } = await page.locator('.result').evaluate((e) => e.getBoundingClientRect());
      const buttons = await page.locator('.actions').evaluate((e) => e.getBoundingClientRect().top);
      assert.ok(top >= 0 && bottom <= buttons, `${top}–${bottom} above ${buttons} of ${height}`);
      assert.ok(await page.locator('#place').isVisible());
    }
  },

  'hanging up is asked for once, and not again while it is under way': async ({ open, STATES }) => {
    const { page, show, sent } = await open({ state: STATES['live-connected'] });
    await page.getByRole('button', { name: 'Hang up' }).click();
    await show(STATES['live-hanging-up']);
    const button = page.getByRole('button', { name: 'Hanging up…' });
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    await button.click({ force: true });
    await button.press('Enter');
    assert.deepEqual(await sent('do'), [{ type: 'do', action: 'hang-up' }]);
    await show(STATES['live-ended']);
    assert.equal(await page.locator('#hang-up').count(), 0);
    await page.getByRole('button', { name: 'Dismiss the call' }).click();
    assert.deepEqual((await sent('do')).at(-1), { type: 'do', action: 'dismiss-call' });
  },

  'each phase of a call is said once and politely, and the seconds that pass are not': async ({ open, STATES }) => {
    const { page, show } = await open({ state: STATES.full });
    const region = page.locator('.live-spoken');
    assert.deepEqual([await region.getAttribute('role'), await region.getAttribute('aria-live')], ['status', 'polite']);
    await region.evaluate((e) => {
      window.said = [];
      new MutationObserver(() => window.said.push(e.textContent)).observe(e, { childList: true, characterData: true, subtree: true });
    });
    const states = ['live-placed', 'live-agent', 'live-agent', 'live-outside', 'live-connected', 'live-reconnecting', 'live-connected', 'live-ended'];
    for (const name of states) await show(STATES[name]);
    assert.deepEqual(await page.evaluate(() => [...new Set(window.said)].map((s) => s.split('.')[0])), [
      'Placed',
      'Ringing at Sales Agent 7',
      'Ringing at the other side',
      'Connected',
      'Ended',
    ]);
  },

  'how long a call lasts goes on by itself, from where the host says, and stops with the call': async ({ open, STATES }) => {
    const { page, show } = await open({ state: STATES['live-connected'] });
    const time = page.locator('.live-time');
    assert.equal(await time.textContent(), '2:05');
    assert.equal(await time.getAttribute('aria-hidden'), 'true');
    await page.waitForFunction(() => document.querySelector('.live-time')?.textContent === '2:06');
    await show(STATES['live-ended']);
    assert.equal(await time.textContent(), '2:10');
    await show(STATES['live-reconnecting']);
    assert.match(await time.textContent(), /^1:02:0[56]$/);
    await show(STATES['live-agent']);
    assert.equal(await time.count(), 0);
  },

  'a call that is followed says itself that it was placed, and what is unknown is still said': async ({ open, STATES }) => {
    const { page, show } = await open({ state: STATES['live-placed'] });
    assert.equal(await page.locator('.outcome .result').count(), 0);
    await show(STATES['live-and-unknown']);
    assert.ok(await page.getByText('The phone may have rung').isVisible());
    assert.ok(await page.locator('.live').isVisible());
  },

  'a low sidebar still has Hang up in view': async ({ open, STATES }) => {
    const { page } = await open({ state: STATES['live-connected'], height: 300 });
    const { top, bottom } = await page.locator('#hang-up').evaluate((e) => e.getBoundingClientRect());
    assert.ok(top >= 0 && bottom <= 300, `${top}–${bottom}`);
  },

  'a conference: numbers are added with Enter or the button, users by picking, and each can be removed': async ({ open, STATES }) => {
    const { page, show, sent } = await open({ state: STATES['to-conference'] });
    await page.locator('#to').fill('+1 202 555 0143');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Add Number' }).click();
    await page.getByRole('button', { name: 'Remove Sales Agent 8' }).click();
    assert.deepEqual(await sent('party'), [{ type: 'party', text: '+1 202 555 0143' }]);
    assert.deepEqual(
      (await sent('do')).map((m) => m.action),
      ['add-party', 'add-party'],
    );
    assert.deepEqual(await sent('remove-party'), [{ type: 'remove-party', id: 'a8' }]);
    await page.getByRole('combobox', { name: 'User to add' }).click();
    await show({ ...STATES['to-conference'], agentSearch: { ...STATES['agents-results'].agentSearch, field: 'callee' } });
    await page.getByRole('option', { name: /Sales Agent 9/ }).click();
    assert.deepEqual(await sent('pick'), [{ type: 'pick', field: 'callee', id: 'a9' }]);
    await show(STATES['to-conference-problem']);
    assert.equal(await page.locator('#to').getAttribute('aria-invalid'), 'true');
    assert.ok((await page.locator('#to-help').textContent()).includes('emergency'));
  },

  'other ways are offered where this sign-in may not call, and only there': async ({ open, STATES }) => {
    const { page, show, sent } = await open({ state: STATES.refused });
    assert.equal(await page.getByRole('button', { name: 'Other ways' }).count(), 0);
    await show(STATES['other-ways']);
    await page.getByRole('button', { name: 'Other ways' }).click();
    for (const name of ['Create Callback…', 'Sign In…', 'Export List…']) await page.getByRole('button', { name }).click();
    assert.deepEqual(
      (await sent('do')).map((m) => m.action),
      ['create-callback', 'sign-in', 'export-list'],
    );
    for (const permission of ['conversation:callback:create', 'outbound:contactList:add']) assert.ok(await page.getByText(permission).isVisible());
  },

  'signed out: both ways in are buttons': async ({ open, STATES }) => {
    const { page, sent } = await open({ state: STATES['signed-out'] });
    await page.getByRole('button', { name: 'Sign In…' }).click();
    await page.getByRole('button', { name: 'Try the Sandbox Org' }).click();
    assert.deepEqual(
      (await sent('do')).map((m) => m.action),
      ['sign-in', 'sign-in-sandbox'],
    );
  },

  'failed: one can try again or sign in': async ({ open, STATES }) => {
    const { page, sent } = await open({ state: STATES['account-failed'] });
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByRole('button', { name: 'Sign In…' }).click();
    assert.deepEqual(
      (await sent('do')).map((m) => m.action),
      ['reload', 'sign-in'],
    );
  },

  'the buttons of the form say what they do': async ({ open, STATES }) => {
    const { page, sent } = await open({ state: STATES.full });
    for (const name of ['Switch Account…', 'Edit as File', 'Check', 'Place call']) await page.getByRole('button', { name }).click();
    assert.deepEqual(
      (await sent('do')).map((m) => m.action),
      ['switch-account', 'edit-json', 'check', 'place'],
    );
  },

  'the page escapes what it is given and allows nothing inline': async ({ formPage }) => {
    const evil = `"><script>alert('1')</script>`;
    const page = formPage({ cspSource: evil, nonce: evil, script: evil, style: evil, codicons: evil });
    assert.ok(!page.includes('<script>'));
    assert.equal(page.match(/<script/g).length, 1);
    const normal = formPage({ cspSource: "'self' https://*.vscode-cdn.net", nonce: 'n0', script: 's.js', style: 's.css', codicons: 'c.css' });
    assert.ok(normal.includes("default-src 'none'; script-src 'nonce-n0'; style-src &#39;self&#39; https://*.vscode-cdn.net 'nonce-n0'"));
    assert.doesNotMatch(normal, /unsafe|\sstyle=|\son\w+=/);
  },
};
