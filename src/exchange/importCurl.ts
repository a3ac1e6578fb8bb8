import { optional } from '../platform/json.js';
import { hostOf } from '../platform/regions.js';
import { callDocument } from './callDocument.js';
import { type HttpRequest, header, REDACTED } from './exchange.js';
import { hostNote, type LeftOut, leftOut, typeNote } from './importLeftOut.js';
import { parseJson } from './parseJson.js';
import { findPlaceholders } from './placeholders.js';
import { positionAt } from './position.js';
import { PLACEHOLDER, redactExchange } from './redact.js';
import { pathIn, type Region } from './region.js';
import { findRegions, type RegionHint } from './regions.js';

/** Why nothing is imported, as sentences, and where: an offset of the text, with its 1-based line and column. */
export interface ImportProblem {
  readonly ok: false;
  readonly problem: string;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** The requests of a text, in its order, and the one that is meant if one is: the first that calls Genesys Cloud. */
export interface Importable {
  readonly ok: true;
  readonly regions: readonly Region[];
  readonly preselected: number;
}

/** A request as the text of a `*.call.json`. */
export interface ImportedCall {
  readonly ok: true;
  readonly fileText: string;
  /** "POST /api/v2/conversations/calls" */
  readonly name: string;
  /** What was assumed and what is different from the command, as sentences. */
  readonly notes: readonly string[];
  /** What the file does not have, and why. */
  readonly ignored: readonly LeftOut[];
}

/**
 * Finds the cURL commands of a text, and requests of other forms: what a person selected or copied, so also in comments and in strings of
 * programs. Never throws; linear.
 */
export function findImportable(text: string, hint: RegionHint = {}): Importable | ImportProblem {
  const looks: readonly (() => readonly Region[])[] = [
    () => findRegions(text, hint).regions,
    () => findRegions(text).regions,
    () => findRegions(withoutCommentMarks(text), { languageId: 'plaintext' }).regions,
  ];
  for (const look of looks) {
    const regions = look().filter((r) => r.form !== 'payload');
    if (regions.length > 0) return { ok: true, regions, preselected: Math.max(0, regions.findIndex(callsGenesys)) };
  }
  const { declined } = findRegions(text);
  const start = Math.max(0, text.search(/\S/));
  return problemAt(text, start, declined ?? (text.trim() === '' ? 'There is no text.' : 'There is no cURL command that names a URL.'));
}

/** Comment marks of shells, cmd and programs as blanks: offsets stay. */
const withoutCommentMarks = (text: string): string =>
  text.replace(/^([ \t]*)(#+|\/\/|::|rem\b|\*)/gim, (_, blank: string, mark: string) => blank + ' '.repeat(mark.length));

function callsGenesys({ request: { url } }: Region): boolean {
  const { kind } = hostOf(url);
  return kind === 'api' || ((kind === 'loopback' || kind === 'unreadable') && /\/api\/v2\//.test(url));
}

/**
 * Makes the file of one request of a text: its method, path and query, and its body. Token, credentials, cookies and host stay behind.
 * @param fileBody what the file of `region.file` holds, where somebody read it
 */
export function importRequest(text: string, region: Region, fileBody?: string): ImportedCall | ImportProblem {
  const { request } = region;
  const url = pathOf(region);
  if (/\/oauth\/(?:token|authorize|revoke)\b/.test(url))
    return problemAt(text, region.span.start, 'This command asks for a token. Its client and secret go into no file: sign in with them instead.');
  const notes = [hostNote(request.url), ...region.notes.filter((n) => !isReplaced(n)), typeNote(region)].filter((n) => n !== undefined);
  const ignored = leftOut(region);
  const leaveOut = (what: string): void =>
    void ignored.push({ ...region.span, text: `a secret of the ${what}`, reason: 'A secret is never imported: “…” stands for it.' });
  const written = fileBody ?? request.body;
  const body = written?.trim() === '' ? undefined : written;
  if (region.file && fileBody === undefined) notes.push(`The body is in the file ${region.file.text.slice(0, 200)}, which was not read.`);
  if (body !== undefined) {
    const read = parseJson(body);
    if (!read.ok) return notJson(text, region, body, read, fileBody !== undefined);
    if (read.tolerated) notes.push('The body has comments or trailing commas. They were kept; the platform refuses them.');
  }
  const safe = withoutSecrets({ ...request, url, ...optional('body', body) });
  if (safe.url !== url) leaveOut('URL');
  if (safe.body !== body) leaveOut('body');
  const method = request.method.toUpperCase();
  return {
    ok: true,
    fileText: callDocument({ method, url: safe.url, ...optional('body', safe.body) }),
    name: `${method} ${safe.url}`,
    notes: [...new Set(notes)],
    ignored,
  };
}

/** What the reader says of a URL that it keeps, and of a type that is told in other words. */
const isReplaced = (note: string): boolean => /^(?:The URL has no scheme|No Content-Type is given)/.test(note);

/** The path and the query; the whole URL where its beginning is to be filled in and may hold a part of the path. */
function pathOf({ request: { url }, url: written }: Region): string {
  const bare = url.replace(/#.*/s, '');
  const authority = /^[a-z][a-z0-9+.-]{0,20}:\/\/[^/?]*/i.exec(bare)?.[0].length;
  const path = written && pathIn(written)?.text;
  const at = path === undefined ? -1 : bare.indexOf(path, authority ?? 0);
  if (at !== -1) return authority !== undefined || /^\/api\//.test(bare.slice(at)) ? bare.slice(at) : bare;
  return authority === undefined ? bare : `/${bare.slice(authority)}`;
}

/** Without what is secret by its name, and without the token wherever it stands. */
function withoutSecrets(request: HttpRequest): HttpRequest {
  const redacted = redactExchange({ request }).request ?? request;
  const token = header(request.headers, 'authorization')?.replace(/^\s*(?:bearer|basic)\s+/i, '');
  if (token === undefined || token.length < 16 || PLACEHOLDER.test(token)) return redacted;
  const without = (text: string): string => text.replaceAll(token, REDACTED);
  return { ...redacted, url: without(redacted.url), ...optional('body', redacted.body === undefined ? undefined : without(redacted.body)) };
}

function notJson(
  text: string,
  region: Region,
  body: string,
  { problem, line, column }: { readonly problem: string; readonly line: number; readonly column: number },
  fromFile: boolean,
): ImportProblem {
  const what = problem.replace('The JSON is not valid', 'The body is no JSON').replace('The JSON', 'The body');
  if (fromFile || !region.body)
    return problemAt(text, region.file?.span.start ?? region.span.start, `${what} It is in line ${line}, column ${column} of its file.`);
  if (region.joined) return problemAt(text, region.body.span.start, 'The body is no JSON: curl joins several -d with &, as in a form.');
  const offset = offsetAt(body, line, column);
  const placeholder = findPlaceholders(body).find((p) => p.start <= offset && offset <= p.end);
  const hint = placeholder ? ` Put quotes around ${placeholder.text}, or fill it in.` : '';
  return problemAt(text, region.body.sourceOffset(offset), what + hint);
}

function offsetAt(text: string, line: number, column: number): number {
  let start = 0;
  for (let n = 1; n < line; n++) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}

const problemAt = (text: string, offset: number, problem: string): ImportProblem => ({ ok: false, problem, offset, ...positionAt(text, offset) });
