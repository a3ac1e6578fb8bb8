import { optional } from '../platform/json.js';
import type { Logged } from './readLogParts.js';

const METHOD = 'GET|POST|PUT|PATCH|DELETE|HEAD';
const ID = `[0-9A-Fa-f][0-9A-Fa-f-]{7,63}`;
/** RFC 9110 §15, as far as the platform and what stands before it answer so. */
const REASONS: Readonly<Record<string, number>> = {
  'bad request': 400,
  unauthorized: 401,
  forbidden: 403,
  'not found': 404,
  'method not allowed': 405,
  'not acceptable': 406,
  'request timeout': 408,
  conflict: 409,
  gone: 410,
  'payload too large': 413,
  'unsupported media type': 415,
  'unprocessable entity': 422,
  'too many requests': 429,
  'internal server error': 500,
  'bad gateway': 502,
  'service unavailable': 503,
  'gateway timeout': 504,
};
const REASON = Object.keys(REASONS).join('|');

/** How tools write the status of an answer whose body is not in their sentence. */
const BY_TOOLS: readonly RegExp[] = [
  // Python: requests, urllib, the platform's SDK.
  /\b(\d{3}) (?:Client|Server) Error: /g,
  /\bHTTP Error (\d{3})\b/g,
  /Exception: \((\d{3})\)\s{0,9}Reason:/g,
  /\bClientResponseError: (\d{3}), message=/g,
  /\b(?:Client|Server) error '(\d{3}) /g,
  // PowerShell and .NET.
  /\bserver returned an error: \((\d{3})\)/g,
  /\bdoes not indicate success: (\d{3})\b/g,
  /\bStatusCode: (\d{3}), ReasonPhrase:/g,
  // axios, got, Faraday, rest-client, Guzzle, reqwest.
  /\bfailed with status code (\d{3})\b/g,
  /\bResponse code (\d{3}) \(/g,
  /\bserver responded with status (\d{3})\b/g,
  /\bRestClient::\w{1,60}: (\d{3})\b/g,
  /\bresulted in a `(\d{3}) /g,
  /\bHTTP status (?:client|server) error \((\d{3}) /g,
  // Chrome, the network panel of browsers.
  /\bresponded with a status of (\d{3})\b/g,
  new RegExp(String.raw`\b(?:${METHOD}) https?:\/\/\S{1,4000}\s{1,3}(?:net::ERR_\w{1,40} )?(\d{3})(?: \(|\s|$)`, 'g'),
  /^[ \t]{0,9}(?:Response )?Status(?: ?Code)?:[ \t]{0,9}(\d{3})\b/gim,
  // The verifiers of Pact, in Ruby, Rust and on the JVM.
  /\bexpected:? (?:status )?\(?\d{3}\)?,? (?:but (?:was|got)|(?:but )?actual:?) \(?(\d{3})\b/gi,
  /\bHTTP Response \( ?status: (\d{3})\b/g,
  // Access logs, wget, Spring.
  /" HTTP\/\d(?:\.\d)?" (\d{3})\b|\bHTTP\/\d(?:\.\d)?" (\d{3})\b/g,
  /\bERROR (\d{3}): /g,
  /\bHttp(?:Client|Server)ErrorException[\w$.]{0,60}: (\d{3})\b/g,
];
/** How people and other programs write it: it may be anybody's status, so the words around it are kept. */
const LOOSELY: readonly RegExp[] = [
  new RegExp(String.raw`\b(\d{3})[ :]{1,2}\(?(?:${REASON})\b`, 'gi'),
  /\b(?:HTTP|status|statusCode|status code|http code|response code)\b["']?\s{0,2}[:=]?\s{0,2}["'(]?(\d{3})\b/gi,
  /\bcode=(\d{3})\b/g,
];
/** The Java SDK prints the reason alone (ApiException: its message is the reason phrase). */
const REASON_OF_JAVA = new RegExp(String.raw`\bmypurecloud\.sdk\.v2\.ApiException: (${REASON})\s`, 'i');
/** Nothing but a status and its reason. */
const STATUS_ALONE = new RegExp(String.raw`^\W{0,20}(?:Error:? )?(?:HTTP(?:\/\d(?:\.\d)?)?[ :]{1,2})?(\d{3})\W{1,3}(?:${REASON})\W{0,20}$`, 'i');

/** How the request of an answer is written. The method is the first group, the URL the second, or named. */
const REQUESTS: readonly RegExp[] = [
  new RegExp(String.raw`\b(?<m>${METHOD})[ \t]{1,3}["'<(${'`'}]?(?<u>(?:https?:\/\/|\/api\/v2\/|\/oauth\/)[^\s"'<>${'`'}|]{1,4000})`, 'g'),
  /\b(?<m>Get|Post|Put|Patch|Delete) "(?<u>https?:\/\/[^\s"]{1,4000})"/g,
  new RegExp(String.raw`\bHTTP Request \( ?method: (?<m>${METHOD}), path: (?<u>\/[^\s,]{1,4000})`, 'g'),
];
/** Python: the call in the traceback, and the URL in the sentence of requests. */
const CALL_OF_REQUESTS = /\brequests\.(get|post|put|patch|delete)\(/g;
const URL_OF_REQUESTS = / for url: (https?:\/\/\S{1,4000})/;
const URL_LINE = /^[ \t]{0,9}(?:Request )?URL:[ \t]{0,9}((?:https?:\/\/|\/)\S{1,4000})/im;
const METHOD_LINE = new RegExp(String.raw`^[ \t]{0,9}(?:Request )?Method:[ \t]{0,9}(${METHOD})\b`, 'im');
/** Of the platform alone. `Correlation-Id` without ININ is a header of many. */
const CORRELATION = new RegExp(String.raw`\bININ-Correlation-Id["']?[ \t]{0,3}[:=,]?[ \t]{0,3}["'(]?(${ID})`, 'i');

/** How often a pattern is looked for: a log repeats itself. */
const MOST_FOUND = 100;

/** What the words of a text say of an exchange. */
export interface Words extends Logged {
  /** True where a tool wrote the status, and the sentence around it says nothing else of the answer. */
  readonly byTool: boolean;
  /** What is said in several ways, so that none was taken. */
  readonly unclear: readonly ('request' | 'status')[];
}

/**
 * Reads status, request and correlation id from the words of a text. Several that differ are none.
 * @param whole the text with the values that stand in it
 */
export function readWords(words: string, whole = words): Words {
  const byTools = statuses(words, BY_TOOLS);
  const alone = words.length < 200 ? STATUS_ALONE.exec(words)?.[1] : undefined;
  const java = REASON_OF_JAVA.exec(words)?.[1];
  if (alone !== undefined) byTools.add(Number(alone));
  if (java !== undefined) byTools.add(REASONS[java.toLowerCase()] ?? 0);
  const found = byTools.size > 0 ? byTools : statuses(words, LOOSELY);
  const requests = requestsIn(words);
  const [request] = requests.values();
  return {
    byTool: byTools.size === 1,
    unclear: [...(found.size > 1 ? (['status'] as const) : []), ...(requests.size > 1 ? (['request'] as const) : [])],
    ...optional('status', found.size === 1 ? [...found][0] : undefined),
    ...(request && requests.size === 1 ? request : {}),
    ...(requests.size === 0 ? optional('url', (URL_OF_REQUESTS.exec(words) ?? URL_LINE.exec(words))?.[1]) : {}),
    ...optional('correlationId', CORRELATION.exec(whole)?.[1]),
  };
}

/** Errors only: nobody asks about a 200. */
function statuses(words: string, patterns: readonly RegExp[]): Set<number> {
  const found = new Set<number>();
  for (const pattern of patterns) {
    for (const match of some(words, pattern)) {
      const status = Number(match[1] ?? match[2]);
      if (status >= 400 && status < 600) found.add(status);
    }
  }
  return found;
}

function requestsIn(words: string): Map<string, { readonly method: string; readonly url: string }> {
  const found = new Map<string, { readonly method: string; readonly url: string }>();
  const add = (method: string | undefined, url: string | undefined): void => {
    if (method === undefined || url === undefined) return;
    const request = { method: method.toUpperCase(), url: withoutPunctuation(url) };
    found.set(`${request.method} ${request.url}`, request);
  };
  for (const pattern of REQUESTS) for (const match of some(words, pattern)) add(match.groups?.['m'], match.groups?.['u']);
  add(METHOD_LINE.exec(words)?.[1], URL_LINE.exec(words)?.[1]);
  const called = new Set([...some(words, CALL_OF_REQUESTS)].map((match) => match[1]));
  if (called.size === 1) add([...called][0], URL_OF_REQUESTS.exec(words)?.[1]);
  return found;
}

function* some(words: string, pattern: RegExp): Iterable<RegExpExecArray> {
  let left = MOST_FOUND;
  for (const match of words.matchAll(pattern)) {
    yield match;
    if (--left === 0) return;
  }
}

/** A URL in a sentence ends before the mark that ends the sentence. */
function withoutPunctuation(url: string): string {
  let end = url.length;
  while (end > 1 && '.,;:!?)]}…'.includes(url[end - 1] as string)) end--;
  return url.slice(0, end);
}

/** What the Go SDK and with it the Terraform provider make of an answer: `API Error: 403 - message (correlation id)`. */
export interface ApiError {
  readonly status: number;
  readonly correlationId?: string;
  /** The sentence, on one line; nothing where there was no body to quote a message from. */
  readonly body?: string;
}

const API_ERROR = /\bAPI\s{1,9}Error:\s{1,9}(\d{3})\s{1,9}-\s{1,9}/g;
const ITS_END = new RegExp(String.raw`\s{0,9}\((${ID})?\)`);
/** The Go SDK's own words where there is no message (apiresponse.go). */
const NO_MESSAGE = new RegExp(String.raw`^(?:API Error: )?(?:Unknown API Error|\d{3} (?:${REASON}))?$`, 'i');
const LONGEST_MESSAGE = 8000;

/** Such sentences of a text, each once, whatever lines they were broken into. */
export function readApiErrors(words: string): readonly ApiError[] {
  const found = new Map<string, ApiError>();
  let end = 0;
  for (const begin of some(words, API_ERROR)) {
    if (begin.index < end) continue;
    const { length, ...error } = apiErrorAt(words, begin);
    end = begin.index + length;
    found.set(JSON.stringify(error), error);
  }
  return [...found.values()];
}

function apiErrorAt(words: string, begin: RegExpExecArray): ApiError & { readonly length: number } {
  const rest = words.slice(begin.index + begin[0].length, begin.index + begin[0].length + LONGEST_MESSAGE);
  const end = ITS_END.exec(rest);
  const message = oneLine(end ? rest.slice(0, end.index) : (/^[^\r\n]*/.exec(rest)?.[0] ?? ''));
  const status = Number(begin[1]);
  const id = end?.[1];
  return {
    length: begin[0].length + (end ? end.index + end[0].length : message.length),
    status,
    ...optional('correlationId', id),
    ...(NO_MESSAGE.test(message) ? {} : { body: `API Error: ${status} - ${message}${id === undefined ? '' : ` (${id})`}` }),
  };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
