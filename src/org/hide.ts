import { REDACTED } from '../exchange/exchange.js';
import type { Answered } from './http.js';

/** Shorter ones are no secrets, and would be found in ordinary words. */
const SHORTEST = 8;

/** An answer without the secrets of its request: a gateway's error page may show them again, and answers are shown and kept. */
export function hide(answer: Answered, secrets: readonly string[]): Answered {
  const without = (text: string): string => secrets.reduce((t, secret) => (secret.length < SHORTEST ? t : t.replaceAll(secret, REDACTED)), text);
  return { ...answer, body: without(answer.body), headers: answer.headers.map(([name, value]) => [name, without(value)]) };
}
