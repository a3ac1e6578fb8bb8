import assert from 'node:assert/strict';
import { findPlaceholders, findPlaceholdersInUrl, placeholderOf, placeholdersInValue } from '../../../src/exchange/placeholders.js';
import { FIRST_ANSWER_CURL, OWNER_ID_PAYLOAD, QUESTION_CURL, RESPONSE_BODY } from './thread.js';

const texts = (found: readonly { readonly text: string }[]) => found.map((p) => p.text);

describe('placeholders', () => {
  it('finds those of the thread', () => {
    assert.deepEqual(texts(findPlaceholders(QUESTION_CURL)), [
      '<VALID_OAUTH_TOKEN_WITH_CALL_INITIATE_SCOPE>',
      '{{agent_user_id}}',
      '{{outbound_number_id}}',
      '{{queue_id}}',
      '{{skill_id}}',
    ]);
    assert.deepEqual(texts(findPlaceholders(FIRST_ANSWER_CURL)), []);
    const values = Object.values(JSON.parse(OWNER_ID_PAYLOAD) as Record<string, unknown>).filter((v) => typeof v === 'string');
    assert.deepEqual(
      values.flatMap((v) => texts(placeholdersInValue(v))),
      ['the-agent-id-you-are-acting-for', 'your-outbound-phone-number-id'],
    );
  });

  const whole: readonly (readonly [value: string, kind: string])[] = [
    ['{{agent_user_id}}', 'template'],
    ['{{ x }}', 'template'],
    ['{{$guid}}', 'template'],
    ['<agent_impersonation_token>', 'angle'],
    ['<token>', 'angle'],
    ['<your queue id>', 'angle'],
    ['Bearer <TOKEN>', 'angle'],
    ['$TOKEN', 'shell'],
    ['${token}', 'shell'],
    ['$env:TOKEN', 'shell'],
    ['Bearer $(cat token.txt)', 'shell'],
    ['%USER_ID%', 'percent'],
    ['YOUR_ACCESS_TOKEN', 'words'],
    ['Bearer YOUR_ACCESS_TOKEN', 'words'],
    ['AGENT_USER_ID', 'words'],
    ['QUEUE_ID', 'words'],
    ['your-outbound-phone-number-id', 'words'],
    ['the-agent-id-you-are-acting-for', 'words'],
    ['insert_your_token', 'words'],
    ['yourAccessToken', 'words'],
    ['your agent id', 'words'],
    ['my-token', 'words'],
    ['token-goes-here', 'words'],
    ['string', 'words'],
    ['[your token]', 'words'],
    ['xxx', 'filler'],
    ['XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX', 'filler'],
    ['+1XXXXXXXXXX', 'filler'],
    ['...', 'filler'],
    ['…', 'filler'],
    ['changeme', 'filler'],
    ['CHANGE_ME', 'filler'],
    ['TBD', 'filler'],
    ['Bearer eyJhbGciOi...', 'filler'],
    ['Bearer token', 'filler'],
  ];
  for (const [value, kind] of whole) {
    it(`takes ${value} for a ${kind}`, () => {
      const found = placeholderOf(value);
      assert.equal(found?.kind, kind);
      assert.equal(value.slice(found?.start, found?.end), found?.text);
    });
  }

  const real = [
    '',
    'standard',
    'Customer',
    'Agent Name',
    'My Queue',
    'my-app',
    'the-sales-team',
    'The Number One',
    'VIP_CUSTOMER',
    'ON_QUEUE',
    'en-US',
    'web-sales-7',
    '+13175550142',
    '+15550199',
    '+1 (317) 555-0142',
    '1234',
    '0b3c5f9e-7a1d-4e1a-9a37-2d7f2c1f6f10',
    'Your call is important',
    'your order and token number',
    'sip:agent@example.com',
    '<sip:agent@example.com>',
    '<html>',
    '<b>',
    '<https://x>',
    'conversation:call:add',
    'audio',
    'external',
    'missing.permissions',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
    'Bearer q1w2e3r4-Yz_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
    'US/Pacific',
    '50% of $X',
    '$5',
    '100%',
    'xx',
    'Maxxx',
    '..',
    '{}',
    '{"a":{"b":{}}}',
    'GET',
    'application/json',
  ];
  for (const value of real) {
    it(`takes ${JSON.stringify(value.slice(0, 40))} for what it is`, () => {
      assert.deepEqual(placeholdersInValue(value), []);
      if (!value.startsWith('<')) assert.deepEqual(findPlaceholdersInUrl(value), []);
    });
  }

  it('finds no tag in HTML and XML, nor anything in JSON', () => {
    for (const text of [
      '<html><HEAD><title>403</title></HEAD><body bgcolor="x"><center><h1>403</h1></center><hr>nginx</body></html>',
      '<?xml version="1.0"?><Error><Code>AccessDenied</Code><RequestId>X</RequestId><HostId>y</HostId></Error>',
      RESPONSE_BODY,
      '{"a":{"b":{"c":[{}]}}}',
      'a < b and c > d',
      'x<y>z',
    ])
      assert.deepEqual(findPlaceholders(text), []);
  });

  it('finds path parameters and percent-encoded braces in URLs, not percent-encoding itself', () => {
    assert.deepEqual(texts(findPlaceholdersInUrl('https://api.{{domain}}/api/v2/users/{userId}/x/$ID?a=${A}&b=%B_ID%&c=<id>&d=$D')), [
      '{{domain}}',
      '{userId}',
      '$ID',
      '${A}',
      '%B_ID%',
      '<id>',
      '$D',
    ]);
    assert.deepEqual(texts(findPlaceholdersInUrl('/users/%7B%7Bagent_user_id%7D%7D/%7BuserId%7D')), ['%7B%7Bagent_user_id%7D%7D', '%7BuserId%7D']);
    assert.deepEqual(findPlaceholdersInUrl('/search?q=%E2%82%AC%20name%20%C3%A9a&x=a%2Bb&t=%20ABC%20DEF&phone=%2B1'), []);
    assert.deepEqual(findPlaceholders('Hello {userId}'), []);
  });

  it('finds those inside a value, in order', () => {
    assert.deepEqual(findPlaceholders('Call {{name}} at ${number} for <AGENT_NAME>'), [
      { start: 5, end: 13, text: '{{name}}', kind: 'template' },
      { start: 17, end: 26, text: '${number}', kind: 'shell' },
      { start: 31, end: 43, text: '<AGENT_NAME>', kind: 'angle' },
    ]);
  });
});
