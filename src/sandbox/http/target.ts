import type { IncomingMessage } from 'node:http';

/** What a request is for. */
export interface Target {
  /** As URLs normalize it, not decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** `127.0.0.1:PORT`, in lower case. */
  readonly host: string;
}

/** A path that a URL has as it is: nothing to be encoded, and no `.` that could be a segment of its own. */
const PLAIN = /^[\w/~!$&'()*+,;=:@%-]*$/;
const ENCODED_DOT = /%2e/i;

/** Reads the target of a request whose form is known to be good. Most are told without the cost of a URL. */
export function targetOf({ url = '/', headers }: IncomingMessage): Target {
  const host = headers.host?.toLowerCase() ?? '';
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  if (PLAIN.test(path) && !ENCODED_DOT.test(path) && !url.includes('#')) return { path, query: new URLSearchParams(end < 0 ? '' : url.slice(end)), host };
  const { pathname, searchParams } = new URL(`http://${host}${url}`);
  return { path: pathname, query: searchParams, host };
}
