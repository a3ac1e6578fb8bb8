import assert from 'node:assert/strict';
import type { OrgFacts } from '../../../src/diagnosis/orgFacts.js';
import type { Exchange } from '../../../src/exchange/exchange.js';
import { GUID, OTHER_GUID } from '../platform/facts.js';
import {
  ALL,
  ANY,
  against,
  all,
  answer,
  BOTH_CALLS,
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
  type World,
  words,
} from './cases.js';

const CALL_ADD = 'conversation:call:add';
const refusedAny: Exchange = { ...sent(ON_BEHALF), ...answer(403, 'missing.any.permissions', ANY(BOTH_CALLS)) };
const inOrg = (exchange: Exchange, world: World) => explain(exchange, { facts: facts(world) });

describe('the grants of the caller', () => {
  /** [name, exchange, world, what is confirmed or likely]. Rules of DESIGN §1, FACTS §3.3, §3.4. */
  const T: readonly (readonly [string, Exchange, World, readonly string[]])[] = [
    ['without any role: proved missing', refusedAny, { grants: [] }, ['confirmed missing-permission']],
    ['with another role: proved missing', refusedAny, { grants: [grant(['routing:queue:view'], '*')] }, ['confirmed missing-permission']],
    ['not sent yet, without the role: proved missing', sent(ON_BEHALF), { grants: [] }, ['confirmed missing-permission']],
    ['not sent yet, with the role everywhere: nothing', sent(ON_BEHALF), { grants: [grant([CALL_ADD], '*')] }, []],
    [
      'the plain operation, not refused, without the role: likely, for it is not verified',
      sent(PLAIN),
      { caller: 'user', grants: [] },
      ['likely missing-permission'],
    ],
    [
      'the plain operation, refused',
      { ...sent(PLAIN), ...answer(403, 'missing.any.permissions', ANY('conversation:conference:add')) },
      { caller: 'user', grants: [] },
      ['confirmed missing-permission'],
    ],
    [
      'that cannot be read: the text alone',
      refusedAny,
      { grants: unchecked('GET /api/v2/authorization/subjects/me', '403 forbidden') },
      ['likely missing-permission'],
    ],
    [
      'in Home, the agent in Sales: the division',
      refusedAny,
      { grants: [grant([CALL_ADD], HOME)], agent: person('Sales Agent 7', SALES) },
      ['confirmed missing-division'],
    ],
    [
      'in Home, the agent in Sales, not sent yet',
      sent(ON_BEHALF),
      { grants: [grant([CALL_ADD], HOME)], agent: person('Sales Agent 7', SALES) },
      ['likely missing-division'],
    ],
    [
      'in Sales, the agent in Sales, refused: a grant on its way',
      refusedAny,
      { grants: [grant([CALL_ADD], SALES)], agent: person('Sales Agent 7', SALES) },
      ['likely stale-grant'],
    ],
    ['in all divisions, refused: a grant on its way', refusedAny, { grants: [grant([CALL_ADD], '*')] }, ['likely stale-grant']],
    ['in Home, the object unknown, refused: perhaps the division', refusedAny, { grants: [grant([CALL_ADD], HOME)] }, ['likely missing-division']],
    [
      'in Home, an agent whose division the org does not tell',
      refusedAny,
      { grants: [grant([CALL_ADD], HOME)], agent: person('X', '') },
      ['likely missing-division'],
    ],
    [
      'in Home, refused, and the permission knows no divisions',
      refusedAny,
      {
        grants: [grant([CALL_ADD], HOME)],
        agent: person('X', SALES),
        catalogue: [CALL_ADD, 'conversation:agentlessCall:add'].map((permission) => ({ permission, divisionAware: false })),
      },
      ['likely stale-grant'],
    ],
    ['by a wildcard, refused', refusedAny, { grants: [grant(['*:*:*'], '*')] }, ['likely stale-grant']],
    ['by a wildcard of the domain', sent(ON_BEHALF), { grants: [grant(['conversation:*:*'], '*')] }, []],
    ['by a wildcard of the action, in other letters', sent(ON_BEHALF), { grants: [grant(['conversation:CALL:*'], '*')] }, []],
    ['by a wildcard of another domain', sent(ON_BEHALF), { grants: [grant(['routing:*:*'], '*')] }, ['confirmed missing-permission']],
    [
      'of a permission that the org does not have: the feature',
      refusedAny,
      { grants: [], catalogue: ['routing:queue:view'] },
      ['confirmed feature-not-enabled'],
    ],
    [
      'of everything, but the org does not have it: the feature',
      refusedAny,
      { grants: [grant(['*:*:*'], '*')], catalogue: ['routing:queue:view'] },
      ['confirmed feature-not-enabled'],
    ],
    ['of none of two, of which the org has one: the permission', refusedAny, { grants: [], catalogue: [CALL_ADD] }, ['confirmed missing-permission']],
    ['under a condition, refused: the rule', refusedAny, { grants: [grant([CALL_ADD], '*', 'Dialer', true)] }, ['likely access-rule']],
    [
      'of what the answer names, not of what the operation declares',
      { ...sent(ON_BEHALF), ...answer(403, 'missing.permissions', ALL('routing:queue:view')) },
      { grants: [grant(['routing:queue:view'], '*')] },
      ['likely missing-permission'],
    ],
    [
      'without the permission, but the answer is "not found": never confirmed',
      { ...sent(`/api/v2/routing/queues/${GUID}`, 'GET'), ...answer(404, 'not.found', 'x') },
      { grants: [] },
      ['likely wrong-id'],
    ],
    [
      'where nothing was named: nothing to compare',
      { ...sent(`/api/v2/userrecordings/${GUID}/transcoding`, 'GET'), ...answer(403, 'missing.any.permissions', ANY('')) },
      { grants: [] },
      ['likely missing-permission'],
    ],
  ];
  for (const [name, exchange, world, expected] of T)
    it(name, () => {
      const d = inOrg(exchange, world);
      const ours = against(d).filter((s) => !s.endsWith('no-user-context'));
      assert.deepEqual(ours, expected, table(d));
    });

  it('say where the permission is held and in which role', () => {
    const f = one(inOrg(refusedAny, { grants: [grant([CALL_ADD], HOME)], agent: person('Sales Agent 7', SALES) }), 'missing-division');
    assert.equal(f.title, 'wfm-tool may not call for agents in Sales');
    assert.match(words(f), /Holds conversation:call:add in Home only \(role Dialer\)/);
    assert.match(words(f), /Sales Agent 7 is in division Sales/);
    assert.match(words(f), /Grant the client wfm-tool role Dialer in Sales as well/);
  });

  it('advise only what the org can grant', () => {
    const f = one(inOrg(refusedAny, { grants: [], catalogue: [CALL_ADD] }), 'missing-permission');
    assert.match(f.fix.join(), /conversation:call:add/);
    assert.doesNotMatch(f.fix.join(), /agentlessCall/);
  });

  it('are a complete list: what is held rules the requirement out', () => {
    const v = verdicts(inOrg(sent(ON_BEHALF), { grants: [grant([CALL_ADD], SALES)], agent: person('A', SALES) }));
    assert.deepEqual([v['missing-permission'], v['missing-division']], ['ruled-out', 'ruled-out']);
    assert.equal(one(inOrg(sent(ON_BEHALF), { grants: [grant([CALL_ADD], '*', 'Dialer', true)] }), 'missing-permission').verdict, 'unchecked');
  });

  it('count one by one where all are needed', () => {
    const path = `/api/v2/businessrules/decisiontables/${GUID}/versions/1/rows/${GUID}`;
    const both = ['businessrules:decisionTableRow:delete', 'routing:queue:view'];
    const world = (grants: World['grants'] & object, catalogue = both): World => ({ grants, catalogue });
    const half = inOrg(sent(path, 'DELETE', ''), world([grant(['routing:queue:view'], '*')]));
    assert.equal(one(half, 'missing-permission').verdict, 'confirmed');
    assert.match(one(half, 'missing-permission').title, /lacks businessrules:decisionTableRow:delete$/);
    assert.deepEqual(against(inOrg(sent(path, 'DELETE', ''), world([grant(both, '*')]))), []);
    const elsewhere = { ...sent(path, 'DELETE', ''), ...answer(403, 'missing.permissions', ALL(both.map((p) => `${p}:${SALES}`).join(', '))) };
    const split = inOrg(elsewhere, world([grant([both[0] as string], SALES, 'A'), grant([both[1] as string], HOME, 'B')]));
    assert.equal(one(split, 'missing-division').verdict, 'confirmed', table(split));
    const oneAbsent = inOrg(sent(path, 'DELETE', ''), world([], ['routing:queue:view']));
    assert.match(one(oneAbsent, 'feature-not-enabled').title, /does not have businessrules:decisionTableRow:delete$/);
  });

  it('compare names in any letters with the catalogue', () => {
    const exchange = { ...sent('/api/v2/routing/queues', 'GET'), ...answer(403, 'missing.any.permissions', ANY('Routing:Queue:View')) };
    assert.deepEqual(against(inOrg(exchange, { grants: [] })), ['confirmed missing-permission']);
  });
});

describe('the division of the object', () => {
  const named = (list: string): Exchange => ({
    ...sent(ON_BEHALF),
    ...answer(403, 'missing.division.permission', `${ANY(CALL_ADD)} in at least one of the following division(s): [${list}]`),
  });
  it('that the answer names decides, and is shown by its name where one is known', () => {
    const d = inOrg(named(SALES), { grants: [grant([CALL_ADD], HOME), grant(['routing:queue:view'], SALES)] });
    const f = one(d, 'missing-division');
    assert.deepEqual([f.verdict, f.place?.pointer, f.place?.words], ['confirmed', '/message', SALES]);
    assert.match(f.title, /in Sales/);
    assert.match(one(inOrg(named(OTHER_GUID), { grants: [grant([CALL_ADD], HOME)] }), 'missing-division').title, new RegExp(OTHER_GUID));
  });

  it('is met by one of several where the answer says "at least one"', () => {
    assert.deepEqual(against(inOrg(named(`${SALES}, ${HOME}`), { grants: [grant([CALL_ADD], HOME)] })), ['likely stale-grant']);
    const f = one(inOrg(named(`${SALES}, ${OTHER_GUID}`), { grants: [grant([CALL_ADD], HOME)] }), 'missing-division');
    assert.equal(f.verdict, 'confirmed');
    assert.match(f.fix[0] as string, / or /);
  });

  it('of the queue in callFromQueueId is never proved to count: no source says so', () => {
    const body = `{"phoneNumber":"+13175550142","callFromQueueId":"${GUID}"}`;
    const world: World = { grants: [grant([CALL_ADD], HOME)], agent: person('A', HOME), queue: person('Sales EMEA', SALES) };
    const ahead = one(inOrg(sent(ON_BEHALF, 'POST', body), world), 'missing-division');
    const refused = one(inOrg({ ...sent(ON_BEHALF, 'POST', body), ...answer(403, 'missing.any.permissions', ANY(BOTH_CALLS)) }, world), 'missing-division');
    assert.deepEqual([ahead.verdict, refused.verdict], ['possible', 'likely']);
    assert.match(words(ahead), /not verified/);
  });
});

describe('other facts of the org', () => {
  it('tell who holds the token, and so whether it has a user', () => {
    const client = inOrg(sent(PLAIN), { caller: 'client', grants: [grant(['*:*:*'], '*')] });
    assert.equal(one(client, 'no-user-context').verdict, 'confirmed');
    assert.equal(one(client, 'no-user-context').because[0]?.source, 'token');
    assert.equal(one(inOrg(sent(PLAIN), { caller: 'user', grants: [] }), 'no-user-context').verdict, 'ruled-out');
    assert.equal(one(inOrg(sent(PLAIN), { caller: unchecked('GET /api/v2/tokens/me', 'timed out'), grants: [] }), 'no-user-context').verdict, 'unchecked');
  });

  it('outweigh what somebody said about the grant', () => {
    const d = explain(sent(PLAIN), { grant: 'client-credentials', facts: facts({ caller: 'user', grants: [] }) });
    assert.equal(one(d, 'no-user-context').verdict, 'ruled-out');
  });

  const station = (value: { name: string; status: string } | undefined) => ({ kind: 'known' as const, value, from: 'GET /api/v2/users/me?expand=station' });
  it('prove a missing station for oneself, and make it likely for others', () => {
    const none = { grants: [grant(['*:*:*'], '*')], station: station(undefined) };
    assert.equal(one(inOrg(sent(PLAIN), { ...none, caller: 'user' }), 'no-station').verdict, 'confirmed');
    assert.equal(one(inOrg(sent(ON_BEHALF), none), 'no-station').verdict, 'likely');
    assert.match(words(one(inOrg(sent(ON_BEHALF), none), 'no-station')), /not verified/);
  });
  it('show a station that works, and one that is offline', () => {
    const with_ = (status: string) => inOrg(sent(PLAIN), { caller: 'user', grants: [grant(['*:*:*'], '*')], station: station({ name: 'web-7', status }) });
    assert.equal(one(with_('ASSOCIATED'), 'no-station').verdict, 'ruled-out');
    assert.equal(one(with_('OFFLINE'), 'station-unreachable').verdict, 'likely');
  });
  it('that may not be read are unchecked with their reason, never a finding', () => {
    const why = 'may not read it: telephony:otherStationAssociation:view';
    const d = inOrg(sent(ON_BEHALF), {
      caller: unchecked('GET /api/v2/tokens/me', 'an HTML page'),
      grants: unchecked('GET /api/v2/authorization/subjects/me', 'timed out'),
      agent: unchecked('GET /api/v2/users/x', '403'),
      station: unchecked('GET /api/v2/users/x?expand=station', why),
    });
    assert.deepEqual(against(d), [], table(d));
    assert.match(words(one(d, 'no-station')), new RegExp(why));
    assert.match(words(one(d, 'missing-permission')), /timed out/);
  });

  it('prove that the agent does not exist', () => {
    const gone = { kind: 'known' as const, value: undefined, from: `GET /api/v2/users/${GUID}` };
    const f = one(inOrg(sent(ON_BEHALF), { grants: [grant(['*:*:*'], '*')], agent: gone }), 'wrong-id');
    assert.deepEqual([f.verdict, f.place?.part, f.place?.words], ['confirmed', 'url', GUID]);
    assert.equal(one(inOrg(sent(ON_BEHALF), { grants: [], agent: person('A', HOME) }), 'wrong-id').verdict, 'ruled-out');
  });

  it('show the scopes of a token where a refusal names nothing', () => {
    const refused = { ...sent('/api/v2/routing/skills', 'GET'), ...answer(403, 'not.authorized', 'x') };
    const world = (scopes: string[]) => {
      const f = facts({ caller: 'user', grants: [grant(['*:*:*'], '*')] });
      return explain(refused, { facts: { ...f, caller: f.caller.kind === 'known' ? { ...f.caller, value: { ...f.caller.value, scopes } } : f.caller } });
    };
    // Nothing else speaks against it; that the org enforces scopes is not proved.
    assert.equal(one(world(['users']), 'missing-scope').verdict, 'likely');
    assert.match(words(one(world(['users']), 'missing-scope')), /off by default/);
    assert.equal(one(world(['routing:readonly']), 'missing-scope').verdict, 'ruled-out');
    assert.deepEqual(all(explain({ ...refused, ...other(200, '{}') }), 'missing-scope'), []);
  });

  describe('that the platform refuses although they are there (FACTS §3.4: minutes)', () => {
    const held = (madeAt: string): OrgFacts => {
      const f = facts({ grants: [{ ...grant([CALL_ADD], '*'), madeAt }] });
      return { ...f, at: '2026-11-22T14:10:00.000Z' };
    };
    const at = (date: string): Exchange => ({ ...refusedAny, response: { ...refusedAny.response, headers: [['Date', date]] } });

    it('made after the refusal or minutes before it: on its way, with the time to try again', () => {
      for (const madeAt of ['2026-11-22T14:03:00Z', '2026-11-22T14:00:30Z', '2026-11-22T13:58:00Z']) {
        const stale = one(explain(at('Sun, 22 Nov 2026 14:02:00 GMT'), { facts: held(madeAt) }), 'stale-grant');
        assert.equal(stale.verdict, 'likely');
        const again = new Date(Date.parse(madeAt) + 5 * 60_000).toISOString().slice(11, 16);
        assert.ok(words(stale).includes(`${again} UTC`), words(stale));
      }
    });

    it('made long before it: something else may override them', () => {
      const d = explain(at('Sun, 22 Nov 2026 14:02:00 GMT'), { facts: held('2026-11-20T09:00:00Z') });
      assert.deepEqual([one(d, 'stale-grant').verdict, one(d, 'access-rule').verdict], ['possible', 'possible']);
    });

    it('takes the time of asking where the answer has no date, and no time where the platform tells none', () => {
      assert.equal(one(explain(refusedAny, { facts: held('2026-11-22T14:07:00Z') }), 'stale-grant').verdict, 'likely');
      assert.equal(one(explain(refusedAny, { facts: held('2026-11-22T13:00:00Z') }), 'stale-grant').verdict, 'possible');
      assert.equal(one(explain(refusedAny, { facts: held('yesterday') }), 'stale-grant').verdict, 'likely');
    });
  });
});
