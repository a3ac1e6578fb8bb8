import assert from 'node:assert/strict';
import fs from 'node:fs';
import { getLanguageService, type JSONSchema, TextDocument } from 'vscode-json-languageservice';
import { FIELDS } from '../../../src/platform/callRequest.js';
import { callSchema } from '../../../src/platform/callSchema.js';
import { FOREIGN_FIELDS } from '../../../src/platform/foreignFields.js';
import { GUID } from './facts.js';

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
    ['four destinations, told once', { phoneNumber: '+1', callUserId: GUID, callQueueId: GUID, participants: [{ userId: GUID }] }, [ONE_ONLY]],
    ['what only a queue uses', { phoneNumber: '+1', priority: 5 }, ['“priority” does nothing without callQueueId: it applies when a queue is called.']],
    ['a misspelt field', { phoneNumber: '+1', callerid: 'x' }, [/callerid is not allowed/]],
    ['a field misspelt in a participant', { participants: [{ phoneNumber: '+1' }] }, [/phoneNumber is not allowed/]],
    ['a number for a text', { phoneNumber: 1 }, [/Incorrect type\. Expected "string"/]],
    ['a text for a number', { callQueueId: GUID, priority: '5' }, [/Incorrect type\. Expected "integer"/]],
    ['a name for an id', { callUserId: 'bob' }, [/An id is a GUID/]],
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

  it('offers the fields and a first call, never the folklore', async () => {
    const inside = open('{  }');
    const fields = await service.doComplete(inside.document, inside.document.positionAt(2), inside.json);
    assert.deepEqual(fields?.items.map((i) => i.label).sort(), FIELDS.map((f) => f.name).sort());
    const empty = open('');
    const first = await service.doComplete(empty.document, empty.document.positionAt(0), empty.json);
    assert.deepEqual(
      first?.items.map((i) => i.label),
      ['Call a number'],
    );
  });
});
