import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import type { Window } from '../oauth/tokens.js';
import type { OrgFault } from '../org/orgFile.js';
import { padded, SLOW_MILLISECONDS } from './faults.js';
import { rateHeaders } from './gate.js';
import { errorBody, isRefusal } from './refusals.js';
import type { Answer } from './route.js';

/** Tells @hono/node-server that the answer has gone out on the socket, or never will. */
const ALREADY_SENT = (): Response => new Response(null, { headers: { 'x-hono-already-sent': 'true' } });

/** An answer of the API on its way out: the headers that every answer has, and what the org's faults do to it. */
export class Reply {
  readonly contextId = randomUUID();
  /** Of the token that asked, once it is known. */
  window: Window | undefined;
  readonly #assumptions: string[] = [];

  constructor(private readonly rateLimit: number) {}

  assume(text: string): void {
    this.#assumptions.push(text);
  }

  async send(answer: Answer, fault: OrgFault | undefined, outgoing: HttpBindings['outgoing']): Promise<Response> {
    if (fault?.kind === 'lost') {
      outgoing.destroy();
      return ALREADY_SENT();
    }
    if (fault?.kind === 'slow') await sleep(fault.milliseconds ?? SLOW_MILLISECONDS, undefined, { ref: false });
    const content = isRefusal(answer) ? errorBody(answer, this.contextId) : answer.body;
    const json = content === undefined ? undefined : JSON.stringify(content);
    const body = json !== undefined && fault?.kind === 'huge' ? padded(json, fault) : json;
    const headers = this.#headers(answer, body !== undefined);
    if (body !== undefined && fault?.kind === 'cut') {
      const bytes = Buffer.from(body);
      outgoing.writeHead(answer.status, { ...headers, 'Content-Length': String(bytes.length) });
      outgoing.write(bytes.subarray(0, bytes.length >> 1), () => outgoing.socket?.end());
      return ALREADY_SENT();
    }
    return new Response(body ?? null, { status: answer.status, headers });
  }

  #headers(answer: Answer, hasBody: boolean): Record<string, string> {
    const assumptions = answer.assumption === undefined ? this.#assumptions : [...this.#assumptions, answer.assumption];
    return {
      ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
      'ININ-Correlation-Id': this.contextId,
      ...rateHeaders(this.window, this.rateLimit),
      ...(assumptions.length === 0 ? {} : { 'x-sandbox-assumption': assumptions.join('; ') }),
      ...(isRefusal(answer) ? answer.headers : {}),
    };
  }
}
