import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CaseInput } from '../../../src/diagnosis/case.js';
import { type Diagnosis, failing } from '../../../src/diagnosis/diagnose.js';
import { CAUSES, isPlace, VERDICTS } from '../../../src/diagnosis/model.js';
import { toJson, toMarkdown, toSarif, toText } from '../../../src/diagnosis/report.js';
import type { Exchange, Headers } from '../../../src/exchange/exchange.js';
import { locator, renderExchange } from '../../../src/exchange/exchangeDocument.js';
import { FIELDS } from '../../../src/platform/callRequest.js';
import { GUID, OTHER_GUID, operations } from '../platform/facts.js';
import { ANSWERS } from './answers.js';
import { ALL, ANY, API, explain, facts, grant, HOME, ON_BEHALF, PLAIN, person, SALES, sent, TOKEN } from './cases.js';

const CODES = [
  'not.a.user',
  'missing.permissions',
  'missing.any.permissions',
  'missing.division.permission',
  'not.authorized',
  'bad.credentials',
  'authentication.required',
  'not.found',
  'invalid.id',
  'bad.request',
  'too.many.requests',
  'conversation.error.no.user.station',
  'providerapi.error.x',
  'forbidden',
  'x',
];
const permission = fc.constantFrom('conversation:call:add', 'conversation:conference:add', 'routing:queue:view', `conversation:call:add:${SALES}`, '', 'x');
const message = fc.oneof(
  fc.array(permission, { maxLength: 3 }).map((l) => ANY(l.join(', '))),
  fc.array(permission, { maxLength: 3 }).map((l) => `${ALL(l.join(', '))} in at least one of the following division(s): [${OTHER_GUID}]`),
  fc.string({ unit: 'binary' }),
);
const platformBody = fc.record(
  {
    status: fc.oneof(fc.integer(), fc.anything()),
    code: fc.constantFrom(...CODES),
    message,
    contextId: fc.string(),
    details: fc.array(fc.dictionary(fc.string(), fc.string()), { maxLength: 2 }),
    errors: fc.array(fc.record({ code: fc.constantFrom(...CODES), message }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const callBody = fc.dictionary(
  fc.oneof(fc.constantFrom(...FIELDS.map((f) => f.name), 'to', 'ownerId', 'a/b', '~'), fc.string()),
  fc.oneof(fc.constantFrom('{{x}}', '+13175550142', GUID, '<ID>'), fc.jsonValue()),
  { maxKeys: 5 },
);
const headers: fc.Arbitrary<Headers> = fc.array(
  fc.tuple(
    fc.constantFrom('Authorization', 'content-type', 'Server', 'ININ-Correlation-Id', 'x'),
    fc.oneof(fc.string(), fc.constantFrom('Bearer abc', 'Bearer', 'Basic x', '{{t}}')),
  ),
  { maxLength: 3 },
);
const url = fc.oneof(
  fc.constantFrom(
    API + PLAIN,
    API + ON_BEHALF,
    PLAIN,
    `${API}/api/v2/conversations/calls/user/{{id}}`,
    `https://evil.example${PLAIN}`,
    `${API}/oauth/token`,
    `${API}/api/v2/users/x/impersonate`,
  ),
  fc.constantFrom(...operations.all()).map((o) => API + o.path.replaceAll(/\{\w+\}/g, GUID)),
  fc.string(),
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  callBody.map((b) => JSON.stringify(b)),
  platformBody.map((b) => JSON.stringify(b) ?? ''),
  platformBody.map((b) => (JSON.stringify(b) ?? '').slice(0, 60)),
  fc.json(),
  fc.constantFrom('', '<html>', 'Forbidden', 'grant_type=x', '[[[[', '{"a":{"b":'),
);
const exchange: fc.Arbitrary<Exchange> = fc.record(
  {
    request: fc.record(
      { method: fc.oneof(fc.constantFrom('GET', 'POST', 'put'), fc.string()), url, headers, body: text },
      { requiredKeys: ['method', 'url', 'headers'] },
    ),
    response: fc.record(
      { status: fc.constantFrom(200, 202, 301, 400, 401, 403, 404, 405, 415, 429, 500, 503), headers, body: text, cut: fc.boolean() },
      { requiredKeys: ['headers'] },
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Exchange>;
const worlds = [
  undefined,
  facts({ grants: [] }),
  facts({ caller: 'user', grants: [grant(['conversation:*:*'], HOME), grant(['*:*:*'], SALES, 'Admin', true)], agent: person('A', SALES) }),
  facts({ grants: [grant(['conversation:call:add'], HOME)], queue: person('Q', SALES), agent: person('A', ''), catalogue: [] }),
];
type Input = Omit<CaseInput, 'operations'>;
const input: fc.Arbitrary<Input> = fc
  .record({
    exchange,
    grant: fc.constantFrom(undefined, 'client-credentials', 'user'),
    facts: fc.constantFrom(...worlds),
    status: fc.constantFrom(undefined, 403),
  })
  .map(
    ({ exchange, grant, facts, status }) => ({ exchange, ...(grant ? { grant } : {}), ...(facts ? { facts } : {}), ...(status ? { status } : {}) }) as Input,
  );
const diagnose = ({ exchange, ...more }: Input): Diagnosis => explain(exchange, more);
/** Far more than it takes: what is quadratic takes minutes. */
const SLOW = 30_000;
const RUNS = { numRuns: 2500 };

describe('for any exchange', () => {
  it('a diagnosis is made, the same one each time, and reported in every format', () => {
    fc.assert(
      fc.property(input, (i) => {
        const d = diagnose(i);
        assert.deepEqual(diagnose(i), d);
        assert.ok(d.summary.length > 0 && d.summary.length < 5000);
        for (const made of [toText(d), toMarkdown(d), JSON.stringify(toJson(d)), JSON.stringify(toSarif(d, { request: 'a' }))]) assert.ok(made.length > 0);
      }),
      RUNS,
    );
  }).timeout(SLOW);

  it('each finding has a known cause and verdict, a title, evidence and a place that is one', () => {
    fc.assert(
      fc.property(input, (i) => {
        for (const f of diagnose(i).findings) {
          assert.ok(CAUSES.includes(f.cause) && VERDICTS.includes(f.verdict) && f.title !== '');
          assert.ok(f.because.length > 0, `${f.verdict} ${f.cause} ${f.title} has no evidence`);
          for (const e of f.because) assert.ok(e.fact.trim() !== '' && ['response', 'request', 'token', 'org', 'facts'].includes(e.source), f.title);
          if (f.verdict !== 'ruled-out' && f.verdict !== 'unchecked') assert.ok(f.fix.length > 0, `nothing to do about ${f.title}`);
          assert.ok(f.place === undefined || isPlace(f.place));
        }
      }),
      RUNS,
    );
  }).timeout(SLOW);

  it('findings are ordered by verdict, and the summary speaks of the first', () => {
    fc.assert(
      fc.property(input, (i) => {
        const d = diagnose(i);
        const ranks = d.findings.map((f) => VERDICTS.indexOf(f.verdict));
        assert.deepEqual(
          ranks,
          [...ranks].sort((a, b) => a - b),
        );
        const first = failing(d.findings)[0];
        if (first) assert.ok(d.summary.includes(first.title));
      }),
      RUNS,
    );
  }).timeout(SLOW);

  it('a missing permission is confirmed only where the grants of the caller are known', () => {
    fc.assert(
      fc.property(input, (i) => {
        if (i.facts?.grants.kind === 'known') return;
        for (const f of diagnose(i).findings)
          if (['missing-permission', 'missing-division', 'feature-not-enabled', 'missing-scope', 'stale-grant'].includes(f.cause))
            assert.notEqual(f.verdict, 'confirmed', f.title);
      }),
      RUNS,
    );
  }).timeout(SLOW);

  it('a place is found in the document that shows it', () => {
    fc.assert(
      fc.property(input, (i) => {
        const rendered = renderExchange(i.exchange);
        const locate = locator(rendered);
        for (const f of diagnose(i).findings) {
          if (!f.place || !i.exchange[f.place.document]) continue;
          const span = locate(f.place);
          assert.ok(span && span.length > 0 && span.offset + span.length <= rendered.length, f.title);
        }
      }),
      RUNS,
    );
  }).timeout(SLOW);

  it('a secret in an Authorization header is in no report and in no document', () => {
    const canary = 'c4n4ryS3cretZm9vYmFy';
    // Not `Bearer $…`: that is how a variable of a shell is written, which is shown.
    const value = fc.constantFrom(
      `Bearer ${canary}`,
      `bearer  ${canary}`,
      `Basic ${canary}`,
      canary,
      `Token ${canary}`,
      `Bearer Bearer ${canary}`,
      `Bearer "${canary}"`,
      `Bearer ${canary} x`,
      `${canary} {{x}}`,
      `Bearer {${canary}`,
      `Bearer <${canary}`,
    );
    fc.assert(
      fc.property(input, value, (i, secret) => {
        if (!i.exchange.request) return;
        const request = {
          ...i.exchange.request,
          headers: [['authorization', secret], ...i.exchange.request.headers.filter(([n]) => !/^authorization$/i.test(n))] as Headers,
        };
        const changed = { ...i, exchange: { ...i.exchange, request } };
        const d = diagnose(changed);
        const made = [toText(d), toMarkdown(d), JSON.stringify(toJson(d)), JSON.stringify(toSarif(d, {})), renderExchange(changed.exchange)].join('\n');
        assert.ok(!made.includes(canary), secret);
      }),
      RUNS,
    );
  }).timeout(SLOW);
});

describe('the pointers of findings', () => {
  it('resolve in the body that they point into', () => {
    for (const [name, exchange] of ANSWERS)
      for (const f of explain(exchange).findings) {
        if (f.place?.part !== 'body' || f.place.pointer === '') continue;
        const body: unknown = JSON.parse(exchange[f.place.document]?.body ?? 'null');
        const at = f.place.pointer
          .split('/')
          .slice(1)
          .reduce<unknown>((v, s) => (v as Record<string, unknown>)?.[s.replaceAll('~1', '/').replaceAll('~0', '~')], body);
        assert.notEqual(at, undefined, `${name}: ${f.place.pointer}`);
        if (f.place.words) assert.ok(String(at).includes(f.place.words), `${name}: ${f.place.words}`);
      }
  });
});

describe('hostile exchanges', () => {
  const post = (body: string): Exchange => ({ request: { method: 'POST', url: API + PLAIN, headers: TOKEN, body } });
  const T: readonly (readonly [string, () => Exchange])[] = [
    ['a request nested 100,000 deep and cut', () => post('{"a":'.repeat(100_000))],
    ['a request nested 100,000 deep', () => post(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
    ['10 MB that are no JSON', () => post('a '.repeat(5e6))],
    ['a request full of placeholders', () => post(JSON.stringify({ label: '{{x}} '.repeat(1e6) }))],
    ['200,000 unknown fields', () => post(JSON.stringify(Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`f${i}`, i]))))],
    ['a URL of 5 MB', () => sent(`/api/v2/users/${'{{x}}/'.repeat(800_000)}`, 'GET')],
    [
      'an answer of 20 MB',
      () => ({
        response: { status: 403, headers: [], body: JSON.stringify({ status: 403, code: 'missing.permissions', message: ALL('a:b:c, '.repeat(2.8e6)) }) },
      }),
    ],
  ];
  for (const [name, make] of T)
    it(`${name}: explained in bounded time and space`, () => {
      const made = make();
      const d = explain(made);
      const size = toText(d).length + renderExchange(made).length;
      assert.ok(d.findings.length < 120 && size < 20e6, `${d.findings.length} findings, ${size} characters`);
    }).timeout(SLOW);
});
