import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type OperationChanges, operationChanges } from '../platform/operationChanges.js';
import { type IndexEntry, readIndex, writeIndex } from '../platform/operationIndex.js';
import type { Operation, Operations } from '../platform/operations.js';
import type { Region } from '../platform/regions.js';
import { type Specification, SpecificationReader, type SpecifiedOperation } from '../platform/specification.js';
import type { HttpStream, Outgoing } from './http.js';

/** Where the platform describes itself, to everybody (FACTS §2). */
const DESCRIPTION = '/api/v2/docs/swagger';
/** Unpacked bytes, at most; the description has 20 MB and more. */
const MOST_BYTES = 200 * 1024 * 1024;
/** Milliseconds for all of it. */
const TIMEOUT = 180_000;
/** The one program of Genesys that is known to read it follows redirects (FACTS §2), so one may be there. */
const MOST_REDIRECTS = 3;

export type FreshFacts =
  | {
      readonly kind: 'fresh';
      readonly operations: Operations;
      /** The text of the index, to be stored. */
      readonly index: string;
      readonly changes: OperationChanges;
    }
  /** `why` is a sentence about the API's description, without a capital. */
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'cancelled' };

export interface FactsOrder {
  readonly region: Region;
  /** What ships with the extension: what the description is silent about is taken from here. */
  readonly shipped: Operations;
  /** What is in use: the changes are told against it. */
  readonly known: Operations;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly signal?: AbortSignal;
  /** Told how many bytes have come, now and then. */
  readonly progress?: (bytes: number) => void;
}

/** Reads the description of a region's API, which needs no token and gets none, and makes an index of it. */
export async function readApiFacts(order: FactsOrder, stream: HttpStream): Promise<FreshFacts> {
  const read = await download(order, stream);
  if (!('ok' in read)) return read;
  if (!read.ok) return { kind: 'failed', why: `the description at ${order.region.api} cannot be used: ${read.problem}` };
  const { name, api } = order.region;
  const source = `Live description of the API in ${name} (${new URL(api).host}), read ${order.today}.`;
  const index = indexOf(read.operations, order.shipped, source, order.today);
  const made = readIndex(index);
  if (!made.ok) throw new Error(`the index that was made cannot be read: ${made.problem}`);
  return { kind: 'fresh', operations: made.operations, index, changes: operationChanges(order.known, made.operations) };
}

async function download(order: FactsOrder, stream: HttpStream): Promise<Specification | Exclude<FreshFacts, { kind: 'fresh' }>> {
  const failed = (why: string) => ({ kind: 'failed', why }) as const;
  let url = order.region.api + DESCRIPTION;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const reader = new SpecificationReader();
    let bytes = 0;
    const request: Outgoing = {
      method: 'GET',
      url,
      headers: { Accept: 'application/json' },
      timeout: TIMEOUT,
      ...(order.signal ? { signal: order.signal } : {}),
    };
    const outcome = await stream(request, MOST_BYTES, (chunk) => {
      bytes += chunk.length;
      order.progress?.(bytes);
      return reader.write(chunk);
    });
    if (outcome.kind === 'cancelled') return outcome;
    const host = new URL(url).host;
    if (outcome.kind !== 'streamed') return failed(`${host} gave no description: ${outcome.why}`);
    const { status, body, headers } = outcome;
    if (status === 200 && body === 'too-large') return failed(`the description at ${host} has more than ${MOST_BYTES / 1024 / 1024} MB`);
    if (status === 200 && body === 'unfinished') return failed(`the description at ${host} was cut off after ${Math.round(outcome.bytes / 1e6)} MB: try again`);
    if (status === 200) return reader.end();
    const next = status >= 300 && status < 400 ? redirection(url, headers.find(([n]) => n.toLowerCase() === 'location')?.[1]) : undefined;
    if (next === undefined) return failed(`${host} answered ${status} where it should describe the API`);
    url = next;
  }
  return failed(`${order.region.api} redirects in circles`);
}

/** Where a redirect leads, unless that is less safe than where it came from. */
function redirection(from: string, location: string | undefined): string | undefined {
  if (location === undefined || !URL.canParse(location, from)) return undefined;
  const to = new URL(location, from);
  return to.protocol === 'https:' || to.origin === new URL(from).origin ? to.href : undefined;
}

/**
 * An index of what the description says. Where it is silent, the shipped facts speak: scopes, user context, preview. Preview
 * operations are described elsewhere, so those that are not in it are kept, with their own date.
 */
export function indexOf(specified: readonly SpecifiedOperation[], shipped: Operations, source: string, today: string): string {
  const entries: IndexEntry[] = [];
  const seen = new Set<string>();
  for (const operation of specified) {
    const before = shipped.find(operation.method, operation.path);
    const known = before.kind === 'found' && shape(before.operation) === shape(operation) ? before.operation : undefined;
    seen.add(shape(operation));
    entries.push({
      method: operation.method,
      path: operation.path,
      rule: operation.rule,
      permissions: operation.permissions,
      userContext: operation.needsUser ? 'required' : (known?.userContext ?? 'unknown'),
      ...(operation.scopes.length > 0
        ? { scopes: operation.scopes, scopesFrom: 'official' as const }
        : { scopes: known?.scopes ?? [], scopesFrom: known?.scopesFrom ?? 'unknown' }),
      deprecated: operation.deprecated,
      preview: operation.preview || (known?.preview ?? false),
    });
  }
  for (const operation of shipped.all()) if (operation.preview && !seen.has(shape(operation))) entries.push(operation);
  const scopes = [...new Set([...shipped.scopes, ...specified.flatMap((o) => o.scopes)])].sort();
  return writeIndex({ source, asOf: today, asOfUndocumented: today, scopes }, entries);
}

/** What an operation is, whatever its parameters are called. */
const shape = ({ method, path }: Pick<Operation, 'method' | 'path'>): string => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`;

/** Stores an index, and beside it the report of what it changed. Returns the report's path; rejects when they cannot be written. */
export async function storeFacts(file: string, index: string, report: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  const beside = `${file.replace(/\.json$/, '')}.changes.md`;
  await replace(beside, report);
  await replace(file, index);
  return beside;
}

/** A reader finds the old content or the new, and nothing between. */
async function replace(file: string, content: string): Promise<void> {
  const next = `${file}.${process.pid}.new`;
  await writeFile(next, content, { flush: true });
  await rename(next, file);
}
