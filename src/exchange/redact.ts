import { type Exchange, type Headers, REDACTED } from './exchange.js';

/** Headers whose whole value is a secret. */
export const SECRET_HEADERS = /^(?:proxy-authorization|cookie|set-cookie|x-api-key|api-key|x-auth-token)$/i;
/** Query parameters, and fields of a token request's form (RFC 6749 §4), whose value is a secret. */
export const SECRET_QUERY = /(?<=[?&](client_secret|refresh_token|access_token)=)[^&#\s]+/g;
export const SECRET_FORM = /(?<=(?:^|&)(client_secret|refresh_token|access_token|password|code|code_verifier|assertion)=)[^&\s]+/g;
/** Members of a JSON body: token answers, and settings that were pasted. */
const SECRET_JSON = /("(?:access_token|refresh_token|id_token|client_secret|clientSecret|password)"\s*:\s*")(?:[^"\\]|\\.)*"/g;

/** In text of any other kind: after a scheme (RFC 6750, RFC 7617), and after a name. */
const SECRET_SCHEME = /(?<=\b(?:bearer|basic)\s{1,4})[\w.~+/=-]{8,}/gi;
const SECRET_NAMED = /(?<=\b(?:client_secret|refresh_token|access_token)=)[^&\s"'\\]+/g;

/** A value that only stands for a secret: it is what is wrong, so it stays. */
export const PLACEHOLDER = /^(?:\{\{.*\}\}|<.*>|\$.*|%\w+%|[A-Z]+(?:_[A-Z]+)+|…)$/s;

/** A pasted exchange as it may be shown and kept: without tokens, passwords, cookies and keys, by their names. */
export function redactExchange({ request, response }: Exchange): Exchange {
  return {
    ...(request
      ? {
          request: {
            ...request,
            url: request.url.replace(SECRET_QUERY, hidden),
            headers: redactHeaders(request.headers),
            ...(request.body === undefined ? {} : { body: redactBody(request.body) }),
          },
        }
      : {}),
    ...(response
      ? { response: { ...response, headers: redactHeaders(response.headers), ...(response.body === undefined ? {} : { body: redactBody(response.body) }) } }
      : {}),
  };
}

const hidden = (value: string): string => (PLACEHOLDER.test(value) ? value : REDACTED);

function redactHeaders(headers: Headers): Headers {
  return headers.map(([name, value]) => {
    if (SECRET_HEADERS.test(name)) return [name, hidden(value)];
    if (!/^authorization$/i.test(name)) return [name, value];
    const scheme = /^\s*(?:bearer|basic)\s+/i.exec(value)?.[0] ?? '';
    return [name, scheme + hidden(value.slice(scheme.length))];
  });
}

function redactBody(body: string): string {
  const named = /^\s*[{["]/.test(body) ? body.replace(SECRET_JSON, `$1${REDACTED}"`) : body.replace(SECRET_FORM, hidden);
  return named.replace(SECRET_NAMED, hidden).replace(SECRET_SCHEME, (value) => (/\d|[a-z][A-Z]|.{24}/.test(value) ? hidden(value) : value));
}
