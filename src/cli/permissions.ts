import { nameOf, type OperationFacts, operationJson, operationMarkdown, operationText, permissionWords } from '../diagnosis/operationReport.js';
import { escapeMarkdown, oneLine } from '../diagnosis/report.js';
import { METHODS } from '../platform/operationIndex.js';
import { OperationSearch } from '../platform/operationSearch.js';
import { type Operation, type Operations, pathOf } from '../platform/operations.js';
import { relatedOperations } from '../platform/relatedOperations.js';
import { operationsOf } from './facts.js';
import { fail, note, oneOf, readWords, Unusable } from './input.js';
import { paint } from './output.js';

const USAGE = 'permissions "POST /api/v2/…" | --search TEXT [--facts FILE] [--format text|json|markdown]';
const OPTIONS = { search: { type: 'string' }, facts: { type: 'string' }, format: { type: 'string' } } as const;
type Format = 'text' | 'json' | 'markdown';
/** The name of a permission, which no path looks like: who names one wants the operations that ask for it. */
const PERMISSION = /^[\w-]+:[\w*-]+(?::[\w*-]+)?$/;

/** `call-doctor permissions`: what an operation requires, or which operations there are. Returns the exit code. */
export async function permissions(args: readonly string[]): Promise<number> {
  const { values, words } = readWords(args, OPTIONS, USAGE);
  if (values.format === 'sarif')
    throw new Unusable('--format: SARIF reports what is wrong in a file, and what an operation requires is no such thing. Use text, json or markdown.');
  const format = oneOf<Format>('format', values.format, ['text', 'json', 'markdown'], 'text');
  // The shell takes a search of several words apart where nobody quotes it.
  const text = [...(values.search === undefined ? [] : [values.search]), ...words].join(' ').trim();
  if (text === '') throw new Unusable(`name an operation, or what to search for.\nUsage: call-doctor ${USAGE}`);
  const operations = await operationsOf(values.facts);
  return values.search === undefined && !PERMISSION.test(text) ? show(operations, text, format) : search(operations, text, format);
}

function show(operations: Operations, text: string, format: Format): number {
  const { method, path } = readOperation(text);
  const taken = takenBy(operations, path);
  if (method === undefined && taken.length > 0) return print(operations, taken, format);
  const [found] = foundBy(operations, method ?? '?', path);
  if (found) {
    if (taken.every((o) => o.path !== found.path)) note(`${method} ${oneLine(path)} is the path of ${nameOf(found)}, with a word as an id.`);
    return print(operations, [found], format);
  }
  const asOf = `as of ${operations.listedAsOf}`;
  const suggestions = taken.length > 0 ? taken : new OperationSearch(operations).find(`${method ?? ''} ${path}`, 5).operations;
  if (format === 'json') print(operations, [], format, { suggestions: suggestions.map(nameOf) });
  const problem =
    taken.length > 0 ? `${oneLine(path)} has no ${method} (${asOf}).` : `${method ? `${method} ` : ''}${oneLine(path)} is not in the API (${asOf}).`;
  const nearest =
    suggestions.length === 0 ? ' Try --search with a word or two.' : ` Is it one of these?\n${suggestions.map((o) => `  ${nameOf(o)}`).join('\n')}`;
  return fail(2, problem + nearest);
}

function search(operations: Operations, text: string, format: Format): number {
  const hits = new OperationSearch(operations).find(text);
  if (hits.operations.length === 0) {
    if (format === 'json') print(operations, [], format, { total: 0 });
    return fail(2, `nothing in the API is like “${oneLine(text)}” (as of ${operations.listedAsOf}).`);
  }
  if (format === 'json') return print(operations, hits.operations, format, { total: hits.total });
  const found = `${hits.total} ${hits.total === 1 ? 'operation' : 'operations'}${hits.permission === undefined ? '' : ` ${hits.total === 1 ? 'names' : 'name'} ${hits.permission}`}`;
  const title = hits.operations.length < hits.total ? `${found}, the best ${hits.operations.length}:` : `${found}:`;
  if (format === 'markdown') {
    const row = (o: Operation): string => `| \`${nameOf(o)}\` | ${escapeMarkdown(listed(o))} |`;
    write([title, '', '| operation | permissions |', '|---|---|', ...hits.operations.map(row), '', operations.source].join('\n'));
  } else {
    const colour = paint();
    write([title, '', ...hits.operations.flatMap((o) => [colour('heading', nameOf(o)), `  ${listed(o)}`]), '', colour('quiet', operations.source)].join('\n'));
  }
  return 0;
}

const listed = (o: Operation): string =>
  [
    permissionWords(o),
    ...(o.userContext === 'required' ? ['needs a user'] : []),
    ...(o.deprecated ? ['deprecated'] : []),
    ...(o.preview ? ['preview'] : []),
  ].join(' · ');

function print(operations: Operations, found: readonly Operation[], format: Format, more: object = {}): number {
  const facts = found.map((operation): OperationFacts => ({ operation, related: relatedOperations(operations, operation), source: operations.source }));
  if (format === 'json') write(JSON.stringify({ schema: 1, operations: facts.map(operationJson), ...more }, null, 2));
  else if (format === 'markdown') write(facts.map(operationMarkdown).join('\n').trimEnd());
  else {
    const colour = paint();
    write(`${facts.map((f) => operationText(f, colour)).join('\n')}\n${colour('quiet', operations.source)}`);
  }
  return 0;
}

const write = (text: string): void => void process.stdout.write(`${text}\n`);

/** What the path takes: where some operations have it literally (`/users/me`), those and not the ones that have a parameter there. */
function takenBy(operations: Operations, path: string): Operation[] {
  const found = [...METHODS].flatMap((method) => foundBy(operations, method, path));
  const parameters = (o: Operation): number => o.path.split('{').length;
  const fewest = Math.min(...found.map(parameters));
  return found.filter((o) => parameters(o) === fewest);
}

const foundBy = (operations: Operations, method: string, path: string): Operation[] => {
  const lookup = operations.find(method, path);
  return lookup.kind === 'found' ? [lookup.operation] : [];
};

/**
 * What is asked for: a method, or none for all, and the path of the API. Read as people write it: a URL, a path with ids, without
 * /api/v2, a method in lower case, and what a Unix shell on Windows makes of a path (C:/Program Files/Git/api/v2/users).
 */
function readOperation(text: string): { readonly method?: string; readonly path: string } {
  const [, word, rest] = /^([A-Za-z]+)\s+(.+)$/s.exec(text) ?? [];
  const method = word?.toUpperCase();
  if (method !== undefined && !METHODS.has(method))
    throw new Unusable(`“${word}” is no method: ${[...METHODS].join(', ')} are. To search for words, use --search.`);
  const url = (rest ?? text).trim();
  const from = url.indexOf('/api/v2/');
  const path = pathOf(from >= 0 ? url.slice(from) : /^(?:\/|https?:|[{$])/i.test(url) ? url : `/${url}`);
  const whole = path.startsWith('/api/') || /^https?:/i.test(url) ? path : path.startsWith('/v2/') ? `/api${path}` : `/api/v2${path}`;
  return { ...(method === undefined ? {} : { method }), path: whole };
}
