import assert from 'node:assert/strict';
import { type Placeable, placeable } from '../../../src/assist/placeable.js';
import { readWritten } from '../../../src/assist/writtenCall.js';
import { findRegion, type Region, sandboxRegion } from '../../../src/platform/regions.js';
import { operations } from '../sandbox/harness.js';

const EAST = findRegion('us-east-1') as Region;
const WEST = findRegion('us-west-2') as Region;
const SANDBOX = sandboxRegion('http://127.0.0.1:8080');
const AGENT = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const QUEUE = '46c853e3-1ef2-4445-b91d-047126fb6a74';
const API = 'https://api.mypurecloud.com';
const SELF = '/api/v2/conversations/calls';
const BEHALF = `${SELF}/user/${AGENT}`;
const NUMBER = '{"phoneNumber":"+13175550142"}';

function read(text: string, { region = EAST, caller = 'user' as 'user' | 'client', hint = { languageId: 'shellscript' } as object } = {}): Placeable {
  const { calls } = readWritten(text, hint, operations);
  assert.equal(calls.length, 1, text);
  return placeable(calls[0] as (typeof calls)[0], region, caller);
}

const curl = (path: string, body: string, host = API): string =>
  `curl '${host}${path}' -H 'Authorization: Bearer $TOKEN' -H 'Content-Type: application/json' -d '${body}'\n`;
const refusal = (r: Placeable): string => (r.kind === 'refused' ? r.why : `it may be placed: ${JSON.stringify(r)}`);

describe('a call that is written', () => {
  it('may be placed as it is: of one’s own, and on behalf of an agent', () => {
    assert.deepEqual(read(curl(SELF, NUMBER)), {
      kind: 'placeable',
      call: { method: 'POST', operation: SELF, path: SELF, body: { phoneNumber: '+13175550142' } },
      callee: { kind: 'words', words: '+1 317 555 0142' },
    });
    const behalf = read(curl(BEHALF, NUMBER), { caller: 'client' });
    assert.ok(behalf.kind === 'placeable');
    assert.deepEqual([behalf.call.path, behalf.agentId], [BEHALF, AGENT]);
  });

  it('may be placed from a *.call.json, whose comments are not sent', () => {
    const hint = { languageId: 'json', fileName: 'x.call.json' };
    const payload = read('{\n  // who\n  "phoneNumber": "+13175550142",\n}\n', { hint });
    assert.ok(payload.kind === 'placeable');
    assert.deepEqual(payload.call.body, { phoneNumber: '+13175550142' });
    const request = read(`{"method":"POST","url":"${BEHALF}","body":{"callQueueId":"${QUEUE}"}}`, { hint });
    assert.ok(request.kind === 'placeable');
    assert.deepEqual(request.callee, { kind: 'queue', id: QUEUE });
  });

  it('says whom it calls', () => {
    const callee = (body: string) => {
      const r = read(curl(SELF, body));
      return r.kind === 'placeable' ? r.callee : refusal(r);
    };
    assert.deepEqual(callee(`{"callUserId":"${AGENT}"}`), { kind: 'user', id: AGENT });
    assert.deepEqual(callee(`{"participants":[{"address":"+442079460102"},{"userId":"${AGENT}"}]}`), {
      kind: 'words',
      words: `a conference of +44 20 7946 0102, the user ${AGENT}`,
    });
    assert.deepEqual(callee(`{"conversationIds":["${AGENT}","${QUEUE}"]}`), { kind: 'words', words: 'a conference of 2 calls that are running' });
  });

  it('is refused where it places none', () => {
    for (const command of [
      `curl -X GET ${API}${SELF}\n`,
      `curl ${API}/api/v2/users/me\n`,
      `curl -X POST ${API}${SELF}/${AGENT}/participants -d '{}'\n`,
      `curl -X POST ${API}/api/v2/users/${AGENT}/impersonate\n`,
    ])
      assert.match(refusal(read(command)), /does not place a call/, command);
  });

  it('is refused with what is still to be filled in, in the path and in the body, but not in headers, which are not sent', () => {
    assert.match(refusal(read(curl(`${SELF}/user/{{agent_id}}`, NUMBER))), /^\{\{agent_id\}\} is still to be filled in/);
    assert.match(refusal(read(curl(`${SELF}/user/{userId}`, NUMBER))), /\{userId\} is still/);
    assert.match(refusal(read(curl(SELF, '{"phoneNumber":"$NUMBER","label":"<agent_label>"}'))), /^\$NUMBER, <agent_label> are still to be filled in/);
    assert.match(refusal(read(curl(SELF, '{"phoneNumber":"+13175550142","priority":{{p}}}'))), /\{\{p\}\} is still/);
    assert.match(
      refusal(read(curl(SELF, NUMBER, 'https://api.$REGION').replace(/^curl '(.*?)'/, 'curl "$1"'))),
      /The host of https:\/\/api\.\$REGION.* is still to be filled in/,
    );
    assert.equal(read(curl(SELF, NUMBER).replace('$TOKEN', '<TOKEN>')).kind, 'placeable');
  });

  it('is refused where it calls an emergency or premium-rate number, in every destination', () => {
    for (const number of ['911', '112', '+1911', '+19005550142', '+449012345678', '00112'])
      for (const body of [`{"phoneNumber":"${number}"}`, `{"participants":[{"address":"+13175550142"},{"address":"${number}"}]}`])
        for (const path of [SELF, BEHALF]) {
          const r = read(curl(path, body));
          assert.equal(r.kind, 'refused', body);
        }
    assert.match(refusal(read(curl(SELF, '{"phoneNumber":"911"}'))), /emergency.*does not dial it/);
    assert.match(refusal(read(curl(SELF, '{"participants":[{"address":"+19005550142"}]}'))), /premium-rate/);
  });

  it('judges the value that is sent: of a name that stands twice the last', () => {
    assert.match(refusal(read(curl(SELF, '{"phoneNumber":"+13175550142","phoneNumber":"911"}'))), /does not dial it/);
    const r = read(curl(SELF, '{"phoneNumber":"911","phoneNumber":"+13175550142"}'));
    assert.ok(r.kind === 'placeable');
    assert.deepEqual(r.call.body, { phoneNumber: '+13175550142' });
  });

  it('is refused where another number may be dialled than is judged', () => {
    for (const number of ['0013175550142', '+1 317 555 0142 ext. 911', '+13175550142#911', 'sip:911@example.com', '317 555 0142', '+1555'])
      assert.equal(read(curl(SELF, `{"phoneNumber":"${number}"}`)).kind, 'refused', number);
    assert.match(refusal(read(curl(SELF, '{"phoneNumber":"0013175550142"}'))), /Write the number as \+13175550142/);
    assert.equal(read(curl(SELF, '{"phoneNumber":"+1 (317) 555-0142"}')).kind, 'placeable');
  });

  it('is refused with a body that the platform does not take', () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ['{"to":"x"}', /no field “to”/],
      ['{}', /does not say whom to call/],
      [`{"phoneNumber":"+13175550142","callUserId":"${AGENT}"}`, /several destinations/],
      ['{"phoneNumber":13175550142}', /wrong type at \/phoneNumber/],
      ['[]', /not an object/],
      ['{"phoneNumber":"+13175550142",}', /comments or trailing commas/],
      ['{"phoneNumber":', /no JSON/],
    ];
    for (const [body, words] of cases) assert.match(refusal(read(curl(SELF, body))), words, body);
    assert.match(refusal(read(`curl -X POST ${API}${SELF}\n`)), /no body/);
    assert.match(refusal(read(curl(`${SELF}?a=b`, NUMBER))), /query/);
    assert.match(refusal(read(curl(`${SELF}/user/me`, NUMBER))), /“me” in the path is not the id of a user/);
  });

  it('is refused where the text names another region than that of who is signed in, and says both', () => {
    const elsewhere = read(curl(SELF, NUMBER), { region: WEST });
    assert.ok(elsewhere.kind === 'refused' && elsewhere.otherRegion);
    assert.match(elsewhere.why, /names api\.mypurecloud\.com, and you are signed in to us-west-2/);
    for (const host of [
      'https://gateway.example.com',
      'http://127.0.0.1:8080',
      'https://login.mypurecloud.com',
      'https://api.mypurecloud.com.example.com',
      'https://x@api.mypurecloud.com@example.com',
    ]) {
      const r = read(curl(SELF, NUMBER, host));
      assert.ok(r.kind === 'refused' && !r.otherRegion, host);
    }
  });

  it('is told in the sandbox, where no phone rings, that the text names another host', () => {
    const r = read(curl(SELF, NUMBER), { region: SANDBOX });
    assert.ok(r.kind === 'placeable');
    assert.match(r.note ?? '', /names api\.mypurecloud\.com\. The call goes to the sandbox/);
    const same = read(curl(SELF, NUMBER, 'http://127.0.0.1:8080'), { region: SANDBOX });
    assert.ok(same.kind === 'placeable' && same.note === undefined);
  });

  it('is refused for an application that calls as itself', () => {
    assert.match(refusal(read(curl(SELF, NUMBER), { caller: 'client' })), /an application has none.*user\/\{userId\}/);
  });
});
