import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type Operation, Operations, pathOf } from '../../../src/platform/operations.js';
import { GUID, OPERATIONS_JSON, OTHER_GUID, operations } from './facts.js';

/** SHA-256 of all 3,315 lines of the fact base, each as METHOD|path|rule|permissions|user|deprecated|preview|scopes|scopesFrom, sorted. */
const FACT_BASE = '0a8aecdd19e9110a08a2b7822137fecbda378d7198ea53a0c40ee7c7a6547fc5';
/** Documented as "any of" nothing. */
const EMPTY_RULE = '/api/v2/userrecordings/{recordingId}/transcoding';

const all = [...operations.all()];
const found = (method: string, url: string): Operation => {
  const lookup = operations.find(method, url);
  assert.equal(lookup.kind, 'found', `${method} ${url}: ${JSON.stringify(lookup)}`);
  return (lookup as Extract<typeof lookup, { kind: 'found' }>).operation;
};

describe('the operations of the API', () => {
  it('are the 3,315 of the fact base, each with its rule, permissions, user context, flags and scopes', () => {
    const line = (o: Operation): string =>
      [
        o.method,
        o.path,
        o.path === EMPTY_RULE ? 'any' : o.rule,
        o.permissions.join(','),
        o.userContext === 'required' ? 'user' : '',
        o.deprecated ? 'deprecated' : '',
        o.preview ? 'preview' : '',
        o.scopes.join(','),
        o.scopes.length === 0 ? '' : o.scopesFrom,
      ].join('|');
    const lines = all.map(line).sort();
    assert.equal(lines.length, 3315);
    assert.equal(createHash('sha256').update(lines.join('\n')).digest('hex'), FACT_BASE);
  });

  it('are as many of each rule as FACTS §2 counts, but for one that is documented as "any of" nothing', () => {
    const count = (rule: string) => all.filter((o) => o.rule === rule).length;
    assert.deepEqual([count('any'), count('all'), count('none'), count('unknown')], [2071 - 1, 851, 358 + 1, 35]);
    assert.equal(operations.count, 3315);
    assert.equal(operations.permissions.size, 1457);
    assert.equal(all.filter((o) => o.deprecated).length, 125);
    assert.equal(all.filter((o) => o.preview).length, 10);
    assert.equal(all.filter((o) => o.userContext === 'required').length, 25);
  });

  it('declare nothing where the list of permissions is empty', () => {
    assert.equal(found('GET', `/api/v2/userrecordings/${GUID}/transcoding`).rule, 'none');
    for (const o of all) assert.equal(o.permissions.length > 0, o.rule === 'any' || o.rule === 'all', `${o.method} ${o.path}`);
  });

  it('say the date of the source that speaks about their permissions', () => {
    for (const o of all) assert.equal(o.asOf, o.rule === 'unknown' ? '2026-09-16' : '2026-08-15');
  });

  it('know no scope with a colon but :readonly (FACTS §4.3)', () => {
    assert.equal(operations.scopes.size, 78);
    for (const s of operations.scopes) assert.match(s, /^[^:]+(?::readonly)?$/);
    assert.ok(!operations.scopes.has('conversation:call:write'));
  });

  /** From operations.jsonl and FACTS §1.3, §1.6, §6: rule, permissions, whether a user is needed. */
  const TABLE: readonly (readonly [string, string, readonly string[], boolean])[] = [
    ['POST /api/v2/conversations/calls', 'any', ['conversation:conference:add'], true],
    ['POST /api/v2/conversations/calls/user/{userId}', 'any', ['conversation:agentlessCall:add', 'conversation:call:add'], false],
    ['POST /api/v2/conversations/calls/{conversationId}', 'none', [], true],
    ['PATCH /api/v2/conversations/calls/{conversationId}', 'any', ['conversation:communication:disconnect'], true],
    ['POST /api/v2/conversations/calls/{conversationId}/participants/user/{userId}', 'any', ['conversation:agentlessCall:add'], false],
    [
      'PATCH /api/v2/conversations/calls/{conversationId}/participants/{participantId}/user/{userId}',
      'any',
      ['conversation:participant:wrapup', 'conversation:call:record', 'conversation:communication:disconnect', 'conversation:agentlessCall:add'],
      false,
    ],
    ['GET /api/v2/conversations/calls/history', 'none', [], false],
    ['GET /api/v2/conversations/calls/maximumconferenceparties', 'none', [], false],
    ['PATCH /api/v2/conversations/calls/{conversationId}/conference', 'any', ['conversation:conference:add'], false],
    ['GET /api/v2/users/me', 'none', [], true],
    ['GET /api/v2/users/{userId}', 'none', [], false],
    ['GET /api/v2/users/{userId}/station', 'any', ['telephony:otherStationAssociation:view'], false],
    ['GET /api/v2/users/{subjectId}/roles', 'any', ['authorization:grant:view'], false],
    ['POST /api/v2/users/search', 'any', ['directory:user:view'], false],
    ['GET /api/v2/tokens/me', 'none', [], false],
    ['GET /api/v2/authorization/permissions', 'none', [], false],
    ['GET /api/v2/authorization/subjects/me', 'none', [], false],
    ['GET /api/v2/authorization/subjects/{subjectId}', 'any', ['authorization:grant:view'], false],
    ['GET /api/v2/routing/queues/me', 'none', [], false],
    ['GET /api/v2/routing/queues/{queueId}', 'all', ['routing:queue:view'], false],
    [
      'GET /api/v2/routing/queues/{queueId}/members',
      'any',
      ['routing:queue:view', 'routing:queue:edit', 'routing:queue:readonly', 'routing:queueMember:manage'],
      false,
    ],
    ['GET /api/v2/routing/skills', 'any', ['routing:skill:view'], false],
    ['POST /api/v2/conversations/callbacks', 'all', ['conversation:callback:create'], false],
    ['GET /api/v2/license/users/{userId}', 'any', ['authorization:grant:add', 'authorization:license:view'], false],
    [
      'DELETE /api/v2/businessrules/decisiontables/{tableId}/versions/{tableVersion}/rows/{rowId}',
      'all',
      ['businessrules:decisionTableRow:delete', 'routing:queue:view'],
      false,
    ],
    ['DELETE /api/v2/casemanagement/caseplans/{caseplanId}/stageplans/{stageplanId}', 'unknown', [], false],
    ['GET /api/v2/oauth/clients/{clientId}', 'any', ['oauth:client:view'], false],
    ['GET /api/v2/telephony/providers/edges/dids', 'any', ['telephony:plugin:all'], false],
  ];
  for (const [name, rule, permissions, user] of TABLE)
    it(`${name} requires ${rule} of ${permissions.length}${user ? ' and a user' : ''}`, () => {
      const [method, template] = name.split(' ') as [string, string];
      const o = found(method, template.replaceAll(/\{\w+\}/g, GUID));
      assert.deepEqual([o.method, o.path, o.rule, o.permissions], [method, template, rule, permissions]);
      assert.equal(o.userContext === 'required', user);
    });

  /** All that FACTS §2 and operations.jsonl flag. */
  const WITH_USER = `DELETE /conversations/calls/{conversationId}/participants/{participantId}/consult; DELETE /voicemail/messages;
    DELETE /voicemail/messages/{messageId}; GET /conversations/calls; GET /users/me; GET /voicemail/mailbox; GET /voicemail/me/mailbox;
    GET /voicemail/messages; GET /voicemail/messages/{messageId}; GET /voicemail/messages/{messageId}/media; PATCH /conversations/calls/{conversationId};
    PATCH /conversations/calls/{conversationId}/participants/{participantId};
    PATCH /conversations/calls/{conversationId}/participants/{participantId}/communications/{communicationId};
    PATCH /conversations/calls/{conversationId}/participants/{participantId}/consult; PATCH /voicemail/messages/{messageId}; POST /conversations/calls;
    POST /conversations/calls/{conversationId}; POST /conversations/calls/{conversationId}/participants;
    POST /conversations/calls/{conversationId}/participants/{participantId}/consult; POST /conversations/calls/{conversationId}/participants/{participantId}/monitor;
    POST /conversations/emails/{conversationId}/reconnect; POST /users/me/password; POST /voicemail/messages;
    PUT /conversations/calls/{conversationId}/participants/{participantId}/communications/{communicationId}/uuidata; PUT /voicemail/messages/{messageId}`;
  it('need a user exactly where a source says so', () => {
    const wanted = WITH_USER.split(';').map((s) => s.trim().replace(' /', ' /api/v2/'));
    assert.equal(wanted.length, 25);
    const got = all.filter((o) => o.userContext === 'required').map((o) => `${o.method} ${o.path}`);
    assert.deepEqual(got.sort(), wanted.sort());
  });
});

describe('looking an operation up', () => {
  /** [method, URL, template or what else is known] */
  const FOUND: readonly (readonly [string, string, string])[] = [
    ['GET', `/api/v2/users/${GUID}`, '/api/v2/users/{userId}'],
    ['GET', '/api/v2/users/me', '/api/v2/users/me'],
    ['GET', `/api/v2/users/${GUID}/roles`, '/api/v2/users/{subjectId}/roles'],
    ['GET', `/api/v2/chats/rooms/a@b/messages/${GUID}`, '/api/v2/chats/rooms/{roomJid}/messages/{messageIds}'],
    ['DELETE', `/api/v2/chats/rooms/a@b/messages/${GUID}`, '/api/v2/chats/rooms/{roomJid}/messages/{messageId}'],
    ['PATCH', `/api/v2/chats/users/${GUID}/messages/${GUID}`, '/api/v2/chats/users/{userId}/messages/{messageId}'],
    ['GET', `/api/v2/conversations/calls/${GUID}`, '/api/v2/conversations/calls/{conversationId}'],
    ['post', '/api/v2/conversations/calls', '/api/v2/conversations/calls'],
    ['POST', '/api/v2/conversations/calls/', '/api/v2/conversations/calls'],
    ['POST', '/api/v2/conversations/calls?x=1&y=/api/v2/users', '/api/v2/conversations/calls'],
    ['POST', '/api/v2/conversations/calls#top', '/api/v2/conversations/calls'],
    ['POST', '/api/v2/conversations/calls/?x#y', '/api/v2/conversations/calls'],
    ['POST', 'https://api.mypurecloud.com/api/v2/conversations/calls', '/api/v2/conversations/calls'],
    ['POST', 'https://user:pass@api.usw2.pure.cloud:443/api/v2/conversations/calls', '/api/v2/conversations/calls'],
    ['POST', 'api.mypurecloud.com/api/v2/conversations/calls', '/api/v2/conversations/calls'],
    ['POST', 'http://127.0.0.1:8080/api/v2/conversations/calls', '/api/v2/conversations/calls'],
    ['POST', '{{base}}/api/v2/conversations/calls', '/api/v2/conversations/calls'],
    ['POST', '{{scheme}}://{{host}}/api/v2/conversations/calls', '/api/v2/conversations/calls'],
    ['POST', `\${BASE}/api/v2/conversations/calls/user/{{agent_id}}`, '/api/v2/conversations/calls/user/{userId}'],
    ['POST', '/api/v2/conversations/calls/user/{userId}', '/api/v2/conversations/calls/user/{userId}'],
    ['GET', '/api/v2/users/a%2Fb%20c', '/api/v2/users/{userId}'],
    ['GET', '/api/v2/users/__proto__', '/api/v2/users/{userId}'],
    ['GET', '/api/v2/users/constructor', '/api/v2/users/{userId}'],
    ['GET', '/api/v2/users/*', '/api/v2/users/{userId}'],
    ['GET', '/api/v2/users/ÜÑÏ', '/api/v2/users/{userId}'],
  ];
  for (const [method, url, template] of FOUND) it(`${method} ${url} is ${template}`, () => assert.equal(found(method, url).path, template));

  it('tells the values of the parameters by the names of that method', () => {
    const lookup = operations.find('DELETE', `/api/v2/chats/rooms/a@b/messages/${OTHER_GUID}?q=1`);
    assert.deepEqual(lookup.kind === 'found' && lookup.params, { roomJid: 'a@b', messageId: OTHER_GUID });
  });

  const UNKNOWN = [
    '/',
    '',
    '/api/v2',
    '/api/v2/',
    '/api/v1/conversations/calls',
    '/API/V2/conversations/calls',
    `/api/v2/users/${GUID}/impersonate`,
    '/api/v2/conversations/calls/user',
    '/api/v2//conversations/calls',
    '/api/v2/users//station',
    '/api/v2/*/calls',
    '/__proto__',
    '/api/v2/__proto__/x',
    '/api/v2/constructor/prototype',
    '/api/v2/conversations/calls/a/b/c/d/e/f',
    'https://api.mypurecloud.com',
    'https://evil.example/?/api/v2/conversations/call',
  ];
  for (const url of UNKNOWN)
    it(`${JSON.stringify(url)} is no path of the API`, () => {
      const { kind } = operations.find('GET', url);
      // POST /conversations/calls/user/{userId} and /conversations/calls/{conversationId}: "user" may be an id.
      assert.ok(url.endsWith('/calls/user') ? kind === 'found' : kind === 'unknown-path', kind);
    });

  it('says which methods a path takes, those of a literal before those of a parameter', () => {
    assert.deepEqual(operations.find('GET', `/api/v2/conversations/calls/user/${GUID}`), { kind: 'wrong-method', allowed: ['POST'] });
    const me = operations.find('PUT', '/api/v2/users/me');
    assert.deepEqual(me.kind === 'wrong-method' && me.allowed, ['GET']);
    const calls = operations.find('PUT', '/api/v2/conversations/calls');
    assert.deepEqual(calls.kind === 'wrong-method' && [...calls.allowed].sort(), ['GET', 'POST']);
    assert.equal(operations.find('PUT', '/api/v2/conversations/calls/user/x').kind, 'wrong-method');
    assert.equal(operations.find('__proto__', '/api/v2/users/me').kind, 'wrong-method');
    assert.equal(operations.find('constructor', '/api/v2/users/me').kind, 'wrong-method');
  });

  it('falls back to a parameter where the literal lacks the method, as a router does', () => {
    const lookup = operations.find('DELETE', '/api/v2/conversations/calls');
    assert.deepEqual(lookup.kind === 'found' && [lookup.operation.path, lookup.params], [
      '/api/v2/conversations/{conversationId}',
      { conversationId: 'calls' },
    ]);
  });

  it('takes a very long path for what it is', () => {
    assert.equal(operations.find('GET', `/api/v2/${'users/'.repeat(300_000)}`).kind, 'unknown-path');
    assert.equal(operations.find('GET', `/api/v2/users/${'x'.repeat(2_000_000)}`).kind, 'found');
  }).timeout(30_000);

  it('throws for a template of ours that does not exist', () => {
    assert.throws(() => operations.get('POST', '/api/v2/users/{userId}/impersonate'), /no operation/);
    assert.equal(operations.get('POST', '/api/v2/conversations/calls/user/{userId}').permissions.length, 2);
  });

  it('reads the index again from its text', () => assert.equal(Operations.parse(OPERATIONS_JSON).count, 3315));

  it('takes the path out of a URL that is full of placeholders', () => {
    for (const [url, path] of [
      ['{{base}}/a?b', '/a'],
      ['https://h/a#b', '/a'],
      ['https://h', '/'],
      ['/a/b', '/a/b'],
      ['h:80/a', '/a'],
      ['', '/'],
    ] as const)
      assert.equal(pathOf(url), path);
  });
});
