import { header } from '../../exchange/exchange.js';
import { optional } from '../../platform/json.js';
import { type Answer, type Client, readAnswer } from '../client.js';

/** The answer to a read, with what its headers say about time. */
export interface Asked<T> {
  readonly answer: Answer<T>;
  /** The platform's clock when it answered, epoch milliseconds, to the second; only where the platform itself answered. */
  readonly platformTime?: number;
  /** How long the platform wants to be left alone, in milliseconds (429, FACTS §8). */
  readonly retryAfter?: number;
}

const MOST_RETRY_AFTER = 180_000;

/** Reads as `Client.read` does, and tells what the headers say about time. */
export async function ask<T>(
  client: Client,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  parse: (json: unknown) => T | undefined,
  options: { readonly body?: unknown; readonly signal?: AbortSignal } = {},
): Promise<Asked<T>> {
  const { outcome } = await client.exchange(method, path, options);
  const answer = readAnswer(outcome, parse);
  if (outcome.kind !== 'answered') return { answer };
  const { headers, status } = outcome;
  const date = header(headers, 'Date');
  const time = date !== undefined && header(headers, 'ININ-Correlation-Id') !== undefined ? Date.parse(date) : Number.NaN;
  const seconds = Number(header(headers, 'Retry-After') ?? 'none');
  return {
    answer,
    ...optional('platformTime', Number.isNaN(time) ? undefined : time),
    ...optional('retryAfter', status === 429 ? Math.min(MOST_RETRY_AFTER, seconds >= 0 ? seconds * 1000 : 1000) : undefined),
  };
}
