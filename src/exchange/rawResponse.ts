import { optional } from '../platform/json.js';
import { type Headers, type HttpResponse, header } from './exchange.js';
import { endsInsideJson } from './parseJson.js';

const STATUS_LINE = /HTTP\/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t][^\r\n]*)?\r?(?:\n|$)/y;
const ANY_STATUS_LINE = /^(?:< ?)?HTTP\/\d(?:\.\d)?[ \t]+\d{3}(?=[ \t\r\n]|$)/m;
/** What `curl -v` writes between: its own remarks and the sizes of what was sent and received. */
const REMARK = /^(?:\*[ \t].*|[{}] \[\d+ bytes data\][ \t]*)\r?(?:\n|$)/;

/** Offset of the first status line of a response in a text, -1 where there is none. A body of JSON or HTML is not searched. */
export function findStatusLine(text: string): number {
  const start = /\S/.exec(text)?.index ?? 0;
  if ('{["'.includes(text[start] ?? ' ') || (text[start] === '<' && !/^< ?HTTP\//.test(text.slice(start, start + 10)))) return -1;
  return text.search(ANY_STATUS_LINE);
}

/**
 * A response as it goes over the wire, from its status line on. Of several (100 Continue, a proxy's CONNECT, redirects of `curl -L`)
 * the last. `curl -v` output is recognised by its `< `.
 * @param note is told what was assumed or left out
 */
export function readRawResponse(source: string, note: (sentence: string) => void): HttpResponse {
  const verbose = source.startsWith('<');
  if (verbose) note('This is output of curl -v: only the lines of its last response were read.');
  const text = verbose ? withoutMarks(source) : source;
  let status: number | undefined;
  let headers: Headers = [];
  let at = 0;
  let blocks = 0;
  let ended = true;
  for (;;) {
    STATUS_LINE.lastIndex = at;
    const line = STATUS_LINE.exec(text);
    if (!line) break;
    blocks++;
    status = Number(line[1]);
    ({ headers, at, ended } = readHeaders(text, at + line[0].length, note));
  }
  if (blocks > 1) note(`${blocks} responses follow each other (a redirect, a proxy or 100 Continue): the last one was read.`);
  const raw = text.slice(at);
  const chunked = /chunked/i.test(header(headers, 'transfer-encoding') ?? '') ? readChunks(raw) : undefined;
  if (chunked) note('The chunks of the body were put together.');
  const body = chunked?.body ?? raw;
  const cut = (chunked?.cut ?? false) || isShort(headers, body, note) || endsInsideJson(body);
  return { ...optional('status', status), headers, ...optional('body', ended ? body : undefined), ...(cut ? { cut } : {}) };
}

/** More header lines than this are not kept. */
const MOST_HEADERS = 1000;

/** Header lines up to the blank one. A line that begins like a body ends them too. */
function readHeaders(text: string, from: number, note: (sentence: string) => void): { headers: Headers; at: number; ended: boolean } {
  /** A name and the lines of its value: folding (RFC 9112 §5.2) is undone at the end. */
  const read: [name: string, lines: string[]][] = [];
  const result = (ended: boolean) => ({ headers: read.map(([name, lines]): [string, string] => [name, lines.join(' ')]), at, ended });
  let at = from;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const next = newline === -1 ? text.length : newline + 1;
    const first = text[at] ?? '';
    if (first === '\n' || (first === '\r' && next === at + 2)) {
      at = next;
      return result(true);
    }
    if (/[{[<]/.test(first)) {
      note('No blank line stands between the headers and the body.');
      return result(true);
    }
    const line = text.slice(at, next);
    const folded = /^[ \t]/.test(line) ? read.at(-1) : undefined;
    const colon = line.indexOf(':', 1);
    if (folded) folded[1].push(line.trim());
    else if (colon === -1) note('A line among the headers has no colon; it was left out.');
    else if (read.length < MOST_HEADERS) read.push([line.slice(0, colon).trim(), [line.slice(colon + 1).trim()]]);
    at = next;
  }
  return result(false);
}

/** The last response in `curl -v` output: `< ` taken off, curl's remarks before and after the body left out, the body as it is. */
function withoutMarks(source: string): string {
  const lines: string[] = [];
  let at = Math.max(source.lastIndexOf('\n< HTTP/'), source.lastIndexOf('\n<HTTP/')) + 1;
  for (let inHeaders = true; at < source.length; ) {
    const newline = source.indexOf('\n', at);
    const next = newline === -1 ? source.length : newline + 1;
    if (inHeaders && source[at] === '<') {
      const line = source.slice(at + (source[at + 1] === ' ' ? 2 : 1), next);
      inHeaders = line.trim() !== '';
      lines.push(line);
    } else if (!REMARK.test(source.slice(at, Math.min(next, at + 500)))) break;
    at = next;
  }
  const tail = Math.max(at, source.length - 500);
  return lines.join('') + source.slice(at, tail) + source.slice(tail).replace(/\* (?:Connection #\d+ to host|Closing connection)[^\n]*\s*$/, '');
}

/**
 * True where Content-Length promises more bytes than there are. An encoded body was decoded by who wrote it down, so its length says
 * nothing; a text whose CRLFs became LFs lost one byte for each line.
 */
function isShort(headers: Headers, body: string, note: (sentence: string) => void): boolean {
  const promised = Number(header(headers, 'content-length') ?? Number.NaN);
  const encoding = header(headers, 'content-encoding');
  if (!(promised > 0) || (encoding !== undefined && encoding !== 'identity')) return false;
  const present = new TextEncoder().encode(body).length;
  if (present >= promised) return false;
  if (!body.includes('\r') && present > 0 && present + lineBreaks(body) + 1 >= promised && !endsInsideJson(body)) return false;
  note(`Content-Length promises ${promised} bytes; ${present} are here.`);
  return true;
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) count++;
  return count;
}

/**
 * A body that still has its chunk sizes (RFC 9112 §7.1), LF for CRLF tolerated. Nothing where it has none. `cut` where the last chunk or
 * a part of one is missing.
 */
function readChunks(raw: string): { readonly body: string; readonly cut: boolean } | undefined {
  if (!/^[0-9a-f]{1,8}[ \t]*(?:;[^\r\n]{0,200})?\r?\n/i.test(raw.slice(0, 300))) return undefined;
  const bytes = new TextEncoder().encode(raw);
  /** The chunks are moved to the front of the same bytes, up to here. */
  let kept = 0;
  let cut = true;
  for (let at = 0; at < bytes.length; ) {
    const line = bytes.indexOf(LF, at);
    const size = line === -1 ? undefined : chunkSize(bytes, at);
    if (size === undefined) break;
    if (size === 0) {
      cut = false;
      break;
    }
    const end = line + 1 + size;
    bytes.copyWithin(kept, line + 1, end);
    kept += Math.min(end, bytes.length) - (line + 1);
    at = end;
    if (bytes[at] === CR) at++;
    if (bytes[at] === LF) at++;
  }
  return { body: new TextDecoder().decode(bytes.subarray(0, kept)), cut };
}

const LF = 10;
const CR = 13;

/** The hexadecimal number at an offset, at most eight digits; nothing where another character than a blank, `;` or a line break follows. */
function chunkSize(bytes: Uint8Array, at: number): number | undefined {
  let i = at;
  while (i < at + 9 && /[0-9A-Fa-f]/.test(String.fromCharCode(bytes[i] ?? 0))) i++;
  if (i === at || i === at + 9 || !' \t;\r\n'.includes(String.fromCharCode(bytes[i] ?? 0))) return undefined;
  return Number.parseInt(String.fromCharCode(...bytes.subarray(at, i)), 16);
}
