import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import type { OrgFault } from '../org/faults.js';
import { operationMatcher } from '../org/patterns.js';
import { type Refusal, refusalOf, tooManyRequests } from './refusals.js';

/** How long a late answer takes, how fast a slow one is and how large a huge one, unless the fault says. */
const DELAY_MILLISECONDS = 15_000;
const BYTES_PER_SECOND = 64;
const HUGE_BYTES = 20_000_000;

/** What goes wrong with one request. Faults of several kinds may come together: late and cut. */
export interface Mishap {
  readonly reset: 'before' | 'after' | undefined;
  /** The status of a page of HTML that comes instead of any answer. */
  readonly page: number | undefined;
  /** An error of the platform: before the work, or instead of the answer to it. */
  readonly error: { readonly refusal: Refusal; readonly work: 'done' | 'not-done'; readonly empty: boolean } | undefined;
  readonly delayMilliseconds: number;
  readonly hugeBytes: number | undefined;
  /** After how many bytes the answer ends. */
  readonly cut: number | 'middle' | undefined;
  readonly bytesPerSecond: number | undefined;
  readonly contentType: string | undefined;
  readonly empty: boolean;
}

interface Armed {
  readonly fault: OrgFault;
  readonly matches: (operation: string) => boolean;
  readonly draw: () => number;
  /** Requests that it was looked up for. */
  seen: number;
}

/** The faults of a running org. Each counts the requests that it is for. */
export class Faults {
  readonly #armed: readonly Armed[];

  constructor(faults: readonly OrgFault[]) {
    this.#armed = faults.map((fault) => ({ fault, matches: operationMatcher(fault.operations), draw: numbers(fault.seed ?? 1), seen: 0 }));
  }

  get isEmpty(): boolean {
    return this.#armed.length === 0;
  }

  /** Those that can still happen, with what is left of their counts. */
  left(): readonly OrgFault[] {
    return this.#armed.flatMap(({ fault, seen }) => {
      const { after = 0, times } = fault;
      if (times === undefined) return { ...fault, ...(after > 0 ? { after: Math.max(0, after - seen) } : {}) };
      const left = times - Math.max(0, seen - after);
      return left > 0 ? { ...fault, ...(after > 0 ? { after: Math.max(0, after - seen) } : {}), times: left } : [];
    });
  }

  /** What happens to a request. @param operation method and template, or method and path of what is no operation */
  meet(operation: string): Mishap | undefined {
    const met = this.#armed.filter((armed) => {
      if (!armed.matches(operation)) return false;
      const { after = 0, times = Number.POSITIVE_INFINITY } = armed.fault;
      const happens = armed.seen >= after && armed.seen < after + times;
      armed.seen++;
      return happens;
    });
    if (met.length === 0) return undefined;
    const first = (kind: OrgFault['kind']): OrgFault | undefined => met.find((m) => m.fault.kind === kind)?.fault;
    const delays = met.filter((m) => m.fault.kind === 'delay');
    const [page, cut, slow, huge, type] = [first('html'), first('cut'), first('slow-bytes'), first('huge'), first('wrong-type')];
    return {
      reset: first('reset-before') ? 'before' : first('reset-after') ? 'after' : undefined,
      page: page && (page.status ?? 403),
      error: errorOf(first('rate-limit'), first('status')),
      delayMilliseconds: delays.reduce(
        (sum, { fault, draw }) => sum + (fault.milliseconds ?? DELAY_MILLISECONDS) + Math.floor(draw() * ((fault.jitterMilliseconds ?? 0) + 1)),
        0,
      ),
      hugeBytes: huge && (huge.bytes ?? HUGE_BYTES),
      cut: cut && (cut.bytes ?? 'middle'),
      bytesPerSecond: slow && (slow.bytesPerSecond ?? BYTES_PER_SECOND),
      contentType: type && (type.contentType ?? 'text/plain'),
      empty: first('empty') !== undefined,
    };
  }
}

function errorOf(limit: OrgFault | undefined, status: OrgFault | undefined): Mishap['error'] {
  if (limit) return { refusal: tooManyRequests('token.rate.per.minute', 300, 60, limit.retryAfterSeconds ?? 60), work: 'not-done', empty: false };
  if (!status) return undefined;
  const known = refusalOf(status.status ?? 503);
  const refusal = { ...known, code: status.code ?? known.code, message: status.message ?? known.message };
  return { refusal, work: status.work ?? 'not-done', empty: status.body === 'empty' };
}

/** Numbers from 0 to below 1 that a seed determines (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Tells @hono/node-server that the answer has gone out on the socket, or never will. */
export const alreadySent = (): Response => new Response(null, { headers: { 'x-hono-already-sent': 'true' } });

type Outgoing = HttpBindings['outgoing'];

/** Ends a connection with a TCP reset: nobody can take it for an answer that has ended. */
export function reset(outgoing: Outgoing): Response {
  const { socket } = outgoing;
  if (socket && 'resetAndDestroy' in socket) socket.resetAndDestroy();
  else outgoing.destroy();
  return alreadySent();
}

/** An answer on its way through what goes wrong with it. */
export async function throughMishap(response: Response, mishap: Mishap, outgoing: Outgoing, method: string): Promise<Response> {
  if (mishap.reset === 'after') return reset(outgoing);
  if (mishap.delayMilliseconds > 0) await sleep(mishap.delayMilliseconds, undefined, { ref: false });
  const headers = new Headers(response.headers);
  if (mishap.contentType !== undefined) headers.set('Content-Type', mishap.contentType);
  let body = mishap.empty || mishap.error?.empty || method === 'HEAD' ? '' : await response.text();
  if (mishap.hugeBytes !== undefined && body !== '') body = padded(body, mishap.hugeBytes);
  const { status } = response;
  if (body === '' || (mishap.cut === undefined && mishap.bytesPerSecond === undefined)) return new Response(body || null, { status, headers });
  const bytes = Buffer.from(body);
  outgoing.writeHead(status, { ...Object.fromEntries(headers), 'Content-Length': String(bytes.length) });
  const end = mishap.cut === undefined ? bytes.length : mishap.cut === 'middle' ? bytes.length >> 1 : Math.min(mishap.cut, bytes.length - 1);
  await write(outgoing, bytes.subarray(0, end), mishap.bytesPerSecond);
  if (mishap.cut === undefined) outgoing.end();
  else outgoing.socket?.end();
  return alreadySent();
}

const TICK_MILLISECONDS = 50;

async function write(outgoing: Outgoing, bytes: Buffer, perSecond: number | undefined): Promise<void> {
  const step = perSecond === undefined ? bytes.length : Math.max(1, Math.floor((perSecond * TICK_MILLISECONDS) / 1000));
  const pause = perSecond === undefined ? 0 : Math.max(TICK_MILLISECONDS, 1000 / perSecond);
  for (let at = 0; at < bytes.length && !outgoing.destroyed; at += step) {
    await new Promise<void>((resolve) => outgoing.write(bytes.subarray(at, at + step), () => resolve()));
    if (pause > 0 && at + step < bytes.length) await sleep(pause, undefined, { ref: false });
  }
  if (bytes.length === 0) outgoing.flushHeaders();
}

/** What a proxy between caller and platform says: HTML, and none of the platform's headers. */
export const proxyAnswer = (status: number): Response =>
  new Response(
    `<!DOCTYPE html>
<html lang="en">
<head><title>${status} ${PAGES.get(status) ?? 'Error'}</title></head>
<body>
<h1>${status === 403 ? 'Access denied' : (PAGES.get(status) ?? 'Error')}</h1>
<p>${status === 403 ? 'The proxy of your company has blocked this request. Policy: telephony-apis.' : 'The proxy of your company could not answer this request.'}</p>
<hr><address>sandbox-proxy.example</address>
</body>
</html>
`,
    { status, headers: { 'Content-Type': 'text/html; charset=utf-8', Server: 'sandbox-proxy' } },
  );
const PAGES: ReadonlyMap<number, string> = new Map([
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [407, 'Proxy Authentication Required'],
  [429, 'Too Many Requests'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
]);

/** A body padded to a size in bytes. An object of JSON stays one. */
function padded(body: string, bytes: number): string {
  const padding = 'x'.repeat(Math.max(0, bytes - Buffer.byteLength(body) - 14));
  if (!body.startsWith('{')) return `${body}${padding}`;
  return body === '{}' ? `{"padding":"${padding}"}` : `{"padding":"${padding}",${body.slice(1)}`;
}
