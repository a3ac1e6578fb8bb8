import assert from 'node:assert/strict';
import { type Diagnosis, diagnose, failing } from '../../../src/diagnosis/diagnose.js';
import { CAUSES, type Cause } from '../../../src/diagnosis/model.js';
import type { Exchange } from '../../../src/exchange/exchange.js';
import { Client } from '../../../src/org/client.js';
import { gatherFacts } from '../../../src/org/evidence.js';
import { send } from '../../../src/org/http.js';
import { sandboxRegion } from '../../../src/platform/regions.js';
import { SCENARIOS, type ScenarioInfo, type ScenarioRequest } from '../../../src/sandbox/scenarios.js';
import { operations, orgCopy, type Running, start } from '../sandbox/harness.js';

/** What an answer may prove, by its code (FACTS §1.4, §3.2, §4): the truth that a `confirmed` is held against, written without looking at ours. */
const PROVES: Readonly<Record<string, readonly Cause[]>> = {
  'authentication.required': ['token-missing'],
  'credentials.expired': ['token-invalid'],
  'bad.credentials': ['token-invalid', 'wrong-region'],
  'not.a.user': ['no-user-context'],
  'missing.permissions': ['missing-permission', 'feature-not-enabled'],
  'missing.any.permissions': ['missing-permission', 'feature-not-enabled'],
  'missing.division.permission': ['missing-division'],
  'missing.trustor.permissions': ['org-trust'],
  'conversation.error.forbidden.not.active.participant': ['not-participant'],
  'conversation.error.no.user.station': ['no-station'],
  'providerapi.error.station.no.active.edge': ['station-unreachable'],
  'providerapi.error.no.station.for.edge': ['station-unreachable'],
  'too.many.requests': ['rate-limited'],
  'too.many.create.conversation.parameters': ['invalid-payload'],
  'bad.request': ['invalid-payload', 'unresolved-placeholder'],
  'invalid.id': ['wrong-id', 'unresolved-placeholder'],
  'not.found': ['wrong-id', 'no-such-operation'],
  'general.conflict': ['invalid-state'],
  'userservice.stationalreadyassociated': ['invalid-state'],
  'request.timeout': ['platform-fault'],
  'service.unavailable': ['platform-fault'],
  INVALID_CREDENTIALS: ['remote-credentials'],
  invalid_client: ['client-rejected'],
  unauthorized_client: ['grant-not-allowed'],
  invalid_request: ['token-request-malformed'],
  'error.ininedgecontrol.connection.dialplan.notReachable': ['no-route'],
};
/** Wrong for everybody who sends it, whatever comes first on the way. */
const ALWAYS: ReadonlySet<Cause> = new Set(['unresolved-placeholder', 'no-user-context', 'no-such-operation']);

interface Played {
  readonly exchange: Exchange;
  readonly as: string | null;
}

/** Sends what a scenario says, the last request as somebody else where one is named. */
async function play(r: Running, scenario: ScenarioInfo, instead?: string): Promise<Played> {
  const kept = new Map<string, string>();
  let last: Played | undefined;
  for (const [i, request] of scenario.requests.entries())
    for (let n = 0; n < (request.times ?? 1); n++) {
      const isLast = i === scenario.requests.length - 1;
      last = await sendOne(r, isLast && instead !== undefined && request.as !== null ? { ...request, as: instead } : request, kept);
      const json = parsed(last.exchange.response?.body);
      for (const [name, pointer] of Object.entries(request.keep ?? {})) kept.set(name, String(json[pointer.slice(1)]));
    }
  assert.ok(last);
  return last;
}

async function sendOne(r: Running, { as, method, path, body, form, basic }: ScenarioRequest, kept: ReadonlyMap<string, string>): Promise<Played> {
  const idOf = (_: string, name: string): string => kept.get(name) ?? orgCopy().dataActions.find((a) => a.name === name)?.id ?? r.idOf(name);
  const url = r.sandbox.origin + path.replace(/\{([^{}]+)\}/g, idOf);
  const content = form ? String(new URLSearchParams(form)) : body === undefined ? undefined : JSON.stringify(body).replace(/\{([A-Z][^{}"]+)\}/g, idOf);
  const client = r.sandbox.clients.find((c) => c.name === basic);
  const headers: Record<string, string> = {
    ...(as === null ? {} : { Authorization: `Bearer ${await r.token(as)}` }),
    ...(client ? { Authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` } : {}),
    ...(content === undefined ? {} : { 'Content-Type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
  };
  const sent = { method, url, headers: Object.entries(headers), ...(content === undefined ? {} : { body: content }) };
  const answer = await fetch(url, { method, headers, ...(content === undefined ? {} : { body: content }) });
  return { as, exchange: { request: sent, response: { status: answer.status, headers: [...answer.headers], body: await answer.text() } } };
}

const parsed = (body: string | undefined): Record<string, unknown> => {
  try {
    return JSON.parse(body ?? '{}') as Record<string, unknown>;
  } catch {
    return {};
  }
};

/** As the command line does with `--org`: with the facts that the same caller may read. */
async function explained(r: Running, { exchange, as }: Played): Promise<Diagnosis> {
  if (as === null) return diagnose({ exchange, operations });
  const token = await r.token(as);
  const client = new Client(
    sandboxRegion(r.sandbox.origin),
    async () => ({ kind: 'ok', token }),
    (request) => send({ ...request, timeout: 3000 }),
  );
  return diagnose({ exchange, operations, facts: await gatherFacts(client, exchange, operations) });
}

const shown = (d: Diagnosis): string => [d.summary, ...d.findings.map((f) => `  ${f.verdict} ${f.cause}: ${f.title}`)].join('\n');

/** Nothing is confirmed that neither the answer nor the request can prove. */
function nothingWrong(d: Diagnosis, exchange: Exchange): void {
  const json = parsed(exchange.response?.body);
  const failed = /"code":"(error\.ininedgecontrol[^"]*)"/.exec(exchange.response?.body ?? '')?.[1];
  const code = String(json['code'] ?? json['error'] ?? failed ?? '');
  const allowed = new Set<Cause>([...(PROVES[code] ?? []), ...ALWAYS]);
  // What came before is not looked at by the platform any more, and the request may be wrong as well.
  for (const f of d.findings)
    if (f.verdict === 'confirmed' && f.place?.document !== 'request') assert.ok(allowed.has(f.cause), `confirmed ${f.cause} after ${code}\n${shown(d)}`);
}

/** Calls that are accepted and fail later. */
const AFTERWARDS = new Set(['invalid-number', 'no-route', 'station-silent']);

describe('the diagnosis against the sandbox, which knows nothing of it', function () {
  this.timeout(60_000);
  const played = SCENARIOS.filter((s) => s.cause !== null);

  it('has every cause among its scenarios', () => {
    assert.deepEqual(
      CAUSES.filter((c) => !played.some((s) => s.cause === c)),
      [],
    );
  });

  for (const scenario of played)
    describe(scenario.name, () => {
      let running: Running;
      before(async () => {
        running = await start({ scenario: scenario.name });
      });

      it(`is explained by ${scenario.cause}`, async () => {
        const sent = await play(running, scenario);
        const one = AFTERWARDS.has(scenario.name) ? await afterwards(running, sent) : sent;
        const d = await explained(running, one);
        assert.ok(
          failing(d.findings).some((f) => f.cause === scenario.cause) || OPEN.get(scenario.cause ?? '')?.(d) === true,
          `${one.exchange.response?.status} ${one.exchange.response?.body?.slice(0, 300)}\n${shown(d)}`,
        );
        nothingWrong(d, one.exchange);
      });

      for (const caller of ['Sales Agent 7', 'dialer-service', 'reporting-tool', 'Warehouse Clerk 1'])
        it(`confirms nothing wrong when ${caller} sends it`, async () => {
          const one = await play(running, scenario, caller).catch((e: unknown) => {
            // A fault that cuts the connection leaves nothing to explain; a disabled client has no token.
            assert.match(String(e), /fetch failed|terminated|invalid_client|40[01]/);
            return undefined;
          });
          if (one) nothingWrong(await explained(running, one), one.exchange);
        });
    });
});

/** What FACTS leave open is open: the body of a scope refusal and of an access rule is not known (§3.2, §10). */
const OPEN: ReadonlyMap<string, (d: Diagnosis) => boolean> = new Map([
  ['access-rule', (d) => d.findings.some((f) => f.cause === 'access-rule' && f.verdict === 'possible')],
  ['wrong-region', (d) => d.findings.some((f) => f.cause === 'wrong-region' && f.verdict === 'possible')],
]);

/** The conversation that the last request read, once its legs have ended. */
async function afterwards(r: Running, { as, exchange }: Played): Promise<Played> {
  const path = new URL(exchange.request?.url ?? '').pathname;
  for (;;) {
    const read = await sendOne(r, { as, method: 'GET', path }, new Map());
    if (/"(?:errorInfo|disconnectReasons)"/.test(read.exchange.response?.body ?? '')) return read;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
