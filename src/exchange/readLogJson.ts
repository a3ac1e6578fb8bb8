import { isRecord, optional, text } from '../platform/json.js';
import { hostOf } from '../platform/regions.js';
import { decodeBase64 } from './base64.js';
import { bodyOf, headersOf, statusOf } from './jsonMessages.js';
import type { Notes } from './notes.js';
import type { Logged } from './readLogParts.js';
import { readApiErrors } from './readLogWords.js';

/** Members that only an entry of a log has: the official SDKs' (log format JSON), the Go SDK's APIResponse, Postman's console. */
const OF_ENTRY = ['responseBody', 'requestHeaders', 'responseHeaders', 'rawBody', 'hasBody', 'Response Body', 'Request Headers', 'Response Headers'];
/** Where programs put the error that they caught: `sdkError.details.error` of the WebRTC SDK. */
const INSIDE = ['error', 'err', 'sdkError', 'details', 'cause', 'exception'];
const DEEPEST = 4;
/** Without one of these members nothing is an entry: most of what is read has none. */
const MARKS = new Set([...OF_ENTRY, ...INSIDE, 'config', 'req', 'errorMessage', 'correlationId', 'name']);

/**
 * One entry of a log as JSON: of the official SDKs, the details of an error of the Terraform provider, the Go SDK's APIResponse, an error
 * of axios or superagent, an entry of Postman's console. Nothing for anything else.
 */
export function loggedIn(json: Record<string, unknown>, notes: Notes, depth = 0): Logged | undefined {
  if (!Object.keys(json).some((name) => MARKS.has(name))) return undefined;
  if (isRecord(json['config']) && text(json['config']['url']) !== undefined) return ofAxios(json, json['config'], notes);
  if (isRecord(json['req']) && text(json['req']['url']) !== undefined) return ofSuperagent(json, json['req'], notes);
  if (isEntry(json)) return ofEntry(json, notes);
  const failed = json['name'] === 'AxiosError' ? statusIn(json['message']) : undefined;
  if (failed !== undefined) return { status: failed };
  if (depth === DEEPEST) return undefined;
  for (const name of INSIDE) {
    const inner = json[name];
    const found = isRecord(inner) ? loggedIn(inner, notes, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

function isEntry(json: Record<string, unknown>): boolean {
  if (OF_ENTRY.some((name) => name in json)) return true;
  const failed = text(json['errorMessage']) !== undefined || text(json['correlationId']) !== undefined;
  return failed && statusOf(json['statusCode']) !== undefined && text(json['method']) !== undefined;
}

function ofEntry(json: Record<string, unknown>, notes: Notes): Logged | undefined {
  const url = text(json['url'] ?? json['uri'] ?? json['path']);
  const [said] = readApiErrors(text(json['errorMessage']) ?? '');
  const headers = json['responseHeaders'] ?? json['Response Headers'] ?? json['header'];
  const sent = json['requestHeaders'] ?? json['Request Headers'];
  const status = statusOf(json['statusCode']) ?? statusOf(/^\d{3}(?!\d)/.exec(String(json['status'] ?? ''))?.[0]) ?? said?.status;
  const body = answerOf(json, said?.body, notes);
  // Others name their ids so, too.
  const id = said?.correlationId ?? (url === undefined || isOfPlatform(url) ? text(json['correlationId']) : undefined);
  if (status === undefined && body === undefined && url === undefined && headers === undefined) return undefined;
  return {
    ...optional('method', text(json['method'])),
    ...optional('url', url),
    ...optional('requestHeaders', sent === undefined ? undefined : headersOf(sent)),
    ...optional('requestBody', bodyOf(json['requestBody'] ?? json['Request Body'] ?? undefined, notes).text || undefined),
    ...optional('status', status),
    ...optional('responseHeaders', headers === undefined ? undefined : headersOf(headers)),
    ...optional('responseBody', body),
    ...optional('correlationId', id || undefined),
  };
}

/** An answer as `fetch`, the JavaScript SDK and others print it: `{status, headers, body | data | text}`. */
export function printedResponse(json: Record<string, unknown>, notes: Notes): Logged | undefined {
  const status = statusOf(json['status'] ?? json['statusCode']);
  if (status === undefined || !isRecord(json['headers'])) return undefined;
  const body = ['body', 'data', 'text'].map((name) => json[name]).find((b) => b !== undefined && b !== null && b !== '' && !isStream(b));
  return { status, responseHeaders: headersOf(json['headers']), ...optional('responseBody', bodyOf(body, notes).text) };
}

/** `ReadableStream { locked: false, state: 'readable' }`: nobody had read the body. */
const isStream = (body: unknown): boolean => isRecord(body) && 'locked' in body && 'state' in body;

function answerOf(json: Record<string, unknown>, said: string | undefined, notes: Notes): string | undefined {
  const raw = text(json['rawBody']);
  const plain = json['responseBody'] ?? json['Response Body'] ?? (raw === undefined ? undefined : (decodeBase64(raw) ?? raw));
  if (plain !== undefined && plain !== null && plain !== '') return bodyOf(plain, notes).text;
  return isRecord(json['error']) ? bodyOf(json['error'], notes).text : said;
}

const isOfPlatform = (url: string): boolean => /^\/(?:api\/v2|oauth)\//.test(url) || ['api', 'login'].includes(hostOf(url).kind);

/** `AxiosError.toJSON()`, or the response or the error itself as somebody wrote it down. */
function ofAxios(json: Record<string, unknown>, config: Record<string, unknown>, notes: Notes): Logged {
  const answer = isRecord(json['response']) ? json['response'] : json;
  const url = text(config['url']) ?? '';
  const base = text(config['baseURL']);
  const status = statusOf(answer['status']) ?? statusOf(json['status']) ?? statusIn(json['message']);
  return {
    method: text(config['method']) ?? 'GET',
    url: base === undefined || /^https?:/i.test(url) ? url : `${base.replace(/\/{1,9}$/, '')}/${url.replace(/^\/{1,9}/, '')}`,
    ...optional('requestHeaders', isRecord(config['headers']) ? headersOf(config['headers']) : undefined),
    ...optional('requestBody', config['data'] === null ? undefined : bodyOf(config['data'], notes).text),
    ...optional('status', status),
    ...optional('responseHeaders', isRecord(answer['headers']) ? headersOf(answer['headers']) : undefined),
    ...optional('responseBody', answer['data'] === null || answer['data'] === '' ? undefined : bodyOf(answer['data'], notes).text),
  };
}

/** In the words of axios: "Request failed with status code 403". */
const statusIn = (message: unknown): number | undefined => statusOf(/\bstatus code (\d{3})\b/.exec(text(message) ?? '')?.[1]);

/** `response.toJSON()` of superagent. */
function ofSuperagent(json: Record<string, unknown>, req: Record<string, unknown>, notes: Notes): Logged {
  return {
    method: text(req['method']) ?? 'GET',
    ...optional('url', text(req['url'])),
    ...optional('requestHeaders', isRecord(req['headers']) ? headersOf(req['headers']) : undefined),
    ...optional('requestBody', bodyOf(req['data'] ?? undefined, notes).text),
    ...optional('status', statusOf(json['status'])),
    ...optional('responseHeaders', isRecord(json['header']) ? headersOf(json['header']) : undefined),
    ...optional('responseBody', text(json['text']) || bodyOf(json['body'] ?? undefined, notes).text),
  };
}
