import assert from 'node:assert/strict';
import fs from 'node:fs';
import { CAUSES } from '../../../src/diagnosis/model.js';
import { SCENARIO_GROUPS, SCENARIOS, type ScenarioRequest } from '../../../src/sandbox/scenarios.js';
import { askToken, type Json, list, orgCopy, type Reply, type Running, start, text } from './harness.js';

const NUMBER = { phoneNumber: '+13175550142' };
const ownCall = (r: Running, who = 'Sales Agent 7') => r.send(who, 'POST /api/v2/conversations/calls', NUMBER);
const onBehalf = (r: Running, who: string) => r.send(who, 'POST /api/v2/conversations/calls/user/{Sales Agent 7}', NUMBER);
const callsOf = async (r: Running, who = 'Sales Agent 7') => (await r.send(who, 'GET /api/v2/conversations/calls')).json['total'];

/** Sends a request of a scenario as it says. */
async function send(r: Running, request: ScenarioRequest, kept: Map<string, string>): Promise<Reply> {
  const { as, method, path, body, form, basic } = request;
  const idOf = (_: string, name: string): string => kept.get(name) ?? orgCopy().dataActions.find((a) => a.name === name)?.id ?? r.idOf(name);
  const filled = path.replace(/\{([^{}]+)\}/g, idOf);
  if (form !== undefined) {
    const client = r.sandbox.clients.find((c) => c.name === basic);
    assert.ok(client && method === 'POST' && path === '/oauth/token');
    return askToken(r.sandbox, client.id, client.secret, String(new URLSearchParams(form)));
  }
  const content = body === undefined ? undefined : JSON.stringify(body).replace(/\{([A-Z][^{}"]+)\}/g, idOf);
  return r.send(as ?? undefined, `${method} ${filled}`, content);
}

/** Sends what shows a scenario. @returns the answers, the last one last */
async function play(r: Running): Promise<readonly Reply[]> {
  const kept = new Map<string, string>();
  const replies: Reply[] = [];
  for (const request of r.sandbox.scenario.requests)
    for (let n = 0; n < (request.times ?? 1); n++) {
      const reply = await send(r, request, kept);
      for (const [name, pointer] of Object.entries(request.keep ?? {})) kept.set(name, text(reply.json[pointer.slice(1)]));
      replies.push(reply);
    }
  return replies;
}

const says = (status: number, code: string) => async (r: Running) => {
  const last = (await play(r)).at(-1);
  assert.deepEqual([last?.status, last?.json['code'], last?.json['status']], [status, code, status], last?.text);
};
const tokenRefused = (status: number, error: string) => async (r: Running) => {
  const last = (await play(r)).at(-1);
  assert.deepEqual([last?.status, last?.json['error']], [status, error], last?.text);
};
/** A call that is accepted, and whose legs then end. @returns the participants once none is in a live state */
async function ended(r: Running): Promise<Json[]> {
  const [placed] = await play(r);
  assert.ok(placed && [200, 202].includes(placed.status), placed?.text);
  const id = text(placed.json['id']);
  for (;;) {
    const { json } = await r.send('Sales Agent 7', `GET /api/v2/conversations/calls/${id}`);
    const participants = list(json['participants']);
    if (participants.length > 0 && participants.every((p) => /^(disconnected|terminated)$/.test(text(p['state'])))) return participants;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What each scenario promises. Statuses and codes: FACTS §1.4, §3.1, §3.2. */
const PROMISES: Readonly<Record<string, (running: Running) => Promise<void>>> = {
  default: async (r) => {
    for (const reply of await play(r)) assert.equal(reply.status, 200);
    assert.equal((await onBehalf(r, 'dialer-service')).status, 200);
  },
  'token-missing': says(401, 'authentication.required'),
  'token-expired': async (r) => {
    await says(401, 'credentials.expired')(r);
    assert.equal((await ownCall(r, 'Sales Agent 1')).status, 200);
  },
  'wrong-region': async (r) => {
    const [signIn, call] = await play(r);
    assert.deepEqual([signIn?.status, signIn?.json['error']], [401, 'invalid_client']);
    assert.deepEqual([call?.status, call?.json['code']], [401, 'bad.credentials']);
    assert.equal((await onBehalf(r, 'dialer-service')).status, 200);
  },
  'client-disabled': tokenRefused(401, 'invalid_client'),
  'grant-not-allowed': tokenRefused(400, 'unauthorized_client'),
  'token-request-malformed': tokenRefused(400, 'invalid_request'),
  'no-such-operation': says(404, 'not.found'),
  'no-user-context': says(400, 'not.a.user'),
  'missing-permission': says(403, 'missing.any.permissions'),
  'missing-division': says(403, 'missing.division.permission'),
  'missing-scope': async (r) => {
    await says(403, 'not.authorized')(r);
    assert.equal((await r.send('Sales Agent 7', 'GET /api/v2/users/me')).status, 200);
    assert.equal((await onBehalf(r, 'dialer-service')).status, 200, 'scopes do not apply to client credentials');
  },
  'feature-not-enabled': says(403, 'missing.any.permissions'),
  'access-rule': async (r) => {
    await says(403, 'not.authorized')(r);
    const reply = await onBehalf(r, 'dialer-service');
    assert.equal(reply.json['message'], 'You are not authorized to perform the requested action.', 'no list of permissions');
    assert.equal((await r.send('dialer-service', 'GET /api/v2/routing/queues')).status, 200, 'everything else is as it was');
    assert.equal((await onBehalf(r, 'admin-tool')).status, 200, 'the rule is about one client');
  },
  'ip-allow-list': async (r) => {
    await says(403, 'not.authorized')(r);
    assert.equal((await r.send('dialer-service', 'GET /api/v2/tokens/me')).status, 403, 'every operation');
    assert.equal((await onBehalf(r, 'admin-tool')).status, 200);
  },
  'stale-grant': async (r) => {
    const [granted, call] = await play(r);
    assert.ok(granted && granted.status < 300, granted?.text);
    assert.deepEqual([call?.status, call?.json['code']], [403, 'missing.any.permissions']);
    const subject = await r.send('Admin 1', 'GET /api/v2/authorization/subjects/{reporting-tool}');
    assert.ok(
      list(subject.json['grants']).some((g) => text(g['role']?.['name']) === 'Dialer'),
      'the grant shows at once',
    );
  },
  'org-trust': async (r) => {
    await says(403, 'missing.trustor.permissions')(r);
    assert.equal((await ownCall(r, 'Warehouse Clerk 1')).json['message'], 'Missing required permission(s)');
    assert.equal((await ownCall(r)).status, 200, 'those who are at home here may call');
  },
  'not-participant': says(403, 'not.authorized'),
  'unresolved-placeholder': says(400, 'invalid.id'),
  'wrong-id': async (r) => {
    for (const reply of await play(r)) assert.deepEqual([reply.status, reply.json['code']], [404, 'not.found']);
  },
  'invalid-payload': says(400, 'too.many.create.conversation.parameters'),
  'invalid-state': async (r) => {
    await says(409, 'userservice.stationalreadyassociated')(r);
    assert.equal((await ownCall(r)).status, 200, 'whoever is at the station stays there');
  },
  'remote-credentials': async (r) => {
    const [reply] = await play(r);
    // help.mypurecloud.com, "Data action fails during testing": 400, and the detail ACTION.AUTHENTICATION.
    assert.equal(reply?.status, 400);
    assert.deepEqual(
      list(reply?.json['details']).map((d) => text(d['errorCode'])),
      ['ACTION.AUTHENTICATION'],
    );
    assert.match(reply?.headers.get('x-sandbox-assumption') ?? '', /data action/);
  },
  'no-station': says(400, 'conversation.error.no.user.station'),
  'station-unreachable': says(500, 'providerapi.error.station.no.active.edge'),
  'station-silent': async (r) => {
    const [agent] = await ended(r);
    assert.equal(text(agent?.['errorInfo']?.['code']), 'error.ininedgecontrol.connection.timeout');
  },
  'invalid-number': async (r) => {
    const customer = (await ended(r)).find((p) => text(p['purpose']) === 'customer');
    assert.equal(text(customer?.['disconnectType']), 'endpoint');
    const id = text((await play(r))[0]?.json['id']);
    const look = SCENARIOS.find((s) => s.name === 'invalid-number')?.requests.at(-1);
    for (;;) {
      const { json } = await r.send('Sales Agent 7', `GET ${look?.path.replace('{conversationId}', id)}`);
      const called = list(json['participants']).find((p) => text(p['purpose']) === 'customer');
      const reasons = list(list(called?.['calls'])[0]?.['disconnectReasons']).map((reason) => `${reason['type']} ${reason['code']}`);
      // RFC 3261, 404 Not Found; Q.850, cause 1: unallocated (unassigned) number.
      if (reasons.length > 0) return assert.deepEqual(reasons, ['sip 404', 'q850 1']);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  },
  'no-route': async (r) => {
    const customer = (await ended(r)).find((p) => text(p['purpose']) === 'customer');
    assert.equal(text(customer?.['disconnectType']), 'error');
    assert.equal(text(customer?.['errorInfo']?.['code']), 'error.ininedgecontrol.connection.dialplan.notReachable');
  },
  'rate-limited': async (r) => {
    const replies = await play(r);
    replies.slice(0, 5).forEach((reply, i) => {
      assert.deepEqual([reply.status, reply.headers.get('inin-ratelimit-count'), reply.headers.get('inin-ratelimit-allowed')], [200, String(i + 1), '5']);
    });
    const reply = replies.at(-1);
    assert.deepEqual([reply?.status, reply?.json['code']], [429, 'too.many.requests']);
    assert.equal(reply?.json['message'], 'Rate limit exceeded the maximum [5] requests within [60] seconds');
    assert.match(reply?.headers.get('retry-after') ?? '', /^([1-9]|[1-5]\d|60)$/);
    assert.equal((await r.send('Sales Agent 1', 'GET /api/v2/users/me')).status, 200, 'somebody else has their own limit');
  },
  'platform-fault': async (r) => {
    await says(503, 'service.unavailable')(r);
    assert.equal(await callsOf(r), 0);
  },
  'gateway-timeout': async (r) => {
    await says(504, 'request.timeout')(r);
    assert.equal(await callsOf(r), 1);
  },
  'proxy-html': async (r) => {
    const [reply] = await play(r);
    assert.equal(reply?.status, 403);
    assert.match(reply?.headers.get('content-type') ?? '', /^text\/html/);
    assert.equal(reply?.headers.get('inin-correlation-id'), null);
    assert.equal((await r.send('Sales Agent 7', 'GET /api/v2/users/me')).status, 200);
  },
  'huge-answer': async (r) => {
    const [reply] = await play(r);
    assert.equal(reply?.status, 200);
    assert.ok(reply.text.length > 19_999_000 && reply.text.length < 20_001_000, String(reply.text.length));
    assert.ok(reply.json['id']);
  },
  'cut-answer': async (r) => {
    await assert.rejects(play(r), TypeError);
    assert.equal(await callsOf(r), 1);
  },
  'empty-answer': async (r) => {
    const [reply] = await play(r);
    assert.deepEqual([reply?.status, reply?.text], [200, '']);
    assert.equal(await callsOf(r), 1);
  },
  'wrong-type-answer': async (r) => {
    const [reply] = await play(r);
    assert.equal(reply?.status, 200);
    assert.match(reply?.headers.get('content-type') ?? '', /^text\/plain/);
    assert.ok((JSON.parse(reply?.text ?? '') as Json)['id']);
  },
  'slow-answer': async (r) => {
    const hasty = fetch(`${r.sandbox.origin}/api/v2/conversations/calls`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await r.token('Sales Agent 7')}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(NUMBER),
      signal: AbortSignal.timeout(200),
    });
    await assert.rejects(hasty, { name: 'TimeoutError' });
    assert.equal(await callsOf(r), 1);
  },
  'trickling-answer': async (r) => {
    const response = await fetch(`${r.sandbox.origin}/api/v2/conversations/calls`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await r.token('Sales Agent 7')}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(NUMBER),
    });
    assert.equal(response.status, 200);
    const first = await response.body?.getReader().read();
    assert.ok(first?.value && first.value.length < Number(response.headers.get('content-length')), 'the rest is still on its way');
  },
  'connection-reset': async (r) => {
    await assert.rejects(play(r), TypeError);
    assert.equal(await callsOf(r), 0);
  },
  'placed-answer-lost': async (r) => {
    await assert.rejects(play(r), TypeError);
    assert.equal(await callsOf(r), 1);
  },
};

describe('sandbox, scenarios', () => {
  for (const { name, title } of SCENARIOS)
    it(`${name}: ${title}`, async () => {
      const promise = PROMISES[name];
      assert.ok(promise, 'a scenario without a test');
      await promise(await start({ scenario: name }));
    });

  it('show every cause, and no other', () => {
    const shown = new Set(SCENARIOS.flatMap((s) => s.cause ?? []));
    assert.deepEqual([...shown].sort(), [...CAUSES].sort());
  });

  it('have names of their own, and something to send', () => {
    assert.equal(new Set(SCENARIOS.flatMap((s) => [s.name, s.title.toLowerCase()])).size, 2 * SCENARIOS.length);
    for (const { name, requests } of SCENARIOS) assert.ok(requests.length > 0, name);
    assert.deepEqual(
      SCENARIO_GROUPS.flatMap((g) => g.scenarios),
      SCENARIOS,
    );
  });

  it('are all in the documentation', () => {
    const docs = fs.readFileSync('docs/sandbox.md', 'utf8');
    for (const { name, cause, who, title } of SCENARIOS) {
      const row = docs.split('\n').find((line) => line.startsWith(`| ${name} |`));
      assert.ok(row?.startsWith(`| ${name} | ${cause === null ? '' : `\`${cause}\` `}| ${who ?? ''}${who === null ? '' : ' '}| ${title}. `), `${name}: ${row}`);
    }
  });

  it('are told to whoever starts one', async () => {
    const { sandbox } = await start({ scenario: 'no-station' });
    assert.equal(sandbox.scenario.cause, 'no-station');
    assert.equal(sandbox.users[0]?.name, sandbox.scenario.who);
  });
});
