import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Client } from '../../../src/org/client.js';
import { send } from '../../../src/org/http.js';
import { sandboxRegion } from '../../../src/platform/regions.js';
import type { Running } from '../sandbox/harness.js';
import { type FakeServer, type Seen, serve, sleep } from './server.js';

/** A server between a client and the sandbox, which counts and may answer something else. */
export interface Mirror extends FakeServer {
  /** The longest chain of requests of which each began after the one before it was answered. */
  roundTrips(): number;
}

/**
 * @param instead who answers a request, where it is not the sandbox
 * @param delay milliseconds that every answer takes: longer than it takes to send several requests at once
 */
export async function mirror(
  running: Running,
  instead: (seen: Seen) => ((response: ServerResponse) => unknown) | undefined = () => undefined,
  delay = 0,
): Promise<Mirror> {
  let answered = 0;
  const server = await serve(async (response, seen) => {
    const depth = answered + 1;
    response.on('close', () => {
      answered = Math.max(answered, depth);
    });
    const other = instead(seen);
    if (other) return void other(response);
    const [{ status, headers, body }] = await Promise.all([forward(running.sandbox.origin, seen), sleep(delay)]);
    response.writeHead(status, headers).end(body);
  });
  return { ...server, roundTrips: () => answered };
}

async function forward(origin: string, seen: Seen): Promise<{ status: number; headers: Record<string, string>; body: string }> {
  const answer = await fetch(origin + seen.url, {
    method: seen.method,
    headers: passed(seen.headers),
    ...(seen.body === '' ? {} : { body: seen.body }),
  });
  const kept = ['content-type', 'inin-correlation-id'].flatMap((name) => (answer.headers.has(name) ? [[name, answer.headers.get(name) ?? '']] : []));
  return { status: answer.status, headers: Object.fromEntries(kept), body: await answer.text() };
}

const passed = ({ authorization, 'content-type': type }: IncomingHttpHeaders): Record<string, string> => ({
  ...(authorization === undefined ? {} : { authorization }),
  ...(type === undefined ? {} : { 'content-type': type }),
});

/** A client of the sandbox as somebody of its org, with deadlines that a test can wait for. */
export async function clientAs(running: Running, name: string, origin = running.sandbox.origin): Promise<Client> {
  const token = await running.token(name);
  return new Client(
    sandboxRegion(origin),
    async () => ({ kind: 'ok', token }),
    (request) => send({ ...request, timeout: Math.min(request.timeout ?? 15_000, 2000) }),
  );
}
