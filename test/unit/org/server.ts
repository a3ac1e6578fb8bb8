import http from 'node:http';
import net from 'node:net';

/** A request as it came in. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface FakeServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly seen: readonly Seen[];
}

const closing: (() => void)[] = [];
after(() => {
  for (const close of closing.splice(0)) close();
});

/** Listens on loopback until the running suites end. */
function listen(server: http.Server | net.Server, close: () => void): Promise<string> {
  closing.push(close);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as net.AddressInfo).port}`));
  });
}

/** A server that answers what `answer` says and remembers every request that it got whole. */
export async function serve(answer: (response: http.ServerResponse, request: Seen) => unknown): Promise<FakeServer> {
  const seen: Seen[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      seen.push(one);
      answer(response, one);
    });
  });
  const origin = await listen(server, () => {
    server.close();
    server.closeAllConnections();
  });
  return { origin, seen };
}

/** A server that does with the connection what it likes, once per connection, when the first bytes have come. */
export async function serveSocket(
  talk: (socket: net.Socket, text: string) => unknown,
): Promise<{ readonly origin: string; readonly connections: () => number }> {
  let connections = 0;
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', (bytes) => talk(socket, bytes.toString('utf8')));
  });
  const origin = await listen(server, () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { origin, connections: () => connections };
}

/** An origin at which nothing listens. */
export async function nobody(): Promise<string> {
  const server = net.createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** Answers with JSON. */
export const json = (response: http.ServerResponse, status: number, body: unknown, headers: http.OutgoingHttpHeaders = {}): void =>
  void response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
