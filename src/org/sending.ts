import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';

/**
 * How far a request got. `unconnected`: no connection could carry it yet (no name, no TCP, no TLS), so nothing of it left this
 * machine. `connected`: from here on some of it may have.
 */
export type Phase = 'unconnected' | 'connected';

/** What axios takes for `http` or `https`: opens the request, and watches how far its connection gets. */
export interface Watched {
  readonly transport: { request(options: RequestOptions, callback: (answer: IncomingMessage) => void): ClientRequest };
  phase(): Phase;
}

/** One request's way out, told by the events of its socket. What cannot be told counts as `connected`: nothing is claimed unproved. */
export function watchSending(): Watched {
  let phase: Phase = 'unconnected';
  const connected = (): void => {
    phase = 'connected';
  };
  return {
    phase: () => phase,
    transport: {
      request: (options, callback) => {
        const request = options.protocol === 'https:' ? https.request(options, callback) : http.request(options, callback);
        request.once('socket', (socket) => {
          const event = request.reusedSocket ? undefined : readiness(socket);
          if (event === undefined) connected();
          else socket.once(event, connected);
        });
        return request;
      },
    },
  };
}

/** The event after which a socket carries a request; undefined where it may do so already. TLS writes nothing before its handshake. */
function readiness(socket: Socket): 'connect' | 'secureConnect' | undefined {
  if ('encrypted' in socket && socket.encrypted === true) {
    const handshake = 'getProtocol' in socket && typeof socket.getProtocol === 'function' ? (socket.getProtocol() as unknown) : null;
    return socket.connecting || handshake === 'unknown' ? 'secureConnect' : undefined;
  }
  return socket.connecting ? 'connect' : undefined;
}
