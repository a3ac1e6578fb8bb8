import { type Exchange, type HttpRequest, REDACTED } from '../exchange/exchange.js';
import { readAnswerBody } from '../platform/errorBody.js';
import { optional } from '../platform/json.js';
import { pathOf } from '../platform/operations.js';
import type { Region } from '../platform/regions.js';
import { hide } from './hide.js';
import type { Http, Outcome } from './http.js';

/** One line for the log: what DESIGN §8 allows and no more. */
export interface LogEntry {
  readonly method: string;
  /** Without ids and query. */
  readonly path: string;
  readonly status: number | string;
  readonly ms: number;
  readonly correlationId: string;
}

/** The answer to a read: the value, or why there is none in words that can stand in evidence. */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | {
      readonly kind: 'failed';
      readonly why: string;
      readonly status?: number;
      /** Only where the platform itself answered. */
      readonly code?: string;
      /** Permissions that the refusal names. */
      readonly permissions?: readonly string[];
    }
  | { readonly kind: 'cancelled' };

/** Where the token comes from. */
export type TokenSource = (
  signal?: AbortSignal,
) => Promise<{ readonly kind: 'ok'; readonly token: string } | { readonly kind: 'failed'; readonly why: string }>;

/** Speaks to the API of one region as one caller. A token goes to that region's API host and nowhere else. */
export class Client {
  constructor(
    readonly region: Region,
    private readonly token: TokenSource,
    private readonly http: Http,
    private readonly log: (entry: LogEntry) => void = () => {},
    /** Told of a token that the platform answered 401 to: it has ended, or was revoked. */
    private readonly refused: (token: string) => void = () => {},
  ) {}

  /** The request as it will be sent, without the token. `path` begins with /api/v2/. */
  describe(method: string, path: string, body?: unknown): HttpRequest {
    const headers: [string, string][] = [
      ['Authorization', `Bearer ${REDACTED}`],
      ['Accept', 'application/json'],
    ];
    if (body !== undefined) headers.push(['Content-Type', 'application/json']);
    return { method, url: this.region.api + path, headers, ...(body === undefined ? {} : { body: JSON.stringify(body, null, 2) }) };
  }

  /** Sends one request and returns what became of it, with the exchange as it may be shown and kept: without the token. */
  async exchange(
    method: string,
    path: string,
    options: { readonly body?: unknown; readonly timeout?: number; readonly signal?: AbortSignal } = {},
  ): Promise<{ outcome: Outcome; exchange: Exchange }> {
    if (!path.startsWith('/api/v2/')) throw new Error(`not a path of the API: ${path}`);
    const request = this.describe(method, path, options.body);
    const token = await this.token(options.signal).catch((e: unknown) => ({ kind: 'failed' as const, why: `the sign-in cannot be read (${String(e)})` }));
    if (token.kind === 'failed') return { outcome: { kind: 'not-sent', code: 'NO_TOKEN', why: token.why }, exchange: { request } };
    const headers = Object.fromEntries(request.headers.filter(([name]) => name !== 'Authorization'));
    const started = performance.now();
    const sent = await this.http({
      method,
      url: request.url,
      headers: { ...headers, Authorization: `Bearer ${token.token}` },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const answered = sent.kind === 'answered' ? hide(sent, [token.token]) : undefined;
    const outcome = answered ?? sent;
    this.log({
      method,
      path: template(path),
      status: answered ? answered.status : outcome.kind,
      ms: Math.round(performance.now() - started),
      correlationId: answered?.headers.find(([n]) => n.toLowerCase() === 'inin-correlation-id')?.[1] ?? '',
    });
    if (!answered) return { outcome, exchange: { request } };
    const { status, headers: answerHeaders, body, cut } = answered;
    if (status === 401) this.refused(token.token);
    return {
      outcome,
      exchange: { request, response: { status, headers: answerHeaders.filter(([n]) => !/^set-cookie$/i.test(n)), body, ...(cut ? { cut } : {}) } },
    };
  }

  /** Reads JSON. `parse` gets what came and returns the value, or `undefined` where it is not what was asked for. */
  async read<T>(
    method: 'GET' | 'POST',
    path: string,
    parse: (json: unknown) => T | undefined,
    options: { readonly body?: unknown; readonly signal?: AbortSignal } = {},
  ): Promise<Answer<T>> {
    const { outcome } = await this.exchange(method, path, options);
    return readAnswer(outcome, parse);
  }
}

/** An outcome as the answer to a read. `parse` as in `Client.read`. */
export function readAnswer<T>(outcome: Outcome, parse: (json: unknown) => T | undefined): Answer<T> {
  if (outcome.kind === 'cancelled') return { kind: 'cancelled' };
  if (outcome.kind !== 'answered') return { kind: 'failed', why: outcome.why };
  const { status, body, cut } = outcome;
  if (status < 200 || status > 299) return { kind: 'failed', status, ...denial(body), why: refusal(status, body) };
  if (cut) return { kind: 'failed', status, why: 'the answer was cut off or is too large' };
  try {
    const value = parse(JSON.parse(body));
    return value === undefined ? { kind: 'failed', status, why: 'the answer has another shape than documented' } : { kind: 'ok', value };
  } catch (e) {
    if (!(e instanceof SyntaxError)) throw e;
    return { kind: 'failed', status, why: body.trimStart().startsWith('<') ? 'the answer is an HTML page, not JSON' : 'the answer is not JSON' };
  }
}

/** The path without its ids. */
const template = (path: string): string =>
  pathOf(path)
    .split('/')
    .map((segment, i) => (i < 3 || /^[A-Za-z]*$/.test(segment) ? segment : '{id}'))
    .join('/');

function denial(body: string): { readonly code?: string; readonly permissions?: readonly string[] } {
  const answer = readAnswerBody(body);
  if (answer.kind !== 'platform') return {};
  const { code, named } = answer.error;
  return { ...optional('code', code), ...optional('permissions', named && named.names.length > 0 ? named.names : undefined) };
}

/** A refusal in a few words: status, code, and the permission it names. */
export function refusal(status: number, body: string): string {
  const answer = readAnswerBody(body);
  if (answer.kind === 'platform') {
    const { code, named, message } = answer.error;
    const missing =
      named && named.names.length > 0
        ? ` (needs ${named.names.join(named.rule === 'any' ? ' or ' : ' and ')})`
        : !code && message
          ? ` ${message.slice(0, 120)}`
          : '';
    return `answered ${status}${code ? ` ${code}` : ''}${missing}`;
  }
  if (answer.kind === 'oauth') return `answered ${status} ${answer.error}`;
  return `answered ${status}${answer.kind === 'html' ? ' with an HTML page' : ''}`;
}
