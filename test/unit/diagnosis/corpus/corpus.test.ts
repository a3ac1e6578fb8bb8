import assert from 'node:assert/strict';
import { type Diagnosis, diagnose, failing } from '../../../../src/diagnosis/diagnose.js';
import { CAUSES, type Cause, type Finding, type Verdict } from '../../../../src/diagnosis/model.js';
import { toMarkdown, toText } from '../../../../src/diagnosis/report.js';
import type { Exchange, ReadResult } from '../../../../src/exchange/exchange.js';
import { readRequest } from '../../../../src/exchange/readRequest.js';
import { readResponse } from '../../../../src/exchange/readResponse.js';
import { operations } from '../../platform/facts.js';
import { ACCEPTED } from './accepted.js';
import type { CorpusCase, Verdicts } from './case.js';
import { DIVISION } from './division.js';
import { FAULT } from './fault.js';
import { FIELD } from './field.js';
import { FORMS } from './forms.js';
import { HONESTY } from './honesty.js';
import { OAUTH } from './oauth.js';
import { PARTICIPANT_CASES } from './participant.js';
import { PAYLOAD } from './payload.js';
import { PERMISSION } from './permission.js';
import { PREFLIGHT } from './preflight.js';
import { PROXY } from './proxy.js';
import { PUBLIC } from './public.js';
import { REGION } from './region.js';
import { SCOPE } from './scope.js';
import { STATION } from './station.js';
import { THREAD } from './thread.js';
import { TOKEN_CASES } from './token.js';
import { WORDINGS } from './wordings.js';

const SUBJECTS: Readonly<Record<string, readonly CorpusCase[]>> = {
  token: TOKEN_CASES,
  region: REGION,
  oauth: OAUTH,
  permission: PERMISSION,
  division: DIVISION,
  'scope, feature, trust and user': SCOPE,
  participant: PARTICIPANT_CASES,
  payload: PAYLOAD,
  station: STATION,
  proxy: PROXY,
  wordings: WORDINGS,
  accepted: ACCEPTED,
  faults: FAULT,
  preflight: PREFLIGHT,
  honesty: HONESTY,
  'the thread': THREAD,
  forms: FORMS,
  'as it is pasted': FIELD,
  'as it was posted': PUBLIC,
};
const ALL_CASES = Object.values(SUBJECTS).flat();

/** Reads and explains a case as `call-doctor explain` does. */
function explain({ request, response, status, grant, org }: CorpusCase): Diagnosis {
  const sent = request === undefined ? undefined : pick(readRequest(request));
  const got = response === undefined ? undefined : pick(readResponse(response));
  const exchange: Exchange =
    got === undefined
      ? (sent ?? { response: { ...(status === undefined ? {} : { status }), headers: [] } })
      : { ...sent, ...(got.response ? { response: got.response } : {}), ...(!sent?.request && got.request ? { request: got.request } : {}) };
  return diagnose({ exchange, operations, ...(status === undefined ? {} : { status }), ...(grant ? { grant } : {}), ...(org ? { facts: org } : {}) });
}

/** Of several exchanges the first that was denied. */
function pick(read: ReadResult): Exchange {
  assert.ok(read.ok, read.ok ? '' : `not read: ${read.problem}`);
  const chosen = read.exchanges.find((e) => (e.response?.status ?? 0) >= 400) ?? read.exchanges[0];
  assert.ok(chosen, 'no exchange was read');
  return chosen;
}

const among = (verdict: Verdict, allowed: Verdicts): boolean => (typeof allowed === 'string' ? verdict === allowed : allowed.includes(verdict));
const list = (v: Verdicts | readonly Cause[] | Cause): string => (typeof v === 'string' ? v : v.join(' or '));
const confirmedCauses = (d: Diagnosis): Cause[] => [...new Set(d.findings.filter((f) => f.verdict === 'confirmed').map((f) => f.cause))];
const isFailing = (f: Finding): boolean => f.verdict === 'confirmed' || f.verdict === 'likely';
const wordsOf = (f: Finding): string => [f.title, ...f.because.map((e) => e.fact), ...f.fix].join('\n');

/** Causes that the case allows to be confirmed, and those that it demands. */
function provable({ expect: { top, confirmed = [], mayConfirm = [] } }: CorpusCase): {
  readonly allowed: readonly Cause[];
  readonly demanded: readonly Cause[];
} {
  const [causes, verdicts] = top === undefined || top === 'nothing' ? [[], []] : top;
  const tops: readonly Cause[] = typeof causes === 'string' ? [causes] : causes;
  const demanded = verdicts === 'confirmed' && tops.length === 1 ? [...tops, ...confirmed] : confirmed;
  return { demanded, allowed: [...demanded, ...mayConfirm, ...(among('confirmed', verdicts) ? tops : [])] };
}

/** What differs from the expectation, as sentences. */
function differences(c: CorpusCase, d: Diagnosis): string[] {
  const { expect } = c;
  const wrong: string[] = [];
  const first = d.findings[0];
  if (expect.top === 'nothing') {
    for (const f of d.findings.filter(isFailing)) wrong.push(`nothing fails, but ${f.cause} is ${f.verdict}`);
  } else if (expect.top) {
    const [causes, verdicts] = expect.top;
    const tops = typeof causes === 'string' ? [causes] : causes;
    if (!first || !tops.includes(first.cause) || !among(first.verdict, verdicts))
      wrong.push(`first comes ${list(causes)}, ${list(verdicts)}; not ${first ? `${first.cause}, ${first.verdict}` : 'nothing'}`);
  }
  for (const cause of provable(c).demanded) if (!confirmedCauses(d).includes(cause)) wrong.push(`${cause} is proved`);
  for (const [cause, verdicts] of Object.entries(expect.atLeast ?? {}))
    if (!d.findings.some((f) => f.cause === cause && among(f.verdict, verdicts))) wrong.push(`${cause} is ${list(verdicts)}`);
  for (const cause of expect.never ?? []) if (d.findings.some((f) => f.cause === cause && isFailing(f))) wrong.push(`nothing speaks for ${cause}`);
  for (const cause of expect.notRuledOut ?? [])
    if (d.findings.some((f) => f.cause === cause && f.verdict === 'ruled-out')) wrong.push(`${cause} is not known to hold`);
  const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
  for (const words of expect.fixMentions ?? []) if (!has(first?.fix.join('\n') ?? '', words)) wrong.push(`the advice mentions ${words}`);
  for (const words of expect.says ?? []) if (!has([...d.findings.map(wordsOf), d.contextId ?? ''].join('\n'), words)) wrong.push(`something says ${words}`);
  for (const words of expect.neverAdvises ?? []) if (has(d.findings.flatMap((f) => f.fix).join('\n'), words)) wrong.push(`nothing advises ${words}`);
  if (expect.place) {
    const { document, part, pointer } = expect.place;
    const at = first?.place;
    const pointers = pointer === undefined || typeof pointer === 'string' ? [pointer] : pointer;
    if (at?.document !== document || (part && at.part !== part) || (pointer !== undefined && !pointers.includes(at.pointer)))
      wrong.push(`it belongs to ${document} ${part ?? ''} ${pointers.join(' or ')}; not ${at ? `${at.document} ${at.part} ${at.pointer}` : 'nowhere'}`);
  }
  const operation = d.operation ? `${d.operation.method} ${d.operation.path}` : null;
  if (expect.operation !== undefined && operation !== expect.operation) wrong.push(`the operation is ${expect.operation}, not ${operation}`);
  return wrong;
}

const shown = (d: Diagnosis): string => [d.summary, ...d.findings.map((f) => `    ${f.verdict} ${f.cause}: ${f.title}`)].join('\n').slice(0, 3000);

describe('the corpus: exchanges, and what FACTS say of them', () => {
  for (const [subject, cases] of Object.entries(SUBJECTS))
    describe(subject, () => {
      for (const c of cases) {
        it(c.name, () => {
          const d = explain(c);
          const wrong = differences(c, d);
          assert.ok(wrong.length === 0, `${c.source}\n  ${wrong.join('\n  ')}\n  got: ${shown(d)}`);
        });
        it(`${c.name}: no wrong confirmed`, () => {
          const d = explain(c);
          const wrong = confirmedCauses(d).filter((cause) => !provable(c).allowed.includes(cause));
          assert.deepEqual(wrong, [], `${c.source}\n  got: ${shown(d)}`);
        });
        it(`${c.name}: every word has a source, and none is markup`, () => {
          const d = explain(c);
          for (const f of d.findings) assert.ok(f.because.length > 0, `${f.cause} says nothing to prove it`);
          for (const f of failing(d.findings)) assert.ok(f.fix.length > 0, `${f.cause} does not say what to do`);
          assert.doesNotMatch(toMarkdown(d), /<script|<img|(?<!\\)\]\(command:/i);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
          assert.doesNotMatch(toText(d), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
        });
      }
    });

  it('has at least 160 exchanges, each with a name of its own', () => {
    assert.ok(ALL_CASES.length >= 160, `${ALL_CASES.length}`);
    for (const [subject, cases] of Object.entries(SUBJECTS)) assert.equal(new Set(cases.map((c) => c.name)).size, cases.length, subject);
  });

  it('has at least 40 exchanges with other operations than calls', () => {
    const others = ALL_CASES.filter((c) => c.expect.operation && !c.expect.operation.includes('/conversations/'));
    assert.ok(others.length >= 40, `${others.length}`);
    assert.ok(new Set(others.map((c) => c.expect.operation)).size >= 40, `${new Set(others.map((c) => c.expect.operation)).size} operations`);
  });

  it('has each of the 28 causes in at least two forms', () => {
    for (const cause of CAUSES) {
      const about = ALL_CASES.filter(({ expect: { top, confirmed, atLeast } }) => {
        const tops = top === undefined || top === 'nothing' ? [] : [top[0]].flat();
        return tops.includes(cause) || confirmed?.includes(cause) || (atLeast?.[cause] !== undefined && atLeast[cause] !== 'ruled-out');
      });
      assert.ok(about.length >= 2, `${cause}: ${about.length}`);
    }
  });
});
