import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { App } from '../app.js';
import { BAD_REQUEST, errorBody, HEADERS_TOO_LARGE, REQUEST_INCOMPLETE, type Refusal } from './refusals.js';

/** How long a client may take for the headers of a request, and for all of it. */
export interface Patience {
  readonly headersMilliseconds: number;
  readonly requestMilliseconds: number;
}
const PATIENCE: Patience = { headersMilliseconds: 10_000, requestMilliseconds: 30_000 };

const LOOPBACK = '127.0.0.1';

/**
 * An HTTP/1 server for `app`. What is no request that a web application should see gets 400 with the platform's body (408 where
 * it does not end, 431 where its headers are too large), and its connection is closed.
 */
export function createHttpServer({ web, answersDirectly }: App, patience = PATIENCE): Server {
  // The globals stay as they are: in VS Code they are other extensions' too.
  const listener = getRequestListener(web.fetch as Parameters<typeof getRequestListener>[0], { hostname: LOOPBACK, overrideGlobalObjects: false });
  const running = new WeakMap<Duplex, ServerResponse>();
  const server = createServer(
    {
      requireHostHeader: false,
      requestTimeout: patience.requestMilliseconds,
      headersTimeout: patience.headersMilliseconds,
      connectionsCheckingInterval: Math.min(1000, patience.headersMilliseconds),
    },
    (incoming, outgoing) => {
      running.set(incoming.socket, outgoing);
      if (isMalformed(incoming)) refuse(outgoing, BAD_REQUEST);
      else if (!answersDirectly(incoming, outgoing)) void listener(incoming, outgoing);
    },
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // An answer that has begun cannot be taken back.
    if (!socket.writable || error.code === 'ECONNRESET' || running.get(socket)?.headersSent === true) socket.destroy();
    else socket.end(rawAnswer(refusalFor(error.code)), () => socket.destroy());
  });
  return server;
}

function refusalFor(code: string | undefined): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW') return HEADERS_TOO_LARGE;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? REQUEST_INCOMPLETE : BAD_REQUEST;
}

/** Headers of which a request has one at most (RFC 9110, section 5.3); of two, nobody knows which one counts. */
const SINGLE = new Set(['host', 'authorization', 'content-type', 'content-length']);

/** Whether Node's parser has let something through that no operation can be told from. */
function isMalformed({ url = '', headers, rawHeaders }: IncomingMessage): boolean {
  if (!/^\/[!-[\]-~]*$/.test(url) || headers.host === undefined) return true;
  const seen = new Set<string>();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] as string).toLowerCase();
    if (!SINGLE.has(name)) continue;
    if (seen.has(name)) return true;
    seen.add(name);
  }
  return url.includes('%') && !isEncoded(url.split('?', 1)[0] as string);
}

function isEncoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function headersOf(refusal: Refusal, contextId: string, body: string): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    'ININ-Correlation-Id': contextId,
    ...(refusal.assumption === undefined ? {} : { 'x-sandbox-assumption': refusal.assumption }),
    Connection: 'close',
  };
}

function refuse(outgoing: ServerResponse, refusal: Refusal): void {
  const contextId = randomUUID();
  const body = JSON.stringify(errorBody(refusal, contextId));
  outgoing.writeHead(refusal.status, headersOf(refusal, contextId, body)).end(body);
}

function rawAnswer(refusal: Refusal): string {
  const contextId = randomUUID();
  const body = JSON.stringify(errorBody(refusal, contextId));
  const headers = Object.entries(headersOf(refusal, contextId, body)).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n${headers.join('')}\r\n${body}`;
}
