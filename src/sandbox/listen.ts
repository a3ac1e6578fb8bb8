import http, { type Server } from 'node:http';
import net from 'node:net';

export const LOOPBACK = '127.0.0.1';

/** What a sandbox says to a request whose Host is not its own. No other program says so: that is how one is known. */
export const TO_STRANGERS = { error: 'forbidden', description: 'The sandbox answers on its loopback address only.' };

type Listening = { readonly ok: true; readonly port: number } | { readonly ok: false; readonly problem: string; readonly nextPort?: number };

/** How long another program is waited for to say who it is, and how many ports are tried to find a free one. */
const PROBE_MILLISECONDS = 500;
const MOST_TRIED = 50;

/** Listens on loopback only. @param port 0 for a free one */
export async function listen(server: Server, port: number): Promise<Listening> {
  const error = await tryListening(server, port);
  if (!error) {
    const address = server.address();
    return { ok: true, port: typeof address === 'object' && address ? address.port : port };
  }
  switch (error.code) {
    case 'EADDRINUSE': {
      const [isOurs, nextPort] = await Promise.all([isSandbox(port), freePortAfter(port)]);
      const problem = `Port ${port} of ${LOOPBACK} is taken by ${isOurs ? 'another Call Doctor sandbox' : 'another program'}.`;
      if (nextPort === undefined) return { ok: false, problem: `${problem} Choose another one, or 0 for any that is free.` };
      return { ok: false, problem: `${problem} The next free one is ${nextPort}.`, nextPort };
    }
    case 'EACCES':
      return { ok: false, problem: `Port ${port} of ${LOOPBACK} may not be used by this account. Choose one above 1023, or 0 for any that is free.` };
    default:
      return { ok: false, problem: `The sandbox cannot listen on port ${port} of ${LOOPBACK}: ${error.code ?? error.message}.` };
  }
}

function tryListening(server: net.Server, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      server.off('error', resolve);
      resolve(undefined);
    });
  });
}

/** Whether what listens on a port is a sandbox of Call Doctor. Anything but a quick answer in its words is none. */
function isSandbox(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get({ host: LOOPBACK, port, path: '/', headers: { Host: 'stranger.invalid', Connection: 'close' }, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (text.length > 1000) request.destroy();
      });
      response.on('end', () => resolve(text === JSON.stringify(TO_STRANGERS)));
    });
    const timer = setTimeout(() => request.destroy(), PROBE_MILLISECONDS);
    request.on('error', () => resolve(false));
    request.on('close', () => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}

async function freePortAfter(port: number): Promise<number | undefined> {
  for (let next = port + 1; next <= Math.min(65_535, port + MOST_TRIED); next++) {
    const server = net.createServer();
    if ((await tryListening(server, next)) !== undefined) continue;
    await new Promise((resolve) => void server.close(resolve));
    return next;
  }
  return undefined;
}
