import { type HttpRequest, header } from './exchange.js';
import { SECRET_FORM, SECRET_HEADERS, SECRET_QUERY } from './redact.js';

/** The shell variable that stands for the token (the name that Genesys Cloud's own tools use). */
export const TOKEN_VARIABLE = 'GENESYSCLOUD_ACCESS_TOKEN';

/**
 * The request as a curl command for bash. No secret is in it: the token, wherever it stands, is `"$GENESYSCLOUD_ACCESS_TOKEN"`, Basic
 * credentials, cookies, API keys and the secrets of OAuth forms are variables too. Apart from those, `readRequest` reads the same
 * request from it.
 */
export function writeCurl(request: HttpRequest): string {
  const token = tokenOf(request);
  const quote = (text: string, secret?: RegExp): string => quoteWith(text, secretsIn(text, token, secret));
  const parts: string[] = [];
  const defaultMethod = request.body === undefined ? 'GET' : 'POST';
  if (request.method === 'HEAD' && request.body === undefined) parts.push('-I');
  else if (request.method !== defaultMethod) parts.push(`-X ${quoteWith(request.method, [])}`);
  // Without it curl takes {x} and [1-3] in a URL as a set of URLs.
  if (/[{}[\]]/.test(request.url)) parts.push('-g');
  parts.push(/^https?:\/\//i.test(request.url) ? quote(request.url, SECRET_QUERY) : `--url ${quote(request.url, SECRET_QUERY)}`);
  for (const [name, value] of request.headers) parts.push(`-H ${headerArgument(name, value, quote)}`);
  if (request.body !== undefined) {
    if (header(request.headers, 'content-type') === undefined) parts.push("-H 'Content-Type:'");
    parts.push(`--data-raw ${quote(request.body, /^\s*[{[]/.test(request.body) ? undefined : SECRET_FORM)}`);
  }
  return `curl ${parts.join(' \\\n  ')}`;
}

function headerArgument(name: string, value: string, quote: (text: string) => string): string {
  if (/^authorization$/i.test(name) && value !== '') {
    const scheme = /^(?:Bearer|Basic)[ \t]+/i.exec(value)?.[0] ?? '';
    const variable = /^basic/i.test(scheme) ? 'GENESYSCLOUD_BASIC_CREDENTIALS' : TOKEN_VARIABLE;
    return `"${name}: ${scheme}$${variable}"`;
  }
  if (SECRET_HEADERS.test(name) && value !== '') return `"${name}: $${name.toUpperCase().replace(/\W/g, '_')}"`;
  return value === '' ? quote(`${name};`) : quote(`${name}: ${value}`);
}

/** The token of the Authorization header, where it is long enough to be told from ordinary words. */
function tokenOf(request: HttpRequest): string | undefined {
  const token = header(request.headers, 'authorization')?.replace(/^(?:Bearer|Basic)[ \t]+/i, '');
  return token !== undefined && token.length >= 16 ? token : undefined;
}

interface Secret {
  readonly start: number;
  readonly end: number;
  readonly variable: string;
}

/** Where secrets stand in a text, in order and apart from each other: the token by its value, parameters by their names. */
function secretsIn(text: string, token: string | undefined, parameters: RegExp | undefined): Secret[] {
  const found: Secret[] = [];
  if (parameters) {
    for (const m of text.matchAll(parameters)) {
      const name = m[1] ?? '';
      found.push({ start: m.index, end: m.index + m[0].length, variable: name === 'access_token' ? TOKEN_VARIABLE : name.toUpperCase() });
    }
  }
  if (token !== undefined) {
    for (let at = text.indexOf(token); at !== -1; at = text.indexOf(token, at + token.length)) {
      found.push({ start: at, end: at + token.length, variable: TOKEN_VARIABLE });
    }
  }
  let end = 0;
  return found
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((s) => {
      if (s.start < end) return false;
      end = s.end;
      return true;
    });
}

/** A word for bash: single quotes around everything that is text, double quotes around the variables. */
function quoteWith(text: string, secrets: readonly Secret[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, variable } of secrets) {
    if (start > at) pieces.push(single(text.slice(at, start)));
    pieces.push(`"$${variable}"`);
    at = end;
  }
  if (at < text.length || pieces.length === 0) pieces.push(single(text.slice(at)));
  return pieces.join('');
}

const single = (text: string): string => (/^[A-Za-z0-9_./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
