import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { findRegions } from '../../../src/exchange/regions.js';

const bodies = (text: string, hint = { languageId: 'plaintext' }): string[] => findRegions(text, hint).regions.map((r) => r.body?.text ?? '');

const ASKED = 'I get 403 from POST /api/v2/conversations/calls.\n\n';
/** The payload of an answer in the thread. */
const ANSWER = '{\n "to": "+15550199",\n "from": {\n "phoneNumber": "+15550100"\n },\n "ownerId": "the-agent-id-you-are-acting-for",\n "record": true\n}';

describe('A body that stands alone in a note', () => {
  it('is found where the note speaks of calls', () => {
    assert.deepEqual(bodies(`${ASKED}Have you tried the ownerId?\n\n${ANSWER}\n\nIt works.`), [ANSWER]);
    assert.deepEqual(bodies(`Have you tried the ownerId?\n\n${ANSWER}`), [], 'of something else');
  });

  it('is found in a fence of JSON', () => {
    assert.deepEqual(bodies(`${ASKED}\`\`\`json\n${ANSWER}\n\`\`\`\n`, { languageId: 'markdown' }), [`${ANSWER}\n`]);
    assert.deepEqual(bodies(`${ASKED}\`\`\`json\n{"entities": [], "pageSize": 25}\n\`\`\`\n`, { languageId: 'markdown' }), []);
  });

  it('is no answer, no part of a command and no other object', () => {
    assert.deepEqual(bodies(`${ASKED}{\n "errors": [\n {\n "code": "forbidden"\n }\n ]\n}\n`), []);
    assert.deepEqual(bodies(`${ASKED}{ "id": "1", "name": "x", "selfUri": "/y", "to": "z" }\n`), []);
    assert.equal(bodies(`${ASKED}curl https://api.mypurecloud.com/api/v2/conversations/calls -d '\n${ANSWER}'\n`).length, 1);
  });

  it('does not hide what comes after an object that never ends', () => {
    const command = `curl -X POST https://api.mypurecloud.com/api/v2/conversations/calls -d '{"phoneNumber":"+13175550142"}'`;
    assert.deepEqual(bodies(`${ASKED}{ "to": "x"\n\n${command}\n\n${ANSWER}\n`), ['{"phoneNumber":"+13175550142"}', ANSWER]);
  });

  it('stands where its offsets say, whatever is around', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('word', '{', '}', '"', '\\', '\n', '{ "a": 1 }', ' ')), (parts) => {
        const text = `${ASKED}${parts.join('')}\n\n${ANSWER}\n`;
        for (const { span, body } of findRegions(text, { languageId: 'plaintext' }).regions) assert.equal(text.slice(span.start, span.end), body?.text);
      }),
    );
  });
});
