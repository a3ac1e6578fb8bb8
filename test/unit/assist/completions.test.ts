import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Completion } from '../../../src/assist/completion.js';
import { completionsAt } from '../../../src/assist/completions.js';
import type { FillValues } from '../../../src/assist/fix.js';
import { readWritten } from '../../../src/assist/writtenCall.js';
import type { SourceEdit } from '../../../src/exchange/mappedText.js';
import type { RegionHint } from '../../../src/exchange/regions.js';
import { BODY_MODELS } from '../../../src/platform/bodies/bodies.js';
import { FIELDS } from '../../../src/platform/callRequest.js';
import { GUID, OTHER_GUID, operations } from '../platform/facts.js';
import { FORMS } from './helpForms.js';

const API = 'https://api.mypurecloud.com';
const CALLS = `${API}/api/v2/conversations/calls`;
const payload: RegionHint = { fileName: 'a.call.json', languageId: 'json' };
const shell: RegionHint = { languageId: 'shellscript' };
const http: RegionHint = { languageId: 'http' };
const PICKED: FillValues = {
  agent: { id: GUID, name: 'Sales Agent 7' },
  queue: { id: OTHER_GUID, name: 'Sales EMEA' },
  phoneNumber: '+13175550142',
  country: 'US',
  api: API,
};

/** What is offered at `|`, best first, and the text without it. */
function offered(marked: string, hint: RegionHint, values: FillValues = {}): { readonly text: string; readonly items: readonly Completion[] } {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const items = completionsAt(readWritten(text, hint, operations), offset, operations, values);
  for (const { edit } of items) {
    assert.ok(edit.start <= offset && offset <= edit.end, `the edit of ${text} does not hold the cursor`);
    assert.ok(!text.slice(edit.start, edit.end).includes('\n'), 'an editor takes no completion over several lines');
  }
  return { text, items: [...items].sort((a, b) => (a.sort < b.sort ? -1 : 1)) };
}
const labels = (marked: string, hint: RegionHint, values?: FillValues): string[] => offered(marked, hint, values).items.map((i) => i.label);

function applied(text: string, { edit, also }: Pick<Completion, 'edit' | 'also'>): string {
  const edits: SourceEdit[] = also ? [edit, also] : [edit];
  return edits.sort((a, b) => b.start - a.start).reduce((t, e) => t.slice(0, e.start) + e.newText + t.slice(e.end), text);
}
/** The text after an item with this label was taken. */
function taken(marked: string, hint: RegionHint, label: string, values: FillValues = {}): string {
  const { text, items } = offered(marked, hint, values);
  const item = items.find((i) => i.label === label);
  assert.ok(item, `${label} is not among ${items.map((i) => i.label).join(', ')}`);
  return applied(text, item);
}

describe('completion of names', () => {
  it('offers every field of each body, and none that is there', () => {
    for (const { operations: own, fields } of BODY_MODELS)
      for (const { method, path } of own) {
        const url = API + path.replace(/\{\w+\}/g, GUID);
        const [first] = fields;
        assert.deepEqual(labels(`{"method":"${method}","url":"${url}","body":{|}}`, payload).sort(), fields.map((f) => f.name).sort());
        if (!first) continue;
        const rest = labels(`{"method":"${method}","url":"${url}","body":{"${first.name}":${JSON.stringify(first.example)}, |}}`, payload);
        assert.deepEqual(
          rest.sort(),
          fields
            .map((f) => f.name)
            .slice(1)
            .sort(),
        );
      }
  });

  it('offers the fields of objects and of lists of objects', () => {
    assert.deepEqual(labels('{"participants":[{|}]}', payload).sort(), ['address', 'name', 'queueId', 'userId']);
    assert.deepEqual(labels('{"participants":[{"address":"+1"},{"name":"a",|}]}', payload).sort(), ['address', 'queueId', 'userId']);
    assert.deepEqual(labels('{"participants":{|}}', payload), []);
    assert.deepEqual(labels('{"attributes":{|}}', payload), []);
    assert.deepEqual(labels('{"label":{|}}', payload), []);
  });

  it('writes a name with a value, and the commas that are needed', () => {
    const CASES: readonly (readonly [marked: string, label: string, text: string])[] = [
      ['{|}', 'label', '{"label": ""}'],
      ['{ "lab| }', 'label', '{ "label": "" }'],
      ['{lab|}', 'label', '{"label": ""}'],
      ['{"lab|"}', 'label', '{"label": ""}'],
      ['{|"phoneNumber":"+1"}', 'label', '{"label": "","phoneNumber":"+1"}'],
      ['{"phoneNumber":"+1"|}', 'label', '{"phoneNumber":"+1","label": ""}'],
      ['{"phoneNumber":"+1"\n  |\n}', 'label', '{"phoneNumber":"+1",\n  "label": ""\n}'],
      ['{"attributes":{"a":"b"}\n|}', 'label', '{"attributes":{"a":"b"},\n"label": ""}'],
      ['{"phoneNumber":"+1",|}', 'attributes', '{"phoneNumber":"+1","attributes": {}}'],
      ['{"callQueueId":"x",|}', 'priority', '{"callQueueId":"x","priority": 0}'],
      ['{"callQueueId":"x",|}', 'routingSkillsIds', '{"callQueueId":"x","routingSkillsIds": []}'],
      ['{"labl|": "x"}', 'label', '{"label": "x"}'],
      ['{"|', 'label', '{"label": ""'],
    ];
    for (const [marked, label, text] of CASES) assert.equal(taken(marked, payload, label), text, marked);
  });

  it('puts first what goes with what is there, and a second destination last', () => {
    const destinations = ['phoneNumber', 'callUserId', 'callQueueId', 'participants'];
    assert.deepEqual(labels('{|}', payload).slice(0, 4), destinations);
    const withQueue = offered('{"callQueueId":"x",|}', payload).items;
    assert.deepEqual(
      withQueue.slice(0, 4).map((i) => i.label),
      ['priority', 'languageId', 'routingSkillsIds', 'routingSkillExpression'],
    );
    const last = withQueue.slice(-3);
    assert.deepEqual(
      last.map((i) => i.label),
      destinations.filter((d) => d !== 'callQueueId'),
    );
    for (const { detail } of last) assert.match(detail, /one destination only/);
    const withNumber = offered('{"phoneNumber":"+1",|}', payload).items;
    assert.match(withNumber.find((i) => i.label === 'priority')?.detail ?? '', /only with callQueueId/);
  });

  it('leads from a name of folklore to the real one', () => {
    for (const [typed, real] of [
      ['to', 'phoneNumber'],
      ['skill', 'routingSkillsIds'],
      ['queueId', 'callFromQueueId'],
      ['phoneNumbr', 'phoneNumber'],
    ] as const) {
      const [first] = offered(`{"${typed}|"}`, payload).items;
      assert.equal(first?.label, real);
      assert.match(first?.detail ?? '', new RegExp(`instead of “${typed}”`));
      // An editor compares it with what is typed.
      assert.ok(first?.filter.includes(typed));
    }
  });
});

describe('completion of values', () => {
  const inBody = (method: string, path: string, body: string): string => `{"method":"${method}","url":"${path}","body":${body}}`;
  const PARTICIPANT = `/api/v2/conversations/calls/${GUID}/participants/${GUID}`;

  it('offers the values that there are', () => {
    assert.deepEqual(labels(inBody('PATCH', PARTICIPANT, '{"state": |}'), payload), ['connected', 'disconnected']);
    assert.deepEqual(labels(inBody('PATCH', PARTICIPANT, '{"muted":|}'), payload), ['true', 'false']);
    assert.equal(taken('{"phoneNumber":|}', payload, '"+13175550142"'), '{"phoneNumber": "+13175550142"}');
    assert.equal(
      taken(inBody('PATCH', PARTICIPANT, '{"state": "con|", "held": true}'), payload, 'disconnected'),
      inBody('PATCH', PARTICIPANT, '{"state": "disconnected", "held": true}'),
    );
    assert.equal(
      taken(inBody('PATCH', PARTICIPANT, '{"muted": | "held": true}'), payload, 'true'),
      inBody('PATCH', PARTICIPANT, '{"muted": true, "held": true}'),
    );
  });

  it('offers what is picked, told from what the model has', () => {
    const { items } = offered('{"callFromQueueId": "{{QUE|UE}}"}', payload, PICKED);
    assert.deepEqual(
      items.map((i) => [i.label, i.from]),
      [['Sales EMEA', 'picked']],
    );
    assert.equal(taken('{"callFromQueueId": "{{QUE|UE}}"}', payload, 'Sales EMEA', PICKED), `{"callFromQueueId": "${OTHER_GUID}"}`);
    assert.equal(taken('{"callUserId": |}', payload, 'Sales Agent 7', PICKED), `{"callUserId": "${GUID}"}`);
    assert.equal(taken('{"participants": [{"userId": "|"}]}', payload, 'Sales Agent 7', PICKED), `{"participants": [{"userId": "${GUID}"}]}`);
    assert.deepEqual(
      offered('{"phoneNumber": |}', payload, PICKED).items.map((i) => i.from),
      ['picked'],
    );
    assert.deepEqual(labels('{"languageId": |}', payload, PICKED), []);
    const callback = inBody('POST', '/api/v2/conversations/callbacks', '{"callbackNumbers": [|]}');
    assert.equal(taken(callback, payload, '+13175550142', PICKED), callback.replace('|', '"+13175550142"'));
    assert.deepEqual(labels('{"label": "x" | }', payload, PICKED).includes('Sales EMEA'), false);
  });

  it('offers a whole body where there is none', () => {
    assert.equal(taken(`curl ${CALLS} -d '|'`, shell, '{"phoneNumber":"+13175550142"}'), `curl ${CALLS} -d '{"phoneNumber":"+13175550142"}'`);
  });
});

describe('completion in every form', () => {
  const spots: readonly (readonly [body: string, label: string, wanted: string])[] = [
    ['{|}', 'label', '{"label": ""}'],
    ['{"phoneNumber":"+1", "lab|"}', 'label', '{"phoneNumber":"+1", "label": ""}'],
    ['{"phoneNumber":"+1"|}', 'attributes', '{"phoneNumber":"+1","attributes": {}}'],
    ['{"callFromQueueId":"|"}', 'Sales\' "EMEA"', `{"callFromQueueId":"${OTHER_GUID}"}`],
    ['{"callFromQueueId":|,"label":"it\'s"}', 'Sales\' "EMEA"', `{"callFromQueueId": "${OTHER_GUID}","label":"it's"}`],
  ];
  for (const form of FORMS)
    it(`writes what the place needs: ${form.name}`, () => {
      for (const [body, label, wanted] of spots) {
        if (form.hint.languageId === 'bat' && body.includes("'")) continue;
        // The mark stands where a letter could: it is found again after quoting.
        const marked = form.write('POST', CALLS, body.replace('|', '\u2038')).replace(/\\u2038|\u2038/, '|');
        const values = { ...PICKED, queue: { id: OTHER_GUID, name: 'Sales\' "EMEA"' } };
        const text = taken(marked, form.hint, label, values);
        assert.equal(readWritten(text, form.hint, operations).calls[0]?.region.body?.text, wanted, `${form.name}: ${text}`);
      }
    });

  const names = fc.constantFrom(...FIELDS);
  const beside = fc.dictionary(
    fc.constantFrom('label', 'uuiData', 'callerIdName'),
    fc.constantFrom('x', "it's", 'a "b"', '$HOME', '`id`', 'a\\b', 'é💡', '{{x}}', '%PATH%'),
    { maxKeys: 3 },
  );
  it('gives exactly the body that is meant, whatever stands beside it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FORMS), beside, names, fc.boolean(), (form, others, field, first) => {
        if (field.name in others) return;
        const members = Object.entries(others).map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`);
        if (form.hint.languageId === 'bat' && /[%`]|\\"/.test(members.join())) return;
        const body = first || members.length === 0 ? `{\u2038${members.join(',')}}` : `{${members.join(',')},\u2038}`;
        const marked = form.write('POST', CALLS, body).replace(/\\u2038|\u2038/, '|');
        const plain = readWritten(marked.replace('|', ''), form.hint, operations).calls[0]?.region.body?.text;
        // Only where the form sends this body as it is can it be told what has to become of it.
        if (plain !== body.replace('\u2038', '')) return;
        const { text, items } = offered(marked, form.hint);
        const item = items.find((i) => i.label === field.name && i.from === 'model');
        assert.ok(item, field.name);
        const after = readWritten(applied(text, item), form.hint, operations).calls[0]?.region.body?.text ?? '';
        const read = JSON.parse(after) as Record<string, unknown>;
        assert.ok(field.name in read);
        delete read[field.name];
        assert.deepEqual(read, { ...others });
      }),
      { numRuns: 400 },
    );
  });
});

describe('completion of requests', () => {
  it('offers the paths that begin as typed, calls first, fifty at most', () => {
    const all = labels('POST /api/v2/|', http);
    assert.equal(all.length, 50);
    assert.equal(all[0], '/api/v2/conversations/calls');
    assert.ok(all.slice(0, 6).every((p) => p.startsWith('/api/v2/conversations/calls')));
    assert.deepEqual(labels(`POST /api/v2/users/${GUID}/pass|`, http), [`/api/v2/users/${GUID}/password`]);
    assert.equal(
      taken('POST {{host}}/api/v2/conversations/calls/us|\n', http, '/api/v2/conversations/calls/user/{userId}'),
      'POST {{host}}/api/v2/conversations/calls/user/{userId}\n',
    );
    const filled = taken(`curl -X POST '${CALLS}/us|' -d '{}'`, shell, `/api/v2/conversations/calls/user/${GUID}`, PICKED);
    assert.equal(filled, `curl -X POST '${CALLS}/user/${GUID}' -d '{}'`);
    assert.deepEqual(labels('POST https://example.com/api/v2/conv|\n', http), []);
  });

  it('offers the methods that a path takes, and the hosts of the regions', () => {
    assert.deepEqual(labels(`P|OST ${CALLS}\n`, http).sort(), ['GET', 'POST']);
    assert.equal(taken('GET https://api.|/api/v2/users/me\n', http, 'api.mypurecloud.ie'), 'GET https://api.mypurecloud.ie/api/v2/users/me\n');
  });

  it('offers headers, and a token that is a variable of the form', () => {
    const TOKEN = 'GENESYSCLOUD_ACCESS_TOKEN';
    assert.equal(taken(`curl ${CALLS} -H "Authorization: |" -d '{}'`, shell, `Bearer $${TOKEN}`), `curl ${CALLS} -H "Authorization: Bearer $${TOKEN}" -d '{}'`);
    // Single quotes would keep the shell from filling it in.
    assert.equal(taken(`curl ${CALLS} -H 'Authorization: |' -d '{}'`, shell, `Bearer $${TOKEN}`), `curl ${CALLS} -H "Authorization: Bearer $${TOKEN}" -d '{}'`);
    assert.equal(
      taken(`curl.exe ${CALLS} -H "Authorization: |" -d "{}"`, { languageId: 'powershell' }, `Bearer $env:${TOKEN}`),
      `curl.exe ${CALLS} -H "Authorization: Bearer $env:${TOKEN}" -d "{}"`,
    );
    assert.equal(
      taken(`curl ${CALLS} -H "Authorization: |" -d "{}"`, { languageId: 'bat' }, `Bearer %${TOKEN}%`),
      `curl ${CALLS} -H "Authorization: Bearer %${TOKEN}%" -d "{}"`,
    );
    assert.equal(taken(`POST ${CALLS}\nAuthorization: |\n\n{}\n`, http, 'Bearer {{token}}'), `POST ${CALLS}\nAuthorization: Bearer {{token}}\n\n{}\n`);
    assert.equal(taken(`POST ${CALLS}\nContent-Type: te|xt\n\n{}\n`, http, 'application/json'), `POST ${CALLS}\nContent-Type: application/json\n\n{}\n`);
    assert.deepEqual(labels(`POST ${CALLS}\nContent-Type: x\nAu|th: x\n\n{}\n`, http), ['Authorization']);
  });

  it('offers how a request of a .http file begins and goes on', () => {
    assert.ok(labels('### one\n|', http).includes('POST'));
    assert.equal(taken('PO|', http, 'POST'), 'POST ');
    assert.equal(taken('POST |', http, '/api/v2/conversations/calls', PICKED), `POST ${CALLS}`);
    assert.equal(taken(`POST ${CALLS}\nAuth|`, http, 'Authorization: Bearer {{token}}'), `POST ${CALLS}\nAuthorization: Bearer {{token}}`);
    assert.deepEqual(labels('A note: |', http), []);
    assert.deepEqual(labels('|', { languageId: 'shellscript' }), []);
  });
});

describe('completion anywhere', () => {
  it('offers nothing in what is nested too deeply to be read', () => {
    const deep = `{"attributes":${'['.repeat(100_000)}`;
    assert.deepEqual(completionsAt(readWritten(deep, payload, operations), deep.length, operations, PICKED), []);
  });

  it('never throws', () => {
    const parts = ['{', '}', '[', ']', ':', ',', '"', "'", '\\', '"phoneNumber"', '"participants"', '"to"', '"x"', '{{x}}', '$X', '1', 'tr', '\n', ' ', '//'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 20 }), fc.constantFrom(...FORMS), (pieces, form) => {
        const text = form.write('POST', CALLS, pieces.join(''));
        const written = readWritten(text, form.hint, operations);
        const first = text.indexOf('calls') + 5;
        for (let offset = first; offset <= text.length; offset++) completionsAt(written, offset, operations, PICKED);
      }),
      { numRuns: 40 },
    );
  });
});
