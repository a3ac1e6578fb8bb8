import { type Exchange, type HttpRequest, REDACTED } from '../exchange/exchange.js';
import { PLACEHOLDER, SECRET_FORM, SECRET_HEADERS } from '../exchange/redact.js';
import { optional } from '../platform/json.js';

/** Shorter values are no secrets, and would be found in ordinary words. */
const SHORTEST = 8;

/**
 * A name whose value is a secret, however the text around it is written: a form, JSON, JSON inside a string of JSON, a log, a header.
 * In quotes the value goes up to the next one.
 */
const NAMED = new RegExp(
  String.raw`\b((?:proxy-)?authorization|(?:access|refresh|id|auth)[-_]?token|client[-_]?secret|password|passwd|api[-_]?key|assertion|code_verifier|(?:set-)?cookie)` +
    String.raw`(\\{0,3}["']?\s{0,5}[=:]\s{0,5})(?:(\\{0,3}["'])(?!(?:bearer|basic|digest|token)\b)([^"'\\\r\n]{1,4000})|(?!(?:bearer|basic|digest|token)\b)([^\s"'\\&,;{}[\]<>“”]{3,20000}))`,
  'gi',
);
/** A value after its scheme. A word of speech ("Bearer token") has neither a digit nor the length. */
const SCHEME = /\b(bearer|basic)([\s:+]{1,5}|%20)(?=[\w.~+/%-]{0,200}[\d_=]|[\w.~+/%-]{20})([\w.~+/=%-]{4,20000})/gi;
/** What only a query or a form calls so; in prose a code is an error's. */
const FORM = /([?&](?:code|secret|token)=)([^&#\s"'\\]{3,20000})/gi;
/** E.164, as people write it, or ten digits and more that stand alone and are no number of JSON. */
const PHONE =
  /(?<![\w.+-])(?:\+\d[\d ().-]{5,18}\d|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?![\w-])|(?<![\w.+-]|"\s{0,3}:\s{0,9}|[[,]\s{0,9})\d{10,15}(?![\w-]|\.\d)/g;

/** One look that tells whether there is anything to hide: most texts have nothing. */
const SUSPICIOUS = /bearer|basic|authorization|token|secret|passw|api[-_]?key|assertion|code_verifier|cookie|[?&]code=/i;

/**
 * An exchange as it may be quoted: whatever a finding says of it comes from here. Secrets are taken out by their names and by their
 * values (DESIGN §8), telephone numbers of an answer where they are not those of the request lose their middle. The headers of the
 * request stay, since they are judged; no finding quotes a value of theirs that is not a placeholder.
 */
export function withoutSecrets(exchange: Exchange): Exchange {
  const { request, response } = exchange;
  const values = request ? secretsOf(request) : [];
  const hide = (text: string): string => hideSecrets(text, values);
  const shownRequest = request && changed(request, { url: hide(request.url), body: request.body === undefined ? undefined : hide(request.body) });
  const shownResponse = response && changed(response, { body: response.body === undefined ? undefined : maskNumbers(hide(response.body), request) });
  const headers = response?.headers.some(([, value]) => hide(value) !== value)
    ? response.headers.map(([name, value]) => [name, hide(value)] as const)
    : undefined;
  if (shownRequest === request && shownResponse === response && headers === undefined) return exchange;
  return {
    ...optional('request', shownRequest),
    ...optional('response', shownResponse && (headers === undefined ? shownResponse : { ...shownResponse, headers })),
  };
}

/** A message with these parts, or itself where they are its own: most have nothing to hide. */
function changed<T extends { readonly url?: string; readonly body?: string }>(message: T, { url, body }: { url?: string; body: string | undefined }): T {
  if ((url === undefined || url === message.url) && body === message.body) return message;
  return { ...message, ...optional('url', url), ...optional('body', body) };
}

function hideSecrets(text: string, values: readonly string[]): string {
  const named = SUSPICIOUS.test(text) ? text.replace(SCHEME, hideValue).replace(NAMED, hideNamed).replace(FORM, hideLast) : text;
  return values.reduce((t, value) => (t.includes(value) ? t.replaceAll(value, REDACTED) : t), named);
}

const hidden = (value: string): string => (PLACEHOLDER.test(value) || value === REDACTED ? value : REDACTED);
const hideValue = (_: string, name: string, between: string, value: string): string => name + between + hidden(value);
const hideLast = (_: string, name: string, value: string): string => name + hidden(value);
function hideNamed(all: string, name: string, between: string, quote: string | undefined, quoted: string | undefined, bare: string | undefined): string {
  if (quote !== undefined) return name + between + quote + hidden(quoted ?? '');
  // After "name": stands a word or a number of JSON, which has to stay JSON.
  if (/["']\s*:\s*$/.test(between)) return /^(?:true|false|null)$/.test(bare ?? '') ? all : `${name}${between}"${REDACTED}"`;
  return name + between + hidden(bare ?? '');
}

/** What the request proves itself with: other texts may show it without a name. */
function secretsOf({ headers, body }: HttpRequest): string[] {
  const inHeaders = headers.flatMap(([name, value]) =>
    /^authorization$/i.test(name) || SECRET_HEADERS.test(name) ? [value.replace(/^\s*(?:bearer|basic|digest|token)\s+/i, '').trim()] : [],
  );
  const inForm = body === undefined || !SUSPICIOUS.test(body) ? [] : Array.from(body.matchAll(SECRET_FORM), ([value]) => value);
  return [...inHeaders, ...inForm].filter((value) => value.length >= SHORTEST && !PLACEHOLDER.test(value));
}

/** A number that the request names is what this is about, and stays. */
function maskNumbers(text: string, request: HttpRequest | undefined): string {
  return text.replace(PHONE, (number) => {
    const digits = number.replace(/\D/g, '');
    const asked = `${request?.url ?? ''} ${request?.body ?? ''}`.replace(/[\s().-]+/g, '');
    return asked.includes(digits) ? number : `${number.slice(0, number.startsWith('+') ? 3 : 2)}…${digits.slice(-2)}`;
  });
}
