import assert from 'node:assert/strict';
import { failing } from '../../../src/diagnosis/diagnose.js';
import { CAUSES, HOLDS } from '../../../src/diagnosis/model.js';
import { breadthOf } from '../../../src/diagnosis/orgFacts.js';
import { toJson, toMarkdown, toSarif, toText } from '../../../src/diagnosis/report.js';
import type { Exchange } from '../../../src/exchange/exchange.js';
import { readRoles } from '../../../src/org/parse.js';
import { GUID } from '../platform/facts.js';
import {
  ALL,
  ANY,
  against,
  all,
  answer,
  explain,
  facts,
  grant,
  HOME,
  ON_BEHALF,
  one,
  other,
  PLAIN,
  person,
  SALES,
  sent,
  table,
  unchecked,
  verdicts,
  words,
} from './cases.js';

const recorded = (path: string): Exchange => ({
  request: { method: 'GET', url: `https://api.mypurecloud.com${path}`, headers: [['accept', '*/*']], exported: true },
});
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const STEERS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]|\\u001b/;
const QUEUE = `/api/v2/routing/queues/${GUID}`;

describe('a missing Authorization header (FACTS §3.2)', () => {
  it('proves nothing against the code of the platform, nor where a browser left it out', () => {
    for (const code of ['bad.credentials', 'credentials.expired']) {
      const d = explain({ ...recorded('/api/v2/users/me'), ...answer(401, code, 'x') });
      assert.deepEqual(against(d), ['confirmed token-invalid'], table(d));
      assert.equal(one(d, 'token-missing').verdict, 'possible');
    }
    assert.equal(one(explain({ ...recorded('/api/v2/users/me'), ...other(401) }), 'token-missing').verdict, 'possible');
    assert.equal(one(explain(recorded('/api/v2/users/me')), 'token-missing').verdict, 'possible');
  });

  it('is proved by authentication.required, and by 401 without a word where it was written by hand', () => {
    const byHand: Exchange = sent('/api/v2/users/me', 'GET', undefined, [['accept', '*/*']]);
    assert.equal(one(explain({ ...recorded('/api/v2/users/me'), ...answer(401, 'authentication.required', 'x') }), 'token-missing').verdict, 'confirmed');
    assert.equal(one(explain({ ...byHand, ...other(401) }), 'token-missing').verdict, 'confirmed');
    assert.equal(one(explain({ ...byHand, ...answer(401, 'bad.credentials', 'x') }), 'token-missing').verdict, 'possible');
    assert.equal(one(explain(byHand), 'token-missing').verdict, 'confirmed');
  });
});

describe('an operation that the facts do not know (DESIGN §1: confirmed needs proof)', () => {
  const gone = (method: string, reply: Exchange): string =>
    verdicts(explain({ ...sent(`/api/v2/conversations/gone/${GUID}/x`, method, '{}'), ...reply }))['no-such-operation'] ?? 'none';
  it('is possible where the platform judged rights, object or body', () => {
    for (const [status, code] of [
      [403, 'not.authorized'],
      [403, 'forbidden'],
      [400, 'bad.request'],
      [400, 'constraint.validation'],
      [400, 'not.a.user'],
      [409, 'general.conflict'],
      [400, 'chat.error.conversation.state'],
    ] as const)
      assert.equal(gone('PATCH', answer(status, code, 'x')), 'possible', code);
    assert.equal(gone('GET', answer(403, 'missing.any.permissions', ANY('a:b:c'))), 'possible');
    assert.equal(gone('GET', answer(404, 'not.found', 'x', { entityId: GUID, entityName: 'Thing' })), 'possible');
  });
  it('is not proved where the platform answers before it looks for it, and is where nothing was found', () => {
    for (const [status, code] of [
      [401, 'bad.credentials'],
      [429, 'too.many.requests'],
      [500, 'internal.server.error'],
      [503, 'service.unavailable'],
    ] as const)
      assert.equal(gone('GET', answer(status, code, 'x')), 'likely', code);
    assert.equal(gone('GET', answer(404, 'not.found', 'x')), 'confirmed');
    assert.equal(gone('GET', other(404)), 'confirmed');
  });
  it('with a method that it does not have, as well', () => {
    const patch = (reply: Exchange): string => verdicts(explain({ ...sent('/api/v2/tokens/me', 'PATCH'), ...reply }))['no-such-operation'] ?? 'none';
    assert.equal(patch(answer(403, 'not.authorized', 'x')), 'possible');
    assert.equal(patch(answer(401, 'bad.credentials', 'x')), 'likely');
    assert.equal(patch(other(405)), 'confirmed');
  });
  it('is shown with as much of its path as a person reads', () => {
    const d = explain({ ...sent(`/api/v2/${'x'.repeat(1_000_000)}`, 'GET'), ...other(404) });
    for (const text of [toText(d), toMarkdown(d), JSON.stringify(toJson(d)), JSON.stringify(toSarif(d, {}))]) assert.ok(text.length < 20_000, `${text.length}`);
  });
});

describe('a check with a token that is dead', () => {
  const world = { caller: { ...unchecked('GET /api/v2/tokens/me', 'answered 401 bad.credentials'), status: 401, code: 'bad.credentials' } };
  it('says that the token is not accepted', () => {
    const d = explain(sent(QUEUE, 'GET'), { facts: facts(world) });
    const f = one(d, 'token-invalid');
    assert.deepEqual([f.verdict, f.because[0]?.source], ['confirmed', 'org']);
    assert.match(words(f), /401/);
    assert.ok(d.summary.includes(f.title), d.summary);
  });
  it('is likely where it was not the platform that said so, and says nothing of a request that was answered', () => {
    const stranger = { caller: { ...unchecked('GET /api/v2/tokens/me', 'answered 401'), status: 401 } };
    assert.equal(one(explain(sent(QUEUE, 'GET'), { facts: facts(stranger) }), 'token-invalid').verdict, 'likely');
    const refused = explain({ ...sent(QUEUE, 'GET'), ...answer(403, 'not.authorized', 'x') }, { facts: facts(world) });
    assert.notEqual(verdicts(refused)['token-invalid'], 'confirmed');
    const forbidden = { caller: { ...unchecked('GET /api/v2/tokens/me', 'answered 403 not.authorized'), status: 403, code: 'not.authorized' } };
    assert.deepEqual(all(explain(sent(QUEUE, 'GET'), { facts: facts(forbidden) }), 'token-invalid'), []);
  });
});

describe('how much a role gives away', () => {
  const role = (...policies: readonly (readonly [domain: string, entity: string, ...actions: string[]])[]): number =>
    breadthOf(policies.map(([domain, entity, ...actions]) => ({ domain, entity, actions })));
  it('grows with each wildcard, from the right to the left, whatever the number of the others', () => {
    const many = Array.from({ length: 300 }, (_, i) => ['routing', `e${i}`, '*'] as const);
    const order = [
      role(['a', 'b', 'view']),
      role(['a', 'b', 'view', 'edit']),
      role(['routing', 'queue', '*']),
      role(...many),
      role(['routing', '*', '*']),
      role(['*', '*', '*']),
    ];
    assert.deepEqual(
      [...order].sort((a, b) => a - b),
      order,
    );
    assert.equal(new Set(order).size, order.length);
    assert.ok(order.every(Number.isFinite));
  });
  type Role = readonly [name: string, domain: string, entity: string, action: string];
  const listing = (...roles: readonly Role[]): unknown => ({
    entities: roles.map(([name, domain, entityName, action]) => ({
      id: `id-${name}`,
      name,
      permissionPolicies: [{ domain, entityName, actionSet: [action] }],
    })),
  });
  const advised = (...roles: readonly Role[]) => {
    const world = facts({ grants: [], catalogue: ['routing:queue:edit'] });
    const value = readRoles(listing(...roles), 'routing:queue:edit') ?? [];
    const d = explain(
      { ...sent(QUEUE, 'PUT', '{}'), ...answer(403, 'missing.any.permissions', ANY('routing:queue:edit')) },
      { facts: { ...world, roles: { kind: 'known', value, from: 'GET /api/v2/authorization/roles?permission=…' }, queue: person('Sales EMEA', SALES) } },
    );
    return one(d, 'missing-permission');
  };
  it('decides which is advised: never the one that allows everything, while another suffices', () => {
    for (const roles of [
      [
        ['Admin', '*', '*', '*'],
        ['Supervisor', 'routing', 'queue', '*'],
      ],
      [
        ['Supervisor', 'routing', 'queue', '*'],
        ['Admin', '*', '*', '*'],
      ],
      [
        ['Routing', 'routing', '*', '*'],
        ['Admin', '*', '*', '*'],
        ['Supervisor', 'routing', 'queue', '*'],
      ],
    ] as const) {
      const f = advised(...roles);
      assert.equal(f.remedy?.roleName, 'Supervisor');
      assert.match(words(f), /the smallest is Supervisor/);
    }
  });
  it('has no role to advise where only everything would do', () => {
    const f = advised(['Admin', '*', '*', '*']);
    assert.equal(f.remedy, undefined);
    assert.doesNotMatch(f.fix.join(), /Admin/);
    assert.match(words(f), /allow everything: Admin/);
  });
});

describe('a sentence of the platform in somebody’s words', () => {
  it('is likely at most, and proves nothing that holds', () => {
    for (const text of [
      'We do not get "This request requires a user context. Client credentials cannot be used" any more, now it is 403.',
      'once: A station is required to place a call.',
      'No authentication bearer token specified in authorization header. (or was it the proxy?)',
    ]) {
      const d = explain(other(undefined, text));
      assert.deepEqual(
        all(d, 'no-user-context').filter((f) => f.verdict === 'confirmed'),
        [],
      );
      assert.ok(!d.findings.some((f) => f.verdict === 'confirmed'), table(d));
      assert.ok(!d.findings.some((f) => f.verdict === 'ruled-out' && f.because.some((e) => e.source === 'response')), table(d));
      assert.ok(failing(d.findings).length > 0, table(d));
    }
  });
  it('is one of several, and none is lost', () => {
    const d = explain(other(undefined, 'first: A station is required to place a call. then: This request requires a user context.'));
    assert.deepEqual(against(d).sort(), ['likely no-station', 'likely no-user-context'], table(d));
  });
  it('is proof as a body', () => {
    assert.equal(one(explain(answer(400, 'not.a.user', 'This request requires a user context.')), 'no-user-context').verdict, 'confirmed');
  });
});

describe('the grants of somebody who is taken for the sender', () => {
  const refused: Exchange = { ...sent(ON_BEHALF), ...answer(403, 'missing.any.permissions', ANY('conversation:call:add')) };
  const words_ = (exchange: Exchange, senderAssumed?: boolean): string =>
    explain(exchange, {
      facts: {
        ...facts({ grants: [grant(['conversation:call:add'], HOME)], agent: person('Ada', SALES) }),
        ...(senderAssumed === undefined ? {} : { senderAssumed }),
      },
    })
      .findings.map(words)
      .join('\n');
  it('are said to be those', () => {
    assert.match(words_(refused, true), /Read as the client wfm-tool; that the refused request was sent by the same caller is assumed\./);
  });
  it('need no such word where the product sent it, the token is the same, or nothing was sent yet', () => {
    for (const text of [words_(refused), words_(refused, false), words_(sent(ON_BEHALF), true)]) assert.doesNotMatch(text, /is assumed/);
  });
});

describe('what an answer says besides its message', () => {
  it('is quoted: messageParams.message, and the limit with namespace and value', () => {
    const d = explain(answer(400, 'chat.error.conversation.state', 'Conversation State', { messageParams: { message: 'The conversation is not active' } }));
    assert.match(words(one(d, 'invalid-state')), /Conversation State \(The conversation is not active\)/);
    const limited = explain(answer(429, 'too.many.requests', 'x', { limit: { key: 'token.rate.per.minute', namespace: 'platform.api', value: 300 } }));
    assert.match(words(one(limited, 'rate-limited')), /token\.rate\.per\.minute of platform\.api: 300/);
  });
  it('is not quoted twice', () => {
    const d = explain(answer(400, 'bad.request', 'The conversation is not active', { messageParams: { message: 'The conversation is not active' } }));
    assert.doesNotMatch(d.findings.map(words).join(), /\(The conversation/);
  });
  it('names permissions only where they are some', () => {
    const d = explain({ ...sent(QUEUE, 'GET'), ...answer(403, 'missing.any.permissions', ANY('\u001b[31m, com.inin.X, <b>, a b')) });
    const f = one(d, 'missing-permission');
    assert.equal(f.title, 'The caller lacks routing:queue:view');
    const mixed = explain({ ...sent(QUEUE, 'GET'), ...answer(403, 'missing.permissions', ALL('com.inin.X, routing:queue:*')) });
    assert.equal(one(mixed, 'missing-permission').title, 'The caller lacks routing:queue:*');
    assert.match(words(one(mixed, 'missing-permission')), /com\.inin\.X/);
  });
  it('contradicts who says that the token belongs to a user', () => {
    const refused: Exchange = { ...sent('/api/v2/users/me', 'GET'), ...answer(400, 'not.a.user', 'x') };
    assert.match(
      words(one(explain(refused, { grant: 'user' }), 'no-user-context')),
      /You said that the token belongs to a user\. The answer says that it does not/,
    );
    assert.doesNotMatch(words(one(explain(refused, { grant: 'client-credentials' }), 'no-user-context')), /You said that the token belongs to a user\./);
    assert.match(words(one(explain(refused, { facts: facts({ caller: 'user' }) }), 'no-user-context')), /Ada Agent.*was sent with another one/);
  });
});

describe('advice', () => {
  it('for the user of the path speaks of that user', () => {
    const d = explain({
      ...sent(`/api/v2/conversations/calls/${GUID}/participants/user/${GUID}`, 'POST', '{}'),
      ...answer(404, 'not.found', 'User 18ee7 is not a participant in the conversation.'),
    });
    assert.match(one(d, 'not-participant').fix.join(), /user id in the path/);
  });
  it('for a user’s token speaks of a phone only for calls', () => {
    const fix = (path: string, method = 'GET'): string =>
      one(explain({ ...sent(path, method), ...answer(400, 'not.a.user', 'x') }), 'no-user-context').fix.join('\n');
    assert.doesNotMatch(fix('/api/v2/users/me'), /phone/);
    assert.match(fix('/api/v2/users/me'), /GET \/api\/v2\/tokens\/me/);
    assert.match(fix(PLAIN, 'POST'), /whose phone it is/);
  });
  it('for a grant that was not accepted is about that grant (RFC 6749 §5.2)', () => {
    const asked = (body: string) =>
      one(
        explain({
          request: { method: 'POST', url: 'https://login.mypurecloud.com/oauth/token', headers: [['Content-Type', 'application/x-www-form-urlencoded']], body },
          ...other(400, '{"error":"invalid_grant","description":"x","error_description":"x"}'),
        }),
        'token-request-malformed',
      );
    assert.match(words(asked('grant_type=authorization_code&code=a')), /once.*redirect_uri has to be exactly.*code_verifier/s);
    assert.match(words(asked('grant_type=refresh_token&refresh_token=a')), /used, revoked or has ended/);
    assert.match(words(asked('grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Asaml2-bearer&assertion=a')), /new assertion/);
  });
  it('for a page in front of the API host does not send people to the API host, nor after scopes', () => {
    const page = explain({ ...sent(QUEUE, 'GET'), ...other(403, '<html><title>ERROR: The request could not be satisfied</title></html>') });
    assert.doesNotMatch(words(one(page, 'not-genesys')), /straight to the API host/);
    assert.match(words(one(page, 'not-genesys')), /It went to api\.mypurecloud\.com already/);
    assert.deepEqual(all(page, 'missing-scope'), []);
  });
  it('speaks of scopes that do not exist only to who names one', () => {
    const bare = explain({ ...sent(QUEUE, 'GET'), ...other(403) });
    assert.doesNotMatch(words(one(bare, 'missing-scope')), /not exist/);
    const named = explain({ ...sent(`${QUEUE}?scope=conversation:call:write`, 'GET'), ...other(403) });
    assert.match(words(one(named, 'missing-scope')), /conversation:call:write does not exist/);
    const real = explain({ ...sent(`${QUEUE}?scope=routing:readonly`, 'GET'), ...other(403) });
    assert.doesNotMatch(words(one(real, 'missing-scope')), /not exist/);
  });
  it('names a division once', () => {
    const d = explain(
      { ...sent(`/api/v2/routing/queues/${GUID}/members`, 'GET'), ...answer(403, 'missing.any.permissions', ANY('routing:queue:view')) },
      { facts: { ...facts({ grants: [grant(['routing:queue:view'], HOME)], agent: person('Ada', SALES), queue: person('Q', SALES) }) } },
    );
    const on = explain(
      {
        ...sent(ON_BEHALF, 'POST', `{"phoneNumber":"+13175550142","callFromQueueId":"${GUID}"}`),
        ...answer(403, 'missing.any.permissions', ANY('conversation:call:add')),
      },
      { facts: facts({ grants: [grant(['conversation:call:add'], HOME)], agent: person('Ada', SALES), queue: person('Q', SALES) }) },
    );
    for (const found of [d, on]) assert.doesNotMatch(found.findings.map(words).join('\n'), /Sales (?:and|or) Sales/);
    assert.match(words(one(on, 'missing-division')), /role Dialer in Sales as well/);
  });
});

describe('the reports of a diagnosis', () => {
  const d = explain({ ...sent(QUEUE, 'GET'), ...answer(404, 'not.found', 'x') });
  it('say in words what holds, each once', () => {
    assert.deepEqual(Object.keys(HOLDS), [...CAUSES]);
    const held = /requirements? holds?: (.*)$/m.exec(toText(d))?.[1]?.split(', ') ?? [];
    assert.ok(held.includes('answered by Genesys Cloud') && held.includes('a token was sent'), String(held));
    assert.equal(new Set(held).size, held.length);
    for (const cause of CAUSES) assert.ok(!held.includes(cause));
    const both = explain(sent(ON_BEHALF, 'POST', `{"phoneNumber":"+13175550142","callFromQueueId":"${GUID}"}`), {
      facts: facts({ grants: [grant(['conversation:call:add'], '*')], agent: person('Ada', SALES), queue: person('Q', SALES) }),
    });
    assert.equal(all(both, 'wrong-id').length, 2);
    assert.equal(toText(both).split(HOLDS['wrong-id']).length, 2);
  });
  it('have the correlation id where there is one', () => {
    const id = '8d839ca0-0000-4000-8000-000000000000';
    assert.ok(toText(d).includes(`Correlation id: ${id}`));
    assert.ok(toMarkdown(d).includes('Correlation id: 8d839ca0'));
    assert.equal((toJson(d) as { correlationId?: string }).correlationId, id);
    assert.ok(!('correlationId' in toJson(explain(sent(QUEUE, 'GET')))));
    assert.doesNotMatch(toText(explain(sent(QUEUE, 'GET'))), /Correlation id/);
  });
  it('neither steer nor turn what is read, in any format', () => {
    const hostile = explain({ ...sent(QUEUE, 'GET'), ...answer(403, 'odd\u001b[31m', 'a\u202eb\u2066c\u009b31m\u0007d', { contextId: 'c\u202e\u001b]0;x' }) });
    for (const text of [toText(hostile), toMarkdown(hostile), JSON.stringify(toJson(hostile)), JSON.stringify(toSarif(hostile, {}))])
      assert.doesNotMatch(text, STEERS);
  });
});
