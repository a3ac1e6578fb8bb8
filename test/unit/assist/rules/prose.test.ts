import assert from 'node:assert/strict';
import { operations } from '../../platform/facts.js';
import { CALLS, curl, isNotTold, isTold, json, markdown, note, payload, problemsIn, SECRET, script } from '../linting.js';

const about = (words: string): string => `About Genesys Cloud.\n\n${words}\n`;

describe('lint: scopes in words', () => {
  const told: readonly string[] = [
    'The client has the «conversation:call:write» scope.',
    'It needs the scopes «conversation:call:write», «user:read» and conversations:readonly.',
    'It needs «conversation:call:write» and «user:read» scopes.',
    'Scopes: `«conversation:call:write»`, `«user:read»`',
    'scopes:\n  - «conversation:call:write»\n  - conversations\n  - «user:read»',
    'scope=«call:outbound:initiate»',
    '| Scope | «conversation:call:write» |',
    'Look at «conversations:write», which is the scope “«conversations:write»”.',
    'SCOPE="«call:outbound:initiate»"',
  ];
  for (const words of told) it(`tells ${words.replaceAll('\n', '⏎')}`, () => void isTold('no-such-scope', 'warning', about(words), note));

  it('tells them in comments of scripts and of JSON', () => {
    isTold('no-such-scope', 'warning', `# scope: «conversation:call:write»\n${curl('{"phoneNumber": "+13175550142"}')}`, script);
    isTold('no-such-scope', 'warning', '{ // needs the «conversation:call:write» scope\n"phoneNumber": "+13175550142"}', payload);
  });

  it('tells a permission that is named as a scope, and not one that is named as a permission', () => {
    assert.ok(operations.permissions.has('conversation:call:add'));
    const { message } = isTold(
      'no-such-scope',
      'warning',
      about('Add the scope «conversation:call:add». The permission conversation:call:add does it.'),
      markdown,
    );
    assert.match(message, /is a permission, not a scope/);
    isNotTold('no-such-scope', about('Roles need conversation:call:add. Scopes are set on the client.'), markdown);
  });

  it('leaves alone what is no scope of the platform', () => {
    const right = [
      'Scopes such as conversations:readonly and users.',
      'There is no scope conversation:call:write.',
      'The scope conversation:call:write does not exist.',
      '| scopes `call:outbound:initiate`, `conversation:call:write` | **false** |',
      'It is the permission conversation:call:write that is missing.',
      'GitHub wants the scope user:email.',
      'The scope of this work: http://example.com at 10:30, localhost:8080.',
      'In scope: a:b',
    ];
    for (const words of right) isNotTold('no-such-scope', about(words), markdown);
  });
});

describe('lint: scopes and grants in requests', () => {
  it('tells them in a token request, each at its place', () => {
    const form = 'grant_type=client_credentials&scope=conversations+«conversation»%20«call:outbound:initiate»';
    isTold('no-such-scope', 'warning', `curl -u "$A:$B" https://login.mypurecloud.com/oauth/token -d '${form}'\n`, script);
    isTold('no-such-grant', 'warning', `curl -u "$A:$B" https://login.mypurecloud.com/oauth/token -d 'username=x&grant_type=«password»'\n`, script);
    isTold('no-such-grant', 'information', 'curl "https://login.mypurecloud.com/oauth/authorize?client_id=x&response_type=«token»"\n', script);
    isNotTold('no-such-grant', `curl -u "$A:$B" https://login.mypurecloud.com/oauth/token -d "grant_type=$GRANT"\n`, script);
  });

  it('tells them in the scopes of a client that is made', () => {
    const body = '{"name": "x", "authorizedGrantType": "CODE", "scope": ["conversations", "«conversation:call:write»"]}';
    isTold('no-such-scope', 'warning', curl(body, 'https://api.mypurecloud.com/api/v2/oauth/clients'), script);
  });

  it('knows the encoded name of a grant', () => {
    const grant = 'urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer';
    isTold('no-such-grant', 'error', `curl https://login.mypurecloud.com/oauth/token -d 'grant_type=«${grant}»'\n`, script);
  });
});

describe('lint: endpoints in words', () => {
  it('tells a path that no operation has, also without /api/v2', () => {
    isTold(
      'no-such-operation',
      'warning',
      about('Use `«/users/{id}/impersonate»`, or POST https://api.mypurecloud.com«/api/v2/conversation/calls».'),
      markdown,
    );
    isTold('no-such-operation', 'warning', about('URL="https://api.mypurecloud.com«/api/v2/conversations/dial/now»"'), script);
  });

  it('leaves alone paths that exist, that begin one, and those of others', () => {
    const right = [
      '/api/v2/conversations/calls/user/{userId}, /api/v2/users/:userId, /api/v2/users/<id>?expand=station',
      'everything below /api/v2/telephony/ and /api/v2/routing/queues/*',
      'https://acme.example.com/api/v2/users/x/impersonate',
      'Zendesk has /api/v2/users/x/impersonate',
      '"$API/api/v2/users/"$ID',
    ];
    for (const words of right) isNotTold('no-such-operation', about(words), markdown);
  });

  it('judges the path of a call once', () => {
    const found = problemsIn(`curl https://api.mypurecloud.com/api/v2/users/x/impersonate -H "Authorization: Bearer $T"\n`, script);
    assert.deepEqual(
      found.map((p) => p.code),
      ['no-such-operation'],
    );
  });
});

describe('lint: secrets', () => {
  it('has the exact place of each, with the call that it is in', () => {
    const text = `# for Genesys\nexport GENESYSCLOUD_OAUTHCLIENT_SECRET=«${SECRET}»\ncurl ${CALLS} -H 'Authorization: Bearer «${SECRET}»'\n{"access_token": "«${SECRET}»"}\n`;
    isTold('secret', 'warning', text, script);
    const found = problemsIn(text.replaceAll(/[«»]/g, ''), script).filter((p) => p.code === 'secret');
    assert.deepEqual(
      found.map((p) => p.call !== undefined),
      [false, true, false],
    );
  });

  it('tells them in JSON too', () => {
    isTold('secret', 'warning', `{"method": "GET", "url": "${CALLS}", "headers": {"Authorization": "Bearer «${SECRET}»"}}`, json);
  });

  it('knows what stands for a secret', () => {
    const dummies = [
      '$TOKEN',
      '{{token}}',
      '<token>',
      'YOUR_TOKEN',
      'REDACTED',
      'test-token-0123456789-abcdef',
      '************************',
      'abcdefghijklmnopqrstuvwxyz1234',
      'my-service-account-v2-staging-2026',
      '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    ];
    for (const dummy of dummies) isNotTold('secret', `curl ${CALLS} -H 'Authorization: Bearer ${dummy}'\nclient_secret=${dummy}\n`, script);
  });

  it('leaves alone the secrets of others', () => {
    isNotTold('secret', `curl https://api.example.com/x -H 'Authorization: Bearer ${SECRET}'\n`, script);
  });
});
