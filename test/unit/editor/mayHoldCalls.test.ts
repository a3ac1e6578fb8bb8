import assert from 'node:assert/strict';
import fs from 'node:fs';
import { isPayloadName, LANGUAGES, mayHoldCalls } from '../../../src/editor/calls/mayHoldCalls.js';
import { textKind } from '../../../src/exchange/regions.js';
import { REGIONS } from '../../../src/platform/regions.js';

describe('A glance at a text', () => {
  const held = [
    ...REGIONS.map(({ api }) => `curl ${api}/api/v2/users/me`),
    'POST {{baseUrl}}/api/v2/conversations/calls',
    'POST /conversations/calls HTTP/1.1',
    'curl -u "$ID:$SECRET" https://login.usw2.pure.cloud/oauth/token',
    '# a Genesys Cloud call',
    fs.readFileSync('examples/thread.sh', 'utf8'),
  ];
  for (const text of held) it(`sees a call in ${JSON.stringify(text.slice(0, 60))}`, () => assert.ok(mayHoldCalls(text)));

  for (const text of ['', '{"name":"x"}', 'curl https://api.example.com/v1/users', 'npm run build', '# Conversations and calls'])
    it(`sees none in ${JSON.stringify(text)}`, () => assert.ok(!mayHoldCalls(text)));

  it('knows a payload by its name', () => {
    assert.ok(isPayloadName('/a/first.call.json') && isPayloadName('X.CALL.JSON'));
    assert.ok(!isPayloadName('/a/call.json') && !isPayloadName('/a/first.call.jsonc'));
  });

  it('looks at no language of programs, whose strings are left alone', () => {
    for (const languageId of LANGUAGES) assert.notEqual(textKind('x', { languageId, fileName: 'x' }), 'program', languageId);
  });

  it('wakes the extension for languages that are looked at', () => {
    const { activationEvents } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { activationEvents: string[] };
    const languages = activationEvents.filter((e) => e.startsWith('onLanguage:')).map((e) => e.slice('onLanguage:'.length));
    assert.ok(languages.length > 5);
    assert.deepEqual(
      languages.filter((l) => !(LANGUAGES as readonly string[]).includes(l)),
      [],
    );
  });
});
