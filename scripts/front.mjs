// The door of the web VS Code. The server behind it has a terminal and takes no password, and a browser lets any web page connect
// to a port of this machine. So the server listens on a private socket, and only its own pages get through here.
import http from 'node:http';
import net from 'node:net';

/**
 * Listens on 127.0.0.1 and passes on to a Unix socket: `{ port, ready() }`. Answers 503 until `ready()` was called: the port is
 * taken before the long work begins, so that a clash shows at once. Rejects with the error of `listen` (EADDRINUSE, …).
 */
export function openFront(socketPath, wantedPort) {
  let open = false;
  let origins = [];
  // Another name in Host means that somebody's domain was made to point to this machine (DNS rebinding).
  const known = (request) => origins.includes(`http://${request.headers.host}`);
  const server = http.createServer((request, response) => {
    if (!known(request) || !open) {
      response.writeHead(open ? 403 : 503, { 'content-type': 'text/plain' }).end(open ? 'Not from here.\n' : 'Call Doctor is starting.\n');
      return;
    }
    const { method, url, headers } = request;
    const onward = http.request({ socketPath, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {});
    if (!open || !known(request) || !origins.includes(request.headers.origin)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    const onward = net.connect(socketPath, () => {
      const { method, url, rawHeaders } = request;
      const lines = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}`] : []));
      onward.write(`${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort, '127.0.0.1', () => {
      const { port } = server.address();
      origins = ['localhost', '127.0.0.1'].map((name) => `http://${name}:${port}`);
      resolve({
        port,
        ready: () => {
          open = true;
        },
      });
    });
  });
}
