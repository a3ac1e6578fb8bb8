import assert from 'node:assert/strict';
import type { Verdict } from '../../../src/diagnosis/model.js';
import type { Exchange, Headers } from '../../../src/exchange/exchange.js';
import { GUID } from '../platform/facts.js';
import { API, against, all, answer, CALL, explain, ON_BEHALF, one, other, PLAIN, sent, TOKEN, table, verdicts, words } from './cases.js';

describe('a request that was not sent yet', () => {
  it('has nothing against it where nothing is wrong, and says what could not be checked', () => {
    const d = explain(sent(PLAIN));
    assert.deepEqual(against(d), [], table(d));
    const v = verdicts(d);
    assert.deepEqual(
      [v['no-user-context'], v['missing-permission'], v['no-station'], v['invalid-payload']],
      ['unchecked', 'unchecked', 'unchecked', 'ruled-out'],
    );
    assert.match(d.summary, /nothing speaks against/);
  });

  it('with client credentials is told that the plain operation needs a user and which one does not', () => {
    const f = one(explain(sent(PLAIN), { grant: 'client-credentials' }), 'no-user-context');
    assert.equal(f.verdict, 'confirmed');
    assert.match(words(f), /POST \/api\/v2\/conversations\/calls\/user\/\{userId\}/);
    assert.match(words(f), /any of conversation:agentlessCall:add, conversation:call:add/);
    assert.match(words(f), /not stated officially/);
    assert.match(words(f), /Scopes do not apply to client credentials/);
  });

  it('with client credentials on behalf of an agent is unchecked: no source says which grants that takes', () => {
    const d = explain(sent(ON_BEHALF), { grant: 'client-credentials' });
    assert.deepEqual(against(d), []);
    assert.match(words(one(d, 'no-user-context')), /not verified/);
    assert.equal(one(d, 'missing-scope').verdict, 'ruled-out');
  });

  it('of a user rules the user context out as the cause', () =>
    assert.equal(one(explain(sent(PLAIN), { grant: 'user' }), 'no-user-context').verdict, 'ruled-out'));

  it('to any of the operations that need a user says so under client credentials', () => {
    for (const [method, path] of [
      ['GET', '/api/v2/users/me'],
      ['POST', `/api/v2/conversations/calls/${GUID}`],
      ['GET', '/api/v2/voicemail/me/mailbox'],
    ] as const)
      assert.equal(one(explain(sent(path, method), { grant: 'client-credentials' }), 'no-user-context').verdict, 'confirmed', path);
    assert.deepEqual(all(explain(sent('/api/v2/tokens/me', 'GET'), { grant: 'client-credentials' }), 'no-user-context'), []);
  });
});

describe('the token in a request', () => {
  const T: readonly (readonly [string, Headers, number | undefined, string])[] = [
    ['none', [['Content-Type', 'application/json']], undefined, 'confirmed token-missing'],
    ['none, answered 401', [['Content-Type', 'application/json']], 401, 'confirmed token-missing'],
    ['none, answered 403 by somebody', [['Content-Type', 'application/json']], 403, 'possible token-missing'],
    ['an empty one', [['authorization', ' ']], undefined, 'confirmed token-missing'],
    ['Bearer and nothing', [['Authorization', 'Bearer ']], undefined, 'confirmed token-missing'],
    ['Basic', [['Authorization', 'Basic YTpi']], undefined, 'confirmed token-missing'],
    ['no scheme', [['Authorization', 'Zm9vYmFyYmF6']], undefined, 'confirmed token-missing'],
    ['Bearer twice', [['Authorization', 'Bearer Bearer x']], undefined, 'likely token-invalid'],
    ['quotes', [['Authorization', 'Bearer "abc"']], undefined, 'likely token-invalid'],
    ['white space', [['Authorization', 'Bearer abc def']], undefined, 'likely token-invalid'],
    ['one that looks right', TOKEN, undefined, ''],
    ['one in lower case', [['authorization', 'bearer abc']], undefined, ''],
    ['one taken out', [['Authorization', 'Bearer …']], undefined, ''],
    ['one starred out', [['Authorization', '***']], undefined, ''],
    ['one redacted', [['Authorization', '[REDACTED]']], undefined, ''],
    ['a variable', [['Authorization', '{{auth}}']], undefined, ''],
  ];
  for (const [name, headers, status, expected] of T)
    it(`${name} is ${expected || 'not judged'}`, () => {
      const d = explain({ ...sent(PLAIN, 'POST', CALL, headers), ...(status ? other(status) : {}) });
      const found = d.findings.filter((f) => /^token-/.test(f.cause)).map((f) => `${f.verdict} ${f.cause}`);
      assert.deepEqual(found, expected ? [expected] : [], table(d));
    });

  it('that is a placeholder is possible, for it may have been taken out, and likely where the answer is 401', () => {
    const headers: Headers = [['Authorization', 'Bearer <ACCESS_TOKEN>']];
    const verdict = (e: Exchange): Verdict => one(explain({ ...sent(PLAIN, 'POST', CALL, headers), ...e }), 'unresolved-placeholder').verdict;
    assert.deepEqual([verdict({}), verdict(other(403)), verdict(answer(401, 'bad.credentials'))], ['possible', 'possible', 'likely']);
  });
});

describe('what was left in a request', () => {
  const T: readonly (readonly [string, Exchange, readonly string[]])[] = [
    [
      'templates in the body',
      sent(PLAIN, 'POST', '{"phoneNumber":"{{number}}","attributes":{"a":"<CUSTOMER_ID>"}}'),
      ['body /phoneNumber {{number}}', 'body /attributes/a <CUSTOMER_ID>'],
    ],
    ['an id in the path', sent('/api/v2/conversations/calls/user/{userId}'), ['url  {userId}']],
    ['an encoded id in the path', sent('/api/v2/conversations/calls/user/%7BuserId%7D'), ['url  %7BuserId%7D']],
    ['a template in the path', sent('/api/v2/conversations/calls/user/{{agent}}'), ['url  {{agent}}']],
    ['a template that is no JSON yet', sent(PLAIN, 'POST', '{"phoneNumber":"+13175550142","callFromQueueId":{{queue}} }'), ['body  {{queue}}']],
    ['a template where an id belongs', sent(PLAIN, 'POST', '{"callUserId":"{{agent}}"}'), ['body /callUserId {{agent}}']],
    ['nothing', sent(PLAIN), []],
  ];
  for (const [name, exchange, expected] of T)
    it(`${name} is confirmed at its place, and is no wrong id as well`, () => {
      const d = explain(exchange);
      const found = all(d, 'unresolved-placeholder');
      assert.deepEqual(
        found.map((f) => `${f.place?.part} ${f.place?.pointer} ${f.place?.words}`),
        expected,
        table(d),
      );
      for (const f of found) assert.equal(f.verdict, 'confirmed');
      assert.deepEqual(all(d, 'wrong-id'), []);
    });
});

describe('the ids in a path', () => {
  it('that are no GUIDs are likely wrong, unless the request was accepted', () => {
    const path = '/api/v2/conversations/calls/user/ada@example.com';
    const f = one(explain(sent(path)), 'wrong-id');
    assert.deepEqual([f.verdict, f.place?.part, f.place?.words], ['likely', 'url', 'ada@example.com']);
    assert.deepEqual(all(explain({ ...sent(path), ...other(200, '{"id":"x"}') }), 'wrong-id'), []);
  });

  it('may be a star where all divisions are meant, and anything where the API has no GUIDs', () => {
    assert.deepEqual(all(explain(sent(`/api/v2/authorization/subjects/${GUID}/divisions/*/roles/${GUID}`, 'POST', '{}')), 'wrong-id'), []);
    assert.deepEqual(all(explain(sent('/api/v2/organizations/limits/namespaces/platform.api', 'GET')), 'wrong-id'), []);
  });
});

describe('the host of a request', () => {
  const to = (url: string, a: Exchange = {}): Exchange => ({ request: { method: 'POST', url, headers: TOKEN, body: CALL }, ...a });
  it('outside the 18 regions is possible not-genesys, and named for what it is', () => {
    for (const host of ['gateway.example', 'api.mypurecloud.com.evil.example', 'apps.mypurecloud.com', 'login.mypurecloud.com']) {
      const f = one(explain(to(`https://${host}${PLAIN}`)), 'not-genesys');
      assert.equal(f.verdict, 'possible');
      assert.match(f.title, /is no API host of Genesys Cloud/);
    }
  });
  it('of a region, of a sandbox or unknown is no finding', () => {
    for (const base of [API, 'http://127.0.0.1:8080', '{{base}}', '']) assert.deepEqual(all(explain(to(base + PLAIN)), 'not-genesys'), []);
  });
  it('that is a stranger is no matter where the platform answered', () => {
    assert.equal(one(explain(to(`https://gateway.example${PLAIN}`, answer(400, 'not.a.user', 'x'))), 'not-genesys').verdict, 'ruled-out');
  });
});

describe('a path outside the API', () => {
  it('is confirmed with its date where it is versioned, likely where it is not', () => {
    const f = one(explain(sent(`/api/v2/users/${GUID}/impersonate`, 'POST', '{}')), 'no-such-operation');
    assert.equal(f.verdict, 'confirmed');
    assert.match(words(f), /2026-09-16/);
    assert.match(words(f), /No operation impersonates a user/);
    assert.equal(one(explain(sent('/genesys/calls')), 'no-such-operation').verdict, 'likely');
  });
  it('by its method names the methods that it takes', () => {
    const f = one(explain(sent(ON_BEHALF, 'GET')), 'no-such-operation');
    assert.deepEqual([f.verdict, f.fix[0]], ['confirmed', 'Use POST.']);
  });
});

describe('the body of a call', () => {
  const T: readonly (readonly [string, string | undefined, readonly string[]])[] = [
    ['a foreign field', '{"phoneNumber":"+1","ownerId":"x"}', ['confirmed /ownerId']],
    ['a misspelt field', '{"phonenumber":"+1"}', ['confirmed /phonenumber', 'confirmed ']],
    ['a wrong type', '{"phoneNumber":1}', ['confirmed /phoneNumber']],
    ['two destinations', `{"phoneNumber":"+1","callUserId":"${GUID}"}`, ['confirmed /callUserId']],
    ['an option without its queue', '{"phoneNumber":"+1","priority":1}', ['likely /priority']],
    ['no destination', '{}', ['confirmed ']],
    ['a list', '[]', ['confirmed ']],
    ['no JSON', '{"phoneNumber":', ['confirmed ']],
    ['comments', '{"phoneNumber":"+1" /* x */}', ['confirmed ']],
    ['nothing', undefined, ['confirmed undefined']],
    ['an odd name', '{"phoneNumber":"+1","a/b~":1}', ['confirmed /a~1b~0']],
  ];
  for (const [name, body, expected] of T)
    it(`with ${name} is told at its place`, () => {
      const request = { method: 'POST', url: API + ON_BEHALF, headers: TOKEN, ...(body === undefined ? {} : { body }) };
      const d = explain({ request });
      assert.deepEqual(
        all(d, 'invalid-payload').map((f) => `${f.verdict} ${f.place?.pointer}`),
        expected,
        table(d),
      );
    });

  it('says what a foreign field was meant to do, and what does it', () => {
    const f = one(explain(sent(PLAIN, 'POST', '{"phoneNumber":"+1","ownerId":"x"}')), 'invalid-payload');
    assert.match(words(f), /conversations\/calls\/user\/\{userId\}/);
    assert.match(words(f), /not verified/);
  });

  it('of another operation is not judged: its model is not known', () => {
    assert.deepEqual(all(explain(sent('/api/v2/users/search', 'POST', '{"x":1}')), 'invalid-payload'), []);
  });

  it('that an answer blames is explained by both', () => {
    const d = explain({
      ...sent(PLAIN, 'POST', `{"phoneNumber":"+1","callUserId":"${GUID}"}`),
      ...answer(400, 'too.many.create.conversation.parameters', 'Only a single destination can be supplied.'),
    });
    assert.deepEqual(
      all(d, 'invalid-payload').map((f) => `${f.verdict} ${f.place?.document} ${f.place?.pointer}`),
      ['confirmed response /message', 'confirmed request /callUserId'],
    );
  });
});
