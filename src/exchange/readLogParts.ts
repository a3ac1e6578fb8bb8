import { optional } from '../platform/json.js';
import { type Exchange, type Headers, type HttpRequest, type HttpResponse, header } from './exchange.js';

/** What a log says of one exchange: any part may be missing. */
export interface Logged {
  readonly method?: string;
  readonly url?: string;
  readonly requestHeaders?: Headers;
  readonly requestBody?: string;
  readonly status?: number;
  readonly responseHeaders?: Headers;
  readonly responseBody?: string;
  /** True where the body is known to be only the beginning. */
  readonly cut?: boolean;
  /** The platform's ININ-Correlation-Id. */
  readonly correlationId?: string;
}

export const CORRELATION_HEADER = 'ININ-Correlation-Id';

/** The exchange that a log tells of; nothing where it names neither a request nor anything of an answer. A URL without its method is no request. */
export function exchangeOf(logged: Logged): Exchange | undefined {
  const exchange = { ...optional('request', requestOf(logged)), ...optional('response', responseOf(logged)) };
  return exchange.request || exchange.response ? exchange : undefined;
}

function requestOf({ method, url, requestHeaders, requestBody }: Logged): HttpRequest | undefined {
  if (method === undefined || url === undefined) return undefined;
  const verb = method.toUpperCase();
  const unseen = [
    ...(requestHeaders === undefined ? (['headers'] as const) : []),
    ...(requestBody === undefined && verb !== 'GET' && verb !== 'HEAD' ? (['body'] as const) : []),
  ];
  return { method: verb, url, headers: requestHeaders ?? [], ...optional('body', requestBody), ...(unseen.length > 0 ? { unseen } : {}) };
}

function responseOf({ status, responseHeaders, responseBody, cut, correlationId }: Logged): HttpResponse | undefined {
  if (status === undefined && responseHeaders === undefined && responseBody === undefined) return undefined;
  const named = responseHeaders ?? [];
  const headers: Headers =
    correlationId === undefined || header(named, CORRELATION_HEADER) !== undefined ? named : [...named, [CORRELATION_HEADER, correlationId]];
  return { ...optional('status', status), headers, ...optional('body', responseBody), ...(cut ? { cut } : {}) };
}

/** The parts that were read, in words: "the request, the status and the body". */
export function partsOf({ request, response }: Exchange): string {
  const parts = [
    ...(request ? ['the request'] : []),
    ...(response?.status === undefined ? [] : ['the status']),
    ...(response && response.headers.length > 0 ? [response.headers.every(([n]) => n === CORRELATION_HEADER) ? 'the correlation id' : 'the headers'] : []),
    ...(response?.body === undefined ? [] : [/^\s*[{[<]/.test(response.body) ? 'the body' : 'the words of the answer']),
  ];
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
