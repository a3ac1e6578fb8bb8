import type { Problem, Severity } from '../assist/problem.js';
import { oneLine, type Paint, sarifRun } from '../diagnosis/report.js';
import { optional } from '../platform/json.js';

/** The problems of a file, with what turns an offset into a line. */
export interface FileProblems {
  readonly name: string;
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** 1-based; columns are UTF-16 units, as editors count. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** Offsets where lines begin. Linear once, then a search for each place. */
export class Lines {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  at(offset: number): Place {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] as number) + 1 };
  }
}

const COLOURS: Readonly<Record<Severity, Parameters<Paint>[0]>> = { error: 'confirmed', warning: 'likely', information: 'possible' };

/** `file:line:column severity code message`, a line each. */
export function textOf({ name, text, problems }: FileProblems, paint: Paint): string {
  const lines = new Lines(text);
  return problems
    .map(({ range, severity, code, message }) => {
      const { line, column } = lines.at(range.start);
      return `${oneLine(name)}:${line}:${column} ${paint(COLOURS[severity], severity)} ${code} ${oneLine(message)}\n`;
    })
    .join('');
}

export function summaryOf(files: number, found: readonly FileProblems[]): string {
  const all = found.flatMap((f) => f.problems);
  if (all.length === 0) return `No problems in ${counted(files, 'file')}.`;
  const parts = (['error', 'warning', 'information'] as const)
    .map((severity) => [severity, all.filter((p) => p.severity === severity).length] as const)
    .filter(([, n]) => n > 0)
    .map(([severity, n]) => (severity === 'information' ? `${n} for information` : counted(n, severity)));
  return `${counted(all.length, 'problem')} in ${found.filter((f) => f.problems.length > 0).length} of ${counted(files, 'file')}: ${parts.join(', ')}.`;
}

const counted = (n: number, thing: string): string => `${n} ${thing}${n === 1 ? '' : 's'}`;

/** The one object of `--format json`: a public contract. */
export const jsonOf = (files: number, found: readonly FileProblems[]): object => ({
  schema: 1,
  files,
  problems: found.flatMap(({ name, text, problems }) => {
    const lines = new Lines(text);
    return problems.map(({ range, code, severity, message, pointer, source }) => {
      const start = lines.at(range.start);
      const end = lines.at(range.end);
      return {
        file: name,
        line: start.line,
        column: start.column,
        endLine: end.line,
        endColumn: end.column,
        code,
        severity,
        message: oneLine(message),
        ...optional('pointer', pointer),
        ...optional('source', source),
      };
    });
  }),
});

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note' };

/** SARIF 2.1.0, for code scanning in CI. */
export function sarifOf(found: readonly FileProblems[]): object {
  const results = found.flatMap(({ name, text, problems }) => {
    const lines = new Lines(text);
    return problems.map(({ range, code, severity, message, pointer }) => {
      const start = lines.at(range.start);
      const end = lines.at(range.end);
      return {
        ruleId: code,
        level: LEVELS[severity],
        message: { text: oneLine(message) },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: uriOf(name) },
              region: {
                startLine: start.line,
                startColumn: start.column,
                endLine: end.line,
                endColumn: end.column,
                charOffset: range.start,
                charLength: range.end - range.start,
              },
            },
            ...optional('logicalLocations', pointer ? [{ fullyQualifiedName: pointer }] : undefined),
          },
        ],
      };
    });
  });
  const run = { columnKind: 'utf16CodeUnits', results, ...sarifRun([...new Set(results.map((r) => r.ruleId))]) };
  return { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
}

/** A path as a URI reference. Of standard input without a name, `stdin`. */
const uriOf = (name: string): string => (name === '-' ? 'stdin' : name.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/'));
