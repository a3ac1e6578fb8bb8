import assert from 'node:assert/strict';
import type { Diagnosis } from '../../../src/diagnosis/diagnose.js';
import type { Finding, Verdict } from '../../../src/diagnosis/model.js';
import { escapeMarkdown, toJson, toMarkdown, toSarif, toText } from '../../../src/diagnosis/report.js';
import { GUID, operations } from '../platform/facts.js';
import { ANSWERS } from './answers.js';
import { ANY, answer, BOTH_CALLS, explain, ON_BEHALF, PLAIN, sent } from './cases.js';

const refused = explain({ ...sent(ON_BEHALF), ...answer(403, 'missing.any.permissions', ANY(BOTH_CALLS)) });
const keys = (o: unknown): string[] => Object.keys(o as object);
type Json = { schema: number; operation: Record<string, unknown> | null; summary: string; findings: Record<string, unknown>[] };

describe('the JSON report (DESIGN §6)', () => {
  const json = JSON.parse(JSON.stringify(toJson(refused))) as Json;

  it('has the keys of the contract, in its order', () => {
    assert.deepEqual(keys(json), ['schema', 'operation', 'summary', 'correlationId', 'findings']);
    assert.equal(json.schema, 1);
    assert.deepEqual(json.operation, {
      method: 'POST',
      path: '/api/v2/conversations/calls/user/{userId}',
      permissions: { type: 'any', names: ['conversation:agentlessCall:add', 'conversation:call:add'] },
      userContext: 'unknown',
      asOf: '2026-08-15',
    });
  });

  it('has findings with the keys of the contract and no other, for every answer', () => {
    for (const [name, exchange] of ANSWERS)
      for (const f of (JSON.parse(JSON.stringify(toJson(explain(exchange)))) as Json).findings) {
        for (const key of ['cause', 'verdict', 'title', 'because', 'fix']) assert.ok(key in f, `${name}: no ${key}`);
        for (const key of keys(f)) assert.ok(['cause', 'verdict', 'title', 'because', 'fix', 'pointer', 'document'].includes(key), `${name}: ${key}`);
        for (const e of f['because'] as object[]) assert.deepEqual(keys(e), ['source', 'fact']);
        if ('pointer' in f) assert.match(f['pointer'] as string, /^(?:\/.*)?$/);
        if ('document' in f) assert.match(f['document'] as string, /^(?:request|response)$/);
      }
  });

  it('points into a body only where the place is in one', () => {
    assert.deepEqual([json.findings[0]?.['pointer'], json.findings[0]?.['document']], ['/message', 'response']);
    const placed = JSON.parse(JSON.stringify(toJson(explain(sent(PLAIN, 'POST', '{"ownerId":"x"}'), { grant: 'client-credentials' })))) as Json;
    const of = (cause: string) => placed.findings.find((f) => f['cause'] === cause);
    assert.deepEqual([of('no-user-context')?.['pointer'], of('no-user-context')?.['document']], [undefined, 'request']);
    assert.equal(of('invalid-payload')?.['pointer'], '/ownerId');
  });

  it('has no operation where there is none, and says which rule is not published', () => {
    assert.equal((toJson(explain({ response: { status: 403, headers: [] } })) as Json).operation, null);
    const unknown = [...operations.all()].find((o) => o.rule === 'unknown');
    const d = explain(sent(unknown?.path as string, unknown?.method));
    assert.deepEqual((toJson(d) as Json).operation?.['permissions'], { type: 'unknown', names: [] });
    const empty = toJson(explain(sent(`/api/v2/userrecordings/${GUID}/transcoding`, 'GET'))) as Json;
    assert.deepEqual(empty.operation?.['permissions'], { type: 'none', names: [] });
  });
});

const HOSTILE = [
  '[x](command:evil)',
  '![x](https://evil.example/a.png)',
  '`code`',
  '<img src=x onerror=alert(1)>',
  '<a href="command:evil">x</a>',
  '$(trash)',
  '**bold** _it_ ~~no~~',
  '| a | b |',
  '# heading',
  '1. list',
  '&lt;b&gt;',
  'line\n\n# two',
  '\u001b]8;;http://evil.example\u0007x',
];
const finding = (text: string, verdict: Verdict = 'confirmed'): Finding => ({
  cause: 'invalid-payload',
  verdict,
  title: text,
  because: [{ source: 'response', fact: text }],
  fix: [text],
});
const diagnosisOf = (text: string): Diagnosis => ({
  operation: undefined,
  status: 403,
  summary: text,
  findings: [finding(text), finding(text, 'unchecked'), finding(text, 'ruled-out')],
});

describe('the Markdown report', () => {
  it('shows text from outside as text: no link, no image, no HTML, no icon, no heading, no table', () => {
    for (const text of HOSTILE) {
      const markdown = toMarkdown(diagnosisOf(text));
      assert.doesNotMatch(markdown, /(?<!\\)\]\(|(?<!\\)!\[|<(?:img|a|b)\b|(?<!\\)\$\(|(?<!\\)`code/, text);
      assert.doesNotMatch(markdown, /^#{1,2} |^1\. |(?<!\\)\*\*bold|^\| a \|/m, text);
    }
  });

  it('escapes every character that Markdown knows, and keeps the rest', () => {
    assert.equal(escapeMarkdown('a b-c'), 'a b\\-c');
    assert.equal(escapeMarkdown('<&>'), '&lt;&amp;&gt;');
    for (const c of '\\`*_{}[]()#+-.!|~$') assert.equal(escapeMarkdown(c), `\\${c}`);
    assert.equal(escapeMarkdown('a\r\nb\nc'), 'a b c');
    assert.equal(escapeMarkdown('ü 漢 🙂'), 'ü 漢 🙂');
  });

  it('says what was refused, why, what to do, what holds and what could not be checked', () => {
    const markdown = toMarkdown(refused);
    assert.match(markdown, /^\*\*403: Likely/);
    assert.match(markdown, /`POST \/api\/v2\/conversations\/calls\/user\/\{userId\}` requires any of/);
    assert.match(markdown, /- \[ \] Have an administrator give/);
    assert.match(markdown, /\| holds \|/);
    assert.match(markdown, /not checked/);
  });
});

describe('the text report', () => {
  it('never steers the terminal, nor turns the direction of what is read', () => {
    for (const text of [...HOSTILE, '\u009b31mred', '\u202Eevil', 'a\rb', '\u0000']) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      assert.doesNotMatch(toText(diagnosisOf(text)), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    }
  });

  it('has what speaks against the request in full, and the rest in short', () => {
    const text = toText(refused);
    assert.match(text, /^403: Likely: The caller lacks/);
    assert.match(text, /requires any of conversation:agentlessCall:add, conversation:call:add \(as of 2026-08-15\)/);
    assert.match(text, /✗ The caller lacks .* {3}\[likely, missing-permission\]/);
    assert.match(text, /→ Have an administrator/);
    assert.match(text, /– Whether the agent has a station/);
    assert.match(text, /✓ \d+ requirements hold: /);
  });

  it('says what an operation requires, whatever its rule', () => {
    const requires = (path: string, method = 'GET') => /requires (.*)$/m.exec(toText(explain(sent(path, method))))?.[1];
    assert.equal(requires('/api/v2/tokens/me'), 'no declared permission (as of 2026-08-15)');
    assert.equal(requires('/api/v2/users/me'), 'no declared permission, and a user (as of 2026-08-15)');
    assert.equal(requires(`/api/v2/routing/queues/${GUID}`), 'routing:queue:view (as of 2026-08-15)');
    assert.equal(requires(`/api/v2/userrecordings/${GUID}/transcoding`), 'no declared permission (as of 2026-08-15)');
    assert.match(
      requires(`/api/v2/businessrules/decisiontables/${GUID}/versions/1/rows/1`, 'DELETE') ?? '',
      /^all of businessrules:decisionTableRow:delete, routing:queue:view/,
    );
    assert.match(requires(`/api/v2/casemanagement/caseplans/${GUID}/stageplans/1`, 'DELETE') ?? '', /^permissions that are not published \(as of 2026-09-16\)/);
  });
});

describe('the SARIF report', () => {
  type Sarif = {
    $schema: string;
    version: string;
    runs: { tool: { driver: { name: string; rules: { id: string }[] } }; results: Record<string, unknown>[] }[];
  };
  const sarif = (d: Diagnosis, files: { request?: string; response?: string }) => JSON.parse(JSON.stringify(toSarif(d, files))) as Sarif;

  it('is of version 2.1.0 and names its rules, levels, messages and files', () => {
    for (const [name, exchange] of ANSWERS) {
      const made = sarif(explain(exchange), { request: 'a/request.sh', response: 'response.json' });
      assert.equal(made.version, '2.1.0');
      assert.match(made.$schema, /sarif-2\.1\.0\.json$/);
      assert.equal(made.runs.length, 1);
      const [run] = made.runs;
      assert.equal(run?.tool.driver.name, 'call-doctor');
      const ids = run?.tool.driver.rules.map((r) => r.id) ?? [];
      assert.equal(new Set(ids).size, ids.length);
      assert.ok((run?.results.length ?? 0) > 0, name);
      for (const r of run?.results ?? []) {
        assert.ok(ids.includes(r['ruleId'] as string));
        assert.ok(['error', 'warning', 'note'].includes(r['level'] as string));
        assert.ok((r['message'] as { text: string }).text.length > 0);
        const [location] = r['locations'] as { physicalLocation: { artifactLocation: { uri: string } } }[];
        assert.match(location?.physicalLocation.artifactLocation.uri ?? '', /^(?:a\/request\.sh|response\.json)$/);
      }
    }
  });

  it('names files as URIs, and none where nothing was read', () => {
    const made = sarif(refused, { request: 'a b\\ü#1.sh', response: 'C:\\x y\\r.json' });
    for (const r of made.runs[0]?.results ?? []) {
      const [location] = r['locations'] as { physicalLocation: { artifactLocation: { uri: string } } }[];
      assert.doesNotMatch(location?.physicalLocation.artifactLocation.uri ?? '', /[ \\ü]/);
    }
    for (const r of sarif(refused, {}).runs[0]?.results ?? []) assert.ok(!('locations' in r));
  });

  it('has error for what is confirmed, warning for what is likely, note for what is possible, and nothing else', () => {
    const all = (['confirmed', 'likely', 'possible', 'unchecked', 'ruled-out'] as const).map((v) => finding(v, v));
    const made = sarif({ operation: undefined, status: 403, summary: 's', findings: all }, {});
    assert.deepEqual(
      made.runs[0]?.results.map((r) => r['level']),
      ['error', 'warning', 'note'],
    );
  });
});

describe('the sources of the reports', () => {
  it('are no internal names', () => {
    for (const [, exchange] of ANSWERS) assert.doesNotMatch(JSON.stringify(toJson(explain(exchange))), /FACTS|DESIGN|undefined|NaN|\[object/);
  });
});
