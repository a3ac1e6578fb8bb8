import type { GrantKind } from '../diagnosis/case.js';
import { diagnose, failing } from '../diagnosis/diagnose.js';
import { toJson, toMarkdown, toSarif, toText } from '../diagnosis/report.js';
import type { Exchange } from '../exchange/exchange.js';
import { readRequest } from '../exchange/readRequest.js';
import { readResponse } from '../exchange/readResponse.js';
import { fail, loadOperations, nameOf, note, oneOf, readArgs, readInput, Unusable } from './input.js';

const USAGE = 'explain [--request FILE] [--response FILE] [--status N] [--grant client-credentials|user] [--org ORG] [--format text|json|markdown|sarif]';
const OPTIONS = {
  request: { type: 'string' },
  response: { type: 'string' },
  status: { type: 'string' },
  grant: { type: 'string' },
  org: { type: 'string' },
  format: { type: 'string' },
} as const;

/** `call-doctor explain`: reads an exchange, asks the org if there is one, and prints the diagnosis. Returns the exit code. */
export async function explain(args: readonly string[]): Promise<number> {
  const values = readArgs(args, OPTIONS, USAGE);
  const format = oneOf('format', values.format, ['text', 'json', 'markdown', 'sarif'], 'text');
  const grant = values.grant === undefined ? undefined : oneOf<GrantKind>('grant', values.grant, ['client-credentials', 'user'], 'user');
  const status = readStatus(values.status);
  const exchange = await readExchange(values.request, values.response, status);
  const operations = loadOperations();
  const asked = values.org === undefined ? undefined : await (await import('./org.js')).askOrg(values.org, exchange, operations);
  if (asked?.kind === 'unreachable') return fail(3, asked.why);

  const diagnosis = diagnose({
    exchange,
    operations,
    ...(status === undefined ? {} : { status }),
    ...(grant === undefined ? {} : { grant }),
    ...(asked === undefined ? {} : { facts: asked.facts }),
  });
  const files = { ...(values.request ? { request: values.request } : {}), ...(values.response ? { response: values.response } : {}) };
  switch (format) {
    case 'json':
      process.stdout.write(`${JSON.stringify(toJson(diagnosis), null, 2)}\n`);
      break;
    case 'markdown':
      process.stdout.write(toMarkdown(diagnosis));
      break;
    case 'sarif':
      process.stdout.write(`${JSON.stringify(toSarif(diagnosis, files), null, 2)}\n`);
      break;
    case 'text':
      process.stdout.write(toText(diagnosis));
  }
  return failing(diagnosis.findings).length > 0 ? 1 : 0;
}

function readStatus(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-5]\d\d$/.test(text)) throw new Unusable(`--status takes an HTTP status from 100 to 599, not “${text}”.`);
  return Number(text);
}

async function readExchange(requestFile: string | undefined, responseFile: string | undefined, status: number | undefined): Promise<Exchange> {
  if (requestFile === undefined && responseFile === undefined && status === undefined)
    throw new Unusable(`give --request, --response or both.\nUsage: call-doctor ${USAGE}`);
  if (requestFile === '-' && responseFile === '-') throw new Unusable('only one of --request and --response can be standard input.');
  const sent = requestFile === undefined ? undefined : pick(await readInput(requestFile), requestFile, 'request');
  if (responseFile === undefined) return sent ?? (status === undefined ? {} : { response: { status, headers: [] } });
  const got = pick(await readInput(responseFile), responseFile, 'response');
  return { ...sent, ...(got.response ? { response: got.response } : {}), ...(!sent?.request && got.request ? { request: got.request } : {}) };
}

/** The exchange of a file that holds several: the first that was denied, else the first. */
function pick(text: string, file: string, as: 'request' | 'response'): Exchange {
  const name = nameOf(file);
  const result = as === 'request' ? readRequest(text) : readResponse(text);
  if (!result.ok) throw new Unusable(`${name}${result.line === undefined ? '' : `:${result.line}:${result.column ?? 1}`}: ${result.problem}`);
  for (const n of result.notes) note(`${name}: ${n}`);
  const { exchanges } = result;
  const denied = exchanges.findIndex((e) => (e.response?.status ?? 0) >= 400);
  const chosen = exchanges[Math.max(0, denied)];
  if (!chosen) throw new Unusable(`${name}: there is no ${as} in it.`);
  if (exchanges.length > 1)
    note(`${name} holds ${exchanges.length} ${as}s; this is about the ${denied >= 0 ? 'first that was denied' : 'first'}, number ${Math.max(0, denied) + 1}.`);
  return chosen;
}
