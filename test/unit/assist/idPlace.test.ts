import assert from 'node:assert/strict';
import { idPlaceAt } from '../../../src/assist/idPlace.js';
import { readWritten } from '../../../src/assist/writtenCall.js';
import { operations } from '../platform/facts.js';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const CALL = 'curl -X POST https://api.mypurecloud.com/api/v2/conversations/calls';

/** The place at `|`, and the text with the id put there. */
function placeIn(marked: string, languageId: string, fileName = 'x'): { kind: string; typed: string; after: string } | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = idPlaceAt(readWritten(text, { languageId, fileName }, operations), offset, operations);
  const edit = place?.edit(ID);
  return place && edit && { kind: place.kind, typed: place.typed, after: text.slice(0, edit.start) + edit.newText + text.slice(edit.end) };
}

describe('The place for an id', () => {
  const cases: readonly [what: string, text: string, languageId: string, fileName: string, kind: string, typed: string, after: string][] = [
    ['an empty value', '{"callQueueId": "|"}', 'json', 'a.call.json', 'queue', '', `{"callQueueId": "${ID}"}`],
    ['a value that is typed', '{"callUserId": "Sal|x"}', 'json', 'a.call.json', 'user', 'Sal', `{"callUserId": "${ID}"}`],
    ['a value that is missing', '{"callQueueId": |}', 'json', 'a.call.json', 'queue', '', `{"callQueueId": "${ID}"}`],
    ['a value without its end', '{"callQueueId": "Sa|', 'json', 'a.call.json', 'queue', 'Sa', `{"callQueueId": "${ID}"`],
    ['an item of a list', '{"routingSkillsIds": ["a", "|"]}', 'json', 'a.call.json', 'skill', '', `{"routingSkillsIds": ["a", "${ID}"]}`],
    ['a list that is empty', '{"routingSkillsIds": [|]}', 'json', 'a.call.json', 'skill', '', `{"routingSkillsIds": ["${ID}"]}`],
    ['the body of a command', `${CALL} -d '{"callQueueId":"|"}'`, 'shellscript', 'a.sh', 'queue', '', `${CALL} -d '{"callQueueId":"${ID}"}'`],
    ['double quotes', `${CALL} -d "{\\"callQueueId\\":|}"`, 'shellscript', 'a.sh', 'queue', '', `${CALL} -d "{\\"callQueueId\\":\\"${ID}\\"}"`],
    ['a path that is typed', `${CALL}/user/Sa| -d '{}'`, 'shellscript', 'a.sh', 'user', 'Sa', `${CALL}/user/${ID} -d '{}'`],
    ['a path without its id', `${CALL}/user/| -d '{}'`, 'shellscript', 'a.sh', 'user', '', `${CALL}/user/${ID} -d '{}'`],
    [
      'a placeholder in a path',
      `GET https://api.mypurecloud.com/api/v2/routing/queues/{{q|}}/members`,
      'http',
      'a.http',
      'queue',
      '{{q',
      `GET https://api.mypurecloud.com/api/v2/routing/queues/${ID}/members`,
    ],
  ];
  for (const [what, text, languageId, fileName, kind, typed, after] of cases)
    it(`is found in ${what}`, () => assert.deepEqual(placeIn(text, languageId, fileName), { kind, typed, after }));

  for (const [what, text] of [
    ['a name', '{"callQueue|Id": ""}'],
    ['a number', '{"phoneNumber": "+1|"}'],
    ['an unknown field', '{"queue": "|"}'],
    ['a list that is no list', '{"routingSkillsIds": "|"}'],
    ['behind a value', '{"callQueueId": "a"| }'],
  ] as const)
    it(`is not ${what}`, () => assert.equal(placeIn(text, 'json', 'a.call.json'), undefined));
});
