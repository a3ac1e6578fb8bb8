import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type Rate, rateHeaders } from './gate.js';
import { headerText } from './headerText.js';
import { errorBody, isRefusal } from './refusals.js';
import type { Answer } from './route.js';

/** An answer of the API on its way out, with the headers that every answer has. */
export class Reply {
  readonly contextId = randomUUID();
  /** Of whoever asked, once it is known. */
  rate: Rate | undefined;
  #assumption: string | undefined;

  constructor(private readonly rateLimit: number) {}

  assume(text: string): void {
    this.#assumption = this.#assumption === undefined ? text : `${this.#assumption}; ${text}`;
  }

  /** Writes an answer to its connection: a third of the work of a Response that somebody else writes. */
  write(outgoing: ServerResponse, answer: Answer): void {
    const body = this.#body(answer);
    const headers = this.#headers(answer, body !== undefined);
    const length = body === undefined ? 0 : Buffer.byteLength(body);
    // RFC 9110, section 8.6: an answer that cannot have content does not say how long it is.
    if (answer.status !== 204) headers.push('Content-Length', String(length));
    outgoing.writeHead(answer.status, headers).end(body);
  }

  /** An answer that something is yet to happen to. */
  response(answer: Answer): Response {
    const body = this.#body(answer);
    const headers = new Headers();
    const raw = this.#headers(answer, body !== undefined);
    for (let i = 0; i < raw.length; i += 2) headers.set(raw[i] as string, raw[i + 1] as string);
    return new Response(body ?? null, { status: answer.status, headers });
  }

  #body(answer: Answer): string | undefined {
    const content = isRefusal(answer) ? errorBody(answer, this.contextId) : answer.body;
    return content === undefined ? undefined : JSON.stringify(content);
  }

  /** Names and values in turn. */
  #headers(answer: Answer, hasBody: boolean): string[] {
    const headers = ['ININ-Correlation-Id', this.contextId];
    if (hasBody) headers.push('Content-Type', 'application/json');
    for (const [name, value] of Object.entries(rateHeaders(this.rate, this.rateLimit))) headers.push(name, value);
    if (answer.assumption !== undefined) this.assume(answer.assumption);
    if (this.#assumption !== undefined) headers.push('x-sandbox-assumption', headerText(this.#assumption));
    if (isRefusal(answer) && answer.headers) for (const [name, value] of Object.entries(answer.headers)) headers.push(name, headerText(value));
    return headers;
  }
}
