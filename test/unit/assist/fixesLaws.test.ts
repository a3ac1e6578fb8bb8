import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FillValues, Fix } from '../../../src/assist/fix.js';
import { fixesFor } from '../../../src/assist/fixes.js';
import { lint } from '../../../src/assist/lint.js';
import { PROBLEM_CODES, type Problem } from '../../../src/assist/problem.js';
import { rewritesAt } from '../../../src/assist/rewrites.js';
import type { WrittenText } from '../../../src/assist/writtenCall.js';
import type { RegionHint } from '../../../src/exchange/regions.js';
import { FOREIGN_FIELDS } from '../../../src/platform/foreignFields.js';
import { PROSE } from '../exchange/thread.js';
import { GUID, OTHER_GUID, operations } from '../platform/facts.js';
import { FORMS, made, read, VALUES } from './fixing.js';

const NAMES = [
  'phoneNumber',
  'callUserId',
  'callQueueId',
  'callFromQueueId',
  'participants',
  'routingSkillsIds',
  'priority',
  'attributes',
  'label',
  'callerId',
  'languageId',
];
const scalar = fc.constantFrom<unknown>(
  ...[
    '+13175550142',
    '(317) 555-0142',
    '020 7946 0102',
    '+15550199',
    GUID,
    OTHER_GUID,
    'sales queue',
    '{{agent_user_id}}',
    '<QUEUE_ID>',
    '$TO',
    '',
    "O'Brien",
    'é☎ "x" \\',
  ],
  5,
  '5',
  true,
  null,
);
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('id', 'address', 'phoneNumber', 'queueId', 'skill', 'n'), scalar, { maxKeys: 3 }) },
);
const body = fc
  .tuple(
    fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.constantFrom(...FOREIGN_FIELDS.keys(), 'phonenumber', 'flavour')), value, { maxKeys: 5 }),
    fc.constantFrom(0, 2, '\t'),
  )
  .map(([json, indent]) => JSON.stringify(json, null, indent));
const URLS = ['', `/user/${GUID}`, '/user/{userId}', '/user/{{agent}}', 'x', `/${GUID}/participants`].map(
  (p) => `https://api.mypurecloud.com/api/v2/conversations/calls${p}`,
);
const url = fc.constantFrom(...URLS, `https://apps.mypurecloud.com/api/v2/users/${GUID}/impersonate`, 'http://api.mypurecloud.con/api/v2/conversations/calls');
const headers = fc.constantFrom<readonly (readonly [string, string])[]>(
  [],
  [['Content-Type', 'application/json']],
  [
    ['Authorization', 'Bearer <YOUR_TOKEN>'],
    ['Content-Type', 'text/plain'],
  ],
  [['Authorization', 'Bearer q7Rk2mZx9Lw4Tb8Ny3Hf6Vd1']],
);
const form = fc.constantFrom(...FORMS);
const values = fc.constantFrom<FillValues>({}, VALUES, { country: 'GB', phoneNumber: '+442079460102' });
const request = fc.record({ url, method: fc.constantFrom('POST', 'POST', 'PUT', 'GET'), headers });

const everyFix = (written: WrittenText, picked: FillValues): { readonly problem?: Problem; readonly fix: Fix }[] => [
  ...lint(written, operations).flatMap((problem) => fixesFor(written, problem, operations, picked).map((fix) => ({ problem, fix }))),
  ...written.calls.flatMap((call) => rewritesAt(written, call, operations, picked).map((fix) => ({ fix }))),
];

/** What a problem is, without where it is. */
const same = (a: Problem, b: Problem, text: string, after: string): boolean =>
  a.code === b.code && a.pointer === b.pointer && a.message === b.message && text.slice(a.range.start, a.range.end) === after.slice(b.range.start, b.range.end);
const count = (problems: readonly Problem[], of: Problem, text: string, of_: string): number => problems.filter((p) => same(of, p, of_, text)).length;

/** The fixes whose outcome is to be judged by somebody: their problem may stay, in another place or for another reason. */
const OPEN = /^(?:Use |Let the shell|Write the grant)/;

describe('every fix', function () {
  this.timeout(120_000);

  it('mends its problem, stays inside of its call, and leaves as many calls', () => {
    let seen = 0;
    const codes = new Set<string>();
    fc.assert(
      fc.property(form, body, request, values, ({ write, hint, name }, json, asked, picked) => {
        const text = `${write(json, asked)}`;
        const written = read(text, hint);
        const before = lint(written, operations);
        for (const p of before) assert.ok(fixesFor(written, p, operations, picked).filter((f) => f.preferred).length <= 1, p.code);
        for (const { problem, fix } of everyFix(written, picked)) {
          seen++;
          const after = made(text, fix);
          const again = read(after, hint);
          assert.equal(again.calls.length, written.calls.length, `${fix.title}\n${text}\n→\n${after}`);
          const span = (problem?.call ?? written.calls[0])?.region.span;
          if (span && name !== '.http')
            for (const edit of fix.edits) assert.ok(edit.start >= span.start && edit.end <= span.end, `${fix.title} outside of its call\n${text}\n→\n${after}`);
          assert.ok((again.calls[0]?.errors.length ?? 0) <= (written.calls[0]?.errors.length ?? 0), `${fix.title}\n${text}\n→\n${after}`);
          if (!problem) continue;
          codes.add(problem.code);
          if (OPEN.test(fix.title)) continue;
          const left = lint(again, operations);
          assert.ok(
            count(left, problem, after, text) < count(before, problem, text, text),
            `“${fix.title}” leaves ${problem.code} ${problem.pointer ?? ''} (${problem.message})\n${text}\n→\n${after}`,
          );
        }
      }),
      { numRuns: 1500 },
    );
    assert.ok(seen > 5000, String(seen));
    assert.ok(codes.size > 15, [...codes].join());
  });

  it('of a request that was converted is no conversion', () => {
    fc.assert(
      fc.property(form, body, fc.constantFrom(...URLS), ({ write, hint }, json, to) => {
        const text = write(json, { url: to });
        const written = read(text, hint);
        const convert = (w: WrittenText): Fix | undefined => w.calls[0] && rewritesAt(w, w.calls[0], operations, {}).find((f) => f.title.startsWith('Convert'));
        const fix = convert(written);
        if (fix) assert.equal(convert(read(made(text, fix), hint)), undefined, made(text, fix));
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves what stands around its call', () => {
    const hint: RegionHint = { languageId: 'markdown' };
    for (const { fix } of everyFix(read(PROSE, hint), VALUES)) {
      const first = Math.min(...fix.edits.map((e) => e.start));
      const last = Math.max(...fix.edits.map((e) => e.end));
      const after = made(PROSE, fix);
      assert.equal(after.slice(0, first), PROSE.slice(0, first));
      assert.equal(after.slice(after.length - (PROSE.length - last)), PROSE.slice(last));
    }
  });

  it('is found for any text and any problem without failing', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.tuple(form, body, request, fc.nat(400), fc.nat(30)).map(([{ write }, json, asked, at, length]) => {
        const whole = write(json, asked);
        return whole.slice(0, at % whole.length) + whole.slice((at % whole.length) + length);
      }),
    );
    const hints = fc.constantFrom<RegionHint>({}, ...FORMS.map((f) => f.hint));
    fc.assert(
      fc.property(
        text,
        hints,
        values,
        fc.constantFrom(...PROBLEM_CODES),
        fc.nat(),
        fc.nat(20),
        fc.constantFrom(undefined, '', '/to', '/participants/0', '/label/x'),
        (t, hint, picked, code, at, length, pointer) => {
          const written = read(t, hint);
          for (const { fix } of everyFix(written, picked)) made(t, fix);
          const start = at % (t.length + 1);
          const [call] = written.calls;
          const invented = { code, severity: 'error', message: '', range: { start, end: Math.min(t.length, start + length) } } as const;
          for (const more of [{}, call ? { call } : {}, { ...(call ? { call } : {}), ...(pointer === undefined ? {} : { pointer }) }])
            for (const fix of fixesFor(written, { ...invented, ...more }, operations, picked)) assert.ok(fix.edits.length > 0);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
