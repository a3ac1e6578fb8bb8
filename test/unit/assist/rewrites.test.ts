import assert from 'node:assert/strict';
import type { FillValues, Fix } from '../../../src/assist/fix.js';
import { rewritesAt } from '../../../src/assist/rewrites.js';
import type { RegionHint } from '../../../src/exchange/regions.js';
import { FIRST_ANSWER_CURL, OWNER_ID_PAYLOAD, PROSE, QUESTION_CURL, SECOND_ANSWER_CURL } from '../exchange/thread.js';
import { GUID, OTHER_GUID, operations } from '../platform/facts.js';
import { FORMS, made, read, sent, VALUES } from './fixing.js';

const rewrites = (text: string, hint: RegionHint, values: FillValues = {}, index = 0): Fix[] => {
  const written = read(text, hint);
  const call = written.calls[index];
  assert.ok(call, text);
  return rewritesAt(written, call, operations, values);
};
const conversionOf = (text: string, hint: RegionHint, index = 0): Fix | undefined => rewrites(text, hint, {}, index).find((f) => f.title.startsWith('Convert'));
const PLAIN = '/api/v2/conversations/calls';
const ORIGIN = 'https://api.mypurecloud.com';

/** The bodies of the thread, and what is true of each (FACTS §0, §1.1, §1.6, §4.5). */
const THREAD = [
  {
    name: 'the question',
    curl: QUESTION_CURL,
    path: PLAIN,
    body: { callUserId: '{{agent_user_id}}', callFromQueueId: '{{queue_id}}' },
    notes: [/“to” becomes callUserId/, /“from” is left out/, /“routing.skill” is left out/],
  },
  {
    name: 'the first answer',
    curl: FIRST_ANSWER_CURL,
    path: `${PLAIN}/user/AGENT_USER_ID`,
    body: { phoneNumber: '+1234567890' },
    notes: [/“from” moves into the path/, /“mediaType” is left out/, /“routing.type” is left out/, /“routing.to” is left out/],
  },
  {
    name: 'the second answer',
    curl: SECOND_ANSWER_CURL,
    path: PLAIN,
    body: { phoneNumber: '+13175550144', callerId: '+13175550143', callerIdName: 'Agent Name' },
    notes: [/“wrapUpCode” is left out/],
  },
  {
    name: 'the third answer',
    payload: OWNER_ID_PAYLOAD,
    path: `${PLAIN}/user/the-agent-id-you-are-acting-for`,
    body: { phoneNumber: '+15550199', callerId: '+15550100' },
    notes: [
      /“ownerId” moves into the path/,
      /“type” is left out/,
      /“wrapUpCode” is left out/,
      /“monitor” is left out/,
      /“record” is left out/,
      /“outboundPhoneNumberId” is left out/,
    ],
  },
].map((t) => ({ ...t, payload: t.payload ?? t.curl.slice(t.curl.indexOf("-d '") + 4, t.curl.lastIndexOf("'")) }));

describe('a payload of the thread, converted in one action', () => {
  for (const { name, curl, payload, path, body, notes } of THREAD) {
    for (const form of FORMS)
      it(`${name} in ${form.name}`, () => {
        const text = form.write(payload);
        const fix = conversionOf(text, form.hint);
        assert.ok(fix, text);
        assert.equal(fix.preferred, true);
        assert.equal(fix.notes.length, notes.length, fix.notes.join('\n'));
        for (const [i, note] of notes.entries()) assert.match(fix.notes[i] ?? '', note);
        const after = made(text, fix);
        const got = sent(after, form.hint);
        assert.deepEqual([got.method, got.body], ['POST', body], after);
        // Percent signs of a template's braces are nobody's.
        assert.equal(got.url.replace(ORIGIN, ''), path, after);
        assert.deepEqual(got.headers, sent(text, form.hint).headers);
        assert.equal(conversionOf(after, form.hint), undefined);
        assert.equal(read(after, form.hint).calls.length, read(text, form.hint).calls.length);
      });
    if (curl !== undefined)
      it(`${name} as it stands there`, () => {
        for (const hint of [{ languageId: 'shellscript' }, { languageId: 'markdown' }, {}]) {
          const fix = conversionOf(curl, hint);
          assert.ok(fix);
          const after = made(curl, fix);
          const got = sent(after, hint);
          assert.deepEqual([got.method, got.url, got.body], ['POST', ORIGIN + path, body], after);
          assert.deepEqual(got.headers, sent(curl, hint).headers);
        }
      });
  }

  it('in the middle of the thread, and nothing else changes', () => {
    const fix = conversionOf(PROSE, {});
    const second = conversionOf(PROSE, {}, 1);
    assert.ok(fix && second);
    const after = made(PROSE, fix);
    assert.equal(after.slice(0, PROSE.indexOf("-d '{")), PROSE.slice(0, PROSE.indexOf("-d '{")));
    assert.equal(after.slice(after.indexOf('\n\nThe token is')), PROSE.slice(PROSE.indexOf('\n\nThe token is')));
    assert.ok(after.includes(`-d '{\n "callUserId": "{{agent_user_id}}",\n "callFromQueueId": "{{queue_id}}"\n}'`), after);
    assert.ok(made(PROSE, second).includes(`-d '{\n "phoneNumber": "+1234567890"\n }'\n\nCheck`));
  });
});

describe('a conversion', () => {
  it('makes a request of *.call.json where the operation is another than that of a body alone', () => {
    const text =
      '// a call\n{\n  // who\n  "phoneNumber": "+13175550142", // the customer\n  "ownerId": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",\n  "record": true\n}\n';
    const hint = { fileName: 'a.call.json' };
    const fix = conversionOf(text, hint);
    assert.ok(fix);
    assert.equal(
      made(text, fix),
      `// a call\n{\n  "method": "POST",\n  "url": "${PLAIN}/user/${GUID}",\n  "body": {\n    // who\n    "phoneNumber": "+13175550142" // the customer\n  }\n}\n`,
    );
  });

  it('keeps a body alone where the operation stays', () => {
    const text = '{"to": "+13175550142", "label": "x"}';
    const fix = conversionOf(text, { fileName: 'a.call.json' });
    assert.ok(fix);
    assert.equal(made(text, fix), '{"phoneNumber": "+13175550142", "label": "x"}');
  });

  it('keeps what the shell fills in, also where it moves into the URL', () => {
    const hint = { languageId: 'shellscript' };
    for (const [before, expected] of [
      [
        String.raw`curl -X POST "https://api.$DOMAIN/api/v2/conversations/calls" -H 'Content-Type: application/json' -d "{\"to\": \"$TO\", \"ownerId\": \"$AGENT\"}"`,
        String.raw`curl -X POST "https://api.$DOMAIN/api/v2/conversations/calls/user/$AGENT" -H 'Content-Type: application/json' -d "{\"phoneNumber\": \"$TO\"}"`,
      ],
      [
        `curl 'https://api.mypurecloud.com/api/v2/conversations/calls' -d '{"to": "'"$TO"'", "ownerId": "'"$AGENT"'"}'`,
        `curl 'https://api.mypurecloud.com/api/v2/conversations/calls/user/'"$AGENT" -d '{"phoneNumber": "'"$TO"'"}'`,
      ],
    ] as const) {
      const fix = conversionOf(before, hint);
      assert.ok(fix);
      assert.equal(made(before, fix), expected);
    }
  });

  it('keeps a placeholder outside of quotes where it is, and the digits of a long number', () => {
    const hint = { fileName: 'a.call.json' };
    for (const [before, expected] of [
      ['{"to": {{number}}, "record": true}', '{"phoneNumber": {{number}}}'],
      ['{"queueId": "{{q}}", "routing": {"priority": {{p}}}}', '{"callQueueId": "{{q}}", "priority": {{p}}}'],
    ] as const) {
      const fix = conversionOf(before, hint);
      assert.ok(fix);
      assert.equal(made(before, fix), expected);
    }
  });

  it('keeps the variables of a .http file', () => {
    const text = `@base = ${ORIGIN}\n@to = +13175550142\n\nPOST {{base}}${PLAIN}\nContent-Type: application/json\n\n{\n  "to": "{{to}}",\n  "ownerId": "${GUID}"\n}\n`;
    const fix = conversionOf(text, { languageId: 'http' });
    assert.ok(fix);
    assert.equal(
      made(text, fix),
      `@base = ${ORIGIN}\n@to = +13175550142\n\nPOST {{base}}${PLAIN}/user/${GUID}\nContent-Type: application/json\n\n{\n  "phoneNumber": "{{to}}"\n}\n`,
    );
  });

  it('of a body with thousands of fields tells of some of them', function () {
    this.timeout(20_000);
    const text = JSON.stringify({ ...Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`field number ${i}`, i])), to: '+13175550142' });
    const fix = conversionOf(text, { fileName: 'a.call.json' });
    assert.ok(fix);
    assert.equal(made(text, fix), '{"phoneNumber":"+13175550142"}');
    assert.equal(fix.notes.at(-1), '4970 more fields are left out.');
  });

  it('tells of matching rules of a Pact file that are left for what is gone', () => {
    const pact = FORMS.find((f) => f.name === 'Pact');
    assert.ok(pact);
    const text = pact
      .write('{"to": "+13175550142", "ownerId": "x", "label": "y"}')
      .replace('"response"', '"x": 1, "response"')
      .replace('"headers"', '"matchingRules": {"body": {"$.to": {"match": "type"}, "$.label": {"match": "type"}}, "path": {"match": "regex"}}, "headers"');
    const notes = conversionOf(text, pact.hint)?.notes ?? [];
    assert.equal(notes.at(-2), 'The matching rules stay as they are: those for to match nothing now.');
    assert.match(notes.at(-1) ?? '', /rule for the path/);
  });

  it('is not for a record, for broken JSON, for other operations, nor for what is valid', () => {
    const har = (body: string): string =>
      JSON.stringify({ log: { entries: [{ request: { method: 'POST', url: ORIGIN + PLAIN, headers: [], postData: { text: body } } }] } });
    assert.deepEqual(rewrites(har('{"to":"+13175550142"}'), { fileName: 'x.har' }, VALUES), []);
    for (const form of FORMS) {
      assert.equal(conversionOf(form.write('{\n  "phoneNumber": "+13175550142"\n}'), form.hint), undefined, form.name);
      assert.equal(conversionOf(form.write('{"to": , "label": "x"}'), form.hint)?.title, undefined, form.name);
    }
    assert.equal(conversionOf(`curl ${ORIGIN}/api/v2/conversations/callbacks -d '{"to": "x"}'`, {}), undefined);
  });
});

describe('the operation on behalf of an agent', () => {
  for (const form of FORMS)
    it(`and back, in ${form.name}`, () => {
      const text = form.write('{\n  "phoneNumber": "+13175550142"\n}');
      const before = sent(text, form.hint);
      const [there, ...others] = rewrites(text, form.hint, VALUES);
      assert.ok(there && others.length === 0);
      assert.equal(there.title, 'Call on behalf of Sales Agent 7: POST …/calls/user/{userId}');
      assert.match(there.notes.join(), /conversation:agentlessCall:add, conversation:call:add/);
      const after = made(text, there);
      const got = sent(after, form.hint);
      assert.deepEqual({ ...got, url: '' }, { ...before, url: '' });
      assert.equal(got.url, `${before.url}/user/${GUID}`);
      const [back, ...more] = rewrites(after, form.hint, VALUES);
      assert.ok(back && more.length === 0);
      assert.equal(back.title, 'Call as the owner of the token: POST …/calls');
      assert.match(back.notes.join(), /client credentials are answered 400/);
      assert.equal(sent(made(after, back), form.hint).url, before.url);
      if (form.name !== '*.call.json') assert.equal(made(after, back), text);
    });

  it('of nobody in particular leaves the parameter to be filled in', () => {
    const text = `curl -X POST "${ORIGIN}${PLAIN}?x=1" -d '{"phoneNumber":"+13175550142"}'`;
    const [fix] = rewrites(text, {});
    assert.ok(fix);
    assert.equal(fix.title, 'Call on behalf of an agent: POST …/calls/user/{userId}');
    assert.ok(made(text, fix).includes(`${ORIGIN}${PLAIN}/user/{userId}?x=1`));
  });

  it('is there for parties that are added too', () => {
    const text = `PATCH ${ORIGIN}${PLAIN}/${GUID}/participants/${GUID}\n\n{"muted": true}\n`;
    const [fix] = rewrites(text, { languageId: 'http' }, VALUES);
    assert.equal(fix?.title, 'Do it on behalf of Sales Agent 7: PATCH …/calls/{conversationId}/participants/{participantId}/user/{userId}');
  });

  it('is not there for what is on behalf of somebody', () => {
    const text = `curl ${ORIGIN}${PLAIN}/user/${OTHER_GUID} -d '{"phoneNumber":"+13175550142"}'`;
    assert.deepEqual(
      rewrites(text, {}, VALUES).map((f) => f.title),
      ['Call as the owner of the token: POST …/calls'],
    );
  });

  it('is not there for other operations', () => {
    for (const text of [`curl ${ORIGIN}/api/v2/users/me`, `curl -X POST ${ORIGIN}/api/v2/conversations/callbacks -d '{}'`, 'curl https://example.com'])
      assert.deepEqual(rewrites(text, {}, VALUES), []);
  });
});
