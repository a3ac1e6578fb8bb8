import { optional } from '../platform/json.js';
import { type Diagnosis, failing } from './diagnose.js';
import { type Finding, HOLDS, type Verdict } from './model.js';
import { clip, permissionList } from './requirements/requirement.js';

/** The object of `--format json` (DESIGN §6): a public contract. */
export function toJson(d: Diagnosis): object {
  return {
    schema: 1,
    operation: d.operation
      ? {
          method: d.operation.method,
          path: d.operation.path,
          permissions: { type: d.operation.rule, names: d.operation.permissions },
          userContext: d.operation.userContext,
          asOf: d.operation.asOf,
        }
      : null,
    summary: oneLine(d.summary),
    ...optional('correlationId', d.contextId === undefined ? undefined : oneLine(d.contextId)),
    findings: d.findings.map((f) => ({
      cause: f.cause,
      verdict: f.verdict,
      title: oneLine(f.title),
      because: f.because.map(({ source, fact }) => ({ source, fact: oneLine(fact) })),
      fix: f.fix.map(oneLine),
      // A pointer is into a body; what is in a URL or a header has none.
      ...(f.place ? { ...(f.place.part === 'body' ? { pointer: f.place.pointer } : {}), document: f.place.document } : {}),
    })),
  };
}

/** Gives a piece of the text a colour; the plain text has none. */
export type Paint = (as: Verdict | 'heading' | 'quiet', text: string) => string;

export const SIGNS: Readonly<Record<Verdict, string>> = { confirmed: '✗', likely: '✗', possible: '?', unchecked: '–', 'ruled-out': '✓' };

/** For a terminal or an issue: what speaks against the request in full, the rest in a line each. */
export function toText(d: Diagnosis, paint: Paint = (_, text) => text): string {
  const lines = [paint('heading', oneLine(d.summary))];
  if (d.operation) lines.push('', `${d.operation.method} ${d.operation.path}`, `  requires ${requires(d)}`);
  if (d.contextId !== undefined) lines.push('', paint('quiet', `Correlation id: ${oneLine(d.contextId)}`));
  for (const f of [...shown(d), ...d.findings.filter((f) => f.verdict === 'unchecked')]) {
    lines.push('', `${paint(f.verdict, `${SIGNS[f.verdict]} ${oneLine(f.title)}`)}   ${paint('quiet', `[${f.verdict}, ${f.cause}]`)}`);
    for (const e of f.because) lines.push(`    ${paint('quiet', `${e.source}:`)} ${oneLine(e.fact)}`);
    for (const fix of f.fix) lines.push(`    → ${oneLine(fix)}`);
  }
  const held = [...new Set(d.findings.filter((f) => f.verdict === 'ruled-out').map((f) => HOLDS[f.cause]))];
  if (held.length > 0)
    lines.push('', `${paint('ruled-out', `✓ ${held.length} ${held.length === 1 ? 'requirement holds' : 'requirements hold'}:`)} ${held.join(', ')}`);
  return `${lines.join('\n')}\n`;
}

/** More characters of one text are not shown: no sentence is so long, and what is quoted may be. */
const LONGEST = 2000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STEERING = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;

/** Text from outside could steer a terminal, turn the direction of what is read, or have no end. */
export const oneLine = (line: string): string => clip(line, LONGEST).replace(STEERING, ' ');

/** For an issue or a pull request. Everything from outside is escaped. */
export function toMarkdown(d: Diagnosis, title?: string): string {
  const lines = [...(title === undefined ? [] : [`## ${escapeMarkdown(title)}`, '']), `**${escapeMarkdown(d.summary)}**`];
  if (d.operation) lines.push('', `\`${d.operation.method} ${d.operation.path}\` requires ${escapeMarkdown(requires(d))}`);
  if (d.contextId !== undefined) lines.push('', `Correlation id: ${escapeMarkdown(d.contextId)}`);
  for (const f of shown(d)) {
    lines.push('', `### ${escapeMarkdown(f.title)}`, `\`${f.cause}\` · ${f.verdict}`, '');
    for (const e of f.because) lines.push(`- ${e.source}: ${escapeMarkdown(e.fact)}`);
    if (f.fix.length > 0) lines.push('', ...f.fix.map((fix) => `- [ ] ${escapeMarkdown(fix)}`));
  }
  const rest = d.findings.filter((f) => f.verdict === 'unchecked' || f.verdict === 'ruled-out');
  if (rest.length > 0)
    lines.push(
      '',
      '| requirement | |',
      '|---|---|',
      ...rest.map(
        (f) => `| ${escapeMarkdown(f.title)} | ${f.verdict === 'ruled-out' ? 'holds' : `not checked: ${escapeMarkdown(f.because[0]?.fact ?? '')}`} |`,
      ),
    );
  return `${lines.join('\n')}\n`;
}

/** The names of what was read. */
export interface Files {
  readonly request?: string;
  readonly response?: string;
}

/** SARIF 2.1.0, for code scanning in CI. */
export function toSarif(d: Diagnosis, files: Files) {
  const results = sarifResults(d, files);
  const run = { results, ...sarifRun([...new Set(results.map((r) => r.ruleId))]) };
  return { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0' as const, runs: [run] };
}

/** What a SARIF run says beside its results. @param causes those of the results */
export const sarifRun = (causes: readonly string[]) => ({ tool: { driver: { name: 'call-doctor', rules: causes.map((id) => ({ id })) } } });

const LEVELS = { confirmed: 'error', likely: 'warning', possible: 'note', unchecked: 'none', 'ruled-out': 'none' } as const;

/** The findings of a diagnosis as results of a SARIF run. */
export function sarifResults(d: Diagnosis, files: Files) {
  return shown(d).map((f) => {
    const file = f.place ? files[f.place.document] : (files.request ?? files.response);
    const logicalLocations = f.place?.pointer ? [{ fullyQualifiedName: f.place.pointer }] : undefined;
    const physicalLocation = { artifactLocation: { uri: encodeURI((file ?? '').replaceAll('\\', '/')) } };
    return {
      ruleId: f.cause,
      level: LEVELS[f.verdict],
      message: { text: [`${f.title} (${f.verdict}).`, ...f.because.map((e) => e.fact), ...f.fix].map(oneLine).join('\n') },
      ...(file === undefined || file === '-' ? {} : { locations: [{ physicalLocation, ...optional('logicalLocations', logicalLocations) }] }),
    };
  });
}

const shown = (d: Diagnosis): readonly Finding[] => [...failing(d.findings), ...d.findings.filter((f) => f.verdict === 'possible')];

function requires(d: Diagnosis): string {
  const { rule, permissions, userContext, asOf } = d.operation as NonNullable<Diagnosis['operation']>;
  const what = rule === 'unknown' ? 'permissions that are not published' : rule === 'none' ? 'no declared permission' : permissionList(rule, permissions);
  return `${what}${userContext === 'required' ? ', and a user' : ''} (as of ${asOf})`;
}

/** Text as Markdown that shows it, and nothing else: no link, no markup, no HTML. */
export const escapeMarkdown = (text: string): string =>
  oneLine(text).replace(/[\\`*_{}[\]()#+\-.!|<>~&$]/g, (c) => (c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '&' ? '&amp;' : `\\${c}`));
