export const HOST = 'https://api.mypurecloud.com';
export const TOKEN = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4';

export const USER = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
export const OTHER = '7b5d4a23-0c1d-4e2f-8a9b-1c2d3e4f5a6b';
export const QUEUE = '0d1e2f3a-4b5c-4d6e-8f70-8192a3b4c5d6';
export const CONVERSATION = 'c1b2a394-8576-4657-8483-92a1b0c9d8e7';
export const PARTICIPANT = '5a6b7c8d-9e0f-4a1b-8c2d-3e4f5a6b7c8d';
const CORRELATION = '8d839ca0-3b1f-4c55-9d2e-6f7a8b9c0d1e';

export const CALLS = 'POST /api/v2/conversations/calls';
export const ON_BEHALF = `POST /api/v2/conversations/calls/user/${USER}`;
export const ON_BEHALF_OPERATION = 'POST /api/v2/conversations/calls/user/{userId}';
export const NUMBER = { phoneNumber: '+13175550142' };

interface Sent {
  readonly body?: unknown;
  /** The whole Authorization header; null for none. */
  readonly auth?: string | null;
  readonly headers?: readonly string[];
  readonly host?: string;
}

/** A curl command for `METHOD /path`. A body that is a string is sent as it is. */
export function curl(operation: string, { body, auth = `Bearer ${TOKEN}`, headers = [], host = HOST }: Sent = {}): string {
  const [method = 'GET', path = ''] = operation.split(' ');
  const lines = [`curl -X ${method} '${host}${path}'`];
  if (auth !== null) lines.push(`-H 'Authorization: ${auth}'`);
  if (body !== undefined) lines.push(`-H 'Content-Type: application/json'`);
  for (const h of headers) lines.push(`-H '${h}'`);
  if (body !== undefined) lines.push(`-d '${(typeof body === 'string' ? body : JSON.stringify(body)).replaceAll("'", `'\\''`)}'`);
  return lines.join(' \\\n  ');
}

/** The call of one number, on the plain endpoint. */
export const call = (body: unknown = NUMBER, more: Sent = {}): string => curl(CALLS, { body, ...more });
/** The same on behalf of a user. */
export const onBehalf = (body: unknown = NUMBER, more: Sent = {}): string => curl(ON_BEHALF, { body, ...more });

/** A request for a token, as FACTS §4.1 writes it. */
export const tokenRequest = (form: string, { basic = true, login = 'https://login.mypurecloud.com' } = {}): string =>
  `curl -X POST '${login}/oauth/token' ${basic ? `-H 'Authorization: Basic Y2xpZW50OnNlY3JldA==' ` : ''}-d '${form}'`;

const REASONS: Readonly<Record<number, string>> = { 200: 'OK', 202: 'Accepted', 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found' };

/** A response as it goes over the wire. */
export const wire = (status: number, body = '', headers: readonly string[] = ['Content-Type: application/json']): string =>
  [`HTTP/1.1 ${status} ${REASONS[status] ?? 'X'}`, ...headers, '', body].join('\r\n');

/** A refusal of the platform (FACTS §3.1), with its headers (FACTS §8). */
export const platform = (status: number, code: string | undefined, message: string | undefined, more: object = {}, headers: readonly string[] = []): string =>
  wire(status, JSON.stringify(errorBody(status, code, message, more)), [
    'Content-Type: application/json',
    `ININ-Correlation-Id: ${CORRELATION}`,
    'inin-ratelimit-count: 3',
    'inin-ratelimit-allowed: 300',
    'inin-ratelimit-reset: 42',
    ...headers,
  ]);

export const errorBody = (status: number, code: string | undefined, message: string | undefined, more: object = {}): object => ({
  ...(message === undefined ? {} : { message }),
  ...(code === undefined ? {} : { code }),
  status,
  contextId: CORRELATION,
  details: [],
  errors: [],
  ...more,
});

/** An acceptance of the platform. */
export const accepted = (status: number, body: object): string =>
  wire(status, JSON.stringify(body), ['Content-Type: application/json', `ININ-Correlation-Id: ${CORRELATION}`]);

export const html = (status: number, title: string, words = '', headers: readonly string[] = []): string =>
  wire(status, `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>${words}</p></body></html>`, [
    'Content-Type: text/html; charset=utf-8',
    ...headers,
  ]);

/** The templates of FACTS §3.2, with what stands in their list. */
export const anyOf = (list: string): string =>
  `Unable to perform the requested action. You must have at least one of the following permissions assigned: [${list}]`;
export const allOf = (list: string): string => `Unable to perform the requested action. You are missing the following permission(s): [${list}]`;
export const inDivisions = (list: string, divisions: string): string => `${anyOf(list)} in at least one of the following division(s): [${divisions}]`;

export const missingAny = (list: string, more: object = {}): string => platform(403, 'missing.any.permissions', anyOf(list), more);
export const missingAll = (list: string, more: object = {}): string => platform(403, 'missing.permissions', allOf(list), more);

export const NOT_A_USER = 'This request requires a user context. Client credentials cannot be used for requests to this resource.';
export const NOT_AUTHORIZED = 'You are not authorized to perform the requested action.';
