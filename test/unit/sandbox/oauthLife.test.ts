import assert from 'node:assert/strict';
import { isRefusal } from '../../../src/sandbox/http/refusals.js';
import { LiveOrg } from '../../../src/sandbox/liveOrg.js';
import { Codes } from '../../../src/sandbox/oauth/codes.js';
import { Tokens } from '../../../src/sandbox/oauth/tokens.js';
import { readOrgFile } from '../../../src/sandbox/org/orgFile.js';
import { operations, orgCopy } from './harness.js';
import { CALLBACK, CHALLENGE, VERIFIER } from './signIn.js';

const HOUR = 3_600_000;

/** An org with a clock that stands still. */
function setUp(change: (org: ReturnType<typeof orgCopy>) => object = () => ({})) {
  const org = orgCopy();
  const file = readOrgFile({ ...org, ...change(org) });
  assert.ok(file.ok, JSON.stringify(file));
  const started = LiveOrg.start(file.org, operations.permissions, 'default');
  assert.ok(started.ok);
  const { live } = started;
  const clock = { now: Date.parse('2026-11-22T12:00:00Z') };
  const codes = new Codes(() => clock.now);
  const tokens = new Tokens(
    () => live.world,
    () => clock.now,
  );
  const client = (name: string) => {
    const found = [...live.world.clients.values()].find((c) => c.name === name);
    assert.ok(found);
    return found;
  };
  const person = (name: string) => {
    const found = [...live.world.people.values()].find((p) => p.name === name);
    assert.ok(found);
    return found;
  };
  const stateOf = (value: string): string => {
    const found = tokens.find(value);
    return isRefusal(found) ? found.code : found.subjectId;
  };
  return { live, clock, codes, tokens, client, person, stateOf };
}

describe('sandbox, the life of codes and tokens', () => {
  it('lets a code live five minutes', () => {
    for (const [later, ok] of [
      [299_999, true],
      [300_000, false],
    ] as const) {
      const { clock, codes, client, person } = setUp();
      const code = codes.issue({ clientId: client('call-desk').id, userId: person('Sales Agent 7').id, redirectUri: CALLBACK, challenge: CHALLENGE });
      clock.now += later;
      const redeemed = codes.redeem(code, { client: client('call-desk'), redirectUri: CALLBACK, verifier: VERIFIER });
      assert.equal(redeemed.ok, ok);
      if (!redeemed.ok) assert.match(redeemed.why, /expired/);
    }
  });

  it('forgets the oldest of very many codes', () => {
    const { codes, client, person } = setUp();
    const agreement = { clientId: client('call-desk').id, userId: person('Sales Agent 7').id, redirectUri: CALLBACK, challenge: undefined };
    const issued = Array.from({ length: 10_001 }, () => codes.issue(agreement));
    const redeem = (code = '') => codes.redeem(code, { client: client('call-desk'), redirectUri: CALLBACK, verifier: undefined }).ok;
    assert.deepEqual([redeem(issued[0]), redeem(issued[1]), redeem(issued[10_000])], [false, true, true]);
  });

  it('lets a token live as long as its client says', () => {
    const { clock, tokens, client, person, stateOf } = setUp((org) => ({
      clients: org.clients.map((c) => (c.name === 'call-desk' ? { ...c, accessTokenValiditySeconds: 300 } : c)),
    }));
    const user = tokens.issue(client('call-desk'), person('Sales Agent 7'));
    const app = tokens.issue(client('wfm-tool'));
    assert.deepEqual([user.seconds, app.seconds], [300, 86_400]);
    clock.now += 299_999;
    assert.equal(stateOf(user.value), person('Sales Agent 7').id);
    clock.now += 1;
    assert.equal(stateOf(user.value), 'credentials.expired');
    assert.equal(stateOf(app.value), client('wfm-tool').id);
    clock.now += 24 * HOUR;
    assert.equal(stateOf(app.value), 'credentials.expired');
  });

  it('ends a token that rests too long, and tells until when it may', () => {
    const { clock, tokens, client, stateOf } = setUp(() => ({ idleTokenTimeoutSeconds: 900 }));
    const { value } = tokens.issue(client('wfm-tool'));
    for (let n = 0; n < 3; n++) {
      clock.now += 899_999;
      const caller = tokens.find(value);
      assert.ok(!isRefusal(caller));
      assert.equal(caller.idlesAt, clock.now + 900_000);
    }
    clock.now += 900_000;
    assert.equal(stateOf(value), 'credentials.expired');
  });

  it('keeps everybody signed in when the scenario changes, and lets the scenario decide', () => {
    const { live, tokens, client, person, stateOf } = setUp();
    const user = tokens.issue(client('call-desk'), person('Sales Agent 7'), true);
    const app = tokens.issue(client('wfm-tool'));
    assert.ok(live.use('client-disabled').ok);
    assert.equal(stateOf(app.value), 'bad.credentials');
    assert.equal(stateOf(user.value), person('Sales Agent 7').id);
    const found = tokens.find(user.value);
    assert.ok(!isRefusal(found) && found.user === person('Sales Agent 7'), 'the user of the org that was');
    assert.ok(live.use('token-expired').ok);
    assert.equal(stateOf(user.value), 'credentials.expired');
    assert.ok(live.use('default').ok);
    assert.equal(stateOf(app.value), client('wfm-tool').id);
    assert.equal(stateOf(user.value), person('Sales Agent 7').id);
    assert.ok(tokens.renew(client('call-desk'), user.refresh ?? ''));
  });

  it('ends the tokens of who is not there any more', () => {
    const { live, tokens, client, person, stateOf } = setUp();
    const user = tokens.issue(client('call-desk'), person('Sales Agent 7'), true);
    const app = tokens.issue(client('wfm-tool'));
    const { id } = client('wfm-tool');
    live.world.deleteClient(client('wfm-tool'));
    assert.deepEqual(live.world.grantsOf(id), []);
    live.world.people.delete(person('Sales Agent 7').id);
    assert.equal(stateOf(app.value), 'bad.credentials');
    assert.equal(stateOf(user.value), 'bad.credentials');
    assert.equal(tokens.renew(client('call-desk'), user.refresh ?? ''), undefined);
  });

  it('counts by token, and by user and client (FACTS §8)', () => {
    const { tokens, client, person } = setUp();
    const callerOf = (name: string, user?: string) => {
      const caller = tokens.find(tokens.issue(client(name), user === undefined ? undefined : person(user)).value);
      assert.ok(!isRefusal(caller));
      return caller;
    };
    const [one, two] = [callerOf('call-desk', 'Sales Agent 7'), callerOf('call-desk', 'Sales Agent 7')];
    assert.notEqual(one.window, two.window);
    assert.equal(one.clientWindow, two.clientWindow);
    assert.notEqual(one.clientWindow, callerOf('call-desk', 'Sales Agent 1').clientWindow);
    assert.notEqual(one.clientWindow, callerOf('call-desk-vscode', 'Sales Agent 7').clientWindow);
    assert.equal(callerOf('wfm-tool').clientWindow, callerOf('wfm-tool').clientWindow);
  });
});
