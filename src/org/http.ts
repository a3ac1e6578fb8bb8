import type { Readable } from 'node:stream';
import axios, { type AxiosError, type AxiosResponse, isAxiosError } from 'axios';
import type { Headers } from '../exchange/exchange.js';
import { type Phase, watchSending } from './sending.js';

/** One request on its way out. The only place that knows axios is this file (DESIGN §10). */
export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds until the whole answer has to be there; 15,000 where absent. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/**
 * What became of a request. `not-sent`: nothing left this machine, so nothing happened. `no-answer`: it may have arrived and
 * been carried out. An answer that is cut off or too large is still an answer: its status counts.
 */
export type Outcome =
  | Answered
  | { readonly kind: 'not-sent'; readonly why: string; readonly code: string }
  | { readonly kind: 'no-answer'; readonly why: string; readonly code: string }
  | { readonly kind: 'cancelled' };

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** True where the body was cut off or is too large. */
  readonly cut: boolean;
  readonly ms: number;
}

export type Http = (request: Outgoing) => Promise<Outcome>;

/** An answer whose body was handed on as it came. `unfinished`: it was cut off, or the time was over. */
export interface Streamed {
  readonly kind: 'streamed';
  readonly status: number;
  readonly headers: Headers;
  readonly body: 'whole' | 'enough' | 'too-large' | 'unfinished';
  /** Unpacked bytes that were handed on. */
  readonly bytes: number;
}

/** Sends, and hands the body of an answer that is 200 to `take` as it comes, until that returns false or `most` bytes have come. */
export type HttpStream = (request: Outgoing, most: number, take: (chunk: Uint8Array) => boolean) => Promise<Streamed | Exclude<Outcome, Answered>>;

/** Answers are read up to this many bytes; the largest that the platform is asked for here is about 200 KB. */
const MOST_BYTES = 2 * 1024 * 1024;
const DEFAULT_TIMEOUT = 15_000;

/** Why there is no connection, by Node's error codes. */
const NO_CONNECTION: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name of the host cannot be resolved: no network, or no DNS',
  EAI_AGAIN: 'the name of the host cannot be resolved: no network, or no DNS',
  ECONNREFUSED: 'nothing listens there',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the host does not take a connection',
  ECONNRESET: 'the host ended the connection before it carried the request',
  CERT_HAS_EXPIRED: 'the certificate of the host has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the host is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'a certificate that this machine does not know stands between: add the certificate of your proxy to the system’s',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate of the host cannot be verified: add the certificate of your proxy to the system’s',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate of the host cannot be verified',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host',
};

/** Sends once: no retry, no redirect, no proxy of its own (VS Code patches Node's sockets with the user's). */
export const send: Http = (request) => {
  const started = performance.now();
  return open(request, async (answer, signal) => {
    const { body, cut } = await read(answer.data, signal);
    if (cut && request.signal?.aborted) return { kind: 'cancelled' };
    return { kind: 'answered', status: answer.status, headers: list(answer.headers), body, cut, ms: performance.now() - started };
  });
};

/** As `send`, for a body that is too large to keep. */
export const stream: HttpStream = (request, most, take) =>
  open(request, async (answer, signal) => {
    const { status } = answer;
    const chunks = answer.data[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    let bytes = 0;
    let body: Streamed['body'] | undefined = status === 200 ? undefined : 'enough';
    try {
      while (body === undefined) {
        const next = await chunks.next().catch(() => undefined);
        if (next === undefined || signal.aborted) body = 'unfinished';
        else if (next.done) body = 'whole';
        else {
          bytes += next.value.length;
          if (bytes > most) body = 'too-large';
          else if (!take(next.value)) body = 'enough';
        }
      }
    } finally {
      answer.data.destroy();
    }
    if (body === 'unfinished' && request.signal?.aborted) return { kind: 'cancelled' };
    return { kind: 'streamed', status, headers: list(answer.headers), body, bytes };
  });

/** Sends, and lets `use` have the answer as soon as its headers are there. */
async function open<T>(request: Outgoing, use: (answer: AxiosResponse<Readable>, signal: AbortSignal) => Promise<T>): Promise<T | Exclude<Outcome, Answered>> {
  if (!/^https?:$/.test(protocolOf(request.url))) return { kind: 'not-sent', code: 'ERR_INVALID_URL', why: 'the URL is not valid' };
  const deadline = AbortSignal.timeout(request.timeout ?? DEFAULT_TIMEOUT);
  const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
  const sending = watchSending();
  try {
    const answer = await axios.request<Readable>({
      method: request.method,
      url: request.url,
      headers: { ...request.headers },
      ...(request.body === undefined ? {} : { data: request.body }),
      adapter: 'http',
      responseType: 'stream',
      transformRequest: (data: unknown) => data,
      validateStatus: () => true,
      maxRedirects: 0,
      proxy: false,
      transport: sending.transport,
      signal,
    });
    return await use(answer, signal);
  } catch (error) {
    if (request.signal?.aborted) return { kind: 'cancelled' };
    const phase = sending.phase();
    if (deadline.aborted) {
      const within = `within ${Math.round((request.timeout ?? DEFAULT_TIMEOUT) / 1000)} seconds`;
      return phase === 'unconnected'
        ? { kind: 'not-sent', code: 'CONNECT_TIMEOUT', why: `no connection ${within}` }
        : { kind: 'no-answer', code: 'TIMEOUT', why: `no answer ${within}` };
    }
    if (!isAxiosError(error)) throw error;
    return failure(error, phase);
  }
}

/** A network that goes away under a connection has the same codes as one that was never there: the phase tells which it was. */
function failure(error: AxiosError, phase: Phase): Exclude<Outcome, Answered> {
  const code = error.code ?? 'UNKNOWN';
  if (phase === 'unconnected') return { kind: 'not-sent', code, why: NO_CONNECTION[code] ?? `no connection could be made (${code})` };
  return { kind: 'no-answer', code, why: code === 'ECONNRESET' ? 'the connection was closed before an answer came' : `the connection failed (${code})` };
}

const protocolOf = (url: string): string => (URL.canParse(url) ? new URL(url).protocol : '');

/** Reads until the end, the limit or a broken connection; what has come by then is kept. */
async function read(stream: Readable, signal: AbortSignal): Promise<{ body: string; cut: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  let cut = false;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MOST_BYTES || signal.aborted) {
        cut = true;
        break;
      }
    }
  } catch {
    cut = true;
  }
  stream.destroy();
  return { body: Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8'), cut };
}

function list(headers: object): Headers {
  return Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    Array.isArray(value) ? value.map((v) => [name, String(v)]) : value === undefined || value === null ? [] : [[name, String(value)]],
  );
}
