import { randomUUID } from 'node:crypto';
import type { Rate } from './gate.js';
import { rateHeaders } from './gate.js';
import { errorBody, isRefusal } from './refusals.js';
import type { Answer } from './route.js';

/** An answer of the API on its way out, with the headers that every answer has. */
export class Reply {
  readonly contextId = randomUUID();
  /** Of whoever asked, once it is known. */
  rate: Rate | undefined;
  readonly #assumptions: string[] = [];

  constructor(private readonly rateLimit: number) {}

  assume(text: string): void {
    this.#assumptions.push(text);
  }

  send(answer: Answer): Response {
    const content = isRefusal(answer) ? errorBody(answer, this.contextId) : answer.body;
    const body = content === undefined ? null : JSON.stringify(content);
    const assumptions = answer.assumption === undefined ? this.#assumptions : [...this.#assumptions, answer.assumption];
    return new Response(body, {
      status: answer.status,
      headers: {
        ...(body === null ? {} : { 'Content-Type': 'application/json' }),
        'ININ-Correlation-Id': this.contextId,
        ...rateHeaders(this.rate, this.rateLimit),
        ...(assumptions.length === 0 ? {} : { 'x-sandbox-assumption': assumptions.join('; ') }),
        ...(isRefusal(answer) ? answer.headers : {}),
      },
    });
  }
}
