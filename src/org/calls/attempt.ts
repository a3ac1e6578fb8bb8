import type { Exchange } from '../../exchange/exchange.js';
import { isRecord, optional, text } from '../../platform/json.js';

/**
 * How an attempt to place a call ended. `sending` is what a crash leaves behind: the phone may have rung. `not-sent`: nothing left
 * this machine. `not-placed`: it left, and the platform's own lists show that no call came of it.
 */
export type AttemptState = 'sending' | 'placed' | 'refused' | 'unknown' | 'not-sent' | 'not-placed';

/** Whose sign-in sent it: enough to find that sign-in again, and nothing that signs in. */
export interface Sender {
  /** The account's id in this product. */
  readonly account: string;
  readonly kind: 'user' | 'client';
  /** The user's or client's id in the org; empty where the platform does not tell it. */
  readonly principal: string;
  /** The id of the org, where it is known. */
  readonly orgId?: string;
}

/** One decision to place a call. Holds no token: the exchange carries a placeholder in its place. */
export interface Attempt {
  readonly id: string;
  /** ISO 8601, by this machine's clock, which may be wrong or be set meanwhile. */
  readonly at: string;
  /** Seconds since this machine started, when the attempt began: what `at` is worth can be told from it. */
  readonly uptime?: number;
  readonly agent: string;
  readonly to: string;
  readonly org: string;
  readonly region: string;
  readonly sender?: Sender;
  readonly state: AttemptState;
  readonly status?: number;
  readonly conversationId?: string;
  /** What there is to say beyond the state: why nothing was sent, why it is unknown, how it was found. */
  readonly note?: string;
  readonly exchange: Exchange;
}

const STATES: ReadonlySet<string> = new Set<AttemptState>(['sending', 'placed', 'refused', 'unknown', 'not-sent', 'not-placed']);

/** An attempt as a line of the file has it; undefined for what is none. */
export function readAttempt(line: string): Attempt | undefined {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(json)) return undefined;
  const at = (key: string): string => text(json[key]) ?? '';
  const state = at('state');
  if (at('id') === '' || !STATES.has(state) || !isRecord(json['exchange'])) return undefined;
  return {
    id: at('id'),
    at: at('at'),
    ...optional('uptime', typeof json['uptime'] === 'number' ? json['uptime'] : undefined),
    agent: at('agent'),
    to: at('to'),
    org: at('org'),
    region: at('region'),
    ...optional('sender', readSender(json['sender'])),
    state: state as AttemptState,
    ...optional('status', typeof json['status'] === 'number' ? json['status'] : undefined),
    ...optional('conversationId', at('conversationId') || undefined),
    ...optional('note', at('note') || undefined),
    exchange: readExchange(json['exchange']),
  };
}

function readSender(json: unknown): Sender | undefined {
  if (!isRecord(json)) return undefined;
  const kind = json['kind'];
  const account = text(json['account']);
  if (account === undefined || (kind !== 'user' && kind !== 'client')) return undefined;
  return { account, kind, principal: text(json['principal']) ?? '', ...optional('orgId', text(json['orgId'])) };
}

function readExchange(json: Record<string, unknown>): Exchange {
  const { request, response } = json;
  const headers = (value: unknown): [string, string][] =>
    Array.isArray(value) ? value.flatMap((h): [string, string][] => (Array.isArray(h) ? [[String(h[0]), String(h[1])]] : [])) : [];
  const body = (of: Record<string, unknown>) => (typeof of['body'] === 'string' ? { body: of['body'] } : {});
  return {
    ...(isRecord(request)
      ? { request: { method: text(request['method']) ?? 'POST', url: text(request['url']) ?? '', headers: headers(request['headers']), ...body(request) } }
      : {}),
    ...(isRecord(response)
      ? {
          response: {
            ...(typeof response['status'] === 'number' ? { status: response['status'] } : {}),
            headers: headers(response['headers']),
            ...body(response),
            ...(response['cut'] === true ? { cut: true } : {}),
          },
        }
      : {}),
  };
}

/** How much of an answer is kept, in characters: a refusal has a few hundred. */
const MOST_BODY = 32 * 1024;

/** The attempt with no more of its answer than is kept. */
export function bounded(attempt: Attempt): Attempt {
  const { request, response } = attempt.exchange;
  if (response?.body === undefined || response.body.length <= MOST_BODY) return attempt;
  return { ...attempt, exchange: { ...(request ? { request } : {}), response: { ...response, body: response.body.slice(0, MOST_BODY), cut: true } } };
}
