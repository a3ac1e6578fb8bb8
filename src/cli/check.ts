import { diagnose, failing } from '../diagnosis/diagnose.js';
import { chosen, readExchanges } from './exchanges.js';
import { operationsFrom } from './explain.js';
import { fail, note, oneOf, readArgs, Unusable } from './input.js';
import { FORMATS, type Format, printOne } from './output.js';

const USAGE = 'check --request FILE --org ORG [--facts FILE] [--format text|json|markdown|sarif]';
const OPTIONS = { request: { type: 'string' }, org: { type: 'string' }, facts: { type: 'string' }, format: { type: 'string' } } as const;

/** `call-doctor check`: what would fail if the request were sent. Nothing is dialled and nothing is written. Returns the exit code. */
export async function check(args: readonly string[]): Promise<number> {
  const values = readArgs(args, OPTIONS, USAGE);
  const format = oneOf<Format>('format', values.format, FORMATS, 'text');
  const { request: file, org } = values;
  if (file === undefined) throw new Unusable(`give --request.\nUsage: call-doctor ${USAGE}`);
  if (org === undefined)
    throw new Unusable(`give --org: the check asks the org. Without one, call-doctor explain judges the request alone.\nUsage: call-doctor ${USAGE}`);
  const { request, response } = chosen(await readExchanges({ request: file }), file).exchange;
  if (!request) throw new Unusable(`${file}: there is no request in it.`);
  if (response) note('The answer that stands beside the request was left out: this is about sending it again.');
  const operations = await operationsFrom(values.facts);
  const asked = await (await import('./org.js')).askOrg(org, { request }, operations);
  if (asked.kind === 'unreachable') return fail(3, asked.why);
  const diagnosis = diagnose({ exchange: { request }, operations, facts: asked.facts });
  printOne(format, diagnosis, { request: file });
  return failing(diagnosis.findings).length > 0 ? 1 : 0;
}
