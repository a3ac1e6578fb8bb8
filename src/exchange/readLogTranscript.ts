import { optional } from '../platform/json.js';
import { type HttpRequest, header } from './exchange.js';

const SENT = /^> ([A-Z]{3,10}) (\S{1,8000}) HTTP\/\d(?:\.\d)?[ \t]*\r?$/gm;
const HEADER = /> ([\w!#$%&'*+.^`|~-]{1,200}):[ \t]*([^\r\n]*)\r?(?:\n|$)/y;
const MOST_HEADERS = 1000;

/**
 * The last request in the output of `curl -v`, whose lines begin with `> `. The host is in its header (RFC 9112 §3.2), the scheme is https
 * unless curl says that it connected to port 80. What was sent as a body is not in such output.
 */
export function readTranscript(text: string): HttpRequest | undefined {
  let last: RegExpExecArray | undefined;
  for (const match of text.matchAll(SENT)) last = match;
  // To a proxy (CONNECT) goes the name of the host only.
  if (!last || last[1] === 'CONNECT') return undefined;
  const headers: [string, string][] = [];
  HEADER.lastIndex = (last.index ?? 0) + last[0].length + 1;
  for (let line = HEADER.exec(text); line && headers.length < MOST_HEADERS; line = HEADER.exec(text)) headers.push([line[1] as string, line[2] as string]);
  const target = last[2] as string;
  const host = header(headers, 'host');
  const scheme = /^\* +Connected to [^\n]{1,300} port 80\b/m.test(text) ? 'http' : 'https';
  const method = last[1] as string;
  return {
    method,
    url: host === undefined || !target.startsWith('/') ? target : `${scheme}://${host.trim()}${target}`,
    headers,
    ...optional('unseen', method === 'GET' || method === 'HEAD' ? undefined : (['body'] as const)),
  };
}
