import type { GrantKind } from '../diagnosis/case.js';
import { diagnose, failing } from '../diagnosis/diagnose.js';
import type { Files } from '../diagnosis/report.js';
import type { HttpRequest } from '../exchange/exchange.js';
import type { Operations } from '../platform/operations.js';
import { chosen, type Numbered, readExchanges, streamExchanges, wasDenied } from './exchanges.js';
import { fail, loadOperations, oneOf, readArgs, Unusable } from './input.js';
import { FORMATS, type Format, Printer, printOne } from './output.js';

const USAGE = `explain [--request FILE] [--response FILE] [--status N] [--all | --only-denied] [--exchanges FILE]
       [--grant client-credentials|user] [--org ORG] [--facts FILE] [--format text|json|markdown|sarif]`;
const OPTIONS = {
  request: { type: 'string' },
  response: { type: 'string' },
  status: { type: 'string' },
  all: { type: 'boolean' },
  'only-denied': { type: 'boolean' },
  exchanges: { type: 'string' },
  facts: { type: 'string' },
  grant: { type: 'string' },
  org: { type: 'string' },
  format: { type: 'string' },
} as const;

/** What is the same for every exchange of one command. */
interface Setting {
  readonly operations: Operations;
  readonly grant?: GrantKind;
  readonly status?: number;
}

/** `call-doctor explain`: reads exchanges, asks the org if there is one, and prints what it finds. Returns the exit code. */
export async function explain(args: readonly string[]): Promise<number> {
  const values = readArgs(args, OPTIONS, USAGE);
  const format = oneOf<Format>('format', values.format, FORMATS, 'text');
  const grant = values.grant === undefined ? undefined : oneOf<GrantKind>('grant', values.grant, ['client-credentials', 'user'], 'user');
  const status = readStatus(values.status);
  const { request, response, exchanges: stream, org } = values;
  if (request === undefined && response === undefined && status === undefined && stream === undefined)
    throw new Unusable(`give --request, --response or both.\nUsage: call-doctor ${USAGE}`);
  if (stream !== undefined && (request !== undefined || response !== undefined))
    throw new Unusable('--exchanges holds requests and responses: it stands alone.');
  const setting: Setting = {
    operations: await operationsFrom(values.facts),
    ...(grant === undefined ? {} : { grant }),
    ...(status === undefined ? {} : { status }),
  };
  const several = stream !== undefined || values.all === true || values['only-denied'] === true;
  if (several && org !== undefined) throw new Unusable('--org asks about one exchange: leave --all, --only-denied and --exchanges out.');

  if (stream !== undefined) return explainEach(streamExchanges(stream), setting, format, values['only-denied'] === true, { request: stream, response: stream });
  const exchanges = await readExchanges({ request, response, status });
  const files = { ...(request === undefined ? {} : { request }), ...(response === undefined ? {} : { response }) };
  const file = request ?? response ?? '';
  if (several)
    return explainEach(
      exchanges,
      setting,
      format,
      values['only-denied'] === true,
      request === undefined || response === undefined ? { request: file, response: file } : files,
    );

  const { exchange } = chosen(exchanges, file);
  const asked = org === undefined ? undefined : await (await import('./org.js')).askOrg(org, exchange, setting.operations);
  if (asked?.kind === 'unreachable') return fail(3, asked.why);
  const diagnosis = diagnose({ exchange, ...setting, ...(asked === undefined ? {} : { facts: asked.facts }) });
  printOne(format, diagnosis, files);
  return failing(diagnosis.findings).length > 0 ? 1 : 0;
}

async function explainEach(
  exchanges: Iterable<Numbered> | AsyncIterable<Numbered>,
  setting: Setting,
  format: Format,
  onlyDenied: boolean,
  files: Files,
): Promise<number> {
  const printer = new Printer(format);
  let [explained, against] = [0, 0];
  for await (const numbered of exchanges) {
    if (onlyDenied && !wasDenied(numbered)) continue;
    const { exchange, n } = numbered;
    const diagnosis = diagnose({ exchange, ...setting });
    explained++;
    if (failing(diagnosis.findings).length > 0) against++;
    await printer.add(diagnosis, { n, title: titleOf(exchange.request), files });
  }
  printer.end();
  if (explained === 0) return onlyDenied ? 0 : fail(2, 'there was no exchange to explain.');
  return against > 0 ? 1 : 0;
}

const titleOf = (request: HttpRequest | undefined): string =>
  request ? `${request.method} ${request.url.replace(/[?#].*$/s, '').slice(0, 200)}` : 'a response without its request';

export function readStatus(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-5]\d\d$/.test(text)) throw new Unusable(`--status takes an HTTP status from 100 to 599, not “${text}”.`);
  return Number(text);
}

/** The operations that ship or, where a file is named, those of it. */
export const operationsFrom = async (file: string | undefined): Promise<Operations> =>
  file === undefined ? loadOperations() : (await import('./facts.js')).operationsOf(file);
