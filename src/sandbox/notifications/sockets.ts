import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isRecord } from '../../platform/json.js';
import type { Faults } from '../http/faults.js';
import type { Channels, Listener } from './channels.js';

/** Bytes that a client may send at once; all that it has to say is a ping. */
const MESSAGE_LIMIT = 16 * 1024;
/** Bytes that may wait for a client that does not read. Then its connection ends. */
const BACKLOG_LIMIT = 4 * 1024 * 1024;
/** How long a client may take to take leave. */
const LEAVE_MILLISECONDS = 250;

const PATH = /^\/channels\/([\w-]{1,100})(?:\?.*)?$/;

const metadata = (message: string): string => JSON.stringify({ topicName: 'channel.metadata', eventBody: { message } });
const HEARTBEAT = metadata('WebSocket Heartbeat');
const PONG = metadata('pong');

/**
 * Lets clients connect to the notification channels, `ws://HOST/channels/ID`, on the server of the API. The channel's id is the
 * secret. As for any request, the Host has to be ours; an Origin, which browsers send, has to be ours too.
 * @param channels those of the world as it is @param faults of which a reset, and an answer that is an error, come before it all
 */
export function serveChannels(server: Server, channels: () => Channels, hosts: ReadonlySet<string>, faults: () => Faults): void {
  const sockets = new WebSocketServer({ noServer: true, clientTracking: false, maxPayload: MESSAGE_LIMIT, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const mishap = faults().meet(`GET ${(request.url ?? '').split('?', 1)[0]}`);
    if (mishap?.reset) return void request.socket.resetAndDestroy();
    const failure = mishap?.page ?? mishap?.error?.refusal.status;
    if (failure !== undefined) return refuse(socket, failure);
    const id = PATH.exec(request.url ?? '')?.[1];
    const status = !isOurs(request, hosts) ? 403 : id === undefined || !channels().isOpen(id) ? 404 : undefined;
    if (status !== undefined || id === undefined) refuse(socket, status ?? 404);
    else sockets.handleUpgrade(request, socket, head, (webSocket) => connect(channels(), id, webSocket));
  });
}

function isOurs({ headers }: IncomingMessage, hosts: ReadonlySet<string>): boolean {
  if (!hosts.has(headers.host?.toLowerCase() ?? '')) return false;
  const { origin } = headers;
  return origin === undefined || (origin.startsWith('http://') && hosts.has(origin.slice('http://'.length).toLowerCase()));
}

const refuse = (socket: Duplex, status: number): void => {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
};

function connect(channels: Channels, id: string, socket: WebSocket): void {
  const listener: Listener = {
    send: (text) => {
      if (socket.bufferedAmount > BACKLOG_LIMIT) socket.terminate();
      else socket.send(text);
    },
    close: (code, reason) => {
      socket.close(code, reason);
      setTimeout(() => socket.terminate(), LEAVE_MILLISECONDS).unref();
    },
  };
  const detach = channels.attach(id, listener);
  const heart = setInterval(() => listener.send(HEARTBEAT), channels.heartbeatMilliseconds);
  heart.unref();
  socket.on('message', (data) => {
    if (isPing(String(data))) listener.send(PONG);
  });
  // What breaks a connection closes it too.
  socket.on('error', () => {});
  socket.on('close', () => {
    clearInterval(heart);
    detach();
  });
}

function isPing(text: string): boolean {
  try {
    const message: unknown = JSON.parse(text);
    return isRecord(message) && message['message'] === 'ping';
  } catch {
    return false;
  }
}
