import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fixesFor } from '../../../src/assist/fixes.js';
import { lint } from '../../../src/assist/lint.js';
import type { ProblemCode } from '../../../src/assist/problem.js';
import { FOREIGN_FIELDS } from '../../../src/platform/foreignFields.js';
import { GUID, OTHER_GUID, operations } from '../platform/facts.js';
import { around, FORMS, fixesOf, made, mended, read, sent, VALUES, WHOLE_FORMS } from './fixing.js';

const CALLS = 'https://api.mypurecloud.com/api/v2/conversations/calls';
const ON = `${CALLS}/user/${GUID}`;

interface Row {
  readonly code: ProblemCode;
  readonly pointer?: string;
  readonly body: string;
  readonly title: string;
  readonly expected: unknown;
  readonly url?: string;
}

/** What a fix makes of a body; `expected` is what is sent then. */
const ROWS: readonly Row[] = [
  { code: 'unknown-field', body: '{"phonenumber": "+13175550142"}', title: 'Rename “phonenumber” to phoneNumber', expected: { phoneNumber: '+13175550142' } },
  { code: 'unknown-field', body: '{"phoneNumber": "+13175550142", "flavour": "mint"}', title: 'Remove “flavour”', expected: { phoneNumber: '+13175550142' } },
  {
    code: 'foreign-field',
    pointer: '/to',
    body: '{"to": "+13175550142", "record": true}',
    title: 'Move “to” into phoneNumber',
    expected: { phoneNumber: '+13175550142', record: true },
  },
  { code: 'foreign-field', pointer: '/record', body: '{"to": "+13175550142", "record": true}', title: 'Remove “record”', expected: { to: '+13175550142' } },
  {
    code: 'foreign-field',
    pointer: '/to',
    body: '{"to": "+13175550142", "record": true}',
    title: 'Convert to the valid request',
    expected: { phoneNumber: '+13175550142' },
  },
  {
    code: 'foreign-field',
    pointer: '/metadata',
    body: '{"phoneNumber": "+13175550142", "attributes": {"a": "x"}, "metadata": {"b": 1}}',
    title: 'Move “metadata” into attributes',
    expected: { phoneNumber: '+13175550142', attributes: { a: 'x', b: '1' } },
  },
  {
    code: 'duplicate-field',
    body: '{"phoneNumber": "+13175550142", "label": "a", "label": "b"}',
    title: 'Remove “label”',
    expected: { phoneNumber: '+13175550142', label: 'a' },
  },
  { code: 'no-destination', body: '{"label": "a"}', title: 'Add phoneNumber: +13175550142', expected: { label: 'a', phoneNumber: '+13175550142' } },
  { code: 'no-destination', body: '{}', title: 'Call the queue Sales EMEA', expected: { callQueueId: OTHER_GUID } },
  {
    code: 'several-destinations',
    body: `{"phoneNumber": "+13175550142", "callUserId": "${OTHER_GUID}", "label": "a"}`,
    title: 'Keep callUserId',
    expected: { callUserId: OTHER_GUID, label: 'a' },
  },
  {
    code: 'needs-another-field',
    body: '{"phoneNumber": "+13175550142", "priority": 5}',
    title: 'Remove “priority”',
    expected: { phoneNumber: '+13175550142' },
  },
  {
    code: 'needs-another-field',
    body: `{"conversationIds": ["${GUID}"], "priority": 5}`,
    title: 'Add callQueueId: Sales EMEA',
    expected: { conversationIds: [GUID], priority: 5, callQueueId: OTHER_GUID },
  },
  { code: 'wrong-type', body: `{"callQueueId": "${GUID}", "priority": "5"}`, title: 'Write 5', expected: { callQueueId: GUID, priority: 5 } },
  { code: 'wrong-type', body: '{"phoneNumber": 13175550142}', title: 'Write "13175550142"', expected: { phoneNumber: '13175550142' } },
  {
    code: 'wrong-type',
    body: `{"callQueueId": "${GUID}", "routingSkillsIds": "${OTHER_GUID}"}`,
    title: 'Write ["',
    expected: { callQueueId: GUID, routingSkillsIds: [OTHER_GUID] },
  },
  {
    code: 'wrong-type',
    body: '{"phoneNumber": "+13175550142", "attributes": {"a": 1, "b": true}}',
    title: 'Write {',
    expected: { phoneNumber: '+13175550142', attributes: { a: '1', b: 'true' } },
  },
  { code: 'wrong-type', body: '{"participants": "+13175550142"}', title: 'Write [{', expected: { participants: [{ address: '+13175550142' }] } },
  { code: 'bad-number', body: '{"phoneNumber": "(317) 555-0142"}', title: 'Write +1 317 555 0142 (United States)', expected: { phoneNumber: '+13175550142' } },
  {
    code: 'bad-number',
    body: '{"phoneNumber": "020 7946 0102"}',
    title: 'Write +44 20 7946 0102 (United Kingdom)',
    expected: { phoneNumber: '+442079460102' },
  },
  { code: 'bad-number', body: '{"phoneNumber": "+1 317 555 0142"}', title: 'Write +1 317 555 0142', expected: { phoneNumber: '+13175550142' } },
  {
    code: 'bad-number',
    body: '{"participants": [{"address": "3175550142"}]}',
    title: 'Write +1 317 555 0142',
    expected: { participants: [{ address: '+13175550142' }] },
  },
  {
    code: 'wrong-id-kind',
    body: '{"callUserId": "+1 317 555 0142"}',
    title: 'Move it from callUserId to phoneNumber',
    expected: { phoneNumber: '+13175550142' },
  },
  { code: 'wrong-id-kind', body: `{"phoneNumber": "${OTHER_GUID}"}`, title: 'Move it from phoneNumber to callQueueId', expected: { callQueueId: OTHER_GUID } },
  { code: 'wrong-id-kind', body: '{"callQueueId": "Sales"}', title: 'Put the id of Sales EMEA there', expected: { callQueueId: OTHER_GUID } },
  { code: 'bad-id', body: '{"callQueueId": "3f2504e0-4f89"}', title: 'Put the id of Sales EMEA there', expected: { callQueueId: OTHER_GUID } },
  { code: 'placeholder', body: '{"phoneNumber": "{{number}}"}', title: 'Fill in +13175550142', expected: { phoneNumber: '+13175550142' } },
  {
    code: 'placeholder',
    pointer: '/callFromQueueId',
    body: '{"phoneNumber": "+13175550142", "callFromQueueId": "<QUEUE_ID>"}',
    title: 'Fill in Sales EMEA',
    expected: { phoneNumber: '+13175550142', callFromQueueId: OTHER_GUID },
  },
  {
    code: 'placeholder',
    pointer: '/ownerId',
    body: '{"phoneNumber": "+13175550142", "ownerId": "YOUR_AGENT_ID"}',
    title: 'Fill in Sales Agent 7',
    expected: { phoneNumber: '+13175550142', ownerId: GUID },
  },
  {
    code: 'json-extras',
    body: '{\n  // who\n  "phoneNumber": "+13175550142", // the customer\n}',
    title: 'Take out',
    expected: { phoneNumber: '+13175550142' },
  },
];

for (const form of FORMS) {
  describe(`a fix in ${form.name}`, () => {
    for (const { code, pointer, body, title, expected } of ROWS) {
      // These write or send a body on one line, where a comment swallows the rest.
      if (code === 'json-extras' && /^(?:cmd, quotes|a here-document)$/.test(form.name)) continue;
      it(`${code}: ${title}`, () => {
        const text = form.write(body);
        const after = mended(text, form.hint, code, title, pointer);
        assert.deepEqual(sent(after, form.hint).body, expected, after);
        assert.deepEqual(around(after, form.hint), around(text, form.hint), after);
        assert.equal(read(after, form.hint).calls.length, read(text, form.hint).calls.length);
      });
    }
  });
}

describe('a fix of a folklore field', () => {
  const VALUE: Readonly<Record<string, unknown>> = {
    to: '+13175550142',
    from: { id: GUID },
    routing: { queueId: GUID },
    queueId: GUID,
    queue: { id: GUID },
    skill: GUID,
    skills: [GUID],
    skillId: GUID,
    skillIds: [GUID],
    language: GUID,
    ownerId: GUID,
    userId: GUID,
    agentId: GUID,
    outboundPhoneNumberId: '+13175550100',
    metadata: { a: 'x' },
  };
  /** Where each is to be, beside a number that is called (FACTS §1.1, §1.6). */
  const MOVED: Readonly<Record<string, readonly [object, string?]>> = {
    to: [{ phoneNumber: '+13175550142' }],
    from: [{}, ON],
    routing: [{ callFromQueueId: GUID }],
    queueId: [{ callFromQueueId: GUID }],
    queue: [{ callFromQueueId: GUID }],
    ownerId: [{}, ON],
    userId: [{}, ON],
    agentId: [{}, ON],
    outboundPhoneNumberId: [{ callerId: '+13175550100' }],
    metadata: [{ attributes: { a: 'x' } }],
  };
  for (const name of FOREIGN_FIELDS.keys())
    for (const form of WHOLE_FORMS)
      it(`${name} in ${form.name}`, () => {
        const base = name === 'to' ? {} : { phoneNumber: '+13175550142' };
        const text = form.write(JSON.stringify({ ...base, [name]: VALUE[name] ?? 'x', label: 'kept' }, null, 2));
        const fixes = fixesOf(text, form.hint, 'foreign-field', `/${name}`);
        const titles = fixes.map((f) => f.title);
        assert.equal(titles[0], 'Convert to the valid request');
        assert.equal(titles.at(-1), `Remove “${name}”`);
        assert.equal(fixes[0]?.preferred, true);
        const removed = sent(made(text, fixes.at(-1) as never), form.hint);
        assert.deepEqual(removed.body, { ...base, label: 'kept' });
        const [body, url] = MOVED[name] ?? [{}];
        const whole = sent(made(text, fixes[0] as never), form.hint);
        assert.deepEqual(whole.body, { ...base, ...body, label: 'kept' });
        const path = url ?? CALLS;
        assert.equal(whole.url, form.name === 'Pact' ? path.replace('https://api.mypurecloud.com', '') : path);
        if (!(name in MOVED)) {
          assert.equal(fixes.length, 2);
          assert.ok(
            fixes[0]?.notes.some((n) => n.includes(`“${name}” is left out.`)),
            fixes[0]?.notes.join(),
          );
          return;
        }
        const alone = fixes[1];
        assert.match(alone?.title ?? '', new RegExp(`^Move “${name}” into`));
        const moved = sent(made(text, alone as never), form.hint);
        assert.deepEqual([moved.body, moved.url], [whole.body, whole.url]);
      });

  it('of other operations goes into the field that takes it', () => {
    const to = (path: string): string => `https://api.mypurecloud.com/api/v2/conversations/${path}`;
    const T: readonly (readonly [string, string, object, string, object])[] = [
      ['POST', 'callbacks', { queueId: GUID, phoneNumber: '+13175550142' }, '/phoneNumber', { queueId: GUID, callbackNumbers: ['+13175550142'] }],
      ['POST', `calls/${GUID}/participants`, { phoneNumber: '+13175550142' }, '/phoneNumber', { participants: [{ address: '+13175550142' }] }],
      ['POST', `calls/${GUID}/participants`, { userId: GUID }, '/userId', { participants: [{ userId: GUID }] }],
      ['POST', `calls/${GUID}`, { to: '+13175550142' }, '/to', { callNumber: '+13175550142' }],
      ['PATCH', `calls/${GUID}/participants/${GUID}`, { record: true }, '/record', { recording: true }],
      ['PATCH', `calls/${GUID}/participants/${GUID}`, { wrapUpCode: { id: OTHER_GUID } }, '/wrapUpCode', { wrapup: { code: OTHER_GUID } }],
      ['PATCH', `calls/${GUID}/participants/${GUID}`, { wrapUpCode: OTHER_GUID }, '/wrapUpCode', { wrapup: { code: OTHER_GUID } }],
    ];
    for (const [method, path, body, pointer, expected] of T)
      for (const form of WHOLE_FORMS) {
        const text = form.write(JSON.stringify(body), { method, url: to(path) });
        const after = mended(text, form.hint, 'foreign-field', 'Move', pointer);
        assert.deepEqual(sent(after, form.hint).body, expected, after);
      }
  });
});

describe('a fix of another body of the calls family', () => {
  const of = (path: string): string => `https://api.mypurecloud.com/api/v2/conversations/${path}`;
  const call = `calls/${GUID}`;
  const T: readonly (readonly [ProblemCode, string, string, object, string, object])[] = [
    ['missing-field', 'POST', call, {}, 'Add callNumber: +13175550142', { callNumber: '+13175550142' }],
    ['missing-field', 'POST', 'callbacks', { queueId: GUID }, 'Add callbackNumbers: +13175550142', { queueId: GUID, callbackNumbers: ['+13175550142'] }],
    [
      'missing-field',
      'POST',
      'callbacks',
      { callbackNumbers: ['+13175550142'] },
      'Add queueId: Sales EMEA',
      { callbackNumbers: ['+13175550142'], queueId: OTHER_GUID },
    ],
    ['answer-only-field', 'PATCH', call, { state: 'disconnected', name: 'x' }, 'Remove “name”', { state: 'disconnected' }],
    ['bad-value', 'PATCH', call, { state: 'disconected' }, 'Write “disconnected”', { state: 'disconnected' }],
    ['bad-value', 'PATCH', call, { state: 'disconnected', conversationIds: [] }, 'Remove “conversationIds”', { state: 'disconnected' }],
    [
      'bad-value',
      'PATCH',
      `${call}/participants/${GUID}`,
      { resumeTime: '2026-11-22 14:30' },
      'Write it as UTC: 2026-11-22T14:30Z',
      { resumeTime: '2026-11-22T14:30Z' },
    ],
    ['wrong-type', 'PATCH', `${call}/participants/${GUID}`, { muted: 'true' }, 'Write true', { muted: true }],
    [
      'bad-number',
      'POST',
      'callbacks',
      { queueId: GUID, callbackNumbers: ['3175550142'] },
      'Write +1 317',
      { queueId: GUID, callbackNumbers: ['+13175550142'] },
    ],
  ];
  for (const [code, method, path, body, title, expected] of T)
    it(`${code}: ${title}`, () => {
      for (const form of WHOLE_FORMS) {
        const after = mended(form.write(JSON.stringify(body, null, 2), { method, url: of(path) }), form.hint, code, title);
        assert.deepEqual(sent(after, form.hint).body, expected, after);
      }
    });
});

describe('a fix of a request', () => {
  const body = '{"phoneNumber": "+13175550142"}';
  for (const form of WHOLE_FORMS) {
    const path = (url: string): string => (form.name === 'Pact' ? url.replace('https://api.mypurecloud.com', '') : url);

    it(`writes the path and method that are meant, in ${form.name}`, () => {
      for (const [url, title, expected] of [
        ['https://api.mypurecloud.com/api/v2/conversation/calls', 'Use POST /api/v2/conversations/calls', CALLS],
        ['https://api.mypurecloud.com/api/v1/conversations/calls', 'Use POST /api/v2/conversations/calls', CALLS],
        [`https://api.mypurecloud.com/api/v2/users/${GUID}/impersonate`, 'Use POST /api/v2/conversations/calls/user/{userId}', ON],
      ] as const) {
        // Without a host, only the resource tells whose path it is.
        if (form.name === 'Pact' && !url.includes('/users/')) continue;
        const after = mended(form.write(body, { url }), form.hint, 'no-such-operation', title);
        assert.deepEqual([sent(after, form.hint).method, sent(after, form.hint).url], ['POST', path(expected)], after);
      }
      const near = mended(form.write(body, { url: 'https://api.mypurecloud.com/api/v2/conversations/call' }), form.hint, 'wrong-method', 'Use POST /api');
      assert.equal(sent(near, form.hint).url, path(CALLS), near);
      const after = mended(form.write(body, { method: 'PUT' }), form.hint, 'wrong-method', 'Use POST');
      assert.deepEqual(sent(after, form.hint), sent(form.write(body), form.hint), after);
    });

    it(`fills in the agent of the path, in ${form.name}`, () => {
      for (const placeholder of ['{userId}', '{{agent}}', '<AGENT_ID>', 'agent-{{id}}']) {
        const after = mended(form.write(body, { url: `${CALLS}/user/${placeholder}` }), form.hint, 'placeholder', 'Fill in Sales Agent 7');
        assert.equal(sent(after, form.hint).url, path(ON), after);
      }
    });
    if (form.name === 'Pact') continue;

    it(`writes the host, in ${form.name}`, () => {
      for (const host of ['https://apps.mypurecloud.com', 'https://api.mypurecloud.con', 'http://api.mypurecloud.com', 'https://login.mypurecloud.com']) {
        const after = mended(
          form.write(body, { url: `${host}/api/v2/conversations/calls?x=1` }),
          form.hint,
          'not-the-platform',
          /^Use (?:https|api\.mypurecloud\.com)$/,
        );
        assert.equal(sent(after, form.hint).url, `${CALLS}?x=1`, after);
      }
      const filled = mended(form.write(body, { url: '{{base}}/api/v2/conversations/calls' }), form.hint, 'placeholder', 'Fill in the host of your region');
      assert.equal(sent(filled, form.hint).url, 'https://api.usw2.pure.cloud/api/v2/conversations/calls', filled);
    });
    if (form.name.startsWith('JSON')) continue;

    it(`adds and changes headers, in ${form.name}`, () => {
      const token = [['Authorization', 'Bearer x']] as const;
      const T: readonly (readonly [ProblemCode, readonly (readonly [string, string])[], string, readonly string[]])[] = [
        ['wrong-content-type', token, 'Add the header Content-Type', ['Authorization', 'Content-Type']],
        ['wrong-content-type', [...token, ['Content-Type', 'text/plain']], 'Change the Content-Type', ['Authorization', 'Content-Type']],
        ['no-token', [], 'Add the token as the variable GENESYSCLOUD_ACCESS_TOKEN', ['Authorization']],
        ['no-token', [['Content-Type', 'application/json']], 'Add the token', ['Content-Type', 'Authorization']],
        [
          'no-token',
          [
            ['Authorization', 'Basic eDp5'],
            ['Content-Type', 'application/json'],
          ],
          'Send the token',
          ['Authorization', 'Content-Type'],
        ],
        ['foreign-header', [...token, ['x-genesys-user-id', GUID]], 'Remove the header', ['Authorization']],
      ];
      for (const [code, headers, title, names] of T) {
        const text = form.write(body, { headers });
        const after = mended(text, form.hint, code, title);
        const got = read(after, form.hint).calls[0]?.region;
        assert.deepEqual(
          got?.headers.map((h) => h.name.text),
          names,
          after,
        );
        assert.deepEqual(sent(after, form.hint).body, { phoneNumber: '+13175550142' });
        if (code === 'wrong-content-type') assert.equal(got?.headers.at(-1)?.value.text, 'application/json');
        if (code === 'no-token')
          assert.match(
            got?.headers.find((h) => h.name.text === 'Authorization')?.value.text ?? '',
            /^Bearer \S*GENESYSCLOUD_ACCESS_TOKEN|^Bearer \{\{\$processEnv GENESYSCLOUD_ACCESS_TOKEN\}\}$/,
          );
        assert.equal(
          lint(read(after, form.hint), operations).some((p) => p.code === code),
          false,
          after,
        );
      }
    });

    it(`puts a variable in the place of a token, in ${form.name}`, () => {
      const secret = 'q7Rk2mZx9Lw4Tb8Ny3Hf6Vd1';
      const expected = form.hint.languageId === 'http' ? '{{$processEnv GENESYSCLOUD_ACCESS_TOKEN}}' : 'GENESYSCLOUD_ACCESS_TOKEN';
      for (const [code, value] of [
        ['secret', secret],
        ['placeholder', '<YOUR_TOKEN>'],
      ] as const) {
        const text = form.write(body, {
          headers: [
            ['Authorization', `Bearer ${value}`],
            ['Content-Type', 'application/json'],
          ],
        });
        const after = mended(text, form.hint, code, code === 'secret' ? 'Put the variable GENESYSCLOUD_ACCESS_TOKEN there' : 'Use the variable');
        assert.ok(after.includes(expected) && !after.includes(value), after);
        assert.deepEqual(sent(after, form.hint).body, { phoneNumber: '+13175550142' });
        assert.equal(
          lint(read(after, form.hint), operations).some((p) => p.code === 'secret'),
          false,
          after,
        );
      }
    });
  }

  it('writes the variable as each shell fills it in', () => {
    const T: readonly (readonly [string, string, string])[] = [
      ['shellscript', `'Authorization: Bearer <YOUR_TOKEN>'`, `'Authorization: Bearer '"$GENESYSCLOUD_ACCESS_TOKEN"`],
      ['shellscript', '"Authorization: Bearer <YOUR_TOKEN>"', '"Authorization: Bearer $GENESYSCLOUD_ACCESS_TOKEN"'],
      ['powershell', `'Authorization: Bearer <YOUR_TOKEN>'`, '"Authorization: Bearer $env:GENESYSCLOUD_ACCESS_TOKEN"'],
      ['bat', '"Authorization: Bearer <YOUR_TOKEN>"', '"Authorization: Bearer %GENESYSCLOUD_ACCESS_TOKEN%"'],
    ];
    for (const [languageId, header, expected] of T) {
      const text = `curl.exe -X POST ${CALLS} -H ${header} --json "{}"`;
      assert.equal(
        mended(text, { languageId }, 'placeholder', 'Use the variable'),
        text.replace(header, () => expected),
      );
    }
  });

  it('of what the shell fills in leaves that to the shell', function () {
    if (spawnSync('bash', ['--version']).status !== 0) this.skip();
    const wanted = { TO: 'TO FILLED', AGENT: 'AGENT FILLED', QUEUE: 'QUEUE FILLED', TYPE: 'text/plain' };
    const body = '{"to": "$TO", "ownerId": "$AGENT", "priority": 5, "record": true, "phonenumber": "x", "queueId": "${QUEUE}"}';
    const quoted = [
      `"${body.replaceAll('"', '\\"')}"`,
      `'${body.replace('$TO', `'"$TO"'`).replace('$AGENT', `'"$AGENT"'`).replace('${QUEUE}', `'"${'${QUEUE}'}"'`)}'`,
    ];
    for (const word of quoted) {
      const text = `curl -X POST "${CALLS}" -H "Content-Type: $TYPE" -d ${word}`;
      const written = read(text, { languageId: 'shellscript' });
      const fixes = lint(written, operations).flatMap((p) => fixesFor(written, p, operations, {}));
      assert.ok(fixes.length > 10);
      for (const fix of fixes) {
        const after = made(text, fix);
        const { stdout } = spawnSync('bash', ['-c', `curl() { printf '%s\\n' "$@"; }\n${after}`], { env: { ...process.env, ...wanted }, encoding: 'utf8' });
        assert.doesNotMatch(stdout.replace('$GENESYSCLOUD_ACCESS_TOKEN', ''), /\$/, after);
        for (const value of Object.keys(wanted))
          if (after.includes(value)) assert.ok(stdout.includes(wanted[value as 'TO']), `${value} in ${after}\n${stdout}`);
      }
    }
  });

  it('lets the shell fill in what stands in single quotes', () => {
    const text = `curl -X POST ${CALLS} -H 'Content-Type: application/json' -d '{"phoneNumber": "$TO"}'`;
    const after = mended(text, { languageId: 'shellscript' }, 'placeholder', 'Let the shell fill in $TO', '/phoneNumber', {});
    assert.equal(after, text.replace('$TO', `'"$TO"'`));
  });

  it('takes the agent out who would call themselves', () => {
    for (const form of WHOLE_FORMS) {
      const text = form.write(`{"callUserId": "${GUID}"}`, { url: ON });
      assert.deepEqual(sent(mended(text, form.hint, 'calls-oneself', 'Call +13175550142 instead'), form.hint).body, { phoneNumber: '+13175550142' });
      assert.deepEqual(sent(mended(text, form.hint, 'calls-oneself', 'Remove “callUserId”'), form.hint).body, {});
    }
  });

  it('takes out a body that is not sent, and keeps the method', () => {
    const url = `https://api.mypurecloud.com/api/v2/conversations/${GUID}/disconnect`;
    for (const form of WHOLE_FORMS.filter((f) => f.name !== 'a here-document' && !f.name.includes('string'))) {
      const after = mended(form.write('{"a": 1}', { url }), form.hint, 'unneeded-body', 'Remove the body');
      const got = sent(after, form.hint);
      assert.deepEqual([got.method, got.body], ['POST', undefined], after);
    }
    const implied = `curl ${url} -d '{"a": 1}' -H 'A: b'`;
    assert.equal(mended(implied, {}, 'unneeded-body', 'Remove the body'), `curl -X POST ${url} -H 'A: b'`);
  });

  it('adds a body where the operation takes one', () => {
    const T: readonly (readonly [string, string])[] = [
      ['shellscript', `curl -X POST '${CALLS}' \\\n  -H 'Content-Type: application/json'\n`],
      ['powershell', `curl.exe -X POST '${CALLS}'\n`],
      ['bat', `curl -X POST "${CALLS}"\r\n`],
      ['http', `POST ${CALLS}\nContent-Type: application/json\n\n### second\nGET ${CALLS}\n`],
    ];
    for (const [languageId, text] of T) {
      const after = mended(text, { languageId }, 'no-body', 'Add the body of CreateCallRequest');
      assert.deepEqual(sent(after, { languageId }).body, { phoneNumber: '+13175550142' }, after);
      assert.equal(read(after, { languageId }).calls.length, read(text, { languageId }).calls.length);
      assert.deepEqual(
        lint(read(after, { languageId }), operations).filter((p) => p.code === 'no-body'),
        [],
      );
    }
    assert.equal(
      mended(T[0]?.[1] ?? '', { languageId: 'shellscript' }, 'no-body', 'Add'),
      `${T[0]?.[1].trimEnd()} \\\n  -d '{"phoneNumber":"+13175550142"}'\n`,
    );
  });

  it('sends JSON that was encoded as a form as it is', () => {
    const text = `curl ${CALLS} -H 'Content-Type: application/json' --data-urlencode '${body}'`;
    assert.equal(mended(text, {}, 'body-not-sent-as-json', 'Send it as it is'), text.replace('urlencode', 'raw'));
  });

  it('replaces scopes and grants where a token is asked for, and in what is said beside', () => {
    const token = (form: string): string => `curl https://login.mypurecloud.com/oauth/token -d '${form}'`;
    const written = token('grant_type=client_credentials&scope=conversations+call:outbound:initiate');
    assert.equal(mended(written, {}, 'no-such-scope', 'Write the scope conversations'), written.replace('call:outbound:initiate', 'conversations'));
    assert.equal(mended(written, {}, 'no-such-scope', 'Remove'), written.replace('+call:outbound:initiate', ''));
    const grant = token('grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&x=1');
    assert.equal(mended(grant, {}, 'no-such-grant', 'Write the grant client_credentials'), token('grant_type=client_credentials&x=1'));
    const [fix] = fixesOf(grant, {}, 'no-such-grant');
    assert.match(fix?.notes.join() ?? '', /calls\/user\/\{userId\}/);
    const near = token('grant_type=client-credentials');
    assert.equal(fixesOf(near, {}, 'no-such-grant')[0]?.preferred, true);
    const client =
      'POST https://api.mypurecloud.com/api/v2/oauth/clients\nContent-Type: application/json\n\n{"name": "x", "scope": ["users", "conversation:call:write"]}\n';
    assert.ok(mended(client, { languageId: 'http' }, 'no-such-scope', 'Write the scope conversations').includes('["users", "conversations"]'));
    assert.ok(mended(client, { languageId: 'http' }, 'no-such-scope', 'Remove').includes('["users"]'));
  });
});

describe('fixes', () => {
  it('of a scope in a comment or a sentence write the one that is meant, or none', () => {
    const T: readonly (readonly [string, string, string, string])[] = [
      ['shellscript', `# scopes: conversations, call:outbound:initiate\ncurl ${CALLS}\n`, 'call:outbound:initiate', 'conversations'],
      ['markdown', `Of Genesys Cloud it needs the scope conversation:call:write to call.\n`, 'conversation:call:write', 'conversations'],
    ];
    for (const [languageId, text, name, scope] of T) {
      assert.equal(mended(text, { languageId }, 'no-such-scope', `Write the scope ${scope}`), text.replace(name, scope));
      assert.ok(!mended(text, { languageId }, 'no-such-scope', 'Remove').includes(name));
    }
  });

  it('are none for what only the author knows', () => {
    for (const [code, body] of [
      ['not-json', '{"phoneNumber": "+1317'],
      ['bad-number', '{"phoneNumber": "+15550199"}'],
      ['not-dialled', '{"phoneNumber": "911"}'],
    ] as const)
      assert.deepEqual(fixesOf(body, { fileName: 'a.call.json' }, code), [], code);
  });

  it('add nothing that would be a second destination', () => {
    const titles = fixesOf('{"phoneNumber": "+13175550142", "priority": 5}', { fileName: 'a.call.json' }, 'needs-another-field').map((f) => f.title);
    assert.deepEqual(titles, ['Remove “priority”']);
  });

  it('take no comment out of a line that it swallows the rest of', () => {
    const text = `curl ${CALLS} -H 'Content-Type: application/json' -d @- <<'END'\n{\n  // who\n  "phoneNumber": "+13175550142"\n}\nEND\n`;
    assert.deepEqual(fixesOf(text, { languageId: 'shellscript' }, 'json-extras'), []);
  });

  it('use the country that is set, and ask where none is', () => {
    const text = '{"phoneNumber": "3175550142"}';
    const hint = { fileName: 'a.call.json' };
    assert.deepEqual(fixesOf(text, hint, 'bad-number', undefined, { country: 'US' }).map((f) => [f.preferred, f.title])[0], [
      true,
      'Write +1 317 555 0142 (United States)',
    ]);
    assert.ok(fixesOf(text, hint, 'bad-number', undefined, {}).length <= 6);
  });

  it('say that an example is one', () => {
    const [fix] = fixesOf('{}', { fileName: 'a.call.json' }, 'no-destination', undefined, {});
    assert.deepEqual(fix?.notes, ['The value is an example: write the one that is meant.']);
  });

  it('leave a record alone, but for a secret in it', () => {
    const secret = 'q7Rk2mZx9Lw4Tb8Ny3Hf6Vd1';
    const har = JSON.stringify({
      log: {
        entries: [
          {
            request: {
              method: 'POST',
              url: CALLS,
              headers: [{ name: 'Authorization', value: `Bearer ${secret}` }],
              postData: { text: '{"to": "3175550142", "phonenumber": 5}' },
            },
          },
        ],
      },
    });
    const hint = { fileName: 'x.har' };
    const written = read(har, hint);
    const all = lint(written, operations);
    assert.ok(all.length > 2);
    for (const p of all) if (p.code !== 'secret') assert.deepEqual(fixesFor(written, p, operations, VALUES), [], p.code);
    assert.equal(mended(har, hint, 'secret', 'Take the secret out'), har.replace(secret, '…'));
  });

  it('take a secret out of a script and its quotes', () => {
    const secret = 'q7Rk2mZx9Lw4Tb8Ny3Hf6Vd1';
    const T: readonly (readonly [string, string, string])[] = [
      ['shellscript', `ACCESS_TOKEN='${secret}'`, 'ACCESS_TOKEN="$GENESYSCLOUD_ACCESS_TOKEN"'],
      ['shellscript', `ACCESS_TOKEN=${secret}`, 'ACCESS_TOKEN=$GENESYSCLOUD_ACCESS_TOKEN'],
      ['shellscript', `CLIENT_SECRET="${secret}"`, 'CLIENT_SECRET="$GENESYSCLOUD_OAUTHCLIENT_SECRET"'],
      [
        'shellscript',
        `curl -u 'id:${secret}' https://login.mypurecloud.com/oauth/token`,
        `curl -u 'id:'"$GENESYSCLOUD_OAUTHCLIENT_SECRET" https://login.mypurecloud.com/oauth/token`,
      ],
      [
        'powershell',
        `curl.exe -u 'id:${secret}' https://login.mypurecloud.com/oauth/token`,
        'curl.exe -u "id:$env:GENESYSCLOUD_OAUTHCLIENT_SECRET" https://login.mypurecloud.com/oauth/token',
      ],
      ['markdown', `The access_token=${secret} of Genesys Cloud`, 'The access_token=<GENESYSCLOUD_ACCESS_TOKEN> of Genesys Cloud'],
    ];
    for (const [languageId, line, expected] of T) {
      const text = `# Genesys Cloud, api.mypurecloud.com\n${line}\n`;
      assert.equal(
        mended(text, { languageId }, 'secret', 'Put the variable'),
        text.replace(line, () => expected),
      );
    }
  });
});
