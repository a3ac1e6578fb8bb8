/** An open connection to a notification channel. */
export interface Wire {
  send(text: string): void;
  /** Ends it at once; `closed` is told. */
  close(): void;
}

export interface WireEvents {
  message(text: string): void;
  /** Told once, however it ends. */
  closed(why: string): void;
}

/** Connects, or rejects where that cannot be done. */
export type Connect = (uri: string, events: WireEvents) => Promise<Wire>;

/** How long a handshake may take, in milliseconds. */
const HANDSHAKE = 10_000;
/** A conversation has some thousand bytes; a conference some ten thousand. */
const MOST_BYTES = 4 * 1024 * 1024;

/** By `ws`, which is loaded when somebody first follows a call. The address is the secret of the channel: no header signs in. */
export const connectWebSocket: Connect = async (uri, events) => {
  const { WebSocket } = await import('ws');
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(uri, { handshakeTimeout: HANDSHAKE, maxPayload: MOST_BYTES, perMessageDeflate: false, followRedirects: false });
    let problem = '';
    let isOpen = false;
    socket.on('error', (e) => {
      problem = e.message.replaceAll(uri, 'the channel');
    });
    socket.on('message', (data, isBinary) => {
      if (!isBinary) events.message(String(data));
    });
    socket.on('open', () => {
      isOpen = true;
      resolve({ send: (text) => socket.send(text, () => {}), close: () => socket.terminate() });
    });
    socket.on('close', (code, reason) => {
      const why = problem || `it was closed (${code}${reason.length > 0 ? ` ${String(reason).slice(0, 100)}` : ''})`;
      if (isOpen) events.closed(why);
      else reject(new Error(why));
    });
  });
};
