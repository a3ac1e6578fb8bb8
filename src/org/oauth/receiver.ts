import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PATIENCE } from './authorization.js';
import type { SignInProblem } from './problems.js';
import { PAGE_HEADERS, type PageWords, receiverPage } from './receiverPage.js';

/** What the platform's own tutorials register is http://localhost:8085/oauth2/callback (FACTS §4.2). */
export const DEFAULT_PATH = '/oauth2/callback';

export interface ReceiverOptions {
  /** 0 takes a free one. A client has its port registered, so that is for tests. */
  readonly port: number;
  /** Begins with a slash; has no query. */
  readonly path: string;
  /** How the redirect URI names this machine: as it is registered. The receiver is on 127.0.0.1 either way. */
  readonly host?: 'localhost' | '127.0.0.1';
  /** Whether a callback is the one that is waited for. Others are turned away, and waiting goes on. */
  readonly expects: (callback: URL) => boolean;
  /** Called once, with the callback that is expected; the page then says whether somebody is signed in. */
  readonly finish: (callback: URL) => Promise<boolean>;
  /** Told of what was turned away, in a few words that hold nothing of the request. */
  readonly turnedAway?: ((why: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How long it waits, in milliseconds; five minutes where absent. */
  readonly patience?: number;
}

export interface Receiver {
  readonly kind: 'open';
  readonly port: number;
  readonly redirectUri: string;
  /** `finished`: a callback came, and its page was shown. `closed`: by `close` or the signal. The port is free by then. */
  readonly ended: Promise<Ending>;
  close(): void;
}

type Ending = 'finished' | 'late' | 'closed';

export type OpenedReceiver = Receiver | { readonly kind: 'failed'; readonly problem: Extract<SignInProblem, { kind: 'port-taken' | 'port-failed' }> };

const LOOPBACK = '127.0.0.1';
/** Longer than any callback. Headers may be long: a browser sends the cookies of everything that ever ran on localhost. */
const LONGEST_URL = 4096;
const LONGEST_HEADERS = 64 * 1024;
/** Milliseconds for a request to arrive whole. */
const REQUEST_TIME = 10_000;

/** Waits on loopback for the browser to come back from the login page: for one callback, once (RFC 8252 §7.3, DESIGN §8). */
export async function openReceiver(options: ReceiverOptions): Promise<OpenedReceiver> {
  const { host = 'localhost', path, expects, finish, turnedAway = () => {}, signal, patience = PATIENCE } = options;
  let port = options.port;
  let isTaken = false;
  const redirectUri = (): string => `http://${host}:${port}${path}`;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    request.resume();
    const callback = readCallback(request, port, path, redirectUri());
    if (!(callback instanceof URL)) {
      turnedAway(callback.why);
      return show(response, callback.status, callback.page, callback.headers);
    }
    if (isTaken) {
      turnedAway('a callback after the one that was taken');
      return show(response, 410, USED);
    }
    if (!expects(callback)) {
      turnedAway('a callback of another sign-in');
      return show(response, 400, STRANGE);
    }
    isTaken = true;
    clearTimeout(timer);
    const signedIn = await finish(callback).catch(() => false);
    await show(response, 200, signedIn ? SIGNED_IN : NOT_SIGNED_IN);
    end('finished');
  };
  const server = createServer({ maxHeaderSize: LONGEST_HEADERS, headersTimeout: REQUEST_TIME, requestTimeout: REQUEST_TIME }, (request, response) => {
    void answer(request, response);
  });

  let end: (how: Ending) => void = () => {};
  const ended = new Promise<Ending>((resolve) => {
    end = (how) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', close);
      server.close();
      // Pages on their way may arrive; browsers keep connections that they never use.
      if (how === 'finished') setTimeout(() => server.closeAllConnections(), 1000).unref();
      else server.closeAllConnections();
      end = () => {};
      resolve(how);
    };
  });
  const close = (): void => end('closed');

  const error = await listen(server, port);
  if (error) return { kind: 'failed', problem: error === 'EADDRINUSE' ? { kind: 'port-taken', port } : { kind: 'port-failed', port, code: error } };
  ({ port } = server.address() as AddressInfo);
  const timer = setTimeout(() => end('late'), patience);
  signal?.addEventListener('abort', close, { once: true });
  if (signal?.aborted) close();
  return { kind: 'open', port, redirectUri: redirectUri(), ended, close };
}

function listen(server: Server, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'UNKNOWN'));
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => resolve(undefined));
  });
}

interface TurnedAway {
  readonly status: number;
  readonly why: string;
  readonly page: PageWords;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The callback that a request is, or why it is none. */
function readCallback({ method, url = '', headers }: IncomingMessage, port: number, path: string, redirectUri: string): URL | TurnedAway {
  // A name that was made to point here (DNS rebinding) is not ours.
  if (headers.host !== `localhost:${port}` && headers.host !== `${LOOPBACK}:${port}`) return { status: 421, why: 'a request for another host', page: NOTHING };
  if (method !== 'GET') return { status: 405, why: 'a request that is no GET', page: NOTHING, headers: { Allow: 'GET' } };
  if (url.length > LONGEST_URL) return { status: 414, why: 'an address that is too long', page: NOTHING };
  const mark = url.indexOf('?');
  if ((mark < 0 ? url : url.slice(0, mark)) !== path) return { status: 404, why: 'another path', page: NOTHING };
  return new URL(mark < 0 ? redirectUri : redirectUri + url.slice(mark));
}

function show(response: ServerResponse, status: number, page: PageWords, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  return new Promise((resolve) => {
    if (response.closed) return resolve();
    response.once('close', resolve);
    response.writeHead(status, { ...PAGE_HEADERS, ...headers }).end(receiverPage(page));
  });
}

const SIGNED_IN: PageWords = { title: 'You are signed in', text: 'Go back to VS Code. You can close this tab.' };
const NOT_SIGNED_IN: PageWords = { title: 'You are not signed in', text: 'VS Code tells why. You can close this tab.' };
const USED: PageWords = {
  title: 'This sign-in was used already',
  text: 'A sign-in is good once. To begin another one, go back to VS Code. You can close this tab.',
};
const STRANGE: PageWords = {
  title: 'You are not signed in',
  text: 'This page belongs to another sign-in than the one that VS Code waits for, such as an earlier one. You can close this tab and go on in the newest one.',
};
const NOTHING: PageWords = { title: 'Nothing is here', text: 'This address only takes people back from a login page. You can close this tab.' };
