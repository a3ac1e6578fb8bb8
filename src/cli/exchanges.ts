import type { Exchange } from '../exchange/exchange.js';
import { requestOf, responseOf } from '../exchange/jsonMessages.js';
import { Notes } from '../exchange/notes.js';
import { readLog, readLogEntry } from '../exchange/readLog.js';
import { readRequest } from '../exchange/readRequest.js';
import { readResponse } from '../exchange/readResponse.js';
import { isRecord } from '../platform/json.js';
import { nameOf, note, readInput, readLines, Unusable } from './input.js';

/** What `--request`, `--response` and `--status` say. */
export interface Sources {
  readonly request?: string | undefined;
  readonly response?: string | undefined;
  readonly status?: number | undefined;
}

/** One exchange, and where among the others of its file it stands. */
export interface Numbered {
  readonly exchange: Exchange;
  /** From 1. */
  readonly n: number;
}

/** Every exchange of the files. Where both are given, the response of the one belongs to the request of the other. */
export async function readExchanges({ request, response, status }: Sources): Promise<readonly Numbered[]> {
  if (request === '-' && response === '-') throw new Unusable('only one of --request and --response can be standard input.');
  const sent = request === undefined ? undefined : await read(request, 'request');
  const got = response === undefined ? undefined : await read(response, 'response', status);
  if (sent && got) return [{ n: 1, exchange: joined(chosen(sent, request as string).exchange, chosen(got, response as string).exchange) }];
  return sent ?? got ?? (status === undefined ? [] : [{ n: 1, exchange: { response: { status, headers: [] } } }]);
}

/** The one to explain among several: the first that was denied, else the first. Says which on standard error. */
export function chosen(exchanges: readonly Numbered[], file: string): Numbered {
  const found = exchanges.find(wasDenied) ?? exchanges[0];
  if (!found) throw new Unusable(`${nameOf(file)}: there is nothing to explain in it.`);
  if (exchanges.length > 1)
    note(
      `${nameOf(file)} holds ${exchanges.length}; this is about number ${found.n}, the first${wasDenied(found) ? ' that was denied' : ''}. --all explains each of them, --only-denied those that were denied.`,
    );
  return found;
}

export const wasDenied = ({ exchange }: Numbered): boolean => (exchange.response?.status ?? 0) >= 400;

const joined = (sent: Exchange, got: Exchange): Exchange => ({
  ...sent,
  ...(got.response ? { response: got.response } : {}),
  ...(!sent.request && got.request ? { request: got.request } : {}),
});

async function read(file: string, as: 'request' | 'response', status?: number): Promise<readonly Numbered[]> {
  const name = nameOf(file);
  const text = await readInput(file);
  if (as === 'response' && status === undefined && text.trim() === '')
    throw new Unusable(`${name} is empty: there is nothing to explain in it. An answer without a body still has a status: give --status.`);
  const result = as === 'request' ? readRequest(text) : readResponse(text);
  if (!result.ok) throw new Unusable(`${name}${result.line === undefined ? '' : `:${result.line}:${result.column ?? 1}`}: ${result.problem}`);
  for (const n of result.notes) note(`${name}: ${n}`);
  return result.exchanges.map((exchange, i) => ({ exchange, n: i + 1 }));
}

/** How many unreadable lines are told one by one. */
const TOLD = 20;

/**
 * The exchanges of newline-delimited JSON, one line each: `{"request":…,"response":…}`, or a request with its `response` inside.
 * Only the line at hand is in memory. A line that cannot be read is told and left out.
 */
export async function* streamExchanges(file: string): AsyncGenerator<Numbered> {
  let [n, unreadable] = [0, 0];
  for await (const line of readLines(file)) {
    n++;
    if (line.trim() === '') continue;
    const exchange = exchangeOf(line);
    if (typeof exchange !== 'string') yield { exchange, n };
    else if (++unreadable <= TOLD) note(`${nameOf(file)}:${n}: ${exchange} The line was left out.`);
  }
  if (unreadable > TOLD) note(`${nameOf(file)}: ${unreadable} lines were left out in all.`);
}

/** @returns the exchange, or what is wrong with the line */
function exchangeOf(line: string): Exchange | string {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return readLog(line)?.exchanges[0] ?? 'This is not JSON.';
  }
  if (!isRecord(json)) return 'This is no JSON object.';
  const entry = readLogEntry(json, new Notes());
  if (entry) return entry;
  const { request, response, ...rest } = json;
  const sent = request ?? ('method' in rest || 'url' in rest ? rest : undefined);
  const parts: Exchange[] = [];
  for (const [value, as] of [
    [sent, 'request'],
    [response ?? (sent === undefined ? json : undefined), 'response'],
  ] as const) {
    if (value === undefined || value === null) continue;
    const part = plain(value, as) ?? readAs(value, as);
    if (typeof part === 'string') return part;
    parts.push(part);
  }
  return parts.length === 0 ? 'There is neither a request nor a response in it.' : Object.assign({}, ...parts);
}

/** A message in the plain JSON form, which needs no second reading. */
function plain(value: unknown, as: 'request' | 'response'): Exchange | undefined {
  if (!isRecord(value)) return undefined;
  const notes = new Notes();
  if (as === 'request') {
    const request = typeof value['method'] === 'string' ? requestOf(value, notes) : undefined;
    return request && { request };
  }
  return typeof value['status'] === 'number' && isRecord(value['headers']) ? { response: responseOf(value, notes) } : undefined;
}

function readAs(value: unknown, as: 'request' | 'response'): Exchange | string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const result = as === 'request' ? readRequest(text) : readResponse(text);
  if (!result.ok) return result.problem;
  return result.exchanges[0] ?? 'There is neither a request nor a response in it.';
}
