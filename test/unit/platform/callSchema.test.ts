import assert from 'node:assert/strict';
import fs from 'node:fs';
import { getLanguageService, type JSONSchema, TextDocument } from 'vscode-json-languageservice';
import type { ProblemCode } from '../../../src/assist/problem.js';
import { SCHEMA_SAYS, schemaSays } from '../../../src/assist/schemaSays.js';
import { readWritten } from '../../../src/assist/writtenCall.js';
import { BODY_MODELS } from '../../../src/platform/bodies/bodies.js';
import { FIELDS } from '../../../src/platform/callRequest.js';
import { callSchema } from '../../../src/platform/callSchema.js';
import { FOREIGN_FIELDS } from '../../../src/platform/foreignFields.js';
import { GUID, OTHER_GUID, operations } from './facts.js';

const schema = JSON.parse(JSON.stringify(callSchema())) as JSONSchema;
const service = getLanguageService({});
service.configure({ validate: true, schemas: [{ uri: 'call://schema', fileMatch: ['*.call.json'], schema }] });

const open = (text: string) => {
  const document = TextDocument.create('file:///a.call.json', 'json', 1, text);
  return { document, json: service.parseJSONDocument(document) };
};
/** What a person reads, and the text that it stands under. */
async function problems(value: unknown): Promise<string[]> {
  const { document, json } = open(typeof value === 'string' ? value : JSON.stringify(value));
  return (await service.doValidation(document, json)).map((d) => String(d.message));
}
async function hover(value: object): Promise<string> {
  const { document, json } = open(JSON.stringify(value));
  const shown = await service.doHover(document, document.positionAt(3), json);
  return JSON.stringify(shown?.contents);
}

describe('the JSON schema of *.call.json in VS Code', () => {
  it('is the one that ships', () => assert.deepEqual(JSON.parse(fs.readFileSync('schemas/call-request.schema.json', 'utf8')), schema));

  for (const f of FIELDS)
    it(`${f.name} shows its meaning, type and source on hover`, async () => {
      const text = await hover({ [f.name]: f.example });
      for (const part of [JSON.stringify(f.meaning).slice(1, -1), `\`${f.type}\``, 'Source: CreateCallRequest', '2026-09-16', ...(f.since ? [f.since] : [])])
        assert.ok(text.includes(part), `${part} is not in ${text}`);
    });

  for (const f of FOREIGN_FIELDS.values())
    it(`${f.name} is reported in our words, with what does it here`, async () => {
      const found = await problems({ phoneNumber: '+13175550142', [f.name]: 'x' });
      assert.equal(found.length, 1, found.join());
      assert.ok(found[0]?.includes(`“${f.name}” is not a field`) && found[0].includes(f.instead));
      assert.ok((await hover({ [f.name]: 'x' })).includes('is not a field of this operation'));
    });

  const VALID: readonly object[] = [
    { phoneNumber: '+13175550142' },
    { callUserId: GUID },
    { callQueueId: GUID, priority: 5, languageId: GUID, routingSkillsIds: [GUID], routingSkillExpression: 'a > 1' },
    { participants: [{ address: '+13175550142', name: 'A' }, { userId: GUID }, { queueId: GUID }] },
    { conversationIds: [GUID] },
    {
      phoneNumber: '+13175550142',
      callFromQueueId: GUID,
      callerId: '+13175550100',
      callerIdName: 'x',
      attributes: { a: 'b' },
      uuiData: 'x',
      externalContactId: GUID,
      label: 'l',
    },
  ];
  for (const body of VALID) it(`${Object.keys(body).join(', ')} is without a problem`, async () => assert.deepEqual(await problems(body), []));

  const NO_DESTINATION = 'Name one destination: phoneNumber, callUserId, callQueueId or participants.';
  const ONE_ONLY = 'Only one destination is allowed in a call request: keep one of phoneNumber, callUserId, callQueueId or participants.';
  const INVALID: readonly (readonly [string, unknown, readonly (string | RegExp)[]])[] = [
    ['nothing', {}, [NO_DESTINATION]],
    ['no destination', { label: 'x' }, [NO_DESTINATION]],
    ['two destinations', { phoneNumber: '+1', callUserId: GUID }, [ONE_ONLY]],
    [
      'four destinations, told at each but the first',
      { phoneNumber: '+1', callUserId: GUID, callQueueId: GUID, participants: [{ userId: GUID }] },
      [ONE_ONLY, ONE_ONLY, ONE_ONLY],
    ],
    ['what only a queue uses', { phoneNumber: '+1', priority: 5 }, ['“priority” does nothing without callQueueId: it applies when a queue is called.']],
    ['a misspelt field', { phoneNumber: '+1', callerid: 'x' }, [/callerid is not allowed/]],
    ['a field misspelt in a participant', { participants: [{ userId: GUID, phoneNumber: '+1' }] }, [/phoneNumber is not allowed/]],
    ['a participant who is nobody', { participants: [{ name: 'A' }] }, ['One of address, userId or queueId is needed.']],
    ['a number for a text', { phoneNumber: 1 }, [/Incorrect type\. Expected "string"/]],
    ['a text for a number', { callQueueId: GUID, priority: '5' }, [/Incorrect type\. Expected "integer"/]],
    ['an attribute that is no text', { phoneNumber: '+1', attributes: { a: 1 } }, [/Incorrect type\. Expected "string"/]],
    ['an empty number', { phoneNumber: '' }, [/shorter/]],
    ['an empty conference', { participants: [] }, [/too few/]],
    ['a list', [], [/Incorrect type\. Expected "object"/]],
    ['a text', '"x"', [/Incorrect type\. Expected "object"/]],
  ];
  for (const [name, body, expected] of INVALID)
    it(`${name}: one clear message each`, async () => {
      const found = await problems(body);
      assert.equal(found.length, expected.length, found.join('\n'));
      expected.forEach((e, i) => {
        if (typeof e === 'string') assert.equal(found[i], e);
        else assert.match(found[i] as string, e);
      });
    });

  it('tells a second destination and a field that does nothing at themselves', async () => {
    const { document, json } = open('{"phoneNumber": "+1", "callUserId": "u", "priority": 5}');
    const found = await service.doValidation(document, json);
    assert.deepEqual(
      found.map((d) => document.getText(d.range)),
      ['"u"', '5'],
    );
  });

  it('leaves ids, numbers and placeholders to those who know more of them', async () => {
    assert.deepEqual(await problems({ callUserId: '{{AGENT}}', callerId: '0800', externalContactId: 'bob' }), []);
  });

  it('offers the fields, the way to a request and a first call, never the folklore', async () => {
    const inside = open('{  }');
    const fields = await service.doComplete(inside.document, inside.document.positionAt(2), inside.json);
    assert.deepEqual(fields?.items.map((i) => i.label).sort(), [...FIELDS.map((f) => f.name), 'method', 'url'].sort());
    const empty = open('');
    const first = await service.doComplete(empty.document, empty.document.positionAt(0), empty.json);
    assert.deepEqual(
      first?.items.map((i) => i.label),
      ['Call a number', 'Request with method and URL'],
    );
  });
});

describe('the JSON schema of a request in a *.call.json', () => {
  const request = (method: string, url: string, body: unknown) => ({ method, url, body });
  const PATCH_ONE = `/api/v2/conversations/calls/${GUID}/participants/${OTHER_GUID}`;

  const FINE: readonly object[] = [
    request('POST', `/api/v2/conversations/calls/user/${GUID}`, { phoneNumber: '+13175550142' }),
    request('POST', `https://api.mypurecloud.ie/api/v2/conversations/calls/user/${GUID}?x=y`, { phoneNumber: '+13175550142' }),
    request('POST', '{{host}}/api/v2/conversations/callbacks', { callbackNumbers: ['+13175550142'], queueId: GUID }),
    request('PATCH', PATCH_ONE, { wrapup: { code: GUID, notes: 'x' } }),
    request('POST', `/api/v2/conversations/${GUID}/disconnect`, undefined),
    request('POST', '/api/v2/users/search', { query: [] }),
    request('POST', '/api/v2/conversations/calls', '{"phoneNumber": "+13175550142"}'),
    { method: 'GET', url: '/api/v2/users/me', headers: { Accept: '*/*' } },
  ];
  for (const value of FINE) it(`${JSON.stringify(value).slice(0, 90)} is without a problem`, async () => assert.deepEqual(await problems(value), []));

  const WRONG: readonly (readonly [string, object, readonly RegExp[]])[] = [
    ['a body for another operation', request('POST', `/api/v2/conversations/calls/${GUID}`, { phoneNumber: '+1' }), [/"callNumber"/, /callNumber\./]],
    [
      'folklore on behalf of somebody',
      request('POST', `/api/v2/conversations/calls/user/${GUID}`, { phoneNumber: '+1', ownerId: GUID }),
      [/“ownerId” is not a field/],
    ],
    [
      'folklore of a callback',
      request('POST', '/api/v2/conversations/callbacks', { callbackNumbers: ['+1'], queueId: GUID, customerName: 'x' }),
      [/callbackUserName/],
    ],
    ['a misspelt field in an object', request('PATCH', PATCH_ONE, { wrapup: { cod: 'x' } }), [/cod is not allowed/]],
    [
      'folklore behind a placeholder',
      request('POST', '<host>/api/v2/conversations/calls/', { phoneNumber: '+1', monitor: true }),
      [/“monitor” is not a field/],
    ],
    ['a wrong type', request('PATCH', PATCH_ONE, { muted: 'yes' }), [/"boolean"/]],
    ['a field of the body beside it', { ...request('POST', '/api/v2/conversations/calls', { phoneNumber: '+1' }), label: 'x' }, [/stands in “body”/]],
    ['no URL', { method: 'POST', body: {} }, [/"url"/]],
    ['a method that is none', request('CALL', '/api/v2/conversations/calls', {}), [/not accepted/]],
    ['what is in answers only', request('PATCH', `/api/v2/conversations/calls/${GUID}`, { state: 'disconnected', startTime: 'x' }), [/is in answers/]],
  ];
  for (const [name, value, expected] of WRONG)
    it(`${name}: ${expected.length === 1 ? 'one clear message' : 'each is told'}`, async () => {
      const found = await problems(value);
      assert.equal(found.length, expected.length, found.join('\n'));
      for (const e of expected)
        assert.ok(
          found.some((f) => e.test(f)),
          `${e} in ${found.join('\n')}`,
        );
    });

  for (const model of BODY_MODELS)
    for (const { method, path } of model.operations)
      it(`the body of ${method} ${path} has its own help and fields`, async () => {
        const url = path.replace(/\{\w+\}/g, GUID);
        for (const field of model.fields) {
          const text = `{"method":"${method}","url":"${url}","body":{"${field.name}":${JSON.stringify(field.example)}}}`;
          const { document, json } = open(text);
          const shown = await service.doHover(document, document.positionAt(text.indexOf(`"${field.name}":`, text.indexOf('"body"')) + 1), json);
          assert.ok(JSON.stringify(shown?.contents).includes(JSON.stringify(field.meaning).slice(1, -1)), field.name);
        }
        const empty = open(`{"method":"${method}","url":"${url}","body":{ }}`);
        const offered = await service.doComplete(empty.document, empty.document.positionAt(empty.document.getText().length - 2), empty.json);
        assert.deepEqual(offered?.items.map((i) => i.label).sort(), model.fields.map((f) => f.name).sort());
      });

  it('offers the paths whose bodies it knows', async () => {
    const text = '{"method":"POST","url":""}';
    const { document, json } = open(text);
    const offered = await service.doComplete(document, document.positionAt(text.length - 2), json);
    const labels = offered?.items.map((i) => JSON.parse((i.textEdit?.newText ?? '""').replace(/\\([$}])/g, '$1')) as string) ?? [];
    for (const { path } of BODY_MODELS.flatMap((m) => m.operations)) assert.ok(labels.includes(path), path);
  });
});

describe('what is left to the JSON schema', () => {
  it('is told of a body alone and of a request, and not of a body that is a string or stands elsewhere', () => {
    const of = (text: string, hint = { fileName: 'a.call.json', languageId: 'json' }): boolean => {
      const [call] = readWritten(text, hint, operations).calls;
      assert.ok(call);
      const problem = { code: 'unknown-field', severity: 'warning', message: '', range: { start: 0, end: 1 }, call } as const;
      assert.equal(schemaSays({ ...problem, code: 'placeholder' }), false);
      return schemaSays(problem);
    };
    const URL = '/api/v2/conversations/calls';
    assert.equal(of('{"x": 1}'), true);
    assert.equal(of(`{"method": "POST", "url": "${URL}", "body": {"x": 1}}`), true);
    assert.equal(of(`{"method": "POST", "url": "${URL}", "body": "{}"}`), false);
    assert.equal(of(`curl https://api.mypurecloud.com${URL} -d '{"x":1}'`, { fileName: 'a.sh', languageId: 'shellscript' }), false);
  });

  /** For each code, a document in which it is told, and where. */
  const TOLD: Readonly<Partial<Record<ProblemCode, readonly [text: string, at: string]>>> = {
    'not-json': ['{"phoneNumber": "+1" "label": "x"}', '"label"'],
    'not-an-object': ['[]', '[]'],
    'duplicate-field': ['{"phoneNumber": "+1", "phoneNumber": "+2"}', '"phoneNumber"'],
    'unknown-field': ['{"phoneNumber": "+1", "calerId": "x"}', '"calerId"'],
    'foreign-field': ['{"phoneNumber": "+1", "ownerId": "x"}', '"x"'],
    'answer-only-field': [`{"method": "PATCH", "url": "/api/v2/conversations/calls/${GUID}", "body": {"startTime": "x"}}`, '"x"'],
    'wrong-type': ['{"phoneNumber": 1}', '1'],
    'missing-field': [`{"method": "POST", "url": "/api/v2/conversations/calls/${GUID}", "body": {}}`, '"body"'],
    'no-destination': ['{"label": "x"}', '{"label": "x"}'],
    'several-destinations': ['{"phoneNumber": "+1", "callUserId": "u"}', '"u"'],
    'needs-another-field': ['{"phoneNumber": "+1", "priority": 5}', '5'],
  };
  it('is all that it is said to tell', () => assert.deepEqual(Object.keys(TOLD).sort(), [...SCHEMA_SAYS].sort()));
  for (const [code, [text, at]] of Object.entries(TOLD))
    it(`${code} is told by it`, async () => {
      const { document, json } = open(text);
      const found = await service.doValidation(document, json);
      assert.ok(
        found.some((d) => document.getText(d.range) === at),
        found.map((d) => `${document.getText(d.range)}: ${d.message}`).join('\n'),
      );
    });
});
