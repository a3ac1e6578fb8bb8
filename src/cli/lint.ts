import { lint as problemsIn } from '../assist/lint.js';
import type { Severity } from '../assist/problem.js';
import { readWritten } from '../assist/writtenCall.js';
import { operationsFrom } from './explain.js';
import { fail, note, oneOf, readWords, Unusable } from './input.js';
import { filesOf } from './lintFiles.js';
import { type FileProblems, jsonOf, sarifOf, summaryOf, textOf } from './lintReport.js';
import { paint } from './output.js';

const USAGE = 'lint FILE|FOLDER… [--name NAME] [--severity error|warning|information] [--facts FILE] [--format text|json|sarif]';
const OPTIONS = { name: { type: 'string' }, severity: { type: 'string' }, facts: { type: 'string' }, format: { type: 'string' } } as const;
type Format = 'text' | 'json' | 'sarif';
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information'];

/** `call-doctor lint`: what is wrong with the calls that are written in files. Returns the exit code. */
export async function lint(args: readonly string[]): Promise<number> {
  const { values, words } = readWords(args, OPTIONS, USAGE);
  const format = oneOf<Format>('format', values.format, ['text', 'json', 'sarif'], 'text');
  const least = SEVERITIES.indexOf(oneOf<Severity>('severity', values.severity, SEVERITIES, 'warning'));
  if (words.length === 0) throw new Unusable(`name files or folders, or - for standard input.\nUsage: call-doctor ${USAGE}`);
  if (words.filter((w) => w === '-').length > 1) throw new Unusable('standard input can be read once: - is there twice.');
  if (values.name !== undefined && !words.includes('-')) throw new Unusable('--name says what standard input is called: it goes with -.');
  const operations = await operationsFrom(values.facts);
  const found: FileProblems[] = [];
  let [files, unusable] = [0, 0];
  for await (const next of filesOf(words, values.name)) {
    if (next.kind === 'file') {
      files++;
      const { name, text } = next.file;
      const written = readWritten(text, name === '-' ? {} : { fileName: name }, operations);
      if (written.declined !== undefined) note(`${name}: ${written.declined}`);
      found.push({ name, text, problems: problemsIn(written, operations).filter((p) => SEVERITIES.indexOf(p.severity) <= least) });
    } else if (next.kind === 'unusable') {
      unusable++;
      fail(2, next.why);
    } else note(next.why);
  }
  if (files === 0 && unusable === 0) note('There was no file to look at.');
  print(format, files, found);
  if (unusable > 0) return 2;
  return found.some(({ problems }) => problems.some((p) => p.severity !== 'information')) ? 1 : 0;
}

function print(format: Format, files: number, found: readonly FileProblems[]): void {
  if (format === 'json') process.stdout.write(`${JSON.stringify(jsonOf(files, found), null, 2)}\n`);
  else if (format === 'sarif') process.stdout.write(`${JSON.stringify(sarifOf(found), null, 2)}\n`);
  else {
    const colour = paint();
    process.stdout.write(`${found.map((f) => textOf(f, colour)).join('')}${summaryOf(files, found)}\n`);
  }
}
