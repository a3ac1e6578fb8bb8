import { readAnswerBody } from '../platform/errorBody.js';
import { isRecord, optional } from '../platform/json.js';
import type { Exchange, Headers, ReadResult } from './exchange.js';
import { headersOf } from './jsonMessages.js';
import { Notes } from './notes.js';
import { loggedIn, printedResponse } from './readLogJson.js';
import { type Literal, readLiteral } from './readLogLiteral.js';
import { exchangeOf, type Logged, partsOf } from './readLogParts.js';
import { readSections } from './readLogSections.js';
import { type ApiError, readApiErrors, readWords, type Words } from './readLogWords.js';

type Reading = Extract<ReadResult, { ok: true }>;

/** Characters of a text that are read: who pastes more has a file for --exchanges. */
const LONGEST = 1_000_000;
/** Values that are looked at, and characters that are spent on it, as a multiple of the text's length. */
const MOST_LITERALS = 200;
const MOST_PASSES = 3;

/** A value that stands in a text, and what it is there for. */
interface Found extends Literal {
  readonly logged?: Logged;
  readonly is: 'entry' | 'answer' | 'request headers' | 'response headers' | 'other';
}

/** Before the words of a log: a time, a level, a thread in brackets. Behind it a body would look like a list. */
const TIME = /^(?:\s{0,9}\[[^\]\n]{0,100}\]){1,9}\s*/;

/** Whose words may tell the status of an answer of which nothing else is there. */
export type Told = 'by a tool' | 'in words';

/**
 * Reads what developers paste when a call failed: log lines and exceptions of the official SDKs, the Terraform provider, HTTP libraries and
 * browsers, with whatever they printed of the answer. Nothing where the text tells of no answer. Never throws; linear.
 */
export function readLog(source: string, least: Told = 'in words'): Reading | undefined {
  const notes = new Notes();
  if (source.length > LONGEST) notes.add(`Only the first ${LONGEST} characters of the text were read.`);
  const text = unframed(source.slice(0, LONGEST));
  const found = literalsIn(text, notes);
  const entries = found.flatMap(({ logged }) => (logged ? [logged] : []));
  const words = readWords(wordsOf(text, found), text);
  const logged = entries.length > 0 ? entries : readSections(text);
  const exchanges = (logged.length > 0 ? logged : answersOf(text, words, found, least)).flatMap((one, _, all) => {
    const exchange = exchangeOf(all.length === 1 ? { ...named(words), ...one } : one);
    return exchange?.response ? [exchange] : [];
  });
  const [first] = exchanges;
  if (!first) return undefined;
  tell(notes, exchanges, first, words, found);
  return { ok: true, form: 'log', exchanges, notes: notes.list() };
}

/** The exchange that one entry of a log in JSON tells of: a line of the official SDKs' log, the details of an error of Terraform. */
export function readLogEntry(json: Record<string, unknown>, notes: Notes): Exchange | undefined {
  // A body of the platform is the most that is read, and never an entry.
  const logged = 'contextId' in json ? undefined : loggedIn(json, notes);
  const exchange = logged && exchangeOf(logged);
  if (exchange) notes.add(`This is an entry of a log: it gives ${partsOf(exchange)}.`);
  return exchange;
}

/** A line of a log in JSON, whose message is what another program printed: `{"level":"error","msg":"API Error: 403 - …"}`. */
export function readLogMessage(json: Record<string, unknown>): Reading | undefined {
  if ('contextId' in json || !['level', 'severity', 'logger', 'stream'].some((name) => name in json) || 'status' in json || 'code' in json) return undefined;
  for (const name of ['msg', 'message', 'log', 'textPayload', 'error', 'err', 'stack']) {
    const said = json[name];
    const read = typeof said === 'string' ? readLog(said, 'by a tool') : undefined;
    if (read) return read;
  }
  return undefined;
}

/** What the words say, for an entry that leaves it out. */
const named = ({ byTool: _, unclear: __, ...logged }: Words): Logged => logged;

/** Without the bar that the Terraform command line draws along its errors. */
const unframed = (text: string): string => (/^[ \t]{0,9}[│╷]/m.test(text) ? text.replace(/^[ \t]{0,9}[│╷╵] ?/gm, '') : text);

/** The values in a text, from first to last. */
function literalsIn(text: string, notes: Notes): readonly Found[] {
  const found: Found[] = [];
  let left = text.length * MOST_PASSES;
  const begin = /[{[]|["'](?=[{[]\s{0,99}\\{1,9}")/g;
  for (let match = begin.exec(text); match && found.length < MOST_LITERALS && left > 0; match = begin.exec(text)) {
    const escaped = match[0] === '"' || match[0] === "'";
    const literal = escaped ? readEscaped(text, match.index) : readLiteral(text, match.index);
    if (!literal) continue;
    left -= literal.end - match.index;
    // Cut off and not even JSON: as likely a brace in a sentence, which what follows is not part of.
    if (literal.cut && !/^\{\s{0,99}["'“]/.test(text.slice(match.index, match.index + 120))) continue;
    const one = whatIs(literal, text.slice(Math.max(0, literal.start - 60), literal.start), notes);
    if (!one) continue;
    found.push(one);
    // What nobody knows may hold what somebody does.
    if (one.is !== 'other') begin.lastIndex = literal.end;
  }
  return found;
}

/** JSON inside a string of the text: `"{\"message\":…}"`. */
function readEscaped(text: string, start: number): Literal | undefined {
  // One entry of a list is a string for the reader of values.
  const quote = text[start] as string;
  let end = start + 1;
  while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
  const literal = readLiteral(`[{"a":${text.slice(start, end + 1)}}]`, 0);
  const inner = literal && !literal.cut ? parsed(literal.json) : undefined;
  const written: unknown = Array.isArray(inner) && isRecord(inner[0]) ? inner[0]['a'] : undefined;
  const value = typeof written === 'string' ? readLiteral(written, 0) : undefined;
  return value && { ...value, start, end: Math.min(text.length, end + 1) };
}

function whatIs(literal: Literal, before: string, notes: Notes): Found | undefined {
  const value = parsed(literal.json);
  if (value === undefined && !literal.cut) return undefined;
  const logged = isRecord(value) ? (loggedIn(value, notes) ?? printedResponse(value, notes)) : undefined;
  if (logged) return { ...literal, logged, is: 'entry' };
  const { kind } = readAnswerBody(literal.json);
  if (kind === 'platform' || kind === 'oauth') return { ...literal, is: 'answer' };
  if (isRecord(value)) {
    const ofRequest = /request[ _-]?headers\W{0,9}(?:\w{1,40}\()?$/i.test(before);
    const names = Object.keys(value).map((name) => name.toLowerCase());
    if (ofRequest) return { ...literal, is: 'request headers' };
    if (/headers\W{0,9}(?:\w{1,40}\()?$/i.test(before) || names.includes('inin-correlation-id')) return { ...literal, is: 'response headers' };
  }
  return { ...literal, is: 'other' };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** The text around the values, each of which leaves a blank. */
function wordsOf(text: string, found: readonly Found[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, is } of found) {
    if (is === 'other') continue;
    pieces.push(text.slice(at, start), ' ');
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

/** What the text says of its answers, where no entry of a log says it. */
function answersOf(text: string, words: Words, found: readonly Found[], least: Told): readonly Logged[] {
  const headers = { ...optional('requestHeaders', headersIn(found, 'request headers')), ...optional('responseHeaders', headersIn(found, 'response headers')) };
  const [said, ...more] = readApiErrors(text);
  const bodies = new Map(found.filter(({ is }) => is === 'answer').map((one) => [one.json, one]));
  if (bodies.size > 0) {
    const { status: _, ...others } = named(words);
    return [...bodies.values()].map(({ json, cut }) => ({
      ...(bodies.size === 1 ? named(words) : others),
      ...headers,
      ...(bodies.size === 1 ? ofApiError(said) : {}),
      responseBody: json,
      cut,
    }));
  }
  if (said && more.length > 0) return [said, ...more].map((one) => ({ ...ofApiError(one), ...optional('responseBody', one.body) }));
  if (said) return [{ ...named(words), ...headers, ...ofApiError(said), ...optional('responseBody', said.body) }];
  const plain = text.replace(TIME, '');
  if (readAnswerBody(plain).kind === 'platform') return [{ ...named(words), ...headers, responseBody: plain }];
  if (words.status === undefined && headers.responseHeaders === undefined) return [];
  if (least === 'by a tool' && !words.byTool) return [];
  return [{ ...named(words), ...headers, ...optional('responseBody', otherBody(plain, words, found)) }];
}

const ofApiError = (said: ApiError | undefined): Logged => (said ? { status: said.status, ...optional('correlationId', said.correlationId) } : {});

/** The body of an answer that is not the platform's: a page, a value of another shape, or the words themselves where no tool wrote them. */
function otherBody(text: string, words: Words, found: readonly Found[]): string | undefined {
  const page = text.search(/<(?:!doctype html|html)\b/i);
  if (page !== -1) return text.slice(page);
  const other = found.find(({ is, json, gaps, cut }) => is === 'other' && !gaps && !cut && tellsOfError(parsed(json)));
  if (other) return other.json;
  return words.byTool ? undefined : text;
}

/** The body of a proxy or a stub, and not one that was sent. */
const tellsOfError = (value: unknown): boolean =>
  isRecord(value) && ['error', 'errors', 'message', 'code', 'detail', 'title', 'fault'].some((name) => name in value);

function headersIn(found: readonly Found[], is: Found['is']): Headers | undefined {
  const one = found.find((f) => f.is === is);
  return one && headersOf(parsed(one.json));
}

function tell(notes: Notes, exchanges: readonly Exchange[], first: Exchange, words: Words, found: readonly Found[]): void {
  if (exchanges.length > 1) notes.add(`The text is a log of ${exchanges.length} exchanges.`);
  else notes.add(`The text is a log, not an answer itself: it gives ${partsOf(first)}.`);
  const used = found.filter(({ is }) => is !== 'other');
  if (used.some(({ exact }) => !exact)) notes.add('What was printed in another way (Node, Python, curled quotes) was turned into JSON.');
  if (used.some(({ gaps }) => gaps)) notes.add('Parts that the print leaves out are null in it.');
  if (first.response?.status === undefined && words.unclear.includes('status')) notes.add('The text names several statuses; none was taken.');
  if (!first.request && words.unclear.includes('request')) notes.add('The text names several requests; none was taken for that of the answer.');
  if (!first.request && words.url !== undefined) notes.add('The text names a URL without its method: give the request to have its operation judged.');
}
